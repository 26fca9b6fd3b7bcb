"""Who says what about whom else: the matters around a name, between several, or around a matter, with the voices on one
side and whom they are about on the other. A matter is one box, however many claims it has."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, permutations

from graph.answers.gist import MOST_CLAIMS
from graph.answers.proposition_views import MatterView, view_matters
from graph.answers.viewing import refer, view_ties
from graph.errors import NotFound
from graph.ids import fold_name
from graph.proposition_store import Order, PropositionQuery
from graph.records import ClaimType, EntityId, Proposition, PropositionId, Status
from graph.store import ClaimQuery, GraphStore
from graph.utterances import fold_outlet
from graph.views import EntityRef, Saying, TieView

MOST_MATTERS, MOST_VOICES, MOST_OTHERS = 30, 20, 20
MOST_STARTS = 60
# Of several names each pair is asked for.
_PAIRED = 6
# What is read before it is narrowed and cut.
_MATTERS, _CLAIMS = 100, 200
_RANK = (
    Status.DISPUTED,
    Status.DENIED,
    Status.UNDER_INVESTIGATION,
    Status.ALLEGED,
    Status.RETRACTED,
    Status.CONFIRMED,
    Status.CORROBORATED,
    Status.REPORTED,
)


@dataclass(frozen=True, slots=True)
class ColumnsQuery:
    """What is asked for: a matter, or entities; of several only what links two of them.

    since, until  reported at or after, and before
    least         origins
    ties          background ties of the entities too
    whole         matters name all their claims; else those that make their headlines, which are read sooner
    """

    starts: tuple[EntityId, ...] = ()
    matter: PropositionId | None = None
    types: tuple[ClaimType, ...] = ()
    statuses: tuple[Status, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    least: int = 1
    ties: bool = False
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says something: an entity, an outlet in its own voice, or whom the words of an outlet describe.

    domain  of the outlet
    name    these words
    """

    key: str
    entity: EntityRef | None = None
    outlet: str = ""
    name: str = ""
    domain: str = ""


@dataclass(frozen=True, slots=True)
class SaidOf:
    """That a voice says a matter, or denies it."""

    voice: str
    matter: PropositionId
    denies: bool


@dataclass(frozen=True, slots=True)
class AboutWhom:
    """That a matter is about an entity other than those asked for."""

    matter: PropositionId
    entity: EntityId


@dataclass(frozen=True, slots=True)
class ColumnsView:
    """Three columns: voices and others ordered by the mean place of their matters, matters by status and weight.

    more_…  what is not shown; of matters among the first hundred or so that were read
    ties    of those asked for, each with its own end
    """

    starts: tuple[EntityRef, ...]
    matter: PropositionId | None
    voices: tuple[Voice, ...]
    matters: tuple[MatterView, ...]
    others: tuple[EntityRef, ...]
    said: tuple[SaidOf, ...]
    about: tuple[AboutWhom, ...]
    more_voices: int
    more_matters: int
    more_others: int
    ties: tuple[tuple[EntityRef, TieView], ...] = ()


def get_columns(store: GraphStore, query: ColumnsQuery) -> ColumnsView:
    """The columns. NotFound when what is asked for is not there."""
    starts, found = choose_matters(store, query)
    matters = view_chosen(store, query, found[:MOST_MATTERS])
    voices, said, more_voices = _find_voices(matters)
    others, about, more_others = _find_others(matters, {ref.id for ref in starts})
    ties = [(ref, tie) for ref in starts for tie in view_ties(store, ref.id)] if query.ties else []
    return ColumnsView(
        starts,
        query.matter,
        voices,
        matters,
        others,
        said,
        about,
        more_voices,
        len(found) - len(matters),
        more_others,
        tuple(ties),
    )


def view_chosen(store: GraphStore, query: ColumnsQuery, chosen: Sequence[Proposition]) -> tuple[MatterView, ...]:
    """The matters of bare ones."""
    shown = store.get_propositions([one.id for one in chosen], most_links=None if query.whole else MOST_CLAIMS)
    return view_matters(store, shown, with_rivals=False)


def choose_matters(store: GraphStore, query: ColumnsQuery) -> tuple[tuple[EntityRef, ...], list[Proposition]]:
    """The entities and the matters asked for, these bare and in the order of status and weight. NotFound when what is
    asked for is not there."""
    starts = tuple(map(refer, store.get_entities(query.starts[:MOST_STARTS])))
    if not starts and not query.matter:
        raise NotFound("nothing of that id is here; search for a name instead", subject=" ".join(query.starts)[:100])
    told: tuple[Proposition, ...] = ()
    if query.matter:
        ids = _find_around(store, query.matter)
    else:
        told, ids = _find_between(store, [ref.id for ref in starts], query)
    found = [one for one in _read_rest(store, told, ids) if fits(one, query)]
    found.sort(key=lambda one: (one.id != query.matter, _RANK.index(one.status), -one.articles, one.id))
    return starts, found


def _find_between(
    store: GraphStore, starts: Sequence[EntityId], query: ColumnsQuery
) -> tuple[tuple[Proposition, ...], list[PropositionId]]:
    """Matters about one entity, bare, and the ids of those that it speaks in; of several what links two of them."""
    asked = PropositionQuery(types=query.types, statuses=query.statuses, since=query.since, order=Order.WEIGHT)
    groups: Iterable[tuple[EntityId, ...]] = [(starts[0],)]
    claims = [ClaimQuery(speakers=(starts[0],), types=query.types)]
    if len(starts) > 1:
        groups = combinations(starts[:_PAIRED], 2)
        pairs = permutations(starts[:_PAIRED], 2)
        claims = [ClaimQuery(speakers=(one,), about=(other,), types=query.types) for one, other in pairs]
    found: list[Proposition] = []
    for group in groups:
        about = PropositionQuery(group, asked.types, asked.statuses, asked.since, order=asked.order)
        found += store.find_propositions(about, _MATTERS, bare=True).propositions
    return tuple(found), [id for spoken in claims for id in _list_matters_of(store, spoken)]


def _read_rest(store: GraphStore, told: Sequence[Proposition], ids: Iterable[PropositionId]) -> tuple[Proposition, ...]:
    """Each once, bare: those at hand, and those of which only the ids are. Matters of a hub are large: what is shown is
    read whole, and nothing else."""
    known = {one.id: one for one in told}
    missing = [id for id in dict.fromkeys(ids) if id not in known]
    return (*known.values(), *(store.get_propositions(missing, bare=True) if missing else ()))


def _find_around(store: GraphStore, matter: PropositionId) -> list[PropositionId]:
    """The matter, what contradicts it, what it is a special case of, and what its speakers say else. NotFound."""
    one = next(iter(store.get_propositions([matter])), None)
    if one is None:
        raise NotFound(f"no matter {matter}; it may have been joined with another", subject=matter)
    found = [matter, *one.part_of]
    for other in store.list_contradictions([matter]):
        found += [other.one, other.other]
    claims = store.get_claims([link.claim for link in one.links])
    speakers = dict.fromkeys(c.origin.party.entity for c in claims if c.origin and c.origin.party.entity)
    for speaker in list(speakers)[:_PAIRED]:
        found += _list_matters_of(store, ClaimQuery(speakers=(speaker,)))
    return found


def _list_matters_of(store: GraphStore, query: ClaimQuery) -> list[PropositionId]:
    claims = store.find_claims(query, _CLAIMS).claims
    return list(store.find_propositions_of([claim.id for claim in claims]).values())


def fits(one: Proposition, query: ColumnsQuery) -> bool:
    """Whether the conditions hold of it; whatever they are, of a matter that is asked for."""
    return one.id == query.matter or (
        (not query.types or one.type in query.types)
        and (not query.statuses or one.status in query.statuses)
        and (query.since is None or one.last_reported_at >= query.since)
        and (query.until is None or one.first_reported_at < query.until)
        and one.origins >= query.least
    )


def _find_voices(matters: Sequence[MatterView]) -> tuple[tuple[Voice, ...], tuple[SaidOf, ...], int]:
    """Those with most matters, ordered by the mean place of these, and how many are left out."""
    voices: dict[str, Voice] = {}
    said: dict[SaidOf, None] = {}
    places: dict[str, list[int]] = defaultdict(list)
    for place, view in enumerate(matters):
        for voice, denies in iter_said(view):
            voices.setdefault(voice.key, voice)
            if (one := SaidOf(voice.key, view.id, denies)) not in said:
                said[one] = None
                places[voice.key].append(place)
    shown = _order(places, MOST_VOICES)
    kept = tuple(one for one in said if one.voice in shown)
    return tuple(voices[key] for key in shown), kept, len(voices) - len(shown)


def iter_said(view: MatterView) -> Iterator[tuple[Voice, bool]]:
    """Who says it, then who denies it, and whether it is a denial; a voice may come again."""
    if view.gist:
        yield from ((_make_voice(saying), False) for saying in view.gist.says)
        yield from ((_make_voice(saying), True) for saying in view.gist.denies)


def _find_others(
    matters: Sequence[MatterView], starts: set[EntityId]
) -> tuple[tuple[EntityRef, ...], tuple[AboutWhom, ...], int]:
    """The same of those whom the matters are about, the entities asked for aside."""
    refs: dict[str, EntityRef] = {}
    about: list[AboutWhom] = []
    places: dict[str, list[int]] = defaultdict(list)
    for place, view in enumerate(matters):
        for ref in view.about:
            if ref.id not in starts:
                refs[ref.id] = ref
                places[ref.id].append(place)
                about.append(AboutWhom(view.id, ref.id))
    shown = _order(places, MOST_OTHERS)
    kept = tuple(one for one in about if one.entity in shown)
    return tuple(refs[key] for key in shown), kept, len(refs) - len(shown)


def _make_voice(saying: Saying) -> Voice:
    if saying.who is None:
        return Voice(f"outlet {saying.outlet}", outlet=saying.outlet, domain=saying.domain)
    if saying.who.entity is None:
        # "People close to it" of two outlets need not be the same ones.
        key = f"unnamed {fold_outlet(saying.outlet)} {fold_name(saying.who.name)}"
        return Voice(key, outlet=saying.outlet, name=saying.who.name, domain=saying.domain)
    return Voice(f"entity {saying.who.entity.id}", saying.who.entity)


def _order(places: dict[str, list[int]], most: int) -> list[str]:
    """The keys with most places, by the mean of these."""
    kept = sorted(places, key=lambda key: (-len(places[key]), key))[:most]
    return sorted(kept, key=lambda key: (sum(places[key]) / len(places[key]), key))
