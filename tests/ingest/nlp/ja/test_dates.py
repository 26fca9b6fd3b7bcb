"""Japanese dates against the day of the article."""

from datetime import date

import pytest

from graph.records import PartialDate
from ingest.nlp.ja.dates import find_dates

# A Friday.
TODAY = date(2025, 3, 14)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2月24日に公開した", "2025-02-24"),
        ("2024年12月26日に公開した", "2024-12-26"),
        ("2026 年 4 月 17 日に", "2026-04-17"),
        ("２０２４年５月", "2024-05"),
        ("2024年には", "2024"),
        ("2025年第2四半期", "2025-Q2"),
        ("2024年度第4四半期", "2024-Q4"),
        ("昨年第3四半期", "2024-Q3"),
        ("昨年秋", "2024"),
        ("昨年の夏", "2024"),
        ("今年の春", "2025"),
        ("一昨年", "2023"),
        ("来年", "2026"),
        ("昨年12月", "2024-12"),
        ("昨年12月3日", "2024-12-03"),
        ("（2025.2）", "2025-02"),
        ("2025.2 新モデル", "2025-02"),
        ("2015 同社設立", "2015"),
        ("2024 年 5 月", "2024-05"),
        ("2025年Q1", "2025-Q1"),
        ("第4四半期の納車", "2024-Q4"),
        ("Q4の納車", "2024-Q4"),
        ("先週出た", "2025-03"),
        ("今週", "2025-03"),
        ("基本合意（2/9）", "2025-02-09"),
        ("2/28(金)に", "2025-02-28"),
        ("12/26に公開", "2024-12-26"),
        ("7/2に開始", "2025-07-02"),
        ("2024.11 に", "2024-11"),
        ("先月", "2025-02"),
        ("今月", "2025-03"),
        ("今月10日", "2025-03-10"),
        ("来月", "2025-04"),
        ("令和7年1月", "2025-01"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成30年", "2018"),
        ("24年11月", "2024-11"),
        ("10日、", "2025-03-10"),
        ("28日、", "2025-02-28"),
        ("5月に", "2025-05"),
        ("12月に", "2024-12"),
        ("1月初め", "2025-01"),
        ("月曜日に", "2025-03-10"),
        ("金曜日に", "2025-03-14"),
        ("先週月曜", "2025-03-03"),
        ("先週の水曜日", "2025-03-05"),
        ("昨日", "2025-03-13"),
        ("本日", "2025-03-14"),
        ("2025-03-01に", "2025-03-01"),
        ("2025/3/1に", "2025-03-01"),
    ],
)
def test_date_is_read(text: str, expected: str) -> None:
    assert [when.value for when in find_dates(text, TODAY)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "10日間の停止",
        "数日後",
        "1日で約3%",
        "前日比2%",
        "日本",
        "月額20ドル",
        "3年ぶり_",
        "32日",
        "1/3に減った",
        "3/10まで減った",
        "24/7",
        "GPT-4Q4",
        "3/5の価格",
        "| 4096 |",
        "Acme 2025.2に",
    ],
)
def test_words_that_fix_no_day(text: str) -> None:
    assert find_dates(text, TODAY) == ()


def test_same_day_is_the_date_before() -> None:
    (when,) = find_dates("同日、否定した", TODAY, PartialDate("2025-02-07"))
    assert when.value == "2025-02-07"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1月16日に予告し、27日に出した", ["2025-01-16", "2025-01-27"]),
        ("1月30日に予告し、10日に出した", ["2025-01-30", "2025-03-10"]),
        ("2019年8月19日に延び、同年5月21日に始まった", ["2019-08-19", "2019-05-21"]),
        ("2024年8月に決め、同年12月に直した", ["2024-08", "2024-12"]),
        ("2024年8月3日に決め、同月9日に直した", ["2024-08-03", "2024-08-09"]),
    ],
)
def test_day_behind_another_is_counted_from_it(text: str, expected: list[str]) -> None:
    assert [when.value for when in find_dates(text, TODAY)] == expected


def test_day_after_counts_on_within_the_sentence() -> None:
    values = [when.value for when in find_dates("2月7日に報じられ、翌日に否定した", TODAY)]
    assert values == ["2025-02-07", "2025-02-08"]


def test_same_day_without_a_date_before_is_nothing() -> None:
    assert find_dates("同日、否定した", TODAY) == ()
