"""Lists of what is watched: as text, the same in the archive as in a cookie, and how they change."""

from collections.abc import Callable, Sequence
from typing import Protocol
from urllib.parse import quote, unquote

from graph.records import News, Watched, WatchedKind

MOST = 200
"""So many items a list has."""

_BETWEEN = "|"
_LETTERS = {
    News.ORIGIN: "o",
    News.STATUS: "s",
    News.DENIAL: "d",
    News.FIGURE: "f",
    News.CONTRADICTION: "x",
    News.CLAIM: "c",
}


class Lists(Protocol):
    """Where lists lie, each under its id."""

    def find(self, id: str) -> str | None:
        """The list as text; None when there is none of that id."""

    def change(self, id: str, change: Callable[[str], str]) -> None:
        """Keeps what is made of a list, of an empty text where there is none yet; nothing when that raises."""


class ListFull(ValueError):
    """The list holds as much as it may."""


def format_list(items: Sequence[Watched]) -> str:
    """The list as text that may stand in a cookie."""
    return _BETWEEN.join(
        f"{one.kind}:{''.join(_LETTERS[news] for news in one.news)}:{quote(one.target, safe='')}" for one in items
    )


def parse_list(text: str) -> tuple[Watched, ...]:
    """The list of a text; what nobody wrote so is left out."""
    found = {(one.kind, one.target): one for part in text.split(_BETWEEN) if (one := _parse_item(part))}
    return tuple(found.values())[:MOST]


def find_item(items: Sequence[Watched], kind: WatchedKind, target: str) -> Watched | None:
    """What is watched of that kind under that target."""
    return next((one for one in items if (one.kind, one.target) == (kind, target)), None)


def put_item(items: Sequence[Watched], new: Watched) -> tuple[Watched, ...]:
    """The list with it, at the end, or in the place of the same one. ListFull when there is no room."""
    if find_item(items, new.kind, new.target):
        return tuple(new if (one.kind, one.target) == (new.kind, new.target) else one for one in items)
    if len(items) >= MOST:
        raise ListFull
    return (*items, new)


def drop_item(items: Sequence[Watched], kind: WatchedKind, target: str) -> tuple[Watched, ...]:
    """The list without it."""
    return tuple(one for one in items if (one.kind, one.target) != (kind, target))


def _parse_item(text: str) -> Watched | None:
    kind, _, rest = text.partition(":")
    letters, _, target = rest.partition(":")
    news = tuple(news for news in News if _LETTERS[news] in letters)
    if kind not in set(WatchedKind) or not news or not target:
        return None
    return Watched(WatchedKind(kind), unquote(target), news)
