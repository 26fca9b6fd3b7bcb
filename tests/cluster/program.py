"""`claimgraph` as the tests of several processes run it: `python -m tests.cluster.program [WORD…]`.

Every name ends at this machine. By the environment it can also be told

    TEST_MARKS    a folder: a process that passes a mark of which a file is there removes it and is killed; `all` in
                  it: with the worker that it is of
    TEST_READER   stands in for what reads: four claims a page; a text of KILLS kills its process, one of HANGS hangs
    TEST_WAITING  so many messages may wait to be fetched or read
    TEST_SECONDS  after so many a message counts as hanging
"""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from bench.kills_fetching import make_claims
from graph.records import Article, Extraction
from tests.server.names import resolve

KILLS, HANGS = "This text kills whoever reads it", "This text is read for ever"
# Where a process can be, in the order of the work.
MARKS = (
    "taken", "sent", "page", "saved", "fetched", "extract", "commit", "committed", "marked", "relate", "related",
    "assigned", "put", "derived", "done",
)  # fmt: skip


def pass_mark(name: str) -> None:
    """Ends this process when its file is there; of several that pass only the first."""
    file = Path(os.environ["TEST_MARKS"], name)
    try:
        whom = file.read_text("ascii")
        file.unlink()
    except FileNotFoundError:
        return
    os.killpg(0, signal.SIGKILL) if whom == "all" else os.kill(os.getpid(), signal.SIGKILL)


class StandIn:
    """Reads texts without a network."""

    readers: frozenset[str] = frozenset()

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        for article in articles:
            if KILLS in article.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if HANGS in article.text:
                time.sleep(600)
            yield Extraction(article, claims=tuple(make_claims(article)))


def _mark(owner: Any, method: str, before: str = "", after: str = "") -> None:
    """A method of a class passes marks from now on."""
    plain = getattr(owner, method)

    @wraps(plain)
    def marked(*arguments: Any, **named: Any) -> Any:
        if before:
            pass_mark(before)
        done = plain(*arguments, **named)
        if after:
            pass_mark(after)
        return done

    setattr(owner, method, marked)


def _set_marks() -> None:
    from commands.cluster import Cluster
    from commands.jobs import Jobs
    from graph.stores.neo4j import Neo4jStore
    from ingest.archive import Archive
    from ingest.fetch import Fetcher

    _mark(Archive, "take_articles", after="taken")
    _mark(Cluster, "send", after="sent")
    _mark(Fetcher, "__call__", before="page")
    _mark(Archive, "save_article", after="saved")
    _mark(Jobs, "fetch", after="fetched")
    _mark(Archive, "hand_out", after="extract")
    _mark(Neo4jStore, "add", before="commit", after="committed")
    _mark(Archive, "mark_stored", after="marked")
    _mark(Neo4jStore, "add_copies", before="relate", after="related")
    _mark(Neo4jStore, "assign_claims", after="assigned")
    _mark(Neo4jStore, "put_matters", before="put", after="derived")
    _mark(Jobs, "do", after="done")


@contextmanager
def _stand_in(*_: Any, **__: Any) -> Iterator[Callable[[], StandIn]]:
    yield StandIn


def main() -> None:
    socket.getaddrinfo = resolve  # type: ignore[assignment]
    if os.environ.get("TEST_MARKS"):
        _set_marks()
    if os.environ.get("TEST_READER"):
        import commands.hands
        import commands.opening
        from ingest.session import Session

        for module in (commands.hands, commands.opening):
            vars(module)["reading"] = _stand_in
        Session.is_about_ai = lambda *_: True  # type: ignore[method-assign]
    if os.environ.get("TEST_WAITING"):
        import commands.jobs

        commands.jobs.MOST_WAITING.update(dict.fromkeys(("read", "fetch"), int(os.environ["TEST_WAITING"])))
    if os.environ.get("TEST_SECONDS"):
        import commands.cluster

        commands.cluster._TIME_LIMIT = int(os.environ["TEST_SECONDS"])
    from claimgraph import main as run

    run(prog_name="claimgraph")


if __name__ == "__main__":
    main()
