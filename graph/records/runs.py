"""What failed, how feeds do, and what a run did."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from graph.records.publishing import Barrier, Feed


class Stage(StrEnum):
    """Where in the flow an item failed."""

    FETCH = "fetch"
    FEED = "feed"
    ARTICLE = "article"
    EXTRACT = "extract"
    STORE = "store"
    DELIVER = "deliver"


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
class FeedState:
    """A feed and how reading it goes.

    last_read     when it last answered with a document or with "unchanged"
    next_due      when the next run will read it
    failures      failed attempts since it last answered
    last_failure  why the latest attempt failed; None when it did not
    failing_since when the first of these attempts was made; None when the latest succeeded
    given_up      why it is not read any more: gone, failing, moved (its new address is a feed of its own); empty: it is
    unreadable    how many of its pages failed in the last run, where none could be read then; else 0
    """

    feed: Feed
    last_read: datetime | None = None
    next_due: datetime | None = None
    entries: int = 0
    failures: int = 0
    last_failure: Failure | None = None
    failing_since: datetime | None = None
    given_up: str = ""
    unreadable: int = 0

    @property
    def fails(self) -> bool:
        """Whether its document or all of its pages could not be had."""
        return self.last_failure is not None or self.unreadable > 0


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What one ingestion run did; `failures` names every item that failed.

    articles_aside  those found not to be about AI, which are kept and not stored
    articles_bare   those found to hold no claim, where such are kept and not stored
    """

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
    copies_new: int = 0
    articles_aside: int = 0
    articles_bare: int = 0


@dataclass(frozen=True, slots=True)
class SilentFeed:
    """A feed that answers and has given nothing new for much longer than it used to.

    since  its newest entry
    usual  seconds from one entry to the next that nine in ten of the latest stayed under
    """

    feed: Feed
    since: datetime
    usual: float


@dataclass(frozen=True, slots=True)
class Total:
    """A number that only grows, over all runs ever, such as failures by reason; `label` is the reason there."""

    name: str
    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Health:
    """How ingestion has done of late (HEALTH_DAYS in ingest/health.py).

    runs         how many there were
    lag, slow    seconds from an article's publication to its claims in the graph: half of them, and nine in ten, took
                 no longer; None when there was none
    failures     how many items failed, by reason, most first
    """

    runs: int
    lag: float | None
    slow: float | None
    failures: tuple[tuple[str, int], ...]
    silent: tuple[SilentFeed, ...]
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the archive holds and how ingestion does, as a run found it at its end.

    aside       how many articles are kept and not stored, for they are not about AI
    bare        how many are so, for they hold no claim
    barriers    how many articles could be had in part only, by what kept us from their pages, most first
    unreadable  how many pages of a feed could not be read in that run, by its address, where none could be
    """

    health: Health
    aside: int
    bare: int
    barriers: tuple[tuple[Barrier, int], ...]
    unreadable: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many claims of a `type`, a `lang` or a `reader` were looked at again, and how many stood."""

    kind: str
    name: str
    asked: int
    stood: int


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What language models were asked, and what it cost (docs/language-model.md).

    models       their names, the one asked last first
    spent_today  tokens asked and answered on this day in UTC; `budget` is how many it may be, 0 without an endpoint
    requests     that were answered, and paid for; `reused`: that were answered before, and cost nothing
    asked        tokens sent, of all days; `answered`: tokens that came back
    articles     that they have read
    waiting      how many articles another reader read, since they could not, by reason; they are taken up again
    refused      claims of replies that may not stand, by reason; `failed`: questions without an answer, by reason
    audited      what became of claims that were looked at a second time
    """

    models: tuple[str, ...]
    spent_today: int
    budget: int
    requests: int
    reused: int
    asked: int
    answered: int
    articles: int
    waiting: tuple[tuple[str, int], ...]
    refused: tuple[tuple[str, int], ...]
    failed: tuple[tuple[str, int], ...]
    audited: tuple[Share, ...] = ()
