"""Whether the last run could read what it meant to: of how many pages it failed, for what reasons, on which hosts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from graph.records import Failure, RunSummary, Stage
from graph.views import StatusView

# Of five pages one: more is no accident of single pages.
_SERIOUS = 0.2
# A run that only tries two pages again, which fail as before, says nothing of the rest.
_LEAST = 5
_PAGES = (Stage.FETCH, Stage.ARTICLE)


@dataclass(frozen=True, slots=True)
class Outage:
    """Pages that failed in a run, of those that it tried and had not had before.

    reasons, hosts  how many failed so, and there, most first
    feeds           how many feeds are of no use for it: of the pages that they named none could be read
    """

    failed: int
    tried: int
    reasons: tuple[tuple[str, int], ...]
    hosts: tuple[tuple[str, int], ...]
    feeds: int

    @property
    def percent(self) -> int:
        """Failed pages of a hundred."""
        return round(100 * self.failed / self.tried)

    @property
    def is_serious(self) -> bool:
        """Whether so much failed that the store does not show what was published."""
        return self.failed >= _LEAST and self.failed > _SERIOUS * self.tried


def find_outage(view: StatusView) -> Outage | None:
    """What failed in the last run; None where no page did, or none ran."""
    run = view.last_run
    if run is None or not run.articles_failed:
        return None
    failures = list(_iter_pages(run, {state.feed.url for state in view.feeds}))
    return Outage(
        run.articles_failed,
        run.articles_new + run.articles_changed + run.articles_failed,
        tuple(Counter(one.reason for one in failures).most_common()),
        tuple(Counter(urlsplit(one.subject).hostname or one.subject for one in failures).most_common()),
        sum(state.unreadable > 0 for state in view.feeds),
    )


def _iter_pages(run: RunSummary, feeds: set[str]) -> Iterator[Failure]:
    """Failures of pages; those of feeds name the feed."""
    for failure in run.failures:
        if failure.stage in _PAGES and failure.subject not in feeds:
            yield failure
