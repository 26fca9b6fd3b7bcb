"""How fast claims come into Neo4j a thousand at a time, each thousand derived, as the graph grows; its largest matter.

The graph grows from size to size, filled by four processes at once as readers would. At each size some thousands more
come one after the other, derived after each; then one claim more for the matter of the most claims, which is read whole
for it. CPU is that of all processes, the server's among them, since others may use the machine.
"""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice, pairwise
from math import log

from bench.cpu import count_cpu
from bench.generate import CLAIMS_PER_ARTICLE, START, Generator, iter_chunks
from graph.deriving import derive
from graph.ids import make_article_id, make_claim_id
from graph.proposition_store import Matter
from graph.records import Article, Extraction
from graph.stores.neo4j import Neo4jStore
from tests.neo4j.server import Server

WRITERS = 4
PORTION = 1_000
# Claims that come and go before anything is measured: the server's Java compiles what it has run some thousand times.
WARMING = 2_000
YEARS = 10_000_000
_ARTICLES = PORTION // CLAIMS_PER_ARTICLE
# Of a process that writes.
_store: Neo4jStore


class Watching(Neo4jStore):
    """Notes how many claims the matters have that deriving reads."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.sizes: dict[str, int] = {}

    def read_matters(self, keys: Sequence[str]) -> tuple[Matter, ...]:
        matters = super().read_matters(keys)
        self.sizes |= {matter.key: len(matter.claims) for matter in matters}
        return matters


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, and of processors: of the server, and of all others."""

    wall: float
    server: float
    clients: float

    @property
    def cpu(self) -> float:
        return self.server + self.clients

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.wall + other.wall, self.server + other.server, self.clients + other.clients)

    def __str__(self) -> str:
        return f"{self.wall:.1f} s, {self.cpu:.1f} CPU s ({self.server:.1f} of the server)"


@dataclass(frozen=True, slots=True)
class Point:
    """What was measured with so many claims there: a thousand more, and one more for a matter of so many."""

    claims: int
    portion: Spent
    largest: int
    touch: Spent


def measure(sizes: Sequence[int], rounds: int) -> None:
    """Prints what is measured at each size, smallest first, and the line through each two of them to ten million."""
    asked = sorted(sizes)
    print(f"load {os.getloadavg()[0]:.1f}", flush=True)
    server = Server()
    server.start()
    os.environ |= server.environment
    processes = multiprocessing.get_context("spawn")
    try:
        _warm(server)
        with (
            Watching(server.address) as store,
            ProcessPoolExecutor(WRITERS, processes, _open, (server.address,)) as writers,
        ):
            total = asked[-1] + PORTION * rounds
            store.add_entities(Generator(total).entities)
            portions = _iter_portions(chain.from_iterable(iter_chunks(total)))
            points: list[Point] = []
            there = 0
            for size in asked:
                filled = _fill(server, store, writers, list(islice(portions, max(0, size - there) // PORTION)))
                print(f"{size:,} claims: {filled}", flush=True)
                points.append(_measure(server, store, size, islice(portions, rounds)))
                there = size + PORTION * rounds
    finally:
        server.close()
    for earlier, later in pairwise(points):
        print(_draw(earlier, later))


def _warm(server: Server) -> None:
    """Writes and derives as what is measured does, and empties the graph."""
    with Neo4jStore(server.address) as store:
        store.add_entities(Generator(WARMING).entities)
        for portion in _iter_portions(chain.from_iterable(iter_chunks(WARMING))):
            store.add(portion)
            derive(store)
    server.empty()


def _open(address: str) -> None:
    """A writer's store, for as long as its process lives."""
    global _store
    _store = Neo4jStore(address)


def _write(portion: Sequence[Extraction]) -> None:
    _store.add(portion)


def _fill(server: Server, store: Neo4jStore, writers: ProcessPoolExecutor, portions: Sequence[list[Extraction]]) -> str:
    """Writes the portions by all writers, and derives; what that took, in words."""
    if not portions:
        return "there"
    loaded, derived = _time(server, lambda: [*writers.map(_write, portions)]), _time(server, lambda: derive(store))
    claims = len(portions) * PORTION
    return f"{claims:,} loaded in {loaded}, {claims / loaded.wall:,.0f} a second; derived in {derived}"


def _measure(server: Server, store: Watching, size: int, portions: Iterator[list[Extraction]]) -> Point:
    rounds, deriving = [], []
    for portion in portions:
        added = _time(server, partial(store.add, portion))
        deriving.append(_time(server, partial(derive, store)))
        rounds.append(added + deriving[-1])
    one = _find_median(rounds)
    print(
        f"  {PORTION:,} more: {one}, {PORTION / one.wall:,.0f} a second, {PORTION / one.cpu:,.0f} a CPU second; "
        f"of that deriving {_find_median(deriving)}",
        flush=True,
    )
    key, largest = max(store.sizes.items(), key=lambda one: one[1])
    store.add([_make_another(store, key)])
    touch = _time(server, lambda: derive(store))
    print(f"  one more for the largest matter, of {largest:,} claims: {touch}", flush=True)
    return Point(size, one, largest, touch)


def _draw(earlier: Point, later: Point) -> str:
    """The line through two points, to ten million claims."""
    times = log(later.claims / earlier.claims)
    slope, touch = (log(later_cpu / cpu) / times for cpu, later_cpu in (
        (earlier.portion.cpu, later.portion.cpu), (earlier.touch.cpu, later.touch.cpu),
    ))  # fmt: skip
    seconds, seconds_a_touch = (cpu * (YEARS / later.claims) ** by for cpu, by in (
        (later.portion.cpu, slope), (later.touch.cpu, touch),
    ))  # fmt: skip
    return (
        f"from {earlier.claims:,} to {later.claims:,}: CPU of {PORTION:,} more grows as the claims to the {slope:.2f}, "
        f"that of a touch of the largest matter to the {touch:.2f}; on paper at {YEARS:,} {seconds:,.0f} CPU s, "
        f"{PORTION / seconds:,.1f} claims a CPU second, and {seconds_a_touch:,.0f} CPU s a touch"
    )


def _make_another(store: Neo4jStore, key: str) -> Extraction:
    """An article that says once more what a claim of that matter says."""
    [matter] = store.read_matters([key])
    claim = min(matter.claims, key=lambda one: one.id)
    source = Generator(CLAIMS_PER_ARTICLE).sources[0]
    url, span = f"https://{source.domain}/another/{len(matter.claims)}", (0, len(claim.text))
    article = Article(
        make_article_id(url, claim.text), url, source, claim.text, claim.text, claim.lang, claim.reported_at, START
    )
    own = make_claim_id(
        article.id, span, claim.predicate, claim.subject, claim.object, claim.quantity, claim.benchmark, claim.polarity
    )
    return Extraction(article, claims=(replace(claim, id=own, article_id=article.id, span=span),))


def _iter_portions(articles: Iterator[Extraction]) -> Iterator[list[Extraction]]:
    while some := list(islice(articles, _ARTICLES)):
        yield some


def _time(server: Server, work: Callable[[], object]) -> Spent:
    begun, all, theirs = time.perf_counter(), count_cpu(os.getpid()), count_cpu(server.pid)
    work()
    wall, spent = time.perf_counter() - begun, count_cpu(server.pid) - theirs
    return Spent(wall, spent, count_cpu(os.getpid()) - all - spent)


def _find_median(all: Sequence[Spent]) -> Spent:
    return sorted(all, key=lambda one: one.cpu)[len(all) // 2]
