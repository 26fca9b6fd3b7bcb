"""Entries that want their page, and pages to be asked again → articles in the archive, and what failed."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from graph.errors import ClaimGraphError, FetchError, ParseError
from graph.records import Article, Entry, Failure, Feed, Stage
from ingest.archive import Archive, Validators, Wanted, Watched
from ingest.network.addresses import find_host, name_host
from ingest.network.fetch import Fetch
from ingest.network.gates import NOT_ASKED
from ingest.pages import (
    Fetched,
    NotModified,
    choose_longer,
    fetch_page,
    find_shared_name,
    make_article,
    make_version,
    plan_check,
)
from ingest.parsing.article import read_excerpt
from ingest.parsing.barriers import BY_REASON
from ingest.polling import make_failure
from ingest.robots import Robots
from ingest.sandbox import Sandbox
from ingest.turns import Progress, Stop, run_in_turn

# A feed's own text is an article of its own when it says this much; less is a teaser.
SHORTEST_EXCERPT = 200
# Reasons that another run may not meet again.
_PASSING = frozenset({"timeout", "dns", "connect", "reset", "tls", "truncated", "network", "http_408", "http_429"})


@dataclass(frozen=True, slots=True)
class ArticleSaved:
    """An article is in the archive. `known`: it was before, to the letter."""

    article: Article
    known: bool


PageEvent = ArticleSaved | Failure


async def fetch_articles(
    archive: Archive,
    fetch: Fetch,
    sandbox: Sandbox,
    wanted: Sequence[Wanted],
    now: datetime,
    *,
    progress: Progress,
    stop: Stop,
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
            archive.settle_entry(one)
            return ()
        taken.add(entry.url)
        return await _read_entry(archive, fetch, sandbox, robots, one, entry, now)

    done = 0
    async for events in run_in_turn(wanted, lambda one: name_host(one.url), read, stop):
        done += 1
        progress("articles", done, len(wanted))
        for event in events:
            yield event


async def reread_articles(
    archive: Archive, fetch: Fetch, sandbox: Sandbox, due: Sequence[Watched], now: datetime, *, stop: Stop
) -> AsyncIterator[PageEvent]:
    """The new versions of articles that were read a while ago, saved as pending, and what failed."""
    robots = Robots(fetch, archive, now)

    async def read(one: Watched) -> tuple[PageEvent, ...]:
        return await _reread(archive, fetch, sandbox, robots, one, now)

    async for events in run_in_turn(due, lambda one: name_host(one.asked), read, stop):
        for event in events:
            yield event


async def _read_entry(
    archive: Archive, fetch: Fetch, sandbox: Sandbox, robots: Robots, one: Wanted, entry: Entry, now: datetime
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
            if error.reason in NOT_ASKED:
                return (failure,)
    if found and not found.page.barrier:
        article = make_article(found.page, found.url, now, feed=feed, entry=entry)
        # Saving settles the entry, so it comes last: who dies before asks for the page again.
        archive.watch_page(article, entry.url, found.validators, plan_check(article, 0, now))
        return (_save(archive, article, one),)
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
        article = replace(make_article(page, address, now, feed=feed, entry=entry, excerpt=True), barrier=barrier)
        told = (failure,) if failure and not barrier else ()
        if told and _may_pass(told[0].reason):
            archive.watch_page(article, entry.url, Validators(), plan_check(article, 0, now))
        return (_save(archive, article, one), *told)
    archive.settle_entry(one, retry=failure is not None and _may_pass(failure.reason))
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
        if error.reason not in NOT_ASKED:
            archive.note_check(due, due.validators, later if _may_pass(error.reason) else None)
        return (make_failure(error, _stage_of(error), due.asked),)
    # What is kept says more than what lies behind a barrier. Noted last: who dies before asks again.
    events = () if found.page.barrier else (_save(archive, make_version(before, found.page, now)),)
    archive.note_check(due, found.validators, later)
    return events


def _save(archive: Archive, article: Article, wanted: Wanted | None = None) -> ArticleSaved:
    known = archive.is_known(article)
    return ArticleSaved(archive.save_article(article, wanted), known)


def _find_feed(archive: Archive, entry: Entry) -> Feed:
    """The feed of an entry; of several feeds of one host by the name that they share, none where they share none."""
    try:
        feed = archive.get_feed(entry.feed_url).feed
        domain = find_host(feed.url).removeprefix("www.")
        if not domain or find_host(entry.url).removeprefix("www.") != domain:
            return feed
        return replace(feed, title=find_shared_name(archive.list_titles(domain)))
    except ClaimGraphError:
        return Feed(entry.feed_url)  # removed while the run was on


def _stage_of(error: FetchError | ParseError) -> Stage:
    """Where reading a page failed."""
    return Stage.FETCH if isinstance(error, FetchError) else Stage.ARTICLE


def _may_pass(reason: str) -> bool:
    return reason in _PASSING or reason.startswith("http_5")
