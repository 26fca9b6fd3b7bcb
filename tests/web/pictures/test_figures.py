from dataclasses import replace

import pytest

from graph.answers.accounts import FiguresView
from graph.answers.figures import Figures
from graph.records import Comparator, Polarity, Quantity
from web.language.wording import LANGUAGES, get_words
from web.pictures.figures import draw_figures, is_drawn
from web.pictures.marks import NARROWEST, Picture, measure

EN = get_words()


def find(view: FiguresView, thing: str, measured: str) -> Figures:
    return next(one for one in view.figures if (one.thing.name, one.measure) == (thing, measured))


def draw(figures: Figures) -> Picture:
    picture = draw_figures(figures, EN)
    assert picture
    return picture


def test_five_of_the_demo_s_measures_have_different_numbers(figures: FiguresView) -> None:
    assert sum(map(is_drawn, figures.figures)) == 5
    assert [draw_figures(one, EN) for one in figures.figures if not is_drawn(one)] == [None] * 13


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_scale_begins_at_zero_or_is_said_not_to(figures: FiguresView, lang: str) -> None:
    words = get_words(lang)
    pictures = [picture for one in figures.figures if (picture := draw_figures(one, words))]
    said = [
        (words.find("pictures.from_zero") in one.summary, words.find("pictures.log") in one.summary) for one in pictures
    ]
    assert sorted(said) == [(False, True)] + [(True, False)] * 4


def test_a_scale_of_ranks_names_whole_ranks_alone(figures: FiguresView) -> None:
    money = find(figures, "Nvidia", "market_cap")
    placed = [
        replace(one, value=float(place), quantity=Quantity("rank", place, "rank"))
        for place, one in enumerate(money.figures[:2], 1)
    ]
    picture = draw(replace(money, measure="rank", unit="rank", figures=tuple(placed), apart=1.0))
    assert {_space(label.text) for label in picture.labels if label.kind == "note"} == {"no. 1", "no. 2"}


def test_589_and_600_billion_stand_nearly_on_one_spot(figures: FiguresView) -> None:
    picture = draw(find(figures, "Nvidia", "market_cap"))
    first, *others = [dot.x for dot in picture.dots]
    assert all(0 < other - first < 2 for other in others)
    assert [dot.near for dot in picture.dots] == [False, True]


def test_a_number_stands_with_who_says_it(figures: FiguresView) -> None:
    picture = draw(find(figures, "DeepSeek-R1", "training_cost"))
    assert [_space(label.text) for label in picture.labels if not label.kind] == [
        "US$294,000 · DeepSeek",
        "about US$5.6 million · The Harbor Ledger",
    ]
    assert [dot.crossed for dot in picture.dots] == [False, True]
    assert [text for _, text in picture.key] == ["crossed: taken back"]
    assert _space(picture.summary) == (
        "From US$294,000 (DeepSeek) to about US$5.6 million (The Harbor Ledger, taken back). Up to 19 times apart. "
        "On a log scale."
    )


def _space(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_two_numbers_of_one_sentence_are_not_drawn_against_each_other(figures: FiguresView) -> None:
    cost = find(figures, "DeepSeek-R1", "training_cost")
    low, high = cost.figures[:2]
    beside = (replace(low, beside=(high.value,)), replace(high, beside=(low.value,)))
    assert not is_drawn(replace(cost, figures=beside))
    third = replace(high, value=high.value / 2)
    label = draw(replace(cost, figures=(*beside, third))).labels[0].text
    assert "one of several" in label
    assert low.voices[0] in label


def test_over_is_open_to_the_right_and_a_range_is_a_bar(figures: FiguresView) -> None:
    spending = find(figures, "DeepSeek", "spending")
    over = draw(spending)
    assert [(line.x2, line.y1) for line in over.lines if line.kind == "open"] == [(100, over.dots[0].y)]
    low = spending.figures[0]
    wide = replace(low, high=1.4e9, quantity=Quantity("spending", low.value, "USD", Comparator.RANGE, 1.4e9))
    ranged = draw(replace(spending, figures=(wide, *spending.figures[1:])))
    [bar] = ranged.bars
    assert bar.x == ranged.dots[0].x
    assert bar.width > 10


def test_a_denied_number_is_a_diamond_and_said(figures: FiguresView) -> None:
    cost = find(figures, "DeepSeek-R1", "training_cost")
    denied = draw(replace(cost, figures=(replace(cost.figures[0], polarity=Polarity.DENIED), cost.figures[1])))
    assert [dot.denied for dot in denied.dots] == [True, False]
    assert "denied" in denied.labels[0].text


def test_of_many_numbers_those_most_tell_are_drawn(figures: FiguresView) -> None:
    cost = find(figures, "DeepSeek-R1", "training_cost")
    many = tuple(replace(cost.figures[0], value=float(number)) for number in range(1, 12))
    often = replace(many[-1], claims=cost.figures[0].claims * 2)
    picture = draw(replace(cost, figures=(*many[:-1], often)))
    assert len(picture.dots) == 8
    assert picture.dots[-1].x == max(dot.x for dot in picture.dots)
    assert picture.summary.endswith("3 more numbers in the table.")


def test_a_number_without_end_stands_in_the_table_only(figures: FiguresView) -> None:
    cost = find(figures, "DeepSeek-R1", "training_cost")
    endless = replace(cost.figures[0], value=float("inf"))
    assert draw_figures(replace(cost, figures=(*cost.figures[:1], endless)), EN) is None
    picture = draw(replace(cost, figures=(*cost.figures, endless)))
    assert len(picture.dots) == 2
    assert picture.summary.endswith("1 more number in the table.")


def test_long_names_are_counted_and_cut_to_the_narrowest_picture(figures: FiguresView) -> None:
    cost = find(figures, "DeepSeek-R1", "training_cost")
    names = tuple(f"An Outlet of a Rather Long Name {number}" for number in range(4))
    picture = draw(replace(cost, figures=(replace(cost.figures[0], voices=names), cost.figures[1])))
    assert picture.labels[0].text == "US$294,000 · An Outlet of a Rather L… +3"
    assert all(measure(label.text) <= NARROWEST for label in picture.labels)
