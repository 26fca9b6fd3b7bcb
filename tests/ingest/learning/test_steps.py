"""`python -m ingest.learning`: its steps, and what each says when it cannot."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ingest.learning.__main__ import _Run, main
from tests.ingest.learning.small import TEXT


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_sentences_are_numbered(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(TEXT, "utf-8")
    result = run("number", tmp_path / "text.txt")
    assert [line[:9] for line in result.stdout.splitlines()] == ["0\tVantor ", "1\tOrrery "]


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is here")
@pytest.mark.parametrize("words", [("fit", "a", "b"), ("train", "a")], ids=lambda words: words[0])
def test_without_the_extra_it_says_what_to_install(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert "pip install 'claimgraph[learn]'" in result.stderr


def test_reader_without_words_is_not_exported(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    (tmp_path / "weights.pt").write_text("none", "utf-8")
    result = run("export", tmp_path / "weights.pt", tmp_path / "reader", "--version", "1")
    assert (result.exit_code, "words.npz: missing" in result.stderr) == (2, True)


def test_options_of_the_fitting_are_shown() -> None:
    pytest.importorskip("torch")
    result = run("fit", "--help")
    assert (result.exit_code, "--resume" in result.stdout) == (0, True)


def test_steps_done_are_left_out(tmp_path: Path) -> None:
    done: list[str] = []
    for _ in range(2):
        _Run(tmp_path / "run").step("base", lambda: done.append("base"))
    assert done == ["base"]
    assert "base: done before" in (tmp_path / "run" / "train.log").read_text("utf-8")


def test_step_that_fails_is_done_again(tmp_path: Path) -> None:
    step = _Run(tmp_path / "run").step
    with pytest.raises(ZeroDivisionError):
        step("fit", lambda: 1 // 0)
    done: list[str] = []
    step("fit", lambda: done.append("fit"))
    assert done == ["fit"]
