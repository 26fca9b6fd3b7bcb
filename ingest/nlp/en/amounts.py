"""Which amounts of a sentence belong to a clause, and what they measure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from graph.records import Comparator, Quantity
from ingest.nlp.document import Amount, Sentence
from ingest.nlp.en.clauses import Clause
from ingest.nlp.en.quantities import find_amounts, set_unit
from ingest.nlp.frames import Frame

_OPENER = re.compile(r"\b(?P<word>from|to|by)\s+(?:(?:about|just|only|nearly|over|around)\s+)?$", re.IGNORECASE)
# Measures of which a clause may give several: a price for each direction, a size for each variant.
_LISTED = frozenset({"price", "parameters"})


@dataclass(frozen=True, slots=True)
class Placed:
    """An amount with the token that heads it."""

    amount: Amount
    token: Token


_WORTH = frozenset({"valuation", "worth", "value", "capitalization", "capitalisation", "cap"})


class OwnAmounts:
    """The amounts of one sentence, asked for by frame and clause."""

    def __init__(self, sentence: Sentence) -> None:
        self._taken = [(n.span[0] - sentence.span[0], n.span[1] - sentence.span[0]) for n in sentence.names]
        self.placed = [p for amount in find_amounts(sentence.text) if (p := self._place(sentence, amount))]

    def _place(self, sentence: Sentence, amount: Amount) -> Placed | None:
        if any(start <= amount.span[0] < end for start, end in self._taken) and "$" not in amount.text[:4]:
            return None  # a number within a name; "US$20" is none
        span = sentence.doc.char_span(*amount.span, alignment_mode="expand")
        if span is None or not len(span):
            return None
        return Placed(_make_plain(amount), span.root)

    def find(self, frame: Frame, clause: Clause) -> list[Quantity]:
        """The amounts in the clause that fit the frame: the nearest one, or several prices or sizes side by side."""
        if frame.quantity is None:
            return []
        own = drop_former([p for p in self._fitting(frame) if _belongs(p.token, clause.head)])
        own = _split_valuation(own, frame.quantity.measure)
        if not own:
            return []
        if frame.quantity.measure in _LISTED and ("/" in own[0].amount.unit or frame.quantity.measure != "price"):
            return [make_quantity(p.amount, frame) for p in own]
        if is_respective(clause):
            return [make_quantity(p.amount, frame) for p in own]
        nearest = min(own, key=lambda p: (p.token.i < clause.head.i, abs(p.token.i - clause.head.i)))
        return [make_quantity(nearest.amount, frame)]

    def find_nearest(self, frame: Frame, token: Token) -> Quantity | None:
        """The fitting amount that stands nearest before a token, else after it within a few words."""
        fitting = [placed for placed in self._fitting(frame) if find_opener(placed) != "by"]  # a lead is no score
        before = [p for p in fitting if 0 < token.i - p.token.i <= 8]
        after = [p for p in fitting if 0 < p.token.i - token.i <= 8]
        chosen = before[-1:] or after[:1]
        return make_quantity(chosen[0].amount, frame) if chosen else None

    def _fitting(self, frame: Frame) -> Iterator[Placed]:
        if frame.quantity is None:
            return
        for placed in self.placed:
            head, _, per = placed.amount.unit.partition("/")
            free = head == "free" and frame.quantity.measure == "price" and "USD/" in frame.quantity.units
            if head in frame.quantity.units or free or (per and head + "/" in frame.quantity.units):
                yield placed


def is_respective(clause: Clause) -> bool:
    """Whether amounts stand in the order of those whose they are: "A and B fell 3% and 5%, respectively"."""
    return any(token.lower_ == "respectively" for token in clause.head.subtree)


def _make_plain(amount: Amount) -> Amount:
    """The amount in units that are stored: cents as dollars."""
    money, slash, rate = amount.unit.partition("/")
    return set_unit(amount, "USD" + slash + rate, 0.01) if money == "cents" else amount


def drop_former(placed: list[Placed]) -> list[Placed]:
    """The amounts without what was before: "from $10 to $3" is $3, as is "to $3 from $10"."""
    openers = [find_opener(p) for p in placed]
    return [p for p, word in zip(placed, openers, strict=True) if word != "from" or "to" not in openers]


def find_opener(placed: Placed) -> str:
    """The word before an amount and what belongs to it: "from" in "from $10", "by" in "by four points"."""
    match = _OPENER.search(placed.token.doc.text[: placed.amount.span[0]])
    return match.group("word").lower() if match else ""


def _split_valuation(placed: list[Placed], measure: str) -> list[Placed]:
    """Of the amounts of a deal those that say what somebody is worth, or only the others."""
    worth = [p for p in placed if _is_worth(p.token)]
    if measure == "valuation":
        return worth or placed
    return [p for p in placed if p not in worth] if len(worth) < len(placed) else placed


def _is_worth(token: Token) -> bool:
    """Whether an amount is a valuation: "at a valuation of $2 billion", "a $2 billion valuation", "worth"."""
    above = [node for node in (token, *token.ancestors) if node.pos_ not in {"VERB", "AUX"}]
    return any(node.lemma_.lower() in _WORTH for node in above[:3])


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
    unit = "USD" if unit == "free" else unit  # what is free costs nothing in any currency
    if measure.endswith("_change") and unit == "x" and value < 1:  # "cut by half"
        value, unit = value * 100, "%"
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
