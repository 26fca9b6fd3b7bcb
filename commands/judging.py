"""A judgement from the command line: who judges, why, and into which store."""

import getpass

import click

from commands.opening import open_existing, open_graph
from commands.options import json_option, read_clock
from commands.printing import print_view
from commands.settings import Config
from commands.tables import read_tables
from graph.answers import queries
from graph.errors import ConfigError
from graph.judging.making import make_judgement
from graph.policy import Bounds
from graph.records import Claim, Judgement, JudgementId, JudgementKind
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
    from web.text.terminal import format_judgement

    store.judge(judgement)
    derive(store, read_tables(config).rates)
    [view] = queries.view_judgements(store, [judgement])
    print_view(view, format_judgement(view), as_json)


def find_bounds(claim: Claim) -> Bounds:
    """What the words of its sentence leave of a claim that a person puts right."""
    from ingest.nlp import firmness, load  # seconds to load, and few corrections ask

    return firmness.find_bounds(claim, load.load_languages())


def name_judge(who: str | None) -> str:
    """Who decides: the one named, else the account's name."""
    if who:
        return who
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise ConfigError("this account has no name; say who decides with --by NAME") from error


@click.command()
@click.argument("judgement")
@why_option
@by_option
@json_option
@click.pass_obj
def undo(config: Config, judgement: str, why: str, who: str | None, as_json: bool) -> None:
    """Takes a judgement back; an undo too, which lets the judgement count again."""
    with open_for_judging(config) as store:
        undone = JudgementId(judgement)
        new = make_judgement(JudgementKind.UNDO, (), name_judge(who), read_clock(), why, undoes=undone)
        judge(config, store, new, as_json)
