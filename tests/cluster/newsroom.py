"""A whole newsroom on this machine: sites, an archive, a graph, a broker, and worker processes over them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from amqp import AMQPError

from bench.site import Document, Site
from commands.broker_settings import DEAD, LATER, QUEUES
from commands.cluster import Cluster
from commands.opening import find_place, open_archive, open_graph
from commands.settings import Config, load_config
from commands.workers import open_cluster
from graph.errors import BrokerError, StoreError
from graph.formats.exporting import FORMATS
from graph.records import Feed
from ingest.archive import Server, open_database
from tests.neo4j.server import Server as Neo4j
from tests.postgres.server import Server as Postgres
from tests.rabbitmq.server import Server as RabbitMQ

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "data" / "demo"
LOOPBACK = "127.0.0.0/8"
# What depends on when and in which order things came: moments of runs, numbers of rows.
_MOMENTS = frozenset({"fetched_at", "seen_at", "decided_at", "made_at", "exported_at"})
_KEPT = (
    "SELECT 'feed', url, title, lang, etag, failures, moves, disabled, entries FROM feeds",
    "SELECT 'entry', feed_url, key, url, title, hash, wanted, attempts FROM entries",
    "SELECT 'page', url, asked, checks FROM pages",
    "SELECT 'article', id, url, version, text, published_at, pending, compared, attempts, tries, aside FROM articles",
    "SELECT 'sketch', article, url, lead FROM sketches",
)


class Newsroom:
    """What all processes share, and the workers that run; those still there are killed at the end.

    home    a folder of its own
    extra   of the environment of every process
    """

    def __init__(self, home: Path, environment: Mapping[str, str], extra: Mapping[str, str] | None = None) -> None:
        marks = home / "marks"
        marks.mkdir(parents=True, exist_ok=True)
        usual = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMGRAPH_")}
        accounts = {name: value for name, value in os.environ.items() if name.startswith("CLAIMGRAPH_NEO4J_")}
        own = {"XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home), "PYTHONPATH": str(ROOT)}
        self.environment = usual | accounts | own | dict(environment) | dict(extra or {})
        self.environment["CLAIMGRAPH_ALLOW_ADDRESSES"] = LOOPBACK
        if self.environment.get("TEST_MARKS"):
            self.environment["TEST_MARKS"] = str(marks)
        self.home, self.marks = home, marks
        self.config: Config = load_config({"quiet": True}, self.environment)
        self.workers: list[subprocess.Popen[bytes]] = []
        self._names = 0

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command, to its end."""
        command = [sys.executable, "-m", "tests.cluster.program", *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=180, check=False
        )

    def start(self, queues: str = ",".join(QUEUES), concurrency: int = 1) -> "subprocess.Popen[bytes]":
        """A worker, in a group of processes of its own."""
        command = [sys.executable, "-m", "tests.cluster.program", "workers", "start"]
        command += ["--queues", queues, "--concurrency", str(concurrency)]
        self._names += 1
        with (self.home / f"worker-{self._names}.log").open("ab") as log:
            worker = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.workers.append(worker)
        return worker

    def kill(self, worker: "subprocess.Popen[bytes]") -> None:
        """A worker is gone at once, with its processes."""
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        self.workers.remove(worker)

    def stop(self) -> None:
        """Ends all workers in order."""
        for worker in self.workers:
            worker.send_signal(signal.SIGTERM)
        for worker in [*self.workers]:
            with suppress(subprocess.TimeoutExpired):
                worker.wait(30)
            self.kill(worker)

    def read_logs(self) -> str:
        return "\n".join(path.read_text("utf-8", "replace") for path in sorted(self.home.glob("worker-*.log")))

    def add_feeds(self, *urls: str) -> None:
        with open_archive(self.config) as archive:
            for url in urls:
                archive.add_feed(Feed(url))

    def execute(self, *statements: str) -> None:
        with closing(open_database(find_place(self.config.archive))) as database, database.writing() as db:
            for statement in statements:
                db.execute(statement)

    def end_leases(self) -> None:
        """As time would."""
        self.execute("UPDATE hosts SET taken_until = NULL, rest_until = NULL", "UPDATE articles SET taken_until = NULL")

    def cluster(self) -> Cluster:
        return open_cluster(self.config)

    def drain(self, seconds: float, *, revive: bool = False) -> float:
        """Plans until nothing is left to do; how many seconds that took. TimeoutError, saying what is left.

        revive  workers that were killed are replaced, and leases of dead ones end soon
        """
        cluster, begun, quiet, last = self.cluster(), time.monotonic(), 0, time.monotonic()
        left = "nothing is known"
        while time.monotonic() - begun < seconds:
            with suppress(BrokerError, StoreError, AMQPError):
                queues = {state.name: state.waiting for state in cluster.list_queues() if state.name != DEAD}
                waiting = sum(queues.values())
                left = self.tell_left()
                if not left and not waiting:
                    quiet += 1
                    if quiet == 2:
                        return time.monotonic() - begun
                    time.sleep(0.3)
                    continue
                quiet = 0
                if not waiting:
                    if revive and time.monotonic() - last > 3:
                        self.end_leases()
                        last = time.monotonic()
                    cluster.send("plan")
            if revive:
                for worker in [*self.workers]:
                    if worker.poll() is not None:
                        self.workers.remove(worker)
                        self.start()
            time.sleep(0.7)
        raise TimeoutError(f"left: {left}; logs: {self.read_logs()[-6000:]}")

    def wait(self, is_there: Callable[[], bool], seconds: float = 60) -> None:
        """Until it is there; plans meanwhile are not sent."""
        begun = time.monotonic()
        while not is_there():
            if time.monotonic() - begun > seconds:
                raise TimeoutError(f"left: {self.tell_left()}; logs: {self.read_logs()[-6000:]}")
            time.sleep(0.1)

    def has_articles_left(self) -> bool:
        """Whether work is under way: sends a plan, and looks whether anything waits to be read."""
        with suppress(BrokerError):
            self.cluster().send("plan")
        with open_archive(self.config) as archive:
            return archive.count_pending() > 0

    def tell_left(self) -> str:
        """What is still to be done; empty when nothing is."""
        with open_archive(self.config) as archive, open_graph(self.config) as store:
            counts = {
                "wanted": len(archive.list_wanted()),
                "pending": archive.count_pending(),
                "due": len(archive.due_feeds(datetime.now(UTC))),
                "uncompared": len(archive.list_uncompared(1)),
                "queued": store.count_queued(),
            }
        return ", ".join(f"{number} {name}" for name, number in counts.items() if number)

    def dump(self) -> Counter[str]:
        """Every record of graph and archive, without moments and numbers of runs."""
        found: Counter[str] = Counter()
        [(_, write)] = FORMATS["jsonl"]
        with open_graph(self.config) as store:
            for line in "".join(write(store)).splitlines():
                found[json.dumps(_strip(json.loads(line)), sort_keys=True, ensure_ascii=False)] += 1
            for matter in store.iter_propositions():
                found[f"matter {matter}"] += 1
        with closing(open_database(find_place(self.config.archive))) as database:
            for query in _KEPT:
                found.update(str(tuple(row)) for row in database.rows(query))
        return found


def _strip(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _strip(inner) for key, inner in value.items() if key not in _MOMENTS}
    return [_strip(inner) for inner in value] if isinstance(value, list) else value


def find_apart(one: Newsroom, other: Newsroom) -> list[str]:
    """The records that only one of them has, or has more often, and which."""
    ours, theirs = one.dump(), other.dump()
    return [
        *(f"only ours: {line[:300]}" for line in sorted((ours - theirs).elements())),
        *(f"only theirs: {line[:300]}" for line in sorted((theirs - ours).elements())),
    ]


def serve_demo(site: Site, port: int) -> list[str]:
    """The demo's outlets, each a host of its own at this server; the addresses of their feeds."""
    feeds = []
    for file in sorted(DEMO.glob("feeds/*.xml")):
        outlet = file.stem
        _serve(site, port, f"/{outlet}/feed.xml", file, "application/rss+xml")
        feeds.append(f"http://{outlet}.example:{port}/{outlet}/feed.xml")
        for page in sorted((DEMO / "pages" / outlet).glob("*.html")):
            _serve(site, port, f"/{outlet}/{page.name}", page, "text/html")
    return feeds


def serve_earlier(site: Site, port: int) -> None:
    """Feed and page as they were before a correction, in the place of the later ones."""
    for file in DEMO.glob("earlier/feeds/*.xml"):
        _serve(site, port, f"/{file.stem}/feed.xml", file, "application/rss+xml")
    for page in DEMO.glob("earlier/pages/*/*.html"):
        _serve(site, port, f"/{page.parent.name}/{page.name}", page, "text/html")


def _serve(site: Site, port: int, path: str, file: Path, kind: str) -> None:
    text = file.read_text("utf-8")
    for outlet in (path.stem for path in DEMO.glob("feeds/*.xml")):
        text = text.replace(f"http://{outlet}.example/", f"http://{outlet}.example:{port}/{outlet}/")
    site.documents[path] = Document(text.encode(), kind)


@contextmanager
def running_servers() -> Iterator[tuple[Postgres, Neo4j, RabbitMQ]]:
    """The servers of a newsroom; the account of the graph is in the environment."""
    with ExitStack() as running:
        postgres, neo4j, rabbitmq = Postgres(), Neo4j(), RabbitMQ()
        for server in (postgres, neo4j, rabbitmq):
            running.callback(server.close)
            server.start()
        os.environ.update(neo4j.environment)
        yield postgres, neo4j, rabbitmq


@contextmanager
def opening(
    home: Path, postgres: Server, neo4j: Neo4j, rabbitmq: RabbitMQ, extra: Mapping[str, str] | None = None
) -> Iterator[Newsroom]:
    """A newsroom with empty queues and an empty graph."""
    home.mkdir(parents=True, exist_ok=True)
    secret = home / "archive-password"
    secret.write_text(postgres.password, encoding="ascii")
    neo4j.empty()
    empty_queues(rabbitmq)
    servers = {
        "CLAIMGRAPH_STORE": neo4j.address,
        "CLAIMGRAPH_ARCHIVE": postgres.address,
        "CLAIMGRAPH_ARCHIVE_USER": postgres.user,
        "CLAIMGRAPH_ARCHIVE_PASSWORD_FILE": str(secret),
    }
    newsroom = Newsroom(home, servers | rabbitmq.environment, extra)
    try:
        yield newsroom
    finally:
        for worker in [*newsroom.workers]:
            newsroom.kill(worker)


def empty_queues(rabbitmq: RabbitMQ) -> None:
    """What waits is gone; the queues stay, for a quorum queue that is made anew at once may lose what it is sent."""
    with rabbitmq.connect() as connection:
        for queue in (*QUEUES, LATER, DEAD):
            with suppress(AMQPError):
                connection.channel().queue_purge(queue)
