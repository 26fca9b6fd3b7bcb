from hypothesis import given
from hypothesis import strategies as st

from web.marking import split_paragraphs, split_text

SPANS = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=8)
TEXTS = st.text(alphabet="ab \nあ", max_size=50)


def test_nested_marks_cut_the_outer_one() -> None:
    pieces = split_text("one two three", [((0, 13), "outer"), ((4, 7), "inner")])
    assert [(piece.text, piece.marks) for piece in pieces] == [
        ("one ", ("outer",)),
        ("two", ("outer", "inner")),
        (" three", ("outer",)),
    ]


def test_overlapping_marks_share_the_middle() -> None:
    pieces = split_text("abcdef", [((0, 4), 1), ((2, 6), 2)])
    assert [piece.marks for piece in pieces] == [(1,), (1, 2), (2,)]
    assert [piece.opens for piece in pieces] == [(1,), (2,), ()]
    assert [piece.closes for piece in pieces] == [(), (1,), (2,)]


def test_several_marks_on_one_span_stay_one_piece() -> None:
    pieces = split_text("abc", [((0, 3), 1), ((0, 3), 2)])
    assert [(piece.text, piece.marks) for piece in pieces] == [("abc", (1, 2))]


def test_text_without_marks_is_one_piece() -> None:
    no_marks: list[tuple[tuple[int, int], str]] = []
    assert [piece.text for piece in split_text("abc", no_marks)] == ["abc"]
    assert split_text("", no_marks) == ()


def test_mark_over_two_paragraphs_opens_once() -> None:
    paragraphs = split_paragraphs("one\n\ntwo", [((0, 8), "x")])
    assert [[piece.text for piece in pieces] for pieces in paragraphs] == [["one"], ["two"]]
    assert [piece.opens for pieces in paragraphs for piece in pieces] == [("x",), ()]


@given(TEXTS, SPANS)
def test_pieces_are_the_text_again(text: str, spans: list[tuple[int, int]]) -> None:
    pieces = split_text(text, list(zip(spans, range(len(spans)), strict=True)))
    assert "".join(piece.text for piece in pieces) == text


@given(TEXTS, SPANS)
def test_every_mark_opens_and_closes_at_most_once(text: str, spans: list[tuple[int, int]]) -> None:
    paragraphs = split_paragraphs(text, list(zip(spans, range(len(spans)), strict=True)))
    pieces = [piece for paragraph in paragraphs for piece in paragraph]
    for number in range(len(spans)):
        assert sum(number in piece.opens for piece in pieces) <= 1
        assert sum(number in piece.closes for piece in pieces) <= 1
