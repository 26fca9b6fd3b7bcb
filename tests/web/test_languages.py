"""Which language a page is in, and the switch that keeps a choice without leading anybody elsewhere."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.story import BETTER, R1
from web.languages import find_own_path, mark_script

JA = {"Accept-Language": "ja,en;q=0.8"}


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("ja", "ja"),
        ("ja-JP,en;q=0.5", "ja"),
        ("en-GB,ja;q=0.9", "en"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
        ("x" * 9000, "en"),
    ],
    ids=["ja", "ja first", "en first", "other", "none", "any", "rubbish"],
)
def test_the_browser_s_languages_choose(client: FlaskClient, header: str, lang: str) -> None:
    answer = client.get("/", headers={"Accept-Language": header})
    assert f'<html lang="{lang}">' in answer.text
    assert answer.headers["Content-Language"] == lang
    assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].split(", "))


def test_a_choice_is_kept_and_leads_back(client: FlaskClient) -> None:
    answer = client.post("/language", data={"lang": "ja", "to": "/search?q=lang:ja"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/search?q=lang:ja")
    cookie = answer.headers["Set-Cookie"]
    assert all(part in cookie for part in ("lang=ja", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert '<html lang="ja">' in client.get("/", headers={"Accept-Language": "en"}).text
    client.post("/language", data={"lang": "en", "to": "/"})
    assert '<html lang="en">' in client.get("/", headers=JA).text


def test_the_form_names_the_page_it_stands_on(client: FlaskClient) -> None:
    assert 'name="to" value="/search?q=a+%26+b"' in client.get("/search?q=a+%26+b").text


def test_a_cookie_that_is_none_of_ours_is_ignored(client: FlaskClient) -> None:
    client.set_cookie("lang", '"><script>')
    assert '<html lang="en">' in client.get("/").text


def test_unknown_languages_are_refused(client: FlaskClient) -> None:
    assert client.post("/language", data={"lang": "xx", "to": "/"}).status_code == 400
    assert client.post("/language").status_code == 400


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "\n//evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/\r\nSet-Cookie: a=b",
        "/全角",
        "",
    ],
)
def test_nobody_is_led_to_another_site(target: str) -> None:
    assert find_own_path(target) == "/"


@pytest.mark.parametrize("target", ["/", "/search?q=%22a%22&after=1f", "/entities/deepseek#says"])
def test_own_paths_are_gone_back_to(target: str) -> None:
    assert find_own_path(target) == target


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=["origin", "no origin", "cross-site", "same-site"],
)
@pytest.mark.parametrize("path", ["/language", "/api/v1/cypher"])
def test_forms_of_other_sites_are_refused(client: FlaskClient, path: str, headers: dict[str, str]) -> None:
    answer = client.post(path, data={"lang": "ja", "to": "/"}, headers=headers)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_own_forms_are_taken(client: FlaskClient) -> None:
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/language", data={"lang": "ja", "to": "/"}, headers=headers).status_code == 303


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "最後に報道のあった日"),
        ("/search", "検索を絞り込む"),
        ("/search?q=zebra+lang:ja", "すべての条件"),
        (f"/claims/{BETTER.id}", "DeepSeek-R1"),
        (f"/entities/{R1.id}", "比べられている相手"),
        ("/sources", "報道機関"),
        ("/feeds", "3回失敗"),
        ("/status", "前回の実行"),
        ("/nowhere", "何もありません"),
    ],
)
def test_pages_speak_japanese(client: FlaskClient, path: str, words: str) -> None:
    assert words in client.get(path, headers=JA).text


def test_names_of_another_language_are_told_so(client: FlaskClient) -> None:
    english = client.get("/sources").text
    assert re.search(r'class="source"[^>]*><bdi lang="ja">計算新聞</bdi>', english)
    assert "<bdi>The Quay Gazette</bdi>" in english
    japanese = client.get("/sources", headers={"Accept-Language": "ja"}).text
    assert "<bdi>計算新聞</bdi>" in japanese
    assert '<bdi lang="en">The Quay Gazette</bdi>' in japanese


def test_japanese_words_amid_a_sentence_are_told_so_and_what_is_foreign_stays_text(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert mark_script("by 計算新聞, <b>") == 'by <span lang="ja">計算新聞</span>, &lt;b&gt;'
    with app.test_request_context(headers={"Accept-Language": "ja"}):
        assert mark_script("計算新聞") == "計算新聞"
