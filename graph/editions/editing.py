"""The edition of a day, or of what was fetched since a moment: which stories it has, and what stands beside them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from graph.answers.chapters import list_ends, read_replies, refer_all, view_named_claims
from graph.answers.evidence import read_evidence
from graph.answers.proposition_views import view_matters
from graph.editions.clustering import Cluster, cluster, gather_all
from graph.editions.gathering import Gathered, gather
from graph.editions.ranking import Candidate
from graph.editions.stories import find_former, read_scene, tell_story
from graph.editions.views import EditionStory, EditionView, StepView, UnansweredView
from graph.editions.windows import Window, begin_days, find_day, list_days, make_day
from graph.matters.reply import Answer
from graph.proposition_store import Order, PropositionQuery
from graph.records import ClaimType, PropositionId, Status
from graph.store import ClaimQuery, GraphStore
from graph.views import EntityRef

STORIES, LINES = 12, 18
"""How many are told in full, and how many in a line each."""

_STEPS = 5
_UNANSWERED, _LOOKED_AT = 5, 20
_UNANSWERED_FOR = timedelta(days=30)
_DAYS = 30
# The next day with reports is looked for so far ahead.
_AHEAD = 400
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Desk:
    """What an edition is made with beside the store.

    zone   whose days they are; name: what it is called
    aside  how many articles of a window were found not to be about AI
    """

    zone: tzinfo = UTC
    name: str = "UTC"
    aside: Callable[[Window], int] = lambda window: 0


def find_running_day(store: GraphStore, today: date, zone: tzinfo) -> tuple[date | None, bool]:
    """The day that runs; where nothing was reported on it yet, the last one on which something was, and True. None in
    an empty store."""
    latest = store.count().latest
    if latest is None:
        return None, False
    return min(find_day(latest, zone), today), find_day(latest, zone) < today


def get_day(store: GraphStore, day: date, desk: Desk, running: date) -> EditionView:
    """The edition of a day. `running` is the day that runs: there is none after it."""
    window = make_day(day, desk.zone)
    view = _edit(store, window, desk)
    counts = count_days(store, day - (_DAYS - 1) * _DAY, day, desk.zone)
    return replace(
        view,
        day=day,
        days=counts,
        before=_find_before(store, counts, day, desk.zone),
        after=_find_after(store, day, running, desk.zone),
    )


def get_news(store: GraphStore, since: datetime, desk: Desk) -> EditionView:
    """The edition of what was fetched since a moment, whenever it was published."""
    return _edit(store, Window(since, fetched=True), desk)


def count_days(store: GraphStore, first: date, last: date, zone: tzinfo) -> dict[date, int]:
    """How many claims that count were reported on each day, days without any among them."""
    days = list_days(first, last)
    return dict(zip(days, store.count_reports(begin_days(days, zone)), strict=True))


def find_earlier(store: GraphStore, day: date, zone: tzinfo) -> date | None:
    """The last day before a day on which something that counts was reported; None where there is none."""
    found = store.find_claims(ClaimQuery(until=make_day(day, zone).start, weak=False), 1).claims
    return find_day(found[0].reported_at, zone) if found else None


def _find_before(store: GraphStore, counts: dict[date, int], day: date, zone: tzinfo) -> date | None:
    near = [one for one, claims in counts.items() if claims and one < day]
    return near[-1] if near else find_earlier(store, day, zone)


def _find_after(store: GraphStore, day: date, running: date, zone: tzinfo) -> date | None:
    last = min(running, day + _AHEAD * _DAY)
    if day >= last:
        return None
    return next((one for one, claims in count_days(store, day + _DAY, last, zone).items() if claims), None)


def _edit(store: GraphStore, window: Window, desk: Desk) -> EditionView:
    gathered = gather(store, window)
    alone = store.count().articles == 1
    clusters = (gather_all if alone else cluster)(gathered.ranked)
    shown = clusters[: STORIES + LINES]
    scene = read_scene(store, window, gathered, shown)
    stories = [told for story in shown if (told := tell_story(story, scene))]
    told_of = _list_told(shown)
    steps = _find_steps(store, gathered, window, told_of)
    unanswered = _find_unanswered(store, window, _list_shown(stories)) if window.end else ()
    named = [id for story in stories for id in (*story.says, *story.claims, *([story.denies] if story.denies else []))]
    return EditionView(
        day=None,
        zone=desk.name,
        is_last=False,
        since=window.start,
        until=window.end,
        is_alone=alone,
        articles=len(gathered.articles),
        sources=len(gathered.sources),
        matters=gathered.matters,
        stories=tuple(stories[:STORIES]),
        lines=tuple(stories[STORIES:]),
        left=gathered.matters - len(told_of),
        steps=steps,
        unanswered=unanswered,
        weak=gathered.weak,
        aside=desk.aside(window),
        before=None,
        after=None,
        days={},
        claims=view_named_claims(store, scene.evidence.utterances, named),
        entities=_refer_ends(store, stories),
    )


def _refer_ends(store: GraphStore, stories: Iterable[EditionStory]) -> dict[str, EntityRef]:
    return refer_all(store, (id for story in stories if story.stake for id in list_ends(story.stake)))


def _list_told(clusters: Iterable[Cluster]) -> frozenset[PropositionId]:
    return frozenset(one.id for story in clusters for one in (story.lead, *story.others))


def _list_shown(stories: Iterable[EditionStory]) -> frozenset[PropositionId]:
    """The matters whose headlines stand on the page."""
    return frozenset(one.matter.id for story in stories for one in (story.lead, *story.more))


def _find_steps(
    store: GraphStore, gathered: Gathered, window: Window, told_of: frozenset[PropositionId]
) -> tuple[StepView, ...]:
    """The best steps of matters that no story tells; a first report is none."""
    found = [one for one in gathered.ranked if one.id not in told_of and _is_step(one)][:_STEPS]
    views = view_matters(store, (gathered.propositions[one.id] for one in found), window.known_by)
    formers = (find_former(gathered.propositions[view.id], window, gathered.now) for view in views)
    return tuple(StepView(view, was.status if was else None) for view, was in zip(views, formers, strict=True))


def _is_step(one: Candidate) -> bool:
    return one.reasons.step not in (None, Status.REPORTED)


def _find_unanswered(store: GraphStore, window: Window, shown: frozenset[PropositionId]) -> tuple[UnansweredView, ...]:
    """Accusations reported of late that stand as they were made and that nobody has answered, newest report first."""
    end = window.known_by
    query = PropositionQuery(
        types=(ClaimType.ALLEGATION,),
        statuses=(Status.ALLEGED,),
        since=end - _UNANSWERED_FOR,
        known_by=end,
        order=Order.NEWEST,
    )
    found = [one for one in store.find_propositions(query, _LOOKED_AT).propositions if one.id not in shown]
    if not found:
        return ()
    evidence = read_evidence(store, [one.id for one in found], end)
    silent = []
    for one in evidence.propositions:
        replies = read_replies(one, evidence)
        last = max(told.at for told in evidence.told[one.id])
        if last >= end - _UNANSWERED_FOR and replies and all(reply.answer is Answer.SILENT for reply in replies):
            silent.append(one)
    views = view_matters(store, silent[:_UNANSWERED], end)
    return tuple(UnansweredView(view, (end - view.first_reported_at).days) for view in views)
