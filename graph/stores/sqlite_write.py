"""Extractions and curated entities → rows, inside the caller's transaction. What is there already costs no write."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from graph.errors import StoreError
from graph.ids import fold_name
from graph.records import Article, Claim, Entity, EntityId, Extraction, Mention, Source, Tie
from graph.store import Added
from graph.stores.encoding import KEY_BITS, first_key, pack_text
from graph.stores.fulltext import index_words
from graph.stores.sqlite_rows import (
    SPEAKER,
    article_row,
    claim_row,
    party_rows,
    source_row,
)


def add_extraction(connection: sqlite3.Connection, extraction: Extraction) -> Added:
    """Stores it whole or, with a StoreError, not at all; nothing when its article is there already."""
    connection.execute("SAVEPOINT extraction")
    try:
        added = _add_extraction(connection, extraction)
    except BaseException as error:
        if connection.in_transaction:  # a full disk has rolled everything back
            connection.execute("ROLLBACK TO extraction")
            connection.execute("RELEASE extraction")
        if isinstance(error, sqlite3.IntegrityError | UnicodeEncodeError | OverflowError):
            raise _refuse(extraction.article, str(error)) from error
        raise
    connection.execute("RELEASE extraction")
    return added


def add_curated(connection: sqlite3.Connection, entities: Iterable[Entity], ties: Iterable[Tie]) -> Added:
    """Stores curated entities over what was known of them, then their ties."""
    new = sum(_put_curated(connection, entity) for entity in entities)
    for tie in ties:
        _add_tie(connection, tie)
    return Added(entities=new)


def _add_extraction(connection: sqlite3.Connection, extraction: Extraction) -> Added:
    article = extraction.article
    if connection.execute("SELECT 1 FROM article WHERE id = ?", (article.id,)).fetchone():
        return Added()
    sid = _add_source(connection, article.source)
    new_entities = sum(_add_entity(connection, entity) for entity in extraction.entities)
    keys = _entity_keys(connection, extraction)
    aid = _add_article(connection, article, sid)
    connection.executemany("INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?)", _mention_rows(aid, extraction, keys))
    new_claims = _add_claims(connection, extraction, aid, sid, keys)
    return Added(articles=1, claims=new_claims, entities=new_entities)


def _add_source(connection: sqlite3.Connection, source: Source) -> int:
    row = connection.execute("SELECT sid FROM source WHERE id = ?", (source.id,)).fetchone()
    if row:
        return int(row["sid"])
    sid = _insert(
        connection,
        "INSERT INTO source (id, name, domain, kind, lang, country, reliability) VALUES (?, ?, ?, ?, ?, ?, ?)",
        source_row(source),
    )
    _log(connection, "source", sid, source.id)
    return sid


def _add_article(connection: sqlite3.Connection, article: Article, sid: int) -> int:
    [aid] = _free_keys(connection, "SELECT max(aid) FROM article WHERE aid >= ? AND aid < ?", article.published_at, 1)
    connection.execute(
        "INSERT INTO article (aid, sid, id, url, title, lang, published_at, fetched_at, kind, version, authors, "
        "excerpt, text_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (aid, sid, *article_row(article)),
    )
    connection.execute("INSERT INTO article_text VALUES (?, ?)", (aid, pack_text(article.text)))
    _log(connection, "article", aid, article.id)
    return aid


def _add_claims(
    connection: sqlite3.Connection, extraction: Extraction, aid: int, sid: int, keys: dict[EntityId, int]
) -> int:
    """Claims get keys against their order in the text, so that newest first reads an article from its beginning."""
    claims = sorted(_distinct(extraction), key=lambda claim: claim.span, reverse=True)
    cids = _claim_keys(connection, claims)
    # Ascending: the full-text index starts a new segment at each key below the last.
    for cid, claim in sorted(zip(cids, claims, strict=True), key=lambda pair: pair[0]):
        _add_claim(connection, claim, cid, aid, sid, keys)
    return len(claims)


def _add_claim(
    connection: sqlite3.Connection, claim: Claim, cid: int, aid: int, sid: int, keys: dict[EntityId, int]
) -> None:
    connection.execute(
        "INSERT INTO claim (cid, aid, sid, id, start_char, end_char, text, lang, type, predicate, modality, polarity, "
        "date, reported_at, measure, value, unit, comparator, high, quantity_text, cues, rule) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (cid, aid, sid, *claim_row(claim)),
    )
    rows = [
        (cid, role, depth, name, None if entity is None else keys[entity], cue, speaker)
        for role, depth, name, entity, cue, speaker in party_rows(claim)
    ]
    connection.executemany("INSERT INTO party VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    about = {eid for _, role, _, _, eid, _, _ in rows if role != SPEAKER and eid is not None}
    connection.executemany("UPDATE entity SET claims = claims + 1 WHERE eid = ?", [(eid,) for eid in about])
    connection.execute("INSERT INTO claim_words (rowid, words) VALUES (?, ?)", (cid, index_words(claim.text)))
    _log(connection, "claim", cid, claim.id)


def _add_entity(connection: sqlite3.Connection, entity: Entity) -> bool:
    """Whether it is new; a known one only gains aliases."""
    row = connection.execute("SELECT eid FROM entity WHERE id = ?", (entity.id,)).fetchone()
    if row is None:
        _insert_entity(connection, entity)
        return True
    if _add_aliases(connection, row["eid"], entity.aliases, curated=False):
        _log(connection, "entity", row["eid"], entity.id)
    return False


def _put_curated(connection: sqlite3.Connection, entity: Entity) -> bool:
    """Whether it is new; a known one takes the curated fields and keeps the aliases that texts brought."""
    row = connection.execute("SELECT * FROM entity WHERE id = ?", (entity.id,)).fetchone()
    if row is None:
        _insert_entity(connection, entity)
        return True
    before = _entity_state(connection, row["eid"])
    connection.execute(
        "UPDATE entity SET name = ?, type = ?, name_ja = ?, wikidata = ?, curated = ? WHERE eid = ?",
        (entity.name, entity.type.value, entity.name_ja, entity.wikidata, entity.curated, row["eid"]),
    )
    _replace_aliases(connection, row["eid"], entity)
    if _entity_state(connection, row["eid"]) != before:
        _log(connection, "entity", row["eid"], entity.id)
    return False


def _insert_entity(connection: sqlite3.Connection, entity: Entity) -> None:
    eid = _insert(
        connection,
        "INSERT INTO entity (id, name, type, name_ja, wikidata, curated) VALUES (?, ?, ?, ?, ?, ?)",
        (entity.id, entity.name, entity.type.value, entity.name_ja, entity.wikidata, entity.curated),
    )
    _add_spellings(connection, eid, [entity.name, entity.name_ja or ""])
    _add_aliases(connection, eid, entity.aliases, curated=entity.curated)
    _log(connection, "entity", eid, entity.id)


def _replace_aliases(connection: sqlite3.Connection, eid: int, entity: Entity) -> None:
    """The curated list first, then the aliases found in texts; spellings follow."""
    rows = connection.execute("SELECT text FROM alias WHERE eid = ? AND NOT curated ORDER BY place", (eid,))
    found = [text for (text,) in rows]
    connection.execute("DELETE FROM alias WHERE eid = ?", (eid,))
    connection.execute("DELETE FROM spelling WHERE eid = ?", (eid,))
    _add_spellings(connection, eid, [entity.name, entity.name_ja or ""])
    _add_aliases(connection, eid, entity.aliases, curated=True)
    _add_aliases(connection, eid, found, curated=False)


def _add_aliases(connection: sqlite3.Connection, eid: int, aliases: Sequence[str], *, curated: bool) -> bool:
    """Whether any was new."""
    known = {text for (text,) in connection.execute("SELECT text FROM alias WHERE eid = ?", (eid,))}
    new = [alias for alias in dict.fromkeys(aliases) if alias not in known]
    rows = [(eid, len(known) + place, alias, curated) for place, alias in enumerate(new)]
    connection.executemany("INSERT INTO alias VALUES (?, ?, ?, ?)", rows)
    _add_spellings(connection, eid, new)
    return bool(new)


def _add_spellings(connection: sqlite3.Connection, eid: int, names: Iterable[str]) -> None:
    folded = {fold_name(name) for name in names} - {""}
    connection.executemany("INSERT OR IGNORE INTO spelling VALUES (?, ?)", [(name, eid) for name in sorted(folded)])


def _entity_state(connection: sqlite3.Connection, eid: int) -> list[tuple[object, ...]]:
    query = "SELECT name, type, name_ja, wikidata, curated FROM entity WHERE eid = ?"
    aliases = "SELECT place, text, curated FROM alias WHERE eid = ? ORDER BY place"
    return [tuple(row) for text in (query, aliases) for row in connection.execute(text, (eid,))]


def _add_tie(connection: sqlite3.Connection, tie: Tie) -> None:
    ends = [_entity_key(connection, id) for id in (tie.subject, tie.object)]
    for id, eid in zip((tie.subject, tie.object), ends, strict=True):
        if eid is None:
            raise StoreError(f"tie {tie.subject} {tie.relation} {tie.object}: no entity {id}", subject=id)
    cursor = connection.execute(
        "INSERT OR IGNORE INTO tie VALUES (?, ?, ?, ?)", (ends[0], tie.relation.value, ends[1], tie.source)
    )
    if cursor.rowcount:
        _log(connection, "entity", ends[0], tie.subject)


def _distinct(extraction: Extraction) -> list[Claim]:
    """Its claims, each id once. StoreError when one belongs to another article."""
    claims = {claim.id: claim for claim in reversed(extraction.claims)}
    for claim in claims.values():
        if claim.article_id != extraction.article.id:
            raise _refuse(extraction.article, f"claim {claim.id} belongs to article {claim.article_id}")
    return list(claims.values())


def _entity_keys(connection: sqlite3.Connection, extraction: Extraction) -> dict[EntityId, int]:
    """Keys of all entities that the extraction names. StoreError when one is unknown."""
    named = {mention.entity for mention in extraction.mentions}
    for claim in extraction.claims:
        named |= {entity for _, _, _, entity, _, _ in party_rows(claim) if entity is not None}
    keys = {id: _entity_key(connection, id) for id in named}
    for id, eid in keys.items():
        if eid is None:
            raise _refuse(extraction.article, f"it names entity {id}, which is neither in it nor in the store")
    return {id: eid for id, eid in keys.items() if eid is not None}


def _entity_key(connection: sqlite3.Connection, id: EntityId) -> int | None:
    row = connection.execute("SELECT eid FROM entity WHERE id = ?", (id,)).fetchone()
    return row["eid"] if row else None


def _mention_rows(
    aid: int, extraction: Extraction, keys: dict[EntityId, int]
) -> list[tuple[int, int, int, int, int, str]]:
    def row(place: int, mention: Mention) -> tuple[int, int, int, int, int, str]:
        return (aid, place, keys[mention.entity], *mention.span, mention.text)

    return [row(place, mention) for place, mention in enumerate(extraction.mentions)]


def _claim_keys(connection: sqlite3.Connection, claims: Sequence[Claim]) -> list[int]:
    """A free key for each claim, growing along the list for claims of one time."""
    times = [claim.reported_at for claim in claims]
    free = {
        time: _free_keys(connection, "SELECT max(cid) FROM claim WHERE cid >= ? AND cid < ?", time, times.count(time))
        for time in dict.fromkeys(times)
    }
    streams = {time: iter(keys) for time, keys in free.items()}
    return [next(streams[time]) for time in times]


def _free_keys(connection: sqlite3.Connection, highest: str, moment: datetime, count: int) -> range:
    """`count` keys in a row in the second of the moment, or in the next second that has room."""
    start = first_key(moment)
    while True:
        end = start + (1 << KEY_BITS)
        taken = connection.execute(highest, (start, end)).fetchone()[0]
        first = start if taken is None else taken + 1
        if first + count <= end:
            return range(first, first + count)
        start = end


def _insert(connection: sqlite3.Connection, statement: str, row: tuple[object, ...]) -> int:
    key = connection.execute(statement, row).lastrowid
    assert key is not None, statement
    return key


def _log(connection: sqlite3.Connection, kind: str, key: int | None, id: str) -> None:
    connection.execute("INSERT INTO change (kind, key, id) VALUES (?, ?, ?)", (kind, key, id))


def _refuse(article: Article, why: str) -> StoreError:
    return StoreError(
        f"article {article.id} ({article.url}) was not stored: {why}", subject=article.id, reason="refused"
    )
