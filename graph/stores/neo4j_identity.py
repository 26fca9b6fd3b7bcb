"""What follows from a judgement: where mentions, parties and ties lead, which entities have a node and which names.

Every article that may name an entity whose place changed is read as it was added, derived by resolve.py and written
where it differs. Writing one node's share of the judgements is neo4j_judged.py's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import neo4j

from graph.errors import NotFound
from graph.judging.making import check_judgement
from graph.records import CLAIM_KINDS, VERDICTS, EntityId, Extraction, Judgement, Relation, Tie
from graph.rulings.resolve import Identity, derive_extraction, find_about, find_moved, find_touched
from graph.rulings.verdicts import find_misread
from graph.stores.neo4j_all import make_extraction, page_of
from graph.stores.neo4j_judged import Judged, keep_ruling, read_added, read_judged, remove_nodes, write_nodes
from graph.stores.neo4j_makers import queue_release
from graph.stores.neo4j_queue import STAMP, queue_claims
from graph.stores.neo4j_rows import (
    ENTITY,
    Properties,
    article_record,
    claim_record,
    make_claim,
    make_entity,
    make_mentions,
    mention_rows,
    party_rows,
)
from graph.stores.neo4j_search import CLAIM
from graph.stores.neo4j_write import end_turn, run_rows, take_turn, write_mentions, write_parties, write_ties

# Articles with their claims in memory at once.
_PAGE = 64


def add_judgement(transaction: neo4j.ManagedTransaction, new: Judgement, *, kept: bool = False) -> bool:
    """Whether it is new; then everything follows it. JudgementRefused, NotFound."""
    take_turn(transaction)
    before = read_judged(transaction)
    is_new = all(judgement.id != new.id for judgement in before.judgements)
    if is_new:
        identity = _check(transaction, before, new, kept=kept)
        about = find_about(new, before.judgements)
        if about.kind in CLAIM_KINDS:
            keep_ruling(transaction, (*before.judgements, new), about)
            if about.kind in VERDICTS:
                reasons = find_misread((*before.judgements, new))
                run_rows(transaction, _MISREAD, [{"id": id, "why": reasons.get(id)} for id in about.claims])
            queue_claims(transaction, about.claims)
        else:
            _follow(transaction, before, new, identity)
    end_turn(transaction)
    return is_new


def _check(transaction: neo4j.ManagedTransaction, before: Judged, new: Judgement, *, kept: bool) -> Identity:
    """Who is who once it counts."""
    for id in new.articles:
        if not transaction.run("MATCH (a:Article {id: $id}) RETURN true AS found", id=id).single():
            raise NotFound(f"no article {id}; `claimgraph search` finds ids", subject=id)
    roots = {id: before.identity.find_root(id) for id in new.entities}
    nodes = _read_entities(transaction, roots.values())
    named = {id: make_entity(nodes[root]) for id, root in roots.items() if root in nodes}
    claims = transaction.run(f"UNWIND $ids AS id MATCH (c:Claim {{id: id}}) RETURN {CLAIM} AS claim", ids=new.claims)
    found = [make_claim(record["claim"]) for record in claims]
    return check_judgement(before.judgements, new, named, found, kept=kept)


def _follow(transaction: neo4j.ManagedTransaction, before: Judged, new: Judgement, identity: Identity) -> None:
    untouched = _read_entities(transaction, identity.judged - before.added.keys())
    added = {**before.added, **{id: read_added(node, make_entity(node)) for id, node in untouched.items()}}
    hung = _read_ties(transaction, identity.grouped - before.identity.grouped)
    ties = before.ties | {tie for tie in hung if not before.keeps(tie)}
    after = Judged((*before.judgements, new), added, ties, identity)
    after = replace(after, ties=frozenset(filter(after.keeps, ties)))
    moved = find_moved(before.identity, identity)
    touched = find_touched(before.identity, identity, moved)
    near = {id for tie in ties for id in (tie.subject, tie.object) if touched & {tie.subject, tie.object}}
    write_nodes(transaction, before, after, {*touched, *near, *_list_about(after, new)})
    _move(transaction, before.identity, identity, moved)
    _move_ties(transaction, after, ties, touched & (before.identity.grouped | identity.grouped))
    remove_nodes(transaction, after, touched)
    count_claims(transaction, touched)
    queue_release(transaction)


def count_claims(transaction: neo4j.ManagedTransaction, ids: Iterable[EntityId]) -> None:
    """Brings the number of claims about each of these entities to what it is."""
    transaction.run(_COUNT, ids=sorted(ids)).consume()


def _list_about(judged: Judged, new: Judgement) -> tuple[EntityId, ...]:
    """The entities that a judgement is about, or the one that it takes back."""
    return find_about(new, judged.judgements).entities


def _move(transaction: neo4j.ManagedTransaction, before: Identity, after: Identity, moved: Iterable[EntityId]) -> None:
    """Writes the mentions and parties that lead elsewhere than they did."""
    places = sorted(_find_places(before, moved))
    keys = [record["key"] for record in transaction.run(_NAMING, ids=places)] if places else []
    for start in range(0, len(keys), _PAGE):
        page = transaction.run(_ARTICLES, keys=keys[start : start + _PAGE], limit=_PAGE)
        rows = [record.data() for record in page]
        _write_articles(transaction, after, rows)
        _write_claims(transaction, after, rows)


def _find_places(before: Identity, moved: Iterable[EntityId]) -> set[EntityId]:
    """The nodes on which what was added with the moved ids may hang."""
    ids = {*moved}
    while more := {split.target for split in before.splits if not split.members.isdisjoint(ids)} - ids:
        ids |= more
    return {before.find_root(id) for id in ids}


def _write_articles(transaction: neo4j.ManagedTransaction, identity: Identity, rows: list[dict[str, Any]]) -> None:
    records: list[Properties] = []
    mentions: list[Properties] = []
    for row, added in _iter_added(rows):
        now = derive_extraction(identity, added).mentions
        if now != make_mentions(row["node"]["record"]):
            records.append({"id": added.article.id, "record": article_record(added.article, now, added.mentions)})
            mentions += mention_rows(added.article, now)
    run_rows(transaction, _ARTICLE, records)
    write_mentions(transaction, mentions)


def _write_claims(transaction: neo4j.ManagedTransaction, identity: Identity, rows: list[dict[str, Any]]) -> None:
    records: list[Properties] = []
    parties: list[tuple[str, Properties]] = []
    for row, added in _iter_added(rows):
        stood = {node["id"]: make_claim(node) for node in row["claims"]}
        for claim, now in zip(added.claims, derive_extraction(identity, added).claims, strict=True):
            if now != stood[now.id]:
                records.append({"id": now.id, "record": claim_record(now, claim)})
                parties += party_rows(now)
    run_rows(transaction, _CLAIM, records)
    write_parties(transaction, parties)


def _iter_added(rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Extraction]]:
    return ((row, make_extraction(row)) for row in rows)


def _move_ties(transaction: neo4j.ManagedTransaction, after: Judged, ties: Iterable[Tie], ids: set[EntityId]) -> None:
    """Writes the ties of these entities anew, between those that their ends stand for now."""
    if not ids:
        return
    transaction.run(_UNTIE, ids=sorted(ids), types=[relation.value for relation in Relation]).consume()
    led = {after.lead(tie) for tie in ties}
    write_ties(transaction, sorted((tie for tie in led if ids & {tie.subject, tie.object}), key=_order))


def _order(tie: Tie) -> tuple[str, str, str, str]:
    return tie.subject, tie.relation, tie.object, tie.source


def _read_entities(transaction: neo4j.ManagedTransaction, ids: Iterable[EntityId]) -> dict[EntityId, Any]:
    text = f"UNWIND $ids AS id MATCH (e:Entity {{id: id}}) RETURN {ENTITY} AS entity"
    return {record["entity"]["id"]: record["entity"] for record in transaction.run(text, ids=sorted({*ids}))}


def _read_ties(transaction: neo4j.ManagedTransaction, ids: Iterable[EntityId]) -> frozenset[Tie]:
    records = transaction.run(_TIES, ids=sorted({*ids}), types=[relation.value for relation in Relation])
    return frozenset(Tie(r["a"], Relation(r["relation"]), r["b"], r["source"]) for r in records)


_ARTICLES = page_of("a.key IN $keys", "body")
_NAMING = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
CALL {
  WITH e MATCH (e)<-[:MENTIONS]-(a:Article) RETURN a.key AS key
  UNION
  WITH e MATCH (e)<-[:SUBJECT|OBJECT|ON|CLAIMED_BY]-(:Claim)<-[:STATES]-(a:Article) RETURN a.key AS key
}
RETURN DISTINCT key AS key ORDER BY key
"""
_ARTICLE = (
    "UNWIND $rows AS r MATCH (a:Article {id: r.id}) SET a.record = r.record WITH a MATCH (a)-[m:MENTIONS]->() DELETE m"
)
_CLAIM = (
    f"UNWIND $rows AS r MATCH (c:Claim {{id: r.id}}) SET c.record = r.record, c.queued = {STAMP} "
    "WITH c MATCH (c)-[p:SUBJECT|OBJECT|ON|CLAIMED_BY]->() DELETE p"
)
_TIES = """
UNWIND $ids AS id
MATCH (:Entity {id: id})-[t]-(:Entity) WHERE type(t) IN $types
RETURN DISTINCT startNode(t).id AS a, type(t) AS relation, endNode(t).id AS b, t.source AS source
"""
_UNTIE = "UNWIND $ids AS id MATCH (:Entity {id: id})-[t]-(:Entity) WHERE type(t) IN $types WITH DISTINCT t DELETE t"
_MISREAD = "UNWIND $rows AS r MATCH (c:Claim {id: r.id}) SET c.misread = r.why"
_COUNT = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
SET e.claims = COUNT { MATCH (c:Claim)-[:SUBJECT|OBJECT|ON]->(e) RETURN DISTINCT c }
"""
