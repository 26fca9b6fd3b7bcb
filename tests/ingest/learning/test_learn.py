"""Going on from the shipped reader: what it refuses, what it replays, and what takes whose place."""

import json
from pathlib import Path

import pytest

from graph.errors import ClaimGraphError, ConfigError
from ingest.learning.annotated import iter_documents
from ingest.learning.extra import require
from ingest.learning.fitting import count_threads, run_fit
from ingest.learning.further import Lesson, _leave_out, _name, _place, _replay, learn
from tests.ingest.learning.small import GREETING, write_documents

_DATA = Path(__file__).parents[3] / "data"


def test_too_few_documents_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"4 annotated documents.*it takes 5"):
        learn(write_documents(tmp_path / "own", 4), _DATA, tmp_path / "reader", 1, print)


def test_documents_without_a_claim_are_refused(tmp_path: Path) -> None:
    folder = write_documents(tmp_path / "own", 5, GREETING, "# 2025-02-03\n")
    with pytest.raises(ConfigError, match="state no claim"):
        learn(folder, _DATA, tmp_path / "reader", 1, print)


def test_a_reader_that_lacks_a_predicate_is_no_beginning(tmp_path: Path) -> None:
    """What sees claims whole is taken along as it is: it would fail on the first claim of the new predicate."""
    shipped = tmp_path / "data" / "models" / "reader"
    shipped.mkdir(parents=True)
    shape = json.loads((_DATA / "models" / "reader" / "shape.json").read_text("utf-8"))
    shape["predicates"].remove("banned")
    (shipped / "shape.json").write_text(json.dumps(shape), "utf-8")
    with pytest.raises(
        ConfigError, match=r"of predicates the shipped reader does not know banned.*train from the base"
    ):
        learn(write_documents(tmp_path / "own", 5), tmp_path / "data", tmp_path / "reader", 1, print)


def test_it_says_where_nothing_known_is_learned_again(tmp_path: Path) -> None:
    shipped = tmp_path / "data" / "models" / "reader"
    shipped.mkdir(parents=True)
    (shipped / "shape.json").write_bytes((_DATA / "models" / "reader" / "shape.json").read_bytes())
    folder = write_documents(tmp_path / "own", 5, GREETING, "# 2025-02-03\n")
    said: list[str] = []
    with pytest.raises(ConfigError, match="state no claim"):
        learn(folder, tmp_path / "data", tmp_path / "reader", 1, said.append)
    assert "what it taught may be forgotten" in said[0]


def test_a_tenth_of_the_others_is_replayed(tmp_path: Path) -> None:
    others = write_documents(tmp_path / "documents", 30)
    own = list(iter_documents(write_documents(tmp_path / "own", 10)))
    again = _replay(others, own)
    assert len(again) == 2
    assert not {document.name for document in again} & {document.name for document in own}


def test_a_told_text_that_is_among_the_documents_is_not_learned_from(tmp_path: Path) -> None:
    own = list(iter_documents(write_documents(tmp_path / "own", 5)))
    other = list(iter_documents(write_documents(tmp_path / "told", 2, GREETING, "# 2025-02-03\n")))
    assert _leave_out([*own[:2], *other], own) == other


def test_nothing_is_replayed_where_there_are_no_documents(tmp_path: Path) -> None:
    assert _replay(tmp_path / "nowhere", []) == []


@pytest.mark.parametrize(("after", "kept"), [(0.4, True), (0.5, True), (0.39, False)])
def test_only_what_is_no_worse_is_kept(after: float, kept: bool) -> None:
    assert Lesson(8, 2, 1, 0.4, after).is_kept is kept


def test_reader_takes_the_place_of_one_learned_before(tmp_path: Path) -> None:
    for version in ("1", "2"):
        made = tmp_path / version
        made.mkdir()
        (made / "card.toml").write_text(version, "utf-8")
        _place(made, tmp_path / "own" / "reader")
    assert (tmp_path / "own" / "reader" / "card.toml").read_text("utf-8") == "2"
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["reader"]


def test_other_documents_make_another_version(tmp_path: Path) -> None:
    shipped = _DATA / "models" / "reader"
    few, many = (list(iter_documents(write_documents(tmp_path / str(n), n))) for n in (1, 2))
    assert _name(shipped, few) == _name(shipped, few) != _name(shipped, many)
    assert "+" in _name(shipped, few)


def test_missing_extra_is_told() -> None:
    with pytest.raises(ConfigError, match=r"no_such_module: pip install 'claimgraph\[learn\]'"):
        require("json", "no_such_module")


def test_threads_are_those_that_may_be_used() -> None:
    assert int(count_threads()) >= 1


def test_failed_fitting_tells_its_last_words(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    said: list[str] = []
    with pytest.raises(ClaimGraphError, match=r"code 1: .*word\.npy"):
        run_fit([str(tmp_path), str(tmp_path / "weights.pt")], said.append)
    assert len(said) > 1
