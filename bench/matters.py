"""Times what pages of propositions ask of the default store: `python bench/matters.py 10000 100000`.

CPU milliseconds of this process for each question, median of 5 and the most, beside the wall; the load is printed. The
store of generated claims, all derived, is made once and kept (bench/page_server.py).
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.generate import DAYS
from bench.page_server import find_end, open_filled
from graph.answers.chapters import Clock
from graph.answers.evidence import read_evidence
from graph.answers.proposition_views import list_contradictions, list_matters
from graph.answers.queries import get_claim, get_entity, get_home
from graph.answers.stories import get_story
from graph.computed import NO_TABLES
from graph.proposition_store import Order, PropositionQuery
from graph.records import ClaimType, Status
from graph.store import ClaimQuery, GraphStore
from graph.stores.sqlite import SqliteStore

RUNS = 5
NOW = find_end(DAYS)
BEFORE = NOW - timedelta(days=200)
CONTESTED = (Status.DISPUTED, Status.DENIED)


def main() -> None:
    for size in map(int, sys.argv[1:] or ["10000"]):
        print(f"\n{size} claims; load average {os.getloadavg()[0]:.1f}")
        with open_filled(size) as store:
            for name, question in _list_questions(store).items():
                _print_times(name, question)


def _list_questions(store: SqliteStore) -> dict[str, Callable[[], object]]:
    hub, *_, other = (row.entity for row in store.list_entities(limit=200))
    [claim] = store.find_claims(ClaimQuery(), limit=1).claims
    [largest] = store.find_propositions(PropositionQuery(order=Order.WEIGHT), 1).propositions
    lists = {
        "by weight": PropositionQuery(order=Order.WEIGHT),
        "newest": PropositionQuery(),
        "denied or disputed": PropositionQuery(order=Order.WEIGHT, statuses=CONTESTED),
        "retracted": PropositionQuery(order=Order.WEIGHT, statuses=(Status.RETRACTED,)),
        "accusations": PropositionQuery(order=Order.WEIGHT, types=(ClaimType.ALLEGATION,)),
        "of the hub": PropositionQuery(order=Order.WEIGHT, about=(hub.id,)),
        "as of a day": PropositionQuery(order=Order.WEIGHT, known_by=BEFORE),
        "denied on a day": PropositionQuery(order=Order.WEIGHT, valid_at=BEFORE, statuses=CONTESTED),
    }
    asked: dict[str, Callable[[], object]] = {
        f"propositions, {name}": partial(list_matters, store, query) for name, query in lists.items()
    }
    return asked | {
        "contradictions": lambda: list_contradictions(store),
        f"evidence of {len(largest.links)} claims": lambda: read_evidence(store, [largest.id]),
        "claim": lambda: get_claim(store, claim.id),
        "hub": lambda: get_entity(store, hub.id),
        "home": lambda: get_home(store, NOW),
        "story of an ordinary name": lambda: _tell(store, other.name),
        "story of the hub": lambda: _tell(store, hub.name),
    }


def _tell(store: GraphStore, name: str) -> object:
    return get_story(store, name, Clock(NOW), NO_TABLES)


def _print_times(name: str, question: Callable[[], object]) -> None:
    cpu, wall = [], []
    for _ in range(RUNS):
        used, started = time.process_time(), time.perf_counter()
        question()
        cpu.append((time.process_time() - used) * 1000)
        wall.append((time.perf_counter() - started) * 1000)
    print(f"  {name:34}{sorted(cpu)[RUNS // 2]:8.1f} CPU ms{max(cpu):8.1f} at most{sorted(wall)[RUNS // 2]:8.1f} wall")


if __name__ == "__main__":
    main()
