"""What comes from outside, in a request or in an article, does no harm: every answer keeps the rules of safety."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from graph.records import ArticleId, ClaimId, Extraction, Party
from graph.stores.sqlite import SqliteStore
from tests.web.story import BETTER, CHAINED, DEEPSEEK, ENGLISH, HIDDEN_NAME, NOW, PAYLOAD, STATUS
from web.app import create_app

RULES = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
ANSWERS = {
    "/": 200,
    "/api": 200,
    "/openapi.json": 200,
    "/api/v1/search": 200,
    "/search.csv": 200,
    "/search.rss": 200,
    "/metrics": 200,
    "/healthz": 200,
    "/static/style.css": 200,
    "/nowhere": 404,
    "/api/v1/nowhere": 404,
    "/api/v1/search?limit=0": 400,
    "/api/v1/search?q=" + "x" * 9000: 414,
    "/search?q=" + "x" * 9000: 414,
}
MEGABYTES = 10


@pytest.mark.parametrize(("path", "status"), ANSWERS.items(), ids=lambda value: str(value)[:40])
def test_every_answer_keeps_the_rules(client: FlaskClient, path: str, status: int) -> None:
    with client.get(path) as answer:
        assert answer.status_code == status
        assert {name: answer.headers[name] for name in RULES} == RULES
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
        assert "Server" not in answer.headers
        assert answer.mimetype == "application/problem+json" or status == 200 or not path.startswith("/api/")


@pytest.mark.parametrize(
    "path", ["/", "/search", f"/claims/{BETTER.id}", "/api/v1/home", "/search.rss", "/openapi.json"]
)
def test_what_a_browser_has_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Content-Security-Policy" in again.headers
    other = client.get(path, headers={"If-None-Match": '"another"'})
    assert (other.status_code, other.data) == (200, first.data)


def test_a_page_in_another_language_is_another(client: FlaskClient) -> None:
    english = client.get("/")
    answer = client.get("/", headers={"If-None-Match": english.headers["ETag"], "Accept-Language": "ja"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=101",
        "limit=1e9",
        "limit=" + "9" * 5000,
        "limit=\u0661",
        "limit=",
        "limit=1&limit=2",
        "after=" + "x" * 501,
        "after=x&after=y",
        "after=rubbish!",
        "before=%00",
        "after=%ff%fe",
    ],
    ids=lambda query: query[:20],
)
def test_absurd_paging_is_refused_by_name(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/search?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    detail = answer.get_json(force=True)["detail"]
    assert query.split("=")[0] in detail or detail.startswith("cursor ")


@pytest.mark.parametrize("name", ["about_after", "about_before", "says_after", "says_before"])
def test_each_list_of_an_entity_refuses_what_is_no_place_in_it(client: FlaskClient, name: str) -> None:
    for value in ("x" * 501, "rubbish!", "%00"):
        assert client.get(f"/api/v1/entities/{DEEPSEEK.id}?{name}={value}").status_code == 400


@pytest.mark.parametrize("path", ["/search", "/", "/sources", "/cypher", "/api/v1/search", f"/entities/{DEEPSEEK.id}"])
@pytest.mark.parametrize("query", [b"q=%ff%fe%80", b"q=%00", b"\xff=\xff", b"=&=&&&", b"q[]=1", b"%"], ids=repr)
def test_bytes_that_are_no_text_break_nothing(client: FlaskClient, path: str, query: bytes) -> None:
    answer = client.get(path, query_string=query.decode("latin-1"))
    assert answer.status_code in (200, 400)
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"\xff\xfe", "application/json", 400),
        (b'{"query": "\xff"}', "application/json", 400),
        (b'{"query": "\\ud800"}', "application/json", 400),
        (b"[" * 50_000, "application/json", 400),
        (b"", "application/json", 400),
        (b'{"query": "RETURN 1 AS x", "parametres": {}}', "application/json", 400),
        (b'{"query": "RETURN 1 AS x' + b" " * 10_001 + b'"}', "application/json", 400),
        (b"x" * 70_000, "application/json", 413),
        (b'{"query": "RETURN 1 AS x"}', "text/plain", 415),
        (b'{"query": "RETURN 1 AS x"}', "", 415),
        (b"query=RETURN+1", "application/x-www-form-urlencoded", 415),
        (b"--x\r\n\r\n", "multipart/form-data; boundary=x", 415),
    ],
    ids=["bytes", "inner", "surrogate", "deep", "empty", "misspelt", "long", "huge", "text", "none", "form", "parts"],
)
def test_bodies_that_cannot_be_used_are_refused(client: FlaskClient, body: bytes, kind: str, status: int) -> None:
    answer = client.post("/api/v1/cypher", data=body, content_type=kind)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}], ids=str
)
def test_other_sites_cannot_ask_with_a_form_or_a_script(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post("/api/v1/cypher", json={"query": "RETURN 1 AS x"}, headers=headers)
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_told_which_there_are(client: FlaskClient, method: str) -> None:
    answer = client.open("/api/v1/cypher", method=method)
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_ten_megabytes_of_claim_are_cut_with_a_way_to_the_rest(empty_store: SqliteStore) -> None:
    words = "<b>very</b> " * (MEGABYTES * 1_000_000 // 12)
    article = replace(ENGLISH, id=ArticleId("a"), title=words, text=words)
    claim = replace(CHAINED, id=ClaimId("c"), article_id=article.id, text=words, span=(0, len(words)), cues=())
    claim = replace(claim, subject=Party(words), object=None, benchmark=None, claimants=())
    empty_store.add([Extraction(article, (), (), (claim,))])
    client = create_app(empty_store, lambda: STATUS, lambda: NOW).test_client()
    for path in ("/", "/search", "/claims/c"):
        page = client.get(path)
        assert (page.status_code, len(page.data) < 100_000) == (200, True), path
        assert "<b>very" not in page.text
        assert path == "/" or 'href="/articles/a' in page.text or 'href="/claims/c"' in page.text
    text = client.get("/articles/a")
    assert len(text.data) < 1_000_000
    assert re.search(r'characters more are in the <a href="/api/v1/articles/a">', text.text)
    assert len(client.get("/search.rss").data) < 100_000
    assert client.get("/api/v1/articles/a").get_json()["text"] == words


@pytest.mark.parametrize("path", [f"/claims/{PAYLOAD.id}", "/search", "/", f"/entities/{HIDDEN_NAME.id}"])
def test_names_that_turn_the_text_around_stay_within_themselves(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    # A quotation is a block of its own, which isolates as <bdi> does.
    page = re.sub(r"<blockquote.*?</blockquote>", "", page, flags=re.DOTALL)
    assert "\u202e" not in re.sub(r"<bdi[^>]*>[^<]*</bdi>|<title>[^<]*</title>|=\"[^\"]*\"", "", page)
