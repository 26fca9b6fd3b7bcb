"""What derives and judges never reads behind what it has seen, whichever member of a cluster answers.

A member that lags is not to be had here: what holds it back is told by what the driver asks for. Each transaction names
the last state of which any answer told, which a member must have before it answers.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import neo4j
import pytest

from graph.deriving import derive
from graph.judging.making import make_judgement
from graph.records import JudgementKind
from graph.store import ClaimQuery
from graph.stores import neo4j_server as server_module
from graph.stores import open_store
from tests.neo4j.server import Server

ROOT = Path(__file__).parents[2]
CLAIMS = 48
# Another process: what it knows, this one does not.
_ADD = (
    "import sys\n"
    "from bench.generate import Generator\n"
    "from graph.stores import open_store\n"
    "made = Generator(int(sys.argv[2]))\n"
    "with open_store(sys.argv[1]) as store:\n"
    "    store.add_entities(made.entities)\n"
    "    store.add([*made])\n"
)
_TELLS = re.compile(r"S: SUCCESS .*'bookmark': '([^']+)'")


def work(server: Server, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the driver said while this process derived and judged what others had added."""
    server.empty()
    caplog.clear()
    with caplog.at_level("DEBUG", logger="neo4j"), open_store(server.address) as store:
        for claims in (CLAIMS, 2 * CLAIMS):
            add_elsewhere(server, claims)
            assert derive(store).claims
        [claim] = store.find_claims(ClaimQuery(), limit=1).claims
        when = claim.reported_at + timedelta(days=1)
        judgement = make_judgement(JudgementKind.MISREAD, (), "ann", when, "it says otherwise", claims=(claim.id,))
        assert store.judge(judgement)
        derive(store)
        assert list(store.iter_propositions())
    return [record.getMessage() for record in caplog.records]


def add_elsewhere(server: Server, claims: int) -> None:
    command = [sys.executable, "-c", _ADD, server.address, str(claims)]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True)


def find_behind(messages: Iterable[str]) -> tuple[int, list[str]]:
    """How many transactions began, and those that do not ask for the last state that was told."""
    begun, last, behind = 0, "", list[str]()
    for message in messages:
        if "C: BEGIN" in message:
            begun += 1
            behind += [message] if last not in message else []
        elif told := _TELLS.search(message):
            last = told[1]
    return begun, behind


def test_whatever_derives_and_judges_asks_for_all_that_it_has_seen(
    neo4j_server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    begun, behind = find_behind(work(neo4j_server, caplog))
    assert begun > 50
    assert behind == []


def test_one_that_asks_for_less_is_seen(
    neo4j_server: Server, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "get_bookmarks", lambda address: neo4j.GraphDatabase.bookmark_manager())
    begun, behind = find_behind(work(neo4j_server, caplog))
    assert len(behind) > begun // 2
