"""Text to claims beside the bare encoder: articles a CPU second, two processes, peak memory; and what is installed.

    python bench/reading.py [en] [ja] [--rounds 3] [--profile] [--subject]

Reads the gold texts of the build part with the extractor, and with the encoder alone over the same windows: each in a
fresh process, in turn, the median of the rounds. `--profile` prints where the extractor's time goes, `--subject` only
how many articles a CPU second are told to be about AI or not, which comes before reading. What is installed are the
packages that `pyproject.toml` asks for and those that they ask for, without the extras, and the reader's files.
"""

import argparse
import cProfile
import json
import multiprocessing
import os
import pstats
import resource
import statistics
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from packaging.requirements import Requirement

from graph.records import Article, Failure
from ingest.nlp.finder import Sight
from ingest.nlp.load import load_extractor, load_subject
from ingest.nlp.network import Network
from ingest.nlp.windows import Passage, Window, make_windows
from ingest.read import read_text_file

ROOT = Path(__file__).resolve().parents[1]
READER = ROOT / "data" / "models" / "reader"
DAY = datetime(2025, 3, 1, tzinfo=UTC)
READERS = ("extractor", "encoder")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Run:
    """One reading: seconds of processor and clock, loading not counted, and the peak of its memory in MB."""

    cpu: float
    wall: float
    peak: float
    articles: int
    characters: int


class Keeping:
    """A finder that finds nothing and keeps what it was given."""

    name = "keeping 1"

    def __init__(self) -> None:
        self.given: list[tuple[str, Sequence[Passage]]] = []

    def find(self, text: str, passages: Sequence[Passage]) -> Sight:
        self.given.append((text, passages))
        return Sight((), {}, ())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", default=["en", "ja"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--subject", action="store_true")
    parser.add_argument("--one", nargs=2, metavar=("READER", "PROCESSES"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    for lang in arguments.languages:
        if arguments.one:
            reader, processes = arguments.one
            print(json.dumps(read_once(lang, reader, int(processes))))
        elif arguments.profile:
            profile(lang)
        elif arguments.subject:
            report_subject(lang)
        else:
            report(lang, arguments.rounds)
    if not (arguments.one or arguments.profile or arguments.subject):
        report_installed()


def report(lang: str, rounds: int) -> None:
    """Prints one language's medians and the extractor's share of what the encoder alone does."""
    runs: dict[tuple[str, int], list[Run]] = {(reader, n): [] for n in (1, 2) for reader in READERS}
    for _ in range(rounds):
        for (reader, processes), found in runs.items():
            command = [sys.executable, __file__, lang, "--one", reader, str(processes)]
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            found.append(Run(**json.loads(output)))
    speed = [statistics.median(run.articles / run.cpu for run in runs[reader, 1]) for reader in READERS]
    peak = [statistics.median(run.peak for run in runs[reader, 1]) for reader in READERS]
    gain = [find_gain(runs[reader, 1], runs[reader, 2]) for reader in READERS]
    one = runs[READERS[0], 1][0]
    each = one.characters / one.articles
    print(f"{lang}: load {os.getloadavg()[0]:.1f}, {one.articles} articles of {each:.0f} characters")
    print(f"  speed   {speed[0] / speed[1]:.2f}  {speed[0]:.1f} articles a CPU second, encoder {speed[1]:.1f}")
    print(f"  second  {gain[0] / gain[1]:.2f}  two processes {gain[0]:.2f} times as fast, encoder {gain[1]:.2f}")
    print(f"  memory  {peak[0] / peak[1]:.2f}  {peak[0]:.0f} MB, encoder {peak[1]:.0f}")


def report_subject(lang: str) -> None:
    """Prints how fast articles are told to be about AI, after a first one that loads what that takes."""
    subject, articles = load_subject(ROOT / "data"), list_articles(lang)
    subject.is_about_ai(articles[0])
    started = time.process_time()
    for article in articles:
        subject.is_about_ai(article)
    speed = len(articles) / (time.process_time() - started)
    print(f"{lang}: load {os.getloadavg()[0]:.1f}, {speed:.0f} articles a CPU second told to be about AI or not")


def find_gain(one: Sequence[Run], two: Sequence[Run]) -> float:
    return statistics.median(run.wall for run in one) / statistics.median(run.wall for run in two)


def read_once(lang: str, reader: str, processes: int) -> dict[str, float]:
    articles = list_articles(lang)
    if reader == "extractor":
        extractor = load_extractor(ROOT / "data")
        list(extractor.extract([make_warm_up(articles[0])]))

        def read(share: Sequence[Article]) -> None:
            failed = [result for result in extractor.extract(share) if isinstance(result, Failure)]
            assert not failed, failed

        took = measure(read, articles, processes)
    else:
        network = Network(READER)
        windows = list_windows(network, articles)
        network.read(windows[0][0])

        def encode(share: Sequence[Sequence[Window]]) -> None:
            for some in share:
                for window in some:
                    network.read(window)

        took = measure(encode, windows, processes)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    characters = sum(len(article.text) for article in articles)
    return {"cpu": took[0], "wall": took[1], "peak": peak, "articles": len(articles), "characters": characters}


def measure(read: Callable[[Sequence[_T]], None], items: Sequence[_T], processes: int) -> tuple[float, float]:
    """CPU and wall seconds of reading; each process reads every n-th item. CPU is this process's own."""
    started = time.process_time(), time.perf_counter()
    if processes == 1:
        read(items)
    else:
        fork = multiprocessing.get_context("fork")
        workers = [fork.Process(target=read, args=(items[first::processes],)) for first in range(processes)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    return time.process_time() - started[0], time.perf_counter() - started[1]


def list_articles(lang: str) -> list[Article]:
    folder = ROOT / "data" / "gold" / lang / "build"
    return [read_text_file(path, DAY, lang) for path in sorted(folder.glob("*.txt"))]


def list_windows(network: Network, articles: Sequence[Article]) -> list[list[Window]]:
    """What the extractor gives to the encoder, article by article."""
    keeping = Keeping()
    list(load_extractor(ROOT / "data", keeping).extract(articles))
    return [list(make_windows(text, passages, network.pieces)) for text, passages in keeping.given]


def make_warm_up(article: Article) -> Article:
    """A first article, so that what is loaded or compiled on first use is not counted."""
    return replace(article, text=article.text[:300])


def report_installed() -> None:
    """Prints how much the packages take that a user installs, the largest by name, and the reader."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        asked = tomllib.load(file)["project"]["dependencies"]
    sizes = {name: measure_package(name) for name in find_packages(asked)}
    largest = ", ".join(f"{name} {size:.0f}" for name, size in sorted(sizes.items(), key=lambda one: -one[1])[:6])
    print(f"installed: {sum(sizes.values()):.0f} MB in {len(sizes)} packages ({largest})")
    print(f"reader: {sum(path.stat().st_size for path in READER.iterdir()) / 1e6:.1f} MB")


def find_packages(asked: Sequence[str]) -> set[str]:
    """The packages that those asked for bring along, themselves too, as far as they are installed here."""
    found: set[str] = set()
    waiting = [Requirement(line) for line in asked]
    while waiting:
        wanted = waiting.pop()
        name = wanted.name.lower().replace("_", "-").replace(".", "-")
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        try:
            waiting += map(Requirement, distribution(name).requires or ())
        except PackageNotFoundError:
            print(f"not installed: {name}", file=sys.stderr)
            continue
        found.add(name)
    return found


def measure_package(name: str) -> float:
    """MB of its files, compiled ones too."""
    files = [Path(str(path.locate())) for path in distribution(name).files or ()]
    return sum(path.stat().st_size for path in files if path.is_file()) / 1e6


def profile(lang: str) -> None:
    """Prints the forty functions in which most of the extractor's time passes."""
    extractor, articles = load_extractor(ROOT / "data"), list_articles(lang)
    list(extractor.extract([make_warm_up(articles[0])]))
    profiler = cProfile.Profile()
    profiler.runcall(lambda: list(extractor.extract(articles)))
    pstats.Stats(profiler).sort_stats("tottime").print_stats(40)
    pstats.Stats(profiler).sort_stats("cumtime").print_stats("ingest", 60)


if __name__ == "__main__":
    main()
