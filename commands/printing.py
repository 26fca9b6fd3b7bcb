"""Records on standard output, messages on standard error, and what the exit codes are."""

import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TextIO

import click

from commands.settings import Config
from graph.records import Failure
from graph.views import ClaimView, to_json

EXIT_FAILED, EXIT_USAGE, EXIT_STORE, EXIT_INTERRUPTED = 1, 2, 3, 130
# A run with hundreds of failures names the first of them; `claimgraph status` and --json have all.
_SHOWN_FAILURES = 20

NO_FEEDS = "no feeds yet; `claimgraph feeds add URL` adds one, `claimgraph feeds import FILE` a list"


def print_claims(claims: Iterable[ClaimView], as_json: bool) -> None:
    """Claims as lines for people, or each as a line of JSON."""
    from web.text.terminal import format_claim

    for claim in claims:
        print_view(claim, format_claim(claim), as_json)


def print_view(view: object, text: str, as_json: bool) -> None:
    """The text, or the view as a line of JSON."""
    if as_json:
        print_json(to_json(view))
    else:
        click.echo(text)


def print_json(value: object) -> None:
    """One line of JSON Lines."""
    click.echo(json.dumps(value, ensure_ascii=False).encode())  # UTF-8 in every locale


@contextmanager
def outliving_reader() -> Iterator[None]:
    """A reader of the pipe that goes away (`| head`) ends the output and not the work."""
    try:
        yield
    except BrokenPipeError:
        drop_output()


@contextmanager
def naming(place: object) -> Iterator[None]:
    """A failure to write says where: on a full disk the system's own words do not."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(place)
        raise


def drop_output() -> None:
    """Standard output takes nothing more: Python's own flush at the end is not to fail on it again."""
    _drop(sys.stdout)


def say(text: str) -> None:
    """Says what matters even under --quiet. A log without room or reader takes nothing more and ends no work."""
    try:
        click.echo(text, err=True)
    except OSError:
        _drop(sys.stderr)


def tell(config: Config, text: str) -> None:
    """Says what is no failure."""
    if not config.quiet:
        say(text)


def tell_amid(config: Config, text: str) -> None:
    """Tells from a signal handler: it may come amid another message, where Python's streams take no second one."""
    with suppress(OSError):
        if sys.stderr and not config.quiet:
            os.write(sys.stderr.fileno(), f"{text}\n".encode())


def complain(message: str) -> None:
    """Says what went wrong, in the program's name."""
    say(f"{click.style('claimgraph: ', fg='red')}{message}")


def report_failures(failures: Sequence[Failure], *, brief: bool = False) -> None:
    """Names what failed and ends with exit code 1; does nothing when nothing did.

    brief  one line, such as cron may mail
    """
    from web.text.terminal import format_failure

    if brief and failures:
        complain(_sum_up(failures))
        sys.exit(EXIT_FAILED)
    for failure in failures[:_SHOWN_FAILURES]:
        say(format_failure(failure))
    if len(failures) > _SHOWN_FAILURES:
        say(f"and {len(failures) - _SHOWN_FAILURES} more; --json lists all")
    if failures:
        sys.exit(EXIT_FAILED)


def _drop(stream: TextIO) -> None:
    with suppress(io.UnsupportedOperation):  # a stream without a descriptor, as in tests
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _sum_up(failures: Sequence[Failure]) -> str:
    reasons = Counter(failure.reason for failure in failures).most_common()
    counts = ", ".join(f"{reason} {number}" for reason, number in reasons)
    first = failures[0].subject
    return f"{len(failures)} failed ({counts}), first {first}; `claimgraph status` names them"
