"""The signatures of one matter divided into propositions: by parties, tense, time, words and number, in that order.

Each step takes signatures in one fixed order and looks at sorted neighbours only, so that the work grows as n log n.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from math import inf
from typing import TypeVar

from graph.propositions import words
from graph.propositions.families import ACTS, DAYS_OF_ONE_EVENT
from graph.propositions.numbering import divide_by_number
from graph.propositions.placed import Placed, bucket
from graph.propositions.scopes import SORTS
from graph.propositions.signatures import Signature, Tense
from graph.propositions.windows import Window

_T = TypeVar("_T")

# Two days given as dates, this far apart, are two events; an affair takes its whole gap.
_DATED_APART = 7
# A date wider than this (a year, a quarter) says too little to tell two events apart.
_WIDE = 31
# Shares of stemmed words in common from which two sentences on one thing say the same.
_SAME_WORDS = 0.5
# Sentences compared with each new one, those that share its rarest words first.
MOST_COMPARED = 20

Part = tuple[Placed, ...]


def divide(signatures: Sequence[Signature]) -> list[Part]:
    """The signatures of a matter, given in order, as the parts that each speak of one proposition."""
    parts = [[Placed(signature, 1.0, "the same parties, and the same said of them") for signature in signatures]]
    if len(signatures) == 1:  # as most are, and no step could part it or move it
        return [tuple(parts[0])]
    for step in (_divide_by_parties, _divide_by_tense, _divide_by_time, _divide_by_words, divide_by_number):
        parts = [smaller for part in parts for smaller in step(part)]
    return [tuple(part) for part in parts]


def _divide_by_parties(part: Sequence[Placed]) -> list[list[Placed]]:
    def key(placed: Placed) -> tuple[str, ...]:
        signature = placed.signature
        beside = "number" if signature.family.aside and signature.amount else ""
        sort = " ".join(sorted(signature.scope & SORTS))
        act = ACTS.get(signature.predicate, signature.family.name)
        return act, signature.subject, signature.object, signature.benchmark, beside, sort

    return bucket(part, key)


def _divide_by_tense(part: Sequence[Placed]) -> list[list[Placed]]:
    """What is and what will be; denials and rumours go with what is, or with what will be if there is no other."""
    first = part[0].signature
    if not first.family.tense or (first.family.aside and first.amount):
        return [list(part)]
    tenses = {placed.signature.tense for placed in part}
    open_goes = Tense.LATER if Tense.LATER in tenses and Tense.NOW not in tenses else Tense.NOW

    def key(placed: Placed) -> Tense:
        tense = placed.signature.tense
        return open_goes if tense is Tense.OPEN else tense

    return bucket(part, key)


def _divide_by_time(part: Sequence[Placed]) -> list[list[Placed]]:
    """Events by their days; what is not dated joins the event nearest to its report, or those reported near it. Of what
    happens once two days are two versions, whatever month holds both."""
    family = part[0].signature.family
    gap = DAYS_OF_ONE_EVENT if family.once else family.gap
    parted = family.once and len(_cut_dated(part, DAYS_OF_ONE_EVENT, widest=0)) > 1
    if gap is None or (family.once and not parted and len(_cut_dated(part, gap)) < 2):
        return [list(part)]
    widest = 0 if parted else _WIDE
    dated = [p for p in part if p.signature.window and not _is_wide(p.signature.window, widest)]
    wide = [p for p in part if p.signature.window and _is_wide(p.signature.window, widest)]
    undated = [p for p in part if not p.signature.window]
    apart = gap if gap > DAYS_OF_ONE_EVENT else min(gap, _DATED_APART)
    events = _cut(dated, lambda p: (_window(p).first, _window(p).last), apart)
    firsts = [min(_window(p).first for p in event) for event in events]
    spans = [Window(first, max(_window(p).last for p in event)) for first, event in zip(firsts, events, strict=True)]
    near = max(gap, DAYS_OF_ONE_EVENT)
    left = [placed for placed in undated if not _join_nearest(placed, events, spans, firsts, near)]
    alone = [[placed] for placed in wide if not _join_inside(placed, events, spans)]
    return events + _cut_from_start(left, near) + alone


def _join_inside(placed: Placed, events: list[list[Placed]], spans: Sequence[Window]) -> bool:
    """Puts a year or a quarter with the one event in it."""
    inside = [event for event, span in zip(events, spans, strict=True) if not _window(placed).is_apart(span, 0)]
    if len(inside) != 1:
        return False
    inside[0].append(replace(placed, score=0.8, reason="the one such event in the time that it gives"))
    return True


def _join_nearest(
    placed: Placed, events: list[list[Placed]], spans: Sequence[Window], firsts: Sequence[int], near: int
) -> bool:
    """Puts what has no date with the event nearest to its report, unless that is too far."""
    day = placed.signature.day
    at = bisect_left(firsts, day)
    around = [n for n in (at - 1, at) if 0 <= n < len(spans)]
    distances = {n: max(0, spans[n].first - day, day - spans[n].last) for n in around}
    best = min(distances, key=lambda n: (distances[n], n), default=None)
    if best is None or distances[best] > near:
        return False
    events[best].append(replace(placed, score=0.9, reason=f"no date; the event spoken of within {near} days"))
    return True


def _divide_by_words(part: Sequence[Placed]) -> list[list[Placed]]:
    """By what the sentences say, where parties do not tell: each joins the earlier one whose words it shares most."""
    if not part[0].signature.family.worded:
        return [list(part)]
    groups: list[list[Placed]] = []
    where: dict[frozenset[str], int] = {}
    by_word: dict[str, list[int]] = defaultdict(list)
    topics: list[frozenset[str]] = []
    for placed in part:
        topic = placed.signature.topic
        found = where.get(topic)
        if found is None:
            found = _find_alike(topic, topics, by_word)
        if found is None:
            found = len(groups)
            groups.append([])
            topics.append(topic)
            for word in topic:
                by_word[word].append(found)
        where.setdefault(topic, found)
        groups[found].append(placed)
    return groups


def _find_alike(topic: frozenset[str], topics: Sequence[frozenset[str]], by_word: dict[str, list[int]]) -> int | None:
    compared: list[int] = []
    for word in sorted(topic, key=lambda word: (len(by_word.get(word, ())), word)):
        compared += [n for n in by_word.get(word, ())[:MOST_COMPARED] if n not in compared]
        if len(compared) >= MOST_COMPARED:
            break
    shares = [(words.compare_topics(topic, topics[n]), -n) for n in compared[:MOST_COMPARED]]
    best = max(shares, default=(0.0, 0))
    return -best[1] if best[0] >= _SAME_WORDS else None


def _window(placed: Placed) -> Window:
    assert placed.signature.window is not None
    return placed.signature.window


def _is_wide(window: Window, widest: float) -> bool:
    return window.last - window.first > widest


def _cut(part: Iterable[_T], span: Callable[[_T], tuple[int, int]], apart: int) -> list[list[_T]]:
    """Runs of those whose spans lie no further apart than so many days."""
    runs: list[list[_T]] = []
    end = 0
    for one in sorted(part, key=span):
        first, last = span(one)
        if not runs or first - end > apart:
            runs.append([])
            end = last
        runs[-1].append(one)
        end = max(end, last)
    return runs


def _cut_dated(part: Sequence[Placed], apart: int, widest: float = inf) -> list[list[Placed]]:
    dated = [p for p in part if p.signature.window and not _is_wide(p.signature.window, widest)]
    return _cut(dated, lambda p: (_window(p).first, _window(p).last), apart)


def _cut_from_start(part: Iterable[Placed], days: int) -> list[list[Placed]]:
    """Runs that last no longer than so many days: what is spoken of every day does not become one long event."""
    runs: list[list[Placed]] = []
    start = 0
    for placed in sorted(part, key=lambda p: p.signature.day):
        if not runs or placed.signature.day - start > days:
            runs.append([])
            start = placed.signature.day
        runs[-1].append(placed)
    return runs
