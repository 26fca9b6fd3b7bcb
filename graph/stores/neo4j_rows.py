"""Records ↔ nodes of graph/schema.py. What no property of the model holds is kept in `record`, as JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.grades import FAIR_FROM
from graph.ids import fold_name, format_time, make_text_hash
from graph.records import (
    Article,
    ArticleKind,
    Barrier,
    Claim,
    Claimant,
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
    Source,
    SourceKind,
)
from graph.schema import ENTITY_LABELS, LABELS
from graph.stores.encoding import from_moment, pack_text, to_moment, unpack_text
from graph.stores.neo4j_words import index_en, index_ja

Properties = dict[str, Any]
Mentions = tuple[Mention, ...]

_PROPERTIES = {label.name: (*label.properties, *label.kept) for label in LABELS}
# Of a claim c, that it counts: it is neither weak (grades.py) nor judged misread.
IS_COUNTED = f"coalesce(c.score, 1.0) >= {FAIR_FROM} AND c.refuted IS NULL AND c.misread IS NULL"
_TYPES = {label: kind for kind, label in ENTITY_LABELS.items()}


def project(name: str, label: str, *without: str) -> str:
    """Cypher that gives a node as a map of all it holds, but for some properties."""
    return f"{name} {{{', '.join(f'.{key}' for key in _PROPERTIES[label] if key not in without)}}}"


ENTITY = f"{project('e', 'Entity')[:-1]}, labels: labels(e)}}"
"""Cypher that gives the entity `e` as `make_entity` reads it."""


def source_properties(source: Source) -> Properties:
    return {
        "id": source.id,
        "name": source.name,
        "kind": source.kind.value,
        "lang": source.lang,
        "country": source.country,
        "domain": source.domain,
        "reliability": None if source.reliability is None else float(source.reliability),
    }


def make_source(node: Mapping[str, Any]) -> Source:
    return Source(
        id=node["id"],
        name=node["name"],
        domain=node["domain"],
        kind=SourceKind(node["kind"]),
        lang=node["lang"],
        country=node["country"],
        reliability=node["reliability"],
    )


def article_properties(article: Article, mentions: Mentions, added: Mentions, key: int) -> Properties:
    """The node of an article whose mentions, as they were added, now stand where `mentions` say."""
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "lang": article.lang,
        "published_at": format_time(article.published_at),
        "fetched_at": format_time(article.fetched_at),
        "text_hash": make_text_hash(article.text),
        "version": article.version,
        "kind": article.kind.value,
        "key": key,
        "body": pack_text(article.text),
        "record": article_record(article, mentions, added),
    }


def article_record(article: Article, mentions: Mentions, added: Mentions) -> str:
    return _pack(
        published=to_moment(article.published_at),
        fetched=to_moment(article.fetched_at),
        authors=article.authors,
        excerpt=article.excerpt,
        barrier=article.barrier,
        mentions=[(mention.entity, *mention.span, mention.text) for mention in mentions],
        **_set_aside([mention.entity for mention in mentions], [mention.entity for mention in added]),
    )


def make_article(node: Mapping[str, Any], source: Mapping[str, Any]) -> Article:
    """The article; its text is empty when the node comes without a body."""
    record = json.loads(node["record"])
    return Article(
        id=node["id"],
        url=node["url"],
        source=make_source(source),
        title=node["title"],
        text=unpack_text(node["body"]) if "body" in node else "",
        lang=node["lang"],
        published_at=from_moment(record["published"]),
        fetched_at=from_moment(record["fetched"]),
        kind=ArticleKind(node["kind"]),
        version=node["version"],
        authors=tuple(record["authors"]),
        excerpt=record["excerpt"],
        barrier=Barrier(record["barrier"]) if record.get("barrier") else None,
    )


def make_mentions(record: str, *, as_added: bool = False) -> Mentions:
    """The mentions in an article's `record`."""
    found = json.loads(record)
    mentions = tuple(Mention(EntityId(id), (start, end), text) for id, start, end, text in found["mentions"])
    if not as_added or "added" not in found:
        return mentions
    return tuple(replace(mention, entity=id) for mention, id in zip(mentions, found["added"], strict=True))


def mention_rows(article: Article, mentions: Mentions) -> list[Properties]:
    """A MENTIONS relationship for each entity: how often it is named and where first."""
    rows: dict[EntityId, Properties] = {}
    for mention in mentions:
        start, end = mention.span
        row = rows.setdefault(
            mention.entity,
            {"article": article.id, "entity": mention.entity, "count": 0, "start_char": start, "end_char": end},
        )
        row["count"] += 1
        if start < row["start_char"]:
            row |= {"start_char": start, "end_char": end}
    return list(rows.values())


def claim_properties(claim: Claim, added: Claim, source: str, key: int) -> Properties:
    """The node of a claim that was added as `added`."""
    start, end = claim.span
    return {
        "id": claim.id,
        "claim_type": claim.type.value,
        "predicate": claim.predicate.value,
        "text": claim.text,
        "lang": claim.lang,
        "start_char": start,
        "end_char": end,
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "date": claim.date,
        "reported_at": format_time(claim.reported_at),
        **_quantity_properties(claim.quantity),
        "subject": claim.subject.name,
        "object": claim.object.name if claim.object else None,
        "origin": claim.origin.party.name if claim.origin else None,
        "reader": claim.reader,
        "score": None if claim.score is None else float(claim.score),
        "refuted": claim.refuted or None,
        "misread": claim.misread or None,
        "key": key,
        "moment": to_moment(claim.reported_at),
        "article_id": claim.article_id,
        "source_id": source,
        "text_en": index_en(claim.text),
        "text_ja": index_ja(claim.text),
        "record": claim_record(claim, added),
    }


def claim_record(claim: Claim, added: Claim) -> str:
    return _pack(
        subject=claim.subject.entity,
        object=claim.object.entity if claim.object else None,
        benchmark=_party(claim.benchmark),
        claimants=[(*_named(c.party), c.cue, c.speaker) for c in claim.claimants],
        amount=claim.quantity.text if claim.quantity else None,
        cues=[(cue.kind.value, *cue.span, cue.text) for cue in claim.cues],
        **_set_aside([party.entity for party in claim.parties], [party.entity for party in added.parties]),
    )


def party_rows(claim: Claim) -> Iterator[tuple[str, Properties]]:
    """Each relationship to an entity: its type, and what writes it."""
    for name, party in (("SUBJECT", claim.subject), ("OBJECT", claim.object), ("ON", claim.benchmark)):
        if party and party.entity is not None:
            yield name, {"claim": claim.id, "entity": party.entity, "properties": {}}
    for depth, claimant in enumerate(claim.claimants):
        if claimant.party.entity is not None:
            said = {"depth": depth, "cue": claimant.cue or None}
            yield "CLAIMED_BY", {"claim": claim.id, "entity": claimant.party.entity, "properties": said}


def make_claim(node: Mapping[str, Any], *, as_added: bool = False) -> Claim:
    record = json.loads(node["record"])
    claim = _make_claim(node, record)
    return _lead_back(claim, record["added"]) if as_added and "added" in record else claim


def _lead_back(claim: Claim, added: Sequence[EntityId | None]) -> Claim:
    ids = iter(added)

    def back(party: Party) -> Party:
        return replace(party, entity=next(ids))

    return replace(
        claim,
        subject=back(claim.subject),
        object=back(claim.object) if claim.object else None,
        benchmark=back(claim.benchmark) if claim.benchmark else None,
        claimants=tuple(replace(claimant, party=back(claimant.party)) for claimant in claim.claimants),
    )


def _set_aside(now: Sequence[EntityId | None], added: Sequence[EntityId | None]) -> dict[str, object]:
    """What stood there before judgements led it elsewhere."""
    return {} if now == added else {"added": added}


def _make_claim(node: Mapping[str, Any], record: Mapping[str, Any]) -> Claim:
    return Claim(
        id=node["id"],
        article_id=node["article_id"],
        span=(node["start_char"], node["end_char"]),
        text=node["text"],
        lang=node["lang"],
        type=ClaimType(node["claim_type"]),
        predicate=Predicate(node["predicate"]),
        subject=Party(node["subject"], record["subject"]),
        object=None if node["object"] is None else Party(node["object"], record["object"]),
        quantity=_make_quantity(node, record["amount"]),
        benchmark=Party(*record["benchmark"]) if record["benchmark"] else None,
        claimants=tuple(
            Claimant(Party(name, entity), cue, speaker) for name, entity, cue, speaker in record["claimants"]
        ),
        modality=Modality(node["modality"]),
        polarity=Polarity(node["polarity"]),
        date=None if node["date"] is None else PartialDate(node["date"]),
        reported_at=from_moment(node["moment"]),
        cues=tuple(Cue(CueKind(kind), (start, end), text) for kind, start, end, text in record["cues"]),
        reader=node["reader"],
        score=node["score"],
        refuted=node["refuted"] or "",
        misread=node["misread"] or "",
    )


def entity_properties(entity: Entity, found: tuple[str, ...]) -> Properties:
    """The fields of an entity; `found` are those of its aliases that texts brought."""
    return {
        "id": entity.id,
        "name": entity.name,
        "name_ja": entity.name_ja,
        "aliases": list(entity.aliases),
        "wikidata": entity.wikidata,
        "curated": entity.curated,
        "found": list(found),
        "spellings": _fold_all(entity),
    }


def make_entity(node: Mapping[str, Any]) -> Entity:
    """The entity of a map as ENTITY gives it."""
    return Entity(
        id=node["id"],
        name=node["name"],
        type=next(_TYPES[label] for label in node["labels"] if label in _TYPES),
        name_ja=node["name_ja"],
        aliases=tuple(node["aliases"]),
        wikidata=node["wikidata"],
        curated=node["curated"],
    )


def label_of(kind: EntityType) -> str:
    return ENTITY_LABELS[kind]


def _fold_all(entity: Entity) -> str:
    """Every spelling as fold_name leaves it, each between two spaces: no folded name holds one."""
    folded = {fold_name(name) for name in (entity.name, entity.name_ja or "", *entity.aliases)} - {""}
    return f" {' '.join(sorted(folded))} "


def _pack(**values: object) -> str:
    return json.dumps(values, separators=(",", ":"))


def _party(party: Party | None) -> tuple[str, EntityId | None] | None:
    return None if party is None else _named(party)


def _named(party: Party) -> tuple[str, EntityId | None]:
    return party.name, party.entity


def _quantity_properties(quantity: Quantity | None) -> Properties:
    if quantity is None:
        return {}
    return {
        "measure": quantity.measure or None,
        "value": float(quantity.value),
        "high": None if quantity.high is None else float(quantity.high),
        "unit": quantity.unit,
        "comparator": quantity.comparator.value,
    }


def _make_quantity(node: Mapping[str, Any], text: str | None) -> Quantity | None:
    if node["value"] is None:
        return None
    return Quantity(
        measure=node["measure"] or "",
        value=node["value"],
        unit=node["unit"],
        comparator=Comparator(node["comparator"]),
        high=node["high"],
        text=text or "",
    )
