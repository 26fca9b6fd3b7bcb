"""Entities, their spellings and ties → rows, inside the caller's transaction. What is there already costs no write."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.errors import StoreError
from graph.ids import fold_name
from graph.records import Entity, EntityId, Tie
from graph.rulings.resolve import Identity
from graph.store import Added
from graph.stores.changes import log_changes
from graph.stores.sqlite_identity import refresh_names
from graph.stores.sqlite_rows import LISTED, make_tie

_TIES = """
SELECT s.id, t.relation, o.id, t.source, t.subject, t.object
FROM tie t JOIN entity s ON s.eid = t.subject JOIN entity o ON o.eid = t.object
"""


def add_curated(
    connection: sqlite3.Connection, entities: Iterable[Entity], ties: Sequence[Tie], identity: Identity, *, kept: bool
) -> Added:
    """Stores curated entities over what was known of them, then their ties. Others are stored as texts bring them."""
    new = 0
    for entity in entities:
        new += _put_curated(connection, entity) if entity.curated else add_found(connection, [entity])[0]
        refresh_names(connection, identity, [entity.id])
    for tie in ties:
        _add_tie(connection, tie, identity)
    if not kept:
        _drop_ties(connection, frozenset(ties), identity)
    return Added(entities=new)


def add_found(connection: sqlite3.Connection, entities: Iterable[Entity]) -> tuple[int, dict[EntityId, int]]:
    """How many of the entities that texts name are new, and the keys of all; known ones only gain aliases."""
    named: dict[EntityId, Entity] = {}
    aliases: dict[EntityId, list[str]] = defaultdict(list)
    for entity in entities:
        named.setdefault(entity.id, entity)
        aliases[entity.id] += entity.aliases
    known = read_keys(connection, named)
    new = {id: _insert_entity(connection, entity) for id, entity in named.items() if id not in known}
    keys = known | new
    changed = _add_aliases(connection, {keys[id]: texts for id, texts in aliases.items() if texts}, curated=False)
    by_key = {eid: id for id, eid in known.items()}
    log_changes(connection, "entity", [(eid, by_key[eid]) for eid in changed if eid in by_key])
    return len(new), keys


def read_keys(connection: sqlite3.Connection, ids: Iterable[EntityId]) -> dict[EntityId, int]:
    """The keys of those entities that are there."""
    rows = connection.execute(f"SELECT id, eid FROM entity WHERE id IN {LISTED}", (json.dumps(list(ids)),))
    return {EntityId(id): eid for id, eid in rows}


def _put_curated(connection: sqlite3.Connection, entity: Entity) -> bool:
    """Whether it is new; a known one takes the curated fields and keeps the aliases that texts brought."""
    row = connection.execute("SELECT * FROM entity WHERE id = ?", (entity.id,)).fetchone()
    if row is None:
        eid = _insert_entity(connection, entity)
        _add_aliases(connection, {eid: entity.aliases}, curated=entity.curated)
        return True
    before = _entity_state(connection, row["eid"])
    connection.execute(
        "UPDATE entity SET name = ?, type = ?, name_ja = ?, wikidata = ?, curated = ? WHERE eid = ?",
        (entity.name, entity.type.value, entity.name_ja, entity.wikidata, entity.curated, row["eid"]),
    )
    _replace_aliases(connection, row["eid"], entity)
    if _entity_state(connection, row["eid"]) != before:
        log_changes(connection, "entity", [(row["eid"], entity.id)])
    return False


def _insert_entity(connection: sqlite3.Connection, entity: Entity) -> int:
    """Its key. The aliases are the caller's to add."""
    eid = connection.execute(
        "INSERT INTO entity (id, name, type, name_ja, wikidata, curated) VALUES (?, ?, ?, ?, ?, ?)",
        (entity.id, entity.name, entity.type.value, entity.name_ja, entity.wikidata, entity.curated),
    ).lastrowid
    assert eid is not None
    _add_spellings(connection, eid, [entity.name, entity.name_ja or ""])
    log_changes(connection, "entity", [(eid, entity.id)])
    return eid


def _replace_aliases(connection: sqlite3.Connection, eid: int, entity: Entity) -> None:
    """The curated list first, then the aliases found in texts; spellings follow."""
    rows = connection.execute("SELECT text FROM alias WHERE eid = ? AND NOT curated ORDER BY place", (eid,))
    found = [text for (text,) in rows]
    connection.execute("DELETE FROM alias WHERE eid = ?", (eid,))
    connection.execute("DELETE FROM spelling WHERE eid = ?", (eid,))
    _add_spellings(connection, eid, [entity.name, entity.name_ja or ""])
    _add_aliases(connection, {eid: entity.aliases}, curated=True)
    _add_aliases(connection, {eid: found}, curated=False)


def _add_aliases(connection: sqlite3.Connection, aliases: Mapping[int, Sequence[str]], *, curated: bool) -> list[int]:
    """The keys of the entities for which any was new."""
    known: dict[int, set[str]] = {eid: set() for eid in aliases}
    listed = json.dumps(list(aliases))
    for eid, text in connection.execute(f"SELECT eid, text FROM alias WHERE eid IN {LISTED}", (listed,)):
        known[eid].add(text)
    changed = []
    for eid, texts in aliases.items():
        new = [alias for alias in dict.fromkeys(texts) if alias not in known[eid]]
        rows = [(eid, len(known[eid]) + place, alias, curated) for place, alias in enumerate(new)]
        if rows:
            connection.executemany("INSERT INTO alias VALUES (?, ?, ?, ?)", rows)
            _add_spellings(connection, eid, new)
            changed.append(eid)
    return changed


def _add_spellings(connection: sqlite3.Connection, eid: int, names: Iterable[str]) -> None:
    folded = {fold_name(name) for name in names} - {""}
    connection.executemany("INSERT OR IGNORE INTO spelling VALUES (?, ?)", [(name, eid) for name in sorted(folded)])


def _entity_state(connection: sqlite3.Connection, eid: int) -> list[tuple[object, ...]]:
    query = "SELECT name, type, name_ja, wikidata, curated FROM entity WHERE eid = ?"
    aliases = "SELECT place, text, curated FROM alias WHERE eid = ? ORDER BY place"
    return [tuple(row) for text in (query, aliases) for row in connection.execute(text, (eid,))]


def _add_tie(connection: sqlite3.Connection, tie: Tie, identity: Identity) -> None:
    keys = read_keys(connection, (tie.subject, tie.object))
    for id in (tie.subject, tie.object):
        if id not in keys:
            raise StoreError(f"tie {tie.subject} {tie.relation} {tie.object}: no entity {id}", subject=id)
    row = (keys[tie.subject], tie.relation.value, keys[tie.object], tie.source)
    if connection.execute("INSERT OR IGNORE INTO tie VALUES (?, ?, ?, ?)", row).rowcount:
        _log_tie(connection, tie, identity)


def _drop_ties(connection: sqlite3.Connection, given: frozenset[Tie], identity: Identity) -> None:
    """Without those that their tables have no more."""
    tables = {tie.table for tie in given}
    for *row, subject, object in connection.execute(_TIES).fetchall() if tables else ():
        tie = make_tie(row)
        if tie.table in tables and tie not in given:
            key = (subject, tie.relation.value, object, tie.source)
            connection.execute("DELETE FROM tie WHERE subject = ? AND relation = ? AND object = ? AND source = ?", key)
            _log_tie(connection, tie, identity)


def _log_tie(connection: sqlite3.Connection, tie: Tie, identity: Identity) -> None:
    root = identity.find_root(tie.subject)  # whose tie it is as the judgements have it
    log_changes(connection, "entity", [(read_keys(connection, [root])[root], root)])
