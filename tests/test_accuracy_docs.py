"""What the docs say of how well a program reads is what data/accuracy.toml says."""

import re
import tomllib
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_FIGURES: dict[str, dict[str, dict[str, float]]] = tomllib.loads((_ROOT / "data" / "accuracy.toml").read_text("utf-8"))
_LANGUAGES = {"en": "English", "ja": "Japanese"}
_SETS = ("test", "dev", "blind")
_COLUMNS = ("found_f1", "found_precision", "found_recall", "right_f1", "right_share", "entities_f1")
_PARTS = [pytest.param(lang, part, id=f"{lang}-{part}") for lang in _LANGUAGES for part in _SETS]
# Precision and recall are told to three places, so F1 may differ from theirs by as much.
_ROUNDING = 0.001


def test_every_part_has_its_figures() -> None:
    assert set(_FIGURES) == set(_LANGUAGES)
    for parts in _FIGURES.values():
        assert {name: set(figures) for name, figures in parts.items()} == {name: set(_COLUMNS) for name in _SETS}


@pytest.mark.parametrize(("lang", "part"), _PARTS)
def test_figures_can_be_true(lang: str, part: str) -> None:
    figures = _FIGURES[lang][part]
    precision, recall = figures["found_precision"], figures["found_recall"]
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    assert all(0 <= value <= 1 for value in figures.values())
    assert figures["found_f1"] == pytest.approx(f1, abs=_ROUNDING)
    assert figures["right_f1"] <= figures["found_f1"]


@pytest.mark.parametrize(("lang", "part"), _PARTS)
def test_the_table_has_the_figures(lang: str, part: str) -> None:
    cells = (_format_share(_FIGURES[lang][part][name]) for name in _COLUMNS)
    row = f"| {_LANGUAGES[lang]}, {part} | {' | '.join(cells)} |"
    assert row in (_ROOT / "docs" / "accuracy.md").read_text("utf-8").splitlines()


def test_the_readme_has_the_figures() -> None:
    english, japanese = (_FIGURES[lang]["test"] for lang in _LANGUAGES)
    sentence = (
        f"it finds {_format_hundred(english['found_recall'])} of a hundred claims in English and "
        f"{_format_hundred(japanese['found_recall'])} in Japanese; of a hundred that it shows, "
        f"{_format_hundred(english['right_share'])} and {_format_hundred(japanese['right_share'])} "
        "are right in every part"
    )
    assert sentence in re.sub(r"\s+", " ", (_ROOT / "README.md").read_text("utf-8"))


def _format_share(value: float) -> str:
    """Three places without the nought before them: .560, 1.000."""
    return f"{value:.3f}".removeprefix("0")


def _format_hundred(value: float) -> str:
    return f"{100 * value:.0f}"
