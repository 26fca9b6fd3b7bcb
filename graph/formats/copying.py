"""One store's graph into another, and the proof that it arrived."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.batches import iter_batches
from graph.errors import StoreError
from graph.records import Copy, Entity, Extraction, Judgement, Tie
from graph.store import Added, Counts, GraphStore

# Articles between two reports of progress.
_REPORT = 500
# Entities that are looked up at once.
_ENTITIES = 500


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied now, what the copy holds, and the digest of all
    that the source holds, which was read again from the copy."""

    added: Added
    judgements: int
    counts: Counts
    digest: str


def copy(source: GraphStore, target: GraphStore, report: Callable[[int], None] = lambda articles: None) -> Copied:
    """Copies what the target does not have yet, reads both again and compares. StoreError names what differs.

    A copy that was cut short is taken up by the next: what is there already costs a look.
    """
    added = Added(entities=_copy_entities(source, target))
    ties = list(source.iter_ties())
    if ties:
        target.add_entities([], ties, kept=True)
    added += target.add(_reporting(source.iter_extractions(), report))
    target.add_copies(source.iter_copies())
    judged = sum(target.judge(judgement, kept=True) for judgement in source.list_judgements())
    target.add_heirs(source.list_heirs())
    target.add_rereadings(source.iter_rereadings())
    return Copied(added, judged, target.count(), _verify(source, target))


def _copy_entities(source: GraphStore, target: GraphStore) -> int:
    """Adds those that the target lacks, in their order; how many."""
    added = 0
    for page in iter_batches(source.iter_entities(), _ENTITIES):
        known = {entity.id for entity in target.get_entities([entity.id for entity in page], as_added=True)}
        missing = [entity for entity in page if entity.id not in known]
        if missing:
            added += target.add_entities(missing).entities
    return added


def _verify(source: GraphStore, target: GraphStore) -> str:
    """The digest of all that the source holds. StoreError when the target lacks some of it, or has it otherwise."""
    hashes: list[str] = []
    for kind, records in _KINDS:
        held = {name: _hash(record) for name, record in records(target)}
        for name, record in records(source):
            hashes.append(_hash(record))
            if held.get(name) != hashes[-1]:
                how = "is not in the copy" if name not in held else "is another in the copy"
                raise StoreError(f"{kind} {name} {how}; run the copy again, or into an empty store", subject=name)
    return hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest()


def _named_entities(store: GraphStore) -> Iterator[tuple[str, Entity]]:
    for page in iter_batches(store.iter_entities(), _ENTITIES):
        found = store.get_entities([entity.id for entity in page], as_added=True)
        yield from ((entity.id, entity) for entity in found)


def _named_ties(store: GraphStore) -> Iterator[tuple[str, Tie]]:
    return ((f"{tie.subject} {tie.relation} {tie.object} ({tie.source})", tie) for tie in store.iter_ties())


def _named_articles(store: GraphStore) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Articles with their mentions and claims; the entities they name are compared by themselves."""
    for found in store.iter_extractions():
        yield found.article.id, (found.article, found.mentions, found.claims)


def _named_copies(store: GraphStore) -> Iterator[tuple[str, Copy]]:
    return ((f"of {copy.original}: {copy.article}", copy) for copy in store.iter_copies())


def _named_judgements(store: GraphStore) -> Iterator[tuple[str, Judgement]]:
    return ((judgement.id, judgement) for judgement in store.list_judgements())


_KINDS: tuple[tuple[str, Callable[[GraphStore], Iterator[tuple[str, object]]]], ...] = (
    ("entity", _named_entities),
    ("tie", _named_ties),
    ("article", _named_articles),
    ("copy", _named_copies),
    ("judgement", _named_judgements),
    ("heir of", lambda store: iter(store.list_heirs().items())),
    ("rereading of", lambda store: ((one.article_id, one) for one in store.iter_rereadings())),
)


def _hash(record: object) -> str:
    return hashlib.sha256(repr(record).encode("utf-8", "surrogatepass")).hexdigest()


def _reporting(extractions: Iterator[Extraction], report: Callable[[int], None]) -> Iterator[Extraction]:
    for number, extraction in enumerate(extractions, 1):
        yield extraction
        if number % _REPORT == 0:
            report(number)
