"""All faults of feeds and network at once beside clean feeds: each ends as said, the clean ones are stored whole."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.faults import REASONS, FaultServer, item, rss, running
from tests.server.hostile_feeds import make_hostile

ROOT = Path(__file__).parents[2]
# Servers that do not answer are left alone after three times: each of these has an address of its own.
UNANSWERED = {path: f"127.0.0.{10 + n}" for n, path in enumerate(p for p, r in REASONS.items() if r == "timeout")}
CLEAN = "127.0.0.2"
HOSTILE = make_hostile(b"http://127.0.0.1/")
SENTENCE = "DeepSeek said on Monday that the new model was trained on 2,048 chips and that it costs less than others. "
# aiohttp, yarl and protego take 60 MiB; at 32 documents of 10 MB at once there would be 320 more.
MOST_OWN_MIB = 400
# A worker may take 1 GiB of addresses (ingest/sandbox.py).
MOST_WORKER_MIB = 1024


@pytest.fixture(scope="module")
def faults() -> Iterator[FaultServer]:
    with running(CLEAN, *UNANSWERED.values()) as server:
        for name, one in make_hostile(server.url("/stolen").encode()).items():
            server.add(f"/feeds/{name}", one.body, one.kind)
        for n in range(8):
            links = []
            for m in range(3):
                text = "".join(f"<p>{SENTENCE}Paragraph {k} of page {n}-{m}.</p>" for k in range(4))
                server.add(f"/{n}/{m}", f"<html lang=en><title>Page {n}-{m}</title><article>{text}</article>")
                links.append(server.url(f"/{n}/{m}", CLEAN))
            server.add(f"/clean/{n}", rss(*map(item, links)), "application/rss+xml")
        yield server


@pytest.fixture(scope="module")
def result(faults: FaultServer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What became of a run over all of them."""
    urls = [faults.url(f"/feeds/{name}") for name in HOSTILE]
    urls += [faults.url(path, UNANSWERED.get(path, "127.0.0.1")) for path in REASONS]
    urls += [faults.url(f"/clean/{n}", CLEAN) for n in range(8)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.server.whole_run", str(tmp_path_factory.mktemp("faults"))],
        input="\n".join(urls), capture_output=True, text=True, cwd=ROOT, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    read: dict[str, Any] = json.loads(done.stdout)
    return read


@pytest.mark.parametrize("name", HOSTILE)
def test_each_hostile_document_ends_as_said(faults: FaultServer, result: dict[str, Any], name: str) -> None:
    assert result["outcome"][faults.url(f"/feeds/{name}")] == HOSTILE[name].ends


@pytest.mark.parametrize(("path", "reason"), REASONS.items())
def test_each_fault_of_the_network_ends_as_said(
    faults: FaultServer, result: dict[str, Any], path: str, reason: str
) -> None:
    assert result["outcome"][faults.url(path, UNANSWERED.get(path, "127.0.0.1"))] == reason


def test_clean_feeds_beside_them_are_stored_whole(faults: FaultServer, result: dict[str, Any]) -> None:
    pages = {faults.url(f"/{n}/{m}", CLEAN) for n in range(8) for m in range(3)}
    assert [result["outcome"][faults.url(f"/clean/{n}", CLEAN)] for n in range(8)] == [3] * 8
    assert pages <= set(result["stored"])


def test_memory_and_time_stay_under_their_caps(result: dict[str, Any]) -> None:
    assert result["own_mib"] < MOST_OWN_MIB
    assert result["worker_mib"] < MOST_WORKER_MIB
    assert result["seconds"] < 90


def test_no_document_makes_us_call_an_address(faults: FaultServer, result: dict[str, Any]) -> None:
    assert result
    assert faults.count("/stolen") == 0
