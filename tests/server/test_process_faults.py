"""What the system does to a run: no room on the disk, few descriptors, no environment, a second run beside it."""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from graph.records import Feed
from graph.stores import open_store
from ingest.archive import Archive
from ingest.sources.schedule import RunLock
from tests.server.faults import FaultServer, item, rss

ROOT = Path(__file__).parents[2]
SENTENCE = "DeepSeek said on Monday that the new model was trained on 2,048 chips and that it costs less than others. "


@pytest.fixture
def store(server: FaultServer, tmp_path: Path) -> Path:
    """A store whose archive has a feed of four pages, due."""
    links = []
    for n in range(4):
        text = "".join(f"<p>{SENTENCE}Paragraph {k} of page {n}.</p>" for k in range(4))
        links.append(server.add(f"/p{n}", f"<html lang=en><title>Page {n}</title><article>{text}</article>"))
    server.add("/f", rss(*map(item, links)), "application/rss+xml")
    with Archive(tmp_path / "graph.archive.db") as archive:
        archive.add_feed(Feed(server.url("/f")))
    open_store(str(tmp_path / "graph.db")).close()
    return tmp_path / "graph.db"


def ingest(
    store: Path, before: Callable[[], object] | None = None, env: dict[str, str] | None = None, close: bool = False
) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "claimgraph", "--store", str(store), "--allow-address", "127.0.0.0/8", "ingest"]
    shell = ["sh", "-c", '"$@" >&-', "sh"] if close else []
    return subprocess.run(
        [*shell, *command, "--json"], capture_output=True, text=True, cwd=ROOT, check=False, timeout=120,
        preexec_fn=before, env=env,
    )  # fmt: skip


def count(store: Path) -> tuple[int, int, int]:
    """Entries wanted, articles pending, articles in all; after SQLite's own check of the file."""
    path = store.with_name("graph.archive.db")
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        articles = db.execute("SELECT count(*) FROM articles").fetchone()[0]
    with Archive(path) as archive:
        return len(archive.list_wanted()), archive.count_pending(), articles


@pytest.mark.parametrize(
    ("room", "left"), [(70_000, "archive"), (200_000, "store")], ids=["while fetching", "while storing"]
)
def test_without_room_a_run_says_so_and_the_next_one_goes_on(store: Path, room: int, left: str) -> None:
    """The next one has hardly an environment and nobody who reads its output."""
    # As much as a file may have: the journal of the archive or that of the graph meets it in the middle of a write.
    full = ingest(store, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
    assert full.returncode == 3
    assert f"claimgraph: {left} " in full.stderr
    assert "disk" in full.stderr
    assert "Traceback" not in full.stderr
    wanted, pending, articles = count(store)
    assert (wanted + articles, pending) == (4, articles)
    done = ingest(store, env={"PATH": os.environ["PATH"], "LC_ALL": "C"}, close=True)
    assert (done.returncode, done.stdout) == (0, "")
    assert count(store) == (0, 0, 4)


@pytest.mark.parametrize("how", [[], ["--json"]], ids=["text", "json"])
def test_without_room_for_its_log_a_run_goes_on(store: Path, how: list[str]) -> None:
    command = [sys.executable, "-m", "claimgraph", "--store", str(store), "--allow-address", "127.0.0.0/8", "ingest"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*command, *how], cwd=ROOT, stdout=subprocess.PIPE, stderr=full, check=False, timeout=120)
    assert done.returncode == 0
    assert bool(done.stdout) == bool(how)
    assert count(store) == (0, 0, 4)


def test_a_run_beside_another_leaves_at_once(store: Path) -> None:
    """It costs what any command costs that starts and looks at the store: no more than half as much again."""
    with RunLock(store.with_name("graph.archive.db.lock")) as lock:
        assert lock.acquire()
        done = ingest(store)
        assert (done.returncode, done.stdout) == (0, "")
        assert "another ingest is running" in done.stderr
        assert measure(store, "ingest") < 1.5 * measure(store, "status")
    assert count(store)[2] == 0


def measure(store: Path, command: str) -> float:
    """The seconds of processor that a command takes: the fewest of three, since other work slows some."""

    def once() -> float:
        before = os.times()
        subprocess.run(
            [sys.executable, "-m", "claimgraph", "--store", str(store), command], cwd=ROOT, check=True, timeout=120,
            capture_output=True,
        )  # fmt: skip
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    return min(once() for _ in range(3))


def test_three_hundred_feeds_with_256_descriptors(server: FaultServer, tmp_path: Path) -> None:
    for n in range(300):
        server.add(f"/f{n}", rss(item("", guid=f"{n}")), "application/rss+xml")
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.server.whole_run", str(tmp_path)],
        input="\n".join(server.url(f"/f{n}") for n in range(300)), capture_output=True, text=True, cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256)), timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)["outcome"].values()) == {1}
    assert time.monotonic() - started < 60
