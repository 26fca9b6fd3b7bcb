"""All numbers that are reported for one measure of one thing, side by side in one unit, with their scope words."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations

from graph.propositions.scopes import find_scope
from graph.rates import Rate, Rates, find_rate
from graph.records import (
    Claim,
    ClaimId,
    Comparator,
    Modality,
    PartialDate,
    Party,
    Polarity,
    Predicate,
    PropositionId,
    Quantity,
)
from graph.sums.numerals import is_currency
from graph.utterances import Utterance, sort_utterances

_DOLLAR = "USD"
_MOST_COMPARED = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as several claims give it; the first of them says how firmly.

    quantity    as stated, in base units
    value       in the unit of the figures it stands among; high: upper end of a range
    rate        what it was converted with; None when it was stated in that unit
    scope       words that limit it: "final run", "whole", "a year"
    voices      whom it comes from
    beside      other numbers that one of its sentences gives the same thing in one scope: some may be another thing's
    taken_back  all matters that its claims speak of were: it stands no more
    """

    quantity: Quantity
    value: float
    high: float | None
    rate: Rate | None
    scope: tuple[str, ...]
    modality: Modality
    polarity: Polarity
    date: PartialDate | None
    voices: tuple[str, ...]
    first_at: datetime
    claims: tuple[ClaimId, ...]
    matter: PropositionId | None = None
    beside: tuple[float, ...] = ()
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one measure of one thing, least first.

    of       the other party, where the number counts something of it: chips of a kind
    unit     of all values
    apart    how many times one is another, of those affirmed in one scope and not beside each other; 1 when all agree
    left     figures in units that nothing here converts, as stated
    """

    thing: Party
    predicate: Predicate
    measure: str
    of: Party | None
    unit: str
    figures: tuple[Figure, ...]
    left: tuple[Figure, ...] = ()
    apart: float = 1.0


def find_figures(
    utterances: Iterable[Utterance],
    rates: Rates,
    propositions: Mapping[ClaimId, PropositionId] | None = None,
    taken_back: Collection[PropositionId] = (),
) -> tuple[Figures, ...]:
    """The figures of each measure of each thing, those that most claims give first.

    Amounts of one currency stay in it; of several, all that the table can convert are in US dollars.
    """
    groups: dict[tuple[str, ...], list[Utterance]] = {}
    for one in sort_utterances(utterances):
        claim = one.claim
        if claim.quantity and claim.quantity.unit:
            groups.setdefault(key_figures(claim), []).append(one)
    made = (_make_figures(group, rates, propositions or {}, taken_back) for group in groups.values())
    return tuple(sorted(made, key=lambda found: -sum(len(f.claims) for f in (*found.figures, *found.left))))


def key_figures(claim: Claim) -> tuple[str, ...]:
    """What is the same of claims whose numbers stand side by side. The claim has a number."""
    quantity = claim.quantity
    assert quantity

    def name(party: Party | None) -> str:
        return "" if party is None else party.entity or party.name

    return name(claim.subject), claim.predicate, quantity.measure, name(claim.object), _split(quantity.unit)[1]


def _make_figures(
    group: Sequence[Utterance],
    rates: Rates,
    propositions: Mapping[ClaimId, PropositionId],
    taken_back: Collection[PropositionId],
) -> Figures:
    currencies = Counter(_split(one.claim.quantity.unit)[0] for one in group if one.claim.quantity)
    money = [unit for unit in currencies if is_currency(unit)]
    common = _DOLLAR if len(money) > 1 else currencies.most_common(1)[0][0]
    figures: dict[tuple[object, ...], Figure] = {}
    left: dict[tuple[object, ...], Figure] = {}
    for one in group:
        figure, fits = _convert(one, common, rates, propositions.get(one.id))
        figure = replace(figure, taken_back=figure.matter in taken_back)
        kept = figures if fits else left
        key = (
            figure.quantity.unit,
            figure.value,
            figure.high,
            figure.quantity.comparator,
            figure.scope,
            figure.polarity,
        )
        kept[key] = _join(kept[key], figure) if key in kept else figure
    claim = group[0].claim
    assert claim.quantity
    rest = _split(claim.quantity.unit)[1]
    shown = _set_beside(sorted(figures.values(), key=lambda figure: (figure.value, figure.first_at)), group)
    return Figures(
        claim.subject,
        claim.predicate,
        claim.quantity.measure,
        claim.object,
        common + rest,
        shown,
        tuple(left.values()),
        _find_spread(shown),
    )


def _convert(one: Utterance, common: str, rates: Rates, proposition: PropositionId | None) -> tuple[Figure, bool]:
    """The figure in the common currency, and whether it is; as stated when no rate is known."""
    claim = one.claim
    quantity = claim.quantity
    assert quantity
    currency, _ = _split(quantity.unit)
    rate = None if currency == common else find_rate(rates, currency, one.at, claim.date)
    factor = 1 / rate.per_usd if rate else 1.0
    figure = Figure(
        quantity,
        quantity.value * factor,
        None if quantity.high is None else quantity.high * factor,
        rate,
        tuple(sorted(find_scope(claim))),
        claim.modality,
        claim.polarity,
        claim.date,
        (one.voice,),
        one.at,
        (one.id,),
        proposition,
    )
    return figure, currency == common or rate is not None


def _join(one: Figure, other: Figure) -> Figure:
    voices = tuple(dict.fromkeys((*one.voices, *other.voices)))
    taken_back = one.taken_back and other.taken_back
    return replace(one, voices=voices, claims=(*one.claims, *other.claims), taken_back=taken_back)


def _set_beside(figures: Sequence[Figure], group: Iterable[Utterance]) -> tuple[Figure, ...]:
    """The figures, each with those that stand beside it in a sentence, wherever that is printed: there two numbers are
    two things, of which the sentence may name both, a price of one firm and of another."""
    texts = {one.id: one.claim.text for one in group}
    told: dict[tuple[str, tuple[str, ...]], list[float]] = {}
    for figure in figures:
        for text in {texts[id] for id in figure.claims}:
            told.setdefault((text, figure.scope), []).append(figure.value)

    def find_beside(one: Figure) -> set[float]:
        return {value for id in one.claims for value in told[texts[id], one.scope]} - {one.value}

    return tuple(replace(one, beside=tuple(sorted(find_beside(one)))) for one in figures)


def _find_spread(figures: Sequence[Figure]) -> float:
    """How many times one is another, of those in one scope that do not stand in one sentence; a rank is no multiple."""
    counted = [f for f in figures if f.polarity is Polarity.AFFIRMED and f.quantity.comparator is not Comparator.RANGE]
    apart = 1.0
    measured = [one for one in counted if one.value > 0 and one.quantity.unit != "rank"]
    for one, other in combinations(measured[:_MOST_COMPARED], 2):
        if one.scope == other.scope and other.value not in one.beside:
            apart = max(apart, other.value / one.value, one.value / other.value)
    return apart


def _split(unit: str) -> tuple[str, str]:
    """A currency and what it is per: `USD/month` is USD and `/month`; of any other unit alike."""
    head, slash, rest = unit.partition("/")
    return head, slash + rest
