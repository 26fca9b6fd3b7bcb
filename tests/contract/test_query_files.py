"""Every store answers alike over generated data and over the demo story: ready queries, search, lists."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from graph.cypher.files import parse_query_file
from graph.deriving import derive
from graph.formats.copying import copy
from graph.judging.making import make_judgement
from graph.records import Claim, ClaimType, JudgementKind, Predicate, PropositionId, Quantity
from graph.store import ClaimQuery, Facet, GraphStore
from graph.stores import open_store
from tests.contract.builders import Said, make_extraction
from tests.contract.generated import ENTITIES, START, TIES, iter_extractions, make_copies

_ROOT = Path(__file__).parents[2]
_FILES = sorted((_ROOT / "data" / "queries").glob("*.cypher"))

Pair = tuple[GraphStore, GraphStore]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with open_store(str(tmp_path_factory.mktemp("generated") / "store.db")) as store:
        store.add_entities(ENTITIES, TIES)
        extractions = list(iter_extractions())
        store.add(extractions)
        store.add_copies(make_copies(extractions))
        dismiss_some(store)
        yield store


def dismiss_some(store: GraphStore) -> None:
    """Derives, and judges some of the contradictions to be none."""
    derive(store)
    for one in store.list_contradictions(limit=5):
        claims = [found.links[0].claim for found in store.get_propositions([one.one, one.other])]
        store.judge(make_judgement(JudgementKind.DISMISS, (), "ann", START, "another scope", claims=claims))
    derive(store)


@pytest.fixture(scope="module")
def story(demo: str, demo_home: Path) -> Iterator[GraphStore]:
    """The demo story as `claimgraph demo` reads it."""
    assert demo
    with open_store(str(demo_home / "claimgraph" / "demo" / "demo.db"), read_only=True) as store:
        yield store


@pytest.fixture(scope="module", params=["generated", "story"])
def pair(request: pytest.FixtureRequest) -> Iterator[Pair]:
    """The same graph in a file and on a server."""
    file: GraphStore = request.getfixturevalue(request.param)
    server = request.getfixturevalue("neo4j_server")
    server.empty()
    with open_store(server.address) as store:
        copy(file, store)
        derive(store)
        yield file, store


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_both_stores_give_the_same_rows(pair: Pair, path: Path) -> None:
    asked = parse_query_file(path.read_text("utf-8"))
    file, server = (store.cypher(asked.query, asked.parameters) for store in pair)
    assert server.columns == file.columns
    assert server.rows == file.rows


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_a_ready_query_finds_something(generated: GraphStore, path: Path) -> None:
    asked = parse_query_file(path.read_text("utf-8"))
    assert generated.cypher(asked.query, asked.parameters).rows


@pytest.fixture(scope="module", params=["misread", "weak"])
def aside(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """The generated graph, all claims of which people judged misread, or were read unsurely."""
    with open_store(str(tmp_path_factory.mktemp(request.param) / "store.db")) as store:
        store.add_entities(ENTITIES, TIES)
        score = 1.0 if request.param == "misread" else 0.1
        extractions = [
            replace(one, claims=tuple(replace(claim, score=score) for claim in one.claims))
            for one in iter_extractions(60)
        ]
        store.add(extractions)
        if request.param == "misread":
            claims = [claim.id for one in extractions for claim in one.claims]
            store.judge(make_judgement(JudgementKind.MISREAD, (), "ann", START, "nobody said so", claims=claims))
        derive(store)
        yield store


# They ask for what is there whether or not a claim speaks of it. Where a condition refuses the shortest path, a store
# in a file finds none.
_OF_NO_CLAIMS = ("28-ties-of", "30-shortest-path", "32-mentioned-and-silent", "36-copies", "37-inventory")
# They quote sentences or ask for names, weak ones among them, as a search for `weak:all` does.
_QUOTING = tuple(f"{number:02}-" for number in (1, 2, 5, 6, 7, 8, 10, 11, 12, 19, 27, 31))


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_no_ready_query_tells_or_counts_what_is_set_aside(
    request: pytest.FixtureRequest, aside: GraphStore, path: Path
) -> None:
    asked = parse_query_file(path.read_text("utf-8"))
    is_weak = request.node.callspec.params["aside"] == "weak"
    if path.stem in _OF_NO_CLAIMS or (is_weak and path.stem.startswith(_QUOTING)):
        return
    table = aside.cypher(asked.query, asked.parameters)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert [row for row in rows if row.get("claims") != 0] == [], "models and pages stand there with none"


def test_figures_below_zero_are_as_far_apart_as_those_above(tmp_path: Path) -> None:
    [path] = [path for path in _FILES if path.stem.startswith("23-")]
    fell = {"Alibaba": (-10.0,), "Microsoft": (-10.0, -9.0), "OpenAI": (-10.0, -5.0), "DeepSeek": (-1.0, 1.0)}
    said = [
        Said(
            f"{name} moved {value:g} %.",
            subject=name,
            object=None,
            type=ClaimType.MARKET,
            predicate=Predicate.STOCK_MOVED,
            quantity=Quantity("stock_change", value, "%"),
        )
        for name, values in fell.items()
        for value in values
    ]
    with open_store(str(tmp_path / "store.db")) as store:
        store.add_entities(ENTITIES, TIES)
        store.add([make_extraction(*said)])
        table = store.cypher(parse_query_file(path.read_text("utf-8")).query)
    assert [row[0] for row in table.rows] == ["DeepSeek", "OpenAI"]


def test_the_origins_of_an_accusation_are_those_of_its_matter(generated: GraphStore) -> None:
    [path] = [path for path in _FILES if path.stem.startswith("04-")]
    asked = parse_query_file(path.read_text("utf-8"))
    table = generated.cypher(asked.query, asked.parameters)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    found = {
        one.id: one for one in generated.get_propositions([PropositionId(str(row["proposition"])) for row in rows])
    }
    assert rows
    assert all(row["origins"] == found[PropositionId(str(row["proposition"]))].origins for row in rows)


def test_every_ready_query_says_what_it_answers_and_has_its_parameters() -> None:
    assert len(_FILES) >= 32
    for path in _FILES:
        asked = parse_query_file(path.read_text("utf-8"))
        assert asked.title, path.name
        assert set(re.findall(r"\$(\w+)", asked.query)) == set(asked.parameters), path.name
        assert "ORDER BY" in asked.query or "length(p)" in asked.query, path.name


def test_both_stores_find_the_same_claims_in_the_same_order(pair: Pair) -> None:
    file, server = pair
    claims = file.find_claims(ClaimQuery(), limit=200).claims
    for query in _make_queries(claims, random.Random(3)):
        first, second = (store.find_claims(query, limit=7) for store in pair)
        assert first == second, query
        if first.next:
            assert file.find_claims(query, 7, first.next) == server.find_claims(query, 7, second.next), query
        assert file.count_claims(query, Facet.SOURCE) == server.count_claims(query, Facet.SOURCE), query


def test_both_stores_list_the_same(pair: Pair) -> None:
    file, server = pair
    newest = file.count().latest
    assert newest
    assert file.list_entities(limit=50) == server.list_entities(limit=50)
    since = newest - timedelta(days=3)
    assert file.list_entities(since, limit=50) == server.list_entities(since, limit=50)
    assert file.list_new_names(limit=50) == server.list_new_names(limit=50)
    assert file.list_articles(limit=50) == server.list_articles(limit=50)
    entities = list(file.iter_entities())
    for entity in random.Random(3).sample(entities, min(120, len(entities))):
        assert file.list_ties(entity.id) == server.list_ties(entity.id)
        assert file.list_articles(entity.id, limit=5) == server.list_articles(entity.id, limit=5)
        for text in (entity.name, entity.name[:3], entity.name_ja or entity.name):
            assert file.find_entities(text) == server.find_entities(text), text


def _make_queries(claims: Sequence[Claim], chance: random.Random) -> Iterator[ClaimQuery]:
    """Words, runs of words and pieces of Japanese out of the claims' own sentences, alone and with other conditions."""
    yield ClaimQuery()
    for claim in chance.sample(claims, min(12, len(claims))):
        words = (
            claim.text.split() if claim.lang == "en" else [claim.text[n : n + 2] for n in range(len(claim.text) - 1)]
        )
        word = chance.choice(words)
        start = chance.randrange(max(1, len(claim.text) - 12))
        yield ClaimQuery(words=(word,))
        yield ClaimQuery(phrases=(claim.text[start : start + chance.randrange(1, 12)],))
        yield ClaimQuery(words=tuple(chance.sample(words, min(2, len(words)))), without=(chance.choice(words),))
        about = (claim.subject.entity,) if claim.subject.entity else ()
        yield ClaimQuery(about=about, types=(claim.type,), since=claim.reported_at - timedelta(days=2))
        yield ClaimQuery(words=(word,), about=about, polarities=(claim.polarity,), until=claim.reported_at)
