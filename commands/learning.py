"""`learn`: the reader taught by texts that its user has annotated."""

from pathlib import Path

import click

from commands.printing import tell
from commands.settings import Config
from graph.errors import ConfigError


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--steps", type=click.IntRange(1), help="Three passes over the documents if not given.")
@click.pass_obj
def learn(config: Config, folder: Path, steps: int | None) -> None:
    """Teaches the reader by annotated documents (data/documents/README.md) and keeps it if it reads no worse.

    A fifth of them is held out to see. Needs pip install 'claimgraph[learn]', and some minutes.
    """
    from ingest.learning.extra import require

    require("torch", "onnx")
    from ingest.learning.further import learn as go_on

    if config.reader is None:
        raise ConfigError("no home folder is known to keep a reader in; set HOME", subject="HOME")
    lesson = go_on(folder, config.data, config.reader, steps, lambda line: tell(config, line))
    click.echo(
        f"found F1 of {lesson.held} documents held out: {lesson.before:.3f} before, {lesson.after:.3f} after learning "
        f"from {lesson.learned}, and {lesson.replayed} known ones again"
    )
    if lesson.is_kept:
        click.echo(f"kept in {config.reader}: it reads from now on; delete that folder to have the first one back")
    else:
        click.echo("not kept: it reads those worse; the reader stays what it was")


COMMANDS = (learn,)
