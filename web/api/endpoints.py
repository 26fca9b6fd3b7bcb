"""The HTTP API: the records behind the pages, as JSON. A new address is a function and a line of `ROUTES`."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Blueprint, Response, json, request

from graph import schema
from graph.answers.accounts import FiguresView, LedgerView, get_figures, get_ledger
from graph.answers.columns import ColumnsView
from graph.answers.crossings import CrossingsView
from graph.answers.disputes import ContradictionsView, get_contradictions
from graph.answers.finding import FoundView
from graph.answers.judgements import JudgementsPage
from graph.answers.listing import ArticlesView, EntitiesView
from graph.answers.matter import MatterDetail
from graph.answers.neighbourhood import Neighbourhood, get_neighbourhood
from graph.answers.previews import EffectView, preview
from graph.answers.proposition_views import MatterPage
from graph.answers.queries import (
    get_article,
    get_claim,
    get_entity,
    get_home,
    get_source,
    list_sources,
)
from graph.answers.stories import StoryView
from graph.answers.suggesting import Hints
from graph.cypher.guard import BANNED, KEYWORDS
from graph.editions.views import EditionView
from graph.errors import QueryError
from graph.records import ArticleId, ClaimId, EntityId, FeedState, Report, SourceId
from graph.store import Table
from graph.views import (
    ArticleDetail,
    ClaimDetail,
    EntityDetail,
    HomeView,
    JudgementView,
    SourceCountView,
    SourceDetail,
    StatusView,
    to_json,
)
from web.api.routes import Parameter, Route, check_arguments, cursors, id_of, limit
from web.judging import judge, make_new
from web.language.measures import check_measure
from web.pages.articles import LISTED as ARTICLES
from web.pages.articles import find_listed as find_listed_articles
from web.pages.audit import find_judgements
from web.pages.entities import LISTED as ENTITIES
from web.pages.entities import find_listed as find_listed_entities
from web.pages.explore import find_columns, find_crossings
from web.pages.how_read import HowReadView, find_how_read
from web.pages.matters import find_counted_matters, find_matter
from web.pages.reporting import ReportsAnswer, find_reported, keep_report
from web.pages.search import find_asked
from web.pages.stories import CHAPTERS, MOST_CHAPTERS, find_story
from web.pages.suggest import find_hints
from web.pages.today import find_edition
from web.pages.watching import WatchingView, find_watching
from web.querying import MAX_QUERY, list_fields, parse_parameters, run_query
from web.requests.access import check_writing
from web.requests.arguments import get_clock, get_day, get_limit, get_place, get_text, get_weak
from web.requests.bodies import CypherBody, JudgementBody, ReportBody, read_body
from web.requests.rights import find_judge
from web.services import get_services
from web.wanted import get_wanted

answers = Blueprint("api", __name__)


@dataclass(frozen=True, slots=True)
class SourcesAnswer:
    """Who publishes what is read here, most articles first."""

    sources: tuple[SourceCountView, ...]


@dataclass(frozen=True, slots=True)
class FeedsAnswer:
    """How each feed does."""

    feeds: tuple[FeedState, ...]


@dataclass(frozen=True, slots=True)
class LabelAnswer:
    """A label and the properties of its nodes."""

    name: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemaAnswer:
    """What a query may name, and the words that it may and may not have."""

    labels: tuple[LabelAnswer, ...]
    relationships: tuple[schema.Relationship, ...]
    keywords: tuple[str, ...]
    refused: tuple[str, ...]


def show_home() -> HomeView:
    services = get_services()
    return get_home(services.store, services.now())


def show_today() -> EditionView:
    get_day("day")  # what is no day is refused, where the page of such a day is not there
    return find_edition(get_text("day"))


def search_claims() -> FoundView:
    return find_asked()


def show_suggestions() -> Hints:
    return find_hints()


def show_claim(claim_id: str) -> ClaimDetail:
    return get_claim(get_services().store, ClaimId(claim_id), get_services().tables)


def show_entity(entity_id: str) -> EntityDetail:
    place = get_place("about_"), get_place("says_")
    return get_entity(get_services().store, EntityId(entity_id), *place, weak=get_weak())


def show_article(article_id: str) -> ArticleDetail:
    return get_article(get_services().store, ArticleId(article_id), get_services().tables)


def show_watches() -> WatchingView:
    return find_watching(request.args.get("list", ""))


def show_matters() -> MatterPage:
    return find_counted_matters(get_limit(20, 100))


def show_entities() -> EntitiesView:
    return find_listed_entities(get_limit(ENTITIES, 100))


def show_articles() -> ArticlesView:
    return find_listed_articles(get_limit(ARTICLES, 100))


def show_matter(matter_id: str) -> MatterDetail:
    return find_matter(matter_id)


def show_story() -> StoryView:
    return find_story()


def show_sources() -> SourcesAnswer:
    return SourcesAnswer(list_sources(get_services().store, get_limit(100, 1000)))


def show_source(source_id: str) -> SourceDetail:
    place = get_place()
    return get_source(get_services().store, SourceId(source_id), place.after, place.before, get_weak())


def show_feeds() -> FeedsAnswer:
    return FeedsAnswer(get_services().status().feeds)


def show_status() -> StatusView:
    return get_services().status()


def run_query_in_address() -> dict[str, object]:
    query = get_text()
    return list_fields(run_query(query, parse_parameters(request.args.get("parameters", ""))))


def run_query_in_body() -> dict[str, object]:
    body = read_body(CypherBody)
    return list_fields(run_query(body.query, body.parameters))


def show_neighbourhood() -> Neighbourhood:
    return get_neighbourhood(get_services().store, get_wanted())


def show_columns() -> ColumnsView:
    return find_columns()


def show_crossings() -> CrossingsView:
    return find_crossings()


def show_contradictions() -> ContradictionsView:
    services = get_services()
    return get_contradictions(services.store, get_limit(), get_place(), services.tables.rates)


def show_ledger() -> LedgerView:
    return get_ledger(get_services().store, get_text("about"), get_clock(), get_limit(100, 1000))


def show_figures() -> FiguresView:
    services, wanted = get_services(), request.args
    text, measure = wanted.get("q", "").strip(), wanted.get("measure", "").strip()
    view = get_figures(services.store, text, get_clock(), services.tables, measure, get_limit(20, 100))
    check_measure(measure, view.measures)
    return view


def show_schema() -> SchemaAnswer:
    """What the console's editor completes."""
    entity = next(label for label in schema.LABELS if label.name == "Entity")
    labels = (*schema.LABELS, *(replace(entity, name=name) for name in schema.ENTITY_LABELS.values()))
    return SchemaAnswer(
        tuple(LabelAnswer(label.name, label.properties) for label in labels),
        schema.RELATIONSHIPS,
        tuple(sorted(KEYWORDS)),
        tuple(sorted(BANNED)),
    )


def show_reading() -> HowReadView:
    return find_how_read()


def show_judgements() -> JudgementsPage:
    return find_judgements(get_limit(50, 1000))


def add_judgement() -> JudgementView | EffectView:
    services = get_services()
    if not services.writing:
        raise QueryError("nothing can be written here: the pages only read", reason="read_only")
    body = read_body(JudgementBody)
    if request.args.get("dry_run", "") not in ("", "0"):
        return preview(
            services.store, make_new(services.store, body, services.now(), services.find_bounds), services.tables.rates
        )
    with services.writing() as store:
        return judge(store, body, services.now(), services.tables.rates, services.find_bounds, services.follow)


def show_reports() -> ReportsAnswer:
    return find_reported()


def add_report() -> Report:
    return keep_report(read_body(ReportBody))


_SWITCH = ("0", "1")
_TEXT = Parameter("q", "what to find, as in the search box", "about:deepseek type:allegation")
_RANKING = Parameter("order", "relevance, which words need, or newest; relevance where there are words", "newest", 10)
_BEGINNING = Parameter("q", "what has been typed so far", "deep")
_QUERY = Parameter("q", "the query", "MATCH (c:Claim) RETURN count(*) AS claims", MAX_QUERY, required=True)
_VALUES = Parameter("parameters", "its parameters, as a JSON object", '{"name": "DeepSeek"}', MAX_QUERY)
_STARTS = (
    Parameter("start", "ids of entities, claims and articles to start from", "deepseek", required=True, many=True),
    Parameter("open", "ids of those whose neighbours are shown too; a single start is", many=True),
    Parameter("type", "types of the claims that opening adds", many=True),
    Parameter("since", "the first day of reports, such as 2025-01-27", most=10),
    Parameter("until", "the last day of reports", most=10),
)
_COLUMNS = (
    Parameter("start", "ids of entities, or of one matter", "deepseek", required=True, many=True),
    Parameter("type", "types of claims, any of them", many=True),
    Parameter("status", "statuses, any of them", many=True),
    Parameter("since", "reported on this day or later, such as 2025-01-27", most=10),
    Parameter("until", "first reported on this day or before", most=10),
    Parameter("least", "origins at the least", most=2),
    Parameter("ties", "1 for background ties too", words=_SWITCH),
)
_CROSSINGS = (Parameter("start", "ids of entities, or of one matter", "deepseek", many=True), *_COLUMNS[1:-1])
_ABOUT = Parameter("about", "only what a search finds, such as a vendor or a model", "deepseek")
_MEASURE = Parameter("measure", "only this measure", "training_cost")
_AS_OF = Parameter("as_of", "as known by the end of this day, such as 2025-01-31", most=10)
_DAYS = (
    _AS_OF,
    Parameter("valid_at", "the status that held by the end of this day, as far as is known", most=10),
)
_MATTERS = (
    Parameter("about", "ids or spellings of entities; all must be in it", "deepseek", many=True),
    Parameter("type", "types of claims, any of them", many=True),
    Parameter("status", "statuses, any of them", many=True),
    Parameter("since", "reported on this day or later, such as 2025-01-27", most=10),
    Parameter("order", "weight, those in most articles first, newest, or contested; else weight", most=10),
)
_ENTITIES = (
    Parameter("type", "types of entities, any of them", "company", many=True),
    Parameter("letter", "first letter of the name, A to Z, or other", "D", most=10),
)
_ARTICLES = (
    Parameter("source", "ids of sources, any of them", many=True),
    Parameter("lang", "languages, any of them", "ja", many=True),
    Parameter("day", "published on this day, such as 2025-01-30", most=10),
    Parameter("part", "part, read in part only, or whole", words=("part", "whole")),
    Parameter("claims", "none, no claim found, or some", words=("none", "some")),
)
_STORY = Parameter("q", "what it is about: names stand for what they make too", "deepseek openai", required=True)
_ENTITY = Parameter("entity", "only what bears on this one: its id, or a spelling that only one has", "deepseek")

_JUDGED = (
    Parameter("claim", "only what names this one, by its id", most=60),
    Parameter("who", "only what this person judged"),
    Parameter("kind", "only this kind", "misread", most=20),
    Parameter("since", "made on this day or later, such as 2025-01-27", most=10),
    Parameter("until", "made on this day or earlier", most=10),
)
_DRY_RUN = Parameter("dry_run", "1: nothing is kept; what would change is answered", words=_SWITCH)

_WEAK = Parameter("weak", "show: weak readings too", words=("show",))

_MATTERS_ROOT = "/api/v1/matters"

_CYPHER = {"query": "MATCH (c:Claim) RETURN count(*) AS claims", "parameters": {}}
_JUDGEMENT = {
    "kind": "merge",
    "entities": ["deepseek", "deepseek-ai"],
    "who": "Ann",
    "why": "one company, two spellings",
}
_REPORT = {"claim": "c0123456789abcdef0123", "reason": "too_firm", "why": "the sentence says “may have”"}

ROUTES = (
    Route("/api/v1/home", show_home, HomeView, "What is new, disputed, and moved since yesterday"),
    Route(
        "/api/v1/today",
        show_today,
        EditionView,
        "What a day brought: stories ranked by what is new in them, with the reasons",
        (Parameter("day", "another day than the one that runs, such as 2025-01-30", most=10),),
    ),
    Route(
        "/api/v1/watches",
        show_watches,
        WatchingView,
        "What is on a list of what is watched, and what is new about it",
        (Parameter("list", "the id of a list, as in the address of its page; else the list of whoever asks", most=40),),
    ),
    Route(
        "/api/v1/search",
        search_claims,
        FoundView,
        "What a text finds: what it was read as, whom, matters and claims; what was not understood",
        (_TEXT, _RANKING, limit(20, 100), *cursors()),
    ),
    Route(
        "/api/v1/suggest",
        show_suggestions,
        Hints,
        "Names that begin so, matters about whom is meant",
        (_BEGINNING,),
    ),
    Route(
        "/api/v1/claims/{claim_id}",
        show_claim,
        ClaimDetail,
        "A claim in its paragraph, who says the same, who the opposite",
        (id_of("claim"),),
    ),
    Route(
        "/api/v1/entities",
        show_entities,
        EntitiesView,
        "Whom claims are about, most claims first",
        (*_ENTITIES, limit(ENTITIES, 100), cursors()[0]),
    ),
    Route(
        "/api/v1/entities/{entity_id}",
        show_entity,
        EntityDetail,
        "All on one entity; an id that was merged gives the one it stands for",
        (id_of("entity", "deepseek"), _WEAK, *cursors("about_", "is said about it"), *cursors("says_", "it says")),
    ),
    Route(
        "/api/v1/articles",
        show_articles,
        ArticlesView,
        "What was read, newest first, and how many claims were found in it",
        (*_ARTICLES, limit(ARTICLES, 100), cursors()[0]),
    ),
    Route(
        "/api/v1/articles/{article_id}",
        show_article,
        ArticleDetail,
        "An article's text with its claims, its other versions and what changed",
        (id_of("article"),),
    ),
    Route(
        "/api/v1/matters",
        show_matters,
        MatterPage,
        "What several claims are about, and what became of it",
        (*_MATTERS, *_DAYS, limit(20, 100), cursors()[0]),
    ),
    Route(
        "/api/v1/matters/{matter_id}",
        show_matter,
        MatterDetail,
        "One matter: history, origins, replies, contradictions, figures, and its sentences",
        (id_of("matter"), *_DAYS),
    ),
    Route(
        "/api/v1/story",
        show_story,
        StoryView,
        "What sources make of a story: matters, what is disputed first, contradictions, figures",
        (_STORY, *_DAYS, limit(CHAPTERS, MOST_CHAPTERS)),
    ),
    Route(
        "/api/v1/sources",
        show_sources,
        SourcesAnswer,
        "Who publishes what is read here, and how much",
        (limit(100, 1000),),
    ),
    Route(
        "/api/v1/sources/{source_id}",
        show_source,
        SourceDetail,
        "A source and the claims it printed, newest first",
        (id_of("source"), _WEAK, *cursors()),
    ),
    Route("/api/v1/feeds", show_feeds, FeedsAnswer, "How each feed does"),
    Route("/api/v1/status", show_status, StatusView, "What the store holds, how the feeds and the last run did"),
    Route("/api/v1/cypher", run_query_in_address, Table, "The answer to a query, in an address", (_QUERY, _VALUES)),
    Route(
        "/api/v1/cypher",
        run_query_in_body,
        Table,
        "The answer to a query",
        method="POST",
        body=CypherBody,
        sample=_CYPHER,
    ),
    Route("/api/v1/explore", show_neighbourhood, Neighbourhood, "What is linked to what, opened node by node", _STARTS),
    Route(
        "/api/v1/explore/columns",
        show_columns,
        ColumnsView,
        "Who says what about whom else: matters around a name, between several, or around a matter",
        _COLUMNS,
    ),
    Route(
        "/api/v1/explore/crossings",
        show_crossings,
        CrossingsView,
        "Who says what of whom: each two that meet, with their matters; without a start, in all that the store has",
        _CROSSINGS,
    ),
    Route(
        "/api/v1/contradictions",
        show_contradictions,
        ContradictionsView,
        "What cannot both hold: what nobody has judged first, then what is in most articles",
        (limit(20, 100), *cursors()),
    ),
    Route(
        "/api/v1/ledger",
        show_ledger,
        LedgerView,
        "Results on benchmarks: who claims them, who measured them, what each vendor owes",
        (_ABOUT, _AS_OF, limit(100, 1000)),
    ),
    Route(
        "/api/v1/figures",
        show_figures,
        FiguresView,
        "The numbers for each measure of each thing, in one unit, and those that cannot both hold",
        (_TEXT, _MEASURE, _AS_OF, limit(20, 100)),
    ),
    Route("/api/v1/schema", show_schema, SchemaAnswer, "What a query may name, and the words it may and may not have"),
    Route("/api/v1/reading", show_reading, HowReadView, "How well the program reads, what the grades mean, who read"),
    Route(
        "/api/v1/judgements",
        show_judgements,
        JudgementsPage,
        "What was judged, newest first",
        (_ENTITY, *_JUDGED, limit(50, 1000), cursors()[0]),
    ),
    Route(
        "/api/v1/judgements",
        add_judgement,
        JudgementView,
        "Decides who is who, which claims belong together or were misread; an undo takes a decision back",
        (_DRY_RUN,),
        method="POST",
        body=JudgementBody,
        sample=_JUDGEMENT,
        writes=True,
        also={200: EffectView},
    ),
    Route(
        "/api/v1/reports",
        show_reports,
        ReportsAnswer,
        "What readers reported as misread and nobody has looked at since; for those who may judge",
        guarded=True,
    ),
    Route(
        "/api/v1/reports",
        add_report,
        Report,
        "Reports a misreading, where the operator takes reports: it judges nothing and changes no page",
        method="POST",
        body=ReportBody,
        sample=_REPORT,
    ),
)


def _bind(route: Route) -> Callable[..., Response]:
    """The view function of a route."""

    def answer(**parts: str) -> Response:
        if route.writes or (route.guarded and find_judge() is None):
            check_writing()
        check_arguments(route)
        view = route.answer(**parts)
        return _answer(view, route.find_status(view))

    return answer


for _route in ROUTES:
    answers.add_url_rule(_route.rule, _route.name, _bind(_route), methods=[_route.method])
    if _route.rule.startswith(_MATTERS_ROOT):
        # What matters were called at first: programs of then go on.
        _old = _route.rule.replace(_MATTERS_ROOT, "/api/v1/propositions", 1)
        answers.add_url_rule(_old, f"{_route.name}_as_before", _bind(_route), methods=[_route.method])


def _answer(view: object, status: int) -> Response:
    return Response(json.dumps(to_json(view), default=str), status, mimetype="application/json")
