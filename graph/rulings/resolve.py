"""Judgements → who is who: a pure function that every store follows.

Nothing is rewritten: entities, mentions and claims stay as they were added, and the derived view is what the judgements
that count make of them, in the order they were given. Taking a judgement back is leaving it out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

from graph.ids import fold_name
from graph.records import (
    CLAIM_KINDS,
    ArticleId,
    Claim,
    ClaimId,
    Entity,
    EntityId,
    Extraction,
    Field,
    Judgement,
    JudgementId,
    JudgementKind,
    Mention,
    Party,
)
from graph.rulings.hands import find_given, find_hands
from graph.rulings.verdicts import find_counting

_T = TypeVar("_T")
_OF_PARTIES = frozenset({Field.SUBJECT, Field.OBJECT, Field.BENCHMARK, Field.SPEAKERS})


@dataclass(frozen=True, slots=True)
class Split:
    """What leaves an entity: `members` are the ids that stood for it when it was judged.

    by_hand  what takes the place of these claims, with each field that nobody gave: it leaves as what was read does
    """

    members: frozenset[EntityId]
    target: EntityId
    spellings: frozenset[str]
    claims: frozenset[ClaimId]
    articles: frozenset[ArticleId]
    by_hand: frozenset[tuple[ClaimId, Field]] = frozenset()

    def names(self, claims: frozenset[ClaimId], field: Field | None) -> bool:
        """Whether what stands in this field of a claim, or in one of the claims, leaves with them."""
        return not self.claims.isdisjoint(claims) or any((id, field) in self.by_hand for id in claims)


@dataclass(frozen=True, slots=True)
class Identity:
    """The derived view of some judgements.

    parents   which entity an id was merged into; follow it with `find_root`
    splits    in the order they were judged
    spellings (entity, spelling, whether it counts from then on) in the order they were judged
    apart     pairs that are not the same, with the judgement that says so
    counting  ids of the judgements that count
    judged    every id whose names, mentions or claims are not simply as added
    grouped   those that stand for another one, and those for which others stand
    """

    parents: Mapping[EntityId, EntityId] = field(default_factory=lambda: MappingProxyType({}))
    splits: tuple[Split, ...] = ()
    spellings: tuple[tuple[EntityId, str, bool], ...] = ()
    apart: tuple[tuple[EntityId, EntityId, JudgementId], ...] = ()
    counting: frozenset[JudgementId] = frozenset()
    judged: frozenset[EntityId] = frozenset()
    grouped: frozenset[EntityId] = frozenset()

    def find_root(self, entity: EntityId) -> EntityId:
        """The entity that an id stands for; itself when it was not merged."""
        return _follow(self.parents, entity)

    def list_members(self, root: EntityId) -> tuple[EntityId, ...]:
        """The ids that stand for an entity, itself left out, in the order they were merged."""
        return tuple(id for id in self.parents if id != root and self.find_root(id) == root)


def derive_identity(judgements: Sequence[Judgement]) -> Identity:
    """Who is who by these judgements, given in the order they were made."""
    counting = find_counting(judgements)
    parents: dict[EntityId, EntityId] = {}
    splits: list[Split] = []
    spellings: list[tuple[EntityId, str, bool]] = []
    apart: list[tuple[EntityId, EntityId, JudgementId]] = []
    for judgement in judgements:
        if judgement.id not in counting or judgement.kind in (JudgementKind.UNDO, *CLAIM_KINDS):
            continue
        first, *others = judgement.entities
        if judgement.kind is JudgementKind.MERGE:
            _merge(parents, first, others)
        elif judgement.kind is JudgementKind.SPLIT:
            splits.append(_make_split(parents, judgement, judgements))
        elif judgement.kind is JudgementKind.APART:
            apart.append((first, others[0], judgement.id))
        spellings += _iter_spellings(judgement)
    judged = {id for split in splits for id in (*split.members, split.target)} | {id for id, _, _ in spellings}
    return Identity(
        parents,
        tuple(splits),
        tuple(spellings),
        tuple(apart),
        counting,
        frozenset({*parents, *parents.values(), *judged}),
        frozenset({*parents, *(_follow(parents, id) for id in parents)}),
    )


def derive_entity(identity: Identity, entity: Entity, members: Sequence[Entity] = ()) -> Entity:
    """The entity with what its members bring and the spellings that count; its own name stays. All as added before."""
    spellings = [*entity.aliases]
    for member in members:
        spellings += [member.name, *filter(None, [member.name_ja]), *member.aliases]
    judged = {
        fold_name(text): text if counts else None
        for id, text, counts in identity.spellings
        if identity.find_root(id) == entity.id
    }
    spellings = [text for text in spellings if judged.get(fold_name(text), text) is not None]
    spellings += [text for text in judged.values() if text is not None]
    name_ja = entity.name_ja or _first(member.name_ja for member in members)
    return replace(
        entity,
        name_ja=name_ja,
        aliases=tuple(text for text in dict.fromkeys(spellings) if text not in (entity.name, name_ja)),
        wikidata=entity.wikidata or _first(member.wikidata for member in members),
        curated=entity.curated or any(member.curated for member in members),
    )


def derive_extraction(identity: Identity, extraction: Extraction) -> Extraction:
    """The extraction with every mention and party at the entity it stands for; its entities stay as added."""
    if not identity.judged or identity.judged.isdisjoint(extraction.named):
        return extraction
    return replace(
        extraction,
        mentions=tuple(_derive_mention(identity, extraction, mention) for mention in extraction.mentions),
        claims=tuple(_derive_claim(identity, extraction, claim) for claim in extraction.claims),
    )


def find_moved(before: Identity, after: Identity) -> list[EntityId]:
    """Ids whose mentions and parties may lead elsewhere than before: their root or a split on their way changed."""
    moved = {id for id in before.judged | after.judged if before.find_root(id) != after.find_root(id)}
    for split in _differ(before.splits, after.splits):
        moved |= {*split.members, split.target}
    splits = (*before.splits, *after.splits)
    while more := {id for split in splits if split.target in moved for id in split.members} - moved:
        moved |= more
    return sorted(moved)


def find_touched(before: Identity, after: Identity, moved: Iterable[EntityId]) -> set[EntityId]:
    """The moved ones, those whose spellings changed, and what all of them stand and stood for."""
    named = {id for id, _, _ in _differ(before.spellings, after.spellings)}
    return {root for id in (*moved, *named) for root in (id, before.find_root(id), after.find_root(id))}


def list_spellings(entity: Entity) -> frozenset[str]:
    """Every spelling of the entity, folded."""
    return frozenset({fold_name(text) for text in (entity.name, entity.name_ja or "", *entity.aliases)} - {""})


def find_about(judgement: Judgement, judgements: Iterable[Judgement]) -> Judgement:
    """The judgement that an undo is about in the end, which is among `judgements`; itself when it is none."""
    by_id = {other.id: other for other in judgements} if judgement.undoes else {}
    while judgement.undoes:
        judgement = by_id[judgement.undoes]
    return judgement


def concerns(judgement: Judgement, ids: Iterable[EntityId], judgements: Iterable[Judgement]) -> bool:
    """Whether it is about one of the entities, or takes back a judgement that is."""
    if judgement.kind is not JudgementKind.UNDO:
        return not {*judgement.entities}.isdisjoint(ids)
    undone = next((other for other in judgements if other.id == judgement.undoes), None)
    return undone is not None and concerns(undone, ids, judgements)


def _differ(before: Sequence[_T], after: Sequence[_T]) -> set[_T]:
    """What stands more often in one of them: a second equal judgement counts for the order."""
    counts = Counter(before), Counter(after)
    return {*(counts[0] - counts[1]), *(counts[1] - counts[0])}


def _derive_mention(identity: Identity, extraction: Extraction, mention: Mention) -> Mention:
    start, end = mention.span
    around = frozenset(claim.id for claim in extraction.claims if claim.span[0] <= start and end <= claim.span[1])
    written = frozenset({fold_name(mention.text)})
    return replace(mention, entity=_move(identity, mention.entity, extraction.article.id, around, written))


def _derive_claim(identity: Identity, extraction: Extraction, claim: Claim) -> Claim:
    def move(party: Party, field: Field) -> Party:
        if party.entity is None:
            return party
        written = frozenset(_iter_written(extraction.mentions, party.entity, claim.span))
        entity = _move(identity, party.entity, claim.article_id, frozenset({claim.id}), written, field)
        return replace(party, entity=entity)

    return replace(
        claim,
        subject=move(claim.subject, Field.SUBJECT),
        object=move(claim.object, Field.OBJECT) if claim.object else None,
        benchmark=move(claim.benchmark, Field.BENCHMARK) if claim.benchmark else None,
        claimants=tuple(replace(claimant, party=move(claimant.party, Field.SPEAKERS)) for claimant in claim.claimants),
    )


def _move(
    identity: Identity,
    entity: EntityId,
    article: ArticleId,
    claims: frozenset[ClaimId],
    written: frozenset[str],
    field: Field | None = None,
) -> EntityId:
    """Where the splits and merges lead what was added under `entity`, there or in those claims, written so.

    A spelling leaves with a claim only when every mention in the sentence is written so.
    """
    for split in identity.splits:
        if entity in split.members and (
            split.names(claims, field) or article in split.articles or (written and written <= split.spellings)
        ):
            entity = split.target
    return identity.find_root(entity)


def _iter_written(mentions: Iterable[Mention], entity: EntityId, span: tuple[int, int]) -> Iterator[str]:
    for mention in mentions:
        if mention.entity == entity and span[0] <= mention.span[0] and mention.span[1] <= span[1]:
            yield fold_name(mention.text)


def _merge(parents: dict[EntityId, EntityId], kept: EntityId, others: Iterable[EntityId]) -> None:
    root = _follow(parents, kept)
    for other in others:
        other_root = _follow(parents, other)
        if other_root != root:
            parents[other_root] = root


def _make_split(parents: Mapping[EntityId, EntityId], judgement: Judgement, judgements: Sequence[Judgement]) -> Split:
    left, target = judgement.entities
    root = _follow(parents, left)
    return Split(
        members=frozenset({root, *(id for id in parents if _follow(parents, id) == root)}),
        target=target,
        spellings=frozenset(fold_name(text) for text in judgement.aliases),
        claims=frozenset(judgement.claims),
        articles=frozenset(judgement.articles),
        by_hand=frozenset(_iter_passed(judgement.claims, judgements)) if judgement.claims else frozenset(),
    )


def _iter_passed(claims: Sequence[ClaimId], judgements: Sequence[Judgement]) -> Iterator[tuple[ClaimId, Field]]:
    """What ever took the place of these claims, each with the fields of parties that are as they were read."""
    reads, given = find_hands(judgements).reads, find_given(judgements)
    named = {*claims, *(reads[id] for id in claims if id in reads)}
    for id in reads.keys() - claims:
        place = reads[id]
        while place not in named and place in reads:
            place = reads[place]
        if place in named:
            yield from ((id, field) for field in _OF_PARTIES - given[id])


def _iter_spellings(judgement: Judgement) -> Iterator[tuple[EntityId, str, bool]]:
    """(entity, spelling, whether it counts from now on); a spelling that leaves by a split is withdrawn and added."""
    for alias in judgement.aliases:
        yield judgement.entities[0], alias, judgement.kind is JudgementKind.ALIAS_ADDED
        if judgement.kind is JudgementKind.SPLIT:
            yield judgement.entities[1], alias, True


def _follow(parents: Mapping[EntityId, EntityId], entity: EntityId) -> EntityId:
    while entity in parents:
        entity = parents[entity]
    return entity


def _first(values: Iterable[str | None]) -> str | None:
    return next(filter(None, values), None)
