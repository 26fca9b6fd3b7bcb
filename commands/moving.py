"""Commands that take the whole graph elsewhere and back."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click

from commands.deriving import derive_new
from commands.opening import open_existing, open_graph, reaching
from commands.options import json_option
from commands.printing import print_json, report_failures, tell
from commands.settings import Config, place_archive
from graph.errors import ConfigError
from graph.files import replacing
from graph.formats.exporting import FORMATS
from graph.stores import find_file, open_store
from graph.views import to_json


@click.command()
@click.argument("format", type=click.Choice(list(FORMATS)))
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export(config: Config, format: str, file: Path | None) -> None:
    """Writes the graph for other programs; jsonl is our own, complete, and read back by `import`.

    csv makes two files, FILE-nodes and FILE-edges. The others go to standard output without FILE.
    """
    parts = FORMATS[format]
    if len(parts) > 1 and file is None:
        raise ConfigError(f"{format} makes {len(parts)} files; name one: claimgraph export {format} graph.{format}")
    with open_existing(config) as store:
        for ending, write in parts:
            path = file.with_name(f"{file.stem}{ending}{file.suffix}") if file else None
            with _replacing(path) as output:
                for piece in write(store):
                    output.write(piece.encode())
            if path:
                tell(config, f"{path}: written")


@click.command("import")
@click.argument("file", type=click.File("rb"))
@json_option
@click.pass_obj
def import_graph(config: Config, file: Any, as_json: bool) -> None:
    """Adds what an export in jsonl holds; what is there already stays as it is."""
    from graph.formats.importing import import_lines

    with open_graph(config) as store:
        done = import_lines(store, file)
        derive_new(config, store)
    summary = {
        "articles": done.articles,
        "claims": done.claims,
        "entities": done.entities,
        "judgements": done.judgements,
        "failures": to_json(done.failures),
    }
    if as_json:
        print_json(summary)
    else:
        counts = ", ".join(f"{summary[name]} {name}" for name in ("articles", "claims", "entities", "judgements"))
        tell(config, f"new: {counts}; {len(done.failures)} lines not taken")
    report_failures(done.failures)


@click.command()
@click.option("--from", "origin", required=True, metavar="ADDRESS", help="The store to read.")
@click.option("--to", "target", required=True, metavar="ADDRESS", help="The store to fill; what it has already stays.")
@json_option
@click.pass_obj
def copy(config: Config, origin: str, target: str, as_json: bool) -> None:
    """Copies a graph into another store, file or server, and compares. Cut short, it goes on when run again."""
    from graph.formats.copying import copy as copy_graph

    place_archive(origin), place_archive(target)  # ConfigError for what is no address of a store
    if origin == target:
        raise ConfigError(f"--from and --to are both {origin}", subject=origin)
    with reaching(origin), open_store(origin, read_only=True) as source, reaching(target), open_store(target) as sink:
        copied = copy_graph(source, sink, lambda articles: tell(config, f"{articles} articles"))
        derive_new(config, sink)
    if as_json:
        print_json(to_json(copied))
        return
    added, counts = copied.added, copied.counts
    click.echo(
        f"copied {added.articles} articles, {added.claims} claims, {added.entities} entities, "
        f"{copied.judgements} judgements; compared, equal"
    )
    click.echo(f"{counts.articles} articles, {counts.claims} claims, {counts.entities} entities are there now")
    click.echo(f"sha256 {copied.digest}")


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def back_up(config: Config, file: Path) -> None:
    """Copies the store, in use or not, to FILE, and its archive beside it; checked before they take their names."""
    from graph.stores import backup
    from graph.stores.sqlite_file import make_no_store

    store, archive = _find_files(config, file)
    if not store.exists():
        raise make_no_store(store)
    # The archive first: a restored graph that knows more than its archive is told nothing twice.
    if archive.exists():
        backup.back_up(archive, place_archive(str(file)))
    counts = backup.back_up(store, file)
    tell(config, f"{file}: {counts['claim']} claims in {counts['article']} articles")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def restore(config: Config, file: Path) -> None:
    """Puts a backup in the store's place, in use or not; what was there is kept as NAME.before-restore."""
    from graph.stores import backup
    from ingest.archive import Archive

    store, archive = _find_files(config, file)
    with reaching(store):
        store.parent.mkdir(parents=True, exist_ok=True)
    kept = place_archive(str(file))
    if kept.exists():
        backup.restore(kept, archive, lambda copy: Archive(copy).close())
    else:
        tell(config, f"there is no {kept}; the archive {archive} stays as it is")
    counts = backup.restore(file, store, backup.prepare_store)
    tell(config, f"{store}: {counts['claim']} claims in {counts['article']} articles, as in {file}")


def _find_files(config: Config, other: Path) -> tuple[Path, Path]:
    """The files of store and archive. ConfigError when one of them is a server, or the other file is the store."""
    store = find_file(config.store)
    if store is None:
        raise ConfigError(
            "only a store that is a file is backed up here; `claimgraph copy` copies a server's graph into a file",
            subject=config.store,
        )
    if not isinstance(config.archive, Path):
        address = config.archive.address
        raise ConfigError(
            f"the archive is on a server, which is backed up with its own tools: `pg_dump --format=custom {address}`, "
            "read back with pg_restore; `claimgraph copy` copies the store",
            subject=address,
        )
    if other.absolute() == store.absolute():
        raise ConfigError(f"{other} is the store itself; name another file", subject=str(other))
    return store, config.archive


@contextmanager
def _replacing(path: Path | None) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its place at the end, unless something fails; without a path, standard output."""
    if path is None:
        yield sys.stdout.buffer
        return
    try:
        if path.exists() and not path.is_file():  # a pipe or a device has no place to take
            with path.open("wb") as output:
                yield output
            return
        with replacing(path) as unfinished, unfinished.open("wb") as output:
            yield output
            output.flush()
            os.fsync(output.fileno())
    except OSError as error:
        error.filename = path  # a failed write does not say where, a failed opening names the unfinished file
        raise


COMMANDS = (export, import_graph, copy, back_up, restore)
