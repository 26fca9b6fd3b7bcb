"""The head of the column that a cell of a table stands in, and the first cell of its row."""

import re

from ingest.nlp.document import Span

_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$")


def find_head(text: str, cell: Span) -> Span | None:
    """The words that head the column of a cell, without markup; None outside a table and for the first column."""
    start = text.rfind("\n", 0, cell[0]) + 1
    row = _read_line(text, start)
    if not _ROW.match(row):
        return None
    column = row[: cell[0] - start].count("|")
    head = start
    while head > 0:
        before = text.rfind("\n", 0, head - 1) + 1
        if not _ROW.match(_read_line(text, before)):
            break
        head = before
    if head == start or column < 2:
        return None
    edges = [head + n for n, char in enumerate(_read_line(text, head)) if char == "|"]
    if column >= len(edges):
        return None
    begin, end = edges[column - 1] + 1, edges[column]
    words = text[begin:end]
    inner = words.strip(" \t*_`")
    offset = words.find(inner) if inner else 0
    return (begin + offset, begin + offset + len(inner)) if inner else None


def find_first(text: str, cell: Span) -> Span | None:
    """The words in the first cell of a row, without markup; None outside a table."""
    start = text.rfind("\n", 0, cell[0]) + 1
    row = _read_line(text, start)
    if not _ROW.match(row):
        return None
    begin = row.index("|") + 1
    words = row[begin : row.index("|", begin)]
    inner = words.strip(" \t*_`")
    offset = start + begin + (words.find(inner) if inner else 0)
    return (offset, offset + len(inner)) if inner else None


def _read_line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]
