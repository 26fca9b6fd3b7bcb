"""The newest matches of words, best first. The index keeps no lengths: a short sentence counts as a long one."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from datetime import datetime

from graph.errors import QueryError
from graph.store import RANK_DEPTH, ClaimQuery, Ranked
from graph.stores.ranking import pick_best
from graph.stores.sqlite_rows import LISTED
from graph.stores.sqlite_search import select_scores


def rank_claims(connection: sqlite3.Connection, query: ClaimQuery, now: datetime, limit: int) -> tuple[Ranked, ...]:
    if not (query.words or query.phrases):
        raise QueryError("only claims that words were asked of have an order by words", reason="refused")
    selected = select_scores(query, RANK_DEPTH)
    if selected is None:
        return ()
    best = pick_best(((key, -score) for key, score in connection.execute(*selected)), now, limit)
    ids = dict(connection.execute(f"SELECT cid, id FROM claim WHERE cid IN {LISTED}", (json.dumps(list(best)),)))
    return tuple(Ranked(ids[key], fit) for key, fit in best.items())
