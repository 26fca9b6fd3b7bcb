"""What a file of Cypher says about itself."""

import pytest

from graph.cypher.files import QueryFile, parse_query_file, read_parameter
from graph.errors import QueryError


def test_the_first_comment_is_the_title_and_parameters_are_json() -> None:
    head = '// Who says what\n// of whom\n\n// param n = 5\n// param who = ["a", "京"]\n'
    text = f"{head}MATCH (c) // here\nRETURN $n AS n\n"
    parsed = parse_query_file(text)
    assert parsed == QueryFile("Who says what", "MATCH (c) // here\nRETURN $n AS n", {"n": 5, "who": ["a", "京"]})


@pytest.mark.parametrize(("text", "title"), [("RETURN 1 AS n", ""), ("// param n = 1\nRETURN $n AS n", ""), ("", "")])
def test_a_file_needs_no_title(text: str, title: str) -> None:
    assert parse_query_file(text).title == title


def test_a_value_that_is_no_json_is_named() -> None:
    with pytest.raises(QueryError, match="param n = five: not JSON"):
        parse_query_file("// param n = five\nRETURN $n AS n")


@pytest.mark.parametrize(
    ("text", "value"), [("5", 5), ('["a"]', ["a"]), ("DeepSeek", "DeepSeek"), ('"5"', "5"), ("", "")]
)
def test_a_value_by_hand_is_json_or_text(text: str, value: object) -> None:
    assert read_parameter(text) == value


def test_a_value_nested_too_deep_is_refused() -> None:
    with pytest.raises(QueryError, match="nested too deep"):
        read_parameter("[" * 100_000)
