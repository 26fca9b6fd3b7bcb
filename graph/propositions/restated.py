"""One number of one deed, told of other parties: "a model cost 4.1 million euros", "Velisk-2 cost 4.1 million euros".

Who it was is read wrongly more often than how much: of pairs of claims from articles of one story that tell the same
number by the same predicate of other parties, and that are linked as here, 216 of 240 are of one matter (24 stories, as
read from text; most of the others are of sentences that speak of two). So such a claim goes to the matter of the one
that is likeliest read right, and stands in its proposition; its own words stay as they are.

A story brings names and numbers of its own: two articles that share one, beside this number, tell one story.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import combinations

from graph.background import Background
from graph.grades import is_weak
from graph.naming import match_names
from graph.propositions.amounts import is_beyond
from graph.propositions.deciding import order_claim
from graph.propositions.families import OF_MANY
from graph.propositions.members import Member
from graph.propositions.signatures import find_matter, make_party_key
from graph.records import BODIES, MADE, ArticleId, Claim, ClaimId, EntityId, EntityType, Party, Predicate

NEAR = timedelta(days=30)
"""News is told again within weeks; later the same number may be another one's."""
# Of a number of one digit ("two models", "a billion") there are too many.
_FEWEST_DIGITS = 2
# Two articles that tell so many numbers of the same deeds are of one story; one may be chance.
_TELLING = 2
# "$1.5 billion" was raised by many.
_MOST_PARTIES = 12
_SURENESS = 0.9
# Below it a claim is more likely wrong than right, mostly in whom it is about.
_EVEN = 0.5
# How a row of a table begins.
_ROW = re.compile(r"\s*\|")
# A day's moves are of few per cent: those of several firms in one report are often as large.
_ALIKE = frozenset({Predicate.STOCK_MOVED})
# "Aldin and Borea X both scored 87.5": what a firm and a thing may each have.
_EACH = frozenset({Predicate.SCORES, Predicate.HAS_USERS})
RESTATED = "tells the same number of it"
"""Why a claim stands in a proposition of other parties."""


@dataclass(frozen=True, slots=True)
class Number:
    """What is told in numbers: the deed, how much, and of what."""

    predicate: Predicate
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Page:
    """What an article tells: numbers, and whom of those that no table knows."""

    numbers: frozenset[Number] = frozenset()
    names: frozenset[EntityId] = frozenset()


Pages = Mapping[ArticleId, Page]
_BLANK = Page()


def make_pages(claims: Iterable[Claim], background: Background) -> dict[ArticleId, Page]:
    """What articles tell, from all of their claims."""
    numbers: dict[ArticleId, set[Number]] = defaultdict(set)
    names: dict[ArticleId, set[EntityId]] = defaultdict(set)
    for claim in claims:
        names[claim.article_id] |= {
            background.find_root(party.entity)
            for party in claim.parties
            if party.entity and not _is_curated(party, background)
        }
        if number := find_number(claim):
            numbers[claim.article_id].add(number)
    return {id: Page(frozenset(numbers[id]), frozenset(found)) for id, found in names.items()}


def find_number(claim: Claim) -> Number | None:
    """The number that a claim tells, None where it has none that is telling: users a month are users.

    A row of a table tells none: it names whose it is, and two tables have many numbers in common.
    """
    quantity = claim.quantity
    if quantity is None or is_beyond(quantity) or _ROW.match(claim.text):
        return None
    written = f"{abs(quantity.value):.8e}"
    digits = len(written.partition("e")[0].replace(".", "").strip("0"))
    if digits < _FEWEST_DIGITS:
        return None
    return Number(claim.predicate, float(f"{quantity.value:.8e}"), quantity.unit.partition("/")[0])


def find_homes(
    claims: Collection[ClaimId], pool: Iterable[Claim], pages: Pages, background: Background
) -> dict[ClaimId, str]:
    """The matter of each claim that tells a number: its own, or that of another party with the same number.

    claims  whose matters are asked for; only what is reported near to one (NEAR) decides about it
    pool    all claims that tell their numbers, as far as they are near to one of them
    pages   what their articles tell, of those at least that are doubtful without
    """
    homes: dict[ClaimId, str] = {}
    for asked, parts in _iter_divided(claims, pool, background):
        own = list(parts)
        hosts = _find_hosts(list(parts.values()), pages, background)
        homes |= {claim: own[hosts[own.index(matter)]] for claim, matter in asked.items()}
    return homes


def list_doubtful(claims: Collection[ClaimId], pool: Iterable[Claim], background: Background) -> frozenset[ArticleId]:
    """The articles of which what else they tell decides: nothing links two claims of theirs without."""
    doubtful: set[ArticleId] = set()
    for _, parts in _iter_divided(claims, pool, background):
        for some, others in combinations(parts.values(), 2):
            pairs = _find_pairs(some, others, background)
            if not _are_one(pairs, {}, background):
                doubtful |= {claim.article_id for pair in pairs for claim in pair}
    return frozenset(doubtful)


def _iter_divided(
    claims: Collection[ClaimId], pool: Iterable[Claim], background: Background
) -> Iterator[tuple[dict[ClaimId, str], dict[str, list[Claim]]]]:
    """What is near to claims, by its matters, with the matter that each of these claims has by itself."""
    numbered: dict[Number, list[Claim]] = defaultdict(list)
    for claim in pool:
        if not claim.misread and (number := find_number(claim)):
            numbered[number].append(claim)
    for told in numbered.values():
        ordered = sorted(told, key=order_claim)
        own = {claim.id: find_matter(claim, background) for claim in ordered}
        asked: dict[tuple[int, int], dict[ClaimId, str]] = defaultdict(dict)
        for claim in ordered:
            if claim.id in claims:
                first = bisect_left(ordered, claim.reported_at - NEAR, key=lambda one: one.reported_at)
                last = bisect_right(ordered, claim.reported_at + NEAR, key=lambda one: one.reported_at)
                asked[first, last][claim.id] = own[claim.id]
        for (first, last), those in asked.items():
            parts: dict[str, list[Claim]] = defaultdict(list)
            for claim in ordered[first:last]:
                parts[own[claim.id]].append(claim)
            if len(parts) > _MOST_PARTIES:  # what so many tell is nobody's number
                parts = {matter: parts[matter] for matter in dict.fromkeys(those.values())}
                yield from (({claim: matter}, {matter: parts[matter]}) for claim, matter in those.items())
            else:
                yield those, parts


def join_restated(matter: str, parts: Sequence[list[Member]], background: Background) -> list[list[Member]]:
    """The parts of a matter, those put into one that tell the same number of other parties."""
    joined: dict[int, int] = {}
    for number, places in _list_numbered(parts).items():
        claims = [[m.claim for m in parts[n] if find_number(m.claim) == number] for n in places]
        guests = {n for n, some in enumerate(claims) if all(find_matter(one, background) != matter for one in some)}
        hosts = _find_hosts(claims, {}, background, guests)
        joined |= {place: places[hosts[n]] for n, place in enumerate(places) if hosts[n] != n}
    made = {n: list(part) for n, part in enumerate(parts) if n not in joined}
    for n, host in joined.items():
        while host in joined:
            host = joined[host]
        made[host] += [Member(m.claim, parts[host][0].signature, _SURENESS, RESTATED) for m in parts[n]]
    return list(made.values())


def _list_numbered(parts: Sequence[Sequence[Member]]) -> dict[Number, list[int]]:
    """By each number that several parts tell, which do."""
    found: dict[Number, list[int]] = defaultdict(list)
    for n, part in enumerate(parts):
        for number in dict.fromkeys(find_number(member.claim) for member in part):
            if number:
                found[number].append(n)
    return {number: places for number, places in found.items() if len(places) > 1}


def _find_hosts(
    parts: Sequence[Sequence[Claim]], pages: Pages, background: Background, guests: Collection[int] = ()
) -> list[int]:
    """For each part of claims with one number the part that it belongs to: itself, or one that is likelier read right.

    guests  parts that came from other matters for just this
    """
    ranked = sorted(range(len(parts)), key=lambda n: min(map(_rank, parts[n])))
    hosts = list(range(len(parts)))
    held = [list(part) for part in parts]
    for place, n in enumerate(ranked):
        for other in ranked[:place]:
            host = hosts[other]
            if any(_are_two(one, two, background) for one in held[n] for two in held[host]):
                continue
            pairs = _find_pairs(parts[n], parts[other], background)
            invited = n in guests or other in guests
            if pairs and (invited or _are_one(pairs, pages, background)):
                hosts[n] = host
                held[host] += held[n]
                break
    return hosts


def _rank(claim: Claim) -> tuple[bool, bool, bool, float, datetime, ClaimId]:
    """The likeliest read right first: one that names whom it speaks of, then by its score."""
    other = claim.object is not None and claim.object.entity is None
    score = 1.0 if claim.score is None else claim.score
    return is_weak(claim), claim.subject.entity is None, other, -score, *order_claim(claim)


def _find_pairs(some: Sequence[Claim], others: Sequence[Claim], background: Background) -> list[tuple[Claim, Claim]]:
    """Those of either that may be told of one; none where two of them cannot be."""
    pairs = [(one, other) for one in some for other in others if abs(one.reported_at - other.reported_at) <= NEAR]
    return [] if any(_is_another(*pair, background) for pair in pairs) else pairs


def _is_another(one: Claim, other: Claim, background: Background) -> bool:
    """Whether it is told of the same parties, for which other rules are, of two that the tables know, or of two in one
    article."""
    keys = [[make_party_key(party, background) for party in side] for side in _pair_sides(one, other)]
    of_many = one.predicate in OF_MANY and one.lang == other.lang and keys[1][0] == keys[1][1]
    if all(a == b for a, b in keys) or of_many:
        return True
    known = (all(_is_curated(party, background) for party in pair) for pair in _list_named(one, other, background))
    return any(known) or _are_two(one, other, background)


def _are_two(one: Claim, other: Claim, background: Background) -> bool:
    """Whether an article tells it of two: in one sentence, of two names, but a body and its thing, or of shares.

    A name that is more likely wrong than right need not be another. No sentence gives one number by one deed to a body
    and to a thing: of some 160 pairs in annotated texts two are such, both of what is free.
    """
    if one.article_id != other.article_id:
        return False
    if one.predicate in _ALIKE:
        return True
    named = _list_named(one, other, background)
    if one.span[0] < other.span[1] and other.span[0] < one.span[1]:
        paired = named and all(_are_body_and_thing(pair, background) for pair in named)
        return one.predicate in _EACH or not paired
    if any(claim.score is not None and claim.score < _EVEN for claim in (one, other)):
        return False
    return not all(_is_thing_of_body(pair, background) for pair in named)


def _are_body_and_thing(pair: tuple[Party, Party], background: Background) -> bool:
    """Whether one is a firm or a body and the other something that is made."""
    kinds = [background.find_type(one.entity) if one.entity else None for one in pair]
    return any(kind in BODIES for kind in kinds) and any(kind in MADE for kind in kinds)


def _is_thing_of_body(pair: tuple[Party, Party], background: Background) -> bool:
    """Whether the one may have made the other: it did, or nobody knows who did."""
    if not _are_body_and_thing(pair, background):
        return False
    body, thing = sorted((one.entity for one in pair if one.entity), key=lambda id: background.find_type(id) in MADE)
    makers = background.list_above(thing)
    return not makers or body in makers


def _pair_sides(one: Claim, other: Claim) -> tuple[tuple[Party | None, Party | None], ...]:
    return (one.subject, other.subject), (one.object, other.object)


def _list_named(one: Claim, other: Claim, background: Background) -> list[tuple[Party, Party]]:
    """Subjects, and objects, of the two that are two names."""
    return [
        (mine, theirs)
        for mine, theirs in _pair_sides(one, other)
        if mine and theirs and mine.entity and theirs.entity
        if make_party_key(mine, background) != make_party_key(theirs, background)
    ]


def _are_one(pairs: Sequence[tuple[Claim, Claim]], pages: Pages, background: Background) -> bool:
    """Whether something else says of any of them that both are of one story, and of none that it is told of two: of two
    names in one language of which neither sentence has the other's, where no story is known."""
    linked = False
    for one, other in pairs:
        related = one.article_id == other.article_id or _share_story(one, other, pages)
        strange = any(_is_strange(pair, one, other) for pair in _list_named(one, other, background))
        if strange and not related:
            return False
        linked = linked or related or _is_linked(one, other, background)
    return linked


def _is_strange(pair: tuple[Party, Party], one: Claim, other: Claim) -> bool:
    """Whether neither sentence has the name that the other one has, which in one language it would."""
    mine, theirs = pair
    return one.lang == other.lang and not (_is_named(mine.name, other) or _is_named(theirs.name, one))


def _share_story(one: Claim, other: Claim, pages: Pages) -> bool:
    """Whether their articles tell more that is the same: several numbers, or a new name; of shares, nothing tells."""
    if one.predicate in _ALIKE:
        return False
    mine, theirs = (pages.get(claim.article_id, _BLANK) for claim in (one, other))
    return len(mine.numbers & theirs.numbers) >= _TELLING or not mine.names.isdisjoint(theirs.names)


@lru_cache(10_000)  # each is asked of all that tell the number
def _match_name(name: str) -> re.Pattern[str]:
    return match_names([name])


def _is_named(name: str, claim: Claim) -> bool:
    """Whether the claim's sentence has the name, by itself: Aldin-1 is not in "Aldin-10"."""
    return _match_name(name).search(claim.text) is not None


def _is_curated(party: Party, background: Background) -> bool:
    entity = background.entities.get(party.entity) if party.entity else None
    return entity is not None and entity.curated


def _is_linked(one: Claim, other: Claim, background: Background) -> bool:
    """Whether they have a party in common, or the one in the sentence of the other."""
    mine, theirs = (_list_parties(claim, background) for claim in (one, other))
    if not mine.keys().isdisjoint(theirs):
        return True
    return any(_is_named(name, other) for name in mine.values()) or any(
        _is_named(name, one) for name in theirs.values()
    )


def _list_parties(claim: Claim, background: Background) -> dict[EntityId, str]:
    """Whom it speaks of by name; what it is measured by says nothing."""
    named = [party for party in (claim.subject, claim.object) if party and party.entity]
    return {
        background.find_root(party.entity): party.name
        for party in named
        if party.entity and background.find_type(party.entity) is not EntityType.BENCHMARK
    }
