"""Practice sentences: annotated text that the learned parts are trained on (data/practice, see its README).

A block is a sentence, `= type Name; type Name`, and one line a claim:
`predicate | subject | object | quantity | claimants | modality [denied] [| on BENCHMARK]`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ParseError
from graph.records import EntityType, Modality, Predicate

_NONE = "-"
_FIGURE = r"-?\d+(?:\.\d+)?(?:e\+?\d+)?"
_QUANTITY = re.compile(rf"(?:[~<>]=?|=)?(?P<value>{_FIGURE})(?:\.\.{_FIGURE})? ?(?P<unit>.*)")


@dataclass(frozen=True, slots=True)
class Told:
    """One claim as the practice line has it; names are the words of the sentence, empty where there are none."""

    predicate: Predicate
    subject: str
    object: str
    value: float | None
    unit: str
    claimants: tuple[str, ...]
    modality: Modality
    denied: bool
    benchmark: str


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated sentence; names as (words, type) in the order given."""

    text: str
    names: tuple[tuple[str, EntityType], ...]
    claims: tuple[Told, ...]


def read_examples(path: Path) -> Iterator[Example]:
    """The sentences of a practice file. Raises ParseError naming file and block for one that is not well formed."""
    for block in re.split(r"\n\s*\n", path.read_text("utf-8").strip()):
        try:
            yield _read_block([line for line in block.splitlines() if line.strip()])
        except (ValueError, IndexError) as error:
            raise ParseError(f"{path}: {block[:80]!r}: {error}", subject=str(path)) from error


def _read_block(lines: list[str]) -> Example:
    text = lines[0].strip()
    if not lines[1].startswith("="):
        raise ValueError("its second line does not start with =")
    names = tuple(_read_name(part) for part in lines[1][1:].split(";") if part.strip())
    return Example(text, names, tuple(_read_claim(line) for line in lines[2:]))


def _read_name(part: str) -> tuple[str, EntityType]:
    kind, _, name = part.strip().partition(" ")
    return name.strip(), EntityType(kind)


def _read_claim(line: str) -> Told:
    fields = [field.strip() for field in line.split("|")]
    if len(fields) < 6:
        raise ValueError(f"{line!r} has fewer than six fields")
    predicate, subject, object, quantity, claimants, firmness = fields[:6]
    value, unit = _read_quantity(quantity)
    modality, _, denied = firmness.partition(" ")
    benchmark = next((field.removeprefix("on ") for field in fields[6:] if field.startswith("on ")), "")
    return Told(
        predicate=Predicate(predicate),
        subject=subject,
        object="" if object == _NONE else object,
        value=value,
        unit=unit,
        claimants=() if claimants == _NONE else tuple(part.strip() for part in claimants.split(" > ")),
        modality=Modality(modality),
        denied=denied == "denied",
        benchmark=benchmark,
    )


def _read_quantity(text: str) -> tuple[float | None, str]:
    match = None if text == _NONE else _QUANTITY.fullmatch(text)
    if text != _NONE and match is None:
        raise ValueError(f"{text!r} is no quantity")
    return (float(match["value"]), match["unit"]) if match else (None, "")
