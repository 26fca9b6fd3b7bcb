"""`feeds …`: the list of feeds that `ingest` reads."""

import sys
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from commands.opening import open_archive, open_graph, require_store, until_stopped, working
from commands.options import json_option, read_clock
from commands.printing import EXIT_USAGE, NO_FEEDS, complain, outliving_reader, print_view, report_failures, tell
from commands.settings import Config
from graph.errors import FetchError, NotFound, ParseError, StoreError
from graph.records import Failure, Feed, Stage

if TYPE_CHECKING:
    from ingest.archive import Archive


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
            states = _add_all(archive, found, failures)
            with outliving_reader():
                for feed, new in states:
                    state = "added" if new else "known already"
                    print_view({"feed": feed, "state": state}, f"{feed.url}  {feed.title}  {state}", as_json)
    report_failures(failures)


@feeds.command("list")
@json_option
@click.pass_obj
def list_feeds(config: Config, as_json: bool) -> None:
    """The feeds, when each was read and how it went."""
    from web.text.terminal import format_feed

    require_store(config)
    with open_archive(config) as archive:
        states = archive.list_feeds()
    for state in states:
        print_view(state, format_feed(state), as_json)
    if not states:
        tell(config, NO_FEEDS)


@feeds.command("remove")
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@click.pass_obj
def remove_feeds(config: Config, urls: Sequence[str]) -> None:
    """Takes feeds off the list; what was read from them stays."""
    unknown: list[str] = []
    require_store(config)
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
    from ingest.sources.opml import format_opml

    require_store(config)
    with open_archive(config) as archive:
        file.write(format_opml(state.feed for state in archive.list_feeds()))


def _add_list(config: Config, body: bytes, name: str) -> None:
    from ingest.network.addresses import is_web_address
    from ingest.polling import make_failure
    from ingest.sources.opml import parse_opml

    found = parse_opml(body, name)
    wrong = ParseError("only http and https addresses are read", reason="bad_url")
    failures = [make_failure(wrong, Stage.FEED, feed.url) for feed in found if not is_web_address(feed.url)]
    with open_archive(config) as archive:
        states = _add_all(archive, filter(lambda feed: is_web_address(feed.url), found), failures)
    new = sum(new for _, new in states)
    tell(config, f"{new} feeds added, {len(states) - new} known already")
    report_failures(failures)


def _add_all(archive: "Archive", found: Iterable[Feed], failures: list[Failure]) -> list[tuple[Feed, bool]]:
    """The feeds that are on the list now, and whether they are new there; one that is refused holds up no other."""
    from ingest.polling import make_failure

    states = []
    for feed in found:
        try:
            states.append((feed, archive.add_feed(feed)))
        except StoreError as error:
            if error.reason != "too_long":
                raise
            failures.append(make_failure(error, Stage.FEED, error.subject))
    return states


COMMANDS = (feeds,)
