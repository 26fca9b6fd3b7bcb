"""What readers reported, in the archive that the settings name."""

from commands.opening import has_archive, open_archive
from commands.settings import Config
from graph.records import Report


class ArchiveReports:
    """Reports for the pages (`web.reported.Reports`). Safe with threads: each opens the archive for itself."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def add(self, report: Report, sender: str) -> float:
        """Keeps it; makes the archive where there is none yet. Seconds to wait where it is one too many. StoreError."""
        with open_archive(self._config) as archive:
            return archive.add_report(report, sender)

    def list(self) -> tuple[Report, ...]:
        """All that are kept, the first sent first. StoreError."""
        if not has_archive(self._config):
            return ()
        with open_archive(self._config) as archive:
            return archive.list_reports()
