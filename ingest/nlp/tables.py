"""The curated tables of `data/entities`: who and what the field is made of, under every spelling.

One TSV a type, a row a name: name, name_ja, aliases, of, kind, country, source, and where the table has them the days
from and to which `of` holds. In `aliases`, `|` separates;
a trailing `?` marks a spelling that counts only where the text gives context (a name that is itself an ordinary word
stands there again with its mark), `?` with words behind it one that others have too, `~` a slip of speech-to-text.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ConfigError
from graph.ids import make_entity_id
from graph.records import Entity, EntityType, Relation, Tie

_COLUMNS = ("name", "name_ja", "aliases", "of", "kind", "country", "source")
_DAYS = ("since", "until")
_DAY = re.compile(r"(?:\d{4}(?:-\d\d){0,2})?")

# What the `of` column means for a row of each type, read as (row, relation, of) or, where True, (of, relation, row).
_OF: dict[EntityType, tuple[Relation, bool]] = {
    EntityType.MODEL: (Relation.MAKES, True),
    EntityType.PRODUCT: (Relation.MAKES, True),
    EntityType.HARDWARE: (Relation.MAKES, True),
    EntityType.DATASET: (Relation.MAKES, True),
    EntityType.BENCHMARK: (Relation.MAKES, True),
    EntityType.PERSON: (Relation.WORKS_FOR, False),
    EntityType.COMPANY: (Relation.OWNS, True),
    EntityType.PUBLICATION: (Relation.OWNS, True),
    EntityType.INSTITUTION: (Relation.PART_OF, False),
}


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of a curated entity.

    contextual  counts only where its maker, employer or full name stands elsewhere in the text
    beside      where it has any, one of these words will do too, and a capital does not: "AI Office" beside "European"
    """

    text: str
    contextual: bool = False
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """One curated entity with its spellings, the name of its maker, employer or owner, and the source of the tie
    to `of`, with its days; and file and line that say so."""

    entity: Entity
    spellings: tuple[Spelling, ...]
    of: str
    kind: str
    source: str
    tie_source: str
    where: str


@dataclass(frozen=True, slots=True)
class Tables:
    """All curated rows and the ties between them."""

    rows: tuple[Row, ...]
    ties: tuple[Tie, ...]

    @property
    def entities(self) -> tuple[Entity, ...]:
        return tuple(row.entity for row in self.rows)


def load_tables(folder: Path) -> Tables:
    """Reads every table of the folder. Raises ConfigError naming file and line of a bad row."""
    rows = tuple(row for kind in EntityType for row in _read_table(folder / f"{kind}.tsv", kind))
    known = {row.entity.name: row.entity for row in rows}
    _check(rows, known)
    ties = (*_ties_of_rows(rows, known), *_read_ties(folder / "ties.tsv", known))
    return Tables(rows, tuple(dict.fromkeys(ties)))


def _read_table(path: Path, kind: EntityType) -> Iterator[Row]:
    for line, cells in _read_tsv(path):
        if tuple(cells) not in (_COLUMNS, (*_COLUMNS, *_DAYS)) or not cells["name"]:
            raise ConfigError(f"{path.name} line {line}: expected the columns {', '.join(_COLUMNS)}", subject=str(path))
        yield _make_row(cells, kind, _add_days(cells, path, line), f"{path.name} line {line}")


def _check(rows: tuple[Row, ...], known: dict[str, Entity]) -> None:
    """Raises ConfigError for a row of what has one already, and for a maker, employer or owner that has none."""
    first: dict[str, Row] = {}
    for row in rows:
        other = first.setdefault(row.entity.id, row)
        if other is not row:
            raise ConfigError(f"{row.where}: {row.entity.name} has a row, {other.where}", subject=row.where)
        if row.of and row.of not in known:
            message = f"{row.where}: {row.of} is not known; `of` is the name of a row, or empty"
            raise ConfigError(message, subject=row.where)


def _add_days(cells: dict[str, str], path: Path, line: int) -> str:
    """The source with the days from and to which the row's tie holds behind it, as Tie has them."""
    for name in _DAYS:
        if not _DAY.fullmatch(cells.get(name, "")):
            message = f"{path.name} line {line}: {name} is {cells[name]}; write 2026, 2026-07 or 2026-07-14"
            raise ConfigError(message, subject=str(path))
    return cells["source"] + "".join(f", {name} {cells[name]}" for name in _DAYS if cells.get(name))


def _make_row(cells: dict[str, str], kind: EntityType, tie_source: str, where: str) -> Row:
    spellings = tuple(_read_spelling(text) for text in cells["aliases"].split("|") if text.strip())
    ambiguous = {spelling.text for spelling in spellings if spelling.contextual}
    own = tuple(Spelling(text) for text in (cells["name"], cells["name_ja"]) if text and text not in ambiguous)
    entity = Entity(
        id=make_entity_id(cells["name"]),
        name=cells["name"],
        type=kind,
        name_ja=cells["name_ja"] or None,
        aliases=tuple(dict.fromkeys(spelling.text for spelling in spellings)),
        curated=True,
    )
    return Row(entity, own + spellings, cells["of"], cells["kind"], cells["source"], tie_source, where)


def _read_spelling(text: str) -> Spelling:
    text, mark, words = text.strip().partition("?")
    return Spelling(text.rstrip("~"), bool(mark), frozenset(word.strip() for word in words.split(",")) - {""})


def _ties_of_rows(rows: tuple[Row, ...], known: dict[str, Entity]) -> Iterator[Tie]:
    for row in rows:
        if row.of and row.entity.type in _OF:
            relation, outward = _OF[row.entity.type]
            ends = (row.entity.id, known[row.of].id)
            subject, object = reversed(ends) if outward else ends
            yield Tie(subject, relation, object, row.tie_source)


def _read_ties(path: Path, known: dict[str, Entity]) -> Iterator[Tie]:
    for line, cells in _read_tsv(path):
        source = _add_days(cells, path, line)
        try:
            yield Tie(known[cells["from"]].id, Relation(cells["relation"]), known[cells["to"]].id, source)
        except (KeyError, ValueError) as error:
            raise ConfigError(f"{path.name} line {line}: {error} is not known", subject=str(path)) from error


def _read_tsv(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            for cells in reader:
                if lacking := [key for key, value in cells.items() if value is None and key not in _DAYS]:
                    message = f"{path.name} line {reader.line_num}: no cell for {', '.join(lacking)}"
                    raise ConfigError(message, subject=str(path))
                yield reader.line_num, {key: (value or "").strip() for key, value in cells.items() if key}
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); reinstall claimgraph"
        raise ConfigError(message, subject=str(path)) from error
