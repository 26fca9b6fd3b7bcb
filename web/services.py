"""What the views need from outside, kept with the application that `create_app` makes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore
from typing import cast

from flask import Flask, current_app

from graph.computed import NO_TABLES, Tables
from graph.store import GraphStore
from graph.views import StatusView
from web.editions import Editions

_KEY = "claimgraph"


@dataclass(frozen=True, slots=True)
class Services:
    """The store to ask, how the feeds do, the clock, and a line to show on every page.

    consoles  a place for each Cypher query that may run at the same time
    closed    why Cypher is not answered here; empty when it is
    writing   opens the store for a judgement; None where nothing is written
    tables    what claims are computed with
    editions  what the days brought
    """

    store: GraphStore
    status: Callable[[], StatusView]
    now: Callable[[], datetime]
    notice: str
    consoles: BoundedSemaphore
    editions: Editions
    closed: str = ""
    writing: Callable[[], GraphStore] | None = None
    tables: Tables = NO_TABLES


def set_services(app: Flask, services: Services) -> None:
    app.extensions[_KEY] = services


def get_services() -> Services:
    """The services of the application that answers the current request."""
    return cast(Services, current_app.extensions[_KEY])
