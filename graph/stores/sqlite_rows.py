"""Records ↔ rows of schema.sql."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from graph.grades import FAIR_FROM
from graph.ids import make_text_hash
from graph.records import (
    Article,
    ArticleId,
    ArticleKind,
    Barrier,
    Claim,
    Claimant,
    ClaimId,
    ClaimType,
    Comparator,
    Cue,
    CueKind,
    Entity,
    EntityId,
    EntityType,
    Mention,
    Modality,
    PartialDate,
    Party,
    Polarity,
    Predicate,
    Quantity,
    Relation,
    Source,
    SourceId,
    SourceKind,
    Tie,
)
from graph.stores.encoding import NEARLY, from_moment, to_moment, unpack_text

SUBJECT, OBJECT, BENCHMARK, SPEAKER = 1, 2, 3, 4  # party.role

# article.excerpt: 0 for the whole page, else one more than the place in here of what kept us from it. Only added to.
_PARTS: tuple[Barrier | None, ...] = (
    None,
    Barrier.PAYWALL,
    Barrier.LOGIN,
    Barrier.REFUSED,
    Barrier.LEGAL,
    Barrier.ROBOTS,
    Barrier.CAPTCHA,
    Barrier.SCRIPT,
    Barrier.CONSENT,
)

# A list of any length as one parameter, so that query texts stay constant.
LISTED = "(SELECT value FROM json_each(?))"
# Of a claim c, that it counts: it is neither weak (grades.py) nor judged misread.
IS_COUNTED = f"coalesce(c.score, 1) >= {FAIR_FROM} AND c.refuted = '' AND c.misread = ''"


def source_row(source: Source) -> tuple[object, ...]:
    return (
        source.id,
        source.name,
        source.domain,
        source.kind.value,
        source.lang,
        source.country,
        source.reliability,
    )


def article_row(article: Article) -> tuple[object, ...]:
    return (
        article.id,
        article.url,
        article.title,
        article.lang,
        to_moment(article.published_at),
        to_moment(article.fetched_at),
        article.kind.value,
        article.version,
        json.dumps(article.authors),
        _PARTS.index(article.barrier) + 1 if article.excerpt else 0,
        make_text_hash(article.text),
    )


def claim_row(claim: Claim) -> tuple[object, ...]:
    """Its cells; `str` of a StrEnum takes a quarter of the time of its `value`."""
    return (
        claim.id,
        *claim.span,
        claim.text,
        claim.lang,
        str(claim.type),
        str(claim.predicate),
        str(claim.modality),
        str(claim.polarity),
        claim.date,
        to_moment(claim.reported_at),
        *_quantity_cells(claim.quantity),
        json.dumps([(cue.kind.value, *cue.span, cue.text) for cue in claim.cues]) if claim.cues else "[]",
        claim.reader,
        None if claim.score is None else float(claim.score),
        claim.refuted,
        claim.misread,
    )


PartyRow = tuple[int, int, str, EntityId | None, str | None, str | None]


def party_rows(claim: Claim) -> list[PartyRow]:
    """(role, depth, name, entity id, cue, speaker) of everybody in the claim."""
    parties = ((SUBJECT, claim.subject), (OBJECT, claim.object), (BENCHMARK, claim.benchmark))
    rows: list[PartyRow] = [(role, 0, party.name, party.entity, None, None) for role, party in parties if party]
    rows += [
        (SPEAKER, depth, claimant.party.name, claimant.party.entity, claimant.cue, claimant.speaker)
        for depth, claimant in enumerate(claim.claimants)
    ]
    return rows


def read_sources(connection: sqlite3.Connection, ids: Sequence[SourceId]) -> tuple[Source, ...]:
    rows = connection.execute(f"SELECT * FROM source WHERE id IN {LISTED}", (json.dumps(ids),))
    found = {row["id"]: make_source(row) for row in rows}
    return tuple(found[id] for id in ids if id in found)


def read_articles(connection: sqlite3.Connection, ids: Sequence[ArticleId]) -> tuple[Article, ...]:
    rows = connection.execute(
        f"SELECT a.*, t.body FROM article a JOIN article_text t USING (aid) WHERE a.id IN {LISTED}",
        (json.dumps(ids),),
    ).fetchall()
    sources = _sources_by_key(connection, rows)
    found = {row["id"]: make_article(row, sources[row["sid"]], unpack_text(row["body"])) for row in rows}
    return tuple(found[id] for id in ids if id in found)


def make_bare_articles(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> tuple[Article, ...]:
    """Articles of the rows, in their order, with empty texts."""
    sources = _sources_by_key(connection, rows)
    return tuple(make_article(row, sources[row["sid"]], "") for row in rows)


def read_entities(
    connection: sqlite3.Connection, ids: Sequence[EntityId], *, as_added: bool = False
) -> tuple[Entity, ...]:
    """The entities of those ids; as judged, the ones that they stand for."""
    if as_added:
        rows = connection.execute(f"SELECT * FROM entity_added WHERE id IN {LISTED}", (json.dumps(ids),))
        found = {row["id"]: make_entity(row) for row in rows}
        return tuple(found[id] for id in ids if id in found)
    rows = connection.execute(
        "SELECT e.id, coalesce(s.stands_for, e.eid) FROM entity e LEFT JOIN standing s ON s.eid = e.eid "
        f"WHERE e.id IN {LISTED}",
        (json.dumps(ids),),
    )
    keys: dict[EntityId, int] = dict(rows.fetchall())
    return read_entities_by_key(connection, [keys[id] for id in ids if id in keys])


def read_entities_by_key(connection: sqlite3.Connection, keys: Sequence[int]) -> tuple[Entity, ...]:
    """The entities of these keys as judged, in their order; every key must stand for itself."""
    rows = connection.execute(f"SELECT * FROM entity_now WHERE eid IN {LISTED}", (json.dumps(keys),))
    found = {row["eid"]: make_entity(row) for row in rows}
    return tuple(found[key] for key in keys)


def make_entity(row: sqlite3.Row) -> Entity:
    """The entity of a row of entity_now or entity_added."""
    return Entity(
        id=row["id"],
        name=row["name"],
        type=EntityType(row["type"]),
        name_ja=row["name_ja"],
        aliases=tuple(json.loads(row["aliases"])),
        wikidata=row["wikidata"],
        curated=bool(row["curated"]),
    )


def read_claims_by_id(connection: sqlite3.Connection, ids: Sequence[ClaimId]) -> tuple[Claim, ...]:
    rows = connection.execute(f"SELECT id, cid FROM claim WHERE id IN {LISTED}", (json.dumps(ids),))
    keys = {row["id"]: row["cid"] for row in rows}
    return read_claims(connection, [keys[id] for id in ids if id in keys])


def read_claims(connection: sqlite3.Connection, keys: Sequence[int], *, as_added: bool = False) -> tuple[Claim, ...]:
    """The claims of these keys, in their order; every key must exist."""
    listed = json.dumps(keys)
    parties: dict[int, _Named] = defaultdict(dict)
    make = cache(_make_named)  # a few names make most parties
    eid = (
        "coalesce((SELECT eid FROM party_added a WHERE a.cid = p.cid AND a.role = p.role AND a.depth = p.depth), p.eid)"
    )
    for cid, role, depth, name, entity, cue, speaker in connection.execute(
        "SELECT p.cid, p.role, p.depth, p.name, e.id, p.cue, p.speaker "
        f"FROM party p LEFT JOIN entity e ON e.eid = {eid if as_added else 'p.eid'} "
        f"WHERE p.cid IN {LISTED} ORDER BY p.cid, p.role, p.depth",
        (listed,),
    ):
        parties[cid][role, depth] = make(role, name, entity, cue, speaker)
    rows = connection.execute(f"{_CLAIM} WHERE c.cid IN {LISTED}", (listed,))
    found = {cid: _make_claim(cells, parties[cid]) for cid, *cells in rows}
    return tuple(found[key] for key in keys)


def read_claims_of(
    connection: sqlite3.Connection, articles: Sequence[ArticleId], predicates: Sequence[Predicate]
) -> tuple[Claim, ...]:
    rows = connection.execute(
        f"SELECT c.cid FROM article a CROSS JOIN claim c ON c.aid = a.aid WHERE a.id IN {LISTED} "
        f"AND c.predicate IN {LISTED}",
        (json.dumps(articles), json.dumps(predicates)),
    )
    found = read_claims(connection, [cid for (cid,) in rows])
    return tuple(sorted(found, key=lambda claim: claim.id))


def read_equal(connection: sqlite3.Connection, claims: Sequence[ClaimId], within: timedelta) -> tuple[Claim, ...]:
    rows = connection.execute(
        "SELECT DISTINCT c.cid FROM claim o CROSS JOIN claim c ON c.predicate = o.predicate "
        "AND c.value BETWEEN o.value - abs(o.value) * :nearly AND o.value + abs(o.value) * :nearly "
        "AND c.reported_at BETWEEN o.reported_at - :within AND o.reported_at + :within "
        "WHERE o.id IN (SELECT value FROM json_each(:claims)) AND o.value IS NOT NULL",
        {"nearly": NEARLY, "within": within // timedelta(microseconds=1), "claims": json.dumps(claims)},
    )
    found = read_claims(connection, [cid for (cid,) in rows])
    return tuple(sorted(found, key=lambda claim: claim.id))


def read_versions(connection: sqlite3.Connection, articles: Sequence[ArticleId]) -> tuple[Article, ...]:
    rows = connection.execute(
        f"SELECT * FROM article WHERE url IN (SELECT url FROM article WHERE id IN {LISTED}) ORDER BY url, version, id",
        (json.dumps(articles),),
    )
    return make_bare_articles(connection, rows.fetchall())


def read_mentions(connection: sqlite3.Connection, article: ArticleId, *, as_added: bool = False) -> tuple[Mention, ...]:
    eid = "coalesce((SELECT eid FROM mention_added d WHERE d.aid = m.aid AND d.place = m.place), m.eid)"
    rows = connection.execute(
        "SELECT e.id, m.start_char, m.end_char, m.text FROM article a JOIN mention m USING (aid) "
        f"JOIN entity e ON e.eid = {eid if as_added else 'm.eid'} WHERE a.id = ? ORDER BY m.place",
        (article,),
    )
    return tuple(Mention(id, (start, end), text) for id, start, end, text in rows)


def make_source(row: sqlite3.Row) -> Source:
    return Source(
        id=row["id"],
        name=row["name"],
        domain=row["domain"],
        kind=SourceKind(row["kind"]),
        lang=row["lang"],
        country=row["country"],
        reliability=row["reliability"],
    )


def make_article(row: sqlite3.Row, source: Source, text: str) -> Article:
    return Article(
        id=row["id"],
        url=row["url"],
        source=source,
        title=row["title"],
        text=text,
        lang=row["lang"],
        published_at=from_moment(row["published_at"]),
        fetched_at=from_moment(row["fetched_at"]),
        kind=ArticleKind(row["kind"]),
        version=row["version"],
        authors=() if row["authors"] == "[]" else tuple(json.loads(row["authors"])),
        excerpt=row["excerpt"] > 0,
        barrier=_PARTS[row["excerpt"] - 1] if row["excerpt"] else None,
    )


_CLAIM = """
SELECT c.cid, c.id, a.id, c.start_char, c.end_char, c.text, c.lang, c.type, c.predicate, c.modality, c.polarity, c.date,
  c.reported_at, c.cues, c.reader, c.score, c.refuted, c.misread,
  c.measure, c.value, c.unit, c.comparator, c.high, c.quantity_text
FROM claim c JOIN article a USING (aid)
"""
_Named = dict[tuple[int, int], Any]
"""Who is in a claim by role and depth, in that order: a claimant where the role is SPEAKER, else a party."""


def _make_named(role: int, name: str, entity: EntityId | None, cue: str, speaker: str | None) -> Party | Claimant:
    party = Party(name, entity)
    return Claimant(party, cue, speaker) if role == SPEAKER else party


def _make_claim(cells: Sequence[Any], named: _Named) -> Claim:
    """The claim of a row of _CLAIM, by place: twice as fast as by name."""
    id, article, start, end, text, lang, kind, predicate, modality, polarity, date, at, cues, *more = cells
    reader, score, refuted, misread, *number = more
    subject, other, benchmark = (named.pop((role, 0), None) for role in (SUBJECT, OBJECT, BENCHMARK))
    assert subject is not None, f"claim {id} has no subject row"
    return Claim(
        id=id,
        article_id=article,
        span=(start, end),
        text=text,
        lang=lang,
        type=_TYPES[kind],
        predicate=_PREDICATES[predicate],
        subject=subject,
        object=other,
        quantity=_make_quantity(number),
        benchmark=benchmark,
        claimants=tuple(named.values()),
        modality=_MODALITIES[modality],
        polarity=_POLARITIES[polarity],
        date=None if date is None else PartialDate(date),
        reported_at=from_moment(at),
        cues=_make_cues(cues),
        reader=reader,
        score=score,
        refuted=refuted,
        misread=misread,
    )


# A third of the time of calling the enum.
_TYPES, _PREDICATES = {str(kind): kind for kind in ClaimType}, {str(one): one for one in Predicate}
_MODALITIES, _POLARITIES = {str(one): one for one in Modality}, {str(one): one for one in Polarity}
_CUES, _COMPARATORS = {str(one): one for one in CueKind}, {str(one): one for one in Comparator}


def _make_cues(text: str) -> tuple[Cue, ...]:
    if text == "[]":
        return ()
    return tuple(Cue(_CUES[kind], (start, end), words) for kind, start, end, words in json.loads(text))


def make_tie(row: Sequence[str]) -> Tie:
    subject, relation, object, source = row
    return Tie(EntityId(subject), Relation(relation), EntityId(object), source)


# The key of the entity that an id stands for.
STANDS_FOR = "(SELECT coalesce(s.stands_for, e.eid) FROM entity e LEFT JOIN standing s ON s.eid = e.eid WHERE e.id = ?)"


def _sources_by_key(connection: sqlite3.Connection, rows: Iterable[sqlite3.Row]) -> dict[int, Source]:
    keys = json.dumps(sorted({row["sid"] for row in rows}))
    return {
        row["sid"]: make_source(row)
        for row in connection.execute(f"SELECT * FROM source WHERE sid IN {LISTED}", (keys,))
    }


def _quantity_cells(quantity: Quantity | None) -> tuple[object, ...]:
    if quantity is None:
        return (None,) * 6
    high = None if quantity.high is None else float(quantity.high)
    return (
        quantity.measure,
        float(quantity.value),
        quantity.unit,
        quantity.comparator.value,
        high,
        quantity.text,
    )


def _make_quantity(cells: Sequence[Any]) -> Quantity | None:
    measure, value, unit, comparator, high, text = cells
    if measure is None:
        return None
    return Quantity(measure, value, unit, _COMPARATORS[comparator], high, text)
