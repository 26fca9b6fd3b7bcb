"""Amounts and dates of both languages, one a row of quantities.tsv.

means  `VALUE UNIT COMPARATOR` or `LOW..HIGH UNIT range` in base units; `@DAY` against 14 March 2025, `@` for no date
miss   why the row is not read so yet
"""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.nlp.document import Amount
from ingest.nlp.load import load_languages

# A Friday.
TODAY = date(2025, 3, 14)
with Path(__file__).with_name("quantities.tsv").open(encoding="utf-8") as _file:
    ROWS = list(csv.DictReader(_file, delimiter="\t", quoting=csv.QUOTE_NONE))
_LANGUAGES = load_languages()


@pytest.fixture
def row(request: pytest.FixtureRequest) -> dict[str, str]:
    """A row of the table; one with a known miss must fail."""
    found: dict[str, str] = request.param
    if found["miss"]:
        request.applymarker(pytest.mark.xfail(reason=found["miss"], strict=True))
    return found


def _name(row: dict[str, str]) -> str:
    return f"{row['lang']}: {row['text']}"


@pytest.mark.parametrize("row", [row for row in ROWS if row["means"][0] != "@"], ids=_name, indirect=True)
def test_amount_is_read(row: dict[str, str]) -> None:
    value, _, rest = row["means"].partition(" ")
    low, _, high = value.partition("..")
    unit, _, comparator = rest.rpartition(" ")
    (amount,) = _find_amounts(row)
    assert (amount.unit, amount.comparator.value) == (unit, comparator)
    assert amount.value == pytest.approx(float(low), rel=1e-5)
    assert (amount.high or 0) == pytest.approx(float(high or 0), rel=1e-5)


@pytest.mark.parametrize("row", [row for row in ROWS if row["means"][0] == "@"], ids=_name, indirect=True)
def test_date_is_read(row: dict[str, str]) -> None:
    assert _find_date(row) == row["means"][1:]


def test_table_is_wide() -> None:
    assert sum(row["lang"] == "en" for row in ROWS) >= 170
    assert sum(row["lang"] == "ja" for row in ROWS) >= 130


@pytest.mark.parametrize(("plain", "letter"), [("I", "İ"), ("i", "ı"), ("s", "ſ")])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_letter_that_case_takes_for_another_is_read_as_that(plain: str, letter: str, lang: str) -> None:
    """Typed with a Turkish keyboard: MİLLİON."""
    language = _LANGUAGES[lang]
    for text in (row["text"] for row in ROWS if row["lang"] == lang):
        odd, usual = (text.replace(plain.lower(), one) for one in (letter, plain))
        found = language.find_amounts(odd)
        assert [replace(one, text="") for one in found] == [
            replace(one, text="") for one in language.find_amounts(usual)
        ]
        assert [one.text for one in found] == [odd[slice(*one.span)] for one in found]
        assert language.find_days(odd, TODAY) == language.find_days(usual, TODAY)


def _find_amounts(row: dict[str, str]) -> tuple[Amount, ...]:
    return _LANGUAGES[row["lang"]].find_amounts(row["text"])


def _find_date(row: dict[str, str]) -> str:
    """The first date of the row's text, empty when there is none."""
    days = _LANGUAGES[row["lang"]].find_days(row["text"], TODAY)
    return days[0][1] if days else ""
