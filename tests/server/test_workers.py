"""Several workers behind one address, and nginx before them as deploy/nginx.conf and deploy/balancer.conf say."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError

import pytest
from gunicorn.config import Keepalive

from commands.exposing import make_access
from graph.stores import open_store
from tests.contract.builders import Said, make_extraction
from web.requests.access import _COSTLY, _make_meters

ROOT = Path(__file__).parents[2]
CONF = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
BALANCER = (ROOT / "deploy" / "balancer.conf").read_text("utf-8")
# `NGINX` names one that is not installed.
NGINX = os.environ.get("NGINX") or shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    with open_store(str(tmp_path / "graph.db")) as store:
        store.add([make_extraction(Said("Microsoft says DeepSeek distilled OpenAI.", object="OpenAI"))])
    return tmp_path / "graph.db"


@contextmanager
def serving(graph: Path, *words: str) -> Iterator[tuple["subprocess.Popen[str]", str, str]]:
    """The process, its address, and what was told before that."""
    command = [sys.executable, "-m", "claimgraph", "--store", str(graph), "serve", "--port", "0", *words]
    with subprocess.Popen(command, cwd=ROOT, text=True, stderr=subprocess.PIPE) as server:
        try:
            assert server.stderr
            told = ""
            for line in server.stderr:
                if found := re.search(r"claimgraph is at (http://[\d.:]+)", line):
                    yield server, found[1], told
                    break
                told += line
        finally:
            server.terminate()
            server.wait(20)


def ask(address: str, **headers: str) -> tuple[int, str]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=named), timeout=20) as answer:
            return answer.status, str(answer.read().decode())
    except HTTPError as error:
        with error:
            return error.code, str(error.headers.get("Retry-After"))


def list_workers(server: int) -> list[int]:
    """The processes whose parent is the server."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == server and fields[0] != "Z":
            found.append(int(path.parent.name))
    return sorted(found)


def wait_for(number: int, server: int, without: int = 0) -> list[int]:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        found = list_workers(server)
        if len(found) == number and without not in found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{list_workers(server)} are not {number} workers")


def test_so_many_workers_answer_and_one_that_is_killed_is_replaced(graph: Path) -> None:
    with serving(graph, "--workers", "2") as (server, address, _):
        first, _second = wait_for(2, server.pid)
        os.kill(first, signal.SIGKILL)
        wait_for(2, server.pid, without=first)
        assert {ask(f"{address}/readyz")[0] for _ in range(8)} == {200}
        assert {json.loads(ask(f"{address}/api/v1/status")[1])["counts"]["claims"] for _ in range(8)} == {1}
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0


def test_workers_that_begin_while_the_store_is_away_show_it_once_it_is_back(graph: Path) -> None:
    with serving(graph, "--workers", "2") as (server, address, _):
        workers = wait_for(2, server.pid)
        away = graph.rename(graph.with_name("away.db"))
        graph.write_bytes(b"no database " * 500)
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        end = time.monotonic() + 20
        while {*list_workers(server.pid)} & {*workers} and time.monotonic() < end:
            time.sleep(0.05)
        assert ask(f"{address}/readyz")[0] == 503
        away.replace(graph)
        assert {ask(f"{address}/readyz")[0] for _ in range(8)} == {200}
        assert server.poll() is None


def test_where_workers_count_by_themselves_that_is_told(graph: Path) -> None:
    with serving(graph, "--workers", "2", "--behind-proxy") as (_, _, told):
        assert "up to 2 times the rate" in told
    with serving(graph, "--workers", "2", "--behind-proxy", "--rate", "0") as (_, address, told):
        assert "times the rate" not in told
        assert {ask(f"{address}/")[0] for _ in range(80)} == {200}


def test_nginx_counts_what_serve_alone_would_count() -> None:
    access = make_access("127.0.0.1", "", behind_proxy=True)
    costly, plain = (meter.rate for _, meter in _make_meters(access.a_minute))
    for zone, rate in (("pages", plain), ("costly", costly)):
        assert f"zone=claimgraph_{zone}:10m rate={rate.a_minute}r/m" in CONF
        assert f"limit_req zone=claimgraph_{zone} burst={rate.burst - 1} nodelay" in CONF
    [pattern] = re.findall(r'"~(\^/\(cypher.*)" \$claimgraph_client', CONF)
    assert all(re.match(pattern, path) for path in _COSTLY)
    assert not any(re.match(pattern, path) for path in ("/", "/search", "/judgements", "/api/v1/claims", "/today"))


def test_nginx_gives_up_idle_connections_before_the_workers_do() -> None:
    [seconds] = re.findall(r"^    keepalive_timeout (\d+)s;$", CONF, re.MULTILINE)
    assert int(seconds) < Keepalive.default


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed; NGINX=/path/to/nginx names one")
def test_nginx_holds_a_client_to_one_rate_over_all_workers(graph: Path, tmp_path: Path) -> None:
    with serving(graph, "--workers", "2", "--behind-proxy", "--rate", "0", "--allow-host", "claims.example") as (
        server,
        address,
        _,
    ):
        wait_for(2, server.pid)
        with proxying(tmp_path, address) as front:
            name = {"Host": "claims.example"}
            assert ask(f"{front}/readyz", **name)[0] == 200
            answers = [ask(f"{front}/cypher?q=", **name)[0] for _ in range(14)]
            assert answers[:10] == [200] * 10
            assert 429 in answers[10:]
            assert ask(f"{front}/cypher", **name) == (429, "2")
            plain = [ask(f"{front}/sources", **name)[0] for _ in range(70)]
            assert plain[:40] == [200] * 40
            assert 429 in plain
            assert {ask(f"{front}/healthz", **name)[0] for _ in range(70)} == {200}
            assert ask(f"{front}/metrics", **name)[0] == 200  # from this machine
            assert ask(f"{front}/", Host="evil.example")[0] in (400, 429)


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed; NGINX=/path/to/nginx names one")
def test_two_processes_of_pages_are_one_behind_the_balancer_and_either_may_go(graph: Path, tmp_path: Path) -> None:
    options = ("--behind-proxy", "--rate", "5", "--allow-host", "localhost")
    with serving(graph, *options) as (first, one, _), serving(graph, *options) as (_, other, _):
        # The names of containers are for Docker's resolver, and for a newer nginx than Debian's.
        servers = "\n    ".join(f"server {address.removeprefix('http://')};" for address in (one, other))
        front = BALANCER.replace("server pages:8000 resolve;", servers).replace("zone pages 64k;\n", "")
        front = re.sub(r"^resolver .*$", "", front, flags=re.MULTILINE)
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        with running_nginx(tmp_path, front.replace("listen 8000", f"listen 127.0.0.1:{port}"), port) as address:
            # Each counts for itself, by the client that the proxy before the balancer names.
            answers = [ask(f"{address}/sources", X_Forwarded_For="198.51.100.7")[0] for _ in range(8)]
            assert (answers.count(200), answers.count(429)) == (2, 6)
            assert ask(f"{address}/sources", X_Forwarded_For="198.51.100.8")[0] == 200
            assert ask(f"{address}/", Host="evil.example")[0] == 400
            first.terminate()
            first.wait(20)
            assert {ask(f"{address}/readyz")[0] for _ in range(8)} == {200}


@contextmanager
def proxying(folder: Path, behind: str) -> Iterator[str]:
    """The address of nginx with the sample, without TLS, before the address given."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    front = CONF.replace("127.0.0.1:8000", behind.removeprefix("http://"))
    front = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", front, flags=re.DOTALL)
    front = re.sub(r"^ +(listen \[|ssl_certificate).*\n", "", front, flags=re.MULTILINE)
    front = front.replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    with running_nginx(folder, front, port) as address:
        yield address


@contextmanager
def running_nginx(folder: Path, front: str, port: int) -> Iterator[str]:
    """The address of nginx with this file, which listens on the port."""
    (folder / "front.conf").write_text(front)
    kept = "".join(
        f"{kind}_temp_path {folder}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {kept} include {folder}/front.conf; }}\n"
    )
    command = [str(NGINX), "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command) as nginx:
        try:
            end = time.monotonic() + 10
            while time.monotonic() < end and nginx.poll() is None:
                with socket.socket() as one:
                    if one.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            assert nginx.poll() is None, (folder / "error.log").read_text()
            yield f"http://127.0.0.1:{port}"
        finally:
            nginx.terminate()
            nginx.wait(10)
