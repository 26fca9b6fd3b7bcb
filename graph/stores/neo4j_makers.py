"""Makers of things as claims tell them ↔ a property of the things' nodes."""

from collections.abc import Iterable, Mapping

import neo4j

from graph.background import MAKING
from graph.records import EntityId
from graph.stores.neo4j_queue import STAMP
from graph.stores.neo4j_rows import IS_COUNTED
from graph.stores.neo4j_write import end_turn, run_rows, take_turn


def put_makers(
    transaction: neo4j.ManagedTransaction, makers: Mapping[EntityId, EntityId], moved: Iterable[EntityId]
) -> None:
    take_turn(transaction)
    _put(transaction, makers, moved)
    end_turn(transaction)


def queue_release(transaction: neo4j.ManagedTransaction) -> None:
    """Queues a release, whichever, so that makers are found anew; without any there are no makers."""
    predicates = sorted(MAKING)
    if not transaction.run(_QUEUE_ONE, predicates=predicates).single(strict=True)["n"]:
        _put(transaction, {})


def _put(
    transaction: neo4j.ManagedTransaction, makers: Mapping[EntityId, EntityId], moved: Iterable[EntityId] = ()
) -> None:
    before = {record["thing"]: record["maker"] for record in transaction.run(MAKERS)}
    changed = [id for id in sorted(before.keys() | makers.keys()) if before.get(id) != makers.get(id)]
    run_rows(transaction, _MAKER, [{"id": id, "maker": makers.get(id)} for id in changed])
    run_rows(transaction, _QUEUE_NAMING, [{"id": id} for id in sorted({*changed, *moved})] if changed else [])


RELEASES = f"""
MATCH (s:Entity)<-[:SUBJECT]-(c:Claim)-[:OBJECT]->(o:Entity), (a:Article)-[:STATES]->(c)
WHERE c.predicate IN $predicates AND c.polarity = 'affirmed'
  AND {IS_COUNTED}
RETURN s.id AS maker, o.id AS thing, count(DISTINCT a) AS articles ORDER BY maker, thing
"""
_QUEUE_ONE = (
    "MATCH (c:Claim) WHERE c.predicate IN $predicates AND c.polarity = 'affirmed' "
    f"WITH c LIMIT 1 SET c.queued = {STAMP} RETURN count(c) AS n"
)
MAKERS = "MATCH (e:Entity) WHERE e.maker >= '' RETURN e.id AS thing, e.maker AS maker ORDER BY thing"
_MAKER = "UNWIND $rows AS r MATCH (e:Entity {id: r.id}) SET e.maker = r.maker"
_QUEUE_NAMING = f"""
UNWIND $rows AS r
MATCH (e:Entity {{id: r.id}})
MATCH (c:Claim)-[:SUBJECT|OBJECT|ON|CLAIMED_BY]->(e)
SET c.queued = {STAMP}
"""
