"""Parts of a matter that speak of one thing though a sentence leaves something out or describes it otherwise."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from graph.ids import make_entity_id
from graph.propositions import group_claims
from graph.records import Claim, Comparator, Modality, PartialDate, Polarity, Predicate, Quantity
from tests.graph.propositions.sayings import dollars, make_known, say

_DENIED = Polarity.DENIED


def _count(number: float, what: str = "records", how: str = "=") -> Quantity:
    return Quantity(what, number, what, Comparator(how))


def _group(*claims: Claim) -> Sequence[frozenset[str]]:
    return [frozenset(link.claim for link in group.links) for group in group_claims(claims, make_known())]


_TOOK, _HARMED, _WITHDREW = Predicate.EXFILTRATED_DATA_FROM, Predicate.CAUSED_HARM, Predicate.WITHDREW
_RAN, _COSTS = Predicate.TRAINED_ON, Predicate.COSTS
_PART = Quantity("stake", 30, "%")
_OWNS = Predicate.OWNS_HARDWARE
_MISLED, _STOLE = Predicate.MISLED, Predicate.TOOK_TECHNOLOGY_FROM


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            say("Aldin-1", _RAN, "H800", _count(1280, "chips")),
            say("Aldin-1", _RAN, None, _count(1280, "chips")),
            id="what was counted is left out",
        ),
        pytest.param(
            say("Aldin-1", _RAN, "H800", _count(1280, "chips")),
            say("Aldin-1", Predicate.TRAINED_WITH, None, _count(1280, "chips")),
            id="as many, by another predicate",
        ),
        pytest.param(
            say("Aldin-1", _COSTS, None, dollars(4.1e6)),
            say("Aldin", _COSTS, None, dollars(4.1e6)),
            id="the maker's cost is its model's when the number is",
        ),
        pytest.param(
            say("Aldin-1", _COSTS, None, dollars(4.1e6)),
            say("Aldin-1", _COSTS, None, dollars(4.1e6, "spending")),
            id="as much, measured otherwise",
        ),
        pytest.param(
            say("a group of accounts", _TOOK, "Aldin", Quantity("queries", 3.1e6, "queries")),
            say("240 accounts", _TOOK, "Aldin", Quantity("queries", 3.1e6, "questions")),
            id="the same number of one thing in another word for it",
        ),
        pytest.param(
            say("Aldin", Predicate.VALUED_AT, None, dollars(42e9, "valuation"), modality=Modality.PREDICTED),
            say("Aldin", Predicate.VALUED_AT, None, dollars(42e9, "valuation"), day=12),
            id="what was expected has come",
        ),
        pytest.param(
            say("Aldin", _WITHDREW, "the training logs of Aldin-1"),
            say("Aldin", _WITHDREW, "学習の記録"),
            id="described in two languages",
        ),
        pytest.param(
            say("an open storage bucket at Dunmore", _HARMED, "Borea"),
            say("A badly closed storage bucket", _HARMED, "Borea"),
            id="described in other words",
        ),
        pytest.param(
            say("the stolen password of a contractor", _HARMED, "Borea"),
            say("委託先から盗まれたパスワード", _HARMED, "Borea"),
            id="a word in katakana",
        ),
        pytest.param(
            say("Aldin", Predicate.MISLED, "users", date="2025-01", text="Aldin knew since January"),
            say("Aldin", Predicate.MISLED, None, date="2025-01-13", text="最初に気づいた時期が文書で裏付けられた"),
            id="the same day",
        ),
        pytest.param(
            say("Aldin", _COSTS, None, dollars(4e6, "spending"), text="Aldin paid a ransom of four million"),
            say("Aldin", _COSTS, None, polarity=_DENIED, text="Nothing was paid by Aldin, it said"),
            id="a denial answers what is said",
        ),
        pytest.param(
            say("Aldin", Predicate.INVESTED_IN, "Borea", dollars(2e9, "investment"), text="Aldin puts $2 billion in"),
            say(
                "Aldin",
                Predicate.INVESTED_IN,
                "Borea",
                Quantity("investment", 3.1e11, "JPY"),
                text="アルディンが3100億円（約20億ドル）を出資",
            ),
            id="told in two currencies",
        ),
        pytest.param(
            say("Hackers", _TOOK, "Borea"),
            say("someone", _TOOK, "Borea", polarity=_DENIED),
            id="whoever it was",
        ),
        pytest.param(
            say("Fourteen people", Predicate.JOINED, "Borea", _count(14, "people"), by="Aldin"),
            say("staff of Aldin", Predicate.JOINED, "Borea", _count(14, "people"), by="Borea", polarity=_DENIED),
            id="as many who joined a firm, described in two ways",
        ),
        pytest.param(
            say("Aldin", Predicate.ACQUIRED, "Borea", Quantity("stake", 100, "%")),
            say("Aldin", Predicate.ACQUIRED, "Borea", day=5),
            id="all of a firm is the firm",
        ),
        pytest.param(
            say("Aldin", _OWNS, "the boards", date="2026", by="Ann Lee", text="The boards will be here this year"),
            say("Aldin", _OWNS, "the boards", date="2026", by="Ann Lee", text="In May she said that we wait no longer"),
            id="said again of the same time",
        ),
    ],
)
def test_claims_that_speak_of_one(one: Claim, other: Claim) -> None:
    assert len(_group(one, other)) == 1
    assert len(_group(other, one)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            say("the password of a contractor", _HARMED, "Borea"),
            say("an open storage bucket", _HARMED, "Borea"),
            id="two ways in",
        ),
        pytest.param(
            say("Chinese hackers", _TOOK, "Borea"), say("Russian hackers", _TOOK, "Borea"), id="of two countries"
        ),
        pytest.param(
            say("Aldin-1", _RAN, "H800", _count(1280, "chips")),
            say("Aldin-1", _RAN, "H100", _count(1280, "chips")),
            id="as many of two things",
        ),
        pytest.param(
            say("unnamed", _TOOK, "Borea", _count(14e6)),
            say("unnamed", _TOOK, "Borea", _count(2.3e6)),
            id="two numbers of what was taken",
        ),
        pytest.param(
            say("Aldin Chat", _HARMED, "a woman", text="The robot let a woman fall"),
            say("Aldin Chat", _HARMED, "the woman", text="The woman has died"),
            id="hurt and dead",
        ),
        pytest.param(
            say("Aldin", Predicate.VALUED_AT, None, dollars(35e9, "valuation"), text="$35bn with the new money"),
            say("Aldin", Predicate.VALUED_AT, None, dollars(35e9, "valuation"), text="$35bn before the new money"),
            id="before and after the money",
        ),
        pytest.param(
            say("Corvid", Predicate.OWNS, "Dunmore", _PART),
            say("the family of its founder", Predicate.OWNS, "Dunmore", Quantity("stake", 45, "%")),
            id="two parts of a firm",
        ),
        pytest.param(
            say("Aldin", _OWNS, "the boards", date="2026", by="Ann Lee", text="The boards will be here this year"),
            say("Aldin", _OWNS, "the boards", date="2026", by="Bo Quist", text="In May he said that we wait no longer"),
            id="two who say it in other words",
        ),
        pytest.param(
            say("Aldin", Predicate.ACQUIRED, "Borea", Quantity("stake", 60, "%")),
            say("Aldin", Predicate.ACQUIRED, "Borea", day=5, modality=Modality.PREDICTED),
            id="a part of a firm, and the firm to come",
        ),
        pytest.param(
            say("France", Predicate.INVESTIGATES, "Aldin", day=9),
            say("Data Office", Predicate.INVESTIGATES, "Aldin", day=90),
            id="a state, and an authority months later",
        ),
        pytest.param(
            say("France", Predicate.INVESTIGATES, "Aldin"),
            say("British Data Office", Predicate.INVESTIGATES, "Aldin"),
            id="a state and the authority of another",
        ),
        pytest.param(
            say("Aldin", Predicate.INVESTED_IN, "Borea", dollars(2e9, "investment"), text="Aldin puts $2 billion in"),
            say(
                "Aldin",
                Predicate.INVESTED_IN,
                "Borea",
                Quantity("investment", 3.1e11, "JPY"),
                text="アルディンが3100億円を出資し、別に30万ドルを寄付した",
            ),
            id="another sum beside it",
        ),
        pytest.param(
            say("Aldin-1", Predicate.BASED_ON, "Borea X"),
            say("Aldin-1", Predicate.BASED_ON, None, polarity=_DENIED, text="It was built from scratch"),
            id="based on one, based on none",
        ),
    ],
)
def test_claims_that_do_not(one: Claim, other: Claim) -> None:
    assert len(_group(one, other)) == 2
    assert len(_group(other, one)) == 2


def test_an_accusation_without_a_number_is_that_of_the_only_one() -> None:
    taken, counted, other = (say("unnamed", _TOOK, "Borea", amount) for amount in (None, _count(14e6), _count(2.3e6)))
    assert len(_group(taken, counted)) == 1
    assert len(_group(taken, counted, other)) == 3


def test_who_denies_any_and_gives_a_number_speaks_of_two_things() -> None:
    denied = say("Aldin-1", Predicate.TRAINED_WITH, "MMLU-Pro", polarity=_DENIED, by="Aldin", article="a")
    given = say("Aldin-1", Predicate.TRAINED_WITH, "MMLU-Pro", _count(3050), by="Aldin", article="a", at=90)
    elsewhere = say("Aldin-1", Predicate.TRAINED_WITH, "MMLU-Pro", _count(3050), by="Aldin", article="b")
    assert len(_group(denied, given)) == 2
    assert len(_group(denied, elsewhere)) == 1


def test_an_article_that_passes_on_a_number_to_deny_it_does_not_give_it() -> None:
    told = say("Aldin", Predicate.EARNED, "Borea", _count(33, "%"), by="Ann Lee", text="A third of it comes from Borea")
    recalled = say("Aldin", Predicate.EARNED, "Borea", _count(33, "%"), modality=Modality.ALLEGED, article="a", day=3)
    denied = say("Aldin", Predicate.EARNED, "Borea", polarity=_DENIED, article="a", at=90, day=3, text="This is false")
    assert len(_group(told, recalled, denied)) == 1
    asserted = replace(recalled, modality=Modality.ASSERTED)
    assert len(_group(told, asserted, denied)) == 2


def _cost(amount: float, by: str, day: int = 0, article: str = "") -> Claim:
    return say("Aldin-1", _COSTS, None, dollars(amount), by=by, day=day, article=article)


def test_who_gives_one_number_and_denies_without_any_denies_the_other() -> None:
    own, leaked = _cost(38e6, "Aldin"), _cost(56e6, "Bo Quist", 2)
    later = _cost(54e6, "Data Office", 60)
    said = say("Aldin-1", _COSTS, None, by="Ann Lee", day=2, text="It will cost more than was said, Ann Lee told us")
    denied = say("Aldin-1", _COSTS, None, by="Aldin", day=3, polarity=_DENIED, text="The paper is no forecast")
    for claims in ((own, leaked, later, said, denied), (denied, said, later, leaked, own)):
        assert frozenset({leaked.id, denied.id}) in _group(*claims)
    accepted = _cost(56e6, "Aldin", 90)
    assert frozenset({leaked.id, denied.id, accepted.id}) in _group(own, leaked, later, said, denied, accepted)
    doubted = replace(denied, modality=Modality.SPECULATED)
    assert frozenset({leaked.id, doubted.id}) not in _group(own, leaked, said, doubted)
    of_other = replace(denied, claimants=say("Aldin-1", _COSTS, by="Ann Lee").claimants)
    assert frozenset({leaked.id, of_other.id}) not in _group(own, leaked, said, of_other)


def test_two_accusations_of_one_firm_are_one_only_where_something_links_them() -> None:
    told = say("Aldin", _HARMED, "the novelist", text="Aldin showed a chapter of the novelist to strangers")
    other = say("Aldin", _HARMED, "a reader", modality=Modality.ALLEGED, day=2, text="Insults from the fridge")
    alike = say("Aldin", _HARMED, None, day=2, text="A chapter was shown to strangers by Aldin")
    assert len(_group(told, other)) == 2
    assert len(_group(told, alike)) == 1


@pytest.mark.parametrize(
    ("lang", "day", "other", "groups"),
    [
        pytest.param("ja", 5, None, 1, id="told at one time"),
        pytest.param("ja", 60, None, 2, id="told months later"),
        pytest.param("en", 5, None, 2, id="in one language their words can be compared"),
        pytest.param("ja", 5, "Borea", 2, id="of a victim whom only the one names"),
    ],
)
def test_words_of_two_languages_part_no_accusations(lang: str, day: int, other: str | None, groups: int) -> None:
    told = say("Aldin", _MISLED, "a pension fund" if other else None, text="Aldin dressed up the order book")
    again = replace(say("Aldin", _MISLED, other, day=day, text="アルディンは受注を偽った"), lang=lang)
    assert len(_group(told, again)) == groups
    assert len(_group(again, told)) == groups


def test_what_fits_two_thinly_joins_neither() -> None:
    paid = [say("Aldin", _COSTS, None, dollars(million * 1e6, "spending")) for million in (4, 9)]
    denied = say("Aldin", _COSTS, None, polarity=_DENIED, text="Nothing was paid by Aldin")
    assert len(_group(*paid, denied)) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            say("Aldin", _MISLED, "investors", text="Aldin hid the yield of its chips from investors"),
            say("Aldin", _MISLED, "regulators", day=31, text="Aldin concealed a leak from regulators"),
            id="of two victims that are described",
        ),
        pytest.param(
            say("Aldin", _MISLED, text="Aldin hid a flaw in its batteries"),
            say("Aldin", _MISLED, day=180, text="Aldin lied about its training data"),
            id="of none that is told",
        ),
        pytest.param(
            say("Aldin Chat", _MISLED, text="Aldin Chat hid a flaw in its batteries"),
            say("Aldin", _MISLED, day=180, text="The maker of Aldin Chat lied about training data"),
            id="of a product and its maker",
        ),
    ],
)
def test_the_name_of_the_accused_links_no_two_accusations(one: Claim, other: Claim) -> None:
    assert len(_group(one, other)) == 2
    assert len(_group(other, one)) == 2


def test_nor_does_any_other_spelling_of_it() -> None:
    known = make_known()
    aldin = known.entities[make_entity_id("Aldin")]
    spelt = replace(aldin, name_ja="アルディン", aliases=("Aldin Labs",))
    known = replace(known, entities={**known.entities, aldin.id: spelt})
    japanese = [
        say("Aldin", _MISLED, text="アルディンは電池の欠陥を隠した"),
        say("Aldin", _MISLED, day=20, text="データについて嘘をついたのはアルディンだ"),
    ]
    english = [
        say("Aldin", _MISLED, text="Aldin Labs hid a flaw in its batteries"),
        say("Aldin", _MISLED, day=20, text="Lies about training data, told by Labs people"),
    ]
    assert len(group_claims(japanese, known)) == 2
    assert len(group_claims(english, known)) == 2


def test_a_described_victim_is_a_named_one_only_where_something_says_so() -> None:
    named = say("Aldin", _STOLE, "Borea", text="Aldin stole drawings of Borea")
    told = say("Aldin", _STOLE, "Borea", text="Aldin stole drawings of Borea, a start-up with nine engineers")
    described = say("Aldin", _STOLE, "a small start-up", day=90, text="Aldin copied drawings of a small start-up")
    telling = say("Aldin", _STOLE, "the start-up", day=90, text="Aldin copied drawings of the start-up, said Borea")
    assert len(_group(named, described)) == 2
    assert len(_group(told, described)) == 1
    assert len(_group(named, telling)) == 1


def _answer(text: str, article: str = "c") -> Claim:
    return say("Aldin", _STOLE, polarity=_DENIED, article=article, day=32, at=60, by="Aldin", text=text)


@pytest.mark.parametrize("day", [0, 28])
def test_a_denial_that_fits_two_accusations_alike_is_of_neither(day: int) -> None:
    older = say("Aldin", _STOLE, "Borea", day=day, article="a", text="Aldin stole drawings of Borea")
    newer = say("Aldin", _STOLE, "Dunmore", day=31, article="b", text="Aldin copied a compiler of Dunmore")
    bare = _answer("Baseless, a spokesman told us")
    assert frozenset({bare.id}) in _group(older, newer, bare)
    assert frozenset({newer.id, bare.id}) in _group(newer, bare)
    worded = _answer("No compiler was ever taken, a spokesman told us")
    assert frozenset({newer.id, worded.id}) in _group(older, newer, worded)
    beside = _answer("Baseless, a spokesman told us", "b")
    assert frozenset({newer.id, beside.id}) in _group(older, newer, beside)


@pytest.mark.parametrize("text", ["Baseless, a spokesman told us", "事実無根だと広報は述べた"])
def test_a_denial_that_fits_two_alike_is_of_the_one_that_most_articles_tell(text: str) -> None:
    older = say("Aldin", _STOLE, "Borea", day=28, article="a", text="Aldin stole drawings of Borea")
    newer = say("Aldin", _STOLE, "Dunmore", day=31, article="b", text="Aldin copied a compiler of Dunmore")
    again = say("Aldin", _STOLE, "Dunmore", day=31, article="d", text="A compiler of Dunmore was copied by Aldin")
    bare = _answer(text)
    assert frozenset({newer.id, again.id, bare.id}) in _group(older, newer, again, bare)
    of_others = [replace(one, subject=say("Aldin-2", _STOLE).subject) for one in (newer, again)]
    of_model = replace(bare, subject=say("Aldin-1", _STOLE).subject)
    assert frozenset({older.id, of_model.id}) in _group(older, *of_others, of_model)


@pytest.mark.parametrize(
    ("said", "denied", "groups"),
    [
        pytest.param(
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X", on="AIME"),
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X", polarity=_DENIED, day=2),
            1,
            id="on what ground",
        ),
        pytest.param(
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X", on="AIME"),
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X", on="MMLU-Pro", polarity=_DENIED, day=2),
            2,
            id="on another ground",
        ),
        pytest.param(
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X", on="AIME"),
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X", day=2),
            2,
            id="who affirms tells more",
        ),
        pytest.param(
            say("Aldin", Predicate.EARNED, None, dollars(4e6, "revenue"), text="Aldin earned 4 million a month"),
            say("Aldin", Predicate.EARNED, polarity=_DENIED, text="Aldin denies that it earned so much", day=2),
            1,
            id="in what time",
        ),
    ],
)
def test_who_only_denies_need_not_repeat(said: Claim, denied: Claim, groups: int) -> None:
    assert len(_group(said, denied)) == groups


def test_a_maker_beats_its_model_or_is_beaten_by_it() -> None:
    by_five = _count(5, "points")
    one = say("Aldin", Predicate.OUTPERFORMS, "Aldin-1", by_five)
    other = say("Aldin-1", Predicate.OUTPERFORMS, "Aldin", by_five)
    assert len(_group(one, other)) == 2


def test_who_obtained_data_from_the_technology_drew_off_data() -> None:
    group = "a group linked to Aldin"
    drew = say(
        group, Predicate.EXFILTRATED_DATA_FROM, "Borea", modality=Modality.ALLEGED, text="It drew off data of Borea."
    )
    took = say(group, Predicate.TOOK_TECHNOLOGY_FROM, "Borea", text="It got data from the technology of Borea.")
    other = say(group, Predicate.TOOK_TECHNOLOGY_FROM, "Borea", text="It copied the technology of Borea.")
    assert len(_group(drew, took)) == 1
    assert len(_group(drew, other)) == 2


@pytest.mark.parametrize("predicate", [Predicate.FINED, Predicate.SUED, Predicate.BANNED, Predicate.INVESTIGATES])
def test_who_did_it_may_be_left_out_where_it_is_said_to_whom(predicate: Predicate) -> None:
    named = say("Corvid", predicate, "Borea", date="2024-11", text="Corvid acted against Borea in November")
    bare = say("unnamed", predicate, "Borea", date="2024-11", day=9, text="Borea was acted against in November")
    other = say("Dunmore", predicate, "Borea", date="2024-11", text="Dunmore acted against Borea in November")
    assert len(_group(named, bare)) == 1
    assert len(_group(named, other)) == 2


def test_the_day_of_a_denial_is_not_that_of_the_deed() -> None:
    supplied = say("Aldin", Predicate.SUPPLIES, "Dunmore", _count(18400, "chips"), date="2024-Q4")
    took_back = say(
        "Aldin", Predicate.SUPPLIES, "Dunmore", _count(18400, "chips"), polarity=_DENIED, date="2025-01-26", by="Corvid"
    )
    assert len(_group(supplied, took_back)) == 1
    again = replace(took_back, polarity=Polarity.AFFIRMED)
    assert len(_group(supplied, again)) == 2


def test_what_limits_a_number_is_no_limit_where_one_voice_gives_it_again() -> None:
    spent = dollars(310e6, "spending")
    first = say(
        "Aldin", _COSTS, None, spent, by="Dunmore", text="That tells nothing about any single run, says Dunmore"
    )
    again = say("Aldin", _COSTS, None, spent, by="Dunmore", day=42, text="In total Dunmore puts it at so much")
    another = say("Aldin", _COSTS, None, spent, by="Corvid", day=42, text="In total Corvid puts it at so much")
    assert len(_group(first, again)) == 1
    assert len(_group(first, another)) == 2


def test_a_deal_without_its_price_has_no_limits_of_numbers() -> None:
    talks = say(
        "Aldin", Predicate.ACQUIRED, "Borea", text="Aldin takes over Borea, which has paying users in 30 countries"
    )
    other = say("Aldin", Predicate.ACQUIRED, "Borea", day=3, text="Aldin takes over the whole of the shares of Borea")
    assert len(_group(talks, other)) == 1


def test_one_bound_on_a_sum_is_spoken_of_for_long() -> None:
    def most(value: float, day: int) -> Claim:
        return say("Aldin", _COSTS, None, dollars(value, "price", "<="), day=day, text=f"Aldin gets at most {value}")

    assert len(_group(most(180e6, 0), most(180e6, 41))) == 1
    assert len(_group(most(180e6, 0), most(190e6, 41))) == 2


def test_who_is_described_in_two_languages_may_be_one_in_an_act_between_the_same() -> None:
    one = say("a collective of glassblowers", Predicate.SUED, "Borea", date="2025-01")
    other = say("硝子職人の団体", Predicate.SUED, "Borea", date="2025-01", day=1)
    another = say("two bakers", Predicate.SUED, "Borea", date="2025-01", day=1)
    assert len(_group(one, other)) == 1
    assert len(_group(one, another)) == 2


def test_one_voice_s_price_of_input_is_not_that_of_output() -> None:
    price = dollars(3.0, "price")

    def costs(text: str, day: int) -> Claim:
        return say("Aldin-1", _COSTS, None, price, by="Dunmore", day=day, text=f"{text} cost three dollars")

    assert len(_group(costs("Input tokens", 0), costs("Output tokens", 42))) == 2
    assert len(_group(costs("A subscription per month", 0), costs("A subscription per year", 42))) == 2
    assert len(_group(costs("Tokens of the final run", 0), costs("The whole", 42))) == 1


def test_voices_that_nobody_names_are_not_one() -> None:
    spent = dollars(310e6, "spending")

    def costs(text: str, by: str, day: int) -> Claim:
        return say("Aldin", _COSTS, None, spent, by=by, day=day, text=f"{text} tells so much")

    single, total = "Any single run", "In total it"
    assert len(_group(costs(single, "Dunmore", 0), costs(total, "Dunmore", 42))) == 1
    assert len(_group(costs(single, "analysts", 0), costs(total, "analysts", 42))) == 2


@pytest.mark.parametrize(
    ("day", "dates", "groups"),
    [(1, ("2025-01", "2025-01"), 1), (1, (None, None), 2), (100, ("2025-01", "2025-01"), 2)],
    ids=["of one time", "linked by nothing", "long after"],
)
def test_who_is_described_in_two_languages_is_one_only_where_something_links_it(
    day: int, dates: tuple[str | None, str | None], groups: int
) -> None:
    one = say("a collective of glassblowers", Predicate.SUED, "Borea", date=dates[0], text="Glass in court")
    other = say("画家の組合", Predicate.SUED, "Borea", date=dates[1], day=day, text="絵を訴える")
    assert len(_group(one, replace(other, lang="ja"))) == groups


@pytest.mark.parametrize("predicate", [Predicate.FINED, Predicate.SUED, Predicate.BANNED, Predicate.INVESTIGATES])
def test_an_act_of_nobody_by_name_is_another_s_only_at_the_same_time(predicate: Predicate) -> None:
    named = say("Corvid", predicate, "Borea", text="Corvid acted against Borea over its phones")
    soon, late = (say("unnamed", predicate, "Borea", day=day, text="Borea was acted against") for day in (20, 300))
    assert len(_group(named, soon)) == 1
    assert len(_group(named, late)) == 2


def test_a_fine_of_nobody_by_name_is_spoken_of_for_long_where_the_sum_is_one() -> None:
    sum_of = dollars(41e6, "fine")
    named = say("Corvid", Predicate.FINED, "Borea", sum_of, text="Corvid fined Borea 41 million dollars")
    bare = say("unnamed", Predicate.FINED, "Borea", sum_of, day=200, text="Borea was fined 41 million dollars")
    assert len(_group(named, bare)) == 1


@pytest.mark.parametrize("predicate", [Predicate.UPDATED, Predicate.RULED_AGAINST])
def test_the_day_of_a_denial_tells_which_of_what_comes_again_is_denied(predicate: Predicate) -> None:
    first = say("Corvid", predicate, "Borea", date="2025-01-10", day=-16)
    again = say("Corvid", predicate, "Borea", date="2025-01-25", day=-1)
    denied = say("Corvid", predicate, "Borea", date="2025-01-25", day=-1, polarity=_DENIED)
    assert sorted(map(len, _group(first, again, denied))) == [1, 2]
    elsewhere = replace(denied, date=PartialDate("2025-01-20"))
    assert len(_group(first, elsewhere)) == 2


def test_a_round_sum_is_no_rounder_than_its_sentence_tells_it_in_a_second_currency() -> None:
    def price(value: float, unit: str, text: str, by: str | None = None) -> Claim:
        return say("Borea", _COSTS, None, Quantity("price", value, unit), text=text, by=by)

    whole = price(90e9, "JPY", "Aldin pays 90 billion yen (about 545 million euros)", by="Ann Lee")
    shares = price(520e6, "EUR", "The shares cost 520 million euros (85.8 billion yen)", by="Aldin")
    headline = price(90e9, "JPY", "Borea goes for 90 billion yen")
    again = price(545e6, "EUR", "The sum comes to 545 million euros", by="Bo Quist")
    groups = _group(whole, shares, headline, again)
    assert sorted(groups, key=len) == [{shares.id}, {whole.id, headline.id, again.id}]


_STAKE, _TENTH, _SUIT, _TWO_PEOPLE = (
    Quantity("stake", 49, "%"),
    Quantity("stake", 10, "%"),
    dollars(1e9, "damages"),
    _count(2, "people"),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            say("Corvid", Predicate.OWNS, "Dunmore", _STAKE),
            say("the state", Predicate.OWNS, "Dunmore", _STAKE),
            id="a firm and the state",
        ),
        pytest.param(
            say("Corvid", Predicate.OWNS, "Dunmore", _STAKE, article="a", text="Corvid and the state own 49 % each"),
            say("the state", Predicate.OWNS, "Dunmore", _STAKE, article="a", text="Corvid and the state own 49 % each"),
            id="both in one sentence",
        ),
        pytest.param(
            say("Corvid", Predicate.OWNS, "Dunmore", _STAKE, article="a"),
            say("the founder's family", Predicate.OWNS, "Dunmore", _STAKE, article="a", at=500),
            id="a firm and a family in one article",
        ),
        pytest.param(
            say("Corvid", Predicate.OWNS, "Dunmore", _STAKE),
            say("foreign banks", Predicate.OWNS, "Dunmore", _STAKE),
            id="a firm and banks",
        ),
        pytest.param(
            say("Corvid", Predicate.ACQUIRED, "Borea", _TENTH),
            say("a fund", Predicate.ACQUIRED, "Borea", _TENTH),
            id="as much bought by a firm and a fund",
        ),
        pytest.param(
            say("Corvid", Predicate.SUED, "Borea", _SUIT),
            say("a group of authors", Predicate.SUED, "Borea", _SUIT),
            id="as much asked by a firm and authors",
        ),
        pytest.param(
            say("Two engineers of Aldin", Predicate.JOINED, "Borea", _TWO_PEOPLE),
            say("Two lawyers of Corvid", Predicate.JOINED, "Borea", _TWO_PEOPLE, day=20),
            id="as many who joined a firm, of two",
        ),
        pytest.param(
            say("two co-founders", Predicate.LEFT, "Borea", _TWO_PEOPLE),
            say("two board members", Predicate.LEFT, "Borea", _TWO_PEOPLE),
            id="as many who left it",
        ),
    ],
)
def test_one_number_makes_no_two_one(one: Claim, other: Claim) -> None:
    assert len(_group(one, other)) == 2


def test_a_denial_answers_what_was_told_by_then() -> None:
    told = say("Corvid", Predicate.SUPPLIES, "Borea", _count(2400, "chips"), text="Corvid sent Borea 2,400 chips")
    charged = say("Corvid", Predicate.SUPPLIES, "Borea", _count(2160, "chips"), day=80, text="It sent 2,160 chips")
    words = "Corvid denies that it sent chips to Borea, and says that it sent nothing"
    denied = say("Corvid", Predicate.SUPPLIES, "Borea", by="Corvid", day=3, polarity=_DENIED, text=words)
    assert frozenset({told.id, denied.id}) in _group(told, denied, charged)
    late = replace(denied, reported_at=denied.reported_at + timedelta(days=100))
    assert frozenset({told.id, late.id}) not in _group(told, late, charged)


def test_many_who_leave_a_firm_at_once_are_called_what_one_likes() -> None:
    called = ("900 colleagues", "900 jobs", "従業員900人")
    assert len(_group(*(say(who, Predicate.LEFT, "Borea", _count(900, "jobs")) for who in called))) == 1


def test_a_firm_its_staff_and_a_family_are_not_one() -> None:
    owners = ("Corvid", "its staff", "the founder's family")
    assert len(_group(*(say(who, Predicate.OWNS, "Dunmore", _STAKE) for who in owners))) == 3


def test_a_sum_told_as_about_so_much_is_no_exacter_for_being_converted() -> None:
    round_sum = Quantity("market_cap", 600e9, "USD", Comparator.ABOUT)
    about = say("Aldin", Predicate.LOST_VALUE, None, round_sum, text="Aldin lost about $600 billion (93 trillion yen)")
    exact = say("Aldin", Predicate.LOST_VALUE, None, dollars(589e9, "market_cap"), text="Aldin lost $589 billion")
    assert len(_group(about, exact)) == 1
