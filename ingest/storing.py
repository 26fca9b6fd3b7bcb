"""Articles by their ids → what they hold, committed to the graph in batches (extraction and graph injected)."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice

from graph.errors import ClaimGraphError, StoreError
from graph.records import Article, ArticleId, Extraction, Failure, Stage
from ingest.archive import Archive, HandedOut
from ingest.polling import make_failure
from ingest.turns import Stop, go_on

Extract = Callable[[Iterable[Article]], Iterator[Extraction | Failure]]
"""Articles in, what was found in each out, in any order; a Failure's subject is the article's id."""
IsWanted = Callable[[Article], bool]
"""Whether an article is for the graph at all."""
LeavesOut = Callable[[Extraction], bool]
"""Whether an article without claims is kept in the archive alone."""
ListWaiting = Callable[[], Collection[ArticleId]]
"""The articles that are to be read once more: what a stand-in found in them is not all."""
Store = Callable[[Sequence[Extraction]], int]
"""Commits a batch to the graph; gives the number of claims that it did not have."""

# One commit in the graph for so many articles: SQLite commits 230 times a second, extraction takes longer by far.
BATCH = 16
# What will be so the next time, too: it counts as a try even of what else does not.
_LASTING = frozenset({"extract_failed", "broken_reply", "endless", "too_long"})


@dataclass(frozen=True, slots=True)
class BatchStored:
    """A batch is in the graph."""

    articles: int
    claims: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """So many articles are not for the graph; the archive keeps them."""

    articles: int


@dataclass(frozen=True, slots=True)
class KeptBare:
    """So many articles hold no claim; the archive keeps them."""

    articles: int


StoreEvent = BatchStored | SetAside | KeptBare | Failure


def store_everything(found: Extraction) -> bool:
    """Leaves nothing out."""
    return False


def find_bare(found: Iterable[Extraction], waiting: ListWaiting) -> frozenset[ArticleId]:
    """The articles that were read, hold no claim, and do not wait to be read once more."""
    bare = frozenset(item.article.id for item in found if not item.claims)
    return bare.difference(waiting()) if bare else bare


def store_articles(
    archive: Archive,
    extract: Extract,
    store: Store,
    ids: Sequence[ArticleId],
    now: datetime,
    *,
    is_wanted: IsWanted | None = None,
    leaves_out: LeavesOut = store_everything,
    waiting: ListWaiting = tuple,
    counts: bool = True,
    report: Callable[[int], None] = lambda done: None,
    stop: Stop = go_on,
) -> Iterator[StoreEvent]:
    """What became of these articles, as far as they wait still: batches in the graph, those kept out, and failures.

    leaves_out  keeps an article without claims out of the graph, unless that has an earlier version of it, or the
                article waits
    waiting     gives what waits to be read once more; asked once a batch
    counts      whether an article that cannot be read, or that a process dies on, has been tried once more
    report  told how many are done
    Raises ConfigError when a model is missing; what is not stored stays pending. What a process dies on has been tried
    once more.
    """
    begun = time.monotonic()
    handed: dict[str, HandedOut] = {}
    aside: list[ArticleId] = []
    done = 0
    with _taking_in(archive, handed) if counts else nullcontext():
        articles = _hand_out(archive, ids, is_wanted, handed, aside, stop, counts=counts)
        first = list(islice(articles, 1))  # where there is none, nothing need be loaded that reads
        results = extract(chain(first, articles)) if first else iter(())
        while batch := list(islice(results, BATCH)):
            yield from _put_aside(archive, aside, handed)
            found = [item for item in batch if isinstance(item, Extraction)]
            bare = find_bare(found, waiting)
            left = [item for item in found if item.article.id in bare and leaves_out(item)]
            left = [item for item in left if not archive.has_stored(item.article.url)]
            extractions, claims, refused = _commit(store, [item for item in found if item not in left])
            moment = now + timedelta(seconds=time.monotonic() - begun)
            stored = [item.article.id for item in extractions]
            # First: storing an earlier version of the same batch has the later one wait again.
            archive.keep_bare([item.article.id for item in left])
            archive.mark_stored(stored, moment, bare.intersection(stored))
            failures = [*refused, *(item for item in batch if isinstance(item, Failure))]
            taken = [(item, one) for item in failures if (one := handed.pop(item.subject, None))]
            archive.mark_failed([one for item, one in taken if counts or item.reason in _LASTING])
            for item in (*extractions, *left):
                handed.pop(item.article.id, None)
            done += len(batch)
            report(done)
            yield BatchStored(len(extractions), claims)
            yield from [KeptBare(len(left))] if left else ()
            yield from failures
            if stop():
                break
        yield from _put_aside(archive, aside, handed)


@contextmanager
def _taking_in(archive: Archive, handed: Mapping[str, HandedOut]) -> Iterator[None]:
    """Nothing died on what is still out when the work ends in order; it stays suspect when that is a surprise."""
    try:
        yield
    except (ClaimGraphError, KeyboardInterrupt, GeneratorExit):
        with suppress(StoreError):  # where the archive is what failed, the first error is to be told
            archive.take_in(one.article.id for one in handed.values())
        raise
    archive.take_in(one.article.id for one in handed.values())


def _hand_out(
    archive: Archive,
    ids: Sequence[ArticleId],
    is_wanted: IsWanted | None,
    handed: dict[str, HandedOut],
    aside: list[ArticleId],
    stop: Stop,
    *,
    counts: bool,
) -> Iterator[Article]:
    """Articles for extraction, remembered until their result is back; none any more once the run is to stop."""
    for start in range(0, len(ids), BATCH):
        if stop():
            return
        group = archive.hand_out(ids[start : start + BATCH], counts=counts)
        handed |= {one.article.id: one for one in group}
        for one in group:
            if stop():
                return
            if is_wanted and not is_wanted(one.article):
                aside.append(one.article.id)
                continue
            yield one.article


def _put_aside(archive: Archive, ids: list[ArticleId], handed: dict[str, HandedOut]) -> Iterator[SetAside]:
    """Notes the articles, if there are any, and empties the list; until then they are out as all others are."""
    if ids:
        archive.set_aside(ids)
        for id in ids:
            handed.pop(id, None)
        yield SetAside(len(ids))
        ids.clear()


def _commit(store: Store, batch: list[Extraction]) -> tuple[list[Extraction], int, list[Failure]]:
    """What of a batch the graph now has, the number of new claims, and what it refused without holding up the rest."""
    refused: list[Failure] = []
    while batch:
        try:
            return batch, store(batch), refused
        except StoreError as error:
            if error.reason != "refused":
                raise
            refused.append(make_failure(error, Stage.STORE, error.subject))
            batch = [item for item in batch if item.article.id != error.subject]
    return [], 0, refused
