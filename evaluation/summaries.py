"""Scores of stories for people and as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from evaluation.counting import Count
from evaluation.scoring import MEASURES, Scores, add_scores

_WIDTH = max(map(len, MEASURES))


def format_stories(scores: Mapping[str, Scores]) -> Iterator[str]:
    """The lines of each story by name, then of all together."""
    for name, one in (*scores.items(), ("total", add_scores(scores.values()))):
        yield name
        yield from (f"  {measure:<{_WIDTH}}  {_format(count)}" for measure, count in one.items())


def _format(count: Count) -> str:
    return f"{count.found:3} of {count.expected:3}" + (f"  {count.extra:3} too much" if count.extra else "")


def summarize_stories(scores: Mapping[str, Scores]) -> dict[str, object]:
    """`stories` by name and `total`: of each measure `found`, `expected` and `extra`."""
    stories = {name: _summarize(one) for name, one in scores.items()}
    return {"stories": stories, "total": _summarize(add_scores(scores.values()))}


def _summarize(scores: Scores) -> dict[str, dict[str, int]]:
    return {measure: asdict(count) for measure, count in scores.items()}
