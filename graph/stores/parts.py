"""Parts of the graph: read from the store's rows, all or what changed, and written into the engine.

A part is a kind of record, a step and some rows; written in the order read, parts make of an empty graph the store's
graph, and of an earlier graph the present one. Parts travel as JSON: they hold plain values only, and the query texts
that write them are made here from the table of kinds, never from data.
"""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from graph.ids import format_time
from graph.records import EntityType
from graph.schema import ENTITY_LABELS, LABELS
from graph.stores.changes import Changed
from graph.stores.encoding import from_moment
from graph.stores.kinds import KINDS, LISTS, TIMES, Kind, Owned

GONE, NODES, UNTIED = "gone", "nodes", "untied"

# A larger part takes memory and no less time; one of long texts is cut earlier, so that it fits into a frame.
_ROWS = 1_000
_CHARACTERS = 2_000_000

_SECOND_LABELS = sorted(ENTITY_LABELS.values())


class Part(NamedTuple):
    """Rows of one kind for one step: GONE and UNTIED (ids), NODES, or the type of relationships."""

    kind: str
    step: str
    rows: list[Any]


def read_all(connection: sqlite3.Connection) -> Iterator[Part]:
    """Everything, for an empty graph."""
    for kind in KINDS:
        for rows in _batches(_read_nodes(connection, kind, None)):
            yield Part(kind.name, NODES, rows)
    for kind in KINDS:
        yield from _read_owned(connection, kind, None)


def read_changed(connection: sqlite3.Connection, changes: Mapping[str, Changed]) -> Iterator[Part]:
    """What makes the graph of an earlier state the present one."""
    touched = [(kind, changes[kind.name]) for kind in KINDS if kind.name in changes]
    for kind, changed in touched:
        for ids in _batches(changed.gone):
            yield Part(kind.name, GONE, ids)
    written: dict[str, list[str]] = {}
    for kind, changed in touched:
        written[kind.name] = []
        for rows in _batches(_read_nodes(connection, kind, changed.keys)):
            written[kind.name] += [row["id"] for row in rows]
            yield Part(kind.name, NODES, rows)
    for kind, changed in touched:
        for ids in _batches(written[kind.name] if kind.owned else ()):
            yield Part(kind.name, UNTIED, ids)
        yield from _read_owned(connection, kind, changed.keys)


def write_part(graph: Any, part: Part, *, fresh: bool = False) -> None:
    """Writes a part into the engine's graph; into a `fresh` one without looking for what is there."""
    kind = _BY_NAME[part.kind]
    if part.step == GONE:
        _run(graph, f"UNWIND $rows AS id MATCH (n:{kind.label} {{id: id}}) DETACH DELETE n", part.rows)
    elif part.step == UNTIED:
        for owned in kind.owned:
            _run(graph, _untie(kind, owned), part.rows)
    elif part.step == NODES:
        _write_nodes(graph, kind, part.rows, fresh)
    else:
        [owned] = (owned for owned in kind.owned if owned.name == part.step)
        _run(graph, _tie(owned), part.rows)


_BY_NAME = {kind.name: kind for kind in KINDS}
_PROPERTIES = {label.name: label.properties for label in LABELS}


def _write_nodes(graph: Any, kind: Kind, rows: Sequence[Mapping[str, Any]], fresh: bool) -> None:
    values = {name: f"r.{name}" for name in _PROPERTIES[kind.label]}
    if values.keys().isdisjoint({"name", "title"}):
        values["title"] = "null"  # else the engine makes one of label and id, and shows it as `name` too
    if fresh:
        properties = ", ".join(f"{name}: {value}" for name, value in values.items())
        _run(graph, f"UNWIND $rows AS r CREATE (:{kind.label} {{{properties}}})", rows)
    else:
        changes = ", ".join(f"n.{name} = {value}" for name, value in values.items() if name != "id")
        _run(graph, f"UNWIND $rows AS r MERGE (n:{kind.label} {{id: r.id}}) SET {changes}", rows)
    for label in sorted({row["label"] for row in rows if "label" in row}):
        ids = [row["id"] for row in rows if row["label"] == label]
        others = "".join(f":{other}" for other in _SECOND_LABELS if other != label)
        change = f"SET n:{label}" if fresh else f"REMOVE n{others} SET n:{label}"
        _run(graph, f"UNWIND $rows AS id MATCH (n:{kind.label} {{id: id}}) {change}", ids)


def _untie(kind: Kind, owned: Owned) -> str:
    pattern = f"(n)-[r:{owned.name}]->()" if owned.leaves else f"(n)<-[r:{owned.name}]-()"
    return f"UNWIND $rows AS id MATCH (n:{kind.label} {{id: id}}) MATCH {pattern} DELETE r"


def _tie(owned: Owned) -> str:
    """CREATE keeps two relationships of one type between the same nodes: a speaker may stand twice in a chain."""
    properties = ", ".join(f"{name}: r.{name}" for name in owned.type.properties)
    return (
        f"UNWIND $rows AS r MATCH (a:{owned.type.start} {{id: r.a}}) MATCH (b:{owned.type.end} {{id: r.b}}) "
        f"CREATE (a)-[:{owned.name} {{{properties}}}]->(b)"
    )


def _run(graph: Any, statement: str, rows: Sequence[object]) -> None:
    graph.cypher(statement, params={"rows": rows}, timeout_ms=0)


def _read_nodes(connection: sqlite3.Connection, kind: Kind, keys: Sequence[int] | None) -> Iterator[dict[str, Any]]:
    for row in _read(connection, kind.query, kind.key, keys):
        for name in TIMES & row.keys():
            row[name] = format_time(from_moment(row[name]))
        for name in LISTS & row.keys():
            row[name] = json.loads(row[name])
        if kind.label == "Entity":
            row["label"] = ENTITY_LABELS[EntityType(row["label"])]
        yield row


def _read_owned(connection: sqlite3.Connection, kind: Kind, keys: Sequence[int] | None) -> Iterator[Part]:
    for owned in kind.owned:
        for rows in _batches(_read(connection, owned.query, owned.key, keys)):
            yield Part(kind.name, owned.name, rows)


def _read(connection: sqlite3.Connection, query: str, key: str, keys: Sequence[int] | None) -> Iterator[dict[str, Any]]:
    if keys is None:
        cursor = connection.execute(query.format(chosen="1"))
    else:
        cursor = connection.execute(
            query.format(chosen=f"{key} IN (SELECT value FROM json_each(?))"), (json.dumps(keys),)
        )
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += len(item["text"]) if isinstance(item, dict) and "text" in item else 0
        if len(batch) == _ROWS or characters > _CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
