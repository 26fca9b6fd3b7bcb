"""The stages of a run that plan and fetch; each stage is a call by itself, told by names and ids what it is about.

    plan_fetching → fetch_hosts → give_up, plan_reading → store_articles (storing.py) → compare_articles (comparing.py)

A call may be made twice, by two at once, or cut short anywhere: each effect is keyed in archive or graph, so that it
costs time and no data.

    feed      as it was when its reading began: of two readings one is recorded
    entry     its hash, and the attempts made
    page      the checks made
    article   the hash of address and text; whether it waits, and how often it was handed out
    graph     the ids of articles, and the pair that a copy is
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from graph.records import ArticleId, Failure, Stage
from ingest.archive import Archive
from ingest.archive.entries import MOST_ATTEMPTS
from ingest.fetching import PageEvent, fetch_articles, reread_articles
from ingest.network.addresses import name_host
from ingest.network.fetch import Fetch
from ingest.polling import FeedRead, FeedUnchanged, read_feeds
from ingest.sandbox import Sandbox
from ingest.sources.scrapers import Scraper
from ingest.storing import BATCH
from ingest.turns import Progress, Stop, go_on, keep_quiet

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be read now.

    fresh    articles that wait for the graph
    suspects those of them that a run died on, or on one beside them; tried least first
    """

    fresh: tuple[ArticleId, ...]
    suspects: tuple[ArticleId, ...]

    def pack(self, limit: int | None = None, size: int = BATCH) -> Iterator[tuple[ArticleId, ...]]:
        """The articles, at most so many, as they are to be read together: suspects last, each by itself."""
        fresh = self.fresh[:limit]
        for start in range(0, len(fresh), size):
            yield fresh[start : start + size]
        left = None if limit is None else limit - len(fresh)
        yield from ((suspect,) for suspect in self.suspects[:left])


@dataclass(frozen=True, slots=True)
class DueBounds:
    """What of the due feeds and pages is left for later.

    only   address of the one feed to read, due or not
    since  leaves entries published earlier
    news   leaves them, too, and of those that tell no day what may be older (EntryTable.list_wanted)
    limit  at most so many pages
    a_host at most so many feeds, so many pages and so many to be asked again of each host
    """

    only: str | None = None
    since: datetime | None = None
    news: datetime | None = None
    limit: int | None = None
    a_host: int | None = None


ALL = DueBounds()


@dataclass(frozen=True, slots=True)
class FeedsDue:
    """So many feeds are about to be read."""

    number: int


@dataclass(frozen=True, slots=True)
class FeedFailed:
    """A feed could not be read."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class RuleFailed:
    """A rule for an index page is wrong; the others are gone by."""

    failure: Failure


FetchEvent = FeedsDue | RuleFailed | FeedRead | FeedUnchanged | FeedFailed | PageEvent


def plan_fetching(archive: Archive, now: datetime) -> tuple[str, ...]:
    """The hosts with a feed which is due then, a page that is wanted, or one to be asked again; nothing is changed.

    "" is the host of what is no address.
    """
    addresses = [
        *(poll.state.feed.url for poll in archive.due_feeds(now)),
        *(wanted.url for wanted in archive.list_wanted()),
        *(page.asked for page in archive.due_pages(now)),
    ]
    return tuple(dict.fromkeys(map(name_host, addresses)))


def plan_reading(archive: Archive) -> Work:
    """What is to be read now; nothing is changed."""
    return Work(archive.list_pending(), archive.list_suspects())


def plan_pack(archive: Archive, ids: Collection[ArticleId]) -> Work:
    """The same of these articles alone; those that are not pending any more are left out where they are read."""
    suspects = tuple(id for id in archive.list_suspects() if id in ids)
    return Work(tuple(id for id in ids if id not in suspects), suspects)


def give_up(archive: Archive) -> Iterator[Failure]:
    """The articles that three runs died on, told once: from now on they are left alone, and their text is kept."""
    for id, url in archive.leave_crashed():
        message = f"{url}: reading it ended {MOST_ATTEMPTS} runs; it is left alone, and its text is kept"
        yield Failure(Stage.EXTRACT, id, "crashed", message)


async def fetch_hosts(
    archive: Archive,
    fetch: Fetch,
    sandbox: Sandbox,
    hosts: Collection[str],
    now: datetime,
    *,
    follow: bool = False,
    bounds: DueBounds = ALL,
    dry_run: bool = False,
    scrapers: Callable[[], Sequence[Scraper | Failure]] = tuple,
    progress: Progress = keep_quiet,
    stop: Stop = go_on,
) -> AsyncIterator[FetchEvent]:
    """What the feeds of these hosts that are due have to say, then their wanted pages, then those to be asked again.

    follow   fetches wanted pages wherever they are: those that the feeds have just told of, too
    dry_run  asks the feeds and keeps nothing
    scrapers gives how to read the index pages among the feeds, or why one is not known; not asked when no feed is due
    Raises NotFound when the feed that `bounds` name is not in the list.
    """
    asked = frozenset(hosts)
    polls = (
        (archive.get_poll(bounds.only),)
        if bounds.only
        else _take(archive.due_feeds(now), lambda poll: poll.state.feed.url, asked, bounds.a_host)
    )
    yield FeedsDue(len(polls))
    loaded = scrapers() if polls else ()
    for rule in loaded:
        if isinstance(rule, Failure):
            yield RuleFailed(rule)
    rules = [rule for rule in loaded if isinstance(rule, Scraper)]
    done = 0
    async for event in read_feeds(archive, fetch, sandbox, polls, now, scrapers=rules, dry_run=dry_run, stop=stop):
        done += 1
        progress("feeds", done, len(polls))
        yield FeedFailed(event) if isinstance(event, Failure) else event
    if dry_run:
        return
    listed = archive.list_wanted(bounds.since, bounds.only, None if follow else asked, bounds.news)
    wanted = (listed if follow else _take(listed, lambda one: one.url, asked, bounds.a_host))[: bounds.limit]
    async for found in fetch_articles(archive, fetch, sandbox, wanted, now, progress=progress, stop=stop):
        yield found
    if bounds.only:
        return
    left = None if bounds.limit is None else bounds.limit - len(wanted)
    due = _take(archive.due_pages(now), lambda page: page.asked, asked, bounds.a_host)[:left]
    async for found in reread_articles(archive, fetch, sandbox, due, now, stop=stop):
        yield found


def _take(items: Iterable[T], address_of: Callable[[T], str], hosts: frozenset[str], most: int | None) -> tuple[T, ...]:
    """The items at these hosts, in order, at most so many at each."""
    taken: Counter[str] = Counter()
    picked = []
    for item in items:
        host = name_host(address_of(item))
        if host in hosts and (most is None or taken[host] < most):
            taken[host] += 1
            picked.append(item)
    return tuple(picked)
