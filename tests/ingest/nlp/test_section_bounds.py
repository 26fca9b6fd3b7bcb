"""What a story of a digest leaves unsaid is not taken from the story before, by whatever mark the next one opens."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.ids import make_article_id, make_source_id
from graph.records import Article, Source
from graph.sections import find_sections
from ingest.nlp.extract import Extractor
from ingest.nlp.load import load_extractor

DATA = Path(__file__).parents[3] / "data"
DAY = datetime(2025, 3, 14, tzinfo=UTC)
MARKS = ("## {}", "{}", "1. {}", "[00:12:31] {}", "■ {}", "【{}】")
FILLER = "The lab is small, and people who know the field say that they had not heard of it at all before this week."
FILLER_JA = (
    "この研究所は小さく、業界に詳しい人々も今週まで名前を聞いたことがなかったと口をそろえて話しており、関心が高い。"
)
ENGLISH = (
    "The week",
    FILLER,
    "#A model from Paris",
    "Mistral AI released Codestral on Monday. It scored 80% on MATH. " + FILLER,
    "#What others did",
    "It costs $5.6 million to train. It scored 81% on MATH. " + FILLER,
    "#What comes next",
    "It scored 82% on MATH. " + FILLER,
)
JAPANESE = (
    "今週のまとめ",
    FILLER_JA,
    "#パリのモデル",
    "Mistral AIは月曜日、Codestralを公開した。MATHで80%を記録した。" + FILLER_JA,
    "#ほかの動き",
    "学習費用は560万ドルだった。MATHで81%を記録した。" + FILLER_JA,
    "#次に来るもの",
    "MATHで82%を記録した。" + FILLER_JA,
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor(DATA)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(("lines", "lang"), [(ENGLISH, "en"), (JAPANESE, "ja")], ids=["en", "ja"])
def test_nothing_is_carried_into_the_next_story(
    extractor: Extractor, lines: tuple[str, ...], lang: str, mark: str
) -> None:
    text = "\n".join(mark.format(line[1:]) if line.startswith("#") else line for line in lines)
    first, second, _ = find_sections(text)
    source = Source(make_source_id("a.example"), "A", "a.example")
    url = "https://a.example/1"
    article = Article(make_article_id(url, text), url, source, "", text, lang, DAY, DAY)
    claims = extractor.read(article).claims
    assert {claim.subject.name for claim in claims} == {"Mistral AI", "Codestral"}
    assert all(first.span[0] <= claim.span[0] < second.span[0] for claim in claims)
