"""All that one archive holds, put into another that is empty: from a file to a server, and back."""

# ruff: noqa: S608 - what is put into query texts is a name of this module's or of the schema's, never data
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from graph.errors import StoreError
from ingest.archive.database import Database

# Each table, and the column that numbers its rows, where there is one.
TABLES: Mapping[str, str] = {
    "feeds": "",
    "entries": "id",
    "articles": "",
    "pages": "",
    "hosts": "",
    "robots": "",
    "sketches": "",
    "runs": "id",
    "totals": "",
    "health": "",
    "speeds": "",
    "counts": "",
    "lists": "",
    "watches": "number",
    "tellings": "",
    "reports": "number",
}
# Rows between two words of how far it is.
_STRIDE = 10_000


def copy(source: Database, target: Database, tell: Callable[[str, int], object] = lambda *_: None) -> dict[str, int]:
    """How many rows of each table were copied: one state of the source, and all of it or nothing.

    tell  is told a table and how many of its rows are copied, now and then

    Raises StoreError when the target holds anything already; the source is only read.
    """
    copied = {}
    with source.reading() as ask, target.writing() as db:
        for table, number in TABLES.items():
            if db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():
                message = f"archive {target.name}: holds {table} already; an archive is copied into an empty one only"
                raise StoreError(message, subject=target.name, reason="not_empty")
            columns = ", ".join(list_columns(source, table))
            marks = ", ".join("?" * (columns.count(",") + 1))
            rows = _Counted(table, ask(f"SELECT {columns} FROM {table}"), tell)
            db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
            [there] = db.execute(f"SELECT count(*) FROM {table}").fetchone()
            if there != rows.number:
                message = f"archive {target.name}: of {rows.number} {table} {there} arrived; nothing was copied"
                raise StoreError(message, subject=target.name, reason="failed")
            if number:
                [[last]] = ask(source.dialect.last_number.format(table=table, column=number))
                [own] = db.execute(target.dialect.last_number.format(table=table, column=number)).fetchone()
                if last or own:
                    db.execute(target.dialect.number_on.format(table=table, column=number), (max(last, own),))
            copied[table] = rows.number
    return copied


def list_columns(database: Database, table: str) -> tuple[str, ...]:
    """The columns of a table, by name."""
    return tuple(sorted(name for (name,) in database.rows(database.dialect.columns, table)))


class _Counted:
    """Rows on their way, counted."""

    def __init__(self, table: str, rows: Iterable[Any], tell: Callable[[str, int], object]) -> None:
        self.number = 0
        self._table, self._rows, self._tell = table, rows, tell

    def __iter__(self) -> Iterator[Any]:
        for row in self._rows:
            yield row
            self.number += 1
            if not self.number % _STRIDE:
                self._tell(self._table, self.number)
