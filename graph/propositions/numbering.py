"""Signatures divided by number: which numbers are one, and where those without go."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import replace
from math import inf

from graph.propositions.amounts import Amount, is_allowed, is_same
from graph.propositions.placed import Placed, bucket

# Numbers looked at for a vague one: where more lie in its range it can be said of several.
_MOST_INSIDE = 20


def divide_by_number(part: Sequence[Placed]) -> list[list[Placed]]:
    """By number; one without joins if there is just one, else all without stand as the general one."""
    if not part[0].signature.family.numbered:
        return [list(part)]
    numbered = [placed for placed in part if placed.signature.amount]
    groups = [
        group
        for members in bucket(numbered, lambda p: (p.signature.measure, _amount(p).unit))
        for group in _group_numbers(members)
    ]
    general = [placed for placed in part if not placed.signature.amount]
    if general and len(groups) == 1:
        groups[0] += [replace(p, score=0.8 * p.score, reason="no number, and only one is given") for p in general]
    elif general:
        groups.append(general)
    return groups


def _group_numbers(part: Sequence[Placed]) -> list[list[Placed]]:
    """The most exact numbers first; a rounder one joins the nearest that it may stand for."""
    exact = sorted(
        (p for p in part if not _amount(p).is_vague),
        key=lambda p: (_amount(p).high - _amount(p).low, _amount(p).stated),
    )
    groups: list[list[Placed]] = []
    anchors: list[tuple[float, int]] = []
    for placed in exact:
        found = _find_anchor(_amount(placed), anchors, groups)
        if found is None:
            insort(anchors, (_amount(placed).stated, len(groups)))
            groups.append([placed])
        else:
            groups[found].append(_round(placed, groups[found][0]))
    return groups + _group_vague([p for p in part if _amount(p).is_vague], anchors, groups)


def _group_vague(
    part: Sequence[Placed], anchors: Sequence[tuple[float, int]], groups: Sequence[list[Placed]]
) -> list[list[Placed]]:
    """Puts a vague number with the one that it can be said of; where there are several or none, it stands alone."""
    alone: dict[tuple[float, float], list[Placed]] = {}
    for placed in part:
        amount = _amount(placed)
        at = bisect_left(anchors, (amount.low, -1)), bisect_right(anchors, (amount.high, len(groups)))
        # An "over" is said of what lies just beyond it, an "under" of what lies just below.
        near = anchors[at[0] : at[1]][:_MOST_INSIDE] if amount.low > -inf else anchors[at[0] : at[1]][-_MOST_INSIDE:]
        inside = [groups[n] for _, n in near]
        fitting = [g for g in inside if is_same(amount, _amount(g[0]))]
        fitting = fitting or [g for g in inside if is_allowed(amount, _amount(g[0]))]
        if len(fitting) == 1:
            fitting[0].append(replace(placed, score=0.8 * placed.score, reason="the one number its words allow"))
        else:
            alone.setdefault((amount.low, amount.high), []).append(placed)
    return list(alone.values())


def _find_anchor(amount: Amount, anchors: list[tuple[float, int]], groups: list[list[Placed]]) -> int | None:
    at = bisect_left(anchors, (amount.stated, -1))
    around = [anchors[n] for n in (at - 1, at, at + 1) if 0 <= n < len(anchors)]
    fitting = [(abs(stated - amount.stated), n) for stated, n in around if is_same(amount, _amount(groups[n][0]))]
    return min(fitting)[1] if fitting else None


def _round(placed: Placed, anchor: Placed) -> Placed:
    if _amount(placed) == _amount(anchor):
        return placed
    return replace(placed, score=0.95 * placed.score, reason="the same number, rounded")


def _amount(placed: Placed) -> Amount:
    assert placed.signature.amount is not None
    return placed.signature.amount
