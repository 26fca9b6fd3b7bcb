"""Loading into Neo4j amid faults: `python bench/neo4j_faults.py [KILLS] [ARTICLES]`.

A client that loads generated articles is killed with `kill -9` at random moments (100 unless told otherwise). After
each kill every article on the server must be whole, and all that the client knew to be stored must be there; at the
end the graph must equal the same articles in a file, record by record. Then the server is stopped and started, once in
order and once with `kill -9`, in the middle of a load that must go on by itself and end equal. The server's jars come
with `make neo4j-jars`.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from graph.formats.copying import copy
from graph.records import Extraction
from graph.store import Added, GraphStore
from graph.stores import open_store
from graph.stores.neo4j import BATCH
from tests.contract.generated import ENTITIES, TIES, iter_extractions
from tests.neo4j.server import Server

Shape = tuple[int, int]


def main() -> None:
    kills, articles = (int(text) for text in [*sys.argv[1:], *["100", "3000"][len(sys.argv) - 1 :]])
    print(f"load average {os.getloadavg()[0]:.1f}", flush=True)
    server = Server()
    server.start()
    os.environ |= server.environment
    try:
        with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/whole.db") as whole:
            load(whole, iter_extractions(articles))
            kill_clients(server, whole, articles, kills)
            for kill in (False, True):
                restart_server(server, whole, articles, kill)
    finally:
        server.close()


def load(store: GraphStore, extractions: Iterable[Extraction]) -> None:
    store.add_entities(ENTITIES, TIES)
    store.add(extractions)


def kill_clients(server: Server, whole: GraphStore, articles: int, kills: int) -> None:
    shapes = {str(found.article.id): _shape(found) for found in whole.iter_extractions()}
    order = [str(found.article.id) for found in iter_extractions(articles)]
    moments = random.Random(11)
    seconds = _whole_load(server, articles)
    print(f"an undisturbed load: {seconds:.1f} s", flush=True)
    started = time.monotonic()
    server.empty()
    lost = partial = interrupted = 0
    while interrupted < kills:
        client = _start(server, articles)
        time.sleep(moments.uniform(0.5, max(1.5, seconds / 3)))
        interrupted += client.poll() is None
        client.kill()
        told = int((client.communicate()[0].split() or [b"0"])[-1])
        held = _read_shapes(server)
        lost += len(set(order[: max(0, told - 2 * BATCH)]) - held.keys())
        partial += sum(shapes[id] != shape for id, shape in held.items())
        if len(held) == articles:
            server.empty()
    _run(server, articles)
    with open_store(server.address) as store:
        again = copy(whole, store)
        equal = again.added == Added() and again.counts == whole.count()
        equal = equal and store.list_entities(limit=100) == whole.list_entities(limit=100)
        claims, seconds = again.counts.claims, time.monotonic() - started
        print(f"{interrupted} kills -9 of the client in {seconds:.0f} s: lost {lost}, partial {partial}")
        print(f"then a clean run: {again.counts.articles} articles, {claims} claims,", end=" ")
        print(f"duplicates {claims - whole.count().claims}, equal to the file: {equal}", flush=True)
        assert equal
        assert not lost + partial


def restart_server(server: Server, whole: GraphStore, articles: int, kill: bool) -> None:
    server.empty()
    client = _start(server, articles)
    while len(_read_shapes(server)) < articles // 4:
        time.sleep(0.2)
    started = time.monotonic()
    server.stop(kill=kill)
    time.sleep(1)
    server.start()
    away = time.monotonic() - started
    code = client.wait(600)
    with open_store(server.address) as store:
        again = copy(whole, store)
        equal = code == 0 and again.added == Added() and again.counts == whole.count()
    how = "killed" if kill else "stopped"
    print(
        f"server {how} and started in the middle of a load, away {away:.1f} s: exit {code}, equal to the file: {equal}"
    )
    assert equal


def _telling(extractions: Iterable[Extraction]) -> Iterator[Extraction]:
    """Prints how many the store has asked for, batch by batch."""
    for number, extraction in enumerate(extractions):
        if number % BATCH == 0:
            print(number, end=" ", flush=True)
        yield extraction


def _shape(found: Extraction) -> Shape:
    return len(found.claims), len({mention.entity for mention in found.mentions})


def _read_shapes(server: Server) -> dict[str, Shape]:
    text = (
        "MATCH (a:Article)<-[:PUBLISHED]-(:Source) "
        "RETURN a.id AS id, COUNT { (a)-[:STATES]->(:Claim) } AS claims, COUNT { (a)-[:MENTIONS]->() } AS mentions"
    )
    with server.driver() as driver:
        records = driver.execute_query(text).records
    return {record["id"]: (record["claims"], record["mentions"]) for record in records}


def _whole_load(server: Server, articles: int) -> float:
    """Seconds that an undisturbed load takes."""
    started = time.monotonic()
    _run(server, articles)
    return time.monotonic() - started


def _run(server: Server, articles: int) -> None:
    assert _start(server, articles).wait(600) == 0


def _start(server: Server, articles: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, __file__, f"load:{articles}:{server.address}"]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def _be_client(articles: int, address: str) -> None:
    with open_store(address) as store:
        load(store, _telling(iter_extractions(articles)))


if __name__ == "__main__":
    if len(sys.argv) == 2 and sys.argv[1].startswith("load:"):
        _, count, place = sys.argv[1].split(":", 2)
        _be_client(int(count), place)
    else:
        main()
