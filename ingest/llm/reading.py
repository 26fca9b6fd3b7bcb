"""Articles read with a language model, several at a time; the learned reader reads what it cannot, or reads along."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from graph.errors import ModelError
from graph.records import Article, ArticleId, Extraction, Failure, Stage
from ingest.llm.ledger import Ledger
from ingest.llm.merging import merge, name_both
from ingest.nlp.extract import Extractor


@dataclass(frozen=True, slots=True)
class ModelReader:
    """Reads with a language model, or with both readers.

    large     finds with the model
    late      the same, in what is no news any more: it leaves a part of the day's budget
    small     finds with the network; loaded when first asked for
    both      reads every article with the small one too, and names both where they agree
    notes     remembers which articles the model could not read, so that they are taken up again
    stands_in the small one reads what the model cannot; else it fails
    parallel  articles at a time
    news      how long what is published is news; always where there is none
    """

    large: Extractor
    late: Extractor
    small: Callable[[], Extractor]
    ledger: Ledger
    both: bool
    notes: bool
    stands_in: bool
    parallel: int
    clock: Callable[[], datetime]
    news: timedelta | None = None

    @property
    def reader(self) -> str:
        """Name and version of what finds claims; of both together."""
        return name_both(self.small().reader, self.large.reader) if self.both else self.large.reader

    @property
    def readers(self) -> frozenset[str]:
        """Every name that a claim read today can carry, where nothing failed."""
        return frozenset({self.reader, self.large.reader, *([self.small().reader] if self.both else ())})

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        """One extraction for each article in order, as many asked for at once as may be."""
        asked: deque[tuple[Article, Future[Extraction]]] = deque()
        with ThreadPoolExecutor(self.parallel, thread_name_prefix="claimgraph-llm") as pool:
            for article in articles:
                asked.append((article, pool.submit(self._read, article)))
                if len(asked) >= self.parallel:
                    yield self._finish(*asked.popleft())
            while asked:
                yield self._finish(*asked.popleft())

    def lacks(self, article: ArticleId) -> bool:
        """Whether the model has not read an article yet, whoever else has."""
        return not self.ledger.has_read(article, self.large.reader)

    def retry(self, articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        """As extract, for articles that the small one has read: what the model still cannot read stays as it is."""
        yield from replace(self, stands_in=False).extract(articles)

    def _read(self, article: Article) -> Extraction:
        is_late = self.news is not None and article.published_at < self.clock() - self.news
        return (self.late if is_late else self.large).read(article)

    def _finish(self, article: Article, asked: "Future[Extraction]") -> Extraction | Failure:
        try:
            found = asked.result()
        except ModelError as error:
            return self._stand_in(article, error.reason, str(error))
        except (ValueError, LookupError, RecursionError) as error:
            return self._stand_in(article, "extract_failed", f"{type(error).__name__}: {error}")
        if self.notes:
            self.ledger.settle(article.id, self.large.reader)
        if not self.both:
            return found
        mine = self._read_small(article)
        return merge(mine, found) if isinstance(mine, Extraction) else found

    def _stand_in(self, article: Article, reason: str, message: str) -> Extraction | Failure:
        if self.notes:
            self.ledger.wait_for(article.id, reason, self.clock())
        if self.stands_in:
            return self._read_small(article)
        return Failure(Stage.EXTRACT, article.id, reason, f"{article.url}: {message}")

    def _read_small(self, article: Article) -> Extraction | Failure:
        return next(self.small().extract([article]))
