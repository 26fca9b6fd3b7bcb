from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning import clean_line, clean_text


def test_line_ends_controls_and_trailing_space() -> None:
    assert clean_text("a \r\nb\r\x00c\u2028d\t\n\ud800e  ") == "a\nb\nc\nd\ne"


def test_composed_but_not_folded() -> None:
    assert clean_text("か\u3099 \uff21\uff11") == "\u304c \uff21\uff11"


def test_line_is_one_line_and_short() -> None:
    assert clean_line("  a\n\tb   c ", 3) == "a b"


@given(st.text(st.characters(codec=None)))
def test_clean_text_is_writable_and_stays_clean(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert "\0" not in cleaned
    assert "\r" not in cleaned


@given(st.text(st.characters(codec=None)), st.integers(1, 50))
def test_clean_line_keeps_its_limit(text: str, limit: int) -> None:
    assert len(clean_line(text, limit)) <= limit
