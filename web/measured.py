"""How well the program reads, as measured: the figures of data/accuracy.toml, as pages tell them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.errors import ParseError

# Of outlets that nothing was learned from: what to expect of a new one.
_SET = "test"


@dataclass(frozen=True, slots=True)
class Reading:
    """Shares of 1 in one language.

    right      of the claims shown, those right in every part
    met        of the claims shown, those that a careful reader listed too
    found      of the claims that careful readers listed, those found
    names      F1 of the names found
    """

    right: float
    met: float
    found: float
    names: float


@dataclass(frozen=True, slots=True)
class Measured:
    """The readings by language; empty where nothing was measured."""

    readings: Mapping[str, Reading] = field(default_factory=dict)


NOT_MEASURED = Measured()


def parse_measured(text: str) -> Measured:
    """The figures of the file. ParseError where one is missing or is no share."""
    try:
        tables = tomllib.loads(text)
        found = {lang: _read(parts[_SET]) for lang, parts in tables.items()}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ParseError(f"accuracy.toml: {error}", subject="accuracy.toml") from error
    return Measured(found)


def _read(figures: Mapping[str, object]) -> Reading:
    names = ("right_share", "found_precision", "found_recall", "entities_f1")
    values = [float(str(figures[name])) for name in names]
    if not all(0 <= value <= 1 for value in values):
        raise ValueError(f"shares lie between 0 and 1: {values}")
    return Reading(*values)
