"""An hour of a newsroom, its minutes shorter: feeds bring pages, workers take them to the graph, and what it costs.

Each minute asks as many feeds as a newsroom's minute does, each at a host of its own, and each has new pages, of
which one in ten is about AI. Whether it is, is told as ever; reading it is stood in for by four claims, one in twenty
of them an accusation, each of one of 2,000 firms, of which the first has one in eight, the second one in sixteen, and
so on. No page repeats another: all of a family of copies is grouped anew with each that comes. Lengths of leases and
pauses at hosts are not shortened, and of the counts for pages there are as many as in so many real minutes.
"""

import os
import random
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from bench.cpu import count_cpu
from bench.site import Document, Site, serving
from commands.opening import find_place, open_archive
from graph.ids import format_time
from graph.records import Feed
from ingest.archive import Archive, open_database
from tests.cluster.newsroom import Newsroom, opening, running_servers

# A day of a feed: how often it is asked, by the month in results.md, and how many pages it brings; one in so many is
# about AI.
POLLS, PAGES = 6.8, 25
ABOUT = 10
MINUTES_A_DAY = 1_440
# What a feed still shows.
_SHOWN = 20
_STAND_IN = {"TEST_READER": "yes", "TEST_NAMED": "yes", "TEST_SUBJECT": "yes"}
_QUEUES = ("plan", "fetch", "read", "derive")
_LONGEST = 300.0
_SYLLABLES = [a + b for a in "dlmnr" for b in "aeio"]
_WORDS = [a + b for a in ("lab", "chip", "road", "court", "price", "river", "team", "rule") for b in "abcdefghijklmnop"]
_FIRMS = [f"{a}{b}{c}" for a in ("Vel", "Or", "Kas", "Tar", "Min") for b in _SYLLABLES for c in _SYLLABLES]
_SHARES = [1 / rank for rank in range(1, len(_FIRMS) + 1)]
_SENTENCE = "{} said that its large language model {}."


class Press:
    """The feeds, each at a host of its own, and what they have published so far."""

    def __init__(self, site: Site, feeds: int) -> None:
        self._site = site
        self._port = site.address.rpartition(":")[2]
        self._items: dict[int, list[str]] = {number: [] for number in range(feeds)}
        self._chance = random.Random(feeds)
        self.pages = self.about = 0

    def name_feed(self, number: int) -> str:
        return f"http://news-{number}.example:{self._port}/feed/{number}"

    def list_feeds(self) -> list[str]:
        return [self.name_feed(number) for number in self._items]

    def publish(self, number: int, pages: int) -> None:
        """So many new pages of a feed, from now on at its site."""
        moment = format_datetime(datetime.now(UTC))
        for _ in range(pages):
            self.pages += 1
            about = self.pages % ABOUT == 0
            self.about += about
            path = f"/{number}/{self.pages}"
            title = f"{self._say(3)} trains a language model" if about else self._say(6)
            texts = [self._claim() if about else self._say(30) for _ in range(4)]
            body = "".join(f"<p>{text.capitalize()}</p>" for text in texts)
            html = f"<html lang=en><head><title>{title}</title></head><article><h1>{title}</h1>{body}</article></html>"
            self._site.documents[path] = Document(html.encode(), "text/html")
            link = f"http://news-{number}.example:{self._port}{path}"
            item = f"<item><title>{title}</title><link>{link}</link><pubDate>{moment}</pubDate></item>"
            self._items[number] = [item, *self._items[number]][:_SHOWN]
        channel = (
            f"<channel><title>News {number}</title><language>en</language>{''.join(self._items[number])}</channel>"
        )
        text = f"<rss version='2.0'>{channel}</rss>"
        self._site.documents[f"/feed/{number}"] = Document(text.encode(), "application/rss+xml")

    def _claim(self) -> str:
        [firm] = self._chance.choices(_FIRMS, _SHARES)
        return _SENTENCE.format(firm, self._say(24))

    def _say(self, words: int) -> str:
        return " ".join(self._chance.choices(_WORDS, k=words))


def measure(feeds: int, minutes: int, clock: float, readers: int) -> None:
    """Lets so many minutes pass, and prints what waited, how late it was, and the CPU of each role."""
    with (
        running_servers() as (postgres, neo4j, rabbitmq),
        serving() as site,
        tempfile.TemporaryDirectory() as folder,
        opening(Path(folder, "newsroom"), postgres.make(), neo4j, rabbitmq, _STAND_IN) as newsroom,
        open_archive(newsroom.config) as archive,
    ):
        press = Press(site, feeds)
        _begin(newsroom, archive, press)
        started = {queue: newsroom.start(queue, readers if queue == "read" else 1).pid for queue in _QUEUES}
        roles = {**started, "PostgreSQL": postgres.pid, "RabbitMQ": rabbitmq.pid, "Neo4j": neo4j.pid}
        # What starting costs, and the first of everything, does not count.
        press.publish(0, ABOUT)
        _make_due(newsroom, [press.name_feed(0)])
        newsroom.drain(_LONGEST)
        before, pages, about, begun = _count_all(roles), press.pages, press.about, time.monotonic()
        since = datetime.now(UTC)
        print(f"{feeds:,} feeds, a minute in {60 / clock:.1f} s; load {os.getloadavg()[0]:.1f}", flush=True)
        waited = [*_pass_minutes(newsroom, archive, press, minutes, clock)]
        late = newsroom.drain(_LONGEST)
        seconds = time.monotonic() - begun
        spent = {role: used - before[role] for role, used in _count_all(roles).items()}
        pages, about = press.pages - pages, press.about - about
        lags = archive.find_lags(since, (0.5, 0.95)) or (0.0, 0.0)
        newsroom.stop()
        aside, failed = archive.count_aside(), dict(archive.count_failures(since - timedelta(hours=1)))
    print(f"  {pages:,} pages, {about:,} about AI, in {seconds:.0f} s; load {os.getloadavg()[0]:.1f}")
    print(f"  {aside:,} articles set aside since the start; failed: {failed or 'nothing'}")
    print(f"  waited at the end of a minute: {_tell_waited(waited)}; all done {late:.1f} s after the last")
    print(f"  from publication to the graph {lags[0]:.0f} s p50, {lags[1]:.0f} s p95")
    _print_spent(spent, pages, minutes)


def _begin(newsroom: Newsroom, archive: Archive, press: Press) -> None:
    """The feeds are known, and due tomorrow."""
    for url in press.list_feeds():
        archive.add_feed(Feed(url))
    newsroom.execute(f"UPDATE feeds SET next_due = '{format_time(datetime.now(UTC) + timedelta(hours=23))}'")


def _pass_minutes(
    newsroom: Newsroom, archive: Archive, press: Press, minutes: int, clock: float
) -> Iterator[tuple[int, int]]:
    """How many pages and how many texts wait as each minute ends."""
    chance, cluster, feeds = random.Random(minutes), newsroom.cluster(), len(press.list_feeds())
    begun = time.monotonic()
    for minute in range(1, minutes + 1):
        asked = _draw(chance, feeds * POLLS / MINUTES_A_DAY)
        numbers = chance.sample(range(feeds), min(asked, feeds))
        for number in numbers:
            press.publish(number, _draw(chance, PAGES / POLLS))
        _make_due(newsroom, [press.name_feed(number) for number in numbers])
        cluster.send("plan")
        time.sleep(max(0.0, begun + minute * 60 / clock - time.monotonic()))
        yield len(archive.list_wanted()), archive.count_pending()


def _draw(chance: random.Random, mean: float) -> int:
    """A whole number beside the mean, which many of them have."""
    return int(mean) + (chance.random() < mean % 1)


def _make_due(newsroom: Newsroom, urls: Sequence[str]) -> None:
    past = format_time(datetime.now(UTC) - timedelta(minutes=1))
    with closing(open_database(find_place(newsroom.config.archive))) as database, database.writing() as db:
        db.executemany("UPDATE feeds SET next_due = ? WHERE url = ?", [(past, url) for url in urls])


def _count_all(roles: Mapping[str, int]) -> dict[str, float]:
    return {role: count_cpu(process) for role, process in roles.items()}


def _tell_waited(waited: Sequence[tuple[int, int]]) -> str:
    pages, texts = ([one[n] for one in waited] for n in (0, 1))
    return ", ".join(
        f"{sum(counts) / len(counts):.1f} {name} on average, {max(counts)} at most"
        for name, counts in (("pages", pages), ("texts", texts))
    )


def _print_spent(spent: Mapping[str, float], pages: int, minutes: int) -> None:
    for role, seconds in spent.items():
        print(f"  {role:12}{seconds:9.1f} CPU s{1_000 * seconds / pages:9.0f} ms a page")
    total = sum(spent.values())
    print(
        f"  {'all':12}{total:9.1f} CPU s{1_000 * total / pages:9.0f} ms a page; a core was busy "
        f"{total / (60 * minutes):.1%} of the time that is played, plans included"
    )
