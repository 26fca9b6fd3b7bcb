"""A store with one story, its graph file, and scripts run in processes of their own."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.stores.sqlite import SqliteStore
from tests.contract.builders import Said, make_extraction

ROOT = Path(__file__).resolve().parents[2]

STORY = make_extraction(
    Said("Microsoft says DeepSeek distilled OpenAI.", object="OpenAI", speakers=("Microsoft",)),
    Said("R1 is good on AIME 2024.", subject="DeepSeek-R1", benchmark="AIME 2024"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(path) as store:
        store.add([STORY])
        yield store


@pytest.fixture
def run_script(path: Path) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Runs Python text in a fresh process with `path`, `STORY`, `make_extraction` and `Said` at hand."""

    def run(text: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(script(text, path), capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)

    return run


def script(text: str, path: Path) -> list[str]:
    """The command line of a script."""
    head = (
        "import os, signal, sys, threading, time\n"
        "from pathlib import Path\n"
        "from graph.stores.sqlite import SqliteStore\n"
        "from tests.contract.builders import Said, make_extraction\n"
        "from tests.graph.conftest import STORY\n"
        f"path = Path({str(path)!r})\n"
    )
    return [sys.executable, "-W", "error", "-c", head + text]
