"""The files of words that a language brings: what is left empty, and what is not there."""

import json
import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from graph.errors import ConfigError
from ingest.nlp.lexicon import Lexicon, load_lexicon
from ingest.nlp.zones import load_zone_cues

_ENGLISH = Path(__file__).parents[3] / "ingest" / "nlp" / "en"
_SAID = "Aldin said on Monday that it may buy Borea, which denied it."


def _write(path: Path, value: dict[str, Any]) -> Path:
    lines = [f"{key} = {json.dumps(one)}" for key, one in value.items() if not isinstance(one, dict)]
    for name, table in value.items():
        if isinstance(table, dict):
            lines += [f"[{name}]", *(f"{key} = {json.dumps(one)}" for key, one in table.items())]
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.fixture
def words() -> dict[str, Any]:
    return tomllib.loads((_ENGLISH / "words.toml").read_text("utf-8"))


def _find_patterns(found: Any) -> list[re.Pattern[str]]:
    return [*found.values()] if isinstance(found, dict) else [*found] if isinstance(found, tuple) else [found]


@pytest.mark.parametrize("whole", [True, False], ids=["tables", "what is in tables"])
@pytest.mark.parametrize("empty", ["", []], ids=["no words", "an empty list"])
def test_what_is_left_empty_matches_nothing(tmp_path: Path, words: dict[str, Any], empty: Any, whole: bool) -> None:
    emptied = {
        name: dict.fromkeys(one, empty) if isinstance(one, dict) and not whole else empty for name, one in words.items()
    }
    lexicon = load_lexicon(_write(tmp_path / "words.toml", emptied), spaced=True)
    full = load_lexicon(_ENGLISH / "words.toml", spaced=True)
    for field in fields(Lexicon):
        found, shipped = getattr(lexicon, field.name), getattr(full, field.name)
        assert type(found) is type(shipped), field.name
        if field.name != "leads":
            assert not any(pattern.search(text) for pattern in _find_patterns(found) for text in (_SAID, "")), (
                field.name
            )
        if isinstance(found, dict):
            assert found.keys() == shipped.keys()


def test_a_part_left_empty_matches_nothing(tmp_path: Path, words: dict[str, Any]) -> None:
    words |= {"papers": "the <papers>", "parts": words["parts"] | {"papers": []}}
    lexicon = load_lexicon(_write(tmp_path / "words.toml", words), spaced=True)
    assert not lexicon.papers.search("the paper, the ")


@pytest.mark.parametrize(
    ("key", "pattern", "problem"),
    [
        ("courts", "the (court", r"courts: missing \), unterminated subpattern"),
        ("weakens.denied", ["never", "not("], r"weakens\.denied: missing \)"),
        ("papers", "the <newspaper>", r"papers: parts has no newspaper"),
    ],
)
def test_what_does_not_compile_is_named_with_its_file(
    tmp_path: Path, words: dict[str, Any], key: str, pattern: Any, problem: str
) -> None:
    name, _, inner = key.partition(".")
    (words[name] if inner else words)[inner or name] = pattern
    with pytest.raises(ConfigError, match=rf"words\.toml: {problem}"):
        load_lexicon(_write(tmp_path / "words.toml", words), spaced=True)


def test_a_word_ends_at_no_letter_of_another_alphabet(tmp_path: Path, words: dict[str, Any]) -> None:
    words["courts"], words["falls"] = "", ["fall", "пал"]
    lexicon = load_lexicon(_write(tmp_path / "words.toml", words), spaced=True)
    assert [bool(lexicon.falls.search(text)) for text in ("a fall", "ein fallä", "он пал", "пала", "fall3")] == [
        *(True, False, True, False, True)
    ]


@pytest.mark.parametrize(
    "key",
    [
        "firmness",
        "courts",
        "parts",
        "firmness.denied",
        "weakens.denied",
        "weakens.alleged",
        "measures.profit",
        "heads.body",
    ],
)
def test_a_key_that_is_not_there_is_named_with_its_file(tmp_path: Path, words: dict[str, Any], key: str) -> None:
    table, _, inner = key.partition(".")
    del (words[table] if inner else words)[inner or key]
    path = _write(tmp_path / "words.toml", words)
    with pytest.raises(ConfigError, match=rf"words\.toml: no {key};"):
        load_lexicon(path, spaced=True)


def test_a_list_of_zones_that_is_not_there_is_named_with_its_file(tmp_path: Path) -> None:
    path = _write(tmp_path / "zones.toml", {"boilerplate": [], "sponsor": [], "offer": []})
    with pytest.raises(ConfigError, match=r"zones\.toml: no resume, appeal;"):
        load_zone_cues(path)
