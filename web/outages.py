"""Whether the last run failed so widely that pages of news must say so; asked at most once a minute."""

from datetime import datetime, timedelta

from flask import Flask, current_app

from graph.answers.outages import Outage, find_outage
from web.languages import get_page_words
from web.services import get_services

_KEY = "claimgraph.outage"
# The answer takes some 10 ms of a page that is to take 50, and changes with a run.
_KEPT = timedelta(minutes=1)


def find_serious() -> Outage | None:
    """What failed in the last run, where it was so much that news is missing."""
    now = get_services().now()
    known: tuple[datetime, Outage | None] | None = current_app.extensions.get(_KEY)
    if known is None or not known[0] <= now < known[0] + _KEPT:
        found = find_outage(get_services().status())
        known = now, found if found and found.is_serious else None
        current_app.extensions[_KEY] = known
    return known[1]


def prepare_templates(app: Flask) -> None:
    """What pages of news ask, and the words for reasons."""
    app.jinja_env.globals.update(
        serious_outage=find_serious,
        failure_word=lambda reason: get_page_words().name("failure_reasons", reason),
    )
