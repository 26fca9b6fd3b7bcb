"""What is new about watched things, by matter, with the sentences that brought it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.answers.proposition_views import MatterView
from graph.answers.viewing import list_once
from graph.records import ClaimId, News, Notice, PropositionId, Status, Watched
from graph.store import GraphStore
from graph.views import ClaimView
from graph.watching.noticed import NoticeView, view_notices
from graph.watching.since import find_notices
from web.language.measures import spell_measures


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
    views = view_notices(store, notices[::-1])
    by_matter: dict[PropositionId, list[NoticeView]] = {}
    for view in views:
        by_matter.setdefault(view.matter.id, []).append(view)
    changes = tuple(_make_change(found[0].matter, [one.notice for one in found]) for found in by_matter.values())
    return ChangesView(since, changes, {view.claim.id: view.claim for view in views})


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
