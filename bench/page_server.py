"""The pages over generated claims, and beside each page the same template with constant rows, from one server.

The claims come in so many days, at the end of which its clock stands: 100,000 of 25 days are 500 articles a day.

`/constant/NAME` renders what the page NAME was given when that was first asked for: all of its cost but the asking.
"""

import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, render_template, template_rendered

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.generate import DAYS, START, Generator, iter_chunks
from bench.stores import ROOT
from graph.deriving import derive
from graph.proposition_store import Order, PropositionQuery
from graph.store import ClaimQuery
from graph.stores.sqlite import SqliteStore
from graph.views import StatusView
from web.app import create_app
from web.language.saying import quote_name
from web.server import serve


@dataclass(frozen=True, slots=True)
class Running:
    """A server's address and process, and its pages by name."""

    address: str
    process: int
    pages: dict[str, str]


def find_end(days: int) -> datetime:
    """When the last of the days ends."""
    return START + timedelta(days=days)


def open_filled(claims: int, days: int = DAYS) -> SqliteStore:
    """A store of so many generated claims, all derived; from a file in the temporary folder after the first time."""
    path = Path(tempfile.gettempdir()) / f"claimgraph-bench-derived-{claims}-{days}.db"
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        with SqliteStore(unfinished) as store:
            store.add_entities(Generator(claims, days).entities)
            for chunk in iter_chunks(claims, days):
                store.add(chunk)
            derive(store)
        unfinished.replace(path)
    return SqliteStore(path)


def list_pages(store: SqliteStore, now: datetime) -> dict[str, str]:
    """A page of each kind; the hub is the entity most claims are about."""
    [claim] = store.find_claims(ClaimQuery(), limit=1).claims
    hub, *_, other = store.list_entities(limit=200)
    [largest] = store.find_propositions(PropositionQuery(order=Order.WEIGHT), 1).propositions
    return {
        "today": "/",
        "days": "/days",
        "suggest": f"/suggest?q={quote(hub.entity.name)}",
        "explore": f"/explore?start={quote(hub.entity.id)}",
        "search": "/search",
        "words": f"/search?q={quote('提訴')}",
        "narrowed": "/search?q=type:allegation+lang:ja",
        "claim": f"/claims/{claim.id}",
        "hub": f"/entities/{quote(hub.entity.id)}",
        "entity": f"/entities/{quote(other.entity.id)}",
        "article": f"/articles/{claim.article_id}",
        "source": f"/sources/{store.list_sources(1)[0].source.id}",
        "sources": "/sources",
        "feeds": "/feeds",
        "status": "/status",
        "disputes": "/contradictions",
        "ledger": "/ledger",
        "ledger of": f"/ledger?about={quote(hub.entity.name)}",
        "figures": "/figures",
        "figures of": f"/figures?q={quote(hub.entity.name)}",
        "cypher": "/cypher",
        "matters": "/matters",
        "matters hub": f"/matters?about={quote(hub.entity.id)}",
        "disputed": "/matters?status=disputed&status=denied",
        "on a day": f"/matters?as_of={START + (now - START) / 2:%Y-%m-%d}",
        "largest": f"/matters/{largest.id}",
        "matter": f"/matters/{store.find_propositions_of([claim.id])[claim.id]}",
        "story": f"/story?q={quote(quote_name(other.entity.name))}",
        "story hub": f"/story?q={quote(quote_name(hub.entity.name))}",
        "missing": "/nowhere",
    }


@contextmanager
def running(claims: int, days: int = DAYS) -> Iterator[Running]:
    """The server, until the block ends."""
    with open_filled(claims, days) as store:
        pages = list_pages(store, find_end(days))
    command = [sys.executable, "-m", "bench.page_server", str(claims), str(days)]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE) as process:
        assert process.stdout
        try:
            address = process.stdout.readline().strip()
            # The address is told before the pages have been asked for once.
            urllib.request.urlopen(f"{address}/healthz", timeout=120).close()
            yield Running(address, process.pid, pages)
        finally:
            process.terminate()


def _make_app(claims: int, days: int) -> Flask:
    store, now = open_filled(claims, days), find_end(days)
    app = create_app(store, lambda: StatusView(store.count()), lambda: now)
    pages = list_pages(store, now)

    @lru_cache
    def find_given(name: str) -> tuple[str, dict[str, Any]]:
        return _capture(app, pages[name])

    @app.get("/constant/<name>")
    def show_constant(name: str) -> str:
        template, context = find_given(name)
        return render_template(template, **context)

    return app


def _capture(app: Flask, path: str) -> tuple[str, dict[str, Any]]:
    """The template of a page and what it was given."""
    seen: list[tuple[str, dict[str, Any]]] = []

    def keep(sender: Flask, template: Any, context: dict[str, Any], **_: Any) -> None:
        seen.append((template.name, {key: value for key, value in context.items() if key not in ("g", "request")}))

    with template_rendered.connected_to(keep, app):
        app.test_client().get(path)
    return seen[-1]


if __name__ == "__main__":
    claims, days = map(int, sys.argv[1:])
    serve(lambda: _make_app(claims, days), "127.0.0.1", 0, on_ready=lambda address: print(address, flush=True))
