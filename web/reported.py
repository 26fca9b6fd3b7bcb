"""Where lies what readers reported, and whether they may report."""

from collections.abc import Sequence
from typing import Protocol

from graph.records import Report


class Reports(Protocol):
    """Where reports lie."""

    def add(self, report: Report, sender: str) -> float:
        """Keeps it; seconds until the sender may report again where it is one too many, and then nothing is kept."""

    def list(self) -> Sequence[Report]:
        """All that are kept, the first sent first."""
