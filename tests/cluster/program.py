"""`claimgraph` as the tests of several processes run it: `python -m tests.cluster.program [WORD…]`.

`message TASK ID…` is a worker that gets this one message, and tells nobody what is to be done next.

Every name ends at this machine. By the environment it can also be told

    TEST_MARKS    a folder: a process that passes a mark of which a file is there removes it and is killed; `all` in
                  it: with the worker that it is of; `stop`: that worker is only stopped; `pass`: it goes on
    TEST_READER   stands in for what reads: four claims a page; a text of KILLS kills its process, one of HANGS hangs
    TEST_NAMED    the first words of what it claims are the names of firms, which do what firms do
    TEST_READING  so many seconds the one who stands in waits for each text, as if it read
    TEST_SUBJECT  where reading is stood in for: texts are still told by what they are about; else all are about AI
    TEST_WAITING  so many messages may wait to be fetched or read
    TEST_SECONDS  after so many a message counts as hanging
"""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any
from zlib import crc32

from bench.kills_fetching import make_claims
from graph.ids import make_claim_id, make_entity_id
from graph.policy import find_type
from graph.records import (
    Article,
    Claim,
    ClaimType,
    Entity,
    EntityId,
    EntityType,
    Extraction,
    Modality,
    Party,
    Predicate,
)
from tests.server.names import resolve

# What named firms do, in about the shares of news: of twenty claims one accuses.
_ACTS = (
    *[Predicate.RELEASED] * 5,
    *[Predicate.PARTNERED_WITH] * 4,
    *[Predicate.OUTPERFORMS] * 4,
    *[Predicate.INVESTED_IN] * 3,
    *[Predicate.CRITICIZES] * 3,
    Predicate.MISLED,
)
KILLS, HANGS = "This text kills whoever reads it", "This text is read for ever"
# Where a process can be, in the order of the work.
MARKS = (
    "taken", "sent", "page", "saved", "fetched", "extract", "commit", "committed", "marked", "relate", "related",
    "assigned", "put", "derived", "done",
)  # fmt: skip


_OF_ALL = {"all": signal.SIGKILL, "stop": signal.SIGSTOP}


def pass_mark(name: str) -> None:
    """Does to this process what its file says when that is there; of several that pass only to the first."""
    file = Path(os.environ["TEST_MARKS"], name)
    try:
        whom = file.read_text("ascii")
        file.unlink()
    except FileNotFoundError:
        return
    if whom == "pass":
        return
    if whom in _OF_ALL:
        os.killpg(0, _OF_ALL[whom])
    else:
        os.kill(os.getpid(), signal.SIGKILL)


class StandIn:
    """Reads texts without a network."""

    readers: frozenset[str] = frozenset()

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        pause = float(os.environ.get("TEST_READING", "0"))
        for article in articles:
            time.sleep(pause)
            if KILLS in article.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if HANGS in article.text:
                time.sleep(600)
            claims = tuple(make_claims(article))
            yield (
                _name_subjects(article, claims) if os.environ.get("TEST_NAMED") else Extraction(article, claims=claims)
            )


def _name_subjects(article: Article, claims: Sequence[Claim]) -> Extraction:
    firms = {name: Entity(make_entity_id(name), name, EntityType.COMPANY) for name in {c.subject.name for c in claims}}
    named = (_tell(one, firms[one.subject.name].id) for one in claims)
    return Extraction(article, tuple(firms.values()), (), tuple(named))


def _tell(claim: Claim, firm: EntityId) -> Claim:
    """The claim as news has it: an act of a firm, of which its last word is the other side."""
    predicate = _ACTS[crc32(claim.text.encode()) % len(_ACTS)]
    kind = find_type(predicate, None)
    subject, other = Party(claim.subject.name, firm), Party(claim.text.split()[-1].strip("."))
    id = make_claim_id(claim.article_id, claim.span, predicate, subject, other, None, None, claim.polarity)
    modality = Modality.ALLEGED if kind is ClaimType.ALLEGATION else claim.modality
    return replace(claim, id=id, type=kind, predicate=predicate, subject=subject, object=other, modality=modality)


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
    from graph.stores.sqlite import SqliteStore
    from ingest.archive import Archive
    from ingest.network.fetch import Fetcher

    _mark(Archive, "take_articles", after="taken")
    _mark(Cluster, "send", after="sent")
    _mark(Fetcher, "__call__", before="page")
    _mark(Archive, "save_article", after="saved")
    _mark(Jobs, "fetch", after="fetched")
    _mark(Archive, "hand_out", after="extract")
    for store in (Neo4jStore, SqliteStore):
        _mark(store, "add", before="commit", after="committed")
        _mark(store, "add_copies", before="relate", after="related")
        _mark(store, "assign_claims", after="assigned")
        _mark(store, "put_matters", before="put", after="derived")
    _mark(Archive, "mark_stored", after="marked")
    _mark(Jobs, "do", after="done")


@contextmanager
def standing_in(*_: Any, **__: Any) -> Iterator[Callable[[], StandIn]]:
    yield StandIn


def prepare() -> None:
    """Does as the environment tells."""
    socket.getaddrinfo = resolve  # type: ignore[assignment]
    if os.environ.get("TEST_MARKS"):
        _set_marks()
    if os.environ.get("TEST_READER"):
        import commands.opening
        import commands.workbench
        from ingest.session import Session

        for module in (commands.workbench, commands.opening):
            vars(module)["reading"] = standing_in
        if not os.environ.get("TEST_SUBJECT"):
            Session.is_about_ai = lambda *_: True  # type: ignore[method-assign]
    if os.environ.get("TEST_WAITING"):
        import commands.jobs

        commands.jobs.MOST_WAITING.update(dict.fromkeys(("read", "fetch"), int(os.environ["TEST_WAITING"])))
    if os.environ.get("TEST_SECONDS"):
        import commands.cluster

        commands.cluster._TIME_LIMIT = int(os.environ["TEST_SECONDS"])


class Nobody:
    """The way to other workers, of whom there are none."""

    def send(self, task: str, ids: Iterable[str] = ()) -> None:
        pass

    def count_waiting(self, queue: str) -> int:
        return 0


def do_message(task: str, *ids: str) -> None:
    from commands.jobs import Jobs
    from commands.settings import load_config

    jobs = Jobs(load_config({"quiet": True}, os.environ), Nobody())
    jobs.do(task, ids)
    jobs.close()


def main() -> None:
    prepare()
    if sys.argv[1:2] == ["message"]:
        do_message(*sys.argv[2:])
        return
    from claimgraph import main as run

    run(prog_name="claimgraph")


if __name__ == "__main__":
    main()
