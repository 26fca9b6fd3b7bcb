"""Names found in words."""

import pytest

from graph.naming import match_names


@pytest.mark.parametrize(
    "words", ["CEOサム・アルトマン氏", "サム・アルトマンCEO", "「サム・アルトマン」", "Kite's rival", "Kite、"]
)
def test_a_name_is_found_where_no_word_goes_on(words: str) -> None:
    assert match_names(["サム・アルトマン", "Kite"]).search(words)


@pytest.mark.parametrize("words", ["Kites", "Skite", "Kite2"])
def test_a_name_is_no_part_of_another_word(words: str) -> None:
    assert not match_names(["Kite"]).search(words)


def test_the_longer_name_is_meant() -> None:
    found = match_names(["Kite", "Kite Labs"]).search("at Kite Labs")
    assert found
    assert found[0] == "Kite Labs"
