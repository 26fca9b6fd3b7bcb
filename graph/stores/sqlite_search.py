"""A ClaimQuery → SQL over schema.sql. Keys come newest first; pages go on from a key, never from an offset.

One table leads (the full-text index, an entity's claims, an article's, a source's, else all claims) and the rest is
looked up for each of its rows. CROSS JOIN pins that order: left to itself, SQLite collects all claims of a much-named
entity first (1.3 s instead of 0.1 ms at 100,000 claims).
"""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from graph.grades import FAIR_FROM
from graph.records import ClaimId, EntityId
from graph.store import FACET_DEPTH, ClaimQuery
from graph.stores.encoding import KEY_SLACK, first_key, parse_cursor, to_moment
from graph.stores.fulltext import any_expression, match_expression
from graph.stores.sqlite_rows import LISTED, STANDS_FOR

# Looking a text up by its key takes 20 µs; walking all 45,000 hits of a common word takes 20 ms (bench/stores.py).
_FEW_CLAIMS = 500
# Counting so many index rows takes half a millisecond; whom more is said about is a poor start either way.
_COUNTED = 10_000

_OF_CLAIM = re.compile(r"\bc\.")

_ABOUT = "role < 4"
_SPEAKING = "role = 4"
_ROLES = (_ABOUT, _SPEAKING)
# So many claims of a group are sorted in milliseconds; of more, walking all claims from the newest finds a page sooner.
_SORTED = 2_000

_KEYS_OF = (
    f"SELECT coalesce(s.stands_for, e.eid) FROM entity e LEFT JOIN standing s ON s.eid = e.eid WHERE e.id IN {LISTED}"
)
_HAS_STATUS = f"SELECT 1 FROM link l JOIN proposition q ON q.pid = l.pid WHERE l.cid = {{key}} AND q.status IN {LISTED}"


@dataclass(slots=True)
class _Search:
    """The leading table, its column that holds the key, and conditions with their parameters.

    What a condition says of the claim `c` itself is looked up in a narrow index where that has it.
    """

    lead: str = "claim c"
    key: str = "c.cid"
    conditions: list[str] = field(default_factory=list)
    parameters: list[object] = field(default_factory=list)

    @property
    def tables(self) -> str:
        """The FROM clause: the claim is joined only when a condition asks for it."""
        if self.key == "c.cid" or not any(_OF_CLAIM.search(condition) for condition in self.conditions):
            return self.lead
        return f"{self.lead} CROSS JOIN claim c INDEXED BY claim_facets ON c.cid = {self.key}"

    def where(self, condition: str, *parameters: object) -> None:
        self.conditions.append(condition)
        self.parameters += parameters


def find_keys(
    connection: sqlite3.Connection, query: ClaimQuery, limit: int, after: str | None, before: str | None = None
) -> list[int]:
    """Keys of matching claims, newest first: the first ones below `after`, or the last ones above `before`."""
    search = _make_search(connection, query)
    if search is None:
        return []
    if after is not None:
        search.where(f"{search.key} < ?", parse_cursor(after))
    if before is not None:
        search.where(f"{search.key} > ?", parse_cursor(before))
    order = "DESC" if before is None else "ASC"
    keys = [key for (key,) in connection.execute(_select(search, order), (*search.parameters, limit))]
    return keys if before is None else keys[::-1]


def pick_claims(connection: sqlite3.Connection, query: ClaimQuery, claims: Sequence[ClaimId]) -> frozenset[ClaimId]:
    """Those of the claims that match: led by them, not by all that match."""
    terms = (*query.words, *query.phrases)
    expression = match_expression(terms, query.without)
    if terms and expression is None:
        return frozenset()
    rows = connection.execute(f"SELECT cid, id FROM claim WHERE id IN {LISTED}", (json.dumps(claims),))
    ids: dict[int, ClaimId] = dict(rows.fetchall())
    if ids and expression is not None:
        # Beside a list SQLite asks the full-text index anew for each claim: 40 s for 12,000.
        hits = "SELECT rowid FROM claim_words WHERE claim_words MATCH ? AND rowid BETWEEN ? AND ?"
        found = connection.execute(hits, (expression, min(ids), max(ids)))
        ids = {key: ids[key] for (key,) in found if key in ids}
    search = _Search("(SELECT value AS cid FROM json_each(?)) p", "p.cid", ["1"], [json.dumps(list(ids))])
    _leave_out(search, query)
    _add_conditions(search, query)
    keys = connection.execute(
        f"SELECT p.cid FROM {search.tables} WHERE {' AND '.join(search.conditions)}", search.parameters
    )
    return frozenset(ids[key] for (key,) in keys)


def select_keys(connection: sqlite3.Connection, query: ClaimQuery) -> tuple[str, list[object]] | None:
    """A query text for the keys of the newest matching claims, as many as facets count, and its parameters; None when
    there can be none."""
    search = _make_search(connection, query)
    return None if search is None else (_select(search), [*search.parameters, FACET_DEPTH])


def select_scores(query: ClaimQuery, limit: int) -> tuple[str, list[object]] | None:
    """A query text for keys and scores (less is better) of the newest claims that match words, and its parameters.

    None when there can be none.
    """
    expression = match_expression((*query.words, *query.phrases), query.without)
    if expression is None:
        return None
    search = _lead_words(expression)
    _add_conditions(search, query)
    text = (
        f"SELECT {search.key}, bm25(claim_words) FROM {search.tables} WHERE {' AND '.join(search.conditions)} "
        f"ORDER BY {search.key} DESC LIMIT ?"
    )
    return text, [*search.parameters, limit]


def _select(search: _Search, order: str = "DESC") -> str:
    conditions = " AND ".join(search.conditions) or "1"
    return (
        f"SELECT DISTINCT {search.key} AS cid FROM {search.tables} WHERE {conditions} "
        f"ORDER BY {search.key} {order} LIMIT ?"
    )


def _make_search(connection: sqlite3.Connection, query: ClaimQuery) -> _Search | None:
    """None when the words asked for can be found nowhere."""
    terms = (*query.words, *query.phrases)
    expression = match_expression(terms, query.without)
    if terms and expression is None:
        return None
    search = _lead(connection, query, expression)
    _leave_out(search, query)
    _add_conditions(search, query)
    return search


def _leave_out(search: _Search, query: ClaimQuery) -> None:
    """What has unwanted words, where no wanted ones are looked up."""
    if query.without and not (query.words or query.phrases) and (unwanted := any_expression(query.without)):
        search.where(f"{search.key} NOT IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?)", unwanted)


def _add_conditions(search: _Search, query: ClaimQuery) -> None:
    _add_parties(search, query)
    _add_columns(search, query)
    _add_times(search, query.since, query.until)
    if query.misread is not None:
        search.where(f"{search.key} {'IN' if query.misread else 'NOT IN'} ({_MISREAD})")
    if query.weak is not None:
        search.where(f"{'NOT ' if query.weak else ''}(SELECT {_BETTER} FROM claim g WHERE g.cid = {search.key})")


def _lead(connection: sqlite3.Connection, query: ClaimQuery, expression: str | None) -> _Search:
    """The search with its leading table: the one that leaves the fewest rows to look at."""
    parties = [(entity, _ABOUT) for entity in query.about] + [(entity, _SPEAKING) for entity in query.speakers]
    rarest = min(((_count_claims(connection, *party), *party) for party in parties), default=None)
    if expression is None and rarest is None:
        return _lead_group(connection, query)
    if expression is None:
        assert rarest is not None
        return _lead_party(*rarest[1:])
    if rarest is not None and rarest[0] < _FEW_CLAIMS:
        search = _lead_party(*rarest[1:])
        search.where("EXISTS (SELECT 1 FROM claim_words WHERE claim_words MATCH ? AND rowid = p.cid)", expression)
        return search
    return _lead_words(expression)


def _lead_words(expression: str) -> _Search:
    search = _Search("claim_words w", "w.rowid")
    search.where("claim_words MATCH ?", expression)
    return search


def _lead_party(entity: EntityId, role: str) -> _Search:
    search = _Search("party p", "p.cid")
    search.where(f"p.eid = {STANDS_FOR} AND p.{role}", entity)
    return search


def _lead_group(connection: sqlite3.Connection, query: ClaimQuery) -> _Search:
    """Led by the group that fewest claims name, where those are few enough to be sorted; else by all claims."""
    counted = [
        (sum(_count_claims(connection, id, role) for id in group for role in _ROLES), group) for group in query.named
    ]
    rarest = min(counted, default=None)
    if rarest is None or rarest[0] > _SORTED:
        return _Search()
    own = f"SELECT cid FROM party WHERE eid IN ({_KEYS_OF})"
    search = _Search(f"({' UNION '.join(f'{own} AND {role}' for role in _ROLES)}) p", "p.cid")
    search.parameters += [json.dumps(rarest[1])] * len(_ROLES)
    return search


def _count_claims(connection: sqlite3.Connection, entity: EntityId, role: str) -> int:
    """Claims in which the entity has the role; those it speaks in are counted up to _COUNTED."""
    if role == _ABOUT:
        row = connection.execute(f"SELECT claims FROM entity WHERE eid = {STANDS_FOR}", (entity,)).fetchone()
        return row["claims"] if row else 0
    counted = f"SELECT 1 FROM party WHERE eid = {STANDS_FOR} AND {role} LIMIT ?"
    return int(connection.execute(f"SELECT count(*) FROM ({counted})", (entity, _COUNTED)).fetchone()[0])


def _add_parties(search: _Search, query: ClaimQuery) -> None:
    for entities, role in ((query.about, _ABOUT), (query.speakers, _SPEAKING)):
        for entity in entities:
            search.where(
                f"EXISTS (SELECT 1 FROM party x WHERE x.eid = {STANDS_FOR} AND x.cid = {search.key} AND x.{role})",
                entity,
            )
    for group in query.named:
        search.where(
            f"EXISTS (SELECT 1 FROM party x WHERE x.cid = {search.key} AND x.eid IN ({_KEYS_OF}))", json.dumps(group)
        )


def _add_columns(search: _Search, query: ClaimQuery) -> None:
    for column, values in (
        ("c.type", query.types),
        ("c.modality", query.modalities),
        ("c.polarity", query.polarities),
        ("c.lang", query.langs),
        ("substr(c.reader, 1, instr(c.reader || ' ', ' ') - 1)", query.readers),
        ("c.measure", query.measures),
    ):
        if values:
            search.where(f"{column} IN (SELECT value FROM json_each(?))", json.dumps(values))
    if query.statuses:
        search.where(f"EXISTS ({_HAS_STATUS.format(key=search.key)})", json.dumps(query.statuses))
    if query.article is not None:
        search.where("c.aid = (SELECT aid FROM article WHERE id = ?)", query.article)
    _add_sources(search, query.sources, "IN")
    _add_sources(search, query.not_sources, "NOT IN")


def _add_sources(search: _Search, sources: Sequence[str], operator: str) -> None:
    if len(sources) == 1 and operator == "IN":  # an equality can use the index in key order
        search.where("c.sid = (SELECT sid FROM source WHERE id = ?)", sources[0])
    elif sources:
        listed = "SELECT sid FROM source WHERE id IN (SELECT value FROM json_each(?))"
        search.where(f"c.sid {operator} ({listed})", json.dumps(sources))


def _add_times(search: _Search, since: datetime | None, until: datetime | None) -> None:
    """By the key, which is a time; by the exact time only where the key leaves a doubt."""
    exact = f"(SELECT reported_at FROM claim e WHERE e.cid = {search.key})"
    if since is not None:
        search.where(f"{search.key} >= ?", first_key(since))
        search.where(f"({search.key} >= ? OR {exact} >= ?)", first_key(since + KEY_SLACK), to_moment(since))
    if until is not None:
        search.where(f"{search.key} < ?", first_key(until + KEY_SLACK))
        search.where(f"({search.key} < ? OR {exact} < ?)", first_key(until), to_moment(until))


# What is unscored counts as fair does.
_BETTER = f"coalesce(g.score, 1) >= {FAIR_FROM} AND g.refuted = ''"
_MISREAD = "SELECT cid FROM claim WHERE misread <> ''"
