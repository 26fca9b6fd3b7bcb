"""Spaces between Latin and Japanese, as many writers put them, change nothing."""

from collections.abc import Callable

import pytest

from ingest.nlp.ja.quantities import find_amounts
from ingest.nlp.ja.spacing import restore, squeeze


@pytest.mark.parametrize(
    ("spaced", "plain"),
    [
        ("OpenAI が、Cohere を買収した。", "OpenAIが、Cohereを買収した。"),
        ("Anthropic の年間売上高は 250 億ドルに到達した。", "Anthropicの年間売上高は250億ドルに到達した。"),
        ("OpenAI が Cohere との間で供給契約を締結した。", "OpenAIがCohereとの間で供給契約を締結した。"),
    ],
)  # fmt: skip
def test_spaced_text_reads_as_plain_text(read: Callable[[str], list[str]], spaced: str, plain: str) -> None:
    assert read(spaced) == read(plain) != []


def test_squeezed_span_leads_back_to_its_place() -> None:
    text = "Meta が 3 社を買収"
    squeezed, places = squeeze(text)
    assert squeezed == "Metaが3社を買収"
    start, end = restore((5, 7), places)
    assert text[start:end] == "3 社"


def test_spaces_inside_latin_or_japanese_stay() -> None:
    assert squeeze("Claude Code 公開　提携 か")[0] == "Claude Code公開　提携 か"


def test_amount_begins_with_its_number() -> None:
    text = "評価額は 4,000 億ドル"
    (amount,) = find_amounts(text)
    assert text[slice(*amount.span)] == amount.text == "4,000 億ドル"
