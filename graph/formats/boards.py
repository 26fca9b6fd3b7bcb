"""Whose leaderboard a file is, with the names as the store knows them."""

from datetime import datetime

from graph.formats.leaderboards import Board
from graph.ids import fold_name, make_entity_id
from graph.records import Entity, EntityType
from graph.rulings.resolve import list_spellings
from graph.store import GraphStore


def make_board(store: GraphStore, benchmark: str, by: str, site: str, day: datetime) -> Board:
    """The board of a benchmark; a name that the store does not know becomes a new entity."""
    return Board(
        find_exactly(store, benchmark) or Entity(make_entity_id(benchmark), benchmark, EntityType.BENCHMARK),
        find_exactly(store, by) or Entity(make_entity_id(by), by, EntityType.INSTITUTION),
        site.lower().removeprefix("www."),
        day,
    )


def find_exactly(store: GraphStore, name: str) -> Entity | None:
    """The entity of which this is a spelling; None when there is none."""
    return next((entity for entity in store.find_entities(name) if fold_name(name) in list_spellings(entity)), None)
