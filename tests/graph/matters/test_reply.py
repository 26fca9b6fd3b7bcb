"""What the accused answered, and after how long."""

from dataclasses import replace
from typing import Any

import pytest

from graph.background import make_background
from graph.matters.reply import Answer, find_replies
from graph.records import ClaimType, Entity, EntityId, EntityType, Modality, Party, Polarity, Predicate
from tests.graph.telling import WORLD, deny, dollars, make_article, tell

_ACCUSED = "OpenAI says DeepSeek distilled its models."


def test_a_denial_after_53_hours() -> None:
    told = [tell(make_article(), "OpenAI"), deny(make_article("Wire", 53), "DeepSeek")]
    [reply] = find_replies(told, WORLD)
    assert (reply.answer, reply.hours, reply.claims) == (Answer.DENIED, 53, (told[1].id,))


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("DeepSeek did not immediately respond to a request for comment.", Answer.NO_RESPONSE),
        ("DeepSeek didn't reply to our questions.", Answer.NO_RESPONSE),
        ("DeepSeek could not be reached over the holiday.", Answer.NO_RESPONSE),
        ("Representatives of DeepSeek declined to comment.", Answer.DECLINED),
        ("DeepSeek was asked for comment on Tuesday.", Answer.ASKED),
        ("DeepSeekは問い合わせに回答していない。", Answer.NO_RESPONSE),
        ("DeepSeekからの返答は得られなかった。", Answer.NO_RESPONSE),
        ("DeepSeekはコメントを控えた。", Answer.DECLINED),
        ("DeepSeekは取材に応じていない。", Answer.NO_RESPONSE),
        ("DeepSeekは取材に応じなかった。", Answer.DECLINED),
        ("DeepSeekにコメントを求めた。", Answer.ASKED),
        ("DeepSeek did not comment.", Answer.NO_RESPONSE),
        ("DeepSeek has still not answered our message.", Answer.NO_RESPONSE),
        ("DeepSeekはコメントしなかった。", Answer.NO_RESPONSE),
        ("DeepSeekはコメントの求めに応じなかった。", Answer.NO_RESPONSE),
        ("DeepSeekから返事はありません。", Answer.NO_RESPONSE),
        ("DeepSeek would not be drawn and gave no answer to our questions.", Answer.NO_RESPONSE),
        ("DeepSeek Has Said Nothing about it.", Answer.NO_RESPONSE),
        ("DeepSeek was approached by us for a response.", Answer.ASKED),
        ("DeepSeek was not available for comment.", Answer.NO_RESPONSE),
        ("DeepSeekは取材を拒否した。", Answer.DECLINED),
        ("DeepSeekから応答がない。", Answer.NO_RESPONSE),
        ("DeepSeekから返信がない。", Answer.NO_RESPONSE),
        ("DeepSeekは電話での問い合わせに応じなかった。", Answer.NO_RESPONSE),
        ("DeepSeekの担当者とは週末も連絡がつかなかった。", Answer.NO_RESPONSE),
        ("DeepSeekの広報は「お答えできない」と述べた。", Answer.DECLINED),
        ("DeepSeek's spokeswoman declined to discuss it.", Answer.DECLINED),
        ("This paper wrote to DeepSeek twice and had no reply.", Answer.NO_RESPONSE),
        ("DeepSeek had no immediate response to our written questions.", Answer.NO_RESPONSE),
        ("DeepSeek had no answer to the request on Monday.", Answer.NO_RESPONSE),
        ("DeepSeekは取材の依頼に応じていない。", Answer.NO_RESPONSE),
        ("DeepSeekは本紙の質問に答えなかった。", Answer.NO_RESPONSE),
        ("DeepSeekは記者団からの質問には答えていない。", Answer.NO_RESPONSE),
        ("DeepSeekは本紙の電話やメールに応じなかった。", Answer.NO_RESPONSE),
        ("DeepSeekは編集部の問い合わせメールに返信していない。", Answer.NO_RESPONSE),
        ("DeepSeekはコメントを求めるメールに応じなかった。", Answer.NO_RESPONSE),
        ("DeepSeekに電話で問い合わせたが、返答はなかった。", Answer.NO_RESPONSE),
    ],
)
def test_phrases_in_both_languages(sentence: str, answer: Answer) -> None:
    article = make_article(text=f"{_ACCUSED}\n{sentence}")
    [reply] = find_replies([tell(article, "OpenAI", text=_ACCUSED)], WORLD)
    assert (reply.answer, reply.sentence, reply.by) == (answer, sentence, "DeepSeek")
    assert reply.span
    assert article.text[slice(*reply.span)] == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Microsoft declined to comment on DeepSeek.",
        "Microsoft, which sells DeepSeek's models, did not respond.",
        "OpenAI declined to show the evidence against DeepSeek.",
        "MicrosoftはDeepSeekの件についてコメントを控えた。",
        "DeepSeekの顧客の広報はコメントを控えた。",
        "DeepSeek's landlord declined to comment.",
        "DeepSeek released a model and users did reply with joy.",
        "DeepSeek had no answer to the new model.",
        "DeepSeek had no response for the falling prices.",
        "DeepSeekは当局のデータ提出の求めに応じなかった。",
        "DeepSeekは値下げの要請に応じていない。",
        "DeepSeekは3割の質問に答えなかった。",
        "DeepSeekは3割の質問に回答していない。",
        "DeepSeekは利用者からの問い合わせに答えていない。",
        "DeepSeekは顧客の電話に応じていない。",
        "DeepSeekは利用者のメールには返信していない。",
        "DeepSeekは開発者の問い合わせに対して回答しなかった。",
        "DeepSeekは問い合わせ窓口を電話とメールに設けた。",
        "DeepSeek does not replace a doctor.",
        "DeepSeek did not return to profit.",
    ],
)
def test_the_silence_of_others_is_not_that_of_the_accused(sentence: str) -> None:
    article = make_article(text=f"{_ACCUSED}\n{sentence}")
    assert [reply.answer for reply in find_replies([tell(article, "OpenAI", text=_ACCUSED)], WORLD)] == [Answer.SILENT]


def test_a_japanese_name_of_two_characters_is_one() -> None:
    grove = Entity(EntityId("deepseek"), "DeepSeek", EntityType.COMPANY, name_ja="青嶺")
    sentence = "青嶺は質問に答えなかった。"
    article = make_article(text=f"{_ACCUSED}\n{sentence}")
    [reply] = find_replies([tell(article, "OpenAI", text=_ACCUSED)], make_background([grove], ()))
    assert (reply.answer, reply.by) == (Answer.NO_RESPONSE, "青嶺")


def test_nothing_found_is_silence_until_the_last_report() -> None:
    told = [tell(make_article(), "OpenAI"), tell(make_article("Wire", 30), "Microsoft")]
    [reply] = find_replies(told, WORLD)
    assert (reply.answer, reply.hours, reply.sentence, reply.claims) == (Answer.SILENT, 30, "", ())


def test_an_admission_is_an_answer() -> None:
    told = [tell(make_article(), "OpenAI"), tell(make_article("Wire", 2), "DeepSeek", modality=Modality.ASSERTED)]
    assert [reply.answer for reply in find_replies(told, WORLD)] == [Answer.ANSWERED]


def test_a_denial_by_another_is_no_reply() -> None:
    told = [tell(make_article(), "OpenAI"), deny(make_article("Wire", 2), "Alibaba")]
    assert [reply.answer for reply in find_replies(told, WORLD)] == [Answer.SILENT]


def test_nobody_named_has_nobody_to_reply() -> None:
    assert find_replies([tell(make_article(), "OpenAI", subject="a group in China")], WORLD) == ()


def test_a_phrase_at_the_other_end_of_a_digest_is_about_something_else() -> None:
    far = "Filler. " * 400 + "DeepSeek did not respond."
    told = [tell(make_article(text=f"{_ACCUSED}\n{far}"), "OpenAI", text=_ACCUSED)]
    assert [reply.answer for reply in find_replies(told, WORLD)] == [Answer.SILENT]


@pytest.mark.parametrize(
    ("sentences", "answers"),
    [
        ("I asked DeepSeek on Tuesday. They did not respond.", [Answer.NO_RESPONSE]),
        ("DeepSeek says nothing happened. Its press office did not answer our message.", [Answer.NO_RESPONSE]),
        ("Microsoft hosts it. Its press office did not answer our message.", [Answer.SILENT]),
    ],
)
def test_a_word_for_the_one_whom_the_sentence_before_speaks_of(sentences: str, answers: list[Answer]) -> None:
    article = make_article(text=f"{_ACCUSED}\n{sentences}")
    assert [reply.answer for reply in find_replies([tell(article, "OpenAI", text=_ACCUSED)], WORLD)] == answers


def test_no_answer_first_and_an_answer_later() -> None:
    article = make_article(text=f"{_ACCUSED}\nDeepSeek did not respond.")
    late = make_article("Late", 60, text=f"{_ACCUSED}\nDeepSeek did not respond to us.")
    told = [
        tell(article, "OpenAI", text=_ACCUSED),
        deny(make_article("Wire", 53), "DeepSeek"),
        tell(late, "OpenAI", text=_ACCUSED),
        tell(make_article("Paper", 90), "DeepSeek", modality=Modality.ASSERTED),
    ]
    found = [(reply.answer, reply.hours) for reply in find_replies(told, WORLD)]
    assert found == [(Answer.NO_RESPONSE, 0), (Answer.DENIED, 53)]


def test_what_is_no_accusation_is_answered_too_but_not_by_silence() -> None:
    known: dict[str, Any] = {
        "subject": "DeepSeek-R1",
        "object": None,
        "type": ClaimType.COMPUTE,
        "predicate": Predicate.TRAINED_ON,
    }
    first = tell(make_article(), "Alibaba", **known)
    assert find_replies([first], WORLD) == ()
    denial = tell(make_article("Wire", 9), "DeepSeek", polarity=Polarity.DENIED, **known)
    admission = tell(make_article("Wire", 9), "DeepSeek", modality=Modality.ASSERTED, **known)
    assert [reply.answer for reply in find_replies([first, denial], WORLD)] == [Answer.DENIED]
    assert [reply.answer for reply in find_replies([first, admission], WORLD)] == [Answer.ANSWERED]
    assert find_replies([admission], WORLD) == ()


def test_who_repeats_a_charge_on_its_own_page_does_not_answer_it() -> None:
    charge: dict[str, Any] = {"type": ClaimType.COST, "predicate": Predicate.EARNED, "object": None}
    told = [tell(make_article(), "OpenAI", **charge), tell(make_article("Wire", 2), "DeepSeek", **charge)]
    assert find_replies(told, WORLD) == ()
    own = tell(make_article("Wire", 2), "DeepSeek", **charge, modality=Modality.ASSERTED)
    assert [reply.answer for reply in find_replies([told[0], own], WORLD)] == [Answer.ANSWERED]


def test_one_is_silent_and_another_denies_in_one_article() -> None:
    text = f"{_ACCUSED}\nDeepSeek did not respond. It is not true, Liang Wenfeng said."
    article = make_article(text=text)
    told = [tell(article, "OpenAI", text=_ACCUSED), deny(article, "Liang Wenfeng")]
    found = {reply.answer: reply.by for reply in find_replies(told, WORLD)}
    assert found == {Answer.DENIED: "Liang Wenfeng", Answer.NO_RESPONSE: "DeepSeek"}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "DeepSeek, a laboratory in whose name sixty-one of the accounts were registered, according to the letter, "
            "did not answer calls.",
            Answer.NO_RESPONSE,
        ),
        (
            "DeepSeek was named in the letter of Monday as the one that registered most of the accounts, and the bank "
            "did not answer calls.",
            Answer.SILENT,
        ),
        (
            "DeepSeek, the lab behind the app of the year, was praised by ministers in many lands, and Aldin, its old "
            "rival, declined to comment.",
            Answer.SILENT,
        ),
        (
            "DeepSeek, a lab in Hangzhou, grew in the spring to two hundred people, while Nvidia, asked three times, "
            "did not respond.",
            Answer.SILENT,
        ),
        (
            "DeepSeek, in whose name 4,100 of the accounts were registered on three days of January, did not respond.",
            Answer.NO_RESPONSE,
        ),
    ],
)
def test_what_tells_who_it_is_may_stand_between_a_name_and_its_silence_and_no_other_clause(
    sentence: str, found: Answer
) -> None:
    article = make_article(text=f"{_ACCUSED}\n{sentence}")
    [reply] = find_replies([tell(article, "OpenAI", text=_ACCUSED)], WORLD)
    assert reply.answer is found


def test_an_objection_to_the_size_alone_is_an_answer_and_no_denial() -> None:
    article = make_article(text="OpenAI speaks of $540 million. DeepSeek disputes the sum.")
    told = tell(article, "OpenAI", quantity=dollars(540e6), text="OpenAI speaks of $540 million.")
    stance: dict[str, Any] = {"type": ClaimType.STANCE, "predicate": Predicate.DISPUTES, "modality": Modality.ASSERTED}
    disputes = tell(article, text="DeepSeek disputes the sum.", subject="DeepSeek", object="the sum", **stance)
    assert [reply.answer for reply in find_replies([told], WORLD, beside=[disputes])] == [Answer.ANSWERED]


def test_who_goes_to_law_answers_nobody_and_who_is_sued_may() -> None:
    suit: dict[str, Any] = {"subject": "OpenAI", "object": "DeepSeek", "type": ClaimType.LEGAL}
    suit |= {"predicate": Predicate.SUED, "modality": Modality.ASSERTED}
    told = tell(make_article(), **suit)
    assert find_replies([told, tell(make_article("Wire", 5), "OpenAI", **suit)], WORLD) == ()
    answer = tell(make_article("Wire", 5), "DeepSeek", polarity=Polarity.DENIED, **suit)
    assert [(reply.answer, reply.by) for reply in find_replies([told, answer], WORLD)] == [(Answer.DENIED, "DeepSeek")]


def test_who_is_said_to_announce_it_answers_not_the_outlet_that_says_so() -> None:
    deal: dict[str, Any] = {
        "type": ClaimType.DEAL,
        "predicate": Predicate.PARTNERED_WITH,
        "modality": Modality.ASSERTED,
    }
    own = make_article("Wire", 5, text="DeepSeekは19日、OpenAIと提携したと発表した。")
    told = [tell(make_article(), "Alibaba", **deal), tell(own, **deal)]
    assert [(reply.answer, reply.by) for reply in find_replies(told, WORLD)] == [(Answer.ANSWERED, "DeepSeek")]


@pytest.mark.parametrize("predicate", [Predicate.LEADS, Predicate.WORKS_FOR])
def test_who_somebody_is_nobody_is_asked_about(predicate: Predicate) -> None:
    known: dict[str, Any] = {"subject": "Liang Wenfeng", "object": "DeepSeek", "type": ClaimType.PEOPLE}
    known |= {"modality": Modality.ASSERTED}
    article = make_article(text="Liang Wenfeng leads DeepSeek. DeepSeek declined to comment.")
    told = tell(article, text="Liang Wenfeng leads DeepSeek.", predicate=predicate, **known)
    assert find_replies([told], WORLD) == ()


def test_who_answers_under_two_names_answers_once() -> None:
    known = replace(WORLD.entities[EntityId("deepseek")], name_ja="ディープシーク")
    world = make_background([*(one for one in WORLD.entities.values() if one.id != known.id), known], [])
    told = [tell(make_article(), "OpenAI"), deny(make_article("Wire", 3), "DeepSeek")]
    again = deny(make_article("Post", 9), "DeepSeek", text="ディープシークは否定した。")
    speaker = replace(again.claim.claimants[0], party=Party("ディープシーク", known.id))
    again = replace(again, claim=replace(again.claim, claimants=(speaker,)))
    assert [reply.by for reply in find_replies([*told, again], world)] == ["DeepSeek"]
