"""Days that a text told before, which 同日, "the same month" and the figures of a quarter take up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.records import PartialDate
from ingest.nlp.document import Sentence, Span, Zone
from ingest.nlp.languages import Days, Language

# So many sentences back they reach.
_REACH = 3


def find_all_days(
    sentences: Sequence[Sentence], languages: Mapping[str, Language], today: date, years: Mapping[int, int]
) -> tuple[Days, ...]:
    """The days of each sentence, in the article of `today`.

    years  by number of the paragraph, the year whose entry of a chronicle it is: its months are of that year
    """
    found: list[Days] = []
    before: tuple[PartialDate, ...] = ()
    last = 0
    for number, sentence in enumerate(sentences):
        near = before if number - last <= _REACH else ()
        language = languages[sentence.lang]
        year = years.get(sentence.paragraph, today.year)
        days = language.find_days(sentence.text, today if year == today.year else date(year, 12, 31), near)
        told = tuple(day for (start, end), day in drop_inner(days) if language.is_base(sentence.text[start:end]))
        if told:
            before, last = told, number
        found.append(days)
    return tuple(found)


def drop_inner(days: Days) -> Days:
    """Days in order of their spans without those whose span lies inside another's: the month of "16 March 2025"."""
    outer: Days = []
    for (start, end), day in sorted(days, key=lambda one: (one[0][0], -one[0][1])):
        if not outer or end > outer[-1][0][1]:
            outer.append(((start, end), day))
    return outer


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter whose results a text tells, and where it says which."""

    day: PartialDate
    start: int


def find_told_quarters(sentences: Sequence[Sentence], days: Sequence[Days]) -> dict[Span, Quarter]:
    """By span of a sentence that names no day, the quarter told last, a few before it: "Revenue rose to $5 billion."

    None where two were told at once; an earlier one is what it is compared with. All rows of a table stand as near as
    its first, and a quarter in one of them is that of its column.
    """
    found: dict[Span, Quarter] = {}
    quarter: Quarter | None = None
    steps, row = 0, False
    for sentence, told in zip(sentences, days, strict=True):
        steps += not (row and sentence.zone is Zone.TABLE)
        row = sentence.zone is Zone.TABLE
        if steps > _REACH:
            quarter = None
        quarters = {day for _, day in drop_inner(told) if "Q" in day and (quarter is None or day >= quarter.day)}
        if quarters and not row:
            quarter, steps = Quarter(quarters.pop(), sentence.span[0]) if len(quarters) == 1 else None, 0
        elif quarter and not told:
            found[sentence.span] = quarter
    return found
