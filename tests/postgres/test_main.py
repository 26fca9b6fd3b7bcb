"""The server that a developer starts in the foreground."""

import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]


@pytest.mark.usefixtures("postgres_server")  # where there can be none, there is nothing to test
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_server_in_the_foreground_takes_its_folder_with_it(end: signal.Signals) -> None:
    command = [sys.executable, "-m", "tests.postgres.server"]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        told = dict(shlex.split(server.stdout.readline())[1].split("=", 1) for _ in range(3))
        folder = Path(told["CLAIMGRAPH_ARCHIVE_PASSWORD_FILE"]).parent
        assert (folder / "data").is_dir()
        server.send_signal(end)
        code = server.wait(30)
    left = folder.exists()
    shutil.rmtree(folder, ignore_errors=True)
    assert (code, left) == (0, False)
