"""Whose a day is that a sentence names, and which one the moves of prices that a text tells in a row have."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.records import Claim, ClaimType, EntityType, Modality, PartialDate, Party, Polarity, Predicate
from ingest.nlp.dating import share_trading_day
from ingest.nlp.document import Draft, Sentence, Zone
from ingest.nlp.languages import Language
from tests.hand import HandFinder, Told

Share = Callable[..., list[str | None]]
_ACT = {Predicate.STOCK_MOVED: ClaimType.MARKET, Predicate.RELEASED: ClaimType.RELEASE}


def _move(
    at: int, day: str | None = None, *, score: float = 0.6, act: Predicate = Predicate.STOCK_MOVED, **how: Any
) -> Draft:
    told = PartialDate(day) if day else None
    return Draft("en", (at, at + 9), _ACT[act], act, Party("Vantor"), "hand 1", date=told, score=score, **how)


@pytest.fixture
def share(languages: dict[str, Language]) -> Share:
    """The days of drafts; the sentences at 10 and 20 name one only where the draft there has it, the two before all
    others only where they are told to."""

    def share_days(*drafts: Draft, beside: tuple[int, ...] = (), opening: tuple[int, ...] = ()) -> list[str | None]:
        undated = {10, 20, 40, 50}.difference(opening, (one.span[0] for one in drafts if one.date))
        sentences, days = [], []
        for at in (40, 50, 0, 10, 20, 30):
            lang, text = ("ja", "前日、値が動いた。") if at in beside else ("en", "Mon moved")
            sentences.append(Sentence((at, at + 9), text, lang, Zone.BODY, 0))
            days.append([] if at in undated else [((at, at + 2), PartialDate("2025-03-10"))])
        return [one.date for one in share_trading_day(drafts, sentences, days, languages, date(2025, 3, 11))]

    return share_days


@pytest.mark.parametrize(
    ("text", "day"), [("Orrery closed lower, having ended Mon at 40.", "2025-03-11"), ("Orrery rose Mon.", None)]
)
def test_a_day_that_a_move_is_compared_with_keeps_none_from_it(
    text: str, day: str | None, languages: dict[str, Language]
) -> None:
    monday, tuesday = PartialDate("2025-03-10"), PartialDate("2025-03-11")
    opening = Sentence((0, 19), "Vantor fell on Tue.", "en", Zone.BODY, 0)
    other, at = Sentence((20, 20 + len(text)), text, "en", Zone.BODY, 0), 20 + text.index("Mon")
    days = [[((15, 18), tuesday)], [((at, at + 3), monday)]]
    move = replace(_move(20), span=other.span)
    [shared] = share_trading_day([move], [opening, other], days, languages, date(2025, 3, 11))
    assert shared.date == day


def test_a_move_without_a_day_has_that_of_the_others(share: Share) -> None:
    monday = "2025-03-10"
    assert share(_move(0, monday), _move(10), _move(20)) == [monday] * 3


def test_where_no_move_has_a_day_it_is_that_with_which_the_text_begins(share: Share) -> None:
    monday = "2025-03-10"
    assert share(_move(10), _move(20), opening=(40,)) == [monday] * 2
    assert share(_move(10), opening=(50,)) == [monday]
    assert share(_move(10), opening=(50,), beside=(50,)) == [None]
    assert share(_move(0, "2025-03-11"), _move(10), opening=(40,)) == ["2025-03-11"] * 2
    assert share(_move(0, "2025"), _move(10), opening=(40,)) == ["2025", monday]


def test_none_is_given_where_the_text_leaves_two_or_the_sentence_names_one(share: Share) -> None:
    monday, tuesday, month = "2025-03-10", "2025-03-11", "2025-03"
    assert share(_move(0, monday), _move(10), _move(20, tuesday)) == [monday, None, tuesday]
    assert share(_move(0, monday), _move(30)) == [monday, None]
    assert share(_move(0, month), _move(10)) == [month, None]


def test_what_is_foretold_or_denied_takes_none_and_what_is_long_past_lends_none(share: Share) -> None:
    monday, long_past = "2025-03-10", "2023-11-17"
    assert share(_move(0, monday), _move(10, modality=Modality.PREDICTED)) == [monday, None]
    assert share(_move(0, monday), _move(10, polarity=Polarity.DENIED)) == [monday, None]
    assert share(_move(0, long_past), _move(10)) == [long_past, None]


def test_a_doubtful_move_lends_no_day_and_a_release_takes_none(share: Share) -> None:
    monday = "2025-03-10"
    assert share(_move(0, monday, score=0.1), _move(10)) == [monday, None]
    assert share(_move(0, monday), _move(10, act=Predicate.RELEASED)) == [monday, None]


def test_a_day_counted_from_another_is_lent_to_none(share: Share) -> None:
    monday = "2025-03-10"
    assert share(_move(0, monday), _move(10), beside=(0,)) == [monday, None]


_NAMES = {"ヴァントル": EntityType.COMPANY, "クイロン": EntityType.PRODUCT, "ペトレル": EntityType.COMPANY,
          "Vantor": EntityType.COMPANY, "Orrery": EntityType.COMPANY}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told", "day"),
    [
        (
            "ヴァントルは昨年2月に日本へ移り、ペトレルに部品を納める。",
            Told(Predicate.SUPPLIES, "納める", "ヴァントル", "ペトレル", day="昨年2月"),
            None,
        ),
        (
            "ヴァントルは昨年2月、工場を建て、ペトレルに部品を納めた。",
            Told(Predicate.SUPPLIES, "納めた", "ヴァントル", "ペトレル", day="昨年2月"),
            "2024-02",
        ),
        (
            "ヴァントルは昨年2月に社屋を売り、ペトレルを買収した。",
            Told(Predicate.ACQUIRED, "買収", "ヴァントル", "ペトレル", day="昨年2月"),
            "2024-02",
        ),
        (
            "ヴァントルはペトレルを買収し、昨年2月に社屋を売った。",
            Told(Predicate.ACQUIRED, "買収", "ヴァントル", "ペトレル", day="昨年2月"),
            None,
        ),
        (
            "ヴァントルはペトレルを昨年2月に買収した。",
            Told(Predicate.ACQUIRED, "買収", "ヴァントル", "ペトレル", day="昨年2月"),
            "2024-02",
        ),
        (
            "ヴァントルは新版を12月に公開する。",
            Told(Predicate.RELEASED, "公開", "ヴァントル", "新版", day="12月", modality=Modality.PREDICTED),
            "2025-12",
        ),
        (
            "昨年2月に設立したヴァントルは、ペトレルを提訴した。",
            Told(Predicate.SUED, "提訴", "ヴァントル", "ペトレル", day="昨年2月"),
            None,
        ),
        (
            "昨年2月に開いた会見で、ヴァントルはペトレルを買収した。",
            Told(Predicate.ACQUIRED, "買収", "ヴァントル", "ペトレル", day="昨年2月"),
            "2024-02",
        ),
        (
            "Vantor, which was founded in 2021, sued Orrery.",
            Told(Predicate.SUED, "sued", "Vantor", "Orrery", day="2021"),
            None,
        ),
        (
            "Vantor, which in 2021 bought Orrery, is listed.",
            Told(Predicate.ACQUIRED, "bought", "Vantor", "Orrery", day="2021"),
            "2021",
        ),
    ],
    ids=[
        "what goes on", "the day of both", "two deeds", "a later deed", "its own", "yet to come",
        "of a clause about it", "of a clause about a meeting", "of a relative clause", "in a relative clause",
    ],
)  # fmt: skip
def test_the_day_of_another_deed_is_not_its_own(
    text: str, told: Told, day: str | None, read: Callable[..., tuple[Claim, ...]]
) -> None:
    (claim,) = read(text, HandFinder([told], _NAMES), "ja" if "。" in text else "en")
    assert claim.date == day


@pytest.mark.parametrize(
    ("text", "day", "told"),
    [
        ("In May 2024 Vantor's founder Lindqvist spoke.", "May 2024", None),
        ("Lindqvist, a founder of Vantor in 2015, spoke.", "2015", "2015"),
        ("The founder of Vantor answered his critics in May 2024.", "May 2024", None),
    ],
)
def test_who_somebody_is_has_no_day_of_another_deed(
    text: str, day: str, told: str | None, read: Callable[..., tuple[Claim, ...]]
) -> None:
    names = {"Vantor": EntityType.COMPANY, "Lindqvist": EntityType.PERSON}
    subject = "Lindqvist" if "Lindqvist" in text else "The founder of Vantor"
    (claim,) = read(text, HandFinder([Told(Predicate.FOUNDED, "founder", subject, "Vantor", day=day)], names))
    assert claim.date == told


def test_a_day_before_is_counted_from_the_day_of_the_text(read: Callable[..., tuple[Claim, ...]]) -> None:
    text = "ヴァントル株は10日に下げた。前日まで買われた。前日にクイロンを出した。前日にペトレルを訴えた。"
    told = [
        Told(Predicate.RELEASED, "出した", "ヴァントル", "クイロン", day="前日"),
        Told(Predicate.SUED, "訴えた", "ヴァントル", "ペトレル", day="前日"),
    ]
    claims = read(text, HandFinder(told, _NAMES), "ja")
    assert [claim.date for claim in claims] == ["2025-03-09", "2025-03-09"]
