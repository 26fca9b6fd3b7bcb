"""What is to be derived, and what was, ↔ properties, nodes and relationships; inside one transaction.

A queued claim has a stamp in `queued`. A claim has its matter in `matter`; while that is open, some of its claims have
a stamp in `open`, and their sum tells whether it was opened again, or that it was left by its last claim. Until when it
rests stands in `rests` of one of them. A node for a matter would be in everybody's answers.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import neo4j

from graph.formats.encoding import encode
from graph.ids import format_time, list_event_ids
from graph.proposition_store import Assigned, Derived, Matter, Queued
from graph.records import ClaimId, Proposition, PropositionId
from graph.stores.derived import make_digest
from graph.stores.encoding import to_moment
from graph.stores.neo4j_queue import STAMP
from graph.stores.neo4j_rows import Properties, make_claim
from graph.stores.neo4j_search import CLAIM
from graph.stores.neo4j_texts import RECORDS
from graph.stores.neo4j_write import end_turn, run_rows, take_turn

# The stamp of a matter without claims.
_LEFT = -1


def list_queued(transaction: neo4j.ManagedTransaction, limit: int) -> tuple[Queued, ...]:
    queued = ((make_claim(record["claim"]), record["stamp"]) for record in transaction.run(_QUEUED, limit=limit))
    return tuple(Queued(c.id, stamp, c.type, c.predicate, c.measure, c.subject, c.object) for c, stamp in queued)


def assign_claims(transaction: neo4j.ManagedTransaction, assigned: Iterable[Assigned]) -> None:
    take_turn(transaction)
    items = list(assigned)
    before = find_matters(transaction, [one.claim for one in items])
    rows = [{"id": one.claim, "stamp": one.stamp, "matter": one.matter} for one in items]
    run_rows(transaction, _ASSIGN, rows)
    open_left(transaction, (before[one.claim] for one in items if before.get(one.claim, one.matter) != one.matter))
    end_turn(transaction)


def open_left(transaction: neo4j.ManagedTransaction, keys: Iterable[str]) -> None:
    """Matters that claims have left: what was derived with them must not be put any more."""
    run_rows(transaction, _OPEN_LEFT, sorted(set(keys)))


def rest_matters(transaction: neo4j.ManagedTransaction, keys: Sequence[str], until: datetime) -> None:
    rows = [{"key": key, "until": to_moment(until)} for key in keys]
    run_rows(transaction, _REST, rows)


def list_open_matters(transaction: neo4j.ManagedTransaction, limit: int) -> dict[str, int]:
    return {record["key"]: record["n"] for record in transaction.run(_OPEN, limit=limit)}


def find_matters(transaction: neo4j.ManagedTransaction, claims: Sequence[ClaimId]) -> dict[ClaimId, str]:
    return {record["id"]: record["matter"] for record in transaction.run(_MATTERS, ids=list(claims))}


def read_matters(transaction: neo4j.ManagedTransaction, keys: Sequence[str]) -> tuple[Matter, ...]:
    claims: dict[str, list[Any]] = defaultdict(list)
    for record in transaction.run(_CLAIMS, keys=list(keys)):
        claims[record["key"]].append(record["claim"])
    shares: dict[str, set[str]] = defaultdict(set)
    for text in (_HELD_BY, _HOLDS):
        for record in transaction.run(text, keys=list(keys)):
            shares[record["key"]].add(record["other"])
    return tuple(
        Matter(
            key,
            sum(node["open"] or 0 for node in claims[key]) if claims[key] else _LEFT,
            tuple(map(make_claim, claims[key])),
            frozenset(node["id"] for node in claims[key] if node["open"] is not None),
            tuple(sorted(shares[key])),
        )
        for key in keys
    )


def put_matters(transaction: neo4j.ManagedTransaction, derived: Iterable[Derived]) -> int:
    """How many of the items were taken."""
    take_turn(transaction)
    items = list(derived)
    keys = sorted({key for one in items for key in one.stamps})
    stamps = {record["key"]: record["stamp"] for record in transaction.run(_STAMPS, keys=keys)}
    taken = [one for one in items if all(stamps.get(key, _LEFT) == stamp for key, stamp in one.stamps.items())]
    if taken:
        _put(transaction, taken)
    end_turn(transaction)
    return len(taken)


def keep_names(
    transaction: neo4j.ManagedTransaction, gone: Sequence[PropositionId], claims: Sequence[ClaimId] | None = None
) -> dict[ClaimId, PropositionId]:
    """Lets the ids of propositions lead to the claims, any or some of these, that they are made of: others may hold
    them from now on. Which claims these are."""
    records = {record["id"]: json.loads(record["record"]) for record in transaction.run(RECORDS, ids=list(gone))}
    found: dict[ClaimId, PropositionId] = {record["links"][0]["claim"]: id for id, record in records.items()}
    firsts = {claim: id for claim, id in found.items() if claims is None or claim in claims}
    run_rows(transaction, _NAME, [{"id": claim, "was": f" {id} "} for claim, id in firsts.items()])
    return firsts


def remove_propositions(transaction: neo4j.ManagedTransaction, ids: Sequence[PropositionId]) -> None:
    """Takes them away with all that hangs on them."""
    run_rows(transaction, _REMOVE, ids)


def _put(transaction: neo4j.ManagedTransaction, taken: Sequence[Derived]) -> None:
    keys = sorted({key for one in taken for key in one.stamps})
    before = {record["id"]: record["digest"] for record in transaction.run(_DIGESTS, keys=keys)}
    now = {proposition.id: proposition for one in taken for proposition in one.propositions}
    digests = {id: make_digest(proposition) for id, proposition in now.items()}
    changed = [proposition for id, proposition in now.items() if before.get(id) != digests[id]]
    gone = [id for id in before if id not in now]
    keep_names(transaction, gone)
    remove_propositions(transaction, gone)
    run_rows(transaction, _EMPTY, [proposition.id for proposition in changed if proposition.id in before])
    places = find_matters(transaction, [proposition.links[0].claim for proposition in changed])
    run_rows(
        transaction,
        _PROPOSITION,
        [_properties(one, places[one.links[0].claim], digests[one.id]) for one in changed],
    )
    run_rows(
        transaction,
        _SAYS,
        [{"claim": k.claim, "id": one.id, "score": float(k.score)} for one in changed for k in one.links],
    )
    run_rows(transaction, _HAD, [row for one in changed for row in _event_rows(one)])
    run_rows(transaction, _PART, [{"id": one.id, "general": id} for one in changed for id in one.part_of])
    _put_contradictions(transaction, taken, now)
    responses = [{"a": a, "b": b} for one in taken for a, b in one.responses]
    transaction.run(_UNANSWER, keys=keys).consume()
    run_rows(transaction, _ANSWER, responses)
    transaction.run(_CLOSE, keys=keys).consume()


def _put_contradictions(
    transaction: neo4j.ManagedTransaction, taken: Sequence[Derived], now: Mapping[PropositionId, Proposition]
) -> None:
    rows = [
        {"one": x.one, "other": x.other, "kind": x.kind.value, "score": float(x.score), "dismissed": x.dismissed}
        for one in taken
        for x in one.contradictions
        if x.one in now and x.other in now
    ]
    run_rows(transaction, _AGREE, list(now))
    run_rows(transaction, _CONTRADICT, rows)


def _properties(one: Proposition, matter: str, digest: str) -> Properties:
    return {
        "id": one.id,
        "label_en": one.label_en,
        "label_ja": one.label_ja,
        "claim_type": one.type.value,
        "predicate": one.predicate.value,
        "status": one.status.value,
        "first_reported_at": format_time(one.first_reported_at),
        "last_reported_at": format_time(one.last_reported_at),
        "articles": one.articles,
        "origins": one.origins,
        "matter": matter,
        "last": to_moment(one.last_reported_at),
        "digest": digest,
        "record": json.dumps(encode(one), ensure_ascii=False),
    }


def _event_rows(one: Proposition) -> list[Properties]:
    return [
        {
            "proposition": one.id,
            "properties": {
                "id": id,
                "status": event.status.value,
                "valid_from": format_time(event.valid_from),
                "recorded_at": format_time(event.recorded_at),
                "basis": list(event.basis),
                "step": place,
                "recorded": to_moment(event.recorded_at),
                "valid": to_moment(event.valid_from),
            },
        }
        for place, (id, event) in enumerate(zip(list_event_ids(one), one.events, strict=True))
    ]


COUNT = """
CALL { MATCH (c:Claim) WHERE c.queued >= 0 RETURN count(c) AS waiting }
CALL { MATCH (c:Claim) WHERE c.open >= 0 RETURN count(DISTINCT c.matter) AS matters }
RETURN waiting + matters AS n
"""
_QUEUED = f"MATCH (c:Claim) WHERE c.queued >= 0 WITH c LIMIT $limit RETURN {CLAIM} AS claim, c.queued AS stamp"
QUEUED_OF = "MATCH (c:Claim) WHERE c.queued >= 0 AND c.predicate IN $predicates RETURN c.id AS id, c.queued AS stamp"
_ASSIGN = (
    "UNWIND $rows AS r MATCH (c:Claim {id: r.id}) WHERE c.queued = r.stamp "
    f"SET c.queued = null, c.matter = r.matter, c.open = {STAMP}, c.rests = null"
)
_OPEN_LEFT = (
    f"UNWIND $rows AS key CALL {{ WITH key MATCH (c:Claim {{matter: key}}) RETURN c LIMIT 1 }} SET c.open = {STAMP}"
)
# On any one claim; where that one leaves the matter, the rest is over.
_REST = "UNWIND $rows AS r CALL { WITH r MATCH (c:Claim {matter: r.key}) WITH r, c LIMIT 1 SET c.rests = r.until }"
RESTING = "MATCH (c:Claim) WHERE c.rests > $now RETURN DISTINCT c.matter AS matter"
_OPEN = (
    "MATCH (c:Claim) WHERE c.open >= 0 WITH c.matter AS key, count(*) AS n ORDER BY key LIMIT $limit "
    "RETURN key, COUNT { MATCH (d:Claim {matter: key}) } AS n ORDER BY key"
)
_MATTERS = "UNWIND $ids AS id MATCH (c:Claim {id: id}) WHERE c.matter IS NOT NULL RETURN id AS id, c.matter AS matter"
_CLAIMS = f"UNWIND $keys AS key MATCH (c:Claim {{matter: key}}) RETURN key AS key, {CLAIM} AS claim ORDER BY key, c.key"
_STAMPS = "UNWIND $keys AS key MATCH (c:Claim {matter: key}) RETURN key AS key, coalesce(sum(c.open), 0) AS stamp"
_HELD_BY = """
UNWIND $keys AS key
MATCH (c:Claim {matter: key})-[:SAYS]->(p:Proposition) WHERE p.matter <> key
RETURN DISTINCT key AS key, p.matter AS other
"""
_HOLDS = """
UNWIND $keys AS key
MATCH (p:Proposition {matter: key})<-[:SAYS]-(c:Claim) WHERE c.matter <> key
RETURN DISTINCT key AS key, c.matter AS other
"""
_DIGESTS = "UNWIND $keys AS key MATCH (p:Proposition {matter: key}) RETURN p.id AS id, p.digest AS digest"
_NAME = (
    "UNWIND $rows AS r MATCH (c:Claim {id: r.id}) WHERE NOT coalesce(c.was, '') CONTAINS r.was "
    "SET c.was = coalesce(c.was, '') + r.was"
)
_REMOVE = (
    "UNWIND $rows AS id MATCH (p:Proposition {id: id}) OPTIONAL MATCH (p)-[:HAD]->(v:Event) DETACH DELETE v "
    "WITH DISTINCT p DETACH DELETE p"
)
_EMPTY = """
UNWIND $rows AS id
MATCH (p:Proposition {id: id})
CALL { WITH p MATCH (p)-[:HAD]->(v:Event) DETACH DELETE v }
CALL { WITH p MATCH (p)<-[s:SAYS]-() DELETE s }
CALL { WITH p MATCH (p)-[t:PART_OF]->() DELETE t }
"""
_PROPOSITION = "UNWIND $rows AS r MERGE (p:Proposition {id: r.id}) SET p = r"
_SAYS = (
    "UNWIND $rows AS r MATCH (c:Claim {id: r.claim}) MATCH (p:Proposition {id: r.id}) "
    "CREATE (c)-[:SAYS {score: r.score}]->(p)"
)
_HAD = "UNWIND $rows AS r MATCH (p:Proposition {id: r.proposition}) CREATE (p)-[:HAD]->(v:Event) SET v = r.properties"
_PART = (
    "UNWIND $rows AS r MATCH (p:Proposition {id: r.id}) MATCH (g:Proposition {id: r.general}) "
    "CREATE (p)-[:PART_OF]->(g)"
)
_AGREE = "UNWIND $rows AS id MATCH (:Proposition {id: id})-[x:CONTRADICTS]->() DELETE x"
_CONTRADICT = (
    "UNWIND $rows AS r MATCH (p:Proposition {id: r.one}) MATCH (q:Proposition {id: r.other}) "
    "CREATE (p)-[:CONTRADICTS {kind: r.kind, score: r.score, "
    "state: CASE WHEN r.dismissed THEN 'dismissed' ELSE 'open' END}]->(q)"
)
_UNANSWER = "UNWIND $keys AS key MATCH (:Claim {matter: key})-[r:RESPONDS_TO]->() DELETE r"
_ANSWER = "UNWIND $rows AS r MATCH (a:Claim {id: r.a}) MATCH (b:Claim {id: r.b}) MERGE (a)-[:RESPONDS_TO]->(b)"
_CLOSE = "UNWIND $keys AS key MATCH (c:Claim {matter: key}) WHERE c.open >= 0 SET c.open = null"
