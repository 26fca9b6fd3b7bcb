"""Articles that hold no claim, in either archive: kept, counted, taken back, and their pages left alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bench.kills_fetching import make_claims
from graph.records import Article, ArticleId, Extraction
from ingest.archive import Archive, Place, Validators
from ingest.storing import store_articles
from tests.ingest.retold import make

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def archive(archive_place: Place) -> Iterator[Archive]:
    with Archive(archive_place) as kept:
        yield kept


def save(archive: Archive, name: str, text: str = "A text.", *, excerpt: bool = False) -> Article:
    """The article, whose page is to be asked again now."""
    kept = archive.save_article(replace(make(name, text), excerpt=excerpt))
    archive.watch_page(kept, kept.url, Validators(), NOW)
    return kept


def extract(articles: Iterable[Article]) -> Iterator[Extraction]:
    for article in articles:
        yield Extraction(article, claims=tuple(make_claims(article)) if "claims" in article.text else ())


def list_due(archive: Archive, now: datetime = NOW) -> list[str]:
    return [page.url for page in archive.due_pages(now)]


def test_what_is_kept_bare_waits_no_more_until_it_is_taken(archive: Archive) -> None:
    one, other = save(archive, "One"), save(archive, "Other")
    archive.keep_bare([one.id])
    assert (archive.count_bare(), archive.list_pending()) == (1, (other.id,))
    assert (archive.has_stored(one.url), archive.list_uncompared(9)) == (False, ())
    assert archive.is_known(one)
    archive.tidy(LATER)
    assert archive.get_latest(one.url).text == "A text."
    archive.take_bare()
    assert (archive.count_bare(), archive.count_pending()) == (0, 2)


def test_what_the_graph_has_is_not_kept_beside_it(archive: Archive) -> None:
    one = save(archive, "One")
    archive.mark_stored([one.id], NOW, [one.id])
    archive.keep_bare([one.id])
    archive.take_bare()
    assert (archive.count_bare(), archive.count_pending(), archive.has_stored(one.url)) == (0, 0, True)


def test_pages_whose_every_version_is_bare_or_aside_are_left_alone(archive: Archive) -> None:
    stored, kept, aside, told, waiting = (save(archive, name) for name in ("S", "K", "A", "T", "W"))
    assert len(list_due(archive)) == 5
    archive.mark_stored([stored.id, told.id], NOW, [stored.id])
    archive.keep_bare([kept.id])
    archive.set_aside([aside.id])
    assert list_due(archive) == sorted([told.url, waiting.url])
    archive.watch_page(kept, kept.url, Validators(), NOW)  # who fetched it was slower than who read it
    assert list_due(archive) == sorted([told.url, waiting.url])


def test_a_page_that_was_had_in_part_is_asked_whatever_the_part_holds(archive: Archive) -> None:
    part = save(archive, "Part", excerpt=True)
    archive.keep_bare([part.id])
    assert list_due(archive) == [part.url]


def test_a_page_is_asked_while_one_of_its_versions_has_claims(archive: Archive) -> None:
    first = save(archive, "Page")
    archive.mark_stored([first.id], NOW)
    second = save(archive, "Page", "Another text.")
    archive.mark_stored([second.id], NOW, [second.id])
    assert list_due(archive) == [first.url]


def test_a_later_version_read_before_goes_to_the_graph_when_the_earlier_has(archive: Archive) -> None:
    first, second = save(archive, "Page"), save(archive, "Page", "Another text.")
    archive.keep_bare([second.id])
    assert archive.list_pending() == (first.id,)
    archive.mark_stored([first.id], NOW)
    assert (archive.list_pending(), archive.count_bare()) == ((second.id,), 0)
    archive.mark_stored([second.id], NOW, [second.id])
    assert archive.count_pending() == 0


def test_an_earlier_version_without_claims_stays_where_it_is(archive: Archive) -> None:
    first, second = save(archive, "Page"), save(archive, "Page", "Another text.")
    archive.keep_bare([first.id])
    archive.mark_stored([second.id], NOW)
    assert (archive.count_pending(), archive.count_bare()) == (0, 1)


def test_a_page_that_loses_its_claims_within_a_batch_is_told_to_the_graph(archive: Archive) -> None:
    first, second = save(archive, "Page", "It claims."), save(archive, "Page", "Another text.")
    stored: list[int] = []

    def commit(batch: Sequence[Extraction]) -> int:
        stored.extend(one.article.version for one in batch)
        return len(batch)

    ids = [first.id, second.id]
    list(store_articles(archive, extract, commit, ids, NOW, leaves_out=lambda found: not found.claims))
    list(store_articles(archive, extract, commit, ids, NOW, leaves_out=lambda found: not found.claims))
    assert (stored, archive.count_pending(), archive.count_bare()) == ([1, 2], 0, 0)


@pytest.mark.parametrize("leaves", [True, False])
def test_what_waits_to_be_read_once_more_is_not_bare(archive: Archive, leaves: bool) -> None:
    saved = [save(archive, name) for name in ("One", "Two", "Other")]
    ids, asked = [one.id for one in saved], list[int]()

    def list_waiting() -> list[ArticleId]:
        asked.append(1)
        return ids[:2]

    list(store_articles(archive, extract, len, ids, NOW, leaves_out=lambda _: leaves, waiting=list_waiting))
    assert (list_due(archive), len(asked)) == (sorted(one.url for one in saved[:2]), 1)
    assert [archive.has_stored(one.url) for one in saved] == [True, True, not leaves]


def test_the_page_of_what_turns_out_to_hold_claims_is_asked_again(archive: Archive) -> None:
    one, other = save(archive, "One"), save(archive, "Other")
    archive.mark_stored([one.id, other.id], NOW, [one.id])
    archive.note_check(archive.due_pages(NOW)[0], Validators(), None)  # asked for the last time
    for article in (one, other):
        archive.note_claims(article, LATER)
    assert (list_due(archive), list_due(archive, LATER)) == ([], [one.url])
    second = save(archive, "One", "Another text.")
    archive.mark_stored([second.id], NOW, [second.id])
    assert list_due(archive) == [one.url]
