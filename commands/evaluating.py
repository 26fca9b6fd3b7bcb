"""`evaluate` and `evaluate-stories`: what is read, and what becomes of it, beside what a careful reader makes of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from commands.opening import make_session, open_archive, open_graph, reader_option, reading
from commands.options import json_option
from commands.printing import print_json, report_failures
from commands.settings import Config, place_archive
from commands.tables import read_tables
from graph.grades import FAIR_FROM
from graph.records import Failure
from graph.store import GraphStore

if TYPE_CHECKING:
    from ingest.nlp.extract import Reader
    from ingest.session import Session
    from ingest.stories.records import Story

Load = Callable[[], "Reader"]


@click.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("texts", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--entities",
    "entities",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Entity gold; the *entities.jsonl and *aliases.jsonl beside GOLD when not given.",
)
@click.option("--date", "day", help="The day of texts that MANIFEST.tsv in TEXTS gives none (2025-01-31).")
@click.option("--show", multiple=True, type=click.Choice(["misses", "false", "wrong"]), help="Lists these too.")
@click.option(
    "--threshold",
    metavar="SCORE",
    type=click.FloatRange(0, 1),
    default=FAIR_FROM,
    show_default=True,
    help="Counts claims with a score as high.",
)
@click.option("--curve", "with_curve", is_flag=True, help="The figures by score, outlet and claim type too.")
@click.option("--totals", is_flag=True, help="Figures only, for blind sets: no sentence is printed.")
@reader_option
@json_option
@click.pass_obj
def evaluate(
    config: Config,
    gold: Path,
    texts: Path,
    entities: tuple[Path, ...],
    day: str | None,
    show: tuple[str, ...],
    threshold: float,
    with_curve: bool,
    totals: bool,
    as_json: bool,
) -> None:
    """How well the texts of a folder are read, beside a gold file. Touches no store."""
    from ingest.accuracy.evaluation import evaluate as run_evaluation
    from ingest.accuracy.evaluation import find_entity_files
    from ingest.accuracy.summaries import format_evaluation, summarize_evaluation

    if totals and show:
        raise click.UsageError("--totals prints no sentence; leave out --show")
    names = entities or find_entity_files(gold)
    with reading(config, waits=False) as load:
        result = run_evaluation(load(), gold, texts, names, day, threshold=threshold, with_curve=with_curve)
    if as_json:
        print_json(summarize_evaluation(result))
    else:
        click.echo("\n".join(format_evaluation(result, show, totals=totals)))
    report_failures(result.failures)


@click.command("evaluate-stories")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--gold", is_flag=True, help="Takes the claims from the .ann beside each article instead of reading it.")
@reader_option
@json_option
@click.pass_obj
def evaluate_stories(config: Config, folder: Path, gold: bool, as_json: bool) -> None:
    """What becomes of the stories of a folder, beside what each expects: matters, histories, origins, contradictions.

    Each story is read into a store of its own, which is deleted afterwards. Figures only: no sentence is printed.
    """
    from evaluation.running import run_story
    from evaluation.scoring import Scores, score_story
    from evaluation.summaries import format_stories, summarize_stories
    from ingest.progress import show_progress
    from ingest.stories.parsing import find_stories, read_story

    stories = {path: read_story(path) for path in find_stories(folder)}
    tables = read_tables(config)
    scores: dict[str, Scores] = {}
    failures: list[Failure] = []
    total = sum(len(story.articles) for story in stories.values())
    done = 0
    with _loading(config, stories if gold else None) as loads, show_progress(config.quiet) as progress:

        def report() -> None:
            nonlocal done
            done += 1
            progress("articles", done, total)

        for path, story in stories.items():
            with _opening(config, loads(path)) as (store, session):
                ran = run_story(story, session, store, tables, report)
            scores[story.name] = score_story(story, ran.outcome)
            failures += ran.failures
    if as_json:
        print_json(summarize_stories(scores))
    else:
        click.echo("\n".join(format_stories(scores)))
    report_failures(failures)


@contextmanager
def _loading(config: Config, annotated: "dict[Path, Story] | None") -> Iterator[Callable[[Path], Load]]:
    """What gives the reader of each story: the one of the settings, or its annotations, all of which are read now."""
    if annotated is None:
        with reading(config, waits=False) as load:
            yield lambda _: load
        return
    from ingest.nlp.names import Gazetteer
    from ingest.nlp.tables import load_tables
    from ingest.stories.annotations import AnnotatedReader

    names = Gazetteer(load_tables(config.data / "entities"))
    readers = {path: AnnotatedReader(path, story, names) for path, story in annotated.items()}
    yield lambda path: lambda: readers[path]


@contextmanager
def _opening(config: Config, load: Load) -> "Iterator[tuple[GraphStore, Session]]":
    """A new store with its archive, and a session over both."""
    with TemporaryDirectory(prefix="claimgraph-") as folder:
        place = str(Path(folder) / "graph.db")
        own = replace(config, store=place, archive=place_archive(place))
        with open_graph(own) as store, open_archive(own) as archive:
            yield store, make_session(own, store, archive, load)


COMMANDS = (evaluate, evaluate_stories)
