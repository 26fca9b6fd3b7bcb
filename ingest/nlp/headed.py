"""The day under which a passage stands: release notes, timelines and digests say it once, in a heading."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.records import PartialDate
from ingest.nlp.document import Paragraph, Zone
from ingest.nlp.languages import Language

_WORD = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")
# Beside a day alone may stand a weekday, or "th".
_BESIDE = 10
_LONGEST = 40
_MONTH = len("2025-01")
# An entry of a chronicle opens with its year: "2023", "## 2023年", "### 2023: GPT-4".
_YEAR = re.compile(r"\W*(?P<year>(?:19|20)\d\d)年?(?:\W*$|\W*[\s:：|｜](?P<title>.*))")
_SEVERAL = 2


def find_headed_days(
    paragraphs: Sequence[Paragraph], languages: Mapping[str, Language], today: date
) -> dict[int, PartialDate]:
    """By number of the paragraph, the day of the last heading that opens with one; the heading counts itself.

    Under a heading that is nothing but a day, other headings are parts of that day; otherwise they end it.
    What a chronicle tells under "2023: GPT-4" was done that year.
    """
    entries = find_entries(paragraphs, today).items()
    years = {number: PartialDate(str(entry.year)) for number, entry in entries if entry.titled}
    return years | dict(_iter_headed(paragraphs, languages, today))


@dataclass(frozen=True, slots=True)
class Entry:
    """The year whose entry of a chronicle a paragraph is, and whether the heading says what happened then."""

    year: int
    titled: bool


def find_entries(paragraphs: Sequence[Paragraph], today: date) -> dict[int, Entry]:
    """By number of the paragraph, the entry that it is in; a text with two such headings is a chronicle.

    Under a year alone other headings are parts of it; otherwise they end it.
    """
    found: dict[int, Entry] = {}
    entry: Entry | None = None
    for number, paragraph in enumerate(paragraphs):
        heading = paragraph.zone is Zone.HEADING
        match = _YEAR.fullmatch(paragraph.text) if heading or len(paragraph.text) <= _BESIDE else None
        if match and int(match["year"]) <= today.year:
            entry = Entry(int(match["year"]), titled=bool(match["title"]))
        elif heading and entry and entry.titled:
            entry = None
        if entry:
            found[number] = entry
    return found if len({one.year for one in found.values()}) >= _SEVERAL else {}


def _iter_headed(
    paragraphs: Sequence[Paragraph], languages: Mapping[str, Language], today: date
) -> Iterator[tuple[int, PartialDate]]:
    day: PartialDate | None = None
    alone = False
    for number, paragraph in enumerate(paragraphs):
        text, language = paragraph.text, languages.get(paragraph.lang)
        heading = paragraph.zone is Zone.HEADING
        if language and (heading or len(text) <= _LONGEST):
            days = language.find_days(text, today)
            # A year or a quarter is what a section is about, and what lies ahead was not done yet.
            found = next(((span, day) for span, day in days if _is_day(day, today)), None)
            opens = found is not None and not _WORD.search(text[: found[0][0]])
            bare = found is not None and len(_LETTER.findall(text[found[0][1] :])) <= _BESIDE
            if found and opens and (heading or bare):
                day, alone = found[1], bare
            elif heading and not alone:
                day = None
        if day:
            yield number, day


def _is_day(day: PartialDate, today: date) -> bool:
    return len(day) >= _MONTH and "Q" not in day and day <= today.isoformat()
