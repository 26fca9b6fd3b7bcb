"""`claimgraph reread` over a store that an earlier reader filled: whole, in part, killed on the way."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from graph.records import Claim
from graph.store import ClaimQuery
from graph.stores import open_store

ROOT = Path(__file__).parents[2]
TEXTS = [
    f"{firm} released its model {model} on Monday. The lab says it beats GPT-4o on MMLU. Nvidia supplies the chips."
    for firm, model in (("OpenAI", "GPT-5"), ("Anthropic", "Claude 4"), ("DeepSeek", "R2"), ("Mistral AI", "Large 3"))
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(f"News {number}\n\n{text}\n", "utf-8")
    files = map(str, sorted(folder.glob("*.txt")))
    assert run(folder / "graph.db", "add", "--date", "2026-03-02", *files).exit_code == 0
    return folder / "graph.db"


@pytest.fixture
def old(filled: Path, tmp_path: Path) -> Path:
    """As a reader left it that saw the first claim of each article alone, and another one that is not there."""
    assert run(filled, "backup", tmp_path / "graph.db").exit_code == 0
    with open_store(str(tmp_path / "graph.db")) as store:
        for one in list(store.iter_extractions()):
            first = replace(one.claims[0], reader="rules 1", score=None)
            wrong = replace(first, id=type(first.id)(f"c{first.id[:0:-1]}"), subject=first.parties[-1])
            store.replace(replace(one, claims=(first, wrong)))
    return tmp_path / "graph.db"


def run(store: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(main, ["--store", str(store), *map(str, words)])


def read_claims(store: Path) -> list[Claim]:
    with open_store(str(store)) as graph:
        return sorted(graph.find_claims(ClaimQuery(), limit=500).claims, key=lambda claim: claim.id)


def test_it_says_what_would_come_and_go(old: Path, filled: Path) -> None:
    before = read_claims(old)
    told = json.loads(run(old, "reread", "--dry-run", "--json").stdout)
    assert told == {"articles": 4, "came": len(read_claims(filled)) - 4, "went": 4, "stayed": 4}
    assert read_claims(old) == before


def test_afterwards_it_is_what_this_reader_would_have_made(old: Path, filled: Path) -> None:
    done = run(old, "reread")
    assert done.exit_code == 0
    assert "read again: 4 articles; claims came" in done.stderr
    assert "derived:" in done.stderr
    assert read_claims(old) == read_claims(filled)
    assert "read again: 0 articles" in run(old, "reread").stderr
    with open_store(str(old)) as store:
        kept = list(store.iter_rereadings())
    assert [(len(one.gone), one.before) for one in kept] == [(1, ("rules 1",))] * 4
    told = run(old, "show", kept[0].article_id).stdout
    assert "before by rules 1:" in told
    assert " came, 1 went, 0 read otherwise, 1 stayed" in told


def test_earlier_articles_are_left(old: Path) -> None:
    before = read_claims(old)
    assert "read again: 0 articles" in run(old, "reread", "--since", "2026-03-03").stderr
    assert read_claims(old) == before


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_stopped_on_the_way_the_next_run_goes_on(old: Path, filled: Path, number: signal.Signals) -> None:
    words: Sequence[str] = [sys.executable, "-m", "claimgraph", "--store", str(old), "reread"]
    process = subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while len(read_claims(old)) == 8 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(number)
    process.communicate(timeout=60)
    readers = {claim.article_id: claim.reader for claim in read_claims(old)}
    assert set(readers.values()) != {"rules 1"}
    assert run(old, "reread").exit_code == 0
    assert read_claims(old) == read_claims(filled)
    assert run(old, "derive", "--all").exit_code == 0
