"""Annotated documents as articles to read and lines to compare with: what a reader in training is measured by."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time

from graph.policy import find_type
from graph.records import Article
from ingest.accuracy.gold import Line, Names, make_line
from ingest.learning.annotated import UNSAID, Document, Reference, Statement
from ingest.learning.rows import split_document
from ingest.pages import make_article
from ingest.parsing.article import read_text


def make_document_article(document: Document) -> Article:
    """The text of a document as the article of its day."""
    moment = datetime.combine(document.day, time(), UTC)
    page = read_text(document.text.encode(), document.name)
    article = make_article(page, f"file:///{document.name}.txt", moment)
    return replace(article, lang=document.lang, published_at=moment)


def make_lines(document: Document) -> tuple[Line, ...]:
    """The claims of a document as gold. Raises ParseError when one is told of a sentence that there is not."""
    spans = split_document(document)
    return tuple(_make_line(document, statement, spans[statement.sentence]) for statement in document.statements)


def make_names(documents: Iterable[Document]) -> Names:
    """The names of documents; a party that no name is has a descriptor, with the words that stand for it."""
    return Names(entity for document in documents for entity in _iter_entities(document))


def _make_line(document: Document, told: Statement, span: tuple[int, int]) -> Line:
    subject = _name(told.subject)
    kind = document.names[subject][0] if subject in document.names else None
    raw = {
        "doc": document.name,
        "start": span[0],
        "end": span[1],
        "sentence": document.text[slice(*span)],
        "type": find_type(told.predicate, kind),
        "predicate": told.predicate,
        "subject": subject,
        "object": _name(told.object) or None,
        "benchmark": told.benchmark or None,
        "claimants": [party.canonical for party in told.claimants],
        "modality": told.modality,
        "polarity": "denied" if told.denied else "affirmed",
        "date": told.day or None,
        "core": told.core,
    }
    if amount := told.amount:
        raw["quantity"] = {"value": amount.value, "unit": amount.unit, "measure": amount.measure}
    return make_line(raw, document.name)


def _name(party: Reference | None) -> str:
    return party.canonical if party else ""


def _iter_entities(document: Document) -> Iterator[dict[str, object]]:
    for canonical, (_, forms) in document.names.items():
        yield {"canonical": canonical, "surface_forms": list(forms)}
    described: dict[str, list[str]] = {}
    for told in document.statements:
        for party in (told.subject, told.object, *told.claimants):
            if party and party.canonical not in document.names:
                words = described.setdefault(party.canonical, [])
                words += [party.words] if party.words not in ("", UNSAID) else []
    for canonical, words in described.items():
        yield {"canonical": canonical, "surface_forms": words, "descriptor": True}
