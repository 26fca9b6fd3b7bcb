"""The texts: each version at each address, and which of them the graph does not have yet."""

# ruff: noqa: S608 - what is put into query texts is a constant of this module, never data
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from graph.errors import NotFound
from graph.ids import make_article_id
from graph.records import Article, ArticleId, ArticleKind, Barrier, Source, SourceId, SourceKind
from ingest.archive.database import Tables, Transaction
from ingest.archive.entries import MOST_ATTEMPTS, Wanted, drop_wish
from ingest.archive.pages import WORTH_ASKING
from ingest.archive.rows import dump, dump_texts, from_time, to_time
from ingest.network.addresses import name_host

_COLUMNS = "id, url, version, source, title, text, lang, published_at, fetched_at, kind, authors, excerpt, barrier"
# Nothing happens when the text is there, or when another writer has just taken the number.
_INSERT_ARTICLE = (
    f"INSERT INTO articles ({_COLUMNS}, pending)"
    " VALUES (?, ?, (SELECT coalesce(max(version), 0) + 1 FROM articles WHERE url = ?),"
    " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
    " ON CONFLICT DO NOTHING RETURNING version"
)
# A page whose articles were all read without a claim, or are not about AI, has nothing that could be corrected.
_LEAVE_PAGE = (
    "UPDATE pages SET next_check = NULL WHERE url = (SELECT url FROM articles WHERE id = ?)"
    f" AND NOT EXISTS (SELECT 1 FROM articles WHERE articles.url = pages.url AND {WORTH_ASKING})"
)
# The graph is to know that the page has become bare: what is kept of a later version goes there after all.
_TAKE_LATER = (
    "UPDATE articles SET pending = 1, bare = 0, taken_until = NULL WHERE bare = 1 AND stored_at IS NULL AND pending = 0"
    " AND url = (SELECT url FROM articles WHERE id = ?) AND version > (SELECT version FROM articles WHERE id = ?)"
)
# How many are set aside is kept (`counts`): a newsroom has millions of them. It is the last that a transaction changes.
_NOTE_ASIDE = (
    "INSERT INTO counts (name, value) VALUES ('aside', ?)"
    " ON CONFLICT (name) DO UPDATE SET value = counts.value + excluded.value"
)
# The week of a newsroom has 350,000, of which a day tells as much.
MOST_LAGS = 50_000
_HAND_OUT = "UPDATE articles SET tries = tries + ? WHERE id = ? AND pending = 1 RETURNING tries"


@dataclass(frozen=True, slots=True)
class HandedOut:
    """An article that is being read, and how often it was handed out without anything coming of it, this time too."""

    article: Article
    tries: int


class ArticleTable(Tables):
    """Articles by id, which is a hash of address and text.

    What changes many does so in the order of their ids: two at once wait for each other only one way round.
    """

    def has_article(self, url: str) -> bool:
        """Whether the page itself, not an excerpt, has been had from this address."""
        return bool(self._rows("SELECT 1 FROM articles WHERE url = ? AND excerpt = 0 LIMIT 1", url))

    def is_known(self, article: Article) -> bool:
        """Whether this very text has been had from this address."""
        return bool(self._rows("SELECT 1 FROM articles WHERE id = ?", make_article_id(article.url, article.text)))

    def get_latest(self, url: str) -> Article:
        """The newest version at an address. Raises NotFound."""
        rows = self._rows(f"SELECT {_COLUMNS} FROM articles WHERE url = ? ORDER BY version DESC LIMIT 1", url)
        if not rows:
            raise NotFound(f"archive {self._database.name}: no article {url}", subject=url, reason="no_article")
        return _read_article(rows[0])

    def count_barriers(self) -> Mapping[Barrier, int]:
        """How many articles could be had in part only, by what kept us from the page, most first."""
        rows = self._rows(
            "SELECT barrier, count(*) FROM articles WHERE barrier IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return {Barrier(barrier): count for barrier, count in rows}

    def save_article(self, article: Article, wanted: Wanted | None = None) -> Article:
        """The article as kept, with its id and version: the stored one when address and text are known.

        wanted  the entry that led here; it is settled in the same step
        """
        article_id = make_article_id(article.url, article.text)
        with self._writing() as db:
            kept = None
            while kept is None:
                kept = _find(db, article_id) or _insert(db, article_id, article)
            if wanted:
                drop_wish(db, wanted)
        return kept if kept.text else replace(kept, text=article.text)  # it may have been let go of (tidying.py)

    def list_pending(self) -> tuple[ArticleId, ...]:
        """Articles that the graph does not have yet and nothing died on."""
        # Sorted behind a fence: a file would rather look through all articles, texts and all, in order of their ids.
        query = (
            "WITH waiting AS MATERIALIZED (SELECT id FROM articles WHERE pending = 1 AND tries = 0)"
            " SELECT id FROM waiting ORDER BY id"
        )
        return tuple(ArticleId(id) for (id,) in self._rows(query))

    def list_latest(self, ids: Collection[ArticleId]) -> tuple[ArticleId, ...]:
        """The articles in the order in which they are news, those published last first; those not here come last."""
        query = f"SELECT id FROM articles WHERE id IN ({self._database.dialect.texts}) ORDER BY published_at DESC, id"
        return tuple(dict.fromkeys([*(ArticleId(id) for (id,) in self._rows(query, dump_texts(ids))), *ids]))

    def list_suspects(self) -> tuple[ArticleId, ...]:
        """Pending articles that a run died on, or on one beside them, those tried least first."""
        rows = self._rows("SELECT id FROM articles WHERE pending = 1 AND tries > 0 ORDER BY tries, id")
        return tuple(ArticleId(id) for (id,) in rows)

    def hand_out(self, ids: Sequence[ArticleId], *, counts: bool = True) -> tuple[HandedOut, ...]:
        """Those of the articles that still wait, to be read now; what comes of that forgets the try again.

        counts  whether this is a try at all
        """
        tries: dict[str, int] = {}
        with self._writing() as db:
            for id in sorted(ids):
                for (number,) in db.execute(_HAND_OUT, (int(counts), id)).fetchall():
                    tries[id] = number
        if not tries:
            return ()
        places = ", ".join("?" * len(tries))
        rows = self._rows(f"SELECT {_COLUMNS} FROM articles WHERE id IN ({places}) ORDER BY id", *tries)
        return tuple(HandedOut(_read_article(row), tries[row[0]]) for row in rows)

    def take_in(self, ids: Iterable[ArticleId]) -> None:
        """Notes that nothing died on these articles, although nothing came of reading them."""
        with self._writing() as db:
            db.executemany(
                "UPDATE articles SET tries = tries - 1, taken_until = NULL WHERE id = ? AND pending = 1 AND tries > 0",
                [(one,) for one in sorted(ids)],
            )

    def leave_crashed(self) -> tuple[tuple[ArticleId, str], ...]:
        """The ids and addresses of articles that runs died on three times; they are not for the graph any more.

        One that a worker has now may be read well the third time.
        """
        with self._writing() as db:
            crashed = (
                "UPDATE articles SET pending = 0 WHERE pending = 1 AND tries >= ?"
                f" AND coalesce(taken_until, '') <= {self._database.dialect.now} RETURNING id, url"
            )
            rows = db.execute(crashed, (MOST_ATTEMPTS,)).fetchall()
        return tuple((ArticleId(id), url) for id, url in sorted(rows))

    def count_crashed(self) -> int:
        """How many articles are left alone because runs died on them."""
        return int(self._rows("SELECT count(*) FROM articles WHERE tries > 0 AND pending = 0")[0][0])

    def take_crashed(self) -> int:
        """How many of these wait for the graph again; each is read by itself, and left alone when it ends two more."""
        with self._writing() as db:
            return db.execute(
                "UPDATE articles SET pending = 1, tries = 1, taken_until = NULL WHERE tries > 0 AND pending = 0"
            ).rowcount

    def count_pending(self, since: datetime | None = None) -> int:
        """How many articles still wait for the graph, or those of them that were published since then."""
        query = "SELECT count(*) FROM articles WHERE pending = 1 AND published_at >= ?"
        return int(self._rows(query, from_time(since) or "")[0][0])

    def mark_stored(self, ids: Iterable[ArticleId], now: datetime, bare: Collection[ArticleId] = ()) -> None:
        """Notes that the graph has these articles, and since when.

        bare  those of them that hold no claim
        """
        back, seconds = 0, self._database.dialect.seconds
        store = (
            "UPDATE articles SET pending = 0, tries = 0, bare = ?, stored_at = coalesce(stored_at, ?),"
            f" lag = coalesce(lag, {seconds.format('coalesce(stored_at, ?)')} - {seconds.format('published_at')})"
            " WHERE id = ?"
        )
        with self._writing() as db:
            for id in sorted(ids):
                db.execute(store, (int(id in bare), from_time(now), from_time(now), id))
                # Behind what locks the row: nobody sets it aside in between.
                back += db.execute("UPDATE articles SET aside = 0 WHERE id = ? AND aside = 1", (id,)).rowcount
                db.execute(_TAKE_LATER, (id, id))
            db.executemany(_LEAVE_PAGE, [(one,) for one in sorted(bare)])
            _note_aside(db, -back)

    def keep_bare(self, ids: Collection[ArticleId]) -> None:
        """Notes that these articles hold no claim and are kept here alone."""
        with self._writing() as db:
            db.executemany(
                "UPDATE articles SET pending = 0, aside = 0, bare = 1, tries = 0 WHERE id = ? AND pending = 1",
                [(one,) for one in sorted(ids)],
            )
            db.executemany(_LEAVE_PAGE, [(one,) for one in sorted(ids)])

    def note_claims(self, article: Article, at: datetime | None) -> None:
        """Notes that an article that held no claim holds some now; its page, left alone for that, is asked at `at`."""
        with self._writing() as db:
            if db.execute("UPDATE articles SET bare = 0 WHERE id = ? AND bare = 1", (article.id,)).rowcount and at:
                query = "SELECT asked FROM pages WHERE url = ? AND next_check IS NULL"
                for (asked,) in db.execute(query, (article.url,)).fetchall():
                    db.execute(
                        "UPDATE pages SET host = ?, next_check = ? WHERE url = ?",
                        (name_host(asked), from_time(at), article.url),
                    )

    def take_bare(self) -> None:
        """What is kept here alone, for it holds no claim, waits for the graph again."""
        with self._writing() as db:
            db.execute(
                "UPDATE articles SET pending = 1, bare = 0, taken_until = NULL WHERE bare = 1 AND stored_at IS NULL"
            )

    def count_bare(self) -> int:
        """How many articles are kept here alone, for they hold no claim."""
        return int(self._rows("SELECT count(*) FROM articles WHERE bare = 1 AND stored_at IS NULL")[0][0])

    def has_stored(self, url: str) -> bool:
        """Whether the graph has a version of this page."""
        return bool(self._rows("SELECT 1 FROM articles WHERE url = ? AND stored_at IS NOT NULL LIMIT 1", url))

    def set_aside(self, ids: Collection[ArticleId]) -> None:
        """Notes that these articles are not for the graph, whatever they say."""
        set_aside = "UPDATE articles SET pending = 0, aside = 1, tries = 0 WHERE id = ? AND pending = 1"
        with self._writing() as db:
            more = sum(db.execute(set_aside, (one,)).rowcount for one in sorted(ids))
            db.executemany(_LEAVE_PAGE, [(one,) for one in sorted(ids)])
            _note_aside(db, more)

    def take_back(self) -> None:
        """What was set aside waits for the graph again."""
        with self._writing() as db:
            take = "UPDATE articles SET pending = 1, aside = 0, taken_until = NULL WHERE aside = 1"
            _note_aside(db, -db.execute(take).rowcount)

    def count_aside(self) -> int:
        """How many articles are set aside."""
        return sum(value for (value,) in self._rows("SELECT value FROM counts WHERE name = 'aside'"))

    def list_aside(self, limit: int) -> tuple[Article, ...]:
        """Articles that are set aside, so many of the last published, the newest first."""
        newest = "WHERE aside = 1 ORDER BY published_at DESC, fetched_at DESC, id LIMIT ?"
        return tuple(map(_read_article, self._rows(f"SELECT {_COLUMNS} FROM articles {newest}", limit)))

    def count_aside_in(self, since: datetime, until: datetime | None = None, *, fetched: bool = False) -> int:
        """How many articles set aside were published from a moment up to another, or fetched when `fetched`."""
        column = "fetched_at" if fetched else "published_at"
        query = f"SELECT count(*) FROM articles WHERE aside = 1 AND {column} >= ?"
        if until is None:
            return int(self._rows(query, from_time(since))[0][0])
        return int(self._rows(f"{query} AND {column} < ?", from_time(since), from_time(until))[0][0])

    def list_uncompared(self, limit: int) -> tuple[Article, ...]:
        """Articles that the graph has and nothing has been compared with, by time of publication."""
        waiting = "compared = 0 AND stored_at IS NOT NULL"
        rows = self._rows(f"SELECT {_COLUMNS} FROM articles WHERE {waiting} ORDER BY published_at, id LIMIT ?", limit)
        return tuple(map(_read_article, rows))

    def mark_compared(self, ids: Iterable[ArticleId]) -> None:
        """Notes that the graph knows the copies that these articles are an end of."""
        with self._writing() as db:
            db.executemany("UPDATE articles SET compared = 1 WHERE id = ?", [(one,) for one in sorted(ids)])

    def find_lags(self, since: datetime, shares: Sequence[float]) -> tuple[float, ...]:
        """Seconds from publication to the graph that each of these shares of the articles published since then did not
        exceed, of no more than the MOST_LAGS stored last; none where there are no articles.
        """
        reached = ", ".join("min(CASE WHEN reached >= ? * number THEN lag END)" for _ in shares)
        query = (
            "WITH latest AS (SELECT lag FROM articles WHERE stored_at >= ? AND published_at >= ? AND lag IS NOT NULL"
            " ORDER BY stored_at DESC LIMIT ?),"
            " counted AS (SELECT lag, count(*) AS number FROM latest GROUP BY lag),"
            " summed AS (SELECT lag, sum(number) OVER (ORDER BY lag) AS reached, sum(number) OVER () AS number"
            f" FROM counted) SELECT {reached} FROM summed"
        )
        [found] = self._rows(query, from_time(since), from_time(since), MOST_LAGS, *shares)
        return tuple(float(max(0, lag)) for lag in found if lag is not None)  # what is dated ahead is on time

    def mark_failed(self, handed: Iterable[HandedOut]) -> None:
        """Notes that nothing could be extracted from these articles; after three times they are left alone.

        One that was handed out again meanwhile is not failed: that other reading tells.
        """
        with self._writing() as db:
            db.executemany(
                "UPDATE articles SET attempts = attempts + 1,"
                " pending = CASE WHEN attempts + 1 < ? THEN 1 ELSE 0 END, tries = 0, taken_until = NULL"
                " WHERE id = ? AND pending = 1 AND tries = ?",
                [(MOST_ATTEMPTS, id, tries) for id, tries in sorted((one.article.id, one.tries) for one in handed)],
            )


def _note_aside(db: Transaction, more: int) -> None:
    if more:
        db.execute(_NOTE_ASIDE, (more,))


def _find(db: Transaction, id: ArticleId) -> Article | None:
    row = db.execute(f"SELECT {_COLUMNS} FROM articles WHERE id = ?", (id,)).fetchone()
    return _read_article(row) if row else None


def _insert(db: Transaction, id: ArticleId, article: Article) -> Article | None:
    """The article with the next version of its address; None when another writer came first."""
    row = db.execute(_INSERT_ARTICLE, (id, *_write_article(article))).fetchone()
    return replace(article, id=id, version=row[0]) if row else None


def _write_article(article: Article) -> tuple[object, ...]:
    return (
        article.url, article.url, dump(asdict(article.source)), article.title, article.text,
        article.lang, from_time(article.published_at), from_time(article.fetched_at), article.kind,
        dump(article.authors), article.excerpt, article.barrier,
    )  # fmt: skip


def _read_article(row: Any) -> Article:
    source = json.loads(row[3])
    source["id"], source["kind"] = SourceId(source["id"]), SourceKind(source["kind"])
    return Article(
        id=ArticleId(row[0]),
        url=row[1],
        source=Source(**source),
        title=row[4],
        text=row[5],
        lang=row[6],
        published_at=to_time(row[7]),
        fetched_at=to_time(row[8]),
        kind=ArticleKind(row[9]),
        version=row[2],
        authors=tuple(json.loads(row[10])),
        excerpt=bool(row[11]),
        barrier=Barrier(row[12]) if row[12] else None,
    )
