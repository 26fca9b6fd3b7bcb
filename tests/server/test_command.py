"""The whole program over a real server: the demo's outlets served on loopback, read by the command."""

import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.site import Document, Site, serving

_ROOT = Path(__file__).parents[2]
_DEMO = _ROOT / "data" / "demo"
_OUTLET = re.compile(r"http://([\w-]+)\.example/")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The demo's outlets as folders of one server: `http://NAME.example/PATH` is `/NAME/PATH`."""
    with serving() as site:
        for file in [*_DEMO.glob("feeds/*.xml"), *_DEMO.glob("pages/*/*.html")]:
            text = _OUTLET.sub(rf"{site.address}/\1/", file.read_text("utf-8"))
            is_feed = file.suffix == ".xml"
            path = f"/{file.stem}/feed.xml" if is_feed else f"/{file.parent.name}/{file.name}"
            site.documents[path] = Document(text.encode(), "application/xml" if is_feed else "text/html")
        yield site


@pytest.fixture(scope="module")
def whole(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that one undisturbed run has filled."""
    store = tmp_path_factory.mktemp("whole") / "graph.db"
    _add_feeds(site, store)
    done = _run(store, "ingest", "--json")
    assert done.returncode == 0, done.stderr
    return store


def test_ingest_reads_every_feed_and_article(whole: Path) -> None:
    status = json.loads(_run(whole, "status", "--json").stdout)
    assert status["counts"]["articles"] == len(list(_DEMO.glob("pages/*/*.html")))
    assert status["counts"]["claims"] > 50
    assert status["pending"] == 0


def test_names_outside_the_tables_are_suggested_with_sentences(whole: Path) -> None:
    done = _run(whole, "entities", "suggest", "--min", "1", "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["articles"] for row in found] == sorted((row["articles"] for row in found), reverse=True)
    for row in found:
        assert row["examples"]
        assert all(example["article"]["url"].startswith("http") for example in row["examples"])


def test_no_suggestion_says_what_to_do(whole: Path) -> None:
    done = _run(whole, "entities", "suggest", "--min", "1000")
    assert (done.returncode, done.stdout) == (0, "")
    assert "no name outside the tables stands in 1000 articles or more; --min 1" in done.stderr


def test_second_ingest_has_nothing_to_do(whole: Path) -> None:
    before = _dump(whole)
    done = _run(whole, "ingest")
    assert done.returncode == 0
    assert "nothing new" in done.stderr
    assert _dump(whole) == before


def test_unchanged_feeds_send_no_body_and_write_nothing(site: Site, whole: Path) -> None:
    before, sent = _dump(whole), site.sent
    _make_due(whole)
    summary = json.loads(_run(whole, "ingest", "--json").stdout)
    assert summary["feeds"] == {"due": 6, "read": 0, "unchanged": 6, "failed": 0}
    assert (site.sent, _dump(whole)) == (sent, before)


def test_killed_runs_end_in_the_same_graph(site: Site, whole: Path, tmp_path: Path) -> None:
    store = tmp_path / "graph.db"
    _add_feeds(site, store)
    for articles in (1, 5, 13):
        _kill_once_fetched(store, articles)
    assert _run(store, "ingest").returncode == 0
    assert _dump(store) == _dump(whole)


def test_serve_answers_while_ingest_writes(site: Site, tmp_path: Path) -> None:
    store = tmp_path / "graph.db"
    _add_feeds(site, store)
    first = next(path for path in site.documents if path.endswith("-r1.html"))
    assert _run(store, "add", site.address + first).returncode == 0
    with (
        _serving(store) as address,
        subprocess.Popen(_command(store, "ingest"), stderr=subprocess.DEVNULL, cwd=_ROOT) as writer,
    ):
        answers = []
        while writer.poll() is None:
            answers.append(_ask(f"{address}/api/v1/search?q=DeepSeek"))
        assert writer.wait() == 0
    assert len(answers) > 10
    assert set(answers) == {200}


def test_what_is_not_about_ai_is_left_out_until_asked_for(tmp_path: Path) -> None:
    store = tmp_path / "graph.db"
    town = "The town council of Norwick voted for a new swimming pool with two slides on Monday. " * 6
    labs = "Vireo Labs said on Monday that its language model Wren 2 beats the AI of its rival Tarn Labs. " * 6
    with serving() as site:
        pages = {"/pool": ("A pool for Norwick", town), "/wren": ("Vireo Labs shows Wren 2", labs)}
        for path, (title, text) in pages.items():
            page = f"<html lang=en><title>{title}</title><article><h1>{title}</h1><p>{text}</p></article>"
            site.documents[path] = Document(page.encode(), "text/html")
        day = "<pubDate>Wed, 31 Jan 2018 09:00:00 GMT</pubDate>"
        items = "".join(
            f"<item><title>{t}</title><link>{site.address}{p}</link>{day}</item>" for p, (t, _) in pages.items()
        )
        feed = f"<rss version='2.0'><channel><title>A</title>{items}</channel></rss>"
        site.documents["/feed.xml"] = Document(feed.encode(), "application/xml")
        assert _run(store, "feeds", "add", f"{site.address}/feed.xml").returncode == 0
        assert "articles: 2 new, 0 changed, 0 failed, 1 not about AI" in _run(store, "ingest").stderr
        assert _count(store) == (1, 1)
        told = json.loads(_run(store, "today", "--day", "2018-01-31", "--json").stdout)
        assert (told["articles"], told["aside"]) == (1, 1)
        assert "Vireo Labs" in str(told["stories"])
        assert "Norwick" not in str(told)
        assert _run(store, "ingest", "--all-subjects").returncode == 0
        assert _count(store) == (2, 0)
        site.documents["/bridge"] = Document(site.documents["/pool"].body.replace(b"pool", b"bridge"), "text/html")
        assert _run(store, "add", f"{site.address}/bridge").returncode == 0
        assert _count(store) == (3, 0)


def test_articles_without_claims_stay_in_the_archive_when_the_settings_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "graph.db"
    told = "Vireo Labs said on Monday that its language model Wren 2 beats the AI of its rival Tarn Labs. " * 6
    plain = "How do language models work? What is a token? Why do chatbots and AI models need so many of them? " * 6
    with serving() as site:
        items = ""
        for name, text in (("told", told), ("plain", plain)):
            page = f"<html lang=en><title>AI models</title><article><h1>AI models</h1><p>{text}</p></article>"
            site.documents[f"/{name}"] = Document(page.encode(), "text/html")
            items += f"<item><title>AI models</title><link>{site.address}/{name}</link></item>"
        feed = f"<rss version='2.0'><channel><title>A</title>{items}</channel></rss>"
        site.documents["/feed.xml"] = Document(feed.encode(), "application/xml")
        monkeypatch.setenv("CLAIMGRAPH_GRAPH_ARTICLES", "with-claims")
        assert _run(store, "feeds", "add", f"{site.address}/feed.xml").returncode == 0
        assert "articles: 2 new, 0 changed, 0 failed, 1 without claims" in _run(store, "ingest").stderr
        status = json.loads(_run(store, "status", "--json").stdout)
        assert (status["counts"]["articles"], status["bare"]) == (1, 1)
        monkeypatch.setenv("CLAIMGRAPH_GRAPH_ARTICLES", "all")
        assert _run(store, "ingest").returncode == 0
        status = json.loads(_run(store, "status", "--json").stdout)
        assert (status["counts"]["articles"], status["bare"]) == (2, 0)


def _count(store: Path) -> tuple[int, int]:
    """How many articles the store has, and how many are set aside."""
    status = json.loads(_run(store, "status", "--json").stdout)
    return status["counts"]["articles"], status["aside"]


def _command(store: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "claimgraph", "--store", str(store), "--allow-address", "127.0.0.0/8", *arguments]


def _run(store: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(_command(store, *arguments), capture_output=True, text=True, cwd=_ROOT, check=False)


def _add_feeds(site: Site, store: Path) -> None:
    feeds = [site.address + path for path in site.documents if path.endswith("feed.xml")]
    done = _run(store, "feeds", "add", *feeds)
    assert done.returncode == 0, done.stderr


def _make_due(store: Path) -> None:
    with sqlite3.connect(store.with_name("graph.archive.db")) as archive:
        archive.execute("UPDATE feeds SET next_due = NULL")


def _kill_once_fetched(store: Path, articles: int) -> None:
    """Starts an ingest and kills it as soon as the archive holds so many articles: while fetching or while reading."""
    with subprocess.Popen(_command(store, "ingest"), stderr=subprocess.DEVNULL, cwd=_ROOT) as run:
        deadline = time.monotonic() + 60
        while run.poll() is None and time.monotonic() < deadline and _count_articles(store) < articles:
            time.sleep(0.01)
        assert run.poll() is None, "it ended before it could be killed"
        run.send_signal(signal.SIGKILL)


def _count_articles(store: Path) -> int:
    with sqlite3.connect(store.with_name("graph.archive.db"), timeout=10) as archive:
        return int(archive.execute("SELECT count(*) FROM articles").fetchone()[0])


def _dump(store: Path) -> list[str]:
    """Every claim of the store as JSON, in order of id: what two equal graphs have in common.

    Without its source: here all outlets share the host 127.0.0.1, and the first one stored gives it a name.
    """
    done = _run(store, "search", "", "--limit", "1000", "--json")
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    for claim in claims:
        del claim["article"]["source"]
    return sorted(json.dumps(claim, sort_keys=True) for claim in claims)


@contextmanager
def _serving(store: Path) -> Iterator[str]:
    """The address of a running `serve`."""
    with subprocess.Popen(
        _command(store, "serve", "--port", "0"), stderr=subprocess.PIPE, text=True, cwd=_ROOT
    ) as server:
        assert server.stderr
        line = server.stderr.readline()
        found = re.search(r"http://[\d.:]+", line)
        assert found, line
        try:
            yield found.group()
        finally:
            server.terminate()
            server.wait(20)


def _ask(url: str) -> int:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return int(answer.status)
