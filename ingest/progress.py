"""How a run shows itself: a bar for each phase on a terminal, one line a finished phase elsewhere."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from ingest.turns import Progress as Report


@contextmanager
def show_progress(quiet: bool = False) -> Iterator[Report]:
    """A function to report progress to; it writes to stderr, or nothing when quiet."""
    console = Console(stderr=True, quiet=quiet)
    columns = (TextColumn("{task.description:>8}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:

        def report(phase: str, done: int, total: int) -> None:
            if phase not in tasks:
                tasks[phase] = bars.add_task(phase, total=total)
            bars.update(tasks[phase], completed=done, total=total)
            if done == total and not console.is_terminal:
                _print(console, f"{phase}: {done} of {total}")

        yield report


def _print(console: Console, line: str) -> None:
    try:
        console.print(line)
    except OSError:  # no room for the log, or nobody reads it: the work goes on, and Python's flush at the end succeeds
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
