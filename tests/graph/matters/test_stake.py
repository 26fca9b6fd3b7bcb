"""Ties from a speaker to a rival of the one spoken about; no tie, no stake."""

import pytest

from graph.background import make_background
from graph.ids import make_entity_id
from graph.matters.rivals import find_rivals
from graph.matters.stake import find_stake, find_stakes
from graph.matters.told import find_told_ties
from graph.records import ClaimType, EntityId, Modality, Polarity, Predicate, Quantity, Relation, Tie
from tests.graph.telling import WORLD, deny, make_article, tell


def _id(name: str) -> EntityId:
    return make_entity_id(name)


def test_a_rival_has_a_stake_itself() -> None:
    stake = find_stake(_id("OpenAI"), _id("DeepSeek"), WORLD)
    assert stake
    assert [tie.relation for tie in stake.path] == [Relation.COMPETES_WITH]


def test_an_investor_in_a_rival_has_one_by_two_ties() -> None:
    stake = find_stake(_id("Microsoft"), _id("DeepSeek"), WORLD)
    assert stake
    assert ([tie.relation for tie in stake.path], stake.rival) == (
        [Relation.INVESTED_IN, Relation.COMPETES_WITH],
        _id("OpenAI"),
    )


def test_what_is_said_of_a_model_is_at_stake_for_its_maker_s_rivals() -> None:
    stake = find_stake(_id("Microsoft"), _id("DeepSeek-R1"), WORLD)
    assert stake
    assert stake.rival == _id("OpenAI")


def test_no_tie_no_stake() -> None:
    assert find_stake(_id("David Sacks"), _id("DeepSeek"), WORLD) is None


def test_nobody_has_a_stake_against_oneself() -> None:
    assert find_stake(_id("DeepSeek"), _id("DeepSeek-R1"), WORLD) is None


def test_a_firm_has_none_by_what_else_its_people_do() -> None:
    board = [
        Tie(_id("Mara Quist"), Relation.WORKS_FOR, _id("Wembrook"), "an article"),
        Tie(_id("Mara Quist"), Relation.WORKS_FOR, _id("OpenAI"), "an article"),
    ]
    found = [find_stake(_id(who), _id("DeepSeek"), WORLD, board) for who in ("Mara Quist", "Wembrook")]
    assert [bool(stake) for stake in found] == [True, False]


def test_a_tie_that_an_article_claims_leads_on_and_names_the_claim() -> None:
    told = tell(
        make_article(),
        subject="David Sacks",
        object="OpenAI",
        type=ClaimType.DEAL,
        predicate=Predicate.INVESTED_IN,
        modality=Modality.ASSERTED,
    )
    stake = find_stake(_id("David Sacks"), _id("DeepSeek"), WORLD, find_told_ties([told.claim], WORLD))
    assert stake
    assert stake.path[0].source == told.id


def test_a_tie_that_is_only_rumoured_is_none() -> None:
    told = tell(make_article(), subject="David Sacks", type=ClaimType.DEAL, predicate=Predicate.INVESTED_IN)
    assert find_told_ties([told.claim], WORLD) == ()


def test_a_path_longer_than_asked_for_is_none() -> None:
    tie = Tie(_id("David Sacks"), Relation.WORKS_FOR, _id("Microsoft"), "table")
    assert find_stake(_id("David Sacks"), _id("DeepSeek"), WORLD, [tie], longest=2) is None
    assert find_stake(_id("David Sacks"), _id("DeepSeek"), WORLD, [tie], longest=3)


def test_each_accuser_with_a_stake_once_with_what_it_said() -> None:
    told = [
        tell(make_article(), "Microsoft"),
        tell(make_article("Wire", 1), "Bloomberg", "Microsoft"),
        tell(make_article("Daily", 2), "David Sacks"),
    ]
    [stake] = find_stakes(told, WORLD)
    assert (stake.speaker, stake.claims) == (_id("Microsoft"), (told[0].id, told[1].id))


def test_who_is_tied_to_the_one_wronged_has_a_stake() -> None:
    told = tell(make_article(), "Liang Wenfeng", subject="OpenAI", object="DeepSeek-R1")
    [stake] = find_stakes([told], make_background(WORLD.entities.values(), _KEPT))
    assert [(tie.subject, tie.relation, tie.object) for tie in stake.path] == [
        (_id("Liang Wenfeng"), Relation.WORKS_FOR, _id("DeepSeek"))
    ]


def test_a_rival_of_what_a_firm_makes_is_its_rival() -> None:
    rivals = Tie(_id("Qwen2.5-Max"), Relation.COMPETES_WITH, _id("DeepSeek-R1"), "an article")
    [stake] = find_stakes([tell(make_article(), "Alibaba")], make_background(WORLD.entities.values(), _KEPT), [rivals])
    assert [tie.relation for tie in stake.path] == [Relation.MAKES, Relation.COMPETES_WITH]


def test_of_a_firm_and_what_it_makes_each_speaker_has_one() -> None:
    told = [tell(make_article(), "Microsoft"), tell(make_article("Wire", 1), "Microsoft", subject="DeepSeek-R1")]
    [stake] = find_stakes(told, WORLD)
    assert stake.claims == (told[0].id, told[1].id)


@pytest.mark.parametrize(
    ("days", "has_one"),
    [("", True), (", since 2025-02", False), (", until 2025-01", True), (", since 2024, until 2025-01-27", False)],
    ids=["always", "later", "then", "before"],
)
def test_a_tie_counts_on_the_days_on_which_it_held(days: str, has_one: bool) -> None:
    works = Tie(_id("David Sacks"), Relation.WORKS_FOR, _id("OpenAI"), f"table{days}")
    ties = {tie for known in WORLD.ties.values() for tie in known} | {works}
    told = tell(make_article(), "David Sacks")
    found = find_stakes([told], make_background(WORLD.entities.values(), ties))
    assert bool(found) is has_one


def test_who_denies_an_accusation_has_none_in_it() -> None:
    assert find_stakes([deny(make_article(), "Microsoft")], WORLD) == ()


def test_who_denies_a_result_may_have_one_in_it() -> None:
    score = tell(
        make_article(),
        "Microsoft",
        subject="DeepSeek-R1",
        object="AIME 2024",
        type=ClaimType.BENCHMARK,
        predicate=Predicate.SCORES,
        modality=Modality.ASSERTED,
        polarity=Polarity.DENIED,
    )
    [stake] = find_stakes([score], WORLD)
    assert (stake.speaker, stake.rival) == (_id("Microsoft"), _id("OpenAI"))


def test_where_a_speaker_works_stands_beside_his_name() -> None:
    rivals = Tie(_id("Nvidia"), Relation.COMPETES_WITH, _id("DeepSeek"), "an article")
    told = tell(make_article(text='"It copied," said David Sacks, head of sales at Nvidia.'), "David Sacks")
    [stake] = find_stakes([told], WORLD, [rivals])
    assert [tie.relation for tie in stake.path] == [Relation.WORKS_FOR, Relation.COMPETES_WITH]
    assert find_stakes([tell(make_article(text="David Sacks, a customer of Nvidia."), "David Sacks")], WORLD) == ()


@pytest.mark.parametrize(("text", "found"), [("Alibaba's model Qwen2.5-Max is quick.", 0), ("It is quick.", 1)])
def test_of_what_it_makes_a_firm_speaks_as_of_itself(text: str, found: int) -> None:
    kept = [tie for tie in _KEPT if tie.object != _id("Qwen2.5-Max")]
    sells = Tie(_id("Alibaba"), Relation.PARTNER_OF, _id("DeepSeek-R1"), "an article")
    compared = Tie(_id("DeepSeek-R1"), Relation.COMPETES_WITH, _id("Qwen2.5-Max"), "a claim")
    result = tell(
        make_article(text=text),
        "Alibaba",
        subject="Qwen2.5-Max",
        object=None,
        type=ClaimType.CAPABILITY,
        predicate=Predicate.CAN,
        modality=Modality.ASSERTED,
    )
    assert len(find_stakes([result], make_background(WORLD.entities.values(), kept), [sells, compared])) == found


def test_who_is_tied_to_the_one_wronged_that_competes_with_the_accused_is_tied_to_a_rival() -> None:
    [stake] = find_stakes([tell(make_article(), "Microsoft", object="OpenAI o1")], WORLD)
    assert [tie.relation for tie in stake.path] == [Relation.INVESTED_IN, Relation.COMPETES_WITH]


def test_who_pays_for_an_institution_is_its_partner() -> None:
    told = tell(
        make_article(),
        subject="Microsoft",
        object="Supreme Court",
        type=ClaimType.DEAL,
        predicate=Predicate.INVESTED_IN,
        modality=Modality.ASSERTED,
    )
    assert [tie.relation for tie in find_told_ties([told.claim], WORLD)] == [Relation.PARTNER_OF]


# Without who competes with whom.
_KEPT = [tie for ties in WORLD.ties.values() for tie in ties if tie.relation is not Relation.COMPETES_WITH]


@pytest.mark.parametrize(
    ("quantity", "text", "relations"),
    [
        (None, "Microsoft owns Nvidia.", [Relation.OWNS, Relation.PART_OF]),
        (Quantity("stake", 12, "%"), "Microsoft holds 12% of Nvidia.", [Relation.INVESTED_IN]),
        (None, "Microsoft owns part of Nvidia.", [Relation.INVESTED_IN]),
        (Quantity("stake", 80, "%"), "Microsoft holds 80% of the shares of Nvidia.", [Relation.OWNS, Relation.PART_OF]),
    ],
    ids=["whole", "a small share", "a part", "most of it"],
)
def test_what_owning_says_of_a_tie(quantity: Quantity | None, text: str, relations: list[Relation]) -> None:
    told = tell(
        make_article(text=text),
        subject="Microsoft",
        object="Nvidia",
        type=ClaimType.DEAL,
        predicate=Predicate.OWNS,
        modality=Modality.ASSERTED,
        quantity=quantity,
    )
    assert [tie.relation for tie in find_told_ties([told.claim], WORLD)] == relations


@pytest.mark.parametrize(
    "sentence",
    [
        "Nvidia, which competes with Alibaba for customers, did not comment.",
        "Nvidia is a rival of Alibaba.",
        "Alibabaと競合するNvidiaはコメントしなかった。",
        "Its rival Nvidia said nothing.",
        "競合Nvidiaの株主だ。",
        "A fund owns a tenth of Nvidia, Alibaba's main competitor in cards, says a footnote.",
        "A lawyer of Nvidia, a competitor, said so at a conference.",
        "The letter says that a Californian competitor, Nvidia, has done so.",
        "In speed Nvidia rivals Alibaba, a test shows.",
        "Nvidiaは半導体でAlibabaと市場を争っている。",
        "Nvidiaの装置が売れ、NvidiaはAlibabaと競合している。",
        "Its rivals Nvidia and Apple said nothing.",
    ],
)
def test_an_article_says_who_competes(sentence: str) -> None:
    article = make_article(text=sentence)
    told = [
        tell(article, "Nvidia", subject="Alibaba", object=None),
        tell(article, "OpenAI", subject="Alibaba", object=None, modality=Modality.ASSERTED),
    ]
    [tie] = find_rivals(told, WORLD)
    assert {tie.subject, tie.object} == {_id("Nvidia"), _id("Alibaba")}
    assert (tie.relation, tie.source) == (Relation.COMPETES_WITH, article.url)


@pytest.mark.parametrize(
    "sentence",
    [
        "Nvidia supplies Alibaba.",
        "Nvidia forbids customers to train rival systems. Alibaba does not.",
        "Rivals abound.",
        "Alibaba has no rivals, Nvidia said.",
        "After talks with Nvidia, a rival left the room. Alibaba stayed.",
        "Since it was bought by Nvidia, its rival has grown, Alibaba says.",
        "Nvidia is a customer and no rival. Alibaba agrees.",
        "Nvidia, the supplier of its rival, fell. Alibaba rose.",
        "Nvidia is a rival-free firm. Alibaba is not.",
        "Analysts compared Apple with Nvidia, its main rival, in phones. Alibaba is another matter.",
        "Nvidia is a former rival, Alibaba says.",
        "Nvidia does not compete with Alibaba, it said.",
        "Nvidia isn't a rival of Alibaba.",
        "A chip of ours rivals Nvidia's, says a start-up. Alibaba does not.",
        "Alibabania, which competes with Nvidia, fell. Alibaba rose.",
        "Its rival Nvidiana said nothing. Alibaba agrees.",
        "NvidiaはAlibabaと法廷で争っている。",
        "NvidiaはAlibabaの幹部と条件を巡って争っている。",
    ],
)
def test_other_sentences_tell_of_no_rivals(sentence: str) -> None:
    told = tell(make_article(text=sentence), "Nvidia", subject="Alibaba", object=None)
    assert find_rivals([told], WORLD) == ()


def test_where_the_rival_is_whom_all_is_about_who_is_named_first_competes() -> None:
    article = make_article(
        text="Nvidia has told an office that it suspects a Californian competitor, Alibaba, of theft."
    )
    [tie] = find_rivals([tell(article, "Nvidia", subject="Alibaba", object="Nvidia")], WORLD)
    assert {tie.subject, tie.object} == {_id("Nvidia"), _id("Alibaba")}


def test_results_compare_rivals_and_their_makers() -> None:
    told = tell(
        make_article(),
        subject="DeepSeek-R1",
        object="OpenAI o1",
        type=ClaimType.BENCHMARK,
        predicate=Predicate.OUTPERFORMS,
    )
    rivals = {(tie.subject, tie.object) for tie in find_rivals([told], WORLD)}
    assert rivals == {(_id("DeepSeek-R1"), _id("OpenAI o1")), (_id("DeepSeek"), _id("OpenAI"))}
    assert {tie.source for tie in find_rivals([told], WORLD)} == {told.id}


def test_the_tie_of_a_table_goes_before_one_that_a_claim_tells_of_what_is_made() -> None:
    compared = Tie(_id("DeepSeek-R1"), Relation.COMPETES_WITH, _id("OpenAI"), "a claim")
    stake = find_stake(_id("OpenAI"), _id("DeepSeek"), WORLD, [compared])
    assert stake
    assert [(tie.subject, tie.object) for tie in stake.path] == [(_id("OpenAI"), _id("DeepSeek"))]
    assert stake.path[0].source != "a claim"


def test_a_deed_of_nobody_named_is_about_the_one_it_was_done_to() -> None:
    told = tell(make_article(), "Microsoft", subject="hackers", object="DeepSeek-R1")
    [stake] = find_stakes([told], WORLD)
    assert (stake.about, stake.rival) == (_id("DeepSeek-R1"), _id("OpenAI"))


def test_who_says_that_he_was_wronged_has_no_stake_by_that_alone() -> None:
    assert find_stake(_id("OpenAI"), _id("Alibaba"), WORLD, wronged=_id("OpenAI o1")) is None
    stake = find_stake(_id("Microsoft"), _id("Alibaba"), WORLD, wronged=_id("OpenAI o1"))
    assert stake
    assert [tie.relation for tie in stake.path] == [Relation.INVESTED_IN]


@pytest.mark.parametrize(
    ("speaker", "path"),
    [("Microsoft", [Relation.INVESTED_IN]), ("OpenAI", None), ("David Sacks", None)],
)
def test_who_holds_a_part_of_what_is_bought_has_a_stake_in_the_deal(speaker: str, path: list[Relation] | None) -> None:
    deal = tell(
        make_article(),
        speaker,
        subject="Alibaba",
        object="OpenAI",
        type=ClaimType.DEAL,
        predicate=Predicate.ACQUIRED,
        modality=Modality.ASSERTED,
    )
    found = [[tie.relation for tie in stake.path] for stake in find_stakes([deal], WORLD)]
    assert found == ([path] if path else [])
