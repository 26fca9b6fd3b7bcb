"""`derive`: what follows from claims, kept up to date; other commands that add or judge end with it."""

from collections.abc import Callable
from datetime import datetime

import click

from commands.judging import open_for_judging
from commands.printing import tell
from commands.settings import Config
from commands.tables import read_tables
from graph.store import GraphStore


@click.command()
@click.option("--all", "everything", is_flag=True, help="Anew from every claim: after an update, or when ties changed.")
@click.pass_obj
def derive(config: Config, everything: bool) -> None:
    """Groups claims into matters and finds what follows: histories, origins, contradictions."""
    with open_for_judging(config) as store:
        if everything:
            store.queue_claims()
        derive_new(config, store)


def derive_new(
    config: Config, store: GraphStore, now: datetime | None = None, stop: Callable[[], bool] = lambda: False
) -> None:
    """Derives what is queued and says how much that was; with `now`, but for large matters that rest.

    stop  leaves the rest for another time
    """
    from graph.deriving import derive as derive_queued

    done = derive_queued(store, read_tables(config).rates, now=now, stop=stop)
    if done.claims or done.bundles:
        tell(config, f"derived: {done.claims} claims in {done.bundles} groups")


COMMANDS = (derive,)
