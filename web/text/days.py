"""An edition as text for a terminal, in the order of the page."""

from collections.abc import Iterator

import click

from graph.editions.views import EditionView
from graph.views import ClaimView
from web.language.formatting import format_full_day, format_number
from web.language.wording import get_words
from web.text.bulletins import Bulletin, Page
from web.text.styles import say_credit


def format_edition(view: EditionView, page: Page) -> str:
    """The day and what it had; each story with its sides and reasons; then what stands beside them."""
    return "\n".join(_iter_lines(view, page))


def _iter_lines(view: EditionView, page: Page) -> Iterator[str]:
    words = get_words()
    if view.day:
        yield click.style(format_full_day(view.day, words), bold=True)
    counts = words.say(
        "today.counts",
        articles=words.say("today.articles", n=view.articles),
        sources=words.say("today.sources", n=view.sources),
        matters=words.say("today.matters", n=view.matters),
    )
    aside = f"; {words.say('today.aside', n=view.aside)}" if view.aside else ""
    weak = f"; {words.say('today.weak', n=view.weak).rstrip('.')}" if view.weak else ""
    yield f"{counts}{aside}{weak}"
    for number, one in enumerate(page.stories, 1):
        yield ""
        yield from _iter_story(number, one)
    for heading, lines in (
        ("today.also", [f"{one.headline}  {_say_status(one)}" for one in page.lines]),
        ("today.steps", [f"{headline}  {was} → {matter.status}" for matter, headline, was in page.steps]),
        (
            "today.unanswered",
            [f"{headline}  {words.say('today.for_days', n=days)}" for _, headline, days in page.unanswered],
        ),
    ):
        if lines:
            yield f"\n{click.style(words.find(heading), bold=True)}"
            yield from (f"  {line}" for line in lines)
    if page.left:
        yield f"\n{words.say('today.more_matters', n=page.left)}"


def _iter_story(number: int, one: Bulletin) -> Iterator[str]:
    words, lead = get_words(), one.story.lead
    yield f"{number:2}. {click.style(one.headline, bold=True)}  {_say_status(one)}"
    names = ", ".join(origin.party.name for origin in one.story.origins)
    yield f"    articles {lead.matter.articles}, origins {lead.matter.origins}: {names}"
    for claim in (one.says, one.denies):
        if claim:
            yield f"    {_quote(claim)}"
    if one.story.answer and not one.denies:
        yield f"    {words.name('answers', one.story.answer.value)}"
    reasons = ", ".join(one.reasons)
    yield f"    {format_number(lead.score, words)}: {reasons}  {click.style(lead.matter.id, dim=True)}"
    for _, headline in one.more:
        yield f"    + {headline}"
    if one.left:
        yield f"    + {words.say('today.more_matters', n=one.left)}"


def _say_status(one: Bulletin) -> str:
    was, now = one.story.was, one.story.lead.matter.status
    return f"[{now}]" if was is None or was.status is now else f"[{was.status} → {now}]"


def _quote(claim: ClaimView) -> str:
    return f"“{' '.join(claim.text.split())}” — {say_credit(claim)}"
