"""`serve` on a system that cannot keep queries from files: pages for all, Cypher for this machine only.

Such a system is made by a filter that answers "no such call" to Landlock and seccomp, as older kernels do.
"""

import json
import platform
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.stores.sqlite import SqliteStore
from tests.graph.conftest import STORY

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64", reason="numbers of system calls are those of x86-64"
)

OLD_KERNEL = """
import ctypes, os, struct, sys
def step(code, value, yes=0, no=0): return struct.pack("HBBI", code, yes, no, value)
program = b"".join([step(0x20, 0), step(0x15, 444, 1, 0), step(0x15, 317, 0, 1), step(0x06, 0x00050000 | 38),
                    step(0x06, 0x7FFF0000)])
code = ctypes.create_string_buffer(program, len(program))
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0
header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
assert libc.syscall(317, 1, 0, ctypes.create_string_buffer(header, 16)) == 0
os.execv(sys.executable, [sys.executable, "-m", "claimgraph", *sys.argv[1:]])
"""
PLAIN = "import os, sys; os.execv(sys.executable, [sys.executable, '-m', 'claimgraph', *sys.argv[1:]])"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with SqliteStore(tmp_path / "graph.db") as store:
        store.add([STORY])
    return tmp_path / "graph.db"


@pytest.mark.parametrize(
    ("system", "host", "status"),
    [(OLD_KERNEL, "0.0.0.0", 403), (OLD_KERNEL, "127.0.0.1", 200), (PLAIN, "0.0.0.0", 200)],
    ids=["old kernel, open to others", "old kernel, this machine", "confined, open to others"],
)
def test_cypher_is_answered_where_it_is_safe(store: Path, system: str, host: str, status: int) -> None:
    with _serving(system, store, host) as (port, told):
        assert _get(f"http://127.0.0.1:{port}/search")[0] == 200
        code, body = _get(f"http://127.0.0.1:{port}/api/v1/cypher?q=RETURN%201%20AS%20n")
        assert code == status
        assert ("Landlock" in told) == ("Landlock" in body) == (status == 403)
        page = _get(f"http://127.0.0.1:{port}/cypher")[1]
        assert ("Serve them on 127.0.0.1" in page) == (status == 403)


@contextmanager
def _serving(system: str, store: Path, host: str) -> Iterator[tuple[int, str]]:
    """A running server's port and what it said before it was ready."""
    command = [sys.executable, "-c", system, "--store", str(store), "serve", "--host", host, "--port", "0"]
    if host == "0.0.0.0":  # to others without a token: a proxy decides who comes in
        command.append("--behind-proxy")
    with subprocess.Popen(command, cwd=ROOT, text=True, stderr=subprocess.PIPE) as process:
        assert process.stderr
        told = ""
        while "claimgraph is at" not in told:
            line = process.stderr.readline()
            assert line, told
            told += line
        try:
            yield int(told.rpartition(":")[2].split()[0]), told
        finally:
            process.terminate()
            process.communicate(timeout=20)


def _get(address: str) -> tuple[int, str]:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, json.dumps(error.read().decode())
        except urllib.error.URLError:
            time.sleep(0.05)
    raise AssertionError(f"{address} does not answer")
