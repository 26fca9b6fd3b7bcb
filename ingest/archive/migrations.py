"""Brings an archive to the present format: a copy of an older one first, then all steps in one transaction."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from graph.errors import StoreUnavailable
from graph.files import replacing
from graph.statements import iter_statements
from ingest.archive.database import Transaction
from ingest.archive.entries import note_latest
from ingest.archive.rows import dump
from ingest.network.addresses import name_host

# What turns the format before into this one. A new file takes all of them: there is no second account of its schema.
# A server has steps of its own (postgres_steps.py) to the same tables and columns, under the same numbers.
STEPS: dict[int, str] = {
    1: """
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
""",
    2: """
-- Since when reading fails, why a feed is read no more, and where it says that it has moved, so many times in a row.
ALTER TABLE feeds ADD COLUMN failing_since TEXT;
ALTER TABLE feeds ADD COLUMN given_up TEXT;
ALTER TABLE feeds ADD COLUMN moved_to TEXT;
ALTER TABLE feeds ADD COLUMN moves INTEGER NOT NULL DEFAULT 0;
UPDATE feeds SET given_up = 'gone' WHERE disabled = 1;
UPDATE feeds SET failing_since = coalesce(last_read, next_due) WHERE failures > 0;
-- The rhythm of a feed is read from here at every reading.
CREATE INDEX entries_times ON entries (feed_url, coalesce(published_at, seen_at));
-- A host's robots.txt as last had. body: NULL allows everything, as the host has none.
CREATE TABLE robots (origin TEXT PRIMARY KEY, body TEXT, had_at TEXT NOT NULL) WITHOUT ROWID;
""",
    3: """
-- What kept us from the whole page, where that is known.
ALTER TABLE articles ADD COLUMN barrier TEXT;
CREATE INDEX articles_barred ON articles (barrier) WHERE barrier IS NOT NULL;

-- Pages that are asked again whether they have changed, by their article's address; those without next_check no more.
CREATE TABLE pages (
    url TEXT PRIMARY KEY, asked TEXT NOT NULL, etag TEXT, modified TEXT, checks INTEGER NOT NULL DEFAULT 0,
    next_check TEXT
) WITHOUT ROWID;
CREATE INDEX pages_due ON pages (next_check) WHERE next_check IS NOT NULL;
""",
    4: """
ALTER TABLE articles ADD COLUMN compared INTEGER NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN stored_at TEXT;
UPDATE articles SET stored_at = fetched_at WHERE pending = 0 AND attempts = 0;
CREATE INDEX articles_uncompared ON articles (published_at) WHERE compared = 0 AND stored_at IS NOT NULL;
CREATE INDEX articles_stored ON articles (stored_at) WHERE stored_at IS NOT NULL;
CREATE TABLE sketches (
    article TEXT PRIMARY KEY, url TEXT NOT NULL, source TEXT NOT NULL, lang TEXT NOT NULL, published_at TEXT NOT NULL,
    fetched_at TEXT NOT NULL, runs INTEGER NOT NULL, signature BLOB NOT NULL, marks TEXT NOT NULL, lead TEXT NOT NULL,
    vectors BLOB
);
CREATE INDEX sketches_published ON sketches (published_at);
CREATE TABLE totals (name TEXT NOT NULL, label TEXT NOT NULL, value REAL NOT NULL, PRIMARY KEY (name, label))
    WITHOUT ROWID;
""",
    5: """
-- Not about AI: kept, and not for the graph.
ALTER TABLE articles ADD COLUMN aside INTEGER NOT NULL DEFAULT 0;
CREATE INDEX articles_aside ON articles (id) WHERE aside = 1;
""",
    6: """
ALTER TABLE feeds ADD COLUMN entries INTEGER NOT NULL DEFAULT 0;
UPDATE feeds SET entries = (SELECT count(*) FROM entries WHERE feed_url = feeds.url);
-- How often a text was handed out to be read and the run died before anything came back.
ALTER TABLE articles ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
CREATE INDEX articles_tried ON articles (tries, id) WHERE tries > 0;
-- How the last days went when the last run ended, as one record.
CREATE TABLE health (id INTEGER PRIMARY KEY CHECK (id = 1), record TEXT NOT NULL);
""",
    7: """
-- How many of a day were set aside is told from the index alone: times stand behind the text.
DROP INDEX articles_aside;
CREATE INDEX articles_aside ON articles (published_at, fetched_at) WHERE aside = 1;
""",
    8: """
-- What readers watch on the pages. The id is all that leads to a list; items as the pages write them.
CREATE TABLE lists (id TEXT PRIMARY KEY, items TEXT NOT NULL, used_at TEXT NOT NULL);
CREATE INDEX lists_used ON lists (used_at);
""",
    9: """
-- What is watched and sent. secret: what POSTs are signed with; told_until: what was fetched before was sent.
CREATE TABLE watches (
    number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, target TEXT NOT NULL, news TEXT NOT NULL,
    channel TEXT NOT NULL, recipient TEXT NOT NULL, lang TEXT NOT NULL, daily INTEGER NOT NULL, made_at TEXT NOT NULL,
    secret TEXT NOT NULL, told_until TEXT, sent INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
    failure TEXT NOT NULL DEFAULT ''
);
-- What was sent: the claim that brought it, and what it was.
CREATE TABLE tellings (
    watch INTEGER NOT NULL, claim TEXT NOT NULL, news TEXT NOT NULL, sent_at TEXT NOT NULL,
    PRIMARY KEY (watch, claim, news)
) WITHOUT ROWID;
""",
    10: """
-- What readers reported. sender: from which address, empty an hour later; nothing else of a reader is kept.
CREATE TABLE reports (
    number INTEGER PRIMARY KEY AUTOINCREMENT, claim TEXT NOT NULL, reason TEXT NOT NULL, why TEXT NOT NULL,
    at TEXT NOT NULL, sender TEXT NOT NULL
);
CREATE INDEX reports_sent ON reports (sender) WHERE sender <> '';
""",
    11: """
-- Read, and no claim found. Without stored_at it is kept here and not in the graph.
ALTER TABLE articles ADD COLUMN bare INTEGER NOT NULL DEFAULT 0;
CREATE INDEX articles_bare ON articles (id) WHERE bare = 1 AND stored_at IS NULL;
-- What the comparing of new articles looks at: which sketches there are, told from the index alone.
DROP INDEX sketches_published;
CREATE INDEX sketches_published ON sketches (published_at, article);
-- What a run keeps for pages and scrapes is records.Snapshot now. A step that changes that empties this.
DELETE FROM health;
""",
    12: """
-- Which host is asked for a feed, an entry's page, a page again. Of entries and pages that ask for nothing, empty.
ALTER TABLE feeds ADD COLUMN host TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN host TEXT NOT NULL DEFAULT '';
ALTER TABLE pages ADD COLUMN host TEXT NOT NULL DEFAULT '';
CREATE INDEX entries_hosts ON entries (host) WHERE wanted = 1;
-- Until when one of several workers has a host or an article, by the clock of the database; past or NULL: nobody has.
CREATE TABLE hosts (host TEXT PRIMARY KEY, taken_until TEXT, rest_until TEXT) WITHOUT ROWID;
ALTER TABLE articles ADD COLUMN taken_until TEXT;
""",
    13: """
-- How fast workers were the last time, such as articles read a second.
CREATE TABLE speeds (name TEXT PRIMARY KEY, value REAL NOT NULL) WITHOUT ROWID;
""",
    14: """
-- How many failed in a run, by reason; and how long what is stored took, which pages failed, told from indexes alone.
ALTER TABLE runs ADD COLUMN reasons TEXT NOT NULL DEFAULT '{}';
DROP INDEX articles_stored;
CREATE INDEX articles_stored ON articles (stored_at, published_at) WHERE stored_at IS NOT NULL;
CREATE INDEX entries_failed ON entries (url) WHERE wanted = 1 OR attempts > 0;
""",
    15: """
-- How many rows are of a kind of which there are too many to be counted at each look.
CREATE TABLE counts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counts SELECT 'aside', number FROM (SELECT count(*) AS number FROM articles WHERE aside = 1) AS found
    WHERE number > 0;
""",
    16: """
-- Seconds from publication to the graph: to tell them from two times takes longer than to look at them.
ALTER TABLE articles ADD COLUMN lag INTEGER;
UPDATE articles SET lag = unixepoch(stored_at) - unixepoch(published_at) WHERE stored_at IS NOT NULL;
DROP INDEX articles_stored;
CREATE INDEX articles_stored ON articles (stored_at, published_at, lag) WHERE stored_at IS NOT NULL;
-- News are read first, and what else waits behind them may be much.
DROP INDEX articles_pending;
CREATE INDEX articles_pending ON articles (published_at DESC, id) WHERE pending = 1;
""",
    17: """
-- When a feed's newest entry was published, or seen where it does not say; who is quiet is asked of feeds alone so.
ALTER TABLE feeds ADD COLUMN newest TEXT;
UPDATE feeds SET newest = (SELECT max(coalesce(published_at, seen_at)) FROM entries WHERE feed_url = feeds.url);
""",
    18: """
-- When a feed was first read: what it brought then and tells no day of may be of any age. Of those read before this
-- step it is not known, so all that they have brought counts as that.
ALTER TABLE feeds ADD COLUMN first_read TEXT;
UPDATE feeds SET first_read = last_read;
""",
    19: """
-- How far the latest entries of a feed are apart, and from when on it is silent if nothing new comes: who is silent is
-- asked of feeds alone so. What is dated ahead came when it was seen.
ALTER TABLE feeds ADD COLUMN usual REAL;
ALTER TABLE feeds ADD COLUMN silent_from TEXT;
""",
}
SCHEMA_VERSION = max(STEPS)
_RUNS_AT_A_TIME = 100
# Milliseconds to wait for another opening that brings the archive to the present format. Gigabytes take minutes.
_PATIENCE = 600_000


def fill_hosts(db: Transaction) -> None:
    """Writes the host beside each address that is asked or will be."""
    for table, key, address, asked in (
        ("feeds", "url", "url", "1 = 1"),
        ("entries", "id", "url", "wanted = 1"),
        ("pages", "url", "asked", "next_check IS NOT NULL"),
    ):
        rows = db.execute(f"SELECT {address}, {key} FROM {table} WHERE {asked}").fetchall()  # noqa: S608 - of this list
        update = f"UPDATE {table} SET host = ? WHERE {key} = ?"  # noqa: S608 - the same
        db.executemany(update, [(name_host(url), own) for url, own in rows])


def fill_reasons(db: Transaction) -> None:
    """Writes beside each run how many failed in it, by reason. Runs hold much each: a few are read at a time."""
    last = -1
    select = "SELECT id, summary FROM runs WHERE id > ? ORDER BY id LIMIT ?"
    while runs := db.execute(select, (last, _RUNS_AT_A_TIME)).fetchall():
        rows = [
            (dump(Counter(failure["reason"] for failure in json.loads(summary)["failures"])), number)
            for number, summary in runs
        ]
        db.executemany("UPDATE runs SET reasons = ? WHERE id = ?", rows)
        last = runs[-1][0]


def fill_silences(db: Transaction) -> None:
    """Writes beside each feed when its latest entries came."""
    for (url,) in db.execute("SELECT url FROM feeds").fetchall():
        note_latest(db, url)


# What comes after the step of that number, in the same transaction and on every database.
AFTER: Mapping[int, Callable[[Transaction], None]] = {12: fill_hosts, 14: fill_reasons, 19: fill_silences}


def migrate(path: Path, db: sqlite3.Connection) -> None:
    """Brings the archive to SCHEMA_VERSION, whole or not at all; an older one is kept beside it as NAME.format-N.

    Raises StoreUnavailable: `newer_schema` when a newer version made the archive, `no_copy` when it cannot be kept,
    `no_archive` when the file holds something else.
    """
    _refuse_others(path, db)
    before = read_format(db)
    refuse_newer(str(path), before)
    if before == SCHEMA_VERSION:
        return
    _begin(db)
    try:
        # Read again: of two openings at once, the second waits here and finds steps taken, maybe by a newer version.
        before = read_format(db)
        refuse_newer(str(path), before)
        if 0 < before < SCHEMA_VERSION:
            _keep_copy(path, before)
        for version in sorted(one for one in STEPS if one > before):
            for statement in iter_statements(STEPS[version]):
                db.execute(statement)
            if version in AFTER:
                AFTER[version](db)
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _begin(db: sqlite3.Connection) -> None:
    """The only writer from now on: who opens at the same time waits until the other has copied, and taken all steps."""
    [usual] = db.execute("PRAGMA busy_timeout").fetchone()
    db.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
    try:
        db.execute("BEGIN IMMEDIATE")
    finally:
        db.execute(f"PRAGMA busy_timeout = {usual}")


def refuse_newer(name: str, version: int) -> None:
    """Raises StoreUnavailable for a format that this version does not know."""
    if version > SCHEMA_VERSION:
        raise StoreUnavailable(
            f"archive {name}: made by a newer version (schema {version}, this one knows {SCHEMA_VERSION}); "
            "update claimgraph",
            subject=name,
            reason="newer_schema",
        )


def read_format(db: sqlite3.Connection) -> int:
    """The format of an archive; 0 when it is empty."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _refuse_others(path: Path, db: sqlite3.Connection) -> None:
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if tables and "feeds" not in tables:
        message = f"archive {path}: holds something else, and nothing that was fetched; name an archive"
        raise StoreUnavailable(message, subject=str(path), reason="no_archive")


def _keep_copy(path: Path, version: int) -> None:
    try:
        with (
            replacing(path.with_name(f"{path.name}.format-{version}")) as unfinished,
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as reader,
            closing(sqlite3.connect(unfinished)) as writer,
        ):
            reader.backup(writer)
    except (OSError, sqlite3.Error) as error:
        raise StoreUnavailable(
            f"archive {path} has format {version} and could not be copied before it is brought to {SCHEMA_VERSION} "
            f"({error}); make room beside it, or check that its folder may be written to",
            subject=str(path),
            reason="no_copy",
        ) from error
