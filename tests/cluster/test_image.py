"""The image of deploy/Dockerfile, built without a registry of images: plans, workers and pages run from it.

REQUIRE_IMAGE=1 builds it: that takes minutes, a gigabyte of disk, root, `buildah` and `mmdebstrap`, and packages from
the registries of Debian and Python, which no other test asks.
"""

import os
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from bench.kills_fetching import COPIES, PAGES, serve_feed
from bench.site import serving
from tests.cluster.conftest import Open
from tests.processes import find_free_port

if not os.environ.get("REQUIRE_CLUSTER"):
    pytest.importorskip("celery")

_ROOT = Path(__file__).parents[2]
_DOCKERFILE = _ROOT / "deploy" / "Dockerfile"
_PYTHON = "python3,python3-venv,python-is-python3,ca-certificates"
# How the registry of packages is reached from here is no part of the image.
_PASSED = re.compile(r"(PIP_.*|.*_proxy|SSL_CERT_FILE)", re.IGNORECASE)
_FOUND_HERE = (Path("/etc/pip.conf"), Path("/etc/ssl/certs"), Path("/opt/wheels"))


class Image:
    """One that is built: containers of it run in another root of this machine, with its network."""

    def __init__(self, folder: Path) -> None:
        self._tool = ["buildah", "--root", str(folder / "root"), "--runroot", str(folder / "run")]
        self._tool += ["--storage-driver", "vfs"]
        base = folder / "base.tar"
        subprocess.run(
            ["mmdebstrap", "--variant=minbase", f"--include={_PYTHON}", "bookworm", str(base)], check=True, timeout=600
        )
        [named] = set(re.findall(r"^FROM (\S+)", _DOCKERFILE.read_text("utf-8"), re.MULTILINE))
        container = self._run("from", "scratch")
        self._run("add", container, str(base), "/")
        self._run("commit", "--rm", container, f"docker.io/library/{named}")
        found = [f"--volume={path}:{path}:ro" for path in _FOUND_HERE if path.exists()]
        found += [f"--env={name}" for name in os.environ if _PASSED.fullmatch(name)]
        self._run(
            *("build", "--pull-never", "--format=docker", "--isolation=chroot", "--network=host", *found),
            *("--file", str(_DOCKERFILE), "--tag", "claimgraph", str(_ROOT)),
        )
        self.container = self._run("from", "--pull-never", "claimgraph")

    def command(self, environment: Mapping[str, str], shared: Path, *words: str) -> list[str]:
        """What runs one of its commands as its own user; `shared` is there as it is here."""
        told = [f"--env={name}={value}" for name, value in environment.items()]
        return [*self._tool, "run", "--isolation=chroot", f"--volume={shared}:{shared}", *told, self.container, *words]

    def _run(self, *words: str) -> str:
        done = subprocess.run([*self._tool, *words], capture_output=True, text=True, timeout=1200, check=False)
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout.strip()


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    if not os.environ.get("REQUIRE_IMAGE"):
        pytest.skip("no image: REQUIRE_IMAGE=1 builds it, with packages from the registries of Debian and Python")
    if not (shutil.which("buildah") and shutil.which("mmdebstrap") and os.geteuid() == 0):
        pytest.fail("no image: as root, apt install buildah mmdebstrap", pytrace=False)
    folder = tmp_path_factory.mktemp("image")
    try:
        yield Image(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(command: list[str], log: Path) -> Iterator[None]:
    with log.open("ab") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told)
    try:
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(60)
        process.kill()
        process.wait()


def test_plans_workers_and_pages_run_from_the_image(image: Image, open_newsroom: Open) -> None:
    with open_newsroom() as newsroom, serving() as site, ExitStack() as containers:
        environment = {name: value for name, value in newsroom.environment.items() if name.startswith("CLAIMGRAPH_")}
        shared = newsroom.home
        for secret in (name for name in environment if name.endswith("_FILE")):
            shown = shared / secret
            shown.write_bytes(Path(environment[secret]).read_bytes())
            shown.chmod(0o644)
            environment[secret] = str(shown)
        shared.chmod(0o755)
        run: Callable[..., list[str]] = partial(image.command, environment, shared)
        newsroom.add_feeds(serve_feed(site, 1))
        for queues in (["plan", "--beat"], ["fetch"], ["read"], ["derive"]):
            command = run("claimgraph", "workers", "start", "--concurrency", "1", "--queues", *queues)
            containers.enter_context(running(command, shared / f"worker-{queues[0]}.log"))
        newsroom.wait(lambda: sum(line.startswith("('article'") for line in newsroom.dump()) == PAGES + COPIES, 300)
        newsroom.wait(lambda: not newsroom.tell_left(), 120)
        told = subprocess.run(run("claimgraph", "workers", "status"), capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stderr
        port = find_free_port()
        serve = run("claimgraph", "serve", "--port", str(port))
        containers.enter_context(running(serve, shared / "worker-pages.log"))

        def answers() -> bool:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
                return bool(answer.status == 200)
            return False

        newsroom.wait(answers, 120)
