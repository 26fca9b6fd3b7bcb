"""What follows from a judgement: where parties and mentions lead, which spellings count.

Plain merges move rows by statements; what a split may touch is read, derived by resolve.py and written, article by
article. The moved rows remember what they were added with, so that every judgement can be taken back.
"""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from graph.errors import NotFound
from graph.ids import fold_name
from graph.judging.making import check_judgement
from graph.records import CLAIM_KINDS, VERDICTS, ArticleId, ClaimId, EntityId, Extraction, Judgement
from graph.rulings.resolve import (
    Identity,
    Split,
    derive_entity,
    derive_extraction,
    derive_identity,
    find_about,
    find_moved,
    find_touched,
    list_spellings,
)
from graph.rulings.verdicts import find_misread
from graph.stores import sqlite_rows
from graph.stores.changes import log_changes
from graph.stores.sqlite_all import read_extractions
from graph.stores.sqlite_judgements import insert_judgement, read_judgements
from graph.stores.sqlite_makers import queue_release
from graph.stores.sqlite_queue import queue_claims, queue_keys
from graph.stores.sqlite_rows import LISTED, SPEAKER, party_rows


def add_judgement(connection: sqlite3.Connection, new: Judgement, *, kept: bool = False) -> bool:
    """Whether it is new; then everything follows it. JudgementRefused, NotFound."""
    judgements = read_judgements(connection)
    if any(judgement.id == new.id for judgement in judgements):
        return False
    for article in new.articles:
        if not connection.execute("SELECT 1 FROM article WHERE id = ?", (article,)).fetchone():
            raise NotFound(f"no article {article}; `claimgraph search` finds ids", subject=article)
    named = {id: entity for id in new.entities for entity in sqlite_rows.read_entities(connection, [id])}
    claims = sqlite_rows.read_claims_by_id(connection, new.claims)
    after = check_judgement(judgements, new, named, claims, kept=kept)
    insert_judgement(connection, new)
    about = find_about(new, judgements)
    if about.kind in CLAIM_KINDS:
        if about.kind in VERDICTS:
            _mark_misread(connection, about.claims, find_misread((*judgements, new)))
        queue_claims(connection, about.claims)
    else:
        _follow(connection, derive_identity(judgements), after)
    return True


def _mark_misread(connection: sqlite3.Connection, claims: Iterable[ClaimId], reasons: Mapping[ClaimId, str]) -> None:
    connection.executemany("UPDATE claim SET misread = ? WHERE id = ?", [(reasons.get(id, ""), id) for id in claims])
    connection.execute(
        f"INSERT INTO change (kind, key, id) SELECT 'claim', cid, id FROM claim WHERE id IN {LISTED}",
        (json.dumps(list(claims)),),
    )


def remember_added(connection: sqlite3.Connection, aid: int, added: Extraction, derived: Extraction) -> None:
    """Keeps what an extraction named where it is stored with what that stands for."""
    for place, (mention, now) in enumerate(zip(added.mentions, derived.mentions, strict=True)):
        if mention.entity != now.entity:
            _remember_mention(connection, aid, place, mention.entity)
    now_by_id = {claim.id: claim for claim in derived.claims}
    for claim in {claim.id: claim for claim in reversed(added.claims)}.values():
        pairs = zip(party_rows(claim), party_rows(now_by_id[claim.id]), strict=True)
        moved = [(role, depth, id) for (role, depth, _, id, _, _), now in pairs if id and id != now[3]]
        if moved:
            [cid] = connection.execute("SELECT cid FROM claim WHERE id = ?", (claim.id,)).fetchone()
            for role, depth, id in moved:
                _remember_party(connection, cid, role, depth, id)


def refresh_names(connection: sqlite3.Connection, identity: Identity, ids: Iterable[EntityId]) -> None:
    """The spellings that count, for those of the entities that judgements touch; costs no write when they are right."""
    for root in dict.fromkeys(identity.find_root(id) for id in ids if id in identity.judged):
        _write_names(connection, identity, root)


def _follow(connection: sqlite3.Connection, before: Identity, after: Identity) -> None:
    moved = find_moved(before, after)
    changed: set[int] = set()
    for id in moved:
        changed |= _move_back(connection, id)
    for id in moved:
        changed |= _move_to_root(connection, after, id)
    for aid, article in _find_articles(connection, after.splits, moved):
        changed |= _derive_article(connection, after, aid, article)
    _log_claims(connection, changed)
    touched = find_touched(before, after, moved)
    for id in sorted(touched):
        _write_names(connection, after, id)
    count_claims(connection, touched)
    queue_release(connection)


def _move_back(connection: sqlite3.Connection, id: EntityId) -> set[int]:
    """Keys of the claims that were led elsewhere from the entity they were added with, and are no more."""
    eid = _key(connection, id)
    claims = {cid for (cid,) in connection.execute("SELECT cid FROM party_added WHERE eid = ?", (eid,))}
    _log_articles(connection, eid)
    for table, key in (("party", "cid, role, depth"), ("mention", "aid, place")):
        connection.execute(
            f"UPDATE {table} SET eid = ? WHERE ({key}) IN (SELECT {key} FROM {table}_added WHERE eid = ?)", (eid, eid)
        )
        connection.execute(f"DELETE FROM {table}_added WHERE eid = ?", (eid,))
    return claims


def _move_to_root(connection: sqlite3.Connection, identity: Identity, id: EntityId) -> set[int]:
    root = identity.find_root(id)
    if root == id:
        return set()
    eid, target = _key(connection, id), _key(connection, root)
    for table, key in (("party", "cid, role, depth"), ("mention", "aid, place")):
        connection.execute(
            f"INSERT OR IGNORE INTO {table}_added ({key}, eid) SELECT {key}, eid FROM {table} WHERE eid = ?", (eid,)
        )
        connection.execute(
            f"UPDATE {table} SET eid = ? WHERE eid = ? AND ({key}) IN (SELECT {key} FROM {table}_added WHERE eid = ?)",
            (target, eid, eid),
        )
    _log_articles(connection, eid)
    return {cid for (cid,) in connection.execute("SELECT cid FROM party_added WHERE eid = ?", (eid,))}


def _find_articles(
    connection: sqlite3.Connection, splits: Iterable[Split], moved: Sequence[EntityId]
) -> list[tuple[int, ArticleId]]:
    """The articles in which a split may lead something away."""
    found: dict[int, ArticleId] = {}
    for split in splits:
        if split.members.isdisjoint(moved):
            continue
        listed = json.dumps([*split.articles]), json.dumps([*split.claims])
        found |= dict(
            connection.execute(
                f"SELECT aid, id FROM article WHERE id IN {LISTED} "
                f"OR aid IN (SELECT aid FROM claim WHERE id IN {LISTED})",
                listed,
            )
        )
        found |= _find_written(connection, split)
    return sorted(found.items())


def _find_written(connection: sqlite3.Connection, split: Split) -> dict[int, ArticleId]:
    """Articles that name a member by a spelling that leaves."""
    if not split.spellings:
        return {}
    keys = json.dumps([_key(connection, id) for id in split.members])
    rows = connection.execute(
        "SELECT m.aid, a.id, m.text FROM mention m JOIN article a USING (aid) "
        f"WHERE m.eid IN {LISTED} OR (m.aid, m.place) IN (SELECT aid, place FROM mention_added WHERE eid IN {LISTED})",
        (keys, keys),
    )
    return {aid: id for aid, id, text in rows if fold_name(text) in split.spellings}


def _derive_article(connection: sqlite3.Connection, identity: Identity, aid: int, id: ArticleId) -> set[int]:
    """Writes the mentions and parties of an article as they stand now. Keys of the claims that changed."""
    [added] = read_extractions(connection, [aid], with_texts=False)
    derived = derive_extraction(identity, added)
    changed = set()
    for place, (mention, now) in enumerate(zip(added.mentions, derived.mentions, strict=True)):
        if _put_mention(connection, aid, place, mention.entity, now.entity):
            log_changes(connection, "article", [(aid, id)])
    for claim, derived_claim in zip(added.claims, derived.claims, strict=True):
        [cid] = connection.execute("SELECT cid FROM claim WHERE id = ?", (claim.id,)).fetchone()
        for row, now_row in zip(party_rows(claim), party_rows(derived_claim), strict=True):
            if row[3] and now_row[3] and _put_party(connection, (cid, row[0], row[1]), row[3], now_row[3]):
                changed.add(cid)
    return changed


def _put_mention(connection: sqlite3.Connection, aid: int, place: int, added: EntityId, now: EntityId) -> bool:
    """Whether it stood elsewhere."""
    cursor = connection.execute(
        "UPDATE mention SET eid = ?1 WHERE aid = ?2 AND place = ?3 AND eid <> ?1", (_key(connection, now), aid, place)
    )
    if added == now:
        connection.execute("DELETE FROM mention_added WHERE aid = ? AND place = ?", (aid, place))
    else:
        _remember_mention(connection, aid, place, added)
    return bool(cursor.rowcount)


def _put_party(connection: sqlite3.Connection, key: tuple[int, int, int], added: EntityId, now: EntityId) -> bool:
    """Whether it stood elsewhere."""
    cursor = connection.execute(
        "UPDATE party SET eid = ?1 WHERE cid = ?2 AND role = ?3 AND depth = ?4 AND eid <> ?1",
        (_key(connection, now), *key),
    )
    if added == now:
        connection.execute("DELETE FROM party_added WHERE cid = ? AND role = ? AND depth = ?", key)
    else:
        _remember_party(connection, *key, added)
    return bool(cursor.rowcount)


def _remember_mention(connection: sqlite3.Connection, aid: int, place: int, added: EntityId) -> None:
    connection.execute("INSERT OR IGNORE INTO mention_added VALUES (?, ?, ?)", (aid, place, _key(connection, added)))


def _remember_party(connection: sqlite3.Connection, cid: int, role: int, depth: int, added: EntityId) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO party_added VALUES (?, ?, ?, ?)", (cid, role, depth, _key(connection, added))
    )


def _write_names(connection: sqlite3.Connection, identity: Identity, id: EntityId) -> None:
    """The row in `standing` and the spellings of an entity and of those that stand for it."""
    root = identity.find_root(id)
    members = identity.list_members(root)
    [entity] = sqlite_rows.read_entities(connection, [root], as_added=True)
    derived = derive_entity(identity, entity, sqlite_rows.read_entities(connection, members, as_added=True))
    names = (derived.name_ja, derived.wikidata, derived.curated, json.dumps(derived.aliases, ensure_ascii=False))
    key = _key(connection, root)
    rows: list[tuple[object, ...]] = [(_key(connection, member), key, None, None, None, None) for member in members]
    rows += [(key, None, *names)] if root in identity.judged else [(key,)]
    for row in rows:
        if _put_standing(connection, row):
            _log_entity(connection, _whole(row[0]), gone=row[0] != key)
            _log_entity(connection, key, gone=False)
    _put_spellings(connection, key, list_spellings(derived))
    for row in rows:
        if row[0] != key:
            _put_spellings(connection, _whole(row[0]), frozenset())


def _put_standing(connection: sqlite3.Connection, row: tuple[object, ...]) -> bool:
    """Whether it was another: writes the row, or takes it away when there is a key alone."""
    before = connection.execute("SELECT * FROM standing WHERE eid = ?", row[:1]).fetchone()
    if (tuple(before) if before else row[:1]) == row:
        return False
    connection.execute("DELETE FROM standing WHERE eid = ?", row[:1])
    if len(row) > 1:
        connection.execute("INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?)", row)
    return True


def _log_entity(connection: sqlite3.Connection, eid: int, *, gone: bool) -> None:
    """The entity and those with a tie to it, which lead elsewhere now."""
    op = "del" if gone else "put"
    connection.execute(
        "INSERT INTO change (kind, key, id, op) SELECT 'entity', eid, id, iif(eid = ?1, ?2, 'put') FROM entity "
        "WHERE eid = ?1 OR eid IN (SELECT subject FROM tie WHERE object = ?1)",
        (eid, op),
    )


def _put_spellings(connection: sqlite3.Connection, eid: int, wanted: frozenset[str]) -> None:
    present = {folded for (folded,) in connection.execute("SELECT folded FROM spelling WHERE eid = ?", (eid,))}
    connection.executemany(
        "DELETE FROM spelling WHERE folded = ? AND eid = ?", [(folded, eid) for folded in sorted(present - wanted)]
    )
    connection.executemany("INSERT INTO spelling VALUES (?, ?)", [(folded, eid) for folded in sorted(wanted - present)])


def count_claims(connection: sqlite3.Connection, ids: Iterable[EntityId]) -> None:
    """Brings the number of claims about each of these entities to what it is."""
    for id in ids:
        connection.execute(
            "UPDATE entity SET claims = (SELECT count(DISTINCT cid) FROM party p "
            f"WHERE p.eid = entity.eid AND p.role < {SPEAKER}) WHERE id = ?",
            (id,),
        )


def _log_claims(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    """What the claims name has changed, and with it what is derived from them."""
    keys = sorted(keys)
    queue_keys(connection, keys)
    connection.execute(
        f"INSERT INTO change (kind, key, id) SELECT 'claim', cid, id FROM claim WHERE cid IN {LISTED} ORDER BY cid",
        (json.dumps(keys),),
    )


def _log_articles(connection: sqlite3.Connection, eid: int) -> None:
    """Whom the articles name that were added with the entity has changed."""
    connection.execute(
        "INSERT INTO change (kind, key, id) SELECT 'article', aid, id FROM article "
        "WHERE aid IN (SELECT aid FROM mention_added WHERE eid = ?) ORDER BY aid",
        (eid,),
    )


def _key(connection: sqlite3.Connection, id: EntityId) -> int:
    return _whole(connection.execute("SELECT eid FROM entity WHERE id = ?", (id,)).fetchone()[0])


def _whole(value: object) -> int:
    assert isinstance(value, int), value
    return value
