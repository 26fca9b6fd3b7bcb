"""What a query may do and take, on every store: disguises are refused, honest questions answered, bombs stopped."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.errors import QueryError
from graph.store import ClaimQuery, GraphStore, QueryLimits
from graph.stores import open_store
from tests.contract.builders import Said, make_extraction
from tests.graph.corpus import BOMBS, DISGUISED, HONEST

SECONDS = 1.0
# Over the limit, until the store answers: grace for the engine, and a machine that has other work.
SLACK = 4.0

EXTRACTION = make_extraction(
    Said("Microsoft said DeepSeek distilled OpenAI.", object="OpenAI", speakers=("Microsoft",)),
    Said("R1 is good on AIME 2024.", subject="DeepSeek-R1", benchmark="AIME 2024"),
)

RUNAWAYS = {
    "cross product": " ".join(f"UNWIND range(1, 100000) AS x{n}" for n in range(4)) + " RETURN count(*) AS n",
    "walks": "MATCH (a)-[*1..30]-(b)-[*1..30]-(c) RETURN count(*) AS n",
    "rows": "UNWIND range(1, 10000000) AS x RETURN x AS x",
    "numbers": "RETURN reduce(s = 0, x IN range(1, 10000000000) | s + x) AS n",
    "nested numbers": "RETURN size([x IN range(1, 30000) | [y IN range(1, 30000) | y]]) AS n",
    "all of many": "RETURN all(x IN range(1, 10000000000) WHERE x > 0) AS b",
    "text that doubles": "RETURN size(reduce(s = 'a', x IN range(1, 40) | s + s)) AS n",
    "text that doubles by clauses": "WITH 'a' AS s " + "WITH s + s AS s " * 40 + "RETURN size(s) AS n",
    "text that squares": "WITH 'aaaaaaaaaaaaaaaaaaaa' AS s "
    + "WITH replace(s, 'a', s) AS s " * 6
    + "RETURN size(s) AS n",
    "list that doubles": "RETURN size(reduce(l = [1], x IN range(1, 40) | l + l)) AS n",
    "gathered list": "UNWIND range(1, 100000000) AS x RETURN size(collect(x)) AS n",
    "regular expression, back and forth": f"RETURN '{'a' * 15000}!' =~ 'a*a*a*a*b' AS b",
    "regular expression, nested": "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ '(.*)*(.*)*(a+)+b' AS b",
    **BOMBS,
}

# Neo4j has no NULLS LAST, the embedded engine no COLLECT { } and no negated labels.
SHARED = [query for query in HONEST if "NULLS LAST" not in query and "COLLECT {" not in query and ":!" not in query] + [
    "MATCH (c:Claim) WHERE c.reported_at STARTS WITH '2025-01' RETURN c.id AS id ORDER BY c.value DESC, id LIMIT 3",
    "MATCH (s:Source) OPTIONAL MATCH (s)-[:PUBLISHED]->(a) RETURN s.id AS id, count(a) AS n ORDER BY n DESC, id",
    "MATCH (c:Claim) RETURN coalesce(c.measure, 'none') AS measure, avg(c.value) AS mean ORDER BY measure",
]


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add([EXTRACTION])
    return store


def test_disguised_writes_are_refused_and_change_nothing(full: GraphStore) -> None:
    before = full.count()
    for query in DISGUISED:
        with pytest.raises(QueryError) as error:
            full.cypher(query)
        assert error.value.reason == "refused", query
    assert full.count() == before
    assert full.cypher("MATCH (n) RETURN count(n) AS n").rows == ((9,),)


def test_honest_questions_are_answered(full: GraphStore) -> None:
    parameters = {"names": ["DeepSeek"], "value": 1}
    assert len(SHARED) >= 60
    for query in SHARED:
        used = {name: value for name, value in parameters.items() if f"${name}" in query}
        assert full.cypher(query, used).columns, query


@pytest.mark.parametrize("query", RUNAWAYS.values(), ids=RUNAWAYS)
def test_a_bomb_is_stopped_in_time_and_pages_still_answer(full: GraphStore, query: str) -> None:
    with ThreadPoolExecutor(1) as thread:
        started = time.monotonic()
        bomb = thread.submit(_ask, full, query)
        assert len(full.find_claims(ClaimQuery()).claims) == 2
        outcome = bomb.result()
    assert time.monotonic() - started < SECONDS + SLACK
    assert outcome in ("answered", "cut", "refused", "timeout", "memory", "failed")
    assert full.cypher("RETURN 1 AS n").rows == ((1,),)
    assert full.count().claims == 2


def test_sixteen_slow_queries_at_once_leave_pages_alone(full: GraphStore) -> None:
    with ThreadPoolExecutor(16) as threads:
        asked = [threads.submit(_ask, full, RUNAWAYS["cross product"]) for _ in range(16)]
        started = time.monotonic()
        assert len(full.find_claims(ClaimQuery()).claims) == 2
        assert time.monotonic() - started < SLACK
        assert {future.result() for future in asked} <= {"timeout", "memory"}
    assert full.cypher("RETURN 1 AS n").rows == ((1,),)


def _ask(store: GraphStore, query: str) -> str:
    """How it ended."""
    try:
        table = store.cypher(query, limits=QueryLimits(seconds=SECONDS, rows=10))
    except QueryError as error:
        return error.reason
    return "cut" if table.truncated else "answered"


@pytest.fixture
def reader(address: str) -> Iterator[GraphStore]:
    with open_store(address) as store:
        store.add([EXTRACTION])
    with open_store(address, read_only=True) as store:
        yield store


def test_a_store_opened_for_reading_answers(reader: GraphStore) -> None:
    assert reader.count().claims == 2
    assert reader.cypher("MATCH (c:Claim) RETURN count(c) AS n").rows == ((2,),)
