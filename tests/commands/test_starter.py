"""The list of feeds that comes with the program."""

from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from claimgraph import main
from ingest.archive import Archive
from ingest.network.addresses import is_web_address
from ingest.sources.opml import parse_opml

_FILE = Path(__file__).parents[2] / "data" / "feeds.opml"
_FEEDS = parse_opml(_FILE.read_bytes())


def test_each_outline_is_a_feed_of_its_own() -> None:
    assert _FILE.read_text("utf-8").count("xmlUrl=") == len(_FEEDS)
    assert 60 <= len(_FEEDS) <= 150
    titles = Counter(feed.title for feed in _FEEDS)
    assert [title for title, number in titles.items() if number > 1] == []


def test_both_languages_are_there_and_it_says_that_nothing_was_checked() -> None:
    languages = Counter(feed.lang for feed in _FEEDS)
    assert languages.keys() == {"en", "ja"}
    assert min(languages.values()) >= 25
    assert "not checked" in _FILE.read_text("utf-8").split("</title>")[0]


@pytest.mark.parametrize("feed", _FEEDS, ids=lambda feed: feed.url)
def test_addresses_are_well_formed(feed: object) -> None:
    url = feed.url  # type: ignore[attr-defined]
    parts = urlsplit(url)
    assert is_web_address(url)
    assert parts.scheme == "https"
    assert url.isascii()
    assert " " not in url
    assert "." in (parts.hostname or "")
    assert not parts.fragment
    assert parts.username is None


def test_one_command_adds_it_and_again_adds_none(tmp_path: Path) -> None:
    arguments = ["--store", str(tmp_path / "graph.db"), "feeds", "starter"]
    first, second = (CliRunner().invoke(main, arguments) for _ in range(2))
    assert first.stderr == f"{len(_FEEDS)} feeds added, 0 known already\n"
    assert second.stderr == f"0 feeds added, {len(_FEEDS)} known already\n"
    with Archive(tmp_path / "graph.archive.db") as archive:
        assert {state.feed for state in archive.list_feeds()} == set(_FEEDS)
