"""Whose a figure is, where a name stands right beside it."""

from collections.abc import Callable

import pytest

from graph.records import Claim, EntityType, Predicate
from tests.hand import HandFinder, Told

Read = Callable[..., tuple[Claim, ...]]
_NAMES = {
    "Vantor": EntityType.COMPANY, "Sablefish": EntityType.COMPANY, "Orrery": EntityType.COMPANY,
    "ヴァントル": EntityType.COMPANY, "セーブル": EntityType.COMPANY,
    "Quillon-2": EntityType.MODEL, "Petrel": EntityType.MODEL, "Lindqvist": EntityType.PERSON,
}  # fmt: skip
FindSubject = Callable[..., str]


@pytest.fixture
def find_subject(read: Read) -> FindSubject:
    """Whose the one claim of a text is."""

    def find(told: Told, text: str, lang: str = "en", **stands: str) -> str:
        (claim,) = read(text, HandFinder([told], _NAMES, stands), lang)
        return claim.subject.name

    return find


@pytest.mark.parametrize(
    ("text", "lang", "amount", "whose"),
    [
        ("On MMLU Quillon-2 scores 76.1 %, ahead of Petrel with 70.2 %.", "en", "70.2 %", "Petrel"),
        ("On MMLU Quillon-2 scores 76.1 %, ahead of Petrel with 70.2 %.", "en", "76.1 %", "Quillon-2"),
        ("Quillon-2 scores 76.1 % on MMLU, against 70.2 % for Petrel.", "en", "70.2 %", "Petrel"),
        ("Quillon-2 beats the 70.2 % on MMLU that Orrery has told for its Petrel model.", "en", "70.2 %", "Petrel"),
        ("On MMLU, Quillon-2 beat Petrel (70.2 %).", "en", "70.2 %", "Petrel"),
        ("MMLU: Quillon-2 76.1 % vs Petrel 70.2 %.", "en", "70.2 %", "Petrel"),
        ("MMLUではQuillon-2が76.1%で、Petrelの70.2%を上回った。", "ja", "70.2%", "Petrel"),
        ("MMLUではQuillon-2が76.1%で、70.2%だったPetrelを上回った。", "ja", "70.2%", "Petrel"),
        ("MMLUではQuillon-2が76.1%で、Petrelの70.2%を上回った。", "ja", "76.1%", "Quillon-2"),
        ("Quillon-2 beat Petrel on MMLU, and it has 76.1 %.", "en", "76.1 %", "Quillon-2"),
        ("Quillon-2 solves 76.1 % of the tasks of Petrel.", "en", "76.1 %", "Quillon-2"),
        ("Quillon-2 and Petrel score 76.1 % and 70.2 % on MMLU, respectively.", "en", "70.2 %", "Petrel"),
        ("Quillon-2 and Petrel score 76.1 % and 70.2 % on MMLU, respectively.", "en", "76.1 %", "Quillon-2"),
        ("Quillon-2 scores 76.1 % and Petrel 70.2 % and 71 %, respectively, on MMLU.", "en", "71 %", "Quillon-2"),
    ],
)
def test_a_score_is_that_of_the_model_right_beside_it(
    text: str, lang: str, amount: str, whose: str, find_subject: FindSubject
) -> None:
    told = Told(Predicate.SCORES, "Quillon-2", "Quillon-2", "MMLU" if "MMLU" in text else "", amount)
    assert find_subject(told, text, lang) == whose


@pytest.mark.parametrize(
    ("text", "lang", "amount", "whose"),
    [
        ("Vantor's stock fell 1.1% and Sablefish's 0.6%.", "en", "0.6%", "Sablefish"),
        ("Vantor rose 3%, whereas Sablefish slipped 2.8%.", "en", "2.8%", "Sablefish"),
        ("Shares of Vantor hit the limit of 10%, and those of Sablefish rose 6%.", "en", "6%", "Sablefish"),
        ("Shares in Vantor, which owns Orrery and Sablefish, closed 4.5% lower.", "en", "4.5%", "Vantor"),
        ("Vantor shares, which Sablefish sold, closed 4.5% lower.", "en", "4.5%", "Vantor"),
        ("Vantor and Sablefish both fell 2%.", "en", "2%", "Vantor"),
        ("Vantor fell as investors in Sablefish lost 2%.", "en", "2%", "Vantor"),
        ("Vantor, whose Orrery unit it sold to Lindqvist, fell 2%.", "en", "2%", "Vantor"),
        ("Vantor and Sablefish lost 2.4% and 3.8%, respectively.", "en", "2.4%", "Vantor"),
        ("Orrery, Vantor and Sablefish lost 1%, 2.4% and 3.8%, respectively.", "en", "3.8%", "Sablefish"),
        ("ヴァントルが3.1%安、セーブルが4.4%安となった。", "ja", "4.4%", "セーブル"),
        ("ヴァントルが3.1%安、セーブルが4.4%安となった。", "ja", "3.1%", "ヴァントル"),
        ("セーブル株はヴァントルの発表を受け4.4%下げた。", "ja", "4.4%", "セーブル"),
    ],
)
def test_shares_that_moved_are_of_the_firm_right_beside(
    text: str, lang: str, amount: str, whose: str, find_subject: FindSubject
) -> None:
    subject = "ヴァントル" if lang == "ja" else "Vantor"
    told = Told(Predicate.STOCK_MOVED, subject, subject, amount=amount)
    assert find_subject(told, text, lang) == whose


def test_its_shares_are_of_whom_it_takes_up(find_subject: FindSubject) -> None:
    text = "Vantor sold Orrery. Its shares fell 6% when Sablefish had told of it."
    told = Told(Predicate.STOCK_MOVED, "fell", "Sablefish", amount="6%")
    assert find_subject(told, text, Its="Vantor") == "Vantor"


@pytest.mark.parametrize(
    ("text", "lang", "amount", "predicate", "whose"),
    [
        ("Orrery will be split: Vantor will hold 60%, and Sablefish 40%.", "en", "40%", Predicate.OWNS, "Sablefish"),
        ("ヴァントルが78%で最も多く、セーブルが41%だった。", "ja", "41%", Predicate.HAS_USERS, "セーブル"),
        (
            "Vantor raised $3 billion, of which Sablefish gave $1 billion.",
            "en",
            "$1 billion",
            Predicate.RAISED,
            "Vantor",
        ),
    ],
)
def test_other_figures_too_but_for_those_that_may_be_of_who_gave_them(
    text: str, lang: str, amount: str, predicate: Predicate, whose: str, find_subject: FindSubject
) -> None:
    subject = "ヴァントル" if lang == "ja" else "Vantor"
    told = Told(predicate, subject, subject, "Orrery" if "Orrery" in text else "", amount)
    assert find_subject(told, text, lang) == whose


@pytest.mark.parametrize(
    ("text", "trigger", "whose"),
    [
        ("Vantor met Sablefish, which owns Orrery, in May.", "owns", "Sablefish"),
        ("Vantor met Sablefish, which has also quietly bought Orrery.", "bought", "Sablefish"),
        ("Vantor met Sablefish, a fund in Oslo that owns Orrery.", "owns", "Sablefish"),
        ("Vantor met Sablefish of Oslo, which owns Orrery.", "owns", "Vantor"),
        ("Vantor and Sablefish, which own Orrery, met in May.", "own", "Vantor"),
        ("Vantor told Sablefish that it owns Orrery.", "owns", "Vantor"),
        ("Vantor told Sablefish, which asked who owns Orrery.", "owns", "Vantor"),
        ("Lindqvist left Vantor, which was sold to Sablefish, owner of Orrery.", "owner", "Vantor"),
    ],
)
def test_who_does_what_a_relative_clause_tells(text: str, trigger: str, whose: str, find_subject: FindSubject) -> None:
    told = Told(Predicate.OWNS, trigger, "Vantor", "Orrery")
    assert find_subject(told, text) == whose


@pytest.mark.parametrize(
    ("text", "lang", "amount", "whose"),
    [
        ("Quillon-2 costs $2 an hour, compared with $11 for Petrel.", "en", "$11", "Petrel"),
        ("Quillon-2 costs $2 an hour, compared with $11 for Petrel.", "en", "$2 an hour", "Quillon-2"),
        ("Quillon-2 costs $11, and $2 for Petrel users.", "en", "$2", "Quillon-2"),
        ("Quillon-2は2ドルで、11ドルのPetrelより安い。", "ja", "11ドル", "Petrel"),
        ("Quillon-2は11ドルのPetrel用の枠で動く。", "ja", "11ドル", "Quillon-2"),
    ],
)
def test_what_another_costs_is_told_beside_it(
    text: str, lang: str, amount: str, whose: str, find_subject: FindSubject
) -> None:
    assert find_subject(Told(Predicate.COSTS, "Quillon-2", "Quillon-2", amount=amount), text, lang) == whose


def test_a_figure_of_a_relative_clause_is_of_whom_it_is_about(find_subject: FindSubject) -> None:
    text = "Vantor trails Sablefish, which has 210 million users against Vantor's 180 million."
    told = Told(Predicate.HAS_USERS, "users", "Vantor", amount="210 million users")
    assert find_subject(told, text) == "Sablefish"


def test_of_a_firm_that_another_values_the_valuation_stays(find_subject: FindSubject) -> None:
    text = "Vantor sold a stake to Sablefish, which values the firm at $3 billion."
    assert find_subject(Told(Predicate.VALUED_AT, "values", "Vantor", amount="$3 billion"), text) == "Vantor"


@pytest.mark.parametrize(
    ("text", "subject", "whose"),
    [
        ("Vantor sold Orrery. Vantor bought a lamp. Its shares fell 6%.", "Its shares", ["Vantor"]),
        ("Vantor bought a lamp. Shares fell 6%.", "Shares", ["Vantor"]),
        ("Vantor told Vantor's owners, and Sablefish too. Its shares fell 6%.", "Its shares", []),
        ("A lamp was sold. Its shares fell 6%.", "Its shares", []),
        ("Vantor bought a lamp. Energy shares fell 6%.", "Energy shares", ["Energy shares"]),
    ],
)
def test_shares_of_nobody_are_of_the_firm_that_was_named_last_and_most(
    text: str, subject: str, whose: list[str], read: Read
) -> None:
    told = Told(Predicate.STOCK_MOVED, "fell", subject, amount="6%")
    assert [claim.subject.name for claim in read(text, HandFinder([told], _NAMES))] == whose


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Vantor is tired. Vantor sold a lamp to Sablefish. Sales doubled to $3 million.", "Vantor"),
        ("Vantor sold a lamp to Sablefish. Sales doubled to $3 million.", "Sablefish"),
        ("Vantor is tired. Vantor sold a lamp. Sablefish's sales doubled to $3 million.", "Sablefish"),
    ],
    ids=["who was named most", "nobody was named most", "named here"],
)
def test_sales_of_nobody_are_of_the_firm_the_text_is_about(text: str, whose: str, find_subject: FindSubject) -> None:
    told = Told(Predicate.EARNED, "doubled", "Sablefish", amount="$3 million")
    assert find_subject(told, text) == whose


@pytest.mark.parametrize(
    ("text", "lang", "predicate", "trigger", "subject", "kept"),
    [
        ("Vantor sold Orrery to Sablefish.", "en", Predicate.ACQUIRED, "sold", "Vantor", False),
        ("Vantor sold Orrery to its rival Sablefish.", "en", Predicate.ACQUIRED, "sold", "Sablefish", True),
        ("Orrery, sold by Vantor, is now owned by Sablefish.", "en", Predicate.OWNS, "owned", "Sablefish", True),
        ("Vantor sold all its shares in Orrery.", "en", Predicate.OWNS, "sold", "Vantor", False),
        ("Vantor sells lamps to Orrery.", "en", Predicate.SUPPLIES, "sells", "Vantor", True),
        ("ヴァントルはセーブルを売却した。", "ja", Predicate.ACQUIRED, "売却", "ヴァントル", False),
        ("セーブルはヴァントルに売却された。", "ja", Predicate.ACQUIRED, "売却", "ヴァントル", True),
        ("ヴァントルによるセーブルの売却が決まった。", "ja", Predicate.ACQUIRED, "売却", "ヴァントル", False),
        ("ヴァントルは保有するセーブル株を全て売却した。", "ja", Predicate.OWNS, "保有", "ヴァントル", False),
        ("ヴァントルは保有するセーブル株の一部を売却した。", "ja", Predicate.OWNS, "保有", "ヴァントル", True),
    ],
)  # fmt: skip
def test_who_sells_has_not_bought_nor_has_it_any_more(
    text: str, lang: str, predicate: Predicate, trigger: str, subject: str, kept: bool, read: Read
) -> None:
    told = Told(predicate, trigger, subject, "セーブル" if lang == "ja" else "Orrery")
    assert bool(read(text, HandFinder([told], _NAMES), lang)) is kept


@pytest.mark.parametrize(
    ("text", "predicate", "trigger", "subject", "other", "kept"),
    [
        ("ヴァントルは楡野氏の訴えを退けるよう求めた。", Predicate.RULED_AGAINST, "退け", "ヴァントル", "楡野", False),
        ("地裁はヴァントルの訴訟で口頭弁論を開いた。", Predicate.RULED_AGAINST, "開", "地裁", "ヴァントル", False),
        ("地裁は楡野氏が求めた賠償をヴァントルに命じた。", Predicate.RULED_AGAINST, "命じ", "地裁", "ヴァントル", True),
        ("ヴァントルは利益の予想を30億円に引き上げた。", Predicate.RAISED, "引き", "ヴァントル", "", False),
        ("ヴァントルは30億円を調達した。", Predicate.RAISED, "調達", "ヴァントル", "", True),
        ("楡野氏はヴァントルに移籍した。", Predicate.LEFT, "移籍", "楡野", "ヴァントル", False),
        ("楡野氏はヴァントルに移籍した。", Predicate.JOINED, "移籍", "楡野", "ヴァントル", True),
        ("ヴァントルを退社した楡野氏が加わる。", Predicate.JOINED, "加わ", "楡野", "ヴァントル", False),
        ("ヴァントルを退社した楡野氏が加わる。", Predicate.LEFT, "退社", "楡野", "ヴァントル", True),
    ],
)  # fmt: skip
def test_a_plea_is_no_ruling_and_who_comes_has_not_left(
    text: str, predicate: Predicate, trigger: str, subject: str, other: str, kept: bool, read: Read
) -> None:
    names = {**_NAMES, "楡野": EntityType.PERSON, "地裁": EntityType.INSTITUTION}
    told = Told(predicate, trigger, subject, other)
    assert bool(read(text, HandFinder([told], names), "ja")) is kept


@pytest.mark.parametrize(
    ("text", "predicate", "trigger", "other", "kept"),
    [
        ("Vantor hired Lindqvist away from Orrery.", Predicate.JOINED, "hired", "Orrery", False),
        ("Vantor hired Lindqvist away from Orrery.", Predicate.JOINED, "hired", "Vantor", True),
        ("Lindqvist left Orrery for Vantor.", Predicate.LEFT, "left", "Vantor", False),
        ("Lindqvist left Orrery for Vantor.", Predicate.LEFT, "left", "Orrery", True),
        ("Lindqvist quit after years of work for Vantor.", Predicate.LEFT, "quit", "Vantor", True),
    ],
)
def test_where_somebody_comes_from_he_does_not_join(
    text: str, predicate: Predicate, trigger: str, other: str, kept: bool, read: Read
) -> None:
    assert bool(read(text, HandFinder([Told(predicate, trigger, "Lindqvist", other)], _NAMES))) is kept


@pytest.mark.parametrize(
    ("text", "lang", "trigger", "other", "ruling"),
    [
        ("The court ruled mostly in favour of Vantor.", "en", "ruled", "Vantor", Predicate.RULED_FOR),
        ("The court sided with Vantor and against Orrery.", "en", "sided", "Orrery", Predicate.RULED_AGAINST),
        ("地裁はヴァントルの訴えを退けた。", "ja", "退け", "ヴァントル", Predicate.RULED_AGAINST),
        ("地裁はヴァントルの主張を認めた。", "ja", "認め", "ヴァントル", Predicate.RULED_FOR),
        ("地裁はヴァントルの主張を認めなかった。", "ja", "認め", "ヴァントル", Predicate.RULED_AGAINST),
    ],
)
@pytest.mark.parametrize("seen", [Predicate.RULED_FOR, Predicate.RULED_AGAINST])
def test_a_court_rules_as_the_words_beside_a_side_say(
    text: str, lang: str, trigger: str, other: str, ruling: Predicate, seen: Predicate, read: Read
) -> None:
    names = {**_NAMES, "court": EntityType.INSTITUTION, "地裁": EntityType.INSTITUTION}
    (claim,) = read(text, HandFinder([Told(seen, trigger, "court" if lang == "en" else "地裁", other)], names), lang)
    assert claim.predicate is ruling


def test_words_against_somebody_elsewhere_are_no_ruling_against_him(read: Read) -> None:
    text = "The court found that there is no claim against Orrery."
    told = Told(Predicate.RULED_FOR, "found", "court", "Orrery")
    (claim,) = read(text, HandFinder([told], {**_NAMES, "court": EntityType.INSTITUTION}))
    assert claim.predicate is Predicate.RULED_FOR


@pytest.mark.parametrize(
    ("text", "lang", "amount", "whose"),
    [
        ("Quillon-2 costs $400 and is on par with the $300 Petrel.", "en", "$300", "Petrel"),
        ("Quillon-2 costs $400 and is on par with the $300 Petrel.", "en", "$400", "Quillon-2"),
        ("Quillon-2は400ドルで、300ドルのPetrelに並ぶ。", "ja", "400ドル", "Quillon-2"),
    ],
)
def test_a_price_is_that_of_the_thing_right_behind_it(
    text: str, lang: str, amount: str, whose: str, find_subject: FindSubject
) -> None:
    told = Told(Predicate.COSTS, "costs" if lang == "en" else "で", "Quillon-2", amount=amount)
    assert find_subject(told, text, lang) == whose


@pytest.mark.parametrize(
    ("text", "lang", "trigger", "seen", "sides"),
    [
        ("Vantor received 900 samples from Orrery.", "en", "received", ("Vantor", "Orrery"), ("Orrery", "Vantor")),
        ("Vantor ordered 900 chips from Orrery.", "en", "ordered", ("Vantor", ""), ("Orrery", "Vantor")),
        (
            "Vantor supplies Orrery with chips from Taiwan.",
            "en",
            "supplies",
            ("Vantor", "Orrery"),
            ("Vantor", "Orrery"),
        ),
        ("VantorはOrreryから試料を受け取った。", "ja", "受け取", ("Vantor", "Orrery"), ("Orrery", "Vantor")),
        ("VantorはOrreryに半導体を発注した。", "ja", "発注", ("Vantor", "Orrery"), ("Orrery", "Vantor")),
        ("VantorはOrreryに半導体を供給した。", "ja", "供給", ("Vantor", "Orrery"), ("Vantor", "Orrery")),
    ],
)
def test_whom_something_was_received_from_supplied_it(
    text: str, lang: str, trigger: str, seen: tuple[str, str], sides: tuple[str, str], read: Read
) -> None:
    (claim,) = read(text, HandFinder([Told(Predicate.SUPPLIES, trigger, *seen)], _NAMES), lang)
    assert claim.object
    assert (claim.subject.name, claim.object.name) == sides


@pytest.mark.parametrize(
    ("text", "lang", "trigger"),
    [
        ("Orrery said on Monday that Vantor would acquire it.", "en", "acquire"),
        ("Vantor has agreed to buy Orrery.", "en", "buy"),
        ("Orreryは、Vantorに20億ドルで買収されると発表した。", "ja", "買収"),
        ("VantorはOrreryを買収する。", "ja", "買収"),
    ],
)
@pytest.mark.parametrize("turned", [True, False])
def test_who_buys_stands_before_the_words_for_it(text: str, lang: str, trigger: str, turned: bool, read: Read) -> None:
    sides = ("Orrery", "Vantor") if turned else ("Vantor", "Orrery")
    (claim,) = read(text, HandFinder([Told(Predicate.ACQUIRED, trigger, *sides)], _NAMES), lang)
    told_so = text.startswith("VantorはOrrery") and turned  # nothing beside the names says so
    assert (claim.subject.name == "Orrery") is told_so


@pytest.mark.parametrize(
    ("text", "amount", "predicate"),
    [
        ("Brandt alleges that Vantor overstated its 2025 revenue by $640 million.", "$640 million", Predicate.MISLED),
        ("Brandt alleges that Vantor inflated its sales by about $640 million.", "$640 million", Predicate.MISLED),
        ("Brandt said that Vantor had revenue of $640 million.", "$640 million", Predicate.EARNED),
        ("Brandtは、Vantorが売上高を6億ドル過大に計上したと主張した。", "6億ドル", Predicate.MISLED),
        ("Brandtは、Vantorの売上高が6億ドルだったと述べた。", "6億ドル", Predicate.EARNED),
    ],
)
def test_by_how_much_somebody_overstates_it_is_no_revenue(
    text: str, amount: str, predicate: Predicate, read: Read
) -> None:
    told = Told(Predicate.EARNED, "売上高" if "。" in text else "Vantor", "Vantor", amount=amount, speakers=("Brandt",))
    finder = HandFinder([told], _NAMES | {"Brandt": EntityType.PERSON})
    (claim,) = read(text, finder, "ja" if "。" in text else "en")
    assert claim.predicate is predicate


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Quillon-2はPetrelを下回った。", Predicate.UNDERPERFORMS),
        ("Quillon-2はPetrelを上回った。", Predicate.OUTPERFORMS),
        ("Quillon-2のエラー率はPetrelを下回った。", Predicate.OUTPERFORMS),
    ],
)
def test_what_is_below_another_does_not_beat_it(text: str, predicate: Predicate, read: Read) -> None:
    (claim,) = read(text, HandFinder([Told(Predicate.OUTPERFORMS, "回", "Quillon-2", "Petrel")], _NAMES), "ja")
    assert claim.predicate is predicate
