"""The lines of docs/command-line.md that make a shell complete commands, run as they stand and asked by bash."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_SHELLS = ("bash", "zsh", "fish")
_DOCS = (_ROOT / "docs" / "command-line.md").read_text("utf-8")
# What Tab does: the words so far, the last of them unfinished; then what the shell was given to choose from.
_TAB = """
. "$HOME/.claimgraph-complete.bash"
complete -p claimgraph | grep -q -- '-F' || exit 9
function=$(complete -p claimgraph | sed 's/.*-F \\([^ ]*\\).*/\\1/')
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
COMP_POINT=${#COMP_LINE}
"$function" claimgraph "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


def _find_line(shell: str) -> str:
    """What the docs tell to run once."""
    (line,) = re.findall(rf"`(_CLAIMGRAPH_COMPLETE={shell}_source [^`]+)`", _DOCS)
    return str(line)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home in which the docs' lines were run, with the program on the path under its name."""
    home = tmp_path_factory.mktemp("home")
    program = home / "bin" / "claimgraph"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(_ROOT)!r})\nfrom claimgraph import main\nmain()\n"
    )
    program.chmod(0o755)
    (home / ".config" / "fish" / "completions").mkdir(parents=True)
    given = {**os.environ, "HOME": str(home), "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}
    for shell in _SHELLS:
        subprocess.run(["sh", "-c", _find_line(shell)], env=given, cwd=home, check=True)
    return given


@pytest.mark.parametrize("shell", _SHELLS)
def test_each_shell_gets_a_script_that_asks_the_program(environment: dict[str, str], shell: str) -> None:
    (place,) = re.findall(r"> ~/(\S+)$", _find_line(shell))
    script = (Path(environment["HOME"]) / place).read_text("utf-8")
    assert f"_CLAIMGRAPH_COMPLETE={shell}_complete" in script
    if found := shutil.which(shell):
        subprocess.run([found, "-n", str(Path(environment["HOME"]) / place)], env=environment, check=True)


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["fe"], {"feeds"}),
        (["feeds", "st"], {"starter"}),
        (["feeds", ""], {"add", "export", "import", "list", "remove", "starter"}),
        (["serve", "--be"], {"--behind-proxy"}),
        (["--store", "x.db", "se"], {"search", "serve"}),
        (["schedule", "show", "t"], {"timer"}),
        (["ingest", "--reader", "l"], {"learned", "llm"}),
        (["nothing-like-it"], set()),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bash_completes_what_was_typed(environment: dict[str, str], typed: list[str], offered: set[str]) -> None:
    command = ["bash", "-c", _TAB, "bash", "claimgraph", *typed]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert set(done.stdout.split()) == offered
