"""Headings that state something are claims; their marks and dates are no part of the sentence."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.ids import make_article_id, make_source_id
from graph.readers import RULES
from graph.records import Article, Claim, Source
from ingest.nlp.extract import Extractor
from ingest.nlp.load import load_extractor

_DAY = datetime(2025, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor(Path("data"))


def read(text: str, extractor: Extractor) -> tuple[Claim, ...]:
    source = Source(make_source_id("digest.example"), "Digest", "digest.example")
    url = "https://digest.example/1"
    return extractor.read(Article(make_article_id(url, text), url, source, "", text, "en", _DAY, _DAY)).claims


def test_a_heading_that_is_a_statement_is_read(extractor: Extractor) -> None:
    (claim,) = read("The week\n\n### ⭐ 2025-02-10 — Salesforce buys Figma\n\nMore of it below.", extractor)
    assert (claim.subject.name, claim.predicate.value, claim.text) == (
        "Salesforce",
        "acquired",
        "Salesforce buys Figma",
    )
    assert (claim.reader, claim.score) == (RULES, None)


@pytest.mark.parametrize("heading", ["## Highlights", "## OpenAI and Microsoft", "### Models & Research", "#"])
def test_a_section_name_states_nothing(heading: str, extractor: Extractor) -> None:
    assert read(f"The week\n\n{heading}\n\nIt was a quiet week.", extractor) == ()
