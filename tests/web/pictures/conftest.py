"""The demo's story as given claims: what its pictures are drawn from."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.answers.accounts import FiguresView, LedgerView, get_figures, get_ledger
from graph.answers.chapters import Clock
from graph.answers.matter import MatterDetail, get_matter
from graph.answers.queries import find_entity
from graph.proposition_store import Order, PropositionQuery
from graph.records import ClaimType
from graph.store import GraphStore
from graph.stores import open_store
from tests.web.matters import read_tables

TODAY = Clock(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture(scope="session")
def story(given: Path) -> Iterator[GraphStore]:
    with open_store(str(given)) as store:
        yield store


@pytest.fixture(scope="session")
def accusation(story: GraphStore) -> MatterDetail:
    """The matter of most weight: that DeepSeek distilled OpenAI's models."""
    return get_accusation(story, TODAY)


@pytest.fixture(scope="session")
def figures(story: GraphStore) -> FiguresView:
    return get_figures(story, "", TODAY, read_tables())


@pytest.fixture(scope="session")
def ledger(story: GraphStore) -> LedgerView:
    return get_ledger(story, "", TODAY)


def get_accusation(story: GraphStore, clock: Clock) -> MatterDetail:
    about = tuple(find_entity(story, name).id for name in ("DeepSeek", "OpenAI"))
    asked = PropositionQuery(about=about, types=(ClaimType.ALLEGATION,), order=Order.WEIGHT)
    return get_matter(story, story.find_propositions(asked, 1, None).propositions[0].id, clock, read_tables())
