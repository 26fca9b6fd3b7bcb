"""When a deed was done: the day that the network points to, its column or its heading; never the day of the telling."""

import re
from collections.abc import Mapping
from datetime import date

from graph import policy
from graph.records import PREDICATES, ClaimType, Modality, PartialDate, Predicate
from ingest.nlp.columns import Columns
from ingest.nlp.document import Sentence, Span
from ingest.nlp.finder import Found
from ingest.nlp.languages import Days, Language
from ingest.nlp.lexicon import Lexicon
from ingest.nlp.told import DAY_LONG

# What is done on a day: under a heading that is one, it was done then.
_DEEDS = frozenset(
    {
        *PREDICATES[ClaimType.RELEASE],
        *PREDICATES[ClaimType.DEAL],
        Predicate.JOINED,
        Predicate.LEFT,
        Predicate.SUED,
        Predicate.BANNED,
        Predicate.FINED,
    }
) - {Predicate.BASED_ON, Predicate.OWNS, Predicate.SUPPLIES}
_DONE = frozenset({Modality.ASSERTED, Modality.REPORTED, Modality.ALLEGED})
_PREPOSITION = re.compile(r"(?:(?:from|than|since|in|on|of|late|early)\s)*", re.IGNORECASE)
_SEVERAL = 2
# Characters before a day in which a word says that it lies behind: "last May".
_BEFORE_DAY = 10


class Dating:
    """The days of one text.

    headed  by number of the paragraph, the day that its heading gives
    """

    def __init__(self, text: str, today: date, columns: Columns, headed: Mapping[int, PartialDate]) -> None:
        self._text, self._today, self._columns, self._headed = text, today, columns, headed

    def find(
        self, found: Found, sentence: Sentence, days: Days, language: Language, modality: Modality
    ) -> PartialDate | None:
        """The day of a claim, out of those of its sentence; None where the text fixes none."""
        span = self._find_beside(found, days, sentence, language.lexicon) or found.day
        day = next((value for place, value in days if place == span), None)
        if day and span:
            if _is_anothers(found.predicate, span, day, sentence, language.lexicon):
                return None
            return self._settle(day, span, sentence, language) if modality is Modality.PREDICTED else day
        if days:
            return None
        head = self._columns.find_head(found.amount) if found.amount else None
        if head and (headed := self._read_head(head, language)):
            return headed
        return self._headed.get(sentence.paragraph) if found.predicate in _DEEDS and modality in _DONE else None

    def _find_beside(self, found: Found, days: Days, sentence: Sentence, lexicon: Lexicon) -> Span | None:
        """The day right beside an amount, where a sentence has several: the network points to one for all amounts."""
        if found.amount is None or len({value for _, value in days}) < _SEVERAL:
            return None
        start, end = found.amount
        for span, day in days:
            behind = span[0] >= end and lexicon.day_behind.fullmatch(self._text, end, span[0])
            ahead = span[1] <= start and lexicon.day_ahead.fullmatch(self._text, span[1], start)
            if (behind or ahead) and not _is_anothers(found.predicate, span, day, sentence, lexicon):
                return span
        return None

    def _settle(self, day: PartialDate, span: Span, sentence: Sentence, language: Language) -> PartialDate:
        start = sentence.span[0]
        words = sentence.text[max(0, span[0] - start - _BEFORE_DAY) : span[1] - start]
        return language.settle_day(day, words, self._today)

    def _read_head(self, head: Span, language: Language) -> PartialDate | None:
        """The day or quarter that heads a column, where it is one."""
        values = {value for _, value in language.find_days(self._text[slice(*head)], self._today)}
        return values.pop() if len(values) == 1 else None


def _is_anothers(predicate: Predicate, span: Span, day: PartialDate, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a day is not that of the deed: somebody told of it then, or it is what the deed is compared with."""
    if policy.find_type(predicate, None) is ClaimType.STANCE:
        return False  # who criticises does it in saying so
    text, start, end = sentence.text, span[0] - sentence.span[0], span[1] - sentence.span[0]
    lead = _PREPOSITION.match(text, start, end)
    before = text[: lead.end() if lead else start]
    told = lexicon.told_before.search(before) or lexicon.told_after.match(text, end)
    return bool(lexicon.compared.search(before) or (told and len(day) == DAY_LONG))
