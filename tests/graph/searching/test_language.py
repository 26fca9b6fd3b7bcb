"""The search language: one question, whichever of its words it is asked in."""

from datetime import UTC, datetime

import pytest

from graph.searching.language import format_terms, parse_search, parse_terms

NOW = datetime(2025, 2, 1, tzinfo=UTC)


def test_firmness_is_what_the_graph_calls_modality() -> None:
    asked = [parse_search(f"{key}:alleged", lambda name: (), NOW) for key in ("firmness", "modality")]
    assert asked[0] == asked[1]
    assert asked[0].modalities


@pytest.mark.parametrize(
    ("wide", "plain"),
    [
        ("ｔｙｐｅ：ａｌｌｅｇａｔｉｏｎ", "type:allegation"),
        ("lang：ja　－蒸留", "lang:ja -蒸留"),
        ("－source：a.example since:２０２５－０１－２８", "-source:a.example since:2025-01-28"),
        ("“trained on”　＂蒸留で＂", '"trained on" "蒸留で"'),
        ("注：蒸留 ノート：x", "注：蒸留 ノート：x"),
    ],
)
def test_wide_signs_ask_as_the_plain_ones_do(wide: str, plain: str) -> None:
    assert parse_search(wide, lambda name: (), NOW) == parse_search(plain, lambda name: (), NOW)


def test_words_stay_as_they_are_typed_and_where_they_stand() -> None:
    terms = parse_terms('"ＡＩ の"　ＧＰＵ －Ｈ１００ lang：ja')
    assert [term.value for term in terms] == ["ＡＩ の", "ＧＰＵ", "Ｈ１００", "ja"]
    assert [term.place for term in terms] == [(0, 6), (7, 10), (11, 16), (17, 24)]
    assert parse_terms(format_terms(terms)) == terms
