"""Contradictions as a queue for readers: what cannot both hold, each side with a sentence that says so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from graph.answers.proposition_views import ContradictionView, MatterView, view_contradictions
from graph.answers.queries import FIRST, Place, find_gone, view_judgements
from graph.answers.viewing import view_claim_records
from graph.errors import QueryError
from graph.grades import is_weak
from graph.rates import DOLLAR, NO_RATES, Rate, Rates, find_rate
from graph.records import Claim, ClaimId, Contradiction, JudgementKind, Polarity, PropositionId
from graph.store import GraphStore
from graph.views import ClaimView, JudgementView

# Nobody judges more of them in one go.
_MOST = 1_000
# Of the claims of a side, so many are looked through for one that affirms it; they are hundreds in a hub.
_LOOKED_AT = 20
_SIDES = 2


@dataclass(frozen=True, slots=True)
class ContradictionsView:
    """A page of contradictions: those that nobody has judged first, then those in most articles.

    open, dismissed  how many there are of each
    complete         these are all; otherwise only the first thousand were counted
    quotes           of each in turn, a claim that affirms either side, by different speakers where there are
    gone             those of them whose page has the sentence no more
    claims           those by id
    rates            of each in turn, those by which sums of money in two currencies were compared
    judged           by the ids of both sides, why it was dismissed
    """

    contradictions: tuple[ContradictionView, ...]
    open: int
    dismissed: int
    complete: bool
    quotes: tuple[tuple[ClaimId, ...], ...]
    gone: tuple[ClaimId, ...]
    rates: tuple[tuple[Rate, ...], ...]
    claims: Mapping[str, ClaimView]
    judged: Mapping[str, JudgementView]
    next: str | None
    previous: str | None

    def find_judgement(self, pair: ContradictionView) -> JudgementView | None:
        """Who dismissed it, when and why."""
        return self.judged.get(_pair(pair.one.id, pair.other.id))


def get_contradictions(
    store: GraphStore, limit: int = 20, place: Place = FIRST, rates: Rates = NO_RATES
) -> ContradictionsView:
    """One page of them. QueryError when the place is none of the list, or none any more."""
    found = store.list_contradictions(limit=_MOST + 1)
    counted = found[:_MOST]
    start, end = _find_page([_name(one) for one in counted], place, limit)
    views = view_contradictions(store, counted[start:end])
    quotes, gone = _find_quotes(store, views)
    dismissed = sum(one.dismissed for one in counted)
    return ContradictionsView(
        views,
        len(counted) - dismissed,
        dismissed,
        len(found) <= _MOST,
        tuple(tuple(claim.id for claim in pair) for pair in quotes),
        tuple(dict.fromkeys(claim.id for pair in quotes for claim in pair if claim.id in gone)),
        tuple(_find_rates(pair, rates) for pair in quotes),
        {claim.id: claim for claim in view_claim_records(store, [claim for pair in quotes for claim in pair])},
        _view_dismissals(store) if any(view.dismissed for view in views) else {},
        _name(counted[end - 1]) if end < len(counted) else None,
        _name(counted[start]) if start else None,
    )


def _find_rates(claims: Sequence[Claim], rates: Rates) -> tuple[Rate, ...]:
    """The rate of each sum that is not in dollars, where the sums are in several currencies."""
    money = [(claim.quantity.unit.partition("/")[0], claim) for claim in claims if claim.quantity]
    if len({currency for currency, _ in money}) < _SIDES:
        return ()
    abroad = (find_rate(rates, currency, one.reported_at, one.date) for currency, one in money if currency != DOLLAR)
    return tuple(rate for rate in abroad if rate)


def _name(one: Contradiction) -> str:
    """Its place in the list; another one once it is judged, for then it moves."""
    return _pair(one.one, one.other) + (".dismissed" if one.dismissed else "")


def _pair(one: PropositionId, other: PropositionId) -> str:
    return f"{one}.{other}"


def _find_page(names: Sequence[str], place: Place, limit: int) -> tuple[int, int]:
    for key, name in (("after", place.after), ("before", place.before)):
        if name and name not in names:
            text = f"{key}: this is not a place in the list, or was judged since; start again from its first page"
            raise QueryError(text, reason="refused")
    if place.before:
        end = names.index(place.before)
        return max(0, end - limit), end
    start = names.index(place.after) + 1 if place.after else 0
    return start, min(start + limit, len(names))


def _find_quotes(
    store: GraphStore, views: Iterable[ContradictionView]
) -> tuple[list[tuple[Claim, ...]], frozenset[ClaimId]]:
    """Of each in turn a claim for either side, and which of all that were looked at no page has any more."""
    sides = [(view.one, view.other) for view in views]
    ids = list(dict.fromkeys(id for pair in sides for side in pair for id in side.claims[:_LOOKED_AT]))
    claims = {claim.id: claim for claim in store.get_claims(ids)}
    gone = find_gone(store, claims.values())
    quotes = [
        _choose(_list_affirming(one, claims, gone), _list_affirming(other, claims, gone), gone) for one, other in sides
    ]
    return quotes, gone


def _list_affirming(side: MatterView, claims: Mapping[ClaimId, Claim], gone: frozenset[ClaimId]) -> list[Claim]:
    """Those that affirm it; all when none does. First what its page still has of a voice that the headline names, then
    the earliest. Weak ones stand for nothing."""
    there = [claims[id] for id in side.claims[:_LOOKED_AT] if id in claims and not is_weak(claims[id])]
    named = {one.claim for one in side.gist.says} if side.gist else set()
    affirming = [claim for claim in there if claim.polarity is Polarity.AFFIRMED] or there
    return sorted(affirming, key=lambda claim: (claim.id in gone, claim.id not in named))


def _choose(ones: Sequence[Claim], others: Sequence[Claim], gone: frozenset[ClaimId]) -> tuple[Claim, ...]:
    """The first of each side that different speakers say in different articles, gone ones last; else the first."""
    apart = [(one, other) for one, other in product(ones, others) if _are_apart(one, other)]
    return min(apart, key=lambda pair: sum(claim.id in gone for claim in pair), default=(*ones[:1], *others[:1]))


def _are_apart(one: Claim, other: Claim) -> bool:
    voices = [claim.origin.party if claim.origin else claim.article_id for claim in (one, other)]
    return one.article_id != other.article_id and voices[0] != voices[1]


def _view_dismissals(store: GraphStore) -> dict[str, JudgementView]:
    """Those that count, by the propositions that their claims speak of now."""
    views = view_judgements(store, store.list_judgements())
    found = [view for view in views if view.kind is JudgementKind.DISMISS and view.counts]
    places = store.find_propositions_of([id for view in found for id in view.claims])
    pairs = {view: sorted({places[id] for id in view.claims if id in places}) for view in found}
    return {_pair(*ids): view for view, ids in pairs.items() if len(ids) == _SIDES}
