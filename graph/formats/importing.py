"""Our own JSON Lines into a store: what is there already costs a look, what is wrong is named and the rest goes on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeVar

from graph.batches import iter_batches
from graph.errors import StoreError, StoreUnavailable
from graph.formats.lines import Item, read_lines
from graph.records import Copy, Entity, Extraction, Failure, Heir, Judgement, Rereading, Stage, Tie
from graph.store import GraphStore

_T = TypeVar("_T")

# Half of what the default store commits at once: the refusal of one of them costs a look at each.
_BATCH = 128
# A store that cannot take one record for these reasons takes no other either.
_FATAL = ("disk_full",)


@dataclass(slots=True)
class Imported:
    """What was new, and which lines were not taken."""

    articles: int = 0
    claims: int = 0
    entities: int = 0
    judgements: int = 0
    failures: list[Failure] = field(default_factory=list)


def import_lines(store: GraphStore, lines: Iterable[bytes]) -> Imported:
    """Stores what the lines of an export hold. StoreUnavailable when the store itself gives up."""
    done = Imported()
    before = store.count()  # what a batch adds is not told when one of it is refused
    for kind, items in groupby(read_lines(lines), lambda numbered: type(numbered[1])):
        for batch in iter_batches(items, _BATCH):
            if kind is Failure:
                done.failures += _of(Failure, (item for _, item in batch))
            else:
                _put(store, batch, done)
    after = store.count()
    done.articles, done.claims = after.articles - before.articles, after.claims - before.claims
    return done


def _put(store: GraphStore, batch: Sequence[tuple[int, Any]], done: Imported) -> None:
    """The batch at once; where the store refuses it, one by one, so that the others are kept."""
    try:
        _put_items(store, [item for _, item in batch], done)
    except StoreError as error:
        _raise_if_fatal(error)
        for number, item in batch:
            try:
                _put_items(store, [item], done)
            except StoreError as refusal:
                _raise_if_fatal(refusal)
                message = f"line {number}: {refusal}"
                done.failures.append(Failure(Stage.STORE, f"line {number}", refusal.reason or "refused", message))


def _put_items(store: GraphStore, items: Sequence[Item], done: Imported) -> None:
    if isinstance(items[0], Judgement):
        for judgement in _of(Judgement, items):
            done.judgements += store.judge(judgement, kept=True)
    elif isinstance(items[0], Entity):
        done.entities += store.add_entities(_of(Entity, items)).entities
    elif isinstance(items[0], Tie):
        store.add_entities([], _of(Tie, items), kept=True)
    elif isinstance(items[0], Heir):
        store.add_heirs({heir.gone: heir.claim for heir in _of(Heir, items)})
    elif isinstance(items[0], Rereading):
        store.add_rereadings(_of(Rereading, items))
    elif isinstance(items[0], Copy):
        store.add_copies(_of(Copy, items))
    else:
        store.add(_of(Extraction, items))


def _of(kind: type[_T], items: Iterable[object]) -> list[_T]:
    return [item for item in items if isinstance(item, kind)]


def _raise_if_fatal(error: StoreError) -> None:
    if isinstance(error, StoreUnavailable) or error.reason in _FATAL:
        raise error
