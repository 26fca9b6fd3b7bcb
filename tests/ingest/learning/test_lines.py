"""Annotated documents as gold: what a score compares, and which names are one."""

from pathlib import Path

import pytest

from ingest.learning.annotated import Document, iter_documents
from ingest.learning.lines import make_document_article, make_lines, make_names
from tests.ingest.learning.small import ANNOTATION, write_documents

_MORE = "C 1 | doubts | a rival=Orrery | Vantor | - | Orrery > a rival | reported denied | weak\n"


@pytest.fixture
def document(tmp_path: Path) -> Document:
    (document,) = iter_documents(write_documents(tmp_path, 1, annotation=ANNOTATION + _MORE))
    return document


def test_claim_keeps_what_was_annotated(document: Document) -> None:
    released, costs, doubts = make_lines(document)
    assert (released.type, released.subject, released.object, released.date) == (
        "release", "Vantor", "Quillon-2", "2025-02-03",
    )  # fmt: skip
    assert (costs.quantity, costs.measure, costs.claimant) == ((4e7, "eur"), "price", "Orrery")
    assert (doubts.polarity, doubts.modality, doubts.claimant, doubts.core) == ("denied", "reported", "a rival", False)


def test_claim_spans_its_sentence(document: Document) -> None:
    assert all(document.text[slice(*line.span)] == line.sentence for line in make_lines(document))
    assert make_lines(document)[1].sentence.startswith("Orrery says")


def test_party_that_no_name_is_has_a_descriptor(document: Document) -> None:
    names = make_names([document])
    assert names.is_named("Vantor")
    assert not names.is_named("a rival")


def test_article_is_the_text_of_its_day(document: Document) -> None:
    article = make_document_article(document)
    assert (article.text, article.lang, article.published_at.date()) == (document.text, "en", document.day)
