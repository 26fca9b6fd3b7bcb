import pytest

from graph.spelling.kana import LANGUAGES
from ingest.language import detect_language
from ingest.nlp import load


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (
            "The model of the company was better than that of its rival, and it was cheaper too, according to this.",
            "en",
        ),
        ("Stocks fall as investors flee", "en"),
        ("OpenAI、GPT-5 Turboを発表", "ja"),
        ("新モデルの学習費用は560万ドルだったという。", "ja"),
        ("深度求索公司发布了新的人工智能模型,训练成本低于竞争对手。", "zh"),
        ("Die Firma hat am Montag ein neues Modell veröffentlicht, das weniger kostet als andere.", "de"),
        ("인공지능 모델을 공개했다고 밝혔다", "ko"),
        ("12345 --- !!!", "und"),
        ("", "und"),
    ],
)
def test_language(text: str, lang: str) -> None:
    assert detect_language(text) == lang


def test_a_japanese_name_does_not_make_an_english_article_japanese() -> None:
    text = "The paper was written by the team of さくら in the city of Osaka. "
    assert detect_language(text + "It was read by many of those who work on models and on what they cost. " * 4) == "en"


def test_what_is_read_is_what_the_reader_loads() -> None:
    assert [*load.load_languages()] == [*LANGUAGES]
