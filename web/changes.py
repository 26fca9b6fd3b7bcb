"""What is new about watched things, by matter, with the sentences that brought it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.proposition_views import MatterView, view_matters
from graph.records import ClaimId, News, Notice, PropositionId, Status, Watched
from graph.store import GraphStore
from graph.viewing import list_once, view_claim_records
from graph.views import ClaimView
from graph.watching import find_notices
from web.measures import spell_measures


@dataclass(frozen=True, slots=True)
class BroughtView:
    """What one claim brought that is new, and when its article was fetched."""

    claim: ClaimId
    news: tuple[News, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What is new about one matter.

    news     all that it is, in the order of the set
    status   the last step; None where it took none
    brought  by which claims, the newest first
    because  what is watched that it belongs to
    at       when the last of it was fetched
    """

    matter: MatterView
    news: tuple[News, ...]
    status: Status | None
    brought: tuple[BroughtView, ...]
    because: tuple[Watched, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What came with articles fetched from `since` on, by matter, the newest first, and the claims by id."""

    since: datetime
    changes: tuple[ChangeView, ...]
    claims: Mapping[str, ClaimView]


def find_changes(store: GraphStore, items: Sequence[Watched], since: datetime, until: datetime) -> ChangesView:
    """What is new about these things. Nothing weak or misread."""
    notices = find_notices(store, items, since, until, spell_measures()) if items else ()
    by_matter: dict[PropositionId, list[Notice]] = {}
    for notice in reversed(notices):
        by_matter.setdefault(notice.matter, []).append(notice)
    if not notices:
        return ChangesView(since, (), {})
    claims = view_claim_records(store, store.get_claims(list_once(one.claim for one in notices)))
    matters = {view.id: view for view in view_matters(store, store.get_propositions(list(by_matter)))}
    # What was derived anew since it was looked up is left out.
    changes = (_make_change(matters[id], found) for id, found in by_matter.items() if id in matters)
    return ChangesView(since, tuple(changes), {claim.id: claim for claim in claims})


def _make_change(matter: MatterView, notices: Sequence[Notice]) -> ChangeView:
    """`notices` the newest first."""
    by_claim: dict[ClaimId, list[Notice]] = {}
    for notice in notices:
        by_claim.setdefault(notice.claim, []).append(notice)
    return ChangeView(
        matter,
        _join_news(notices),
        next((one.status for one in notices if one.status), None),
        tuple(BroughtView(id, _join_news(found), found[0].at) for id, found in by_claim.items()),
        tuple(list_once(one.watched for one in notices)),
        notices[0].at,
    )


def _join_news(notices: Sequence[Notice]) -> tuple[News, ...]:
    found = {news for one in notices for news in one.news}
    return tuple(news for news in News if news in found)
