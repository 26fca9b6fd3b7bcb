"""The words, marks and formats that templates use."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, url_for

from graph.search import Term, format_terms
from web import formatting, wording
from web.services import get_services

_FILTERS: dict[str, Callable[..., str]] = {
    "quantity": formatting.format_quantity,
    "number": formatting.format_number,
    "day": formatting.format_day,
    "moment": formatting.format_moment,
    "partial_date": formatting.format_partial_date,
    "language": formatting.format_language,
    "name": formatting.format_name,
    "shorten": formatting.shorten_text,
    "span": formatting.format_span,
    "web_url": formatting.get_web_url,
    "measure": wording.say_measure,
}


def prepare_templates(app: Flask) -> None:
    """Filters and globals for the templates; blocks leave no blank lines behind."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(_FILTERS)
    app.jinja_env.globals.update(
        words=wording,
        distance=_format_distance,
        search_url=make_search_url,
        notice=lambda: get_services().notice,
    )


def make_search_url(*terms: tuple[str, str]) -> str:
    """The address of the search for these keys and values."""
    # A double quote cannot be written inside a quoted value.
    text = format_terms(Term(key, value.replace('"', " ")) for key, value in terms)
    return url_for("search.show", q=text)


def _format_distance(moment: datetime) -> str:
    return formatting.format_distance(moment, get_services().now())
