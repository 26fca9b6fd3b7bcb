"""A store that may come later than the pages: opened when it is first there."""

from collections.abc import Callable
from threading import Lock

from graph.store import GraphStore


class Opening:
    """Calls give the store, opened once; NoStore, or StoreUnavailable, until it can be. Safe with threads."""

    def __init__(self, open_store: Callable[[], GraphStore]) -> None:
        self._open = open_store
        self._store: GraphStore | None = None
        self._lock = Lock()

    def __call__(self) -> GraphStore:
        if self._store is None:
            with self._lock:
                if self._store is None:
                    self._store = self._open()
        return self._store
