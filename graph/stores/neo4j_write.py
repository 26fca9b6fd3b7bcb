"""Extractions and curated entities → nodes and relationships, inside one transaction. What is there costs no write.

What is new is worked out here from what the server has, then written with one statement for each kind of thing. Writers
take turns: a node that each makes at the start and removes at the end lets no second one in before the first commits,
so that keys, numbers and aliases are worked out from what stays true.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import neo4j

from graph.errors import StoreError
from graph.records import Article, Claim, Entity, EntityId, Extraction, Relation, Tie
from graph.rulings.resolve import Identity, derive_extraction
from graph.store import Added
from graph.stores.extractions import list_claims, refuse_unknown
from graph.stores.neo4j_all import iter_ties
from graph.stores.neo4j_entities import Entities
from graph.stores.neo4j_judged import Judged, read_judged, write_nodes
from graph.stores.neo4j_keys import FreeKeys
from graph.stores.neo4j_queue import queue_pages
from graph.stores.neo4j_rows import (
    Properties,
    article_properties,
    claim_properties,
    label_of,
    mention_rows,
    party_rows,
    source_properties,
)

ROWS = 1_000
"""Rows of one UNWIND; larger ones take memory and no less time."""


@dataclass(slots=True)
class Batch:
    """What one transaction writes, by kind."""

    sources: list[Properties] = field(default_factory=list)
    articles: list[Properties] = field(default_factory=list)
    mentions: list[Properties] = field(default_factory=list)
    claims: list[Properties] = field(default_factory=list)
    parties: list[tuple[str, Properties]] = field(default_factory=list)
    about: Counter[EntityId] = field(default_factory=Counter)

    def add_claim(self, claim: Claim, added: Claim, article: Article, key: int) -> None:
        properties = claim_properties(claim, added, article.source.id, key)
        self.claims.append({"article": article.id, "properties": properties})
        rows = list(party_rows(claim))
        self.parties += rows
        self.about.update({row["entity"] for name, row in rows if name != "CLAIMED_BY"})


def add_extractions(
    transaction: neo4j.ManagedTransaction, extractions: Sequence[Extraction]
) -> tuple[Added, list[StoreError]]:
    """What was new, and why some were left out; each is stored whole or not at all."""
    take_turn(transaction)
    fresh = _leave_out_known(transaction, extractions)
    if not fresh:
        end_turn(transaction)
        return Added(), []
    judged = read_judged(transaction)
    accepted, refused, entities = meet_entities(transaction, fresh, judged)
    claims = _write(transaction, accepted, judged.identity)
    end_turn(transaction)
    return Added(len(accepted), claims, entities), refused


def meet_entities(
    transaction: neo4j.ManagedTransaction, extractions: Sequence[Extraction], judged: Judged
) -> tuple[list[Extraction], list[StoreError], int]:
    """Writes the entities that extractions bring: which of them can go in, why the others cannot, how many are new."""
    entities = Entities(transaction, {id for extraction in extractions for id in _named(extraction)}, judged)
    accepted: list[Extraction] = []
    refused: list[StoreError] = []
    for extraction in extractions:
        try:
            _check(extraction, entities)
        except StoreError as error:
            refused.append(error)
        else:
            accepted.append(extraction)
            for entity in extraction.entities:
                entities.meet(entity)
    _write_entities(transaction, entities, judged)
    return accepted, refused, entities.new


def add_curated(
    transaction: neo4j.ManagedTransaction, curated: Sequence[Entity], ties: Sequence[Tie], *, kept: bool
) -> Added:
    """Stores curated entities over what was known of them, then their ties. StoreError for a tie to nobody.

    Entities that are not curated are stored as texts bring them.
    """
    take_turn(transaction)
    judged = read_judged(transaction)
    ends = {id for tie in ties for id in (tie.subject, tie.object)}
    entities = Entities(transaction, ends | {entity.id for entity in curated}, judged)
    for entity in curated:
        entities.curate(entity) if entity.curated else entities.meet(entity)
    for tie in ties:
        for id in (tie.subject, tie.object):
            if id not in entities:
                raise StoreError(f"tie {tie.subject} {tie.relation} {tie.object}: no entity {id}", subject=id)
    gone = frozenset() if kept else _find_dropped(transaction, frozenset(ties))
    now = (judged.ties | frozenset(filter(judged.keeps, ties))) - gone
    _write_entities(transaction, entities, judged, now)
    _remove_ties(transaction, {*map(judged.lead, gone)} - {*map(judged.lead, now)})
    write_ties(transaction, map(judged.lead, ties))
    end_turn(transaction)
    return Added(entities=entities.new)


def _find_dropped(transaction: neo4j.ManagedTransaction, given: frozenset[Tie]) -> frozenset[Tie]:
    """The ties, as they were added, that their tables have no more."""
    tables = {tie.table for tie in given}

    def read(text: str, **parameters: object) -> list[dict[str, Any]]:
        return [record.data() for record in transaction.run(text, parameters)]

    there = iter_ties(read) if tables else ()
    return frozenset(tie for tie in there if tie.table in tables and tie not in given)


def _remove_ties(transaction: neo4j.ManagedTransaction, ties: Iterable[Tie]) -> None:
    for tie in ties:
        row = {"a": tie.subject, "b": tie.object, "source": tie.source}
        run_rows(transaction, _UNTIE.format(relation=tie.relation.value), [row])


def write_ties(transaction: neo4j.ManagedTransaction, ties: Iterable[Tie]) -> None:
    """Writes those that are not there; none that leads from an entity to itself."""
    wanted = [tie for tie in ties if tie.subject != tie.object]
    for relation in Relation:
        rows = [{"a": t.subject, "b": t.object, "source": t.source} for t in wanted if t.relation is relation]
        run_rows(transaction, _TIE.format(relation=relation.value), rows)


def take_turn(transaction: neo4j.ManagedTransaction) -> None:
    """Waits until no other writer is at it: the constraint lets one transaction at a time make this node."""
    transaction.run(f"MERGE ({_TURN})").consume()


def end_turn(transaction: neo4j.ManagedTransaction) -> None:
    """Takes the node out again before anybody can see it; the lock stays until the commit."""
    transaction.run(f"MATCH (t{_TURN}) DELETE t").consume()


def _leave_out_known(transaction: neo4j.ManagedTransaction, extractions: Sequence[Extraction]) -> list[Extraction]:
    """Those whose articles are new, each once."""
    ids = [extraction.article.id for extraction in extractions]
    found = transaction.run("UNWIND $ids AS id MATCH (a:Article {id: id}) RETURN a.id AS id", ids=ids)
    known = {record["id"] for record in found}
    fresh: dict[str, Extraction] = {}
    for extraction in extractions:
        if extraction.article.id not in known:
            fresh.setdefault(extraction.article.id, extraction)
    return list(fresh.values())


def _named(extraction: Extraction) -> set[EntityId]:
    return {entity.id for entity in extraction.entities}.union(extraction.named)


def _check(extraction: Extraction, entities: Entities) -> None:
    """StoreError when it names an entity that nobody knows, or holds a claim of another article."""
    brought = {entity.id for entity in extraction.entities}
    for id in sorted(extraction.named):
        if id not in brought and id not in entities:
            raise refuse_unknown(extraction.article, id)
    list_claims(extraction)


def _write(transaction: neo4j.ManagedTransaction, extractions: Sequence[Extraction], identity: Identity) -> int:
    """Writes them, each with what it names where the judgements lead it; the number of claims."""
    batch = Batch()
    articles = FreeKeys(transaction, "Article", [e.article.published_at for e in extractions])
    found = [list_claims(extraction) for extraction in extractions]
    claims = FreeKeys(transaction, "Claim", [claim.reported_at for group in found for claim in group])
    for extraction, group in zip(extractions, found, strict=True):
        article = extraction.article
        batch.sources.append(source_properties(article.source))
        [key] = articles.take(article.published_at, 1)
        derived = derive_extraction(identity, extraction)
        properties = article_properties(article, derived.mentions, extraction.mentions, key)
        batch.articles.append({"source": article.source.id, "properties": properties})
        batch.mentions += mention_rows(article, derived.mentions)
        now = {claim.id: claim for claim in derived.claims}
        for claim, claim_key in zip(group, claims.take_all([claim.reported_at for claim in group]), strict=True):
            batch.add_claim(now[claim.id], claim, article, claim_key)
    run_rows(transaction, _SOURCE, batch.sources)
    run_rows(transaction, _ARTICLE, batch.articles)
    write_parts(transaction, batch)
    queue_pages(transaction, [extraction.article.url for extraction in extractions])
    return len(batch.claims)


def write_parts(transaction: neo4j.ManagedTransaction, batch: Batch) -> None:
    """Writes mentions and claims of articles that are there."""
    write_mentions(transaction, batch.mentions)
    run_rows(transaction, _CLAIM, batch.claims)
    write_parties(transaction, batch.parties)
    run_rows(transaction, _ABOUT, [{"id": id, "claims": n} for id, n in batch.about.items()])


def write_mentions(transaction: neo4j.ManagedTransaction, rows: Sequence[Properties]) -> None:
    run_rows(transaction, _MENTION, rows)


def write_parties(transaction: neo4j.ManagedTransaction, parties: Iterable[tuple[str, Properties]]) -> None:
    """Writes relationships as `party_rows` gives them."""
    by_type: dict[str, list[Properties]] = {}
    for name, row in parties:
        by_type.setdefault(name, []).append(row)
    for name, rows in by_type.items():
        run_rows(transaction, _PARTY.format(name=name), rows)


def _write_entities(
    transaction: neo4j.ManagedTransaction,
    entities: Entities,
    judged: Judged,
    ties: frozenset[Tie] | None = None,
) -> None:
    """Writes what is new of them; judged ones with the ties that their nodes keep now, None where these stay."""
    for label, rows in entities.created().items():
        run_rows(transaction, _NEW_ENTITY.format(label=label), rows)
    run_rows(transaction, _ENTITY, entities.changed())
    for old, new, ids in entities.relabelled():
        text = f"UNWIND $rows AS id MATCH (e:Entity {{id: id}}) REMOVE e:{label_of(old)} SET e:{label_of(new)}"
        run_rows(transaction, text, ids)
    changed = entities.changed_judged()
    ties = judged.ties if ties is None else ties
    moved = {id for tie in ties ^ judged.ties for id in (tie.subject, tie.object)}
    if changed or moved:
        now = replace(judged, added={**judged.added, **changed}, ties=ties)
        write_nodes(transaction, judged, now, {*changed, *moved})


def run_rows(transaction: neo4j.ManagedTransaction, text: str, rows: Sequence[object]) -> None:
    for start in range(0, len(rows), ROWS):
        transaction.run(text, rows=rows[start : start + ROWS]).consume()


_TURN = ":Source {id: 'whose turn it is to write'}"
_SOURCE = "UNWIND $rows AS r MERGE (s:Source {id: r.id}) ON CREATE SET s = r"
_NEW_ENTITY = "UNWIND $rows AS r CREATE (e:Entity:{label}) SET e = r"
_ENTITY = "UNWIND $rows AS r MATCH (e:Entity {id: r.id}) SET e += r"
_ARTICLE = "UNWIND $rows AS r MATCH (s:Source {id: r.source}) CREATE (s)-[:PUBLISHED]->(a:Article) SET a = r.properties"
_MENTION = (
    "UNWIND $rows AS r MATCH (a:Article {id: r.article}) MATCH (e:Entity {id: r.entity}) "
    "CREATE (a)-[:MENTIONS {count: r.count, start_char: r.start_char, end_char: r.end_char}]->(e)"
)
_CLAIM = "UNWIND $rows AS r MATCH (a:Article {id: r.article}) CREATE (a)-[:STATES]->(c:Claim) SET c = r.properties"
_PARTY = (
    "UNWIND $rows AS r MATCH (c:Claim {{id: r.claim}}) MATCH (e:Entity {{id: r.entity}}) "
    "CREATE (c)-[p:{name}]->(e) SET p = r.properties"
)
_TIE = (
    "UNWIND $rows AS r MATCH (a:Entity {{id: r.a}}) MATCH (b:Entity {{id: r.b}}) "
    "MERGE (a)-[:{relation} {{source: r.source}}]->(b)"
)
_UNTIE = (
    "UNWIND $rows AS r MATCH (a:Entity {{id: r.a}})-[t:{relation}]->(b:Entity {{id: r.b}}) "
    "WHERE t.source = r.source DELETE t"
)
_ABOUT = "UNWIND $rows AS r MATCH (e:Entity {id: r.id}) SET e.claims = e.claims + r.claims"
