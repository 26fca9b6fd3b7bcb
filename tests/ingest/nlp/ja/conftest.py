"""The Japanese reader over the curated tables, and claims written short enough for a table of cases."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.ids import make_article_id, make_source_id
from graph.records import Article, Claim, Modality, Polarity, Source
from ingest.nlp.extract import Extractor
from ingest.nlp.ja import ZONES, make_language
from ingest.nlp.names import Gazetteer
from ingest.nlp.tables import load_tables
from ingest.nlp.zones import load_zone_cues

_TABLES = Path(__file__).parents[4] / "data" / "entities"
# A first line, so that the sentence under test is not taken for the title.
_TITLE = "今日の動き。\n"


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor(Gazetteer(load_tables(_TABLES)), [make_language()], {"ja": load_zone_cues(ZONES)}, {})


@pytest.fixture(scope="session")
def read(extractor: Extractor) -> Callable[[str], list[str]]:
    """The claims of a text of 2025-03-14: `predicate(subject, object) 17 % on BENCH by A > B modality denied @date`."""

    def read_text(text: str, *, title: bool = False) -> list[str]:
        body = text if title else _TITLE + text
        article = _make_article(body)
        return sorted(write_short(claim) for claim in extractor.read(article).claims)

    return read_text


def _make_article(text: str) -> Article:
    day = datetime(2025, 3, 14, tzinfo=UTC)
    source = Source(make_source_id("a.example"), "A", "a.example")
    return Article(
        make_article_id("https://a.example/1", text), "https://a.example/1", source, "", text, "ja", day, day
    )


def write_short(claim: Claim) -> str:
    parties = [claim.subject.name, *([claim.object.name] if claim.object else [])]
    parts = [f"{claim.predicate}({', '.join(parties)})"]
    if claim.quantity:
        sign = "" if claim.quantity.comparator == "=" else str(claim.quantity.comparator)
        parts.append(f"{sign}{claim.quantity.value:g} {claim.quantity.unit}")
    if claim.benchmark and (claim.object is None or claim.benchmark.name != claim.object.name):
        parts.append(f"on {claim.benchmark.name}")
    if claim.claimants:
        parts.append("by " + " > ".join(claimant.party.name for claimant in claim.claimants))
    if claim.modality is not Modality.ASSERTED:
        parts.append(str(claim.modality))
    if claim.polarity is Polarity.DENIED:
        parts.append("denied")
    if claim.date:
        parts.append(f"@{claim.date}")
    return " ".join(parts)
