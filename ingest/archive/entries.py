"""The entries that feeds have given, and which of them still want their page."""

# ruff: noqa: S608 - what is put into query texts is a constant of this package, never data
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.errors import NotFound
from graph.ids import format_time
from graph.records import Entry
from ingest.archive.database import Dialect, Tables, Transaction
from ingest.archive.rows import dump, dump_texts, from_time, to_time
from ingest.network.addresses import name_host
from ingest.sources.rhythm import MOST_APART, find_silence

# A page that failed three runs, or a text that failed extraction three times, is left alone.
MOST_ATTEMPTS = 3
_INSERT = (
    "INSERT INTO entries (url, title, html, published_at, authors, lang, hash, host, wanted, feed_url, key, seen_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_CHANGE = (
    "UPDATE entries SET url = ?, title = ?, html = ?, published_at = ?, authors = ?, lang = ?, hash = ?, host = ?,"
    " wanted = 1, changed = 1, attempts = 0 WHERE feed_url = ? AND key = ? AND hash <> ?"
)
_IS_NEWS = (
    "coalesce(published_at, CASE WHEN seen_at > (SELECT first_read FROM feeds WHERE url = feed_url) THEN seen_at END)"
    " >= ?"
)
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


class EntryTable(Tables):
    """Entries by feed and key."""

    def find_fresh(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Entries that `record_read` would call new or changed; nothing is written."""
        given = tuple(entries)
        known = _find_hashes(self._rows, self._database.dialect, given)
        return tuple(entry for entry in given if known.get((entry.feed_url, entry.key)) != _hash_entry(entry))

    def list_wanted(
        self,
        since: datetime | None = None,
        feed_url: str | None = None,
        hosts: Collection[str] | None = None,
        news: datetime | None = None,
    ) -> tuple[Wanted, ...]:
        """Entries whose page has not been had yet, in the order seen; `since` leaves out those published earlier.

        hosts  only pages at these; all when not given
        news   leaves out those published earlier, and of those that tell no day what was seen earlier or came with the
               first reading of its feed
        """
        bounds = {
            "(published_at IS NULL OR published_at >= ?)": from_time(since),
            _IS_NEWS: from_time(news),
            "feed_url = ?": feed_url,
        }
        asked = {bound: value for bound, value in bounds.items() if value is not None}
        at = () if hosts is None else (f"host IN ({', '.join('?' * len(hosts))})",)
        where = " AND ".join(("wanted = 1", *asked, *at))
        query = f"SELECT id, url, changed, attempts, hash FROM entries WHERE {where} ORDER BY id"
        rows = self._rows(query, *asked.values(), *(hosts or ()))
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
            raise NotFound(f"archive {self._database.name}: no entry {number}", subject=str(number), reason="no_entry")
        return _read_entry(rows[0])

    def count_unreadable(self, failed: Iterable[str], since: datetime) -> Mapping[str, int]:
        """Feeds of which pages at these addresses failed, and none of an entry seen since then could be read: how many
        failed, by feed."""
        rows = self._rows(
            "SELECT feed_url, count(*) FROM entries"
            f" WHERE url IN ({self._database.dialect.texts}) AND (wanted = 1 OR attempts > 0)"
            " GROUP BY feed_url HAVING NOT EXISTS (SELECT 1 FROM entries AS had WHERE had.feed_url = entries.feed_url"
            " AND had.wanted = 0 AND had.attempts = 0 AND had.seen_at >= ?) ORDER BY feed_url",
            dump_texts(failed), format_time(since),
        )  # fmt: skip
        return dict(rows)

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


def save_entries(db: Transaction, dialect: Dialect, entries: Iterable[Entry], now: datetime) -> tuple[Entry, ...]:
    """Those of the entries that are new or changed; they are wanted then."""
    given, fresh, new = tuple(entries), [], Counter[str]()
    known = _find_hashes(lambda query, *arguments: db.execute(query, arguments).fetchall(), dialect, given)
    for entry in given:
        place, digest = (entry.feed_url, entry.key), _hash_entry(entry)
        if known.get(place) == digest:
            continue
        if place not in known and _insert(db, entry, digest, now):
            new[entry.feed_url] += 1
            fresh.append(entry)
        elif _change(db, entry, digest):
            fresh.append(entry)
        known[place] = digest
    for feed in sorted({entry.feed_url for entry in fresh}):
        db.execute("UPDATE feeds SET entries = entries + ? WHERE url = ?", (new[feed], feed))
        note_latest(db, feed)
    return tuple(fresh)


def note_latest(db: Transaction, feed_url: str) -> None:
    """Writes beside a feed when its newest entry came, how far the latest are apart, and from when on it is silent.

    An entry came when it was published, or seen where it does not say or is dated ahead of that.
    """
    rows = db.execute(
        "SELECT coalesce(published_at, seen_at) AS moment, min(seen_at) FROM entries WHERE feed_url = ?"
        " GROUP BY moment ORDER BY moment DESC LIMIT ?",
        (feed_url, MOST_APART),
    ).fetchall()
    moments = [to_time(text) for text in sorted({min(row) for row in rows}, reverse=True)]
    silence = find_silence(moments)
    told = (silence.usual, format_time(silence.begins)) if silence else (None, None)
    newest = format_time(moments[0]) if moments else None
    db.execute("UPDATE feeds SET newest = ?, usual = ?, silent_from = ? WHERE url = ?", (newest, *told, feed_url))


def _insert(db: Transaction, entry: Entry, digest: str, now: datetime) -> bool:
    """Whether the feed has not given the entry before."""
    row = (*_write_entry(entry, digest), entry.feed_url, entry.key, format_time(now))
    return db.execute(_INSERT, row).rowcount == 1


def _change(db: Transaction, entry: Entry, digest: str) -> bool:
    """Whether the entry says something else now."""
    row = (*_write_entry(entry, digest), entry.feed_url, entry.key, digest)
    return db.execute(_CHANGE, row).rowcount == 1


def drop_wish(db: Transaction, one: Wanted) -> None:
    """The entry's page has been had; it is wanted still when its feed has changed it meanwhile."""
    db.execute("UPDATE entries SET wanted = 0 WHERE id = ? AND hash = ?", (one.number, one.hash))


def _read_entry(row: Any) -> Entry:
    feed_url, key, url, title, html, published_at, authors, lang = row
    moment = to_time(published_at) if published_at else None
    return Entry(feed_url, key, url, title, html, moment, tuple(json.loads(authors)), lang)


def _write_entry(entry: Entry, digest: str) -> tuple[object, ...]:
    return (
        entry.url, entry.title, entry.html, from_time(entry.published_at), dump(entry.authors), entry.lang, digest,
        name_host(entry.url),
    )  # fmt: skip


def _find_hashes(
    ask: Callable[..., list[Any]], dialect: Dialect, entries: Sequence[Entry]
) -> dict[tuple[str, str], str]:
    """What the entries said when they were last read, by feed and key, all asked for at once."""
    keys: dict[str, list[str]] = {}
    for entry in entries:
        keys.setdefault(entry.feed_url, []).append(entry.key)
    query = f"SELECT key, hash FROM entries WHERE feed_url = ? AND key IN ({dialect.texts})"
    return {(feed, key): digest for feed, own in keys.items() for key, digest in ask(query, feed, dump_texts(own))}


def _hash_entry(entry: Entry) -> str:
    """What an entry says. Markup is left out: counters and tokens in it change at every reading."""
    words = " ".join(_TAGS.sub(" ", entry.html).split())
    return hashlib.sha256("\x1f".join((entry.url, entry.title, words)).encode("utf-8", "replace")).hexdigest()[:32]
