"""What the views need from outside, kept with the application that `create_app` makes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore
from typing import cast

from flask import Flask, current_app

from graph.computed import NO_TABLES, Tables
from graph.policy import NO_BOUNDS, Bounds
from graph.records import Claim
from graph.store import GraphStore
from graph.views import StatusView
from web.editions import Editions
from web.judging import Follow, follow_now
from web.kept import Kept
from web.measured import NOT_MEASURED, Measured
from web.reported import Reports
from web.watchlists import Lists

_KEY = "claimgraph"


# The largest, of 500 claims, have 900 kB; most are a tenth of that.
_VIEWS = 32


@dataclass(frozen=True, slots=True)
class Installation:
    """How the program goes by where it runs, for pages that say what to type.

    program  what a command begins with that has a store of its own
    command  what any other begins with: the program, and the settings that lead to this store
    store    where the graph lies; empty where readers are not told
    """

    program: str = "claimgraph"
    command: str = "claimgraph"
    store: str = ""


@dataclass(frozen=True, slots=True)
class Services:
    """What finds the store to ask, how the feeds do, the clock, and whether the store is the demo's.

    consoles  a place for each Cypher query that may run at the same time
    closed    why Cypher is not answered here; empty when it is
    writing   opens the store for a judgement; None where nothing is written
    tables    what claims are computed with
    editions  what the days brought
    kept      views that take long to make, until something stored has changed
    measured  how well the program reads
    find_bounds  what the words of its sentence leave of a claim that a person puts right
    lists     where lie the lists of what readers watch; None where nothing is written
    reports   where lies what readers reported; None where they may not
    follow    sees to what follows from a judgement
    only_with_claims  whether articles that hold no claim are kept in the archive alone
    """

    find_store: Callable[[], GraphStore]
    status: Callable[[], StatusView]
    now: Callable[[], datetime]
    demo: bool
    consoles: BoundedSemaphore
    editions: Editions
    kept: Kept
    closed: str = ""
    writing: Callable[[], GraphStore] | None = None
    tables: Tables = NO_TABLES
    installation: Installation = Installation()
    measured: Measured = NOT_MEASURED
    find_bounds: Callable[[Claim], Bounds] = lambda claim: NO_BOUNDS
    lists: Lists | None = None
    reports: Reports | None = None
    follow: Follow = follow_now
    only_with_claims: bool = False

    @property
    def store(self) -> GraphStore:
        """The store to ask. NoStore while there is none."""
        return self.find_store()


def set_services(app: Flask, services: Services) -> None:
    app.extensions[_KEY] = services


def get_services() -> Services:
    """The services of the application that answers the current request."""
    return cast(Services, current_app.extensions[_KEY])


def keep_views(find_store: Callable[[], GraphStore]) -> Kept:
    """What is made for a state of the store, for one process."""
    return Kept(lambda: find_store().get_state(), _VIEWS)
