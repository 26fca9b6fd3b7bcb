"""The head of the column that a cell of a table stands in, and the first cell of its row."""

import re

from ingest.nlp.document import Span

# The last cell of a row may stand open.
_ROW = re.compile(r"^[ \t]*\|[^|]*\|.*$")
_AROUND = " \t*_`"


class Columns:
    """The tables of one text: lines between pipes, of which the first heads the others."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tops: dict[int, int] = {}

    def find_head(self, cell: Span) -> Span | None:
        """The words that head the column of a cell, without markup; None outside a table and for the first column."""
        start = self._find_start(cell)
        if start is None:
            return None
        top = self._find_top(start)
        column = self._text.count("|", start, cell[0])
        edges = [top + n for n, char in enumerate(self._read_line(top)) if char == "|"]
        if top == start or not 2 <= column < len(edges):
            return None
        return self._strip(edges[column - 1] + 1, edges[column])

    def find_top(self, cell: Span) -> int:
        """Where the table of a cell begins; outside a table, where the line does."""
        start = self._text.rfind("\n", 0, cell[0]) + 1
        return self._find_top(start)

    def find_first(self, cell: Span) -> Span | None:
        """The words in the first cell of the row of a cell, without markup; None outside a table."""
        start = self._find_start(cell)
        if start is None:
            return None
        begin = self._text.index("|", start) + 1
        return self._strip(begin, self._text.index("|", begin))

    def _find_start(self, cell: Span) -> int | None:
        start = self._text.rfind("\n", 0, cell[0]) + 1
        return start if _ROW.match(self._read_line(start)) else None

    def _find_top(self, start: int) -> int:
        """Where the first row of a row's table begins; each row is climbed from once."""
        climbed: list[int] = []
        top = start
        while top not in self._tops:
            climbed.append(top)
            before = self._text.rfind("\n", 0, top - 1) + 1 if top else 0
            if top == 0 or not _ROW.match(self._read_line(before)):
                self._tops[top] = top
                break
            top = before
        found = self._tops[top]
        self._tops |= dict.fromkeys(climbed, found)
        return found

    def _strip(self, begin: int, end: int) -> Span | None:
        words = self._text[begin:end]
        inner = words.strip(_AROUND)
        at = begin + words.find(inner)
        return (at, at + len(inner)) if inner else None

    def _read_line(self, start: int) -> str:
        end = self._text.find("\n", start)
        return self._text[start : end if end >= 0 else len(self._text)]
