"""Commands that keep the program running by itself: when it runs, and what is cleared away."""

import getpass
import sys
from pathlib import Path

import click

from commands.printing import say
from commands.settings import Config
from commands.timetables import EVERY, FORMATS, INTERVALS, Job, format_all, make_command
from graph.errors import ConfigError


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
    """Prints a crontab and systemd units that run `ingest` with this interpreter on this store; PART prints one."""
    job = Job(
        command=make_command(_find_program(), _find_store(config), [str(network) for network in config.allowed]),
        environment=(("CLAIMGRAPH_CONTACT", config.contact),) if config.contact else (),
        every=int(every),
        user=_find_account(),
        mail=mail,
    )
    if "://" in config.store:
        say("the account of a server is not shown: set CLAIMGRAPH_NEO4J_USER and CLAIMGRAPH_NEO4J_PASSWORD_FILE in it")
    click.echo(FORMATS[part][0](job) if part else format_all(job), nl=False)


def _find_program() -> tuple[str, str]:
    """The running interpreter and the file of the command line, wherever it is installed."""
    return str(Path(sys.executable).absolute()), str(Path(__file__).resolve().parents[1] / "claimgraph.py")


def _find_store(config: Config) -> str:
    """The store as it is found from any folder."""
    return config.store if "://" in config.store else str(Path(config.store.removeprefix("sqlite:")).absolute())


def _find_account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise ConfigError("this account has no name, which a unit needs") from error


COMMANDS = (schedule,)
