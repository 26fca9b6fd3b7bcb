"""Curated spellings and the naming grammar, in both languages."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.nlp.folding import fold
from ingest.nlp.names import Gazetteer
from ingest.nlp.tables import load_tables

_FOLDER = Path(__file__).parents[3] / "data" / "entities"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(load_tables(_FOLDER))


def _find(gazetteer: Gazetteer, text: str) -> list[tuple[str, str]]:
    return [(name.text, name.entity.name) for name in gazetteer.find_names(text, gazetteer.find_context(text))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Alibaba", "Alibaba"),
        ("アリババ", "Alibaba"),
        ("阿里巴巴", "Alibaba"),
        ("ＯｐｅｎＡＩ", "OpenAI"),
        ("GPT4", "GPT-4"),
        ("GPT-4", "GPT-4"),
        ("gpt-4o", "GPT-4o"),
        ("Qwen 2.5 Max", "Qwen2.5-Max"),
        ("Qwen2.5-Max", "Qwen2.5-Max"),
        ("サム・アルトマン", "Sam Altman"),
        ("サムアルトマン", "Sam Altman"),
    ],
)
def test_one_entity_under_its_spellings(gazetteer: Gazetteer, text: str, name: str) -> None:
    assert _find(gazetteer, f"… {text} …") == [(text, name)]


@pytest.mark.parametrize(
    "text",
    [
        "They told us that meta analysis is hard, and that claude is a name.",
        "メタバースの話とモデルの話",
        "He read the paper at noon.",
        "An apple a day; an oracle; a runway; let us go.",
        "The chipset is called AH100X.",
    ],
)
def test_ordinary_words_are_no_names(gazetteer: Gazetteer, text: str) -> None:
    assert _find(gazetteer, text) == []


def test_a_version_needs_its_maker_in_the_text(gazetteer: Gazetteer) -> None:
    assert _find(gazetteer, "R1 is a street in our town.") == []
    assert ("R1", "DeepSeek-R1") in _find(gazetteer, "DeepSeek says that R1 is out.")


def test_a_plural_is_the_same_thing(gazetteer: Gazetteer) -> None:
    assert ("H800", "Nvidia H800") in _find(gazetteer, "It has 2,000 H800s from Nvidia.")


def test_the_longest_name_wins(gazetteer: Gazetteer) -> None:
    assert _find(gazetteer, "Claude 3.5 Sonnet") == [("Claude 3.5 Sonnet", "Claude 3.5 Sonnet")]
    assert _find(gazetteer, "東京大学で") == [("東京大学", "University of Tokyo")]


def test_a_version_nobody_listed_is_a_model_named_as_its_maker_would(gazetteer: Gazetteer) -> None:
    [(text, name)] = _find(gazetteer, "Qwen 9.7 Max is out.")
    assert (text, name) == ("Qwen 9.7 Max", "Qwen9.7-Max")
    [found] = gazetteer.find_names("Claude 9.9 Opus")
    assert (found.entity.name, found.entity.type) == ("Claude 9.9 Opus", "model")


def test_a_chip_nobody_listed_needs_the_word_near_it(gazetteer: Gazetteer) -> None:
    assert ("H777", "H777") in _find(gazetteer, "It runs on 10 H777 GPUs.")
    assert _find(gazetteer, "Take the H777 road.") == []


def test_names_stand_beside_japanese_without_spaces(gazetteer: Gazetteer) -> None:
    found = _find(gazetteer, "米OpenAIは27日、GPT-4oをマイクロソフトのAzureで提供すると発表した。")
    assert [name for _, name in found] == ["OpenAI", "GPT-4o", "Microsoft", "Azure"]


@given(st.text(max_size=200))
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origin)
    assert list(folded.origin) == sorted(folded.origin)
    assert all(0 <= index < len(text) for index in folded.origin)


@given(st.text(alphabet="GPT-4o Qwen2.5アリババ ・OpenAI,。s", max_size=60))
def test_names_are_slices_that_never_overlap(gazetteer: Gazetteer, text: str) -> None:
    end = 0
    for name in gazetteer.find_names(text):
        assert name.span[0] >= end
        assert text[name.span[0] : name.span[1]] == name.text != ""
        end = name.span[1]
