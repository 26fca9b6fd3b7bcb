"""A story's articles read as feeds would bring them, one by one in order of time, and what the graph makes of them."""

from collections.abc import Callable
from dataclasses import dataclass

from evaluation.outcome import Outcome, read_outcome
from graph.computed import Tables
from graph.deriving import derive
from graph.records import Failure
from graph.store import GraphStore
from ingest.session import Session
from ingest.stories.articles import make_articles
from ingest.stories.records import Story


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a story, and the articles that could not be read."""

    outcome: Outcome
    failures: tuple[Failure, ...]


def run_story(
    story: Story, session: Session, store: GraphStore, tables: Tables, report: Callable[[], None] = lambda: None
) -> Ran:
    """Reads the articles into a store that is empty, and derives what follows.

    report  is called after each article
    Raises StoreError when the store cannot be used.
    """
    failures: list[Failure] = []
    for article in make_articles(story).values():
        failures += session.keep([article], article.published_at)
        report()
    derive(store, tables.rates)
    return Ran(read_outcome(store, story, tables), tuple(failures))
