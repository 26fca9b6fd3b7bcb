"""Japanese names that no table has: introduced, headed by their kind, or neither."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.ids import make_article_id
from graph.records import Article, Source, SourceId
from ingest.nlp.extract import Extractor
from ingest.nlp.load import load_extractor
from ingest.nlp.tables import load_tables

_DAY = datetime(2025, 2, 1, tzinfo=UTC)
_TABLES = Path(__file__).parents[4] / "data" / "entities"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor(load_tables(_TABLES))


def _find(extractor: Extractor, text: str) -> dict[str, tuple[str, str]]:
    """Name and type behind the spelling of every mention."""
    url = "https://news.example/1"
    source = Source(SourceId("news.example"), "News", "news.example")
    extraction = extractor.read(Article(make_article_id(url, text), url, source, "", text, "ja", _DAY, _DAY))
    entities = {entity.id: entity for entity in extraction.entities}
    return {m.text: (entities[m.entity].name, entities[m.entity].type.value) for m in extraction.mentions}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("タリオンは新工場の建設を発表した。", "タリオン", "company"),
        ("タリオンの株価が下がった。", "タリオン", "company"),
        ("大手がタリオンを買収した。", "タリオン", "company"),
        ("岩崎証券が評価を下げた。", "岩崎証券", "company"),
        ("山根祐介社長が会見した。", "山根祐介", "person"),
        ("北村奈緒は予想を示した。", "北村奈緒", "person"),
        ("創業者のトマ・ヴェルクール氏が語った。", "トマ・ヴェルクール", "person"),
        ("米連邦地裁は訴えを退けた。", "米連邦地裁", "institution"),
        ("新しい言語モデル「ひばり」を公開した。", "ひばり", "model"),
        ("同社はタリオンという会社を訪ねた。", "タリオン", "company"),
    ],
)
def test_an_introduced_name_is_found(extractor: Extractor, text: str, name: str, kind: str) -> None:
    assert _find(extractor, text).get(name) == (name, kind)


@pytest.mark.parametrize(
    "text",
    [
        "消費電力は史上最大だった。",
        "第三者委員会が調査した。",
        "企業氏名の販売は戦略的な発言だ。",
        "コスト・データ保護が利点になる。",
        "計算能力が足りない。",
    ],
)
def test_what_is_no_name_gives_none(extractor: Extractor, text: str) -> None:
    assert _find(extractor, text) == {}


def test_a_latin_gloss_names_in_full(extractor: Extractor) -> None:
    found = _find(extractor, "タリオン社（Talion Robotics）の株価が上がった。タリオンは強い。")
    assert found["タリオン"][0] == "Talion Robotics"
