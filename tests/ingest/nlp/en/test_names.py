"""English names that no table has: introduced, shaped like one, or neither."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.ids import make_article_id
from graph.records import Article, Source, SourceId
from ingest.nlp.extract import Extractor
from ingest.nlp.load import load_extractor
from ingest.nlp.tables import load_tables

_DAY = datetime(2025, 2, 1, tzinfo=UTC)
_TABLES = Path(__file__).parents[4] / "data" / "entities"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor(load_tables(_TABLES))


def _find(extractor: Extractor, text: str) -> dict[str, str]:
    """Spelling and type of every mention."""
    url = "https://news.example/1"
    source = Source(SourceId("news.example"), "News", "news.example")
    extraction = extractor.read(Article(make_article_id(url, text), url, source, "", text, "en", _DAY, _DAY))
    types = {entity.id: entity.type.value for entity in extraction.entities}
    return {mention.text: types[mention.entity] for mention in extraction.mentions}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Tessaly, a start-up from the coast, sells voices.", "Tessaly", "company"),
        ("The robotics start-up Tessaly hired ten people.", "Tessaly", "company"),
        ("It is made by a firm called Tessaly.", "Tessaly", "company"),
        ("Tessaly's chief executive said it was ready.", "Tessaly", "company"),
        ("Tessaly raised $40 million from its owners.", "Tessaly", "company"),
        ("Orrin Dynamics opened a plant in the north.", "Orrin Dynamics", "company"),
        ("The lab released its new model, Larkwing, in May.", "Larkwing", "model"),
        ("They compared it with the Larkwing model of last year.", "Larkwing", "model"),
        ("Last week the lab released Larkwing-3 for everybody.", "Larkwing-3", "model"),
        ("The firm sells a chatbot called Murmel to schools.", "Murmel", "product"),
        ("It scored 71% on PuzzleBench in our run.", "PuzzleBench", "benchmark"),
        ("Ines Calder, head of research, declined to speak.", "Ines Calder", "person"),
        ("The price is too high, said Ines Calder.", "Ines Calder", "person"),
        ("Chief scientist Torv Aklund left in June.", "Torv Aklund", "person"),
        ("The Federal Robotics Commission opened a probe.", "Federal Robotics Commission", "institution"),
        ("The talks were first reported by the Harbour Gazette.", "Harbour Gazette", "publication"),
    ],
)
def test_an_introduced_name_is_found(extractor: Extractor, text: str, name: str, kind: str) -> None:
    assert _find(extractor, text).get(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Smaller models are cheaper to run.",
        "We trained it with GRPO and LoRA.",
        "Early benchmarks look good.",
        "Its platform is growing.",
        "Massive Price Cut Affects Ten Thousand Customers",
        "Version 3.1 fixes a bug.",
        "The model is a transformer with sparse attention.",
    ],
)
def test_what_is_no_name_gives_none(extractor: Extractor, text: str) -> None:
    assert _find(extractor, text) == {}


def test_a_name_introduced_once_is_found_all_over_its_story(extractor: Extractor) -> None:
    text = "Orrin Dynamics, a start-up, has a plan.\nIts head is Ines Calder, the founder.\nOrrin grows, Calder thinks."
    found = _find(extractor, text)
    assert (found["Orrin"], found["Calder"]) == ("company", "person")


def test_authors_and_sources_are_mentioned(extractor: Extractor) -> None:
    found = _find(extractor, "By Ines Calder and Torv Aklund\n\nNothing happened today.\n\nSource: Reuters")
    assert found == {"Ines Calder": "person", "Torv Aklund": "person", "Reuters": "publication"}
