"""Commands that keep the program running by itself: when it runs, and what is cleared away."""

import getpass
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from pathlib import Path

import click

from commands.installation import find_program, find_store
from commands.opening import locking, open_archive, require_store
from commands.options import json_option, read_clock
from commands.printing import print_view, say, tell
from commands.settings import Config, list_variables
from commands.timetables import EVERY, FORMATS, INTERVALS, Job, format_all, make_command
from graph.errors import ConfigError
from graph.stores import find_file
from graph.stores.vacuum import vacuum

# So long nobody has to come back to what he watches.
LISTS_STAY = timedelta(days=365)
KEEP_DAYS = 90
_START_WORKERS = ("workers", "start", "--queues")


@click.group()
def schedule() -> None:
    """Running `ingest` by itself, with cron or systemd."""


@schedule.command("show")
@click.argument("part", type=click.Choice(list(FORMATS)), required=False)
@click.option(
    "--every",
    metavar="MINUTES",
    default=str(EVERY),
    show_default=True,
    type=click.Choice([str(interval) for interval in INTERVALS]),
    help=f"Minutes between runs: {', '.join(map(str, INTERVALS))}.",
)
@click.option("--mail", metavar="ADDRESS", help="Where cron sends what a run says; the account's own when not given.")
@click.pass_obj
def show_schedule(config: Config, part: str | None, every: str, mail: str | None) -> None:
    """Prints a crontab and systemd units that run `ingest` with this interpreter on this store; PART prints one.

    With a broker also the unit of workers.

    The settings of now go along: private networks, contact, reader, language model, mail, the files of secrets.
    """
    start = partial(make_command, find_program(), find_store(config), [str(network) for network in config.allowed])
    job = Job(
        command=start(),
        environment=list_variables(config),
        every=int(every),
        user=_find_account(),
        mail=mail,
        workers=start(_START_WORKERS) if config.broker.address else (),
    )
    if find_file(config.store) is None:
        say("the account of a server is not shown: set CLAIMGRAPH_NEO4J_USER and CLAIMGRAPH_NEO4J_PASSWORD_FILE in it")
    click.echo(FORMATS[part][0](job) if part else format_all(job), nl=False)


def _find_account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise ConfigError("this account has no name, which a unit needs") from error


@click.command()
@click.option(
    "--keep",
    metavar="DAYS",
    default=KEEP_DAYS,
    show_default=True,
    type=click.IntRange(30, 36_500),
    help="How long it stays.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@json_option
@click.pass_obj
def tidy(config: Config, keep: int, dry_run: bool, as_json: bool) -> None:
    """Lets go of what feeds and pages said when the graph has had it for long, and gives the room back to the disk.

    Claims, articles and their texts in the graph stay, and so does what tells old entries from new ones.
    """
    require_store(config)
    with locking(config) as free:
        if not free:
            tell(config, "an ingest is running; nothing was tidied")
            return
        with open_archive(config) as archive:
            done = archive.tidy(read_clock() - timedelta(days=keep), dry_run=dry_run)
            lists = archive.tidy_lists(read_clock() - LISTS_STAY, dry_run=dry_run)
        won = 0 if dry_run else _vacuum(config, loose=any((*asdict(done).values(), lists)))
    view = {**asdict(done), "lists": lists, "bytes": won, "dry_run": dry_run}
    verb = "would go" if dry_run else "went"
    text = (
        f"older than {keep} days {verb}: bodies of {done.entries} entries, archived texts of {done.texts} articles, "
        f"vectors of {done.vectors}, records of {done.runs} runs; unused for a year: {lists} lists of what is watched"
    )
    print_view(view, text if dry_run else f"{text}; {won:,} bytes given back", as_json)


def _vacuum(config: Config, *, loose: bool) -> int:
    """Bytes won in archive and store where they are files; `loose`: its rows got shorter."""
    # A server gives room back by itself.
    won = vacuum(config.archive, loose=loose) if isinstance(config.archive, Path) else 0
    store = find_file(config.store)
    return won + (vacuum(store) if store and store.exists() else 0)


COMMANDS = (schedule, tidy)
