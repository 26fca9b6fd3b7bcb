"""Statements that articles make or pass on, and all that one article holds."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from graph.records.naming import Entity, EntityId, Mention
from graph.records.predicates import ClaimType, Predicate
from graph.records.publishing import Article, ArticleId

ClaimId = NewType("ClaimId", str)
PartialDate = NewType("PartialDate", str)
"""A day as far as it is known: `2025`, `2025-Q2`, `2025-01` or `2025-01-27`."""


class Modality(StrEnum):
    """How firmly a sentence puts a claim, firmest first."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    ALLEGED = "alleged"
    SPECULATED = "speculated"
    PREDICTED = "predicted"
    QUESTIONED = "questioned"


class Polarity(StrEnum):
    AFFIRMED = "affirmed"
    DENIED = "denied"


class Comparator(StrEnum):
    EQUAL = "="
    ABOUT = "~"
    OVER = ">"
    UNDER = "<"
    AT_LEAST = ">="
    AT_MOST = "<="
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody or something a claim is about or comes from.

    name    canonical name, or the sentence's own words when it names nobody ("people familiar with the matter")
    entity  None when it is such a descriptor
    """

    name: str
    entity: EntityId | None = None


@dataclass(frozen=True, slots=True)
class Claimant:
    """One speaker in a claim's chain.

    cue      the words that credit the speaker ("told", によると)
    speaker  the person who spoke for an organisation (a spokesperson, a lawyer)
    """

    party: Party
    cue: str = ""
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, normalised.

    measure     what is measured (`training_cost`, `stock_change`, `chips`, …); empty when unnamed
    value       in base units: 560万ドル is 5600000 with unit USD, 17 % is 17 with unit %
    high        upper end when the comparator is RANGE, else None
    text        as written
    """

    measure: str
    value: float
    unit: str
    comparator: Comparator = Comparator.EQUAL
    high: float | None = None
    text: str = ""


class CueKind(StrEnum):
    MODALITY = "modality"
    POLARITY = "polarity"
    ATTRIBUTION = "attribution"
    TRIGGER = "trigger"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of the article that made a claim what it is, so that a page can show why."""

    kind: CueKind
    span: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement that an article makes or passes on.

    id          hash of article, span and content: the same text always gives the same id
    span        (start, end) of the sentence in characters of Article.text, end exclusive
    text        Article.text[start:end], to the letter
    claimants   who says it, outermost first; the last is the origin; empty in the article's own voice
    modality    how firmly the sentence puts it, never more firmly
    polarity    denied when the claimant says that it is not so
    benchmark   what a comparison was made on, when the sentence names it
    date        when it happened, as far as the text fixes it; not the day it was said
    reported_at when it was published: with its article, or with the later version of the page that it stands in
    cues        the words behind type, modality, polarity and attribution
    reader      name and version of what found it: `rules 1`
    score       probability that it is right, 0 to 1; None for those found before there was one
    refuted     why a second look did not find it in its sentence; empty when none objected
    misread     why a person judged that the sentence does not say so; empty when nobody did
    """

    id: ClaimId
    article_id: ArticleId
    span: tuple[int, int]
    text: str
    lang: str
    type: ClaimType
    predicate: Predicate
    subject: Party
    object: Party | None
    quantity: Quantity | None
    benchmark: Party | None
    claimants: tuple[Claimant, ...]
    modality: Modality
    polarity: Polarity
    date: PartialDate | None
    reported_at: datetime
    cues: tuple[Cue, ...] = ()
    reader: str = ""
    score: float | None = None
    refuted: str = ""
    misread: str = ""

    @property
    def parties(self) -> tuple[Party, ...]:
        """Everybody in it: subject, object, benchmark, then the speakers."""
        named = (self.subject, self.object, self.benchmark, *(claimant.party for claimant in self.claimants))
        return tuple(party for party in named if party)

    @property
    def named(self) -> tuple[EntityId, ...]:
        """The entities among them, each once."""
        return tuple(dict.fromkeys(party.entity for party in self.parties if party.entity))

    @property
    def about(self) -> tuple[EntityId, ...]:
        """The same without the speakers."""
        sides = (self.subject, self.object, self.benchmark)
        return tuple(dict.fromkeys(party.entity for party in sides if party and party.entity))

    @property
    def measure(self) -> str:
        """What its number measures; empty when it has none."""
        return self.quantity.measure if self.quantity else ""

    @property
    def origin(self) -> Claimant | None:
        """The one the claim comes from; None when the article says it in its own voice."""
        return self.claimants[-1] if self.claimants else None


@dataclass(frozen=True, slots=True)
class Heir:
    """A claim that took the place of one that is gone since its article was read again (graph/rulings/heirs.py)."""

    gone: ClaimId
    claim: ClaimId


@dataclass(frozen=True, slots=True)
class Rereading:
    """The last time that an article was read again, and what was there before.

    before  the readers of the claims that were there; after: of those that were there then
    came    ids of the claims that were not there before, heirs among them
    gone    claims as they were that were there no more; those that have no heir (graph/rulings/heirs.py) went
    """

    article_id: ArticleId
    at: datetime
    before: tuple[str, ...]
    after: tuple[str, ...]
    came: tuple[ClaimId, ...]
    gone: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one article version: what the store takes in one piece."""

    article: Article
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def named(self) -> tuple[EntityId, ...]:
        """The entities that its mentions and claims name, each once, in that order."""
        named = [mention.entity for mention in self.mentions]
        return tuple(dict.fromkeys((*named, *(id for claim in self.claims for id in claim.named))))
