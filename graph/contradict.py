"""Propositions that cannot both hold: numbers, who is ahead, a place for one only (propositions.md, section 2)."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from graph.background import Background
from graph.propositions import Group, Rulings, Signature
from graph.propositions.amounts import Amount, excludes
from graph.propositions.signatures import Tense
from graph.records import Contradiction, ContradictionKind

# Reported this many days apart or less, two claims without a date speak of one time.
_SAME_TIME = 30
# A matter with more groups than this is compared with nearest numbers only.
_MOST_COMPARED = 50


def find_contradictions(
    groups: Iterable[Group], background: Background, rulings: Rulings | None = None
) -> tuple[Contradiction, ...]:
    """Pairs of one matter's groups that cannot both hold as far as their sentences say, each once, in order.

    Those that a judgement dismissed are there, marked so.
    """
    found: dict[tuple[str, str], Contradiction] = {}
    dismissed = _find_dismissed(groups := tuple(groups), rulings or Rulings())
    for matter in _bucket((g for g in groups if g.affirmed), lambda group: group.matter):
        for one, other, kind, score in (*_find_value(matter), *_find_order(matter), *_find_exclusive(matter)):
            first, second = sorted((one.id, other.id))
            pair = Contradiction(first, second, kind, score, frozenset((first, second)) in dismissed)
            found.setdefault((first, second), pair)
    return tuple(found[key] for key in sorted(found))


_Found = Iterator[tuple[Group, Group, ContradictionKind, float]]


def _find_value(groups: Sequence[Group]) -> _Found:
    """One measure of one thing at one time within one scope, and numbers of which no one is both."""

    def key(group: Group) -> tuple[str, ...]:
        s = group.signature
        return (s.family.name, s.subject, s.object, s.benchmark, s.measure, s.amount.unit if s.amount else "")

    numbered = [group for group in groups if group.signature.amount and group.signature.family.numbered]
    for alike in _bucket(numbered, key):
        for one, other in combinations(alike[:_MOST_COMPARED], 2):
            if excludes(_amount(one), _amount(other)) and _is_same_ground(one.signature, other.signature):
                yield one, other, ContradictionKind.VALUE, 0.9


def _find_order(groups: Sequence[Group]) -> _Found:
    """A beats B, B beats A, on the same named ground."""
    ahead = [group for group in groups if group.signature.family.name == "ahead" and group.signature.object]
    sides = _index(ahead, lambda g: (g.signature.subject, g.signature.object, g.signature.benchmark))
    for (subject, other, benchmark), ones in sides.items():
        if subject < other:
            for one in ones:
                for opposite in sides.get((other, subject, benchmark), ()):
                    if _is_same_ground(one.signature, opposite.signature):
                        yield one, opposite, ContradictionKind.ORDER, 0.9


def _find_exclusive(groups: Sequence[Group]) -> _Found:
    """Who heads one organisation at one time."""
    heads = [group for group in groups if group.signature.family.name == "heads"]
    for alike in _bucket(heads, lambda g: g.signature.object):
        for one, other in combinations(alike[:_MOST_COMPARED], 2):
            if one.signature.subject != other.signature.subject and _is_same_ground(one.signature, other.signature):
                yield one, other, ContradictionKind.EXCLUSIVE, 0.7


def _is_same_ground(one: Signature, other: Signature) -> bool:
    """Whether time, tense and limits are the same."""
    if one.scope != other.scope or (one.tense is Tense.LATER) != (other.tense is Tense.LATER):
        return False
    if one.window and other.window:
        return not one.window.is_apart(other.window, 0)
    if one.family.gap is None:
        return True
    days = [window.first if (window := s.window) else s.day for s in (one, other)]
    return abs(days[0] - days[1]) <= _SAME_TIME


def _amount(group: Group) -> Amount:
    assert group.signature.amount is not None
    return group.signature.amount


def _find_dismissed(groups: Sequence[Group], rulings: Rulings) -> set[frozenset[str]]:
    where = {link.claim: group.id for group in groups for link in group.links} if rulings.dismissed else {}
    return {frozenset((where[a], where[b])) for a, b in rulings.dismissed if a in where and b in where}


def _index(
    groups: Iterable[Group], key: Callable[[Group], tuple[str, str, str]]
) -> dict[tuple[str, str, str], list[Group]]:
    found: dict[tuple[str, str, str], list[Group]] = defaultdict(list)
    for group in groups:
        found[key(group)].append(group)
    return found


def _bucket(groups: Iterable[Group], key: Callable[[Group], Hashable]) -> list[list[Group]]:
    found: dict[Hashable, list[Group]] = {}
    for group in groups:
        found.setdefault(key(group), []).append(group)
    return list(found.values())
