"""Lists to narrow: each value of a facet with the address that puts it in alone, or takes it out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

# As `url_for` takes it: lists of values by the names of arguments.
Kept = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: its words, how many there are, and where the list with or without it is."""

    label: str
    count: int
    url: str
    chosen: bool
    value: str


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet by the name of its argument."""

    name: str
    choices: tuple[Choice, ...]


def keep_arguments(names: Iterable[str]) -> dict[str, Any]:
    """What the request gives for these names, empty values left out."""
    given = {name: [text for text in request.args.getlist(name) if text.strip()] for name in names}
    return {name: values for name, values in given.items() if values}


def make_facet(
    endpoint: str, kept: Kept, name: str, counts: Mapping[str, int], label: Callable[[str], str]
) -> FacetView:
    """The values of a facet in their order; one that is chosen and has none left stays, to be taken out."""
    chosen = kept.get(name, [])
    shown = {**counts, **{value: 0 for value in chosen if value not in counts}}

    def make_url(value: str) -> str:
        asked = {key: values for key, values in kept.items() if key != name}
        if value not in chosen:
            asked[name] = value
        return url_for(endpoint, **asked)

    return FacetView(
        name,
        tuple(Choice(label(value), count, make_url(value), value in chosen, value) for value, count in shown.items()),
    )


def count_chosen(facets: Iterable[FacetView]) -> int:
    """How many values are chosen."""
    return sum(choice.chosen for facet in facets for choice in facet.choices)
