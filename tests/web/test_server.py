import json
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from graph.errors import ConfigError
from web.server import serve

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.web.serving", str(tmp_path / "graph.db")]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        yield process
        process.kill()


def _read(server: "subprocess.Popen[str]") -> str:
    assert server.stdout
    return server.stdout.readline().strip()


def test_address_is_told_and_answers(server: "subprocess.Popen[str]") -> None:
    with urllib.request.urlopen(_read(server) + "/healthz", timeout=10) as answer:
        assert json.load(answer) == {"status": "ok"}


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT], ids=lambda sign: sign.name)
def test_signal_ends_it_gently_and_quietly(server: "subprocess.Popen[str]", sign: signal.Signals) -> None:
    address = _read(server)
    urllib.request.urlopen(address + "/", timeout=10).close()
    server.send_signal(sign)
    out, log = server.communicate(timeout=20)
    assert (server.returncode, out, log) == (0, "stopped\n", "")


def test_what_was_loaded_is_not_looked_through_for_garbage(server: "subprocess.Popen[str]") -> None:
    with urllib.request.urlopen(_read(server) + "/frozen", timeout=10) as answer:
        assert int(answer.read()) > 10_000


def test_requests_run_beside_each_other(server: "subprocess.Popen[str]") -> None:
    address = _read(server)
    answers: list[int] = []

    def ask() -> None:
        with urllib.request.urlopen(address + "/search", timeout=20) as answer:
            answers.append(answer.status)

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 16


def test_taken_port_is_an_error_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match="choose another --port"):
            serve(lambda: Flask("unused"), "127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70_000), ("no.such.host.invalid", 0)])
def test_address_that_cannot_be_used(host: str, port: int) -> None:
    with pytest.raises(ConfigError, match="cannot listen"):
        serve(lambda: Flask("unused"), host, port)
