"""Lists of matters, articles and entities as views: a page, how many there are, and counts to narrow by.

What is chosen of a facet does not narrow its own values: they keep their places.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.answers.viewing import refer, refer_article
from graph.list_store import ArticleFacet, ArticleQuery, EntityCount, EntityFacet, EntityQuery
from graph.proposition_store import MatterFacet, PropositionQuery
from graph.records import SourceId
from graph.searching.facets import count_about
from graph.store import FACET_DEPTH, GraphStore
from graph.views import ArticleRef, EntityCountView

Counts = Mapping[str, Mapping[str, int]]
"""By facet the values and how many there are of each."""

_MOST_VALUES = 14


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article of a list, how many claims it makes, and how many weak and misread ones beside them."""

    article: ArticleRef
    claims: int
    weak: int


@dataclass(frozen=True, slots=True)
class ArticlesView:
    """A page of articles, newest first.

    total    of all that match, exact below 10,000, which is given for more too; facets likewise
    sources  the names of the sources among the facets, by id
    only_with_claims  whether articles that hold no claim are kept in the archive alone
    """

    articles: tuple[ArticleRow, ...]
    next: str | None
    total: int
    facets: Counts
    sources: Mapping[str, str]
    only_with_claims: bool = False


@dataclass(frozen=True, slots=True)
class EntitiesView:
    """A page of the names that claims are about, most claims first; counted are those that `count_about` counts."""

    entities: tuple[EntityCountView, ...]
    next: str | None
    total: int
    facets: Counts


def list_articles(store: GraphStore, query: ArticleQuery, limit: int = 20, after: str | None = None) -> ArticlesView:
    """QueryError when the cursor is none of ours."""
    page = store.find_articles(query, limit, after)
    freed = {
        ArticleFacet.SOURCE: replace(query, sources=()),
        ArticleFacet.LANG: replace(query, langs=()),
        ArticleFacet.DAY: replace(query, since=None, until=None),
        ArticleFacet.PART: replace(query, part=None),
        ArticleFacet.CLAIMS: replace(query, claims=None),
    }
    facets = {facet.value: dict(store.count_articles(one, facet, _MOST_VALUES)) for facet, one in freed.items()}
    sources = store.get_sources([SourceId(id) for id in facets[ArticleFacet.SOURCE]])
    return ArticlesView(
        tuple(ArticleRow(refer_article(one.article), one.claims, one.weak) for one in page.articles),
        page.next,
        sum(store.count_articles(query, ArticleFacet.PART).values()),
        facets,
        {source.id: source.name for source in sources},
    )


def list_named(store: GraphStore, query: EntityQuery, limit: int = 20, after: str | None = None) -> EntitiesView:
    """QueryError when the cursor is none of ours."""
    page = store.find_named(query, limit, after)
    return EntitiesView(
        view_counts(store, page.entities),
        page.next,
        sum(store.count_named(query, EntityFacet.TYPE).values()),
        {
            EntityFacet.TYPE.value: dict(store.count_named(replace(query, types=()), EntityFacet.TYPE)),
            EntityFacet.LETTER.value: dict(store.count_named(replace(query, letter=""), EntityFacet.LETTER)),
        },
    )


def view_counts(store: GraphStore, counts: Iterable[EntityCount]) -> tuple[EntityCountView, ...]:
    """The entities of one page of a store, those with most claims as `count_about` counts them first.

    The store goes by all claims, so that pages follow each other; weak ones may put some of a page out of order.
    """
    rows = [EntityCountView(refer(one.entity), count_about(store, one.entity.id)) for one in counts]
    return tuple(sorted(rows, key=lambda row: -row.claims))


def count_matters(store: GraphStore, query: PropositionQuery) -> tuple[int, Counts]:
    """How many matters match, exact below 10,000, and counts to narrow by."""
    facets = {
        MatterFacet.STATUS.value: dict(store.count_propositions(replace(query, statuses=()), MatterFacet.STATUS)),
        MatterFacet.TYPE.value: dict(store.count_propositions(replace(query, types=()), MatterFacet.TYPE)),
    }
    return min(FACET_DEPTH, sum(store.count_propositions(query, MatterFacet.STATUS).values())), facets
