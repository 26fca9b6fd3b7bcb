"""Headlines: who says it stands before what could hurt somebody, in every status, either language, and everywhere."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph.records import (
    PREDICATES,
    ClaimId,
    ClaimType,
    Comparator,
    EntityId,
    EntityType,
    Event,
    Modality,
    Predicate,
    Quantity,
    Status,
)
from graph.views import EntityRef, Gist, PartyView, Rival, Saying
from web.language.headlines import say_headline
from web.language.wording import LANGUAGES, get_words

DAY = datetime(2025, 1, 29, tzinfo=UTC)
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
ALLEGATIONS = PREDICATES[ClaimType.ALLEGATION]


def party(name: str, name_ja: str | None = None, type: EntityType = EntityType.COMPANY) -> PartyView:
    return PartyView(name, EntityRef(EntityId(name.casefold()), name, name_ja, type))


OPENAI, DEEPSEEK = party("OpenAI"), party("DeepSeek", "ディープシーク")
SACKS = party("David Sacks", "デビッド・サックス", EntityType.PERSON)
SRINIVAS = party("Aravind Srinivas", "アラビンド・スリニバス", EntityType.PERSON)
ALIBABA = party("Alibaba", "アリババ")
QWEN, GPT = party("Qwen2.5-Max", type=EntityType.MODEL), party("GPT-4o", type=EntityType.MODEL)
ARENA = party("Arena-Hard", type=EntityType.BENCHMARK)
UNNAMED = PartyView("people familiar with the matter", None)


def saying(
    who: PartyView | None, id: str = "c0", modality: Modality = Modality.ASSERTED, outlet: str = "Meridian Wire"
) -> Saying:
    return Saying(ClaimId(id), who, outlet, modality, DAY)


def event(status: Status, *basis: str, day: int = 0) -> Event:
    at = DAY + timedelta(days=day)
    return Event(status, at, at, tuple(map(ClaimId, basis)))


def gist(
    *says: Saying,
    type: ClaimType = ClaimType.ALLEGATION,
    predicate: Predicate = Predicate.DISTILLED_FROM,
    subject: PartyView = DEEPSEEK,
    object: PartyView | None = OPENAI,
    benchmark: PartyView | None = None,
    quantity: Quantity | None = None,
    denies: tuple[Saying, ...] = (),
    events: tuple[Event, ...] = (),
    makers: tuple[EntityId, ...] = (),
    rivals: tuple[Rival, ...] = (),
) -> Gist:
    text, lang = "R1 can write code.", "en"
    return Gist(type, predicate, subject, object, benchmark, quantity, text, lang, says, denies, events, makers, rivals)


def say(matter: Gist, lang: str = "en", as_of: datetime | None = None) -> str:
    return say_headline(matter, as_of, get_words(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("predicate", ALLEGATIONS)
@pytest.mark.parametrize("who", [SACKS, None, UNNAMED], ids=["named", "outlet", "unnamed"])
def test_an_accusation_never_stands_without_its_accuser(
    predicate: Predicate, status: Status, lang: str, who: PartyView | None
) -> None:
    denial = saying(DEEPSEEK if status is Status.DENIED else SRINIVAS, "c1")
    events = (event(Status.ALLEGED, "c0"), event(status, "c1" if status in (Status.DENIED, Status.DISPUTED) else "c0"))
    for modality in Modality:
        line = say(gist(saying(who, modality=modality), predicate=predicate, denies=(denial,), events=events), lang)
        accuser = {"en": "David Sacks", "ja": "デビッド・サックス"}[lang] if who is SACKS else "Meridian Wire"
        assert line.startswith(accuser), line
        assert not (lang == "en" and JAPANESE.search(line)), line
        accused = {"en": "DeepSeek", "ja": "ディープシーク"}[lang]
        assert accused in line


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "OpenAI and David Sacks accuse DeepSeek of distilling OpenAI’s models; Aravind Srinivas disputes it"),
        (
            "ja",
            "OpenAIとデビッド・サックス、ディープシークにOpenAIモデル蒸留の疑いと主張――アラビンド・スリニバスは異論",
        ),
    ],
)
def test_accusers_then_the_accused_then_who_disputes_it(lang: str, line: str) -> None:
    matter = gist(
        saying(OPENAI, "c0", Modality.ALLEGED),
        saying(SACKS, "c1", Modality.ALLEGED),
        denies=(saying(SRINIVAS, "c2"),),
        events=(event(Status.ALLEGED, "c0"), event(Status.DISPUTED, "c2")),
    )
    assert say(matter, lang) == line


@pytest.mark.parametrize(
    ("matter", "en", "ja"),
    [
        (
            gist(saying(UNNAMED)),
            "Meridian Wire: unnamed people accuse DeepSeek of distilling OpenAI’s models",
            "Meridian Wire：匿名の人々、ディープシークにOpenAIモデル蒸留の疑いと主張",
        ),
        (
            gist(saying(None, modality=Modality.REPORTED)),
            "Meridian Wire: unnamed people accuse DeepSeek of distilling OpenAI’s models",
            "Meridian Wire：匿名の人々、ディープシークにOpenAIモデル蒸留の疑いと主張",
        ),
        (
            gist(saying(None, modality=Modality.QUESTIONED)),
            "Meridian Wire asks whether DeepSeek distilled its model from OpenAI",
            "Meridian Wire：ディープシークがOpenAIから蒸留したか",
        ),
        (
            gist(saying(SACKS, modality=Modality.SPECULATED)),
            "David Sacks suspects DeepSeek of distilling OpenAI’s models",
            "デビッド・サックス、ディープシークにOpenAIモデル蒸留の可能性と指摘",
        ),
        (
            gist(denies=(saying(DEEPSEEK),), events=(event(Status.DENIED, "c0"),)),
            "DeepSeek denies distilling OpenAI’s models",
            "ディープシーク、OpenAIモデル蒸留を否定",
        ),
        (
            gist(denies=(saying(SRINIVAS),), events=(event(Status.DISPUTED, "c0"),)),
            "Aravind Srinivas denies that DeepSeek distilled its model from OpenAI",
            "アラビンド・スリニバス、「ディープシークがOpenAIから蒸留した」を否定",
        ),
        (
            gist(saying(SACKS), events=(event(Status.ALLEGED, "c0"), event(Status.RETRACTED, "c0"))),
            "David Sacks accuses DeepSeek of distilling OpenAI’s models; taken back",
            "デビッド・サックス、ディープシークにOpenAIモデル蒸留の疑いと主張――撤回",
        ),
        (
            gist(
                saying(SACKS),
                denies=(saying(DEEPSEEK, "c1"),),
                events=(event(Status.DENIED, "c1"), event(Status.UNDER_INVESTIGATION, "c0", "c7")),
            ),
            "David Sacks accuses DeepSeek of distilling OpenAI’s models; DeepSeek denies it; under investigation",
            "デビッド・サックス、ディープシークにOpenAIモデル蒸留の疑いと主張――ディープシークは否定、調査中",
        ),
        (
            gist(
                saying(ALIBABA),
                type=ClaimType.BENCHMARK,
                predicate=Predicate.OUTPERFORMS,
                subject=QWEN,
                object=GPT,
                benchmark=ARENA,
                makers=(EntityId("alibaba"),),
            ),
            "Alibaba says Qwen2.5-Max beats GPT-4o on Arena-Hard; nobody else has measured it",
            "アリババ『Qwen2.5-MaxはArena-HardでGPT-4oを上回る』――ほかに測定者なし",
        ),
        (
            gist(saying(None), type=ClaimType.LEGAL, predicate=Predicate.SUED, subject=SACKS, object=OPENAI),
            "Meridian Wire: David Sacks sued OpenAI",
            "Meridian Wire：デビッド・サックスがOpenAIを提訴した",
        ),
        (
            gist(
                saying(None),
                saying(None, "c1", outlet="The Harbor Ledger"),
                type=ClaimType.RELEASE,
                predicate=Predicate.RELEASED,
                subject=ALIBABA,
                object=QWEN,
            ),
            "Alibaba released Qwen2.5-Max",
            "アリババがQwen2.5-Maxを公開した",
        ),
        (
            gist(
                saying(SACKS, modality=Modality.PREDICTED),
                type=ClaimType.RELEASE,
                predicate=Predicate.RELEASED,
                subject=ALIBABA,
                object=QWEN,
            ),
            "David Sacks expects that Alibaba will release Qwen2.5-Max",
            "デビッド・サックス、「アリババがQwen2.5-Maxを公開する見込み」と予測",
        ),
    ],
    ids=[
        "nobody named",
        "hearsay",
        "only asked",
        "only suspected",
        "only denied",
        "only denied, by another",
        "taken back",
        "denied and looked into",
        "own work",
        "in the open, alone",
        "in the open, several",
        "expected",
    ],
)
def test_the_first_form_that_fits(matter: Gist, en: str, ja: str) -> None:
    assert (say(matter), say(matter, "ja")) == (en, ja)


def test_rival_numbers_stand_with_who_gives_them() -> None:
    own = Quantity("training_cost", 1.6e9, "USD", Comparator.EQUAL)
    rival = Rival(Quantity("training_cost", 5.6e6, "USD", Comparator.ABOUT), saying(DEEPSEEK))
    matter = gist(
        saying(SACKS),
        type=ClaimType.COST,
        predicate=Predicate.COSTS,
        subject=party("DeepSeek-V3", type=EntityType.MODEL),
        object=None,
        quantity=own,
        rivals=(rival,),
    )
    number = "US$1.6\N{NO-BREAK SPACE}billion"
    low = "about US$5.6\N{NO-BREAK SPACE}million"
    assert say(matter) == f"DeepSeek-V3, training cost: {number} (David Sacks) or {low} (DeepSeek)"
    assert say(matter, "ja") == "DeepSeek-V3、訓練費：16億ドル（デビッド・サックス）か約560万ドル（ディープシーク）"
    before = replace(matter, events=(event(Status.REPORTED, "c0"), event(Status.RETRACTED, "c0", day=2)))
    assert say(before) == f"David Sacks says the training cost of DeepSeek-V3 is {number}; taken back"
    assert say(before, as_of=DAY + timedelta(days=1)) == say(matter)
    assert say(replace(matter, rivals=())) == f"David Sacks says the training cost of DeepSeek-V3 is {number}"


def test_of_three_numbers_a_matter_has_its_own_and_the_one_furthest_from_it() -> None:
    def cost(value: float) -> Quantity:
        return Quantity("training_cost", value, "USD")

    matter = gist(
        saying(SACKS),
        type=ClaimType.COST,
        predicate=Predicate.COSTS,
        subject=party("DeepSeek-V3", type=EntityType.MODEL),
        object=None,
        quantity=cost(62e6),
        rivals=(Rival(cost(8e6), saying(OPENAI)), Rival(cost(240e6), saying(DEEPSEEK))),
    )
    assert say(matter, "ja").endswith("：6200万ドル（デビッド・サックス）か2.4億ドル（ディープシーク）")


def test_the_price_of_a_deal_is_of_both_sides_and_a_score_has_its_benchmark() -> None:
    price = Quantity("price", 4.2e9, "USD")
    deal = gist(
        saying(SACKS),
        type=ClaimType.DEAL,
        predicate=Predicate.ACQUIRED,
        quantity=price,
        rivals=(Rival(replace(price, value=4.6e9), saying(OPENAI)),),
    )
    assert say(deal).startswith("DeepSeek and OpenAI, price: US$4.2")
    assert say(deal, "ja").startswith("ディープシークとOpenAI、価格：42億ドル")
    score = Quantity("score", 89.2, "points")
    result = gist(
        saying(ALIBABA),
        type=ClaimType.BENCHMARK,
        predicate=Predicate.SCORES,
        subject=QWEN,
        object=ARENA,
        benchmark=ARENA,
        quantity=score,
        rivals=(Rival(replace(score, value=84.7), saying(OPENAI)),),
    )
    assert say(result).startswith("Qwen2.5-Max, score on Arena-Hard: 89.2")
    assert say(result, "ja").startswith("Qwen2.5-Max、得点（Arena-Hard）：89.2")


def test_a_line_that_begins_with_our_words_has_a_capital_with_two_numbers_too() -> None:
    users = Quantity("users", 1.5e6, "people")
    matter = gist(
        saying(SACKS),
        type=ClaimType.MARKET,
        predicate=Predicate.HAS_USERS,
        subject=party("空見AI"),
        object=None,
        quantity=users,
        rivals=(Rival(replace(users, value=38e4), saying(OPENAI)),),
    )
    assert say(matter).startswith("A Japanese company, users: ")


def test_who_alone_says_it_does_not_confirm_it_in_the_same_line() -> None:
    own = gist(
        saying(OPENAI),
        events=(event(Status.CONFIRMED, "c0"),),
        type=ClaimType.PEOPLE,
        predicate=Predicate.LEFT,
        subject=SACKS,
        object=OPENAI,
    )
    assert say(own) == "OpenAI says David Sacks left OpenAI"
    assert say(replace(own, says=(*own.says, saying(UNNAMED, "c2")))) == say(own)
    told = replace(own, says=(saying(None, "c1"), saying(OPENAI)))
    assert say(told) == "David Sacks left OpenAI; OpenAI confirms it"


def test_nobody_else_has_measured_it_unless_somebody_says_the_other_is_ahead() -> None:
    ahead = gist(
        saying(ALIBABA),
        type=ClaimType.BENCHMARK,
        predicate=Predicate.OUTPERFORMS,
        subject=QWEN,
        object=GPT,
        benchmark=ARENA,
        makers=(EntityId("alibaba"),),
    )
    assert say(ahead) == "Alibaba says Qwen2.5-Max beats GPT-4o on Arena-Hard; nobody else has measured it"
    assert say(replace(ahead, is_reversed=True)) == "Alibaba says Qwen2.5-Max beats GPT-4o on Arena-Hard"


def test_a_day_has_only_what_was_known_by_then() -> None:
    later = replace(saying(SACKS, "c1"), at=DAY + timedelta(days=2))
    matter = gist(
        saying(OPENAI),
        later,
        denies=(saying(DEEPSEEK, "c2"),),
        events=(event(Status.ALLEGED, "c0"), event(Status.DENIED, "c2", day=3)),
    )
    assert say(matter, as_of=DAY + timedelta(days=1)) == "OpenAI accuses DeepSeek of distilling OpenAI’s models"
    assert say(matter).endswith("; DeepSeek denies it")
    assert say(matter).startswith("OpenAI and David Sacks accuse")


def test_terms_that_are_infringed_have_no_rights() -> None:
    terms = PartyView("its terms of use", None)
    matter = gist(saying(SACKS), predicate=Predicate.INFRINGED, object=terms)
    assert say(matter) == "David Sacks accuses DeepSeek of infringing its terms of use"
    assert say(matter, "ja") == "デビッド・サックス、ディープシークに権利侵害の疑いと主張"
    assert say(replace(matter, object=OPENAI)).endswith("of infringing OpenAI’s rights")
    assert "利用規約の侵害の疑い" in say(replace(matter, object=PartyView("利用規約", None)), "ja")


def test_words_of_the_other_language_stand_for_nobody() -> None:
    told_ja = gist(saying(OPENAI), subject=PartyView("DeepSeekとつながりのあるグループ", None))
    assert say(told_ja) == "OpenAI accuses an unnamed group of distilling OpenAI’s models"
    assert "DeepSeekとつながりのあるグループに" in say(told_ja, "ja")
    told_en = gist(saying(OPENAI), subject=PartyView("a group linked to DeepSeek", None))
    assert say(told_en, "ja") == "OpenAI、名の出ない集団にOpenAIモデル蒸留の疑いと主張"
    outlet = gist(saying(None, outlet="計算機日報", modality=Modality.REPORTED))
    assert say(outlet).startswith("A Japanese outlet: unnamed people accuse DeepSeek")


def test_an_outlet_that_english_readers_cannot_read_goes_by_its_domain() -> None:
    def tell(domain: str, lang: str) -> str:
        own = replace(saying(None, outlet="計算機日報", modality=Modality.REPORTED), domain=domain)
        return say(gist(own), lang)

    assert tell("keisanki.example", "en").startswith("keisanki.example: unnamed people accuse DeepSeek")
    assert tell("keisanki.example", "ja").startswith("計算機日報：")
    assert tell("local", "en").startswith("A Japanese outlet: ")


@pytest.mark.parametrize(
    ("type", "predicate", "en", "ja"),
    [
        (ClaimType.LEGAL, Predicate.BANNED, "OpenAI banned somebody or something unnamed", "名の出ない人やものを禁止"),
        (ClaimType.STANCE, Predicate.FEARS, "OpenAI fears somebody or something unnamed", "名の出ない人やものを懸念"),
        (ClaimType.LEGAL, Predicate.SUED, "OpenAI sued an unnamed group", "名の出ない集団を提訴"),
        (ClaimType.RELEASE, Predicate.RELEASED, "OpenAI released something unnamed", "名の出ないものを公開"),
        (
            ClaimType.RELEASE,
            Predicate.OPEN_SOURCED,
            "OpenAI opened the source of something unnamed",
            "名の出ないものをオープン",
        ),
        (ClaimType.RELEASE, Predicate.WITHDREW, "OpenAI withdrew something unnamed", "名の出ないものを取り下げた"),
    ],
)
def test_what_it_is_done_to_is_no_group_where_it_may_be_a_thing(
    type: ClaimType, predicate: Predicate, en: str, ja: str
) -> None:
    matter = gist(saying(None), type=type, predicate=predicate, subject=OPENAI, object=PartyView("同社の翻訳機", None))
    assert say(matter) == f"Meridian Wire: {en}"
    told_en = replace(matter, object=PartyView("the weights of its translator", None))
    assert say(told_en, "ja").startswith(f"Meridian Wire：OpenAI{'は' if type is ClaimType.STANCE else 'が'}{ja}")


@pytest.mark.parametrize(
    ("type", "predicate", "en", "ja"),
    [
        (ClaimType.PEOPLE, Predicate.JOINED, "Somebody unnamed joined OpenAI", "名の出ない人がOpenAIに加わった"),
        (ClaimType.COMPUTE, Predicate.RUNS_ON, "Something unnamed runs on OpenAI", "名の出ないものはOpenAIで動く"),
        (ClaimType.COMPUTE, Predicate.OWNS_HARDWARE, "An unnamed group has OpenAI", "名の出ない集団がOpenAIを保有"),
    ],
)
def test_who_does_it_is_a_person_a_thing_or_a_group(type: ClaimType, predicate: Predicate, en: str, ja: str) -> None:
    says = (saying(None), saying(None, "c1", outlet="Copperline Daily"))
    matter = gist(*says, type=type, predicate=predicate, subject=PartyView("ある研究者", None))
    assert en.casefold() in say(matter).casefold()
    assert ja in say(replace(matter, subject=PartyView("a researcher", None)), "ja")


@pytest.mark.parametrize(
    ("words", "en", "ja"),
    [
        ("The Q-9 paper", "Meridian Wire: the Q-9 paper says ", "Meridian Wire：ある論文『"),
        (
            "a filing with the regulator",
            "Meridian Wire: a filing with the regulator says ",
            "Meridian Wire：ある文書『",
        ),
        ("report", "Meridian Wire: a report says ", "Meridian Wire：ある文書『"),
        ("the paper", "Meridian Wire: the paper says ", "Meridian Wire：ある文書『"),
        ("報告書", "Meridian Wire: a document says ", "Meridian Wire：報告書『"),
        ("同社は論文", "Meridian Wire: a paper says ", "Meridian Wire：論文『"),
        ("people who saw the paper", "Meridian Wire: unnamed people say ", "Meridian Wire：匿名の人々『"),
        ("the authors of a report", "Meridian Wire: unnamed people say ", "Meridian Wire：匿名の人々『"),
        ("the people behind the report", "Meridian Wire: unnamed people say ", "Meridian Wire：匿名の人々『"),
        ("those responsible for the memo", "Meridian Wire: unnamed people say ", "Meridian Wire：匿名の人々『"),
        ("credit cards", "Meridian Wire: unnamed people say ", "Meridian Wire：匿名の人々『"),
        ("blog posts", "Meridian Wire: unnamed people say ", "Meridian Wire：匿名の人々『"),
        ("the Q-9 model card", "Meridian Wire: the Q-9 model card says ", "Meridian Wire：ある文書『"),
        (
            "A presentation given to investors",
            "Meridian Wire: a presentation given to investors says ",
            "Meridian Wire：ある文書『",
        ),
        ("the commercial register", "Meridian Wire: the commercial register says ", "Meridian Wire：ある文書『"),
        ("its latest accounts", "Meridian Wire: its latest accounts say ", "Meridian Wire：ある文書『"),
        ("court filings in Marlow", "Meridian Wire: court filings in Marlow say ", "Meridian Wire：ある文書『"),
        ("The prospectus", "Meridian Wire: the prospectus says ", "Meridian Wire：ある文書『"),
        ("議事録", "Meridian Wire: a document says ", "Meridian Wire：議事録『"),
        ("people with knowledge of its accounts", "Meridian Wire: unnamed people say ", "Meridian Wire：匿名の人々『"),
        ("a blog post by its maker", "Meridian Wire: a blog post by its maker says ", "Meridian Wire：ある文書『"),
    ],
)
def test_a_document_is_no_people(words: str, en: str, ja: str) -> None:
    quantity = Quantity("training_cost", 5.6e6, "USD")
    matter = gist(
        saying(PartyView(words, None)),
        type=ClaimType.COST,
        predicate=Predicate.COSTS,
        subject=QWEN,
        object=None,
        quantity=quantity,
    )
    assert say(matter).startswith(en)
    assert say(matter, "ja").startswith(ja)
    rival = Rival(replace(quantity, value=9e9), saying(SACKS))
    assert ("unnamed people" in say(replace(matter, rivals=(rival,)))) is ("unnamed people" in en)


def test_a_document_in_the_reader_s_words_is_told_before_another_language_s() -> None:
    foreign, own = (
        saying(PartyView("技術報告", None), outlet="計算日報"),
        saying(PartyView("the Q-9 paper", None), "c1"),
    )
    matter = gist(foreign, own, type=ClaimType.LEGAL, predicate=Predicate.SUED, subject=ALIBABA)
    assert say(matter).startswith("Meridian Wire: the Q-9 paper says")
    assert say(matter, "ja").startswith("計算日報：技術報告『")


def test_a_name_in_latin_letters_is_nobody_s_other_language() -> None:
    paper = party("Quill Gazette紙", type=EntityType.PUBLICATION)
    matter = gist(saying(paper), type=ClaimType.LEGAL, predicate=Predicate.SUED, subject=ALIBABA)
    assert say(matter).startswith("Quill Gazette says Alibaba")
    assert say(matter, "ja").startswith("Quill Gazette紙")
    assert say(gist(saying(party("計算日報紙", type=EntityType.PUBLICATION)))).startswith("A Japanese outlet")


def test_what_a_model_can_do_is_quoted_in_its_own_language() -> None:
    matter = gist(saying(SACKS), type=ClaimType.CAPABILITY, predicate=Predicate.CAN, subject=GPT, object=None)
    assert say(matter) == "David Sacks on GPT-4o: “R1 can write code.”"
    assert say(matter, "ja") == "デビッド・サックス、GPT-4oについて語る"


@pytest.mark.parametrize("modality", [Modality.SPECULATED, Modality.ALLEGED, Modality.QUESTIONED])
def test_what_a_model_may_do_is_quoted_too(modality: Modality) -> None:
    told = saying(SACKS, modality=modality)
    can = gist(told, type=ClaimType.CAPABILITY, predicate=Predicate.CAN, subject=GPT, object=None)
    assert say(can) == "David Sacks on GPT-4o: “R1 can write code.”"
    denied = replace(can, says=(), denies=(told,))
    assert say(denied) == "David Sacks on GPT-4o: “R1 can write code.”"
    assert say(denied, "ja") == "デビッド・サックス、「GPT-4oにはさらに多くができる」を否定"


def test_an_amount_that_the_deed_has_no_place_for_stands_in_brackets() -> None:
    told = saying(None)
    matter = gist(
        told, type=ClaimType.LEGAL, predicate=Predicate.RESTRICTS, subject=ALIBABA, object=OPENAI,
        quantity=Quantity("", 25, "%"),
    )  # fmt: skip
    assert say(matter) == "Meridian Wire: Alibaba restricts OpenAI (25%)"


def test_a_matter_whose_claims_are_gone_names_nobody() -> None:
    assert say_headline(None, None, get_words("en")) == "A matter that is being grouped anew"
