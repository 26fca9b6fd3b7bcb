"""Feeds that are due → what each has new; how reading it went decides when it is due again."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from graph.errors import ClaimGraphError, FetchError, ParseError
from graph.records import Entry, Failure, Feed, Stage
from ingest.archive import Archive, Poll, Validators
from ingest.discovery import read_children
from ingest.network.addresses import hide_password, name_host
from ingest.network.fetch import Fetch, Request, Response, StatusError
from ingest.network.gates import NOT_ASKED
from ingest.robots import Robots
from ingest.sandbox import Sandbox
from ingest.sources.documents import ParsedFeed
from ingest.sources.listings import parse_listing
from ingest.sources.schedule import Due, Outcome, next_due
from ingest.sources.scrapers import Scraper, find_scraper
from ingest.turns import Stop, run_in_turn


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A feed gave a document: what is new in it. `url`: the address by which it is known from now on."""

    url: str
    fresh: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class FeedUnchanged:
    """A feed said that nothing has changed."""

    url: str


FeedEvent = FeedRead | FeedUnchanged | Failure


async def read_feeds(
    archive: Archive,
    fetch: Fetch,
    sandbox: Sandbox,
    polls: Sequence[Poll],
    now: datetime,
    *,
    scrapers: Sequence[Scraper] = (),
    dry_run: bool,
    stop: Stop,
) -> AsyncIterator[FeedEvent]:
    """What each feed had to say, as it comes in; each is recorded in one step before its event is given.

    scrapers  how to read the index pages among them
    """
    robots = Robots(fetch, archive, now)

    async def read(poll: Poll) -> FeedEvent:
        scraper = find_scraper(scrapers, poll.state.feed.url)
        if scraper is None:
            return await _read_feed(archive, fetch, sandbox, poll, now, dry_run=dry_run)
        return await _read_feed(archive, robots.guard(fetch), sandbox, poll, now, scraper=scraper, dry_run=dry_run)

    async for event in run_in_turn(polls, lambda poll: name_host(poll.state.feed.url), read, stop):
        yield event


def make_failure(error: ClaimGraphError, stage: Stage, subject: str) -> Failure:
    """An error as an item of the stream."""
    shown = hide_password(subject)
    message = str(error)
    return Failure(stage, shown, error.reason or "failed", message if shown in message else f"{shown}: {message}")


async def _read_feed(
    archive: Archive,
    fetch: Fetch,
    sandbox: Sandbox,
    poll: Poll,
    now: datetime,
    *,
    scraper: Scraper | None = None,
    dry_run: bool,
) -> FeedEvent:
    url = poll.state.feed.url
    request = Request(url, poll.validators.etag, poll.validators.modified)
    try:
        answer = await fetch(request)
        parsed = None
        if not answer.not_modified:
            parsed = await sandbox.arun(parse_listing, answer.body, url, now, answer.charset, scraper)
            if parsed.children:  # an index may stay as it is while its sitemaps change
                answer = replace(answer, etag=None, modified=None)
                parsed = await read_children(fetch, sandbox, parsed, url, now)
    except (FetchError, ParseError) as error:
        failure = make_failure(error, Stage.FETCH if isinstance(error, FetchError) else Stage.FEED, url)
        if not dry_run and failure.reason not in NOT_ASKED:  # otherwise it stays due
            retry_after = error.retry_after if isinstance(error, StatusError) else None
            outcome = Outcome(failure=failure.reason, retry_after=retry_after)
            archive.record_failure(url, failure, now, next_due(poll.state, poll.interval, now, outcome), poll.state)
        return failure
    if dry_run:
        return FeedRead(url, archive.find_fresh(parsed.entries)) if parsed else FeedUnchanged(url)
    return _record(archive, poll, answer, parsed, now)


def _record(
    archive: Archive, poll: Poll, answer: Response, parsed: ParsedFeed | None, now: datetime
) -> FeedRead | FeedUnchanged:
    url = poll.state.feed.url

    def plan(new: int) -> Due:
        outcome = Outcome(new=new, fresh_for=answer.fresh_for)
        return next_due(poll.state, poll.interval, now, outcome, archive.list_times(url))

    if parsed is None:
        if not archive.record_unchanged(url, now, plan(0), poll.state):
            return FeedUnchanged(url)
        return FeedUnchanged(archive.record_move(url, answer.moved_to))
    feed = Feed(url, parsed.info.title, parsed.info.lang)
    fresh = archive.record_read(feed, Validators(answer.etag, answer.modified), now, parsed.entries, plan, poll.state)
    if fresh is None:
        return FeedUnchanged(url)
    return FeedRead(archive.record_move(url, answer.moved_to), fresh)
