"""Today: the edition of the day that runs, of any day for good, and of what came since a reader's last visit."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for

from graph.editions.views import EditionView
from graph.editions.windows import find_day
from graph.errors import NotFound
from graph.records import RunSummary
from graph.views import StatusView
from web.calendar import find_span, make_months
from web.documents import Item, answer_items
from web.languages import get_page_words
from web.noticing import Told, find_for_today
from web.pictures.bars import draw_days
from web.requests.arguments import read_day
from web.services import get_services
from web.text.bulletins import Bulletin, write_page
from web.twins import make_twins
from web.visits import find_visit, keep_visit

pages = Blueprint("today", __name__)

# How many articles came since the last visit is counted so far.
_MOST_FETCHED = 1000
_MONTH_WRITTEN = re.compile(r"(?:19|20)\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class News:
    """What was fetched since a moment, for the head of the page; `shown` when the page tells it."""

    since: datetime
    articles: int
    shown: bool


@pages.get("/")
def show() -> Response:
    services = get_services()
    editions, now = services.editions, services.now()
    visit = find_visit(now)
    if editions.is_empty(now):
        return keep_visit(make_response(_show_empty(services.status())), visit)
    watched = find_for_today(visit.before)
    if visit.before is None:
        return keep_visit(make_response(_show_edition(editions.get_running(now), None, watched)), visit)
    shown = request.args.get("since") == "visit"
    view = editions.get_news(visit.before) if shown else editions.get_running(now)
    news = News(visit.before, editions.count_fetched(visit.before, _MOST_FETCHED), shown)
    return keep_visit(make_response(_show_edition(view, news, watched)), visit)


@pages.get("/days/<day>")
def show_day(day: str) -> str:
    return _show_edition(find_edition(day))


@pages.get("/days")
def show_days() -> str:
    editions, asked = get_services().editions, request.args.get("until", "")
    latest = editions.find_latest(get_services().now())
    last = read_day(f"{asked}-01") if _MONTH_WRITTEN.fullmatch(asked) else latest
    if last is None:
        abort(404, "Months are written so: /days?until=2025-01.")
    first, end = find_span(last)
    return render_template(
        "today/days.html",
        months=make_months(editions.count_days(first, end)),
        earlier=editions.find_earlier(first),
        later=min(date(end.year + 1, end.month, 1), latest) if end < latest else None,
        zone=editions.desk.name,
    )


@pages.get("/today.rss")
def show_rss() -> Response:
    """The stories of the day that runs and of the one before it: who reads once a day misses none."""
    editions, words, now = get_services().editions, get_page_words(), get_services().now()
    views = [editions.get_running(now)]
    if views[0].before:
        views.append(editions.get_day(views[0].before, now))
    return answer_items(
        [item for view in views for item in _list_items(view)],
        str(words.say("feed_document.title", what=words.find("nav.today"))),
        str(words.find("today.feed")),
        url_for("today.show"),
        words,
    )


def find_edition(day: str) -> EditionView:
    """The edition of a day, or of the one that runs when none is named. NotFound when it is no day."""
    editions, now = get_services().editions, get_services().now()
    if not day:
        return editions.get_running(now)
    found = read_day(day)
    if found is None:
        raise NotFound(f"day {day[:40]}: write one such as 2025-01-31", subject=day)
    return editions.get_day(found, now)


def _show_empty(status: StatusView) -> str:
    """What to type, and why nothing came where something was tried."""
    run = status.last_run
    failures = run.failures if run else ()
    counts = Counter(failure.reason for failure in failures)
    most = max(failures, key=lambda failure: counts[failure.reason], default=None)
    return render_template(
        "today/empty.html",
        status=status,
        failed=len(failures),
        tried=_count_tried(run) if run else 0,
        most=most,
        times=counts[most.reason] if most else 0,
    )


def _count_tried(run: RunSummary) -> int:
    """Feeds and articles that a run read, or failed to."""
    read = (
        run.feeds_read
        + run.feeds_unchanged
        + run.articles_new
        + run.articles_changed
        + run.articles_aside
        + run.articles_bare
    )
    return read + len(run.failures)


def _show_edition(view: EditionView, news: News | None = None, watched: tuple[Sequence[Told], int] = ((), 0)) -> str:
    """The page; with what is new about what is watched, and how much of that it leaves out."""
    words = get_page_words()
    day = view.day.isoformat() if view.day else None
    services = get_services()
    return render_template(
        "today/show.html",
        view=view,
        page=write_page(view, words),
        days=draw_days(view.days, words) if view.days else None,
        news=news,
        watched=watched[0],
        watched_left=watched[1],
        day=day,
        is_to_come=view.day is not None and view.day > find_day(services.now(), services.editions.desk.zone),
        twins=make_twins(url_for("api.show_today", day=day), rss=url_for("today.show_rss")),
    )


def _list_items(view: EditionView) -> Iterator[Item]:
    words = get_page_words()
    for one in write_page(view, words).stories:
        lead = one.story.lead
        yield Item(
            f"{one.headline} [{words.name('statuses', lead.matter.status.value)}]",
            url_for("matters.show", matter_id=lead.matter.id),
            _describe(one),
            find_moment(one, view),
            f"{lead.matter.id} {lead.reasons.step.value if lead.reasons.step else view.day}",
        )


def _describe(one: Bulletin) -> str:
    quotes = [f"“{' '.join(claim.text.split())}”" for claim in (one.says, one.denies) if claim]
    return " · ".join([*quotes, *one.reasons])


def find_moment(one: Bulletin, view: EditionView) -> datetime:
    """When the last of it was reported."""
    found = [view.claims[id].reported_at for id in one.story.claims if id in view.claims]
    return max(found, default=view.since)
