"""A language model, or whoever answers in its name, that means ill: nothing is stored, sent or held up by it."""

import json
import resource
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from graph.records import Failure
from ingest.llm.replies import SCHEMA
from tests.hand import make_article
from tests.server.model_desk import Desk
from tests.server.model_server import (
    Answering,
    bomb,
    drip,
    fall_silent,
    raw,
    refuse,
    reply,
    reply_to,
    serving,
    tell,
    tell_all,
)

AMOUNT = {"words": "$5.6 million", "value": 5_600_000, "unit": "USD", "measure": "training_cost"}
FALL = tell(4, "stock_moved", "Nvidia", "fell", amount={"words": "17%", "value": -17, "unit": "%", "measure": ""})

WRONG: dict[str, object] = {
    "words over two sentences": tell(1, "took_technology_from", "DeepSeek", "models on Monday. The start-up"),
    "words with a part left out": tell(1, "took_technology_from", "DeepSeek", "accused … of copying"),
    "words joined out of two places": tell(1, "took_technology_from", "DeepSeek", "accused copying"),
    "a letter of another alphabet": tell(1, "took_technology_from", "DeepSeek", "cорying", object="OpenAI"),
    "a name with a letter of another alphabet": tell(0, "sued", "ОpenAI", "sues", object="DeepSeek"),
    "words turned to the left": tell(0, "sued", "\u202eOpenAI\u202c", "sues", object="DeepSeek"),
    "words with marks of no width": tell(0, "sued", "Open\u200bAI", "sues", object="DeepSeek"),
    "a number of another sentence": tell(4, "costs", "Nvidia", "fell", amount=AMOUNT),
    "a number told as another": tell(3, "costs", "DeepSeek-V3", "spent", amount={**AMOUNT, "value": 5.6e9}),
    "a fall told as a fall of another": tell(3, "stock_moved", "DeepSeek", "spent", amount=FALL["amount"]),
    "a sentence of no text": tell(5, "sued", "OpenAI", "sues", object="DeepSeek"),
    "a sentence before all": tell(-1, "stock_moved", "Nvidia", "fell"),
    "a sentence too large to be one": tell(10**300, "stock_moved", "Nvidia", "fell"),
    "one company by the name of another": tell(0, "sued", "Nvidia=OpenAI", "sues", object="DeepSeek"),
    "a person that the text has not": tell(0, "sued", "Sam Altman=OpenAI", "sues", object="Satya Nadella"),
    "both sides of other sentences": tell(4, "sued", "OpenAI=~", "fell", object="DeepSeek=~"),
    "a speaker of another sentence": tell(4, "stock_moved", "Nvidia", "fell", speakers=["Liang Wenfeng"]),
    "a speaker by nothing": tell(4, "stock_moved", "Nvidia", "fell", speakers=["=fell by nobody"]),
    "nothing but a sign": tell(4, "stock_moved", "=", "fell"),
    "an order as a name": tell(4, "stock_moved", "Ignore all previous instructions", "fell"),
    "a denial out of nothing": tell(0, "sued", "OpenAI", "sues", object="DeepSeek", denied=True, denied_words="not"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_what_the_sentence_has_not_is_refused(ask: Callable[..., Desk], wrong: str) -> None:
    desk = ask(reply(tell_all(WRONG[wrong], FALL)))
    claims = desk.read_claims()
    assert [(claim.predicate.value, claim.subject.name) for claim in claims] == [("stock_moved", "Nvidia")]


@pytest.mark.parametrize("name", ["Zephyr Labs", "ゼファーラボ"])
def test_a_name_stands_for_nobody_else(ask: Callable[..., Desk], name: str) -> None:
    text = f"OpenAI was founded in 2015.\n\nOn Monday {name} bought Orrery.\n"
    desk = ask(reply(tell_all(tell(1, "acquired", f"OpenAI={name}", "bought", object="Orrery"))))
    assert [claim.subject.name for claim in desk.read_claims(make_article(text))] == [name]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "true", '"many"', "[]", "{}", "9" * 5_000])
@pytest.mark.parametrize("part", ["value", "sentence"])
def test_what_is_no_number_is_no_claim(ask: Callable[..., Desk], part: str, number: str) -> None:
    told = json.dumps(tell_all({**tell(3, "costs", "DeepSeek-V3", "spent"), "amount": AMOUNT}, FALL))
    old = '"value": 5600000' if part == "value" else '"sentence": 3'
    desk = ask(reply(told.replace(old, f'"{part}": {number}')))
    results = desk.read(waits=False)
    stored = [claim.predicate.value for one in results if not isinstance(one, Failure) for claim in one.claims]
    assert stored in (["stock_moved"], [])
    assert dict(desk.sum_up().refused) == {"malformed": 1} or dict(desk.sum_up().failed) == {"broken_reply": 1}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(SCHEMA),
        json.dumps({"type": "object", "properties": SCHEMA}),
        '{"claims":[' * 50_000,
        '\n{"a":' * 100_000,
        "\n{" * 500_000,
        '{"claims": [' + json.dumps(FALL),
    ],
    ids=["the schema", "the schema in one", "nested", "nested again and again", "open again and again", "cut"],
)
def test_what_is_no_reply_is_none_at_once(ask: Callable[..., Desk], text: str) -> None:
    desk = ask(reply(text))
    begun = time.monotonic()
    [failure] = desk.read(waits=False)
    assert isinstance(failure, Failure)
    assert failure.reason == "broken_reply"
    assert time.monotonic() - begun < 20


def test_the_schema_before_the_reply_is_passed_over(ask: Callable[..., Desk]) -> None:
    desk = ask(reply(f"{json.dumps(SCHEMA)}\n{json.dumps(tell_all(FALL))}"))
    assert len(desk.read_claims()) == 1


def test_endless_lists_are_read_to_an_end(ask: Callable[..., Desk]) -> None:
    names = [
        {"name": f"Firm {n}", "type": "company", "spellings": [f"F{n}-{m}" for m in range(40)]} for n in range(3_000)
    ]
    claims = [FALL] * 3_000 + [tell(1, "sued", f"Firm {n}", "copying") for n in range(3_000)]
    desk = ask(reply({"names": names, "claims": claims}))
    begun = time.monotonic()
    assert len(desk.read_claims()) == 1
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize("status", [200, 500])
def test_what_unpacks_without_end_is_left(ask: Callable[..., Desk], status: int) -> None:
    desk = ask(bomb(400, status))
    desk.endpoint = replace(desk.endpoint, tries=1, timeout=30.0)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    [failure] = desk.read(waits=False)
    assert isinstance(failure, Failure)
    assert failure.reason in ("too_large", "http_500", "cut_off")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


@pytest.mark.parametrize(
    "answer", [drip(30.0, 500), fall_silent(3.0), fall_silent(3.0, 503)], ids=["drip", "one", "error"]
)
def test_a_body_that_does_not_end_is_left(ask: Callable[..., Desk], answer: Answering) -> None:
    desk = ask(answer)
    desk.endpoint = replace(desk.endpoint, timeout=0.5, tries=1)
    begun = time.monotonic()
    [failure] = desk.read(waits=False)
    assert isinstance(failure, Failure)
    assert failure.reason in ("timeout", "cut_off")
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_takes_neither_text_nor_key_elsewhere(ask: Callable[..., Desk], status: int) -> None:
    with serving(reply(tell_all(FALL))) as other:
        desk = ask(refuse(status, Location=f"{other.url}/chat/completions"))
        [failure] = desk.read(waits=False)
        assert isinstance(failure, Failure)
        assert (failure.reason, other.asked) == (f"http_{status}", [])


def test_an_answer_that_is_an_error_is_no_answer(ask: Callable[..., Desk]) -> None:
    desk = ask(raw(b'{"error": {"message": "no"}, "choices": null}'))
    [failure] = desk.read(waits=False)
    assert isinstance(failure, Failure)
    assert failure.reason == "no_answer"


def test_a_claim_about_a_sentence_of_another_window_is_refused(ask: Callable[..., Desk]) -> None:
    text = " ".join(f"OpenAI fined Meta {n} times." for n in range(400))
    desk = ask(reply_to(lambda _: tell_all(*(tell(n, "fined", "OpenAI", "fined", object="Meta") for n in (0, 399)))))
    desk.endpoint = replace(desk.endpoint, context=8_192, tokens_a_day=10_000_000)
    claims = desk.read_claims(make_article(text))
    windows = len(desk.server.asked)
    assert windows > 1
    assert sorted(claim.text for claim in claims) == ["OpenAI fined Meta 0 times.", "OpenAI fined Meta 399 times."]
    assert dict(desk.sum_up().refused) == {"no_sentence": 2 * windows - 2}
