"""The amount that a model told, as our own grammar reads it in the quoted words."""

import re
from collections.abc import Sequence

from graph.records import Predicate
from ingest.llm.replies import ToldAmount
from ingest.nlp.document import Amount, Span, shift
from ingest.nlp.languages import Language
from ingest.nlp.measuring import make_quantity
from ingest.nlp.windows import Passage

# A model's number and ours are one when they are so near: 1,639 for "1.64 thousand".
_NEAR = 0.011
# What our grammar reads as dollars a model may tell as it is written.
_CENTS = re.compile(r"cents?\b|¢|\dc\b|セント")


def find_amounts(sentence: str, passage: Passage, language: Language, places: Sequence[Span]) -> list[Amount]:
    """The amounts of a sentence that stand in some of its words, with their spans in the sentence."""
    read = []
    for amount in language.find_amounts(sentence):
        span = shift(amount.span, passage.span[0])
        if span in passage.amounts and any(span[0] < place[1] and place[0] < span[1] for place in places):
            read.append(amount)
    return read


def agree(amount: Amount, told: ToldAmount, predicate: Predicate, sentence: str, language: Language) -> bool:
    """Whether a told number is the one read. A fall that our grammar takes for a rise is another number."""
    if not _is_same(amount, told.value):
        return False
    quantity = make_quantity(amount, predicate, told.measure, sentence, language.lexicon)
    falls = quantity.measure == "profit" or quantity.measure.endswith("_change")
    return not (falls and told.value < 0 < quantity.value)


def _is_same(amount: Amount, told: float) -> bool:
    value, low = abs(told), abs(amount.value)
    high = low if amount.high is None else abs(amount.high)
    if _CENTS.search(amount.text) and _is_near(value, low * 100):
        return True
    # "By a third" is 33 % as well.
    if amount.unit == "x" and low < 1 and _is_near(value, low * 100):
        return True
    return _is_near(value, low) or _is_near(value, high) or min(low, high) < value < max(low, high)


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= _NEAR * other + 1e-9
