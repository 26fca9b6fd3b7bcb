"""Stored articles read again: what comes, what goes, what stays, and what is left alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from graph.deriving import derive
from graph.readers import BOARDS
from graph.records import Extraction, Failure, Predicate, Rereading, Stage
from graph.store import ClaimQuery
from graph.stores.sqlite import SqliteStore
from ingest.nlp.extract import Extractor
from ingest.rereading import Reread, reread
from tests.hand import DAY, Told, make_article, make_extractor

NOW = DAY + timedelta(days=30)

TEXT = "Nvidia acquired Groq. OpenAI sued Microsoft. Mistral released Le Chat."
ACQUIRED = Told(Predicate.ACQUIRED, "acquired", "Nvidia", "Groq")
SUED = Told(Predicate.SUED, "sued", "OpenAI", "Microsoft")
INVESTIGATES = Told(Predicate.INVESTIGATES, "sued", "OpenAI", "Microsoft")
RELEASED = Told(Predicate.RELEASED, "released", "Mistral", "Le Chat")
ARTICLE = make_article(TEXT)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """As an earlier reader left it."""
    with SqliteStore(tmp_path / "graph.db") as store:
        read = read_as("rules 1", make_extractor(tmp_path, ACQUIRED, SUED))
        store.add([read])
        yield store


def read_as(reader: str, extractor: Extractor) -> Extraction:
    found = extractor.read(ARTICLE)
    return replace(found, claims=tuple(replace(claim, reader=reader) for claim in found.claims))


def run(store: SqliteStore, extractor: Extractor, **options: object) -> list[Reread | Failure]:
    stored = list(store.iter_extractions())
    return list(reread(stored, extractor.readers, extractor.extract, store.replace, NOW, **options))  # type: ignore[arg-type]


def test_claims_come_go_and_stay(store: SqliteStore, tmp_path: Path) -> None:
    assert run(store, make_extractor(tmp_path, INVESTIGATES, RELEASED)) == [Reread(1, came=1, went=1, stayed=1)]
    derive(store)
    claims = store.find_claims(ClaimQuery()).claims
    assert {(claim.predicate, claim.reader) for claim in claims} == {
        (Predicate.INVESTIGATES, "told 1"),
        (Predicate.RELEASED, "told 1"),
    }


def test_what_it_changed_is_kept(store: SqliteStore, tmp_path: Path) -> None:
    before = {claim.predicate: claim for claim in store.find_claims(ClaimQuery()).claims}
    run(store, make_extractor(tmp_path, INVESTIGATES, RELEASED))
    now = {claim.predicate: claim.id for claim in store.find_claims(ClaimQuery()).claims}
    [kept] = store.iter_rereadings()
    assert kept == Rereading(
        ARTICLE.id,
        NOW,
        ("rules 1",),
        ("told 1",),
        came=(now[Predicate.INVESTIGATES], now[Predicate.RELEASED]),
        gone=(before[Predicate.ACQUIRED], before[Predicate.SUED]),
    )


def test_what_this_reader_has_read_is_left_alone(store: SqliteStore, tmp_path: Path) -> None:
    extractor = make_extractor(tmp_path, ACQUIRED, SUED)
    store.replace(read_as("learned 9", extractor))
    stored = list(store.iter_extractions())
    assert list(reread(stored, {"learned 9"}, extractor.extract, store.replace, NOW)) == []
    assert list(reread(stored, {"learned 10"}, extractor.extract, store.replace, NOW)) == [Reread(1, stayed=2)]


def test_an_earlier_article_is_left_alone(store: SqliteStore, tmp_path: Path) -> None:
    extractor = make_extractor(tmp_path, RELEASED)
    assert run(store, extractor, since=DAY + timedelta(days=1)) == []
    assert run(store, extractor, since=DAY) == [Reread(1, came=1, went=2)]


def test_without_a_place_to_put_it_nothing_changes(store: SqliteStore, tmp_path: Path) -> None:
    before = store.find_claims(ClaimQuery())
    extractor = make_extractor(tmp_path, RELEASED)
    done = list(reread(store.iter_extractions(), extractor.readers, extractor.extract, None, NOW))
    assert done == [Reread(1, came=1, went=2)]
    assert store.find_claims(ClaimQuery()) == before


def test_what_was_given_stays(store: SqliteStore, tmp_path: Path) -> None:
    [before] = store.iter_extractions()
    given = replace(before.claims[0], reader=BOARDS)
    store.replace(replace(before, claims=(given, *before.claims[1:])))
    assert run(store, make_extractor(tmp_path, ACQUIRED, RELEASED)) == [Reread(1, came=1, went=1)]
    assert given in store.find_claims(ClaimQuery()).claims


def test_what_an_agent_proposed_stays(store: SqliteStore, tmp_path: Path) -> None:
    [before] = store.iter_extractions()
    proposed = replace(before.claims[0], reader="agent scribe/1@20260302T090000")
    store.replace(replace(before, claims=(proposed, *before.claims[1:])))
    extractor = make_extractor(tmp_path, RELEASED)
    assert run(store, extractor) == [Reread(1, came=1, went=1)]
    assert proposed in store.find_claims(ClaimQuery()).claims
    assert run(store, extractor) == []


def test_what_an_agent_proposed_is_ours_once_we_find_it_too(store: SqliteStore, tmp_path: Path) -> None:
    [before] = store.iter_extractions()
    proposed = tuple(replace(claim, reader="agent scribe/1@20260302T090000") for claim in before.claims)
    store.replace(replace(before, claims=(replace(proposed[0], misread="not said"), *proposed[1:])))
    assert run(store, make_extractor(tmp_path, ACQUIRED, RELEASED)) == [Reread(1, came=1, stayed=1)]
    claims = store.find_claims(ClaimQuery(misread=None)).claims
    found = {claim.predicate: (claim.reader.split(" ")[0], claim.misread) for claim in claims}
    assert found == {
        Predicate.ACQUIRED: ("told", "not said"),
        Predicate.SUED: ("agent", ""),
        Predicate.RELEASED: ("told", ""),
    }


def test_what_was_judged_misread_stays_set_aside(store: SqliteStore, tmp_path: Path) -> None:
    [before] = store.iter_extractions()
    store.replace(replace(before, claims=tuple(replace(claim, misread="not said") for claim in before.claims)))
    extractor = make_extractor(tmp_path, ACQUIRED, INVESTIGATES, RELEASED)
    assert run(store, extractor) == [Reread(1, came=2, stayed=1)]
    found = {claim.predicate: claim.misread for claim in store.find_claims(ClaimQuery(misread=None)).claims}
    assert found == {
        Predicate.ACQUIRED: "not said",
        Predicate.SUED: "not said",
        Predicate.INVESTIGATES: "",
        Predicate.RELEASED: "",
    }
    assert run(store, extractor) == []


def test_what_cannot_be_read_stays_as_it_is(store: SqliteStore) -> None:
    failure = Failure(Stage.EXTRACT, ARTICLE.id, "extract_failed", "it cannot be read")
    before = store.find_claims(ClaimQuery())
    assert list(reread(store.iter_extractions(), {"x 1"}, lambda _: iter([failure]), store.replace, NOW)) == [failure]
    assert store.find_claims(ClaimQuery()) == before


def test_killed_between_two_articles_the_next_run_goes_on(store: SqliteStore, tmp_path: Path) -> None:
    other = replace(ARTICLE, id=type(ARTICLE.id)("a2"), url="https://outlet.example/2")
    extractor = make_extractor(tmp_path, ACQUIRED, SUED)
    read = extractor.read(other)
    store.add([replace(read, claims=tuple(replace(claim, reader="rules 1") for claim in read.claims))])

    def extract_as_learned(articles: object) -> Iterator[Extraction | Failure]:
        for found in extractor.extract(articles):  # type: ignore[arg-type]
            assert isinstance(found, Extraction)
            yield replace(found, claims=tuple(replace(claim, reader="learned 9") for claim in found.claims))

    first = reread(store.iter_extractions(), {"learned 9"}, extract_as_learned, store.replace, NOW)
    assert next(first) == Reread(1, stayed=2)
    del first
    rest = list(reread(store.iter_extractions(), {"learned 9"}, extract_as_learned, store.replace, NOW))
    assert rest == [Reread(1, stayed=2)]
