"""What comes back equals what went in, whatever it was."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.ids import make_article_id, make_claim_id
from graph.records import (
    PREDICATES,
    Article,
    ArticleKind,
    Claim,
    Claimant,
    ClaimType,
    Comparator,
    Cue,
    CueKind,
    Entity,
    EntityId,
    EntityType,
    Extraction,
    Mention,
    Modality,
    PartialDate,
    Party,
    Polarity,
    Quantity,
    Source,
    SourceId,
    SourceKind,
)
from graph.store import Added, GraphStore
from graph.stores import open_store

# Lone surrogates are no text; everything else is, NUL too.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAME = st.text(st.sampled_from("aZé蒸留カー・ 1.\"'*\0\n𝕏"), max_size=8)
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC))
NUMBERS = st.floats(allow_nan=False)
SPANS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))
ENTITIES = [
    Entity(EntityId(f"e{n}"), f"Entity {n}", kind, f"実体{n}", (f"E{n}", f"Ｅ{n}"), curated=n % 2 == 0)
    for n, kind in enumerate(EntityType)
]
PARTIES = st.one_of(st.builds(Party, NAME), st.builds(Party, NAME, st.sampled_from([entity.id for entity in ENTITIES])))
SOURCES = [
    Source(SourceId("a.example"), "A", "a.example", SourceKind.WIRE, "ja", "JP", 0.3),
    Source(SourceId("b.example"), "B", "b.example"),
]
QUANTITIES = st.builds(Quantity, NAME, NUMBERS, NAME, st.sampled_from(Comparator), st.none() | NUMBERS, NAME)
ARTICLES = st.builds(
    lambda url, text, source, title, lang, published, fetched, kind, version, authors, excerpt: Article(
        make_article_id(url, text),
        url,
        source,
        title,
        text,
        lang,
        published,
        fetched,
        kind,
        version,
        tuple(authors),
        excerpt,
    ),
    TEXT,
    TEXT,
    st.sampled_from(SOURCES),
    TEXT,
    st.sampled_from(["en", "ja", ""]),
    TIMES,
    TIMES,
    st.sampled_from(ArticleKind),
    st.integers(1, 9),
    st.lists(TEXT, max_size=3),
    st.booleans(),
)


@st.composite
def claims(draw: st.DrawFn, article: Article) -> Claim:
    kind = draw(st.sampled_from(ClaimType))
    predicate = draw(st.sampled_from(PREDICATES[kind]))
    span, subject = draw(SPANS), draw(PARTIES)
    object, benchmark = draw(st.none() | PARTIES), draw(st.none() | PARTIES)
    quantity, polarity = draw(st.none() | QUANTITIES), draw(st.sampled_from(Polarity))
    return Claim(
        make_claim_id(article.id, span, predicate, subject, object, quantity, benchmark, polarity),
        article.id,
        span,
        draw(TEXT),
        article.lang,
        kind,
        predicate,
        subject,
        object,
        quantity,
        benchmark,
        tuple(draw(st.lists(st.builds(Claimant, PARTIES, NAME, st.none() | NAME), max_size=4))),
        draw(st.sampled_from(Modality)),
        polarity,
        draw(st.none() | st.sampled_from([PartialDate("2025"), PartialDate("2025-Q2")])),
        draw(TIMES),
        tuple(draw(st.lists(st.builds(Cue, st.sampled_from(CueKind), SPANS, TEXT), max_size=3))),
        draw(NAME),
        draw(st.none() | st.floats(0, 1)),
        draw(TEXT),
        draw(TEXT),
    )


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    article = draw(ARTICLES)
    found = draw(st.lists(claims(article), max_size=3, unique_by=lambda claim: claim.id))
    mentions = draw(st.lists(st.builds(Mention, st.sampled_from([e.id for e in ENTITIES]), SPANS, NAME), max_size=3))
    return Extraction(article, tuple(ENTITIES), tuple(mentions), tuple(found))


@pytest.mark.parametrize(("kind", "examples"), [("sqlite", 40), ("neo4j", 10)], ids=["sqlite", "neo4j"])
def test_everything_comes_back_as_it_went_in(request: pytest.FixtureRequest, kind: str, examples: int) -> None:
    server = request.getfixturevalue("neo4j_server") if kind == "neo4j" else None

    @given(st.lists(extractions(), min_size=1, max_size=3, unique_by=lambda extraction: extraction.article.id))
    @settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def check(given_extractions: list[Extraction]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            if server:
                server.empty()
            with open_store(server.address if server else str(Path(folder) / "store.db")) as store:
                _check_round_trip(store, given_extractions)

    check()


def _check_round_trip(store: GraphStore, given_extractions: list[Extraction]) -> None:
    added = store.add(given_extractions)
    assert store.add(given_extractions) == Added()
    for extraction in given_extractions:
        assert store.get_articles([extraction.article.id]) == (extraction.article,)
        assert store.get_claims([claim.id for claim in extraction.claims]) == extraction.claims
        assert store.get_sources([extraction.article.source.id]) == (extraction.article.source,)
        assert store.list_mentions(extraction.article.id) == extraction.mentions
    assert store.get_entities([entity.id for entity in ENTITIES]) == tuple(ENTITIES)
    counts = store.count()
    assert (counts.articles, counts.claims, counts.entities) == (added.articles, added.claims, added.entities)
