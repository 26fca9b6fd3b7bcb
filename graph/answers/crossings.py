"""Who says what of whom: voices against those whom their matters are about, a crossing for each two that meet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.answers.columns import ColumnsQuery, Voice, choose_matters, fits, iter_said, view_chosen
from graph.answers.proposition_views import MatterView
from graph.proposition_store import Order, PropositionQuery
from graph.records import EntityId, Proposition, PropositionId
from graph.store import GraphStore
from graph.views import EntityRef

MOST_ROWS, MOST_COLUMNS = 12, 12
# What is read before it is narrowed, and what is counted.
_READ, _COUNTED = 100, 40


@dataclass(frozen=True, slots=True)
class Crossing:
    """The matters about somebody that a voice affirms, and those that it denies, heaviest first; some may be both."""

    voice: str
    entity: EntityId
    says: tuple[PropositionId, ...]
    denies: tuple[PropositionId, ...]

    @property
    def matters(self) -> tuple[PropositionId, ...]:
        """All of them, each once."""
        return tuple(dict.fromkeys((*self.says, *self.denies)))


@dataclass(frozen=True, slots=True)
class CrossingsView:
    """Voices and those spoken of that have most matters, most first, and where they cross, row by row.

    starts    the entities asked for; with neither these nor a matter, all that the store has
    matters   that were counted, in the order of the explorer
    more_…    what is not shown; of matters among the first hundred or so that were read
    """

    starts: tuple[EntityRef, ...]
    matter: PropositionId | None
    voices: tuple[Voice, ...]
    whom: tuple[EntityRef, ...]
    crossings: tuple[Crossing, ...]
    matters: tuple[MatterView, ...]
    more_voices: int
    more_whom: int
    more_matters: int


def get_crossings(store: GraphStore, query: ColumnsQuery) -> CrossingsView:
    """Who says what of whom around what is asked for, else in the matters told most, contested ones first. NotFound."""
    starts: tuple[EntityRef, ...] = ()
    if query.starts or query.matter:
        starts, found = choose_matters(store, query)
    else:
        found = _read_heaviest(store, query)
    matters = view_chosen(store, query, found[:_COUNTED])
    crossings = _cross(matters)
    voices = {voice.key: voice for view in matters for voice, _ in iter_said(view)}
    whom: dict[str, EntityRef] = {ref.id: ref for view in matters for ref in view.about}
    rows = _pick(((one.voice, one) for one in crossings), MOST_ROWS)
    columns = _pick(((one.entity, one) for one in crossings), MOST_COLUMNS)
    by_place = {(one.voice, one.entity): one for one in crossings}
    places = ((row, column) for row in rows for column in columns)
    return CrossingsView(
        starts,
        query.matter,
        tuple(voices[key] for key in rows),
        tuple(whom[id] for id in columns),
        tuple(by_place[place] for place in places if place in by_place),
        matters,
        len({one.voice for one in crossings}) - len(rows),
        len({one.entity for one in crossings}) - len(columns),
        len(found) - len(matters),
    )


def _read_heaviest(store: GraphStore, query: ColumnsQuery) -> list[Proposition]:
    asked = PropositionQuery((), query.types, query.statuses, query.since, order=Order.CONTESTED)
    return [one for one in store.find_propositions(asked, _READ, bare=True).propositions if fits(one, query)]


def _cross(matters: Iterable[MatterView]) -> tuple[Crossing, ...]:
    says: dict[tuple[str, EntityId], dict[PropositionId, None]] = defaultdict(dict)
    denies: dict[tuple[str, EntityId], dict[PropositionId, None]] = defaultdict(dict)
    for view in matters:
        for voice, is_denial in iter_said(view):
            for ref in view.about:
                (denies if is_denial else says)[voice.key, ref.id][view.id] = None
    return tuple(
        Crossing(*place, tuple(says.get(place, ())), tuple(denies.get(place, ())))
        for place in dict.fromkeys((*says, *denies))
    )


def _pick(crossings: Iterable[tuple[str, Crossing]], most: int) -> list[str]:
    """The keys with most matters, most first."""
    found: dict[str, set[PropositionId]] = defaultdict(set)
    for key, one in crossings:
        found[key].update(one.matters)
    return sorted(found, key=lambda key: (-len(found[key]), key))[:most]
