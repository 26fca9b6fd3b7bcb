"""What several sources make of a matter, in words of one language: measures, amounts that were computed."""

from collections.abc import Sequence
from itertools import groupby

from graph.answers.figures import Figure, Figures
from graph.records import PREDICATES, ClaimType, Event, Predicate, Quantity
from graph.searching.language import Term, format_terms
from graph.sums.making import Check, Input
from web.language.formatting import format_quantity
from web.language.reading import say_act
from web.language.wording import Words

# What a reading ends with where its number would stand; the numbers stand below.
_OPEN_END = " …は、：:"
# These read as a sentence only with their number.
_SHORT = (Predicate.RANKS, Predicate.SCORES)
# What is done between two would read as done, though some only expect it and others deny it.
_BETWEEN = frozenset((*PREDICATES[ClaimType.DEAL], *PREDICATES[ClaimType.LEGAL]))


def quote_name(name: str) -> str:
    """A name as one word of a search text, whatever signs are in it."""
    bare = name.replace("-", "").isalnum() and not name.startswith("-")
    # A double quote cannot be written inside a quoted value.
    return format_terms([Term("", name.replace('"', " "), quoted=not bare)])


def say_measured(figures: Figures, words: Words) -> str:
    """What the numbers measure and of what: `DeepSeek-V3: training cost`, `A and B: price`. Plain text."""
    other = figures.of.name if figures.of else ""
    if figures.predicate in _SHORT:
        key = "figures.place" if other else "figures.placed"
        measure = words.name("measures", figures.measure)
        return str(words.find(key).format(thing=figures.thing.name, measure=measure, other=other))
    if other and figures.unit == "x":
        other = str(words.find("matter.beside").format(other=other))
    if other and figures.predicate in _BETWEEN:
        measure = words.name("measures", figures.measure)
        return str(words.find("figures.between").format(one=figures.thing.name, other=other, measure=measure))
    there = {"subject": figures.thing.name, "object": other, "quantity": ""}
    return say_act(figures.predicate, there, words, figures.measure).rstrip(_OPEN_END)


def convert_amount(figure: Figure, unit: str) -> Quantity:
    """The figure's number in the unit of those beside it."""
    quantity = figure.quantity
    return Quantity(quantity.measure, figure.value, unit, quantity.comparator, figure.high)


def say_result(value: float, unit: str, words: Words) -> str:
    """What was computed, to six digits."""
    return format_quantity(Quantity("", float(f"{value:.6g}"), unit), words)


def say_input(item: Input, words: Words) -> str:
    """What a number is that went into a computation: `the later price`; names as they are."""
    return str(words.tables["inputs"].get(item.label, item.label))


def list_turns(history: Sequence[Event]) -> tuple[Event, ...]:
    """The steps that brought another status: one more that disputes what is disputed turns nothing."""
    return tuple(next(steps) for _, steps in groupby(history, key=lambda step: step.status))


def say_check(check: Check, words: Words) -> str:
    """What was computed, in a few words."""
    return words.name("checks", check)
