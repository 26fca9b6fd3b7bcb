"""Times the store on a real Neo4j on generated claims: loading beside the raw driver, pages, search, Cypher.

    python bench/stores_neo4j.py 10000 100000

The server is started as the tests do it, from the jars of `make neo4j-jars`. What `add` writes is kept aside; then the
server is emptied, indexes stay, and the raw driver writes the same rows, an UNWIND of 1,000 each: no look at what is
there, no turns, no records to make rows of. Up to 20,000 claims both load twice, in turns, and the faster of each
counts. Pages are what the web asks for to show one, in this process; p95 of few runs is nearly the slowest one.
"""

import os
import pickle
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import neo4j

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.generate import CLAIMS_PER_ARTICLE, DAYS, START, Generator, iter_chunks
from bench.stores import QUERIES, count_all, print_times, time_once
from graph.answers import queries
from graph.cypher.files import parse_query_file
from graph.errors import QueryError
from graph.records import ClaimType, Polarity
from graph.store import ClaimQuery, GraphStore, QueryLimits
from graph.stores import neo4j_write, open_store
from tests.neo4j.server import Server

RUNS = 40
READY_RUNS = 5
UNWIND = 1_000
TWICE_UP_TO = 20_000
ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 6, 1, tzinfo=UTC)

Statement = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of loading: by the clock, of this process, of the server."""

    wall: float
    client: float
    server: float

    def __str__(self) -> str:
        return f"{self.wall:7.1f} s, client {self.client:.1f} CPU s, server {self.server:.1f} CPU s"


def main() -> None:
    print(f"load average {os.getloadavg()[0]:.1f}", flush=True)
    server = Server()
    server.start()
    os.environ |= server.environment
    try:
        with open_store(server.address) as store:
            _warm(store)
            for size in map(int, sys.argv[1:] or ["10000"]):
                _bench(server, store, size)
    finally:
        server.close()


def _warm(store: GraphStore) -> None:
    """The server's Java compiles what is used; without this the first to load would pay for it."""
    generator = Generator(4_000)
    store.add_entities(generator.entities)
    store.add(generator)


def _bench(server: Server, store: GraphStore, size: int) -> None:
    generator = Generator(size)
    print(f"\n{size} claims, {size // CLAIMS_PER_ARTICLE} articles, {len(generator.entities)} entities", flush=True)
    ours, raw = [], []
    with tempfile.TemporaryFile() as kept:
        for _ in range(2 if size <= TWICE_UP_TO else 1):
            _empty(server)
            kept.seek(0)
            kept.truncate()
            ours.append(_load(server, store, generator, size, kept))
            counts = store.count()
            print(f"  add                {ours[-1]}: {size / ours[-1].wall:.0f} claims/s", flush=True)
            _empty(server)
            raw.append(_load_raw(server, kept))
            print(f"  raw driver         {raw[-1]}: {size / raw[-1].wall:.0f} claims/s", flush=True)
            assert store.count() == counts, (store.count(), counts)
    for name in ("wall", "client", "server"):
        best = [min(getattr(spent, name) for spent in all) for all in (ours, raw)]
        rates = f"{size / best[0]:.0f}, {size / best[1]:.0f}"
        print(f"  add ÷ raw, {name:8}{best[1] / best[0]:8.2f}    claims a second {rates}", flush=True)
    _bench_again(store, size, ours[-1])
    with server.driver() as driver:
        driver.execute_query("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    _bench_questions(store, generator)
    _bench_ready(store, generator)
    print(f"  load average                    {os.getloadavg()[0]:10.1f}", flush=True)


def _empty(server: Server) -> None:
    """Relationships first: those of the hub are more than one transaction may hold."""
    text = "MATCH ()-[r]->() WITH r LIMIT 20000 DELETE r RETURN count(*) AS n"
    with server.driver() as driver:
        while driver.execute_query(text).records[0]["n"]:
            pass
    server.empty()


def _load(server: Server, store: GraphStore, generator: Generator, size: int, kept: BinaryIO) -> Spent:
    """Loads through the store; the statements that it writes with go to `kept`, a portion of articles at a time."""
    wall = client = 0.0
    with _recorded() as statements:
        store.add_entities(generator.entities)
        pickle.dump(statements, kept)
        before = _cpu_of(server.pid)
        for chunk in iter_chunks(size):
            statements.clear()
            started, used = time.perf_counter(), time.process_time()
            store.add(chunk)
            wall, client = wall + time.perf_counter() - started, client + time.process_time() - used
            pickle.dump(statements, kept)
    return Spent(wall, client, _cpu_of(server.pid) - before)


def _load_raw(server: Server, kept: BinaryIO) -> Spent:
    """The same rows by the raw driver: those of one statement together, 1,000 at a time, one transaction for each."""
    wall = client = 0.0
    kept.seek(0)
    with server.driver() as driver, driver.session() as session:
        _write_raw(session, pickle.load(kept))
        before = _cpu_of(server.pid)
        for statements in _iter_pickled(kept):
            started, used = time.perf_counter(), time.process_time()
            _write_raw(session, statements)
            wall, client = wall + time.perf_counter() - started, client + time.process_time() - used
    return Spent(wall, client, _cpu_of(server.pid) - before)


def _write_raw(session: neo4j.Session, statements: Sequence[Statement]) -> None:
    rows: dict[str, list[Any]] = {}
    for text, some in statements:
        rows.setdefault(text, []).extend(some)
    for text, some in rows.items():
        for start in range(0, len(some), UNWIND):
            session.run(text, rows=some[start : start + UNWIND]).consume()


@contextmanager
def _recorded() -> Iterator[list[Statement]]:
    """The rows that the store writes, as it writes them."""
    statements: list[Statement] = []
    write = neo4j_write.run_rows

    def run_rows(transaction: neo4j.ManagedTransaction, text: str, rows: Sequence[object]) -> None:
        statements.append((text, list(rows)))
        write(transaction, text, rows)

    neo4j_write.run_rows = run_rows
    try:
        yield statements
    finally:
        neo4j_write.run_rows = write


def _iter_pickled(kept: BinaryIO) -> Iterator[list[Statement]]:
    while True:
        try:
            yield pickle.load(kept)
        except EOFError:
            return


def _bench_again(store: GraphStore, size: int, first: Spent) -> None:
    started = time.perf_counter()
    for chunk in iter_chunks(size):
        assert not store.add(chunk).claims
    wall = time.perf_counter() - started
    print(f"  add again (nothing new)         {wall:10.1f} s; ÷ first time {wall / first.wall:.3f}", flush=True)


def _bench_questions(store: GraphStore, generator: Generator) -> None:
    chance = random.Random(1)
    days = [START + timedelta(days=chance.uniform(1, DAYS)) for _ in range(RUNS)]
    claims = [claim for day in days for claim in store.find_claims(ClaimQuery(until=day), limit=1).claims]
    hub = generator.entities[0].id
    ordinary = [entity.id for entity in chance.choices(generator.entities[len(generator.entities) // 4 :], k=RUNS)]
    untils = [START + timedelta(days=DAYS, seconds=n) for n in range(RUNS)]
    _print_times("page: claim", [partial(queries.get_claim, store, claim.id) for claim in claims])
    _print_times("page: entity", [partial(queries.get_entity, store, id) for id in ordinary])
    _print_times("page: hub", [lambda: queries.get_entity(store, hub)] * RUNS)
    _print_times("page: home", [lambda: queries.get_home(store, START + timedelta(days=DAYS))] * (RUNS // 4))
    for words in ("distillation", "提訴", '"NVIDIA Blackwell"', "訴訟 polarity:denied"):
        texts = [f"{words} until:2026-0{1 + n % 4}-1{n // 4}" for n in range(RUNS // 4)]
        _print_times(f"page: search {words}", [partial(queries.search, store, text, NOW) for text in texts])
    asked = {
        "claims, newest": ClaimQuery(),
        "claims, about hub": ClaimQuery(about=(hub,)),
        "claims, about an ordinary one": ClaimQuery(about=(ordinary[0],)),
        "claims, hub, legal, denied": ClaimQuery(about=(hub,), types=(ClaimType.LEGAL,), polarities=(Polarity.DENIED,)),
        "search, distillation": ClaimQuery(words=("distillation",)),
        "search, 提訴": ClaimQuery(words=("提訴",)),
        "search, NVIDIA Blackwell": ClaimQuery(phrases=("NVIDIA Blackwell",)),
        "search, 訴訟 denied, Japanese": ClaimQuery(words=("訴訟",), polarities=(Polarity.DENIED,), langs=("ja",)),
        "search, distillation, ordinary": ClaimQuery(words=("distillation",), about=(ordinary[0],)),
        "search, no such word": ClaimQuery(words=("京都",)),
    }
    for name, query in asked.items():
        _print_times(name, [partial(store.find_claims, query)] * RUNS)
    for name, words_of, about in (
        ("hub", (), (hub,)),
        ("distillation", ("distillation",), ()),
        ("提訴", ("提訴",), ()),
    ):
        several = [ClaimQuery(words=words_of, about=about, until=until) for until in untils[: RUNS // 4]]
        _print_times(f"five facets, {name}", [partial(count_all, store, query) for query in several])
    _bench_cypher(store, [str(claim.id) for claim in claims], list(map(str, ordinary)), str(hub))


def _bench_cypher(store: GraphStore, claims: Sequence[str], ordinary: Sequence[str], hub: str) -> None:
    for name, query in QUERIES.items():
        values = [{"id": claims[n], "hub": hub, "rare": ordinary[n]} for n in range(RUNS // 2)]
        used = [{key: value for key, value in all.items() if f"${key}" in query} for all in values]
        _print_times(f"cypher, {name}", [partial(store.cypher, query, values) for values in used])


def _bench_ready(store: GraphStore, generator: Generator) -> None:
    """The files of data/queries, about names that were generated: the most named one and the one after it."""
    one, two = (str(entity.id) for entity in generator.entities[:2])
    named = dict.fromkeys(("accused", "vendor", "about", "one", "id"), one)
    named |= dict.fromkeys(("victim", "speaker", "other"), two)
    since = (START + timedelta(days=DAYS - 7)).strftime("%Y-%m-%dT%H:%M:%SZ")
    values: dict[str, object] = {**named, "name": "名前0", "measure": "price", "since": since, "entities": [one, two]}
    medians = []
    for path in sorted((ROOT / "data" / "queries").glob("*.cypher")):
        file = parse_query_file(path.read_text(encoding="utf-8"))
        parameters = {name: values.get(name, value) for name, value in file.parameters.items()}
        try:
            times = [time_once(partial(store.cypher, file.query, parameters)) for _ in range(READY_RUNS)]
        except QueryError as error:
            print(f"  {path.stem:32} refused: {error.reason}", flush=True)
            continue
        medians.append(sorted(times)[READY_RUNS // 2] * 1000)
        print(f"  {path.stem:32}{medians[-1]:10.2f} ms p50{max(times) * 1000:10.2f} ms worst", flush=True)
    medians.sort()
    within = sum(median < 50 for median in medians)
    limit = QueryLimits().seconds
    print(f"  ready questions: {len(medians)} answered within {limit:g} s, {within} of them in 50 ms", flush=True)


def _print_times(name: str, questions: Sequence[Callable[[], object]]) -> None:
    """Times after one that does not count: the server plans a text when it first sees it."""
    questions[0]()
    print_times(name, questions)


def _cpu_of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
