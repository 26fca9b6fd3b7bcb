"""Scores that are set against each other: how many points apart, and what several come to on average."""

import re
from collections.abc import Iterator

from graph.sums.making import Operand, Sum, make_average, make_difference
from graph.sums.numerals import COUNT, PERCENT, POINTS, Numeral
from graph.sums.passages import Passage

_APART = re.compile(
    r"\b(?:gap|difference|drop|fall|rise|gain|increase|decline|margin|lead|improvement|"
    r"jump|loss)(?: between (?:them|the two))? of $"
    r"|(?:差|開き)(?:は|が)$"
)
_APART_BEHIND = re.compile(
    r"^ (?:ahead|behind|more|less|higher|lower|better|worse|above|below|apart|short)\b"
    r"|^(?:の差|の開き|も?(?:上回|下回|高|低|及ば|上昇|低下|改善|の改善|の低下|の上昇))"
)
_AVERAGE = re.compile(
    r"\b(?:an average|a mean|on average|averages?|averaged|averaging|"
    r"the average is)(?: of)? $|平均(?:は|点は|で|値は|すると)?$"
)
_SCORE = "点"


def find_scores(passage: Passage) -> Iterator[Sum]:
    """The sums of points: of one pair in a sentence, or of all its scores."""
    scores = [one for one in passage.numerals if _is_score(one) and not one.spelled]
    for said in scores:
        others = [one for one in scores if one is not said and one.unit == _unit_of(said, scores)]
        before = passage.text[: said.lead]
        if _AVERAGE.search(before) and len(others) > 1 and all(one.span[1] <= said.lead for one in others):
            if found := make_average(passage.sentence, said, map(Operand, others)):
                yield found
        elif (
            len(others) == 2
            and min(one.value for one in others) >= said.value
            and (_APART.search(before) or _APART_BEHIND.match(passage.text[said.span[1] :]))
        ):
            more, less = sorted(others, key=lambda one: -one.value)
            yield make_difference(passage.sentence, said, Operand(more), Operand(less))


def _is_score(one: Numeral) -> bool:
    return one.unit in (POINTS, PERCENT) or (one.unit == COUNT and one.noun == _SCORE)


def _unit_of(said: Numeral, scores: list[Numeral]) -> str:
    """What the two are given in: points are also what two percentages are apart by."""
    if said.unit == PERCENT:
        return ""
    percents = sum(one.unit == PERCENT for one in scores)
    return (
        PERCENT
        if said.unit == POINTS and percents == 2
        else COUNT
        if percents == 0 and _counted(scores, said)
        else said.unit
    )


def _counted(scores: list[Numeral], said: Numeral) -> bool:
    return sum(one.unit == COUNT for one in scores if one is not said) > 0
