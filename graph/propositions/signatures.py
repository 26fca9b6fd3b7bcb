"""What of a claim decides its proposition: claims of one signature are in one group, whoever says them and how."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from graph.background import Background
from graph.propositions.amounts import Amount, make_amount
from graph.propositions.currencies import sharpen
from graph.propositions.descriptors import fold_descriptor, is_bare, is_open
from graph.propositions.families import (
    BROUGHT,
    DAYS_OF_ONE_AFFAIR,
    DAYS_OF_ONE_MOVE,
    EXCHANGED,
    MEASURES,
    Family,
    Slot,
    find_family,
)
from graph.propositions.scopes import CACHED, DEATHS, PARTS, SORTS, find_scope
from graph.propositions.windows import Window, make_window
from graph.propositions.words import find_topic, is_planned
from graph.records import MADE, Claim, ClaimType, Comparator, Modality, Party, Polarity, Predicate, Quantity

# A key that is readable in a store; longer ones are cut, which can only make a matter larger.
_LONGEST_PARTY = 60
# A mishap has its day, and a break-in; to copy, to conceal and to infringe have none.
_OF_A_DAY = frozenset({Predicate.CAUSED_HARM, Predicate.EXFILTRATED_DATA_FROM})
# An accusation is reported within so many days of being made.
_SAID_BEFORE = 7
_NOBODY = "-"
_FACELESS = "~"
_ALL = (100.0, "%")
# A score on MMLU is a score of it, whether the sentence makes that its object or its ground.
_LISTED = frozenset({Predicate.SCORES, Predicate.RANKS})


class Tense(StrEnum):
    """Whether something is, or will be; OPEN when the sentence leaves that to others (denials, talks)."""

    NOW = "now"
    LATER = "later"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Signature:
    """The fields of a claim that decide, sides in one order.

    subject, object, benchmark  entity id, or the folded descriptor; empty when there is none
    measure                     what the number measures; empty without one
    window                      the days its date allows
    day                         the day it was reported, where claims without a date join those of that time; else 0
    topic                       words that say what is said, where parties do not
    scope                       words that limit it: "final run", "on math"
    """

    family: Family
    predicate: Predicate
    subject: str
    object: str
    benchmark: str
    measure: str
    amount: Amount | None
    tense: Tense
    window: Window | None
    day: int
    topic: frozenset[str]
    scope: frozenset[str]


class Placeable(Protocol):
    """What of a claim decides its matter."""

    @property
    def type(self) -> ClaimType: ...
    @property
    def predicate(self) -> Predicate: ...
    @property
    def measure(self) -> str: ...
    @property
    def subject(self) -> Party: ...
    @property
    def object(self) -> Party | None: ...


def find_matter(claim: Placeable, background: Background) -> str:
    """The key inside which all is decided about a claim.

    Two claims that could be in one proposition, contradict each other, or be general and special, have one key.
    """
    family = _find_family(claim)
    keys = [_root_key(_take(claim, slot), background) for slot in family.matter]
    if keys == [_NOBODY]:
        keys = [_root_key(claim.subject, background)]
    if family.faceless and not is_named(keys[0]):
        # Whoever it was is told in many words: all of them, of one victim.
        victim = _root_key(claim.object, background)
        keys = [_FACELESS, victim] if is_named(victim) else [_FACELESS]
    if len(keys) > 1:
        keys.sort()
    return f"{family.group or family.name}:{'|'.join(keys)}"


def make_signature(claim: Claim, background: Background) -> Signature:
    """The signature of a claim."""
    family = _find_family(claim)
    subject = _make_key(claim.subject, background, Slot.SUBJECT in family.rooted)
    other = _make_key(claim.object, background, Slot.OBJECT in family.rooted)
    predicate = claim.predicate
    brought = predicate in BROUGHT and not other and _is_thing(claim.subject, background)
    if brought:
        other = _make_key(claim.subject, background, False)
    benchmark = _make_key(claim.benchmark, background, False)
    if predicate in _LISTED:
        other = other or benchmark
    if predicate in EXCHANGED and other:
        subject, other, predicate = other, subject, Predicate.OUTPERFORMS
    if family.pair and other < subject and other:
        subject, other = other, subject
    window = _find_window(claim, family)
    return Signature(
        family=family,
        predicate=predicate,
        subject=subject,
        object=other,
        benchmark=_find_places(claim) if predicate in _LISTED else benchmark,
        measure=_find_measure(claim.quantity) if _is_of_what_is_said(claim) else "",
        amount=_find_amount(claim),
        tense=_find_tense(claim, family),
        window=window,
        day=claim.reported_at.toordinal() if family.gap is not None and window is None else 0,
        topic=find_topic(claim) if _is_worded(claim, family) and not brought else frozenset(),
        scope=_find_limits(claim, family),
    )


def make_party_key(party: Party | None, background: Background) -> str:
    """A party by who stands behind it, or by its folded words; empty when there is none, or words that tell nothing."""
    return _make_key(party, background, True)


def is_named(key: str) -> bool:
    """Whether the key of a party is an entity's, not that of words which name nobody, nor empty."""
    return bool(key) and not key.startswith("~") and key != _NOBODY


def order_signatures(signatures: Iterable[Signature]) -> list[Signature]:
    """In one order, whatever order they came in: dated before undated, numbers before none, of one number the most
    exact, then by content."""
    return sorted(signatures, key=order_key)


def order_key(signature: Signature) -> tuple[object, ...]:
    """What signatures are ordered by: two of one key are equal."""
    amount, window = signature.amount, signature.window
    return (
        signature.family.name,
        signature.predicate,
        signature.subject,
        signature.object,
        signature.benchmark,
        signature.measure,
        (window.first, window.last) if window else (math.inf, math.inf),
        signature.day,
        (amount.stated, amount.high - amount.low, amount.low, amount.unit) if amount else (math.inf, 0.0, 0.0, ""),
        signature.tense,
        sorted(signature.topic),
        sorted(signature.scope),
    )


def _take(claim: Placeable, slot: Slot) -> Party | None:
    return claim.subject if slot is Slot.SUBJECT else claim.object


def _make_key(party: Party | None, background: Background, rooted: bool) -> str:
    if party is None:
        return ""
    if party.entity is None:
        key = fold_descriptor(party.name)
        return "" if is_open(key) else key
    return background.find_root(party.entity) if rooted else party.entity


def _root_key(party: Party | None, background: Background) -> str:
    return (_make_key(party, background, True) or _NOBODY)[:_LONGEST_PARTY]


def _find_measure(quantity: Quantity | None) -> str:
    if quantity is None:
        return ""
    return MEASURES.get(quantity.measure, quantity.measure)


def _find_amount(claim: Claim) -> Amount | None:
    """Its number; that all of a firm is bought says no more than that it is bought."""
    quantity = claim.quantity if _is_of_what_is_said(claim) else None
    if quantity is None or (claim.predicate is Predicate.ACQUIRED and (quantity.value, quantity.unit) == _ALL):
        return None
    amount = make_amount(quantity)
    # What is told as about so much is no exacter for being converted.
    return sharpen(amount, claim.text) if quantity.comparator is Comparator.EQUAL else amount


def _is_of_what_is_said(claim: Claim) -> bool:
    """Whether its number is; of a release only how much will come, not what it costs or how large it is."""
    if claim.predicate is not Predicate.RELEASED:
        return True
    return claim.modality is Modality.PREDICTED and claim.measure == "capacity"


def _find_places(claim: Claim) -> str:
    """First in 51 countries is not first at home."""
    return "many places" if claim.predicate is Predicate.RANKS and "many places" in find_scope(claim) else ""


def _find_window(claim: Claim, family: Family) -> Window | None:
    """The days its date allows; when an accusation was made, or an affair denied, is not the day of the deed. What
    comes again within weeks needs the day of a denial to tell which is denied."""
    window = make_window(claim.date)
    if window is None:
        return None
    recent, denied = _is_just_before(window, claim.reported_at.toordinal()), claim.polarity is Polarity.DENIED
    if not family.faceless:
        return None if denied and recent and family.gap == DAYS_OF_ONE_AFFAIR else window
    return None if denied or (recent and claim.predicate not in _OF_A_DAY) else window


def _is_just_before(window: Window, day: int) -> bool:
    """Whether it is a single day of the week before the report: then it is that of the saying."""
    return window.first == window.last and 0 <= day - window.first <= _SAID_BEFORE


def _find_limits(claim: Claim, family: Family) -> frozenset[str]:
    """What limits the number; "a day" and "in early trading" beside a deed are said of something else. Without a number
    "in all" and "the final run" are said of another one."""
    if not family.numbered or (family.aside and not claim.quantity) or not _is_of_what_is_said(claim):
        return frozenset()
    found = find_scope(claim)
    if claim.predicate is not Predicate.CAUSED_HARM:
        found -= DEATHS
    if claim.predicate is not Predicate.COSTS:
        found -= CACHED
    if family.faceless:
        return found & SORTS
    return found if claim.quantity or family.relative else found - PARTS


def _is_thing(party: Party, background: Background) -> bool:
    return party.entity is not None and background.find_type(party.entity) in MADE


def _find_family(claim: Placeable) -> Family:
    return find_family(claim.predicate, claim.type, claim.measure)


def _is_worded(claim: Claim, family: Family) -> bool:
    other = claim.object
    unnamed = other is None or (other.entity is None and is_bare(other.name))
    thin = unnamed and claim.benchmark is None and claim.quantity is None
    dated_move = family.gap == DAYS_OF_ONE_MOVE and claim.date is not None
    if family.always:  # a number tells what two sentences have in common better than their words
        return claim.quantity is None
    return family.worded and thin and not dated_move


def _find_tense(claim: Claim, family: Family) -> Tense:
    if not family.tense:
        return Tense.NOW
    if claim.modality is not Modality.ASSERTED and is_planned(claim.text):
        return Tense.LATER
    if claim.polarity is Polarity.DENIED or claim.modality in (Modality.REPORTED, Modality.QUESTIONED):
        return Tense.OPEN
    return Tense.LATER if claim.modality is Modality.PREDICTED else Tense.NOW
