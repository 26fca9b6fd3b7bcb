"""Extractions → rows, inside the caller's transaction. What is there already costs no write.

A batch goes in table by table, each by one statement for all its rows, and claims in the order of their keys: the
full-text index starts a new segment at each key below the last (bench/stores.py: four times as fast as one by one).
Rows are made as they go in: kept until all of a table are there, they bring on the collector of garbage, which then
looks through all that the process holds (a sixth of the time).
"""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from graph.errors import StoreError
from graph.records import Article, ArticleId, Claim, EntityId, Extraction
from graph.rulings.resolve import Identity, derive_extraction
from graph.store import Added
from graph.stores.changes import log_changes
from graph.stores.encoding import KEY_BITS, first_key, pack_text
from graph.stores.extractions import list_claims, refuse, refuse_unknown
from graph.stores.fulltext import index_words
from graph.stores.sqlite_entities import add_found, read_keys
from graph.stores.sqlite_identity import refresh_names, remember_added
from graph.stores.sqlite_queue import queue_earlier_versions, queue_keys
from graph.stores.sqlite_rows import (
    LISTED,
    SPEAKER,
    article_row,
    claim_row,
    party_rows,
    source_row,
)


def add_extractions(
    connection: sqlite3.Connection, batch: Sequence[Extraction], identity: Identity
) -> tuple[Added, list[StoreError]]:
    """What was new, and why the others were refused: each extraction is stored whole or not at all.

    What it names stands for what the judgements say (sqlite_identity.py).
    """
    try:
        with _savepoint(connection):
            return _add_all(connection, batch, identity), []
    except _REFUSED as error:
        if len(batch) == 1:
            return Added(), [_explain(batch[0].article, error)]
    added, refused = Added(), []
    for extraction in batch:  # one of them is bad; the others are stored all the same
        more, reasons = add_extractions(connection, [extraction], identity)
        added += more
        refused += reasons
    return added, refused


_REFUSED = (StoreError, sqlite3.IntegrityError, UnicodeEncodeError, OverflowError)


def _explain(article: Article, error: Exception) -> StoreError:
    if isinstance(error, StoreError):
        return error
    refused = refuse(article, str(error))
    refused.__cause__ = error
    return refused


@contextmanager
def _savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("SAVEPOINT batch")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled everything back
            connection.execute("ROLLBACK TO batch")
            connection.execute("RELEASE batch")
        raise
    connection.execute("RELEASE batch")


def _add_all(connection: sqlite3.Connection, batch: Sequence[Extraction], identity: Identity) -> Added:
    new = _find_new(connection, batch)
    if not new:
        return Added()
    sids = _add_sources(connection, new)
    entities, parts = look_up(connection, new, identity)
    aids = _add_articles(connection, new, sids)
    claims = number_claims(connection, new)
    add_parts(connection, parts, claims, aids, {e.article.id: sids[e.article.source.id] for e in new})
    queue_earlier_versions(connection, aids.values())
    return Added(articles=len(new), claims=len(claims), entities=entities)


@dataclass(frozen=True, slots=True)
class Parts:
    """What goes in beside articles.

    moved    extractions in which judgements lead something elsewhere
    derived  every extraction by its article, as the judgements have it
    keys     of all entities in it
    """

    moved: Sequence[Extraction]
    derived: Mapping[ArticleId, Extraction]
    keys: Mapping[EntityId, int]


def look_up(connection: sqlite3.Connection, new: Sequence[Extraction], identity: Identity) -> tuple[int, Parts]:
    """Adds the entities that extractions bring: how many were new, and what of them goes in."""
    entities, found = add_found(connection, (entity for extraction in new for entity in extraction.entities))
    refresh_names(connection, identity, found)
    keys = found | _read_others(connection, new, found)
    derived = {extraction.article.id: derive_extraction(identity, extraction) for extraction in new}
    moved = [extraction for extraction in new if derived[extraction.article.id] is not extraction]
    now = [derived[extraction.article.id] for extraction in moved]
    keys |= _read_others(connection, now, keys)
    return entities, Parts(moved, derived, keys)


def add_parts(
    connection: sqlite3.Connection,
    parts: Parts,
    claims: Mapping[int, Claim],
    aids: Mapping[str, int],
    sids: Mapping[str, int],
) -> None:
    """Adds mentions and claims, by key, of articles that are there; keys of articles and sources by article."""
    _add_mentions(connection, parts.derived.values(), aids, parts.keys)
    _add_claims(connection, claims, aids, sids)
    led = {claim.id: claim for one in parts.moved for claim in parts.derived[one.article.id].claims}
    _add_parties(connection, {cid: led.get(claim.id, claim) for cid, claim in claims.items()}, parts.keys)
    queue_keys(connection, claims)
    for extraction in parts.moved:
        id = extraction.article.id
        remember_added(connection, aids[id], extraction, parts.derived[id])


def _find_new(connection: sqlite3.Connection, batch: Sequence[Extraction]) -> list[Extraction]:
    """Those whose article is not there yet, each article once."""
    first = {extraction.article.id: extraction for extraction in reversed(batch)}
    rows = connection.execute(f"SELECT id FROM article WHERE id IN {LISTED}", (json.dumps(list(first)),))
    known = {id for (id,) in rows}
    return [first[id] for id in reversed(first) if id not in known]


def _add_sources(connection: sqlite3.Connection, new: Sequence[Extraction]) -> dict[str, int]:
    """The keys of their sources by id."""
    sources = {extraction.article.source.id: extraction.article.source for extraction in reversed(new)}
    query, listed = f"SELECT id, sid FROM source WHERE id IN {LISTED}", json.dumps(list(sources))
    known = dict(connection.execute(query, (listed,)).fetchall())
    missing = [source for id, source in reversed(sources.items()) if id not in known]
    if not missing:
        return known
    connection.executemany(
        "INSERT INTO source (id, name, domain, kind, lang, country, reliability) VALUES (?, ?, ?, ?, ?, ?, ?)",
        map(source_row, missing),
    )
    known = dict(connection.execute(query, (listed,)).fetchall())
    log_changes(connection, "source", [(known[source.id], source.id) for source in missing])
    return known


def _read_others(
    connection: sqlite3.Connection, extractions: Iterable[Extraction], found: Mapping[EntityId, int]
) -> dict[EntityId, int]:
    """Keys of the entities that the extractions name and do not bring along. StoreError when one is unknown."""
    named = {id: extraction.article for extraction in extractions for id in extraction.named if id not in found}
    keys = read_keys(connection, named)
    for id, article in named.items():
        if id not in keys:
            raise refuse_unknown(article, id)
    return keys


def _add_articles(connection: sqlite3.Connection, new: Sequence[Extraction], sids: Mapping[str, int]) -> dict[str, int]:
    """The keys of the articles by id."""
    free = _FreeKeys(connection, "article", "aid", (extraction.article.published_at for extraction in new))
    articles = {free.take(e.article.published_at, 1)[0]: e.article for e in new}
    connection.executemany(
        "INSERT INTO article (aid, sid, id, url, title, lang, published_at, fetched_at, kind, version, authors, "
        "excerpt, text_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((aid, sids[articles[aid].source.id], *article_row(articles[aid])) for aid in sorted(articles)),
    )
    texts = ((aid, pack_text(articles[aid].text)) for aid in sorted(articles))
    connection.executemany("INSERT INTO article_text VALUES (?, ?)", texts)
    log_changes(connection, "article", ((aid, article.id) for aid, article in articles.items()))
    return {article.id: aid for aid, article in articles.items()}


def _add_mentions(
    connection: sqlite3.Connection,
    extractions: Iterable[Extraction],
    aids: Mapping[str, int],
    keys: Mapping[EntityId, int],
) -> None:
    rows = (
        (aids[extraction.article.id], place, keys[mention.entity], *mention.span, mention.text)
        for extraction in extractions
        for place, mention in enumerate(extraction.mentions)
    )
    connection.executemany("INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?)", rows)


def number_claims(connection: sqlite3.Connection, new: Sequence[Extraction]) -> dict[int, Claim]:
    """The claims by key, ascending; against their order in the text, so that newest first reads an article's first."""
    times = (claim.reported_at for extraction in new for claim in extraction.claims)
    free = _FreeKeys(connection, "claim", "cid", times)
    numbered: dict[int, Claim] = {}
    for extraction in new:
        claims = list_claims(extraction)
        counts = Counter(claim.reported_at for claim in claims)
        streams = {time: iter(free.take(time, count)) for time, count in counts.items()}
        numbered |= {next(streams[claim.reported_at]): claim for claim in claims}
    return dict(sorted(numbered.items()))


def _add_claims(
    connection: sqlite3.Connection, claims: Mapping[int, Claim], aids: Mapping[str, int], sids: Mapping[str, int]
) -> None:
    connection.executemany(
        "INSERT INTO claim (cid, aid, sid, id, start_char, end_char, text, lang, type, predicate, modality, polarity, "
        "date, reported_at, measure, value, unit, comparator, high, quantity_text, cues, reader, score, refuted, "
        "misread) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((cid, aids[claim.article_id], sids[claim.article_id], *claim_row(claim)) for cid, claim in claims.items()),
    )
    words = ((cid, index_words(claim.text)) for cid, claim in claims.items())
    connection.executemany("INSERT INTO claim_words (rowid, words) VALUES (?, ?)", words)
    log_changes(connection, "claim", ((cid, claim.id) for cid, claim in claims.items()))


def _add_parties(connection: sqlite3.Connection, claims: Mapping[int, Claim], keys: Mapping[EntityId, int]) -> None:
    counts: Counter[int] = Counter()
    rows = _iter_parties(claims, keys, counts)
    connection.executemany("INSERT INTO party VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.executemany(
        "UPDATE entity SET claims = claims + ? WHERE eid = ?", [(count, eid) for eid, count in counts.items()]
    )


def _iter_parties(
    claims: Mapping[int, Claim], keys: Mapping[EntityId, int], counts: Counter[int]
) -> Iterator[tuple[object, ...]]:
    """The rows of all parties; `counts` gains the claims about each entity."""
    for cid, claim in claims.items():
        about = set()
        for role, depth, name, entity, cue, speaker in party_rows(claim):
            eid = None if entity is None else keys[entity]
            if role != SPEAKER and eid is not None:
                about.add(eid)
            yield cid, role, depth, name, eid, cue, speaker
        for eid in about:
            counts[eid] += 1


class _FreeKeys:
    """Keys that neither a table nor this batch has, in the seconds of these moments or after them."""

    def __init__(self, connection: sqlite3.Connection, table: str, key: str, moments: Iterable[datetime]) -> None:
        self._connection = connection
        end = f"s.value + {1 << KEY_BITS}"
        self._highest = (
            f"SELECT s.value, (SELECT max({key}) FROM {table} t WHERE t.{key} >= s.value AND t.{key} < {end}) "
            "FROM json_each(?) s"
        )
        self._next: dict[int, int] = {}
        self._find({first_key(moment) for moment in moments})

    def take(self, moment: datetime, count: int) -> range:
        """`count` keys in a row in the second of the moment, or in the next second that has room."""
        start = first_key(moment)
        while True:
            first, end = self._next[start], start + (1 << KEY_BITS)
            if first + count <= end:
                self._next[start] = first + count
                return range(first, first + count)
            start = end
            if start not in self._next:
                self._find({start})

    def _find(self, starts: set[int]) -> None:
        """Notes the first free key of each second."""
        for start, taken in self._connection.execute(self._highest, (json.dumps(list(starts)),)):
            self._next[start] = start if taken is None else taken + 1
