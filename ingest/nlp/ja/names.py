"""Names that no table lists, found by the words that introduce them: X氏, Xというモデル, AI企業のX, 新モデル「X」.

Only what looks like a name counts: Latin with a capital or a digit, katakana of a person with ・, katakana of three
signs or more that is no common word, and what stands in 「」 behind a kind word. Words and types are data (names.toml).
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from graph.records import EntityType
from ingest.nlp.document import FreeName, Sentence, Span, Strength

_TABLES = tomllib.loads((Path(__file__).parent / "names.toml").read_text("utf-8"))
_NEVER = frozenset(_TABLES.pop("never")["words"])
_LATIN = r"(?<![A-Za-z0-9.\-])[A-Z][A-Za-z0-9.+&'’\-]*(?: [A-Z0-9][A-Za-z0-9.+&'’\-]*){0,4}(?![A-Za-z0-9])"
_LOWER = r"(?<![A-Za-z0-9.\-])[a-z]+[A-Z0-9][A-Za-z0-9.\-]*(?![A-Za-z0-9])"
_KATAKANA = r"(?<![ァ-ヶー・])[ァ-ヶー]{3,}(?![ァ-ヶー・])"
_FULL_NAME = r"(?<![ァ-ヶー・])[ァ-ヶー]{2,}(?:[・＝=][ァ-ヶー]+)+(?![ァ-ヶー])"
_KANJI = r"(?<![一-龠々])[一-龠々]{2,4}(?![一-龠々])"
_COMPANY_TAIL = re.compile(
    r"(?:Inc|Corp|Ltd|Labs?|AI|Technologies|Systems|Research|Robotics|Networks|Capital|Ventures|Semiconductor)\.?$"
)
_GLOSS = re.compile(rf"(?:{_FULL_NAME}|{_KATAKANA})(?=[（(](?P<latin>[A-Z][A-Za-z .'’\-]+)[）)])")
_SCORE = re.compile(
    rf"(?P<name>{_LATIN})(?:ベンチマーク|テスト|評価)?(?:で|の(?:スコア|正答率|正解率)(?:は|が|で)?)(?=約?\d+(?:\.\d+)?(?:%|％|点|ポイント))"
)
# Bodies carry their kind in their name.
_BODY = re.compile(
    r"(?<![一-龠々ァ-ヶーA-Za-z])(?P<name>(?:[ァ-ヶー]{2,}|[一-龠々]{1,8}|[A-Z][A-Za-z ]+?)"
    r"(?:州|大学|裁判所|地裁|高裁|最高裁|委員会|研究所|研究機構|省|庁|海軍|陸軍|空軍|議会|下院|上院|データ保護当局|規制当局|検察))(?![一-龠々ァ-ヶー])"
)
# 〜通信, 〜新聞 where they say something; 通信 alone is telecommunications.
_PRESS = re.compile(
    r"(?<![一-龠々ァ-ヶーA-Za-z])(?P<name>(?:[ァ-ヶー]{3,}|[一-龠々]{2,4})(?:通信|新聞|放送))(?=によ|が|は|の報道|電子版)"
)
# X は … モデルだ: what is said to be of a kind.
_DEFINED = tuple(
    (kind, re.compile(rf"(?P<name>{_LATIN}|{_LOWER})は、?[^。「」]{{0,40}}?(?:{words})(?:で|だ|です|であり|である|。)"))
    for kind, words in (
        ("model", "モデル|LLM"),
        ("company", "企業|会社|スタートアップ|メーカー|ラボ"),
        ("product", "チャットボット|アシスタント|サービス|アプリ|ツール|プラットフォーム|エディタ"),
        ("benchmark", "ベンチマーク|評価指標"),
    )
)
# What only companies do or have done to them, a few words behind the name.
_ACTING = re.compile(
    rf"(?P<name>{_LATIN})(?:を|に|と|が|は|の)(?:[^。、]{{0,12}}(?:で|を|に))?"
    r"(?=(?:買収|出資|提携|資金調達|調達|評価額|創業|設立|共同創業|株式|入社|退社|子会社|業務提携|資本提携))"
)
_TRAILING = re.compile(r"[\s.'’&\-]+$")


def find_new_names(sentence: Sentence) -> Iterator[FreeName]:
    """Name, span in the article and entity type of what the sentence introduces; the best pattern first."""
    offset = sentence.span[0]
    for (start, _), name, kind in _iter_found(sentence.text):
        text = _TRAILING.sub("", name)
        if _is_name(text):
            yield FreeName((offset + start, offset + start + len(text)), text, EntityType(kind), Strength.INTRODUCED)


def _iter_found(text: str) -> Iterator[tuple[Span, str, str]]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield match.span("name"), match["name"], kind
    for match in _SCORE.finditer(text):
        yield match.span("name"), match["name"], "benchmark"
    for kind, pattern in _DEFINED:
        for match in pattern.finditer(text):
            yield match.span("name"), match["name"], kind
    for match in _ACTING.finditer(text):
        yield match.span("name"), match["name"], "company"
    for match in _PRESS.finditer(text):
        yield match.span("name"), match["name"], "publication"
    for match in _BODY.finditer(text):
        yield match.span("name"), match["name"], "place" if match["name"].endswith("州") else "institution"
    for match in re.finditer(_FULL_NAME, text):
        yield match.span(), match.group(), "person"


def _is_name(text: str) -> bool:
    if text in _NEVER or len(text) < 2:
        return False
    return not (re.fullmatch(r"[ァ-ヶー]+", text) and any(text.endswith(word) for word in _NEVER if len(word) > 3))


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _make_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns = []
    for kind, table in _TABLES.items():
        forms = _forms(kind)
        if table["before"]:
            quoted = rf"(?:{_any(table['before'])})(?:の|である|、)?[「『](?P<name>[^「」『』。、]{{2,30}})[」』]"
            plain = rf"(?:{_any(table['before'])})(?:の|である|、)?\s?(?P<name>{forms})(?![ァ-ヶー])"
            patterns += [(kind, re.compile(quoted)), (kind, re.compile(plain))]
        quoted_after = (
            rf"[「『](?P<name>[^「」『』。、]{{2,30}})[」』](?:{_any([w for w in table['after'] if len(w) > 2])})"
        )
        plain_after = (
            rf"(?P<name>{forms})\s?(?:[（(][^（）()]{{1,30}}[）)])?(?:{_any(table['after'])})(?![ァ-ヶー一-龠])"
        )
        patterns += [(kind, re.compile(quoted_after)), (kind, re.compile(plain_after))]
    return tuple(patterns)


def _forms(kind: str) -> str:
    """What a name of a type may look like; kanji only for persons, whose titles tell them from common words."""
    if kind == "person":
        return rf"{_FULL_NAME}|{_LATIN}|{_KATAKANA}|{_KANJI}"
    if kind in ("company", "publication"):
        return rf"{_LATIN}|{_LOWER}|{_KATAKANA}"
    return rf"{_LATIN}|{_LOWER}"


_PATTERNS = _make_patterns()
