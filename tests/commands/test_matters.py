"""`claimgraph derive`, `matters`, `contradictions` and `judge`, from the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from graph.stores import open_store
from tests.contract.test_propositions import STORY, id_of

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command over a store with a story that nothing was derived from."""
    with open_store(str(tmp_path / "graph.db")) as store:
        store.add(STORY)

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, ["--store", str(tmp_path / "graph.db"), *words])

    return run


@pytest.fixture
def derived(run: Run) -> Run:
    assert "derived: 6 claims in 2 groups" in run("derive").stderr
    return run


def read(done: Result) -> list[dict[str, Any]]:
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_deriving_again_does_nothing_and_all_does_all(derived: Run) -> None:
    before = derived("matters", "--json").stdout
    assert derived("derive").stderr == ""
    assert "derived: 6 claims" in derived("derive", "--all").stderr
    assert derived("matters", "--json").stdout == before


def test_matters_tell_what_became_of_them(derived: Run) -> None:
    [accusation] = read(derived("matters", "DeepSeek", "--json"))
    assert (accusation["status"], accusation["articles"]) == ("denied", 3)
    assert [step["status"] for step in accusation["history"]] == ["alleged", "denied"]
    assert "denied" in derived("matters", "DeepSeek").stdout
    assert len(read(derived("matters", "--json"))) == 3


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (["--as-of", "2025-01-30"], "alleged"),
        (["--as-of", "2025-01-31"], "denied"),
        (["--valid-at", "2025-01-30"], "alleged"),
        (["--valid-at", "2025-01-31", "--as-of", "2025-01-30"], "alleged"),
    ],
    ids=["known before", "known", "so before", "so as known before"],
)
def test_matters_as_of_a_day(derived: Run, options: list[str], status: str) -> None:
    [accusation] = read(derived("matters", "--type", "allegation", *options, "--json"))
    assert accusation["status"] == status
    assert read(derived("matters", "--as-of", "2025-01-28", "--json")) == []


@pytest.mark.parametrize("status", ["under_investigation", "under investigation"])
def test_a_status_is_written_as_in_a_search_too(derived: Run, status: str) -> None:
    assert read(derived("matters", "--status", status, "--json")) == []
    assert len(read(derived("matters", "--status", "denied", "--json"))) == 1


def test_pages_go_on_where_the_last_ended(derived: Run) -> None:
    first = derived("matters", "--limit", "2", "--json")
    cursor = first.stderr.split()[-1]
    assert len(read(first)) == 2
    assert len(read(derived("matters", "--limit", "2", "--after", cursor, "--json"))) == 1
    assert derived("matters", "--after", "nonsense").exit_code == 2


def test_a_contradiction_is_dismissed_and_taken_back(derived: Run) -> None:
    found = read_contradiction(derived)
    assert (found["kind"], found["dismissed"]) == ("value", False)
    claims = [found[side]["claims"][0] for side in ("one", "other")]
    done = derived("judge", "dismiss", *claims, "--why", "final run and whole programme", "--by", "ann", "--json")
    [judgement] = read(done)
    assert read_contradiction(derived)["dismissed"]
    assert derived("judge", "undo", judgement["id"], "--why", "no", "--by", "bob").exit_code == 0
    assert not read_contradiction(derived)["dismissed"]
    history = read(derived("judge", "history", claims[0], "--json"))
    assert [(made["kind"], made["counts"]) for made in history] == [("undo", True), ("dismiss", False)]


def read_contradiction(run: Run) -> dict[str, Any]:
    """The only one in the queue."""
    [found] = read(run("contradictions", "--json"))
    return found


@pytest.mark.parametrize("kind", ["join", "part", "pin"])
def test_judgements_on_claims_are_followed_at_once(derived: Run, kind: str) -> None:
    claims = {"join": (id_of(1), id_of(1, 1)), "part": (id_of(1), id_of(2)), "pin": (id_of(1), id_of(4))}[kind]
    before = derived("matters", "--json").stdout
    done = derived("judge", kind, *claims, "--why", "read both", "--by", "ann")
    assert done.exit_code == 0
    assert "2 claims" in done.stdout
    assert derived("matters", "--json").stdout != before
    assert claims[0] in derived("judge", "history", "--json").stdout


def test_a_judgement_that_cannot_be_says_why(derived: Run) -> None:
    assert derived("judge", "join", id_of(1), "--why", "x").exit_code == 2
    unknown = derived("judge", "join", id_of(1), "c0", "--why", "x")
    assert unknown.exit_code == 2
    assert "no claim c0" in unknown.stderr
    assert "nothing was judged" in derived("judge", "history").stderr
    nothing = derived("judge", "history", "c0")
    assert (nothing.exit_code, "no claim c0" in nothing.stderr) == (2, True)
    assert derived("judge", "history", id_of(1)).exit_code == 0


def test_merged_entities_are_derived_at_once(derived: Run) -> None:
    done = derived("entities", "merge", "DeepSeek", "DeepSeek-R1", "--why", "one", "--by", "ann")
    assert done.exit_code == 0
    assert len(read(derived("matters", "DeepSeek", "--json"))) == 3


def test_what_is_imported_is_derived(derived: Run, tmp_path: Path) -> None:
    assert derived("export", "jsonl", str(tmp_path / "all.jsonl")).exit_code == 0
    there = ["--store", str(tmp_path / "other.db")]
    assert CliRunner().invoke(main, [*there, "import", str(tmp_path / "all.jsonl")]).exit_code == 0
    assert CliRunner().invoke(main, [*there, "matters", "--json"]).stdout == derived("matters", "--json").stdout


def test_what_is_copied_is_derived(derived: Run, tmp_path: Path) -> None:
    origin, target = str(tmp_path / "graph.db"), str(tmp_path / "copied.db")
    assert derived("copy", "--from", origin, "--to", target).exit_code == 0
    assert (
        CliRunner().invoke(main, ["--store", target, "matters", "--json"]).stdout == derived("matters", "--json").stdout
    )
