"""New Japanese names that appear beside the same others as a new name in Latin letters that is said like them.

A story brings a cast of its own. Where an article in each language names the same third party that no table has, or has
two more names that sound alike, the two tell one story, and a name that sounds the same there is the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from graph.records import ArticleId, Claim, ClaimType, Entity, EntityId, EntityType, Predicate
from graph.spelling.across import count_places, is_japanese, is_said_as, is_said_nearly_as
from graph.store import ClaimQuery, GraphStore

_MOST = 200
# Articles whose casts, and those of the articles near them, are held in memory together.
_AT_ONCE = 200
# A name as short as this is like many others: two must stand beside it.
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Cast:
    """The names of an article's claims that no table has; `claim` is one of these claims."""

    claim: Claim
    types: tuple[ClaimType, ...]
    names: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A name in kana or kanji and one in Latin letters that may be it, and a claim of the article of each.

    exactly  whether they sound the same, not only nearly
    """

    japanese: EntityId
    latin: EntityId
    one: Claim
    other: Claim
    exactly: bool


def find_likenesses(store: GraphStore, claims: Iterable[Claim], within: timedelta) -> Iterator[Likeness]:
    """Of each new Japanese name in the articles of these claims the one name that sounds like it and appears beside the
    same others in an English article within that time; none where several do."""
    articles = list(dict.fromkeys(claim.article_id for claim in claims))
    found: dict[EntityId, dict[EntityId, Likeness]] = {}
    for start in range(0, len(articles), _AT_ONCE):
        for one in _iter_likenesses(store, articles[start : start + _AT_ONCE], within):
            fitting = found.setdefault(one.japanese, {})
            if one.exactly or one.latin not in fitting:
                fitting[one.latin] = one
    for fitting in found.values():
        exact = [one for one in fitting.values() if one.exactly]
        best = exact or list(fitting.values())
        if len(best) == 1:
            yield best[0]


def _iter_likenesses(store: GraphStore, articles: Sequence[ArticleId], within: timedelta) -> Iterator[Likeness]:
    casts: dict[ArticleId, Cast] = {}
    _read(store, articles, casts)
    for cast in [casts[id] for id in articles if id in casts]:
        if any(is_japanese(name.name) for name in cast.names):
            near = _list_near(store, cast, within)
            _read(store, near, casts)
            for other in [casts[id] for id in near if id in casts]:
                yield from _compare(cast, other)


def _read(store: GraphStore, articles: Sequence[ArticleId], casts: dict[ArticleId, Cast]) -> None:
    """Adds the casts of those articles that it does not have."""
    told: dict[ArticleId, list[Claim]] = {}
    missing = [id for id in articles if id not in casts]
    for claim in store.list_claims_of(missing, tuple(Predicate)) if missing else ():
        told.setdefault(claim.article_id, []).append(claim)
    named = {id: _list_named(claims) for id, claims in told.items()}
    entities = {one.id: one for one in store.get_entities(sorted({id for ids in named.values() for id in ids}))}
    for id, claims in told.items():
        casts[id] = Cast(claims[0], tuple(dict.fromkeys(one.type for one in claims)), _pick_new(named[id], entities))


def _list_named(claims: Iterable[Claim]) -> tuple[EntityId, ...]:
    return tuple(dict.fromkeys(party.entity for claim in claims for party in claim.parties if party.entity))


def _pick_new(ids: Iterable[EntityId], entities: Mapping[EntityId, Entity]) -> tuple[Entity, ...]:
    return tuple(entities[id] for id in ids if id in entities and not entities[id].curated)


def _list_near(store: GraphStore, cast: Cast, within: timedelta) -> list[ArticleId]:
    """English articles of those days: that name one of the cast, or tell something of the same kind."""
    since, until = cast.claim.reported_at - within, cast.claim.reported_at + within
    queries = [
        ClaimQuery(about=(name.id,), langs=("en",), since=since, until=until)
        for name in cast.names
        if not is_japanese(name.name)
    ]
    queries.append(ClaimQuery(types=cast.types, langs=("en",), since=since, until=until))
    found = (claim for query in queries for claim in store.find_claims(query, limit=_MOST).claims)
    return list(dict.fromkeys(claim.article_id for claim in found))


def _compare(cast: Cast, other: Cast) -> Iterator[Likeness]:
    """The names of the two that sound alike and have enough beside them."""
    alike = [
        Likeness(name.id, latin.id, cast.claim, other.claim, _is_said_as(name, latin))
        for name in cast.names
        for latin in other.names
        if _may_be(name, latin)
    ]
    if not alike:
        return
    places = {name.id: count_places(name.name) for name in cast.names}
    both = len({name.id for name in cast.names} & {name.id for name in other.names})
    for one in alike:
        beside = both + len({two.japanese for two in alike if two.japanese != one.japanese and two.latin != one.latin})
        if beside >= (2 if places[one.japanese] <= _SHORT else 1):
            yield one


def _may_be(japanese: Entity, latin: Entity) -> bool:
    """A reader seldom takes a person for anything else, and takes all else for each other."""
    if not is_japanese(japanese.name) or is_japanese(latin.name) or _is_person(japanese) is not _is_person(latin):
        return False
    return _is_said_as(japanese, latin) or is_said_nearly_as(japanese.name, latin.name)


def _is_said_as(japanese: Entity, latin: Entity) -> bool:
    return is_said_as(japanese.name, latin.name, person=_is_person(japanese))


def _is_person(entity: Entity) -> bool:
    return entity.type is EntityType.PERSON
