"""Commands about the archive itself: moved to a server, or back into a file."""

from contextlib import ExitStack, closing
from pathlib import Path

import click

from commands.archive_settings import ArchiveServer, parse_server
from commands.opening import find_place, reaching
from commands.options import json_option
from commands.printing import print_view, tell
from commands.settings import Config
from graph.errors import ConfigError, StoreUnavailable


@click.group()
def archive() -> None:
    """What was fetched: in a file, or on a server."""


@archive.command("copy")
@click.argument("origin", metavar="FROM")
@click.argument("target", metavar="TO")
@json_option
@click.pass_obj
def copy_archive(config: Config, origin: str, target: str, as_json: bool) -> None:
    """Copies an archive into an empty one: files or postgresql://HOST/DATABASE. All of it arrives, or nothing.

    No ingest may run on either meanwhile; FROM stays as it is.
    """
    from ingest.archive import holding, open_database
    from ingest.archive.copying import copy
    from ingest.archive.database import Database

    places = [_parse(config, origin), _parse(config, target)]
    if places[0] == places[1]:
        raise ConfigError(f"FROM and TO are both {origin}", subject=origin)
    if isinstance(places[0], Path) and not places[0].is_file():
        raise ConfigError(f"{origin}: there is no such file", subject=origin)
    with ExitStack() as opened:
        databases = list[Database]()
        for name, place in zip((origin, target), map(find_place, places), strict=True):
            with reaching(name):
                free = opened.enter_context(holding(place))
            if not free:
                message = f"archive {name}: an ingest is running on it; copy when it is done"
                raise StoreUnavailable(message, subject=name, reason="busy")
            databases.append(opened.enter_context(closing(open_database(place))))
        source, sink = databases
        copied = copy(source, sink, lambda table, rows: tell(config, f"{table}: {rows:,}"))
    counts = ", ".join(f"{rows:,} {table}" for table, rows in copied.items() if rows)
    print_view(copied, f"copied {counts or 'nothing: there is nothing in it'}", as_json)


def _parse(config: Config, text: str) -> Path | ArchiveServer:
    return parse_server(text, config.archive_account, "archive copy") if "://" in text else Path(text).absolute()


COMMANDS = (archive,)
