"""Lists of what readers watch, in the archive that the settings name."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from commands.opening import has_archive, open_archive
from commands.options import read_clock
from commands.settings import Config
from graph.errors import StoreUnavailable

if TYPE_CHECKING:
    from ingest.archive import Archive


class ArchiveLists:
    """Lists for the pages (`web.watchlists.Lists`). Safe with threads.

    The archive stays open: opening it takes longer than a page, and every page says how much is watched.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._archive: Archive | None = None
        self._file: tuple[int, int] | None = None

    def find(self, id: str) -> str | None:
        """The list as text; None when there is none of that id. StoreError."""
        with self._lock:
            if not has_archive(self._config):
                return None
            try:
                return self._open().find_list(id, read_clock())
            except StoreUnavailable:
                # A server that was started anew has ended the connection: only asked again is it known to be away.
                self.close()
                return self._open().find_list(id, read_clock())

    def change(self, id: str, change: Callable[[str], str]) -> None:
        """Keeps what is made of a list; makes the archive where there is none yet. StoreError."""
        with self._lock:
            try:
                self._open().change_list(id, read_clock(), change)
            except StoreUnavailable:
                self.close()  # whether it was changed is not known: who asked tries again, on another connection
                raise

    def _open(self) -> "Archive":
        """The archive that lies there now: somebody may have put another in its place."""
        if self._archive is None or self._file != self._identify():
            self.close()
            self._archive = open_archive(self._config)
            self._file = self._identify()
        return self._archive

    def close(self) -> None:
        """Lets go of the archive; who asks next opens it again."""
        if self._archive:
            self._archive.close()
        self._archive = None

    def _identify(self) -> tuple[int, int] | None:
        """Which file it is now; of a server there is nothing to tell."""
        if not isinstance(self._config.archive, Path):
            return None
        try:
            found = os.stat(self._config.archive)
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino
