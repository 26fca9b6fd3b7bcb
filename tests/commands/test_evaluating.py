"""`claimgraph evaluate-stories`: stories read into a store of their own, and what became of them."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from graph.records import EntityType, Modality, Predicate
from ingest.nlp import load
from tests.hand import Told, make_extractor
from tests.tales import write_stories


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary stores go."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    return write_stories(tmp_path / "stories")


def run(*words: str | Path, code: int = 0) -> Result:
    done = CliRunner().invoke(main, ["--store", "none.db", "evaluate-stories", *map(str, words)])
    assert done.exit_code == code, done.output
    return done


def test_annotated_claims_are_grouped_and_scored(stories: Path, scratch: Path) -> None:
    done = run(stories, "--gold", "--json")
    figures: dict[str, Any] = json.loads(done.stdout)
    tarn, quarry = figures["stories"]["01-tarn"], figures["stories"]["02-quarry"]
    assert list(figures) == ["stories", "total"]
    assert tarn["matters"] == {"found": 2, "expected": 2, "extra": 0}
    assert tarn["status_events"] == tarn["origins"] == tarn["matters"]
    assert tarn["contradictions"] == {"found": 1, "expected": 1, "extra": 0}
    assert quarry["later_steps"] == quarry["replies"] == {"found": 1, "expected": 1, "extra": 0}
    assert figures["total"]["matters"] == {"found": 3, "expected": 3, "extra": 0}
    assert "articles: 5 of 5" in done.stderr
    assert not list(scratch.iterdir())
    assert not Path("none.db").exists()


def test_figures_for_people_show_no_sentence(stories: Path) -> None:
    lines = run(stories, "--gold").stdout.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == ["01-tarn", "02-quarry", "total"]
    assert "  matters           3 of   3" in lines


def test_claims_are_read_from_the_texts(stories: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take = Predicate.TOOK_TECHNOLOGY_FROM
    alleged = Told(take, "alleges that", "Quarry", "Wexley", speakers=("Wexley",), modality=Modality.ALLEGED)
    denied = Told(take, "denies", "Quarry", "Wexley", speakers=("Quarry",), denied=True)
    names = dict.fromkeys(("Quarry", "Wexley"), EntityType.COMPANY)
    extractor = make_extractor(tmp_path, alleged, denied, names=names)
    monkeypatch.setattr(load, "load_extractor", lambda *_, **__: extractor)
    figures = json.loads(run(stories / "02-quarry", "--json").stdout)["total"]
    assert figures["matters"] == {"found": 1, "expected": 1, "extra": 0}
    assert figures["status_events"] == {"found": 2, "expected": 2, "extra": 0}


def test_what_is_expected_changes_nothing_of_what_is_made(stories: Path) -> None:
    before = json.loads(run(stories / "01-tarn", "--gold", "--json").stdout)["total"]
    path = stories / "01-tarn/story.json"
    raw = json.loads(path.read_text("utf-8"))
    raw["expect"]["propositions"][0]["contradicts"] = raw["expect"]["propositions"][1]["contradicts"] = []
    raw["background"] = []
    path.write_text(json.dumps(raw), "utf-8")
    after = json.loads(run(stories / "01-tarn", "--gold", "--json").stdout)["total"]
    assert after["contradictions"] == {"found": 0, "expected": 0, "extra": 1}
    assert {**after, "contradictions": before["contradictions"]} == before


def test_a_story_that_is_not_well_formed_is_named(stories: Path) -> None:
    (stories / "02-quarry/articles/01.en.txt").write_text("Another text\n\nWithout it.\n", "utf-8")
    done = run(stories, code=1)
    assert "02-quarry/story.json: expect.propositions.0.anchors: 01.en.txt does not hold" in done.stderr
    assert not done.stdout


def test_a_missing_annotation_is_named(stories: Path) -> None:
    (stories / "02-quarry/articles/02.en.ann").unlink()
    assert "02-quarry/articles/02.en.ann: No such file" in run(stories, "--gold", code=1).stderr


def test_a_folder_without_stories_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "no story" in run(tmp_path / "empty", code=2).stderr
