"""Words that stand apart at the narrowest stand apart at every width; dots on one spot are one with their number."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from web.pictures.marks import NARROWEST, Dot, Label, fit, gather, measure, place, stack

WIDTHS = (NARROWEST, 390, 700, 1280)
TEXTS = st.text(st.sampled_from("abcMW 19万日本"), min_size=1, max_size=12)
LABELS = st.lists(
    st.builds(Label, st.floats(0, 100), st.just(12.0), TEXTS, st.sampled_from(("start", "middle", "end"))), max_size=10
)


def find_extent(label: Label, width: int) -> tuple[float, float]:
    taken = measure(label.text)
    start = label.x * width / 100 + label.dx - {"start": 0, "middle": taken / 2, "end": taken}[label.anchor]
    return start, start + taken


def meet(one: Label, other: Label, width: int) -> bool:
    (start, end), (other_start, other_end) = find_extent(one, width), find_extent(other, width)
    return one.y == other.y and start < other_end and other_start < end


@settings(deadline=None)
@given(LABELS)
def test_placed_words_meet_at_no_width(labels: list[Label]) -> None:
    kept = place(labels)
    assert not [pair for pair in combinations(kept, 2) for width in WIDTHS if meet(*pair, width)]
    assert labels[:1] == [label for label in kept if label == labels[0]][:1] if labels else not kept


@settings(deadline=None)
@given(LABELS)
def test_stacked_words_meet_at_no_width(labels: list[Label]) -> None:
    kept = stack(labels, 3, 15)
    assert not [pair for pair in combinations(kept, 2) for width in WIDTHS if meet(*pair, width)]
    assert {label.y for label in kept} <= {12, 27, 42}


def test_what_comes_first_has_the_room() -> None:
    first, second, third = Label(50, 0, "January", "middle"), Label(52, 0, "February"), Label(90, 0, "May")
    assert place([first, second, third]) == (first, third)
    assert stack([first, second, third], 2, 15) == (first, third, Label(52, 15, "February"))


def test_words_are_cut_to_their_room() -> None:
    assert fit("OpenAI", 100) == "OpenAI"
    cut = fit("計算機日報とメリディアン通信", 100)
    assert cut.startswith("計算機日報")
    assert cut.endswith("…")
    assert measure(cut) <= 100


def test_dots_on_one_spot_are_one_with_their_number() -> None:
    one, two, far = (Dot(x, 5, "solid", title=name) for x, name in ((10, "a"), (12, "b"), (60, "c")))
    assert gather([far, two, one]) == (Dot(10, 5, "solid", title="a; b", count=2), far)


def test_what_was_taken_back_is_crossed_only_where_all_of_it_was() -> None:
    kept, taken = Dot(10, 5, "solid"), Dot(10, 5, "solid", crossed=True)
    assert not gather([kept, taken])[0].crossed
    assert gather([taken, taken])[0].crossed
