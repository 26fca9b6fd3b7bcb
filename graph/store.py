"""The port to where the graph lives: the `GraphStore` protocol, its questions and answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from graph.list_store import EntityCount, ListStore
from graph.proposition_store import PropositionStore
from graph.records import (
    Article,
    ArticleId,
    Claim,
    ClaimId,
    ClaimType,
    Copy,
    Entity,
    EntityId,
    Extraction,
    Judgement,
    Mention,
    Modality,
    Polarity,
    Rereading,
    Source,
    SourceId,
    Status,
    Tie,
)

# Facets are counted over the newest matches only: a common word has hundreds of thousands.
FACET_DEPTH = 10_000
# Ranked are so many of the newest matches, for the same reason.
RANK_DEPTH = 5_000
# In so many days the fit of a claim's words halves.
HALF_LIFE_DAYS = 90


class Facet(StrEnum):
    """What search results are counted by."""

    TYPE = "type"
    MODALITY = "modality"
    POLARITY = "polarity"
    LANG = "lang"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """Which claims are asked for; every condition given must hold.

    words     each must occur in the sentence (as a word, in Japanese as a substring)
    phrases   exact runs of words
    without   none of these words may occur
    about     entities that must take part as subject, object or benchmark
    speakers  entities that must be in the chain of speakers
    named     of each group one must take part or speak
    measures  what its number measures: any of these
    statuses  of its matter: any of these
    readers   what found them, by name, whatever the version: any of these
    sources   ids of sources, any of them; not_sources: none of them
    since     reported at or after; until: reported before
    misread   those that people judged misread are left out; True: only those; None: either
    weak      False: weak readings (grades.py) are left out; True: only those; None: either
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    about: tuple[EntityId, ...] = ()
    speakers: tuple[EntityId, ...] = ()
    types: tuple[ClaimType, ...] = ()
    modalities: tuple[Modality, ...] = ()
    polarities: tuple[Polarity, ...] = ()
    langs: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    named: tuple[tuple[EntityId, ...], ...] = ()
    measures: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    sources: tuple[SourceId, ...] = ()
    not_sources: tuple[SourceId, ...] = ()
    article: ArticleId | None = None
    since: datetime | None = None
    until: datetime | None = None
    misread: bool | None = False
    weak: bool | None = None


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """One page of claims, newest report first.

    next      cursor of the page after, to be given as `after`; None at the end
    previous  cursor of the page before, to be given as `before`; None where this is known to be the first
    """

    claims: tuple[Claim, ...]
    next: str | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A claim and how well its words fit those asked for, 0 to 1, halved for each 90 days of its age."""

    claim: ClaimId
    fit: float


@dataclass(frozen=True, slots=True)
class Added:
    """How many records were new; the same input again adds none."""

    articles: int = 0
    claims: int = 0
    entities: int = 0

    def __add__(self, other: "Added") -> "Added":
        return Added(self.articles + other.articles, self.claims + other.claims, self.entities + other.entities)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the store holds; `latest` is the newest report, None in an empty store."""

    sources: int
    articles: int
    entities: int
    claims: int
    latest: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """What one Cypher query may use: seconds of wall time, rows returned, megabytes of memory.

    abandoned  whether nobody waits for the answer any more; asked again and again while the query runs
    """

    seconds: float = 5.0
    rows: int = 1000
    memory_mb: int = 512
    abandoned: Callable[[], bool] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a Cypher query; nodes and relationships are mappings of their properties.

    truncated  there were more rows than the limit
    ms         wall time in the engine
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool = False
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class EntityMentions:
    """An entity and the number of articles that name it."""

    entity: Entity
    articles: int


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source, how many articles of it there are, and when its newest was published."""

    source: Source
    articles: int
    latest: datetime


class GraphStore(PropositionStore, ListStore, Protocol):
    """A place that keeps extractions and answers questions in records. Every method may raise StoreError.

    The batch getters return what is there and leave out what is not; order follows the ids asked for.
    Answers follow the judgements: claims, mentions and ties name the entities that theirs stand for.
    """

    def add(self, extractions: Iterable[Extraction]) -> Added:
        """Stores each extraction whole or not at all; what is there already stays as it is.

        Entities known already keep their curated fields and gain new aliases. Commits in batches;
        an extraction is durable when the iterator has moved two batches past it, all are on return.
        """
        ...

    def replace(self, extraction: Extraction, rereading: Rereading | None = None) -> None:
        """Puts what an article's text is read as now in the place of the mentions and claims stored of it.

        All in one transaction. Claims that are the same stay as they are. What was derived from those that are gone
        or changed is taken away, and what is left of it queued. A claim that takes another one's place (heirs.py) is
        named in its stead by judgements; one without an heir is gone, and judgements go on to name it.
        NotFound when the article is not there.
        rereading  is kept in the place of what was kept of an earlier one
        """
        ...

    def list_rereadings(self, articles: Sequence[ArticleId]) -> tuple[Rereading, ...]:
        """The last rereading of each of these articles that was ever read again."""
        ...

    def iter_rereadings(self) -> Iterator[Rereading]:
        """Every rereading, in the order of the articles."""
        ...

    def add_rereadings(self, rereadings: Iterable[Rereading]) -> None:
        """Keeps rereadings in the place of those kept; of articles that are not there none."""
        ...

    def list_heirs(self, claims: Sequence[ClaimId] | None = None) -> Mapping[ClaimId, ClaimId]:
        """Which claims took the place of these, or of all that are gone; those without an heir are left out.

        Asked for, an id that a matter had leads to the claim that it was made of, or to the heir of that.
        """
        ...

    def add_heirs(self, heirs: Mapping[ClaimId, ClaimId]) -> None:
        """Notes that claims, which are there, took the place of others."""
        ...

    def add_entities(self, entities: Iterable[Entity], ties: Iterable[Tie] = (), *, kept: bool = False) -> Added:
        """Stores curated entities, replacing their earlier curated fields, and ties, in place of all that have the same
        source, whatever their days, and are not given beside them.

        One that is not curated is stored as an extraction would bring it.
        kept  another store kept the ties: none is replaced
        """
        ...

    def judge(self, judgement: Judgement, *, kept: bool = False) -> bool:
        """Appends a judgement, unless it is there; whether it is new. Every answer follows it (resolve.py).

        JudgementRefused when it contradicts one that counts, NotFound when it names what is not there (judging.py).
        kept  another store kept it, which may have outlived claims that it names
        """
        ...

    def list_judgements(self, entity: EntityId | None = None) -> tuple[Judgement, ...]:
        """All judgements in the order they were made, or those about an entity or about one that stands for it.

        A judgement that takes another one back is about the same entities.
        """
        ...

    def add_copies(self, copies: Iterable[Copy]) -> int:
        """Stores which articles repeat others; how many were new or changed.

        Of two articles the last one given holds, whichever way it leads. Articles that are not there are left out.
        """
        ...

    def list_copies(self, articles: Sequence[ArticleId]) -> tuple[Copy, ...]:
        """The copies at either end of which one of the articles stands, by the ids of article and original."""
        ...

    def iter_copies(self) -> Iterator[Copy]:
        """Every copy, in the order of the articles."""
        ...

    def iter_entities(self) -> Iterator[Entity]:
        """Every entity in the order met, judgements set aside; curated ones with the aliases of their tables only."""
        ...

    def iter_ties(self) -> Iterator[Tie]:
        """Every tie as it was added."""
        ...

    def iter_extractions(self) -> Iterator[Extraction]:
        """Every article, oldest first, with its mentions, its claims in the order of the text, the entities they name.

        All as they were added, judgements set aside: what another store is to be given.
        """
        ...

    def get_extractions(self, ids: Sequence[ArticleId]) -> tuple[Extraction, ...]:
        """These articles as `iter_extractions` gives them: judgements set aside."""
        ...

    def get_claims(self, ids: Sequence[ClaimId]) -> tuple[Claim, ...]: ...

    def get_entities(self, ids: Sequence[EntityId], *, as_added: bool = False) -> tuple[Entity, ...]:
        """The entities; for an id that was merged, the one that it stands for. `as_added` sets judgements aside."""
        ...

    def get_articles(self, ids: Sequence[ArticleId]) -> tuple[Article, ...]: ...

    def get_sources(self, ids: Sequence[SourceId]) -> tuple[Source, ...]: ...

    def find_entities(self, text: str, limit: int = 10) -> tuple[Entity, ...]:
        """Entities one of whose spellings is `text` once folded; failing that, starts with it. Most named first."""
        ...

    def find_spelled(self, spellings: Sequence[str]) -> Mapping[str, Entity]:
        """Of each of these folded spellings that somebody has, who has it; of several the one most claims are about."""
        ...

    def complete_names(self, beginning: str, limit: int = 10) -> tuple[Entity, ...]:
        """Entities that claims are about and one of whose spellings begins so, once folded; most claims first."""
        ...

    def list_spellings(self, shortest: int, longest: int) -> tuple[str, ...]:
        """The folded spellings that long of entities that claims are about, in order."""
        ...

    def rank_claims(self, query: ClaimQuery, now: datetime, limit: int = 200) -> tuple[Ranked, ...]:
        """Of the newest 5,000 that match those whose words fit best, best first.

        QueryError when no word is asked for.
        """
        ...

    def find_claims(
        self, query: ClaimQuery, limit: int = 20, after: str | None = None, before: str | None = None
    ) -> ClaimPage:
        """One page of claims, newest report first: those that follow `after`, or the last ones that precede `before`.

        QueryError when a cursor is not one of ours.
        """
        ...

    def pick_claims(self, query: ClaimQuery, claims: Sequence[ClaimId]) -> frozenset[ClaimId]:
        """Those of the claims that are asked for, however many others are."""
        ...

    def count_claims(self, query: ClaimQuery, facet: Facet, limit: int = 20) -> Mapping[str, int]:
        """Claims by value of the facet, most first; counted over the newest 10,000 that match."""
        ...

    def count_days(self, query: ClaimQuery) -> Mapping[date, int]:
        """Claims by the day (UTC) of their report, oldest first; counted over the newest 10,000 that match."""
        ...

    def count_reports(self, moments: Sequence[datetime]) -> tuple[int, ...]:
        """How many claims that are neither weak nor judged misread were reported from each of these moments, whole
        seconds that grow, to the next one."""
        ...

    def list_entities(self, since: datetime | None = None, limit: int = 20) -> tuple[EntityCount, ...]:
        """The entities most claims are about (reported at or after `since`), most first; only those with a claim."""
        ...

    def list_new_names(self, at_least: int = 1, limit: int = 20) -> tuple[EntityMentions, ...]:
        """The entities that no curated table has and so many articles name, most first."""
        ...

    def list_ties(self, entity: EntityId) -> tuple[Tie, ...]:
        """The background ties at either end of which the entity stands."""
        ...

    def list_articles(self, entity: EntityId | None = None, limit: int = 20) -> tuple[Article, ...]:
        """Articles, or those that mention the entity, newest first; their texts are left empty."""
        ...

    def list_fetched(self, since: datetime, limit: int = 1000) -> tuple[Article, ...]:
        """Articles fetched at or after a moment, last fetched first; their texts are left empty."""
        ...

    def list_versions(self, article: ArticleId) -> tuple[Article, ...]:
        """The texts seen at the article's address, oldest version first; their texts are left empty."""
        ...

    def list_sources(self, limit: int = 1000) -> tuple[SourceCount, ...]:
        """The sources that have an article, most articles first."""
        ...

    def list_mentions(self, article: ArticleId) -> tuple[Mention, ...]:
        """The mentions in an article, as its extraction had them."""
        ...

    def count(self) -> Counts: ...

    def get_state(self) -> str:
        """A text that is another one after every change of what is stored, for who keeps what was made from it."""
        ...

    def cypher(
        self, query: str, parameters: Mapping[str, object] | None = None, limits: QueryLimits = QueryLimits()
    ) -> Table:
        """Answers a read-only Cypher query. QueryError when it is refused, fails or hits a limit."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
