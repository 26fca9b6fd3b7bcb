"""A text as pieces: each knows its place in the text, in code points."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import ConfigError
from ingest.nlp.pieces import END, PAD, START, UNKNOWN, Pieces

_TEXTS = (
    "Vantor said on Monday that it had bought Sablefish.",
    "ヴァントルは27日、セーブルフィッシュを買収したと発表した。",
    "米OpenAIのGPT-4oは、  全角ＡＢＣ と㌔を読む。",
    "A cafe\u0301, a\u200bb, \ufeffand 🙂👩\u200d👩\u200d👧 too.",
)
# Texts, and the number and place of each piece, as `tokenizers` cut them when the encoder was trained.
_RECORDED = [line.split("\t") for line in (Path(__file__).parent / "pieces.tsv").read_text("utf-8").splitlines()]


def cut_all(pieces: Pieces, text: str) -> list[tuple[int, tuple[int, int]]]:
    (row,) = pieces.cut(text, [(0, len(text))])
    return row


@pytest.mark.parametrize("text", _TEXTS, ids=["en", "ja", "mixed", "marks"])
def test_pieces_stand_in_the_text_in_order(text: str, pieces: Pieces) -> None:
    spans = [span for _, span in cut_all(pieces, text)]
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)


@pytest.mark.parametrize("text", _TEXTS[:2], ids=["en", "ja"])
def test_pieces_hold_every_letter(text: str, pieces: Pieces) -> None:
    held = {at for _, span in cut_all(pieces, text) for at in range(*span)}
    assert held == {at for at, char in enumerate(text) if char != " "}


@pytest.mark.parametrize("text", _TEXTS, ids=["en", "ja", "mixed", "marks"])
def test_no_piece_opens_with_white_space(text: str, pieces: Pieces) -> None:
    assert not [span for _, span in cut_all(pieces, text) if text[slice(*span)][:1].isspace()]


def test_places_are_those_of_the_text_not_of_the_stretch(pieces: Pieces) -> None:
    text = "One thing. Vantor grew."
    (row,) = pieces.cut(text, [(11, 23)])
    assert text[row[0][1][0] : row[-1][1][1]] == "Vantor grew."


def test_a_stretch_is_cut_the_same_in_any_company(pieces: Pieces) -> None:
    text = "\n".join(_TEXTS)
    spans = [(text.index(one), text.index(one) + len(one)) for one in _TEXTS]
    assert pieces.cut(text, spans) == [row for span in spans for row in pieces.cut(text, [span])]


@pytest.mark.parametrize("text", ["", "\u200b"], ids=["nothing", "zero width"])
def test_nothing_to_see_is_no_piece(text: str, pieces: Pieces) -> None:
    assert cut_all(pieces, text) == []


def test_no_stretches_no_rows(pieces: Pieces) -> None:
    assert pieces.cut("Vantor grew.", []) == []


def test_numbers_are_those_of_the_encoder(pieces: Pieces) -> None:
    numbers = [number for text in _TEXTS for number, _ in cut_all(pieces, text)]
    assert all(0 <= number < len(pieces) for number in numbers)


@pytest.mark.parametrize(("text", "wanted"), _RECORDED)
def test_pieces_are_those_that_the_encoder_learned(text: str, wanted: str, pieces: Pieces) -> None:
    found = cut_all(pieces, json.loads(text))
    assert " ".join(f"{number}:{start}-{end}" for number, (start, end) in found) == wanted


def test_text_cannot_write_the_marks_of_a_window(pieces: Pieces) -> None:
    numbers = {number for number, _ in cut_all(pieces, "<s>Vantor</s> grew.<pad>")}
    assert not numbers & {START, PAD, END}


def test_what_the_encoder_does_not_know_is_one_unknown_piece(pieces: Pieces) -> None:
    _, unknown, after = cut_all(pieces, "a\0\1\2b")
    assert (unknown, after[1]) == ((UNKNOWN, (1, 4)), (4, 5))


@pytest.mark.parametrize("unit", ["水", "x", "Vantor grew. "], ids=["ja", "one word", "en"])
def test_long_line_is_cut_to_its_end(unit: str, pieces: Pieces) -> None:
    text = (unit * 100_000)[:100_000].rstrip()
    spans = [span for _, span in cut_all(pieces, text)]
    assert (spans[0][0], spans[-1][1]) == (0, len(text))


def test_marks_upon_marks_take_no_longer_than_as_many_letters(pieces: Pieces) -> None:
    text = "a" + "\u0301\uff9e" * 20_000
    assert cut_all(pieces, text)[-1][1][1] == len(text)  # an hour where each mark is composed with all before it


@given(st.text(max_size=80))
def test_any_text_keeps_its_pieces_inside(pieces: Pieces, text: str) -> None:
    assert all(0 <= start <= end <= len(text) for _, (start, end) in cut_all(pieces, text))


@given(st.text(max_size=30), st.text(max_size=30))
def test_what_stands_around_changes_no_piece(pieces: Pieces, before: str, after: str) -> None:
    text, inner = f"{before}\nVantor grew.\n{after}", len(before) + 1
    (row,) = pieces.cut(text, [(inner, inner + 12)])
    assert row == [(number, (a + inner, b + inner)) for number, (a, b) in cut_all(pieces, "Vantor grew.")]


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"pieces\.json: no pieces to read with.*install claimgraph again"):
        Pieces(tmp_path / "pieces.json")


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "no json", '{"model": {"vocab": [["a", 0]]}}', '{"model": {"vocab": [["<s>", 1e300]]}}'],
    ids=["empty", "cut", "list", "words", "another's", "no score"],
)
def test_file_that_is_none_is_named(content: str, tmp_path: Path) -> None:
    path = tmp_path / "pieces.json"
    path.write_text(content, "utf-8")
    with pytest.raises(ConfigError, match=r"pieces\.json"):
        Pieces(path)
