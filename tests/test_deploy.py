"""What deploy/ says is what there is: files, commands, options; and its commands run from what its image is made of."""

import fnmatch
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.site import Document, serving
from tests.command_lines import check

_ROOT = Path(__file__).parents[1]
_DEPLOY = _ROOT / "deploy"
_COMPOSE: dict[str, Any] = yaml.safe_load((_DEPLOY / "compose.yaml").read_text("utf-8"))
_SERVICES: dict[str, dict[str, Any]] = _COMPOSE["services"]
_SECRET = re.compile(r"TOKEN|PASSWORD|SECRET|KEY|AUTH", re.IGNORECASE)
_SENTENCE = "OpenAI said on Monday that its language model GPT-4o beats DeepSeek-V3, an AI model of its rival, on MMLU."


def _read_instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, each on one line."""
    lines = [line for line in (_DEPLOY / "Dockerfile").read_text("utf-8").splitlines() if not line.startswith("#")]
    whole = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in whole.splitlines() if line)]


_INSTRUCTIONS = _read_instructions()


def _list(name: str) -> list[str]:
    return [rest for found, rest in _INSTRUCTIONS if found == name]


def _list_sources() -> list[str]:
    """What is copied from the repository into the image."""
    copied = [rest.split() for rest in _list("COPY") if not rest.startswith("--from=")]
    return [source for *sources, _ in copied for source in sources]


def _is_sent(path: str) -> bool:
    """Whether Docker gets the file: the last line of the ignore file that fits decides."""
    sent = True
    for line in (_DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines():
        rule = line.removeprefix("!")
        parents = [path, *(str(parent) for parent in Path(path).parents)]
        if rule and not rule.startswith("#") and any(fnmatch.fnmatch(one, rule.replace("**/", "*")) for one in parents):
            sent = line.startswith("!")
    return sent


def test_every_path_that_is_copied_is_there_and_sent() -> None:
    sources = _list_sources()
    assert len(sources) > 6
    for source in sources:
        assert (_ROOT / source).exists(), source
        assert _is_sent(f"{source}/any.py" if (_ROOT / source).is_dir() else source), source
    assert not any(
        map(_is_sent, ["data/gold/x", "data/documents/x", "web/__pycache__/x", "tests/x", "deploy/neo4j_auth"])
    )


def test_every_base_has_a_tag_and_none_that_moves_far() -> None:
    bases = [rest.split()[0] for rest in _list("FROM")]
    assert bases
    assert {re.sub(r"^python:3\.\d+-slim-\w+$", "", base) for base in bases} == {""}
    (least,) = re.findall(r'requires-python = ">=3\.(\d+)"', (_ROOT / "pyproject.toml").read_text("utf-8"))
    assert all(int(base.split(".")[1].split("-")[0]) >= int(least) for base in bases)


def test_it_runs_as_a_user_without_rights() -> None:
    user = _list("USER")[-1].split(":")
    assert all(number.isdigit() and int(number) > 999 for number in user)
    assert f"--uid {user[0]}" in _list("RUN")[-1]
    for service in _SERVICES.values():
        assert "user" not in service
        assert (service["cap_drop"], service["read_only"]) == (["ALL"], True)
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_no_secret_is_in_it() -> None:
    assert "secrets" not in _COMPOSE
    assert not any(_SECRET.search(rest) for rest in (*_list("ENV"), *_list("ARG")))
    for service in _SERVICES.values():
        assert not any(_SECRET.search(name) for name in service.get("environment", {}))


def test_every_command_is_one_of_the_command_line() -> None:
    commands = [json.loads(rest) for rest in _list("CMD")] + [service["command"] for service in _SERVICES.values()]
    assert len(commands) == 3
    copied = {rest.split()[-1]: rest.split()[0] for rest in _list("COPY")}
    for command in commands:
        script = copied.get(f"/usr/local/bin/{command[0]}")
        for words in [command] if script is None else _read_commands(script):
            check(words)


def _read_commands(script: str) -> list[list[str]]:
    lines = re.findall(r"^\s*(claimgraph .*?) *&?$", (_ROOT / script).read_text("utf-8"), re.MULTILINE)
    assert lines
    return [shlex.split(line) for line in lines]


def test_every_command_of_the_docs_is_one() -> None:
    text = (_ROOT / "docs" / "operations.md").read_text("utf-8")
    lines = re.findall(r"^ +docker compose -f (\S+) exec (\w+) (.+)$", text, re.MULTILINE)
    assert len(lines) >= 3
    for file, service, command in lines:
        assert service in yaml.safe_load((_ROOT / file).read_text("utf-8"))["services"]
        check(shlex.split(command))


@pytest.mark.parametrize("name", ["compose.yaml", "neo4j.yaml"])
def test_every_port_is_of_this_machine_alone_and_every_volume_is_declared(name: str) -> None:
    compose = yaml.safe_load((_DEPLOY / name).read_text("utf-8"))
    for service in compose["services"].values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
        assert {volume.split(":")[0] for volume in service["volumes"]} <= set(compose["volumes"])


def test_pages_and_ingest_share_the_folder_of_the_store() -> None:
    (place,) = {volume for service in _SERVICES.values() for volume in service["volumes"]}
    environment = dict(re.findall(r"(\w+)=(\S+)", _list("ENV")[-1]))
    assert Path(environment["CLAIMGRAPH_STORE"]).parent == Path(place.split(":")[1])
    assert {str(service["build"]["dockerfile"]) for service in _SERVICES.values()} == {"deploy/Dockerfile"}


@dataclass(frozen=True)
class Installed:
    """The program as the image has it: where its commands are, and the environment that they run in."""

    bin: Path
    environment: dict[str, str]

    def command(self, words: list[str]) -> list[str]:
        return [str(self.bin / words[0]), *words[1:]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """What the Dockerfile copies, and no more, built and installed beside the libraries of this environment."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("target")
    for name in _list_sources():
        files = (
            [_ROOT / name] if (_ROOT / name).is_file() else [one for one in (_ROOT / name).rglob("*") if one.is_file()]
        )
        for file in files:
            path = file.relative_to(_ROOT)
            if _is_sent(str(path)):
                (source / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, source / path)
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target), cwd=source)
    _run(sys.executable, "-m", "venv", "--without-pip", str(target / "venv"))
    python = target / "venv" / "bin" / "python"
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (own,) = (target / "venv").glob("lib/python*/site-packages")
    (own / "libraries.pth").write_text(here)
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", "--no-compile"]
    _run(*pip, *map(str, target.glob("*.whl")))
    shutil.copy(_DEPLOY / "ingest.sh", python.parent / "claimgraph-ingest")
    store = {"CLAIMGRAPH_STORE": str(target / "data" / "claimgraph.db"), "CLAIMGRAPH_ALLOW_ADDRESSES": "127.0.0.0/8"}
    search = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    return Installed(python.parent, {**os.environ, **store, "PATH": search, "HOME": str(target), "EVERY": "1"})


def _run(*words: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(words, cwd=cwd, env=env, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@contextmanager
def _serving_pages(installed: Installed, folder: Path) -> Iterator[str]:
    """The address of the pages, served by the command of the compose file on a free port."""
    command = installed.command([*_SERVICES["pages"]["command"], "--port", "0"])
    with subprocess.Popen(command, cwd=folder, env=installed.environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        for line in server.stderr:
            if found := re.search(r"claimgraph is at http://[\d.]+:(\d+)", line):
                yield f"http://127.0.0.1:{found[1]}"
                break
        server.terminate()
        server.stderr.read()
    assert server.returncode == 0


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())


@pytest.mark.slow
def test_its_commands_read_a_feed_into_the_store_that_its_pages_show(installed: Installed, tmp_path: Path) -> None:
    page = f"<html lang=en><title>A model</title><article><h1>A model</h1><p>{_SENTENCE * 4}</p></article>"
    with serving() as site, _serving_pages(installed, tmp_path) as address:
        assert "There is no graph yet" in _get(address)
        _run("sh", "-c", _read_health_check(address), env=installed.environment)
        item = f"<item><title>A model</title><link>{site.address}/a</link></item>"
        feed = f"<rss version='2.0'><channel><title>A</title>{item}</channel></rss>"
        site.documents |= {
            "/a": Document(page.encode(), "text/html"),
            "/feed.xml": Document(feed.encode(), "application/xml"),
        }
        _run(
            *installed.command(["claimgraph", "feeds", "add", f"{site.address}/feed.xml"]),
            cwd=tmp_path,
            env=installed.environment,
        )
        command = installed.command(_SERVICES["ingest"]["command"])
        with subprocess.Popen(command, cwd=tmp_path, env=installed.environment) as ingest:
            deadline = time.monotonic() + 120
            while json.loads(_get(f"{address}/api/v1/status"))["counts"]["articles"] == 0:
                assert time.monotonic() < deadline
                assert ingest.poll() is None
                time.sleep(0.5)
            ingest.send_signal(signal.SIGTERM)
            assert ingest.wait(60) == 0
        assert "There is no graph yet" not in _get(address)


def _read_health_check(address: str) -> str:
    """The health check of the image, as the shell runs it, at the address."""
    (check_line,) = _list("HEALTHCHECK")
    words = json.loads(check_line.partition("CMD ")[2])
    return shlex.join(words).replace("http://127.0.0.1:8000", address)
