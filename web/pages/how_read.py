"""How what is shown was read: how well, as measured; what the grades mean; which readers; what people judged."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Flask, render_template, url_for

from graph.grades import FAIR_FROM, STORED_FROM, SURE_FROM, Grade
from graph.records import Share
from graph.rulings.shares import count_judged
from graph.store import ClaimQuery
from web.languages import get_page_words
from web.measured import Reading
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("how_read", __name__)

# Who reads now shows in these; older claims may be another's.
_NEWEST = 200


@dataclass(frozen=True, slots=True)
class ReaderCount:
    """A reader by name and version, and how many of the newest claims it found."""

    reader: str
    claims: int


@dataclass(frozen=True, slots=True)
class HowReadView:
    """How what is shown was read.

    measured  shares of 1 by language, in texts of outlets that nothing was learned from; empty where not measured
    grades    the score from which each begins
    readers   of the newest `newest` claims, most first
    judged    by reader, how many of its claims people judged, and how many were read rightly
    """

    measured: Mapping[str, Reading]
    grades: Mapping[str, float]
    newest: int
    readers: tuple[ReaderCount, ...]
    judged: tuple[Share, ...]


@pages.get("/reading")
def show() -> str:
    return render_template("reading/show.html", view=find_how_read(), twins=make_twins(url_for("api.show_reading")))


def find_how_read() -> HowReadView:
    services = get_services()
    newest = services.store.find_claims(ClaimQuery(), _NEWEST).claims
    readers = Counter(claim.reader for claim in newest if claim.reader)
    return HowReadView(
        services.measured.readings,
        {Grade.SURE.value: SURE_FROM, Grade.FAIR.value: FAIR_FROM, Grade.WEAK.value: STORED_FROM},
        len(newest),
        tuple(ReaderCount(*pair) for pair in readers.most_common()),
        count_judged(services.store),
    )


def prepare_templates(app: Flask) -> None:
    """What the foot of every page says of how well the program reads."""
    app.jinja_env.globals.update(
        measured_readings=lambda: get_services().measured.readings,
        way_words=lambda way, words: get_page_words().say(f"ways.{way}", words=words),
    )
