"""The benchmark ledger: who compares, who measured, on what, measured again by whom; and what nobody else measured."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from graph.background import Background
from graph.matters.ties import find_employers, find_makers
from graph.matters.witnesses import find_teller, is_own_page, publishes, speaks_for
from graph.readers import is_board_row
from graph.records import (
    ClaimId,
    ClaimType,
    EntityId,
    EntityType,
    Modality,
    PartialDate,
    Party,
    Polarity,
    Predicate,
    PropositionId,
    Quantity,
)
from graph.utterances import Utterance, sort_utterances


@dataclass(frozen=True, slots=True)
class Measured:
    """Somebody who says it as a result, and in which claims."""

    by: str
    entity: EntityId | None
    claims: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One comparison, score or rank.

    vendor      who makes the subject; None when nobody says so
    benchmark   None when the sentences name none
    claimed     by the maker of the subject: self-reported
    replicated  by others who are named and neither make the subject nor work for its maker, on the same benchmark; in a
                comparison also with another number, when they found the same order
    told        by all others: articles in their own voice, who has an opinion and no result, and anybody where no table
                says who makes it; who measured is open
    elsewhere   what others measured of the same subject against the same other, on another or an unnamed benchmark
    opposed     those who say that it is not so, or the other way round
    is_beside   every sentence that gives its number gives the same subject another one there: one may be another's
    taken_back  its matter was: nobody says it any more
    """

    vendor: EntityId | None
    subject: Party
    predicate: Predicate
    object: Party | None
    benchmark: Party | None
    quantity: Quantity | None
    date: PartialDate | None
    claimed: tuple[Measured, ...]
    replicated: tuple[Measured, ...]
    told: tuple[Measured, ...]
    elsewhere: tuple[Measured, ...]
    opposed: tuple[Measured, ...]
    matter: PropositionId | None = None
    is_beside: bool = False
    taken_back: bool = False

    @property
    def is_debt(self) -> bool:
        """Self-reported, not taken back, and nobody else measured it."""
        return bool(self.claimed) and not self.replicated and not self.taken_back

    @property
    def parties(self) -> tuple[EntityId, ...]:
        """The vendor, and those named by the result."""
        named = (party.entity for party in (self.subject, self.object, self.benchmark) if party)
        return tuple(id for id in (self.vendor, *named) if id)

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """Every claim that it names: those that say it first."""
        parties = (*self.claimed, *self.replicated, *self.told, *self.elsewhere, *self.opposed)
        return tuple(id for party in parties for id in party.claims)


@dataclass(frozen=True, slots=True)
class Debt:
    """How many results a vendor reports of its own work, and how many of them nobody else measured."""

    vendor: EntityId
    claimed: int
    owed: int
    unnamed: int


_OPPOSITE = {Predicate.OUTPERFORMS: Predicate.UNDERPERFORMS, Predicate.UNDERPERFORMS: Predicate.OUTPERFORMS}


def find_entries(
    utterances: Iterable[Utterance],
    background: Background,
    propositions: Mapping[ClaimId, PropositionId] | None = None,
    taken_back: Collection[PropositionId] = (),
) -> tuple[Entry, ...]:
    """The entries in the order of their first reports, none of persons or of ranks in nothing named.

    Claims of one proposition are one entry; without propositions, those of equal parties, benchmark and number.
    """
    told = [one for one in sort_utterances(utterances) if _is_result(one, background)]
    known = propositions or {}
    groups: dict[tuple[object, ...], list[Utterance]] = {}
    for one in told:
        key = (known[one.id],) if one.id in known else _key(one)
        groups.setdefault(key, []).append(one)
    beside: dict[frozenset[str], list[Utterance]] = {}
    for one in told:
        beside.setdefault(_sides(one), []).append(one)
    numbers: dict[tuple[str, ...], set[float]] = {}
    for one in told:
        if one.claim.quantity:
            numbers.setdefault(_place(one), set()).add(one.claim.quantity.value)
    return tuple(
        replace(
            _make_entry(group, beside, background, known),
            is_beside=all(len(numbers.get(_place(one), ())) > 1 for one in group),
            taken_back=known.get(group[0].id) in taken_back,
        )
        for group in groups.values()
        if _is_said(group)
    )


def count_debt(entries: Iterable[Entry]) -> tuple[Debt, ...]:
    """Of each vendor, most owed first."""
    claimed: Counter[EntityId] = Counter()
    owed: Counter[EntityId] = Counter()
    unnamed: Counter[EntityId] = Counter()
    for entry in entries:
        if entry.vendor and entry.claimed:
            claimed[entry.vendor] += 1
            owed[entry.vendor] += entry.is_debt
            unnamed[entry.vendor] += entry.benchmark is None
    vendors = sorted(claimed, key=lambda vendor: (-owed[vendor], -claimed[vendor], vendor))
    return tuple(Debt(vendor, claimed[vendor], owed[vendor], unnamed[vendor]) for vendor in vendors)


def _is_result(one: Utterance, background: Background) -> bool:
    """Whether something can be measured again in it: no person is a model, nor "third" of nobody knows what a rank."""
    claim = one.claim
    person = claim.subject.entity is not None and background.find_type(claim.subject.entity) is EntityType.PERSON
    groundless = claim.predicate is Predicate.RANKS and claim.object is None and claim.benchmark is None
    return claim.type is ClaimType.BENCHMARK and not person and not groundless


def _is_said(group: Sequence[Utterance]) -> bool:
    """Somebody affirms it now; predictions and questions are no results."""
    return any(_counts(one) and one.claim.polarity is Polarity.AFFIRMED for one in group)


def _counts(one: Utterance) -> bool:
    return one.claim.modality not in (Modality.PREDICTED, Modality.QUESTIONED)


def _key(one: Utterance) -> tuple[object, ...]:
    claim = one.claim
    sides = (_name(claim.subject), _name(claim.object))
    if claim.predicate is Predicate.UNDERPERFORMS:
        sides = sides[::-1]
    predicate = Predicate.OUTPERFORMS if claim.predicate in _OPPOSITE else claim.predicate
    amount = (claim.quantity.value, claim.quantity.unit) if claim.quantity else None
    return predicate, *sides, _name(claim.benchmark), amount


def _name(party: Party | None) -> str:
    return "" if party is None else party.entity or party.name


def _place(one: Utterance) -> tuple[str, ...]:
    """Its sentence, wherever that is printed, and of what there it gives a number."""
    claim = one.claim
    return claim.text, claim.predicate, *map(_name, (claim.subject, claim.object, claim.benchmark))


def _sides(one: Utterance) -> frozenset[str]:
    """Who is compared, whichever way round."""
    return frozenset((_name(one.claim.subject), _name(one.claim.object)))


def _make_entry(
    group: Sequence[Utterance],
    beside: Mapping[frozenset[str], Sequence[Utterance]],
    background: Background,
    propositions: Mapping[ClaimId, PropositionId],
) -> Entry:
    first = next(one for one in group if one.claim.polarity is Polarity.AFFIRMED)
    claim = first.claim
    makers = find_makers(background, claim.subject.entity)
    if claim.subject.entity and background.find_type(claim.subject.entity) is EntityType.COMPANY:
        makers |= {claim.subject.entity}
    affirmed = [one for one in group if one.claim.polarity is Polarity.AFFIRMED and _counts(one)]
    ids = {one.id for one in group}
    others = [one for one in beside[_sides(first)] if one.id not in ids and _counts(one)]
    outsiders = [one for one in affirmed if _measures(one, makers, background)]
    measured = [one for one in others if claim.object and _measures(one, makers, background)]
    repeats = [one for one in measured if _finds_same(one, first)]
    gather = partial(_gather, makers, background)
    return Entry(
        vendor=min(makers) if makers else None,
        subject=claim.subject,
        predicate=claim.predicate,
        object=claim.object,
        benchmark=claim.benchmark,
        quantity=claim.quantity,
        date=claim.date,
        claimed=gather(one for one in affirmed if _is_maker(one, makers, background)),
        replicated=gather(sort_utterances((*outsiders, *repeats))),
        told=gather(one for one in affirmed if one not in outsiders and not _is_maker(one, makers, background)),
        elsewhere=gather(one for one in measured if one not in repeats),
        opposed=gather(one for one in (*group, *others) if _opposes(one, first)),
        matter=propositions.get(first.id),
    )


def _finds_same(one: Utterance, first: Utterance) -> bool:
    """Whether it is the same order of the same two, on the same benchmark."""
    mine, other = first.claim, one.claim
    if mine.predicate not in _OPPOSITE or not mine.benchmark or _name(mine.benchmark) != _name(other.benchmark):
        return False
    return other.polarity is Polarity.AFFIRMED and _key(one)[:3] == _key(first)[:3]


def _is_maker(one: Utterance, makers: frozenset[EntityId], background: Background) -> bool:
    if one.speaker is None:
        return speaks_for(one, makers, background)
    speaker, words = one.speaker.entity, one.speaker.name.casefold()
    names = [background.find_name(maker, "en").casefold() for maker in makers]
    if speaker:
        known = speaker in makers or bool(find_employers(background, speaker) & makers)
        return known or any(_is_short(words, name) or _is_short(name, words) for name in names)
    # "DeepSeek authors", "the V3 paper": unnamed, but the maker's name is in the words.
    return bool(words) and any(name in words for name in names)


def _is_short(name: str, full: str) -> bool:
    """Whether it begins the full name: who tells it of "Aldin Systems" may say Aldin, and its arm is no outsider."""
    return full.startswith(f"{name} ")


def _measures(one: Utterance, makers: frozenset[EntityId], background: Background) -> bool:
    """Whether somebody named who is not the maker gives a result: a benchmark or a number, not an opinion."""
    claim = one.claim
    if not one.speaker or not one.speaker.entity or claim.modality is not Modality.ASSERTED:
        return False
    if not makers and not is_board_row(claim):
        return False  # it may be the maker
    is_person = background.find_type(one.speaker.entity) is EntityType.PERSON
    return not is_person and bool(claim.benchmark or claim.quantity) and not _is_maker(one, makers, background)


def _opposes(one: Utterance, first: Utterance) -> bool:
    """A denial of it, or the opposite of it on the same benchmark."""
    mine, other = first.claim, one.claim
    if _name(mine.benchmark) != _name(other.benchmark):
        return False
    same = (_name(mine.subject), _name(mine.object)) == (_name(other.subject), _name(other.object))
    if same and other.predicate is mine.predicate and other.quantity == mine.quantity:
        return other.polarity is not mine.polarity
    crossed = (_name(mine.subject), _name(mine.object)) == (_name(other.object), _name(other.subject))
    if other.polarity is Polarity.DENIED or mine.predicate not in _OPPOSITE or not mine.object:
        return False
    return (crossed and other.predicate is mine.predicate) or (same and other.predicate is _OPPOSITE[mine.predicate])


def _gather(
    makers: Iterable[EntityId], background: Background, utterances: Iterable[Utterance]
) -> tuple[Measured, ...]:
    """By speaker, in the order of first reports; a firm and its own page are one."""
    names: dict[str, tuple[str, EntityId | None]] = {}
    found: dict[str, list[ClaimId]] = {}
    for one in utterances:
        teller = find_teller(one, background) or _find_publishing(one, makers, background)
        key = f"entity {teller}" if teller else one.voice
        names.setdefault(key, (one.voice, teller))
        found.setdefault(key, []).append(one.id)
    return tuple(Measured(*names[key], tuple(claims)) for key, claims in found.items())


def _find_publishing(one: Utterance, makers: Iterable[EntityId], background: Background) -> EntityId | None:
    """The maker that says it on a page of its own."""
    if one.speaker or not is_own_page(one):
        return None
    return next((maker for maker in sorted(makers) if publishes(one, maker, background)), None)
