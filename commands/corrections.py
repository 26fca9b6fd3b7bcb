"""`corrections`: what people said of readings, for whoever teaches or measures a reader."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from commands.opening import open_existing
from commands.printing import naming, tell
from commands.settings import Config
from graph.judging.corrected import Correction, iter_correction_lines, list_corrections, name_text
from graph.records import ArticleId, Extraction
from graph.store import GraphStore

_MANIFEST = "MANIFEST.tsv"


@click.group()
def corrections() -> None:
    """What people said of readings: which were right, which were not, and what they should be."""


@corrections.command()
@click.option("--texts", type=click.Path(file_okay=False, path_type=Path), help="The articles' texts go there.")
@click.option(
    "--documents", type=click.Path(file_okay=False, path_type=Path), help="Annotated documents for `learn` go there."
)
@click.pass_obj
def export(config: Config, texts: Path | None, documents: Path | None) -> None:
    """A line for each claim that people judged, as JSON Lines that `evaluate` reads beside the texts."""
    with open_existing(config) as store:
        found = list_corrections(store)
        for line in iter_correction_lines(store):
            click.echo(json.dumps(line, ensure_ascii=False))
        if texts:
            with naming(texts):
                _write_texts(store, found, texts)
        if documents:
            with naming(documents):
                written = _write_documents(store, found, documents)
            tell(config, f"{written} documents in {documents}")
    if not found:
        tell(config, "nothing was judged; `claimgraph judge right CLAIM --why REASON` says that a claim is right")


def _write_texts(store: GraphStore, found: Sequence[Correction], folder: Path) -> None:
    """Each article once, with its day in the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = ["text\tday\toutlet\n"]
    for stored in _read_articles(store, found):
        article = stored.article
        (folder / name_text(article.id)).write_text(article.text, "utf-8", newline="")
        rows.append(f"{name_text(article.id)}\t{article.published_at:%Y-%m-%d}\t{article.source.domain}\n")
    (folder / _MANIFEST).write_text("".join(rows), "utf-8")


def _write_documents(store: GraphStore, found: Sequence[Correction], folder: Path) -> int:
    """How many there are: none of an article with a claim that is wrong in a way that nobody put right."""
    from ingest.learning.judged import write_judged

    unknown = {one.read.article_id for one in found if not one.known}
    verdicts = {one.read.id: one.should for one in found}
    chosen = [stored for stored in _read_articles(store, found) if stored.article.id not in unknown]
    for stored in chosen:
        write_judged(stored, verdicts, folder)
    return len(chosen)


def _read_articles(store: GraphStore, found: Sequence[Correction]) -> tuple[Extraction, ...]:
    ids: list[ArticleId] = list(dict.fromkeys(one.read.article_id for one in found))
    return store.get_extractions(ids)


COMMANDS = (corrections,)
