"""The version of the program, as pyproject.toml has it."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def find_version() -> str:
    """What is installed; `0` in a checkout that is not."""
    try:
        return version("claimgraph")
    except PackageNotFoundError:
        return "0"
