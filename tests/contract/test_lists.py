"""Articles and entities as lists: by what tells them apart, counted, page by page."""

from dataclasses import replace
from datetime import timedelta

import pytest

from graph.errors import QueryError
from graph.judging.making import make_judgement
from graph.list_store import ArticleFacet, ArticleQuery, EntityFacet, EntityQuery
from graph.records import EntityType, Extraction, JudgementKind
from graph.store import GraphStore
from tests.contract.builders import DEEPSEEK, MICROSOFT, NOON, OPENAI, R1, Said, make_extraction

DAY = timedelta(days=1)
SAID = Said("DeepSeek distilled models of OpenAI.", object="OpenAI")


def article(n: int, *said: Said, days: int = 0, lang: str = "en", part: bool = False) -> Extraction:
    made = make_extraction(
        *said, url=f"https://n.example/{n}", at=NOON + days * DAY, domain="ja.example" if lang == "ja" else "n.example",
        lang=lang,
    )  # fmt: skip
    return replace(made, article=replace(made.article, excerpt=part))


ARTICLES = [
    article(1, SAID),
    article(2, days=1, part=True),
    article(3, Said("R1 beats o1.", subject="DeepSeek-R1"), SAID, days=1, lang="ja"),
    article(4, days=2),
]
FIRST, PART, JAPANESE, EMPTY = (one.article.id for one in ARTICLES)


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add(ARTICLES)
    return store


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param(ArticleQuery(), {EMPTY, PART, JAPANESE, FIRST}, id="all"),
        pytest.param(ArticleQuery(langs=("ja",)), {JAPANESE}, id="language"),
        pytest.param(ArticleQuery(sources=(ARTICLES[0].article.source.id,)), {EMPTY, PART, FIRST}, id="source"),
        pytest.param(ArticleQuery(part=True), {PART}, id="read in part"),
        pytest.param(ArticleQuery(part=False, langs=("en",)), {EMPTY, FIRST}, id="read whole, in English"),
        pytest.param(ArticleQuery(claims=False), {EMPTY, PART}, id="no claim found"),
        pytest.param(ArticleQuery(claims=True), {JAPANESE, FIRST}, id="some claim found"),
        pytest.param(ArticleQuery(since=NOON + DAY, until=NOON + 2 * DAY), {PART, JAPANESE}, id="day"),
    ],
)
def test_articles_that_match(full: GraphStore, query: ArticleQuery, found: set[str]) -> None:
    page = full.find_articles(query)
    assert {one.article.id for one in page.articles} == found
    assert page.next is None
    assert sum(full.count_articles(query, ArticleFacet.LANG).values()) == len(found)


def test_articles_come_newest_first_with_their_claims(full: GraphStore) -> None:
    found = full.find_articles(ArticleQuery()).articles
    assert [one.article.published_at for one in found] == [NOON + n * DAY for n in (2, 1, 1, 0)]
    assert {one.article.id: one.claims for one in found} == {EMPTY: 0, PART: 0, JAPANESE: 2, FIRST: 1}
    assert {one.article.text for one in found} == {""}


def test_weak_and_misread_claims_of_an_article_are_counted_apart(store: GraphStore) -> None:
    weak, refuted = replace(SAID, text="It did.", score=0.1), replace(SAID, text="It did so.", refuted="no")
    mixed, faint = article(5, SAID, Said("R1 is out.", subject="DeepSeek-R1"), weak, refuted), article(6, weak, days=1)
    store.add([mixed, faint])
    misread = next(claim.id for claim in mixed.claims if claim.text == SAID.text)
    store.judge(make_judgement(JudgementKind.MISREAD, (), "ann", NOON, "not said", claims=[misread]))
    found = store.find_articles(ArticleQuery()).articles
    assert [(one.article.id, one.claims, one.weak) for one in found] == [
        (faint.article.id, 0, 1),
        (mixed.article.id, 1, 3),
    ]
    assert store.count_articles(ArticleQuery(), ArticleFacet.CLAIMS) == {"some": 2}


def test_pages_of_articles_follow_one_another(full: GraphStore) -> None:
    whole = full.find_articles(ArticleQuery()).articles
    first = full.find_articles(ArticleQuery(), 3)
    second = full.find_articles(ArticleQuery(), 3, first.next)
    assert (*first.articles, *second.articles) == whole
    assert second.next is None
    with pytest.raises(QueryError):
        full.find_articles(ArticleQuery(), 3, "nonsense")


def test_articles_are_counted(full: GraphStore) -> None:
    everything = ArticleQuery()
    assert full.count_articles(everything, ArticleFacet.LANG) == {"en": 3, "ja": 1}
    assert full.count_articles(everything, ArticleFacet.SOURCE) == {"n.example": 3, "ja.example": 1}
    assert full.count_articles(everything, ArticleFacet.PART) == {"whole": 3, "part": 1}
    assert full.count_articles(everything, ArticleFacet.CLAIMS) == {"none": 2, "some": 2}
    days = full.count_articles(everything, ArticleFacet.DAY)
    assert list(days.items()) == [("2025-01-31", 1), ("2025-01-30", 2), ("2025-01-29", 1)]
    assert full.count_articles(everything, ArticleFacet.DAY, limit=1) == {"2025-01-31": 1}
    assert full.count_articles(replace(everything, langs=("ja",)), ArticleFacet.CLAIMS) == {"some": 1}


def test_entities_with_most_claims_come_first(full: GraphStore) -> None:
    found = full.find_named(EntityQuery()).entities
    assert {one.entity.id: one.claims for one in found} == {DEEPSEEK.id: 2, OPENAI.id: 2, R1.id: 1}
    assert [one.claims for one in found] == [2, 2, 1]
    assert MICROSOFT.id not in {one.entity.id for one in found}


def test_entities_by_type_and_first_letter(full: GraphStore) -> None:
    companies = EntityQuery(types=(EntityType.COMPANY,))
    assert {one.entity.id for one in full.find_named(companies).entities} == {DEEPSEEK.id, OPENAI.id}
    assert [one.entity.id for one in full.find_named(replace(companies, letter="O")).entities] == [OPENAI.id]
    assert full.find_named(EntityQuery(letter="other")).entities == ()
    assert full.count_named(EntityQuery(), EntityFacet.TYPE) == {"company": 2, "model": 1}
    assert list(full.count_named(EntityQuery(), EntityFacet.LETTER).items()) == [("D", 2), ("O", 1)]


def test_pages_of_entities_follow_one_another(full: GraphStore) -> None:
    whole = full.find_named(EntityQuery()).entities
    first = full.find_named(EntityQuery(), 1)
    rest = full.find_named(EntityQuery(), 5, first.next)
    assert (*first.entities, *rest.entities) == whole
    assert rest.next is None
    with pytest.raises(QueryError):
        full.find_named(EntityQuery(), 5, "nonsense")
