"""Propositions and contradictions out of rows, and the questions about them."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from graph.proposition_store import CONTESTED, CONTESTED_FIRST, MatterFacet, Order, PropositionPage, PropositionQuery
from graph.records import (
    ClaimId,
    ClaimType,
    Contradiction,
    ContradictionKind,
    Event,
    Link,
    Predicate,
    Proposition,
    PropositionId,
    Status,
)
from graph.store import FACET_DEPTH
from graph.stores.derived import PageEnd, format_place, parse_place
from graph.stores.encoding import from_moment, to_moment
from graph.stores.sqlite_all import iter_pages
from graph.stores.sqlite_file import StoreFile
from graph.stores.sqlite_rows import LISTED, STANDS_FOR

_PAGE = 500
Where = Callable[..., None]
_THOSE = ", ".join(f"'{status.value}'" for status in CONTESTED)
_IS_CONTESTED = f"(SELECT q.status IN ({_THOSE}) FROM proposition q WHERE q.pid = p.pid)"
_VALUES = {
    Order.NEWEST: "p.last_reported_at",
    Order.WEIGHT: "p.articles",
    Order.CONTESTED: f"(p.articles + {CONTESTED_FIRST} * {_IS_CONTESTED})",
}


def read_propositions(
    connection: sqlite3.Connection,
    ids: Sequence[PropositionId],
    *,
    bare: bool = False,
    most_links: int | None = None,
) -> tuple[Proposition, ...]:
    if bare:
        rows = connection.execute(f"SELECT * FROM proposition WHERE id IN {LISTED}", (json.dumps(ids),))
        bones = {row["id"]: _make(row, (), (), ()) for row in rows}
        return tuple(bones[id] for id in ids if id in bones)
    keys = dict(
        connection.execute(f"SELECT id, pid FROM proposition WHERE id IN {LISTED}", (json.dumps(ids),)).fetchall()
    )
    found = {one.id: one for one in _read(connection, list(keys.values()), most_links)}
    return tuple(found[id] for id in ids if id in found)


def find_propositions_of(connection: sqlite3.Connection, claims: Sequence[ClaimId]) -> dict[ClaimId, PropositionId]:
    rows = connection.execute(
        f"SELECT c.id, p.id FROM claim c JOIN link l USING (cid) JOIN proposition p USING (pid) WHERE c.id IN {LISTED}",
        (json.dumps(claims),),
    )
    return dict(rows.fetchall())


def find_propositions(
    connection: sqlite3.Connection, query: PropositionQuery, limit: int, after: str | None, *, bare: bool = False
) -> PropositionPage:
    text, parameters = _make_search(query, None if after is None else parse_place(after))
    rows = connection.execute(text, (*parameters, limit + 1)).fetchall()
    page = rows[:limit]
    found = read_propositions(connection, [row["id"] for row in page], bare=bare)
    more = format_place(PageEnd(page[-1]["value"], page[-1]["id"])) if page and len(rows) > limit else None
    return PropositionPage(found, more)


def count_propositions(connection: sqlite3.Connection, query: PropositionQuery, facet: MatterFacet) -> dict[str, int]:
    text, parameters = _make_search(query, None)
    value = f"p.{facet.value}"
    moments: list[object] = []
    if facet is MatterFacet.STATUS and (query.known_by or query.valid_at):
        value, moments = _select_status(query)
    counted = (
        f"SELECT ({value}) AS found, count(*) FROM ({text}) f JOIN proposition p ON p.pid = f.pid "
        "GROUP BY found ORDER BY count(*) DESC, found"
    )
    return dict(connection.execute(counted, (*moments, *parameters, FACET_DEPTH)).fetchall())


def iter_propositions(file: StoreFile) -> Iterator[Proposition]:
    keys = "SELECT pid FROM proposition WHERE pid > ? ORDER BY pid LIMIT ?"
    return iter_pages(file, keys, _PAGE, _read)


def list_contradictions(
    connection: sqlite3.Connection, propositions: Sequence[PropositionId] | None, limit: int
) -> tuple[Contradiction, ...]:
    parameters: list[object] = []
    condition = "1"
    if propositions is not None:
        listed = json.dumps(propositions)
        ours = f"(SELECT pid FROM proposition WHERE id IN {LISTED})"
        condition, parameters = f"x.one IN {ours} OR x.other IN {ours}", [listed, listed]
    rows = connection.execute(
        "SELECT a.id, b.id, x.kind, x.score, x.dismissed FROM contradiction x "
        "JOIN proposition a ON a.pid = x.one JOIN proposition b ON b.pid = x.other "
        f"WHERE {condition} ORDER BY x.dismissed, x.articles DESC, a.id, b.id, x.kind LIMIT ?",
        (*parameters, limit),
    )
    return tuple(
        Contradiction(one, other, ContradictionKind(kind), score, bool(dismissed))
        for one, other, kind, score, dismissed in rows
    )


def list_responses(connection: sqlite3.Connection, claims: Sequence[ClaimId]) -> tuple[tuple[ClaimId, ClaimId], ...]:
    listed = json.dumps(claims)
    ours = f"(SELECT cid FROM claim WHERE id IN {LISTED})"
    rows = connection.execute(
        "SELECT a.id, b.id FROM response r JOIN claim a ON a.cid = r.cid JOIN claim b ON b.cid = r.answers "
        f"WHERE r.cid IN {ours} OR r.answers IN {ours} ORDER BY 1, 2",
        (listed, listed),
    )
    return tuple((a, b) for a, b in rows)


def _make_search(query: PropositionQuery, after: PageEnd | None) -> tuple[str, list[object]]:
    """Led by the first entity, where there is one, in the order asked for; the rest is looked up."""
    value = _VALUES[query.order]
    conditions: list[str] = []
    parameters: list[object] = []

    def where(condition: str, *values: object) -> None:
        conditions.append(condition)
        parameters.extend(values)

    first, *others = query.about or (None,)
    lead = "proposition p" if first is None else "proposition_about p"
    if first is not None:
        where(f"p.eid = {STANDS_FOR}", first)
    for entity in others:
        where(f"EXISTS (SELECT 1 FROM proposition_about x WHERE x.pid = p.pid AND x.eid = {STANDS_FOR})", entity)
    if after is not None:
        where(f"({value}, p.id) < (?, ?)", after.value, after.id)
    if query.since is not None:
        where("p.last_reported_at >= ?", to_moment(query.since))
    _add_state(query, where)
    return (
        f"SELECT p.id AS id, p.pid AS pid, {value} AS value FROM {lead} WHERE {' AND '.join(conditions) or '1'} "
        f"ORDER BY {value} DESC, p.id DESC LIMIT ?",
        parameters,
    )


def _add_state(query: PropositionQuery, where: Where) -> None:
    """What it is and what became of it, as known by then."""
    state = "(SELECT 1 FROM proposition q WHERE q.pid = p.pid AND {})"
    if query.types:
        where(f"EXISTS {state.format(f'q.type IN {LISTED}')}", json.dumps(query.types))
    if query.known_by is None and query.valid_at is None:
        if query.statuses:
            where(f"EXISTS {state.format(f'q.status IN {LISTED}')}", json.dumps(query.statuses))
        return
    last, moments = _select_status(query)
    where(f"EXISTS ({last})", *moments)
    if query.statuses:
        where(f"({last}) IN {LISTED}", *moments, json.dumps(query.statuses))


def _select_status(query: PropositionQuery) -> tuple[str, list[object]]:
    """A query text for the status of `p` as known by then, or so then, and its parameters; no row where it had none."""
    clocks = (("recorded_at", query.known_by), ("valid_from", query.valid_at))
    limits = " AND ".join(f"e.{column} < ?" for column, moment in clocks if moment)
    order = "e.valid_from DESC, e.place DESC" if query.valid_at else "e.place DESC"
    text = f"SELECT e.status FROM event e WHERE e.pid = p.pid AND {limits} ORDER BY {order} LIMIT 1"
    return text, [to_moment(moment) for _, moment in clocks if moment]


def _read(connection: sqlite3.Connection, keys: Sequence[int], most_links: int | None = None) -> list[Proposition]:
    """The propositions of these keys, in order of key."""
    listed = json.dumps(keys)
    events: dict[int, list[Event]] = defaultdict(list)
    for row in connection.execute(f"SELECT * FROM event WHERE pid IN {LISTED} ORDER BY pid, place", (listed,)):
        events[row["pid"]].append(_make_event(row))
    links = _read_links(connection, listed, events, most_links)
    parts: dict[int, list[PropositionId]] = defaultdict(list)
    for pid, id in connection.execute(
        "SELECT y.pid, g.id FROM proposition_part y JOIN proposition g ON g.pid = y.general "
        f"WHERE y.pid IN {LISTED} ORDER BY y.pid, y.place",
        (listed,),
    ):
        parts[pid].append(id)
    rows = connection.execute(f"SELECT * FROM proposition WHERE pid IN {LISTED} ORDER BY pid", (listed,))
    return [_make(row, tuple(links[row["pid"]]), tuple(events[row["pid"]]), tuple(parts[row["pid"]])) for row in rows]


def _read_links(
    connection: sqlite3.Connection, listed: str, events: Mapping[int, Sequence[Event]], most: int | None
) -> Mapping[int, Sequence[Link]]:
    """The links of propositions by key, in order: all, or so many of each and those to claims on which events rest."""
    columns = "l.pid, c.id, l.score, l.reason, l.place"
    first = "" if most is None else f"AND l.place < {most:d}"
    rows = connection.execute(
        f"SELECT {columns} FROM link l JOIN claim c USING (cid) WHERE l.pid IN {LISTED} {first} "
        "ORDER BY l.pid, l.place",
        (listed,),
    ).fetchall()
    if most is not None:
        basis = json.dumps(sorted({id for found in events.values() for event in found for id in event.basis}))
        far = f"WHERE c.id IN {LISTED} AND l.place >= {most:d}"
        beyond = connection.execute(f"SELECT {columns} FROM claim c CROSS JOIN link l USING (cid) {far}", (basis,))
        own = {(pid, id) for pid, found in events.items() for event in found for id in event.basis}
        rows += sorted((row for row in beyond if (row["pid"], row["id"]) in own), key=lambda row: row["place"])
    links: dict[int, list[Link]] = defaultdict(list)
    for pid, id, score, reason, _ in rows:
        links[pid].append(Link(id, score, reason))
    return links


def _make(
    row: sqlite3.Row, links: tuple[Link, ...], events: tuple[Event, ...], part_of: tuple[PropositionId, ...]
) -> Proposition:
    return Proposition(
        id=row["id"],
        label_en=row["label_en"],
        label_ja=row["label_ja"],
        type=ClaimType(row["type"]),
        predicate=Predicate(row["predicate"]),
        status=Status(row["status"]),
        first_reported_at=from_moment(row["first_reported_at"]),
        last_reported_at=from_moment(row["last_reported_at"]),
        articles=row["articles"],
        origins=row["origins"],
        links=links,
        events=events,
        part_of=part_of,
    )


def _make_event(row: sqlite3.Row) -> Event:
    return Event(
        Status(row["status"]),
        from_moment(row["valid_from"]),
        from_moment(row["recorded_at"]),
        tuple(map(ClaimId, json.loads(row["basis"]))),
    )
