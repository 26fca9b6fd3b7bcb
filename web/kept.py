"""What was made of the store, each once for a state of it."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar, cast

_Made = TypeVar("_Made")


class Kept:
    """Keeps the last that were asked for until something stored has changed. Safe with threads."""

    def __init__(self, find_state: Callable[[], str], most: int) -> None:
        """`find_state` gives a text that is another one after every change; `most` is how many are kept."""
        self._find_state = find_state
        self._most = most
        self._lock = threading.Lock()
        self._made: OrderedDict[tuple[object, ...], object] = OrderedDict()

    def keep(self, make: Callable[[], _Made], *what: object) -> _Made:
        """What was made of the store as it is; made now where it was not. An error is not kept.

        `what` tells it from all else that is kept here.
        """
        key = (*what, self._find_state())
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return cast(_Made, self._made[key])
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return made
