"""The image of deploy/Dockerfile: by the commands of deploy/cluster.yaml its processes are a newsroom over servers of
the tests, and each answers.

It takes minutes, and hundreds of megabytes of packages are fetched: REQUIRE_IMAGE=1 has it made.
"""

import json
import os
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.site import Document, serving
from tests.cluster.conftest import Open
from tests.cluster.image import ROOT, CannotBuild, Image
from tests.processes import find_free_port

_COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "cluster.yaml").read_text("utf-8"))
_ROLES = {name: one for name, one in _COMPOSE["services"].items() if one.get("image") == "claimgraph"}
_SENTENCE = "OpenAI said on Monday that its language model GPT-4o beats DeepSeek-V3, an AI model of its rival, on MMLU."
# Seconds for a page to be fetched, read and shown.
_PATIENCE = 300


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    if not os.environ.get("REQUIRE_IMAGE"):
        pytest.skip("the image takes minutes: REQUIRE_IMAGE=1 has it made, with mmdebstrap and buildah, as root")
    try:
        made = Image(tmp_path_factory.mktemp("image"))
    except CannotBuild as error:
        pytest.fail(f"an image is required: {error}", pytrace=False)
    try:
        made.build()
        yield made
    finally:
        made.close()


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())


def _count_articles(address: str) -> int:
    try:
        return int(json.loads(_get(f"{address}/api/v1/status"))["counts"]["articles"])
    except OSError:
        return 0  # it does not listen yet


def test_its_processes_read_a_feed_together_and_show_what_it_says(
    image: Image, open_newsroom: Open, tmp_path: Path
) -> None:
    port = find_free_port()
    page = f"<html lang=en><title>A model</title><article><h1>A model</h1><p>{_SENTENCE * 4}</p></article>"
    with open_newsroom() as newsroom, serving() as site:
        item = f"<item><title>A model</title><link>{site.address}/a</link></item>"
        feed = f"<rss version='2.0'><channel><title>A</title>{item}</channel></rss>"
        site.documents |= {
            "/a": Document(page.encode(), "text/html"),
            "/feed.xml": Document(feed.encode(), "application/xml"),
        }
        # The settings of the compose file, but for where the servers are; secrets lie where it puts them.
        settings, own, files = dict(_ROLES["plan"]["environment"]), newsroom.environment, dict[str, Path]()
        for name, usual in settings.items():
            if not name.endswith("_FILE"):
                settings[name] = own[name]
                continue
            secret = files[usual] = tmp_path / name
            secret.write_text(Path(own[name]).read_text() if name in own else own[name.removesuffix("_FILE")])
            secret.chmod(0o644)
        settings["CLAIMGRAPH_ALLOW_ADDRESSES"] = "127.0.0.0/8"
        image.run(["claimgraph", "feeds", "add", f"{site.address}/feed.xml"], settings, files)
        for role, service in _ROLES.items():
            # A port of this machine that others cannot reach.
            here = ["--host", "127.0.0.1", "--port", str(port)] if role == "pages" else []
            image.start([*service["command"], *here], settings, files)
        address, deadline = f"http://127.0.0.1:{port}", time.monotonic() + _PATIENCE
        while not _count_articles(address):
            assert time.monotonic() < deadline, image.read_logs()[-6_000:]
            time.sleep(1)
        assert json.loads(_get(f"{address}/healthz")) == {"status": "ok"}
        status = image.run(_COMPOSE["services"]["plan"]["healthcheck"]["test"][1:], settings, files)
        assert "read: 0 messages, 1 worker" in status
        assert "later: 0 messages, 1 worker" in status
        assert image.run(["python", "-c", "import os; print(os.getuid())"], settings, files).split() == ["10001"]
