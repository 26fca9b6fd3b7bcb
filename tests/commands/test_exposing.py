"""What `serve` lets in, before and after it listens."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError

import pytest
from click.testing import CliRunner

from claimgraph import main
from commands.exposing import is_loopback, make_access, read_token
from commands.serving import choose_following
from commands.settings import load_config
from graph.errors import ConfigError
from graph.stores import open_store
from tests.contract.builders import Said, make_extraction
from web.judging import Follow, follow_later, follow_now

ROOT = Path(__file__).parents[2]
TOKEN = "0123456789abcdef-token"


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    with open_store(str(tmp_path / "graph.db")) as store:
        store.add([make_extraction(Said("Microsoft says DeepSeek distilled OpenAI.", object="OpenAI"))])
    return tmp_path / "graph.db"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "claims.example"])
def test_others_are_let_in_by_a_token_or_a_proxy_only(host: str) -> None:
    with pytest.raises(ConfigError, match="CLAIMGRAPH_API_TOKEN_FILE") as told:
        make_access(host, "")
    assert "--behind-proxy" in str(told.value)
    assert make_access(host, TOKEN).token == TOKEN
    assert make_access(host, "", behind_proxy=True).behind_proxy


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_this_machine_needs_neither(host: str) -> None:
    access = make_access(host, "")
    assert is_loopback(host)
    assert (access.token, access.a_minute) == ("", 0)
    assert {"localhost", "127.0.0.1", "::1", host} == set(access.hosts)


def test_others_are_counted_unless_told_otherwise() -> None:
    assert make_access("0.0.0.0", TOKEN).a_minute == 300
    assert make_access("127.0.0.1", "", behind_proxy=True).a_minute == 300
    assert make_access("0.0.0.0", TOKEN, a_minute=0).a_minute == 0
    assert make_access("127.0.0.1", "", a_minute=20).a_minute == 20


def test_names_narrow_what_is_answered() -> None:
    assert make_access("0.0.0.0", TOKEN).hosts == ()
    assert "claims.example" in make_access("0.0.0.0", TOKEN, names=["Claims.example"]).hosts
    assert "claims.example" in make_access("127.0.0.1", "", names=["claims.example"]).hosts


def test_reading_by_token_needs_one() -> None:
    with pytest.raises(ConfigError, match="--require-token"):
        make_access("127.0.0.1", "", token_to_read=True)


def test_token_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    assert read_token({}) == ""
    assert read_token({"CLAIMGRAPH_API_TOKEN": TOKEN}) == TOKEN
    assert read_token({"CLAIMGRAPH_API_TOKEN_FILE": str(file)}) == TOKEN


@pytest.mark.parametrize(
    "content",
    [b"", b"short", b"two words of a token", b"\xff\xfe" * 20, "トークンは英数字だけです".encode(), None],
)
def test_a_token_that_cannot_be_used_is_not_repeated(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match="CLAIMGRAPH_API_TOKEN_FILE") as told:
        read_token({"CLAIMGRAPH_API_TOKEN_FILE": str(file)})
    assert not content or content.decode("utf-8", "replace") not in str(told.value)


def test_two_tokens_are_one_too_many() -> None:
    with pytest.raises(ConfigError, match="both set"):
        read_token({"CLAIMGRAPH_API_TOKEN": TOKEN, "CLAIMGRAPH_API_TOKEN_FILE": "x"})


def test_serve_says_why_it_does_not_open(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLAIMGRAPH_API_TOKEN", raising=False)
    done = CliRunner().invoke(main, ["--store", str(graph), "serve", "--host", "0.0.0.0", "--port", "0"])
    assert done.exit_code == 2
    assert "--host 0.0.0.0 shows the pages to other machines" in done.stderr


@contextmanager
def serving(graph: Path, *options: str, **environment: str) -> Iterator[str]:
    """The address of `claimgraph serve` over the graph."""
    command = [sys.executable, "-m", "claimgraph", "--store", str(graph), "serve", "--port", "0", *options]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, text=True, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stderr
        told = process.stderr.readline()
        yield told.split(" is at ")[1].split()[0]
        process.terminate()
        out, log = process.communicate(timeout=20)
        assert TOKEN not in told + out + log + " ".join(command)


def ask(address: str, body: object = None, **headers: str) -> int:
    data = json.dumps(body).encode() if body else None
    named = {name.replace("_", "-"): text for name, text in headers.items()} | {"Content-Type": "application/json"}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, data, named), timeout=10) as answer:
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code


def test_a_real_server_takes_a_judgement_by_token_and_answers_its_own_names(graph: Path) -> None:
    body = {"kind": "merge", "entities": ["deepseek", "openai"], "who": "Ann", "why": "a test"}
    with serving(graph, CLAIMGRAPH_API_TOKEN=TOKEN) as address:
        judgements = f"{address}/api/v1/judgements"
        assert ask(judgements, body) == 401
        assert ask(judgements, body, Authorization=f"Bearer {TOKEN}") == 201
        assert ask(judgements) == 200
        assert ask(f"{address}/", Host="evil.example") == 400
        assert ask(f"{address}/", Host="localhost") == 200
        assert ask(f"{address}/search?q=" + "x" * 8100) in (400, 414)
        assert ask(f"{address}/search?q=" + "x" * 50_000) in (400, 414, 431)
    with open_store(str(graph), read_only=True) as store:
        assert [judgement.who for judgement in store.list_judgements()] == ["Ann"]


@pytest.mark.parametrize(
    ("store", "wait", "follow"),
    [
        ("/srv/graph.db", True, follow_now),
        ("bolt://graph.example:7687", True, follow_later),
        ("bolt://graph.example:7687", False, follow_now),
    ],
    ids=["a file", "a server that lets wait", "a server"],
)
def test_judgements_wait_only_where_the_graph_is_on_a_server(store: str, wait: bool, follow: Follow) -> None:
    environment = {"CLAIMGRAPH_JUDGEMENTS_WAIT": str(wait).lower()}
    assert choose_following(load_config({"store": store}, environment)) is follow
