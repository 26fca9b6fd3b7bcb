"""Makers of things as claims tell them ↔ rows, inside the caller's transaction."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from graph.background import Released
from graph.records import EntityId, Predicate
from graph.stores.sqlite_queue import queue_keys
from graph.stores.sqlite_rows import IS_COUNTED, LISTED


def list_releases(connection: sqlite3.Connection, predicates: Sequence[Predicate]) -> tuple[Released, ...]:
    rows = connection.execute(_RELEASES, (json.dumps(predicates),))
    return tuple(Released(*row) for row in rows)


def read_makers(connection: sqlite3.Connection) -> dict[EntityId, EntityId]:
    rows = connection.execute(
        "SELECT t.id, m.id FROM maker x JOIN entity t ON t.eid = x.thing JOIN entity m ON m.eid = x.maker ORDER BY 1"
    )
    return dict(rows.fetchall())


def put_makers(
    connection: sqlite3.Connection, makers: Mapping[EntityId, EntityId], moved: Iterable[EntityId] = ()
) -> None:
    before = read_makers(connection)
    changed = [id for id in before.keys() | makers.keys() if before.get(id) != makers.get(id)]
    if not changed:
        return
    things = f"(SELECT eid FROM entity WHERE id IN {LISTED})"
    connection.execute(f"DELETE FROM maker WHERE thing IN {things}", (json.dumps(changed),))
    connection.executemany(
        "INSERT INTO maker SELECT t.eid, m.eid FROM entity t, entity m WHERE t.id = ? AND m.id = ?",
        [(id, makers[id]) for id in changed if id in makers],
    )
    listed = json.dumps(sorted({*changed, *moved}))
    naming = connection.execute(f"SELECT DISTINCT cid FROM party WHERE eid IN {things}", (listed,)).fetchall()
    queue_keys(connection, [cid for (cid,) in naming])


def queue_release(connection: sqlite3.Connection) -> None:
    """Queues a release, whichever, so that makers are found anew; without any there are no makers."""
    row = connection.execute(f"SELECT cid FROM claim c WHERE {_RELEASED} LIMIT 1").fetchone()
    if row:
        queue_keys(connection, row)
    else:
        put_makers(connection, {})


# As the index claim_release has it.
_RELEASED = "c.predicate IN ('released', 'updated', 'open_sourced') AND c.polarity = 'affirmed'"
# CROSS JOIN keeps the few releases outermost.
_RELEASES = f"""
SELECT s.id, o.id, count(DISTINCT c.aid)
FROM claim c CROSS JOIN party p ON p.cid = c.cid AND p.role = 1 CROSS JOIN party q ON q.cid = c.cid AND q.role = 2
CROSS JOIN entity s ON s.eid = p.eid CROSS JOIN entity o ON o.eid = q.eid
WHERE {_RELEASED} AND c.predicate IN {LISTED}
  AND {IS_COUNTED}
GROUP BY 1, 2
ORDER BY 1, 2
"""
