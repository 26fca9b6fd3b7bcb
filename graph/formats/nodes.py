"""A whole store as nodes and relationships of graph/schema.py, as judged: what the graph formats write."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from graph.batches import iter_batches
from graph.ids import format_time, list_event_ids, make_text_hash
from graph.records import (
    Article,
    Claim,
    ClaimId,
    ClaimType,
    Contradiction,
    Copy,
    Entity,
    EntityId,
    Event,
    Extraction,
    Proposition,
    Source,
)
from graph.rulings.resolve import derive_extraction, derive_identity
from graph.schema import ENTITY_LABELS
from graph.store import GraphStore

Value = str | int | float | tuple[str, ...]
_ENTITIES = 500
# Contradictions are few beside claims, and a million of them is more than anybody has.
_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Node:
    """A node with its label, for an entity also the label of its type, and the properties that it has."""

    label: str
    id: str
    properties: dict[str, Value]
    type_label: str | None = None

    @property
    def key(self) -> str:
        """Unique in the graph: an entity may have the id of a source."""
        return f"{self.label}:{self.id}"


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship; its ends are (label, id)."""

    type: str
    start: tuple[str, str]
    end: tuple[str, str]
    properties: dict[str, Value]


class GraphReader:
    """Reads a store in two passes, nodes first; what is added in between is in neither."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._identity = derive_identity(store.list_judgements())
        self._known: set[str] = set()
        self._entities: set[str] = set()
        self._articles: set[str] = set()
        self._claims: set[str] = set()
        self._propositions: set[str] = set()

    def iter_nodes(self) -> Iterator[Node]:
        """Entities, then each source before its first article and each article before its claims."""
        for batch in iter_batches(self._store.iter_entities(), _ENTITIES):
            self._known.update(entity.id for entity in batch)
            ids = [entity.id for entity in batch if self._identity.find_root(entity.id) == entity.id]
            self._entities.update(ids)
            yield from map(make_entity_node, self._store.get_entities(ids))
        sources: set[str] = set()
        for extraction in self._iter_extractions():
            article = extraction.article
            if article.source.id not in sources:
                sources.add(article.source.id)
                yield make_source_node(article.source)
            self._articles.add(article.id)
            yield make_article_node(article)
            self._claims.update(claim.id for claim in extraction.claims)
            yield from map(make_claim_node, extraction.claims)
        for proposition in self._store.iter_propositions():
            if self._claims.issuperset(link.claim for link in proposition.links):
                self._propositions.add(proposition.id)
                yield make_proposition_node(proposition)
                yield from map(_make_event_node, list_event_ids(proposition), count(), proposition.events)

    def iter_edges(self) -> Iterator[Edge]:
        """Ties, then what each article and its claims bring, copies, and what is derived."""
        ties: set[tuple[str, str, str, str]] = set()
        for tie in self._store.iter_ties():
            start, end = self._identity.find_root(tie.subject), self._identity.find_root(tie.object)
            key = (start, tie.relation.value, end, tie.source)
            if start != end and key not in ties and {start, end} <= self._entities:
                ties.add(key)
                yield Edge(tie.relation.value, ("Entity", start), ("Entity", end), {"source": tie.source})
        for extraction in self._iter_extractions():
            if extraction.article.id in self._articles:
                yield from _iter_article_edges(extraction)
        for copy in self._store.iter_copies():
            if {copy.article, copy.original} <= self._articles:
                yield _make_copy_edge(copy)
        yield from self._iter_derived_edges()

    def _iter_derived_edges(self) -> Iterator[Edge]:
        claims: list[ClaimId] = []
        for proposition in self._store.iter_propositions():
            if proposition.id in self._propositions:
                yield from _iter_proposition_edges(proposition, self._propositions)
                claims += [link.claim for link in proposition.links if proposition.type is ClaimType.ALLEGATION]
        for one in self._store.list_contradictions(limit=_ALL):
            if {one.one, one.other} <= self._propositions:
                yield _make_contradiction_edge(one)
        for page in map(set, iter_batches(claims, _ENTITIES)):
            for claim, answered in self._store.list_responses(sorted(page)):
                if claim in page and answered in self._claims:
                    yield Edge("RESPONDS_TO", ("Claim", claim), ("Claim", answered), {})

    def _iter_extractions(self) -> Iterator[Extraction]:
        for extraction in self._store.iter_extractions():
            if self._known.issuperset(entity.id for entity in extraction.entities):
                yield derive_extraction(self._identity, extraction)


def make_source_node(source: Source) -> Node:
    return _make_node(
        "Source",
        source.id,
        name=source.name,
        kind=source.kind.value,
        lang=source.lang,
        country=source.country,
        domain=source.domain,
        reliability=source.reliability,
    )


def make_article_node(article: Article) -> Node:
    return _make_node(
        "Article",
        article.id,
        url=article.url,
        title=article.title,
        lang=article.lang,
        published_at=format_time(article.published_at),
        fetched_at=format_time(article.fetched_at),
        text_hash=make_text_hash(article.text),
        version=article.version,
        kind=article.kind.value,
    )


def make_entity_node(entity: Entity) -> Node:
    return _make_node(
        "Entity",
        entity.id,
        ENTITY_LABELS[entity.type],
        name=entity.name,
        name_ja=entity.name_ja,
        aliases=entity.aliases,
        wikidata=entity.wikidata,
    )


def make_claim_node(claim: Claim) -> Node:
    quantity = claim.quantity
    return _make_node(
        "Claim",
        claim.id,
        claim_type=claim.type.value,
        predicate=claim.predicate.value,
        text=claim.text,
        lang=claim.lang,
        start_char=claim.span[0],
        end_char=claim.span[1],
        modality=claim.modality.value,
        polarity=claim.polarity.value,
        date=claim.date,
        reported_at=format_time(claim.reported_at),
        measure=(quantity.measure or None) if quantity else None,
        value=float(quantity.value) if quantity else None,
        high=float(quantity.high) if quantity and quantity.high is not None else None,
        unit=quantity.unit if quantity else None,
        comparator=quantity.comparator.value if quantity else None,
        subject=claim.subject.name,
        object=claim.object.name if claim.object else None,
        origin=claim.origin.party.name if claim.origin else None,
        reader=claim.reader,
        score=claim.score,
        refuted=claim.refuted or None,
        misread=claim.misread or None,
    )


def make_proposition_node(one: Proposition) -> Node:
    return _make_node(
        "Proposition",
        one.id,
        label_en=one.label_en,
        label_ja=one.label_ja,
        claim_type=one.type.value,
        predicate=one.predicate.value,
        status=one.status.value,
        first_reported_at=format_time(one.first_reported_at),
        last_reported_at=format_time(one.last_reported_at),
        articles=one.articles,
        origins=one.origins,
    )


def _make_event_node(id: str, step: int, event: Event) -> Node:
    return _make_node(
        "Event",
        id,
        step=step,
        status=event.status.value,
        valid_from=format_time(event.valid_from),
        recorded_at=format_time(event.recorded_at),
        basis=tuple(event.basis),
    )


def _make_node(label: str, id: str, type_label: str | None = None, /, **properties: Value | None) -> Node:
    present = {name: value for name, value in properties.items() if value is not None}
    return Node(label, id, {"id": id, **present}, type_label)


def _iter_article_edges(extraction: Extraction) -> Iterator[Edge]:
    article = ("Article", extraction.article.id)
    yield Edge("PUBLISHED", ("Source", extraction.article.source.id), article, {})
    named: dict[EntityId, list[tuple[int, int]]] = {}
    for mention in extraction.mentions:
        named.setdefault(mention.entity, []).append(mention.span)
    for id, spans in named.items():
        start, end = min(spans)
        yield Edge("MENTIONS", article, ("Entity", id), {"count": len(spans), "start_char": start, "end_char": end})
    for claim in extraction.claims:
        yield Edge("STATES", article, ("Claim", claim.id), {})
        yield from _iter_claim_edges(claim)


def _iter_proposition_edges(one: Proposition, known: set[str]) -> Iterator[Edge]:
    end = ("Proposition", one.id)
    for link in one.links:
        yield Edge("SAYS", ("Claim", link.claim), end, {"score": link.score})
    for id in list_event_ids(one):
        yield Edge("HAD", end, ("Event", id), {})
    for general in one.part_of:
        if general in known:
            yield Edge("PART_OF", end, ("Proposition", general), {})


def _make_contradiction_edge(one: Contradiction) -> Edge:
    state = "dismissed" if one.dismissed else "open"
    properties: dict[str, Value] = {"kind": one.kind.value, "score": one.score, "state": state}
    return Edge("CONTRADICTS", ("Proposition", one.one), ("Proposition", one.other), properties)


def _make_copy_edge(copy: Copy) -> Edge:
    properties: dict[str, Value] = {"score": copy.score, "kind": copy.kind.value}
    return Edge("COPY_OF", ("Article", copy.article), ("Article", copy.original), properties)


def _iter_claim_edges(claim: Claim) -> Iterator[Edge]:
    start = ("Claim", claim.id)
    for type, party in (("SUBJECT", claim.subject), ("OBJECT", claim.object), ("ON", claim.benchmark)):
        if party and party.entity:
            yield Edge(type, start, ("Entity", party.entity), {})
    for depth, claimant in enumerate(claim.claimants):
        if claimant.party.entity:
            cue: dict[str, Value] = {"cue": claimant.cue} if claimant.cue else {}
            yield Edge("CLAIMED_BY", start, ("Entity", claimant.party.entity), {"depth": depth, **cue})
