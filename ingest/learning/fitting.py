"""Runs `fit.py` as the program it is: it needs torch and numpy and nothing of ours."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from graph.errors import ClaimGraphError
from ingest.learning.extra import require

_PROGRAM = Path(__file__).with_name("fit.py")


def run_fit(arguments: list[str], say: Callable[[str], None]) -> None:
    """Fits as the arguments say and passes on what is told. Raises ConfigError without torch, else when it fails."""
    require("torch")
    command = [sys.executable, "-u", str(_PROGRAM), *arguments]
    last = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:  # noqa: S603
        assert process.stdout
        try:
            for line in process.stdout:
                last = line.rstrip()
                say(last)
        except BaseException:
            process.terminate()
            raise
    if process.returncode:
        raise ClaimGraphError(f"fitting ended with code {process.returncode}: {last}")


def count_threads() -> str:
    """As many as there are cores that this process may use."""
    return str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
