"""The entries that feeds have given, and which of them still want their page."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.errors import NotFound
from graph.ids import format_time
from graph.records import Entry
from ingest.archive.file import ArchiveFile
from ingest.archive.rows import dump, from_time, to_time

# A page that failed three runs, or a text that failed extraction three times, is left alone.
MOST_ATTEMPTS = 3
_TAGS = re.compile(r"<[^<>]{0,2000}>")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry whose page is to be fetched, after so many attempts.

    changed  its feed gave it before, otherwise
    hash     of what it says
    """

    number: int
    url: str
    changed: bool
    attempts: int
    hash: str


class EntryTable(ArchiveFile):
    """Entries by feed and key."""

    def find_fresh(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Entries that `record_read` would call new or changed; nothing is written."""
        with self._translated():
            return tuple(entry for entry in entries if _find_hash(self._db, entry) != _hash_entry(entry))

    def list_wanted(self, since: datetime | None = None, feed_url: str | None = None) -> tuple[Wanted, ...]:
        """Entries whose page has not been had yet, in the order seen; `since` leaves out those published earlier."""
        limit = from_time(since)
        rows = self._rows(
            "SELECT id, url, changed, attempts, hash FROM entries WHERE wanted = 1"
            " AND (? IS NULL OR published_at IS NULL OR published_at >= ?) AND (? IS NULL OR feed_url = ?) ORDER BY id",
            limit, limit, feed_url, feed_url,
        )  # fmt: skip
        return tuple(Wanted(number, url, bool(changed), *rest) for number, url, changed, *rest in rows)

    def is_wanted(self, one: Wanted) -> bool:
        """Whether nobody has tried to get the page since it was listed."""
        query = "SELECT 1 FROM entries WHERE id = ? AND wanted = 1 AND attempts = ?"
        return bool(self._rows(query, one.number, one.attempts))

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

    def count_unreadable(self, failed: Iterable[str], since: datetime) -> Mapping[str, int]:
        """Feeds of which pages at these addresses failed and none of an entry seen since then could be read: how many
        failed, by feed."""
        rows = self._rows(
            "SELECT feed_url, sum(url IN (SELECT value FROM json_each(?))) AS failed,"
            " sum(wanted = 0 AND attempts = 0 AND seen_at >= ?) AS had FROM entries GROUP BY feed_url"
            " HAVING failed > 0 AND had = 0",
            json.dumps(list(failed)), format_time(since),
        )  # fmt: skip
        return {feed: int(number) for feed, number, _ in rows}

    def settle_entry(self, one: Wanted, *, retry: bool = False) -> None:
        """Notes that an entry's page was tried in vain; with `retry` the next runs try again, three times in all.

        Nothing is noted when another has noted an attempt since it was listed, or its feed has changed it.
        """
        with self._writing() as db:
            db.execute(
                "UPDATE entries SET attempts = attempts + 1, wanted = ?"
                " WHERE id = ? AND hash = ? AND wanted = 1 AND attempts = ?",
                (int(retry and one.attempts + 1 < MOST_ATTEMPTS), one.number, one.hash, one.attempts),
            )


def save_entry(db: sqlite3.Connection, entry: Entry, now: datetime) -> bool:
    """Whether the entry is new or changed; it is wanted then."""
    digest, known = _hash_entry(entry), _find_hash(db, entry)
    if known == digest:
        return False
    if known is None:
        db.execute("UPDATE feeds SET entries = entries + 1 WHERE url = ?", (entry.feed_url,))
    db.execute(
        "INSERT INTO entries (feed_url, key, url, title, html, published_at, authors, lang, hash, wanted, seen_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT (feed_url, key) DO UPDATE SET url = excluded.url,"
        " title = excluded.title, html = excluded.html, published_at = excluded.published_at,"
        " authors = excluded.authors, lang = excluded.lang, hash = excluded.hash, wanted = 1, changed = 1,"
        " attempts = 0",
        (
            entry.feed_url, entry.key, entry.url, entry.title, entry.html, from_time(entry.published_at),
            dump(entry.authors), entry.lang, digest, format_time(now),
        ),
    )  # fmt: skip
    return True


def drop_wish(db: sqlite3.Connection, one: Wanted) -> None:
    """The entry's page has been had; it is wanted still when its feed has changed it meanwhile."""
    db.execute("UPDATE entries SET wanted = 0 WHERE id = ? AND hash = ?", (one.number, one.hash))


def _read_entry(row: Any) -> Entry:
    feed_url, key, url, title, html, published_at, authors, lang = row
    moment = to_time(published_at) if published_at else None
    return Entry(feed_url, key, url, title, html, moment, tuple(json.loads(authors)), lang)


def _find_hash(db: sqlite3.Connection, entry: Entry) -> str | None:
    row = db.execute("SELECT hash FROM entries WHERE feed_url = ? AND key = ?", (entry.feed_url, entry.key)).fetchone()
    return row[0] if row else None


def _hash_entry(entry: Entry) -> str:
    """What an entry says. Markup is left out: counters and tokens in it change at every reading."""
    words = " ".join(_TAGS.sub(" ", entry.html).split())
    return hashlib.sha256("\x1f".join((entry.url, entry.title, words)).encode("utf-8", "replace")).hexdigest()[:32]
