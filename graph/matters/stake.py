"""Ties → the shortest path from somebody who speaks to a rival of the one spoken about; no path, no stake."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.background import Background
from graph.matters.employers import find_named_employers
from graph.matters.makers import find_named_makers
from graph.matters.told import add_ties
from graph.matters.witnesses import stands_for
from graph.records import ClaimId, ClaimType, EntityId, EntityType, Polarity, Predicate, Relation, Tie
from graph.utterances import Utterance, sort_utterances

# By these an interest travels, either way: who owns, pays, supplies or employs whom.
_BINDING = frozenset(
    {Relation.OWNS, Relation.INVESTED_IN, Relation.WORKS_FOR, Relation.PARTNER_OF, Relation.MAKES, Relation.PART_OF}
)
# Further off, everybody in the industry is tied to everybody.
_LONGEST = 3


@dataclass(frozen=True, slots=True)
class Stake:
    """Why a speaker may not be indifferent: ties from the speaker to a rival of the one spoken about, or of what that
    makes, the last one `COMPETES_WITH`, or to the one who is said to be wronged, where that is no rival, or to be
    bought. Each tie has its source: a table, the claim that says so, or the address of the article."""

    speaker: EntityId
    rival: EntityId
    about: EntityId
    path: tuple[Tie, ...]
    claims: tuple[ClaimId, ...] = ()


def find_stake(
    speaker: EntityId,
    about: EntityId,
    background: Background,
    claimed: Iterable[Tie] = (),
    longest: int = _LONGEST,
    wronged: EntityId | None = None,
    day: str = "",
) -> Stake | None:
    """The shortest path of at most so many ties, `COMPETES_WITH` counted; of equals the first by names.

    None without one, and for those who speak of themselves or of what they make or own.

    wronged  whom the one spoken about is said to have wronged, or what of his
    day      of the report (2026-07-14): only ties count that held then; without one all
    """

    def list_ties(entity: EntityId) -> list[tuple[Tie, EntityId]]:
        ties = _find_neighbours(entity, background, claims)
        return [(tie, other) for tie, other in ties if not day or tie.held_on(day)]

    def list_makers(entity: EntityId) -> list[EntityId]:
        ties = (tie for tie, _ in list_ties(entity))
        return sorted({tie.subject for tie in ties if tie.relation is Relation.MAKES and tie.object == entity})

    home = background.find_root(about)
    if background.find_root(speaker) == home or speaker == about:
        return None
    claims = _index(claimed)
    makers = list_makers(about)
    if speaker in makers:
        return None
    made = sorted({other for tie, other in list_ties(about) if tie.relation is Relation.MAKES and tie.subject == about})
    near = [pair for id in dict.fromkeys((about, *makers, home, *made)) for pair in list_ties(id)]
    # Of several ties to one rival the first counts: those of tables before those of claims, of whoever is near.
    near.sort(key=lambda pair: pair[0] in claims.get(pair[1], ()))
    rivals = {other: tie for tie, other in reversed(near) if tie.relation is Relation.COMPETES_WITH}
    victims = {wronged, background.find_root(wronged), *list_makers(wronged)} if wronged else set()
    if speaker in victims:  # who is wronged says so by that alone
        victims = set()
    waiting: deque[tuple[EntityId, tuple[Tie, ...]]] = deque([(speaker, ())])
    seen = {speaker, about, home, *makers}
    while waiting:
        here, path = waiting.popleft()
        if here in rivals:
            return Stake(speaker, here, about, (*path, rivals[here]))
        if here in victims and path:
            return Stake(speaker, here, about, path)
        if len(path) + 1 >= longest:
            continue
        for tie, other in list_ties(here):
            if _binds(tie, here) and other not in seen and background.find_type(other) is not EntityType.PLACE:
                seen.add(other)
                waiting.append((other, (*path, tie)))
    return None


def _binds(tie: Tie, here: EntityId) -> bool:
    """Whether an interest travels by the tie from this end: an employer has none in his people's other posts."""
    return tie.relation in _BINDING and (tie.relation is not Relation.WORKS_FOR or tie.subject == here)


def find_stakes(
    utterances: Iterable[Utterance], background: Background, claimed: Iterable[Tie] = ()
) -> tuple[Stake, ...]:
    """The stakes of those who speak in the one that the claims are about, by speaker, with these claims. Of a firm and
    what it makes each speaker has one. A deed of nobody named is about the one it was done to. Who denies an accusation
    speaks for the accused, who denies anything else says that less is true of him.

    claimed  ties that articles tell, beside those that the utterances' own tell of who works where, and who makes what
    """
    told = sort_utterances(utterances)
    known = _add_named(told, background, tuple(claimed))
    pairs: dict[tuple[EntityId, EntityId], list[Utterance]] = {}
    for one in told:
        subject, other = one.claim.subject.entity, one.claim.object and one.claim.object.entity
        speaker = one.who
        if (about := subject or other) and speaker and _speaks_against(one):
            pairs.setdefault((speaker, background.find_root(about)), []).append(one)
    found = []
    for (speaker, _), said in sorted(pairs.items()):
        stakes = (_find_of(one, speaker, background, known) for one in said)
        if stake := min(filter(None, stakes), key=lambda stake: len(stake.path), default=None):
            found.append(Stake(speaker, stake.rival, stake.about, stake.path, tuple(one.id for one in said)))
    return tuple(found)


def _speaks_against(one: Utterance) -> bool:
    return one.claim.polarity is Polarity.AFFIRMED or one.claim.type is not ClaimType.ALLEGATION


def _add_named(told: Sequence[Utterance], background: Background, claimed: tuple[Tie, ...]) -> tuple[Tie, ...]:
    """The ties with those that the articles of the utterances tell beside names."""
    tied = add_ties(background, claimed)
    ends = sorted({end for tie in claimed for end in (tie.subject, tie.object)})
    return (*claimed, *find_named_employers(told, tied, ends), *find_named_makers(told, tied))


def _find_of(one: Utterance, speaker: EntityId, background: Background, known: Sequence[Tie]) -> Stake | None:
    """The stake of a speaker in one utterance."""
    subject, other = one.claim.subject.entity, one.claim.object.entity if one.claim.object else None
    about = subject or other
    wronged = other if subject and one.claim.type is ClaimType.ALLEGATION else None
    if one.claim.predicate is Predicate.ACQUIRED and other and not stands_for(speaker, {other}, background):
        wronged = other  # who holds a part of what is bought gains by the price; who is bought tells of itself
    day = f"{one.at:%Y-%m-%d}"
    return find_stake(speaker, about, background, known, wronged=wronged, day=day) if about else None


def _find_neighbours(
    entity: EntityId, background: Background, claimed: Mapping[EntityId, tuple[Tie, ...]]
) -> list[tuple[Tie, EntityId]]:
    """The ties at an entity, those of tables before those of claims, each with its other end; of claims those first
    that speak of this end: who is owned is part of its owner."""
    told = sorted(claimed.get(entity, ()), key=lambda tie: tie.subject != entity)
    ties = (*background.ties.get(entity, ()), *told)
    return [(tie, tie.object if tie.subject == entity else tie.subject) for tie in ties]


def _index(ties: Iterable[Tie]) -> dict[EntityId, tuple[Tie, ...]]:
    found: dict[EntityId, tuple[Tie, ...]] = {}
    for tie in ties:
        for end in {tie.subject, tie.object}:
            found[end] = (*found.get(end, ()), tie)
    return found
