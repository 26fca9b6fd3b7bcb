"""What readers watch on the pages: lists by their ids."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from graph.errors import StoreError
from ingest.archive.database import Tables
from ingest.archive.rows import from_time, to_time

# That a list is used is noted once a day: reading pages must not mean writing.
_NOTED = timedelta(days=1)


class ListTable(Tables):
    """Lists as the text that the pages make of their items."""

    def find_list(self, id: str, now: datetime) -> str | None:
        """The items, and notes that they are used, where that can be noted; None when there is no such list."""
        rows = self._rows("SELECT items, used_at FROM lists WHERE id = ?", id)
        if not rows:
            return None
        if now - to_time(rows[0][1]) > _NOTED:
            with suppress(StoreError), self._writing() as db:
                db.execute("UPDATE lists SET used_at = ? WHERE id = ?", (from_time(now), id))
        return str(rows[0][0])

    def change_list(self, id: str, now: datetime, change: Callable[[str], str]) -> None:
        """Keeps what `change` makes of the items as they are, empty ones for a new list; nothing when it raises."""
        with self._writing() as db:
            # Written first: who changes it at the same time waits here.
            [items] = db.execute(
                "INSERT INTO lists (id, items, used_at) VALUES (?, '', ?)"
                " ON CONFLICT (id) DO UPDATE SET used_at = excluded.used_at RETURNING items",
                (id, from_time(now)),
            ).fetchone()
            db.execute("UPDATE lists SET items = ? WHERE id = ?", (change(items), id))
