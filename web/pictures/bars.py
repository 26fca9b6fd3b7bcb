"""Claims over time as bars: a sparkline beside a matter, and an entity's activity."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from web.language.formatting import format_day, format_period
from web.language.wording import Words
from web.pictures.marks import Bar, Cell, Label, Line, Picture

_SPARK_DAYS, _SPARK_MONTHS = 14, 12
_SPARK_HEIGHT, _NOTCH = 14, 4
# Fewer days than this are drawn by day, more by month.
_DAYS, _MONTHS = 62, 36
_HEIGHT, _FOOT = 64, 18
_DAYS_HEIGHT = 40
# A day with one claim beside one with hundreds is there all the same.
_LEAST = 2.0
# No bar is wider, in percent: two days are not two walls.
_WIDEST = 7.5
_GAP = 0.2


@dataclass(frozen=True, slots=True)
class Said:
    """That a claim was reported on a day, and whether it denies."""

    day: date
    denies: bool = False


def draw_sparkline(said: Iterable[Said], words: Words, left_out: int = 0) -> Picture | None:
    """The last days, or months, up to the last report; denials hang below. None where all is of one day.

    left_out  claims that are not among these
    """
    found = list(said)
    days = {one.day for one in found}
    if len(days) < 2:
        return None
    by_month = (max(days) - min(days)).days >= _SPARK_DAYS
    most = _SPARK_MONTHS if by_month else _SPARK_DAYS
    periods = _list_periods(min(days), max(days), by_month, most)
    affirmed, denied = (Counter(_start(one.day, by_month) for one in found if one.denies is d) for d in (False, True))
    step = 100 / most
    highest = max([affirmed[period] for period in periods] + [1])
    bars = []
    for number, period in enumerate(periods):
        tall = round(_SPARK_HEIGHT * affirmed[period] / highest, 1)
        kind = "last" if number == len(periods) - 1 else ""
        x, width = round(number * step, 2), round(step * (1 - _GAP), 2)
        bars += [Bar(x, _SPARK_HEIGHT - tall, width, tall, kind)] if tall else []
        bars += [Bar(x, _SPARK_HEIGHT + 1, width, _NOTCH - 1, "denies")] if denied[period] else []
    ground = Line(0, _SPARK_HEIGHT + 0.5, 100, _SPARK_HEIGHT + 0.5, "tick")
    height = _SPARK_HEIGHT + _NOTCH
    return Picture("spark", height, _say_spark(found, left_out, words), lines=(ground,), bars=tuple(bars))


def draw_activity(days: Mapping[date, int], counted: int, words: Words) -> Picture | None:
    """Claims by day or, over more than two months, by month, three years at most. None where there are none.

    counted  how many of the newest claims were counted at most
    """
    if not days:
        return None
    first, last = min(days), max(days)
    by_month = (last - first).days >= _DAYS
    periods = _list_periods(first, last, by_month, _MONTHS if by_month else _DAYS)
    counts: Counter[date] = Counter()
    for day, claims in days.items():
        counts[_start(day, by_month)] += claims
    form = "month" if by_month else "day"
    labels = [Label(0, _HEIGHT + 14, format_period(periods[0], form, words), kind="note")]
    if len(periods) > 1:
        labels.append(Label(100, _HEIGHT + 14, format_period(periods[-1], form, words), "end", "note"))
    return Picture(
        "activity",
        _HEIGHT + _FOOT,
        _say_activity(counts, sum(days.values()), form, counted, words),
        bars=_draw(periods, counts),
        labels=tuple(labels),
        head=(str(words.find("pictures.month" if by_month else "pictures.day")), str(words.find("pictures.count"))),
        rows=tuple((Cell(format_period(one, form, words)), Cell(str(counts[one]))) for one in periods if counts[one]),
    )


def draw_days(days: Mapping[date, int], words: Words) -> Picture | None:
    """Claims of days in a row, the last one dark, each a way to its day. None where all but one are empty."""
    if sum(map(bool, days.values())) < 2:
        return None
    step, highest, last = 100 / len(days), max(days.values()), max(days)
    bars = []
    for number, (day, claims) in enumerate(days.items()):
        tall = max(round(_DAYS_HEIGHT * claims / highest, 1), _LEAST if claims else 0)
        x, width = round(number * step, 2), round(step * (1 - _GAP), 2)
        bars += [Bar(x, _DAYS_HEIGHT - tall, width, tall, "last" if day == last else "", day)] if claims else []
    ground = Line(0, _DAYS_HEIGHT + 0.5, 100, _DAYS_HEIGHT + 0.5, "tick")
    most = max(days, key=lambda day: days[day])
    texts = (
        words.say("pictures.days_last", n=days[last], day=format_day(last, words)),
        words.say("entity.activity_most", n=days[most], period=format_day(most, words)) if most != last else "",
    )
    summary = str(words.find("pictures.comma")).join(str(text) for text in texts if text)
    return Picture("days", _DAYS_HEIGHT + 1, summary, lines=(ground,), bars=tuple(bars))


def _draw(periods: Sequence[date], counts: Mapping[date, int]) -> tuple[Bar, ...]:
    step = min(_WIDEST, 100 / len(periods))
    highest = max(counts[period] for period in periods)
    heights = [round(_HEIGHT * counts[period] / highest, 1) for period in periods]
    return tuple(
        Bar(round(number * step, 2), round(_HEIGHT - height, 1), round(step * (1 - _GAP), 2), height)
        for number, height in enumerate(heights)
        if height
    )


def _list_periods(first: date, last: date, by_month: bool, most: int) -> list[date]:
    """All days, or first days of months, from the first to the last; of more than `most` the last."""
    if not by_month:
        days = min((last - first).days + 1, most)
        return [last - timedelta(days=number) for number in reversed(range(days))]
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(max(start, end + 1 - most), end + 1)]


def _start(day: date, by_month: bool) -> date:
    return day.replace(day=1) if by_month else day


def _say_spark(said: Sequence[Said], left_out: int, words: Words) -> str:
    by_day = Counter(one.day for one in said)
    most = max(sorted(by_day), key=lambda day: by_day[day])
    denials = sum(one.denies for one in said)
    parts = [
        words.say("pictures.spark", n=len(said), days=len(by_day)),
        words.say("pictures.spark_denied", n=denials) if denials else "",
        words.say("pictures.spark_most", n=by_day[most], day=format_day(most, words)),
        words.find("pictures.stop"),
    ]
    parts += [words.say("pictures.not_drawn", n=left_out)] if left_out else []
    return "".join(map(str, parts))


def _say_activity(counts: Mapping[date, int], claims: int, form: str, counted: int, words: Words) -> str:
    most = max(sorted(counts), key=lambda period: counts[period])
    said = [
        words.say(f"entity.activity_{form}s", n=claims),
        words.say("entity.activity_most", n=counts[most], period=format_period(most, form, words)),
    ]
    said += [words.say("entity.activity_newest", n=counted)] if claims >= counted else []
    return str(words.find("pictures.comma")).join(map(str, said))
