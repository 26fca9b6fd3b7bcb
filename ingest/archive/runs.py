"""What each run did."""

import json
from dataclasses import asdict

from graph.ids import format_time
from graph.records import RunSummary
from ingest.archive.file import ArchiveFile
from ingest.archive.rows import dump, read_failure, to_time


class RunTable(ArchiveFile):
    """Runs, the latest last."""

    def record_run(self, summary: RunSummary) -> None:
        """Keeps what a run did."""
        values = asdict(summary)
        values["started_at"] = format_time(summary.started_at)
        with self._writing() as db:
            db.execute("INSERT INTO runs (started_at, summary) VALUES (?, ?)", (values["started_at"], dump(values)))

    def latest_run(self) -> RunSummary | None:
        """What the last run did; None before the first."""
        rows = self._rows("SELECT summary FROM runs ORDER BY id DESC LIMIT 1")
        if not rows:
            return None
        values = json.loads(rows[0][0])
        values["started_at"] = to_time(values["started_at"])
        values["failures"] = tuple(map(read_failure, values["failures"]))
        return RunSummary(**values)
