"""The story of a matter: what sources make of it, what is disputed first, on a page and as Markdown."""

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, url_for

from graph.answers.chapters import ChapterView
from graph.answers.evidence import PAGE_CLAIMS
from graph.answers.stories import StoryView, get_story
from graph.errors import QueryError
from graph.records import ClaimId, Polarity
from web.language.quoting import pick_affirming, pick_first_of_each_speaker, pick_hearsay
from web.language.saying import quote_name
from web.languages import get_page_words
from web.pictures.bars import Said, draw_sparkline
from web.pictures.marks import Picture
from web.pictures.spread import draw_spread, find_copies
from web.pictures.timeline import list_told
from web.requests.arguments import get_clock, get_limit, get_text, keep_days, name_history
from web.services import get_services
from web.text.styles import MARKDOWN
from web.text.telling import format_story
from web.twins import make_twins

pages = Blueprint("stories", __name__)

CHAPTERS = 12
MOST_CHAPTERS = 50
_EXAMPLES = 8
# Longer texts are refused anyway; the box need not carry them back.
_SHOWN = 1000


@dataclass(frozen=True, slots=True)
class Telling:
    """A chapter with the sentences that are quoted of it: of each origin, of hearsay, of each who denies it.

    spark  when it was said; None where all was said on one day
    """

    chapter: ChapterView
    affirmed: tuple[ClaimId, ...]
    hearsay: tuple[ClaimId, ...]
    denied: tuple[ClaimId, ...]
    spark: Picture | None


@pages.get("/story")
def show() -> tuple[str, int]:
    text = get_text()
    if not text:
        return render_template("stories/empty.html", examples=_list_examples()), 200
    try:
        view = find_story()
    except QueryError as error:
        return render_template("stories/empty.html", text=text[:_SHOWN], error=str(error), examples=()), 400
    return (
        render_template(
            "stories/show.html",
            view=view,
            text=text,
            tellings=[_tell(chapter, view) for chapter in view.chapters],
            spread=_draw_spread(view),
            twins=make_twins(
                url_for("api.show_story", q=text, **keep_days()),
                markdown=url_for("stories.show_markdown", q=text, **keep_days()),
            ),
        ),
        200,
    )


@pages.get("/story.md")
def show_markdown() -> Response:
    view = find_story()
    return Response(format_story(view, MARKDOWN) + "\n", content_type="text/markdown; charset=utf-8")


def find_story() -> StoryView:
    """The story of the text that the request asks for. QueryError for a text or day that is wrong."""
    services, text, clock, limit = get_services(), get_text(), get_clock(), get_limit(CHAPTERS, MOST_CHAPTERS)
    return services.kept.keep(
        lambda: get_story(services.store, text, clock, services.tables, limit, PAGE_CLAIMS),
        "story",
        text,
        limit,
        *name_history(),
    )


def _tell(chapter: ChapterView, view: StoryView) -> Telling:
    denied = pick_first_of_each_speaker(chapter.denied, view.claims)
    told = (view.claims[id] for id in (*chapter.affirmed, *chapter.denied) if id in view.claims)
    said = (Said(claim.reported_at.date(), claim.polarity is Polarity.DENIED) for claim in told)
    spark = draw_sparkline(said, get_page_words())
    return Telling(chapter, pick_affirming(chapter), pick_hearsay(chapter), denied, spark)


def _draw_spread(view: StoryView) -> Picture | None:
    """Where all that is told here was reported."""
    told = {claim.id: claim for chapter in view.chapters for claim in list_told(chapter, view.claims)}
    voices = (voice for one in view.chapters for voice in (*one.origins.origins, *one.origins.hearsay))
    by_time = sorted(told.values(), key=lambda claim: (claim.reported_at, claim.id))
    return draw_spread(by_time, find_copies(voices), get_page_words())


def _list_examples() -> tuple[str, ...]:
    """Those most talked about: the first two together, then each alone."""
    names = [row.entity.name for row in get_services().store.list_entities(limit=_EXAMPLES)]
    texts = [quote_name(name) for name in names]
    return tuple([" ".join(texts[:2])] * (len(texts) > 1) + texts)
