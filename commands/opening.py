"""The store, the archive and a session over both, opened as the settings say."""

import sys
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from commands.printing import EXIT_INTERRUPTED, say, tell_amid
from commands.settings import Config
from graph.errors import StoreError
from graph.store import GraphStore
from graph.stores import open_store

if TYPE_CHECKING:
    from ingest.archive import Archive
    from ingest.polling import Fetch
    from ingest.sandbox import Sandbox
    from ingest.session import Session

T = TypeVar("T")


def open_graph(config: Config) -> GraphStore:
    """The store, made when there is none yet."""
    with reaching(config.store):
        return open_store(config.store)


def open_existing(config: Config) -> GraphStore:
    """The store, for reading. StoreUnavailable, saying how to fill one, when there is none yet."""
    with reaching(config.store):
        return open_store(config.store, read_only=True)


def open_archive(config: Config) -> "Archive":
    """The archive of what was fetched, made when there is none yet."""
    from ingest.archive import Archive

    with reaching(config.archive.parent):
        config.archive.parent.mkdir(parents=True, exist_ok=True)
        return Archive(config.archive)


@contextmanager
def reaching(place: str | Path) -> Iterator[None]:
    """What the system says against a file or folder of ours, as StoreError."""
    try:
        yield
    except OSError as error:
        message = f"{place}: {error.strerror}; choose another place with --store"
        raise StoreError(message, subject=str(place)) from error


@contextmanager
def locking(config: Config) -> Iterator[bool]:
    """Whether this is the only ingest over the archive; the lock of a dead process is none."""
    from ingest.schedule import RunLock

    lock = RunLock(config.archive.with_name(f"{config.archive.name}.lock"))
    with reaching(config.archive.parent):
        free = lock.acquire()
    try:
        yield free
    finally:
        if free:
            lock.release()


@contextmanager
def working(config: Config, store: GraphStore, archive: "Archive", fetch: "Fetch | None" = None) -> "Iterator[Session]":
    """A session over archive and store. SIGINT and SIGTERM end it in order, and the command with code 130."""
    from ingest.fetch import FetchConfig
    from ingest.session import Session

    session = Session(
        archive,
        FetchConfig(contact=config.contact, allowed=config.allowed),
        config.data,
        scrapers=config.scrapers,
        reader=config.reader,
        commit=lambda batch: store.add(batch).claims,
        seed=lambda tables: store.add_entities(tables.entities, tables.ties),
        relate=store.add_copies,
        fetch=fetch,
        quiet=config.quiet,
    )
    with session.stopping_on_signals(partial(tell_amid, config)):
        yield session
    if session.stopped:
        sys.exit(EXIT_INTERRUPTED)


def running(config: Config, work: "Callable[[Fetch, Sandbox], Coroutine[Any, Any, T]]") -> T:
    """What some work with the network gives that needs neither store nor archive."""
    import asyncio

    from ingest.fetch import FetchConfig, Fetcher
    from ingest.sandbox import Sandbox

    async def run() -> T:
        with Sandbox() as sandbox:
            async with Fetcher(FetchConfig(contact=config.contact, allowed=config.allowed)) as fetch:
                return await work(fetch, sandbox)

    return asyncio.run(run())


def until_stopped(session: "Session", names: Iterable[str]) -> Iterator[str]:
    """The names, until the session is asked to end; those left over are told."""
    for name in names:
        if session.stopped:
            say(f"{name}: not read")
        else:
            yield name
