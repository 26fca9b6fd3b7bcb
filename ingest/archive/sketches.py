"""What articles are compared by."""

import json
from collections.abc import Iterable
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
_SELECT_BETWEEN = (
    "SELECT article, url, source, lang, published_at, fetched_at, runs, signature, marks, lead FROM sketches"
    " WHERE published_at BETWEEN ? AND ? ORDER BY published_at, article"
)


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
