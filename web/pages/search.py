"""Search: a text in, what it was read as, whom and what it finds; the claims also as CSV and RSS."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from graph.answers.accounts import FiguresView
from graph.answers.blocks import EntityCard, find_blocks
from graph.answers.figures import Figures
from graph.answers.finding import FoundView, Ranking, find, settle
from graph.answers.queries import Place, list_claims
from graph.errors import QueryError
from graph.searching.language import format_terms, parse_terms
from graph.views import ClaimView
from web.documents import CSV_ROWS, RSS_ITEMS, answer_csv, answer_rss
from web.language.measures import spell_measures
from web.languages import get_page_words
from web.paging import make_pages
from web.pictures.bars import Said, draw_sparkline
from web.pictures.figures import is_drawn
from web.pictures.marks import Picture
from web.requests.arguments import get_clock, get_limit, get_place, get_text
from web.services import get_services
from web.sparks import draw_sparks
from web.twins import make_twins

pages = Blueprint("search", __name__)

# Longer texts are refused anyway; the box need not carry them back.
_SHOWN = 1000
_COUNTED = 10_000


@pages.get("/search")
def show() -> tuple[str, int]:
    text = get_text()
    try:
        view = find_asked()
    except QueryError as error:
        return render_template("search/refused.html", text=text[:_SHOWN], error=str(error)), 400
    return _render(view), 200


@pages.get("/search.csv")
def show_csv() -> Response:
    return answer_csv(_list(get_limit(CSV_ROWS, CSV_ROWS)))


@pages.get("/search.rss")
def show_rss() -> Response:
    text, words = get_text(), get_page_words()
    title = str(words.say("feed_document.title", what=text or words.say("search.title")))
    return answer_rss(_list(RSS_ITEMS), title, url_for("search.show", q=text or None), words)


def find_asked() -> FoundView:
    """What the request asks for; its first page with what stands before the claims. QueryError."""
    services, text, place = get_services(), get_text(), get_place()
    asked = (services.store, text, services.now(), spell_measures(), get_limit(), place.after, place.before)
    view, best = find(*asked, _get_ranking())
    if not text or place != Place():
        return view
    return replace(view, blocks=find_blocks(services.store, best, get_clock(), services.tables))


def make_wider(text: str) -> tuple[tuple[str, str], ...]:
    """For each term of a text with several: the term, and the text without it."""
    terms = parse_terms(text)
    if len(terms) < 2:
        return ()
    return tuple((format_terms([term]), format_terms(other for other in terms if other is not term)) for term in terms)


def _get_ranking() -> Ranking | None:
    """The order asked for. QueryError for one that is none."""
    text = request.args.get("order", "")
    try:
        return Ranking(text) if text else None
    except ValueError:
        raise QueryError(f"order: one of {', '.join(Ranking)}, not {text[:40]!r}", reason="refused") from None


def _draw_activity(card: EntityCard) -> Picture | None:
    said = (Said(day) for day, claims in card.days.items() for _ in range(claims))
    return draw_sparkline(said, get_page_words())


def _pick_plotted(view: FiguresView) -> Figures:
    """The numbers that are shown: the first of which there is a picture, else the first."""
    return next(filter(is_drawn, view.figures), view.figures[0])


def _list(limit: int) -> tuple[ClaimView, ...]:
    """The newest claims that the text asks for, as the page reads it."""
    services = get_services()
    asked = settle(services.store, get_text(), services.now(), spell_measures())
    return list_claims(services.store, asked.typed.query, limit)


def _render(view: FoundView) -> str:
    text, place = view.query, get_place()
    query: dict[str, Any] = {"q": text or None}
    order = request.args.get("order") or None
    limit = request.args.get("limit", type=int)
    blocks = view.blocks

    def make_url(**cursor: Any) -> str:
        return url_for("search.show", **query, **cursor, limit=limit, order=order)

    return render_template(
        "search/show.html",
        view=view,
        hidden=view.hidden,
        show_weak=url_for("search.show", q=f"{text} weak:all".strip()),
        blocks=blocks,
        activity=_draw_activity(blocks.card) if blocks and blocks.card else None,
        plotted=_pick_plotted(blocks.figures) if blocks and blocks.figures else None,
        sparks=draw_sparks(blocks.matters) if blocks else {},
        narrowed=sum(value.chosen for values in view.facets.values() for value in values),
        counted=_COUNTED,
        wider=() if view.claims else make_wider(text),
        pages=make_pages(make_url, place, view.previous, view.next),
        twins=make_twins(
            url_for("api.search_claims", **query, after=place.after, order=order),
            url_for("search.show_csv", **query),
            url_for("search.show_rss", **query),
        ),
    )
