"""The process that writes the store's graph into a file. Started by projection.py; runs no user's query.

It goes on from an earlier file where the change log reaches back to it, and else reads everything. Rows go over in
parts as query parameters: the engine takes no other input without pandas, and memory stays flat.
"""

import hashlib
import re
import sqlite3
import sys
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from graph.files import replacing
from graph.stores import confine
from graph.stores.changes import Version, count_changes, follows, note_consumer, read_changes, read_version
from graph.stores.parts import read_all, read_changed, write_part
from graph.unwritable import connect_reading

# Raise when the same rows make another graph, so that saved graphs of earlier versions are left.
FORMAT = 5
SUFFIX = ".kgl"

# Reading a change takes three times as long as reading a row of a fresh graph (bench/stores.py).
_WORTH = 3


def main() -> None:
    """Writes the graph of a store into a folder and prints its name. Arguments: store, folder, parent's process id."""
    store, folder, parent = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    confine.end_with_parent(parent)
    with _locked(folder):
        print(build(store, folder))


def build(store: Path, folder: Path) -> str:
    """The name of the saved graph of the store as it is now; earlier ones are removed."""
    with closing(connect_reading(store)[0]) as connection:
        connection.execute("BEGIN")
        version = read_version(connection)
        name = format_name(version)
        if not (folder / name).exists():
            _save(connection, folder, name)
    _note(store, folder, version)
    for earlier in folder.glob(f"*{SUFFIX}"):
        if earlier.name != name:
            earlier.unlink(missing_ok=True)
    return name


def format_name(version: Version) -> str:
    return f"graph-{FORMAT}-{version.seq}-{version.stamp}{SUFFIX}"


def parse_name(name: str) -> Version | None:
    """The version of a saved graph; None when it is of another format."""
    match = re.fullmatch(rf"graph-{FORMAT}-(\d+)-(-?\d+){re.escape(SUFFIX)}", name)
    return Version(int(match[1]), int(match[2])) if match else None


def find_saved(connection: sqlite3.Connection, folder: Path, most: int) -> tuple[Path, Version] | None:
    """The latest saved graph that the store has come from in at most so many changes."""
    found = [(version, path) for path in folder.glob(f"*{SUFFIX}") if (version := parse_name(path.name))]
    for version, path in sorted(found, reverse=True):
        if follows(connection, version) and count_changes(connection, version, most + 1) <= most:
            return path, version
    return None


def _save(connection: sqlite3.Connection, folder: Path, name: str) -> None:
    import kglite

    kglite.set_query_warning_policy("silent")
    saved = find_saved(connection, folder, _count_records(connection) // _WORTH)
    if saved:
        path, version = saved
        graph = kglite.load(str(path))
        for part in read_changed(connection, read_changes(connection, version)):
            write_part(graph, part)
    else:
        graph = kglite.KnowledgeGraph()
        for part in read_all(connection):
            write_part(graph, part, fresh=True)
    with replacing(folder / name) as unfinished:
        graph.save(str(unfinished))


def _count_records(connection: sqlite3.Connection) -> int:
    tables = ("claim", "article", "entity", "proposition", "event")
    counts = " + ".join(f"(SELECT count(*) FROM {table})" for table in tables)  # noqa: S608 - names of tables
    return int(connection.execute(f"SELECT {counts}").fetchone()[0])


def _note(store: Path, folder: Path, version: Version) -> None:
    """So that the store keeps what changes from here on. Where it may not be written to, nobody prunes it either."""
    name = f"graph-{hashlib.sha256(str(folder).encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
    with (
        suppress(sqlite3.OperationalError),
        closing(sqlite3.connect(f"{store.as_uri()}?mode=rw", uri=True, timeout=5)) as connection,
        connection,
    ):
        note_consumer(connection, name, version.seq, datetime.now(UTC))


class _locked:  # noqa: N801 - reads as a verb where it is used
    """One builder at a time in a folder; the lock goes with the process, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "lock"

    def __enter__(self) -> None:
        self._file = self._path.open("w")
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()
