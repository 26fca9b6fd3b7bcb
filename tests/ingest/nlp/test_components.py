"""The reader in a spaCy pipeline: the form of what it sets, whatever it finds."""

import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from graph.errors import ConfigError
from graph.records import EntityType
from ingest.nlp import components
from ingest.nlp.finder import Found

_ROOT = Path(__file__).parents[3]
_ENGLISH = "OpenAI said on Monday that DeepSeek had copied its models. GPT-5 scores 80% on SWE-bench."
_JAPANESE = "OpenAIのサム・アルトマンCEOは13日、DeepSeekが自社のモデルを不正に利用したと述べた。"


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe(components.NAME, config={"folder": str(_ROOT / "data" / "models" / "reader")})
    return pipeline


@pytest.mark.parametrize(
    "text", [_ENGLISH, _JAPANESE, "", "Nothing.\n\n| a | b |\n"], ids=["en", "ja", "empty", "bare"]
)
def test_spans_and_claims_lie_in_the_document(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert {span.label_ for span in doc.spans["names"]} <= {kind.value for kind in EntityType}
    assert {span.label_ for span in doc.spans["parties"]} <= {"subject", "object", "benchmark", "speaker"}
    assert all(isinstance(claim, Found) for claim in doc._.claims)
    for span in (*doc.spans["names"], *doc.spans["parties"]):
        assert text[span.start_char : span.end_char] == span.text


def test_parties_of_claims_are_spans(nlp: Language) -> None:
    doc = nlp(_ENGLISH)
    covered = {n for span in doc.spans["parties"] for n in range(span.start_char, span.end_char)}
    for claim in doc._.claims:
        assert all(covered >= set(range(*span)) for span in (claim.subject, claim.object) if span)


def test_entry_point_names_the_factory() -> None:
    named = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["spacy_factories"]
    module, _, function = named[components.NAME].partition(":")
    assert getattr(import_module(module), function) is components.make_reader


def test_folder_without_a_reader_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"card\.toml"):
        spacy.blank("en").add_pipe(components.NAME, config={"folder": str(tmp_path)})
