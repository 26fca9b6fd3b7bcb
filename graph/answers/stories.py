"""The story of a matter, as a view: for commands, API and pages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from graph.answers.chapters import (
    ChapterView,
    Clock,
    OpposedView,
    index_propositions,
    list_ends,
    list_taken_back,
    make_chapters,
    read_claimed_evidence,
    refer_all,
    view_contradictions,
    view_named_claims,
)
from graph.answers.evidence import MOST_CLAIMS, find_subject
from graph.answers.figures import Figures, find_figures
from graph.answers.viewing import refer
from graph.computed import Tables
from graph.matters.within import SelfContradiction, find_self_contradictions
from graph.store import GraphStore
from graph.views import ClaimView, EntityRef


@dataclass(frozen=True, slots=True)
class StoryView:
    """The story of a matter as known by a moment: accusations and what is contested in many articles first.

    articles  pages in which its claims stand
    within    articles that contradict themselves
    more      propositions that are not shown
    complete  all claims were looked at
    claims    every claim that the view names, by id; entities likewise
    """

    query: str
    clock: Clock
    about: tuple[EntityRef, ...]
    articles: int
    first_at: datetime | None
    last_at: datetime | None
    chapters: tuple[ChapterView, ...]
    contradictions: tuple[OpposedView, ...]
    within: tuple[SelfContradiction, ...]
    figures: tuple[Figures, ...]
    more: int
    complete: bool
    claims: Mapping[str, ClaimView]
    entities: Mapping[str, EntityRef]


def get_story(
    store: GraphStore, text: str, clock: Clock, tables: Tables, limit: int = 12, most: int = MOST_CLAIMS
) -> StoryView:
    """The story of what a search text asks for, told from its newest claims. QueryError for a text that is wrong."""
    subject = find_subject(store, text, clock.known_by, clock.known_by, most)
    evidence = read_claimed_evidence(store, subject.claims, clock)
    shown = make_chapters(store, evidence, clock, tables, limit)
    kept = {chapter.matter for chapter in shown}
    told = evidence.utterances
    near = [one for id, ones in evidence.told.items() if id in kept for one in ones]
    opposed = tuple(one for one in evidence.contradictions if kept & {one.one, one.other})
    contradictions = view_contradictions(store, replace(evidence, contradictions=opposed), clock)
    within = find_self_contradictions(told, index_propositions(evidence))
    taken_back = list_taken_back(evidence.propositions, clock)
    measured = find_figures(near, tables.rates, index_propositions(evidence), taken_back)
    figures = tuple(one for one in measured if len(one.figures) + len(one.left) > 1)
    named = [id for pair in within for id in (pair.one, pair.other)]
    named += [id for chapter in shown for id in (*chapter.affirmed, *chapter.denied)]
    named += [id for chapter in shown for event in chapter.history for id in event.basis]
    named += [id for view in contradictions for id in (*view.one_claims, *view.other_claims)]
    return StoryView(
        text,
        clock,
        tuple(refer(entity) for entity in subject.entities),
        len({one.article.url for one in told}),
        min((one.at for one in told), default=None),
        max((one.at for one in told), default=None),
        shown,
        contradictions,
        within,
        figures,
        len(evidence.propositions) - len(shown),
        subject.complete,
        view_named_claims(store, near, named),
        refer_all(store, (id for chapter in shown for stake in chapter.stakes for id in list_ends(stake))),
    )
