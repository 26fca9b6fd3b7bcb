"""What was asked of language models: replies that are not paid for twice, what a day cost, what waits (SQLite).

One small file beside the archive, `NAME.llm.db`. It holds replies and counts, no text of an article; deleted, the same
questions are paid for once more and nothing else is lost.
"""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from graph.errors import StoreError, StoreUnavailable
from graph.readers import AGENT, name_reader
from graph.records import ArticleId, Claim, ModelUse, Share
from ingest.llm.endpoint import Answer

_FORMAT = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS replies (
    key TEXT PRIMARY KEY, model TEXT NOT NULL, text TEXT NOT NULL, cut INTEGER NOT NULL, asked INTEGER NOT NULL,
    answered INTEGER NOT NULL, at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS days (
    day TEXT NOT NULL, model TEXT NOT NULL, requests INTEGER NOT NULL DEFAULT 0, kept INTEGER NOT NULL DEFAULT 0,
    asked INTEGER NOT NULL DEFAULT 0, answered INTEGER NOT NULL DEFAULT 0, articles INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day, model)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reasons (
    kind TEXT NOT NULL, model TEXT NOT NULL, reason TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (kind, model, reason)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS read (
    article TEXT NOT NULL, reader TEXT NOT NULL, PRIMARY KEY (article, reader)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS audited (
    claim TEXT NOT NULL, auditor TEXT NOT NULL, type TEXT NOT NULL, lang TEXT NOT NULL, reader TEXT NOT NULL,
    refuted INTEGER NOT NULL, PRIMARY KEY (claim, auditor)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS waiting (
    article TEXT PRIMARY KEY, reason TEXT NOT NULL, since TEXT NOT NULL, tries INTEGER NOT NULL
) WITHOUT ROWID;
"""
_COUNTED = ("requests", "kept", "asked", "answered", "articles")
# After so many tries an article keeps what the learned reader found, until `reread` asks for more.
MOST_TRIES = 5


class Ledger:
    """The file; safe to use from threads and from several processes. Raises StoreError when it cannot be used."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()
        with self._translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._db.close()

    def find_reply(self, key: str, model: str, now: datetime) -> Answer | None:
        """The reply that was paid for before; counted as one that cost nothing."""
        with self._writing() as db:
            row = db.execute("SELECT text, cut, asked, answered FROM replies WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            self._count(db, now, model, kept=1)
        return Answer(row[0], bool(row[1]), row[2], row[3], fresh=False)

    def keep_reply(self, key: str, model: str, answer: Answer, now: datetime) -> None:
        """Notes what an answer was and what it cost: in one step, before anybody reads it."""
        with self._writing() as db:
            self._count(db, now, model, requests=1, asked=answer.asked, answered=answer.answered)
            db.execute(
                "INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?, ?, ?)",
                (key, model, answer.text, answer.cut, answer.asked, answer.answered, now.isoformat()),
            )

    def drop_reply(self, key: str) -> None:
        """A reply that is of no use is not kept; what it cost stays counted."""
        with self._writing() as db:
            db.execute("DELETE FROM replies WHERE key = ?", (key,))

    def count_spent(self, now: datetime) -> int:
        """Tokens of this day in UTC, asked and answered, whatever the model."""
        with self._translated(), self._lock:
            query = "SELECT coalesce(sum(asked + answered), 0) FROM days WHERE day = ?"
            return int(self._db.execute(query, (_day(now),)).fetchone()[0])

    def note_article(self, model: str, now: datetime) -> None:
        """Counts an article that the model has read."""
        with self._writing() as db:
            self._count(db, now, model, articles=1)

    def note_reasons(self, kind: str, model: str, reasons: Mapping[str, int]) -> None:
        """Adds to how often something was `refused` or `failed`, by reason."""
        with self._writing() as db:
            db.executemany(
                "INSERT INTO reasons VALUES (?, ?, ?, ?) "
                "ON CONFLICT (kind, model, reason) DO UPDATE SET number = number + excluded.number",
                [(kind, model, reason, number) for reason, number in reasons.items()],
            )

    def wait_for(self, article: ArticleId, reason: str, now: datetime) -> None:
        """Notes that an article is to be read by the model later."""
        # The day's budget is no fault of an article: it costs none of its tries.
        tries = 0 if reason in {"budget", "news_first"} else 1
        with self._writing() as db:
            db.execute(
                "INSERT INTO waiting VALUES (?, ?, ?, ?) "
                "ON CONFLICT (article) DO UPDATE SET reason = excluded.reason, tries = tries + excluded.tries",
                (article, reason, now.isoformat(), tries),
            )

    def settle(self, article: ArticleId, reader: str) -> None:
        """An article was read by such a reader and waits no longer."""
        with self._writing() as db:
            db.execute("DELETE FROM waiting WHERE article = ?", (article,))
            db.execute("INSERT OR IGNORE INTO read VALUES (?, ?)", (article, reader))

    def note_reading(self, article: ArticleId, reader: str) -> None:
        """A reader whom nobody waits for has read an article."""
        with self._writing() as db:
            db.execute("INSERT OR IGNORE INTO read VALUES (?, ?)", (article, reader))

    def list_read(self, reader: str) -> frozenset[ArticleId]:
        """The articles that a reader has read."""
        with self._translated(), self._lock:
            rows = self._db.execute("SELECT article FROM read WHERE reader = ?", (reader,)).fetchall()
        return frozenset(ArticleId(row[0]) for row in rows)

    def forget_reading(self, article: ArticleId, reader: str) -> None:
        """A reader is to read an article once more."""
        with self._writing() as db:
            db.execute("DELETE FROM read WHERE article = ? AND reader = ?", (article, reader))

    def forget_readings(self) -> None:
        """Another reader reads the articles again: which of them these readers have read says nothing any more.

        Agents are readers beside it: what they have read they have read.
        """
        with self._writing() as db:
            db.execute("DELETE FROM read WHERE reader NOT LIKE ?", (f"{AGENT} %",))

    def has_read(self, article: ArticleId, reader: str) -> bool:
        """Whether such a reader has read an article."""
        with self._translated(), self._lock:
            query = "SELECT 1 FROM read WHERE article = ? AND reader = ?"
            return self._db.execute(query, (article, reader)).fetchone() is not None

    def forget_verdicts(self) -> None:
        """The store was built anew: no claim in it was looked at, and what was replied stays."""
        with self._writing() as db:
            db.execute("DELETE FROM audited")

    def note_verdict(self, claim: Claim, auditor: str, *, refuted: bool) -> None:
        """A claim was looked at a second time."""
        with self._writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO audited VALUES (?, ?, ?, ?, ?, ?)",
                (claim.id, auditor, claim.type, claim.lang, name_reader(claim.reader), refuted),
            )

    def list_audited(self, auditor: str) -> frozenset[str]:
        """Ids of the claims that were looked at by this auditor."""
        with self._translated(), self._lock:
            rows = self._db.execute("SELECT claim FROM audited WHERE auditor = ?", (auditor,)).fetchall()
        return frozenset(row[0] for row in rows)

    def list_waiting(self) -> tuple[ArticleId, ...]:
        """Articles that are to be read later, those that wait longest first."""
        with self._translated(), self._lock:
            rows = self._db.execute(
                "SELECT article FROM waiting WHERE tries < ? ORDER BY since, article", (MOST_TRIES,)
            ).fetchall()
        return tuple(ArticleId(row[0]) for row in rows)

    def sum_up(self, now: datetime, budget: int) -> ModelUse:
        """What was sent and what it cost, today and ever."""
        with self._translated(), self._lock:
            rows = self._db.execute(
                "SELECT model, sum(requests), sum(kept), sum(asked), sum(answered), sum(articles) FROM days "
                "GROUP BY model ORDER BY max(day) DESC, model"
            ).fetchall()
            reasons = self._db.execute("SELECT kind, reason, sum(number) FROM reasons GROUP BY 1, 2 ORDER BY 3 DESC, 2")
            found = reasons.fetchall()
            query = "SELECT reason, count(*) FROM waiting WHERE tries < ? GROUP BY 1 ORDER BY 2 DESC, 1"
            shares = [
                Share(kind, name, asked, asked - refuted)
                for kind in ("type", "lang", "reader")
                for name, asked, refuted in self._db.execute(
                    f"SELECT {kind}, count(*), sum(refuted) FROM audited GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608
                )
            ]
            waiting = self._db.execute(query, (MOST_TRIES,)).fetchall()
        return ModelUse(
            models=tuple(row[0] for row in rows),
            spent_today=self.count_spent(now),
            budget=budget,
            requests=sum(row[1] for row in rows),
            reused=sum(row[2] for row in rows),
            asked=sum(row[3] for row in rows),
            answered=sum(row[4] for row in rows),
            articles=sum(row[5] for row in rows),
            waiting=tuple(waiting),
            audited=tuple(shares),
            refused=tuple((reason, number) for kind, reason, number in found if kind == "refused"),
            failed=tuple((reason, number) for kind, reason, number in found if kind == "failed"),
        )

    def _prepare(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version > _FORMAT:
            raise StoreUnavailable(
                f"{self._path} has format {version}; install a newer claimgraph, or delete it",
                subject=str(self._path),
                reason="newer",
            )
        # What was paid for is on the disk before it is used, whatever becomes of the machine.
        self._db.execute("PRAGMA synchronous = FULL")
        if version == _FORMAT:
            return
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {_FORMAT}; COMMIT;")

    def _count(self, db: sqlite3.Connection, now: datetime, model: str, **more: int) -> None:
        values = [more.get(name, 0) for name in _COUNTED]
        sums = ", ".join(f"{name} = {name} + excluded.{name}" for name in _COUNTED)
        db.execute(
            f"INSERT INTO days (day, model, {', '.join(_COUNTED)}) VALUES (?, ?, ?, ?, ?, ?, ?) "  # noqa: S608 - constants
            f"ON CONFLICT (day, model) DO UPDATE SET {sums}",
            (_day(now), model, *values),
        )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._translated(), self._lock:
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
        except (sqlite3.Error, OSError) as error:
            message = f"{self._path}: {error}; make room, or delete it to pay for its replies again"
            raise StoreError(message, subject=str(self._path), reason="failed") from error


def _day(now: datetime) -> str:
    return now.date().isoformat()
