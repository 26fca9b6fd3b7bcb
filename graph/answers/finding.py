"""The search of the pages: what was typed is read, answered by relevance or by time, and narrowed further."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from graph.answers.blocks import Best, Blocks
from graph.answers.queries import count_weak
from graph.answers.typed import Chip, Trouble, Typed, read_typed
from graph.answers.viewing import view_claim_records
from graph.errors import QueryError
from graph.ids import fold_name
from graph.records import Claim
from graph.searching.facets import count_facets
from graph.searching.relevance import order_claims
from graph.spelling.likeness import find_nearest
from graph.store import ClaimQuery, Facet, GraphStore
from graph.views import ClaimView, EntityRef, FacetValue

# Ranked are so many of the newest matches of words; matters and articles are those of as many.
BEST = 200
# A mistyped word is at most so much longer or shorter; long vowels count for nothing.
_LONGER = 3


class Ranking(StrEnum):
    """By how well the words fit, or newest report first."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class FoundView:
    """A page of claims that a text asks for.

    ranking   how they are ordered; `relevance` can be had only where there are words
    total     of all that match, exact below 10,000, which is given for more too
    facets    counts to narrow by, over the newest 10,000
    chips     what each part of the text was read as
    troubles  what was not understood
    names     entities meant; measures likewise
    literal   the text that asks for the same words as they stand; empty where nothing was read out of them
    as_words  what was read found nothing, so that the words were searched as they stand
    left_out  no sentence has the words behind a wrong key either, so that they were left out
    meant     of a word that stands nowhere: the text with the nearest spelling in its place; else empty
    hidden    weak readings that match beside these
    blocks    what stands before the claims of the first page
    """

    query: str
    claims: tuple[ClaimView, ...]
    total: int
    ranking: Ranking
    can_rank: bool
    facets: Mapping[str, tuple[FacetValue, ...]]
    next: str | None
    previous: str | None
    chips: tuple[Chip, ...]
    troubles: tuple[Trouble, ...]
    names: tuple[EntityRef, ...]
    measures: tuple[str, ...]
    literal: str
    as_words: bool = False
    left_out: bool = False
    meant: str = ""
    hidden: int = 0
    blocks: Blocks | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What is searched for: a text as read, less what was left out, or its words as they stand (FoundView)."""

    typed: Typed
    as_words: bool
    left_out: bool


def settle(store: GraphStore, text: str, now: datetime, measures: Mapping[str, str]) -> Settled:
    """What a text asks for, by what is there. QueryError for one that is too long."""
    typed, left_out = _leave_doubted(store, read_typed(store, text, now, measures))
    typed, as_words = _take_literally(store, typed, now)
    return Settled(typed, as_words, left_out)


def find(
    store: GraphStore,
    text: str,
    now: datetime,
    measures: Mapping[str, str],
    limit: int = 20,
    after: str | None = None,
    before: str | None = None,
    ranking: Ranking | None = None,
) -> tuple[FoundView, Best]:
    """What a text finds, and what its blocks are made from (blocks.py). QueryError for one that is too
    long, and for a cursor that is none of ours.

    measures  the measure of each folded spelling
    ranking   None for relevance where there are words, else newest first
    """
    settled = settle(store, text, now, measures)
    typed = settled.typed
    can_rank = bool(typed.words)
    chosen = ranking if ranking and can_rank else Ranking.RELEVANCE if can_rank and not ranking else Ranking.NEWEST
    facets = count_facets(store, text, typed.query)
    total = sum(store.count_claims(typed.query, Facet.POLARITY).values())
    best = _rank(store, typed.query, now) if chosen is Ranking.RELEVANCE else ()
    if chosen is Ranking.RELEVANCE:
        claims, following, preceding = _cut([claim for claim, _ in best], limit, after, before)
    else:
        page = store.find_claims(typed.query, limit=limit, after=after, before=before)
        claims, following, preceding = page.claims, page.next, page.previous
        best = tuple((claim, 1.0) for claim in store.find_claims(typed.query, limit=BEST).claims)
    view = FoundView(
        query=text,
        claims=view_claim_records(store, claims),
        total=total,
        ranking=chosen,
        can_rank=can_rank,
        facets=facets,
        next=following,
        previous=preceding,
        chips=typed.chips,
        troubles=typed.troubles,
        names=typed.names,
        measures=typed.measures,
        literal=typed.literal,
        as_words=settled.as_words,
        left_out=settled.left_out,
        meant="" if total else _find_meant(store, text, typed),
        hidden=count_weak(store, typed.query) if typed.query.weak is False else 0,
    )
    return view, Best(typed.names, typed.measures, best)


def _leave_doubted(store: GraphStore, typed: Typed) -> tuple[Typed, bool]:
    """The same without the words behind wrong keys where nothing has them; whether they were left out."""
    if not typed.doubted or _has_any(store, typed):
        return typed, False
    kept = tuple(word for word in typed.query.words if word not in typed.doubted)
    query = replace(typed.query, words=kept)
    return replace(typed, query=query, words=(*kept, *query.phrases), doubted=()), True


def _take_literally(store: GraphStore, typed: Typed, now: datetime) -> tuple[Typed, bool]:
    """The words as they stand where what was read out of them finds nothing and they do; whether it is so."""
    if not typed.literal or _has_any(store, typed):
        return typed, False
    asked = read_typed(store, typed.literal, now, {})
    if not _has_any(store, asked):
        return typed, False
    return replace(asked, text=typed.text, troubles=typed.troubles), True


def _has_any(store: GraphStore, typed: Typed) -> bool:
    return bool(store.find_claims(typed.query, limit=1).claims)


def _rank(store: GraphStore, query: ClaimQuery, now: datetime) -> tuple[tuple[Claim, float], ...]:
    ranked = store.rank_claims(query, now, BEST)
    claims = store.get_claims([one.claim for one in ranked])
    copies = {copy.article for copy in store.list_copies(list(dict.fromkeys(claim.article_id for claim in claims)))}
    return order_claims(claims, {one.claim: one.fit for one in ranked}, copies)


def _cut(
    claims: Sequence[Claim], limit: int, after: str | None, before: str | None
) -> tuple[Sequence[Claim], str | None, str | None]:
    """The page of a list that is read whole: its cursors are places in it. QueryError."""
    start = _read_place(after) if after else max(0, _read_place(before) - limit) if before else 0
    end = start + limit
    return claims[start:end], str(end) if end < len(claims) else None, str(start) if start else None


def _read_place(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 5):
        message = f"cursor {cursor[:40]!r} is not one of ours; start from the first page"
        raise QueryError(message, subject=cursor, reason="refused")
    return int(cursor)


def _find_meant(store: GraphStore, text: str, typed: Typed) -> str:
    """The text with the nearest spelling in the place of the first word that stands nowhere; else empty."""
    for chip, (start, end) in zip(typed.chips, typed.places, strict=True):
        if chip.key != "word" or chip.minus or not any(map(str.isalnum, chip.value)):
            continue
        if store.find_claims(ClaimQuery(words=(chip.value,)), limit=1).claims:
            continue
        folded = fold_name(chip.value)
        known = store.list_spellings(max(1, len(folded) - _LONGER), len(folded) + _LONGER)
        if nearest := find_nearest(folded, known):
            entity = store.find_spelled([nearest])[nearest]
            names = (entity.name, entity.name_ja or "", *entity.aliases)
            spelled = next((name for name in names if fold_name(name) == nearest), nearest)
            return text[:start] + spelled + text[end:]
    return ""
