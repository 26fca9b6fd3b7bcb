"""What people judged, as lists: of some claims, by whom, of which kind, between which days."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from graph.answers.queries import view_claims, view_judgements
from graph.answers.viewing import list_once
from graph.errors import NotFound, QueryError
from graph.judging.carried import carry_on
from graph.records import VERDICTS, ClaimId, EntityId, Judgement, JudgementId, JudgementKind
from graph.rulings.hands import find_hands
from graph.rulings.resolve import find_about
from graph.store import GraphStore
from graph.views import ClaimView, JudgementView

# Of a judgement on many claims so many are quoted.
_QUOTED = 3


@dataclass(frozen=True, slots=True)
class JudgementQuery:
    """Which judgements are asked for; every condition given must hold. An undo is about what it takes back.

    since, until  made at or after; made before
    """

    who: str = ""
    kind: JudgementKind | None = None
    since: datetime | None = None
    until: datetime | None = None
    entity: EntityId | None = None
    claim: ClaimId | None = None


@dataclass(frozen=True, slots=True)
class JudgementsPage:
    """One page of judgements, newest first.

    claims  the first of those that they name and that are still there, by id
    people  who judged how often, most first; of all judgements
    next    cursor of the page after; None at the end
    """

    judgements: tuple[JudgementView, ...]
    claims: Mapping[str, ClaimView]
    people: tuple[tuple[str, int], ...]
    next: str | None


def list_judgements(
    store: GraphStore, query: JudgementQuery, limit: int = 50, after: JudgementId | None = None
) -> JudgementsPage:
    """The judgements that match, those that are taken back too. QueryError when the cursor is none of the list."""
    made = store.list_judgements(query.entity)
    found = [view for view in view_judgements(store, made) if _fits(view, query)]
    if query.claim:
        about = {one.id for one in made if query.claim in find_about(one, made).claims}
        found = [view for view in found if view.id in about]
    start = _find_start(found, after)
    page = tuple(found[start : start + limit])
    claims = view_claims(store, list_once(id for view in page for id in view.claims[:_QUOTED]))
    people = Counter(one.who for one in store.list_judgements())
    return JudgementsPage(
        page,
        {claim.id: claim for claim in claims},
        tuple(sorted(people.items(), key=lambda item: (-item[1], item[0]))),
        page[-1].id if start + limit < len(found) else None,
    )


def get_judgement(store: GraphStore, id: JudgementId) -> tuple[Judgement, JudgementView]:
    """One judgement. NotFound."""
    made = store.list_judgements()
    found = next((one for one in made if one.id == id), None)
    if found is None:
        raise NotFound(f"no judgement {id}; `claimgraph judge history` lists them", subject=id)
    return found, next(view for view in view_judgements(store, made) if view.id == id)


def list_about(store: GraphStore, claims: frozenset[ClaimId]) -> tuple[JudgementView, ...]:
    """The judgements that count and name one of these claims, newest first; undone ones and undos are left out.

    A ruling on what was misread is one on what people put in its place, a verdict on a reading one on the same of a
    later version of its page.
    """
    made = store.list_judgements()
    if not made or not claims:
        return ()
    articles = sorted({claim.article_id for claim in store.get_claims(sorted(claims))})
    carried = carry_on(store, made, articles).judgements
    follow = find_hands(carried).follow
    ids = {
        one.id
        for one in carried
        if not one.undoes
        and (
            not claims.isdisjoint(one.claims)
            or (one.kind not in VERDICTS and any(follow(id) in claims for id in one.claims))
        )
    }
    return tuple(view for view in view_judgements(store, made) if view.id in ids and view.counts)


def _fits(view: JudgementView, query: JudgementQuery) -> bool:
    return (
        (not query.who or view.who == query.who)
        and (query.kind is None or view.kind is query.kind)
        and (query.since is None or view.when >= query.since)
        and (query.until is None or view.when < query.until)
    )


def _find_start(found: list[JudgementView], after: JudgementId | None) -> int:
    if not after:
        return 0
    place = next((n for n, view in enumerate(found, start=1) if view.id == after), None)
    if place is None:
        raise QueryError("after: this is not a place in the list; start again from its first page", reason="refused")
    return place
