"""Serves the story on a free port for tests that need a real server: `python -m tests.web.serving STORE`.

Prints the address once it can be called.
"""

import gc
import sys
from pathlib import Path

from flask import Flask

from graph.stores.sqlite import SqliteStore
from tests.web.rivals import fill
from tests.web.story import NOW, STATUS
from web.app import create_app
from web.server import serve


def main(path: Path) -> None:
    with SqliteStore(path) as store:
        fill(store)

    def make_app() -> Flask:
        app = create_app(SqliteStore(path), lambda: STATUS, lambda: NOW)
        app.add_url_rule("/frozen", view_func=lambda: str(gc.get_freeze_count()))
        return app

    serve(make_app, "127.0.0.1", 0, on_ready=lambda address: print(address, flush=True))
    print("stopped", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
