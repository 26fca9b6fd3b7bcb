"""`feeds …`: the list of feeds that `ingest` reads."""

import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

import click

from commands.opening import open_archive, open_graph, until_stopped, working
from commands.options import json_option, read_clock
from commands.printing import EXIT_USAGE, complain, outliving_reader, print_view, report_failures, tell
from commands.settings import Config
from graph.errors import FetchError, NotFound, ParseError
from graph.records import Failure, Stage


@click.group()
def feeds() -> None:
    """The feeds that `ingest` reads."""


@feeds.command("add")
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@json_option
@click.pass_obj
def add_feeds(config: Config, urls: Sequence[str], as_json: bool) -> None:
    """Adds feeds by address; of a page, what it names or its site has; sitemaps and pages with a rule too."""
    from ingest.discovery import find_feeds
    from ingest.polling import make_failure

    failures: list[Failure] = []
    with open_graph(config) as store, open_archive(config) as archive, working(config, store, archive) as session:
        for url in until_stopped(session, urls):
            try:
                found = session.run(partial(find_feeds, scrapers=session.scrapers, url=url, now=read_clock()))
            except (FetchError, ParseError) as error:
                failures.append(make_failure(error, Stage.FEED, url))
                continue
            states = [(feed, "added" if archive.add_feed(feed) else "known already") for feed in found]
            with outliving_reader():
                for feed, state in states:
                    print_view({"feed": feed, "state": state}, f"{feed.url}  {feed.title}  {state}", as_json)
    report_failures(failures)


@feeds.command("list")
@json_option
@click.pass_obj
def list_feeds(config: Config, as_json: bool) -> None:
    """The feeds, when each was read and how it went."""
    from web.terminal import format_feed

    with open_archive(config) as archive:
        states = archive.list_feeds()
    for state in states:
        print_view(state, format_feed(state), as_json)
    if not states:
        tell(config, "no feeds yet; `claimgraph feeds add URL` adds one, `claimgraph feeds import FILE` a list")


@feeds.command("remove")
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@click.pass_obj
def remove_feeds(config: Config, urls: Sequence[str]) -> None:
    """Takes feeds off the list; what was read from them stays."""
    unknown: list[str] = []
    with open_archive(config) as archive:
        for url in urls:
            try:
                archive.remove_feed(url)
            except NotFound as error:
                unknown.append(str(error))
    for message in unknown:
        complain(message)
    if unknown:
        sys.exit(EXIT_USAGE)


@feeds.command("import")
@click.argument("file", type=click.File("rb"))
@click.pass_obj
def import_feeds(config: Config, file: Any) -> None:
    """Adds the feeds of an OPML file."""
    _add_list(config, file.read(), file.name)


@feeds.command("starter")
@click.pass_obj
def add_starter(config: Config) -> None:
    """Adds the list that comes with the program: AI-industry feeds in English and Japanese, addresses not checked."""
    path = config.data / "feeds.opml"
    _add_list(config, path.read_bytes(), path.name)


@feeds.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8"), default="-")
@click.pass_obj
def export_feeds(config: Config, file: Any) -> None:
    """Writes the feeds as OPML 2.0."""
    from ingest.opml import format_opml

    with open_archive(config) as archive:
        file.write(format_opml(state.feed for state in archive.list_feeds()))


def _add_list(config: Config, body: bytes, name: str) -> None:
    from ingest.opml import parse_opml

    found = parse_opml(body, name)
    with open_archive(config) as archive:
        new = sum(archive.add_feed(feed) for feed in found)
    tell(config, f"{new} feeds added, {len(found) - new} known already")


COMMANDS = (feeds,)
