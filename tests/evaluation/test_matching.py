"""Which matter of the graph is the one expected."""

import pytest

from evaluation.matching import match_matters
from evaluation.outcome import Outcome
from ingest.stories.records import Story
from tests.evaluation.views import make_chapter, make_matter, make_outcome, make_story

COST = make_matter("cost", {"1.en": "cost $3", "2.en": "paid $3", "3.ja": "3ドル"}, label="Tarn cost $3")
CHIPS = make_matter("chips", {"1.en": "90 chips", "2.en": "ninety chips"}, label="Tarn used 90 chips")
PLACES = {
    "a": ("1.en", "Tarn cost $3 to train."),
    "b": ("2.en", "They paid $3."),
    "c": ("3.ja", "費用は3ドル。"),
    "d": ("1.en", "It ran on 90 chips."),
    "e": ("2.en", "It ran on ninety chips."),
    "f": ("2.en", "Nothing else is known."),
}


def find(story: Story, outcome: Outcome) -> dict[str, str]:
    return {id: str(chapter.matter) for id, chapter in match_matters(story, outcome).there.items()}


@pytest.mark.parametrize(
    ("claims", "there"),
    [
        ("abc", True),
        ("ac", True),
        ("abcf", True),
        ("ab", False),
        ("c", False),
        ("abce", False),
        ("", False),
    ],
    ids=["all", "two thirds", "others that nobody lists", "a language is missing", "too few", "one of another", "none"],
)
def test_matter_is_there_by_its_anchors(claims: str, there: bool) -> None:
    outcome = make_outcome(make_chapter("p", *claims), places=PLACES)
    assert find(make_story(COST, CHIPS), outcome) == ({"cost": "p"} if there else {})


def test_anchors_of_a_matter_in_pieces_are_not_added_up() -> None:
    outcome = make_outcome(make_chapter("p", "a"), make_chapter("q", "b", "c"), places=PLACES)
    assert find(make_story(COST), outcome) == {"cost": "q"}
    outcome = make_outcome(make_chapter("p", "a"), make_chapter("q", "b"), make_chapter("r", "c"), places=PLACES)
    assert find(make_story(COST), outcome) == {}


def test_denials_count() -> None:
    outcome = make_outcome(make_chapter("p", "a", denied=["b", "c"]), places=PLACES)
    assert find(make_story(COST), outcome) == {"cost": "p"}


def test_an_anchor_counts_in_its_own_article() -> None:
    places = {"a": ("2.en", "Tarn cost $3 to train."), "c": ("3.ja", "費用は3ドル。")}
    assert find(make_story(COST), make_outcome(make_chapter("p", "a", "c"), places=places)) == {}


def test_of_two_claims_of_a_sentence_each_is_of_its_own_matter() -> None:
    places = {**PLACES, "d2": ("1.en", "It ran on 90 chips.")}
    outcome = make_outcome(make_chapter("p", "a", "b", "c", "d2"), make_chapter("q", "d", "e"), places=places)
    matched = match_matters(make_story(COST, CHIPS), outcome)
    assert {id: chapter.matter for id, chapter in matched.there.items()} == {"cost": "p", "chips": "q"}
    assert matched.mixed == frozenset()


def test_one_sentence_may_speak_of_two_matters() -> None:
    both = {"a": ("1.en", "Tarn cost $3 on 90 chips."), "b": ("2.en", "They paid $3."), "c": ("3.ja", "費用は3ドル。")}
    places = {**both, "d": both["a"], "e": PLACES["e"]}
    outcome = make_outcome(make_chapter("p", "a", "b", "c"), make_chapter("q", "d", "e"), places=places)
    assert find(make_story(COST, CHIPS), outcome) == {"cost": "p", "chips": "q"}


def test_what_is_joined_is_none_of_both() -> None:
    matched = match_matters(
        make_story(COST, CHIPS), make_outcome(make_chapter("p", "a", "b", "c", "d", "e"), places=PLACES)
    )
    assert (list(matched.there), list(matched.mixed)) == ([], ["p"])


def test_two_expected_never_share_a_matter() -> None:
    one = make_matter("one", {"1.en": "cost $3"})
    two = make_matter("two", {"1.en": "to train"})
    assert find(make_story(one, two), make_outcome(make_chapter("p", "a"), places=PLACES)) == {"one": "p"}


def test_a_matter_gives_way_to_one_that_has_no_other() -> None:
    wide = make_matter("wide", {"1.en": "Tarn cost"}, label="Tarn cost")
    narrow = make_matter("narrow", {"1.en": "cost $3", "2.en": "paid $3"})
    places = {**PLACES, "a2": PLACES["a"]}
    outcome = make_outcome(
        make_chapter("p", "a", "b", label="Tarn cost $3"), make_chapter("q", "a2", label="Tarn ran"), places=places
    )
    assert find(make_story(wide, narrow), outcome) == {"wide": "q", "narrow": "p"}


def test_of_equals_the_one_whose_label_is_like_the_expected() -> None:
    places = {"a": PLACES["a"], "a2": PLACES["a"]}
    outcome = make_outcome(
        make_chapter("p", "a", label="Pellow released Tarn"),
        make_chapter("q", "a2", label="Cost of Tarn: $3"),
        places=places,
    )
    assert find(make_story(make_matter("cost", {"1.en": "cost $3"}, label="Tarn cost $3")), outcome) == {"cost": "q"}
