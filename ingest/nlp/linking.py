"""Names that no table lists, tied together over a story: a surname to the full name, a spelling to its first form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from graph.ids import fold_name, make_entity_id
from graph.records import Entity, EntityType
from ingest.nlp.document import Name, Sentence, Span
from ingest.nlp.names import Gazetteer

Candidate = tuple[Span, str, str]
FindNames = Callable[[Sentence], Iterable[Candidate]]


def link_names(sentences: Sequence[Sentence], find: FindNames, gazetteer: Gazetteer) -> tuple[Sentence, ...]:
    """The sentences with further names added; a name already found is never replaced or overlapped."""
    candidates = [tuple(_iter_free(sentence, find)) for sentence in sentences]
    known = [name.entity for sentence in sentences for name in sentence.names]
    found = [_resolve(name, kind, gazetteer) for row in candidates for _, name, kind in row]
    index = _index(known + found)
    return tuple(
        replace(sentence, names=_merge(sentence, row, index, gazetteer))
        for sentence, row in zip(sentences, candidates, strict=True)
    )


def _iter_free(sentence: Sentence, find: FindNames) -> Iterable[Candidate]:
    taken = [name.span for name in sentence.names]
    for span, name, kind in find(sentence):
        if all(span[1] <= start or end <= span[0] for start, end in taken):
            taken.append(span)
            yield span, name, kind


def _resolve(name: str, kind: str, gazetteer: Gazetteer) -> Entity:
    return gazetteer.get_entity(name) or Entity(make_entity_id(name), name, EntityType(kind))


def _index(entities: Iterable[Entity]) -> dict[str, Entity]:
    """Entities by folded name, and full names of persons by folded surname; the first to be named wins."""
    index: dict[str, Entity] = {}
    for entity in entities:
        index.setdefault(fold_name(entity.name), entity)
        if entity.type is EntityType.PERSON and " " in entity.name:
            index.setdefault(fold_name(entity.name.rsplit(" ", 1)[1]), entity)
    return index


def _merge(
    sentence: Sentence, row: Sequence[Candidate], index: Mapping[str, Entity], gazetteer: Gazetteer
) -> tuple[Name, ...]:
    start = sentence.span[0]
    more = []
    for span, name, kind in row:
        entity = _find_full_name(index, name, kind) or _resolve(name, kind, gazetteer)
        more.append(Name(span, sentence.text[span[0] - start : span[1] - start], entity))
    return tuple(sorted((*sentence.names, *more), key=lambda name: name.span))


def _find_full_name(index: Mapping[str, Entity], name: str, kind: str) -> Entity | None:
    """The entity of the story that a name stands for; a lone surname finds its person whoever typed it."""
    entity = index.get(fold_name(name))
    return entity if entity and (entity.type == kind or entity.type is EntityType.PERSON) else None
