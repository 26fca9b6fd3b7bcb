"""The store, the archive and a session over both, opened as the settings say."""

import sys
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from commands.archive_settings import ArchiveServer
from commands.options import read_clock
from commands.printing import EXIT_INTERRUPTED, say, tell_amid
from commands.settings import READERS, WITH_CLAIMS, Config
from graph.errors import ConfigError, StoreError
from graph.records import ArticleId, Extraction, Share
from graph.rulings.shares import count_judged
from graph.store import GraphStore
from graph.stores import open_store

if TYPE_CHECKING:
    from ingest.archive import Archive, Place
    from ingest.llm.endpoint import Endpoint
    from ingest.network.fetch import Fetch
    from ingest.network.shared_gate import SharedGate
    from ingest.nlp.extract import Reader
    from ingest.sandbox import Sandbox
    from ingest.session import Session

T = TypeVar("T")


def _choose_reader(context: click.Context, _parameter: click.Parameter, name: str | None) -> None:
    """The command's settings name the reader given."""
    if name:
        context.obj = replace(context.obj, reads_with=name)


# What reads: of one command, over what the settings say.
reader_option = click.option(
    "--reader",
    type=click.Choice(READERS),
    expose_value=False,
    callback=_choose_reader,
    help="What reads: the network that comes along, a language model, or both.  [env: CLAIMGRAPH_READER]",
)


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

    place = find_place(config.archive)
    if not isinstance(place, Path):
        return Archive(place)
    with reaching(place.parent):
        place.parent.mkdir(parents=True, exist_ok=True)
        return Archive(place)


def has_archive(config: Config) -> bool:
    """Whether there is an archive to ask: nobody who only asks makes the file. One on a server is made when opened."""
    return isinstance(config.archive, ArchiveServer) or config.archive.exists()


def require_store(config: Config) -> None:
    """StoreUnavailable when there is neither a store nor an archive: a mistyped name makes none."""
    with reaching(config.store):
        if not has_archive(config):
            open_existing(config).close()


def find_place(archive: Path | ArchiveServer) -> "Place":
    """The archive of the settings as `ingest.archive` opens it. ConfigError when the password cannot be read."""
    if isinstance(archive, Path):
        return archive
    from ingest.archive import Server

    file = archive.account.password_file
    password = read_secret(file, "archive_password_file") if file else ""
    return Server(archive.address, archive.account.user, password)


@contextmanager
def reaching(place: str | Path) -> Iterator[None]:
    """What the system says against a file or folder of ours, as StoreError."""
    try:
        yield
    except OSError as error:
        message = f"{place}: {error.strerror}; choose another place with --store"
        raise StoreError(message, subject=str(place)) from error


@contextmanager
def locking(config: Config, work: str = "run") -> Iterator[bool]:
    """Whether this is the only ingest over the archive, or the only one that does this work; the lock of a dead process
    is none."""
    from ingest.archive import holding

    with ExitStack() as held:
        with reaching(config.archive.parent if isinstance(config.archive, Path) else config.archive.address):
            free = held.enter_context(holding(find_place(config.archive), work))
        yield free


def make_endpoint(config: Config, what: str) -> "Endpoint":
    """The language model of the settings, ready to be asked. ConfigError naming what is missing for what is to do."""
    from ingest.llm.endpoint import Endpoint
    from ingest.llm.load import require_client

    require_client()
    model = config.model
    for name, value in (("endpoint", model.endpoint), ("model", model.model)):
        if not value:
            setting = f"llm_{name} in the settings file, or CLAIMGRAPH_LLM_{name.upper()}"
            raise ConfigError(f"{what} needs {setting}", subject=f"llm_{name}")
    return Endpoint(
        url=model.endpoint,
        model=model.model,
        key=read_secret(model.key_file, "llm_key_file") if model.key_file else "",
        tokens_a_day=model.tokens_a_day,
        context=model.context,
        parallel=model.parallel,
        timeout=float(model.timeout),
    )


def read_secret(path: Path, setting: str) -> str:
    """The key or password in the file that a setting names. ConfigError for a file without just one line of ASCII."""
    try:
        secret = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{setting} {path}: {error}", subject=setting) from error
    if not secret.isascii() or not secret.isprintable() or not secret:
        raise ConfigError(f"{setting} {path}: one line with the secret, and nothing else", subject=setting)
    return secret


@contextmanager
def reading(
    config: Config, *, waits: bool, judged: Callable[[], Iterable[Share]] = tuple, news_first: bool = False
) -> "Iterator[Callable[[], Reader]]":
    """Gives what reads articles, loaded when first asked for. ConfigError at once where it cannot be.

    waits   what a language model cannot read now the learned reader reads, and it is noted; else it fails
    judged  how many claims of which reader people judged, and how many of them were right
    news_first  back numbers leave a part of a language model's budget
    """
    endpoint = make_endpoint(config, f"the reader {config.reads_with}") if config.reads_with != READERS[0] else None
    with ExitStack() as opened:

        def load() -> "Reader":
            if endpoint is None:
                from ingest.nlp.load import load_extractor

                return load_extractor(config.data, reader=config.reader)
            from ingest.archive.leases import NEWS
            from ingest.llm.load import open_reader

            both = config.reads_with == "both"
            reader = open_reader(
                config.data,
                config.reader,
                endpoint,
                config.ledger,
                read_clock,
                both=both,
                waits=waits,
                judged=judged(),
                news=NEWS if news_first else None,
            )
            return opened.enter_context(reader)

        yield cache(load)


def find_gate(config: Config) -> "Callable[[], SharedGate] | None":
    """Makes what tells who may ask a host now, where the archive's server tells it to several processes."""
    from ingest.archive import Server

    place = find_place(config.archive)
    if not isinstance(place, Server):
        return None
    from ingest.archive.hosts import HostSession
    from ingest.network.shared_gate import SharedGate

    return lambda: SharedGate(lambda: HostSession(place), config.allowed)


def make_session(
    config: Config,
    store: GraphStore,
    archive: "Archive",
    load: "Callable[[], Reader]",
    fetch: "Fetch | None" = None,
) -> "Session":
    """A session over archive and store, with what reads."""
    from ingest.network.fetch import FetchConfig
    from ingest.session import Session

    return Session(
        archive,
        FetchConfig(contact=config.contact, allowed=config.allowed),
        config.data,
        scrapers=config.scrapers,
        load=load,
        commit=lambda batch: store.add(batch).claims,
        seed=lambda tables: store.add_entities(tables.entities, tables.ties),
        relate=store.add_copies,
        leaves_out=_holds_nothing if config.graph_articles == WITH_CLAIMS else None,
        waiting=partial(list_waiting, config),
        fetch=fetch,
        gate=find_gate(config),
        quiet=config.quiet,
    )


def list_waiting(config: Config) -> tuple[ArticleId, ...]:
    """The articles that a language model is to read when it can; none where it is not what reads."""
    from ingest.llm.ledger import Ledger

    if config.reads_with == READERS[0] or not config.ledger.exists():
        return ()
    with Ledger(config.ledger) as ledger:
        return ledger.list_waiting()


def _holds_nothing(found: Extraction) -> bool:
    return not found.claims


@contextmanager
def working(config: Config, store: GraphStore, archive: "Archive", fetch: "Fetch | None" = None) -> "Iterator[Session]":
    """A session over archive and store. SIGINT and SIGTERM end it in order, and the command with code 130."""
    # What is given in the network's place, as the demo's story is, has no news to wait for.
    with reading(config, waits=True, judged=partial(count_judged, store), news_first=fetch is None) as load:
        session = make_session(config, store, archive, load, fetch)
        with session.stopping_on_signals(partial(tell_amid, config)):
            yield session
    if session.stopped:
        sys.exit(EXIT_INTERRUPTED)


def running(config: Config, work: "Callable[[Fetch, Sandbox], Coroutine[Any, Any, T]]") -> T:
    """What some work with the network gives that needs neither store nor archive."""
    import asyncio

    from ingest.network.fetch import FetchConfig, Fetcher
    from ingest.sandbox import Sandbox

    async def run() -> T:
        with Sandbox() as sandbox:
            async with Fetcher(FetchConfig(contact=config.contact, allowed=config.allowed)) as fetch:
                return await work(fetch, sandbox)

    return asyncio.run(run())


def until_stopped(session: "Session", names: Iterable[str]) -> Iterator[str]:
    """The names, until the session is asked to end; those left over are told."""
    from ingest.network.addresses import hide_password

    for name in names:
        if session.stopped:
            say(f"{hide_password(name)}: not read")
        else:
            yield name
