"""A matter of many claims: one more takes no longer than they are many, and all is as if they had come at once."""

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bench.generate import Generator
from graph.deriving import derive
from graph.ids import make_claim_id
from graph.records import Claim, ClaimType, Extraction, Party, Predicate
from graph.stores.sqlite import SqliteStore
from tests.graph.test_deriving import everything

# Where the time grows with the square of the matter it is four.
_MOST = 2.5
_SIZES = (800, 1_600)
_TOUCHES = 3
_TURNS = 3


def _make_hub(claims: int) -> tuple[list[Extraction], Generator]:
    """Articles of which each claim tells what one and the same thing costs, beside others."""
    generator = Generator(claims)
    hub = Party(generator.entities[0].name, generator.entities[0].id)
    return [replace(one, claims=tuple(_tell_cost(claim, hub) for claim in one.claims)) for one in generator], generator


def _tell_cost(claim: Claim, hub: Party) -> Claim:
    own = make_claim_id(
        claim.article_id, claim.span, Predicate.COSTS, hub, claim.object, claim.quantity, None, claim.polarity
    )
    return replace(claim, id=own, type=ClaimType.COST, predicate=Predicate.COSTS, subject=hub)


def _time_touch(path: Path, size: int) -> float:
    """CPU seconds of one more claim, the least of three."""
    articles, generator = _make_hub(size)
    first, last = articles[:-_TOUCHES], articles[-_TOUCHES:]
    spent = []
    with SqliteStore(path) as store:
        store.add_entities(generator.entities)
        store.add(first)
        derive(store)
        for one in last:
            store.add([replace(one, claims=one.claims[:1])])
            start = time.process_time()
            assert derive(store).bundles == 1
            spent.append(time.process_time() - start)
    return min(spent)


def _find_growth(folder: Path) -> float:
    folder.mkdir()
    one, two = (_time_touch(folder / f"{size}.db", size) for size in _SIZES)
    return two / one


def test_twice_the_matter_takes_no_more_than_twice_as_long(tmp_path: Path) -> None:
    # Other work on the machine makes one of them slower now and then; what grows with the square does so each time.
    assert any(_find_growth(tmp_path / str(turn)) < _MOST for turn in range(_TURNS))


def _derive_live(path: Path, entities: Generator, portions: Sequence[Sequence[Extraction]]) -> object:
    with SqliteStore(path) as store:
        store.add_entities(entities.entities)
        for portion in portions:
            store.add(portion)
            derive(store)
        return everything(store)


@pytest.mark.parametrize("seed", range(3))
def test_a_large_matter_is_the_same_whole_and_live_in_any_order(tmp_path: Path, seed: int) -> None:
    articles, generator = _make_hub(320)
    whole = _derive_live(tmp_path / "whole.db", generator, [articles])
    random.Random(seed).shuffle(articles)
    portions = [articles[n : n + 5] for n in range(0, len(articles), 5)]
    again = [*portions, articles[:5]]
    assert _derive_live(tmp_path / "live.db", generator, again) == whole
