"""What was fetched: feeds and how reading them goes, their entries, and the versions of article texts (SQLite).

An item moves on by one committed step at a time, so a killed run is picked up where it stopped:
entry `wanted` → page fetched → article `pending` → (committed to the graph) → stored.
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graph.errors import NotFound, StoreError, StoreUnavailable
from graph.ids import format_time, make_article_id
from graph.records import (
    Article,
    ArticleId,
    ArticleKind,
    Entry,
    Failure,
    Feed,
    FeedState,
    RunSummary,
    Source,
    SourceId,
    SourceKind,
    Stage,
)
from ingest.schedule import FIRST, Due

SCHEMA_VERSION = 1
# A page that failed three runs, or a text that failed extraction three times, is left alone.
MOST_ATTEMPTS = 3
_PAGE = 64
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_SCHEMA = """
CREATE TABLE feeds (
    url TEXT PRIMARY KEY, title TEXT NOT NULL, lang TEXT, etag TEXT, modified TEXT, last_read TEXT, next_due TEXT,
    interval REAL NOT NULL, failures INTEGER NOT NULL DEFAULT 0, failure TEXT, disabled INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX feeds_due ON feeds (next_due) WHERE disabled = 0;
CREATE TABLE entries (
    id INTEGER PRIMARY KEY, feed_url TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL,
    html TEXT NOT NULL, published_at TEXT, authors TEXT NOT NULL, lang TEXT, hash TEXT NOT NULL,
    wanted INTEGER NOT NULL, changed INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
    seen_at TEXT NOT NULL, UNIQUE (feed_url, key)
);
CREATE INDEX entries_wanted ON entries (id) WHERE wanted = 1;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, version INTEGER NOT NULL, source TEXT NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, lang TEXT NOT NULL, published_at TEXT NOT NULL, fetched_at TEXT NOT NULL, kind TEXT NOT NULL,
    authors TEXT NOT NULL, excerpt INTEGER NOT NULL, pending INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    UNIQUE (url, version)
);
CREATE INDEX articles_pending ON articles (id) WHERE pending = 1;
CREATE TABLE runs (id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, summary TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server gave to ask "has it changed?" with, byte for byte."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """A feed with what reading it again takes.

    interval  the one its last plan gave
    disabled  it is gone for good (410) and not read any more
    """

    state: FeedState
    validators: Validators
    interval: timedelta
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry whose page is to be fetched. `changed`: the feed has given it before, with another text."""

    number: int
    url: str
    changed: bool


class Archive:
    """The file of everything fetched. Opens or makes it; raises StoreUnavailable when it cannot be used."""

    def __init__(self, path: str | Path) -> None:
        self._path = str(path)
        with self._translated():
            self._db = sqlite3.connect(self._path, isolation_level=None, timeout=10, check_same_thread=False)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    # Feeds

    def add_feed(self, feed: Feed) -> bool:
        """Whether the feed is new here. A known one stays as it is, but is read again if it had been given up."""
        row = (feed.url, feed.title, feed.lang, FIRST.total_seconds())
        with self._writing() as db:
            added = db.execute(
                "INSERT INTO feeds (url, title, lang, interval) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", row
            ).rowcount
            if not added:
                db.execute("UPDATE feeds SET disabled = 0, next_due = NULL WHERE url = ? AND disabled = 1", row[:1])
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
        """Feeds to read now, those never read first, then the longest overdue."""
        where = "WHERE disabled = 0 AND (next_due IS NULL OR next_due <= ?) ORDER BY next_due, url"
        return self._select_polls(where, format_time(now))

    def record_read(
        self,
        feed: Feed,
        validators: Validators,
        now: datetime,
        entries: Iterable[Entry],
        plan: Callable[[int], Due],
    ) -> tuple[Entry, ...]:
        """Entries that are new or changed; from now on they are wanted. Validators and entries are saved together.

        plan  when the feed is due next, given the number of such entries
        """
        with self._writing() as db:
            fresh = tuple(entry for entry in entries if self._save_entry(db, entry, now))
            self._answered(db, feed.url, now, plan(len(fresh)))
            db.execute(
                "UPDATE feeds SET title = coalesce(nullif(?, ''), title), lang = coalesce(?, lang), etag = ?,"
                " modified = ? WHERE url = ?",
                (feed.title, feed.lang, validators.etag, validators.modified, feed.url),
            )
        return fresh

    def record_unchanged(self, url: str, now: datetime, due: Due) -> None:
        """Notes that the server said "not modified"."""
        with self._writing() as db:
            self._answered(db, url, now, due)

    def record_failure(self, url: str, failure: Failure, due: Due) -> None:
        """Notes that reading failed; a plan without a date means never again."""
        with self._writing() as db:
            db.execute(
                "UPDATE feeds SET failures = failures + 1, failure = ?, next_due = ?, interval = ?, disabled = ?"
                " WHERE url = ?",
                (_dump(asdict(failure)), _time(due.at), due.interval.total_seconds(), due.at is None, url),
            )

    def move_feed(self, url: str, new_url: str) -> bool:
        """Whether the feed is now known by its new address; not so when another feed has that already."""
        with self._writing() as db:
            if db.execute("SELECT 1 FROM feeds WHERE url = ?", (new_url,)).fetchone():
                return False
            db.execute("UPDATE feeds SET url = ? WHERE url = ?", (new_url, url))
            db.execute("UPDATE entries SET feed_url = ? WHERE feed_url = ?", (new_url, url))
        return True

    def find_fresh(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Entries that `record_read` would call new or changed; nothing is written."""
        with self._translated():
            return tuple(entry for entry in entries if _find_hash(self._db, entry) != _hash_entry(entry))

    # Entries and articles

    def list_wanted(self, since: datetime | None = None, feed_url: str | None = None) -> tuple[Wanted, ...]:
        """Entries whose page has not been had yet, in the order seen; `since` leaves out those published earlier."""
        limit = _time(since)
        rows = self._rows(
            "SELECT id, url, changed FROM entries WHERE wanted = 1 AND (? IS NULL OR published_at IS NULL"
            " OR published_at >= ?) AND (? IS NULL OR feed_url = ?) ORDER BY id",
            limit, limit, feed_url, feed_url,
        )  # fmt: skip
        return tuple(Wanted(number, url, bool(changed)) for number, url, changed in rows)

    def get_entry(self, number: int) -> Entry:
        """The entry behind a Wanted. Raises NotFound."""
        rows = self._rows(
            "SELECT feed_url, key, url, title, html, published_at, authors, lang FROM entries WHERE id = ?", number
        )
        if not rows:
            raise NotFound(f"archive {self._path}: no entry {number}", subject=str(number), reason="no_entry")
        return _read_entry(rows[0])

    def count_wanted(self) -> int:
        """How many entries still wait for their page."""
        return int(self._rows("SELECT count(*) FROM entries WHERE wanted = 1")[0][0])

    def settle_entry(self, entry: Entry, *, retry: bool = False) -> None:
        """Notes that an entry's page was tried in vain; with `retry` the next runs try again, three times in all."""
        with self._writing() as db:
            db.execute(
                "UPDATE entries SET attempts = attempts + 1, wanted = (? AND attempts + 1 < ?)"
                " WHERE feed_url = ? AND key = ?",
                (retry, MOST_ATTEMPTS, entry.feed_url, entry.key),
            )

    def has_article(self, url: str) -> bool:
        """Whether the page itself, not an excerpt, has been had from this address."""
        return bool(self._rows("SELECT 1 FROM articles WHERE url = ? AND excerpt = 0 LIMIT 1", url))

    def is_known(self, article: Article) -> bool:
        """Whether this very text has been had from this address."""
        return bool(self._rows("SELECT 1 FROM articles WHERE id = ?", make_article_id(article.url, article.text)))

    def save_article(self, article: Article, entry: Entry | None = None) -> Article:
        """The article as kept, with its id and version: the stored one when address and text are known.

        entry  the one that led here; it is settled in the same step
        """
        article_id = make_article_id(article.url, article.text)
        with self._writing() as db:
            row = db.execute("SELECT * FROM articles WHERE id = ?", (article_id,)).fetchone()
            if row is None:
                (last,) = db.execute("SELECT max(version) FROM articles WHERE url = ?", (article.url,)).fetchone()
                kept = replace(article, id=article_id, version=(last or 0) + 1)
                db.execute(_INSERT_ARTICLE, _write_article(kept))
            else:
                kept = _read_article(row)
            if entry:
                db.execute("UPDATE entries SET wanted = 0 WHERE feed_url = ? AND key = ?", (entry.feed_url, entry.key))
        return kept

    def pending_articles(self, limit: int | None = None) -> Iterator[Article]:
        """Articles that the graph does not have yet, a few in memory at a time."""
        after, left = "", limit
        query = "SELECT * FROM articles WHERE pending = 1 AND id > ? ORDER BY id LIMIT ?"
        while rows := self._rows(query, after, _PAGE if left is None else min(_PAGE, left)):
            yield from map(_read_article, rows)
            after = rows[-1][0]
            left = None if left is None else left - len(rows)

    def count_pending(self) -> int:
        """How many articles still wait for the graph."""
        return int(self._rows("SELECT count(*) FROM articles WHERE pending = 1")[0][0])

    def mark_stored(self, ids: Iterable[ArticleId]) -> None:
        """Notes that the graph has these articles."""
        with self._writing() as db:
            db.executemany("UPDATE articles SET pending = 0 WHERE id = ?", [(one,) for one in ids])

    def mark_failed(self, ids: Iterable[ArticleId]) -> None:
        """Notes that nothing could be extracted from these articles; after three times they are left alone."""
        with self._writing() as db:
            db.executemany(
                "UPDATE articles SET attempts = attempts + 1, pending = (attempts + 1 < ?) WHERE id = ?",
                [(MOST_ATTEMPTS, one) for one in ids],
            )

    # Runs

    def record_run(self, summary: RunSummary) -> None:
        """Keeps what a run did."""
        values = asdict(summary)
        values["started_at"] = format_time(summary.started_at)
        with self._writing() as db:
            db.execute("INSERT INTO runs (started_at, summary) VALUES (?, ?)", (values["started_at"], _dump(values)))

    def latest_run(self) -> RunSummary | None:
        """What the last run did; None before the first."""
        rows = self._rows("SELECT summary FROM runs ORDER BY id DESC LIMIT 1")
        if not rows:
            return None
        values = json.loads(rows[0][0])
        values["started_at"] = _moment(values["started_at"])
        values["failures"] = tuple(map(_read_failure, values["failures"]))
        return RunSummary(**values)

    # Inside

    def _prepare(self) -> None:
        db = self._db
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA_VERSION:
            raise StoreUnavailable(
                f"archive {self._path}: made by a newer version (schema {version}, this one knows {SCHEMA_VERSION}); "
                "update claimgraph",
                subject=self._path,
                reason="newer_schema",
            )
        db.execute("PRAGMA journal_mode = WAL")
        # A killed process loses nothing so; a power cut may lose the last commits, and those are fetched again.
        db.execute("PRAGMA synchronous = NORMAL")
        if version == 0:
            # Two first runs at once: the second waits for the lock and finds the tables made.
            schema = re.sub(r"CREATE (TABLE|INDEX)", r"CREATE \1 IF NOT EXISTS", _SCHEMA)
            db.executescript(f"BEGIN IMMEDIATE; {schema} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")

    def _select_polls(self, where: str, *arguments: object) -> tuple[Poll, ...]:
        rows = self._rows(_SELECT_POLLS + where, *arguments)
        return tuple(map(_read_poll, rows))

    @staticmethod
    def _answered(db: sqlite3.Connection, url: str, now: datetime, due: Due) -> None:
        db.execute(
            "UPDATE feeds SET last_read = ?, next_due = ?, interval = ?, failures = 0, failure = NULL, disabled = 0"
            " WHERE url = ?",
            (format_time(now), _time(due.at), due.interval.total_seconds(), url),
        )

    @staticmethod
    def _save_entry(db: sqlite3.Connection, entry: Entry, now: datetime) -> bool:
        digest = _hash_entry(entry)
        if _find_hash(db, entry) == digest:
            return False
        db.execute(
            "INSERT INTO entries (feed_url, key, url, title, html, published_at, authors, lang, hash, wanted, seen_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT (feed_url, key) DO UPDATE SET url = excluded.url,"
            " title = excluded.title, html = excluded.html, published_at = excluded.published_at,"
            " authors = excluded.authors, lang = excluded.lang, hash = excluded.hash, wanted = 1, changed = 1,"
            " attempts = 0",
            (
                entry.feed_url, entry.key, entry.url, entry.title, entry.html, _time(entry.published_at),
                _dump(entry.authors), entry.lang, digest, format_time(now),
            ),
        )  # fmt: skip
        return True

    def _rows(self, query: str, *arguments: object) -> list[Any]:
        with self._translated():
            return self._db.execute(query, arguments).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing."""
        with self._translated():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if "unable to open" in str(error):
                raise StoreUnavailable(
                    f"archive {self._path}: cannot be opened", subject=self._path, reason="unavailable"
                ) from error
            raise StoreError(f"archive {self._path}: {error}", subject=self._path, reason="failed") from error
        except sqlite3.DatabaseError as error:
            raise StoreUnavailable(
                f"archive {self._path}: {error}; restore a backup, or move the file away to start anew",
                subject=self._path,
                reason="damaged",
            ) from error


_SELECT_POLLS = (
    "SELECT url, title, lang, etag, modified, last_read, next_due, interval, failures, failure, disabled,"
    " (SELECT count(*) FROM entries WHERE feed_url = feeds.url) FROM feeds "
)
_INSERT_ARTICLE = "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0)"


def _write_article(article: Article) -> tuple[object, ...]:
    return (
        article.id, article.url, article.version, _dump(asdict(article.source)), article.title, article.text,
        article.lang, _time(article.published_at), _time(article.fetched_at), article.kind,
        _dump(article.authors), article.excerpt,
    )  # fmt: skip


def _read_article(row: Any) -> Article:
    source = json.loads(row[3])
    source["id"], source["kind"] = SourceId(source["id"]), SourceKind(source["kind"])
    return Article(
        id=ArticleId(row[0]),
        url=row[1],
        source=Source(**source),
        title=row[4],
        text=row[5],
        lang=row[6],
        published_at=_moment(row[7]),
        fetched_at=_moment(row[8]),
        kind=ArticleKind(row[9]),
        version=row[2],
        authors=tuple(json.loads(row[10])),
        excerpt=bool(row[11]),
    )


def _read_entry(row: Any) -> Entry:
    feed_url, key, url, title, html, published_at, authors, lang = row
    moment = _moment(published_at) if published_at else None
    return Entry(feed_url, key, url, title, html, moment, tuple(json.loads(authors)), lang)


def _read_poll(row: Any) -> Poll:
    url, title, lang, etag, modified, last_read, next_due, interval, failures, failure, disabled, count = row
    state = FeedState(
        feed=Feed(url, title, lang),
        last_read=_moment(last_read) if last_read else None,
        next_due=_moment(next_due) if next_due else None,
        entries=count,
        failures=failures,
        last_failure=_read_failure(json.loads(failure)) if failure else None,
    )
    return Poll(state, Validators(etag, modified), timedelta(seconds=interval), bool(disabled))


def _read_failure(values: dict[str, str]) -> Failure:
    return Failure(Stage(values["stage"]), values["subject"], values["reason"], values["message"])


def _find_hash(db: sqlite3.Connection, entry: Entry) -> str | None:
    row = db.execute("SELECT hash FROM entries WHERE feed_url = ? AND key = ?", (entry.feed_url, entry.key)).fetchone()
    return row[0] if row else None


def _hash_entry(entry: Entry) -> str:
    """What an entry says. Markup is left out: counters and tokens in it change at every reading."""
    words = " ".join(_TAGS.sub(" ", entry.html).split())
    return hashlib.sha256("\x1f".join((entry.url, entry.title, words)).encode("utf-8", "replace")).hexdigest()[:32]


def _no_feed(url: str) -> NotFound:
    return NotFound(f"feed {url}: not in the list; `feeds list` shows what is", subject=url, reason="no_feed")


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _time(moment: datetime | None) -> str | None:
    return format_time(moment.astimezone(UTC)) if moment else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
