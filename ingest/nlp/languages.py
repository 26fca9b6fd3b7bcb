"""What a language brings to the reading: how it cuts, counts and dates, and its own words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from graph.records import PartialDate
from ingest.nlp.document import Amount, Span
from ingest.nlp.lexicon import Lexicon
from ingest.nlp.zones import ZoneCues

Days = list[tuple[Span, PartialDate]]


class FindDays(Protocol):
    """Finds the days of a sentence."""

    def __call__(self, sentence: str, today: date, before: Sequence[str] = (), /) -> Days:
        """By span, relative ones from the day of the article; 同日 takes up the days told `before`."""
        ...


@dataclass(frozen=True, slots=True)
class Language:
    """One language. Adding one is adding a folder that makes one of these.

    split         the sentences of a paragraph as offsets into it, white space trimmed, none empty
    find_amounts  the amounts of a sentence, none overlapping
    find_days     the days of a sentence
    is_base       whether days of later sentences are counted from one in these words: not from "the day before"
    settle_day    a day as it is meant where the sentence speaks of what is to come: (day, its words, today)
    """

    code: str
    split: Callable[[str], list[Span]]
    find_amounts: Callable[[str], tuple[Amount, ...]]
    find_days: FindDays
    is_base: Callable[[str], bool]
    settle_day: Callable[[PartialDate, str, date], PartialDate]
    lexicon: Lexicon
    zones: ZoneCues
