-- The claims store, one file. Needs SQLite 3.37 (STRICT). Run once, when the file is made; running it again changes nothing.
--
-- Keys of claim and article are times: (unix seconds << 16) | counter, so that newest first is key order in every index
-- that ends in them. Moments are whole microseconds since 1970 in UTC. Nothing is overwritten but curated fields, and
-- an article's mentions and claims when its text is read again (sqlite_reread.py).
-- A change here needs a step in migrations.py, which brings older files to it, and a file of the format before in
-- tests/graph/old_stores.
BEGIN IMMEDIATE;

CREATE TABLE IF NOT EXISTS source (
  sid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  domain TEXT NOT NULL,
  kind TEXT NOT NULL,
  lang TEXT,
  country TEXT,
  reliability REAL
) STRICT;

CREATE TABLE IF NOT EXISTS article (
  aid INTEGER PRIMARY KEY,      -- time key of published_at
  id TEXT NOT NULL UNIQUE,
  sid INTEGER NOT NULL REFERENCES source,
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  lang TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  fetched_at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  authors TEXT NOT NULL,        -- JSON list
  excerpt INTEGER NOT NULL,
  text_hash TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS article_url ON article (url, version);
CREATE INDEX IF NOT EXISTS article_source ON article (sid, aid);
CREATE INDEX IF NOT EXISTS article_fetched ON article (fetched_at, aid);

-- Apart from article, so that walking articles does not walk their bodies.
CREATE TABLE IF NOT EXISTS article_text (
  aid INTEGER PRIMARY KEY REFERENCES article,
  body BLOB NOT NULL            -- UTF-8, zlib
) STRICT;

CREATE TABLE IF NOT EXISTS entity (
  eid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  name_ja TEXT,
  wikidata TEXT,
  curated INTEGER NOT NULL,
  claims INTEGER NOT NULL DEFAULT 0   -- claims about it (subject, object or benchmark), kept by the writer
) STRICT;
CREATE INDEX IF NOT EXISTS entity_claims ON entity (claims) WHERE claims > 0;

CREATE TABLE IF NOT EXISTS alias (
  eid INTEGER NOT NULL REFERENCES entity,
  place INTEGER NOT NULL,       -- curated ones first, then in the order met
  text TEXT NOT NULL,
  curated INTEGER NOT NULL,
  PRIMARY KEY (eid, text)
) STRICT, WITHOUT ROWID;

-- Every spelling of an entity (names and aliases) as ids.fold_name leaves it.
CREATE TABLE IF NOT EXISTS spelling (
  folded TEXT NOT NULL,
  eid INTEGER NOT NULL REFERENCES entity,
  PRIMARY KEY (folded, eid)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS spelling_entity ON spelling (eid);

CREATE TABLE IF NOT EXISTS tie (
  subject INTEGER NOT NULL REFERENCES entity,
  relation TEXT NOT NULL,
  object INTEGER NOT NULL REFERENCES entity,
  source TEXT NOT NULL,
  PRIMARY KEY (subject, relation, object, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tie_object ON tie (object);

CREATE TABLE IF NOT EXISTS mention (
  aid INTEGER NOT NULL REFERENCES article,
  place INTEGER NOT NULL,       -- order within the extraction
  eid INTEGER NOT NULL REFERENCES entity,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (aid, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mention_entity ON mention (eid, aid);

CREATE TABLE IF NOT EXISTS claim (
  cid INTEGER PRIMARY KEY,      -- time key of reported_at
  id TEXT NOT NULL UNIQUE,
  aid INTEGER NOT NULL REFERENCES article,
  sid INTEGER NOT NULL REFERENCES source,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text TEXT NOT NULL,
  lang TEXT NOT NULL,
  type TEXT NOT NULL,
  predicate TEXT NOT NULL,
  modality TEXT NOT NULL,
  polarity TEXT NOT NULL,
  date TEXT,
  reported_at INTEGER NOT NULL,
  measure TEXT,                 -- the five of a quantity: all set or all NULL, but for high
  value REAL,
  unit TEXT,
  comparator TEXT,
  high REAL,
  quantity_text TEXT,
  cues TEXT NOT NULL,           -- JSON list of [kind, start, end, text]
  reader TEXT NOT NULL,
  score REAL,
  refuted TEXT NOT NULL DEFAULT '',
  misread TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX IF NOT EXISTS claim_article ON claim (aid, cid);
CREATE INDEX IF NOT EXISTS claim_source ON claim (sid, cid);
CREATE INDEX IF NOT EXISTS claim_value ON claim (predicate, value) WHERE value IS NOT NULL;
CREATE INDEX IF NOT EXISTS claim_misread ON claim (cid) WHERE misread <> '';
-- What does not count: weak (grades.py) or misread.
CREATE INDEX IF NOT EXISTS claim_weak ON claim (cid) WHERE score < 0.2 OR refuted <> '' OR misread <> '';
-- What facets are counted by, apart from the texts: a claim's row takes ten times the room.
CREATE INDEX IF NOT EXISTS claim_facets ON claim (cid, type, modality, polarity, lang, sid);

-- The parties of a claim, named or not. role: 1 subject, 2 object, 3 benchmark, 4 speaker (then depth 0 is outermost).
CREATE TABLE IF NOT EXISTS party (
  cid INTEGER NOT NULL REFERENCES claim,
  role INTEGER NOT NULL,
  depth INTEGER NOT NULL,
  name TEXT NOT NULL,
  eid INTEGER REFERENCES entity,
  cue TEXT,
  speaker TEXT,
  PRIMARY KEY (cid, role, depth)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS party_about ON party (eid, cid) WHERE eid IS NOT NULL AND role < 4;
CREATE INDEX IF NOT EXISTS party_speaker ON party (eid, cid) WHERE eid IS NOT NULL AND role = 4;

-- Words and CJK bigrams of claim.text as fulltext.py makes them; rowid = cid. Without content, so that the text is kept
-- once. A claim that is deleted must be taken out with the 'delete' command and the same words (contentless_delete
-- needs SQLite 3.43; Debian 12 has 3.40).
CREATE VIRTUAL TABLE IF NOT EXISTS claim_words USING fts5 (
  words, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);

-- One row for each changed record, in the transaction that changed it (changes.py). A record owns its relationships.
-- The stamp tells equal numbers of different histories apart. The first row is the store's own.
CREATE TABLE IF NOT EXISTS change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,           -- store, or a kind of record in kinds.py
  key INTEGER NOT NULL,
  id TEXT NOT NULL,
  op TEXT NOT NULL DEFAULT 'put' CHECK (op IN ('put', 'del')),
  stamp INTEGER NOT NULL DEFAULT (random())
) STRICT;
INSERT INTO change (kind, key, id) SELECT 'store', 0, '' WHERE NOT EXISTS (SELECT 1 FROM change);

-- Who follows the log, and how far: what is newer than the oldest of them is kept.
CREATE TABLE IF NOT EXISTS consumer (
  name TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who decided what about who is who. Appended, and altered only where an heir is named for a claim; seq is the order
-- in which they count.
CREATE TABLE IF NOT EXISTS judgement (
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
CREATE TABLE IF NOT EXISTS judged (
  eid INTEGER NOT NULL REFERENCES entity,
  seq INTEGER NOT NULL REFERENCES judgement,
  PRIMARY KEY (eid, seq)
) STRICT, WITHOUT ROWID;

-- What the judgements make of the entities they touch, kept by sqlite_identity.py; the others have no row. The four
-- below stands_for are set for those that stand for themselves. party.eid, mention.eid and spelling follow the
-- judgements; entity, alias and tie stay as they were added.
CREATE TABLE IF NOT EXISTS standing (
  eid INTEGER PRIMARY KEY REFERENCES entity,
  stands_for INTEGER REFERENCES entity,
  name_ja TEXT,
  wikidata TEXT,
  curated INTEGER,
  aliases TEXT                  -- JSON list
) STRICT;
CREATE INDEX IF NOT EXISTS standing_for ON standing (stands_for) WHERE stands_for IS NOT NULL;

-- The entity that a party or mention was added with, where judgements have led it to another one.
CREATE TABLE IF NOT EXISTS party_added (
  cid INTEGER NOT NULL,
  role INTEGER NOT NULL,
  depth INTEGER NOT NULL,
  eid INTEGER NOT NULL REFERENCES entity,
  PRIMARY KEY (cid, role, depth),
  FOREIGN KEY (cid, role, depth) REFERENCES party (cid, role, depth)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS party_added_entity ON party_added (eid);
CREATE TABLE IF NOT EXISTS mention_added (
  aid INTEGER NOT NULL,
  place INTEGER NOT NULL,
  eid INTEGER NOT NULL REFERENCES entity,
  PRIMARY KEY (aid, place),
  FOREIGN KEY (aid, place) REFERENCES mention (aid, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mention_added_entity ON mention_added (eid);

CREATE VIEW IF NOT EXISTS entity_added AS
SELECT eid, id, name, type, name_ja, wikidata, curated, claims,
  (SELECT json_group_array(text) FROM (SELECT text FROM alias a WHERE a.eid = e.eid ORDER BY place)) AS aliases
FROM entity e;

-- Entities and ties as the judgements have them: those that stand for another are not among them.
CREATE VIEW IF NOT EXISTS entity_now AS
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

CREATE VIEW IF NOT EXISTS tie_now AS
SELECT DISTINCT coalesce(s.stands_for, t.subject) AS subject, t.relation,
  coalesce(o.stands_for, t.object) AS object, t.source
FROM tie t LEFT JOIN standing s ON s.eid = t.subject LEFT JOIN standing o ON o.eid = t.object
WHERE coalesce(s.stands_for, t.subject) <> coalesce(o.stands_for, t.object);

-- Articles that repeat others, as ingestion found them; one row for two articles, whichever way it leads.
CREATE TABLE IF NOT EXISTS copy (
  aid INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  original INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  kind TEXT NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (aid, original)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS copy_original ON copy (original);

-- What is derived from claims, and what of it is to be derived (deriving.py). A queued claim has no matter that counts;
-- an open matter has a stamp, which another change replaces. All of it can be made anew from claims and judgements.
CREATE TABLE IF NOT EXISTS queued (
  cid INTEGER PRIMARY KEY REFERENCES claim ON DELETE CASCADE,
  stamp INTEGER NOT NULL DEFAULT (random())
) STRICT;
CREATE TABLE IF NOT EXISTS matter (
  mid INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  stamp INTEGER                 -- NULL when all is derived
) STRICT;
CREATE INDEX IF NOT EXISTS matter_open ON matter (key) WHERE stamp IS NOT NULL;
-- Large matters that were derived a while ago, and are not derived again before that moment.
CREATE TABLE IF NOT EXISTS resting (
  key TEXT PRIMARY KEY,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS claim_matter (
  cid INTEGER PRIMARY KEY REFERENCES claim ON DELETE CASCADE,
  mid INTEGER NOT NULL REFERENCES matter,
  fresh INTEGER NOT NULL        -- new or changed since the matter was derived
) STRICT;
CREATE INDEX IF NOT EXISTS claim_matter_of ON claim_matter (mid, cid);

CREATE TABLE IF NOT EXISTS proposition (
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
CREATE INDEX IF NOT EXISTS proposition_matter ON proposition (mid);
CREATE INDEX IF NOT EXISTS proposition_newest ON proposition (last_reported_at, id);
CREATE INDEX IF NOT EXISTS proposition_weight ON proposition (articles, id);

-- SAYS; a claim is in one proposition.
CREATE TABLE IF NOT EXISTS link (
  cid INTEGER PRIMARY KEY REFERENCES claim ON DELETE CASCADE,
  pid INTEGER NOT NULL REFERENCES proposition ON DELETE CASCADE,
  place INTEGER NOT NULL,
  score REAL NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS link_proposition ON link (pid, place);

-- The entities that its claims are about, with what pages are ordered by.
CREATE TABLE IF NOT EXISTS proposition_about (
  eid INTEGER NOT NULL REFERENCES entity,
  pid INTEGER NOT NULL REFERENCES proposition ON DELETE CASCADE,
  last_reported_at INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (pid, eid)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS proposition_about_newest ON proposition_about (eid, last_reported_at, id);
CREATE INDEX IF NOT EXISTS proposition_about_weight ON proposition_about (eid, articles, id);

CREATE TABLE IF NOT EXISTS event (
  vid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pid INTEGER NOT NULL REFERENCES proposition ON DELETE CASCADE,
  place INTEGER NOT NULL,
  status TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  basis TEXT NOT NULL           -- JSON list of ids of claims
) STRICT;
CREATE INDEX IF NOT EXISTS event_proposition ON event (pid, place);

CREATE TABLE IF NOT EXISTS proposition_part (
  pid INTEGER NOT NULL REFERENCES proposition ON DELETE CASCADE,
  place INTEGER NOT NULL,
  general INTEGER NOT NULL REFERENCES proposition ON DELETE CASCADE,
  PRIMARY KEY (pid, general)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS proposition_part_general ON proposition_part (general);

CREATE TABLE IF NOT EXISTS contradiction (
  one INTEGER NOT NULL REFERENCES proposition ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES proposition ON DELETE CASCADE,
  kind TEXT NOT NULL,
  score REAL NOT NULL,
  dismissed INTEGER NOT NULL,
  articles INTEGER NOT NULL,    -- that hold one of the two
  PRIMARY KEY (one, other, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS contradiction_other ON contradiction (other);
CREATE INDEX IF NOT EXISTS contradiction_order ON contradiction (dismissed, articles);

CREATE TABLE IF NOT EXISTS response (
  cid INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE,
  answers INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE,
  PRIMARY KEY (cid, answers)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS response_answers ON response (answers);

-- The makers of things as claims told them when all was last derived.
CREATE TABLE IF NOT EXISTS maker (
  thing INTEGER PRIMARY KEY REFERENCES entity,
  maker INTEGER NOT NULL REFERENCES entity
) STRICT;
CREATE INDEX IF NOT EXISTS claim_release ON claim (predicate, cid)
  WHERE predicate IN ('released', 'updated', 'open_sourced') AND polarity = 'affirmed';

-- Claims that are gone since their article was read again, and the one that took the place of each: old addresses lead
-- there, and judgements name it. Ids that matters had lead to the claims that they were made of. The highest number
-- tells whether there are more.
CREATE TABLE IF NOT EXISTS heir (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  heir TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS heir_of ON heir (heir);

-- The last time that an article was read again, with the claims that are gone since.
CREATE TABLE IF NOT EXISTS rereading (
  aid INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
  record TEXT NOT NULL          -- JSON of records.Rereading
) STRICT;

PRAGMA application_id = 0x434C4D53;
PRAGMA user_version = 10;
COMMIT;
