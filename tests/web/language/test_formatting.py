from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import Comparator, PartialDate, Quantity
from web.language.formatting import (
    format_cell,
    format_distance,
    format_moment,
    format_name,
    format_number,
    format_partial_date,
    format_quantity,
    get_web_url,
    shorten_text,
)
from web.language.wording import get_words

EN, JA = get_words("en"), get_words("ja")
NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity("training_cost", 5_600_000, "USD"), "US$5.6 million"),
        (Quantity("training_cost", 5_576_000, "USD", Comparator.ABOUT), "about US$5.576 million"),
        (Quantity("spending", 1e9, "USD", Comparator.RANGE, 1e10), "US$1 billion to US$10 billion"),
        (Quantity("price", 2.19, "USD/1M tokens"), "US$2.19 per 1M tokens"),
        (Quantity("price", 3000, "JPY/month"), "¥3,000 per month"),
        (Quantity("earned", -2e9, "CNY"), "−CN¥2 billion"),
        (Quantity("price", 5, "SEK"), "SEK 5"),
        (Quantity("stock_change", -17, "%"), "−17%"),
        (Quantity("stock_change", 3.5, "%"), "+3.5%"),
        (Quantity("chips", 2000, "chips", Comparator.AT_LEAST), "at least 2,000 chips"),
        (Quantity("chips", 1, "chips"), "1 chip"),
        (Quantity("countries", 1, "countries"), "1 country"),
        (Quantity("parameters", 671e9, "parameters"), "671 billion parameters"),
        (Quantity("rank", 1, "rank"), "no. 1"),
        (Quantity("", 20, "x", Comparator.OVER), "over 20×"),
        (Quantity("", 2, "pp"), "2 percentage points"),
        (Quantity("score", 0.62, "points"), "0.62 points"),
        (Quantity("", 7, ""), "7"),
        (Quantity("", float("nan"), "USD"), "US$no number"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_quantity_reads_as_people_write_it(quantity: Quantity, text: str) -> None:
    assert plain(format_quantity(quantity, EN)) == text


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity("training_cost", 5_576_000, "USD", Comparator.ABOUT), "約557.6万ドル"),
        (Quantity("spending", 1e9, "USD", Comparator.RANGE, 1e10), "10億ドル〜100億ドル"),
        (Quantity("price", 2.19, "USD/1M tokens"), "100万トークンあたり2.19ドル"),
        (Quantity("earned", -2e9, "CNY"), "−20億元"),
        (Quantity("price", 5, "SEK"), "SEK 5"),
        (Quantity("stock_change", -17, "%"), "−17%"),
        (Quantity("chips", 2000, "chips", Comparator.AT_LEAST), "2,000個以上"),
        (Quantity("rank", 1, "rank"), "1位"),
        (Quantity("", 20, "x", Comparator.OVER), "20倍超"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_quantity_reads_as_japanese_write_it(quantity: Quantity, text: str) -> None:
    assert plain(format_quantity(quantity, JA)) == text


@pytest.mark.parametrize(
    ("date", "text"),
    [("2025", "2025年"), ("2025-Q2", "2025年第2四半期"), ("2025-01", "2025年1月"), ("2025-01-27", "2025年1月27日")],
)
def test_partial_date_in_japanese(date: str, text: str) -> None:
    assert format_partial_date(PartialDate(date), JA) == text


@given(st.floats())
def test_any_number_can_be_written(value: float) -> None:
    assert format_number(value, EN)
    assert format_number(value, JA)


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ("2025", "2025"),
        ("2025-Q2", "Q2 2025"),
        ("2025-01", "Jan 2025"),
        ("2025-01-27", "27 Jan 2025"),
        ("2025-13-45", "2025-13-45"),
        ("soon", "soon"),
    ],
)
def test_partial_date_shows_what_is_known(date: str, text: str) -> None:
    assert format_partial_date(PartialDate(date), EN) == text


def test_moments_and_distances() -> None:
    assert format_moment(NOW, EN) == "3 Feb 2025, 09:00 UTC"
    assert format_distance(NOW - timedelta(hours=3), NOW, EN) == "3 hours ago"
    assert format_distance(NOW + timedelta(days=2), NOW, EN) == "in 2 days"
    assert format_distance(NOW, NOW, EN) == "now"
    assert format_moment(NOW, JA) == "2025年2月3日 09:00 UTC"
    assert format_distance(NOW - timedelta(hours=3), NOW, JA) == "3 時間前"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("DeepSeek", "DeepSeek"),
        ("Deep\u200bSeek\u202e", "DeepSeek"),
        ("\u200b\u2066", "(no visible name)"),
        ("\u200d", "(no visible name)"),
        ("a\x00b\nc", "a b c"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_name_shows_and_hides_nothing(name: str, shown: str) -> None:
    assert format_name(name, EN) == shown


@pytest.mark.parametrize("url", ["https://a.example/x?y=1", "http://a.example"])
def test_web_address_becomes_a_link(url: str) -> None:
    assert get_web_url(url) == url


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//a.example", "file:///etc", "http://[", ""],
)
def test_other_address_never_becomes_a_link(url: str) -> None:
    assert get_web_url(url) == ""


def test_long_text_is_cut() -> None:
    assert shorten_text("abc def", 4) == "abc…"
    assert shorten_text("It did not copy it.", 9) == "It did…"
    assert shorten_text("It did not copy it.", 10) == "It did not…"
    assert shorten_text("新モデルDeepSeekを公開", 8) == "新モデル…"
    assert shorten_text("新モデルを公開した", 4) == "新モデル…"
    assert shorten_text("https://example.org/a-long-address", 20) == "https://example.org/…"
    assert shorten_text("abc", 3) == "abc"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (True, "true"),
        (3, "3"),
        (0.5, "0.5"),
        (5.6e6, "5600000"),
        ("<b>", "<b>"),
        ([1, "あ"], '[1, "あ"]'),
        ({"a": 1}, '{"a": 1}'),
    ],
)
def test_cell_is_text(value: object, text: str) -> None:
    assert format_cell(value) == text
