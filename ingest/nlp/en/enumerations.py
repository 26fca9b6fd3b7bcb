"""Amounts under the unit of a neighbour: "3B, 14B and 72B parameters", "$2 in and $8 out per million tokens"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.nlp.document import Amount

_LISTED = re.compile(r"\s*(?:,|and|or|to|/|of|its|the|a|total|from|over|up|&|–|-|\s)*\s*", re.IGNORECASE)
# A price for another direction may say which: "$2 for input and $8 for output".
_DIRECTION = re.compile(
    r"[\s,/|·;()]*(?:(?:and|or|to|from|in|out|for|on|at|of|against|versus|vs|cached|input|output|prompt|completion|"
    r"fresh|tokens?|going|as|per|million|1M|down|up|the|a)[\s,/|·;()]*){0,7}",
    re.IGNORECASE,
)
# What is measured in tokens or seats costs less; larger sums are no price of the list.
_DEAREST_UNIT = 10_000
# A model of fewer parameters is never written with a scale letter.
_SMALLEST_MODEL = 1e7


def share_units(text: str, amounts: Sequence[Amount]) -> list[Amount]:
    """The amounts, those without a unit or a rate of their own under that of the list they stand in."""
    shared = list(amounts)
    for step in (-1, 1):
        order = range(len(shared)) if step == 1 else range(len(shared) - 1, -1, -1)
        for index in order:
            if 0 <= index - step < len(shared):
                shared[index] = _take_over(text, shared[index], shared[index - step])
    return shared


def _take_over(text: str, amount: Amount, neighbour: Amount) -> Amount:
    first, second = sorted((amount, neighbour), key=lambda a: a.span)
    between = text[first.span[1] : second.span[0]]
    if amount.unit == "" and neighbour.unit == "parameters" and amount.value >= _SMALLEST_MODEL:
        return replace(amount, unit="parameters") if _LISTED.fullmatch(between) else amount
    money, slash, rate = neighbour.unit.partition("/")
    if slash and amount.unit == money and amount.value < _DEAREST_UNIT and _DIRECTION.fullmatch(between):
        return replace(amount, unit=f"{amount.unit}/{rate}")
    return amount
