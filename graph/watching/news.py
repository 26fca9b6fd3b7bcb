"""What came of matters → what is new in each: voices, steps, denials, numbers, contradictions, claims."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from graph.editions.voices import index_copies, leave_copies_out, list_voices, name_voice
from graph.grades import is_weak
from graph.records import (
    ArticleId,
    Claim,
    ClaimId,
    Contradiction,
    Event,
    News,
    Polarity,
    Proposition,
    PropositionId,
    Status,
)
from graph.store import GraphStore
from graph.utterances import Utterance, make_utterances
from graph.watching.arrivals import Arrivals

_MOST_CONTRADICTIONS = 10_000


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is new in a matter.

    claim    that brought it; basis: all that came and on which it rests
    at       when the article was fetched that brought it
    status   of a step
    against  of a contradiction the matter of its other side
    """

    news: News
    matter: PropositionId
    claim: ClaimId
    basis: frozenset[ClaimId]
    at: datetime
    status: Status | None = None
    against: PropositionId | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """Matters, what came of each, what had been said of it, and what stands around that."""

    matters: Mapping[PropositionId, Proposition]
    now: Mapping[PropositionId, Sequence[Utterance]]
    before: Mapping[PropositionId, Sequence[Utterance]]
    copies: Mapping[ArticleId, frozenset[ArticleId]]
    contradictions: Mapping[PropositionId, Sequence[Contradiction]]

    def is_new(self, matter: PropositionId) -> bool:
        """Whether nothing of it was there before."""
        return bool(self.now.get(matter)) and not self.before.get(matter)

    def came(self, matter: PropositionId) -> tuple[datetime, PropositionId]:
        """When the first of it was fetched; of two that came at once the one of the larger id came later."""
        return self.now[matter][0].article.fetched_at, matter


def find_facts(store: GraphStore, arrivals: Arrivals, matters: Iterable[PropositionId]) -> tuple[Fact, ...]:
    """What is new in these matters; in each oldest first, a repetition within what came aside."""
    known = _read_known(store, arrivals, sorted(set(matters)))
    return tuple(chain.from_iterable(_find(known, arrivals, one) for one in known.matters.values()))


def _read_known(store: GraphStore, arrivals: Arrivals, ids: Sequence[PropositionId]) -> _Known:
    matters = {one.id: one for one in store.get_propositions(ids)} if ids else {}
    if not matters:
        return _Known({}, {}, {}, {}, {})
    linked = {link.claim for one in matters.values() for link in one.links}
    claims = {claim.id: claim for claim in store.get_claims(sorted(linked)) if not is_weak(claim)}
    articles = sorted({claim.article_id for claim in claims.values()})
    pages = {page.id: page for page in store.list_pages(articles)} if articles else {}
    now: dict[PropositionId, Sequence[Utterance]] = {}
    before: dict[PropositionId, Sequence[Utterance]] = {}
    for one in matters.values():
        told = [claims[link.claim] for link in one.links if link.claim in claims]
        # In the order in which they came, so that what comes later takes nothing from what was told already.
        came = make_utterances((claim for claim in told if claim.id in arrivals.claims), pages)
        now[one.id] = sorted(came, key=lambda utterance: utterance.article.fetched_at)
        before[one.id] = make_utterances((claim for claim in told if claim.id not in arrivals.claims), pages)
    against = store.list_contradictions(list(matters), limit=_MOST_CONTRADICTIONS)
    return _Known(matters, now, before, index_copies(store.list_copies(articles)), _index(matters, against))


def _index(
    matters: Mapping[PropositionId, Proposition], found: Iterable[Contradiction]
) -> dict[PropositionId, list[Contradiction]]:
    """The open ones, each under both its sides."""
    index: dict[PropositionId, list[Contradiction]] = defaultdict(list)
    for one in found:
        for side in () if one.dismissed else (one.one, one.other):
            if side in matters:
                index[side].append(one)
    return index


def _find(known: _Known, arrivals: Arrivals, matter: Proposition) -> Iterator[Fact]:
    now, before = known.now[matter.id], known.before[matter.id]
    ats = {one.id: one.article.fetched_at for one in now}
    yield from _find_steps(matter, arrivals, now)

    def tell(news: News, claim: ClaimId, against: PropositionId | None = None) -> Fact:
        return Fact(news, matter.id, claim, frozenset({claim}), ats[claim], against=against)

    yield from (tell(News.CLAIM, one.id) for one in now if one.id not in arrivals.repeated)
    yield from (tell(News.FIGURE, id) for id in _find_numbers(now, before))
    own = leave_copies_out(now, before, known.copies)
    heard = list_voices(before)
    yield from (tell(News.ORIGIN, id) for voice, id in list_voices(own).items() if voice not in heard)
    yield from (tell(News.DENIAL, id) for id in _find_denials(own, before))
    if known.is_new(matter.id):
        for pair in known.contradictions.get(matter.id, ()):
            other = pair.other if pair.one == matter.id else pair.one
            if not known.is_new(other) or known.came(other) <= known.came(matter.id):
                yield tell(News.CONTRADICTION, now[0].id, other)


def _find_steps(matter: Proposition, arrivals: Arrivals, now: Sequence[Utterance]) -> Iterator[Fact]:
    for event in matter.events:
        came = [one for one in now if one.id in event.basis]
        back = tuple(_find_step_back(matter, event, arrivals, now)) if event.status is Status.RETRACTED else ()
        if back:
            yield from back
        elif event.status is not Status.REPORTED and came:
            at = max(one.article.fetched_at for one in came)
            basis = frozenset(one.id for one in came)
            yield Fact(News.STATUS, matter.id, came[-1].id, basis, at, event.status)


def _find_step_back(matter: Proposition, event: Event, arrivals: Arrivals, now: Sequence[Utterance]) -> Iterator[Fact]:
    """What was said before is taken back by a version of its page that came, or by who denies now what he said."""
    basis = frozenset(event.basis)
    for one in now:
        if one.at == event.recorded_at and one.claim.polarity is Polarity.DENIED:
            yield Fact(News.STATUS, matter.id, one.id, basis | {one.id}, one.article.fetched_at, event.status)
            return
    for claim in event.basis:
        if version := arrivals.find_withdrawal(claim, event.recorded_at):
            yield Fact(News.STATUS, matter.id, claim, basis, version.fetched_at, event.status)
            return


def _find_numbers(now: Sequence[Utterance], before: Sequence[Utterance]) -> Iterator[ClaimId]:
    given = {_number(one.claim) for one in before}
    for one in now:
        number = _number(one.claim)
        if number and number not in given:
            given.add(number)
            yield one.id


def _number(claim: Claim) -> tuple[float, float | None, str] | None:
    quantity = claim.quantity
    return (quantity.value, quantity.high, quantity.unit) if quantity else None


def _find_denials(now: Sequence[Utterance], before: Sequence[Utterance]) -> Iterator[ClaimId]:
    denied = {name_voice(one) for one in before if one.claim.polarity is Polarity.DENIED}
    for one in now:
        if one.claim.polarity is Polarity.DENIED and name_voice(one) not in denied:
            denied.add(name_voice(one))
            yield one.id
