"""Predicates that say the same thing of the same parties, and what tells their propositions apart."""

from dataclasses import dataclass
from enum import StrEnum

from graph.records import ClaimType, Predicate


class Slot(StrEnum):
    """The parties that a matter is keyed by."""

    SUBJECT = "subject"
    OBJECT = "object"


@dataclass(frozen=True, slots=True, eq=False)  # the ones below and no others: each equals only itself
class Family:
    """How claims of some predicates are grouped.

    matter    parties whose roots key the matter
    rooted    parties that count as whoever makes or owns them: for an accusation a company and its products are one
    pair      the sides may be exchanged: A matches B is B matches A
    gap       days apart from which on two dates are two events; None when it happens but once
    tense     what is and what will be are two propositions
    worded    without an object parties do not tell what is said: the words of the sentence do
    always    they do not tell it with an object either; a number does
    numbered  the number is what is said
    aside     the number is said of the act, and is a matter beside it: the price of a deal
    once      what happens but once: two dates are two versions of it, one of them wrong
    relative  a claim without a number compares, "a fraction of", and is not the one with a number
    told      which object is meant may be told by another sentence of the same text
    faceless  who did it is often not named, and described in many ways: then whom it was done to keys the matter
    answered  who denies it without saying what denies what others say
    group     the name of the family beside whose claims its own are decided; empty when there is none
    """

    name: str
    matter: tuple[Slot, ...] = (Slot.SUBJECT,)
    rooted: tuple[Slot, ...] = ()
    pair: bool = False
    gap: int | None = None
    tense: bool = False
    worded: bool = False
    always: bool = False
    numbered: bool = False
    aside: bool = False
    once: bool = False
    relative: bool = False
    told: bool = False
    faceless: bool = False
    answered: bool = False
    group: str = ""


# Claims without a date join the event that is spoken of at that time (docs/model.md, How claims are grouped).
DAYS_OF_ONE_EVENT = 30
# Accusations, inquiries and lawsuits are spoken of for long; two of one kind between the same two in a year are rare.
DAYS_OF_ONE_AFFAIR = 365
# Shares move every day: a day's move is told on that day and the next.
DAYS_OF_ONE_MOVE = 3

_BOTH = (Slot.SUBJECT, Slot.OBJECT)
# "It was fined", "it is being sued": who did it is often left out, whom it was done to is not; those who join or
# leave a firm are described in many ways.
_DONE_TO = (Slot.OBJECT,)
_EVENT, _AFFAIR, _MOVE = DAYS_OF_ONE_EVENT, DAYS_OF_ONE_AFFAIR, DAYS_OF_ONE_MOVE

_TOOK = Family("took", rooted=_BOTH, gap=_AFFAIR, worded=True, numbered=True, faceless=True, told=True)
_AHEAD = Family("ahead", _BOTH, worded=True, numbered=True, tense=True)
_CAN = Family("can", worded=True, always=True, numbered=True, tense=True)
_STANCE = {
    predicate: Family(predicate.value, _BOTH, gap=_EVENT, worded=True)
    for predicate in (Predicate.SUPPORTS, Predicate.CRITICIZES, Predicate.FEARS, Predicate.DISPUTES, Predicate.DOUBTS)
}

FAMILIES: dict[Predicate, Family] = {
    Predicate.TOOK_TECHNOLOGY_FROM: _TOOK,
    Predicate.DISTILLED_FROM: _TOOK,
    Predicate.EXFILTRATED_DATA_FROM: _TOOK,
    Predicate.INFRINGED: Family("infringed", rooted=_BOTH, gap=_AFFAIR, numbered=True, faceless=True),
    Predicate.MISLED: Family("misled", rooted=_BOTH, gap=_AFFAIR, worded=True, numbered=True, faceless=True),
    Predicate.EVADED_CONTROLS: Family("evaded", rooted=(Slot.SUBJECT,), gap=_AFFAIR, faceless=True),
    Predicate.CAUSED_HARM: Family("harmed", rooted=_BOTH, gap=_AFFAIR, worded=True, numbered=True, faceless=True),
    Predicate.OUTPERFORMS: _AHEAD,
    Predicate.UNDERPERFORMS: _AHEAD,
    Predicate.MATCHES: Family("matches", _BOTH, pair=True, numbered=True, tense=True),
    Predicate.SCORES: Family("scores", numbered=True),
    Predicate.RANKS: Family("ranks", rooted=(Slot.SUBJECT,), gap=_EVENT, numbered=True, tense=True),
    Predicate.COSTS: Family("costs", answered=True, worded=True, numbered=True, tense=True, relative=True),
    Predicate.TRAINED_ON: Family("trained on", numbered=True, told=True),
    Predicate.RUNS_ON: Family("runs on", group="trained on", numbered=True, tense=True),
    Predicate.OWNS_HARDWARE: Family("owns hardware", worded=True, numbered=True, tense=True, told=True),
    Predicate.TRAINED_WITH: Family("trained with", group="trained on", worded=True, numbered=True),
    Predicate.HAS_SIZE: Family("size", numbered=True),
    Predicate.RELEASED: Family("released", rooted=(Slot.SUBJECT,), worded=True, numbered=True, tense=True, once=True),
    Predicate.ANNOUNCED: Family("announced", rooted=(Slot.SUBJECT,), worded=True),
    Predicate.UPDATED: Family("updated", rooted=(Slot.SUBJECT,), gap=_EVENT, worded=True, tense=True),
    Predicate.OPEN_SOURCED: Family("open-sourced", rooted=(Slot.SUBJECT,), tense=True),
    Predicate.WITHDREW: Family("withdrew", rooted=(Slot.SUBJECT,), gap=_EVENT, tense=True),
    Predicate.BASED_ON: Family("based on", worded=True),
    Predicate.CAN: _CAN,
    Predicate.CANNOT: _CAN,
    Predicate.CENSORS: Family("censors", tense=True),
    Predicate.STOCK_MOVED: Family("stock", gap=_MOVE, worded=True, numbered=True, tense=True),
    Predicate.LOST_VALUE: Family("lost value", gap=_MOVE, numbered=True, tense=True),
    Predicate.VALUED_AT: Family("valued", gap=_EVENT, numbered=True, tense=True),
    Predicate.EARNED: Family("earned", gap=_EVENT, numbered=True, tense=True),
    Predicate.HAS_USERS: Family("users", gap=_EVENT, numbered=True, tense=True),
    Predicate.LEADS: Family("leads", worded=True, tense=True),
    Predicate.INVESTED_IN: Family("invested", _BOTH, gap=_AFFAIR, numbered=True, tense=True),
    Predicate.ACQUIRED: Family("acquired", _DONE_TO, gap=_AFFAIR, numbered=True, aside=True, tense=True),
    Predicate.PARTNERED_WITH: Family("partnered", _BOTH, pair=True, gap=_AFFAIR, tense=True),
    Predicate.SUPPLIES: Family("supplies", _BOTH, gap=_AFFAIR, numbered=True, tense=True),
    Predicate.OWNS: Family("owns", _BOTH, numbered=True, tense=True),
    Predicate.RAISED: Family("raised", gap=_EVENT, numbered=True, tense=True),
    Predicate.WORKS_FOR: Family("works for", tense=True),
    Predicate.FOUNDED: Family("founded", (Slot.OBJECT,), once=True),
    Predicate.JOINED: Family("joined", _DONE_TO, gap=_AFFAIR, numbered=True, tense=True),
    Predicate.LEFT: Family("left", _DONE_TO, gap=_AFFAIR, numbered=True, tense=True),
    Predicate.SUED: Family("sued", _DONE_TO, gap=_AFFAIR, numbered=True, tense=True),
    Predicate.INVESTIGATES: Family("investigates", _DONE_TO, gap=_AFFAIR, worded=True),
    Predicate.REGULATES: Family("regulates", gap=_EVENT, worded=True, tense=True),
    Predicate.RESTRICTS: Family("restricts", _BOTH, gap=_AFFAIR, worded=True, tense=True),
    Predicate.BANNED: Family("banned", _DONE_TO, gap=_AFFAIR, tense=True),
    Predicate.FINED: Family("fined", _DONE_TO, gap=_AFFAIR, numbered=True, tense=True),
    Predicate.RULED_FOR: Family("ruled for", _BOTH, gap=_EVENT, tense=True),
    Predicate.RULED_AGAINST: Family("ruled against", _BOTH, gap=_EVENT, tense=True),
    **_STANCE,
}
"""The family of each predicate; `leads` of people is HEADS."""

HEADS = Family("heads", (Slot.OBJECT,), tense=True)
"""Who leads an organisation: only one can, so the matter is the organisation's."""

BROUGHT = frozenset({Predicate.RELEASED, Predicate.ANNOUNCED, Predicate.OPEN_SOURCED, Predicate.WITHDREW})
"""Said of a thing without its maker, "R1 was released", they are said of whoever made it."""

EXCHANGED = frozenset({Predicate.UNDERPERFORMS})
"""Said from the other side: A underperforms B is B outperforms A."""

ACTS: dict[Predicate, str] = {Predicate.EXFILTRATED_DATA_FROM: "drew off"}
"""Predicates of a family that tell of an act of its own: who drew off data has not yet trained a model on it."""

OF_MANY = frozenset({Predicate.JOINED, Predicate.LEFT, Predicate.OWNS})
"""What several do with one firm, each for himself: two stakes of one size are of two owners."""

MEASURES: dict[str, str] = {
    "training_cost": "training_cost",
    "development_cost": "training_cost",
    "valuation": "valuation",
    "market_cap": "market_cap",
    "accuracy": "score",
}
"""Measures that are one; another stands for itself."""


CHANGING = frozenset({"price", "price_change", "spending"})
"""Measures of a cost that change with time; what training cost does not."""

_PRICES = Family(
    "prices", answered=True, group="costs", gap=_EVENT, worded=True, numbered=True, tense=True, relative=True
)


def find_family(predicate: Predicate, kind: ClaimType, measure: str = "") -> Family:
    """How claims of the predicate are grouped."""
    if predicate is Predicate.LEADS and kind is ClaimType.PEOPLE:
        return HEADS
    return _PRICES if predicate is Predicate.COSTS and measure in CHANGING else FAMILIES[predicate]
