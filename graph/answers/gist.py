"""What a matter's headline is made of: who says it and who denies it, how firmly, since when, and what became of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.answers.viewing import list_once, refer
from graph.background import TOLD, Background, make_background
from graph.grades import is_weak
from graph.matters.origins import find_origins
from graph.records import (
    Article,
    ArticleId,
    Claim,
    ClaimId,
    ClaimType,
    Contradiction,
    ContradictionKind,
    Copy,
    EntityId,
    Party,
    Polarity,
    Proposition,
    PropositionId,
    Relation,
    Status,
    Tie,
)
from graph.store import GraphStore
from graph.utterances import make_utterances, name_outlet
from graph.views import Gist, PartyView, Rival, Saying

MOST_CLAIMS = 12
"""So many claims, the first, and those on which events rest make a headline: it names two, events name who denies."""

_MOST_RIVALS = 200


@dataclass(frozen=True, slots=True)
class _Told:
    """The claims that gists are made of, with what their ids stand for."""

    claims: Mapping[ClaimId, Claim]
    articles: Mapping[ArticleId, Article]
    copies: tuple[Copy, ...]
    background: Background
    makers: Mapping[EntityId, tuple[EntityId, ...]]

    def view(self, party: Party) -> PartyView:
        entity = self.background.entities.get(party.entity) if party.entity else None
        return PartyView(entity.name if entity else party.name, refer(entity) if entity else None)

    def say(self, claim: Claim, voice: EntityId | None = None) -> Saying:
        """What the claim says; `voice` where its speaker stands for another: of a paper its maker."""
        article = self.articles[claim.article_id]
        outlet = name_outlet(article.source, article.url)
        who = self.view(claim.origin.party) if claim.origin else None
        domain = article.source.domain
        # Whom an outlet cites without a name is that one's, not of whoever repeats it.
        passed = next((one.party for one in reversed(claim.claimants[:-1]) if one.party.entity), None)
        if who and not who.entity and passed:
            outlet, domain = self.view(passed).name, ""
        known = self.background.entities.get(voice) if voice else None
        if who and not who.entity and known and known.id != claim.subject.entity:
            who = PartyView(known.name, refer(known))
        return Saying(claim.id, who, outlet, claim.modality, claim.reported_at, domain)

    def list_claims(self, one: Proposition) -> list[Claim]:
        """Its claims that decide something, oldest report first; weak ones where there are no others."""
        found = [self.claims[link.claim] for link in one.links if link.claim in self.claims]
        return [claim for claim in found if not is_weak(claim)] or found

    def list_first_hand(self, claims: Sequence[Claim], polarity: Polarity) -> list[Saying]:
        """What origins say of a polarity; who repeats another is none. Where no origin is found, all."""
        found = [claim for claim in claims if claim.polarity is polarity]
        origins = find_origins(make_utterances(found, self.articles), self.background, self.copies).origins
        ends = {id: voice.entity for voice in origins for id in voice.claims}
        first_hand = [self.say(claim, ends[claim.id]) for claim in found if claim.id in ends]
        return first_hand or [self.say(claim) for claim in found]


def read_gists(
    store: GraphStore, propositions: Iterable[Proposition], with_rivals: bool = True
) -> dict[PropositionId, Gist]:
    """The gist of each, by its id, from its first claims and those on which its history rests; none of one whose
    claims are gone since it was read.

    with_rivals  also the numbers that contradict its own
    """
    asked = {one.id: one for one in propositions}
    open_ones = _list_open(store, list(asked)) if asked else []
    against = _find_rivals(open_ones) if with_rivals else {}
    ordered = {id for one in open_ones if one.kind is ContradictionKind.ORDER for id in (one.one, one.other)}
    missing = list_once(id for ids in against.values() for id in ids if id not in asked)
    known = asked | {one.id: one for one in (store.get_propositions(missing) if missing else ())}
    told = _read_told(store, known.values())
    gists = {}
    for id, one in asked.items():
        if claims := told.list_claims(one):
            rivals = [rival for other in against.get(id, ()) for rival in _make_rival(told, known.get(other))]
            gists[id] = _make_gist(told, one, claims, tuple(rivals), id in ordered)
    return gists


def _list_open(store: GraphStore, ids: Sequence[PropositionId]) -> list[Contradiction]:
    return [found for found in store.list_contradictions(ids, limit=_MOST_RIVALS) if not found.dismissed]


def _find_rivals(contradictions: Iterable[Contradiction]) -> dict[PropositionId, list[PropositionId]]:
    against: dict[PropositionId, list[PropositionId]] = {}
    for found in contradictions:
        if found.kind is ContradictionKind.VALUE:
            against.setdefault(found.one, []).append(found.other)
            against.setdefault(found.other, []).append(found.one)
    return against


def _read_told(store: GraphStore, propositions: Iterable[Proposition]) -> _Told:
    claims = store.get_claims(list_once(id for one in propositions for id in _list_wanted(one)))
    articles = list_once(claim.article_id for claim in claims)
    copies = store.list_copies(articles) if articles else ()
    makers = _read_makers(store, claims)
    ties = (Tie(maker, Relation.MAKES, thing, TOLD) for thing, found in makers.items() for maker in found)
    return _Told(
        {claim.id: claim for claim in claims},
        {page.id: page for page in store.list_pages(articles)},
        copies,
        make_background(store.get_entities(list_once(id for claim in claims for id in claim.named)), ties),
        makers,
    )


def _list_wanted(one: Proposition) -> Iterator[ClaimId]:
    own = {link.claim for link in one.links}
    yield from (link.claim for link in one.links[:MOST_CLAIMS])
    # An inquiry on which an event rests is another matter's claim.
    yield from (id for event in one.events for id in event.basis if id in own)


def _make_gist(
    told: _Told, one: Proposition, claims: Sequence[Claim], rivals: tuple[Rival, ...], is_reversed: bool
) -> Gist:
    # A number that most leave out is not what they all say.
    numbered = 2 * sum(claim.quantity is not None for claim in claims) >= len(claims)
    claim = min(claims, key=lambda claim: _fits(claim, one, numbered=numbered))
    return Gist(
        one.type,
        one.predicate,
        told.view(claim.subject),
        told.view(claim.object) if claim.object else None,
        told.view(claim.benchmark) if claim.benchmark else None,
        claim.quantity,
        claim.text,
        claim.lang,
        _list_sayings(told, one, claims, Polarity.AFFIRMED),
        _list_sayings(told, one, claims, Polarity.DENIED),
        one.events,
        told.makers.get(claim.subject.entity, ()) if claim.subject.entity and one.type is ClaimType.BENCHMARK else (),
        rivals,
        is_reversed,
    )


def _fits(claim: Claim, one: Proposition, *, numbered: bool) -> tuple[bool, bool, int]:
    """Least for the claim that tells most of what the matter is, in its own words: A beats B may be told as B loses.

    numbered  whether its number is part of that
    """
    named = sum(party is not None and party.entity is not None for party in (claim.subject, claim.object))
    return claim.predicate is not one.predicate, (claim.quantity is None) is numbered, -named


def _list_sayings(told: _Told, one: Proposition, claims: Sequence[Claim], polarity: Polarity) -> tuple[Saying, ...]:
    """Of each voice the first of each firmness, and those on which its history rests."""
    steps = {id for event in one.events for id in event.basis}
    found: dict[object, Saying] = {}
    for said in told.list_first_hand(claims, polarity):
        voice = said.who.entity.id if said.who and said.who.entity else (said.who is None, said.outlet)
        first = found.setdefault((voice, said.modality), said)
        if first is not said and said.claim in steps:
            found[said.claim] = said
    return tuple(found.values())


def _make_rival(told: _Told, other: Proposition | None) -> Iterator[Rival]:
    """The first number that is affirmed of the other matter, and who says so; none of one that was taken back."""
    for claim in told.list_claims(other) if other and other.status is not Status.RETRACTED else ():
        if claim.quantity and claim.polarity is Polarity.AFFIRMED:
            yield Rival(claim.quantity, told.say(claim))
            return


def _read_makers(store: GraphStore, claims: Iterable[Claim]) -> dict[EntityId, tuple[EntityId, ...]]:
    """Who makes what is measured, by tables and by claims."""
    things = list_once(c.subject.entity for c in claims if c.type is ClaimType.BENCHMARK and c.subject.entity)
    told = store.get_makers() if things else {}
    made = {thing: [told[thing]] if thing in told else [] for thing in things}
    for thing in things:
        ties = (tie for tie in store.list_ties(thing) if tie.relation is Relation.MAKES and tie.object == thing)
        made[thing] += [tie.subject for tie in ties]
    return {thing: tuple(list_once(makers)) for thing, makers in made.items()}
