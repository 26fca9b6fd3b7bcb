"""The image of deploy/Dockerfile, made and run on this machine alone: no registry of images is asked.

In the place of its base, `python:…-slim-bookworm`, comes a Debian with Debian's own Python, by mmdebstrap; buildah does
what the Dockerfile says, and keeps all of it in a folder. Processes share the network of the machine, and none of its
files but those given.
"""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOLS = ("mmdebstrap", "buildah")
_FILE = ROOT / "deploy" / "Dockerfile"
_PACKAGES = ("python3", "python3-venv", "python-is-python3", "ca-certificates")
# How the machine reaches the packages: what pip is told, and whom it trusts.
_SHARED = (Path("/etc/pip.conf"), Path("/etc/ssl/certs"))
# Seconds for one step: a gigabyte is fetched and written.
_PATIENCE = 1_200
_STOP = 60
# Another root, and no runtime of containers, which may not be there.
_APART = ("--isolation=chroot", "--network=host")


class CannotBuild(Exception):
    """Why there is no image here."""


class Image:
    """An image, and the processes that run from it, each in a container of its own.

    home  an empty folder, which needs 3 GB
    """

    def __init__(self, home: Path) -> None:
        if missing := [tool for tool in TOOLS if not shutil.which(tool)]:
            raise CannotBuild(f"{' and '.join(missing)}: not installed")
        if os.geteuid():
            raise CannotBuild("only root may make one")
        self._home = home
        self._running: list[subprocess.Popen[bytes]] = []
        self._names = 0

    def build(self) -> None:
        """Makes the base, and the image. CannotBuild, with the end of what was said, when a step fails."""
        base = self._home / "base.tar"
        self._do("mmdebstrap", "--variant=minbase", f"--include={','.join(_PACKAGES)}", "bookworm", str(base))
        [name] = set(re.findall(r"^FROM (\S+)", _FILE.read_text("utf-8"), re.MULTILINE))
        container = self._do(*self._buildah("from", "scratch"))
        self._do(*self._buildah("add", container, str(base), "/"))
        self._do(*self._buildah("commit", container, f"docker.io/library/{name}"))
        self._do(*self._buildah("rm", container))
        base.unlink()
        shared = [f"--volume={path}:{path}:ro" for path in _SHARED if path.exists()]
        # Docker's format: the other one knows no HEALTHCHECK.
        words = ("build", "--pull-never", "--format=docker", *_APART, *shared)
        self._do(*self._buildah(*words, f"--file={_FILE}", "--tag=claimgraph", str(ROOT)))

    def start(
        self, words: Sequence[str], environment: Mapping[str, str], files: Mapping[str, Path]
    ) -> "subprocess.Popen[bytes]":
        """A process from the image, as its user; its log is `NAME.log` beside the image.

        files  what it finds where, to be read only
        """
        container = self._do(*self._buildah("from", "--pull-never", "claimgraph"))
        given = [f"--env={name}={value}" for name, value in environment.items()]
        mounted = [f"--volume={file}:{place}:ro" for place, file in files.items()]
        command = self._buildah("run", *_APART, *given, *mounted, container, "--", *words)
        self._names += 1
        with (self._home / f"{self._names}.log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        self._running.append(process)
        return process

    def run(self, words: Sequence[str], environment: Mapping[str, str], files: Mapping[str, Path]) -> str:
        """What such a process says, when it has ended well. RuntimeError when it ends otherwise."""
        code, log = self.start(words, environment, files).wait(_PATIENCE), self._home / f"{self._names}.log"
        said = log.read_text("utf-8", "replace")
        if code:
            raise RuntimeError(f"{' '.join(words)}: {code}: {said[-2_000:]}")
        return said

    def read_logs(self) -> str:
        return "\n".join(path.read_text("utf-8", "replace") for path in sorted(self._home.glob("*.log")))

    def close(self) -> None:
        """Ends what runs, and removes all of it."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            for process in self._running:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, number)
            for process in self._running:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_STOP)
        for words in (("rm", "--all"), ("rmi", "--all", "--force")):
            subprocess.run(self._buildah(*words), check=False, capture_output=True)
        shutil.rmtree(self._home)

    def _buildah(self, *words: str) -> list[str]:
        store = (f"--root={self._home / 'store'}", f"--runroot={self._home / 'run'}", "--storage-driver=overlay")
        return ["buildah", *store, *words]

    def _do(self, *command: str) -> str:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=_PATIENCE, cwd=self._home)
        if done.returncode:
            raise CannotBuild(f"{' '.join(command[:6])} …: {(done.stderr or done.stdout)[-2_000:]}")
        return done.stdout.strip()
