"""A real cron daemon in the foreground with a table of its own, and a feed server for what it runs.

In a mount namespace the daemon sees an empty spool with that one table and a /run of its own; where none can be
made, as in some containers, the table goes into the machine's spool, if its account has none there.
"""

import os
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.records import RunSummary
from ingest.archive import Archive
from tests.cron.feeding import add_feed, list_readings

_ROOT = Path(__file__).parents[2]
_SPOOL = Path("/var/spool/cron/crontabs")
# A minute until the first run, one more until the second, and what the runs take on a busy machine.
_LONGEST = 300
_SENTENCE = "Nimbus Labs said on Monday that DeepSeek copied its models. Sam Altman told reporters that he doubts it. "


class CannotStart(Exception):
    """Why there is no cron here."""


class _Handler(BaseHTTPRequestHandler):
    """Feeds of one entry each, and the pages they point to."""

    def do_GET(self) -> None:
        port = self.headers["Host"].partition(":")[2]
        kind, _, number = self.path.strip("/").partition("-")
        if kind == "feed":
            self._send(
                "application/rss+xml",
                f"<rss version='2.0'><channel><title>Feed {number}</title><item><title>Item {number}</title>"
                f"<link>http://127.0.0.1:{port}/page-{number}</link><guid>{number}</guid></item></channel></rss>",
            )
        elif kind == "page":
            text = f"<p>{_SENTENCE}</p>" * 3
            head = f"<title>Page {number}</title>"
            self._send("text/html", f"<html lang=en><head>{head}</head><body><article>{text}</article></body></html>")
        else:
            self.send_error(404)

    def _send(self, kind: str, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


class Scheduled:
    """Runs of `ingest` that cron starts, each minute, until two have read a feed. Raises CannotStart."""

    def __init__(self) -> None:
        if not shutil.which("cron"):
            raise CannotStart("there is no cron; apt install cron")
        if os.geteuid():
            raise CannotStart("cron runs as root only")
        self._folder = TemporaryDirectory(prefix="cron-")
        # What a shell, a crontab and a URL would each trip over.
        self.store = Path(self._folder.name) / "50% of one's graph" / "graph.db"
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.store.parent.mkdir()
        with Archive(self.archive) as archive:
            add_feed(archive, self._address)
        self._spool = _make_spool(Path(self._folder.name))
        self._table = self._spool / "root"
        if self._table.exists():
            raise CannotStart(f"{self._table}: root has a table already")
        self.crontab = self._run("schedule", "show", "crontab", "--every", "1", "--mail", "").stdout
        self._table.write_text(self.crontab)
        self._table.chmod(0o600)
        self.log = ""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._cron = _start(self._spool, Path(self._folder.name))
        # A process of its own: in this one, tests put archives of other formats in the place of today's.
        watching = [sys.executable, "-m", "tests.cron.feeding", str(self.archive), self._address, str(_LONGEST)]
        self._feeding = subprocess.Popen(watching, cwd=_ROOT)
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    @property
    def archive(self) -> Path:
        return self.store.with_name("graph.archive.db")

    def wait(self) -> None:
        """Returns when two runs have read a feed, or time is up."""
        self._watcher.join()

    def close(self) -> None:
        self._feeding.kill()
        self._watcher.join()
        self._server.shutdown()
        self._server.server_close()
        self._folder.cleanup()

    def _watch(self) -> None:
        """Stops cron when two of its runs have read a feed, or time is up."""
        self._feeding.wait()
        self._stop()

    def _stop(self) -> None:
        if self._cron.poll() is None:
            self._cron.kill()  # unshare takes cron along (--kill-child)
        if not self.log:
            self.log = self._cron.communicate(timeout=10)[0]
        self._table.unlink(missing_ok=True)

    def list_readings(self) -> list[RunSummary]:
        """The runs that read a feed, the first one first; on a busy machine others may come between or run late."""
        with Archive(self.archive) as archive:
            return list_readings(archive)

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "claimgraph.py", "--store", str(self.store), "--allow-address", "127.0.0.0/8"]
        return subprocess.run([*command, *arguments], cwd=_ROOT, capture_output=True, text=True, check=True, timeout=60)


def _has_namespaces() -> bool:
    return not subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode


def _make_spool(folder: Path) -> Path:
    if not _has_namespaces():
        return _SPOOL
    for name in ("crontabs", "cron.d", "run"):
        (folder / name).mkdir(mode=0o755)
    return folder / "crontabs"


def _start(spool: Path, folder: Path) -> subprocess.Popen[str]:
    command = "exec cron -f -L 15"
    if spool != _SPOOL:
        mounts = ((spool, _SPOOL), (folder / "cron.d", "/etc/cron.d"), (folder / "run", "/run"))
        binds = [f"mount --bind '{here}' '{there}'" for here, there in (*mounts, ("/dev/null", "/etc/crontab"))]
        command = " && ".join([*binds, command])
        words = ["unshare", "--mount", "--fork", "--kill-child", "sh", "-c", command]
    else:
        words = ["sh", "-c", command]
    # A pipe would be held open by what cron starts.
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
