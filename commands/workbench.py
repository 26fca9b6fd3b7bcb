"""Archive, graph and reader of one worker process: opened when first needed, kept from one message to the next."""

from contextlib import ExitStack, suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING

from commands.opening import make_session, open_archive, open_graph, reading
from commands.settings import Config
from graph.errors import ClaimGraphError
from graph.rulings.shares import count_judged
from graph.store import GraphStore

if TYPE_CHECKING:
    from graph.records import Failure
    from ingest.archive import Archive
    from ingest.nlp.extract import Reader
    from ingest.session import Session
    from ingest.sources.scrapers import Scraper


class Workbench:
    """What a process works with. A connection that broke stays broken: `close`, and the next use opens it anew.

    The reader stays: loading it takes seconds.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        self._kept = ExitStack()

    @cached_property
    def archive(self) -> "Archive":
        return open_archive(self._config)

    @cached_property
    def store(self) -> GraphStore:
        return open_graph(self._config)

    @cached_property
    def session(self) -> "Session":
        """Over both of them; the curated names are stored at its first commit."""
        return make_session(self._config, self.store, self.archive, lambda: self.reader)

    @cached_property
    def scrapers(self) -> "tuple[Scraper | Failure, ...]":
        from ingest.sources.scrapers import place_scrapers, try_scrapers

        return try_scrapers(place_scrapers(self._config.data, self._config.scrapers))

    @cached_property
    def reader(self) -> "Reader":
        judged = partial(count_judged, self.store)
        return self._kept.enter_context(reading(self._config, waits=False, judged=judged, news_first=True))()

    def forget_reader(self) -> None:
        """The next use opens another: one of a language model remembers that its server was away."""
        self._kept.close()
        for name in ("reader", "session"):
            self.__dict__.pop(name, None)

    def close(self) -> None:
        """Closes archive and graph, whether or not they answer."""
        for name in ("session", "store", "archive"):
            opened = self.__dict__.pop(name, None)
            if opened is not None and name != "session":
                with suppress(ClaimGraphError):
                    opened.close()
