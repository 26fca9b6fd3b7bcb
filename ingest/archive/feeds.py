"""The feeds: how reading them goes, and what the next reading takes."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from graph.errors import NotFound, StoreError
from graph.ids import format_time
from graph.records import Entry, Failure, Feed, FeedState, SilentFeed
from ingest.archive.database import Tables, Transaction
from ingest.archive.entries import note_latest, save_entries
from ingest.archive.rows import dump, from_time, read_failure, to_time
from ingest.network.addresses import find_host, name_host
from ingest.sources.rhythm import MOST_TIMES
from ingest.sources.schedule import FIRST, LONGEST, Due

# Readings in a row that must name the same new address.
_MOVES = 3
# In bytes. PostgreSQL's index of feeds takes 2,704; a redirection to a longer address is one to a login, not a move.
_LONGEST_ADDRESS = 2_000

_SELECT_POLLS = (
    "SELECT url, title, lang, etag, modified, last_read, next_due, interval, failures, failure, failing_since,"
    " given_up, entries FROM feeds "
)


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server gave to ask "has it changed?" with, byte for byte."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """A feed with what reading it again takes. `interval`: the one that its last plan gave."""

    state: FeedState
    validators: Validators
    interval: timedelta


class FeedTable(Tables):
    """Feeds by address."""

    def add_feed(self, feed: Feed) -> bool:
        """Whether the feed is new here. A known one stays as it is, but is read again if it had been given up.

        Raises StoreError, `too_long`, for an address that not every database takes.
        """
        if _is_too_long(feed.url):
            shown = f"{feed.url[:100]}…"
            message = f"feed {shown}: its address is longer than {_LONGEST_ADDRESS:,} bytes, which no list takes"
            raise StoreError(message, subject=shown, reason="too_long")
        row = (feed.url, name_host(feed.url), feed.title, feed.lang, FIRST.total_seconds(), feed.url)
        with self._writing() as db:
            # A feed that was removed while it was being read has left entries.
            added = db.execute(
                "INSERT INTO feeds (url, host, title, lang, interval, entries)"
                " VALUES (?, ?, ?, ?, ?, (SELECT count(*) FROM entries WHERE feed_url = ?)) ON CONFLICT DO NOTHING",
                row,
            ).rowcount
            if added:
                note_latest(db, feed.url)
            else:
                db.execute(
                    "UPDATE feeds SET disabled = 0, given_up = NULL, failures = 0, failing_since = NULL,"
                    " next_due = NULL WHERE url = ? AND disabled = 1",
                    row[:1],
                )
        return added == 1

    def remove_feed(self, url: str) -> None:
        """Forgets a feed and its entries; articles and claims read through it stay. Raises NotFound."""
        with self._writing() as db:
            if not db.execute("DELETE FROM feeds WHERE url = ?", (url,)).rowcount:
                raise _no_feed(url)
            db.execute("DELETE FROM entries WHERE feed_url = ?", (url,))

    def list_feeds(self) -> tuple[FeedState, ...]:
        """All feeds, by address."""
        return tuple(poll.state for poll in self._select_polls("ORDER BY url"))

    def list_titles(self, domain: str) -> tuple[str, ...]:
        """What the feeds of a host call themselves, with and without www., by address."""
        rows = self._rows("SELECT url, title FROM feeds WHERE lower(url) LIKE ? ORDER BY url", f"%{domain}%")
        return tuple(title for url, title in rows if title and find_host(url).removeprefix("www.") == domain)

    def get_feed(self, url: str) -> FeedState:
        """One feed. Raises NotFound."""
        return self.get_poll(url).state

    def get_poll(self, url: str) -> Poll:
        """One feed with its validators, due or not. Raises NotFound."""
        found = self._select_polls("WHERE url = ?", url)
        if not found:
            raise _no_feed(url)
        return found[0]

    def due_feeds(self, now: datetime) -> tuple[Poll, ...]:
        """Feeds to read now, those never read first, then the longest overdue.

        No plan reaches further than LONGEST: a feed due later was planned by a clock that was ahead.
        """
        due = "WHERE disabled = 0 AND (next_due IS NULL OR next_due <= ? OR next_due > ?)"
        return self._select_polls(
            f"{due} ORDER BY next_due NULLS FIRST, url", format_time(now), format_time(now + LONGEST)
        )

    def list_times(self, url: str) -> tuple[datetime, ...]:
        """The different moments at which a feed's newest entries were published, or seen where they do not say.

        Newest first, as many as a rhythm is learnt from.
        """
        rows = self._rows(
            "SELECT DISTINCT coalesce(published_at, seen_at) FROM entries WHERE feed_url = ?"
            " ORDER BY coalesce(published_at, seen_at) DESC LIMIT ?",
            url, MOST_TIMES,
        )  # fmt: skip
        return tuple(to_time(text) for (text,) in rows)

    def list_silent(self, now: datetime) -> tuple[SilentFeed, ...]:
        """The feeds that answer, and have long brought nothing new for what they used to, by address."""
        rows = self._rows(
            "SELECT url, title, lang, newest, usual FROM feeds"
            " WHERE failure IS NULL AND given_up IS NULL AND silent_from < ? ORDER BY url",
            format_time(now),
        )
        return tuple(
            SilentFeed(Feed(url, title, lang), to_time(newest), usual) for url, title, lang, newest, usual in rows
        )

    def record_read(
        self,
        feed: Feed,
        validators: Validators,
        now: datetime,
        entries: Iterable[Entry],
        plan: Callable[[int], Due],
        planned: FeedState | None = None,
    ) -> tuple[Entry, ...] | None:
        """Entries that are new or changed; from now on they are wanted. Validators and entries are saved together.

        plan     when the feed is due next, given the number of such entries
        planned  the feed as it was when this reading began: None comes back, and nothing is kept, when another reading
                 was recorded since, or the feed was removed
        """
        with self._writing() as db:
            if planned and not _is_as_planned(db, planned):
                return None
            # The feed first: who reads it at the same time waits here.
            db.execute(
                "UPDATE feeds SET title = coalesce(nullif(?, ''), title), lang = coalesce(?, lang), etag = ?,"
                " modified = ? WHERE url = ?",
                (feed.title, feed.lang, validators.etag, validators.modified, feed.url),
            )
            fresh = save_entries(db, self._database.dialect, entries, now)
            _answered(db, feed.url, now, plan(len(fresh)))
        return fresh

    def record_unchanged(self, url: str, now: datetime, due: Due, planned: FeedState | None = None) -> bool:
        """Notes that the server said "not modified"; whether that holds beside `planned`, as for `record_read`."""
        with self._writing() as db:
            if planned and not _is_as_planned(db, planned):
                return False
            _answered(db, url, now, due)
        return True

    def record_failure(
        self, url: str, failure: Failure, now: datetime, due: Due, planned: FeedState | None = None
    ) -> None:
        """Notes that reading failed, if that holds beside `planned`; a plan without a date means never again."""
        with self._writing() as db:
            if planned and not _is_as_planned(db, planned):
                return
            db.execute(
                "UPDATE feeds SET failures = failures + 1, failure = ?, next_due = ?, interval = ?, disabled = ?,"
                " given_up = ?, failing_since = coalesce(failing_since, ?) WHERE url = ?",
                (
                    dump(asdict(failure)), from_time(due.at), due.interval.total_seconds(), due.at is None,
                    due.given_up or None, format_time(now), url,
                ),
            )  # fmt: skip

    def record_move(self, url: str, moved_to: str | None) -> str:
        """The address that the feed is known by now.

        It takes three readings in a row that name one new address: some sites send everything to a login, a notice
        or their front page for an hour. Where that address is a feed of its own, the old one is not read any more.
        """
        if moved_to is None or _is_too_long(moved_to):
            if self._rows("SELECT 1 FROM feeds WHERE url = ? AND moves > 0", url):
                with self._writing() as db:
                    db.execute("UPDATE feeds SET moved_to = NULL, moves = 0 WHERE url = ?", (url,))
            return url
        with self._writing() as db:
            seen = db.execute(
                "UPDATE feeds SET moves = CASE WHEN moved_to = ? THEN moves + 1 ELSE 1 END, moved_to = ? WHERE url = ?"
                " RETURNING moves",
                (moved_to, moved_to, url),
            ).fetchall()
            return moved_to if seen and seen[0][0] >= _MOVES and _move(db, url, moved_to) else url

    def _select_polls(self, where: str, *arguments: object) -> tuple[Poll, ...]:
        return tuple(map(_read_poll, self._rows(_SELECT_POLLS + where, *arguments)))


def _is_as_planned(db: Transaction, planned: FeedState) -> bool:
    """Whether no other reading of the feed was recorded; none can be, until the transaction ends."""
    same = (
        "UPDATE feeds SET failures = failures WHERE url = ? AND coalesce(next_due, '') = ? AND failures = ?"
        " AND coalesce(last_read, '') = ?"
    )
    due, read = (from_time(moment) or "" for moment in (planned.next_due, planned.last_read))
    return db.execute(same, (planned.feed.url, due, planned.failures, read)).rowcount == 1


def _answered(db: Transaction, url: str, now: datetime, due: Due) -> None:
    db.execute(
        "UPDATE feeds SET first_read = coalesce(first_read, ?), last_read = ?, next_due = ?, interval = ?,"
        " failures = 0, failure = NULL, disabled = 0, failing_since = NULL, given_up = NULL WHERE url = ?",
        (format_time(now), format_time(now), from_time(due.at), due.interval.total_seconds(), url),
    )


def _move(db: Transaction, url: str, new_url: str) -> bool:
    """Whether the feed has its new address now; not so when that is a feed already."""
    if db.execute("SELECT 1 FROM feeds WHERE url = ?", (new_url,)).fetchone():
        db.execute("UPDATE feeds SET disabled = 1, given_up = 'moved', next_due = NULL WHERE url = ?", (url,))
        return False
    db.execute(
        "UPDATE feeds SET url = ?, host = ?, moved_to = NULL, moves = 0 WHERE url = ?",
        (new_url, name_host(new_url), url),
    )
    # A feed that was removed while it was being read has left entries.
    db.execute("DELETE FROM entries WHERE feed_url = ?", (new_url,))
    db.execute("UPDATE entries SET feed_url = ? WHERE feed_url = ?", (new_url, url))
    return True


def _is_too_long(url: str) -> bool:
    return len(url.encode("utf-8", "replace")) > _LONGEST_ADDRESS


def _read_poll(row: Any) -> Poll:
    url, title, lang, etag, modified, last_read, next_due, interval, failures, failure, since, given_up, count = row
    state = FeedState(
        feed=Feed(url, title, lang),
        last_read=to_time(last_read) if last_read else None,
        next_due=to_time(next_due) if next_due else None,
        entries=count,
        failures=failures,
        last_failure=read_failure(json.loads(failure)) if failure else None,
        failing_since=to_time(since) if since else None,
        given_up=given_up or "",
    )
    return Poll(state, Validators(etag, modified), timedelta(seconds=interval))


def _no_feed(url: str) -> NotFound:
    return NotFound(f"feed {url}: not in the list; `feeds list` shows what is", subject=url, reason="no_feed")
