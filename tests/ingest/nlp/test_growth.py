"""Four times the text takes four times as long to look through, though it is all one paragraph."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from graph.records import EntityType
from ingest.nlp.document import FreeName, Sentence, Zone
from ingest.nlp.en.quantities import find_amounts as find_english
from ingest.nlp.en.split import split_sentences as split_english
from ingest.nlp.ja.quantities import find_amounts as find_japanese
from ingest.nlp.ja.split import split_sentences as split_japanese
from ingest.nlp.linking import link_names
from ingest.nlp.load import load_languages
from ingest.nlp.names import Gazetteer
from ingest.nlp.tables import Tables, load_tables
from ingest.nlp.zones import split_paragraphs

_FOLDER = Path(__file__).parents[3] / "data" / "entities"
# Where the time grows with the square of the text it is sixteen.
_MOST = 9
_Given = TypeVar("_Given")


def _time(find: Callable[[_Given], object], given: _Given) -> float:
    """CPU seconds, the least of three."""
    spent = []
    for _ in range(3):
        start = time.process_time()
        find(given)
        spent.append(time.process_time() - start)
    return min(spent)


def _assert_linear(find: Callable[[str], object], words: str, size: int) -> None:
    text = words * (size // len(words) // 2)
    assert _time(find, text * 4) < _MOST * _time(find, text)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Nvidia and OpenAI said so. ", id="plain names"),
        pytest.param("the startup Figure said so of R1, o3 and Runway, ", id="names that need context"),
        pytest.param("see https://lab.example/nvidia and openai.com, ", id="addresses"),
        pytest.param("THE OLD SHIP LEFT PORT ", id="capitals"),
        pytest.param("Q1 2025 ", id="quarters"),
        pytest.param("Qwen-7B-", id="names joined to each other"),
        pytest.param("-", id="hyphens"),
        pytest.param("1.", id="numbering"),
    ],
)
def test_names(words: str) -> None:
    _assert_linear(Gazetteer(load_tables(_FOLDER)).find_context, words, 50_000)


def test_tables_of_names() -> None:
    tables = load_tables(_FOLDER)
    larger = Tables(tables.rows * 4, tables.ties)
    assert _time(Gazetteer, larger) < _MOST * _time(Gazetteer, tables)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("12 chips, ", id="counts"),
        pytest.param("12 cents and ", id="cents"),
        pytest.param("128K, or 12K and ", id="sizes"),
        pytest.param("three months, half of users, billions of dollars, ", id="in words"),
    ],
)
def test_english_amounts(words: str) -> None:
    _assert_linear(find_english, words, 20_000)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("12ドル、", id="money"),
        pytest.param("約6000億ドル(約93兆円)、3倍の128K、", id="in brackets"),
        pytest.param("1億", id="scales"),
        pytest.param("十", id="digits"),
    ],
)
def test_japanese_amounts(words: str) -> None:
    _assert_linear(find_japanese, words, 20_000)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("She met Dr. Okafor of Tern Inc. in Oslo. ", id="abbreviations"),
        pytest.param("Dr. ", id="one abbreviation"),
        pytest.param("A. ", id="initials"),
        pytest.param("1. ", id="numbering"),
        pytest.param("It rained all day. ", id="plain"),
    ],
)
def test_english_sentences(words: str) -> None:
    _assert_linear(split_english, words, 50_000)


def test_stops_in_a_word() -> None:
    _assert_linear(lambda stops: split_english(f"{stops}x"), ".", 20_000)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("船を: ", id="colons"),
        pytest.param("船が出た。", id="plain"),
    ],
)
def test_japanese_sentences(words: str) -> None:
    _assert_linear(split_japanese, words, 20_000)


def test_names_of_one_sentence() -> None:
    gazetteer, tern = Gazetteer(load_tables(_FOLDER)), FreeName((0, 4), "Tern", EntityType.COMPANY)

    def link(text: str) -> object:
        return link_names([Sentence((0, len(text)), text, "en", Zone.BODY, 0, ())], lambda _: [tern], gazetteer)

    _assert_linear(link, "Tern, ", 20_000)


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("words", [" ", "[a](b) "], ids=["spaces", "links"])
def test_zones(words: str, lang: str) -> None:
    cues = {code: language.zones for code, language in load_languages().items()}
    _assert_linear(lambda line: split_paragraphs(f"{line}x", lang, cues), words, 20_000)
