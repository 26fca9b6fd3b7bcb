"""How this installation is called: its program and its store, as they are found from any folder."""

import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from commands.settings import Config, find_usual_store
from graph.errors import ConfigError
from graph.stores import find_file

_NAME = "claimgraph"


def find_program() -> tuple[str, str]:
    """The running interpreter and the file of the command line, wherever it is installed."""
    return str(Path(sys.executable).absolute()), str(Path(__file__).resolve().parents[1] / "claimgraph.py")


def find_store(config: Config) -> str:
    """The store as it is found from any folder."""
    file = find_file(config.store)
    return str(file.absolute()) if file else config.store


def format_program() -> str:
    """The program as a shell finds it: by its name where that leads to it, else by its file or its interpreter."""
    return shlex.join(_find_script())


def format_command(config: Config) -> str:
    """What a shell needs before the name of a command: the program, and the settings that have a flag where unusual."""
    return shlex.join([*_find_script(), *_iter_flags(config)])


def _find_script() -> Sequence[str]:
    script = Path(sys.argv[0])
    if script.stem != _NAME or script.suffix == ".py":
        return find_program()
    found = shutil.which(_NAME)
    return (_NAME,) if found and script.exists() and script.samefile(found) else (str(script.absolute()),)


def _iter_flags(config: Config) -> Sequence[str]:
    store = () if config.store == _find_usual() else ("--store", find_store(config))
    return (*store, *(word for network in config.allowed for word in ("--allow-address", str(network))))


def _find_usual() -> str:
    try:
        return find_usual_store()
    except ConfigError:
        return ""  # an account without a home has no usual store
