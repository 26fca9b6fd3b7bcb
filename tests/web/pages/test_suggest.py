"""What the search box offers: names first, then matters and a ready question, in either language and any spelling."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.web.story import DEEPSEEK, R1, V3


def ask(client: FlaskClient, text: str, lang: str = "en") -> list[tuple[str, str]]:
    """Address and words of each option."""
    page = client.get("/suggest", query_string={"q": text}, headers={"Accept-Language": lang}).text
    found = re.findall(r'<li role="option" data-url="([^"]+)">(.*?)</li>', page, re.DOTALL)
    return [(url.replace("&amp;", "&"), " ".join(re.sub(r"<[^>]+>", " ", words).split())) for url, words in found]


@pytest.mark.parametrize("text", ["dee", "ディープ", "ディ", "デ", "DEEP"])
def test_names_come_first_then_matters_then_a_question(client: FlaskClient, text: str) -> None:
    options = ask(client, text)
    assert options[0][0] == f"/entities/{DEEPSEEK.id}"
    kinds = [urlsplit(url).path.split("/")[1] for url, _ in options]
    assert kinds == sorted(kinds, key=["entities", "matters", "cypher"].index)
    assert kinds.count("matters") == 3
    assert kinds.count("cypher") == 1


def test_names_with_most_claims_come_first(client: FlaskClient) -> None:
    names = client.get("/api/v1/suggest?q=deep").get_json()["names"]
    assert [hint["entity"]["id"] for hint in names][:3] == [DEEPSEEK.id, R1.id, V3.id]


def test_spelling_that_begins_so_is_offered(client: FlaskClient) -> None:
    (url, words), *_ = ask(client, "ディープ", "ja")
    assert words == "ディープシーク DeepSeek 企業"
    assert url == f"/entities/{DEEPSEEK.id}"


def test_last_words_are_completed_in_a_longer_text(client: FlaskClient) -> None:
    url, words = ask(client, "openai deeps")[0]
    assert parse_qs(urlsplit(url).query) == {"q": ["openai DeepSeek"]}
    assert words.startswith("openai DeepSeek")


def test_measure_that_is_meant_has_its_question(client: FlaskClient) -> None:
    options = ask(client, "deepseek training cost")
    assert parse_qs(urlsplit(options[-1][0]).query)["$measure"] == ["training_cost"]
    assert any(url.startswith("/matters/") for url, _ in options)


@pytest.mark.parametrize("text", ["", " ", "d", "zzzz", "x" * 2000, "-", '"', "type:"])
def test_little_or_nothing_offers_nothing(client: FlaskClient, text: str) -> None:
    assert ask(client, text) == []


def test_what_is_typed_and_named_is_escaped(client: FlaskClient) -> None:
    page = client.get("/suggest", query_string={"q": "<scr"}).text
    assert "<script" not in page
