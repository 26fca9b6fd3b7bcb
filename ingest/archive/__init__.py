"""What was fetched: feeds and how reading them goes, their entries, and the versions of article texts. Beside them lies
what readers watch, and what they reported.

An item moves on by one committed step at a time, so a killed run is picked up where it stopped:
entry `wanted` → page fetched → article `pending` → (committed to the graph) → stored.
An article that is not about AI is set `aside` instead, until a run wants all subjects. One that
holds no claim may be kept here alone, as `bare`.
"""

from pathlib import Path

from ingest.archive.articles import ArticleTable, HandedOut
from ingest.archive.entries import EntryTable, Wanted
from ingest.archive.feeds import FeedTable, Poll, Validators
from ingest.archive.leases import LeaseTable
from ingest.archive.lists import ListTable
from ingest.archive.pages import PageTable, Watched
from ingest.archive.places import Place, Server, holding, open_database
from ingest.archive.reports import ReportTable
from ingest.archive.robots import KeptRobots, RobotsTable
from ingest.archive.runs import RunTable
from ingest.archive.sketches import SketchTable
from ingest.archive.tidying import Tidied, TidyTable
from ingest.archive.watches import WatchTable

__all__ = [
    "Archive",
    "HandedOut",
    "KeptRobots",
    "Place",
    "Poll",
    "Server",
    "Tidied",
    "Validators",
    "Wanted",
    "Watched",
    "holding",
    "open_database",
]


class Archive(
    FeedTable,
    EntryTable,
    ArticleTable,
    PageTable,
    RobotsTable,
    SketchTable,
    RunTable,
    WatchTable,
    ListTable,
    ReportTable,
    LeaseTable,
    TidyTable,
):
    """Everything fetched, in a file or on a server. Opens or makes it; StoreUnavailable when it cannot be used."""

    def __init__(self, place: str | Place) -> None:
        super().__init__(open_database(Path(place) if isinstance(place, str) else place))
