"""Brings a store of an older format to the present one: a copy first, then all steps in one transaction."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from graph.errors import StoreUnavailable
from graph.files import replacing

# What turns the format before into this one; a file made by schema.sql must come out the same (tests/graph).
STEPS: dict[int, str] = {
    2: """
DROP TABLE change;

-- One row for each changed record, in the transaction that changed it (changes.py). A record owns its relationships.
-- The stamp tells equal numbers of different histories apart. The first row is the store's own.
CREATE TABLE change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,           -- store, or a kind of record in kinds.py
  key INTEGER NOT NULL,
  id TEXT NOT NULL,
  op TEXT NOT NULL DEFAULT 'put' CHECK (op IN ('put', 'del')),
  stamp INTEGER NOT NULL DEFAULT (random())
) STRICT;
INSERT INTO change (kind, key, id) VALUES ('store', 0, '');

CREATE TABLE consumer (
  name TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What facets are counted by, apart from the texts: a claim's row takes ten times the room.
CREATE INDEX claim_facets ON claim (cid, type, modality, polarity, lang, sid);

-- Who decided what about who is who. Appended, never altered; seq is the order in which they count.
CREATE TABLE judgement (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  who TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  why TEXT NOT NULL,
  about TEXT NOT NULL,          -- JSON: lists of entities, aliases, claims and articles
  undoes TEXT REFERENCES judgement (id)
) STRICT;

-- The entities that a judgement is about; an undo is about those of the judgement it takes back.
CREATE TABLE judged (
  eid INTEGER NOT NULL REFERENCES entity,
  seq INTEGER NOT NULL REFERENCES judgement,
  PRIMARY KEY (eid, seq)
) STRICT, WITHOUT ROWID;

-- What the judgements make of the entities they touch, kept by sqlite_identity.py; the others have no row. The four
-- below stands_for are set for those that stand for themselves. party.eid, mention.eid and spelling follow the
-- judgements; entity, alias and tie stay as they were added.
CREATE TABLE standing (
  eid INTEGER PRIMARY KEY REFERENCES entity,
  stands_for INTEGER REFERENCES entity,
  name_ja TEXT,
  wikidata TEXT,
  curated INTEGER,
  aliases TEXT                  -- JSON list
) STRICT;
CREATE INDEX standing_for ON standing (stands_for) WHERE stands_for IS NOT NULL;

-- The entity that a party or mention was added with, where judgements have led it to another one.
CREATE TABLE party_added (
  cid INTEGER NOT NULL,
  role INTEGER NOT NULL,
  depth INTEGER NOT NULL,
  eid INTEGER NOT NULL REFERENCES entity,
  PRIMARY KEY (cid, role, depth),
  FOREIGN KEY (cid, role, depth) REFERENCES party (cid, role, depth)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_added_entity ON party_added (eid);
CREATE TABLE mention_added (
  aid INTEGER NOT NULL,
  place INTEGER NOT NULL,
  eid INTEGER NOT NULL REFERENCES entity,
  PRIMARY KEY (aid, place),
  FOREIGN KEY (aid, place) REFERENCES mention (aid, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_added_entity ON mention_added (eid);

CREATE VIEW entity_added AS
SELECT eid, id, name, type, name_ja, wikidata, curated, claims,
  (SELECT json_group_array(text) FROM (SELECT text FROM alias a WHERE a.eid = e.eid ORDER BY place)) AS aliases
FROM entity e;

-- Entities and ties as the judgements have them: those that stand for another are not among them.
CREATE VIEW entity_now AS
SELECT e.eid, e.id, e.name, e.type,
  iif(s.eid IS NULL, e.name_ja, s.name_ja) AS name_ja,
  iif(s.eid IS NULL, e.wikidata, s.wikidata) AS wikidata,
  iif(s.eid IS NULL, e.curated, s.curated) AS curated,
  e.claims,
  iif(
    s.eid IS NULL,
    (SELECT json_group_array(text) FROM (SELECT text FROM alias a WHERE a.eid = e.eid ORDER BY place)),
    s.aliases
  ) AS aliases
FROM entity e LEFT JOIN standing s ON s.eid = e.eid
WHERE s.stands_for IS NULL;

CREATE VIEW tie_now AS
SELECT DISTINCT coalesce(s.stands_for, t.subject) AS subject, t.relation,
  coalesce(o.stands_for, t.object) AS object, t.source
FROM tie t LEFT JOIN standing s ON s.eid = t.subject LEFT JOIN standing o ON o.eid = t.object
WHERE coalesce(s.stands_for, t.subject) <> coalesce(o.stands_for, t.object);
""",
    3: """
-- Articles that repeat others, as ingestion found them; one row for two articles, whichever way it leads.
CREATE TABLE copy (
  aid INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  original INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  kind TEXT NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (aid, original)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_original ON copy (original);
""",
}
SCHEMA_VERSION = max(STEPS)


def migrate(path: Path, connection: sqlite3.Connection) -> None:
    """Brings the store to SCHEMA_VERSION, whole or not at all; what it was is kept beside it as NAME.format-N."""
    before = read_format(connection)
    _keep_copy(path, before)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read again: another process may have been quicker.
        for version in range(read_format(connection) + 1, SCHEMA_VERSION + 1):
            for statement in iter_statements(STEPS[version]):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def read_format(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def iter_statements(script: str) -> Iterator[str]:
    """The statements of a script, for `executescript` would commit before the first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _keep_copy(path: Path, version: int) -> None:
    copy = path.with_name(f"{path.name}.format-{version}")
    try:
        with replacing(copy) as unfinished:
            copy_database(path, unfinished)
    except (OSError, sqlite3.Error) as error:
        raise StoreUnavailable(
            f"store {path} has format {version} and could not be copied before it is brought to {SCHEMA_VERSION} "
            f"({error}); make room beside it, or check that its folder may be written to",
            subject=str(path),
        ) from error


def copy_database(source: Path, target: Path) -> None:
    """Writes one state of a database in use to another file, on the disk when it returns."""
    reader = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
    writer = sqlite3.connect(target)
    try:
        reader.backup(writer)
    finally:
        writer.close()
        reader.close()
