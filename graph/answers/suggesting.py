"""What a search box offers while somebody types: names that begin so, and matters about whom is meant."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from graph.answers.proposition_views import MatterView, list_matters
from graph.answers.typed import read_typed
from graph.answers.viewing import refer
from graph.ids import fold_name
from graph.proposition_store import Order, PropositionQuery
from graph.records import Entity
from graph.searching.language import MAX_LENGTH
from graph.store import GraphStore
from graph.views import EntityRef

_NAMES, _MATTERS = 4, 3
# Names of more words are completed from their first ones.
_LAST_WORDS = 3
_WIDE = re.compile(r"[ぁ-ヺー㐀-鿿々〆]")
# Of Latin letters one alone begins half of all names.
_LEAST_LATIN = 2


@dataclass(frozen=True, slots=True)
class NameHint:
    """A name that the end of the text may be the beginning of.

    spelling  the one that begins so, as it is written
    text      the whole text with it
    """

    entity: EntityRef
    spelling: str
    text: str


@dataclass(frozen=True, slots=True)
class Hints:
    """What is offered for a text; measures are those that it means."""

    query: str
    names: tuple[NameHint, ...] = ()
    matters: tuple[MatterView, ...] = ()
    measures: tuple[str, ...] = ()


def suggest(store: GraphStore, text: str, now: datetime, measures: Mapping[str, str]) -> Hints:
    """Names and matters for what has been typed so far; nothing below two Latin letters.

    measures  the measure of each folded spelling
    """
    text = " ".join(text.split())
    if len(text) > MAX_LENGTH or not (_WIDE.search(text) or len(text) >= _LEAST_LATIN):
        return Hints(text[:MAX_LENGTH])
    names = _complete(store, text)
    typed = read_typed(store, text, now, measures)
    about = [names[0].entity] if names else list(typed.names[:1])
    asked = PropositionQuery(about=tuple(ref.id for ref in about), order=Order.WEIGHT)
    matters = list_matters(store, asked, _MATTERS).matters if about else ()
    return Hints(text, names, matters, typed.measures)


def _complete(store: GraphStore, text: str) -> tuple[NameHint, ...]:
    """Names that begin with the last words, as many of them as begin any."""
    words = text.split(" ")
    for size in range(min(_LAST_WORDS, len(words)), 0, -1):
        before, beginning = " ".join(words[:-size]), " ".join(words[-size:])
        if not (_WIDE.search(beginning) or len(beginning) >= _LEAST_LATIN):
            continue
        if found := store.complete_names(beginning, _NAMES):
            return tuple(_hint(entity, before, beginning) for entity in found)
    return ()


def _hint(entity: Entity, before: str, beginning: str) -> NameHint:
    folded = fold_name(beginning)
    names = [entity.name, *filter(None, [entity.name_ja]), *entity.aliases]
    spelling = next((name for name in names if fold_name(name).startswith(folded)), entity.name)
    return NameHint(refer(entity), spelling, f"{before} {spelling}".strip())
