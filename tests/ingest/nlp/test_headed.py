"""The day that a heading gives to what stands below it."""

from collections.abc import Callable
from datetime import date

import pytest

from graph.records import Claim, Modality, Predicate
from ingest.nlp.document import Sentence
from ingest.nlp.headed import find_entries, find_headed_days
from ingest.nlp.languages import Language
from ingest.nlp.told import find_all_days
from ingest.nlp.zones import split_paragraphs
from tests.hand import HandFinder, Told

Read = Callable[..., tuple[Claim, ...]]


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["# 2025", "Quillon-2 is out."], [None, None]),
        (["# Q3 2024 results", "Quillon-2 is out."], [None, None]),
        (["# April 3, 2025", "Quillon-2 is out."], [None, None]),
        (["# Notes", "## March 3, 2025", "Quillon-2 is out.", "- A lamp."], [None, "2025-03-03"] + ["2025-03-03"] * 2),
        (["## 2025-03-03", "### Models", "Quillon-2.", "## 2025-03-01", "Petrel."],
         ["2025-03-03"] * 3 + ["2025-03-01"] * 2),
        (["## 2025-03-03: Quillon-2 is out", "It is good.", "## What else", "Petrel."],
         ["2025-03-03", "2025-03-03", None, None]),
        (["March 3, 2025", "Quillon-2 is out."], ["2025-03-03"] * 2),
        (["The lamp of March 3, 2025, is out.", "Quillon-2 is out."], [None, None]),
        (["## 2025年3月3日（月）", "クイロンが出た。"], ["2025-03-03"] * 2),
        (["## 2023: Quillon", "It is out.", "## 2024年　クイロン2", "It is out.", "## What else", "Petrel."],
         ["2023"] * 2 + ["2024"] * 2 + [None] * 2),
        (["## 2023", "Quillon is out.", "## 2024", "Quillon-2 is out."], [None] * 4),
        (["## 2024: Quillon-2", "It is out.", "## 2027: Petrel", "It is planned."], [None] * 4),
        (["## Since March 3, 2025, all is well", "Quillon-2 is out."], [None, None]),
    ],
    ids=["a year", "a quarter", "ahead", "alone", "parts of a day", "with a title", "a line by itself",
         "inside a sentence", "Japanese", "a chronicle", "years alone", "one year that is over", "not first"],
)  # fmt: skip
def test_day_of_the_heading(lines: list[str], days: list[str | None], languages: dict[str, Language]) -> None:
    zones = {code: language.zones for code, language in languages.items()}
    lang = "ja" if "クイロンが出た。" in lines else "en"
    paragraphs = split_paragraphs("\n".join(lines), lang, zones)
    found = find_headed_days(paragraphs, languages, date(2025, 3, 14))
    assert [found.get(number) for number in range(len(lines))] == days


_TEXT = "# Notes of Vantor\n## March 3, 2025\nVantor released Quillon-2. Vantor will release Petrel. Vantor leads."


@pytest.mark.parametrize(
    ("told", "day"),
    [
        (Told(Predicate.RELEASED, "released", "Vantor", "Quillon-2"), "2025-03-03"),
        (Told(Predicate.RELEASED, "will", "Vantor", "Petrel", modality=Modality.PREDICTED), None),
        (Told(Predicate.LEADS, "leads", "Vantor"), None),
    ],
    ids=["done", "yet to come", "no deed"],
)
def test_what_was_done_was_done_on_that_day(told: Told, day: str | None, read: Read) -> None:
    (claim,) = read(_TEXT, HandFinder([told], {}), "en")
    assert claim.date == day


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["2023年", "- 7月 創業", "2024年", "- 3月 公開", "- 昨年12月 提携"], ["2023-07", "2024-03", "2023-12"]),
        (["2023", "In July it was founded.", "2024", "In May it moved."], ["2023-07", "2024-05"]),
        (["2023年", "- 7月 創業"], ["2024-07"]),
    ],
    ids=["Japanese", "English", "no chronicle"],
)
def test_months_under_a_year_are_of_that_year(
    lines: list[str], days: list[str], languages: dict[str, Language]
) -> None:
    lang, today = "en" if "2023" in lines else "ja", date(2024, 12, 14)
    paragraphs = split_paragraphs("\n".join(lines), lang, {code: one.zones for code, one in languages.items()})
    years = {number: entry.year for number, entry in find_entries(paragraphs, today).items()}
    sentences = [Sentence(one.span, one.text, lang, one.zone, number, ()) for number, one in enumerate(paragraphs)]
    found = find_all_days(sentences, languages, today, years)
    assert [day for some in found for _, day in some if len(day) > 4] == days
