"""Counts of the claims that match a query, by each facet. One pass counts for all facets; pages ask for five."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from graph.grades import FAIR_FROM
from graph.store import ClaimQuery, Facet
from graph.stores.changes import Version, read_version
from graph.stores.encoding import DAY_SECONDS, KEY_BITS, first_key
from graph.stores.sqlite_rows import LISTED
from graph.stores.sqlite_search import select_keys

# The facets of a page are asked for one after the other; eight threads answer pages.
_KEPT = 16

_EPOCH = date(1970, 1, 1)

_COLUMNS = {
    Facet.TYPE: "type",
    Facet.MODALITY: "modality",
    Facet.POLARITY: "polarity",
    Facet.LANG: "lang",
    Facet.SOURCE: "sid",
}

# The condition of the index claim_weak. Looking at each claim takes ten times as long.
_WEAK = f"(score < {FAIR_FROM} OR refuted <> '' OR misread <> '')"
_SPAN = "cid >= ?1 AND cid < ?2"
_REPORTS = (
    f"SELECT (SELECT count(*) FROM claim INDEXED BY claim_facets WHERE {_SPAN}) "
    f"- (SELECT count(*) FROM claim INDEXED BY claim_weak WHERE {_SPAN} AND {_WEAK})"
)

Counts = Mapping[Facet, Mapping[str, int]]


class FacetCounts:
    """Counts facets over a store, each query once for a state of it. Safe with threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[ClaimQuery, Version], Counts] = OrderedDict()

    def count(self, connection: sqlite3.Connection, query: ClaimQuery, facet: Facet, limit: int) -> dict[str, int]:
        """Counts by value over the newest matches, most first."""
        state = (query, read_version(connection))
        with self._lock:
            counts = self._known.get(state)
        if counts is None:
            counts = _count_all(connection, query)
            with self._lock:
                self._known[state] = counts
                while len(self._known) > _KEPT:
                    self._known.popitem(last=False)
        ranked = sorted(counts[facet].items(), key=lambda item: (-item[1], item[0]))
        return dict(ranked[:limit])


def count_days(connection: sqlite3.Connection, query: ClaimQuery) -> dict[date, int]:
    """Newest matches by the day in their keys, oldest first."""
    selected = select_keys(connection, query)
    if selected is None:
        return {}
    keys, parameters = selected
    text = f"SELECT (cid >> {KEY_BITS}) / {DAY_SECONDS} AS day, count(*) FROM ({keys}) GROUP BY day ORDER BY day"
    return {_EPOCH + timedelta(days=day): count for day, count in connection.execute(text, parameters)}


def count_reports(connection: sqlite3.Connection, moments: Sequence[datetime]) -> tuple[int, ...]:
    """By the times in keys, which are whole seconds: all in a narrow index, less those that do not count in another."""
    keys = list(map(first_key, moments))
    return tuple(connection.execute(_REPORTS, pair).fetchone()[0] for pair in pairwise(keys))


def _count_all(connection: sqlite3.Connection, query: ClaimQuery) -> Counts:
    selected = select_keys(connection, query)
    if selected is None:
        return {facet: {} for facet in Facet}
    keys, parameters = selected
    # The index has all these columns in a tenth of the pages that the claims take.
    rows = connection.execute(
        f"SELECT {', '.join(f'c.{column}' for column in _COLUMNS.values())} FROM ({keys}) f "
        "CROSS JOIN claim c INDEXED BY claim_facets ON c.cid = f.cid",
        parameters,
    ).fetchall()
    columns = zip(*map(tuple, rows), strict=True) if rows else [()] * len(_COLUMNS)
    counts = {facet: Counter(column) for facet, column in zip(_COLUMNS, columns, strict=True)}
    names = dict(
        connection.execute(f"SELECT sid, id FROM source WHERE sid IN {LISTED}", (json.dumps([*counts[Facet.SOURCE]]),))
    )
    return {**counts, Facet.SOURCE: Counter({names[sid]: count for sid, count in counts[Facet.SOURCE].items()})}
