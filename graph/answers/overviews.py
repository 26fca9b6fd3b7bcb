"""Analysis as views: paths, communities and activity, for pages and commands.

Apart from queries.py, which every command imports: networkx takes longer to load than most commands to run.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from graph.answers import analysis
from graph.answers.analysis import Period, Step
from graph.answers.viewing import refer, view_claim_records, view_tie
from graph.records import Entity, EntityId
from graph.searching.language import parse_search
from graph.store import GraphStore
from graph.views import (
    ActivityView,
    CommunitiesView,
    CommunityView,
    EntityCountView,
    EntityRef,
    PathsView,
    PeriodView,
    StepView,
)


def get_paths(store: GraphStore, start: Entity, end: Entity, longest: int = 4, limit: int = 5) -> PathsView:
    """Ways from one entity to another along claims and ties, shortest first."""
    found = analysis.find_paths(store, start.id, end.id, longest, limit)
    steps = [step for path in found.paths for step in path]
    refs = _refer_all(store, (id for step in steps for id in (step.start, step.end)))
    paths = tuple(tuple(_view_step(store, step, refs) for step in path) for path in found.paths)
    return PathsView(refer(start), refer(end), paths, found.complete)


def get_communities(store: GraphStore, text: str, now: datetime, limit: int = 10, size: int = 10) -> CommunitiesView:
    """Who is named together in the claims that a search text asks for. QueryError for a text that is wrong."""
    claims, complete = analysis.read_claims(store, parse_search(text, store.find_entities, now))
    found = analysis.find_communities(claims)[:limit]
    refs = _refer_all(store, (id for community in found for id, _ in community.entities[:size]))
    views = (
        CommunityView(len(community.entities), community.links, _count(community.entities[:size], refs))
        for community in found
    )
    return CommunitiesView(len(claims), complete, tuple(views))


def get_activity(
    store: GraphStore, text: str, now: datetime, period: Period = Period.MONTH, most: int = 5
) -> ActivityView:
    """Who is claimed about and who claims most, by period, in the claims that a search text asks for. QueryError."""
    claims, complete = analysis.read_claims(store, parse_search(text, store.find_entities, now))
    found = analysis.count_activity(claims, period, most)
    refs = _refer_all(store, (id for activity in found for id, _ in (*activity.about, *activity.says)))
    views = (
        PeriodView(activity.period, activity.claims, _count(activity.about, refs), _count(activity.says, refs))
        for activity in found
    )
    return ActivityView(len(claims), complete, tuple(views))


def _view_step(store: GraphStore, step: Step, refs: dict[EntityId, EntityRef]) -> StepView:
    ties = tuple(view_tie(tie, step.start, refs) for tie in step.ties)
    return StepView(refs[step.start], refs[step.end], view_claim_records(store, step.claims), ties)


def _count(counts: Sequence[tuple[EntityId, int]], refs: dict[EntityId, EntityRef]) -> tuple[EntityCountView, ...]:
    return tuple(EntityCountView(refs[id], number) for id, number in counts if id in refs)


def _refer_all(store: GraphStore, ids: Iterable[EntityId]) -> dict[EntityId, EntityRef]:
    return {entity.id: refer(entity) for entity in store.get_entities([*dict.fromkeys(ids)])}
