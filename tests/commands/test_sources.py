"""`claimgraph sources try` and `feeds add` of what is no feed, over a real server."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bench.site import Document, Site, serving
from claimgraph import main

PAGES = Path(__file__).parents[1] / "ingest" / "pages"
SENTENCE = "The lab said on Monday that its model was trained on 2,048 chips and that it costs less than the others. "
ARTICLE = (
    "<html lang=en><head><title>The week in chips</title><meta name=author content='Jane Roe'>"
    "<meta property='article:published_time' content='2026-01-04T09:30:00Z'>"
    "<link rel=alternate type='application/rss+xml' href='/feed.xml'></head><body><article>"
    f"<h1>The week in chips</h1><h2>1. Tern 2</h2><p>{SENTENCE * 2}</p><h2>2. Gull</h2><p>{SENTENCE * 2}</p>"
)
FEED = (
    "<rss version='2.0'><channel><title>Harbor</title><item><title>Tern</title><link>https://harbor.example/tern</link>"
    "<pubDate>Sun, 04 Jan 2026 09:30:00 GMT</pubDate></item></channel></rss>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.documents["/article"] = Document(ARTICLE.encode(), "text/html")
        site.documents["/feed.xml"] = Document(FEED.encode(), "application/rss+xml")
        body = (PAGES / "news_en.html").read_bytes().replace(b"https://harbor.example", site.address.encode())
        site.documents["/en/news"] = Document(body, "text/html")
        yield site


def run(folder: Path, *words: str) -> Result:
    (folder / "claimgraph.toml").write_text('allow_addresses = ["127.0.0.0/8"]\n', "utf-8")
    settings = str(folder / "claimgraph.toml")
    return CliRunner().invoke(main, ["--config", settings, "--store", str(folder / "graph.db"), *words])


def write_rule(folder: Path, site: Site) -> None:
    (folder / "scrapers").mkdir()
    rule = (
        f'page = "{site.address}/en/news"\nitems = "article.card"\nlink = "h3 a"\ntitle = "h3"\ndate = ".meta, time"\n'
    )
    (folder / "scrapers" / "harbor.toml").write_text(rule, "utf-8")


def test_a_page_shows_its_feed_and_its_article(site: Site, tmp_path: Path) -> None:
    done = run(tmp_path, "sources", "try", f"{site.address}/article")
    assert done.exit_code == 0, done.output
    assert f"polled: {site.address}/feed.xml  Harbor  (named by the page)" in done.stdout
    assert "2026-01-04 09:30  Tern  https://harbor.example/tern" in done.stdout
    assert "article: The week in chips" in done.stdout
    assert "2026-01-04 09:30, en, news," in done.stdout
    assert "§ Tern 2" in done.stdout
    assert "by Jane Roe" in done.stdout
    assert not (tmp_path / "graph.db").exists()
    assert not (tmp_path / "graph.archive.db").exists()


def test_the_users_rule_reads_an_index_page(site: Site, tmp_path: Path) -> None:
    write_rule(tmp_path, site)
    done = run(tmp_path, "sources", "try", f"{site.address}/en/news", "--json")
    (line,) = map(json.loads, done.stdout.splitlines())
    (polled,) = line["polled"]
    assert (polled["place"], polled["rule"], polled["count"]) == ("the page, read by a rule", "harbor", 2)
    assert polled["items"][1] == {
        "url": f"{site.address}/en/news/funding",
        "title": "Harbor Labs raises $40 million",
        "published_at": "2025-12-18T00:00:00Z",
        "lang": None,
    }
    added = run(tmp_path, "feeds", "add", f"{site.address}/en/news")
    assert "News · Harbor Labs  added" in added.stdout


def test_without_a_rule_an_index_page_is_no_source(site: Site, tmp_path: Path) -> None:
    del site.documents["/feed.xml"]
    done = run(tmp_path, "feeds", "add", f"{site.address}/en/news")
    assert done.exit_code == 1
    assert "a rule can read the page itself" in done.stderr
    assert "nothing to poll" in run(tmp_path, "sources", "try", f"{site.address}/en/news").stdout


def test_a_wrong_rule_ends_with_2(site: Site, tmp_path: Path) -> None:
    write_rule(tmp_path, site)
    (tmp_path / "scrapers" / "other.toml").write_text("page = 1", "utf-8")
    done = run(tmp_path, "sources", "try", f"{site.address}/en/news")
    assert done.exit_code == 2
    assert "other.toml" in done.stderr


def test_a_wrong_rule_leaves_the_feeds_to_be_read(site: Site, tmp_path: Path) -> None:
    assert run(tmp_path, "feeds", "add", f"{site.address}/feed.xml").exit_code == 0
    write_rule(tmp_path, site)
    wrong = tmp_path / "scrapers" / "other.toml"
    wrong.write_text("page = 1", "utf-8")
    done = run(tmp_path, "ingest", "--dry-run", "--json")
    assert done.exit_code == 1
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["feeds"]["read"], told["articles"]["new"]) == (1, 1)
    (failure,) = told["failures"]
    assert (failure["stage"], failure["subject"], failure["reason"]) == ("feed", str(wrong), "bad_rule")
    assert "page must be text" in failure["message"]


def test_one_that_cannot_be_reached_is_named(site: Site, tmp_path: Path) -> None:
    done = run(tmp_path, "sources", "try", f"{site.address}/missing", f"{site.address}/feed.xml")
    assert done.exit_code == 1
    assert "http_404" in done.stderr
    assert "(the address itself)" in done.stdout
