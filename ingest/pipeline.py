"""The stages in order: due feeds → entries → pages → articles → (extraction and graph, injected) → summary."""

import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain, islice, starmap
from typing import Protocol
from urllib.parse import quote

from graph.errors import ClaimGraphError, ConfigError, FetchError, ParseError, StoreError
from graph.records import Article, ArticleId, Entry, Extraction, Failure, Feed, RunSummary, Stage
from ingest.addresses import find_host
from ingest.archive import Archive, HandedOut, Validators, Wanted, Watched
from ingest.archive.entries import MOST_ATTEMPTS
from ingest.article import read_excerpt
from ingest.barriers import BY_REASON
from ingest.comparing import Compared, Relate, compare_articles
from ingest.health import make_health
from ingest.pages import Fetched, NotModified, choose_longer, fetch_page, make_article, make_version, plan_check
from ingest.polling import FeedEvent, FeedRead, FeedUnchanged, Fetch, make_failure, read_feeds
from ingest.robots import Robots
from ingest.sandbox import Sandbox
from ingest.scrapers import Scraper
from ingest.turns import Stop, run_in_turn

Extract = Callable[[Iterable[Article]], Iterator[Extraction | Failure]]
"""Articles in, what was found in each out, in any order; a Failure's subject is the article's id."""
IsWanted = Callable[[Article], bool]
"""Whether an article is for the graph at all."""
Store = Callable[[Sequence[Extraction]], int]
"""Commits a batch to the graph; gives the number of claims that it did not have."""

# One commit in the graph for so many articles: SQLite commits 230 times a second, extraction takes longer by far.
BATCH = 16
# A feed's own text is an article of its own when it says this much; less is a teaser.
SHORTEST_EXCERPT = 200
# Reasons that another run may not meet again.
_PASSING = frozenset({"timeout", "dns", "connect", "reset", "tls", "truncated", "network", "http_408", "http_429"})


class Progress(Protocol):
    """What a progress bar needs: `feeds`, `articles` or `claims`, and how far it is."""

    def __call__(self, phase: str, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class ArticleSaved:
    """An article is in the archive. `known`: it was before, to the letter."""

    article: Article
    known: bool


@dataclass(frozen=True, slots=True)
class BatchStored:
    """A batch is in the graph."""

    articles: int
    claims: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """So many articles are not for the graph; the archive keeps them."""

    articles: int


PageEvent = ArticleSaved | Failure


def _go_on() -> bool:
    return False


def _keep_quiet(phase: str, done: int, total: int) -> None:
    pass


async def ingest_run(
    archive: Archive,
    fetch: Fetch,
    extract: Extract,
    store: Store,
    now: datetime,
    *,
    relate: Relate | None = None,
    is_wanted: IsWanted | None = None,
    limit: int | None = None,
    only: str | None = None,
    since: datetime | None = None,
    dry_run: bool = False,
    scrapers: Callable[[], Sequence[Scraper]] = tuple,
    progress: Progress = _keep_quiet,
    stop: Stop = _go_on,
    sandbox: Sandbox | None = None,
) -> RunSummary:
    """What one run did: feeds due, pages of their new entries, claims of all pending articles.

    relate   commits who copies whom; without it nothing is compared
    is_wanted tells which articles are for the graph, the others are set aside; without it all are, and those before too
    limit    at most so many pages fetched and articles extracted; the rest waits for the next run
    only     address of the one feed to read, due or not (NotFound when it is not in the list)
    since    leaves entries published earlier for later
    dry_run  feeds are asked, nothing is kept: `articles_new` counts what would be fetched
    scrapers gives how to read the index pages among the feeds; not asked when no feed is due
    Raises StoreError when archive or graph cannot be used; what is not stored stays pending.
    """
    started = time.monotonic()
    polls = (archive.get_poll(only),) if only else archive.due_feeds(now)
    tally = _Tally(RunSummary(now, 0.0, feeds_due=len(polls)))
    with nullcontext(sandbox) if sandbox else Sandbox() as box:
        rules = scrapers() if polls else ()
        async for event in read_feeds(archive, fetch, box, polls, now, scrapers=rules, dry_run=dry_run, stop=stop):
            tally.add_feed_event(event, dry_run=dry_run)
            progress("feeds", tally.feeds_done, len(polls))
        if dry_run:
            return tally.finish(started)
        wanted = archive.list_wanted(since, only)[:limit]
        async for found in fetch_articles(archive, fetch, box, wanted, now, progress=progress, stop=stop):
            tally.add_page_event(found)
        if not only:
            due = archive.due_pages(now)[: None if limit is None else limit - len(wanted)]
            async for found in reread_articles(archive, fetch, box, due, now, stop=stop):
                tally.add_page_event(found)
    # Reading may have taken a while: what is stored now was not in the graph when the run began.
    moment = now + timedelta(seconds=time.monotonic() - started)
    for stored in store_articles(
        archive, extract, store, moment, is_wanted=is_wanted, limit=limit, progress=progress, stop=stop
    ):
        tally.add_stored(stored)
    for compared in compare_articles(archive, relate, stop) if relate else ():
        tally.add_compared(compared)
    summary = tally.finish(started)
    archive.record_run(summary)
    archive.keep_health(make_health(archive, archive.list_feeds(), moment))
    return summary


async def fetch_articles(
    archive: Archive,
    fetch: Fetch,
    sandbox: Sandbox,
    wanted: Sequence[Wanted],
    now: datetime,
    *,
    progress: Progress = _keep_quiet,
    stop: Stop = _go_on,
) -> AsyncIterator[PageEvent]:
    """The articles behind entries, saved as pending, and what failed; a failed page may give both."""
    robots = Robots(fetch, archive, now)
    taken: set[str] = set()

    async def read(one: Wanted) -> tuple[PageEvent, ...]:
        if not archive.is_wanted(one):
            return ()
        entry = archive.get_entry(one.number)
        # Two feeds that point to one page: the first fetches it.
        if entry.url and (entry.url in taken or (not one.changed and archive.has_article(entry.url))):
            archive.settle_entry(entry, one.attempts)
            return ()
        taken.add(entry.url)
        return await _read_entry(archive, fetch, sandbox, robots, entry, one.attempts, now)

    done = 0
    async for events in run_in_turn(wanted, lambda one: find_host(one.url), read, stop):
        done += 1
        progress("articles", done, len(wanted))
        for event in events:
            yield event


async def reread_articles(
    archive: Archive, fetch: Fetch, sandbox: Sandbox, due: Sequence[Watched], now: datetime, *, stop: Stop = _go_on
) -> AsyncIterator[PageEvent]:
    """The new versions of articles that were read a while ago, saved as pending, and what failed."""
    robots = Robots(fetch, archive, now)

    async def read(one: Watched) -> tuple[PageEvent, ...]:
        return await _reread(archive, fetch, sandbox, robots, one, now)

    async for events in run_in_turn(due, lambda one: find_host(one.asked), read, stop):
        for event in events:
            yield event


def store_articles(
    archive: Archive,
    extract: Extract,
    store: Store,
    now: datetime,
    *,
    is_wanted: IsWanted | None = None,
    limit: int | None = None,
    progress: Progress = _keep_quiet,
    stop: Stop = _go_on,
) -> Iterator[BatchStored | SetAside | Failure]:
    """What became of the pending articles: batches in the graph, those set aside, and failures.

    A missing model leaves them pending. Without `is_wanted`, what was set aside is pending again. What a run before
    died on is read last, each article by itself, and left alone when it has been the end of three.
    """
    if not is_wanted:
        archive.take_back()
    yield from starmap(_make_crash, archive.leave_crashed())
    waiting = archive.count_pending()
    total = waiting if limit is None else min(limit, waiting)
    if not total:
        return  # before the call that would load the language model
    suspects = archive.list_suspects()
    suspects = suspects[: max(0, total - (waiting - len(suspects)))]
    begun = time.monotonic()
    handed: dict[str, HandedOut] = {}
    aside: list[ArticleId] = []
    done = 0
    with _taking_in(archive, handed):
        for ids in chain([archive.list_pending(limit)], ((suspect,) for suspect in suspects)):
            results = extract(_hand_out(archive, ids, is_wanted, handed, aside, stop))
            while batch := _take_batch(results):
                yield from _put_aside(archive, aside)
                if isinstance(batch, Failure):
                    yield batch
                    return
                extractions, claims, refused = _commit(store, [item for item in batch if isinstance(item, Extraction)])
                moment = now + timedelta(seconds=time.monotonic() - begun)
                archive.mark_stored((item.article.id for item in extractions), moment)
                failures = [*refused, *(item for item in batch if isinstance(item, Failure))]
                archive.mark_failed(one for item in failures if (one := handed.pop(item.subject, None)))
                for item in extractions:
                    handed.pop(item.article.id, None)
                done += len(batch)
                progress("claims", done, total)
                yield BatchStored(len(extractions), claims)
                yield from failures
                if stop():
                    return
            yield from _put_aside(archive, aside)


def _make_crash(id: ArticleId, url: str) -> Failure:
    message = f"{url}: reading it ended {MOST_ATTEMPTS} runs; it is left alone, and its text is kept"
    return Failure(Stage.EXTRACT, id, "crashed", message)


@contextmanager
def _taking_in(archive: Archive, handed: Mapping[str, HandedOut]) -> Iterator[None]:
    """Nothing died on what is still out when the work ends in order; it stays suspect when that is a surprise."""
    try:
        yield
    except (ClaimGraphError, KeyboardInterrupt, GeneratorExit):
        with suppress(StoreError):  # where the archive is what failed, the first error is to be told
            archive.take_in(one.article.id for one in handed.values())
        raise
    archive.take_in(one.article.id for one in handed.values())


def _put_aside(archive: Archive, ids: list[ArticleId]) -> Iterator[SetAside]:
    """Notes the articles, if there are any, and empties the list."""
    if ids:
        archive.set_aside(ids)
        yield SetAside(len(ids))
        ids.clear()


def _commit(store: Store, batch: list[Extraction]) -> tuple[list[Extraction], int, list[Failure]]:
    """What of a batch the graph now has, the number of new claims, and what it refused without holding up the rest."""
    refused: list[Failure] = []
    while batch:
        try:
            return batch, store(batch), refused
        except StoreError as error:
            if error.reason != "refused":
                raise
            refused.append(make_failure(error, Stage.STORE, error.subject))
            batch = [item for item in batch if item.article.id != error.subject]
    return [], 0, refused


async def _read_entry(
    archive: Archive, fetch: Fetch, sandbox: Sandbox, robots: Robots, entry: Entry, attempts: int, now: datetime
) -> tuple[PageEvent, ...]:
    """The page's article; when the page fails, the failure and the feed's own text if that is worth it."""
    feed = _find_feed(archive, entry)
    failure: Failure | None = None
    found: Fetched | None = None
    if entry.url:
        try:
            await robots.check(entry.url)
            found = await fetch_page(fetch, sandbox, entry.url, now)
        except (FetchError, ParseError) as error:
            failure = make_failure(error, _stage_of(error), entry.url)
            if error.reason == "host_down":  # not asked, so it costs none of its attempts
                return (failure,)
    if found and not found.page.barrier:
        saved = _save(archive, make_article(found.page, found.url, now, feed=feed, entry=entry), entry)
        archive.watch_page(saved.article, entry.url, found.validators, plan_check(saved.article, 0, now))
        return (saved,)
    barrier = found.page.barrier if found else BY_REASON.get(failure.reason) if failure else None
    address = found.url if found else entry.url or f"{entry.feed_url}#{quote(entry.key, safe='')}"
    page = found.page if found else None
    try:
        page = choose_longer(page, await sandbox.arun(read_excerpt, entry.html, entry.title, address))
    except ParseError as error:
        if not page and not failure:
            failure = make_failure(error, Stage.ARTICLE, address)
    # What a page keeps from us is no failure as long as the feed or the page's beginning says something.
    if page and (barrier or not failure or len(page.text) - len(page.title) >= SHORTEST_EXCERPT):
        article = make_article(page, address, now, feed=feed, entry=entry, excerpt=True)
        saved = _save(archive, replace(article, barrier=barrier), entry)
        if not failure or barrier:
            return (saved,)
        if _may_pass(failure.reason):
            archive.watch_page(saved.article, entry.url, Validators(), plan_check(saved.article, 0, now))
        return (saved, failure)
    archive.settle_entry(entry, attempts, retry=failure is not None and _may_pass(failure.reason))
    return (failure,) if failure else ()


async def _reread(
    archive: Archive, fetch: Fetch, sandbox: Sandbox, robots: Robots, due: Watched, now: datetime
) -> tuple[PageEvent, ...]:
    """What a page that was read before says now: a new version, or nothing when it has not changed."""
    before = archive.get_latest(due.url)
    later = plan_check(before, due.checks + 1, now)
    try:
        await robots.check(due.asked)
        found = await fetch_page(fetch, sandbox, due.asked, now, due.validators)
    except NotModified:
        archive.note_check(due, due.validators, later)
        return ()
    except (FetchError, ParseError) as error:
        if error.reason != "host_down":
            archive.note_check(due, due.validators, later if _may_pass(error.reason) else None)
        return (make_failure(error, _stage_of(error), due.asked),)
    # What is kept says more than what lies behind a barrier. Noted last: who dies before asks again.
    events = () if found.page.barrier else (_save(archive, make_version(before, found.page, now)),)
    archive.note_check(due, found.validators, later)
    return events


def _save(archive: Archive, article: Article, entry: Entry | None = None) -> ArticleSaved:
    known = archive.is_known(article)
    return ArticleSaved(archive.save_article(article, entry), known)


def _find_feed(archive: Archive, entry: Entry) -> Feed:
    try:
        return archive.get_feed(entry.feed_url).feed
    except ClaimGraphError:
        return Feed(entry.feed_url)  # removed while the run was on


def _stage_of(error: FetchError | ParseError) -> Stage:
    """Where reading a page failed."""
    return Stage.FETCH if isinstance(error, FetchError) else Stage.ARTICLE


def _may_pass(reason: str) -> bool:
    return reason in _PASSING or reason.startswith("http_5")


def _hand_out(
    archive: Archive,
    ids: Sequence[ArticleId],
    is_wanted: IsWanted | None,
    handed: dict[str, HandedOut],
    aside: list[ArticleId],
    stop: Stop,
) -> Iterator[Article]:
    """Articles for extraction, remembered until their result is back; none any more once the run is to stop."""
    for start in range(0, len(ids), BATCH):
        if stop():
            return
        group = archive.hand_out(ids[start : start + BATCH])
        handed |= {one.article.id: one for one in group}
        for one in group:
            if stop():
                return
            if is_wanted and not is_wanted(one.article):
                aside.append(one.article.id)
                del handed[one.article.id]
                continue
            yield one.article


def _take_batch(results: Iterator[Extraction | Failure]) -> list[Extraction | Failure] | Failure:
    try:
        return list(islice(results, BATCH))
    except ConfigError as error:
        return make_failure(error, Stage.EXTRACT, error.subject or "language model")


@dataclass(slots=True)
class _Tally:
    """The summary as it grows."""

    summary: RunSummary
    failures: list[Failure] = field(default_factory=list)

    @property
    def feeds_done(self) -> int:
        return self.summary.feeds_read + self.summary.feeds_unchanged + self.summary.feeds_failed

    def add_feed_event(self, event: FeedEvent, *, dry_run: bool) -> None:
        so_far = self.summary
        match event:
            case FeedRead(fresh=fresh):
                new = so_far.articles_new + (len(fresh) if dry_run else 0)
                self.summary = replace(so_far, feeds_read=so_far.feeds_read + 1, articles_new=new)
            case FeedUnchanged():
                self.summary = replace(so_far, feeds_unchanged=so_far.feeds_unchanged + 1)
            case Failure():
                self.failures.append(event)
                self.summary = replace(so_far, feeds_failed=so_far.feeds_failed + 1)

    def add_page_event(self, event: PageEvent) -> None:
        so_far = self.summary
        if isinstance(event, Failure):
            self.failures.append(event)
            self.summary = replace(so_far, articles_failed=so_far.articles_failed + 1)
        elif event.article.version == 1 and not event.known:
            self.summary = replace(so_far, articles_new=so_far.articles_new + 1)
        elif not event.known:
            self.summary = replace(so_far, articles_changed=so_far.articles_changed + 1)

    def add_stored(self, event: BatchStored | SetAside | Failure) -> None:
        so_far = self.summary
        match event:
            case BatchStored(claims=claims):
                self.summary = replace(so_far, claims_new=so_far.claims_new + claims)
            case SetAside(articles=articles):
                self.summary = replace(so_far, articles_aside=so_far.articles_aside + articles)
            case Failure():
                self.failures.append(event)

    def add_compared(self, event: Compared) -> None:
        self.summary = replace(self.summary, copies_new=self.summary.copies_new + event.copies)

    def finish(self, started: float) -> RunSummary:
        return replace(self.summary, seconds=round(time.monotonic() - started, 3), failures=tuple(self.failures))
