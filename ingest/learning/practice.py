"""Practice sentences as documents (data/practice, see its README).

A block is a sentence, `= type Name; type Name`, and a line for each claim: that of an annotated document, but for the
number of its sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from graph.errors import ParseError
from graph.records import EntityType
from ingest.learning.annotated import NO_DAY, UNSAID, Document, Statement, read_statement
from ingest.learning.rows import split_text
from ingest.nlp.document import Span


def read_practice(path: Path) -> Iterator[Document]:
    """Each sentence of a practice file as a document. Raises ParseError naming a block that is none."""
    for number, block in enumerate(re.split(r"\n\s*\n", path.read_text("utf-8").strip())):
        lines = [line for line in block.splitlines() if line.strip()]
        try:
            yield _read_block(f"{path.stem}.{number}", path.parent.name, lines)
        except (ValueError, IndexError) as error:
            raise ParseError(f"{path}: {block[:80]!r}: {error}", subject=str(path)) from error


def _read_block(name: str, lang: str, lines: list[str]) -> Document:
    text = lines[0].strip()
    if not lines[1].startswith("="):
        raise ValueError("its second line does not start with =")
    named = [_read_name(part) for part in lines[1][1:].split(";") if part.strip()]
    sentences = split_text(text)
    statements = tuple(_place(_read_claim(line), text, sentences) for line in lines[2:])
    return Document(name, text, lang, NO_DAY, {words: (kind, (words,)) for words, kind in named}, statements)


def _read_name(part: str) -> tuple[str, EntityType]:
    kind, _, name = part.strip().partition(" ")
    return name.strip(), EntityType(kind)


def _read_claim(line: str) -> Statement:
    """The claim of a line; what its subject leaves unsaid is nobody."""
    fields = [field.strip() for field in line.split("|")]
    return read_statement(["0", *("-" if field == UNSAID else field for field in fields)])


def _place(told: Statement, text: str, sentences: Sequence[Span]) -> Statement:
    """The claim with the sentence that holds the words of its parties."""
    parties = (party for party in (told.object, told.subject, *told.claimants) if party)
    at = next((place for party in parties if (place := text.find(party.canonical)) >= 0), 0)
    return replace(told, sentence=next((number for number, (_, end) in enumerate(sentences) if at < end), 0))
