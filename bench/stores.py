"""Times the default store on generated claims: loading, questions of pages, search, Cypher, how its graph follows.

    python bench/stores.py 10000 100000 1000000

Loading stands beside raw `executemany` of the same rows into the same tables, in transactions of the same size. Pages
are asked for over HTTP from a running `serve`, everything else of the store in this process. Rates are by CPU second of
this process, since others may use the machine; the load average is printed.
"""

import http.client
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.generate import CLAIMS_PER_ARTICLE, DAYS, START, Generator, iter_chunks
from bench.raw import load_raw
from graph.deriving import derive
from graph.errors import QueryError
from graph.records import ClaimType, EntityId, Extraction, Polarity
from graph.store import ClaimQuery, Facet, GraphStore, QueryLimits
from graph.stores.sqlite import SqliteStore

RUNS = 60
ROOT = Path(__file__).resolve().parents[1]
PATIENT = QueryLimits(seconds=30)
QUERIES = {
    "one claim by id": "MATCH (c:Claim {id: $id}) RETURN c.text AS text",
    "claims of a speaker": (
        "MATCH (c:Claim)-[:CLAIMED_BY]->(e:Entity {id: $rare}) "
        "RETURN c.id AS id, c.reported_at AS at ORDER BY at DESC LIMIT 20"
    ),
    "timeline": (
        "MATCH (c:Claim)-[:SUBJECT]->(e:Entity {id: $rare}) "
        "RETURN substring(c.reported_at, 0, 7) AS month, count(*) AS n ORDER BY month"
    ),
    "timeline of the hub": (
        "MATCH (c:Claim)-[:SUBJECT]->(e:Entity {id: $hub}) "
        "RETURN substring(c.reported_at, 0, 7) AS month, count(*) AS n ORDER BY month"
    ),
    "two hops": (
        "MATCH (a:Entity {id: $rare})<-[:SUBJECT|OBJECT]-(c:Claim)-[:SUBJECT|OBJECT]->(b:Entity) "
        "RETURN b.id AS id, count(*) AS n ORDER BY n DESC LIMIT 20"
    ),
    "links of two": (
        "MATCH (a:Entity {id: $hub})<-[r:SUBJECT|OBJECT]-(c:Claim)-[q:SUBJECT|OBJECT]->(b:Entity {id: $rare}) "
        "RETURN c.id AS id, type(r) AS first, type(q) AS second LIMIT 100"
    ),
    "group all": "MATCH (c:Claim) RETURN c.claim_type AS type, c.lang AS lang, count(*) AS n ORDER BY n DESC",
}


def main() -> None:
    for size in map(int, sys.argv[1:] or ["10000"]):
        folder = Path(tempfile.mkdtemp(prefix="claimgraph-bench-"))
        try:
            _bench(size, folder)
        finally:
            shutil.rmtree(folder)


def _bench(size: int, folder: Path) -> None:
    generator = Generator(size)
    print(f"\n{size} claims, {size // CLAIMS_PER_ARTICLE} articles, {len(generator.entities)} entities", flush=True)
    path = folder / "store.db"
    with SqliteStore(path) as store:
        _bench_loading(store, generator, size)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    ours = _RATES.pop()
    raw = load_raw(path, folder / "raw.db")
    (folder / "raw.db").unlink()
    print(f"  raw executemany, same rows      {raw:10.0f} claims/CPU s; add ÷ raw {ours / raw:.2f}", flush=True)
    print(f"  file {path.stat().st_size / 1e6:.0f} MB, {path.stat().st_size / size:.0f} bytes a claim")
    with SqliteStore(path) as store:
        derive(store)
        print(f"  file with propositions {path.stat().st_size / size:.0f} bytes a claim", flush=True)
        names = _choose(store, generator)
        _bench_questions(store, generator, names)
        _bench_pages(path, names)
        _bench_cypher(store, generator, names, size)
    print(f"  load average                    {os.getloadavg()[0]:10.1f}", flush=True)


_RATES: list[float] = []


def _bench_loading(store: SqliteStore, generator: Generator, size: int) -> None:
    store.add_entities(generator.entities)
    for name in ("add", "add again (nothing new)"):
        wall = cpu = 0.0
        rates: list[float] = []
        for chunk in iter_chunks(size):
            started, used = time.perf_counter(), time.process_time()
            store.add(chunk)
            spent = time.process_time() - used
            cpu, wall = cpu + spent, wall + time.perf_counter() - started
            rates.append(len(chunk) * CLAIMS_PER_ARTICLE / max(spent, 1e-9))
        first, last = _median(rates[: max(1, len(rates) // 10)]), _median(rates[-max(1, len(rates) // 10) :])
        print(
            f"  {name:32}{size / cpu:10.0f} claims/CPU s   {size / wall:.0f} claims/s   "
            f"last tenth ÷ first {last / first:.2f}",
            flush=True,
        )
        _RATES.append(size / cpu)
    again = _RATES.pop()
    print(f"  again ÷ first time              {_RATES[-1] / again:10.3f}")


def _choose(store: SqliteStore, generator: Generator) -> dict[str, list[str]]:
    """What to ask for: ids of claims, ordinary entities and the hub, the same for the same size."""
    chance = random.Random(1)
    days = [START + timedelta(days=chance.uniform(0, DAYS)) for _ in range(RUNS)]
    pages = [store.find_claims(ClaimQuery(until=day), limit=1).claims for day in days]
    ordinary = chance.sample(generator.entities[len(generator.entities) // 4 :], min(RUNS, 12))
    return {
        "claims": [claim.id for page in pages for claim in page],
        "ordinary": [entity.id for entity in ordinary],
        "hub": [generator.entities[0].id],
    }


def _bench_questions(store: SqliteStore, generator: Generator, names: dict[str, list[str]]) -> None:
    hub, rare = generator.entities[0].id, EntityId(names["ordinary"][0])
    about = ClaimQuery(about=(hub,))
    deep = store.find_claims(about, limit=500).next
    source = generator.sources[7].id
    week = START + timedelta(days=DAYS - 7)
    questions: dict[str, Callable[[], object]] = {
        "find_claims, newest": lambda: store.find_claims(ClaimQuery()),
        "find_claims, about hub": lambda: store.find_claims(about),
        "find_claims, about hub, deep": lambda: store.find_claims(about, after=deep),
        "find_claims, about rare": lambda: store.find_claims(ClaimQuery(about=(rare,))),
        "find_claims, hub and rare": lambda: store.find_claims(ClaimQuery(about=(hub, rare))),
        "find_claims, hub denied": lambda: store.find_claims(
            ClaimQuery(about=(hub,), types=(ClaimType.LEGAL,), polarities=(Polarity.DENIED,))
        ),
        "find_claims, source": lambda: store.find_claims(ClaimQuery(sources=(source,))),
        "search, 提訴": lambda: store.find_claims(ClaimQuery(words=("提訴",))),
        "search, distillation": lambda: store.find_claims(ClaimQuery(words=("distillation",))),
        "search, NVIDIA Blackwell": lambda: store.find_claims(ClaimQuery(phrases=("NVIDIA Blackwell",))),
        "search, 訴訟 denied, Japanese": lambda: store.find_claims(
            ClaimQuery(words=("訴訟",), polarities=(Polarity.DENIED,), langs=("ja",))
        ),
        "search, word and hub": lambda: store.find_claims(ClaimQuery(words=("distillation",), about=(hub,))),
        "search, word and rare": lambda: store.find_claims(ClaimQuery(words=("the",), about=(rare,))),
        "search, no such word": lambda: store.find_claims(ClaimQuery(words=("京都",))),
        "list_entities": lambda: store.list_entities(),
        "list_entities, last week": lambda: store.list_entities(since=week),
        "list_articles, hub": lambda: store.list_articles(hub),
    }
    for name, question in questions.items():
        print_times(name, [question] * RUNS)
    for name, query in (("hub", about), ("提訴", ClaimQuery(words=("提訴",)))):
        # Each time another query, for the same one is counted once.
        until = [START + timedelta(days=DAYS, seconds=n) for n in range(1, 16)]
        asked = [ClaimQuery(words=query.words, about=query.about, until=moment) for moment in until]
        print_times(f"facets, {name}", [partial(count_all, store, query) for query in asked])


def count_all(store: GraphStore, query: ClaimQuery) -> None:
    for facet in Facet:
        store.count_claims(query, facet)


def _bench_pages(path: Path, names: dict[str, list[str]]) -> None:
    words = ("提訴", "distillation", '"NVIDIA Blackwell"', "訴訟 polarity:denied", "chips lang:en", "蒸留 type:legal")
    addresses = {
        "page: claim": [f"/claims/{id}" for id in names["claims"]],
        "page: entity": [f"/entities/{id}" for id in names["ordinary"] * 5],
        "page: hub": [f"/entities/{id}" for id in names["hub"] * RUNS],
        "page: search": [
            f"/search?q={quote(f'{word} until:2026-0{1 + n % 4}-1{n // 4}')}" for n in range(8) for word in words
        ],
        "page: home": ["/"] * 20,
    }
    with _serving(path) as (connection, server):
        for name, asked in addresses.items():
            _get(connection, asked[-1])
            used = cpu_of(server)
            print_times(name, [partial(_get, connection, address) for address in asked])
            print(f"    CPU of the server {(cpu_of(server) - used) * 1000 / len(asked):8.1f} ms a page", flush=True)


def cpu_of(server: int) -> float:
    """CPU seconds of a process and its children so far."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if server in (int(stat.parent.name), int(fields[1])):
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _get(connection: http.client.HTTPConnection, address: str) -> None:
    connection.request("GET", address)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (address, answer.status, body[:300])


@contextmanager
def _serving(path: Path) -> Iterator[tuple[http.client.HTTPConnection, int]]:
    """A connection to a server of the store's pages, and the server's process."""
    command = [sys.executable, "-m", "claimgraph", "--store", str(path), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, text=True, stderr=subprocess.PIPE) as process:
        assert process.stderr
        line = process.stderr.readline()
        connection = http.client.HTTPConnection("127.0.0.1", int(line.rpartition(":")[2].split()[0]), timeout=60)
        try:
            yield connection, process.pid
        finally:
            connection.close()
            process.terminate()
            process.wait()


def _bench_cypher(store: SqliteStore, generator: Generator, names: dict[str, list[str]], size: int) -> None:
    seconds = time_once(lambda: _count(store))
    print(f"  cypher, first: graph and start  {seconds:10.1f} s", flush=True)
    base = _private_of_empty()
    private = _private(store)
    print(f"  worker's own memory             {private / 1e6:10.0f} MB, {(private - base) / size:.0f} bytes a claim")
    with SqliteStore(store.path) as other:
        print(f"  cypher, first in another process {time_once(lambda: _count(other)):9.1f} s")
    parameters = {"id": names["claims"][0], "hub": names["hub"][0], "rare": names["ordinary"][0]}
    for name, query in QUERIES.items():
        used = {key: value for key, value in parameters.items() if f"${key}" in query}
        print_times(f"cypher, {name}", [partial(store.cypher, query, used, PATIENT)] * 15)
    _bench_following(store, generator)
    grown = _private(store)
    print(f"  memory after them               {grown / 1e6:10.0f} MB, {(grown - base) / size:.0f} bytes a claim")
    seconds = time_once(lambda: _ask_refused(store, "MATCH (a)-[*1..6]-(b) RETURN count(*) AS n"))
    print(f"  cypher, runaway with 1 s        {seconds * 1000:10.0f} ms")
    print(f"  cypher, next (worker anew)      {time_once(lambda: _count(store)) * 1000:10.0f} ms", flush=True)


def _bench_following(store: SqliteStore, generator: Generator) -> None:
    """1,000 new claims, derived, five times; then one article, ten times: how long until the next answer holds them."""
    new = _make_later(generator, 5 * 125 + 10)
    times, single = [], []
    for n in range(5):
        store.add(new[n * 125 : (n + 1) * 125])
        derive(store)
        times.append(time_once(lambda: _count(store)) * 1000)
    for extraction in new[5 * 125 :]:
        store.add([extraction])
        derive(store)
        single.append(time_once(lambda: _count(store)) * 1000)
    print(f"  graph after 1,000 new claims    {_median(times):10.0f} ms, first {times[0]:.0f}, worst {max(times):.0f}")
    print(f"  graph after 8 new claims        {_median(single):10.0f} ms, worst {max(single):.0f}")


def _make_later(generator: Generator, articles: int) -> Sequence[Extraction]:
    """Articles that the store does not have, about the same entities."""
    later = Generator(articles * CLAIMS_PER_ARTICLE)
    later.entities = generator.entities
    return list(later)


def _count(store: SqliteStore) -> None:
    store.cypher("MATCH (c:Claim) RETURN count(c) AS n", limits=PATIENT)


def _ask_refused(store: SqliteStore, query: str) -> None:
    try:
        store.cypher(query, limits=QueryLimits(seconds=1))
    except QueryError as error:
        print(f"    {error.reason}")


def _private_of_empty() -> int:
    with tempfile.TemporaryDirectory() as folder, SqliteStore(Path(folder) / "empty.db") as store:
        _count(store)
        return _private(store)


def _private(store: SqliteStore) -> int:
    """Bytes that one worker of the store has for itself: not shared, not backed by a file."""
    [pid, *_] = [worker.pid for worker in store._projection._pool._all]
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


def print_times(name: str, questions: Sequence[Callable[[], object]]) -> None:
    times = sorted(time_once(question) * 1000 for question in questions)
    median, late = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.95))]
    print(f"  {name:32}{median:10.2f} ms p50{late:10.2f} ms p95", flush=True)


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def time_once(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
