"""What pages walk by: the page before, days, versions of a text, sources."""

from datetime import date, timedelta

import pytest

from graph.errors import QueryError
from graph.store import ClaimQuery, GraphStore, SourceCount
from tests.contract.builders import DEEPSEEK, NOON, OPENAI, Said, make_extraction

DAY = timedelta(days=1)
SENTENCES = [Said(f"Claim number {n} about DeepSeek.") for n in range(7)]
OLD = make_extraction(Said("DeepSeek distilled models.", object="OpenAI"), url="https://news.example/v", version=1)
NEW = make_extraction(
    Said("DeepSeek distilled no models."), url="https://news.example/v", version=2, at=NOON + timedelta(hours=1)
)
OTHER = make_extraction(
    Said("OpenAI was distilled.", subject="OpenAI"), url="https://blog.example/1", at=NOON + DAY, domain="blog.example"
)


@pytest.mark.parametrize(
    "query",
    [ClaimQuery(), ClaimQuery(words=("claim",)), ClaimQuery(about=(DEEPSEEK.id,))],
    ids=["all", "words", "about"],
)
def test_pages_back_are_the_pages_forth(store: GraphStore, query: ClaimQuery) -> None:
    store.add([make_extraction(*SENTENCES), make_extraction(*SENTENCES, url="https://news.example/2", at=NOON - DAY)])
    forth = [store.find_claims(query, limit=4)]
    while cursor := forth[-1].next:
        forth.append(store.find_claims(query, limit=4, after=cursor))
    back = [forth[-1]]
    while cursor := back[-1].previous:
        back.append(store.find_claims(query, limit=4, before=cursor))
    assert [page.claims for page in reversed(back)] == [page.claims for page in forth]
    assert [page.next for page in reversed(back)] == [page.next for page in forth]
    assert forth[0].previous is None


def test_what_came_since_is_on_the_page_before(store: GraphStore) -> None:
    store.add([make_extraction(*SENTENCES)])
    second = store.find_claims(ClaimQuery(), limit=4, after=store.find_claims(ClaimQuery(), limit=4).next)
    store.add([OTHER])
    first = store.find_claims(ClaimQuery(), limit=4, before=second.previous)
    assert first.next is not None
    assert store.find_claims(ClaimQuery(), limit=4, after=first.next).claims == second.claims
    newest = store.find_claims(ClaimQuery(), limit=4, before=first.previous)
    assert newest.claims == OTHER.claims
    assert newest.previous is None


def test_nothing_stands_before_the_newest(store: GraphStore) -> None:
    store.add([make_extraction(*SENTENCES)])
    page = store.find_claims(ClaimQuery(), limit=4, before="fffffffffffffff")
    assert (page.claims, page.next, page.previous) == ((), None, None)


def test_a_foreign_cursor_is_refused(store: GraphStore) -> None:
    with pytest.raises(QueryError):
        store.find_claims(ClaimQuery(), before="x")


def test_claims_are_counted_by_day(store: GraphStore) -> None:
    store.add([OLD, NEW, OTHER])
    assert store.count_days(ClaimQuery()) == {date(2025, 1, 29): 2, date(2025, 1, 30): 1}
    assert list(store.count_days(ClaimQuery())) == [date(2025, 1, 29), date(2025, 1, 30)]
    assert store.count_days(ClaimQuery(about=(OPENAI.id,))) == {date(2025, 1, 29): 1, date(2025, 1, 30): 1}
    assert store.count_days(ClaimQuery(words=("nowhere",))) == {}
    assert store.count_days(ClaimQuery(words=("!",))) == {}


def test_versions_of_a_text_are_those_of_its_address(store: GraphStore) -> None:
    store.add([NEW, OLD, OTHER])
    for article in (OLD.article, NEW.article):
        versions = store.list_versions(article.id)
        assert [version.id for version in versions] == [OLD.article.id, NEW.article.id]
        assert all(version.text == "" for version in versions)
    assert [version.id for version in store.list_versions(OTHER.article.id)] == [OTHER.article.id]
    assert store.list_versions("nowhere") == ()  # type: ignore[arg-type]


def test_sources_with_their_articles(store: GraphStore) -> None:
    assert store.list_sources() == ()
    store.add([OLD, NEW, OTHER])
    news = SourceCount(OLD.article.source, 2, NEW.article.published_at)
    assert store.list_sources() == (news, SourceCount(OTHER.article.source, 1, OTHER.article.published_at))
    assert store.list_sources(limit=1) == (news,)
