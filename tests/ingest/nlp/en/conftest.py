"""One reading of English for all tests: the curated tables, the parser, claims as short lines."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.ids import make_article_id, make_source_id
from graph.records import Article, Claim, Source, SourceKind
from ingest.nlp.en import FOLDER, make_language
from ingest.nlp.extract import Extractor
from ingest.nlp.names import Gazetteer
from ingest.nlp.tables import load_tables
from ingest.nlp.zones import load_zone_cues

ENTITIES = Path(__file__).parents[4] / "data" / "entities"
# A Wednesday.
PUBLISHED = datetime(2025, 2, 12, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    cues = {"en": load_zone_cues(FOLDER / "zones.toml")}
    return Extractor(Gazetteer(load_tables(ENTITIES)), [make_language()], cues, {})


@pytest.fixture(scope="session")
def find_claims(extractor: Extractor) -> Callable[..., tuple[Claim, ...]]:
    """The claims of a text by a source of our own."""

    def find(text: str, vendor: str = "") -> tuple[Claim, ...]:
        kind = SourceKind.VENDOR if vendor else SourceKind.OUTLET
        source = Source(make_source_id("wire.example"), vendor or "Example Wire", "wire.example", kind)
        url = "https://wire.example/1"
        article = Article(make_article_id(url, text), url, source, "", text, "en", PUBLISHED, PUBLISHED)
        return extractor.read(article).claims

    return find


@pytest.fixture(scope="session")
def read(find_claims: Callable[..., tuple[Claim, ...]]) -> Callable[..., list[str]]:
    """The claims of a text as lines."""
    return lambda text, vendor="": [format_claim(claim) for claim in find_claims(text, vendor)]


def format_claim(claim: Claim) -> str:
    """`predicate: subject > object [quantity] @benchmark by claimants modality denied on date`, where not plain."""
    parts = [f"{claim.predicate}: {claim.subject.name}"]
    if claim.object:
        parts.append(f"> {claim.object.name}")
    if claim.quantity:
        sign = "" if claim.quantity.comparator == "=" else claim.quantity.comparator
        high = f"..{claim.quantity.high:g}" if claim.quantity.high else ""
        parts.append(f"[{sign}{claim.quantity.value:g}{high} {claim.quantity.unit}]")
    if claim.benchmark:
        parts.append(f"@{claim.benchmark.name}")
    if claim.claimants:
        parts.append("by " + " / ".join(claimant.party.name for claimant in claim.claimants))
    if claim.modality != "asserted":
        parts.append(claim.modality)
    if claim.polarity != "affirmed":
        parts.append("denied")
    if claim.date:
        parts.append(f"on {claim.date}")
    return " ".join(parts)
