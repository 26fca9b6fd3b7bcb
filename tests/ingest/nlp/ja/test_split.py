"""Sentences of a paragraph, and the zones of Japanese pages."""

import pytest

from ingest.nlp.document import Zone
from ingest.nlp.ja import make_language
from ingest.nlp.ja.split import split_sentences
from ingest.nlp.zones import split_paragraphs

_ZONES = make_language().zones


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公開した。評価は高い。", ["公開した。", "評価は高い。"]),
        ("本当か？違う！", ["本当か？", "違う！"]),
        ("氏は「勝った。次も勝つ。」と述べた。", ["氏は「勝った。次も勝つ。」と述べた。"]),
        ("新版（前の版。古い）を出した。", ["新版（前の版。古い）を出した。"]),
        ("閉じない「引用。次の文。", ["閉じない「引用。", "次の文。"]),
        ("- 一つ目。", ["一つ目。"]),
        ("* **規模:** 10億ドル", ["規模:** 10億ドル"]),
        ("## 見出し", ["見出し"]),
        ("1. 最初の項目。", ["最初の項目。"]),
        ("| a | b。c |", ["| a | b。c |"]),
        ("えっ!?何が。", ["えっ!?", "何が。"]),
        ("Yahoo!ニュースが報じた。", ["Yahoo!ニュースが報じた。"]),
        ("　字下げの文。", ["字下げの文。"]),
        ("", []),
        ("　", []),
        ("A社がB社と契約を締結した: 覇権を巡る大規模な投資", ["A社がB社と契約を締結した:", "覇権を巡る大規模な投資"]),
    ],
)
def test_paragraph_is_cut(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("見出し画像", Zone.BOILERPLATE),
        ("4,310 文字", Zone.BOILERPLATE),
        ("更新日時：2025年03月14日 06:42", Zone.BOILERPLATE),
        ("元記事: https://a.example/1", Zone.BOILERPLATE),
        ("写真＝ロイター", Zone.BOILERPLATE),
        ("無断転載を禁じます", Zone.BOILERPLATE),
        ("この記事をシェア", Zone.BOILERPLATE),
        ("この記事は有料会員限定です。残り1,200文字", Zone.BOILERPLATE),
        ("本記事は執筆時点の情報です。", Zone.BOILERPLATE),
        ("この動画は通信講座のマナビヤの提供でお送りします。", Zone.SPONSOR),
        ("今回の動画では、語学アプリのコトバリと提携して特典を用意しました。", Zone.SPONSOR),
        ("【PR】話題の新サービス", Zone.SPONSOR),
        ("チャンネル登録と高評価をお願いします。", Zone.APPEAL),
        ("感想はコメント欄で教えてください。", Zone.APPEAL),
        ("最後までご視聴いただきありがとうございました。", Zone.APPEAL),
        ("社は新しいモデルを公開した。", Zone.BODY),
        ("広告事業の売上高は10億ドルだった。", Zone.BODY),
        ("両社は提携して新会社を設立した。", Zone.BODY),
        ("氏はコメントを控えた。", Zone.BODY),
    ],
)
def test_line_has_its_zone(line: str, zone: Zone) -> None:
    paragraphs = split_paragraphs("最初の文です。\n" + line, "ja", {"ja": _ZONES})
    assert paragraphs[1].zone is zone


def test_sponsor_runs_until_the_topic_resumes() -> None:
    segment = "この動画はマナビヤの提供でお送りします。\n月額20ドルで学べます。\n無料で参加できます。\n"
    text = "本題の文です。\n" + segment + "さて、本題に戻りましょう。"
    zones = [paragraph.zone for paragraph in split_paragraphs(text, "ja", {"ja": _ZONES})]
    assert zones[1:4] == [Zone.SPONSOR] * 3
    assert zones[4] is Zone.BODY
