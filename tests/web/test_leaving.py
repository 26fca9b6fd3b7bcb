"""Readers who go away, and many who ask slowly at once: over a real server."""

import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
# Short ranges: long ones fill the memory of an idle machine before anybody leaves.
# Numbers are added up without end, and nothing is kept: what fills memory is stopped for that, within a second.
ENDLESS = (
    "WITH range(1, 3000) AS r RETURN reduce(a = 0, x IN r | a + reduce(b = 0, y IN r | b + "
    "reduce(c = 0, z IN r | (c + z) % 7))) AS n"
)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.web.serving", str(tmp_path / "graph.db")]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.terminate()
        process.communicate(timeout=20)


def test_a_query_nobody_waits_for_is_stopped(address: str) -> None:
    """Both workers are taken by queries of five seconds whose readers leave: the next is answered long before."""
    assert _ask(address, "RETURN 1 AS n")[0] == 200
    gone = [_send(address, ENDLESS) for _ in range(2)]
    time.sleep(0.5)
    for connection in gone:
        connection.close()
    started = time.monotonic()
    assert _ask(address, "RETURN 2 AS n")[0] == 200
    assert time.monotonic() - started < 3


def test_sixteen_slow_queries_leave_the_pages_answering(address: str) -> None:
    assert _ask(address, "RETURN 1 AS n")[0] == 200
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda: statuses.append(_ask(address, ENDLESS)[0])) for _ in range(16)]
    for thread in threads:
        thread.start()
    waits = []
    while any(thread.is_alive() for thread in threads):
        started = time.monotonic()
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        connection.request("GET", "/search?q=deepseek")
        assert connection.getresponse().status == 200
        connection.close()
        waits.append(time.monotonic() - started)
        time.sleep(0.1)
    assert sorted(set(statuses)) in ([400], [400, 503])
    assert sorted(waits)[int(len(waits) * 0.9)] < 2
    assert _ask(address, "RETURN 3 AS n")[0] == 200


def _send(address: str, query: str) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("POST", "/api/v1/cypher", json.dumps({"query": query}), {"Content-Type": "application/json"})
    return connection


def _ask(address: str, query: str) -> tuple[int, object]:
    connection = _send(address, query)
    answer = connection.getresponse()
    body = json.load(answer)
    connection.close()
    return answer.status, body
