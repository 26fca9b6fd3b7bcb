"""What is known of entities and their ties beside what articles claim: makers, owners, roots."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.records import Claim, Entity, EntityId, EntityType, Polarity, Predicate, Relation, Tie

# A chain of owners longer than this is a mistake in the ties.
_LONGEST_CHAIN = 6
# Of two who are said to have released a thing the one is misread where the other is so in more than twice the articles.
_BY_FAR = 2

RELEASING = (Predicate.OPEN_SOURCED, Predicate.RELEASED)
"""Who does this to a thing is its maker, where nobody else does."""
UPDATING = (Predicate.UPDATED,)
"""So is who does this, where nobody released it: a user, too, has robots of another's updated."""
MAKING = frozenset({*RELEASING, *UPDATING})
TOLD = "claims"
"""The source of ties that claims tell."""
_NEVER_MADE = frozenset(
    {EntityType.COMPANY, EntityType.PERSON, EntityType.INSTITUTION, EntityType.PLACE, EntityType.PUBLICATION}
)

UPWARD = (Relation.MAKES, Relation.OWNS)
"""Ties that lead from their object to who stands behind it."""


@dataclass(frozen=True, slots=True)
class Released:
    """In how many articles somebody is said to have made or released a thing."""

    maker: EntityId
    thing: EntityId
    articles: int


@dataclass(frozen=True, slots=True)
class Background:
    """Entities by id, who stands right behind each, and all ties by either end.

    above   the maker, owner or parent body of an entity; of several the one whose id comes first
    ties    of each entity, those it is the subject or the object of
    """

    entities: Mapping[EntityId, Entity] = field(default_factory=dict)
    above: Mapping[EntityId, EntityId] = field(default_factory=dict)
    ties: Mapping[EntityId, tuple[Tie, ...]] = field(default_factory=dict)

    def list_above(self, entity: EntityId) -> tuple[EntityId, ...]:
        """Who stands behind it, the nearest first: of a model its maker, then the maker's owner."""
        chain: list[EntityId] = []
        while len(chain) < _LONGEST_CHAIN and (above := self.above.get(chain[-1] if chain else entity)):
            chain.append(above)
        return tuple(chain)

    def find_root(self, entity: EntityId) -> EntityId:
        """The company or body behind it in the end: of GPT-4o OpenAI, of DeepMind Google; itself when none is known."""
        return self.list_above(entity)[-1] if entity in self.above else entity

    def find_type(self, entity: EntityId) -> EntityType | None:
        """What kind of thing it is; None when it is not known."""
        found = self.entities.get(entity)
        return found.type if found else None

    def list_typed(self, ids: Iterable[EntityId], types: Collection[EntityType]) -> list[Entity]:
        """Those of some types among them, each once, in order of their ids."""
        known = (self.entities[id] for id in sorted(set(ids)) if id in self.entities)
        return [entity for entity in known if entity.type in types]

    def find_name(self, entity: EntityId, lang: str) -> str:
        """Its name for readers of a language; the id when it is not known."""
        found = self.entities.get(entity)
        if found is None:
            return entity
        return (found.name_ja or found.name) if lang == "ja" else found.name


def make_background(entities: Iterable[Entity], ties: Iterable[Tie]) -> Background:
    """What the entities and ties say, the same in whatever order they come. Chains that bite their tail are cut."""
    known = {entity.id: entity for entity in entities}
    above: dict[EntityId, EntityId] = {}
    by_end: dict[EntityId, list[Tie]] = {}
    for tie in sorted(set(ties), key=lambda tie: (tie.relation, tie.subject, tie.object, tie.source)):
        for end in {tie.subject, tie.object}:
            by_end.setdefault(end, []).append(tie)
        lower, upper = _lift(tie, known)
        if lower and upper and lower not in above and not _leads_to(above, upper, lower):
            above[lower] = upper
    return Background(known, above, {end: tuple(found) for end, found in by_end.items()})


def find_moved(before: Background, now: Background) -> frozenset[EntityId]:
    """Those behind whom somebody else stands now: a thing whose maker is another, and what is made by that thing."""
    known = before.above.keys() | now.above.keys()
    return frozenset(id for id in known if before.list_above(id) != now.list_above(id))


def find_makers(claims: Iterable[Claim], background: Background) -> tuple[Tie, ...]:
    """Ties to makers that nobody curated, as claims tell them: who released a thing, or whose name it bears.

    Of two that are said to have released a thing the maker is who is so in most articles by far, else neither. The same
    whatever order the claims come in.
    """
    claims = tuple(claims)
    parties = {id for claim in claims for id in claim.named}

    def count(predicates: Sequence[Predicate]) -> list[Released]:
        told = {
            (claim.subject.entity, claim.object.entity, claim.article_id)
            for claim in claims
            if claim.predicate in predicates
            and claim.polarity is Polarity.AFFIRMED
            and claim.subject.entity
            and claim.object
            and claim.object.entity
        }
        counted = Counter((maker, thing) for maker, thing, _ in told)
        return [Released(maker, thing, articles) for (maker, thing), articles in counted.items()]

    return find_told_makers((count(RELEASING), count(UPDATING)), parties, background)


def find_told_makers(
    told: Iterable[Iterable[Released]], parties: Iterable[EntityId], background: Background
) -> tuple[Tie, ...]:
    """The same from who released what and all entities among which a namesake may be.

    told  releases, the surest kind first: of a thing the first kind that speaks of it counts
    """
    parties = frozenset(parties)
    orphans = {id for id in parties if id not in background.above and background.find_type(id) not in _NEVER_MADE}
    makers: dict[EntityId, EntityId] = {}
    unclear: set[EntityId] = set()
    for releases in told:
        left = orphans - makers.keys() - unclear
        released: dict[EntityId, list[Released]] = {}
        for one in releases:
            if one.thing in left:
                released.setdefault(one.thing, []).append(one)
        makers |= {thing: maker for thing, found in released.items() if (maker := _find_maker(found))}
        unclear |= released.keys() - makers.keys()
    for id in sorted(orphans - makers.keys()):
        namesake = _find_namesake(id, parties)
        if namesake is not None:
            makers[id] = namesake
    return tuple(Tie(makers[id], Relation.MAKES, id, TOLD) for id in sorted(makers) if makers[id] != id)


def _find_maker(released: Sequence[Released]) -> EntityId | None:
    """Who released a thing in more than twice as many articles as any other; None where nobody did."""
    most, *others = sorted(released, key=lambda one: -one.articles)
    return None if others and most.articles <= _BY_FAR * others[0].articles else most.maker


def _find_namesake(id: EntityId, parties: Iterable[EntityId]) -> EntityId | None:
    """The party whose whole name opens this one and whose version it is: of `pallas-3` `pallas`."""
    found = [other for other in parties if id.startswith(other) and re.match(r"[-. ]?v?\d|-[a-z]?\d", id[len(other) :])]
    return max(found, key=len, default=None)


def _lift(tie: Tie, known: Mapping[EntityId, Entity]) -> tuple[EntityId | None, EntityId | None]:
    """(what stands lower, what stands above it). Only a body stands below the body it is part of."""
    if tie.relation in UPWARD:
        return tie.object, tie.subject
    ends = (known.get(tie.subject), known.get(tie.object))
    if tie.relation is Relation.PART_OF and all(end and end.type is EntityType.INSTITUTION for end in ends):
        return tie.subject, tie.object
    return None, None


def _leads_to(above: Mapping[EntityId, EntityId], start: EntityId, end: EntityId) -> bool:
    while start != end and start in above:
        start = above[start]
    return start == end
