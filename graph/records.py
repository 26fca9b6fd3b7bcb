"""The records that all packages speak, and their closed sets.

    Feed → Entry → Article → Mention, Claim → Graph → View

Records are frozen, hold no I/O and never fetch or save themselves. Times are aware and UTC.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

ArticleId = NewType("ArticleId", str)
ClaimId = NewType("ClaimId", str)
EntityId = NewType("EntityId", str)
JudgementId = NewType("JudgementId", str)
SourceId = NewType("SourceId", str)

PartialDate = NewType("PartialDate", str)
"""A day as far as it is known: `2025`, `2025-Q2`, `2025-01` or `2025-01-27`."""


class SourceKind(StrEnum):
    OUTLET = "outlet"
    WIRE = "wire"
    VENDOR = "vendor"
    BLOG = "blog"
    AGGREGATOR = "aggregator"
    GOVERNMENT = "government"


class ArticleKind(StrEnum):
    NEWS = "news"
    OPINION = "opinion"
    TRANSCRIPT = "transcript"
    PRESS_RELEASE = "press release"
    PAPER = "paper"


class EntityType(StrEnum):
    COMPANY = "company"
    PERSON = "person"
    MODEL = "model"
    BENCHMARK = "benchmark"
    HARDWARE = "hardware"
    PRODUCT = "product"
    PUBLICATION = "publication"
    INSTITUTION = "institution"
    DATASET = "dataset"
    PLACE = "place"
    LAW = "law"


class ClaimType(StrEnum):
    ALLEGATION = "allegation"
    BENCHMARK = "benchmark"
    COST = "cost"
    COMPUTE = "compute"
    RELEASE = "release"
    CAPABILITY = "capability"
    MARKET = "market"
    DEAL = "deal"
    PEOPLE = "people"
    LEGAL = "legal"
    STANCE = "stance"


class Predicate(StrEnum):
    TOOK_TECHNOLOGY_FROM = "took_technology_from"
    DISTILLED_FROM = "distilled_from"
    EXFILTRATED_DATA_FROM = "exfiltrated_data_from"
    INFRINGED = "infringed"
    MISLED = "misled"
    EVADED_CONTROLS = "evaded_controls"
    CAUSED_HARM = "caused_harm"
    OUTPERFORMS = "outperforms"
    MATCHES = "matches"
    UNDERPERFORMS = "underperforms"
    SCORES = "scores"
    RANKS = "ranks"
    COSTS = "costs"
    TRAINED_ON = "trained_on"
    RUNS_ON = "runs_on"
    OWNS_HARDWARE = "owns_hardware"
    TRAINED_WITH = "trained_with"
    HAS_SIZE = "has_size"
    RELEASED = "released"
    ANNOUNCED = "announced"
    UPDATED = "updated"
    OPEN_SOURCED = "open_sourced"
    WITHDREW = "withdrew"
    BASED_ON = "based_on"
    CAN = "can"
    CANNOT = "cannot"
    CENSORS = "censors"
    STOCK_MOVED = "stock_moved"
    LOST_VALUE = "lost_value"
    VALUED_AT = "valued_at"
    EARNED = "earned"
    HAS_USERS = "has_users"
    LEADS = "leads"
    INVESTED_IN = "invested_in"
    ACQUIRED = "acquired"
    PARTNERED_WITH = "partnered_with"
    SUPPLIES = "supplies"
    OWNS = "owns"
    RAISED = "raised"
    WORKS_FOR = "works_for"
    FOUNDED = "founded"
    JOINED = "joined"
    LEFT = "left"
    SUED = "sued"
    INVESTIGATES = "investigates"
    REGULATES = "regulates"
    RESTRICTS = "restricts"
    BANNED = "banned"
    FINED = "fined"
    RULED_FOR = "ruled_for"
    RULED_AGAINST = "ruled_against"
    DISPUTES = "disputes"
    DOUBTS = "doubts"
    SUPPORTS = "supports"
    CRITICIZES = "criticizes"
    FEARS = "fears"


PREDICATES: dict[ClaimType, tuple[Predicate, ...]] = {
    ClaimType.ALLEGATION: (
        Predicate.TOOK_TECHNOLOGY_FROM,
        Predicate.DISTILLED_FROM,
        Predicate.EXFILTRATED_DATA_FROM,
        Predicate.INFRINGED,
        Predicate.MISLED,
        Predicate.EVADED_CONTROLS,
        Predicate.CAUSED_HARM,
    ),
    ClaimType.BENCHMARK: (
        Predicate.OUTPERFORMS,
        Predicate.MATCHES,
        Predicate.UNDERPERFORMS,
        Predicate.SCORES,
        Predicate.RANKS,
    ),
    ClaimType.COST: (Predicate.COSTS,),
    ClaimType.COMPUTE: (
        Predicate.TRAINED_ON,
        Predicate.RUNS_ON,
        Predicate.OWNS_HARDWARE,
        Predicate.TRAINED_WITH,
        Predicate.HAS_SIZE,
    ),
    ClaimType.RELEASE: (
        Predicate.RELEASED,
        Predicate.ANNOUNCED,
        Predicate.UPDATED,
        Predicate.OPEN_SOURCED,
        Predicate.WITHDREW,
        Predicate.BASED_ON,
    ),
    ClaimType.CAPABILITY: (Predicate.CAN, Predicate.CANNOT, Predicate.CENSORS),
    ClaimType.MARKET: (
        Predicate.STOCK_MOVED,
        Predicate.LOST_VALUE,
        Predicate.VALUED_AT,
        Predicate.EARNED,
        Predicate.HAS_USERS,
        Predicate.LEADS,
    ),
    ClaimType.DEAL: (
        Predicate.INVESTED_IN,
        Predicate.ACQUIRED,
        Predicate.PARTNERED_WITH,
        Predicate.SUPPLIES,
        Predicate.OWNS,
        Predicate.RAISED,
    ),
    ClaimType.PEOPLE: (
        Predicate.WORKS_FOR,
        Predicate.LEADS,
        Predicate.FOUNDED,
        Predicate.JOINED,
        Predicate.LEFT,
    ),
    ClaimType.LEGAL: (
        Predicate.SUED,
        Predicate.INVESTIGATES,
        Predicate.REGULATES,
        Predicate.RESTRICTS,
        Predicate.BANNED,
        Predicate.FINED,
        Predicate.RULED_FOR,
        Predicate.RULED_AGAINST,
    ),
    ClaimType.STANCE: (
        Predicate.DISPUTES,
        Predicate.DOUBTS,
        Predicate.SUPPORTS,
        Predicate.CRITICIZES,
        Predicate.FEARS,
    ),
}
"""The predicates of each type. `leads` stands twice: a company leads the field, a person leads a company."""


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


class Relation(StrEnum):
    """A background tie between two entities."""

    MAKES = "MAKES"
    OWNS = "OWNS"
    INVESTED_IN = "INVESTED_IN"
    WORKS_FOR = "WORKS_FOR"
    COMPETES_WITH = "COMPETES_WITH"
    PARTNER_OF = "PARTNER_OF"
    PART_OF = "PART_OF"


class Stage(StrEnum):
    """Where in the flow an item failed."""

    FETCH = "fetch"
    FEED = "feed"
    ARTICLE = "article"
    EXTRACT = "extract"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class Failure:
    """One item that could not be processed; it travels in the stream beside the good ones.

    subject  the address, file or id it happened to
    reason   stable code in snake case, for counting and for programs (`http_503`, `not_a_feed`)
    message  for people: what happened and what to do
    """

    stage: Stage
    subject: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """Who publishes.

    domain       host name without `www.`; the key by which articles find their source
    reliability  0 to 1 as set by an operator; None when nobody has set it
    """

    id: SourceId
    name: str
    domain: str
    kind: SourceKind = SourceKind.OUTLET
    lang: str | None = None
    country: str | None = None
    reliability: float | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """An address to poll. Empty title and unknown language until it has been read once."""

    url: str
    title: str = ""
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed.

    key      the feed's own id for it, else its link, else a hash of its title and text
    url      the page it points to; empty when it points nowhere
    html     the body or summary that the feed itself carries
    """

    feed_url: str
    key: str
    url: str
    title: str
    html: str
    published_at: datetime | None
    authors: tuple[str, ...] = ()
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An entry's page as clean text. Its id names one version: same address and same text, same id.

    text     paragraphs separated by a newline; every offset in the graph counts its code points
    version  1 for the first text seen at the address, then 2, 3, …
    excerpt  true when only what the feed carried could be had, not the page itself
    """

    id: ArticleId
    url: str
    source: Source
    title: str
    text: str
    lang: str
    published_at: datetime
    fetched_at: datetime
    kind: ArticleKind = ArticleKind.NEWS
    version: int = 1
    authors: tuple[str, ...] = ()
    excerpt: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """What is named.

    name     canonical English name, or the name as first met when nobody has curated it
    aliases  further spellings in any language
    curated  it comes from the tables in data/, not from a text
    """

    id: EntityId
    name: str
    type: EntityType
    name_ja: str | None = None
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    curated: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """A background relation between two entities and where we have it from."""

    subject: EntityId
    relation: Relation
    object: EntityId
    source: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of an article that names an entity; (start, end) in code points, end exclusive."""

    entity: EntityId
    span: tuple[int, int]
    text: str


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
    cues        the words behind type, modality, polarity and attribution
    rule        the frame that found it
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
    rule: str = ""

    @property
    def parties(self) -> tuple[Party, ...]:
        """Everybody in it: subject, object, benchmark, then the speakers."""
        named = (self.subject, self.object, self.benchmark, *(claimant.party for claimant in self.claimants))
        return tuple(party for party in named if party)

    @property
    def origin(self) -> Claimant | None:
        """The one the claim comes from; None when the article says it in its own voice."""
        return self.claimants[-1] if self.claimants else None


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
        named += [party.entity for claim in self.claims for party in claim.parties if party.entity is not None]
        return tuple(dict.fromkeys(named))


class JudgementKind(StrEnum):
    """What somebody decided about who is who."""

    MERGE = "merge"
    SPLIT = "split"
    APART = "apart"
    ALIAS_ADDED = "alias_added"
    ALIAS_WITHDRAWN = "alias_withdrawn"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision about identity. Judgements are appended and never altered; an undo is one more (resolve.py).

    entities  merge: the one that stays, then those that stand for it from now on; split: the one left and the one
              that gains; apart: two that are not the same; alias: the one named
    aliases   alias added or withdrawn: the spellings; split: spellings that leave, with what was written so
    claims    split: claims whose parties leave
    articles  split: articles whose mentions and claims leave
    undoes    undo: the judgement taken back, which may be an undo
    """

    id: JudgementId
    kind: JudgementKind
    entities: tuple[EntityId, ...]
    who: str
    when: datetime
    why: str
    aliases: tuple[str, ...] = ()
    claims: tuple[ClaimId, ...] = ()
    articles: tuple[ArticleId, ...] = ()
    undoes: JudgementId | None = None


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed and how reading it goes.

    last_read     when it last answered with a document or with "unchanged"
    next_due      when the next run will read it
    failures      failed attempts since it last answered
    last_failure  why the latest attempt failed; None when it did not
    """

    feed: Feed
    last_read: datetime | None = None
    next_due: datetime | None = None
    entries: int = 0
    failures: int = 0
    last_failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What one ingestion run did; `failures` names every item that failed."""

    started_at: datetime
    seconds: float
    feeds_due: int = 0
    feeds_read: int = 0
    feeds_unchanged: int = 0
    feeds_failed: int = 0
    articles_new: int = 0
    articles_changed: int = 0
    articles_failed: int = 0
    claims_new: int = 0
    failures: tuple[Failure, ...] = field(default=())
