"""What the archive lets go of when it is old; what keeps old entries and texts from being new again stays."""

from dataclasses import dataclass
from datetime import datetime

from ingest.archive.database import Tables
from ingest.archive.rows import from_time

# Rows to a transaction: a run beside this one waits for a fraction of a second.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many entries gave up what the feed said, articles their text, leads their vectors; run records dropped."""

    entries: int
    texts: int
    vectors: int
    runs: int


@dataclass(frozen=True, slots=True)
class _Rule:
    """Old rows of a table and what is done with them; both take the moment before which a row is old.

    key    the column that tells its rows apart
    order  the column in whose order an index gives them; few have the same there
    first  what is before all that stands in it
    """

    table: str
    key: str
    old: str
    change: str
    order: str = "id"
    first: int | str = 0


_RULES = {
    # The key says that an entry is known, the hash whether it has changed.
    "entries": _Rule(
        "entries",
        "id",
        "seen_at < ? AND wanted = 0 AND (html <> '' OR authors <> '[]')",
        "UPDATE entries SET html = '', authors = '[]'",
    ),
    # The graph has the text; the id, a hash of it, says that it is known.
    "texts": _Rule(
        "articles",
        "id",
        "stored_at < ? AND pending = 0 AND compared = 1 AND text <> ''",
        "UPDATE articles SET text = ''",
        order="stored_at",
        first="",
    ),
    # They are made again from the lead.
    "vectors": _Rule(
        "sketches",
        "article",
        "published_at < ? AND vectors IS NOT NULL",
        "UPDATE sketches SET vectors = NULL",
        order="published_at",
        first="",
    ),
    # The totals stay, and the last run, whatever its age.
    "runs": _Rule("runs", "id", "started_at < ? AND id < (SELECT max(id) FROM runs)", "DELETE FROM runs"),
}
_LISTS = _Rule("lists", "id", "used_at < ?", "DELETE FROM lists", order="used_at", first="")


class TidyTable(Tables):
    """Old rows of all tables."""

    def tidy(self, before: datetime, *, dry_run: bool = False) -> Tidied:
        """What of before that moment has been let go of; with `dry_run`, what would be. Cut short, it goes on."""
        treat = self._count if dry_run else self._change
        return Tidied(**{name: treat(rule, before) for name, rule in _RULES.items()})

    def tidy_lists(self, before: datetime, *, dry_run: bool = False) -> int:
        """How many lists that nobody has used since that moment have gone; with `dry_run`, would go."""
        return (self._count if dry_run else self._change)(_LISTS, before)

    def _count(self, rule: _Rule, before: datetime) -> int:
        query = f"SELECT count(*) FROM {rule.table} WHERE {rule.old}"  # noqa: S608 - constants of this module
        return int(self._rows(query, from_time(before))[0][0])

    def _change(self, rule: _Rule, before: datetime) -> int:
        """Each batch begins where the one before ended: what was passed over is not looked through again."""
        picked = (
            f"SELECT {rule.key} FROM {rule.table} WHERE {rule.order} >= ? AND {rule.old}"  # noqa: S608 - the same
            f" ORDER BY {rule.order} LIMIT {_BATCH}"
        )
        change = f"{rule.change} WHERE {rule.key} IN ({picked}) RETURNING {rule.order}"
        changed, reached = 0, rule.first
        while True:
            with self._writing() as db:
                rows = db.execute(change, (reached, from_time(before))).fetchall()
            changed += len(rows)
            if len(rows) < _BATCH:
                return changed
            reached = max(value for (value,) in rows)
