"""What articles are compared by."""

# ruff: noqa: S608 - what is put into query texts is a constant of this module, never data

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from graph.records import ArticleId
from ingest.archive.database import Tables
from ingest.archive.rows import dump, from_time, to_time
from ingest.sketches import Sketch

_INSERT = (
    "INSERT INTO sketches (article, url, source, lang, published_at, fetched_at, runs, signature, marks, lead)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_BETWEEN = " WHERE published_at BETWEEN ? AND ? ORDER BY published_at, article"
_SELECT = "SELECT article, url, source, lang, published_at, fetched_at, runs, signature, marks, lead FROM sketches"
_SELECT_BETWEEN = _SELECT + _BETWEEN
_SELECT_ARTICLES = "SELECT article FROM sketches" + _BETWEEN
# SQLite takes 32,766 values in a query, a server takes longer to plan for each.
_AT_ONCE = 500


class SketchTable(Tables):
    """Sketches by article. They outlive the texts."""

    def save_sketches(self, sketches: Iterable[Sketch]) -> None:
        """Keeps sketches; those that are there stay as they are."""
        with self._writing() as db:
            db.executemany(_INSERT, map(_write_sketch, sketches))

    def list_sketches(self, since: datetime, until: datetime) -> tuple[Sketch, ...]:
        """Sketches of articles published from `since` to `until`, both included."""
        rows = self._rows(_SELECT_BETWEEN, from_time(since), from_time(until))
        return tuple(map(_read_sketch, rows))

    def list_sketched(self, since: datetime, until: datetime) -> tuple[ArticleId, ...]:
        """The articles of these sketches, in their order."""
        rows = self._rows(_SELECT_ARTICLES, from_time(since), from_time(until))
        return tuple(ArticleId(id) for (id,) in rows)

    def get_sketches(self, articles: Sequence[ArticleId]) -> tuple[Sketch, ...]:
        """The sketches of the articles that have one, by article."""
        found: list[Sketch] = []
        for start in range(0, len(articles), _AT_ONCE):
            some = articles[start : start + _AT_ONCE]
            places = ", ".join("?" * len(some))
            found += map(_read_sketch, self._rows(f"{_SELECT} WHERE article IN ({places})", *some))
        return tuple(sorted(found, key=lambda sketch: sketch.article))

    def get_vectors(self, article: ArticleId) -> bytes | None:
        """The vectors of an article's lead as they were saved; None before."""
        rows = self._rows("SELECT vectors FROM sketches WHERE article = ?", article)
        return rows[0][0] if rows else None

    def save_vectors(self, article: ArticleId, vectors: bytes) -> None:
        with self._writing() as db:
            db.execute("UPDATE sketches SET vectors = ? WHERE article = ?", (vectors, article))


def _write_sketch(sketch: Sketch) -> tuple[object, ...]:
    return (
        sketch.article, sketch.url, sketch.source, sketch.lang, from_time(sketch.published_at),
        from_time(sketch.fetched_at), sketch.runs, sketch.signature, dump(sorted(sketch.marks)), dump(sketch.lead),
    )  # fmt: skip


def _read_sketch(row: Any) -> Sketch:
    article, url, source, lang, published_at, fetched_at, runs, signature, marks, lead = row
    return Sketch(
        article=ArticleId(article),
        url=url,
        source=source,
        lang=lang,
        published_at=to_time(published_at),
        fetched_at=to_time(fetched_at),
        runs=runs,
        signature=signature,
        marks=frozenset(json.loads(marks)),
        lead=tuple(json.loads(lead)),
    )
