"""What a reader is shown: the answers to questions, as records that pages, API and command line share.

`to_json` gives the JSON form of every view.
"""

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum

from graph.computed import Computation
from graph.grades import Grade
from graph.ids import format_time
from graph.parties import PartyFound
from graph.readers import HAND, name_reader
from graph.records import (
    ArticleId,
    ArticleKind,
    Barrier,
    ClaimId,
    ClaimType,
    CopyKind,
    Cue,
    EntityId,
    EntityType,
    Event,
    FeedState,
    Fix,
    Health,
    JudgementId,
    JudgementKind,
    Misreading,
    Modality,
    ModelUse,
    PartialDate,
    Polarity,
    Predicate,
    PropositionId,
    Quantity,
    Relation,
    RunSummary,
    Section,
    Share,
    Source,
    Status,
    WatchCounts,
)
from graph.store import Counts
from graph.versions import Aspect


@dataclass(frozen=True, slots=True)
class EntityRef:
    """Enough of an entity to name it and link to it."""

    id: EntityId
    name: str
    name_ja: str | None
    type: EntityType


@dataclass(frozen=True, slots=True)
class PartyView:
    """A party by name; `entity` is None when the sentence only describes it."""

    name: str
    entity: EntityRef | None


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """One step of the ladder of speakers; depth 0 is nearest the article's own voice."""

    party: PartyView
    depth: int
    cue: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article without its text."""

    id: ArticleId
    url: str
    title: str
    lang: str
    published_at: datetime
    version: int
    kind: ArticleKind
    excerpt: bool
    source: Source
    barrier: Barrier | None = None


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with the names of its parties and the article it stands in."""

    id: ClaimId
    type: ClaimType
    predicate: Predicate
    text: str
    lang: str
    span: tuple[int, int]
    subject: PartyView
    object: PartyView | None
    benchmark: PartyView | None
    quantity: Quantity | None
    claimants: tuple[SpeakerView, ...]
    modality: Modality
    polarity: Polarity
    date: PartialDate | None
    reported_at: datetime
    cues: tuple[Cue, ...]
    reader: str
    score: float | None
    refuted: str
    misread: str
    grade: Grade
    article: ArticleRef

    @property
    def is_by_hand(self) -> bool:
        """Whether a person put it in the place of a misread claim."""
        return name_reader(self.reader) == name_reader(HAND)

    @property
    def voice(self) -> str:
        """The name of the one it comes from; in an article's own voice, its source's."""
        return self.claimants[-1].party.name if self.claimants else self.article.source.name


@dataclass(frozen=True, slots=True)
class Saying:
    """What one voice says in a matter, the first time that it says it so firmly.

    who     whom it comes from; None when an article says it in its own voice
    outlet  who published it
    domain  where; no domain of a file of one's own
    """

    claim: ClaimId
    who: PartyView | None
    outlet: str
    modality: Modality
    at: datetime
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Rival:
    """Another number for the same, which cannot hold beside the matter's own."""

    quantity: Quantity
    saying: Saying


@dataclass(frozen=True, slots=True)
class Gist:
    """A matter as far as a headline needs it: its parties, and who says what of them.

    text, lang  a sentence of it: what a model can do is told nowhere else
    says        who affirms it, oldest first; denies: who says that it is not so
    makers      who makes the subject, as far as is known
    rivals      empty unless they were asked for
    is_reversed whether somebody says that the other is ahead, on the same ground
    """

    type: ClaimType
    predicate: Predicate
    subject: PartyView
    object: PartyView | None
    benchmark: PartyView | None
    quantity: Quantity | None
    text: str
    lang: str
    says: tuple[Saying, ...]
    denies: tuple[Saying, ...]
    events: tuple[Event, ...]
    makers: tuple[EntityId, ...] = ()
    rivals: tuple[Rival, ...] = ()
    is_reversed: bool = False


@dataclass(frozen=True, slots=True)
class PropositionRef:
    """Enough of a proposition to name it, link to it and say what became of it.

    label     its parties and predicate, without who says it: data, never shown alone
    status    None when it was not so yet by the day asked for
    articles  that hold it by now, origins whom it comes from
    gist      what its headline is made of; None when its claims are gone since it was read
    """

    id: PropositionId
    label: str
    label_ja: str
    status: Status | None
    articles: int
    origins: int
    gist: Gist | None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value one can narrow by and how many claims would stay; `query` is the search text that does it."""

    value: str
    label: str
    claims: int
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SearchView:
    """A page of search results, with the cursors of the pages after and before it."""

    query: str
    claims: tuple[ClaimView, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    next: str | None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class JudgementView:
    """A judgement with the names of its entities; `counts` until it is taken back.

    undone  of an undo, what it takes back: a judgement, or the undo of one, which then counts again
    """

    id: JudgementId
    kind: JudgementKind
    entities: tuple[EntityRef, ...]
    aliases: tuple[str, ...]
    claims: tuple[ClaimId, ...]
    articles: tuple[ArticleId, ...]
    who: str
    when: datetime
    why: str
    undoes: JudgementId | None
    counts: bool
    reason: Misreading | None
    should: tuple[Fix, ...]
    undone: "JudgementView | None" = None


@dataclass(frozen=True, slots=True)
class HandView:
    """The other side of a correction, the claim misread or the one by hand, and the judgement that says so."""

    claim: ClaimView
    judgement: JudgementView


@dataclass(frozen=True, slots=True)
class ClaimDetail:
    """A claim in its paragraph: the article's words before and after it, who says the same and who denies it.

    same         each sentence of an article once; likewise those below
    asked        those of them that only ask
    matter       what it is about, with others; None until it is grouped
    computations what its sentence, and tables, let one compute
    parties      how each of its parties was found
    in_place_of  of a claim by hand: what was misread there
    by_hand      what people put in the place of this one
    gone_since   the first later version of its page that has its sentence no more; None where it stands
    """

    claim: ClaimView
    before: str
    after: str
    same: tuple[ClaimView, ...]
    asked: tuple[ClaimView, ...]
    opposite: tuple[ClaimView, ...]
    matter: PropositionRef | None = None
    computations: tuple[Computation, ...] = ()
    parties: tuple[PartyFound, ...] = ()
    in_place_of: HandView | None = None
    by_hand: HandView | None = None
    gone_since: ArticleRef | None = None


@dataclass(frozen=True, slots=True)
class TieView:
    """A background tie read from this entity's side; `outward` when this entity is its subject."""

    relation: Relation
    other: EntityRef
    outward: bool
    source: str


@dataclass(frozen=True, slots=True)
class EntityCountView:
    """An entity and how many claims are about it."""

    entity: EntityRef
    claims: int


@dataclass(frozen=True, slots=True)
class NamingView:
    """A sentence that names an entity, and where it stands."""

    sentence: str
    article: ArticleRef


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A name that no curated table has: how many articles have it, and how the newest of them use it."""

    entity: EntityRef
    articles: int
    examples: tuple[NamingView, ...]


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """How many claims put an entity ahead of another, level with it, or behind it."""

    other: EntityRef
    better: int
    equal: int
    worse: int


@dataclass(frozen=True, slots=True)
class MeasureView:
    """Claims with a number for one measure of an entity, in one unit, newest report first.

    of  the other party, where the number counts something of it: chips of a kind, a score on a benchmark
    """

    measure: str
    type: ClaimType
    unit: str
    of: PartyView | None
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class EntityDetail:
    """Everything on one entity: its names, what is said about it, what it says, whom it is compared with, its figures
    side by side, its ties, where it is named, and what was judged of it, newest first.

    days  claims about it by day of report, oldest first, over the newest 10,000
    """

    id: EntityId
    name: str
    name_ja: str | None
    type: EntityType
    aliases: tuple[str, ...]
    wikidata: str | None
    curated: bool
    types: dict[str, int]
    about: tuple[ClaimView, ...]
    about_next: str | None
    about_previous: str | None
    says: tuple[ClaimView, ...]
    says_next: str | None
    says_previous: str | None
    compared: tuple[ComparisonView, ...]
    figures: tuple[MeasureView, ...]
    days: dict[date, int]
    ties: tuple[TieView, ...]
    articles: tuple[ArticleRef, ...]
    judgements: tuple[JudgementView, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyView:
    """The other end of a copy: what the article copies (`is_original`), or what copies it. Score as in Copy."""

    article: ArticleRef
    kind: CopyKind
    score: float
    is_original: bool


@dataclass(frozen=True, slots=True)
class ClaimChangeView:
    """A claim as the earlier version puts it and as this one does; `aspects` says in what they differ."""

    before: ClaimView
    after: ClaimView
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """What a version changed in the claims of the one before it; `kept` counts those that both make alike."""

    since: ArticleRef
    dropped: tuple[ClaimView, ...]
    new: tuple[ClaimView, ...]
    changed: tuple[ClaimChangeView, ...]
    kept: int


@dataclass(frozen=True, slots=True)
class HeirView:
    """A claim that is gone since its article was read again, and the one that took its place."""

    before: ClaimView
    after: ClaimView


@dataclass(frozen=True, slots=True)
class RereadingView:
    """What the last rereading of an article changed in its claims.

    before  the readers whose claims were there; after: those whose claims are there since
    came    claims that speak of what none spoke of before; went: those that nothing took the place of
    heirs   claims that are read otherwise
    stayed  ids of claims that are as they were
    """

    at: datetime
    before: tuple[str, ...]
    after: tuple[str, ...]
    came: tuple[ClaimView, ...]
    went: tuple[ClaimView, ...]
    heirs: tuple[HeirView, ...]
    stayed: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """An article with its text and its claims in the order of the text.

    copies  the same story elsewhere, oldest first
    sections  of a text that tells several stories
    versions  of the page, oldest first, this one among them
    change    what this version changed; None for the first
    rereading what the last rereading changed; None where it was read once
    computations what its sentences let one compute, in its order, also those that make no claim
    """

    article: ArticleRef
    text: str
    authors: tuple[str, ...]
    fetched_at: datetime
    claims: tuple[ClaimView, ...]
    copies: tuple[CopyView, ...] = ()
    sections: tuple[Section, ...] = ()
    versions: tuple[ArticleRef, ...] = ()
    change: VersionView | None = None
    rereading: RereadingView | None = None
    computations: tuple[Computation, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceDetail:
    """Who publishes, with the claims it printed, newest first."""

    source: Source
    claims: tuple[ClaimView, ...]
    next: str | None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class SourceCountView:
    """A source, how many articles of it there are, and when its newest was published."""

    source: Source
    articles: int
    latest: datetime


@dataclass(frozen=True, slots=True)
class RiseView:
    """An entity, the claims about it on a day, and those on the day before."""

    entity: EntityRef
    claims: int
    before: int


@dataclass(frozen=True, slots=True)
class MovedView:
    """What a day of reports brought, beside the day before it.

    since    where the day begins: 24 hours ago, or before the newest report when nothing came since
    is_last  the day is not the one that ends now
    """

    since: datetime
    is_last: bool
    claims: int
    claims_before: int
    denials: int
    entities: tuple[RiseView, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """What is new, what is contested, what moved since yesterday, who is talked about; `moved` is None when empty."""

    counts: Counts
    newest: tuple[ClaimView, ...]
    contested: tuple[ClaimView, ...]
    moved: MovedView | None
    entities: tuple[EntityCountView, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """What links two entities: claims that name both, newest first, and ties, read from `start`."""

    start: EntityRef
    end: EntityRef
    claims: tuple[ClaimView, ...]
    ties: tuple[TieView, ...]


@dataclass(frozen=True, slots=True)
class PathsView:
    """Ways from one entity to another, shortest first; `complete` when all that could make one was looked at."""

    start: EntityRef
    end: EntityRef
    paths: tuple[tuple[StepView, ...], ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class CommunityView:
    """Entities that are named together, most named first, and how often two of them are named by one claim.

    size  how many belong to it; `entities` may be fewer
    """

    size: int
    links: int
    entities: tuple[EntityCountView, ...]


@dataclass(frozen=True, slots=True)
class CommunitiesView:
    """Communities, most links first, in so many claims; `complete` when these are all that match."""

    claims: int
    complete: bool
    communities: tuple[CommunityView, ...]


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A day, month or year: how many claims, whom they are about and whom they come from, most first."""

    period: str
    claims: int
    about: tuple[EntityCountView, ...]
    says: tuple[EntityCountView, ...]


@dataclass(frozen=True, slots=True)
class ActivityView:
    """Periods, newest first, of so many claims; `complete` when these are all that match."""

    claims: int
    complete: bool
    periods: tuple[PeriodView, ...]


@dataclass(frozen=True, slots=True)
class StatusView:
    """What the store holds and how the feeds do; `last_run` is None before the first run.

    aside     how many articles are kept and not stored, for they are not about AI
    bare      how many are so, for they hold no claim
    crashed   how many are so, for three runs ended on each of them
    barriers  how many articles could be had in part only, by what kept us from their pages
    health    how the week went; None without an archive
    model     what language models were asked; None where none ever was
    judged    by reader, how many of its claims people judged, and how many of them were read rightly
    watches   what is watched and sent, and how that goes; None without an archive
    """

    counts: Counts
    feeds: tuple[FeedState, ...] = ()
    last_run: RunSummary | None = None
    pending: int = 0
    health: Health | None = None
    barriers: dict[Barrier, int] = field(default_factory=dict)
    aside: int = 0
    model: ModelUse | None = None
    judged: tuple[Share, ...] = ()
    watches: WatchCounts | None = None
    crashed: int = 0
    bare: int = 0


def to_json(view: object) -> object:
    """The view as dicts, lists, strings and numbers: enums by value, times in UTC with `Z`, spans as two numbers."""
    if is_dataclass(view) and not isinstance(view, type):
        return {one.name: to_json(getattr(view, one.name)) for one in fields(view)}
    if isinstance(view, date) and not isinstance(view, datetime):
        return view.isoformat()
    if isinstance(view, dict):
        return {str(key): to_json(value) for key, value in view.items()}
    if isinstance(view, (tuple, list)):
        return [to_json(value) for value in view]
    if isinstance(view, Enum):
        return view.value
    if isinstance(view, datetime):
        return format_time(view)
    return view
