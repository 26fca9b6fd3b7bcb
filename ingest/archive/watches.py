"""What is watched and sent, to whom, how that goes, and which news were sent already."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from graph.errors import NotFound
from graph.records import Channel, ClaimId, News, Watch, WatchCounts, Watched, WatchedKind
from ingest.archive.database import Tables
from ingest.archive.rows import dump, from_time, to_time

_COLUMNS = "number, kind, target, news, channel, recipient, lang, daily, made_at, told_until, sent, failures, failure"
_LIST = f"SELECT {_COLUMNS} FROM watches"  # noqa: S608 - a constant of this module


class WatchTable(Tables):
    """Watches by their numbers."""

    def add_watch(self, watch: Watch, secret: str = "") -> Watch:
        """The watch with its number. `secret` signs what a webhook is sent."""
        told = watch.watched
        row = (
            told.kind, told.target, dump([news.value for news in told.news]), watch.channel, watch.to, watch.lang,
            watch.daily, from_time(watch.made_at), secret,
        )  # fmt: skip
        with self._writing() as db:
            [number] = db.execute(
                "INSERT INTO watches (kind, target, news, channel, recipient, lang, daily, made_at, secret)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
                row,
            ).fetchone()
        return self.get_watch(number)

    def get_watch(self, number: int) -> Watch:
        """Raises NotFound."""
        rows = self._rows(f"{_LIST} WHERE number = ?", number)
        if not rows:
            raise NotFound(f"watch {number}: there is none; `claimgraph watch list` has all", subject=str(number))
        return _read_watch(rows[0])

    def list_watches(self) -> tuple[Watch, ...]:
        """All, in the order made."""
        return tuple(map(_read_watch, self._rows(f"{_LIST} ORDER BY number")))

    def count_watches(self) -> WatchCounts:
        """How many there are and how sending goes."""
        [row] = self._rows("SELECT count(*), count(*) FILTER (WHERE failures > 0), coalesce(sum(sent), 0) FROM watches")
        return WatchCounts(*map(int, row))

    def get_secret(self, number: int) -> str:
        """What a webhook's POSTs are signed with; empty for a mail."""
        rows = self._rows("SELECT secret FROM watches WHERE number = ?", number)
        return str(rows[0][0]) if rows else ""

    def remove_watch(self, number: int) -> None:
        """Takes it away with what it was told. Raises NotFound."""
        self.get_watch(number)
        with self._writing() as db:
            db.execute("DELETE FROM tellings WHERE watch = ?", (number,))
            db.execute("DELETE FROM watches WHERE number = ?", (number,))

    def list_told(self, number: int) -> frozenset[tuple[ClaimId, str]]:
        """What was sent: the claim that brought it, and what it was."""
        rows = self._rows("SELECT claim, news FROM tellings WHERE watch = ?", number)
        return frozenset((ClaimId(claim), news) for claim, news in rows)

    def note_sent(self, number: int, told: Iterable[tuple[ClaimId, str]], notices: int, now: datetime) -> None:
        """Notes what one delivery brought, in one step."""
        moment = from_time(now)
        with self._writing() as db:
            db.executemany(
                "INSERT INTO tellings (watch, claim, news, sent_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [(number, claim, news, moment) for claim, news in told],
            )
            db.execute("UPDATE watches SET sent = sent + ? WHERE number = ?", (notices, number))

    def note_told(self, number: int, until: datetime, forgotten: datetime) -> None:
        """Notes that all that was fetched before `until` was sent; forgets what was sent before `forgotten`."""
        with self._writing() as db:
            db.execute(
                "UPDATE watches SET told_until = ?, failures = 0, failure = '' WHERE number = ?",
                (from_time(until), number),
            )
            db.execute("DELETE FROM tellings WHERE watch = ? AND sent_at < ?", (number, from_time(forgotten)))

    def note_unsent(self, number: int, why: str) -> None:
        """Notes that nothing could be sent, and why."""
        with self._writing() as db:
            db.execute("UPDATE watches SET failures = failures + 1, failure = ? WHERE number = ?", (why, number))


def _read_watch(row: Any) -> Watch:
    number, kind, target, news, channel, to, lang, daily, made_at, told_until, sent, failures, failure = row
    return Watch(
        number,
        Watched(WatchedKind(kind), target, tuple(map(News, json.loads(news)))),
        Channel(channel),
        to,
        lang,
        bool(daily),
        to_time(made_at),
        to_time(told_until) if told_until else None,
        sent,
        failures,
        failure,
    )
