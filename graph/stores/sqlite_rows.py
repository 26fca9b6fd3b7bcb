"""Records ↔ rows of schema.sql."""

# ruff: noqa: S608 - what is put into query texts is constants of this package, never data
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.records import (
    Article,
    ArticleId,
    ArticleKind,
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
from graph.stores.encoding import from_moment, make_text_hash, to_moment, unpack_text

SUBJECT, OBJECT, BENCHMARK, SPEAKER = 1, 2, 3, 4  # party.role


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
        article.excerpt,
        make_text_hash(article.text),
    )


def claim_row(claim: Claim) -> tuple[object, ...]:
    return (
        claim.id,
        *claim.span,
        claim.text,
        claim.lang,
        claim.type.value,
        claim.predicate.value,
        claim.modality.value,
        claim.polarity.value,
        claim.date,
        to_moment(claim.reported_at),
        *_quantity_cells(claim.quantity),
        json.dumps([(cue.kind.value, *cue.span, cue.text) for cue in claim.cues]),
        claim.rule,
    )


def party_rows(claim: Claim) -> list[tuple[int, int, str, EntityId | None, str | None, str | None]]:
    """(role, depth, name, entity id, cue, speaker) of everybody in the claim."""
    parties = ((SUBJECT, claim.subject), (OBJECT, claim.object), (BENCHMARK, claim.benchmark))
    rows: list[tuple[int, int, str, EntityId | None, str | None, str | None]] = [
        (role, 0, party.name, party.entity, None, None) for role, party in parties if party
    ]
    rows += [
        (SPEAKER, depth, claimant.party.name, claimant.party.entity, claimant.cue, claimant.speaker)
        for depth, claimant in enumerate(claim.claimants)
    ]
    return rows


def read_sources(connection: sqlite3.Connection, ids: Sequence[SourceId]) -> tuple[Source, ...]:
    rows = connection.execute(f"SELECT * FROM source WHERE id IN {_LISTED}", (json.dumps(ids),))
    found = {row["id"]: make_source(row) for row in rows}
    return tuple(found[id] for id in ids if id in found)


def read_articles(connection: sqlite3.Connection, ids: Sequence[ArticleId]) -> tuple[Article, ...]:
    rows = connection.execute(
        f"SELECT a.*, t.body FROM article a JOIN article_text t USING (aid) WHERE a.id IN {_LISTED}",
        (json.dumps(ids),),
    ).fetchall()
    sources = _sources_by_key(connection, rows)
    found = {row["id"]: make_article(row, sources[row["sid"]], unpack_text(row["body"])) for row in rows}
    return tuple(found[id] for id in ids if id in found)


def make_bare_articles(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> tuple[Article, ...]:
    """Articles of the rows, in their order, with empty texts."""
    sources = _sources_by_key(connection, rows)
    return tuple(make_article(row, sources[row["sid"]], "") for row in rows)


def read_entities(connection: sqlite3.Connection, ids: Sequence[EntityId]) -> tuple[Entity, ...]:
    rows = connection.execute(f"SELECT * FROM entity WHERE id IN {_LISTED}", (json.dumps(ids),)).fetchall()
    found = {entity.id: entity for entity in make_entities(connection, rows)}
    return tuple(found[id] for id in ids if id in found)


def make_entities(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> tuple[Entity, ...]:
    """Entities of the rows, in their order, with their aliases."""
    aliases: dict[int, list[str]] = defaultdict(list)
    keys = json.dumps([row["eid"] for row in rows])
    for eid, text in connection.execute(f"SELECT eid, text FROM alias WHERE eid IN {_LISTED} ORDER BY place", (keys,)):
        aliases[eid].append(text)
    return tuple(
        Entity(
            id=row["id"],
            name=row["name"],
            type=EntityType(row["type"]),
            name_ja=row["name_ja"],
            aliases=tuple(aliases[row["eid"]]),
            wikidata=row["wikidata"],
            curated=bool(row["curated"]),
        )
        for row in rows
    )


def read_claims_by_id(connection: sqlite3.Connection, ids: Sequence[ClaimId]) -> tuple[Claim, ...]:
    rows = connection.execute(f"SELECT id, cid FROM claim WHERE id IN {_LISTED}", (json.dumps(ids),))
    keys = {row["id"]: row["cid"] for row in rows}
    return read_claims(connection, [keys[id] for id in ids if id in keys])


def read_claims(connection: sqlite3.Connection, keys: Sequence[int]) -> tuple[Claim, ...]:
    """The claims of these keys, in their order; every key must exist."""
    listed = json.dumps(keys)
    parties: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in connection.execute(
        f"SELECT p.*, e.id AS entity FROM party p LEFT JOIN entity e USING (eid) "
        f"WHERE p.cid IN {_LISTED} ORDER BY p.cid, p.role, p.depth",
        (listed,),
    ):
        parties[row["cid"]].append(row)
    rows = connection.execute(
        f"SELECT c.*, a.id AS article_id FROM claim c JOIN article a USING (aid) WHERE c.cid IN {_LISTED}", (listed,)
    )
    found = {row["cid"]: make_claim(row, parties[row["cid"]]) for row in rows}
    return tuple(found[key] for key in keys)


def read_mentions(connection: sqlite3.Connection, article: ArticleId) -> tuple[Mention, ...]:
    rows = connection.execute(
        "SELECT e.id, m.start_char, m.end_char, m.text "
        "FROM article a JOIN mention m USING (aid) JOIN entity e USING (eid) WHERE a.id = ? ORDER BY m.place",
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
        excerpt=bool(row["excerpt"]),
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
        cues=tuple(Cue(CueKind(kind), (start, end), text) for kind, start, end, text in json.loads(row["cues"])),
        rule=row["rule"],
    )


def make_tie(row: Sequence[str]) -> Tie:
    subject, relation, object, source = row
    return Tie(EntityId(subject), Relation(relation), EntityId(object), source)


# A list of any length as one parameter, so that query texts stay constant.
_LISTED = "(SELECT value FROM json_each(?))"


def _sources_by_key(connection: sqlite3.Connection, rows: Iterable[sqlite3.Row]) -> dict[int, Source]:
    keys = json.dumps(sorted({row["sid"] for row in rows}))
    return {
        row["sid"]: make_source(row)
        for row in connection.execute(f"SELECT * FROM source WHERE sid IN {_LISTED}", (keys,))
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
