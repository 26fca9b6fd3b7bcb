"""`sources …`: what an address would give, before it is followed."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from commands.opening import running
from commands.options import json_option, read_clock
from commands.printing import outliving_reader, print_view, report_failures
from commands.settings import Config
from graph.errors import FetchError, ParseError
from graph.records import Failure, Stage

if TYPE_CHECKING:
    from ingest.trial import Polled, Preview, Trial

_SHOWN = 10


@click.group()
def sources() -> None:
    """Where news comes from."""


@sources.command("try")
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@json_option
@click.pass_obj
def try_sources(config: Config, urls: Sequence[str], as_json: bool) -> None:
    """Shows what would be read at an address, keeping nothing: feeds, entries, and the article of a page."""
    from ingest.polling import make_failure
    from ingest.sources.scrapers import load_scrapers, place_scrapers
    from ingest.trial import try_address

    scrapers = load_scrapers(place_scrapers(config.data, config.scrapers))
    failures: list[Failure] = []
    for url in urls:
        try:
            trial = running(config, partial(try_address, scrapers=scrapers, url=url, now=read_clock()))
        except (FetchError, ParseError) as error:
            failures.append(make_failure(error, Stage.FEED, url))
            continue
        with outliving_reader():
            print_view(trial, "\n".join(_iter_lines(trial)), as_json)
    report_failures(failures)


def _iter_lines(trial: "Trial") -> Iterator[str]:
    yield click.style(trial.url, bold=True)
    for polled in trial.polled:
        yield from _iter_polled(polled)
    if not trial.polled:
        yield "  nothing to poll: no feed, no news sitemap, no rule (docs/sources.md says how to write one)"
    if trial.article:
        yield from _iter_article(trial.article)
    elif trial.problem:
        yield f"  no article: {trial.problem}"


def _iter_polled(polled: "Polled") -> Iterator[str]:
    rule = f" {polled.rule}" if polled.rule else ""
    yield f"  polled: {polled.feed.url}  {polled.feed.title}  ({polled.place}{rule})"
    if polled.problem:
        yield f"    cannot be read: {polled.problem}"
        return
    yield f"    {polled.count} entries"
    for item in polled.items[:_SHOWN]:
        date = f"{item.published_at:%Y-%m-%d %H:%M}" if item.published_at else "(no date)"
        yield f"    {date}  {item.title or '(no title)'}  {item.url}"


def _iter_article(article: "Preview") -> Iterator[str]:
    date = f"{article.published_at:%Y-%m-%d %H:%M}" if article.published_at else "no date"
    yield f"  article: {article.title or '(no title)'}"
    yield f"    {date}, {article.lang}, {article.kind}, {article.length} characters, {article.url}"
    if article.authors:
        yield f"    by {', '.join(article.authors)}"
    if article.barrier:
        yield f"    not the whole page: {article.barrier}"
    yield from (f"    § {section.title}" for section in article.sections)
    yield f"    {article.beginning} …"


COMMANDS = (sources,)
