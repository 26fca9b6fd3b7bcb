"""What each run did."""

# ruff: noqa: S608 - what is put into query texts is a constant of this package, never data

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime

from graph.errors import ParseError
from graph.formats.encoding import decode, encode
from graph.ids import format_time
from graph.records import RunSummary, Snapshot, Total
from ingest.archive.database import Tables
from ingest.archive.rows import dump, from_time, read_failure, to_time

# What grows with each run, by the names of RunSummary.
_COUNTED = (
    "seconds",
    "feeds_read",
    "feeds_unchanged",
    "feeds_failed",
    "articles_new",
    "articles_changed",
    "articles_failed",
    "articles_aside",
    "articles_bare",
    "claims_new",
    "copies_new",
)
_ADD_TOTAL = (
    "INSERT INTO totals (name, label, value) VALUES (?, ?, ?)"
    " ON CONFLICT (name, label) DO UPDATE SET value = totals.value + excluded.value"
)


class RunTable(Tables):
    """Runs, the latest last."""

    def record_run(self, summary: RunSummary) -> None:
        """Keeps what a run did, and adds it to the totals."""
        values = asdict(summary)
        values["started_at"] = format_time(summary.started_at)
        with self._writing() as db:
            db.execute("INSERT INTO runs (started_at, summary) VALUES (?, ?)", (values["started_at"], dump(values)))
            db.executemany(_ADD_TOTAL, list(_iter_totals(summary)))

    def latest_run(self) -> RunSummary | None:
        """What the last run did; None before the first."""
        return next(iter(self.list_runs(1)), None)

    def list_runs(self, limit: int) -> tuple[RunSummary, ...]:
        """The latest runs, the last one first."""
        rows = self._rows("SELECT summary FROM runs ORDER BY id DESC LIMIT ?", limit)
        return tuple(_read_summary(summary) for (summary,) in rows)

    def count_runs(self, since: datetime | None = None) -> int:
        """How many runs are kept, or those of them that began since then."""
        return int(self._rows("SELECT count(*) FROM runs WHERE started_at >= ?", from_time(since) or "")[0][0])

    def count_failures(self, since: datetime) -> tuple[tuple[str, int], ...]:
        """How many items failed in runs since then, by reason, most first."""
        rows = self._rows(
            "SELECT failure.value ->> 'reason' AS reason, count(*) AS number"
            f" FROM runs, {self._database.dialect.failures} WHERE started_at >= ?"
            " GROUP BY reason ORDER BY number DESC, reason",
            from_time(since),
        )
        return tuple((reason, number) for reason, number in rows)

    def keep_snapshot(self, snapshot: Snapshot) -> None:
        """Keeps how things are in the place of what was kept."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO health (id, record) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record",
                (dump(encode(snapshot)),),
            )

    def get_snapshot(self) -> Snapshot | None:
        """How things were when that was last kept; None when it never was, or by a version with other records."""
        rows = self._rows("SELECT record FROM health")
        with suppress(ParseError):
            return decode(Snapshot, json.loads(rows[0][0])) if rows else None
        return None

    def list_totals(self) -> tuple[Total, ...]:
        """What all runs together did, those whose records are gone included."""
        return tuple(Total(*row) for row in self._rows("SELECT name, label, value FROM totals ORDER BY name, label"))


def _iter_totals(summary: RunSummary) -> Iterator[tuple[str, str, float]]:
    yield "runs", "", 1
    yield from ((name, "", getattr(summary, name)) for name in _COUNTED)
    yield from (
        ("failures", reason, number) for reason, number in Counter(one.reason for one in summary.failures).items()
    )


def _read_summary(text: str) -> RunSummary:
    values = json.loads(text)
    values["started_at"] = to_time(values["started_at"])
    values["failures"] = tuple(map(read_failure, values["failures"]))
    return RunSummary(**values)
