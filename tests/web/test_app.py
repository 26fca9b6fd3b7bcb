import re
from itertools import pairwise
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.ids import make_proposition_id
from tests.web.story import (
    BETTER,
    COST_JA,
    DEEPSEEK,
    ENGLISH,
    HIDDEN_NAME,
    HOSTILE,
    HOSTILE_ARTICLE,
    PAYLOAD,
    SCRIPT_NAME,
    TIMES,
    UNNAMED,
)

PAGES = [
    "/",
    "/days",
    "/days/2025-01-28",
    "/days/2025-01-29",
    "/search",
    "/search?q=deepseek+training+cost",
    "/search?q=" + quote("<script>alert(1)</script> typ:x type:alegation"),
    f"/claims/{BETTER.id}",
    f"/claims/{COST_JA.id}",
    f"/claims/{PAYLOAD.id}",
    f"/entities/{DEEPSEEK.id}",
    f"/entities/{quote(SCRIPT_NAME.id)}",
    f"/entities/{quote(HIDDEN_NAME.id)}",
    f"/articles/{ENGLISH.id}",
    f"/articles/{HOSTILE_ARTICLE.id}",
    f"/sources/{TIMES.id}",
    f"/sources/{HOSTILE.id}",
    "/sources",
    "/entities",
    "/articles",
    "/articles?lang=xx&claims=none&day=2025-01-30",
    "/feeds",
    "/api",
    "/status",
    "/explore",
    f"/explore?start={quote(SCRIPT_NAME.id)}",
    f"/explore?start={make_proposition_id(PAYLOAD.id)}&ties=1",
    "/explore?find=" + quote("<script>alert(1)</script>"),
    "/cypher",
    "/cypher?q=" + quote("MATCH (c:Claim) RETURN c"),
    "/matters",
    f"/matters/{make_proposition_id(UNNAMED.id)}",
    f"/matters/{make_proposition_id(PAYLOAD.id)}",
    "/matters?about=" + quote("<script>alert(1)</script>"),
    "/story",
    "/story?q=deepseek",
    "/story?q=lang:en",
    "/story?q=" + quote("<script>alert(1)</script>"),
    "/nowhere",
    "/claims/" + quote("<script>alert(1)</script>"),
]
# The module of a page, and data for it in which nothing opens an element.
_OWN_PARTS = re.compile(
    r'<script type="module" src="/static/\w+\.js\?v=[0-9a-f]{10}"></script>'
    r'|<script type="application/json" data-\w+>[^<]*</script>'
)
_OWN_SCRIPT = re.compile(r'<script src="/static/(?:keys|suggest)\.js\?v=[0-9a-f]{10}" defer></script>')


@pytest.mark.parametrize("path", PAGES)
def test_data_never_becomes_markup(client: FlaskClient, path: str) -> None:
    page, scripts = _OWN_SCRIPT.subn("", client.get(path).text)
    assert scripts == 2
    page = _OWN_PARTS.sub("", page)
    assert not re.search(r"<(script|img|iframe|style|b)[\s>]", page, re.IGNORECASE)
    # A value that ends early would leave what follows it outside of quotes.
    assert not re.search(r"<[^>]+\son\w+=", re.sub(r'"[^"]*"', '""', page))
    assert not re.search(r'(href|src)="\s*(javascript|data):', page, re.IGNORECASE)
    assert " style=" not in page


@pytest.mark.parametrize("path", PAGES)
def test_page_keeps_to_itself(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert not re.search(r'<(?:script|link|use|img)[^>]+(?:src|href)="(?:https?:)?//', answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_page_has_its_landmarks_and_one_title(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert page.count("<h1") == 1
    assert page.count("<main") == page.count("<footer>") == 1
    assert page.count('<header class="top">') == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", page.split("<dialog")[0])]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", PAGES)
def test_ids_stand_once(client: FlaskClient, path: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', client.get(path).text)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_page_is_small(client: FlaskClient, path: str) -> None:
    assert len(client.get(path).data) < 100_000


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("keys.js", 5_000),
        ("suggest.js", 6_000),
        ("marks.svg", 5_000),
        ("console.js", 15_000),
        ("cypher.js", 7_000),
        ("graph.js", 8_000),
        ("vendor/codemirror.js", 400_000),
        ("vendor/cytoscape.js", 500_000),
    ],
)
def test_own_files_are_small(client: FlaskClient, name: str, limit: int) -> None:
    with client.get(f"/static/{name}") as answer:
        assert answer.status_code == 200
        assert len(answer.data) < limit


def test_own_files_are_kept_until_they_change(client: FlaskClient) -> None:
    [address] = re.findall(r'href="(/static/style\.css\?v=[0-9a-f]+)"', client.get("/").text)
    with client.get(address) as kept, client.get("/static/style.css") as bare, client.get(address + "0") as stale:
        assert "immutable" in kept.headers["Cache-Control"]
        assert "immutable" not in bare.headers["Cache-Control"] + stale.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/templates/base.html"]
)
def test_files_outside_static_are_not_served(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/search/", "//evil.example/", "/nowhere", "/search?q=lang:ja"])
def test_host_header_comes_back_nowhere(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "evil.example:99", "X-Forwarded-Host": "evil.example"})
    assert "evil.example:99" not in answer.text
    assert "Location" not in answer.headers


def test_other_hosts_are_refused_when_hosts_are_named(app: Flask) -> None:
    app.config["TRUSTED_HOSTS"] = ["claims.example"]
    client = app.test_client()
    assert client.get("/", headers={"Host": "claims.example"}).status_code == 200
    for path in ("/", "/api/v1/home"):
        answer = client.get(path, headers={"Host": "evil.example"})
        assert answer.status_code == 400
        assert "evil.example" not in answer.text


@pytest.mark.parametrize("mode", ["no-cors", "cors", "same-origin"])
def test_other_sites_cannot_make_the_store_work(client: FlaskClient, mode: str) -> None:
    answer = client.get("/search", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode})
    assert answer.status_code == 403


def test_other_sites_can_link_here(client: FlaskClient) -> None:
    answer = client.get("/search", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/", "/search", "/cypher"])
def test_pages_only_read(client: FlaskClient, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("text", ["\x00", "\ufffd", "%ff", "a\r\nSet-Cookie: x", "\u202e", "𝔘"])
def test_odd_characters_in_addresses(client: FlaskClient, text: str) -> None:
    for path in ("/search?q=", "/claims/", "/entities/", "/sources/", "/articles/"):
        assert client.get(path + quote(text)).status_code in (200, 400, 404)


@pytest.mark.parametrize("path", PAGES)
def test_editor_and_graph_are_loaded_where_they_are_used_only(client: FlaskClient, path: str) -> None:
    modules = re.findall(r'<script type="module" src="/static/(\w+)', client.get(path).text)
    expected = {"/cypher": ["console"], "/explore": []}
    assert modules == expected.get(path.partition("?")[0], [])
