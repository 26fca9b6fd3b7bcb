"""Cypher over what was added: the same labels, properties and answers from every store."""

import json
from dataclasses import replace

import pytest

from graph.deriving import derive
from graph.errors import QueryError
from graph.records import Quantity, Relation, Tie
from graph.schema import LABELS
from graph.store import GraphStore, QueryLimits
from tests.contract.builders import MICROSOFT, OPENAI, Said, make_extraction

EXTRACTION = make_extraction(
    Said(
        "Microsoft said, Bloomberg reports, DeepSeek distilled OpenAI for 5.6 million dollars.",
        object="OpenAI",
        speakers=("Bloomberg", "Microsoft", "Microsoft"),
        quantity=Quantity("training_cost", 5.6e6, "USD"),
    ),
    Said("R1 is good on AIME 2024.", subject="DeepSeek-R1", benchmark="AIME 2024"),
)
FIRST, SECOND = EXTRACTION.claims


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    store.add([EXTRACTION])
    derive(store)
    store.add_entities([], [Tie(MICROSOFT.id, Relation.INVESTED_IN, OPENAI.id, "curated")])
    return store


def test_columns_keep_their_names_and_order(full: GraphStore) -> None:
    table = full.cypher("MATCH (c:Claim) RETURN c.text AS z, c.id AS 文, 1 AS a ORDER BY c.start_char")
    assert table.columns == ("z", "文", "a")
    assert table.rows == ((FIRST.text, FIRST.id, 1), (SECOND.text, SECOND.id, 1))
    assert not table.truncated


def test_columns_are_there_without_rows(full: GraphStore) -> None:
    table = full.cypher("MATCH (c:Claim {id: 'none'}) RETURN c.text AS b, c AS a")
    assert (table.columns, table.rows) == (("b", "a"), ())


def test_an_empty_store_answers(store: GraphStore) -> None:
    assert store.cypher("MATCH (c:Claim) RETURN count(c) AS n").rows == ((0,),)


def test_a_query_sees_what_was_added_before_it(store: GraphStore) -> None:
    query = "MATCH (c:Claim) RETURN count(c) AS n"
    assert store.cypher(query).rows == ((0,),)
    store.add([EXTRACTION])
    assert store.cypher(query).rows == ((2,),)
    store.add([make_extraction(Said("Another."), url="https://news.example/2")])
    assert store.cypher(query).rows == ((3,),)


def test_every_property_of_a_claim_is_there(full: GraphStore) -> None:
    ((node,),) = full.cypher("MATCH (c:Claim {id: $id}) RETURN c AS c", {"id": FIRST.id}).rows
    assert node == {
        "_labels": ["Claim"],
        "id": FIRST.id,
        "claim_type": "allegation",
        "predicate": "distilled_from",
        "text": FIRST.text,
        "lang": "en",
        "start_char": 0,
        "end_char": len(FIRST.text),
        "modality": "alleged",
        "polarity": "affirmed",
        "reported_at": "2025-01-29T12:00:00Z",
        "measure": "training_cost",
        "value": 5.6e6,
        "unit": "USD",
        "comparator": "=",
        "subject": "DeepSeek",
        "object": "OpenAI",
        "origin": "Microsoft",
        "reader": "test 1",
    }


def test_how_a_claim_was_read_can_be_asked(store: GraphStore) -> None:
    graded = Said("A.", reader="learned 2", score=0.42, refuted="names nobody", misread="a question")
    store.add([make_extraction(graded, Said("B.", score=1.0))])
    query = (
        "MATCH (c:Claim) WHERE c.score >= 0.2 "
        "RETURN c.reader AS reader, c.score AS score, c.refuted AS refuted, c.misread AS misread ORDER BY score"
    )
    assert store.cypher(query).rows == (
        ("learned 2", 0.42, "names nobody", "a question"),
        ("test 1", 1.0, None, None),
    )


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.name)
def test_nodes_have_the_properties_of_the_schema_only(full: GraphStore, label: object) -> None:
    name, properties = label.name, set(label.properties)  # type: ignore[attr-defined]
    rows = full.cypher(f"MATCH (n:{name}) RETURN n AS n").rows
    assert rows
    for (node,) in rows:
        assert isinstance(node, dict)
        assert set(node) - {"_labels"} <= properties


def test_entities_carry_their_type_as_a_second_label(full: GraphStore) -> None:
    table = full.cypher(
        "MATCH (e:Company) RETURN e.name AS name, labels(e) AS labels, e.aliases AS aliases ORDER BY name"
    )
    assert table.rows == (
        ("DeepSeek", ["Entity", "Company"], ["深度求索"]),
        ("Microsoft", ["Entity", "Company"], []),
        ("OpenAI", ["Entity", "Company"], ["Open AI"]),
    )


def test_a_speaker_may_stand_twice_in_a_chain(full: GraphStore) -> None:
    table = full.cypher(
        "MATCH (:Claim {id: $id})-[r:CLAIMED_BY]->(e:Entity) RETURN e.name AS name, r.depth AS depth ORDER BY depth",
        {"id": FIRST.id},
    )
    assert table.rows == (("Microsoft", 1), ("Microsoft", 2))


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("(:Source)-[r:PUBLISHED]->(:Article)", 1),
        ("(:Article)-[r:MENTIONS]->(:Entity)", 4),
        ("(:Article)-[r:STATES]->(:Claim)", 2),
        ("(:Claim)-[r:SUBJECT]->(:Entity)", 2),
        ("(:Claim)-[r:OBJECT]->(:Entity)", 1),
        ("(:Claim)-[r:ON]->(:Benchmark)", 1),
        ("(:Claim)-[r:CLAIMED_BY]->(:Entity)", 2),
        ("(:Company)-[r:INVESTED_IN]->(:Company)", 1),
        ("(:Claim)-[r:SAYS]->(:Proposition)", 2),
        ("(:Proposition)-[r:HAD]->(:Event)", 2),
    ],
)
def test_relationships_are_there(full: GraphStore, pattern: str, count: int) -> None:
    assert full.cypher(f"MATCH {pattern} RETURN count(r) AS n").rows == ((count,),)


def test_an_article_node_is_complete(full: GraphStore) -> None:
    ((node,),) = full.cypher("MATCH (a:Article) RETURN a AS a").rows
    assert isinstance(node, dict)
    assert len(str(node.pop("text_hash"))) == 20
    article = EXTRACTION.article
    assert node == {
        "_labels": ["Article"],
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "lang": "en",
        "published_at": "2025-01-29T12:00:00Z",
        "fetched_at": "2025-01-29T12:00:00Z",
        "version": 1,
        "kind": "news",
    }


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("(a:Claim)-[:SUBJECT]-(e)-[:OBJECT]-(b)", 0),
        ("(a:Article)-[:STATES]-(c)-[:SUBJECT]-(e)", 2),
        ("(a:Article)-[:STATES]->(c)-[:OBJECT]-(e)", 1),
        ("(a:Company)-[:INVESTED_IN]-(b)<-[:OBJECT]-(c)", 1),
        ("(a:Claim)-[:STATES*2]-(b)", 2),
        ("(a:Claim)--(b)--(c:Company)", 9),
    ],
)
def test_a_pattern_of_two_steps_is_counted_whatever_its_directions(full: GraphStore, pattern: str, count: int) -> None:
    assert full.cypher(f"MATCH {pattern} RETURN count(*) AS n").rows == ((count,),)
    assert len(full.cypher(f"MATCH {pattern} RETURN a.id AS id").rows) == count


def test_what_has_no_name_is_found_under_none(full: GraphStore) -> None:
    query = "MATCH (n) WHERE n:Claim OR n:Proposition OR n:Event RETURN DISTINCT n.name AS name, n.title AS title"
    assert full.cypher(query).rows == ((None, None),)
    full.add([make_extraction(Said("Another."), url="https://news.example/2")])
    assert full.cypher(query).rows == ((None, None),)


@pytest.mark.parametrize("label", ["Claim", "Article", "Proposition", "Event"])
def test_properties_are_those_of_the_whole_node(full: GraphStore, label: str) -> None:
    [*rows] = full.cypher(f"MATCH (n:{label}) RETURN n AS n, properties(n) AS p, n {{.*}} AS m").rows
    for node, properties, projected in rows:
        assert isinstance(node, dict)
        assert node.pop("_labels") == [label]
        assert properties == projected == node


def test_a_map_that_the_query_makes_has_all_its_keys(full: GraphStore) -> None:
    made = "RETURN {claims: 1, open: {number: true}, type: 'x', title: 'y'} AS m, $p AS p"
    given = [{"record": 1, "matter": [{"key": "京"}]}]
    assert full.cypher(made, {"p": given}).rows == (
        ({"claims": 1, "open": {"number": True}, "type": "x", "title": "y"}, given),
    )
    projected = "MATCH (e:Entity {id: 'openai'}) RETURN e {.name, claims: 3} AS m"
    assert full.cypher(projected).rows == (({"name": "OpenAI", "claims": 3},),)


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("MATCH (n:Entity:Company) RETURN count(n) AS n", (3,)),
        ("MATCH (n:Company|Model) RETURN count(n) AS n", (4,)),
        ("MATCH (n) WHERE n:Entity AND NOT n:Company RETURN count(n) AS n", (2,)),
        ("MATCH (a:Article) RETURN size([(a)-[:STATES]->(c) WHERE c.value > 1 | c.id]) AS n", (1,)),
        (
            "MATCH (a:Article) CALL (a) { MATCH (a)-[:STATES]->(c) RETURN max(c.end_char) AS n } RETURN n > 0 AS n",
            (True,),
        ),
        ("UNWIND [1, 2, 3] AS x WITH x WHERE 1 < x AND x < 3 RETURN CASE WHEN x > 1 THEN 'more' END AS n", ("more",)),
        (
            "MATCH (c:Claim) WITH c.lang AS lang, count(*) AS n ORDER BY n RETURN {lang: lang, n: n} AS m",
            ({"lang": "en", "n": 2},),
        ),
        (
            "RETURN size([]) = 0, toUpper('a'), trim(' a '), toInteger('x'), round(exp(0), 1)",
            (True, "A", "a", None, 1.0),
        ),
    ],
)
def test_what_the_docs_tell_to_write_means_the_same_everywhere(
    full: GraphStore, query: str, row: tuple[object, ...]
) -> None:
    assert full.cypher(query).rows == (row,)


def test_what_is_no_number_is_null(full: GraphStore) -> None:
    query = "RETURN 1.0 / 0 AS a, [0.0 / 0] AS b, {c: -1.0 / 0} AS c, sqrt(-1) AS d"
    assert full.cypher(query).rows == ((None, [None], {"c": None}, None),)


def test_relationships_come_as_their_properties(full: GraphStore) -> None:
    assert full.cypher("MATCH ()-[r:INVESTED_IN]->() RETURN r AS r").rows == (
        ({"_type": "INVESTED_IN", "source": "curated"},),
    )


def test_values_are_plain(full: GraphStore) -> None:
    table = full.cypher(
        "MATCH p = (a:Company)-[:INVESTED_IN]->(b) "
        "RETURN p AS p, [1, 2.5, null, true, 'x'] AS l, {a: {b: [1]}} AS m, date('2025-01-01') AS d, "
        "datetime('2025-01-01T00:00:00Z') AS t, duration('P1Y2M3DT1.5S') AS u, $p AS q",
        {"p": {"k": [1, None, "京"]}},
    )
    assert json.loads(json.dumps(table.rows)) == [list(row) for row in table.rows]
    ((_, items, mapping, day, moment, length, parameter),) = table.rows
    assert length == {"months": 14, "days": 3, "seconds": 1, "nanoseconds": 500_000_000}
    assert (items, mapping, day) == ([1, 2.5, None, True, "x"], {"a": {"b": [1]}}, "2025-01-01")
    assert moment == "2025-01-01T00:00:00Z"
    assert parameter == {"k": [1, None, "京"]}


def test_rows_are_cut_at_the_limit_and_told(full: GraphStore) -> None:
    table = full.cypher("UNWIND range(1, 50) AS n RETURN n AS n ORDER BY n", limits=QueryLimits(rows=10))
    assert (len(table.rows), table.truncated) == (10, True)
    assert not full.cypher("UNWIND range(1, 10) AS n RETURN n AS n", limits=QueryLimits(rows=10)).truncated


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("CREATE (:Claim)", "refused"),
        ("LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row", "refused"),
        ("MATCH (n RETURN n", "refused"),
        ("MATCH (n) RETURN m", "failed"),
        ("RETURN 1 AS a, 2 AS a", "failed"),
    ],
)
def test_what_cannot_be_answered_says_why(full: GraphStore, query: str, reason: str) -> None:
    with pytest.raises(QueryError) as error:
        full.cypher(query)
    assert error.value.reason == reason
    assert str(error.value)


def test_a_parameter_that_is_no_value_is_refused(full: GraphStore) -> None:
    with pytest.raises(QueryError) as error:
        full.cypher("RETURN $p AS p", {"p": object()})
    assert error.value.reason == "refused"


def test_a_query_that_never_ends_is_stopped(full: GraphStore) -> None:
    product = " ".join(f"UNWIND range(1, 2000) AS x{n}" for n in range(4))
    with pytest.raises(QueryError) as error:
        full.cypher(f"{product} RETURN count(*) AS n", limits=QueryLimits(seconds=0.3, memory_mb=4_096))
    assert error.value.reason == "timeout"
    assert full.cypher("RETURN 1 AS n").rows == ((1,),)


def test_ties_have_the_days_that_a_table_says_last(store: GraphStore) -> None:
    plain = Tie(MICROSOFT.id, Relation.PARTNER_OF, OPENAI.id, "a table")
    store.add_entities([MICROSOFT, OPENAI], [plain])
    for tie in (replace(plain, source="a table, until 2024-05"), plain):
        store.add_entities([], [tie])
        assert store.cypher("MATCH (:Entity)-[t:PARTNER_OF]->(:Entity) RETURN t.source").rows == ((tie.source,),)
