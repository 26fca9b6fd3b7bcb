"""Every store answers alike over generated data and over the demo story: ready queries, search, lists."""

import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from graph.copying import copy
from graph.deriving import derive
from graph.judging import make_judgement
from graph.query_files import parse_query_file
from graph.records import Claim, JudgementKind
from graph.store import ClaimQuery, Facet, GraphStore
from graph.stores import open_store
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
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """The demo story as `claimgraph demo` reads it."""
    home = tmp_path_factory.mktemp("home")
    command = [sys.executable, "-m", "claimgraph", "demo", "--port", "0"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(home)}
    with subprocess.Popen(command, cwd=_ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert any("claimgraph is at" in line for line in process.stderr), "the demo did not start"
        process.terminate()
        process.stderr.read()
    with open_store(str(home / "claimgraph" / "demo" / "demo.db"), read_only=True) as store:
        yield store


@pytest.fixture(scope="module", params=["generated", "demo"])
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
