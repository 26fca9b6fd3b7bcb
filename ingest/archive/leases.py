"""Who of several workers has a host or an article to work on, and until when by the clock of the database.

A lease is no lock: it keeps others from doing the same meanwhile, and ends by itself when its holder was killed. What
must not be done twice is keyed where it is written, and a host is asked by who has its lock (hosts.py).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from graph.ids import format_time
from graph.records import ArticleId
from ingest.archive.database import Database, Tables, Transaction
from ingest.archive.pages import WORTH_ASKING
from ingest.archive.rows import to_time
from ingest.sources.schedule import LONGEST

HOSTS = 32
ARTICLES = 16
_HOST_LEASE = timedelta(minutes=15)
_ARTICLE_LEASE = timedelta(hours=1)
# Longer than a pack is read before its process is ended.
_READING_LEASE = timedelta(minutes=15)
# What was published longer ago is no news any more: a feed may rest over a weekend.
NEWS = timedelta(days=3)
# How long a host that let several requests in a row go unanswered is left alone.
_REST = timedelta(minutes=15)

# Locks in the order of names, so that two who take at once do not wait for each other. Those left alone longest first.
_TAKE_HOSTS = f"""
INSERT INTO hosts (host, taken_until)
SELECT host, ? FROM (
    SELECT due.host FROM (
        SELECT host FROM feeds WHERE disabled = 0 AND (next_due IS NULL OR next_due <= ? OR next_due > ?)
        UNION SELECT host FROM entries WHERE wanted = 1
        UNION SELECT host FROM pages WHERE next_check <= ?
            AND EXISTS (SELECT 1 FROM articles WHERE articles.url = pages.url AND {WORTH_ASKING})
    ) AS due LEFT JOIN hosts AS known ON known.host = due.host
    WHERE coalesce(known.taken_until, '') <= ? AND coalesce(known.rest_until, '') <= ?
    ORDER BY coalesce(known.taken_until, ''), due.host LIMIT ?
) AS picked WHERE true ORDER BY host
ON CONFLICT (host) DO UPDATE SET taken_until = excluded.taken_until WHERE coalesce(hosts.taken_until, '') <= ?
RETURNING host
"""  # noqa: S608 - of this package
_IS_FREE = "pending = 1 AND tries {} 0 AND coalesce(taken_until, '') <= ?"
_LIST_FREE = (
    f"SELECT id FROM articles WHERE {_IS_FREE} AND published_at {{}} ?"  # noqa: S608 - of this module
    " ORDER BY tries, published_at DESC, id LIMIT ?"
)
_TAKE_ARTICLE = f"UPDATE articles SET taken_until = ? WHERE id = ? AND {_IS_FREE}"  # noqa: S608 - the same


class LeaseTable(Tables):
    """Hosts and articles that are taken, and until when this worker was given which."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._hosts: dict[str, str] = {}
        self._articles: dict[str, str] = {}

    def take_hosts(self, limit: int = HOSTS) -> tuple[str, ...]:
        """Up to so many hosts that have anything due, ours for 15 minutes; neither taken by others nor at rest.

        Due is a feed, a page that is wanted, or one to be asked again; "" is the host of what has no address.
        """
        with self._writing() as db:
            now = self._read_clock(db)
            moment = format_time(now)
            until, latest = format_time(now + _HOST_LEASE), format_time(now + LONGEST)
            row = (until, moment, latest, moment, moment, moment, limit, moment)
            rows = db.execute(_TAKE_HOSTS, row).fetchall()
        self._hosts |= dict.fromkeys((host for (host,) in rows), until)
        return tuple(sorted(host for (host,) in rows))

    def free_hosts(self, hosts: Iterable[str]) -> None:
        """Others may take these hosts from now on, where none has since our lease ended."""
        with self._writing() as db:
            moment = format_time(self._read_clock(db))
            db.executemany(
                "UPDATE hosts SET taken_until = ? WHERE host = ? AND taken_until = ?",
                [(moment, host, self._hosts.get(host)) for host in sorted(hosts)],
            )

    def renew_hosts(self, hosts: Iterable[str]) -> None:
        """These hosts are ours for 15 minutes from now on, whoever took them: we work on them now."""
        with self._writing() as db:
            until = format_time(self._read_clock(db) + _HOST_LEASE)
            asked = sorted(hosts)
            db.executemany("UPDATE hosts SET taken_until = ? WHERE host = ?", [(until, host) for host in asked])
        self._hosts |= dict.fromkeys(asked, until)

    def rest_host(self, host: str) -> None:
        """Nobody should ask this host for 15 minutes: it does not answer."""
        with self._writing() as db:
            until = format_time(self._read_clock(db) + _REST)
            db.execute(
                "INSERT INTO hosts (host, rest_until) VALUES (?, ?)"
                " ON CONFLICT (host) DO UPDATE SET rest_until = excluded.rest_until",
                (host, until),
            )

    def is_at_rest(self, host: str) -> bool:
        """Whether this host is left alone, as it did not answer a while ago."""
        query = f"SELECT 1 FROM hosts WHERE host = ? AND rest_until > {self._database.dialect.now}"  # noqa: S608 - no data
        return bool(self._rows(query, host))

    def take_articles(self, limit: int = ARTICLES, *, late: bool = False) -> tuple[ArticleId, ...]:
        """Up to so many articles that wait for the graph and nobody has, ours for an hour, those published last first:
        what is read together. They were published in the last three days, or dated ahead.

        late  those published earlier, and no others
        When none is left but those that a run died on, one of these by itself, tried least. Of two who take at once one
        may get fewer, or none.
        """
        age = "<" if late else ">="
        with self._writing() as db:
            now = self._read_clock(db)
            moment, until, since = format_time(now), format_time(now + _ARTICLE_LEASE), format_time(now - NEWS)
            for tries, number in (("=", limit), (">", 1)):
                listed = db.execute(_LIST_FREE.format(tries, age), (moment, since, number)).fetchall()
                # In order of their ids, as all articles are changed; another may have taken one meanwhile.
                take = _TAKE_ARTICLE.format(tries)
                taken = [id for (id,) in sorted(listed) if db.execute(take, (until, id, moment)).rowcount]
                if listed:
                    break
        kept = {id: other for id, other in self._articles.items() if other > moment}  # the rest is over
        self._articles = kept | dict.fromkeys(taken, until)
        return tuple(map(ArticleId, taken))

    def renew_articles(self, ids: Iterable[ArticleId], lease: timedelta = _READING_LEASE) -> None:
        """These articles are ours for that long from now on, whoever took them: they are read now."""
        with self._writing() as db:
            until = format_time(self._read_clock(db) + lease)
            asked = sorted(ids)
            renew = "UPDATE articles SET taken_until = ? WHERE id = ? AND pending = 1"
            db.executemany(renew, [(until, one) for one in asked])
        self._articles |= dict.fromkeys(asked, until)

    def free_articles(self, ids: Iterable[ArticleId]) -> None:
        """Others may take these articles from now on, where none has since our lease ended; what comes of reading them
        frees them as well."""
        with self._writing() as db:
            db.executemany(
                "UPDATE articles SET taken_until = NULL WHERE id = ? AND taken_until = ?",
                [(one, self._articles.get(one)) for one in sorted(ids)],
            )

    def _read_clock(self, db: Transaction) -> datetime:
        [moment] = db.execute(f"SELECT {self._database.dialect.now}").fetchone()
        return to_time(moment)
