"""The robots.txt of each host, kept between runs."""

from dataclasses import dataclass
from datetime import datetime

from graph.ids import format_time
from ingest.archive.database import Tables
from ingest.archive.rows import to_time


@dataclass(frozen=True, slots=True)
class KeptRobots:
    """A host's file as last had; without a body the host has none."""

    body: str | None
    had_at: datetime


class RobotsTable(Tables):
    """Files by origin, such as `https://a.example`."""

    def find_robots(self, origin: str) -> KeptRobots | None:
        """The file as last had; None when it never was."""
        rows = self._rows("SELECT body, had_at FROM robots WHERE origin = ?", origin)
        return KeptRobots(rows[0][0], to_time(rows[0][1])) if rows else None

    def save_robots(self, origin: str, kept: KeptRobots) -> None:
        """Keeps a file in the place of the one before."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO robots (origin, body, had_at) VALUES (?, ?, ?)"
                " ON CONFLICT (origin) DO UPDATE SET body = excluded.body, had_at = excluded.had_at",
                (origin, kept.body, format_time(kept.had_at)),
            )
