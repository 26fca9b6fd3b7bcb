"""What each run did."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime

from graph.errors import ParseError
from graph.formats.encoding import decode, encode
from graph.ids import format_time
from graph.records import RunSummary, Snapshot, Total
from ingest.archive.database import Tables, Transaction
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
# What a run that grows keeps of them; all are counted in the totals.
_MOST_FAILURES = 1_000
# The last that began then.
_FIND_RUN = "SELECT id, summary FROM runs WHERE started_at = ? ORDER BY id DESC LIMIT 1"
_INSERT_RUN = "INSERT INTO runs (started_at, summary, reasons) VALUES (?, ?, ?)"
_ADD_TOTAL = (
    "INSERT INTO totals (name, label, value) VALUES (?, ?, ?)"
    " ON CONFLICT (name, label) DO UPDATE SET value = totals.value + excluded.value"
)


class RunTable(Tables):
    """Runs, the latest last."""

    def record_run(self, summary: RunSummary) -> None:
        """Keeps what a run did, and adds it to the totals."""
        moment = format_time(summary.started_at)
        with self._writing() as db:
            _hold(db)
            db.execute(_INSERT_RUN, (moment, *_write_summary(summary)))
            db.executemany(_ADD_TOTAL, sorted(_iter_totals(summary)))

    def add_to_run(self, summary: RunSummary) -> None:
        """Adds what a part of a run did to the record of the run that began when it says, or begins that, and to the
        totals."""
        moment = format_time(summary.started_at)
        with self._writing() as db:
            _hold(db)
            row = db.execute(_FIND_RUN, (moment,)).fetchone()
            if row:
                values = _write_summary(_add(_read_summary(row[1]), summary))
                db.execute("UPDATE runs SET summary = ?, reasons = ? WHERE id = ?", (*values, row[0]))
            else:
                db.execute(_INSERT_RUN, (moment, *_write_summary(summary)))
            totals = sorted(_iter_totals(summary, runs=0 if row else 1))
            db.executemany(_ADD_TOTAL, [one for one in totals if one[2]])

    def note_speed(self, name: str, value: float) -> None:
        """Keeps how fast something was, in the place of what was kept."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO speeds (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )

    def get_speed(self, name: str) -> float | None:
        """How fast it was the last time; None when nobody has told yet."""
        rows = self._rows("SELECT value FROM speeds WHERE name = ?", name)
        return float(rows[0][0]) if rows else None

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
        counts = Counter[str]()
        for (reasons,) in self._rows("SELECT reasons FROM runs WHERE started_at >= ?", from_time(since)):
            counts.update(json.loads(reasons))
        return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))

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


def _add(before: RunSummary, more: RunSummary) -> RunSummary:
    sums = {name: getattr(before, name) + getattr(more, name) for name in (*_COUNTED, "feeds_due")}
    failures = (*before.failures, *more.failures)[:_MOST_FAILURES]
    return replace(before, **{**sums, "seconds": round(sums["seconds"], 3)}, failures=failures)


def _write_summary(summary: RunSummary) -> tuple[str, str]:
    """The record, and how many failed by reason: a week of records takes seconds to look through."""
    reasons = Counter(failure.reason for failure in summary.failures)
    return dump({**asdict(summary), "started_at": format_time(summary.started_at)}), dump(reasons)


def _hold(db: Transaction) -> None:
    """Has others who record a run wait until this one is recorded: of two that begin one, the second adds to it."""
    db.execute(_ADD_TOTAL, ("runs", "", 0))


def _iter_totals(summary: RunSummary, runs: int = 1) -> Iterator[tuple[str, str, float]]:
    yield "runs", "", runs
    yield from ((name, "", getattr(summary, name)) for name in _COUNTED)
    yield from (
        ("failures", reason, number) for reason, number in Counter(one.reason for one in summary.failures).items()
    )


def _read_summary(text: str) -> RunSummary:
    values = json.loads(text)
    values["started_at"] = to_time(values["started_at"])
    values["failures"] = tuple(map(read_failure, values["failures"]))
    return RunSummary(**values)
