"""Who is spelled so: whole spellings, their beginnings, and all of a length."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections.abc import Sequence

from graph.records import Entity
from graph.stores.sqlite_rows import LISTED, read_entities_by_key

_LAST = chr(0x10FFFF)


def find_spelled(connection: sqlite3.Connection, spellings: Sequence[str]) -> dict[str, Entity]:
    rows = connection.execute(_SPELLED, (json.dumps(list(spellings)),)).fetchall()
    best: dict[str, int] = {}
    for folded, eid in rows:
        best.setdefault(folded, eid)
    entities = read_entities_by_key(connection, list(best.values()))
    return dict(zip(best, entities, strict=True))


def complete_names(connection: sqlite3.Connection, folded: str, limit: int) -> tuple[Entity, ...]:
    rows = connection.execute(_BEGINNING, (folded, folded + _LAST, limit)).fetchall()
    return read_entities_by_key(connection, [eid for (eid,) in rows])


def list_spellings(connection: sqlite3.Connection, shortest: int, longest: int) -> tuple[str, ...]:
    return tuple(folded for (folded,) in connection.execute(_OF_LENGTH, (shortest, longest)))


_SPELLED = f"""
SELECT s.folded, s.eid FROM spelling s JOIN entity e ON e.eid = s.eid
WHERE s.folded IN {LISTED} ORDER BY s.folded, e.claims DESC, s.eid
"""
_BEGINNING = """
SELECT e.eid FROM entity e
WHERE e.claims > 0 AND e.eid IN (SELECT eid FROM spelling WHERE folded >= ? AND folded < ?)
ORDER BY e.claims DESC, e.eid LIMIT ?
"""
_OF_LENGTH = """
SELECT DISTINCT s.folded FROM spelling s JOIN entity e ON e.eid = s.eid
WHERE e.claims > 0 AND length(s.folded) BETWEEN ? AND ? ORDER BY s.folded
"""
