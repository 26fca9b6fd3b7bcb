"""The pages of a list: where each link of its pager leads."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.answers.queries import Place


@dataclass(frozen=True, slots=True)
class Pages:
    """Addresses of the first, the previous and the next page; empty where there is none."""

    first: str = ""
    previous: str = ""
    next: str = ""


def make_pages(make_url: Callable[..., str], place: Place, previous: str | None, next: str | None) -> Pages:
    """The addresses around a page.

    make_url  the address of the list, given `after`, `before` or neither
    place     where this page stands; previous, next: cursors of its neighbours
    """
    return Pages(
        first=make_url() if place != Place() else "",
        previous=make_url(before=previous) if previous else "",
        next=make_url(after=next) if next else "",
    )
