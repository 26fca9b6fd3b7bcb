"""What is to be derived, and what was, ↔ rows; inside the caller's transaction."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.ids import list_event_ids
from graph.proposition_store import Derived, Matter
from graph.records import ClaimId, Contradiction, Event, Proposition, PropositionId
from graph.stores.changes import log_changes
from graph.stores.derived import make_digest
from graph.stores.encoding import to_moment
from graph.stores.sqlite_rows import LISTED, read_claims

Keys = dict[PropositionId, int]


def find_matters(connection: sqlite3.Connection, claims: Sequence[ClaimId]) -> dict[ClaimId, str]:
    rows = connection.execute(
        "SELECT c.id, m.key FROM claim c JOIN claim_matter USING (cid) JOIN matter m USING (mid) "
        f"WHERE c.id IN {LISTED}",
        (json.dumps(claims),),
    )
    return dict(rows.fetchall())


def read_matters(connection: sqlite3.Connection, keys: Sequence[str]) -> tuple[Matter, ...]:
    listed = json.dumps(keys)
    stamps = dict(
        connection.execute(f"SELECT key, coalesce(stamp, 0) FROM matter WHERE key IN {LISTED}", (listed,)).fetchall()
    )
    rows = connection.execute(_CLAIMS, (listed,)).fetchall()
    claims: dict[str, list[int]] = defaultdict(list)
    fresh: dict[str, list[int]] = defaultdict(list)
    for key, cid, is_fresh in rows:
        claims[key].append(cid)
        if is_fresh:
            fresh[key].append(cid)
    keys_of_claims = [row["cid"] for row in rows]
    found = dict(zip(keys_of_claims, read_claims(connection, keys_of_claims), strict=True))
    shares: dict[str, set[str]] = defaultdict(set)
    for text in (_HELD_BY, _HOLDS):
        for key, other in connection.execute(text, (listed,)):
            shares[key].add(other)
    return tuple(
        Matter(
            key,
            stamps.get(key, 0),
            tuple(found[cid] for cid in claims[key]),
            frozenset(found[cid].id for cid in fresh[key]),
            tuple(sorted(shares[key])),
        )
        for key in keys
    )


def put_matters(connection: sqlite3.Connection, derived: Iterable[Derived]) -> int:
    """How many of the items were taken."""
    items = list(derived)
    listed = json.dumps([key for one in items for key in one.stamps])
    text = f"SELECT key, stamp FROM matter WHERE stamp IS NOT NULL AND key IN {LISTED}"
    stamps = dict(connection.execute(text, (listed,)).fetchall())
    taken = [one for one in items if all(stamps.get(key, 0) == stamp for key, stamp in one.stamps.items())]
    if taken:
        _put(connection, taken)
    return len(taken)


def _put(connection: sqlite3.Connection, taken: Sequence[Derived]) -> None:
    listed = json.dumps([key for one in taken for key in one.stamps])
    propositions = [one for item in taken for one in item.propositions]
    mids = f"(SELECT mid FROM matter WHERE key IN {LISTED})"
    before = {
        id: (pid, digest)
        for id, pid, digest in connection.execute(
            f"SELECT id, pid, digest FROM proposition WHERE mid IN {mids}", (listed,)
        )
    }
    digests = {one.id: make_digest(one) for one in propositions}
    gone = {id: pid for id, (pid, _) in before.items() if id not in digests}
    keep_names(connection, gone)
    remove_propositions(connection, gone)
    changed = [one for one in propositions if before.get(one.id, (0, ""))[1] != digests[one.id]]
    stay = {id: pid for id, (pid, _) in before.items() if id in digests}
    touched = _write(connection, changed, digests, stay)
    touched |= _put_contradictions(connection, [x for item in taken for x in item.contradictions], stay | touched)
    log_changes(connection, "proposition", [(pid, id) for id, pid in touched.items()])
    _put_responses(connection, [pair for item in taken for pair in item.responses], listed)
    connection.execute(f"UPDATE claim_matter SET fresh = 0 WHERE fresh AND mid IN {mids}", (listed,))
    connection.execute(f"UPDATE matter SET stamp = NULL WHERE key IN {LISTED} AND stamp IS NOT NULL", (listed,))
    connection.execute(
        f"DELETE FROM matter WHERE key IN {LISTED} AND mid NOT IN (SELECT mid FROM claim_matter WHERE mid = matter.mid)"
        " AND mid NOT IN (SELECT mid FROM proposition WHERE mid = matter.mid)",
        (listed,),
    )


def keep_names(connection: sqlite3.Connection, gone: Keys) -> None:
    """Lets the ids of propositions lead to the claims that they are made of, which other ones may hold from now on."""
    connection.execute(
        "INSERT OR IGNORE INTO heir (id, heir) SELECT p.id, c.id FROM proposition p "
        f"JOIN link l ON l.pid = p.pid AND l.place = 0 JOIN claim c USING (cid) WHERE p.pid IN {LISTED}",
        (json.dumps(list(gone.values())),),
    )


def remove_propositions(connection: sqlite3.Connection, gone: Keys) -> None:
    """Takes them away with all that hangs on them."""
    if not gone:
        return
    pids = json.dumps(list(gone.values()))
    connection.execute(
        "INSERT INTO change (kind, key, id) SELECT 'proposition', p.pid, p.id "
        f"FROM contradiction x JOIN proposition p ON p.pid = x.one WHERE other IN {LISTED} AND one NOT IN {LISTED}",
        (pids, pids),
    )
    _forget_events(connection, pids)
    connection.execute(f"DELETE FROM proposition WHERE pid IN {LISTED}", (pids,))
    log_changes(connection, "proposition", [(pid, id) for id, pid in gone.items()], "del")


def _forget_events(connection: sqlite3.Connection, pids: str) -> None:
    connection.execute(
        "INSERT INTO change (kind, key, id, op) SELECT 'event', vid, id, 'del' FROM event "
        f"WHERE pid IN {LISTED} ORDER BY vid",
        (pids,),
    )
    connection.execute(f"DELETE FROM event WHERE pid IN {LISTED}", (pids,))


def _write(
    connection: sqlite3.Connection, changed: Sequence[Proposition], digests: Mapping[PropositionId, str], known: Keys
) -> Keys:
    """The keys of the changed ones; all that belongs to them is written anew."""
    if not changed:
        return {}
    listed = json.dumps([link.claim for one in changed for link in one.links])
    claims = {
        id: (cid, mid)
        for id, cid, mid in connection.execute(
            f"SELECT c.id, c.cid, m.mid FROM claim c JOIN claim_matter m USING (cid) WHERE c.id IN {LISTED}", (listed,)
        )
    }
    old = json.dumps([known[one.id] for one in changed if one.id in known])
    for table in ("link", "proposition_part", "proposition_about"):
        connection.execute(f"DELETE FROM {table} WHERE pid IN {LISTED}", (old,))
    connection.executemany(_PROPOSITION, [_row(one, claims[one.links[0].claim][1], digests[one.id]) for one in changed])
    ids = json.dumps([one.id for one in changed])
    keys: Keys = dict(connection.execute(f"SELECT id, pid FROM proposition WHERE id IN {LISTED}", (ids,)).fetchall())
    connection.executemany(
        "INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?)",
        [
            (claims[link.claim][0], keys[one.id], place, float(link.score), link.reason)
            for one in changed
            for place, link in enumerate(one.links)
        ],
    )
    _put_events(connection, changed, keys)
    everybody = known | keys
    connection.executemany(
        "INSERT INTO proposition_part VALUES (?, ?, ?)",
        [
            (keys[one.id], place, everybody[general])
            for one in changed
            for place, general in enumerate(one.part_of)
            if general in everybody
        ],
    )
    connection.execute(_ABOUT, (json.dumps(list(keys.values())),))
    return keys


def _put_events(connection: sqlite3.Connection, changed: Sequence[Proposition], keys: Keys) -> None:
    """Their events. Those that stay are left alone: of a history that grows, the graph need not read all again."""
    rows = {
        id: (id, keys[one.id], place, *_event_row(event))
        for one in changed
        for place, (id, event) in enumerate(zip(list_event_ids(one), one.events, strict=True))
    }
    pids = json.dumps(list(keys.values()))
    held = connection.execute(f"SELECT vid, id, pid, place FROM event WHERE pid IN {LISTED} ORDER BY vid", (pids,))
    stay, gone = set(), []
    for vid, *event in held:
        if tuple(event) == rows.get(event[0], ())[:3]:
            stay.add(event[0])
        else:
            gone.append((vid, event[0]))
    log_changes(connection, "event", gone, "del")
    connection.execute(f"DELETE FROM event WHERE vid IN {LISTED}", (json.dumps([vid for vid, _ in gone]),))
    new = [row for id, row in rows.items() if id not in stay]
    connection.executemany(
        "INSERT INTO event (id, pid, place, status, valid_from, recorded_at, basis) VALUES (?, ?, ?, ?, ?, ?, ?)", new
    )
    connection.execute(
        f"INSERT INTO change (kind, key, id) SELECT 'event', vid, id FROM event WHERE id IN {LISTED} ORDER BY vid",
        (json.dumps([row[0] for row in new]),),
    )


def _event_row(event: Event) -> tuple[object, ...]:
    return event.status.value, to_moment(event.valid_from), to_moment(event.recorded_at), json.dumps(event.basis)


def _put_contradictions(connection: sqlite3.Connection, new: Iterable[Contradiction], keys: Keys) -> Keys:
    """Those whose contradictions are not as they were."""
    pids = json.dumps(list(keys.values()))
    before = {
        tuple(row)
        for row in connection.execute(
            f"SELECT one, other, kind, score, dismissed FROM contradiction WHERE one IN {LISTED}", (pids,)
        )
    }
    wanted = [one for one in new if one.one in keys and one.other in keys]
    now = {_contradiction_row(one, keys) for one in wanted}
    gone, added = before - now, now - before
    connection.executemany(
        "DELETE FROM contradiction WHERE one = ? AND other = ? AND kind = ?", [row[:3] for row in gone]
    )
    connection.executemany(_CONTRADICTION, [(*row, row[0], row[1]) for row in sorted(added, key=str)])
    connection.execute(_WEIGH, (pids, pids))
    changed = {row[0] for row in gone | added}
    return {id: pid for id, pid in keys.items() if pid in changed}


def _contradiction_row(one: Contradiction, keys: Keys) -> tuple[object, ...]:
    return keys[one.one], keys[one.other], one.kind.value, float(one.score), int(one.dismissed)


def _put_responses(connection: sqlite3.Connection, new: Sequence[tuple[ClaimId, ClaimId]], listed: str) -> None:
    """Those whose claims are in the matters; the claims that answer others than before are told of."""
    ours = f"(SELECT cid FROM claim_matter WHERE mid IN (SELECT mid FROM matter WHERE key IN {LISTED}))"
    rows = connection.execute(f"SELECT cid, answers FROM response WHERE cid IN {ours}", (listed,))
    before = {(row["cid"], row["answers"]) for row in rows}
    ids = sorted({id for pair in new for id in pair})
    keys = dict(connection.execute(f"SELECT id, cid FROM claim WHERE id IN {LISTED}", (json.dumps(ids),)).fetchall())
    now = {(keys[a], keys[b]) for a, b in new if a in keys and b in keys}
    connection.executemany("DELETE FROM response WHERE cid = ? AND answers = ?", sorted(before - now))
    connection.executemany("INSERT OR IGNORE INTO response VALUES (?, ?)", sorted(now - before))
    changed = json.dumps(sorted({cid for cid, _ in before ^ now}))
    connection.execute(
        f"INSERT INTO change (kind, key, id) SELECT 'claim', cid, id FROM claim WHERE cid IN {LISTED}", (changed,)
    )


def _row(one: Proposition, mid: int, digest: str) -> tuple[object, ...]:
    return (
        one.id,
        mid,
        one.label_en,
        one.label_ja,
        one.type.value,
        one.predicate.value,
        one.status.value,
        to_moment(one.first_reported_at),
        to_moment(one.last_reported_at),
        one.articles,
        one.origins,
        digest,
    )


_CLAIMS = f"""
SELECT m.key, c.cid, c.fresh FROM matter m CROSS JOIN claim_matter c ON c.mid = m.mid WHERE m.key IN {LISTED}
ORDER BY m.key, c.cid
"""
# Matters whose propositions hold a claim of this one, and matters of the claims that its propositions hold.
_HELD_BY = f"""
SELECT DISTINCT m.key, o.key
FROM matter m CROSS JOIN claim_matter c ON c.mid = m.mid CROSS JOIN link l ON l.cid = c.cid
CROSS JOIN proposition p ON p.pid = l.pid CROSS JOIN matter o ON o.mid = p.mid
WHERE m.key IN {LISTED} AND p.mid <> m.mid
"""
_HOLDS = f"""
SELECT DISTINCT m.key, o.key
FROM matter m CROSS JOIN proposition p ON p.mid = m.mid CROSS JOIN link l ON l.pid = p.pid
CROSS JOIN claim_matter c ON c.cid = l.cid CROSS JOIN matter o ON o.mid = c.mid
WHERE m.key IN {LISTED} AND c.mid <> m.mid
"""
_PROPOSITION = """
INSERT INTO proposition (id, mid, label_en, label_ja, type, predicate, status, first_reported_at, last_reported_at,
  articles, origins, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET mid = excluded.mid, label_en = excluded.label_en, label_ja = excluded.label_ja,
  type = excluded.type, predicate = excluded.predicate, status = excluded.status,
  first_reported_at = excluded.first_reported_at, last_reported_at = excluded.last_reported_at,
  articles = excluded.articles, origins = excluded.origins, digest = excluded.digest
"""
_ABOUT = f"""
INSERT INTO proposition_about
SELECT DISTINCT y.eid, p.pid, p.last_reported_at, p.articles, p.id
FROM proposition p CROSS JOIN link l ON l.pid = p.pid CROSS JOIN party y ON y.cid = l.cid
WHERE p.pid IN {LISTED} AND y.role < 4 AND y.eid IS NOT NULL
"""
_CONTRADICTION = """
INSERT INTO contradiction
SELECT ?, ?, ?, ?, ?, (SELECT sum(articles) FROM proposition WHERE pid IN (?, ?))
"""
_WEIGH = f"""
UPDATE contradiction SET articles = (SELECT sum(articles) FROM proposition WHERE pid IN (one, other))
WHERE one IN {LISTED} OR other IN {LISTED}
"""
