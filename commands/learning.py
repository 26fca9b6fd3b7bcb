"""`learn`: the reader taught by texts that its user has annotated, and by what a language model read."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from commands.opening import open_existing
from commands.printing import tell
from commands.settings import Config
from graph.errors import ConfigError

if TYPE_CHECKING:
    from ingest.learning.annotated import Document


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--steps", type=click.IntRange(1), help="Three passes over the documents if not given.")
@click.option(
    "--told",
    metavar="N",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Learns also from so many stored articles at the most that a language model has read.",
)
@click.pass_obj
def learn(config: Config, folder: Path, steps: int | None, told: int) -> None:
    """Teaches the reader by annotated documents (data/documents/README.md) and keeps it if it reads no worse.

    A fifth of them is held out to see. Needs pip install 'claimgraph[learn]', and some minutes.
    """
    from ingest.learning.extra import require

    require("torch", "onnx")
    from ingest.learning.further import learn as go_on

    if config.reader is None:
        raise ConfigError("no home folder is known to keep a reader in; set HOME", subject="HOME")
    read = _read_told(config, told) if told else ()
    lesson = go_on(folder, config.data, config.reader, steps, lambda line: tell(config, line), read)
    also = f", {lesson.told} that a language model read" if told else ""
    click.echo(
        f"found F1 of {lesson.held} documents held out: {lesson.before:.3f} before, {lesson.after:.3f} after learning "
        f"from {lesson.learned}{also}, and {lesson.replayed} known ones again"
    )
    if lesson.is_kept:
        click.echo(f"kept in {config.reader}: it reads from now on; delete that folder to have the first one back")
    else:
        click.echo("not kept: it reads those worse; the reader stays what it was")


def _read_told(config: Config, most: int) -> "tuple[Document, ...]":
    """What a language model read of stored articles, in the form that documents have."""
    from ingest.learning.annotated import iter_documents
    from ingest.learning.told import write_told

    with open_existing(config) as store, TemporaryDirectory(prefix="claimgraph-told-") as place:
        write_told(store.iter_extractions(), Path(place), most)
        return tuple(iter_documents(Path(place)))


COMMANDS = (learn,)
