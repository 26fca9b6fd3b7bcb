"""A judgement from the command line: who judges, why, and into which store."""

import getpass

import click

from commands.opening import open_existing, open_graph
from commands.printing import print_view
from commands.settings import Config
from commands.tables import read_tables
from graph import queries
from graph.errors import ConfigError
from graph.records import Judgement
from graph.store import GraphStore

why_option = click.option("--why", required=True, help="The reason; it is kept.")
by_option = click.option("--by", "who", metavar="NAME", help="Who decides; your account's name when not given.")


def open_for_judging(config: Config) -> GraphStore:
    """The store, for writing. StoreUnavailable when there is none yet: there is nobody to judge of."""
    open_existing(config).close()
    return open_graph(config)


def judge(config: Config, store: GraphStore, judgement: Judgement, as_json: bool) -> None:
    """Appends the judgement and prints it."""
    from graph.deriving import derive
    from web.terminal import format_judgement

    store.judge(judgement)
    derive(store, read_tables(config).rates)
    [view] = queries.view_judgements(store, [judgement])
    print_view(view, format_judgement(view), as_json)


def name_judge(who: str | None) -> str:
    """Who decides: the one named, else the account's name."""
    if who:
        return who
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise ConfigError("this account has no name; say who decides with --by NAME") from error
