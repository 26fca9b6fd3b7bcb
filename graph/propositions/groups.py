"""The record of a group: claims that speak of one proposition."""

from dataclasses import dataclass

from graph.propositions.amounts import Amount
from graph.propositions.signatures import Signature, Tense
from graph.propositions.windows import Window
from graph.records import ArticleId, ClaimType, Link, Predicate, PropositionId


@dataclass(frozen=True, slots=True)
class Voice:
    """One affirmation or denial, as far as contradictions ask: where, by whom, with which limits, of when.

    origin  who says it, folded; empty when the article does
    named   whether that is somebody whom the sentence names
    day     when it was reported, as ordinal (datetime.date)
    text    the sentence
    amount  its own number, where it gives one
    printed the article as it was printed, where `article` stands for all versions of its page
    """

    article: ArticleId
    origin: str
    scope: frozenset[str]
    window: Window | None
    day: int
    text: str
    amount: Amount | None
    tense: Tense
    named: bool
    printed: ArticleId


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that speak of one proposition.

    id         from its earliest claim: it lasts while claims are added that were reported later
    links      its claims, oldest report first, weak ones after the others
    part_of    more general ones of the same call
    signature  what it says: that of most of its claims, as all below without the weak ones
    affirmed   somebody says that it is so; otherwise it is only denied
    voices     who affirms it and with which limits, the first reported first, no more than 20
    against    who denies it, likewise
    """

    id: PropositionId
    matter: str
    links: tuple[Link, ...]
    type: ClaimType
    predicate: Predicate
    label_en: str
    label_ja: str
    signature: Signature
    affirmed: bool
    voices: tuple[Voice, ...] = ()
    against: tuple[Voice, ...] = ()
    part_of: tuple[PropositionId, ...] = ()
