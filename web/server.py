"""`serve`: the application on gunicorn, started from code and stopped by SIGTERM or SIGINT."""

import gc
import os
import signal
import socket
import sys
from collections.abc import Callable

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from graph.errors import ConfigError, StoreUnavailable

_BACKLOG = 128
_LAST_PORT = 65_535
_REQUEST_SECONDS = 60
# Long enough for a query at its limit of five seconds to be answered.
_FAREWELL_SECONDS = 10
_THREADS = 8
# A page makes tens of thousands of records, nearly none of them in circles: to look every 700 took a twentieth of it.
_GARBAGE = 10_000
# gunicorn's most. A query of the console is in its address, and Japanese takes nine bytes a character there.
_ADDRESS_BYTES = 8190


def serve(
    make_app: Callable[[], Flask],
    host: str,
    port: int,
    workers: int = 1,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Answers requests until SIGTERM or SIGINT, then lets running ones finish and returns.

    make_app  called in each worker process, so that no store connection is shared between processes
    port      0 takes a free one; `on_ready` is told the address as `http://host:port`
    Raises ConfigError when the address cannot be used, StoreUnavailable when `make_app` fails.
    """
    server = os.getpid()
    listener = listen(host, port)
    address = format_address(host, listener.getsockname()[1])
    application = _Application(make_app, _make_settings(listener, workers, address, on_ready))
    try:
        _Server(application).run()
    except SystemExit as end:
        # Workers leave through here too, on their own code.
        if os.getpid() != server:
            raise
        if end.code:
            raise StoreUnavailable("the pages could not be started; the log says why", subject=address) from None


def listen(host: str, port: int) -> socket.socket:
    """A listening socket of our own: a taken port is an error at once, not after gunicorn's five tries. ConfigError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    address = format_address(host, port)
    if not 0 <= port <= _LAST_PORT:
        raise ConfigError(f"cannot listen on {address}: a --port is 0 to {_LAST_PORT}", subject=address)
    try:
        listener = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise ConfigError(f"cannot listen on {address}: {error}; choose another --port", subject=address) from error
    return listener


def format_address(host: str, port: int) -> str:
    """`http://127.0.0.1:8000`."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _make_settings(
    listener: socket.socket, workers: int, address: str, on_ready: Callable[[str], None] | None
) -> dict[str, object]:
    return {
        "bind": [f"fd://{listener.detach()}"],  # gunicorn closes it
        "workers": workers,
        "threads": _THREADS,
        "worker_class": "gthread",
        "timeout": _REQUEST_SECONDS,
        "graceful_timeout": _FAREWELL_SECONDS,
        "limit_request_line": _ADDRESS_BYTES,
        "loglevel": "warning",
        # Whether a request came by TLS is the proxy's to say, and only where one stands before (access.py).
        "secure_scheme_headers": {},
        "control_socket_disable": True,
        "when_ready": lambda arbiter: on_ready(address) if on_ready else None,
        "post_worker_init": _settle,
        "worker_exit": _leave,
    }


def _settle(worker: object) -> None:
    """Before its first request a worker leaves Ctrl-C, which a terminal sends to all, to the server, which lets workers
    finish. What it has loaded stays as long as it does, so it is not looked through for garbage again: that took 50 to
    100 ms of a request now and then."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE, 20, 20)


def _leave(arbiter: object, worker: object) -> None:
    """A worker that is done goes without taking libraries down: their threads of before the fork are not in it, and to
    wait for those ended it by SIGABRT, with a message, whenever the demo was stopped. One that fails keeps its code."""
    end = sys.exception()
    if isinstance(end, SystemExit) and not end.code:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


class _Application(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's way in: settings and the factory."""

    def __init__(self, make_app: Callable[[], Flask], settings: dict[str, object]) -> None:
        self._make_app = make_app
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._make_app()


class _Server(Arbiter):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's server, which stops as gently on SIGINT as on SIGTERM."""

    def handle_int(self) -> None:
        self.handle_term()
