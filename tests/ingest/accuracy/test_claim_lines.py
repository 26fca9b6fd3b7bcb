"""Claim lines as claims: parties, numbers, days."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.errors import ParseError
from graph.formats.claim_lines import make_claim_line
from graph.ids import make_entity_id
from graph.records import Claim, Comparator, EntityId, Relation
from ingest.accuracy.claim_lines import ClaimReader
from ingest.nlp.tables import Tables, load_tables

_DATA = Path(__file__).parents[3] / "data"
_LINE: dict[str, object] = {
    "doc": "a.txt",
    "start": 4,
    "end": 10,
    "sentence": "It did.",
    "type": "cost",
    "predicate": "costs",
    "subject": "DeepSeek-V3",
    "object": None,
    "quantity": {"measure": "training_cost", "value": 5.6e6, "unit": "USD", "comparator": "range", "high": 6e6},
    "benchmark": None,
    "claimants": ["Bloomberg", "people familiar with the matter"],
    "modality": "reported",
    "polarity": "denied",
    "date": "2025-01-27",
}


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_tables(_DATA / "entities")


@pytest.fixture
def reader(tables: Tables) -> ClaimReader:
    return ClaimReader(tables)


def read(
    reader: ClaimReader, folder: Path, *lines: dict[str, object], texts: dict[str, str] | None = None
) -> list[Claim]:
    path = folder / "claims.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return [line.claim for line in reader.read(path, texts or {}, {})]


def test_what_is_written_is_read_back(reader: ClaimReader, tmp_path: Path) -> None:
    (claim,) = read(reader, tmp_path, _LINE)
    assert make_claim_line(claim, "a.txt") == _LINE


def test_score_is_written_and_read_back(reader: ClaimReader, tmp_path: Path) -> None:
    (claim,) = read(reader, tmp_path, _LINE | {"score": 0.83})
    assert claim.score == 0.83
    assert make_claim_line(claim, "a.txt") == _LINE | {"score": 0.83}


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("OpenAI", "openai"),
        ("ディープシーク", "deepseek"),
        ("Vantor Dynamics", "vantor-dynamics"),
        ("unnamed hacker", None),
        ("people familiar with the matter", None),
        ("匿名の関係者", None),
        ("some investors", None),
    ],
)
def test_a_name_leads_to_its_entity_and_words_to_none(
    reader: ClaimReader, tmp_path: Path, name: str, entity: str | None
) -> None:
    (claim,) = read(reader, tmp_path, _LINE | {"subject": name})
    assert claim.subject.entity == entity


def test_a_model_in_no_table_gets_the_maker_of_its_family(reader: ClaimReader, tmp_path: Path) -> None:
    read(reader, tmp_path, _LINE | {"subject": "Qwen9.7-Max"})
    made = [tie for tie in reader.ties if tie.object == make_entity_id("Qwen9.7-Max")]
    assert [(tie.subject, tie.relation) for tie in made] == [(EntityId("alibaba"), Relation.MAKES)]


def test_the_text_has_the_last_word_on_the_sentence(reader: ClaimReader, tmp_path: Path) -> None:
    (claim,) = read(reader, tmp_path, _LINE, texts={"a.txt": "So. It did. Yes."})
    assert claim.text == "It did"
    assert claim.quantity is not None
    assert claim.quantity.comparator is Comparator.RANGE


_ENGLISH = "The GPT-5 of the company was better than that of its rival, and it was cheaper too, it said."
_GERMAN = "Das Modell GPT-5 der Firma ist billiger als das der anderen, sagte sie am Montag."


@pytest.mark.parametrize(
    ("text", "read_too", "lang"),
    [
        (_ENGLISH, "de", "en"),
        ("GPT-5は競合より安いという。", "de", "ja"),
        (_GERMAN, "de", "de"),
        (_GERMAN, "fr", "en"),
        ("", "de", "en"),
    ],
    ids=["English", "Japanese", "another that is read", "one that is not", "no text"],
)
def test_a_claim_is_in_the_language_of_its_document(
    reader: ClaimReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, read_too: str, lang: str
) -> None:
    monkeypatch.setattr("ingest.accuracy.claim_lines.LANGUAGES", ("en", "ja", read_too))
    (claim,) = read(reader, tmp_path, _LINE | {"start": 0, "end": len(text)}, texts={"a.txt": text})
    assert claim.lang == lang


def test_a_document_without_a_day_is_of_the_last_day_its_claims_name(reader: ClaimReader, tmp_path: Path) -> None:
    lines = [_LINE | {"date": date} for date in ("2025-01-02", "2025-01", "2026-05-05")]
    lines[2]["modality"] = "predicted"
    assert {claim.reported_at for claim in read(reader, tmp_path, *lines)} == {datetime(2025, 1, 31, tzinfo=UTC)}


@pytest.mark.parametrize(
    "line",
    [{"doc": "a.txt"}, _LINE | {"type": "song"}, _LINE | {"start": "x"}, _LINE | {"quantity": {"value": "much"}}],
    ids=["too little", "no such type", "no offset", "no number"],
)
def test_what_is_no_claim_is_named(reader: ClaimReader, tmp_path: Path, line: dict[str, object]) -> None:
    with pytest.raises(ParseError, match=r"claims\.jsonl:2"):
        read(reader, tmp_path, _LINE, line)
