"""Articles: the list of them, and one with its claims marked in place and noted in the margin."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from flask import Blueprint, render_template, url_for

from graph.answers.listing import ArticlesView, list_articles
from graph.answers.queries import get_article
from graph.list_store import ArticleFacet, ArticleQuery
from graph.records import ArticleId, Modality, SourceId
from graph.store import FACET_DEPTH
from graph.views import ArticleDetail, ClaimView
from web.language.formatting import format_period
from web.languages import get_page_words
from web.lists import count_chosen, keep_arguments, make_facet
from web.marking import Piece, split_paragraphs
from web.paging import make_pages
from web.requests.arguments import get_day, get_end_of_day, get_limit, get_place, list_given
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("articles", __name__)

# Three times the longest transcript seen; more is no text that anybody reads on a page.
_SHOWN_CHARS = 300_000
_FIRMNESS = tuple(Modality)
LISTED = 30
_FILTERS = tuple(facet.value for facet in ArticleFacet)


@dataclass(frozen=True, slots=True)
class Note:
    """The claims of one sentence, with the number that it has in this text."""

    number: int
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's pieces, and the notes of its sentences; `section` counts from 1 where one begins."""

    pieces: tuple[Piece[Note], ...]
    notes: tuple[Note, ...]
    section: int | None = None


@pages.get("/articles")
def show_all() -> str:
    """What was read, newest first, by source, language, day, and how far it was read."""
    view, words = find_listed(get_limit(LISTED, 100)), get_page_words()
    kept = keep_arguments(_FILTERS)
    say: dict[str, Callable[[str], str]] = {
        ArticleFacet.SOURCE: lambda id: view.sources.get(id, id),
        ArticleFacet.LANG: partial(words.name, "languages"),
        ArticleFacet.DAY: lambda day: format_period(date.fromisoformat(day), "day", words),
        ArticleFacet.PART: partial(words.name, "parts_read"),
        ArticleFacet.CLAIMS: partial(words.name, "claims_found"),
    }
    facets = [make_facet("articles.show_all", kept, name, counts, say[name]) for name, counts in view.facets.items()]
    return render_template(
        "articles/list.html",
        view=view,
        facets=facets,
        chosen=count_chosen(facets),
        counted=FACET_DEPTH,
        pages=make_pages(lambda **cursor: url_for("articles.show_all", **kept, **cursor), get_place(), None, view.next),
        twins=make_twins(url_for("api.show_articles", **kept, after=get_place().after)),
    )


def find_listed(limit: int) -> ArticlesView:
    """The articles that the request asks for. QueryError."""
    part, claims = (list_given(name) for name in (ArticleFacet.PART, ArticleFacet.CLAIMS))
    query = ArticleQuery(
        sources=tuple(map(SourceId, list_given("source"))),
        langs=tuple(list_given("lang")),
        since=get_day("day"),
        until=get_end_of_day("day"),
        part=part[0] == "part" if part else None,
        claims=claims[0] == "some" if claims else None,
    )
    services = get_services()
    view = list_articles(services.store, query, limit, get_place().after)
    return replace(view, only_with_claims=services.only_with_claims)


@pages.get("/articles/<article_id>")
def show(article_id: str) -> str:
    whole = get_article(get_services().store, ArticleId(article_id), get_services().tables)
    detail = replace(whole, text=whole.text[:_SHOWN_CHARS])
    return render_template(
        "articles/show.html",
        detail=detail,
        article=detail.article,
        paragraphs=make_paragraphs(detail),
        headline=has_headline(detail),
        newer=detail.versions[-1] if detail.versions and detail.versions[-1].id != detail.article.id else None,
        weakest=get_weakest,
        cut=len(whole.text) - len(detail.text),
        twins=make_twins(url_for("api.show_article", article_id=article_id)),
    )


def make_paragraphs(detail: ArticleDetail) -> tuple[Paragraph, ...]:
    """The article's paragraphs; sentences with claims are numbered in the order of the text."""
    told: dict[tuple[int, int], list[ClaimView]] = {}
    for claim in detail.claims:
        told.setdefault(claim.span, []).append(claim)
    notes = [(span, Note(number, tuple(claims))) for number, (span, claims) in enumerate(told.items(), start=1)]
    heads = {section.span[0]: number for number, section in enumerate(detail.sections, start=1)}
    paragraphs = []
    place = 0
    for pieces in split_paragraphs(detail.text, notes):
        words = "".join(piece.text for piece in pieces)
        place = detail.text.index(words, place)
        opened = tuple(note for piece in pieces for note in piece.opens)
        paragraphs.append(Paragraph(pieces, opened, heads.get(place)))
        place += len(words)
    return tuple(paragraphs)


def has_headline(detail: ArticleDetail) -> bool:
    """Whether the text begins with its headline, which then needs no heading beside it."""
    return detail.text.split("\n", 1)[0].strip() == detail.article.title.strip() != ""


def get_weakest(notes: tuple[Note, ...]) -> Modality:
    """The least firm of the claims on a piece: a mark never looks firmer than one of its claims."""
    return max((claim.modality for note in notes for claim in note.claims), key=_FIRMNESS.index)
