"""Cypher in confined processes: what they cannot reach, how they end, what they leave behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.errors import QueryError
from graph.store import QueryLimits
from graph.stores.rebuild import parse_name
from graph.stores.sqlite import SqliteStore
from graph.stores.workers import Spawner, Worker
from tests.graph.conftest import ROOT, STORY, script
from tests.graph.processes import children, is_alive, is_running, wait_for

Run = Callable[[str], "subprocess.CompletedProcess[str]"]

LIMITS = QueryLimits(seconds=2)
ENDLESS = " ".join(f"UNWIND range(1, 2000) AS x{n}" for n in range(4)) + " RETURN count(*) AS n"
ONE = "RETURN 1 AS n"
CRASH = "CALL { " * 500 + "RETURN 1 AS x" + " } RETURN x" * 500

linux = pytest.mark.skipif(sys.platform != "linux", reason="confinement is Linux's")


@pytest.fixture(scope="module")
def spawner() -> Iterator[Spawner]:
    spawner = Spawner()
    yield spawner
    spawner.close()


@pytest.fixture(scope="module")
def graph_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "store.db"
    with SqliteStore(path) as store:
        store.add([STORY])
        store.cypher(ONE)
    [saved] = path.with_name("store.db-graph").glob("*.kgl")
    return saved


@pytest.fixture
def worker(spawner: Spawner, graph_file: Path) -> Iterator[Worker]:
    version = parse_name(graph_file.name)
    assert version
    worker = Worker(spawner, graph_file, version, 256)
    yield worker
    worker.close()


def test_a_worker_answers(worker: Worker) -> None:
    assert worker.ask("MATCH (c:Claim) RETURN count(c) AS n", {}, LIMITS)["rows"] == [[2]]


@linux
def test_every_layer_holds_here(worker: Worker) -> None:
    if not worker.confinement.landlock or not worker.confinement.seccomp:
        pytest.skip(f"this kernel or container lacks a layer: {worker.confinement}")
    assert worker.confinement.memory
    assert worker.confinement.keeps_files


@linux
@pytest.mark.parametrize(
    "place",
    ["{secret}", "file://{secret}", "/etc/passwd", "/proc/self/environ", "/proc/self/cmdline", "/dev/stdin", "{graph}"],
)
def test_no_file_is_read_even_past_the_guard(worker: Worker, graph_file: Path, tmp_path: Path, place: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("hush,hush\n1,2\n")
    address = place.format(secret=secret, graph=graph_file)
    with pytest.raises(QueryError) as error:
        worker.ask(f"LOAD CSV FROM '{address}' AS row RETURN row", {}, LIMITS)
    assert error.value.reason == "failed"
    assert "hush" not in str(error.value)


@pytest.mark.parametrize("query", ["CREATE (:Claim)", "MATCH (n) DETACH DELETE n", "CALL db.cdc.enable()"])
def test_nothing_is_written_even_past_the_guard(worker: Worker, query: str) -> None:
    with pytest.raises(QueryError):
        worker.ask(query, {}, LIMITS)
    assert worker.ask("MATCH (n) RETURN count(n) AS n", {}, LIMITS)["rows"] == [[9]]


def test_the_engine_watches_the_time(worker: Worker) -> None:
    with pytest.raises(QueryError) as error:
        worker.ask(ENDLESS, {}, QueryLimits(seconds=0.05))
    assert error.value.reason == "timeout"
    assert "0.05 s" in str(error.value)


def test_a_process_that_hangs_is_killed(worker: Worker) -> None:
    os.kill(worker.pid, signal.SIGSTOP)
    started = time.monotonic()
    with pytest.raises(QueryError) as error:
        worker.ask(ONE, {}, QueryLimits(seconds=0.2))
    assert error.value.reason == "timeout"
    assert time.monotonic() - started < 3
    assert worker.broken
    assert not is_alive(worker.pid)


@linux
def test_memory_is_bounded(worker: Worker) -> None:
    with pytest.raises(QueryError) as error:
        worker.ask("RETURN reduce(s = 'x', i IN range(1, 40) | s + s) AS s", {}, QueryLimits(10, 1000, 256))
    assert error.value.reason == "memory"
    assert "256 MB" in str(error.value)


def test_a_text_that_crashes_the_engine_costs_one_query(worker: Worker) -> None:
    with pytest.raises(QueryError) as error:
        worker.ask(CRASH, {}, LIMITS)
    assert error.value.reason == "failed"
    assert worker.broken


def test_an_answer_too_large_is_refused(worker: Worker) -> None:
    with pytest.raises(QueryError) as error:
        worker.ask("UNWIND range(1, 400) AS n RETURN $text AS t", {"text": "x" * 100_000}, LIMITS)
    assert error.value.reason == "memory"


def test_the_engine_prints_nothing(worker: Worker, capfd: pytest.CaptureFixture[str]) -> None:
    worker.ask("UNWIND range(1, 50) AS n RETURN n AS n", {}, QueryLimits(rows=1))
    worker.ask("MATCH (n:Nothing) RETURN n.nothing AS n", {}, LIMITS)
    assert capfd.readouterr() == ("", "")


def test_the_engine_is_not_loaded_into_this_process(store: SqliteStore) -> None:
    store.cypher(ONE)
    assert "kglite" not in sys.modules


def test_a_worker_killed_in_mid_query_costs_that_query(store: SqliteStore) -> None:
    roomy = QueryLimits(memory_mb=8192)  # at the usual limit a busy machine ends it before we do
    store.cypher(ONE, limits=roomy)
    [pid] = children("worker", store.path)
    threading.Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
    with pytest.raises(QueryError) as error:
        store.cypher(ENDLESS, limits=roomy)
    assert error.value.reason == "failed"
    assert store.cypher(ONE).rows == ((1,),)


def test_a_worker_killed_while_idle_costs_nothing(store: SqliteStore) -> None:
    store.cypher(ONE)
    [pid] = children("worker", store.path)
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not is_running(pid))
    assert store.cypher(ONE).rows == ((1,),)


def test_queries_at_once_share_two_workers(store: SqliteStore) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda n: store.cypher("RETURN $n AS n", {"n": n}).rows, range(24)))
    assert answers == [((n,),) for n in range(24)]
    assert len(children("worker", store.path)) <= 2


def test_a_query_behind_slow_ones_is_told_so(store: SqliteStore) -> None:
    store.cypher(ONE)
    slow = QueryLimits(seconds=0.8, memory_mb=6000)  # an idle machine fills 512 MB before the others are asked
    with ThreadPoolExecutor(2) as threads:
        others = [threads.submit(store.cypher, ENDLESS, None, slow) for _ in range(2)]
        wait_for(lambda: len(children("worker", store.path)) == 2)
        with pytest.raises(QueryError, match="other queries"):
            store.cypher(ONE, limits=QueryLimits(seconds=0.1))
        for other in others:
            with pytest.raises(QueryError):
                other.result()


def test_another_memory_limit_gets_another_worker(store: SqliteStore) -> None:
    store.cypher(ONE)
    before = children("worker", store.path)
    store.cypher(ONE, limits=QueryLimits(memory_mb=128))
    assert children("worker", store.path).isdisjoint(before)


def test_a_damaged_graph_file_is_made_anew(path: Path) -> None:
    for _ in range(2):
        with SqliteStore(path) as store:
            store.add([STORY])
            assert store.cypher("MATCH (c:Claim) RETURN count(c) AS n").rows == ((2,),)
        [saved] = path.with_name("store.db-graph").glob("*.kgl")
        saved.write_bytes(b"no graph")


def test_a_folder_that_cannot_be_made_is_replaced_by_a_temporary_one(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    path.with_name("store.db-graph").write_text("in the way")
    with SqliteStore(path) as store:
        store.add([STORY])
        assert store.cypher(ONE).rows == ((1,),)
        assert list((tmp_path / "temporary").iterdir())
    assert not list((tmp_path / "temporary").iterdir())


def test_what_another_process_takes_away_meanwhile_keeps_nobody_from_the_folder(path: Path) -> None:
    shared = path.with_name("store.db-graph")
    shared.mkdir()
    (shared / "load-gone").symlink_to(shared / "nowhere")  # is listed, and is not there when it is looked at
    with SqliteStore(path) as store:
        store.cypher(ONE)
    assert list(shared.glob("*.kgl"))


def test_closing_leaves_no_process_and_no_temporary_folder(path: Path) -> None:
    with SqliteStore(path) as store:
        store.add([STORY])
        store.cypher(ONE)
        pids = children("worker", store.path)
        assert pids
    assert not any(map(is_alive, pids))
    assert not list(path.with_name("store.db-graph").glob("load-*"))


def test_closing_twice_and_without_a_query_is_fine(path: Path) -> None:
    store = SqliteStore(path)
    store.close()
    store.close()


_LAST_WORDS = "from tests.graph.processes import children; print(*children('worker', path), flush=True)\n"


def test_an_exit_without_closing_leaves_nothing(run_script: Run, path: Path) -> None:
    done = run_script(f"store = SqliteStore(path); store.add([STORY]); store.cypher('{ONE}')\n" + _LAST_WORDS)
    assert (done.returncode, done.stderr) == (0, "")
    assert not is_alive(int(done.stdout))
    assert not list(path.with_name("store.db-graph").glob("load-*"))


@linux
def test_a_killed_parent_leaves_nothing(path: Path) -> None:
    text = (
        f"store = SqliteStore(path); store.add([STORY]); store.cypher('{ONE}')\n{_LAST_WORDS}"
        f"store.cypher('{ENDLESS}')\n"
    )
    with subprocess.Popen(script(text, path), stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        parent.kill()
    wait_for(lambda: not is_running(pid))
    assert not list(path.with_name("store.db-graph").glob("load-*"))


def test_a_worker_outlives_the_thread_that_first_asked(run_script: Run) -> None:
    done = run_script(
        "store = SqliteStore(path); store.add([STORY])\n"
        f"thread = threading.Thread(target=store.cypher, args=('{ONE}',)); thread.start(); thread.join()\n"
        + _LAST_WORDS
        + f"time.sleep(0.1); store.cypher('{ONE}')\n"
        + _LAST_WORDS
    )
    first, second = done.stdout.splitlines()
    assert first == second


@linux
def test_a_forked_child_asks_with_workers_of_its_own(run_script: Run) -> None:
    done = run_script(
        "store = SqliteStore(path); store.add([STORY])\n"
        "count = 'MATCH (c:Claim) RETURN count(c) AS n'\n"
        "store.cypher(count)\n"
        "if os.fork() == 0:\n"
        "    print('child', store.cypher(count).rows[0][0], len(store.list_articles()), flush=True)\n"
        "    sys.exit(0)\n"
        "os.wait()\n"
        "print('parent', store.cypher(count).rows[0][0], len(store.list_articles()), flush=True)\n"
    )
    assert done.stdout.splitlines() == ["child 2 1", "parent 2 1"]
    assert done.stderr == ""
