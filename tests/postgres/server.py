"""A real PostgreSQL on 127.0.0.1, started from Debian's package in a folder of its own; tests and benches ask it.

python -m tests.postgres.server     # runs one in the foreground and prints how to reach it, until Ctrl-C
"""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psycopg

from ingest.archive import Server as Place
from tests.processes import end, find_free_port

START_SECONDS = 30.0
STOP_SECONDS = 30.0
USER = "claimgraph"
# Where Debian keeps the programs of each version, and where others do.
_FOLDERS = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/local/bin"), Path("/usr/bin"))


class CannotStart(Exception):
    """Why there is no PostgreSQL to test on."""


class Server:
    """One server and its folder. CannotStart when it is not installed, or does not answer.

    Nothing is kept for a power cut: it is faster so, and a killed process loses nothing.
    """

    def __init__(self) -> None:
        self._programs = _find_programs()
        self._tie = _find_tie()
        self.home = Path(tempfile.mkdtemp(prefix="claimgraph-postgres-"))
        self.port = find_free_port()
        self.password = secrets.token_hex(16)
        self._process: subprocess.Popen[bytes] | None = None
        self._prepare()

    def place(self, database: str) -> Place:
        """A database of it, made or not."""
        return Place(f"postgresql://127.0.0.1:{self.port}/{database}", USER, self.password)

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def start(self) -> None:
        """Starts it and waits until it answers."""
        options = ["-h", "127.0.0.1", "-p", str(self.port), "-k", str(self.home), "-F", "-c", "max_connections=40"]
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*self._tie, self._programs / "postgres", "-D", self.home / "data", *options],
                stdout=log, stderr=log, cwd="/", start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                told = (self.home / "log").read_text("utf-8", errors="replace")[-2000:]
                self.close()
                raise CannotStart(f"PostgreSQL did not start: {told}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Ends it at once, its sessions with it; what was committed stays."""
        if self._process is None:
            return
        end(self._process, signal.SIGQUIT, STOP_SECONDS)
        self._process = None

    def close(self) -> None:
        """Ends it and removes its folder."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def make(self, options: str = "") -> Place:
        """An empty database."""
        name = f"archive_{secrets.token_hex(6)}"
        self.execute(f"CREATE DATABASE {name} {options}")
        return self.place(name)

    def remove(self, place: Place) -> None:
        """A database goes, with whoever is connected to it."""
        self.execute(f"DROP DATABASE {place.address.rpartition('/')[2]} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """Runs a statement in the database that is always there."""
        place = self.place("postgres")
        with psycopg.connect(place.address, user=USER, password=self.password, autocommit=True) as db:
            db.execute(statement)

    def _prepare(self) -> None:
        secret = self.home / "password"
        secret.write_text(self.password, encoding="ascii")
        if not os.getuid():
            owner = pwd.getpwnam(_find_owner())
            for path in (self.home, secret):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        command = [*self._tie, str(self._programs / "initdb"), "-D", str(self.home / "data"), "-U", USER, "--no-sync"]
        # A locale that sorts unlike code points: nothing of ours may depend on it.
        command += ["--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8", "--locale=C.UTF-8"]
        command += ["--locale-provider=icu", "--icu-locale=en-US"]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=60, check=False)
        secret.unlink()
        if done.returncode:
            self.close()
            raise CannotStart(f"initdb: {done.stderr[-2000:]}")

    def _answers(self) -> bool:
        with suppress(psycopg.Error):
            self.execute("SELECT 1")
            return True
        return False


def _find_programs() -> Path:
    for folder in _FOLDERS:
        if all((folder / name).exists() for name in ("initdb", "postgres")):
            return folder
    raise CannotStart("no PostgreSQL; apt install postgresql")


def _find_tie() -> list[str]:
    """What starts the programs: they refuse to be root, and nothing is left behind when the tests are killed."""
    if not shutil.which("setpriv"):
        if not os.getuid():
            raise CannotStart("PostgreSQL refuses to run as root, and there is no setpriv")
        return []
    tie = ["setpriv", "--pdeathsig", "QUIT"]
    if os.getuid():
        return tie
    owner = _find_owner()
    return [*tie, "--reuid", owner, "--regid", str(pwd.getpwnam(owner).pw_gid), "--clear-groups"]


def _find_owner() -> str:
    """The account that a server of root's runs as."""
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise CannotStart("PostgreSQL refuses to run as root, and there is no other account")


def main() -> None:
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # or they would end us before the folder is gone
    server = Server()
    server.start()
    place = server.make()
    secret = server.home / "secret"
    secret.write_text(server.password, encoding="ascii")
    print(f"export CLAIMGRAPH_ARCHIVE={place.address}")
    print(f"export CLAIMGRAPH_ARCHIVE_USER={USER}")
    print(f"export CLAIMGRAPH_ARCHIVE_PASSWORD_FILE={secret}", flush=True)
    signal.sigwait(ends)
    server.close()


if __name__ == "__main__":
    main()
