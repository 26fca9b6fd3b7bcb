"""What the tests over a real server share."""

import ipaddress
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.fetch import FetchConfig
from ingest.sandbox import Sandbox
from tests.server.faults import FaultServer, running


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """A server whose paths name faults (faults.py)."""
    with running() as fault_server:
        yield fault_server


@pytest.fixture
def impatient() -> FetchConfig:
    """Loopback allowed, deadlines short."""
    return FetchConfig(allowed=(ipaddress.ip_network("127.0.0.0/8"),), deadline=1.5, connect=1.0, silence=0.5)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as box:
        yield box


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the running demo keeps its store: claimgraph/demo/demo.db."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def demo(demo_home: Path) -> Iterator[str]:
    """The address of a running demo."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(demo_home)}
    command = [sys.executable, "-m", "claimgraph", "demo", "--port", "0"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        address = ""
        for line in process.stderr:
            if found := re.search(r"claimgraph is at (http://[\d.:]+)", line):
                address = found[1]
                break
        assert address, "the demo did not start"
        yield address
        process.terminate()
        process.stderr.read()
