"""Which propositions cannot both hold, and which only seem so (docs/model.md, Matters)."""

import time
from datetime import UTC, datetime

import pytest

from graph.judging.making import make_judgement
from graph.matters.contradict import find_contradictions
from graph.propositions import derive_rulings, group_claims
from graph.rates import Rate
from graph.records import (
    Claim,
    ClaimType,
    Comparator,
    Contradiction,
    ContradictionKind,
    JudgementKind,
    Modality,
    Polarity,
    Predicate,
    Quantity,
)
from tests.graph.propositions.sayings import dollars, make_known, name_claims, say

KNOWN = make_known()
PEOPLE = ClaimType.PEOPLE
VALUE, ORDER, EXCLUSIVE = ContradictionKind.VALUE, ContradictionKind.ORDER, ContradictionKind.EXCLUSIVE


def find(*claims: Claim) -> tuple[Contradiction, ...]:
    return find_contradictions(group_claims(claims, KNOWN))


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        pytest.param(
            say("Aldin-1", Predicate.COSTS, amount=dollars(5.6e6), by="Aldin"),
            say("Aldin-1", Predicate.COSTS, amount=dollars(1e9, how=">"), by="analysts"),
            VALUE,
            id="5.6 million and over a billion",
        ),
        pytest.param(
            say("Aldin-1", Predicate.COSTS, amount=dollars(5e6), text="The final training run cost 5 million"),
            say("Aldin-1", Predicate.COSTS, amount=dollars(3e8, how=">"), text="The real figure is above 300 million"),
            VALUE,
            id="a final run and a figure without limits",
        ),
        pytest.param(
            say("Aldin", Predicate.LOST_VALUE, amount=dollars(500e9, "market_cap"), date="2025-01-27"),
            say("Aldin", Predicate.LOST_VALUE, amount=dollars(600e9, "market_cap"), day=3),
            VALUE,
            id="two losses of one day",
        ),
        pytest.param(
            say("Aldin-1", Predicate.COSTS, amount=dollars(5.6e6), by="Aldin", article="a"),
            say("Aldin-1", Predicate.COSTS, amount=dollars(3e8), by="Bo Quist", article="a", at=300),
            VALUE,
            id="two speakers of one text",
        ),
        pytest.param(
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X", by="Aldin"),
            say("Borea X", Predicate.OUTPERFORMS, "Aldin-1", by="Borea"),
            ORDER,
            id="who is ahead",
        ),
        pytest.param(
            say("Ann Lee", Predicate.FOUNDED, "Dunmore"),
            say("Bo Quist", Predicate.FOUNDED, "Dunmore"),
            EXCLUSIVE,
            id="two founders",
        ),
        pytest.param(
            say("Aldin-1", Predicate.BASED_ON, "Borea X"),
            say("Aldin-1", Predicate.BASED_ON, polarity=Polarity.DENIED, text="Aldin-1 was trained from scratch"),
            EXCLUSIVE,
            id="based on another and on none",
        ),
        pytest.param(
            say("Ann Lee", Predicate.FOUNDED, "Dunmore", date="2015"),
            say("Ann Lee", Predicate.FOUNDED, "Dunmore", date="2017"),
            EXCLUSIVE,
            id="two dates of what happens once",
        ),
        pytest.param(
            say("Ann Lee", Predicate.LEADS, "Dunmore", kind=PEOPLE, text="Ann Lee, chief executive of Dunmore"),
            say("Bo Quist", Predicate.LEADS, "Dunmore", kind=PEOPLE, text="Bo Quist, chief executive of Dunmore"),
            EXCLUSIVE,
            id="two chief executives of one time",
        ),
    ],
)
def test_what_cannot_both_hold(one: Claim, other: Claim, kind: ContradictionKind) -> None:
    (found,) = find(one, other)
    assert found.kind is kind
    assert found.one < found.other
    assert not found.dismissed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            say("Aldin-1", Predicate.COSTS, amount=dollars(5e6), text="The final training run cost 5 million"),
            say("Aldin-1", Predicate.COSTS, amount=dollars(1e9), text="The whole programme cost a billion"),
            id="a run and the programme",
        ),
        pytest.param(
            say("Aldin", Predicate.VALUED_AT, amount=dollars(35e9, "valuation"), text="35 billion, pre-money"),
            say("Aldin", Predicate.VALUED_AT, amount=dollars(42e9, "valuation"), text="42 billion including new money"),
            id="before and after the money",
        ),
        pytest.param(
            say("Aldin", Predicate.VALUED_AT, amount=dollars(35e9, "valuation"), date="2025-01"),
            say("Aldin", Predicate.VALUED_AT, amount=dollars(42e9, "valuation"), date="2025-02"),
            id="a valuation in January and in February",
        ),
        pytest.param(
            say("Aldin-1", Predicate.HAS_USERS, amount=Quantity("users", 11000, "users")),
            say("Aldin-1", Predicate.HAS_USERS, amount=Quantity("users", 4300, "users"), text="4,300 of them in Japan"),
            id="a part and the whole",
        ),
        pytest.param(
            say("Aldin-1", Predicate.HAS_USERS, amount=Quantity("users", 2.3e6, "users")),
            say("Aldin-1", Predicate.HAS_USERS, amount=Quantity("users", 310e3, "users"), text="うち日本は31万"),
            id="a part and the whole in Japanese",
        ),
        pytest.param(
            say("Aldin-1", Predicate.COSTS, amount=dollars(2, "price"), date="2025-05"),
            say("Aldin-1", Predicate.COSTS, amount=dollars(9, "price"), date="2025-07"),
            id="a price in May and in July",
        ),
        pytest.param(
            say("Aldin-1", Predicate.COSTS, amount=dollars(2, "price"), text="2 dollars for input"),
            say("Aldin-1", Predicate.COSTS, amount=dollars(9, "price"), text="9 dollars for output"),
            id="input and output",
        ),
        pytest.param(
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X", on="AIME"),
            say("Borea X", Predicate.OUTPERFORMS, "Aldin-1", on="MMLU-Pro"),
            id="two benchmarks",
        ),
        pytest.param(
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X", article="a"),
            say("Aldin-1", Predicate.UNDERPERFORMS, "Borea X", article="a"),
            id="one sentence that says where each is ahead",
        ),
        pytest.param(
            say("Aldin-1", Predicate.SCORES, "AIME", Quantity("score", 61.7, "%"), article="a"),
            say("Aldin-1", Predicate.SCORES, "AIME", Quantity("score", 34.1, "%"), article="a", by="Aldin", at=300),
            id="two tables of one text",
        ),
        pytest.param(
            say("Aldin", Predicate.LEADS, "Borea", text="Aldin leads"),
            say("Borea", Predicate.LEADS, "Aldin", text="Borea will lead", modality=Modality.PREDICTED),
            id="now and later",
        ),
        pytest.param(
            say("Ann Lee", Predicate.FOUNDED, "Dunmore", text="Ann Lee co-founded Dunmore"),
            say("Bo Quist", Predicate.FOUNDED, "Dunmore"),
            id="founders together",
        ),
        pytest.param(
            say("Ann Lee", Predicate.LEADS, "Dunmore", kind=PEOPLE, text="Ann Lee, chief executive of Dunmore"),
            say(
                "Bo Quist",
                Predicate.LEADS,
                "Dunmore",
                kind=PEOPLE,
                text="Bo Quist, chief executive of Dunmore",
                day=200,
            ),
            id="one after the other",
        ),
        pytest.param(
            say("Ann Lee", Predicate.LEADS, "Dunmore", kind=PEOPLE, text="Ann Lee, chief executive of Dunmore"),
            say(
                "Bo Quist",
                Predicate.LEADS,
                "Dunmore",
                kind=PEOPLE,
                text="Dunmore will be led by Bo Quist",
                modality=Modality.PREDICTED,
            ),
            id="who leads and who will",
        ),
        pytest.param(
            say("Ann Lee", Predicate.LEADS, "Dunmore", kind=PEOPLE, text="Ann Lee, chief executive of Dunmore"),
            say(
                "Bo Quist", Predicate.LEADS, "Dunmore", kind=PEOPLE, text="Ann Lee runs Dunmore, Quist is on its board"
            ),
            id="who leads and who oversees",
        ),
        pytest.param(
            say("Ann Lee", Predicate.LEADS, "Dunmore", kind=PEOPLE, text="Ann Lee, chief executive of Dunmore"),
            say("Bo Quist", Predicate.LEADS, "Dunmore", kind=PEOPLE, text="Dunmore fired its chief, Bo Quist"),
            id="one who was fired",
        ),
        pytest.param(
            say("Aldin-1", Predicate.COSTS, amount=dollars(5.6e6)),
            say("Aldin-1", Predicate.COSTS, amount=dollars(1e9), polarity=Polarity.DENIED),
            id="a figure that is only denied",
        ),
        pytest.param(
            say("Aldin", Predicate.STOCK_MOVED, amount=Quantity("stock_change", 3, "%")),
            say("Aldin", Predicate.STOCK_MOVED, amount=Quantity("stock_change", 8.5, "%")),
            id="a share at two moments that nobody dates",
        ),
        pytest.param(
            say("Aldin-1", Predicate.COSTS, amount=Quantity("training_cost", 5e6, "USD")),
            say("Aldin-1", Predicate.COSTS, amount=Quantity("training_cost", 5e8, "JPY")),
            id="two currencies",
        ),
    ],
)
def test_what_only_seems_so(one: Claim, other: Claim) -> None:
    assert find(one, other) == ()


def test_a_dismissed_one_is_kept_and_marked() -> None:
    claims = [
        say("Aldin-1", Predicate.COSTS, amount=dollars(5.6e6), by="Aldin"),
        say("Aldin-1", Predicate.COSTS, amount=dollars(1e9), by="analysts"),
    ]
    when = datetime(2025, 2, 1, tzinfo=UTC)
    dismissal = make_judgement(JudgementKind.DISMISS, [], "Ann", when, "two runs", claims=name_claims(*claims))
    groups = group_claims(claims, KNOWN, derive_rulings([dismissal]))
    (found,) = find_contradictions(groups, derive_rulings([dismissal]))
    assert found.dismissed


def test_who_gives_both_numbers_tells_of_two_things_for_everybody() -> None:
    def cost(value: float, by: str, article: str = "", at: int = 0) -> Claim:
        return say("Aldin-1", Predicate.COSTS, amount=dollars(value), by=by, article=article, at=at)

    both = (cost(5e6, "Aldin", "a"), cost(3e8, "Aldin", "a", 300))
    assert find(*both, cost(3e8, "Bo Quist")) == ()
    assert len(find(cost(5e6, "Aldin", "a"), cost(3e8, "Bo Quist"))) == 1


def test_an_article_that_sets_two_outlets_against_each_other_tells_of_one_thing() -> None:
    six, seven = dollars(6e9, "valuation"), dollars(7.5e9, "valuation")
    told = [
        say("Aldin", Predicate.VALUED_AT, amount=six, by="Borea", article="a"),
        say("Aldin", Predicate.VALUED_AT, amount=seven, by="Borea", article="a", at=300),  # read wrongly
        say("Aldin", Predicate.VALUED_AT, amount=six, by="Borea", article="b"),
    ]
    against = say("Aldin", Predicate.VALUED_AT, amount=seven, by="Corvid", article="b", at=300)
    assert not find(*told)
    assert [found.kind for found in find(*told, against)] == [VALUE]


def test_who_speaks_of_a_number_without_giving_it_gives_no_second_one() -> None:
    told = [score(77.9, "Aldin", article="a"), score(69.7, "Bo Quist", article="a", text="We get 69.7")]
    bare = say("Aldin-1", Predicate.SCORES, "AIME", by="Bo Quist", article="a", at=300)
    when = datetime(2025, 2, 1, tzinfo=UTC)
    joining = make_judgement(JudgementKind.JOIN, [], "Ann", when, "its number", claims=name_claims(told[0], bare))
    groups = group_claims([*told, bare], KNOWN, derive_rulings([joining]))
    assert [one.kind for one in find_contradictions(groups)] == [VALUE]


def price_of_one(value: float, article: str, text: str = "") -> Claim:
    return say("Aldin-1", Predicate.COSTS, amount=dollars(value, "price"), article=article, text=text, at=int(value))


def test_a_page_that_was_changed_contradicts_itself_no_more_than_before() -> None:
    claims = [price_of_one(2, "a"), price_of_one(60, "b")]
    groups, ids = group_claims(claims, KNOWN), [claim.article_id for claim in claims]
    assert len(find_contradictions(groups, pages={ids[0]: "https://a.example/1", ids[1]: "https://b.example/1"})) == 1
    assert find_contradictions(groups, pages=dict.fromkeys(ids, "https://a.example/1")) == ()


def test_a_sentence_that_is_printed_twice_contradicts_itself_in_neither_place() -> None:
    text = "A thousand tokens of Aldin-1 cost $2, those of its rival $60"
    assert find(price_of_one(2, "a", text), price_of_one(60, "b", text)) == ()
    assert len(find(price_of_one(2, "a", text), price_of_one(60, "b", f"{text}, it is said"))) == 1


def can(percent: float, by: str, *, article: str = "", polarity: Polarity = Polarity.AFFIRMED) -> Claim:
    return say("Aldin-1", Predicate.CAN, amount=Quantity("", percent, "%"), by=by, article=article, polarity=polarity)


def test_who_denies_one_number_in_giving_another_contradicts_it() -> None:
    told = can(82, "Aldin")
    denied, given = can(82, "Bo Quist", article="a", polarity=Polarity.DENIED), can(38, "Bo Quist", article="a")
    assert [one.kind for one in find(told, denied, given)] == [VALUE]
    assert find(told, given) == ()


def test_who_gives_a_number_and_denies_another_without_naming_it_contradicts_nothing_by_that() -> None:
    def cost(
        amount: float | None, by: str, article: str, day: int = 0, polarity: Polarity = Polarity.AFFIRMED
    ) -> Claim:
        given = dollars(amount) if amount else None
        at = int(amount or 0) // 1_000_000 * 10
        return say("Aldin-1", Predicate.COSTS, None, given, by=by, article=article, day=day, polarity=polarity, at=at)

    told, own, run = cost(56e6, "Bo Quist", "a"), cost(38e6, "Aldin", "d"), cost(7e6, "Aldin", "b", 1)
    denied = cost(None, "Aldin", "b", 1, Polarity.DENIED)
    both = cost(56e6, "Ann Lee", "c", 9), cost(7e6, "Ann Lee", "c", 9)
    groups = group_claims([told, own, run, denied, *both], KNOWN)
    assert any({told.id, denied.id} <= {link.claim for link in group.links} for group in groups)
    assert len(find(told, own, run, denied, *both)) == len(find(told, own, run, *both)) == 1


def test_who_denies_a_number_in_giving_another_of_the_maker() -> None:
    """Whose number it is, the model's or its maker's, is told in both ways."""

    def run(subject: str, number: int, by: str, polarity: Polarity = Polarity.AFFIRMED, article: str = "a") -> Claim:
        amount = Quantity("chips", number, "chips")
        return say(subject, Predicate.TRAINED_ON, "H800", amount, by=by, polarity=polarity, article=article)

    told, given = run("Aldin-1", 2304, "Aldin", article="b"), run("Aldin", 4100, "Bo Quist")
    denied = run("Aldin-1", 2304, "Bo Quist", Polarity.DENIED)
    assert [one.kind for one in find(told, denied, given)] == [VALUE]
    assert find(told, given) == ()


def test_how_many_suffered_a_deed_where_two_matters_tell() -> None:
    claims = [
        say("Aldin-1", Predicate.CAUSED_HARM, amount=Quantity("injuries", number, "people"), by=by)
        for number, by in ((14, "Aldin"), (37, "Bo Quist"))
    ]
    when = datetime(2025, 2, 1, tzinfo=UTC)
    parting = make_judgement(JudgementKind.PART, [], "Ann", when, "two counts", claims=name_claims(*claims))
    (found,) = find_contradictions(group_claims(claims, KNOWN, derive_rulings([parting])))
    assert found.kind is VALUE


def chips(number: int, by: str = "", how: str = "=", text: str = "") -> Claim:
    amount = Quantity("chips", number, "chips", Comparator(how))
    return say("Aldin-1", Predicate.TRAINED_ON, "H800", amount, by=by, text=text)


def test_a_number_that_somebody_gives_as_the_most_and_another_alone() -> None:
    guess = chips(9600, "Bo Quist", "<=")
    assert find(chips(1280, "Aldin"), guess) == ()
    assert [one.kind for one in find(chips(1280, "Aldin"), guess, chips(9600))] == [VALUE]


def score(points: float, by: str, day: int = 0, text: str = "", article: str = "") -> Claim:
    amount = Quantity("score", points, "points")
    return say("Aldin-1", Predicate.SCORES, "AIME", amount, by=by, day=day, text=text, article=article)


def test_a_number_of_somebody_is_no_part_of_another() -> None:
    measured = score(74.3, "Bo Quist", text="In line with the 74.3 of the Corvid laboratory")
    assert [one.kind for one in find(score(78.9, "Aldin"), measured)] == [VALUE]
    assert find(score(78.9, "Aldin"), score(74, "Bo Quist", text="74 of the 79 points")) == ()


def test_two_measurements_that_nearly_agree() -> None:
    assert find(score(83.7, "Ann Lee"), score(84.1, "Bo Quist")) == ()
    assert len(find(score(83.7, "Ann Lee"), score(91.4, "Aldin"))) == 1


def test_who_changes_a_number_contradicts_nobody_by_that() -> None:
    own = [score(38.0, "Ann Lee"), score(51.0, "Ann Lee", day=20)]
    assert find(*own, score(38.0, "Bo Quist", day=1)) == ()
    assert len(find(*own, score(51.0, "Bo Quist", day=1))) == 1


def test_who_has_changed_a_number_is_no_more_against_those_who_give_the_new_one() -> None:
    own = [score(38.0, "Ann Lee"), score(51.0, "Ann Lee", day=20)]
    assert find(*own, score(51.0, "Bo Quist", day=22)) == ()
    assert len(find(*own, score(51.0, "Bo Quist", day=18))) == 1


def test_who_takes_up_the_number_of_another_gives_in() -> None:
    def cost(value: float, by: str, day: int, article: str = "", at: int = 0) -> Claim:
        return say("Aldin-1", Predicate.COSTS, amount=dollars(value), by=by, day=day, article=article, at=at)

    told = [cost(5e6, "Aldin", 0), cost(8e6, "Bo Quist", 5)]
    taken_up = [cost(5e6, "Aldin", 30, "a"), cost(8e6, "Aldin", 30, "a", 300)]
    assert len(find(*told, *taken_up)) == 1
    assert find(cost(8e6, "Bo Quist", 5), *taken_up) == ()


def test_counts_of_a_deed_by_some_that_are_described_in_two_ways() -> None:
    def took(number: float, who: str, by: str) -> Claim:
        amount = Quantity("queries", number, "queries")
        return say(who, Predicate.EXFILTRATED_DATA_FROM, "Borea X", amount, by=by, date="2025-01")

    assert len(find(took(3.1e6, "a group linked to Dunmore", "Borea"), took(1.8e6, "240 accounts", "Corvid"))) == 1


def test_an_article_that_puts_a_number_right_that_somebody_had_given() -> None:
    def match(layers: int, by: str | None, article: str, *, denied: bool = False, at: int = 0) -> Claim:
        amount = Quantity("", layers, "layers")
        polarity = Polarity.DENIED if denied else Polarity.AFFIRMED
        text = f"{layers} of the 80 layers"
        return say(
            "Aldin-1", Predicate.MATCHES, "Borea X", amount, by=by, article=article, polarity=polarity, at=at, text=text
        )

    told = [match(80, "Ann Lee", "a"), match(79, "Ann Lee", "b")]
    assert find(*told) == ()
    assert [one.kind for one in find(*told, match(80, None, "b", denied=True, at=300))] == [VALUE]


def test_sums_at_a_rate_that_a_sentence_tells() -> None:
    def debt(value: float, unit: str, by: str, text: str = "") -> Claim:
        return say("Aldin", Predicate.COSTS, "Borea", Quantity("spending", value, unit), by=by, text=text)

    told = debt(4.1e9, "TWD", "Ann Lee", "Aldin owes Borea NT$4.1 billion (about €115 million)")
    assert [one.kind for one in find(told, debt(190e6, "EUR", "Bo Quist"))] == [VALUE]
    assert find(told, debt(115e6, "EUR", "Bo Quist")) == ()
    assert find(debt(4.1e9, "TWD", "Ann Lee"), debt(190e6, "EUR", "Bo Quist")) == ()


def price(value: float, unit: str, *, by: str = "", date: str | None = None) -> Claim:
    return say("Aldin-1", Predicate.COSTS, amount=Quantity("price", value, unit), by=by, date=date)


RATES = {
    (month, currency): Rate(month, currency, per_usd, "a bank")
    for month, currency, per_usd in (
        ("2025-01", "JPY", 156.5),
        ("2025-01", "CNY", 7.3),
        ("2024-07", "JPY", 158.0),
    )
}


@pytest.mark.parametrize(
    ("one", "other", "rates", "clash"),
    [
        (price(3000, "JPY", by="Aldin"), price(80, "CNY", by="Bo Quist"), RATES, True),
        (price(3000, "JPY", by="Aldin"), price(140, "CNY", by="Bo Quist"), RATES, False),
        (price(3000, "JPY", by="Aldin"), price(20, "USD", by="Bo Quist"), RATES, False),
        (price(3000, "JPY/month", by="Aldin"), price(40, "USD/month", by="Bo Quist"), RATES, True),
        (price(3000, "JPY/month", by="Aldin"), price(40, "USD/year", by="Bo Quist"), RATES, False),
        # Nobody knows at which rate a year was counted, nor what a month not in the table was like.
        (price(3000, "JPY", by="Aldin", date="2024"), price(80, "USD", by="Bo Quist", date="2024"), RATES, False),
        (price(3000, "JPY", by="Aldin", date="2023-05"), price(80, "USD", by="Bo Quist", date="2023-05"), RATES, False),
        (price(3000, "JPY", by="Aldin", date="2024-07"), price(80, "USD", by="Bo Quist", date="2024-07"), RATES, True),
        (price(3000, "JPY", by="Aldin"), price(80, "CNY", by="Bo Quist"), {}, False),
    ],
)
def test_sums_in_two_currencies_at_the_rate_of_their_month(
    one: Claim, other: Claim, rates: dict[tuple[str, str], Rate], clash: bool
) -> None:
    found = find_contradictions(group_claims((one, other), KNOWN), rates=rates)
    assert [pair.kind for pair in found] == [VALUE] * clash


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("Chinese hackers", "Russian hackers", False),
        ("中国のハッカー", "ロシアのハッカー", False),
        ("students", "a rival", False),
        ("hackers", "Chinese hackers", True),
        ("a ring", "90 accounts", True),
        ("24,000 accounts", "90 accounts", True),
    ],
)
def test_counts_of_a_deed_by_two_that_cannot_be_one(one: str, other: str, clash: bool) -> None:
    def took(who: str, number: float, by: str) -> Claim:
        amount = Quantity("prompts", number, "prompts")
        return say(who, Predicate.EXFILTRATED_DATA_FROM, "Borea X", amount, by=by, date="2025-01")

    assert len(find(took(one, 7e6, "Borea"), took(other, 2e6, "Corvid"))) == clash


@pytest.mark.parametrize(
    ("text", "clash"),
    [
        ("700 of the Danish readers pay for it", False),
        ("700 of the readers pay for it", False),
        ("700 of the PRO readers pay for it", False),
        ("It is the 700 of the Corvid survey", True),
        ("700 readers pay for it", True),
    ],
)
def test_a_part_of_a_number_is_told_by_its_words(text: str, clash: bool) -> None:
    whole = say("Aldin-1", Predicate.HAS_USERS, amount=Quantity("users", 5200, "users"), by="Aldin")
    part = say("Aldin-1", Predicate.HAS_USERS, amount=Quantity("users", 700, "users"), text=text, by="Bo Quist")
    assert len(find(whole, part)) == clash


@pytest.mark.parametrize(("by", "clash"), [("analysts", True), ("Ann Lee", False)])
def test_only_who_is_named_changes_a_number_of_his_own(by: str, clash: bool) -> None:
    early = say("Aldin-1", Predicate.COSTS, amount=dollars(4e6), by=by, article="x")
    later = say("Aldin-1", Predicate.COSTS, amount=dollars(7e7), by=by, article="y", day=1)
    assert len(find(early, later)) == clash


def test_a_long_row_of_figures_takes_no_time() -> None:
    row = "1," * 10_000
    start = time.process_time()
    whole = say("Aldin-1", Predicate.HAS_USERS, amount=Quantity("users", 5200, "users"), by="Aldin")
    find(whole, say("Aldin-1", Predicate.HAS_USERS, amount=Quantity("users", 1, "users"), text=row, by="Bo Quist"))
    assert time.process_time() - start < 1


def _count_people(who: str, predicate: Predicate, number: int, by: str | None = None, day: int = 0) -> Claim:
    return say(who, predicate, "Borea", Quantity("people", number, "people"), by=by, day=day)


def test_how_many_joined_a_firm_where_one_number_is_denied() -> None:
    def join(who: str, number: int, polarity: Polarity, at: int) -> Claim:
        amount = Quantity("people", number, "people")
        return say(who, Predicate.JOINED, "Borea", amount, by="Borea", article="b", polarity=polarity, at=at)

    told = _count_people("Fourteen people", Predicate.JOINED, 14, "Aldin")
    denied = join("staff of Aldin", 14, Polarity.DENIED, 0), join("people of Aldin", 7, Polarity.AFFIRMED, 500)
    assert [one.kind for one in find(told, *denied)] == [VALUE]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("three researchers", Predicate.JOINED, 3), ("seven engineers", Predicate.JOINED, 7)),
        (("a dozen people of Aldin", Predicate.JOINED, 12), ("three people of Corvid", Predicate.JOINED, 3)),
        (("people", Predicate.JOINED, 12), ("people", Predicate.JOINED, 30)),
        (("two co-founders", Predicate.LEFT, 2), ("nine staff members", Predicate.LEFT, 9)),
        (("3 researchers", Predicate.LEFT, 3), ("100 employees", Predicate.LEFT, 100)),
    ],
)
@pytest.mark.parametrize("day", [0, 20])
def test_two_numbers_of_those_who_come_and_go_are_of_two(
    one: tuple[str, Predicate, int], other: tuple[str, Predicate, int], day: int
) -> None:
    assert find(_count_people(*one, "Aldin"), _count_people(*other, "Borea", day)) == ()


def test_how_much_comes_with_a_release() -> None:
    def opens(power: float | None, by: str, how: str = "=") -> Claim:
        amount = Quantity("capacity", power, "MW", Comparator(how)) if power else None
        return say("Aldin", Predicate.RELEASED, "Aldin Chat", amount, by=by, modality=Modality.PREDICTED, date="2026")

    planned = opens(40, "Ann Lee"), opens(None, "Aldin")
    assert len(group_claims(planned, KNOWN)) == 1
    assert [one.kind for one in find(*planned, opens(20, "Bo Quist", "<="))] == [VALUE]
    assert find(*planned, opens(38, "Bo Quist", "~")) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Quantity("price", 20, "USD"), Quantity("price", 200, "USD")),
        (Quantity("parameters", 7e9, "parameters"), Quantity("parameters", 70e9, "parameters")),
        (Quantity("users", 2e6, "users"), Quantity("users", 3e6, "users")),
        (Quantity("capacity", 40, "MW"), Quantity("price", 20, "USD")),
    ],
)
@pytest.mark.parametrize("modality", [Modality.ASSERTED, Modality.PREDICTED])
def test_a_number_beside_a_release_is_none_of_it(one: Quantity, other: Quantity, modality: Modality) -> None:
    def release(amount: Quantity | None, by: str) -> Claim:
        return say("Aldin", Predicate.RELEASED, "Aldin Chat", amount, by=by, modality=modality)

    told = release(one, "Ann Lee"), release(other, "Bo Quist"), release(None, "Aldin")
    assert len(group_claims(told, KNOWN)) == 1
    assert find(*told) == ()
