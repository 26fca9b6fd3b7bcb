"""The version of the program."""

import subprocess
import sys
import tomllib
from pathlib import Path

from graph.version import find_version

_ROOT = Path(__file__).parents[2]


def test_the_version_is_that_of_the_project() -> None:
    assert find_version() == tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def test_a_checkout_that_is_not_installed_has_none() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from graph.version import find_version; print(find_version())"
    )
    # -S: nothing that is installed is found.
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
