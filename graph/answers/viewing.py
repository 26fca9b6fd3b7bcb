"""Records of a store → views, with the names of what their ids stand for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from graph.grades import grade_claim
from graph.records import Article, Claim, Entity, EntityId, Party, Proposition, Status, Tie
from graph.store import GraphStore
from graph.views import ArticleRef, ClaimView, EntityRef, Gist, PartyView, PropositionRef, SpeakerView, TieView

_T = TypeVar("_T")


def view_claim_records(store: GraphStore, claims: Sequence[Claim]) -> tuple[ClaimView, ...]:
    """The claims with their articles and the names of their parties."""
    articles = {article.id: article for article in store.get_articles(list_once(c.article_id for c in claims))}
    entities = {entity.id: entity for entity in store.get_entities(list_once(id for c in claims for id in c.named))}
    return tuple(_view_claim(claim, articles[claim.article_id], entities) for claim in claims)


def _view_claim(claim: Claim, article: Article, entities: dict[EntityId, Entity]) -> ClaimView:
    return ClaimView(
        id=claim.id,
        type=claim.type,
        predicate=claim.predicate,
        text=claim.text,
        lang=claim.lang,
        span=claim.span,
        subject=_view_party(claim.subject, entities),
        object=_view_party(claim.object, entities) if claim.object else None,
        benchmark=_view_party(claim.benchmark, entities) if claim.benchmark else None,
        quantity=claim.quantity,
        claimants=tuple(
            SpeakerView(_view_party(claimant.party, entities), depth, claimant.cue, claimant.speaker)
            for depth, claimant in enumerate(claim.claimants)
        ),
        modality=claim.modality,
        polarity=claim.polarity,
        date=claim.date,
        reported_at=claim.reported_at,
        cues=claim.cues,
        reader=claim.reader,
        score=claim.score,
        refuted=claim.refuted,
        misread=claim.misread,
        grade=grade_claim(claim),
        article=refer_article(article),
    )


def _view_party(party: Party, entities: dict[EntityId, Entity]) -> PartyView:
    entity = entities.get(party.entity) if party.entity else None
    return PartyView(entity.name if entity else party.name, refer(entity) if entity else None)


def view_ties(store: GraphStore, entity_id: EntityId) -> tuple[TieView, ...]:
    """The background ties of an entity, read from its side."""
    ties = store.list_ties(entity_id)
    ends = list_once(_other_end(tie, entity_id) for tie in ties)
    others = {entity.id: refer(entity) for entity in store.get_entities(ends)}
    return tuple(view_tie(tie, entity_id, others) for tie in ties)


def view_tie(tie: Tie, entity_id: EntityId, others: Mapping[EntityId, EntityRef]) -> TieView:
    """The tie read from the side of one of its ends."""
    return TieView(tie.relation, others[_other_end(tie, entity_id)], tie.subject == entity_id, tie.source)


def _other_end(tie: Tie, entity_id: EntityId) -> EntityId:
    return tie.object if tie.subject == entity_id else tie.subject


def refer(entity: Entity) -> EntityRef:
    """What it takes to name the entity and link to it."""
    return EntityRef(entity.id, entity.name, entity.name_ja, entity.type)


def refer_proposition(proposition: Proposition, status: Status | None, gist: Gist | None) -> PropositionRef:
    """What it takes to name the proposition, link to it and say what became of it."""
    return PropositionRef(
        proposition.id,
        proposition.label_en,
        proposition.label_ja,
        status,
        proposition.articles,
        proposition.origins,
        gist,
    )


def refer_article(article: Article) -> ArticleRef:
    """The article without its text."""
    return ArticleRef(
        id=article.id,
        url=article.url,
        title=article.title,
        lang=article.lang,
        published_at=article.published_at,
        version=article.version,
        kind=article.kind,
        excerpt=article.excerpt,
        source=article.source,
        barrier=article.barrier,
    )


def list_once(items: Iterable[_T]) -> list[_T]:
    """The items in order, each once."""
    return list(dict.fromkeys(items))
