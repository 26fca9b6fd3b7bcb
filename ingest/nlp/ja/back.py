"""Japanese days that are counted from one told before: 同日, この日, 同月9日, 翌年2月, 前年同期."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from graph.records import PartialDate
from ingest.nlp.calendar import DAY_LONG, MONTH_LONG, YEAR_LONG, agree, find_period, make_day, make_month
from ingest.nlp.document import Span

_BACK = re.compile(
    r"(?P<word>(?<![共合])同日(?![本程米中])|(?<!と)同じ日(?=[にの、])|この日(?![本米中英立産経程])|同月(?![額比])|同年(?![代齢度比])|翌日"
    r"|前日(?!比|終値|に比|より|まで)|前の?期(?=は)|[前昨]年同期(?!比|に比|と比|より))"
    r"(?:(?<=同月)\s?(?P<day>\d{1,2})\s?日|(?<=同年)\s?(?P<month>\d{1,2})\s?月(?:\s?(?P<monthday>\d{1,2})\s?日)?)?"
)
# Beside a day told before they are counted from it.
_BESIDE = re.compile(r"(?P<word>[前翌])(?P<unit>[年月])")


@dataclass(frozen=True, slots=True)
class When:
    """A day as far as the text fixes it, and where the text says so."""

    span: Span
    value: PartialDate
    text: str


def iter_counted(days: Iterable[When], plain: str, before: Sequence[str]) -> Iterator[When]:
    """The days in order, with those counted from the day ahead of them in the `plain` text, or from those before."""
    places: list[When | re.Match[str]] = sorted([*days, *_BACK.finditer(plain)], key=_get_place)
    known, period = before, find_period(before)
    for place in places:
        if isinstance(place, When):
            day = _count_from(place, known)
        else:
            value = _take_back(period, place["word"]) if place["word"].endswith("期") else _refer_back(place, known)
            day = When(place.span(), PartialDate(value), place.group()) if value else None
        if not day:
            continue
        if is_base(day.text):
            known, period = [day.value], find_period([day.value]) or period
        yield day


def _get_place(one: When | re.Match[str]) -> Span:
    return one.span if isinstance(one, When) else one.span()


def _count_from(one: When, known: Sequence[str]) -> When | None:
    """翌月 or 前年 counted from the day told before it; from the article's where none is told."""
    match = _BESIDE.match(one.text)
    if match is None or not known:
        return one
    shift = 1 if match["word"] == "翌" else -1
    if match["unit"] == "年":
        year = agree(known, YEAR_LONG)
        value = f"{int(year) + shift:04d}{one.value[YEAR_LONG:]}" if year else None
    else:
        month = agree(known, MONTH_LONG)
        value = make_month(int(month[:4]), int(month[5:]) + shift) + one.value[MONTH_LONG:] if month else None
    return replace(one, value=PartialDate(value)) if value and _is_day(value) else None


def _is_day(value: str) -> bool:
    """Whether there is such a day, where it is one: no 29 February of any year."""
    return len(value) < DAY_LONG or make_day(int(value[:4]), int(value[5:7]), value[8:]) is not None


def is_base(words: str) -> bool:
    """Whether other days are counted from one that these words give: 前日 and 前年同期 are but beside another."""
    return not words.endswith(("前日", "翌日", "同期", "前期", "前の期"))


def _take_back(period: str | None, word: str) -> str | None:
    """The same quarter or year a year before; 前の期 of a quarter is another one."""
    if period and "Q" in period and not word.endswith("同期"):
        return None
    return f"{int(period[:YEAR_LONG]) - 1}{period[YEAR_LONG:]}" if period else None


def _refer_back(match: re.Match[str], known: Sequence[str]) -> str | None:
    if match["word"] == "同年":
        year = agree(known, YEAR_LONG)
        return make_day(int(year), int(match["month"]), match["monthday"]) if year and match["month"] else year
    if match["word"] == "同月":
        month = agree(known, MONTH_LONG)
        return make_day(int(month[:4]), int(month[5:]), match["day"]) if month else None
    day = agree(known, DAY_LONG)
    shift = {"翌日": 1, "前日": -1}.get(match["word"], 0)
    return (date.fromisoformat(day) + timedelta(shift)).isoformat() if day else None
