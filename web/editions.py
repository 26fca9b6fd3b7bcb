"""Editions of the store of the pages, each made once for a state of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from graph.answers.revised import find_revised
from graph.editions.editing import Desk, count_days, find_earlier, find_running_day, get_day, get_news
from graph.editions.views import EditionView
from graph.editions.windows import find_day
from graph.rates import Rates
from graph.records import PropositionId, Watched
from graph.store import GraphStore
from web.changes import ChangesView, find_changes
from web.kept import Kept

# Some 60 kB each; readers look at the same few days.
_KEPT = 32


class Editions:
    """Makes editions and keeps them until something stored has changed. Safe with threads."""

    def __init__(self, find_store: Callable[[], GraphStore], desk: Desk, opens_on: date | None = None) -> None:
        """`find_store` gives the store, which may come later; `opens_on` is shown first where nothing was reported on
        the day that runs, else the last day of reports."""
        self.desk = desk
        self._find_store = find_store
        self._opens_on = opens_on
        self._keep = Kept(lambda: find_store().get_state(), _KEPT).keep

    def is_empty(self, now: datetime) -> bool:
        """Whether nothing was read yet."""
        return self._find_running(now)[0] is None

    def find_running(self, now: datetime) -> date:
        """The day that is shown first: that which runs, or the last one with reports."""
        day, is_last = self._find_running(now)
        return (self._opens_on if is_last else None) or day or find_day(now, self.desk.zone)

    def find_latest(self, now: datetime) -> date:
        """The last day with reports, or that which runs."""
        return self._find_running(now)[0] or find_day(now, self.desk.zone)

    def get_running(self, now: datetime) -> EditionView:
        """Its edition."""
        view = self.get_day(self.find_running(now), now)
        return replace(view, is_last=self._find_running(now)[1])

    def get_day(self, day: date, now: datetime) -> EditionView:
        """The edition of a day."""
        running = find_day(now, self.desk.zone)
        return self._keep(lambda: get_day(self._find_store(), day, self.desk, running), "day", day, running)

    def get_news(self, since: datetime) -> EditionView:
        """The edition of what was fetched since a moment."""
        return self._keep(lambda: get_news(self._find_store(), since, self.desk), "news", since)

    def get_changes(self, items: tuple[Watched, ...], since: datetime, now: datetime) -> ChangesView:
        """What is new about watched things with what was fetched since a moment."""
        return self._keep(lambda: find_changes(self._find_store(), items, since, now), "changes", items, since)

    def count_days(self, first: date, last: date) -> dict[date, int]:
        """Claims of each day."""
        return self._keep(lambda: count_days(self._find_store(), first, last, self.desk.zone), "days", first, last)

    def count_fetched(self, since: datetime, most: int) -> int:
        """Articles fetched since a moment, counted up to `most`."""
        return self._keep(lambda: len(self._find_store().list_fetched(since, most)), "fetched", since, most)

    def find_revised(self, since: datetime, rates: Rates) -> frozenset[PropositionId]:
        """Matters that people put right since a moment."""
        return self._keep(lambda: find_revised(self._find_store(), since, rates), "revised", since)

    def find_earlier(self, day: date) -> date | None:
        """The last day with reports before a day."""
        return find_earlier(self._find_store(), day, self.desk.zone)

    def _find_running(self, now: datetime) -> tuple[date | None, bool]:
        today = find_day(now, self.desk.zone)
        return self._keep(lambda: find_running_day(self._find_store(), today, self.desk.zone), "running", today)
