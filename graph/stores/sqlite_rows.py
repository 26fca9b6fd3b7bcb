"""Records ↔ rows of schema.sql."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

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
from graph.stores.encoding import from_moment, to_moment, unpack_text

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
)

# A list of any length as one parameter, so that query texts stay constant.
LISTED = "(SELECT value FROM json_each(?))"


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
        claim.rule,
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
    parties: dict[int, list[sqlite3.Row]] = defaultdict(list)
    eid = (
        "coalesce((SELECT eid FROM party_added a WHERE a.cid = p.cid AND a.role = p.role AND a.depth = p.depth), p.eid)"
    )
    for row in connection.execute(
        f"SELECT p.*, e.id AS entity FROM party p LEFT JOIN entity e ON e.eid = {eid if as_added else 'p.eid'} "
        f"WHERE p.cid IN {LISTED} ORDER BY p.cid, p.role, p.depth",
        (listed,),
    ):
        parties[row["cid"]].append(row)
    rows = connection.execute(
        f"SELECT c.*, a.id AS article_id FROM claim c JOIN article a USING (aid) WHERE c.cid IN {LISTED}", (listed,)
    )
    found = {row["cid"]: make_claim(row, parties[row["cid"]]) for row in rows}
    return tuple(found[key] for key in keys)


def read_claims_of(
    connection: sqlite3.Connection, articles: Sequence[ArticleId], predicate: Predicate
) -> tuple[Claim, ...]:
    rows = connection.execute(
        f"SELECT c.cid FROM article a CROSS JOIN claim c ON c.aid = a.aid WHERE a.id IN {LISTED} AND c.predicate = ?",
        (json.dumps(articles), predicate.value),
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
        authors=tuple(json.loads(row["authors"])),
        excerpt=row["excerpt"] > 0,
        barrier=_PARTS[row["excerpt"] - 1] if row["excerpt"] else None,
    )


def make_claim(row: sqlite3.Row, parties: Iterable[sqlite3.Row]) -> Claim:
    """The claim of a row joined with its article's id; parties in order of role and depth."""
    by_role: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for party in parties:
        by_role[party["role"]].append(party)
    subject = _make_party(by_role[SUBJECT])
    assert subject is not None, f"claim {row['id']} has no subject row"
    return Claim(
        id=row["id"],
        article_id=row["article_id"],
        span=(row["start_char"], row["end_char"]),
        text=row["text"],
        lang=row["lang"],
        type=ClaimType(row["type"]),
        predicate=Predicate(row["predicate"]),
        subject=subject,
        object=_make_party(by_role[OBJECT]),
        quantity=_make_quantity(row),
        benchmark=_make_party(by_role[BENCHMARK]),
        claimants=tuple(
            Claimant(Party(party["name"], party["entity"]), party["cue"], party["speaker"])
            for party in by_role[SPEAKER]
        ),
        modality=Modality(row["modality"]),
        polarity=Polarity(row["polarity"]),
        date=None if row["date"] is None else PartialDate(row["date"]),
        reported_at=from_moment(row["reported_at"]),
        cues=_make_cues(row["cues"]),
        rule=row["rule"],
    )


def _make_cues(text: str) -> tuple[Cue, ...]:
    if text == "[]":
        return ()
    return tuple(Cue(CueKind(kind), (start, end), words) for kind, start, end, words in json.loads(text))


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


def _make_party(rows: Sequence[sqlite3.Row]) -> Party | None:
    return Party(rows[0]["name"], rows[0]["entity"]) if rows else None


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


def _make_quantity(row: sqlite3.Row) -> Quantity | None:
    if row["measure"] is None:
        return None
    return Quantity(
        measure=row["measure"],
        value=row["value"],
        unit=row["unit"],
        comparator=Comparator(row["comparator"]),
        high=row["high"],
        text=row["quantity_text"],
    )
