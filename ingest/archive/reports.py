"""What readers reported of readings, and how often one address may."""

from datetime import timedelta

from graph.records import ClaimId, Misreading, Report
from ingest.archive.database import Tables
from ingest.archive.rows import from_time, to_time

AN_HOUR = 5
"""So many reports one address may send in an hour."""
MOST = 10_000
"""So many are kept, the newest."""
_HOUR = timedelta(hours=1)


class ReportTable(Tables):
    """Reports in the order they came. Of who sent them only the address is kept, and that for an hour."""

    def add_report(self, report: Report, sender: str) -> float:
        """Seconds until the sender may report again, where this is one too many; 0 when it is kept.

        A second report of a claim within the hour takes the place of the first.
        """
        since = from_time(report.at - _HOUR)
        with self._writing() as db:
            db.execute("UPDATE reports SET sender = '' WHERE sender <> '' AND at <= ?", (since,))
            db.execute("DELETE FROM reports WHERE sender = ? AND claim = ?", (sender, report.claim))
            sent = db.execute("SELECT at FROM reports WHERE sender = ? ORDER BY at", (sender,)).fetchall()
            if len(sent) >= AN_HOUR:
                return (to_time(sent[-AN_HOUR][0]) + _HOUR - report.at).total_seconds()
            db.execute(
                "INSERT INTO reports (claim, reason, why, at, sender) VALUES (?, ?, ?, ?, ?)",
                (report.claim, report.reason.value, report.why, from_time(report.at), sender),
            )
            db.execute("DELETE FROM reports WHERE number <= (SELECT max(number) FROM reports) - ?", (MOST,))
        return 0.0

    def list_reports(self) -> tuple[Report, ...]:
        """All that are kept, the first sent first."""
        rows = self._rows("SELECT claim, reason, why, at FROM reports ORDER BY number")
        return tuple(Report(ClaimId(id), Misreading(reason), why, to_time(at)) for id, reason, why, at in rows)
