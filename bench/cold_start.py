"""How long commands take to begin (P14): `python -m bench.cold_start [TIMES]`.

CPU seconds of `--help`, of `serve` until its first page is there, and of an `ingest` with nothing due, medians of
TIMES; whether any of them imports what reads.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from pathlib import Path

from bench.cpu import count_ended

# What each may cost at most (must) and should (aim), in CPU seconds.
_LIMITS = {"--help": (0.5, 0.25), "serve": (1.5, 0.8), "ingest": (2.0, 1.0)}


def main(times: int) -> None:
    print(f"load {os.getloadavg()[0]:.1f}; CPU s, medians of {times}")
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder, "graph.db")
        run([*claimgraph(store), "ingest"])  # makes the store
        work: dict[str, Callable[[list[str]], str]] = {
            "--help": lambda command: run([*command, "--help"]),
            "serve": serve_once,
            "ingest": lambda command: run([*command, "ingest"]),
        }
        for name, do in work.items():
            taken = []
            for _ in range(times):
                before = count_ended()
                do(claimgraph(store))
                taken.append(count_ended() - before)
            imported = do(claimgraph(store, "-X", "importtime"))
            must, aim = _LIMITS[name]
            reader = "imported" if re.search(r"\| +(onnxruntime|spacy)\b", imported) else "not imported"
            print(f"{name}: {statistics.median(taken):.2f} (must {must:g}, aim {aim:g}); reader {reader}")


def claimgraph(store: Path, *options: str) -> list[str]:
    return [sys.executable, *options, "-m", "claimgraph", "--store", str(store)]


def run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def serve_once(command: list[str]) -> str:
    """Starts the pages, asks for the first one, and ends them. What they wrote to standard error."""
    with subprocess.Popen([*command, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        written = ""
        while not (found := re.search(r"http://[\d.:]+\d", line := server.stderr.readline())):
            assert line, written
            written += line
        with urllib.request.urlopen(found.group(), timeout=60) as answer:
            assert answer.status == 200
        server.terminate()
        return written + server.stderr.read()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
