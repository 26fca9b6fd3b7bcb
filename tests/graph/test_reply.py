"""What the accused answered, and after how long."""

import pytest

from graph.records import Modality
from graph.reply import Answer, find_replies
from tests.graph.telling import WORLD, deny, make_article, tell

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
        "DeepSeek released a model and users did reply with joy.",
    ],
)
def test_the_silence_of_others_is_not_that_of_the_accused(sentence: str) -> None:
    article = make_article(text=f"{_ACCUSED}\n{sentence}")
    assert [reply.answer for reply in find_replies([tell(article, "OpenAI", text=_ACCUSED)], WORLD)] == [Answer.SILENT]


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
