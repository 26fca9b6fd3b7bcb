"""How a claim reads in one language: the pattern of its predicate, cut into words and places for its parties."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph.records import Modality, Predicate
from graph.views import ClaimView
from web.language.formatting import format_quantity
from web.language.wording import Words

_CHOICE = re.compile(r"\[([^\[\]|]*)(?:\|([^\[\]]*))?\]")
_SLOT = re.compile(r"\{(\w+)\}")
_TAIL = ("object", "quantity", "benchmark")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of the reading, or the place (`subject`, `object`, `quantity`, `benchmark`) of something in the claim."""

    text: str = ""
    place: str = ""


def read_claim(claim: ClaimView, words: Words) -> tuple[Part, ...]:
    """The claim as a sentence without its polarity: words and places in the order of the language.

    A claim about the future reads as one. What the pattern has no place for comes after it.
    """
    form = "future" if claim.modality is Modality.PREDICTED else "done"
    measure = claim.quantity.measure if claim.quantity else ""
    return _read(claim.predicate, form, _find_filled(claim), measure, words)


def say_act(
    predicate: Predicate,
    there: Mapping[str, str],
    words: Words,
    measure: str = "",
    form: str = "done",
    table: str = "predicates",
) -> str:
    """How a deed reads, as plain text; `there` has the words for the places that are filled.

    table  whose patterns count before those of `predicates`
    """
    filled = frozenset({place for place, text in there.items() if text} | ({"measure"} if measure else set()))
    parts = _read(predicate, form, filled, measure, words, table)
    return "".join(there[part.place] if part.place else part.text for part in parts)


def _read(
    predicate: Predicate, form: str, filled: frozenset[str], measure: str, words: Words, table: str = "predicates"
) -> tuple[Part, ...]:
    patterns = words.tables[table].get(predicate.value) or words.tables["predicates"][predicate.value]
    pattern = patterns[form]
    text = _CHOICE.sub(lambda match: _choose(match, filled), pattern)
    named = set(_SLOT.findall(text))
    text += "".join(words.find(f"reading.{place}") for place in _TAIL if place in filled and place not in named)
    return tuple(_cut(text, words.name("measures", measure) if measure else ""))


def say_claim(claim: ClaimView, words: Words) -> str:
    """How the claim reads, as plain text, without its polarity."""
    there = {
        "subject": claim.subject.name,
        "object": claim.object.name if claim.object else "",
        "quantity": format_quantity(claim.quantity, words) if claim.quantity else "",
        "benchmark": claim.benchmark.name if claim.benchmark else "",
    }
    return "".join(there[part.place] if part.place else part.text for part in read_claim(claim, words))


def _find_filled(claim: ClaimView) -> frozenset[str]:
    there = {
        "subject": True,
        "object": claim.object is not None,
        "quantity": claim.quantity is not None,
        "measure": claim.quantity is not None and claim.quantity.measure != "",
        "benchmark": claim.benchmark is not None and claim.benchmark != claim.object,
    }
    return frozenset(place for place, is_there in there.items() if is_there)


def _choose(match: re.Match[str], filled: frozenset[str]) -> str:
    """The first words when all that they have places for is there, else the others."""
    return match[1] if filled.issuperset(_SLOT.findall(match[1])) else match[2] or ""


def _cut(text: str, measure: str) -> list[Part]:
    """Words and places in turn."""
    parts = []
    for number, piece in enumerate(_SLOT.split(text)):
        if number % 2 and piece != "measure":
            parts.append(Part(place=piece))
        elif piece:
            parts.append(Part(measure if number % 2 else piece))
    return parts
