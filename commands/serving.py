"""Commands that show the store: its pages, its state, and those of the demo story."""

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
import platformdirs

from commands.demo_judgements import iter_judgements, read_corrections
from commands.deriving import derive_new
from commands.desk import make_desk
from commands.installation import find_store, format_command, format_program
from commands.judging import find_bounds
from commands.lists import ArchiveLists
from commands.opening import has_archive, open_archive, open_existing, open_graph, working
from commands.options import json_option, read_clock
from commands.printing import print_view, say, tell
from commands.reports import ArchiveReports
from commands.settings import WITH_CLAIMS, Config, find_folder, place_archive
from commands.tables import read_measured, read_tables
from graph.errors import NoStore, StoreUnavailable
from graph.records import Article, Feed, ModelUse
from graph.rulings.shares import count_judged
from graph.store import GraphStore
from graph.stores import find_file, open_store
from graph.views import StatusView

if TYPE_CHECKING:
    from flask import Flask

    from web.judging import Follow
    from web.requests.access import Access
    from web.services import Installation

# The day on which its story is fullest; the last day that it tells of is months later.
_DEMO_DAY = date(2025, 1, 29)
# Each takes some 150 MB; more than a machine has cores gains nothing.
_MOST_WORKERS = 64


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--behind-proxy", is_flag=True, help="A proxy stands before; believe its X-Forwarded-For and -Proto.")
@click.option(
    "--allow-host", "names", metavar="NAME", multiple=True, help="A name to answer under; others are refused."
)
@click.option("--require-token", is_flag=True, help="Reading needs the token too, as a password or a bearer.")
@click.option(
    "--rate",
    type=click.IntRange(0),
    metavar="N",
    help="Requests a minute from one address, counted by each worker for itself; 0: none, where a proxy has one.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, _MOST_WORKERS),
    metavar="N",
    default=1,
    show_default=True,
    help="Processes that answer; each opens the store for itself.",
)
@click.pass_obj
def serve(
    config: Config,
    host: str,
    port: int,
    behind_proxy: bool,
    names: Sequence[str],
    require_token: bool,
    rate: int | None,
    workers: int,
) -> None:
    """Shows the pages and answers the API until Ctrl-C.

    Who asks from this machine may judge on the pages, at a loopback address and with no proxy before it. Anything else
    only reads, unless CLAIMGRAPH_API_TOKEN or CLAIMGRAPH_API_TOKEN_FILE gives a token for what writes.
    """
    from commands.exposing import make_access, read_token

    access = make_access(
        host,
        read_token(os.environ),
        behind_proxy=behind_proxy,
        token_to_read=require_token,
        names=names,
        a_minute=rate,
    )
    _serve(config, host, port, access, workers=workers)


@click.command()
@click.option("--aside", metavar="N", type=click.IntRange(1), help="Lists the last N articles set aside instead.")
@json_option
@click.pass_obj
def status(config: Config, aside: int | None, as_json: bool) -> None:
    """What the store holds, how the feeds do, what the last run did."""
    from web.text.terminal import format_aside, format_status

    with open_existing(config) as store:
        if not aside:
            view = read_status(config, store)
            print_view(view, format_status(view, config.store), as_json)
            return
    for article in _list_aside(config, aside):
        told = {name: getattr(article, name) for name in ("id", "title", "url", "source", "published_at", "lang")}
        print_view(told, format_aside(article), as_json)


def _list_aside(config: Config, limit: int) -> Sequence[Article]:
    if not has_archive(config):
        return ()
    with open_archive(config) as archive:
        return archive.list_aside(limit)


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.pass_obj
def demo(config: Config, port: int) -> None:
    """Loads the demo story of January 2025 into a store of its own and shows its pages."""
    from commands.exposing import make_access

    store = str(find_folder(platformdirs.user_cache_path) / "demo" / "demo.db")
    config = replace(config, store=store, archive=place_archive(store))
    _load_demo(config)
    access = make_access("127.0.0.1", "")
    _serve(config, "127.0.0.1", port, access, demo=True, opens_on=_DEMO_DAY)


def _load_demo(config: Config) -> None:
    """Builds the demo's store anew: first the story's earlier version, then the story."""
    from ingest.folder import FolderFetcher

    folder = config.data / "demo"
    _clear(Path(config.store).parent, config.ledger)
    with open_graph(config) as store, open_archive(config) as archive:
        # Two days between the readings: by then every feed is due again.
        for fetch, now in (
            (FolderFetcher(folder / "earlier"), read_clock() - timedelta(days=2)),
            (FolderFetcher(folder), read_clock()),
        ):
            for url in fetch.list_feeds():
                archive.add_feed(Feed(url))
            with working(config, store, archive, fetch) as session:
                session.ingest(now)
        derive_new(config, store)
        judged = sum(store.judge(one) for one in iter_judgements(store, read_corrections(folder), read_clock()))
        derive_new(config, store)
        counts = store.count()
    tell(config, f"the demo story: {counts.claims} claims in {counts.articles} articles of {counts.sources} sources")
    tell(config, f"{judged} readings in it were judged wrong by hand; /judgements shows them")


def _clear(folder: Path, ledger: Path) -> None:
    """Leaves nothing of an earlier demo but what a language model replied and was paid for."""
    from ingest.llm.ledger import Ledger

    for path in folder.glob("*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif not path.name.startswith(ledger.name):
            path.unlink(missing_ok=True)
    if ledger.exists():
        with Ledger(ledger) as kept:
            kept.forget_verdicts()


def _serve(
    config: Config,
    host: str,
    port: int,
    access: "Access",
    *,
    demo: bool = False,
    opens_on: date | None = None,
    workers: int = 1,
) -> None:
    from web.server import serve as run_server

    writable = bool(access.token or access.local)

    def make_app() -> "Flask":
        from web.app import create_app
        from web.opening import Opening

        opening = Opening(lambda: open_existing(config))
        # A server that is away for a moment must not end all workers, which one that fails to begin does.
        with suppress(StoreUnavailable):
            opening()

        def write() -> GraphStore:
            opening()  # a judgement makes no store
            return open_store(config.store)

        return create_app(
            opening,
            lambda: read_status(config, opening()),
            demo=demo,
            closed=closed,
            access=access,
            writing=write if writable else None,
            tables=read_tables(config),
            desk=make_desk(config),
            opens_on=opens_on,
            installation=_name_installation(config, host, access),
            measured=read_measured(config),
            find_bounds=find_bounds,
            lists=ArchiveLists(config) if writable else None,
            reports=ArchiveReports(config) if config.take_reports else None,
            follow=choose_following(config),
            only_with_claims=config.graph_articles == WITH_CLAIMS,
        )

    def tell_ready(address: str) -> None:
        tell(config, f"claimgraph is at {address} (Ctrl-C ends it)")
        if demo:
            tell(config, f"a tour of five pages begins at {address}/tour/1")
            tell(config, f"asked on the command line: {format_command(config)} search deepseek")

    closed = close_console(config, host, access.behind_proxy)
    if closed:
        say(closed)
    try:
        open_existing(config).close()
    except NoStore as missing:
        tell(config, f"{missing}; the pages say how, and show the store once it is there")
    if workers > 1 and access.a_minute:
        tell(config, f"each of {workers} workers counts for itself: one address gets up to {workers} times the rate")
    run_server(make_app, host, port, workers, on_ready=tell_ready)


def _name_installation(config: Config, host: str, access: "Access") -> "Installation":
    """What pages say of where the program and its store are: to this machine's own users alone."""
    from commands.exposing import is_loopback
    from web.services import Installation

    if not is_loopback(host) or access.behind_proxy:
        return Installation()
    return Installation(format_program(), format_command(config), find_store(config))


def choose_following(config: Config) -> "Follow":
    """Sees to what follows from a judgement: at once, unless the settings let it wait and a server has the graph.

    A file is derived by whoever has it; on a server another machine may.
    """
    from web.judging import follow_later, follow_now

    return follow_later if config.judgements_wait and find_file(config.store) is None else follow_now


def close_console(config: Config, host: str, behind_proxy: bool) -> str:
    """Why Cypher is not answered at this address; empty when it is. A server's graph has limits of its own."""
    from commands.exposing import is_loopback
    from graph.stores.workers import try_confinement

    on_server = find_file(config.store) is None
    if on_server or (is_loopback(host) and not behind_proxy) or try_confinement().keeps_files:
        return ""
    return (
        "Cypher is not answered here: this system cannot keep queries from files and network (it has neither Landlock "
        "nor seccomp), and the pages are open to other machines. Serve them on 127.0.0.1, or on Linux 5.13 or newer."
    )


def read_status(config: Config, store: GraphStore) -> StatusView:
    """What the store holds, and how the feeds do."""
    model, judged = _read_model_use(config), count_judged(store)
    if not has_archive(config):
        return StatusView(store.count(), model=model, judged=judged)
    from ingest.health import read_snapshot

    with open_archive(config) as archive:
        feeds = archive.list_feeds()
        kept = read_snapshot(archive, feeds, read_clock())
        unreadable = dict(kept.unreadable)
        return StatusView(
            counts=store.count(),
            feeds=tuple(replace(state, unreadable=unreadable.get(state.feed.url, 0)) for state in feeds),
            last_run=archive.latest_run(),
            pending=archive.count_pending(),
            aside=kept.aside,
            bare=kept.bare,
            crashed=archive.count_crashed(),
            barriers=dict(kept.barriers),
            health=kept.health,
            model=model,
            judged=judged,
            watches=archive.count_watches(),
        )


def _read_model_use(config: Config) -> ModelUse | None:
    if not config.ledger.exists():
        return None
    from ingest.llm.ledger import Ledger

    with Ledger(config.ledger) as ledger:
        return ledger.sum_up(read_clock(), config.model.tokens_a_day if config.model.endpoint else 0)


COMMANDS = (serve, status, demo)
