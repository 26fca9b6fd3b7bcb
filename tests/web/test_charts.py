from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from web.charts import HEIGHT, WIDTH, make_chart

DAYS = st.dictionaries(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(1, 10_000), max_size=40)


def test_a_few_weeks_are_drawn_by_day() -> None:
    chart = make_chart({date(2025, 1, 28): 2, date(2025, 1, 30): 4})
    assert chart is not None
    assert not chart.by_month
    assert [(bar.label.day, bar.claims, bar.height) for bar in chart.bars] == [
        (28, 2, 32.0),
        (29, 0, 0.0),
        (30, 4, 64.0),
    ]
    assert chart.most.label == date(2025, 1, 30)


def test_more_is_drawn_by_month() -> None:
    chart = make_chart({date(2024, 11, 30): 1, date(2025, 1, 1): 2, date(2025, 2, 3): 1, date(2025, 2, 28): 4})
    assert chart is not None
    assert chart.by_month
    assert [(bar.label, bar.claims) for bar in chart.bars] == [
        (date(2024, 11, 1), 1),
        (date(2024, 12, 1), 0),
        (date(2025, 1, 1), 2),
        (date(2025, 2, 1), 5),
    ]


def test_nothing_gives_no_chart() -> None:
    assert make_chart({}) is None


@given(DAYS)
def test_bars_stand_inside_the_drawing(days: dict[date, int]) -> None:
    chart = make_chart(days)
    if chart is None:
        return
    assert 0 < len(chart.bars) <= 62
    assert chart.claims == sum(days.values())
    for bar in chart.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH + 0.1
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT
        assert bar.label <= max(days) + timedelta(days=1)
