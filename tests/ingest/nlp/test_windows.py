"""Windows over a text: every passage is read once and whole, with what stands before it."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.nlp.document import Span
from ingest.nlp.pieces import END, START, Pieces
from ingest.nlp.windows import Mark, Passage, Window, make_windows

# Places that the encoder knows.
_LONGEST = 512
_SENTENCE = "Vantor said on Monday that it had paid $40 million for Sablefish."


def find_lines(text: str) -> list[Span]:
    spans, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def make(text: str, pieces: Pieces) -> list[Window]:
    return list(make_windows(text, [Passage(span) for span in find_lines(text)], pieces))


def read_ids(windows: Sequence[Window]) -> dict[int, list[int]]:
    """The pieces that are read, by passage."""
    found: dict[int, list[int]] = {}
    for window in windows:
        for unit in window.units:
            if unit.read:
                found.setdefault(unit.passage, []).extend(window.ids[unit.begin : unit.end])
    return found


def wanted_ids(text: str, pieces: Pieces) -> dict[int, list[int]]:
    rows = pieces.cut(text, find_lines(text))
    return {number: [piece for piece, _ in row] for number, row in enumerate(rows) if row}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(_SENTENCE, id="one sentence"),
        pytest.param("\n".join(f"{_SENTENCE} {n}" for n in range(40)), id="many sentences"),
        pytest.param("\n".join(f"No. {n}." for n in range(400)), id="many short ones"),
        pytest.param(_SENTENCE[:-1] * 1540, id="100,000 characters"),
        pytest.param(
            "ヴァントルは27日、セーブルフィッシュを40億円で買収したと発表した、" * 2900, id="100,000 in Japanese"
        ),
        pytest.param("x" * 100_000, id="one word of 100,000"),
        pytest.param("\n".join(f"| Model {n} | {n}.5 % | $ {n} |" for n in range(2000)), id="2,000 rows"),
        pytest.param(f"Title\n{_SENTENCE * 30}\n{_SENTENCE}\n{_SENTENCE * 30}", id="long among short"),
    ],
)
def test_every_passage_is_read_once_and_whole(text: str, pieces: Pieces) -> None:
    windows = make(text, pieces)
    assert read_ids(windows) == wanted_ids(text, pieces)
    assert max(len(window.ids) for window in windows) <= _LONGEST


@given(st.lists(st.text(max_size=120), max_size=12).map("\n".join))
def test_any_text_is_read_once_and_whole(pieces: Pieces, text: str) -> None:
    windows = make(text, pieces)
    assert read_ids(windows) == wanted_ids(text, pieces)


@given(st.lists(st.sampled_from([_SENTENCE, "Oh.", "買収した。", _SENTENCE * 4, " "]), max_size=20).map("\n".join))
def test_spans_stay_in_the_text(pieces: Pieces, text: str) -> None:
    for window in make(text, pieces):
        assert len(window.ids) == len(window.marks) == len(window.spans)
        for piece, (start, end) in zip(window.ids, window.spans, strict=True):
            assert (start, end) == (-1, -1) if piece in (START, END) else 0 <= start <= end <= len(text)


@given(st.lists(st.sampled_from([_SENTENCE, "Oh.", "買収した。", _SENTENCE * 4]), min_size=1, max_size=20))
def test_units_follow_each_other_to_the_end(pieces: Pieces, lines: list[str]) -> None:
    for window in make("\n".join(lines), pieces):
        ends = [0, *(unit.end for unit in window.units)]
        assert [unit.begin for unit in window.units] == [end + 1 for end in ends[:-1]]
        assert ends[-1] == len(window.ids) - 1
        assert all(window.ids[end] == END for end in ends[1:])


@given(st.lists(st.sampled_from([_SENTENCE, "Oh.", _SENTENCE * 4]), min_size=1, max_size=20))
def test_what_stands_before_is_in_order_and_marked_so(pieces: Pieces, lines: list[str]) -> None:
    for window in make("\n".join(lines), pieces):
        assert [unit.passage for unit in window.units] == sorted(unit.passage for unit in window.units)
        for unit in window.units:
            marks = set(window.marks[unit.begin : unit.end + 1])
            assert marks == {Mark.READ if unit.read else Mark.BEFORE}


def test_no_passages_no_windows(pieces: Pieces) -> None:
    assert list(make_windows("Vantor grew.", [], pieces)) == []


def test_a_passage_of_nothing_to_see_makes_no_window(pieces: Pieces) -> None:
    assert make("\u200b", pieces) == []


def test_short_title_opens_every_window(pieces: Pieces) -> None:
    windows = make("\n".join(["Vantor buys Sablefish", *[_SENTENCE] * 60]), pieces)
    assert len(windows) > 3
    assert {window.units[0].passage for window in windows} == {0}
    assert [window.units[0].read for window in windows] == [True] + [False] * (len(windows) - 1)


def test_long_first_sentence_is_no_title(pieces: Pieces) -> None:
    windows = make("\n".join([_SENTENCE * 3, *[_SENTENCE] * 60]), pieces)
    assert windows[-1].units[0].passage > 1


def test_the_sentence_before_is_shown_again(pieces: Pieces) -> None:
    windows = make("\n".join([_SENTENCE] * 30), pieces)
    for one, other in pairwise(windows):
        last = max(unit.passage for unit in one.units)
        assert last in {unit.passage for unit in other.units if not unit.read}


def test_a_window_is_the_same_whatever_comes_after_it(pieces: Pieces) -> None:
    lines = [f"{_SENTENCE} {n}" for n in range(30)]
    assert make("\n".join(lines[:20]), pieces)[:2] == make("\n".join(lines), pieces)[:2]


def _mark_words(
    words: str, *, amounts: tuple[Span, ...] = (), days: tuple[Span, ...] = (), pieces: Pieces
) -> list[str]:
    """What is marked as anything but read, with its mark."""
    passage = Passage((0, len(words)), amounts, days)
    (window,) = make_windows(words, [passage], pieces)
    marked = zip(window.marks, window.spans, strict=True)
    return [f"{Mark(mark).name} {words[slice(*span)]}" for mark, span in marked if mark > Mark.READ]


def test_amounts_and_days_are_told(pieces: Pieces) -> None:
    at, day = _SENTENCE.index("40"), _SENTENCE.index("Monday")
    marked = _mark_words(_SENTENCE, amounts=((at, at + 2),), days=((day, day + 6),), pieces=pieces)
    assert marked == ["DAY Monday", "AMOUNT 40"]


def test_what_is_amount_and_day_is_told_as_an_amount(pieces: Pieces) -> None:
    at = _SENTENCE.index("40")
    assert _mark_words(_SENTENCE, amounts=((at, at + 2),), days=((at, at + 2),), pieces=pieces) == ["AMOUNT 40"]


def test_amounts_of_what_is_only_shown_are_not_asked(pieces: Pieces) -> None:
    lines = [_SENTENCE] * 30
    spans = find_lines("\n".join(lines))
    at = _SENTENCE.index("40")
    passages = [Passage(span, ((span[0] + at, span[0] + at + 2),), (), ((span[0], span[0] + 6),)) for span in spans]
    windows = list(make_windows("\n".join(lines), passages, pieces))
    assert sum(len(window.amounts) for window in windows) == 30
    assert len(windows[1].names) > len(windows[1].amounts)


def test_parts_of_a_long_sentence_are_told_of_what_stands_in_them(pieces: Pieces) -> None:
    text = _SENTENCE[:-1].replace("40", "7") * 200
    sevens = tuple((at, at + 1) for at, char in enumerate(text) if char == "7")
    windows = list(make_windows(text, [Passage((0, len(text)), sevens, sevens, sevens)], pieces))
    assert all(window.amounts == window.days == window.names for window in windows)
    assert all(window.find(span) for window in windows for span in window.amounts)
    assert {span for window in windows for span in window.amounts} == set(sevens)
    marked = [span for one in windows for mark, span in zip(one.marks, one.spans, strict=True) if mark == Mark.AMOUNT]
    assert len(marked) == len(sevens)


@pytest.mark.parametrize("words", ["Vantor", "on Monday", "$40 million", "Sablefish.", _SENTENCE])
def test_words_are_found_as_pieces(words: str, pieces: Pieces) -> None:
    (window,) = make(_SENTENCE, pieces)
    span = (_SENTENCE.index(words), _SENTENCE.index(words) + len(words))
    found = window.find(span)
    assert found
    assert (window.spans[found[0]][0], window.spans[found[1]][1]) == span


def test_part_of_a_piece_is_the_whole_piece(pieces: Pieces) -> None:
    (window,) = make(_SENTENCE, pieces)
    at = _SENTENCE.index("Monday")
    found = window.find((at + 1, at + 3))
    assert found
    assert _SENTENCE[slice(*window.spans[found[0]])] == "Monday"


@pytest.mark.parametrize("span", [None, (4000, 4010), (60, 900)], ids=["none", "elsewhere", "cut at its end"])
def test_what_does_not_lie_in_the_window_is_not_found(span: Span | None, pieces: Pieces) -> None:
    (window,) = make(_SENTENCE, pieces)
    assert window.find(span) is None


@given(st.data())
def test_what_is_found_covers_what_was_sought(pieces: Pieces, data: st.DataObject) -> None:
    text = f"{_SENTENCE}\nヴァントルは27日、買収を発表した。\n{_SENTENCE}"
    (window,) = make(text, pieces)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = window.find((start, end))
    if found and text[start:end].strip() == text[start:end]:
        first, last = found
        assert window.spans[first][0] <= start
        assert end <= window.spans[last][1]
