from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.language.wording import LANGUAGES, get_words
from web.pictures.bars import Said, draw_activity, draw_days, draw_sparkline

# Read before the tests are timed.
WORDS = {lang: get_words(lang) for lang in LANGUAGES}
EN = WORDS["en"]
DAYS = st.dictionaries(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(1, 10_000), max_size=40)
SAID = st.lists(st.builds(Said, st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.booleans()), max_size=12)
FIRST = date(2025, 1, 29)


def say(*days: int, denies: bool = False) -> list[Said]:
    return [Said(FIRST + timedelta(days=day), denies) for day in days]


def test_a_sparkline_has_a_bar_a_day_and_denials_below() -> None:
    spark = draw_sparkline([*say(0, 0, 2), *say(2, denies=True)], EN)
    assert spark
    assert [(bar.kind, bar.y, bar.height) for bar in spark.bars] == [("", 0, 14), ("last", 7, 7), ("denies", 15, 3)]
    assert spark.summary == "4 claims on 2 days, 1 of which denies; most on 29 Jan 2025: 2."


def test_a_sparkline_says_what_it_leaves_out() -> None:
    spark = draw_sparkline(say(0, 2), WORDS["ja"], left_out=7)
    assert spark
    assert spark.summary == "計2日に主張2件、最多は2025年1月29日の1件。ほか7件は描いていません。"


def test_over_more_than_two_weeks_a_bar_is_a_month() -> None:
    spark = draw_sparkline(say(0, 1, 400), EN)
    assert spark
    # The last twelve months only.
    assert [(bar.kind, bar.height) for bar in spark.bars] == [("last", 14)]


@pytest.mark.parametrize("said", [[], say(0), say(0, 0, 0)], ids=["none", "one", "one day"])
def test_one_day_gives_no_sparkline(said: list[Said]) -> None:
    assert draw_sparkline(said, EN) is None


@settings(deadline=None)
@given(SAID)
def test_sparks_stand_inside_the_drawing(said: list[Said]) -> None:
    spark = draw_sparkline(said, EN)
    for bar in spark.bars if spark else ():
        assert 0 <= bar.x <= bar.x + bar.width <= 100
        assert 0 <= bar.y <= bar.y + bar.height <= spark.height if spark else 0


def test_activity_of_a_few_weeks_is_drawn_by_day() -> None:
    activity = draw_activity({date(2025, 1, 28): 2, date(2025, 1, 30): 4}, 100, EN)
    assert activity
    assert [bar.height for bar in activity.bars] == [32, 64]
    assert [label.text for label in activity.labels] == ["28 Jan 2025", "30 Jan 2025"]
    assert [[cell.text for cell in row] for row in activity.rows] == [["28 Jan 2025", "2"], ["30 Jan 2025", "4"]]
    assert activity.summary == "6 claims, by day, peak 30 Jan 2025: 4"


def test_more_is_drawn_by_month() -> None:
    days = {date(2024, 11, 30): 1, date(2025, 1, 1): 2, date(2025, 2, 3): 1, date(2025, 2, 28): 4}
    activity = draw_activity(days, 8, EN)
    assert activity
    assert [[cell.text for cell in row] for row in activity.rows] == [
        ["Nov 2024", "1"],
        ["Jan 2025", "2"],
        ["Feb 2025", "5"],
    ]
    assert activity.summary == "8 claims, by month, peak Feb 2025: 5, the newest 8 only"


def test_nothing_gives_no_activity() -> None:
    assert draw_activity({}, 100, EN) is None


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(deadline=None)
@given(days=DAYS)
def test_bars_stand_inside_the_drawing(lang: str, days: dict[date, int]) -> None:
    activity = draw_activity(days, 10**9, WORDS[lang])
    for bar in activity.bars if activity else ():
        assert 0 <= bar.x <= bar.x + bar.width <= 100.01
        assert 0 <= bar.y < bar.y + bar.height <= 64.1


def test_days_in_a_row_are_bars_that_lead_to_them_and_the_last_is_dark() -> None:
    days = {FIRST + timedelta(days=number): claims for number, claims in enumerate((40, 0, 1, 10))}
    picture = draw_days(days, EN)
    assert picture
    assert [(bar.day, bar.height, bar.kind) for bar in picture.bars] == [
        (FIRST, 40, ""),
        (FIRST + timedelta(days=2), 2, ""),  # there, though forty times less
        (FIRST + timedelta(days=3), 10, "last"),
    ]
    assert picture.summary == "10 claims on 1 Feb 2025, peak 29 Jan 2025: 40"


def test_one_day_alone_is_no_picture() -> None:
    assert draw_days({FIRST: 3, FIRST + timedelta(days=1): 0}, EN) is None
