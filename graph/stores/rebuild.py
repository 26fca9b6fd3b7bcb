"""The process that turns the store's rows into a saved graph. Started by projection.py; runs no user's query.

Rows go over in batches as query parameters: the engine takes no other input without pandas, and memory stays flat.
"""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from graph.ids import format_time
from graph.records import EntityType, Relation
from graph.schema import ENTITY_LABELS, LABELS
from graph.stores import confine
from graph.stores.encoding import from_moment

# Raise when the same rows make another graph, so that saved graphs of earlier versions are left.
FORMAT = 1
SUFFIX = ".kgl"

# 5,000: rows go over at 26,000 nodes a second (bench/stores.py); larger ones take memory and no less time.
_BATCH = 5_000


def main() -> None:
    """Writes the graph of a store into a folder and prints its name. Arguments: store, folder, parent's process id."""
    store, folder, parent = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    confine.end_with_parent(parent)
    with _locked(folder):
        print(build(store, folder))


def build(store: Path, folder: Path) -> str:
    """The name of the saved graph of the store as it is now; earlier ones are removed."""
    connection = sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.execute("BEGIN")
    name = file_name(read_version(connection))
    if not (folder / name).exists():
        _save(connection, folder, name)
    connection.close()
    for earlier in folder.glob(f"*{SUFFIX}"):
        if earlier.name != name:
            earlier.unlink(missing_ok=True)
    return name


def read_version(connection: sqlite3.Connection) -> tuple[int, str]:
    """What tells two states of a store apart: the number of its last change, and whose it was."""
    row = connection.execute("SELECT seq, id FROM change ORDER BY seq DESC LIMIT 1").fetchone()
    return (0, "") if row is None else (row[0], row[1])


def file_name(version: tuple[int, str]) -> str:
    """A name that no other state of the store has: after a restore, equal numbers may be other changes."""
    number, last = version
    digest = hashlib.sha256(last.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"graph-{FORMAT}-{number}-{digest}{SUFFIX}"


def _save(connection: sqlite3.Connection, folder: Path, name: str) -> None:
    import kglite

    kglite.set_query_warning_policy("silent")
    graph = kglite.KnowledgeGraph()
    for label, query in _NODES.items():
        _add_nodes(graph, label, connection.execute(query))
    for kind, label in ENTITY_LABELS.items():
        _add_second_label(graph, connection, kind, label)
    for name_of_type, start, end, query in _RELATIONSHIPS:
        _add_relationships(graph, name_of_type, start, end, connection.execute(query))
    unfinished = folder / f"{name}.{os.getpid()}"
    graph.save(str(unfinished))
    unfinished.replace(folder / name)


def _add_nodes(graph: Any, label: str, cursor: sqlite3.Cursor) -> None:
    names = [column[0] for column in cursor.description]
    properties = ", ".join(f"{name}: r.{name}" for name in names)
    for rows in _batches(cursor):
        _run(graph, f"UNWIND $rows AS r CREATE (:{label} {{{properties}}})", _records(label, names, rows))


def _add_second_label(graph: Any, connection: sqlite3.Connection, kind: EntityType, label: str) -> None:
    ids = connection.execute("SELECT id FROM entity WHERE type = ?", (kind.value,))
    for rows in _batches(ids):
        _run(graph, f"UNWIND $rows AS id MATCH (e:Entity {{id: id}}) SET e:{label}", [id for (id,) in rows])


def _add_relationships(graph: Any, name: str, start: str, end: str, cursor: sqlite3.Cursor) -> None:
    """CREATE keeps two relationships of one type between the same nodes: a speaker may stand twice in a chain."""
    names = [column[0] for column in cursor.description]
    properties = ", ".join(f"{column}: r.{column}" for column in names[2:])
    statement = (
        f"UNWIND $rows AS r MATCH (a:{start} {{id: r.a}}) MATCH (b:{end} {{id: r.b}}) "
        f"CREATE (a)-[:{name} {{{properties}}}]->(b)"
    )
    for rows in _batches(cursor):
        _run(graph, statement, [dict(zip(names, row, strict=True)) for row in rows])


def _run(graph: Any, statement: str, rows: Sequence[object]) -> None:
    graph.cypher(statement, params={"rows": rows}, timeout_ms=0)


def _records(label: str, names: Sequence[str], rows: Iterable[Sequence[object]]) -> list[dict[str, object]]:
    records = [dict(zip(names, row, strict=True)) for row in rows]
    for record in records:
        for name in _TIMES & record.keys():
            record[name] = format_time(from_moment(_whole(record[name])))
        if label == "Entity":
            record["aliases"] = json.loads(str(record["aliases"]))
    return records


def _whole(value: object) -> int:
    assert isinstance(value, int), value
    return value


def _batches(cursor: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(cursor)
    while batch := list(islice(rows, _BATCH)):
        yield batch


class _locked:  # noqa: N801 - reads as a verb where it is used
    """One builder at a time in a folder; the lock goes with the process, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "lock"

    def __enter__(self) -> None:
        self._file = self._path.open("w")
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()


_TIMES = {"published_at", "fetched_at", "reported_at"}

_NODES = {
    "Source": "SELECT id, name, kind, lang, country, domain, reliability FROM source",
    "Article": "SELECT id, url, title, lang, published_at, fetched_at, text_hash, version, kind FROM article",
    "Entity": """
SELECT id, name, name_ja, wikidata,
  (SELECT json_group_array(text) FROM (SELECT text FROM alias a WHERE a.eid = e.eid ORDER BY place)) AS aliases
FROM entity e""",
    "Claim": """
SELECT c.id, c.type AS claim_type, c.predicate, c.text, c.lang, c.start_char, c.end_char, c.modality, c.polarity,
  c.date, c.reported_at, nullif(c.measure, '') AS measure, c.value, c.high, c.unit, c.comparator, c.rule AS extractor,
  (SELECT name FROM party p WHERE p.cid = c.cid AND role = 1) AS subject,
  (SELECT name FROM party p WHERE p.cid = c.cid AND role = 2) AS object,
  (SELECT name FROM party p WHERE p.cid = c.cid AND role = 4 ORDER BY depth DESC LIMIT 1) AS origin
FROM claim c""",
}
assert set(_NODES) == {label.name for label in LABELS}


def _parties(role: int, columns: str = "") -> str:
    return (
        f"SELECT c.id AS a, e.id AS b{columns} FROM party p JOIN claim c USING (cid) JOIN entity e USING (eid) "
        f"WHERE p.role = {role}"
    )


_RELATIONSHIPS: list[tuple[str, str, str, str]] = [
    ("PUBLISHED", "Source", "Article", "SELECT s.id AS a, a.id AS b FROM article a JOIN source s USING (sid)"),
    ("STATES", "Article", "Claim", "SELECT a.id AS a, c.id AS b FROM claim c JOIN article a USING (aid)"),
    (
        "MENTIONS",
        "Article",
        "Entity",
        "SELECT a.id AS a, e.id AS b, count(*) AS count, min(m.start_char) AS start_char, m.end_char AS end_char "
        "FROM mention m JOIN article a USING (aid) JOIN entity e USING (eid) GROUP BY m.aid, m.eid",
    ),
    ("SUBJECT", "Claim", "Entity", _parties(1)),
    ("OBJECT", "Claim", "Entity", _parties(2)),
    ("ON", "Claim", "Entity", _parties(3)),
    ("CLAIMED_BY", "Claim", "Entity", _parties(4, ", p.depth, nullif(p.cue, '') AS cue")),
    *(
        (
            relation.value,
            "Entity",
            "Entity",
            "SELECT s.id AS a, o.id AS b, t.source FROM tie t JOIN entity s ON s.eid = t.subject "
            f"JOIN entity o ON o.eid = t.object WHERE t.relation = '{relation.value}'",
        )
        for relation in Relation
    ),
]
