"""The HTTP API: the records behind the pages, as JSON."""

from dataclasses import replace

from flask import Blueprint, Response, json, request

from graph import schema
from graph.errors import QueryError
from graph.guard import BANNED, KEYWORDS
from graph.neighbourhood import get_neighbourhood
from graph.queries import get_article, get_claim, get_entity, get_home, get_source, list_sources, search
from graph.records import ArticleId, ClaimId, EntityId, SourceId
from graph.views import to_json
from web.arguments import get_limit, get_place
from web.explore import get_wanted
from web.querying import check_parameters, list_fields, parse_parameters, run_query
from web.services import get_services

answers = Blueprint("api", __name__)


@answers.get("/api/v1/home")
def show_home() -> Response:
    services = get_services()
    return _answer(get_home(services.store, services.now()))


@answers.get("/api/v1/search")
def search_claims() -> Response:
    services = get_services()
    text, place = request.args.get("q", "").strip(), get_place()
    view = search(services.store, text, services.now(), get_limit(), place.after, place.before)
    return _answer({"claims": view.claims, "facets": view.facets, "next": view.next, "previous": view.previous})


@answers.get("/api/v1/claims/<claim_id>")
def show_claim(claim_id: str) -> Response:
    return _answer(get_claim(get_services().store, ClaimId(claim_id)))


@answers.get("/api/v1/entities/<entity_id>")
def show_entity(entity_id: str) -> Response:
    store = get_services().store
    return _answer(get_entity(store, EntityId(entity_id), get_place("about_"), get_place("says_")))


@answers.get("/api/v1/articles/<article_id>")
def show_article(article_id: str) -> Response:
    return _answer(get_article(get_services().store, ArticleId(article_id)))


@answers.get("/api/v1/sources")
def show_sources() -> Response:
    return _answer({"sources": list_sources(get_services().store, get_limit(100, 1000))})


@answers.get("/api/v1/sources/<source_id>")
def show_source(source_id: str) -> Response:
    place = get_place()
    return _answer(get_source(get_services().store, SourceId(source_id), place.after, place.before))


@answers.get("/api/v1/feeds")
def show_feeds() -> Response:
    return _answer({"feeds": get_services().status().feeds})


@answers.get("/api/v1/status")
def show_status() -> Response:
    return _answer(get_services().status())


@answers.post("/api/v1/cypher")
def run_query_in_body() -> Response:
    # get_json refuses other content types with 415, which keeps forms on other sites out.
    body = request.get_json()
    if not isinstance(body, dict) or not isinstance(body.get("query"), str):
        raise QueryError('send {"query": "MATCH …", "parameters": {…}}', reason="refused")
    return _answer(list_fields(run_query(body["query"], check_parameters(body.get("parameters") or {}))))


@answers.get("/api/v1/cypher")
def run_query_in_address() -> Response:
    query = request.args.get("q", "").strip()
    if not query:
        raise QueryError("give a query as ?q=…, or POST it as JSON", reason="refused")
    return _answer(list_fields(run_query(query, parse_parameters(request.args.get("parameters", "")))))


@answers.get("/api/v1/explore")
def show_neighbourhood() -> Response:
    wanted = get_wanted()
    if not wanted.starts:
        raise QueryError("give ids of entities, claims or articles as ?start=…", reason="refused")
    return _answer(get_neighbourhood(get_services().store, wanted))


@answers.get("/api/v1/schema")
def show_schema() -> Response:
    """What a query may name and be made of; what the console's editor completes."""
    entity = next(label for label in schema.LABELS if label.name == "Entity")
    labels = (*schema.LABELS, *(replace(entity, name=name) for name in schema.ENTITY_LABELS.values()))
    return _answer(
        {
            "labels": [{"name": label.name, "properties": label.properties} for label in labels],
            "relationships": schema.RELATIONSHIPS,
            "keywords": sorted(KEYWORDS),
            "refused": sorted(BANNED),
        }
    )


def _answer(view: object) -> Response:
    return Response(json.dumps(to_json(view), default=str), mimetype="application/json")
