"""Claims that a table makes: the scores, sizes and prices of the models in it, a claim for each cell."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.ids import make_entity_id
from graph.readers import TABLES
from graph.records import PREDICATES, ClaimType, Entity, EntityType, Party, Predicate, Quantity
from ingest.nlp.document import Draft, Name
from ingest.nlp.grids import Cell, Grid, Row
from ingest.nlp.names import Gazetteer

_FILE = Path(__file__).with_name("columns.toml")
_SCALES = {"": 1.0, "k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12, "万": 1e4, "億": 1e8, "兆": 1e12}
_FIGURE = re.compile(
    r"(?P<sign>[$€£¥]|US\$)?\s*(?P<value>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>[kKmMbBtT万億兆])?\s*(?P<unit>%)?"
)
_CURRENCIES = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY"}
# A head in the shape of a benchmark's name: one word with capitals or figures, with its setting in brackets.
_TEST = re.compile(r"(?P<name>[A-Z][\w.+-]*(?: (?:Bench|Arena|Hard|Verified|Pro|Diamond)\b)?)(?: ?[(（@].*)?")
# How a test was run: in brackets, or the number of examples shown.
_SETTING = re.compile(r"\s*(?:[(（@].*|\d+-shot.*|Acc\w*)$")


@dataclass(frozen=True, slots=True)
class _Column:
    predicate: Predicate
    measure: str
    unit: str


def read_grid(grid: Grid, gazetteer: Gazetteer, lang: str) -> Iterator[tuple[Draft, tuple[Name, ...]]]:
    """The claims of a table in the order of the text, each with the names that its parties go by there.

    Models may stand in the first column or in the head; a table with neither makes no claim.
    """
    names = _Names(gazetteer, grid)
    for row in grid.rows:
        subject = names.get_model(row.cells[0])
        if subject:
            yield from _read_row(row, subject, grid.head, names, lang)
        else:
            yield from _read_turned(row, grid.head, names, lang)


class _Names:
    """What the cells of one table name."""

    def __init__(self, gazetteer: Gazetteer, grid: Grid) -> None:
        self._gazetteer = gazetteer
        heads = grid.head.cells
        firsts = [row.cells[0] for row in grid.rows]
        self._tests = any(self._get(cell, EntityType.BENCHMARK) for cell in (*heads, *firsts))
        listed = heads[0].text.casefold() in _load()[2]
        self._models = listed and any(self._get(cell, EntityType.MODEL) for cell in firsts)

    def get_known(self, cell: Cell) -> Name | None:
        """The listed model or product that a cell names."""
        return self._get(cell, EntityType.MODEL) or self._get(cell, EntityType.PRODUCT)

    def get_model(self, cell: Cell) -> Name | None:
        """The model that a cell names, also an unlisted one among models."""
        known = self.get_known(cell)
        if known or not self._models or not re.search(r"[A-Za-z]{2}.*\d|[a-z][A-Z]|-", cell.text):
            return known
        return Name(cell.span, cell.text, Entity(make_entity_id(cell.text), cell.text, EntityType.MODEL))

    def get_test(self, cell: Cell) -> Name | None:
        """The benchmark that a cell names, also an unlisted one in a table that has a known one."""
        known = self._get(cell, EntityType.BENCHMARK)
        match = _TEST.fullmatch(cell.text)
        if known or not self._tests or match is None or cell.text.casefold() in _load()[1] or get_column(cell):
            return known
        name = match["name"]
        return Name(cell.span, cell.text, Entity(make_entity_id(name), name, EntityType.BENCHMARK))

    def _get(self, cell: Cell, kind: EntityType) -> Name | None:
        """The name of a type that begins a cell and leaves at most its setting: MMLU (5-shot)."""
        spelled = self._gazetteer.find_spelled(_SETTING.sub("", cell.text), kind)
        if spelled:
            return Name(cell.span, cell.text, spelled)
        for name in self._gazetteer.find_names(cell.text):
            rest = cell.text[name.span[1] :].strip()
            if name.span[0] == 0 and name.entity.type is kind and (not rest or _SETTING.fullmatch(rest)):
                return Name(cell.span, cell.text, name.entity)
        return None


def _read_row(row: Row, subject: Name, head: Row, names: _Names, lang: str) -> Iterator[tuple[Draft, tuple[Name, ...]]]:
    for cell, title in zip(row.cells[1:], head.cells[1:], strict=False):
        test = names.get_test(title)
        column = get_column(title)
        if test:
            yield from _make_score(row, subject, test, cell, lang)
        elif column:
            yield from _make_measure(row, subject, column, cell, lang)


def _read_turned(row: Row, head: Row, names: _Names, lang: str) -> Iterator[tuple[Draft, tuple[Name, ...]]]:
    """A row of a table that has its models in the head."""
    test, column = names.get_test(row.cells[0]), get_column(row.cells[0])
    for cell, title in zip(row.cells[1:], head.cells[1:], strict=False):
        subject = names.get_known(title)
        if subject and test:
            yield from _make_score(row, subject, test, cell, lang)
        elif subject and column:
            yield from _make_measure(row, subject, column, cell, lang)


def _make_score(row: Row, subject: Name, test: Name, cell: Cell, lang: str) -> Iterator[tuple[Draft, tuple[Name, ...]]]:
    found = _FIGURE.fullmatch(cell.text)
    if found and not found["sign"] and not found["scale"]:
        quantity = Quantity("score", _value(found), "%" if found["unit"] else "points", text=cell.text)
        benchmark = Party(test.entity.name, test.entity.id)
        draft = _make_draft(row, subject, Predicate.SCORES, quantity, lang, benchmark)
        yield draft, (subject, test)


def _make_measure(
    row: Row, subject: Name, column: _Column, cell: Cell, lang: str
) -> Iterator[tuple[Draft, tuple[Name, ...]]]:
    found = _FIGURE.fullmatch(cell.text)
    if found is None or found["unit"] or (bool(found["sign"]) and column.predicate is not Predicate.COSTS):
        return
    value = _value(found)
    if column.unit == "parameters" and not found["scale"]:
        return  # "7" may be billions or anything
    unit = column.unit
    if found["sign"]:
        unit = unit.replace("USD", _CURRENCIES[found["sign"]])
    yield (
        _make_draft(row, subject, column.predicate, Quantity(column.measure, value, unit, text=cell.text), lang),
        (subject,),
    )


def _make_draft(
    row: Row, subject: Name, predicate: Predicate, quantity: Quantity, lang: str, benchmark: Party | None = None
) -> Draft:
    return Draft(
        lang=lang,
        span=row.span,
        type=_find_type(predicate),
        predicate=predicate,
        subject=Party(subject.entity.name, subject.entity.id),
        object=benchmark,
        quantity=quantity,
        benchmark=benchmark,
        reader=TABLES,
    )


def get_column(cell: Cell) -> _Column | None:
    """What a column or row with this head measures, None for none of columns.toml."""
    return _load()[0].get(cell.text.casefold())


def _value(found: re.Match[str]) -> float:
    return float(found["value"].replace(",", "")) * _SCALES[(found["scale"] or "").lower()]


@cache
def _find_type(predicate: Predicate) -> ClaimType:
    return next(kind for kind, predicates in PREDICATES.items() if predicate in predicates)


@cache
def _load() -> tuple[Mapping[str, _Column], frozenset[str], frozenset[str]]:
    raw = tomllib.loads(_FILE.read_text("utf-8"))
    columns = {
        head: _Column(Predicate(entry["predicate"]), entry["measure"], entry["unit"])
        for entry in raw["column"]
        for head in entry["heads"]
    }
    return columns, frozenset(raw["ignored"]), frozenset(raw["subjects"])
