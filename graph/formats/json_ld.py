"""JSON-LD with schema.org: each claim a `Claim` that appears in its article."""

import json
from collections.abc import Iterator
from urllib.parse import quote

from graph.batches import iter_batches
from graph.ids import format_time
from graph.records import Article, ArticleKind, Claim, Entity, EntityType, Party
from graph.rulings.resolve import derive_extraction, derive_identity
from graph.store import GraphStore

_ENTITY_TYPES: dict[EntityType, str] = {
    EntityType.COMPANY: "Organization",
    EntityType.INSTITUTION: "Organization",
    EntityType.PERSON: "Person",
    EntityType.PRODUCT: "Product",
    EntityType.HARDWARE: "Product",
    EntityType.MODEL: "SoftwareApplication",
    EntityType.PUBLICATION: "CreativeWork",
    EntityType.DATASET: "Dataset",
    EntityType.PLACE: "Place",
    EntityType.LAW: "Legislation",
}
_ARTICLE_TYPES: dict[ArticleKind, str] = {
    ArticleKind.NEWS: "NewsArticle",
    ArticleKind.OPINION: "OpinionNewsArticle",
    ArticleKind.PAPER: "ScholarlyArticle",
}
_ENTITIES = 500

Item = dict[str, object]


def iter_json_ld(store: GraphStore) -> Iterator[str]:
    """One JSON document; its `@graph` holds the entities, then each article with its claims, as judged."""
    yield '{"@context": "https://schema.org", "@graph": ['
    mark = "\n"
    for item in _iter_items(store):
        yield mark + json.dumps(item, ensure_ascii=False)
        mark = ",\n"
    yield "\n]}\n"


def make_claim_item(claim: Claim) -> Item:
    """The claim; who made it is its `author`, type, predicate, firmness and polarity are its `keywords`."""
    about = [_refer(party) for party in (claim.subject, claim.object, claim.benchmark) if party]
    item: Item = {
        "@type": "Claim",
        "@id": _name("claim", claim.id),
        "text": claim.text,
        "inLanguage": claim.lang,
        "datePublished": format_time(claim.reported_at),
        "appearance": {"@id": _name("article", claim.article_id)},
        "about": about,
        "keywords": [claim.type.value, claim.predicate.value, claim.modality.value, claim.polarity.value],
    }
    return item | {"author": _refer(claim.origin.party)} if claim.origin else item


def _iter_items(store: GraphStore) -> Iterator[Item]:
    identity = derive_identity(store.list_judgements())
    for batch in iter_batches(store.iter_entities(), _ENTITIES):
        ids = [entity.id for entity in batch if identity.find_root(entity.id) == entity.id]
        yield from map(_make_entity_item, store.get_entities(ids))
    for extraction in store.iter_extractions():
        derived = derive_extraction(identity, extraction)
        yield _make_article_item(derived.article)
        yield from map(make_claim_item, derived.claims)


def _make_entity_item(entity: Entity) -> Item:
    names = [*filter(None, [entity.name_ja]), *entity.aliases]
    item: Item = {
        "@type": _ENTITY_TYPES.get(entity.type, "Thing"),
        "@id": _name("entity", entity.id),
        "name": entity.name,
        "alternateName": names,
    }
    return item | {"sameAs": f"https://www.wikidata.org/entity/{entity.wikidata}"} if entity.wikidata else item


def _make_article_item(article: Article) -> Item:
    return {
        "@type": _ARTICLE_TYPES.get(article.kind, "Article"),
        "@id": _name("article", article.id),
        "url": article.url,
        "headline": article.title,
        "inLanguage": article.lang,
        "datePublished": format_time(article.published_at),
        "publisher": {"@type": "Organization", "name": article.source.name, "url": f"https://{article.source.domain}/"},
    }


def _refer(party: Party) -> Item:
    return {"@id": _name("entity", party.entity)} if party.entity else {"@type": "Thing", "name": party.name}


def _name(kind: str, id: str) -> str:
    return f"urn:claimgraph:{kind}:{quote(id)}"
