"""Commands that tell what several sources make of one claim: story, ledger, figures."""

from datetime import datetime
from typing import Any

import click

from commands.deriving import derive_new
from commands.opening import open_existing, open_graph
from commands.options import Day, find_end, json_option, optional_query_argument, query_argument, read_clock
from commands.printing import print_json, print_view, tell
from commands.settings import Config
from commands.tables import read_tables
from graph.store import GraphStore
from graph.views import to_json

_as_of_option = click.option("--as-of", metavar="DAY", type=Day(), help="As known by the end of that day.")
_FORMATS = click.Choice(["text", "json", "markdown"])
_format_option = click.option("--format", "form", type=_FORMATS, default="text", show_default=True)


@click.command()
@query_argument
@_as_of_option
@click.option("--valid-at", metavar="DAY", type=Day(), help="The status that held by the end of that day.")
@click.option("--limit", default=12, show_default=True, type=click.IntRange(1, 200), help="Matters at the most.")
@_format_option
@click.pass_obj
def story(config: Config, query: str, as_of: datetime | None, valid_at: datetime | None, limit: int, form: str) -> None:
    """What sources make of a story: its matters, disputed ones first, their status, who stands behind and who
    denies them.

    Names stand for what they make too: `claimgraph story deepseek openai`.
    """
    from graph.answers.chapters import Clock
    from graph.answers.stories import get_story
    from web.text.styles import STYLES
    from web.text.telling import format_story

    clock = Clock(find_end(as_of) or read_clock(), find_end(valid_at))
    with open_existing(config) as store:
        _tell_queue(config, store)
        view = get_story(store, query, clock, read_tables(config), limit)
    if not view.chapters:
        tell(config, "nothing is known of it; fewer words find more, `claimgraph search` looks at single claims")
    if form == "json":
        print_json(to_json(view))
    elif view.chapters:
        click.echo(format_story(view, STYLES[form]))


@click.group(invoke_without_command=True)
@click.option("--about", "query", default="", metavar="QUERY", help="Only what a search finds: a vendor, a model.")
@_as_of_option
@_format_option
@click.pass_context
def ledger(context: click.Context, query: str, as_of: datetime | None, form: str) -> None:
    """Who claims which result, who measured it, and what nobody else did; `import` loads a leaderboard."""
    if context.invoked_subcommand:
        return
    from graph.answers.accounts import get_ledger
    from graph.answers.chapters import Clock
    from web.text.accounting import format_ledger
    from web.text.styles import STYLES

    config: Config = context.obj
    with open_existing(config) as store:
        _tell_queue(config, store)
        view = get_ledger(store, query, Clock(find_end(as_of) or read_clock()))
    if not view.entries:
        tell(config, "no result is claimed; another --about finds others")
    if form == "json":
        print_json(to_json(view))
    elif view.entries:
        click.echo(format_ledger(view, STYLES[form]))


@ledger.command("import")
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@click.option("--date", "day", required=True, type=Day(), help="The day the board was taken.")
@click.option("--benchmark", default="Chatbot Arena", show_default=True, help="What the board measures.")
@click.option("--by", default="LMSYS", show_default=True, help="Who runs it.")
@click.option("--site", default="lmarena.ai", show_default=True, help="Where it is kept.")
@json_option
@click.pass_obj
def import_board(config: Config, file: Any, day: datetime, benchmark: str, by: str, site: str, as_json: bool) -> None:
    """Adds a leaderboard in CSV or TSV: columns `model` and `rank` or `score`; each row is claims of who runs it."""
    from graph.formats.boards import find_exactly, make_board
    from graph.formats.leaderboards import make_board_extraction, read_leaderboard

    text, rows = read_leaderboard(file.read(), file.name)
    with open_graph(config) as store:
        board = make_board(store, benchmark, by, site, day)
        added = store.add([make_board_extraction(board, text, rows, lambda name: find_exactly(store, name))])
        derive_new(config, store)
    print_view({"rows": len(rows), "claims": added.claims}, f"{len(rows)} rows, {added.claims} new claims", as_json)


@click.command()
@optional_query_argument
@click.option("--measure", default="", metavar="NAME", help="One measure: training_cost, chips, market_cap, …")
@_as_of_option
@_format_option
@click.pass_obj
def figures(config: Config, query: str, measure: str, as_of: datetime | None, form: str) -> None:
    """All numbers for one measure of one thing, side by side in one unit, with the words that limit them."""
    from graph.answers.accounts import get_figures
    from graph.answers.chapters import Clock
    from web.language.measures import check_measure
    from web.text.styles import STYLES
    from web.text.telling import format_figures

    with open_existing(config) as store:
        _tell_queue(config, store)
        view = get_figures(store, query, Clock(find_end(as_of) or read_clock()), read_tables(config), measure)
    check_measure(measure, view.measures)
    if not view.figures:
        tell(config, "no number is claimed; another --measure, or none, finds others")
    if form == "json":
        print_json(to_json(view))
    elif view.figures:
        click.echo(format_figures(view, STYLES[form]))


def _tell_queue(config: Config, store: GraphStore) -> None:
    """What was read but not grouped yet is not in the answer."""
    if waiting := store.count_queued():
        tell(config, f"note: {waiting} claims or matters are not grouped yet; the next run does it")


COMMANDS = (story, ledger, figures)
