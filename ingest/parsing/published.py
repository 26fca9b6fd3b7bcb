"""When a page was published: by what it states, its address, what it prints beside its headline, and elsewhere.

The surest first. A day that may be another's is none: what stands in comments, in teasers of other articles or behind
"updated" is no day of publication.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any
from urllib.parse import urlsplit

from ingest.parsing.dates import find_day_spans, keep_plausible, parse_day, parse_moment
from ingest.parsing.day_labels import begins_updated, carry_labels, find_changed, iter_labelled
from ingest.parsing.page_lines import Line, Own, is_others, keep_own

# Byline, standfirst and buttons of sharing; what is printed above a headline stands right above it.
_BELOW_HEADLINE = 600
_ABOVE_HEADLINE = 200
_MOST_LINES = 40
_LONGEST_DATELINE = 100
# Permanent addresses by the day of publication: /2025/01/28/, /2025/jan/28/, /2025-01-28-title.
_ADDRESS_DAY = re.compile(r"/((?:19|20)\d\d)(?:/(\d{1,2}|[a-z]{3})/(\d{1,2})(?=[/._-]|$)|-(\d\d)-(\d\d)(?=[/._-]|$))")
# htmldate takes the names of models in addresses for days; given this one it looks at none.
_NOWHERE = "https://a.invalid/"
_PARTS = re.compile(r"\s*[|•·\u2013\u2014\uff5c]\s*|\s+-+\s+|\s{2,}")
_BY = re.compile(r"^(?:written |posted |published )?(?:by|von|par|文)\b.*", re.IGNORECASE)
_WRITTEN_BY = re.compile(r"\b(?:by|von|par)\s.*", re.IGNORECASE)
_AROUND = re.compile(
    r"公開|掲載|公表|発表|投稿|配信|発行|[日月火水木金土]曜日?|午前|午後|[分頃]"
    r"|\b(?:published|posted|first|date|on|at|the|am|pm|min|minutes?|read|datum|am|um|uhr|le|à|der|veröffentlicht|publié"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|utc|gmt|jst|kst|hkt|sgt|ist|bst|cet|cest|[ecmp][sd]?t)\b|[\d:h]+|\W+",
    re.IGNORECASE,
)
# "San Francisco, January 28, 2025": a place of at most three words, set off by a comma.
_PLACE = re.compile(r"^[^\W\d_][\w.'\u2019-]*(?: [\w.'\u2019-]+){0,2},\s*$")


@dataclass(frozen=True, slots=True)
class Stated:
    """What the head of a page says of its times, as written, the surest first.

    published  of its publication; loose of "a date", whatever that is; changed of its last change
    """

    published: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def find_published(tree: Any, stated: Stated, url: str, title: str, zone: tzinfo, now: datetime) -> datetime | None:
    """When the page was published, UTC: with its hour where one is given, else midnight of its day; None when unknown.

    `zone` is meant where none is written. What is printed is looked for only when what is stated has no hour.
    """
    day: datetime | None = None
    slack = timedelta()
    own: list[Own] = []
    for text, may_differ in _iter_texts(tree, stated, url, title, own):
        moment = keep_plausible(parse_moment(text, zone), now)
        if moment and (day is None or day == parse_day(text) or _differ(moment.astimezone(zone), day) <= slack):
            return moment
        if day is None and (day := keep_plausible(parse_day(text), now)):
            slack = may_differ
    return day or keep_plausible(_guess_day(own[0].tree, {*_iter_changes(stated, own[0].lines)}), now)


def _differ(moment: datetime, day: datetime) -> timedelta:
    return abs(moment.date() - day.date())


def _iter_texts(tree: Any, stated: Stated, url: str, title: str, own: list[Own]) -> Iterator[tuple[str, timedelta]]:
    """What may be the time, the surest first, each with how far from it a moment may be and still be what it means.

    Once what is printed is looked at, `own` holds what of the page that is.
    """
    for text in (*stated.published, *_iter_marked(tree), *stated.loose):
        yield text, timedelta()
    # The day of an address is that of the printed paper, or by another clock.
    yield from ((text, timedelta(days=1)) for text in _find_address_day(url))
    kept = keep_own(tree, title)
    own.append(replace(kept, lines=tuple(carry_labels(kept.lines))))
    lines = own[0].lines
    for found in (_iter_beside(lines), iter_labelled(lines), _iter_elsewhere(lines)):
        yield from ((text, timedelta()) for text in found)


def _iter_marked(tree: Any) -> Iterator[str]:
    """Of microdata the day of publication, unless parts of the page give several."""
    found = {
        text
        for element in tree.xpath("//body//*[@itemprop='datePublished']")[:_MOST_LINES]
        if not any(map(is_others, element.iterancestors()))
        and (text := (element.get("content") or element.get("datetime") or "".join(element.itertext())).strip()[:100])
    }
    if len({parse_day(text) for text in found}) == 1:
        yield from sorted(found, key=len, reverse=True)


def _find_address_day(url: str) -> Iterator[str]:
    if found := _ADDRESS_DAY.search(urlsplit(url).path):
        year, month, day = filter(None, found.groups())
        yield f"{year}-{month:0>2}-{day:0>2}" if month.isdigit() else f"{day} {month} {year}"


def _iter_beside(lines: Sequence[Line]) -> Iterator[str]:
    """Days of the lines beside the headline: those below it, from the top, then those above it, from the bottom."""
    below = [line for line in lines if 0 <= line.below <= _BELOW_HEADLINE]
    above = [line for line in reversed(lines) if -_ABOVE_HEADLINE <= line.below < 0]
    for line in (*below, *above):
        yield from _iter_days(line)


def _iter_days(line: Line) -> Iterator[str]:
    """The day that a line consists of; where a line is marked as a time its attribute and the first day in it."""
    spans = find_day_spans(line.text)
    changed = find_changed(line.text, spans)
    if line.is_marked and not begins_updated(line.text) and not (spans and spans[0] in changed):
        yield from line.stamps[:1]
    spans = tuple(span for span in spans if span not in changed)
    for start, end in spans[:1]:
        day, part = line.text[start:end], _cut_part(line.text, start, end)
        if len(part) <= _LONGEST_DATELINE and (line.is_marked or _is_dateline(part, day)):
            yield day


def _cut_part(text: str, start: int, end: int) -> str:
    """What stands around a day between the bars, bullets and dashes of its line."""
    before = max((gap.end() for gap in _PARTS.finditer(text, 0, start)), default=0)
    after = next((gap.start() for gap in _PARTS.finditer(text, end)), len(text))
    return text[before:after]


def _is_dateline(part: str, day: str) -> bool:
    """Whether nothing but a weekday, a time, a label, a place or who wrote it stands beside the day."""
    before, _, after = part.partition(day)
    is_led = not _AROUND.sub("", before) or bool(_BY.match(before) or _PLACE.match(before))
    return is_led and not _AROUND.sub("", _WRITTEN_BY.sub("", after))


def _iter_elsewhere(lines: Sequence[Line]) -> Iterator[str]:
    """Days that stand where times are marked, wherever on the page."""
    for line in [line for line in lines if line.is_marked][:_MOST_LINES]:
        yield from _iter_days(line)


def _guess_day(tree: Any, changed: set[datetime]) -> datetime | None:
    """The day that htmldate finds, unless it is one of a change; asked last, it is slower than all of the above."""
    from htmldate import find_date  # here: only the sandboxed process should load it

    try:
        found = find_date(tree, original_date=True, extensive_search=False, url=_NOWHERE)
    except Exception:  # a page whose root is none of HTML's trips it up, and a guess is not worth the article
        return None
    day = parse_day(found) if found else None
    return None if day is None or day in changed or _may_be_either(tree, day) else day


def _may_be_either(tree: Any, day: datetime) -> bool:
    """Whether the page writes the day as 3/4/2025, which is one in April here and one in March there."""
    if day.day > 12 or day.day == day.month:
        return False
    from lxml.etree import tostring  # here: only the sandboxed process should load it

    one, other = f"0?{day.day}", f"0?{day.month}"
    written = rf"(?<!\d)(?:{one}[/-]{other}|{other}[/-]{one})[/-](?:{day:%Y}|{day:%y})(?!\d)"
    return re.search(written, tostring(tree, encoding="unicode")) is not None


def _iter_changes(stated: Stated, lines: Iterable[Line]) -> Iterator[datetime]:
    """Days on which the page says that it was changed."""
    yield from filter(None, map(parse_day, stated.changed))
    for line in lines:
        for start, end in find_changed(line.text, find_day_spans(line.text)):
            if day := parse_day(line.text[start:end]):
                yield day
