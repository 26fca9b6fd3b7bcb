"""What heads the column of a table that a cell stands in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.nlp.columns import Columns

_TABLE = "A text.\n\n| Model | **MMLU** | Price |\n| --- | --- | --- |\n| Quillon-2 | 76.1 | $3 |\n| Sable | 70 |\nEnd."


def head_of(text: str, words: str) -> str | None:
    at = text.index(words)
    found = Columns(text).find_head((at, at + len(words)))
    return None if found is None else text[slice(*found)]


@pytest.mark.parametrize(
    ("words", "head"),
    [("76.1", "MMLU"), ("$3", "Price"), ("70", "MMLU"), ("Quillon-2", None), ("Price", None), ("A text", None),
     ("End", None)],
    ids=["second", "third", "short row", "first", "the head itself", "text before", "text behind"],
)  # fmt: skip
def test_cell_has_the_head_of_its_column(words: str, head: str | None) -> None:
    assert head_of(_TABLE, words) == head


def test_first_cell_of_a_row_is_that_of_any_of_its_cells() -> None:
    at = _TABLE.index("$3")
    found = Columns(_TABLE).find_first((at, at + 2))
    assert found is not None
    assert _TABLE[slice(*found)] == "Quillon-2"


def test_top_of_a_table_is_where_its_head_begins() -> None:
    at = _TABLE.index("$3")
    assert Columns(_TABLE).find_top((at, at + 2)) == _TABLE.index("| Model")
    assert Columns(_TABLE).find_top((2, 3)) == 0


def test_long_table_is_climbed_once() -> None:
    text = "| Model | MMLU |\n" + "| Sable | 70 |\n" * 20_000
    columns = Columns(text)
    heads = {columns.find_head((at, at + 2)) for at in range(text.index("70"), len(text), len("| Sable | 70 |\n"))}
    assert len(heads) == 1


def test_last_cell_of_a_row_may_stand_open() -> None:
    text = "| Model | One | Two |\n| --- | --- | --- |\n| Sable | 70 | 81.5\n| Quillon-2 | 71 | 82.5"
    assert [head_of(text, "81.5"), head_of(text, "82.5"), head_of(text, "71")] == ["Two", "Two", "One"]


def test_column_without_a_head_has_none() -> None:
    assert head_of("| Model | |\n| Quillon-2 | 76.1 |", "76.1") is None


def test_row_with_more_cells_than_heads_has_none() -> None:
    assert head_of("| Model | MMLU |\n| Quillon-2 | 3 | 76.1 |", "76.1") is None


def test_tables_are_parted_by_what_stands_between() -> None:
    assert head_of("| A | One |\n| a | 1 |\n\n| A | Two |\n| a | 2.5 |", "2.5") == "Two"


_ROWS = st.lists(st.sampled_from(["a", "", " **b1** ", "---"]), min_size=2, max_size=4).map("|".join)


@given(
    st.text(alphabet="|ab1 \n*-", max_size=60)
    | st.lists(_ROWS, min_size=2, max_size=6).map(lambda rows: "|" + "|\n|".join(rows)),
    st.integers(0, 60),
)
def test_head_of_any_place_lies_in_the_text_before_it(text: str, at: int) -> None:
    start = min(at, len(text))
    found = Columns(text).find_head((start, start))
    if found:
        assert 0 <= found[0] < found[1] <= start
