"""Tables in a text: rows of Markdown or HTML as cells with their offsets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.nlp.document import Span

_ROW = re.compile(r"^[ \t]*\|(?P<cells>.*)\|[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^[\s|:+-]+$")
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL | re.IGNORECASE)
_HTML_ROW = re.compile(r"<tr\b[^>]*>(?P<cells>.*?)</tr>", re.DOTALL | re.IGNORECASE)
_HTML_CELL = re.compile(r"<t[hd]\b[^>]*>(?P<text>.*?)</t[hd]>", re.DOTALL | re.IGNORECASE)
# Emphasis, links and tags around what a cell says, and the footnote marks behind it.
_MARKUP = re.compile(r"<[^>]+>|[*_`†‡§]+|\[(?=[^\]]*\]\()|\]\([^)]*\)|\[\^?\d+\]|\^\d+$")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, without markup, and where it stands in the text, markup included."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; `span` runs from the first to the last of them."""

    cells: tuple[Cell, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head and the rows under it, each at least two cells wide."""

    head: Row
    rows: tuple[Row, ...]


def find_grids(text: str) -> Iterator[Grid]:
    """The tables of a text in order; those without a row under the head are left out."""
    for rows in sorted((*_iter_markdown(text), *_iter_html(text)), key=lambda rows: rows[0].span):
        if len(rows) > 1:
            yield Grid(rows[0], tuple(rows[1:]))


def _iter_markdown(text: str) -> Iterator[list[Row]]:
    """Runs of lines between pipes; a rule under the head belongs to none."""
    run: list[Row] = []
    end = -1
    for match in _ROW.finditer(text):
        if run and match.start() > end + 1:
            yield run
            run = []
        end = match.end()
        if not _RULE.match(match.group()):
            run.append(_split_row(match["cells"], match.start("cells")))
    if run:
        yield run


def _split_row(line: str, start: int) -> Row:
    cells = []
    for match in re.finditer(r"[^|]*", line):
        if match.end() > match.start() or line[match.start() - 1 : match.start()] == "|":
            cells.append(_make_cell(match.group(), start + match.start()))
    return Row(tuple(cells), (cells[0].span[0], cells[-1].span[1]))


def _iter_html(text: str) -> Iterator[list[Row]]:
    for table in _TABLE.finditer(text):
        rows = []
        for row in _HTML_ROW.finditer(table.group()):
            offset = table.start() + row.start("cells")
            cells = [
                (_make_cell(cell["text"], offset + cell.start("text")), offset + cell.start(), offset + cell.end())
                for cell in _HTML_CELL.finditer(row["cells"])
            ]
            if len(cells) > 1:
                rows.append(Row(tuple(cell for cell, _, _ in cells), (cells[0][1], cells[-1][2])))
        if rows:
            yield rows


def _make_cell(raw: str, start: int) -> Cell:
    stripped = raw.strip()
    begin = start + len(raw) - len(raw.lstrip())
    return Cell(" ".join(_MARKUP.sub("", stripped).split()), (begin, begin + len(stripped)))
