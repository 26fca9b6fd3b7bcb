"""What became of a story beside what it expects, measure by measure (docs/stories.md says how each is counted)."""

from collections.abc import Callable, Iterable, Mapping

from evaluation.counting import Count
from evaluation.matching import Matched, match_matters
from evaluation.matters import (
    count_contradictions,
    count_copies,
    count_events,
    count_look_alikes,
    count_matters,
    count_origins,
)
from evaluation.outcome import Outcome
from evaluation.rows import (
    count_computed,
    count_drift,
    count_inflation,
    count_ledger,
    count_replies,
    count_stakes,
)
from ingest.stories.records import Story

Scores = Mapping[str, Count]
"""By measure, in the order of MEASURES."""

_COUNT: dict[str, Callable[[Story, Matched, Outcome], Count]] = {
    "matters": lambda story, matched, _: count_matters(story, matched),
    "status_events": lambda story, matched, _: count_events(story, matched),
    "later_steps": lambda story, matched, _: count_events(story, matched, later=True),
    "origins": count_origins,
    "copies": lambda story, _, outcome: count_copies(story, outcome),
    "contradictions": count_contradictions,
    "replies": lambda story, matched, _: count_replies(story, matched),
    "stakes": count_stakes,
    "drift": count_drift,
    "inflation": count_inflation,
    "ledger": lambda story, _, outcome: count_ledger(story, outcome),
    "computed": lambda story, _, outcome: count_computed(story, outcome),
    "look_alikes": count_look_alikes,
}
MEASURES = tuple(_COUNT)


def score_story(story: Story, outcome: Outcome) -> Scores:
    """Every measure of one story."""
    matched = match_matters(story, outcome)
    return {name: count(story, matched, outcome) for name, count in _COUNT.items()}


def add_scores(scores: Iterable[Scores]) -> Scores:
    """The measures of several stories together."""
    total = dict.fromkeys(MEASURES, Count())
    for one in scores:
        total = {name: total[name] + one[name] for name in MEASURES}
    return total
