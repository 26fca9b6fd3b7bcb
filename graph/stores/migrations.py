"""Brings a store of an older format to the present one: a copy first, then all steps in one transaction."""

import sqlite3
from pathlib import Path

from graph.errors import StoreUnavailable
from graph.files import replacing
from graph.statements import iter_statements

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

-- What is derived from claims, and what of it is to be derived (deriving.py). A queued claim has no matter that counts;
-- an open matter has a stamp, which another change replaces. All of it can be made anew from claims and judgements.
CREATE TABLE queued (
  cid INTEGER PRIMARY KEY REFERENCES claim ON DELETE CASCADE,
  stamp INTEGER NOT NULL DEFAULT (random())
) STRICT;
CREATE TABLE matter (
  mid INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  stamp INTEGER                 -- NULL when all is derived
) STRICT;
CREATE INDEX matter_open ON matter (key) WHERE stamp IS NOT NULL;
CREATE TABLE claim_matter (
  cid INTEGER PRIMARY KEY REFERENCES claim ON DELETE CASCADE,
  mid INTEGER NOT NULL REFERENCES matter,
  fresh INTEGER NOT NULL        -- new or changed since the matter was derived
) STRICT;
CREATE INDEX claim_matter_of ON claim_matter (mid, cid);

CREATE TABLE proposition (
  pid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  mid INTEGER NOT NULL REFERENCES matter,  -- of its first claim
  label_en TEXT NOT NULL,
  label_ja TEXT NOT NULL,
  type TEXT NOT NULL,
  predicate TEXT NOT NULL,
  status TEXT NOT NULL,
  first_reported_at INTEGER NOT NULL,
  last_reported_at INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  origins INTEGER NOT NULL,
  digest TEXT NOT NULL          -- of all that the record says: what is the same is not written again
) STRICT;
CREATE INDEX proposition_matter ON proposition (mid);
CREATE INDEX proposition_newest ON proposition (last_reported_at, id);
CREATE INDEX proposition_weight ON proposition (articles, id);

-- SAYS; a claim is in one proposition.
CREATE TABLE link (
  cid INTEGER PRIMARY KEY REFERENCES claim ON DELETE CASCADE,
  pid INTEGER NOT NULL REFERENCES proposition ON DELETE CASCADE,
  place INTEGER NOT NULL,
  score REAL NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX link_proposition ON link (pid, place);

-- The entities that its claims are about, with what pages are ordered by.
CREATE TABLE proposition_about (
  eid INTEGER NOT NULL REFERENCES entity,
  pid INTEGER NOT NULL REFERENCES proposition ON DELETE CASCADE,
  last_reported_at INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (pid, eid)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposition_about_newest ON proposition_about (eid, last_reported_at, id);
CREATE INDEX proposition_about_weight ON proposition_about (eid, articles, id);

CREATE TABLE event (
  vid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pid INTEGER NOT NULL REFERENCES proposition ON DELETE CASCADE,
  place INTEGER NOT NULL,
  status TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  basis TEXT NOT NULL           -- JSON list of ids of claims
) STRICT;
CREATE INDEX event_proposition ON event (pid, place);

CREATE TABLE proposition_part (
  pid INTEGER NOT NULL REFERENCES proposition ON DELETE CASCADE,
  place INTEGER NOT NULL,
  general INTEGER NOT NULL REFERENCES proposition ON DELETE CASCADE,
  PRIMARY KEY (pid, general)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposition_part_general ON proposition_part (general);

CREATE TABLE contradiction (
  one INTEGER NOT NULL REFERENCES proposition ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES proposition ON DELETE CASCADE,
  kind TEXT NOT NULL,
  score REAL NOT NULL,
  dismissed INTEGER NOT NULL,
  articles INTEGER NOT NULL,    -- that hold one of the two
  PRIMARY KEY (one, other, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX contradiction_other ON contradiction (other);
CREATE INDEX contradiction_order ON contradiction (dismissed, articles);

CREATE TABLE response (
  cid INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE,
  answers INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE,
  PRIMARY KEY (cid, answers)
) STRICT, WITHOUT ROWID;
CREATE INDEX response_answers ON response (answers);

-- The makers of things as claims told them when all was last derived.
CREATE TABLE maker (
  thing INTEGER PRIMARY KEY REFERENCES entity,
  maker INTEGER NOT NULL REFERENCES entity
) STRICT;
CREATE INDEX claim_release ON claim (predicate, cid)
  WHERE predicate IN ('released', 'updated', 'open_sourced') AND polarity = 'affirmed';

INSERT INTO queued (cid) SELECT cid FROM claim;
""",
    # What found a claim, in place of the rule (readers.FORMER), and how likely it is right.
    4: """
ALTER TABLE claim RENAME COLUMN rule TO reader;
ALTER TABLE claim ADD COLUMN score REAL;
ALTER TABLE claim ADD COLUMN refuted TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN misread TEXT NOT NULL DEFAULT '';
UPDATE claim SET reader =
  CASE reader WHEN 'table' THEN 'tables 1' WHEN 'leaderboard' THEN 'leaderboards 1' ELSE 'rules 1' END;
""",
    # Articles may be read again.
    5: """
-- Claims that are gone since their article was read again, and the one that took the place of each: old addresses lead
-- there, and judgements name it. The highest number tells whether there are more.
CREATE TABLE heir (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  heir TEXT NOT NULL
) STRICT;
CREATE INDEX heir_of ON heir (heir);
""",
    # What a rereading changed is told of.
    6: """
-- The last time that an article was read again, with the claims that are gone since.
CREATE TABLE rereading (
  aid INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
  record TEXT NOT NULL          -- JSON of records.Rereading
) STRICT;
""",
    # What came since a reader's last visit goes by when it was fetched; what was judged misread is left out of lists.
    7: """
CREATE INDEX article_fetched ON article (fetched_at, aid);
CREATE INDEX claim_misread ON claim (cid) WHERE misread <> '';
""",
    8: """
-- Large matters that were derived a while ago, and are not derived again before that moment.
CREATE TABLE resting (
  key TEXT PRIMARY KEY,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
""",
    # What is new finds who tells the same number; what is there does with it, or by `derive --all`.
    9: """
CREATE INDEX claim_value ON claim (predicate, value) WHERE value IS NOT NULL;
""",
    # The claims of a day are counted without those that are weak or misread.
    10: """
CREATE INDEX claim_weak ON claim (cid) WHERE score < 0.2 OR refuted <> '' OR misread <> '';
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
