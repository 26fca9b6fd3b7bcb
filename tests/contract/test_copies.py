"""Which articles repeat others, as every store keeps it."""

from dataclasses import replace
from pathlib import Path

import pytest

from graph.formats.copying import copy
from graph.formats.importing import import_lines
from graph.formats.lines import iter_lines
from graph.records import ArticleId, Copy, CopyKind
from graph.store import GraphStore
from graph.stores import open_store
from tests.contract.builders import Said, make_extraction

ARTICLES = [make_extraction(Said("DeepSeek did it."), url=f"https://news.example/{n}") for n in range(4)]
A, B, C, D = (extraction.article.id for extraction in ARTICLES)
COPIES = (
    Copy(B, A, CopyKind.SYNDICATED, 1.0),
    Copy(C, A, CopyKind.TRANSLATED, 0.75),
    Copy(C, B, CopyKind.REWRITTEN, 0.5),
)
EDGES = (
    "MATCH (a:Article)-[c:COPY_OF]->(b:Article) RETURN a.id AS a, b.id AS b, c.kind AS k, c.score AS s ORDER BY a, b"
)


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add(ARTICLES)
    assert store.add_copies(COPIES) == 3
    return store


def order(copies: tuple[Copy, ...]) -> tuple[Copy, ...]:
    return tuple(sorted(copies, key=lambda one: (one.article, one.original)))


def test_copies_are_listed_from_both_ends(full: GraphStore) -> None:
    assert full.list_copies([A]) == order(COPIES[:2])
    assert full.list_copies([B]) == order((COPIES[0], COPIES[2]))
    assert full.list_copies([A, B, C, D]) == order(COPIES) == order(tuple(full.iter_copies()))
    assert full.list_copies([D]) == full.list_copies([]) == ()


def test_the_same_copies_again_are_none(full: GraphStore) -> None:
    assert full.add_copies(COPIES) == 0
    assert full.add_copies([]) == 0
    assert full.list_copies([A, B, C]) == order(COPIES)


def test_a_changed_copy_replaces_the_one_before(full: GraphStore) -> None:
    changed = replace(COPIES[0], score=0.9, kind=CopyKind.REWRITTEN)
    assert full.add_copies([changed, COPIES[1]]) == 1
    assert full.list_copies([B]) == order((changed, COPIES[2]))


def test_of_two_articles_the_last_copy_holds_whichever_way_it_leads(full: GraphStore) -> None:
    turned = Copy(A, B, CopyKind.REWRITTEN, 0.6)
    assert full.add_copies([turned]) == 1
    assert full.list_copies([B]) == order((turned, COPIES[2]))
    assert full.add_copies([turned, COPIES[0], turned, COPIES[0]]) == 1
    assert full.list_copies([B]) == order((COPIES[0], COPIES[2]))


def test_a_copy_of_what_is_not_there_is_left_out(full: GraphStore) -> None:
    unknown = ArticleId("a0")
    assert full.add_copies([Copy(D, unknown, CopyKind.REWRITTEN, 1.0), Copy(unknown, D, CopyKind.REWRITTEN, 1.0)]) == 0
    assert full.add_copies([Copy(D, D, CopyKind.REWRITTEN, 1.0)]) == 0
    assert full.list_copies([D, unknown]) == ()


def test_cypher_follows_the_copies(full: GraphStore) -> None:
    assert full.cypher(EDGES).rows == _rows(COPIES)
    full.add_copies([Copy(A, B, CopyKind.REWRITTEN, 0.6)])
    assert full.cypher(EDGES).rows == _rows((Copy(A, B, CopyKind.REWRITTEN, 0.6), *COPIES[1:]))


def test_copies_travel_to_another_store_and_through_an_export(full: GraphStore, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "copied.db")) as copied, open_store(str(tmp_path / "imported.db")) as imported:
        first = copy(full, copied)
        assert import_lines(imported, [line.encode() for line in iter_lines(full)]).failures == []
        for there in (copied, imported):
            assert list(there.iter_copies()) == list(full.iter_copies())
        assert copy(copied, full).digest == first.digest
        assert list(iter_lines(imported)) == list(iter_lines(full))


def _rows(copies: tuple[Copy, ...]) -> tuple[tuple[str, str, str, float], ...]:
    return tuple((one.article, one.original, one.kind.value, one.score) for one in order(copies))
