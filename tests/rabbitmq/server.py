"""A real RabbitMQ on 127.0.0.1, started from Debian's package in a folder of its own; tests ask it.

python -m tests.rabbitmq.server     # runs one in the foreground and prints how to reach it, until Ctrl-C
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

import amqp

from commands.broker_settings import Broker
from tests.processes import end, find_free_port

START_SECONDS = 180.0
STOP_SECONDS = 30.0
USER = "claimgraph"
_PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
# The settings that operators get: account, virtual host, bounds.
_DEPLOYED = Path(__file__).parents[2] / "deploy" / "rabbitmq.conf"
# Nothing but AMQP, nothing for others to see, a small disk; of a setting that is given twice the last one counts.
_CONF = """
listeners.tcp.1 = 127.0.0.1:{port}
listeners.ssl.1 = 127.0.0.1:{tls_port}
ssl_options.certfile = {home}/certificate
ssl_options.keyfile = {home}/key
default_pass = {password}
log.file = false
log.console = true
log.console.level = warning
disk_free_limit.absolute = 50MB
"""


class CannotStart(Exception):
    """Why there is no RabbitMQ to test on."""


class Server:
    """One server and its folder. CannotStart when it is not installed, or does not answer."""

    def __init__(self) -> None:
        self._epmd = shutil.which("epmd")
        if not _PROGRAM.exists() or not self._epmd:
            raise CannotStart("no RabbitMQ; apt install rabbitmq-server")
        if not shutil.which("openssl"):
            raise CannotStart("no openssl, which makes its certificate; apt install openssl")
        self.home = Path(tempfile.mkdtemp(prefix="claimgraph-rabbitmq-"))
        self.port, self._tls_port, self._names_port, self._nodes_port = (find_free_port() for _ in range(4))
        self.password = secrets.token_hex(16)
        self.vhost = "claimgraph"
        # Nothing is left behind when the tests are killed.
        self._tie = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        self._names: subprocess.Popen[bytes] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._prepare()

    @property
    def broker(self) -> Broker:
        """Its virtual host, as the settings name it."""
        return Broker(self.make_address("127.0.0.1"), USER, self.home / "password")

    @property
    def environment(self) -> dict[str, str]:
        """What a client needs to know."""
        broker = self.broker
        return {
            "CLAIMGRAPH_BROKER": broker.address,
            "CLAIMGRAPH_BROKER_USER": broker.user,
            "CLAIMGRAPH_BROKER_PASSWORD_FILE": str(broker.password_file),
        }

    @property
    def certificate(self) -> Path:
        """What it proves over TLS that it is `localhost` by; nobody signed it but itself."""
        return self.home / "certificate"

    def make_address(self, host: str = "localhost", *, tls: bool = False) -> str:
        """Its virtual host under a name of this machine; its certificate has `localhost` alone."""
        return f"amqps://{host}:{self._tls_port}/{self.vhost}" if tls else f"amqp://{host}:{self.port}/{self.vhost}"

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def start(self) -> None:
        """Starts it and waits until it answers."""
        environment = self._environment()
        with (self.home / "log").open("ab") as log:
            if self._names is None:  # tells Erlang's nodes of each other; the server would leave one behind
                command = [*self._tie, str(self._epmd), "-port", str(self._names_port), "-address", "127.0.0.1"]
                self._names = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", start_new_session=True)
            self._process = subprocess.Popen(
                [*self._tie, str(_PROGRAM)], stdout=log, stderr=log, cwd="/", env=environment, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                told = (self.home / "log").read_text("utf-8", errors="replace")[-2000:]
                self.close()
                raise CannotStart(f"RabbitMQ did not start: {told}")
            time.sleep(0.1)

    def stop(self, kill: bool = False) -> None:
        """Ends it, in order or at once; what it has confirmed stays."""
        if self._process is None:
            return
        end(self._process, signal.SIGKILL if kill else signal.SIGTERM, STOP_SECONDS)
        self._process = None

    def close(self) -> None:
        """Ends it and removes its folder."""
        self.stop(kill=True)
        if self._names:
            self._names.kill()
            self._names.wait()
            self._names = None
        shutil.rmtree(self.home, ignore_errors=True)

    def wipe(self) -> None:
        """All queues and messages are gone, as after the loss of its disk; it must be stopped."""
        shutil.rmtree(self.home / "data")

    def connect(self) -> amqp.Connection:
        """A connection of the tests' own."""
        connection = amqp.Connection(f"127.0.0.1:{self.port}", USER, self.password, virtual_host=self.vhost)
        connection.connect()
        return connection

    def _prepare(self) -> None:
        (self.home / "password").write_text(self.password, encoding="ascii")
        (self.home / "plugins").write_text("[].", encoding="ascii")
        own = _CONF.format(port=self.port, tls_port=self._tls_port, home=self.home, password=self.password)
        settings = _DEPLOYED.read_text("utf-8") + own
        (self.home / "rabbitmq.conf").write_text(settings, encoding="ascii")
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(self.home / "key")]
        made = subprocess.run([*command, "-out", str(self.certificate)], check=False, capture_output=True, text=True)
        if made.returncode:
            self.close()
            raise CannotStart(f"openssl makes no certificate: {made.stderr[-500:]}")
        cookie = self.home / ".erlang.cookie"
        cookie.write_text(secrets.token_hex(16), encoding="ascii")
        cookie.chmod(0o400)

    def _environment(self) -> dict[str, str]:
        home = str(self.home)
        return {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": home,
            "ERL_EPMD_PORT": str(self._names_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"claimgraph-{self.port}@localhost",
            "RABBITMQ_DIST_PORT": str(self._nodes_port),
            "RABBITMQ_CONF_ENV_FILE": os.devnull,
            "RABBITMQ_CONFIG_FILE": f"{home}/rabbitmq.conf",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{home}/plugins",
            "RABBITMQ_MNESIA_BASE": f"{home}/data",
            "RABBITMQ_LOG_BASE": home,
            "RABBITMQ_LOGS": "-",
            # One thread, and one process that can be killed: with input it is not wrapped in a shell.
            "RABBITMQ_ALLOW_INPUT": "1",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                "+S 1:1 +sbwt none -noinput -kernel inet_dist_use_interface {127,0,0,1}"
            ),
        }

    def _answers(self) -> bool:
        with suppress(OSError, amqp.AMQPError):
            self.connect().close()
            return True
        return False


def main() -> None:
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # or they would end us before the folder is gone
    server = Server()
    server.start()
    for name, value in server.environment.items():
        print(f"export {name}={value}", flush=True)
    signal.sigwait(ends)
    server.close()


if __name__ == "__main__":
    main()
