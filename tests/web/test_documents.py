"""Lists as CSV and RSS: whole, readable by others, and harmless in a spreadsheet."""

import csv
import io
from dataclasses import replace

import feedparser
import pytest
from flask.testing import FlaskClient

from graph.records import ArticleId, ClaimId, Extraction, Party
from graph.stores.sqlite import SqliteStore
from tests.web.story import (
    CHAINED,
    COST_JA,
    DEEPSEEK,
    ENGLISH,
    ENGLISH_CLAIMS,
    GAZETTE,
    JAPANESE_CLAIMS,
    NOW,
    SPENDING,
    STATUS,
)
from web.app import create_app

LISTS = ["/search", f"/entities/{DEEPSEEK.id}/claims", f"/sources/{GAZETTE.id}/claims"]


def read_rows(client: FlaskClient, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_the_same_in_every_form(client: FlaskClient, path: str) -> None:
    rows = read_rows(client, f"{path}.csv")
    feed = feedparser.parse(client.get(f"{path}.rss").data)
    assert not feed.bozo
    assert rows
    assert [row["id"] for row in rows] == [entry.link.rsplit("/", 1)[1] for entry in feed.entries]


def test_a_table_is_the_search_s(client: FlaskClient) -> None:
    assert {row["id"] for row in read_rows(client, "/search.csv?q=lang:ja")} == {claim.id for claim in JAPANESE_CLAIMS}
    assert len(read_rows(client, "/search.csv?limit=3")) == 3
    read = {row["id"] for row in read_rows(client, "/search.csv?q=lang:ja type:nonsense")}
    assert read == {claim.id for claim in JAPANESE_CLAIMS}  # as the page, which says what was not understood


def test_a_row_has_what_a_claim_has(client: FlaskClient) -> None:
    rows = {row["id"]: row for row in read_rows(client, "/search.csv")}
    chained, cost, spending = (rows[claim.id] for claim in (CHAINED, COST_JA, SPENDING))
    assert chained["speakers"] == "Bloomberg > Microsoft security researchers"
    assert (chained["modality"], chained["polarity"], chained["date"]) == ("alleged", "affirmed", "2024")
    assert (cost["measure"], cost["comparator"], cost["value"], cost["unit"]) == (
        "training_cost",
        "equal",
        "5600000.0",
        "USD",
    )
    assert cost["sentence"] == COST_JA.text
    assert (spending["comparator"], spending["high"]) == ("range", "10000000000.0")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_cell_runs_in_a_spreadsheet(empty_store: SqliteStore, start: str) -> None:
    words = f'{start}HYPERLINK("https://evil.example")'
    article = replace(ENGLISH, id=ArticleId("a"), url=words, text=words, source=replace(GAZETTE, name=words))
    claim = replace(
        CHAINED,
        id=ClaimId("c"),
        article_id=article.id,
        text=words,
        span=(0, len(words)),
        subject=Party(words),
        object=Party(words),
        claimants=(),
        cues=(),
    )
    empty_store.add([Extraction(article, (), (), (claim,))])
    [row] = read_rows(create_app(empty_store, lambda: STATUS, lambda: NOW).test_client(), "/search.csv")
    assert [cell for cell in row.values() if cell.startswith(start)] == []
    assert row["sentence"] == f"'{words}"


def test_rss_is_what_feed_readers_take(client: FlaskClient) -> None:
    answer = client.get("/search.rss?q=lang:ja")
    assert answer.mimetype == "application/rss+xml"
    feed = feedparser.parse(answer.data)
    assert (feed.bozo, feed.version) == (False, "rss20")
    assert feed.feed.title == "claimgraph: lang:ja"
    assert feed.feed.link == "http://localhost/search?q=lang:ja"
    assert {link.href for link in feed.feed.links if link.rel == "self"} == {"http://localhost/search.rss?q=lang:ja"}
    assert all(entry.id == entry.link and entry.published_parsed for entry in feed.entries)
    assert "560万ドル" in "".join(entry.description for entry in feed.entries)


def test_rss_speaks_the_reader_s_language(client: FlaskClient) -> None:
    feed = feedparser.parse(client.get("/search.rss?q=lang:ja", headers={"Accept-Language": "ja"}).data)
    assert feed.feed.language == "ja"
    assert any("訓練費" in entry.title for entry in feed.entries)


def test_a_denial_says_so_in_its_title(client: FlaskClient) -> None:
    feed = feedparser.parse(client.get("/search.rss?q=polarity:denied").data)
    assert [entry.title for entry in feed.entries] == ["DeepSeek denies: DeepSeek took data out of OpenAI"]


def test_what_xml_cannot_hold_is_left_out(empty_store: SqliteStore) -> None:
    words = "\x00\x0b\ufffe<script>&amp; ok"
    article = replace(ENGLISH, id=ArticleId("a"), text=words)
    claim = replace(CHAINED, id=ClaimId("c"), article_id=article.id, text=words, span=(0, len(words)), cues=())
    empty_store.add([Extraction(article, (), (), (replace(claim, claimants=(), subject=Party(words), object=None),))])
    client = create_app(empty_store, lambda: STATUS, lambda: NOW).test_client()
    feed = feedparser.parse(client.get("/search.rss").data, sanitize_html=False)
    assert not feed.bozo
    assert "&lt;script&gt;&amp;amp; ok" in feed.entries[0].description


@pytest.mark.parametrize("form", ["csv", "rss"])
@pytest.mark.parametrize("path", ["/entities/nobody/claims", "/sources/nowhere.example/claims"])
def test_a_list_of_nothing_known_is_not_found(client: FlaskClient, path: str, form: str) -> None:
    assert client.get(f"{path}.{form}").status_code == 404


def test_pages_name_their_other_forms(client: FlaskClient) -> None:
    page = client.get("/search?q=lang:ja").text
    for form, path in (
        ("application/json", "/api/v1/search"),
        ("text/csv", "/search.csv"),
        ("application/rss+xml", "/search.rss"),
    ):
        assert f'<link rel="alternate" type="{form}" href="{path}?q=lang:ja"' in page
    assert len(ENGLISH_CLAIMS) + 1 == len(read_rows(client, "/search.csv?q=lang:en"))


def test_an_answer_that_was_cut_says_so_in_its_name(client: FlaskClient) -> None:
    for last, name in ((1000, "answer.csv"), (1001, "answer-first-1000-rows.csv")):
        answer = client.get("/cypher.csv", query_string={"q": f"UNWIND range(1, {last}) AS n RETURN n"})
        assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
        assert answer.text.count("\r\n") == 1001
