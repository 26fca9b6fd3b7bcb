"""A real Neo4j on 127.0.0.1, started from the jars that `make neo4j-jars` fetches; tests and benches ask it.

python -m tests.neo4j.server     # runs one in the foreground and prints how to reach it, until Ctrl-C
"""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from tests.processes import end, find_free_port

ROOT = Path(__file__).resolve().parents[2]
JARS = ROOT / ".neo4j" / "lib"
START_SECONDS = 120.0
STOP_SECONDS = 60.0
USER = "neo4j"

_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent", "java.lang")
_OPENS = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED]
# The settings that docs/operations.md and deploy/neo4j.yaml give to operators, and a small memory.
_CONF = """
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.heap.initial_size=512m
server.memory.heap.max_size=1g
server.memory.pagecache.size=256m
dbms.usage_report.enabled=false
db.transaction.timeout=120s
db.memory.transaction.max=256m
dbms.security.allow_csv_import_from_file_urls=false
internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0
"""


class CannotStart(Exception):
    """Why there is no Neo4j to test on."""


class Server:
    """One server process and its folder. CannotStart when Java or the jars are missing, or it does not answer."""

    def __init__(self) -> None:
        if not shutil.which("java"):
            raise CannotStart("no Java; Neo4j needs Java 17 or newer")
        if not any(JARS.glob("neo4j-*.jar")):
            raise CannotStart(f"no Neo4j in {JARS.relative_to(ROOT)}; `make test-neo4j` fetches it")
        self.home = Path(tempfile.mkdtemp(prefix="claimgraph-neo4j-"))
        self.port = find_free_port()
        self.password = secrets.token_hex(16)
        self._process: subprocess.Popen[bytes] | None = None
        self._prepare()

    @property
    def address(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What a client needs to know."""
        return {"CLAIMGRAPH_NEO4J_USER": USER, "CLAIMGRAPH_NEO4J_PASSWORD": self.password}

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def start(self) -> None:
        """Starts it and waits until it answers."""
        # Nothing is left behind when the tests are killed.
        tie = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        command = [*tie, *self._java("-Xms512m", "-Xmx1g", *_OPENS), "org.neo4j.server.CommunityEntryPoint"]
        command += [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]
        with (self.home / "logs" / "console.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                told = (self.home / "logs" / "console.log").read_text("utf-8", errors="replace")[-2000:]
                self.close()
                raise CannotStart(f"Neo4j did not start: {told}")
            time.sleep(0.2)

    def stop(self, kill: bool = False) -> None:
        """Ends the process, in order or at once; what was committed stays."""
        if self._process is None:
            return
        end(self._process, signal.SIGKILL if kill else signal.SIGTERM, STOP_SECONDS)
        self._process = None

    def close(self) -> None:
        """Ends it and removes its folder."""
        self.stop(kill=True)
        shutil.rmtree(self.home, ignore_errors=True)

    def driver(self) -> neo4j.Driver:
        return neo4j.GraphDatabase.driver(self.address, auth=(USER, self.password), notifications_min_severity="OFF")

    def empty(self) -> None:
        """Removes every node; constraints and indexes stay."""
        text = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS n"
        with self.driver() as driver:
            while driver.execute_query(text).records[0]["n"]:
                pass

    def _prepare(self) -> None:
        for name in ("conf", "data", "logs", "run", "import", "plugins"):
            (self.home / name).mkdir()
        (self.home / "conf" / "neo4j.conf").write_text(_CONF.format(port=self.port), encoding="utf-8")
        command = [*self._java(), "org.neo4j.server.startup.Neo4jAdminCommand"]
        command += ["dbms", "set-initial-password", self.password]
        environment = {**os.environ, "NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode:
            self.close()
            raise CannotStart(f"Neo4j took no password: {done.stderr[-2000:].replace(self.password, '…')}")

    def _java(self, *options: str) -> list[str]:
        return ["java", *options, "-cp", f"{JARS}/*"]

    def _answers(self) -> bool:
        with suppress(DriverError, Neo4jError, OSError), self.driver() as driver:
            driver.verify_connectivity()
            return True
        return False


def main() -> None:
    server = Server()
    server.start()
    for name, value in server.environment.items():
        print(f"export {name}={value}")
    print(f"export CLAIMGRAPH_STORE={server.address}", flush=True)
    with suppress(KeyboardInterrupt):
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
    server.close()


if __name__ == "__main__":
    main()
