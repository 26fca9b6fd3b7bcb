"""One run: the stages in order, one after the other in this process."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import partial

from graph.errors import ConfigError
from graph.records import ArticleId, Failure, RunSummary, Stage
from ingest.archive import Archive
from ingest.copies.comparing import Relate, compare_articles
from ingest.health import make_snapshot
from ingest.network.fetch import Fetch
from ingest.polling import make_failure
from ingest.sandbox import Sandbox
from ingest.sources.scrapers import Scraper
from ingest.stages import DueBounds, Work, fetch_hosts, give_up, plan_fetching, plan_reading
from ingest.storing import (
    Extract,
    IsWanted,
    LeavesOut,
    ListWaiting,
    Store,
    StoreEvent,
    store_articles,
    store_everything,
)
from ingest.tally import Tally
from ingest.turns import Progress, Stop, go_on, keep_quiet


async def ingest_run(
    archive: Archive,
    fetch: Fetch,
    extract: Extract,
    store: Store,
    now: datetime,
    *,
    relate: Relate | None = None,
    is_wanted: IsWanted | None = None,
    leaves_out: LeavesOut | None = None,
    waiting: ListWaiting = tuple,
    limit: int | None = None,
    only: str | None = None,
    since: datetime | None = None,
    dry_run: bool = False,
    again: bool = False,
    scrapers: Callable[[], Sequence[Scraper | Failure]] = tuple,
    progress: Progress = keep_quiet,
    stop: Stop = go_on,
    sandbox: Sandbox | None = None,
) -> RunSummary:
    """What one run did: feeds due, pages of their new entries, claims of all pending articles.

    relate   commits who copies whom; without it nothing is compared
    is_wanted tells which articles are for the graph, the others are set aside; without it all are, and those before too
    leaves_out keeps articles in the archive alone by what was found in them; without it all go to the graph, and those
             that were kept so before too
    waiting  gives the articles that are to be read once more: they go to the graph, and their pages are asked on
    limit    at most so many pages fetched and articles extracted; the rest waits for the next run
    only     address of the one feed to read, due or not (NotFound when it is not in the list)
    since    leaves entries published earlier for later
    dry_run  feeds are asked, nothing is kept: `articles_new` counts what would be fetched
    again    what was left alone because runs died on it is read once more
    scrapers gives how to read the index pages among the feeds, or why one is not known; not asked when no feed is due
    Raises StoreError when archive or graph cannot be used; what is not stored stays pending.
    """
    tally = Tally(now, dry_run=dry_run)
    with nullcontext(sandbox) if sandbox else Sandbox() as box:
        async for event in fetch_hosts(
            archive,
            fetch,
            box,
            () if only else plan_fetching(archive, now),
            now,
            follow=True,
            bounds=DueBounds(only, since, limit=limit),
            dry_run=dry_run,
            scrapers=scrapers,
            progress=progress,
            stop=stop,
        ):
            tally.add_fetched(event)
    if dry_run:
        return tally.finish()
    if again:
        archive.take_crashed()
    if not is_wanted:
        archive.take_back()
    if not leaves_out:
        archive.take_bare()
    for crashed in give_up(archive):
        tally.add_stored(crashed)

    def read(ids: Sequence[ArticleId], report: Callable[[int], None]) -> Iterator[StoreEvent]:
        # Reading may have taken a while: what is stored now was not in the graph when the run began.
        moment = now + timedelta(seconds=tally.seconds)
        return store_articles(
            archive,
            extract,
            store,
            ids,
            moment,
            is_wanted=is_wanted,
            leaves_out=leaves_out or store_everything,
            waiting=waiting,
            report=report,
            stop=stop,
        )

    for stored in _store_all(plan_reading(archive), limit, read, progress, stop):
        tally.add_stored(stored)
    for compared in compare_articles(archive, relate, stop) if relate else ():
        tally.add_compared(compared)
    summary = tally.finish()
    archive.record_run(summary)
    archive.keep_snapshot(make_snapshot(archive, now + timedelta(seconds=tally.seconds)))
    return summary


def _store_all(
    work: Work,
    limit: int | None,
    read: Callable[[Sequence[ArticleId], Callable[[int], None]], Iterator[StoreEvent]],
    progress: Progress,
    stop: Stop,
) -> Iterator[StoreEvent]:
    """What became of all that waits; without a model all of it waits on, which is told once."""
    # In one stream, so that a reader that asks a server has as many questions out as it may, all the time.
    packs = list(work.pack(limit, size=len(work.fresh) or 1))
    total = sum(map(len, packs))
    before = 0
    for ids in packs:
        if stop():
            return
        try:
            yield from read(ids, partial(_report, progress, before, total))
        except ConfigError as error:
            yield make_failure(error, Stage.EXTRACT, error.subject or "language model")
            return
        before += len(ids)


def _report(progress: Progress, before: int, total: int, done: int) -> None:
    progress("claims", before + done, total)
