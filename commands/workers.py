"""`workers`: the processes that ingest together, on one machine or several, told what to do by a broker."""

import os
import sys
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.broker_settings import DEAD, LATER, QUEUES
from commands.opening import read_secret
from commands.options import json_option
from commands.printing import EXIT_FAILED, complain, print_json, tell
from commands.settings import Config
from graph.errors import ConfigError
from graph.ids import format_time
from graph.stores import find_file

if TYPE_CHECKING:
    from commands.cluster import Cluster


@click.group()
def workers() -> None:
    """Ingesting by several processes, on several machines."""


@workers.command("start")
@click.option(
    "--queues",
    metavar="NAMES",
    default=",".join(QUEUES),
    show_default=True,
    help="What these processes do, with commas in between.",
)
@click.option(
    "--concurrency",
    metavar="N",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default="one for each core",
    help="So many processes; one that reads takes up to 1.2 GB.",
)
@click.option("--beat", is_flag=True, help="Also looks every minute for what is due; one worker of all is enough.")
@click.pass_obj
def start(config: Config, queues: str, concurrency: int, beat: bool) -> None:
    """Works on what is sent, until SIGTERM: what is under way is finished first."""
    names = tuple(dict.fromkeys(name.strip() for name in queues.split(",")))
    if wrong := [name for name in names if name not in QUEUES]:
        raise click.UsageError(f"--queues {wrong[0]!r}: there are {', '.join(QUEUES)}")
    sys.exit(open_cluster(config).work(names, concurrency, beat=beat))


@workers.command("status")
@json_option
@click.pass_obj
def status(config: Config, as_json: bool) -> None:
    """What waits in which queue, and which workers answer; exit code 1 when a queue has no worker."""
    cluster = open_cluster(config)
    queues, found = cluster.list_queues(), cluster.list_workers()
    if as_json:
        print_json({"queues": [asdict(one) for one in queues], "workers": [asdict(one) for one in found]})
    else:
        for queue in queues:
            takers = "" if queue.name == DEAD else f", {_count(queue.consumers, 'worker')}"
            click.echo(f"{queue.name}: {_count(queue.waiting, 'message')}{takers}")
        for worker in found:
            click.echo(f"{worker.name}: {', '.join(worker.queues)}; works on {_count(worker.busy, 'message')}")
    needed = set(QUEUES) - {"read", "ask"} | {config.reading_task, LATER}
    if alone := [queue.name for queue in queues if queue.name in needed and not queue.consumers]:
        complain(f"no worker takes from {', '.join(alone)}; start one with `claimgraph workers start`")
        sys.exit(EXIT_FAILED)


@workers.group()
def dead() -> None:
    """Messages that nobody tries any more: three processes died on them, or a fault of the program."""


@dead.command("list")
@json_option
@click.pass_obj
def list_dead(config: Config, as_json: bool) -> None:
    """The dead letters: which task, why, when, for what."""
    letters = open_cluster(config).list_dead()
    for letter in letters:
        died = letter.died and format_time(letter.died.replace(tzinfo=letter.died.tzinfo or UTC))
        if as_json:
            print_json({**asdict(letter), "died": died})
        else:
            ids = f" of {', '.join(letter.ids[:3])}{' …' if len(letter.ids) > 3 else ''}" if letter.ids else ""
            click.echo(f"{letter.id}  {letter.task}{ids}: {letter.why}, {died or 'some time ago'}")
    if not letters and not as_json:
        tell(config, "no dead letters")


@dead.command("again")
@click.argument("ids", metavar="ID...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All of them.")
@click.pass_obj
def send_again(config: Config, ids: tuple[str, ...], everything: bool) -> None:
    """Has dead letters tried again, as if they were new."""
    done = open_cluster(config).send_again(_choose(ids, everything))
    tell(config, f"{_count(done, 'message')} sent again")


@dead.command("drop")
@click.argument("ids", metavar="ID...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All of them.")
@click.pass_obj
def drop(config: Config, ids: tuple[str, ...], everything: bool) -> None:
    """Lets go of dead letters: what they were about is planned again when it is still due."""
    done = open_cluster(config).drop_dead(_choose(ids, everything))
    tell(config, f"{_count(done, 'message')} dropped")


def _choose(ids: tuple[str, ...], everything: bool) -> tuple[str, ...] | None:
    """The ids given; None for all."""
    if everything == bool(ids):
        raise click.UsageError("name dead letters by their ids, or all of them with --all")
    return None if everything else ids


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def open_cluster(config: Config) -> "Cluster":
    """The way to the workers. ConfigError that says what to set when the settings do not name all that they share."""
    wanted = {
        "broker in the settings file, or CLAIMGRAPH_BROKER, such as amqp://HOST/VHOST": bool(config.broker.address),
        "archive, or CLAIMGRAPH_ARCHIVE, such as postgresql://HOST/DATABASE": not isinstance(config.archive, Path),
        "store, or CLAIMGRAPH_STORE, such as neo4j://HOST": find_file(config.store) is None,
    }
    if missing := [setting for setting, is_set in wanted.items() if not is_set]:
        message = f"workers share a broker, an archive on PostgreSQL and a graph in Neo4j: set {'; '.join(missing)}"
        raise ConfigError(message, subject="broker")
    try:
        from commands.cluster import Cluster
    except ImportError as error:
        message = f"workers need Celery ({error}): pip install 'claimgraph[cluster]'"
        raise ConfigError(message, subject="celery") from error
    file = config.broker.password_file
    return Cluster(config, read_secret(file, "broker_password_file") if file else "")


COMMANDS = (workers,)
