"""Ranked matters → stories: what a reader takes for one thing stands together, under the matter that leads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.editions.ranking import Candidate
from graph.records import GRAVE


@dataclass(frozen=True, slots=True)
class Cluster:
    """Matters told together: the best of them, and the others in their order."""

    lead: Candidate
    others: tuple[Candidate, ...]


def cluster(ranked: Iterable[Candidate]) -> tuple[Cluster, ...]:
    """The stories by their leads. Each matter joins the first story whose lead it belongs to; only leads are compared,
    so that nothing chains."""
    stories: list[tuple[Candidate, list[Candidate]]] = []
    for one in ranked:
        story = next((others for lead, others in stories if belongs(one, lead)), None)
        if story is None:
            stories.append((one, []))
        else:
            story.append(one)
    return tuple(Cluster(lead, tuple(others)) for lead, others in stories)


def gather_all(ranked: Sequence[Candidate]) -> tuple[Cluster, ...]:
    """One story of all, under the first."""
    return (Cluster(ranked[0], tuple(ranked[1:])),) if ranked else ()


def belongs(one: Candidate, lead: Candidate) -> bool:
    """Whether a matter is told with the one that leads a story."""
    if lead.id in one.rivals:
        return True
    if one.articles.isdisjoint(lead.articles):
        return False
    if len(one.parties & lead.parties) > 1:
        return True
    if one.roots.isdisjoint(lead.roots):
        return False
    if one.family == lead.family:
        return True
    return one.articles <= lead.articles and one.type not in GRAVE and one.score <= lead.score / 2
