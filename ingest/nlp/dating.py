"""When a deed was done: the day that the network points to, its column or its heading; never the day of the telling."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from graph import policy
from graph.grades import FAIR_FROM
from graph.records import PREDICATES, ClaimType, Modality, PartialDate, Polarity, Predicate
from ingest.nlp.calendar import DAY_LONG, find_quarter
from ingest.nlp.columns import Columns
from ingest.nlp.document import Amount, Draft, Sentence, Span, Zone, lies_in
from ingest.nlp.finder import Found
from ingest.nlp.languages import Days, Language
from ingest.nlp.lexicon import Lexicon
from ingest.nlp.told import Quarter, drop_inner

# What goes on, and what comes of a deed that its sentence tells first: the day of that one is not theirs. Of 39 such
# claims in 1,760 read texts none has it from readers.
_AFTERWARDS = frozenset(
    {
        Predicate.BASED_ON,
        Predicate.HAS_SIZE,
        Predicate.HAS_USERS,
        Predicate.INVESTED_IN,
        Predicate.LEADS,
        Predicate.OWNS,
        Predicate.OWNS_HARDWARE,
        Predicate.RELEASED,
        Predicate.RUNS_ON,
        Predicate.SUPPLIES,
        Predicate.UPDATED,
        Predicate.WORKS_FOR,
    }
)
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
_MOVES = frozenset({Predicate.STOCK_MOVED, Predicate.LOST_VALUE})
_DONE = frozenset({Modality.ASSERTED, Modality.REPORTED, Modality.ALLEGED})
_PREPOSITION = re.compile(r"(?:(?:from|than|since|in|on|of|late|early)\s)*", re.IGNORECASE)
# From what an amount has risen or fallen: "to $5 billion from $3 billion".
_FROM = re.compile(r"[\s,(]*(?:up |down )?from\s*", re.IGNORECASE)
_SEVERAL = 2
# Units that compare: three times the last year's is what this year's is.
_RATIOS = frozenset({"x", "%", "pp"})
_SAME_BREATH = re.compile(r"[^、。（）()\d]*")
# An article is dated by UTC: what is done in the east on its next morning is of the day after.
_EAST = timedelta(1)
# In so many sentences a text begins with the day that it tells of.
_OPENING = 2
_WEEK = timedelta(7)
# Characters before a day in which a word says that it lies behind: "last May".
_BEFORE_DAY = 10
_PARTICLE = len("が")


class Dating:
    """The days of one text.

    headed    by number of the paragraph, the day that its heading gives
    quarters  by span of a sentence that names no day, the quarter told before it
    """

    def __init__(
        self,
        text: str,
        today: date,
        columns: Columns,
        headed: Mapping[int, PartialDate],
        quarters: Mapping[Span, Quarter],
    ) -> None:
        self._text, self._today, self._columns, self._headed, self._quarters = text, today, columns, headed, quarters

    def find(
        self,
        found: Found,
        sentence: Sentence,
        days: Days,
        amounts: Sequence[Amount],
        language: Language,
        modality: Modality,
    ) -> PartialDate | None:
        """The day of a claim, out of those of its sentence; None where the text fixes none.

        What is done was done by the day of the article: a day after it is that of something else, but for the years
        that a firm counts by, which run ahead.
        """
        outer = drop_inner(days)
        span = self._find_beside(found, outer, sentence, language.lexicon) or found.day
        place = next((one for one in outer if span and lies_in(span, one[0])), None)
        day = None
        if place:
            span, day = place
            if _is_anothers(found.predicate, span, day, sentence, language.lexicon):
                return None
            if self._is_of_clause(found, span, sentence, language.lexicon):
                return None
            if self._is_of_title(found, span, language.lexicon):
                return None
            if found.amount and self._is_of_compared(found.amount, span, amounts, language.lexicon):
                return None
            if found.amount and len(day) < DAY_LONG and not language.is_base(self._text[slice(*span)]):
                day = self._find_base(found.amount, place, outer, amounts, language)
            if day and modality is Modality.PREDICTED:
                day = self._settle(day, span, sentence, language)
        elif not days:
            head = self._columns.find_head(found.amount) if found.amount else None
            day = self._read_head(head, language) if head else None
            if day is None and found.predicate in _DEEDS and modality in _DONE:
                day = self._headed.get(sentence.paragraph)
            if day is None and found.amount:
                day = self._take_quarter(found, sentence, modality, language.lexicon)
        of_year = found.predicate is Predicate.EARNED and day is not None and len(day) < DAY_LONG
        return None if day and modality in _DONE and not of_year and self._lies_ahead(day) else day

    def _take_quarter(
        self, found: Found, sentence: Sentence, modality: Modality, lexicon: Lexicon
    ) -> PartialDate | None:
        """The quarter whose results a text goes through, for a figure of these.

        What was earned was in one that is over, what is foretold is of one that is not. A firm that only this sentence
        names has results of its own. Of 40 figures in 932 read texts that take one so readers give 36 the same, two
        another and two none.
        """
        quarter = self._quarters.get(sentence.span) if found.predicate is Predicate.EARNED else None
        if quarter is None or lexicon.longer.search(sentence.text) or self._is_new(found.subject, quarter, sentence):
            return None
        over = quarter.day < find_quarter(self._today.year, self._today.month)
        return quarter.day if over == (modality in _DONE) else None

    def _is_new(self, subject: Span | None, quarter: Quarter, sentence: Sentence) -> bool:
        """Whether a name of the sentence does not stand where the quarter is told, nor between."""
        if sentence.zone is Zone.TABLE or subject is None or not any(one.span == subject for one in sentence.names):
            return False
        return self._text[slice(*subject)].casefold() not in self._text[quarter.start : sentence.span[0]].casefold()

    def _lies_ahead(self, day: PartialDate) -> bool:
        last = self._today + _EAST
        return day > (find_quarter(last.year, last.month) if "Q" in day else last.isoformat()[: len(day)])

    def _is_of_clause(self, found: Found, day: Span, sentence: Sentence, lexicon: Lexicon) -> bool:
        """Whether a day is that of another deed, told behind, 新工場を建て、2027年の量産を目指す, or before:
        昨年2月に進出し、230社を顧客に持つ, "Y, which was founded in 2021, sued".
        """
        start, end = found.trigger
        before, told = self._text[sentence.span[0] : day[0]], (found.amount or found.trigger)[0]
        apart = lexicon.clause_behind.match(self._text, day[1], told) and lexicon.clause_before.search(before)
        within = found.subject and found.subject[1] + _PARTICLE == day[0]  # ヴァントルが昨年買った…
        if apart and not within and found.predicate is not Predicate.FOUNDED:  # which such a clause mostly tells
            return True
        if found.predicate in _AFTERWARDS and lexicon.first.match(self._text, day[1], start):
            return True
        return end <= day[0] and lexicon.later.fullmatch(self._text, end, day[0]) is not None

    def _is_of_title(self, found: Found, day: Span, lexicon: Lexicon) -> bool:
        """Whether a deed is told by what somebody is, so that a day is that of another, "In May Vela's founder said",
        but for one right behind: "a founder of Vela in 2015".
        """
        start, end = found.trigger
        titled = lexicon.titles.fullmatch(self._text, start, end)
        return titled is not None and not lexicon.since.fullmatch(self._text, end, max(end, day[0]))

    def _is_of_compared(self, amount: Span, day: Span, amounts: Sequence[Amount], lexicon: Lexicon) -> bool:
        """Whether a day is that of another amount, with which the amount is compared: "$5, up from $3 in 2023"."""
        others = (other.span for other in amounts if amount[1] <= other.span[0] and other.span[1] <= day[0])
        other = max(others, default=None)
        if other is None or not lexicon.day_behind.fullmatch(self._text, other[1], day[0]):
            return False
        between = self._text[amount[1] : other[0]]
        return bool(lexicon.compared.search(between) or _FROM.fullmatch(between))

    def _find_base(
        self, figure: Span, place: tuple[Span, PartialDate], days: Days, amounts: Sequence[Amount], language: Language
    ) -> PartialDate | None:
        """The day of a figure for which the network took one that is only counted from another, 前年同期.

        It is that one where it stands right ahead of a figure that is no multiple, else the other.
        """
        span, day = place
        amount = next((one for one in amounts if one.span == figure), None)
        if amount and amount.unit not in _RATIOS and _SAME_BREATH.fullmatch(self._text, span[1], figure[0]):
            return day
        ahead = [value for (start, end), value in days if end <= span[0] and language.is_base(self._text[start:end])]
        return ahead[-1] if ahead else None

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
        start, end = sentence.locate(span)
        words = sentence.text[max(0, start - _BEFORE_DAY) : end]
        return language.settle_day(day, words, self._today)

    def _read_head(self, head: Span, language: Language) -> PartialDate | None:
        """The day or quarter that heads a column, where it is one."""
        values = {value for _, value in language.find_days(self._text[slice(*head)], self._today)}
        return values.pop() if len(values) == 1 else None


def share_trading_day(
    drafts: Sequence[Draft],
    sentences: Sequence[Sentence],
    days: Sequence[Days],
    languages: Mapping[str, Language],
    today: date,
) -> list[Draft]:
    """The drafts, each move of a price that is told without a day on that of the others, if these have one, of the last
    days: "A fell 3 percent on Monday. B rose 2 percent." Where none has, it is that of the text's first sentences.

    Of fifteen that take one from others seven have it from readers, too, and eight have none from them; of thirteen
    that take that of the beginning nine and four.
    """
    placed = list(zip(sentences, days, [languages[one.lang] for one in sentences], strict=True))
    places = {sentence.span: (sentence, found, language) for sentence, found, language in placed}
    moves = [one for one in drafts if one.predicate in _MOVES and _is_told(one)]
    sure = (one for one in moves if one.date and (one.score or 0) >= FAIR_FROM and _find_bases(*places[one.span]))
    shared = {one.date for one in sure if one.date and len(one.date) == DAY_LONG}
    shared = shared or next(filter(None, (_find_bases(*one) for one in placed[:_OPENING])), set())
    if len(shared) != 1 or not all(_is_recent(day, today) for day in shared):
        return list(drafts)
    [day] = shared
    return [
        replace(one, date=day) if one in moves and one.date is None and _lacks_day(*places[one.span]) else one
        for one in drafts
    ]


def _find_bases(sentence: Sentence, days: Days, language: Language) -> set[PartialDate]:
    """The days of a sentence that are not just counted from another: not 前日の米株式市場で."""
    return {day for span, day in days if language.is_base(sentence.read(span))}


def _lacks_day(sentence: Sentence, days: Days, language: Language) -> bool:
    """Whether a sentence names no day but one that it compares with, and may tell of one: not "since its IPO"."""
    lexicon = language.lexicon
    named = (sentence.locate(span)[0] for span, _ in days)
    compared = all(lexicon.compared.search(sentence.text[:start]) for start in named)
    return compared and not lexicon.longer.search(sentence.text)


def _is_told(one: Draft) -> bool:
    return one.modality in _DONE and one.polarity is Polarity.AFFIRMED


def _is_recent(day: PartialDate, today: date) -> bool:
    """Whether it is a day of the week before an article."""
    return len(day) == DAY_LONG and today - _WEEK <= date.fromisoformat(day) <= today + _EAST


def _is_anothers(predicate: Predicate, span: Span, day: PartialDate, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a day is not that of the deed: somebody told of it then, or it is what the deed is compared with."""
    if policy.find_type(predicate, None) is ClaimType.STANCE:
        return False  # who criticises does it in saying so
    text, (start, end) = sentence.text, sentence.locate(span)
    lead = _PREPOSITION.match(text, start, end)
    before = text[: lead.end() if lead else start]
    told = lexicon.told_before.search(before) or lexicon.told_after.match(text, end)
    return bool(lexicon.compared.search(before) or (told and len(day) == DAY_LONG))
