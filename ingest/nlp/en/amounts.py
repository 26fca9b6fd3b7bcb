"""Which amounts of a sentence belong to a clause, and what they measure."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from graph.records import Comparator, Quantity
from ingest.nlp.document import Amount, Sentence
from ingest.nlp.en.clauses import Clause
from ingest.nlp.en.quantities import find_amounts, set_unit
from ingest.nlp.frames import Frame


@dataclass(frozen=True, slots=True)
class Placed:
    """An amount with the token that heads it."""

    amount: Amount
    token: Token


class OwnAmounts:
    """The amounts of one sentence, asked for by frame and clause."""

    def __init__(self, sentence: Sentence) -> None:
        self._taken = [(n.span[0] - sentence.span[0], n.span[1] - sentence.span[0]) for n in sentence.names]
        self._placed = [p for amount in find_amounts(sentence.text) if (p := self._place(sentence, amount))]

    def _place(self, sentence: Sentence, amount: Amount) -> Placed | None:
        if any(start <= amount.span[0] < end for start, end in self._taken):
            return None
        span = sentence.doc.char_span(*amount.span, alignment_mode="expand")
        if span is None or not len(span):
            return None
        plain = set_unit(amount, "USD", 0.01) if amount.unit == "cents" else amount
        return Placed(plain, span.root)

    @property
    def placed(self) -> tuple[Placed, ...]:
        """All of them, in the order of the text."""
        return tuple(self._placed)

    def find(self, frame: Frame, clause: Clause) -> list[Quantity]:
        """The amounts in the clause that fit the frame: the nearest one, or several prices side by side."""
        if frame.quantity is None:
            return []
        own = [p for p in self._fitting(frame) if _belongs(p.token, clause.head)]
        if not own:
            return []
        if frame.quantity.measure == "price" and "/" in own[0].amount.unit:
            return [make_quantity(p.amount, frame) for p in own]
        nearest = min(own, key=lambda p: (p.token.i < clause.head.i, abs(p.token.i - clause.head.i)))
        return [make_quantity(nearest.amount, frame)]

    def find_nearest(self, frame: Frame, token: Token) -> Quantity | None:
        """The fitting amount that stands nearest before a token, else after it within a few words."""
        fitting = list(self._fitting(frame))
        before = [p for p in fitting if 0 < token.i - p.token.i <= 8]
        after = [p for p in fitting if 0 < p.token.i - token.i <= 8]
        chosen = before[-1:] or after[:1]
        return make_quantity(chosen[0].amount, frame) if chosen else None

    def _fitting(self, frame: Frame) -> Iterator[Placed]:
        if frame.quantity is None:
            return
        for placed in self._placed:
            head, _, per = placed.amount.unit.partition("/")
            if head in frame.quantity.units or (per and head + "/" in frame.quantity.units):
                yield placed


def _belongs(token: Token, head: Token) -> bool:
    """Whether the first verb above a token is the head of the clause."""
    node = token
    while node.head != node:
        if node == head:
            return True
        node = node.head
        if node == head:
            return True
        if node.pos_ in {"VERB", "AUX"} and node.dep_ not in {"amod", "compound", "xcomp", "advcl"}:
            return False
    return False


def make_quantity(amount: Amount, frame: Frame) -> Quantity:
    """The amount with what it measures; a measure that starts with a minus is a fall and turns the sign."""
    measure = frame.quantity.measure if frame.quantity else ""
    value, high, comparator = amount.value, amount.high, amount.comparator
    unit = "downloads" if measure == "downloads" else amount.unit or "points"
    if measure.startswith("-"):
        value, comparator = -value, _turn(comparator)
        value, high = (-high, value) if high is not None and comparator is Comparator.RANGE else (value, None)
    return Quantity(measure.removeprefix("-"), value, unit, comparator, high, amount.text)


def _turn(comparator: Comparator) -> Comparator:
    return {
        Comparator.OVER: Comparator.UNDER,
        Comparator.UNDER: Comparator.OVER,
        Comparator.AT_LEAST: Comparator.AT_MOST,
        Comparator.AT_MOST: Comparator.AT_LEAST,
    }.get(comparator, comparator)
