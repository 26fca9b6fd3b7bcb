"""The newest matches of words, best first, by the scores of the full-text index that leads to them."""

from datetime import datetime

import neo4j

from graph.errors import QueryError
from graph.store import RANK_DEPTH, ClaimQuery, Ranked
from graph.stores.neo4j_search import make_ranking
from graph.stores.ranking import pick_best


def rank_claims(
    transaction: neo4j.ManagedTransaction, query: ClaimQuery, now: datetime, limit: int
) -> tuple[Ranked, ...]:
    if not (query.words or query.phrases):
        raise QueryError("only claims that words were asked of have an order by words", reason="refused")
    ranking = make_ranking(query, RANK_DEPTH)
    if ranking is None:
        return ()
    text, parameters = ranking
    hits = [(record["key"], record["score"], record["id"]) for record in transaction.run(text, parameters)]
    ids = {key: id for key, _, id in hits}
    best = pick_best(((key, score) for key, score, _ in hits), now, limit)
    return tuple(Ranked(ids[key], fit) for key, fit in best.items())
