"""What a page calls its days: days of publication or days of a change, by the labels before and behind them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from ingest.parsing.dates import find_day_spans
from ingest.parsing.page_lines import Line

# What is looked at of the words of a page, and how many labels.
_MOST_WORDS = 200_000
_MOST_LABELS = 3
_PUBLISHED = re.compile(
    r"(?:公開|掲載|公表|発表|投稿|配信|発行)日?時?\s*[:：]\s*|\b(?:published|posted)(?: on)?\s*:?\s+"
    r"|\b(?:veröffentlicht|erschienen) am\s*:?\s+|\bpubliée? le\s+|\bmise? en ligne(?: le)?\s*:?\s+",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"更新|改訂|修正|訂正|最終確認|確認日|\b(?:updated?|edited|modified|revised|corrected|correction|changed|reviewed"
    r"|accessed|aktualisiert|geändert|änderung|stand(?=:)|modifiée?|mise? à jour)\b",
    re.IGNORECASE,
)
# What stands before "published" where that is a label: nothing, or that it is this article which was.
_BEFORE_LABEL = re.compile(
    r"(?:[\n|•·\u2013\u2014]\s*|\b(?:article|story|post|page|piece) was )(?:first |originally )?$", re.IGNORECASE
)
# How far before a day the word that says what it is the day of stands.
_LABEL_REACH = 25
# The same right behind a day: "2025年1月30日 更新", "Jan 30, 2025 (updated)".
_BEHIND = re.compile(
    r"[\s\d:(\uff08時分頃に、,]{0,12}(?:[ap]\.?m\b\.?)?[\s(\uff08]{0,3}"
    r"(?P<label>更新|改訂|修正|訂正|最終確認|公開|掲載|公表|投稿|配信|(?:updated?|edited|modified|revised|corrected|changed|published|posted|aktualisiert|geändert)\b)"
    r"(?:済み?|日時?)?\s*(?=$|[)\uff09\]|•·、,。/\uff5c])",
    re.IGNORECASE,
)
# "4月21日 12時00分更新", the only day of its line, is what some papers print of an article that they never changed.
_HOUR = re.compile(r"\d\s*[:\uff1a時]")
# A line that is nothing but the label of the line behind it.
_LONE_LABEL = re.compile(
    rf"(?:最終|last|zuletzt|dernière)?\s*(?:{_UPDATED.pattern})\s*(?:日時?|on|at|am|le)?\s*[:：]?", re.IGNORECASE
)


def carry_labels(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, each with the label of a change before it that stands alone on the line above."""
    label = ""
    for line in lines:
        yield replace(line, text=f"{label} {line.text}") if label else line
        label = line.text if len(line.text) <= _LABEL_REACH and _LONE_LABEL.fullmatch(line.text) else ""


def begins_updated(text: str) -> bool:
    """Whether a line tells of a change before it tells any day."""
    first = next(iter(find_day_spans(text)), (len(text),))[0]
    updated, published = _UPDATED.search(text, 0, first), _PUBLISHED.search(text)
    return updated is not None and not (published and published.start() < updated.start())


def find_changed(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Those days of a line that are days of a change; a line has its labels either before its days or behind them."""
    if not spans:
        return ()
    ends = (*(start for start, _ in spans[1:]), len(text))
    behind = [_BEHIND.match(text, span[1], end) for span, end in zip(spans, ends, strict=True)]
    first = text[max(0, spans[0][0] - _LABEL_REACH) : spans[0][0]]
    if behind[-1] is None or _UPDATED.search(first) or _PUBLISHED.search(first):
        return tuple(span for span in spans if _is_updated(text, span[0]))
    if len(spans) == 1 and _HOUR.search(text, *spans[0]):
        return ()
    return tuple(span for span, found in zip(spans, behind, strict=True) if found and _UPDATED.match(found["label"]))


def _is_updated(text: str, start: int) -> bool:
    """Whether the last word before a day that says what day it is says that it is that of a change."""
    before = text[max(0, start - _LABEL_REACH) : start]
    updated = max((found.end() for found in _UPDATED.finditer(before)), default=-1)
    return updated > max((found.start() for found in _PUBLISHED.finditer(before)), default=-1)


def iter_labelled(lines: Sequence[Line]) -> Iterator[str]:
    """What stands behind "Published" or 公開日 in the words of the page; "a paper published 12 May" is no label."""
    words = "\n".join(("", *(line.text for line in lines)))[:_MOST_WORDS]
    labels = (found for found in _PUBLISHED.finditer(words) if _is_label(words, found))
    for found in islice(labels, _MOST_LABELS):
        yield words[found.end() : found.end() + 40]


def _is_label(words: str, found: re.Match[str]) -> bool:
    if not words[found.start()].islower():
        return True
    return _BEFORE_LABEL.search(words[max(0, found.start() - 40) : found.start()]) is not None
