"""A ClaimQuery → SQL over schema.sql. Keys come newest first; pages go on from a key, never from an offset.

One table leads (the full-text index, an entity's claims, an article's, a source's, else all claims) and the rest is
looked up for each of its rows. CROSS JOIN pins that order: left to itself, SQLite collects all claims of a much-named
entity first (1.3 s instead of 0.1 ms at 100,000 claims).
"""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from graph.records import EntityId
from graph.store import ClaimQuery, Facet
from graph.stores.encoding import first_key, parse_cursor, to_moment
from graph.stores.fulltext import any_expression, match_expression

# Facets are counted over the newest matches only: a common word has hundreds of thousands.
FACET_DEPTH = 10_000

# A second that is full (65,536 reports) lends from the next ones; the exact time is checked as well.
_KEY_SLACK = timedelta(seconds=60)

# Looking a text up by its key takes 20 µs; walking all 45,000 hits of a common word takes 20 ms (bench/stores.py).
_FEW_CLAIMS = 500

_ABOUT = "role < 4"
_SPEAKING = "role = 4"

_FACETS: dict[Facet, str] = {
    Facet.TYPE: "c.type",
    Facet.MODALITY: "c.modality",
    Facet.POLARITY: "c.polarity",
    Facet.LANG: "c.lang",
    Facet.SOURCE: "(SELECT s.id FROM source s WHERE s.sid = c.sid)",
}


@dataclass(slots=True)
class _Search:
    """The FROM clause, the column that holds the key, and conditions with their parameters."""

    tables: str = "claim c"
    key: str = "c.cid"
    conditions: list[str] = field(default_factory=list)
    parameters: list[object] = field(default_factory=list)

    def where(self, condition: str, *parameters: object) -> None:
        self.conditions.append(condition)
        self.parameters += parameters


def find_keys(connection: sqlite3.Connection, query: ClaimQuery, limit: int, after: str | None) -> list[int]:
    """Keys of matching claims below the cursor, newest first."""
    search = _make_search(connection, query)
    if search is None:
        return []
    if after is not None:
        search.where(f"{search.key} < ?", parse_cursor(after))
    return [key for (key,) in connection.execute(_select(search), (*search.parameters, limit))]


def count_facet(connection: sqlite3.Connection, query: ClaimQuery, facet: Facet, limit: int) -> dict[str, int]:
    """Counts by value over the newest matches, most first."""
    search = _make_search(connection, query)
    if search is None:
        return {}
    rows = connection.execute(
        f"SELECT {_FACETS[facet]} AS facet, count(*) AS n FROM ({_select(search)}) f "
        "CROSS JOIN claim c ON c.cid = f.cid GROUP BY facet ORDER BY n DESC, facet LIMIT ?",
        (*search.parameters, FACET_DEPTH, limit),
    )
    return dict(rows.fetchall())


def _select(search: _Search) -> str:
    conditions = " AND ".join(search.conditions) or "1"
    return (
        f"SELECT DISTINCT {search.key} AS cid FROM {search.tables} WHERE {conditions} "
        f"ORDER BY {search.key} DESC LIMIT ?"
    )


def _make_search(connection: sqlite3.Connection, query: ClaimQuery) -> _Search | None:
    """None when the words asked for can be found nowhere."""
    terms = (*query.words, *query.phrases)
    expression = match_expression(terms, query.without)
    if terms and expression is None:
        return None
    search = _lead(connection, query, expression)
    if query.without and not terms and (unwanted := any_expression(query.without)):
        search.where("c.cid NOT IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?)", unwanted)
    _add_parties(search, query)
    _add_columns(search, query)
    _add_times(search, query.since, query.until)
    return search


def _lead(connection: sqlite3.Connection, query: ClaimQuery, expression: str | None) -> _Search:
    """The search with its leading table: the one that leaves the fewest rows to look at."""
    parties = [(entity, _ABOUT) for entity in query.about] + [(entity, _SPEAKING) for entity in query.speakers]
    rarest = min(((_count_few(connection, *party), *party) for party in parties), default=None)
    if expression is None:
        return _Search() if rarest is None else _lead_party(*rarest[1:])
    if rarest is not None and rarest[0] < _FEW_CLAIMS:
        search = _lead_party(*rarest[1:])
        search.where("EXISTS (SELECT 1 FROM claim_words WHERE claim_words MATCH ? AND rowid = c.cid)", expression)
        return search
    search = _Search("claim_words w CROSS JOIN claim c ON c.cid = w.rowid", "w.rowid")
    search.where("claim_words MATCH ?", expression)
    return search


def _lead_party(entity: EntityId, role: str) -> _Search:
    search = _Search("party p CROSS JOIN claim c ON c.cid = p.cid", "p.cid")
    search.where(f"p.eid = (SELECT eid FROM entity WHERE id = ?) AND p.{role}", entity)
    return search


def _count_few(connection: sqlite3.Connection, entity: EntityId, role: str) -> int:
    """Claims in which the entity has the role, counted up to _FEW_CLAIMS."""
    counted = f"SELECT 1 FROM party WHERE eid = (SELECT eid FROM entity WHERE id = ?) AND {role} LIMIT ?"
    return int(connection.execute(f"SELECT count(*) FROM ({counted})", (entity, _FEW_CLAIMS)).fetchone()[0])


def _add_parties(search: _Search, query: ClaimQuery) -> None:
    for entities, role in ((query.about, _ABOUT), (query.speakers, _SPEAKING)):
        for entity in entities:
            search.where(
                "EXISTS (SELECT 1 FROM party x WHERE x.eid = (SELECT eid FROM entity WHERE id = ?) "
                f"AND x.cid = c.cid AND x.{role})",
                entity,
            )


def _add_columns(search: _Search, query: ClaimQuery) -> None:
    for column, values in (
        ("c.type", query.types),
        ("c.modality", query.modalities),
        ("c.polarity", query.polarities),
        ("c.lang", query.langs),
    ):
        if values:
            search.where(f"{column} IN (SELECT value FROM json_each(?))", json.dumps(values))
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
    if since is not None:
        search.where(f"{search.key} >= ? AND c.reported_at >= ?", first_key(since), to_moment(since))
    if until is not None:
        search.where(f"{search.key} < ? AND c.reported_at < ?", first_key(until + _KEY_SLACK), to_moment(until))
