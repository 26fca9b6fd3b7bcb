"""Which claims are to be derived, and into which matters they go, ↔ rows; inside the caller's transaction."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from graph.proposition_store import Assigned, Queued
from graph.records import ClaimId, ClaimType, Party, Predicate
from graph.stores.encoding import to_moment
from graph.stores.sqlite_rows import LISTED, OBJECT, SUBJECT


def queue_claims(connection: sqlite3.Connection, claims: Sequence[ClaimId] | None) -> int:
    """How many of them there are: all of the store when `claims` is None."""
    if claims is None:
        return _queue(connection, "SELECT cid FROM claim", ())
    return _queue(connection, f"SELECT cid FROM claim WHERE id IN {LISTED}", (json.dumps(claims),))


def queue_keys(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    """The claims of these keys.

    By one statement: after each that replaces, SQLite walks through all that the savepoint of the batch keeps. With one
    for each claim that took as long as all else at 60,000 claims (bench/results.md).
    """
    _queue(connection, "SELECT value FROM json_each(?)", (json.dumps(list(keys)),))


def queue_articles(connection: sqlite3.Connection, aids: Iterable[int]) -> None:
    """All claims of these articles."""
    _queue(connection, f"SELECT cid FROM claim WHERE aid IN {LISTED}", (json.dumps(sorted(aids)),))


def queue_earlier_versions(connection: sqlite3.Connection, aids: Iterable[int]) -> None:
    """The claims of the other versions of these articles' pages."""
    others = (
        "SELECT c.cid FROM article a JOIN article b ON b.url = a.url AND b.aid <> a.aid JOIN claim c ON c.aid = b.aid "
        f"WHERE a.aid IN {LISTED}"
    )
    _queue(connection, others, (json.dumps(sorted(aids)),))


def count_queued(connection: sqlite3.Connection) -> int:
    counts = "SELECT (SELECT count(*) FROM queued) + (SELECT count(*) FROM matter WHERE stamp IS NOT NULL)"
    return int(connection.execute(counts).fetchone()[0])


def list_queued(connection: sqlite3.Connection, limit: int) -> tuple[Queued, ...]:
    return tuple(
        Queued(
            id,
            stamp,
            ClaimType(kind),
            Predicate(predicate),
            measure or "",
            Party(subject, subject_id),
            None if other is None else Party(other, other_id),
        )
        for id, stamp, kind, predicate, measure, subject, subject_id, other, other_id in connection.execute(
            _QUEUED, (limit,)
        )
    )


def find_queued(connection: sqlite3.Connection, predicates: Sequence[Predicate]) -> dict[ClaimId, int]:
    rows = connection.execute(
        f"SELECT c.id, q.stamp FROM queued q CROSS JOIN claim c ON c.cid = q.cid WHERE c.predicate IN {LISTED}",
        (json.dumps(predicates),),
    )
    return dict(rows.fetchall())


def assign_claims(connection: sqlite3.Connection, assigned: Iterable[Assigned]) -> None:
    rows = [(one.claim, one.stamp, one.matter) for one in assigned]
    listed = json.dumps([id for id, _, _ in rows])
    queued = {
        id: (cid, stamp)
        for id, cid, stamp in connection.execute(
            f"SELECT c.id, q.cid, q.stamp FROM claim c JOIN queued q USING (cid) WHERE c.id IN {LISTED}", (listed,)
        )
    }
    held = {id: (queued[id][0], matter) for id, stamp, matter in rows if id in queued and queued[id][1] == stamp}
    matters = sorted({matter for _, matter in held.values()})
    connection.executemany(
        "INSERT INTO matter (key, stamp) VALUES (?, random()) ON CONFLICT (key) DO UPDATE SET stamp = random()",
        ((matter,) for matter in matters),
    )
    mids = _read_mids(connection, matters)
    now = {cid: mids[matter] for cid, matter in held.values()}
    held_by = f"SELECT cid, mid FROM claim_matter WHERE cid IN {LISTED}"
    before = connection.execute(held_by, (json.dumps(list(now)),)).fetchall()
    open_left(connection, {mid for cid, mid in before if mid != now[cid]})
    connection.executemany(
        "INSERT INTO claim_matter VALUES (?, ?, 1) ON CONFLICT (cid) DO UPDATE SET mid = excluded.mid, fresh = 1",
        now.items(),
    )
    connection.execute(f"DELETE FROM queued WHERE cid IN {LISTED}", (json.dumps(list(now)),))


def open_left(connection: sqlite3.Connection, mids: Iterable[int]) -> None:
    """Matters that claims leave: what was derived with them must not be put any more."""
    connection.execute(f"UPDATE matter SET stamp = random() WHERE mid IN {LISTED}", (json.dumps(sorted(mids)),))


def list_open_matters(connection: sqlite3.Connection, limit: int) -> dict[str, int]:
    text = (
        "SELECT key, (SELECT count(*) FROM claim_matter c WHERE c.mid = m.mid) FROM matter m "
        "WHERE stamp IS NOT NULL ORDER BY key LIMIT ?"
    )
    return dict(connection.execute(text, (limit,)).fetchall())


def rest_matters(connection: sqlite3.Connection, keys: Sequence[str], until: datetime) -> None:
    connection.executemany(
        "INSERT INTO resting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET until = excluded.until",
        [(key, to_moment(until)) for key in keys],
    )


def list_resting(connection: sqlite3.Connection, now: datetime) -> frozenset[str]:
    rows = connection.execute("SELECT key FROM resting WHERE until > ?", (to_moment(now),))
    return frozenset(key for (key,) in rows)


def _queue(connection: sqlite3.Connection, keys: str, parameters: tuple[object, ...]) -> int:
    # WHERE keeps SQLite from reading ON as part of a join.
    return connection.execute(f"INSERT OR REPLACE INTO queued (cid) {keys}", parameters).rowcount


_QUEUED = f"""
SELECT c.id, q.stamp, c.type, c.predicate, c.measure, s.name, e.id, o.name, f.id
FROM (SELECT cid, stamp FROM queued ORDER BY cid LIMIT ?) q CROSS JOIN claim c ON c.cid = q.cid
CROSS JOIN party s ON s.cid = q.cid AND s.role = {SUBJECT} LEFT JOIN entity e ON e.eid = s.eid
LEFT JOIN party o ON o.cid = q.cid AND o.role = {OBJECT} LEFT JOIN entity f ON f.eid = o.eid
ORDER BY q.cid
"""


def _read_mids(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, int]:
    rows = connection.execute(f"SELECT key, mid FROM matter WHERE key IN {LISTED}", (json.dumps(keys),))
    return dict(rows.fetchall())
