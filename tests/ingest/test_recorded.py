"""Real and hostile documents that lie beside the checkout, in `../shared`; skipped where they do not."""

import gzip
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.errors import ParseError
from ingest.network.addresses import is_web_address
from ingest.parsing.article import read_page
from ingest.sandbox import Sandbox
from ingest.sources.documents import parse_feed

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
NOW = datetime(2026, 11, 24, tzinfo=UTC)
FEEDS = sorted(
    path
    for path in (DATA / "feeds").rglob("*.*")
    if path.suffix in {".xml", ".rss", ".atom", ".json"} and not path.name.endswith("_entries.json")
)
# How much of the gold text's words must be found in ours and the other way round, over the sample.
_F1 = 0.93

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="no folder `shared` beside the checkout")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as box:
        yield box


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_every_real_feed_is_read(path: Path, sandbox: Sandbox) -> None:
    parsed = sandbox.run(parse_feed, path.read_bytes(), "https://a.example/feed", NOW)
    assert parsed.info.title
    assert parsed.entries
    for entry in parsed.entries:
        assert entry.key
        assert entry.title
        assert is_web_address(entry.url)
    assert len({entry.key for entry in parsed.entries}) == len(parsed.entries)


def test_hostile_documents_end_with_a_feed_or_a_reason(sandbox: Sandbox) -> None:
    for path in sorted((DATA / "hostile").rglob("*.*")):
        started = time.monotonic()
        reason = ""
        try:
            sandbox.run(parse_feed, path.read_bytes(), "https://a.example/feed", NOW)
        except ParseError as error:
            reason = error.reason
        assert reason in {"", "bad_xml", "not_a_feed", "empty"}, path.name
        assert time.monotonic() - started < 10, path.name


def test_hostile_documents_as_pages_end_with_an_article_or_a_reason(sandbox: Sandbox) -> None:
    for path in sorted((DATA / "hostile").rglob("*.*"))[::4]:
        reason = ""
        try:
            sandbox.run(read_page, path.read_bytes(), "https://a.example/a", NOW)
        except ParseError as error:
            reason = error.reason
        assert reason in {"", "no_text"}, path.name


def test_article_text_is_what_people_marked_as_such(sandbox: Sandbox) -> None:
    gold = json.loads((DATA / "html_gold" / "aeb_gold.json").read_text("utf-8"))
    scores = []
    for name in sorted(gold)[:20]:
        body = gzip.decompress((DATA / "html_gold" / "aeb" / f"{name}.html.gz").read_bytes())
        page = sandbox.run(read_page, body, "https://a.example/a", NOW)
        text = page.text.removeprefix(page.title)  # the gold has no headlines
        scores.append(_f1(text.split(), gold[name]["articleBody"].split()))
    assert sum(scores) / len(scores) >= _F1


def _f1(found: list[str], wanted: list[str]) -> float:
    """Of sets of four-word runs, the measure of the benchmark that the pages come from."""
    mine, theirs = _shingle(found), _shingle(wanted)
    common = len(mine & theirs)
    return 2 * common / (len(mine) + len(theirs)) if mine and theirs else 0.0


def _shingle(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + 4]) for start in range(max(len(words) - 3, 1))}
