"""Text to claims beside the bare parser: words a CPU second (P4), two processes (P5), peak memory (P15).

    python bench/reading.py [en] [ja] [--rounds 3] [--profile]

Reads the gold texts of the build part, with the extractor and with the raw `nlp.pipe` of the same pipeline over the
same sentences: each in a fresh process, in turn, the median of the rounds. `--profile` prints where the extractor's
time goes.
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
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from spacy.language import Language as Pipeline

from graph.records import Article, Failure
from ingest.nlp import en, ja
from ingest.nlp.document import READABLE, Language
from ingest.nlp.en.parsing import load_pipeline as load_english
from ingest.nlp.extract import Extractor
from ingest.nlp.ja.parsing import load_pipeline as load_japanese
from ingest.nlp.load import load_extractor
from ingest.nlp.zones import load_zone_cues, split_paragraphs
from ingest.read import read_text_file

ROOT = Path(__file__).resolve().parents[1]
DAY = datetime(2025, 3, 1, tzinfo=UTC)
LOADERS: dict[str, Callable[[], Pipeline]] = {"en": load_english, "ja": load_japanese}
MAKERS: dict[str, Callable[[], Language]] = {"en": en.make_language, "ja": ja.make_language}
READERS = ("extractor", "parser")
BATCH = 128


@dataclass(frozen=True, slots=True)
class Run:
    """One reading: seconds of processor and clock, loading not counted, and the peak of its memory in MB."""

    cpu: float
    wall: float
    peak: float
    words: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", default=["en", "ja"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--one", nargs=2, metavar=("READER", "PROCESSES"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    for lang in arguments.languages:
        if arguments.one:
            reader, processes = arguments.one
            print(json.dumps(read_once(lang, reader, int(processes))))
        elif arguments.profile:
            profile(lang)
        else:
            report(lang, arguments.rounds)


def report(lang: str, rounds: int) -> None:
    """Prints one language's medians and the extractor's share of what the parser alone does."""
    runs: dict[tuple[str, int], list[Run]] = {(reader, n): [] for n in (1, 2) for reader in READERS}
    for _ in range(rounds):
        for (reader, processes), found in runs.items():
            command = [sys.executable, __file__, lang, "--one", reader, str(processes)]
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            found.append(Run(**json.loads(output)))
    speed = [statistics.median(run.words / run.cpu for run in runs[reader, 1]) for reader in READERS]
    peak = [statistics.median(run.peak for run in runs[reader, 1]) for reader in READERS]
    gain = [find_gain(runs[reader, 1], runs[reader, 2]) for reader in READERS]
    print(f"{lang}: load {os.getloadavg()[0]:.1f}, {runs[READERS[0], 1][0].words} words")
    print(f"  P4  {speed[0] / speed[1]:.2f}  {speed[0]:.0f} words a CPU second, parser {speed[1]:.0f}")
    print(f"  P5  {gain[0] / gain[1]:.2f}  two processes {gain[0]:.2f} times as fast, parser {gain[1]:.2f}")
    print(f"  P15 {peak[0] / peak[1]:.2f}  {peak[0]:.0f} MB, parser {peak[1]:.0f}")


def find_gain(one: Sequence[Run], two: Sequence[Run]) -> float:
    return statistics.median(run.wall for run in one) / statistics.median(run.wall for run in two)


def read_once(lang: str, reader: str, processes: int) -> dict[str, float]:
    articles = list_articles(lang)
    texts = list_sentences(articles, lang)
    if reader == "extractor":
        extractor = load_extractor(ROOT / "data")
        list(extractor.extract([make_warm_up(articles[0])]))
        took = read_articles(extractor, articles, processes)
        pipeline = LOADERS[lang]()
    else:
        pipeline, _ = LOADERS[lang](), LOADERS["ja"]()  # the extractor holds both; so must what its memory is beside
        list(pipeline.pipe(texts[:2]))
        took = parse_texts(pipeline, texts, processes)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = sum(len(pipeline.tokenizer(text)) for text in texts)
    return {"cpu": took[0], "wall": took[1], "peak": peak, "words": words}


def read_articles(extractor: Extractor, articles: Sequence[Article], processes: int) -> tuple[float, float]:
    """CPU and wall seconds of the extractor; each process reads every n-th article."""
    started = time.process_time(), time.perf_counter()
    if processes == 1:
        read_share(extractor, articles)
    else:
        fork = multiprocessing.get_context("fork")
        shares = [articles[first::processes] for first in range(processes)]
        workers = [fork.Process(target=read_share, args=(extractor, share)) for share in shares]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    return time.process_time() - started[0], time.perf_counter() - started[1]


def read_share(extractor: Extractor, articles: Sequence[Article]) -> None:
    failed = [result for result in extractor.extract(articles) if isinstance(result, Failure)]
    assert not failed, failed


def parse_texts(pipeline: Pipeline, texts: Sequence[str], processes: int) -> tuple[float, float]:
    """CPU and wall seconds of the bare pipeline."""
    started = time.process_time(), time.perf_counter()
    parsed = sum(1 for _ in pipeline.pipe(texts, batch_size=BATCH, n_process=processes))
    assert parsed == len(texts)
    return time.process_time() - started[0], time.perf_counter() - started[1]


def list_articles(lang: str) -> list[Article]:
    folder = ROOT / "data" / "gold" / lang / "build"
    return [read_text_file(path, DAY, lang) for path in sorted(folder.glob("*.txt"))]


def list_sentences(articles: Sequence[Article], lang: str) -> list[str]:
    """What the extractor gives to the parser: the sentences of readable paragraphs."""
    split = MAKERS[lang]().split
    cues = {lang: load_zone_cues(ROOT / "ingest" / "nlp" / lang / "zones.toml")}
    return [
        paragraph.text[start:end]
        for article in articles
        for paragraph in split_paragraphs(article.text, lang, cues)
        if paragraph.lang == lang and paragraph.zone in READABLE
        for start, end in split(paragraph.text)
    ]


def make_warm_up(article: Article) -> Article:
    """A first article, so that what is loaded or compiled on first use is not counted."""
    return replace(article, text=article.text[:300])


def profile(lang: str) -> None:
    """Prints the forty functions in which most of the extractor's time passes."""
    extractor, articles = load_extractor(ROOT / "data"), list_articles(lang)
    list(extractor.extract([make_warm_up(articles[0])]))
    profiler = cProfile.Profile()
    profiler.runcall(read_share, extractor, articles)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(40)
    pstats.Stats(profiler).sort_stats("cumtime").print_stats("ingest", 60)


if __name__ == "__main__":
    main()
