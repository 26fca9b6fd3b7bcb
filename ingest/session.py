"""One command's work with the world: fetcher, sandbox and extractor, opened when first needed, stoppable in order."""

import asyncio
import re
import signal
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from graph.errors import FetchError, ParseError
from graph.records import Article, ArticleId, ClaimId, Extraction, Failure, Feed, RunSummary, Stage
from ingest.archive import Archive
from ingest.copies.comparing import Relate, compare_articles
from ingest.network.fetch import Fetch, FetchConfig, Fetcher
from ingest.network.gates import Gate, LocalGate
from ingest.nlp.tables import Tables, load_tables
from ingest.pipeline import ingest_run
from ingest.polling import make_failure
from ingest.progress import show_progress
from ingest.read import NOTHING, Given, list_given, read_address, read_file
from ingest.sandbox import Sandbox
from ingest.sources.documents import ParsedFeed
from ingest.sources.scrapers import Scraper, load_scrapers, place_scrapers, try_scrapers
from ingest.storing import LeavesOut, ListWaiting, Store, StoreEvent, find_bare, store_articles, store_everything
from ingest.turns import Stop, go_on

if TYPE_CHECKING:
    from ingest.nlp.extract import Reader
    from ingest.nlp.subject import Subject

T = TypeVar("T")

# With any scheme, so that `ftp://…` is refused as an address and not looked for as a file.
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


class Session:
    """Reads, extracts and stores for one command.

    archive keeps what was fetched
    data    folder of the curated names and trained files
    commit  stores a batch in the graph and gives the number of claims new to it
    seed    stores the curated names; called once, before the first commit
    relate  stores who copies whom
    load    gives what reads
    scrapers the user's folder of rules for index pages
    leaves_out keeps articles in the archive alone by what was found in them; without it none are
    waiting gives the articles that are to be read once more
    fetch   used instead of the network
    gate    gives who may ask a host now, where other processes ask as well; this one alone decides when not given
    quiet   shows no progress
    stopped whether the work has been asked to end; `found` lists the claims stored so far, `overruled` what was said of
            documents that are kept otherwise

    The language models are loaded at the first article and the names stored at the first commit: work that
    finds nothing to do costs neither.
    """

    def __init__(
        self,
        archive: Archive,
        network: FetchConfig,
        data: Path,
        commit: Store,
        seed: Callable[[Tables], object],
        relate: Relate,
        load: "Callable[[], Reader]",
        scrapers: Path | None = None,
        leaves_out: LeavesOut | None = None,
        waiting: ListWaiting = tuple,
        fetch: Fetch | None = None,
        gate: Callable[[], AbstractAsyncContextManager[Gate]] | None = None,
        quiet: bool = False,
    ) -> None:
        self.stopped = False
        self.found: list[ClaimId] = []
        self.overruled: list[str] = []
        self._archive = archive
        self._network = network
        self._data = data
        self._commit = commit
        self._seed = seed
        self._relate = relate
        self._scraper_folders = place_scrapers(data, scrapers)
        self._load = load
        self._leaves_out = leaves_out
        self._waiting = waiting
        self._fetch = fetch
        self._gate = gate or (lambda: nullcontext(LocalGate(network.allowed)))
        self._quiet = quiet
        self._seeded = False

    def run(self, work: Callable[[Fetch, Sandbox], Coroutine[Any, Any, T]]) -> T:
        """What the work gives, done with a fetcher and a sandbox of its own."""
        return asyncio.run(self._run(work))

    def ingest(self, now: datetime, *, all_subjects: bool = False, **options: Any) -> RunSummary:
        """One run of the pipeline, shown as it goes; the options are those of `ingest_run`.

        all_subjects  stores what is not about AI too
        """
        with show_progress(self._quiet) as progress:
            return self.run(
                lambda fetch, sandbox: ingest_run(
                    self._archive,
                    fetch,
                    self.extract,
                    self.store,
                    now,
                    relate=self._relate,
                    is_wanted=None if all_subjects else self.is_about_ai,
                    leaves_out=self._leaves_out,
                    waiting=self._waiting,
                    scrapers=lambda: try_scrapers(self._scraper_folders),
                    progress=progress,
                    stop=lambda: self.stopped,
                    sandbox=sandbox,
                    **options,
                )
            )

    def add(self, document: str, now: datetime, given: Given) -> Sequence[Failure]:
        """Reads an address or a file into archive and store; what failed."""
        try:
            if not _ADDRESS.match(document):
                with Sandbox() as sandbox:
                    return self.keep(read_file(sandbox, Path(document), now, given), now, given)
            found = self.run(partial(read_address, scrapers=self.scrapers, url=document, now=now, given=given))
        except FetchError as error:
            return [make_failure(error, Stage.FETCH, document)]
        except ParseError as error:
            return [make_failure(error, Stage.ARTICLE, document)]
        if not isinstance(found, ParsedFeed):
            return self.keep([found], now, given)
        self._archive.add_feed(Feed(document, found.info.title, found.info.lang))
        return self.ingest(now, only=document).failures

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        """What the articles hold. Raises ConfigError when a language model is missing."""
        yield from self._extractor.extract(articles)

    def read(
        self, ids: Sequence[ArticleId], now: datetime, stop: Stop = go_on, *, counts: bool = True
    ) -> Iterator[StoreEvent]:
        """What became of these archived articles; as `store_articles`."""
        return store_articles(
            self._archive,
            self.extract,
            self.store,
            ids,
            now,
            is_wanted=self.is_about_ai,
            leaves_out=self._leaves_out or store_everything,
            waiting=self._waiting,
            counts=counts,
            stop=stop,
        )

    def is_about_ai(self, article: Article) -> bool:
        """Whether an article is for the graph. Raises ConfigError when what tells so is missing."""
        return self._subject.is_about_ai(article)

    def retry(self, articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        """As extract, for articles that a stand-in has read."""
        yield from self._extractor.retry(articles)

    def lacks(self, article: ArticleId) -> bool:
        """Whether what reads has not read an article that carries one of its names."""
        return self._extractor.lacks(article)

    def store(self, batch: Sequence[Extraction]) -> int:
        """Commits a batch; gives the number of new claims."""
        if not self._seeded:
            self._seed(load_tables(self._data / "entities"))
            self._seeded = True
        new = self._commit(batch)
        self.found += [claim.id for extraction in batch for claim in extraction.claims]
        return new

    def keep(self, articles: Iterable[Article], now: datetime, given: Given = NOTHING) -> tuple[Failure, ...]:
        """Archives articles, reads and stores them, and compares them with the others; what failed."""
        kept = []
        for article in articles:
            kept.append(self._archive.save_article(article))
            self.overruled += [name for name in list_given(given) if getattr(kept[-1], name) != getattr(article, name)]
        results = list(self.extract(kept))
        found = [result for result in results if isinstance(result, Extraction)]
        self.store(found)
        self._archive.mark_stored([extraction.article.id for extraction in found], now, find_bare(found, self._waiting))
        for _ in compare_articles(self._archive, self._relate, lambda: self.stopped):
            pass
        return tuple(result for result in results if isinstance(result, Failure))

    @contextmanager
    def stopping_on_signals(self, say: Callable[[str], None]) -> Iterator[None]:
        """SIGINT and SIGTERM set `stopped`; a second one raises KeyboardInterrupt."""

        def stop(number: int, frame: object) -> None:
            if self.stopped:
                raise KeyboardInterrupt
            self.stopped = True
            say("stopping: what is being written is finished, the rest waits for the next run")

        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @property
    def readers(self) -> frozenset[str]:
        """Every name that a claim read today can carry. Raises ConfigError when a language model is missing."""
        return self._extractor.readers

    @cached_property
    def scrapers(self) -> tuple[Scraper, ...]:
        """The rules for index pages, the user's after the program's. Raises ConfigError."""
        return load_scrapers(self._scraper_folders)

    @cached_property
    def _extractor(self) -> "Reader":
        # Loading it takes a second that a run with nothing to read should not pay.
        return self._load()

    @cached_property
    def _subject(self) -> "Subject":
        from ingest.nlp.load import load_subject

        return load_subject(self._data)

    async def _run(self, work: Callable[[Fetch, Sandbox], Coroutine[Any, Any, T]]) -> T:
        with Sandbox() as sandbox:
            if self._fetch:
                return await work(self._fetch, sandbox)
            async with self._gate() as gate, Fetcher(self._network, gate) as fetch:
                return await work(fetch, sandbox)
