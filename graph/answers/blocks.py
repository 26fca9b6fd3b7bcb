"""What stands before the claims that a search finds: who is meant, the numbers that are meant, matters, articles."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.answers.accounts import FiguresView, get_figures
from graph.answers.chapters import Clock
from graph.answers.evidence import PAGE_CLAIMS
from graph.answers.proposition_views import MatterView, view_matters
from graph.answers.viewing import refer, refer_article
from graph.computed import Tables
from graph.proposition_store import MatterFacet, PropositionQuery
from graph.records import Claim, Entity, EntityId, PropositionId, Relation
from graph.searching.language import Term, format_terms
from graph.store import ClaimQuery, GraphStore
from graph.views import ArticleRef, EntityDetail, EntityRef

_MATTERS, _ARTICLES, _FIGURES = 5, 5, 3


@dataclass(frozen=True, slots=True)
class EntityCard:
    """Who is meant, in a few lines.

    spellings  other than the name, each once
    makers     of it, as the tables say
    days       claims about it by day, over the newest 10,000; without weak ones
    statuses   matters about it by what became of them, most first
    """

    entity: EntityRef
    spellings: tuple[str, ...]
    makers: tuple[EntityRef, ...]
    days: Mapping[date, int]
    statuses: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article and how many of the best claims stand in it."""

    article: ArticleRef
    claims: int


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a search in the order of the page; what is not there is None or empty.

    matters  those of the best 200 claims; articles likewise, those with most of them first
    """

    card: EntityCard | None
    figures: FiguresView | None
    matters: tuple[MatterView, ...]
    articles: tuple[ArticleHit, ...]


@dataclass(frozen=True, slots=True)
class Best:
    """What blocks are made from.

    names     entities meant; measures likewise
    claims    the best with their weights, best first
    """

    names: tuple[EntityRef, ...]
    measures: tuple[str, ...]
    claims: tuple[tuple[Claim, float], ...]


def find_blocks(store: GraphStore, best: Best, clock: Clock, tables: Tables) -> Blocks:
    """The blocks of a search."""
    return Blocks(
        _make_card(store, best.names[0].id) if best.names else None,
        _find_figures(store, best, clock, tables) if best.measures else None,
        _find_matters(store, best.claims),
        _find_articles(store, best.claims),
    )


def _make_card(store: GraphStore, id: EntityId) -> EntityCard | None:
    entity = next(iter(store.get_entities([id])), None)
    if entity is None:
        return None
    makers = [tie.subject for tie in store.list_ties(id) if tie.relation is Relation.MAKES and tie.object == id]
    return EntityCard(
        refer(entity),
        list_others(entity),
        tuple(map(refer, store.get_entities(list(dict.fromkeys(makers))))),
        dict(store.count_days(ClaimQuery(about=(id,), weak=False))),
        dict(store.count_propositions(PropositionQuery(about=(id,)), MatterFacet.STATUS)),
    )


def list_others(entity: Entity | EntityDetail) -> tuple[str, ...]:
    """Its names beside the main one, each once."""
    names = dict.fromkeys(name for name in (entity.name_ja, *entity.aliases) if name)
    return tuple(name for name in names if name != entity.name)


def _find_figures(store: GraphStore, best: Best, clock: Clock, tables: Tables) -> FiguresView | None:
    """The numbers of the first measure meant, of whom is meant; None where nobody gives any."""
    measure = best.measures[0]
    terms = [Term("", name.name.replace('"', " "), quoted=True) for name in best.names]
    text = format_terms([*terms, Term("measure", measure)])
    view = get_figures(store, text, clock, tables, measure, _FIGURES, PAGE_CLAIMS)
    return view if view.figures else None


def _find_matters(store: GraphStore, best: Sequence[tuple[Claim, float]]) -> tuple[MatterView, ...]:
    """Those that most of the best claims speak of, weighed; of equal ones that of the better claim."""
    matters = store.find_propositions_of([claim.id for claim, _ in best])
    weights: dict[PropositionId, float] = defaultdict(float)
    for claim, weight in best:
        if matter := matters.get(claim.id):
            weights[matter] += weight
    shown = sorted(weights, key=lambda matter: weights[matter], reverse=True)[:_MATTERS]
    return view_matters(store, store.get_propositions(shown))


def _find_articles(store: GraphStore, best: Sequence[tuple[Claim, float]]) -> tuple[ArticleHit, ...]:
    counts = Counter(claim.article_id for claim, _ in best).most_common(_ARTICLES)
    articles = {article.id: article for article in store.get_articles([id for id, _ in counts])}
    return tuple(ArticleHit(refer_article(articles[id]), n) for id, n in counts if id in articles)
