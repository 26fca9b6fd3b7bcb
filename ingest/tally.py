"""What a run did, as it grows."""

import time
from dataclasses import replace
from datetime import datetime

from graph.records import Failure, RunSummary
from ingest.copies.comparing import Compared
from ingest.fetching import ArticleSaved
from ingest.polling import FeedRead, FeedUnchanged
from ingest.stages import FeedFailed, FeedsDue, FetchEvent, RuleFailed
from ingest.storing import BatchStored, KeptBare, SetAside, StoreEvent


class Tally:
    """The summary of the run that begins now. In a dry run new entries count as new articles."""

    def __init__(self, now: datetime, *, dry_run: bool) -> None:
        self._begun = time.monotonic()
        self._dry_run = dry_run
        self._summary = RunSummary(now, 0.0)
        self._failures: list[Failure] = []

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self._begun

    def finish(self) -> RunSummary:
        """What was counted until now."""
        return replace(self._summary, seconds=round(self.seconds, 3), failures=tuple(self._failures))

    def add_fetched(self, event: FetchEvent) -> None:
        match event:
            case FeedsDue(number):
                self._count(feeds_due=number)
            case FeedRead(fresh=fresh):
                self._count(feeds_read=1, articles_new=len(fresh) if self._dry_run else 0)
            case FeedUnchanged():
                self._count(feeds_unchanged=1)
            case FeedFailed(failure):
                self._failures.append(failure)
                self._count(feeds_failed=1)
            case RuleFailed(failure):
                self._failures.append(failure)
            case Failure():
                self._failures.append(event)
                self._count(articles_failed=1)
            case ArticleSaved(article, known) if not known:
                self._count(**{"articles_new" if article.version == 1 else "articles_changed": 1})

    def add_stored(self, event: StoreEvent) -> None:
        match event:
            case BatchStored(claims=claims):
                self._count(claims_new=claims)
            case SetAside(articles):
                self._count(articles_aside=articles)
            case KeptBare(articles):
                self._count(articles_bare=articles)
            case Failure():
                self._failures.append(event)

    def add_compared(self, event: Compared) -> None:
        self._count(copies_new=event.copies)

    def _count(self, **more: int) -> None:
        sums = {name: getattr(self._summary, name) + number for name, number in more.items()}
        self._summary = replace(self._summary, **sums)
