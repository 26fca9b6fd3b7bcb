"""What judgements leave on a server, kept on the entities that they are about.

An entity that stands for another one has no node: whoever asks in Cypher sees the graph as it is judged. The node of
the one it stands for keeps both as they were added, with the ties at their ends and the judgements, as JSON.
"""

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import neo4j

from graph.formats.encoding import decode, encode
from graph.records import CLAIM_KINDS, ArticleId, ClaimId, Entity, EntityId, Judgement, JudgementId, Tie
from graph.rulings.resolve import Identity, derive_entity, derive_identity, find_about
from graph.schema import ENTITY_LABELS
from graph.stores.neo4j_rows import Properties, entity_properties, label_of


@dataclass(frozen=True, slots=True)
class Added:
    """An entity as it was added; `found` are those of its aliases that texts brought."""

    entity: Entity
    found: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """A judgement and its place among all."""

    number: int
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Share:
    """What one node keeps."""

    judgements: tuple[Numbered, ...] = ()
    added: tuple[Added, ...] = ()
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """All that nodes keep.

    judgements  in the order they were made
    added       by id, every entity that a judgement ever touched
    ties        as they were added, those at an entity that others stand for, or at one of these
    """

    judgements: tuple[Judgement, ...] = ()
    added: Mapping[EntityId, Added] = field(default_factory=lambda: MappingProxyType({}))
    ties: frozenset[Tie] = frozenset()
    identity: Identity = field(default_factory=Identity)

    def keeps(self, tie: Tie) -> bool:
        """Whether one of its ends stands for another entity, or another one for it, or both are one."""
        return tie.subject == tie.object or not self.identity.grouped.isdisjoint((tie.subject, tie.object))

    def lead(self, tie: Tie) -> Tie:
        """The tie between those that its ends stand for."""
        find_root = self.identity.find_root
        return replace(tie, subject=find_root(tie.subject), object=find_root(tie.object))


def read_judged(transaction: neo4j.ManagedTransaction) -> Judged:
    """All of it; one look at an index where nothing was judged."""
    return make_judged(record["kept"] for record in transaction.run(KEPT))


def make_judged(kept: Iterable[str]) -> Judged:
    shares = [decode(Share, json.loads(text)) for text in kept]
    if not shares:
        return Judged()
    # One kept on a claim and on its article is one; what claims keep comes first and is the newer.
    by_id: dict[JudgementId, Numbered] = {}
    for share in shares:
        for one in share.judgements:
            by_id.setdefault(one.judgement.id, one)
    numbered = sorted(by_id.values(), key=lambda one: one.number)
    judgements = tuple(one.judgement for one in numbered)
    return Judged(
        judgements,
        {added.entity.id: added for share in shares for added in share.added},
        frozenset(tie for share in shares for tie in share.ties),
        derive_identity(judgements),
    )


def write_nodes(
    transaction: neo4j.ManagedTransaction, before: Judged, after: Judged, concerned: Iterable[EntityId]
) -> None:
    """Brings the nodes of these entities, and of those they stand and stood for, to what they are now.

    The nodes of those that stand for others stay until `remove_nodes`.
    """
    ids = {judged.identity.find_root(id) for id in concerned for judged in (before, after)}
    shares = _share_out(after, ids)
    rows = [_make_node(after, id, shares.get(id)) for id in sorted(ids) if after.identity.find_root(id) == id]
    for label in ENTITY_LABELS.values():
        mine = [row for row in rows if row["label"] == label]
        if mine:
            others = ":".join(other for other in ENTITY_LABELS.values() if other != label)
            transaction.run(_NODE.format(label=label, others=others), rows=mine).consume()
    transaction.run(_KEEP, rows=[row for row in rows if row["label"] is None]).consume()


def keep_ruling(transaction: neo4j.ManagedTransaction, judgements: Sequence[Judgement], about: Judgement) -> None:
    """Writes the decisions on claims that the first claim of this one keeps; the new one is among them."""
    claim = about.claims[0]
    row = _keep_first(judgements, {claim})
    if transaction.run(_RULE, id=claim, **row).single(strict=True)["n"]:
        return
    article = transaction.run(_LOST_AT, id=claim).single() or transaction.run(_ANYWHERE).single(strict=True)
    keep_lost(transaction, article["id"], judgements, [claim])


def keep_lost(
    transaction: neo4j.ManagedTransaction,
    article: ArticleId,
    judgements: Sequence[Judgement],
    claims: Iterable[ClaimId],
) -> None:
    """Writes on an article the decisions that its claims kept which are gone without heirs: these and earlier ones."""
    held = transaction.run("MATCH (a:Article {id: $id}) RETURN coalesce(a.lost, []) AS lost", id=article)
    lost = sorted({*held.single(strict=True)["lost"], *claims})
    transaction.run(_LOSE, id=article, lost=lost, **_keep_first(judgements, set(lost))).consume()


def _keep_first(judgements: Sequence[Judgement], claims: Container[ClaimId]) -> Properties:
    """The decisions on claims of which one of these is the first, as a node keeps them."""
    mine = []
    for number, judgement in enumerate(judgements):
        first = find_about(judgement, judgements)
        if first.kind in CLAIM_KINDS and first.claims[0] in claims:
            mine.append(Numbered(number, judgement))
    kept = json.dumps(encode(Share(tuple(mine))), ensure_ascii=False)
    return {"judged": mine[-1].number, "kept": kept}


def remove_nodes(transaction: neo4j.ManagedTransaction, judged: Judged, ids: Iterable[EntityId]) -> None:
    """Takes away the nodes of those that stand for others; all that hung on them hangs elsewhere."""
    gone = [id for id in ids if judged.identity.find_root(id) != id]
    transaction.run("UNWIND $ids AS id MATCH (e:Entity {id: id}) DETACH DELETE e", ids=gone).consume()


def derive_added(judged: Judged, id: EntityId) -> Entity:
    """An entity that stands for itself, as judged; it must be among those added."""
    entity = judged.added[id].entity
    if id not in judged.identity.judged:
        return entity
    members = [judged.added[member].entity for member in judged.identity.list_members(id)]
    return derive_entity(judged.identity, entity, members)


def _make_node(judged: Judged, id: EntityId, share: Share | None) -> Properties:
    """The label of the node and what it holds; no label where its names are as they were added."""
    row: Properties = {"label": None, "properties": {"id": id}}
    added = judged.added.get(id)
    if added:
        row["label"] = label_of(added.entity.type)
        row["properties"] |= entity_properties(derive_added(judged, id), added.found) | {"number": added.number}
    last = max((one.number for one in share.judgements), default=0) if share else None
    kept = json.dumps(encode(share), ensure_ascii=False) if share else None
    row["properties"] |= {"judged": last, "judgements": kept}
    return row


def _share_out(judged: Judged, ids: Container[EntityId]) -> dict[EntityId, Share]:
    """What each of these nodes keeps."""
    parts: dict[EntityId, tuple[list[Numbered], list[Added], list[Tie]]] = defaultdict(lambda: ([], [], []))
    find_root = judged.identity.find_root
    for number, judgement in enumerate(judged.judgements):
        about = find_about(judgement, judged.judgements)
        if about.kind in CLAIM_KINDS:
            continue
        parts[find_root(about.entities[0])][0].append(Numbered(number, judgement))
    for one in judged.added.values():
        parts[find_root(one.entity.id)][1].append(one)
    for tie in judged.ties:
        parts[find_root(tie.subject if tie.subject in judged.identity.grouped else tie.object)][2].append(tie)
    return {
        id: Share(tuple(numbered), tuple(added), tuple(ties))
        for id, (numbered, added, ties) in parts.items()
        if id in ids
    }


def read_added(node: Mapping[str, Any], entity: Entity) -> Added:
    """The entity of a node that no judgement has touched."""
    return Added(entity, tuple(node["found"]), node["number"])


KEPT = (
    "MATCH (e:Entity) WHERE e.judged >= 0 RETURN e.judgements AS kept "
    "UNION ALL MATCH (c:Claim) WHERE c.judged >= 0 RETURN c.judgements AS kept "
    "UNION ALL MATCH (a:Article) WHERE a.judged >= 0 RETURN a.judgements AS kept"
)
_RULE = "MATCH (c:Claim {id: $id}) SET c.judged = $judged, c.judgements = $kept RETURN count(c) AS n"
_LOST_AT = "MATCH (a:Article) WHERE a.judged >= 0 AND $id IN a.lost RETURN a.id AS id"
_ANYWHERE = "MATCH (a:Article) RETURN a.id AS id ORDER BY a.key LIMIT 1"
_LOSE = "MATCH (a:Article {id: $id}) SET a.lost = $lost, a.judged = $judged, a.judgements = $kept"
_KEEP = "UNWIND $rows AS r MATCH (e:Entity {id: r.properties.id}) SET e += r.properties"
_NODE = (
    "UNWIND $rows AS r MERGE (e:Entity {{id: r.properties.id}}) ON CREATE SET e.claims = 0 "
    "REMOVE e:{others} SET e:{label} SET e += r.properties"
)
