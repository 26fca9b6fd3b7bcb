"""The guard lets honest questions through and nothing that writes, calls out or breaks the engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.cypher.guard import find_parameters, find_unknown_names, guard
from graph.errors import QueryError
from tests.graph.corpus import BOMBS, DISGUISED, HONEST


@pytest.mark.parametrize("query", HONEST)
def test_honest_questions_pass(query: str) -> None:
    assert guard(query)


@pytest.mark.parametrize("query", DISGUISED)
def test_everything_else_is_refused(query: str) -> None:
    with pytest.raises(QueryError) as error:
        guard(query)
    assert error.value.reason == "refused"
    assert str(error.value)


@pytest.mark.parametrize("query", BOMBS.values(), ids=BOMBS)
def test_texts_that_break_engines_are_refused(query: str) -> None:
    with pytest.raises(QueryError) as error:
        guard(query)
    assert error.value.reason == "refused"


def test_there_are_as_many_as_promised() -> None:
    assert len(set(HONEST)) >= 60
    assert len(set(DISGUISED)) >= 60


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("MATCH (n)\n  SET n.x = 1", "line 2, column 3: SET"),
        ("CALL apoc.help('x')", "apoc.help"),
        ("MATCH (n) /* x */ RETURN n", "block comments"),
        ("MATCH (n) RETURN 'x", "never closed"),
        ("MATCH (n)\nRETURN size([1, 2)", "line 2, column 18: '\\)' closes nothing"),
        ("MATCH (n)\nRETURN [1, 2", "line 2, column 8: '\\[' is never closed"),
        ("MATCH (n) FETCH n", "FETCH"),
        ("MATCH (n) RETURN n; RETURN 1", "one statement"),
    ],
)
def test_a_refusal_says_what_and_where(query: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        guard(query)


@pytest.mark.parametrize(
    ("query", "rebuilt"),
    [
        ("MATCH (n) // all\nRETURN n.id  AS id ;", "MATCH (n)       \nRETURN n.id  AS id"),
        ("RETURN n.id,count(*)", "RETURN n.id,count(*)"),
        ("RETURN 1 AS 文", "RETURN 1 AS `文`"),
        ("RETURN 'a  // b' AS x", "RETURN 'a  // b' AS x"),
        ("\r\nMATCH (n)\r\n\tRETURN n", "\nMATCH (n)\n RETURN n"),
    ],
)
def test_what_runs_is_rebuilt_from_tokens(query: str, rebuilt: str) -> None:
    assert guard(query) == rebuilt


@pytest.mark.parametrize("query", HONEST)
def test_a_rebuilt_query_passes_again_unchanged(query: str) -> None:
    assert guard(guard(query)) == guard(query)


_PIECES = ["MATCH", "RETURN", "DELETE", "load", "(n)", *" n1(){}[]'\"`/*\n\\.:;|"]


@given(
    st.text(st.sampled_from("MATCHRETURNSEDL lead(){}[]'\"`/*\n\\.:;|n1"), max_size=60)
    | st.lists(st.sampled_from(_PIECES), max_size=8).map(lambda pieces: " ".join(["MATCH (n) RETURN n", *pieces]))
)
def test_any_text_is_answered(text: str) -> None:
    try:
        rebuilt = guard(text)
    except QueryError:
        return
    assert guard(rebuilt) == rebuilt


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("MATCH (c:Claim)-[:SUBJECT]->(e:Company {name: 'x'}) RETURN c.text AS t, e.name_ja AS n", ()),
        ("MATCH (c:Claims) RETURN c.id AS id", (":Claims",)),
        ("MATCH (c:Claim:Foo) WHERE c:Bar RETURN c.type AS t", (":Foo", ":Bar", ".type")),
        ("MATCH (a)-[r:SAID|SUBJECT|TOLD*1..2]->(b) RETURN r", ("[:SAID]", "[:TOLD]")),
        ("MATCH (c:Claim {langs: 'ja', lang: x}) RETURN c.txt AS a, c.txt AS b", (".langs", ".txt")),
        ("WITH {mine: 1} AS m RETURN m.mine AS a, m.yours AS b", (".yours",)),
        ("RETURN date('2025-01-01').year AS y, duration.between(a, b) AS d", ()),
        ("CALL db.labels() YIELD label RETURN label", ()),
        ("MATCH (c:Claim) RETURN c {.id, .nope} AS c", (".nope",)),
        ("MATCH (a) CALL { WITH a MATCH (a:Nope) RETURN 1 AS x } RETURN x", (":Nope",)),
        ("MATCH (n:`Odd Label`) RETURN n", (":Odd Label",)),
        ("RETURN [x IN [1] | x] AS xs, {a: b} AS m", ()),
        ("MATCH (n:Company|Firm) RETURN n", (":Firm",)),
    ],
)
def test_names_outside_the_schema_are_found(query: str, names: tuple[str, ...]) -> None:
    assert find_unknown_names(query) == names


def test_parameters_are_found_outside_texts_and_comments() -> None:
    assert find_parameters("MATCH (e {id: $id}) // $no\nRETURN '$no' AS a, $two AS b, $id AS c") == ("id", "two")
    with pytest.raises(QueryError):
        find_parameters("RETURN 'open")


def test_places_are_the_same_however_lines_end() -> None:
    for query in ("MATCH (c)\n  DELETE c", "MATCH (c)\r\n  DELETE c"):
        with pytest.raises(QueryError, match="line 2, column 3: DELETE"):
            guard(query)
