"""What each kind of record in the store is in the graph: one row of a table. A new kind is one more row.

A record is one node and the relationships it brings along. `{chosen}` in a query stands for the condition that picks
records by their keys, or for none when all are read; the change log tells the keys (changes.py).
"""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
from dataclasses import dataclass

from graph.records import Relation
from graph.schema import LABELS, RELATIONSHIPS, Relationship


@dataclass(frozen=True, slots=True)
class Owned:
    """Relationships of one type that a kind of record brings along.

    owner  label of the record's node: of one name there are several types, each with an owner of its own
    query  its columns: a and b, the ids at the ends, then the properties
    key    what of the query is the key of the record
    """

    name: str
    owner: str
    key: str
    query: str

    @property
    def type(self) -> Relationship:
        return _TYPES[self.name, self.owner]

    @property
    def leaves(self) -> bool:
        """Whether they lead away from their record; else they lead to it."""
        return self.type.owner == self.type.start


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record.

    name   as in the change log
    label  of its nodes
    key    the column of its key in `query`, whose other columns are the node's properties
    """

    name: str
    label: str
    key: str
    query: str
    owned: tuple[Owned, ...] = ()


_TYPES = {(relationship.name, relationship.owner): relationship for relationship in RELATIONSHIPS}

_SOURCE = "SELECT id, name, kind, lang, country, domain, reliability FROM source WHERE {chosen}"

_ARTICLE = """
SELECT id, url, title, lang, published_at, fetched_at, text_hash, version, kind
FROM article WHERE {chosen}"""

_CLAIM = """
SELECT c.id, c.type AS claim_type, c.predicate, c.text, c.lang, c.start_char, c.end_char, c.modality, c.polarity,
  c.date, c.reported_at, nullif(c.measure, '') AS measure, c.value, c.high, c.unit, c.comparator,
  c.reader, c.score, nullif(c.refuted, '') AS refuted, nullif(c.misread, '') AS misread,
  (SELECT name FROM party p WHERE p.cid = c.cid AND role = 1) AS subject,
  (SELECT name FROM party p WHERE p.cid = c.cid AND role = 2) AS object,
  (SELECT name FROM party p WHERE p.cid = c.cid AND role = 4 ORDER BY depth DESC LIMIT 1) AS origin
FROM claim c WHERE {chosen}"""

# `label` is the type, which becomes the second label. Those that stand for another entity are not in the graph.
_ENTITY = "SELECT id, name, name_ja, wikidata, type AS label, aliases FROM entity_now e WHERE {chosen}"

_MENTIONS = """
SELECT a.id AS a, e.id AS b, count(*) AS count, min(m.start_char) AS start_char, m.end_char AS end_char
FROM mention m JOIN article a USING (aid) JOIN entity e USING (eid) WHERE {chosen} GROUP BY m.aid, m.eid"""

_COPIES = """
SELECT a.id AS a, o.id AS b, y.score, y.kind
FROM copy y JOIN article a ON a.aid = y.aid JOIN article o ON o.aid = y.original WHERE {chosen}"""
_RESPONSES = """
SELECT a.id AS a, b.id AS b FROM response r JOIN claim a ON a.cid = r.cid JOIN claim b ON b.cid = r.answers
WHERE {chosen}"""

_PROPOSITION = """
SELECT p.id, p.label_en, p.label_ja, p.type AS claim_type, p.predicate, p.status, p.first_reported_at,
  p.last_reported_at, p.articles, p.origins
FROM proposition p WHERE {chosen}"""

_LINKS = """
SELECT c.id AS a, p.id AS b, l.score FROM link l JOIN claim c USING (cid) JOIN proposition p USING (pid)
WHERE {chosen}"""

_CONTRADICTIONS = """
SELECT p.id AS a, q.id AS b, x.kind, x.score, iif(x.dismissed, 'dismissed', 'open') AS state
FROM contradiction x JOIN proposition p ON p.pid = x.one JOIN proposition q ON q.pid = x.other WHERE {chosen}"""

_PARTS = """
SELECT p.id AS a, g.id AS b
FROM proposition_part y JOIN proposition p ON p.pid = y.pid JOIN proposition g ON g.pid = y.general WHERE {chosen}"""

_EVENT = "SELECT v.id, v.place AS step, v.status, v.valid_from, v.recorded_at, v.basis FROM event v WHERE {chosen}"

_HISTORY = "SELECT p.id AS a, v.id AS b FROM event v JOIN proposition p USING (pid) WHERE {chosen}"

_PUBLISHED = Owned(
    "PUBLISHED",
    "Article",
    "a.aid",
    "SELECT s.id AS a, a.id AS b FROM article a JOIN source s USING (sid) WHERE {chosen}",
)
_STATES = Owned(
    "STATES", "Claim", "c.cid", "SELECT a.id AS a, c.id AS b FROM claim c JOIN article a USING (aid) WHERE {chosen}"
)


def _party(name: str, role: int, columns: str = "") -> Owned:
    query = (
        f"SELECT c.id AS a, e.id AS b{columns} FROM party p JOIN claim c USING (cid) JOIN entity e USING (eid) "
        f"WHERE p.role = {role} AND {{chosen}}"
    )
    return Owned(name, "Claim", "p.cid", query)


def _tie(relation: Relation) -> Owned:
    query = (
        "SELECT s.id AS a, o.id AS b, t.source FROM tie_now t JOIN entity s ON s.eid = t.subject "
        f"JOIN entity o ON o.eid = t.object WHERE t.relation = '{relation.value}' AND {{chosen}}"
    )
    return Owned(relation.value, "Entity", "t.subject", query)


KINDS: tuple[Kind, ...] = (
    Kind("source", "Source", "sid", _SOURCE),
    Kind(
        "article",
        "Article",
        "aid",
        _ARTICLE,
        (_PUBLISHED, Owned("MENTIONS", "Article", "m.aid", _MENTIONS), Owned("COPY_OF", "Article", "y.aid", _COPIES)),
    ),
    Kind("entity", "Entity", "e.eid", _ENTITY, tuple(map(_tie, Relation))),
    Kind(
        "claim",
        "Claim",
        "c.cid",
        _CLAIM,
        (
            _STATES,
            _party("SUBJECT", 1),
            _party("OBJECT", 2),
            _party("ON", 3),
            _party("CLAIMED_BY", 4, ", p.depth, nullif(p.cue, '') AS cue"),
            Owned("RESPONDS_TO", "Claim", "r.cid", _RESPONSES),
        ),
    ),
    Kind(
        "proposition",
        "Proposition",
        "p.pid",
        _PROPOSITION,
        (
            Owned("SAYS", "Proposition", "l.pid", _LINKS),
            Owned("CONTRADICTS", "Proposition", "x.one", _CONTRADICTIONS),
            Owned("PART_OF", "Proposition", "y.pid", _PARTS),
        ),
    ),
    Kind("event", "Event", "v.vid", _EVENT, (Owned("HAD", "Event", "v.vid", _HISTORY),)),
)
assert {kind.label for kind in KINDS} == {label.name for label in LABELS}
assert {(owned.name, owned.owner) for kind in KINDS for owned in kind.owned} == set(_TYPES)

# Columns that hold microseconds since 1970 and become text.
TIMES = {
    *("published_at", "fetched_at", "reported_at", "first_reported_at", "last_reported_at"),
    *("valid_from", "recorded_at"),
}
# Columns that hold a list as JSON.
LISTS = {"aliases", "basis"}
