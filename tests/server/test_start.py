"""`claimgraph serve` where nothing has been read: a page that says what to type, and the graph once it is there."""

import json
import os
import re
import shlex
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.command_lines import check

_ROOT = Path(__file__).parents[2]
_TEXT = "OpenAI said on Monday that its new model beats DeepSeek-V3 on MMLU. " * 3


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "a new folder" / "graph.db"


@pytest.fixture
def address(place: Path) -> Iterator[str]:
    """Where the pages of a store that is not there are served; ends when the server does."""
    command = [sys.executable, "-m", "claimgraph", "--store", str(place), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=_ROOT, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        first, second = server.stderr.readline(), server.stderr.readline()
        assert f"no store at {place}" in first
        yield re.findall(r"claimgraph is at (http://[\d.:]+)", second)[0]
        server.terminate()
        assert server.wait(20) == 0


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())


def test_what_the_first_page_says_to_type_makes_the_graph_that_it_then_shows(
    address: str, place: Path, tmp_path: Path
) -> None:
    page = _get(address)
    commands = [unescape(one) for one in re.findall(r'class="commands"><code>(.*?)</code>', page)]
    for command in commands:
        interpreter, program, *words = shlex.split(command)
        assert (interpreter, Path(program).name) == (sys.executable, "claimgraph.py")
        check(["claimgraph", *words])
    with pytest.raises(HTTPError, match="503"):
        _get(f"{address}/readyz")
    assert not place.parent.exists()

    text = tmp_path / "notes.txt"
    text.write_text(_TEXT)
    adding = next(command for command in commands if " add https://example.com/article" in command)
    typed = shlex.split(adding.replace("https://example.com/article.html", shlex.quote(str(text))))
    subprocess.run([*typed, "--date", "2025-01-28"], cwd=tmp_path, env=os.environ, check=True, capture_output=True)

    assert "There is no graph yet" not in _get(address)
    assert '"status":"ready"' in _get(f"{address}/readyz")
    assert json.loads(_get(f"{address}/api/v1/status"))["counts"]["articles"] == 1
