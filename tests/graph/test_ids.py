"""Ids are made from content, readable where people see them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.ids import fold_name, format_time, make_article_id, make_claim_id, make_entity_id, make_source_id
from graph.records import Party, Quantity


def _claim_id(**changes: object) -> str:
    values: dict[str, object] = {
        "article_id": "a1",
        "span": (0, 9),
        "predicate": "costs",
        "subject": Party("R1"),
        "object": None,
        "quantity": Quantity("price", 5.0, "USD"),
        "benchmark": None,
        "polarity": "affirmed",
    }
    return make_claim_id(**(values | changes))  # type: ignore[arg-type]


def test_an_article_is_its_address_and_its_text() -> None:
    first = make_article_id("https://a.example/1", "text")
    assert first == make_article_id("https://a.example/1", "text")
    assert first != make_article_id("https://a.example/1", "text, corrected")
    assert first != make_article_id("https://a.example/2", "text")
    assert make_article_id("a", "bc") != make_article_id("ab", "c")


@pytest.mark.parametrize(
    "changes",
    [
        {"article_id": "a2"},
        {"span": (0, 8)},
        {"predicate": "spending"},
        {"subject": Party("V3")},
        {"object": Party("V3")},
        {"benchmark": Party("V3")},
        {"quantity": None},
        {"quantity": Quantity("price", 6.0, "USD")},
        {"quantity": Quantity("price", 5.0, "JPY")},
        {"polarity": "denied"},
    ],
    ids=str,
)
def test_a_claim_is_where_it_stands_and_what_it_says(changes: dict[str, object]) -> None:
    assert _claim_id() == _claim_id()
    assert _claim_id(**changes) != _claim_id()


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("OpenAI", "openai"),
        ("Qwen2.5-Max", "qwen2.5-max"),
        ("OpenAI o1", "openai-o1"),
        ("ＯｐｅｎＡＩ", "openai"),
        ("楽天", "楽天"),
        ("C++", "c++"),
        (" ./ ", "e" + make_entity_id(" ./ ")[1:]),
    ],
)
def test_entity_ids_read_as_names(name: str, id: str) -> None:
    assert make_entity_id(name) == id


@given(st.text())
def test_every_name_gives_an_id_that_fits_an_address(name: str) -> None:
    assert make_entity_id(name)
    assert not set(make_entity_id(name)) & set(" /?#%&\n\t")


@pytest.mark.parametrize("domain", ["www.Example.com", "example.com", "WWW.EXAMPLE.COM"])
def test_a_source_is_its_domain(domain: str) -> None:
    assert make_source_id(domain) == "example.com"


@pytest.mark.parametrize("name", ["GPT-4", "gpt 4", "ＧＰＴ４", "G.P.T.4"])
def test_spellings_fold_together(name: str) -> None:
    assert fold_name(name) == "gpt4"


def test_times_compare_as_text() -> None:
    assert format_time(datetime(2025, 1, 2, 3, 4, 5, 6, tzinfo=UTC)) == "2025-01-02T03:04:05Z"
    assert format_time(datetime(26, 1, 1, tzinfo=UTC)) < format_time(datetime(2025, 1, 1, tzinfo=UTC))
