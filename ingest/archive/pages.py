"""Pages that are asked again, a few times, whether their article has changed."""

# ruff: noqa: S608 - what is put into query texts is a constant of this module, never data
from dataclasses import dataclass
from datetime import datetime

from graph.ids import format_time
from graph.records import Article
from ingest.archive.database import Tables
from ingest.archive.feeds import Validators
from ingest.archive.rows import from_time
from ingest.network.addresses import name_host

# A run asks no more than this many: a long pause must not turn into a flood of requests.
_MOST_DUE = 500
# What has no claim and is not about AI is not asked again; of an excerpt, the page itself has not been had.
WORTH_ASKING = "(articles.excerpt = 1 OR articles.bare = 0 AND articles.aside = 0)"
_WATCH = (
    "INSERT INTO pages (asked, host, etag, modified, next_check, url) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_WATCH_AGAIN = "UPDATE pages SET asked = ?, host = ?, etag = ?, modified = ?, next_check = ?, checks = 0 WHERE url = ?"


@dataclass(frozen=True, slots=True)
class Watched:
    """A page that may have changed: its article's address, the one to ask, with what, and how often it was asked."""

    url: str
    asked: str
    validators: Validators
    checks: int


class PageTable(Tables):
    """Pages by the address of their article."""

    def watch_page(self, article: Article, asked: str, validators: Validators, at: datetime | None) -> None:
        """Asks the page again at that time; None leaves it alone."""
        if at is None:
            return
        row = (asked, name_host(asked), validators.etag, validators.modified, from_time(at), article.url)
        with self._writing() as db:
            if not db.execute(_WATCH_AGAIN, row).rowcount and not db.execute(_WATCH, row).rowcount:
                db.execute(_WATCH_AGAIN, row)  # another writer was as quick

    def due_pages(self, now: datetime) -> tuple[Watched, ...]:
        """Pages to ask now, the longest due first; none whose every version was read without a claim."""
        rows = self._rows(
            "SELECT url, asked, etag, modified, checks FROM pages WHERE next_check <= ?"
            f" AND EXISTS (SELECT 1 FROM articles WHERE articles.url = pages.url AND {WORTH_ASKING})"
            " ORDER BY next_check, url LIMIT ?",
            format_time(now),
            _MOST_DUE,
        )
        return tuple(
            Watched(url, asked, Validators(etag, modified), checks) for url, asked, etag, modified, checks in rows
        )

    def note_check(self, page: Watched, validators: Validators, at: datetime | None) -> None:
        """Notes that the page was asked; None ends it. Nothing is noted when another has noted a later asking."""
        with self._writing() as db:
            db.execute(
                "UPDATE pages SET etag = ?, modified = ?, checks = checks + 1, next_check = ?"
                " WHERE url = ? AND checks = ?",
                (validators.etag, validators.modified, from_time(at), page.url, page.checks),
            )
