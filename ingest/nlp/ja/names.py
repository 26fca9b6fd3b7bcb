"""Names that no table lists, found by the words that introduce them: X氏, Xというモデル, AI企業のX, 新モデル「X」.

Only what looks like a name counts: Latin with a capital or a digit, katakana of a person with ・, katakana of three
signs or more that is no common word, and what stands in 「」 behind a kind word. Words and types are data (names.toml).
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from graph.records import EntityType
from ingest.nlp.document import FreeName, Sentence, Span, Strength
from ingest.nlp.ja.spacing import restore, squeeze

Found = tuple[Span, str, str, Strength]

_TABLES = tomllib.loads((Path(__file__).parent / "names.toml").read_text("utf-8"))
_NEVER = frozenset(_TABLES.pop("never")["words"])
_GIVEN = frozenset(_TABLES.pop("given")["names"])
_HEADS = _TABLES.pop("heads")
_KINDS = _TABLES.pop("kinds")
_PLAIN = frozenset(_HEADS["plain"])
_ROLES = _TABLES["person"]["roles"]
_FIRM_END = re.compile(rf"(?<=.)(?:{'|'.join(sorted(_HEADS['company'], key=len, reverse=True))})$")


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_LATIN = (
    r"(?<![A-Za-z0-9.\-@/_])[A-Z][A-Za-z0-9.+&'’\-]*(?: (?:[A-Z0-9][A-Za-z0-9.+&'’\-]*|mini|nano|of|"
    r"and))*(?![A-Za-z0-9])"
)
_LOWER = r"(?<![A-Za-z0-9.\-@/_])[a-z]+[A-Z0-9][A-Za-z0-9.\-]*(?![A-Za-z0-9])"
_KATAKANA = r"(?<![ァ-ヶー・A-Za-z])[ァ-ヶー]{3,}(?:AI)?(?![ァ-ヶー・A-Za-z])"
_FULL_NAME = r"(?<![ァ-ヶー・])[ァ-ヶー]{2,}(?:[・＝=][ァ-ヶー]+)+(?![ァ-ヶー])"
_KANJI = r"(?<![一-龠々ァ-ヶーA-Za-z])[一-龠々]{2,4}(?:[ぁ-ん]{2,4}|[ァ-ヶー]{2,4})?(?![一-龠々])"
_ONE_KANJI = r"(?<![一-龠々ァ-ヶーA-Za-zぁ-ん])[一-龠々](?=氏|さん|教授|会長|社長|CEO)"
# ノクターン（Nocturne AI）: the Latin form is how the story calls it in full.
_GLOSS = re.compile(
    rf"(?P<name>{_FULL_NAME}|{_KATAKANA}|{_KANJI})(?:氏|社|CEO|"
    rf"大学)?[（(](?P<latin>[A-Z][A-Za-z .'’\-]+[A-Za-z])(?:、[^（）()]{{1,12}})?[）)]"
)
_SCORE = re.compile(
    rf"(?P<name>{_LATIN})(?:ベンチマーク|テスト|評価)?(?:で|の(?:スコア|正答率|正解率)(?:は|が|で)?)(?=約?\d+(?:\.\d+)?(?:%|％|点|ポイント))"
)
_ROOT = r"[ァ-ヶー一-龠々A-Za-z]{1,16}?"
_BEHIND = r"(?![一-龠々ァ-ヶーA-Za-z])"
_HEADED = tuple(
    (kind, re.compile(rf"(?<![一-龠々ァ-ヶーA-Za-z])(?P<name>(?P<root>{_ROOT})(?:{_any(_HEADS[kind])})){_BEHIND}"))
    for kind in ("institution", "company", "publication")
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
# A katakana word that does or suffers what only a firm does.
_FIRM_ACTING = re.compile(
    rf"(?P<name>{_KATAKANA})(?:株|の(?:株価|株式|時価総額|CEO|社長|会長|創業者|広報|決算|売上高|最高経営責任者)|"
    r"(?:は|が)[^。]{0,50}(?:発表し|発表する|買収|資金調達|調達し|提訴|出資|決算|増収|減益|業務提携|上場|子会社|人員削減|設備投資|黒字|赤字)|"
    r"(?:を|に|と|から)(?:買収|出資|提訴|提携|資本提携|業務提携|訴え|相手取))"
)
# A katakana word that does what hardly anybody but a firm does; only words that the parser has no vector of.
_STRANGER_ACTING = re.compile(
    rf"(?P<name>{_KATAKANA})(?:は|が)[^。]{{0,60}}?(?:発表|公表|公開|リリース|投入|発売|提供|開発|買収|出資|投資|提訴|反論|調達|提携|供給|納入|受注"
    r"|採用|導入|回避|密輸|盗用|侵害|蒸留|参入|撤退|上場|設立|増産|量産|契約|訓練)(?:し|する|した|を(?:発表|開始|始め|計画)|へ|$)"
)
# クオーツィア（横浜市）, Voyara（従業員60人）: where a firm sits, how large it is.
_SEATED = re.compile(
    r"(?:^|(?<=[のやと、。はが「\u3000 ]))(?P<name>(?:(?!の)[A-Za-z0-9ァ-ヶー一-龠々ぁ-ん&・.]){2,20}?)[（(]"
    r"(?:本社|従業員|社員|[^（）()]{1,8}[都道府県市区]|(?:東京|大阪|京都|米|中国|英|独|仏|韓国)・[^（）()]{1,8}|非上場|未上場|"
    r"証券コード|東証|NASDAQ|ナスダック)[^（）()]{0,12}[）)]"
)
# 開発元みやこラボ: hiragana before what firms are called, behind a word that is no verb of its own.
_SOFT_FIRM = re.compile(
    rf"(?<![ぁ-ん])(?P<name>[ぁ-ん]{{2,6}}(?:{_any([head for head in _HEADS['company'] if len(head) > 1])}))"
    r"(?![一-龠々ァ-ヶーA-Za-z])"
)
# Endings of verbs and particles, which no such name begins or ends with.
_NO_ROOT = re.compile(
    r"^(?:する|した|できる|こと|もの|なる|いる|ある|という|この|その|あの|どの|から|など|による|および|また)|[るたいなのうくすむにをはがとで](?=[^ぁ-ん])"
)
# ヒューマインっていうサウジの会社
_CALLED = tuple(
    (
        kind,
        re.compile(
            rf"(?P<name>{_KATAKANA}|{_LATIN}|{_LOWER})[」』]?(?:という|っていう|って言う|とかいう|って|と呼ばれる|と名付けられた|なる)"
            rf"(?:名の)?(?:[^、。「」]{{0,10}}?の)?[^、。「」はがをに]{{0,8}}?(?:{_any(words)})"
        ),
    )
    for kind, words in _KINDS.items()
)
# 株式会社ひばなAI, さくらインターネット株式会社
_REGISTERED = re.compile(
    r"(?:株式会社|有限会社|合同会社|\(株\)|（株）)(?P<name>[A-Za-z0-9ァ-ヶー一-龠々ぁ-ん&・]{2,20}?)(?=は|が|の|と|、|（|\(|を|に|で|も|$)"
    r"|(?P<before>[A-Za-z0-9ァ-ヶー一-龠々&・]{2,20})(?=株式会社)"
)
# What a firm brings out.
_RELEASED = re.compile(
    rf"(?P<name>{_LATIN})(?:」|』)?(?:を|の)(?:[^。、]{{0,10}}?(?:で|に|として|向けに))?"
    r"(?:オープンソース|公開|リリース|提供|投入|発売|一般提供|発表|ローンチ|開発)(?:し|する|した|を開始|を始め|開始)"
)
_ROLE = re.compile(
    rf"(?:{_any(_ROLES)})(?:の|である|、|を務める|だった)(?P<name>{_FULL_NAME}|{_KANJI})(?=氏|さん|は|が|も|と|、|（|\()"
)
_MODELS_NEAR = re.compile(r"モデル|LLM|パラメータ|パラメーター|重み")
# 米連邦地裁: of a state, and of which.
_STATE = re.compile(
    r"(?:[米英仏独伊韓加豪露]|米国|英国|ドイツ|フランス|イタリア|欧州|中国|韓国)(?:連邦|国家|最高|州|高等)?|連邦"
)
_SPEAKING = re.compile(r"(?:によ|が|は|の報道|電子版|など|に(?:対し|よれ)|、)")
_PROPER, _PERSONAL, _FAMILY = "名詞-固有名詞", "名詞-固有名詞-人名", "名詞-固有名詞-人名-姓"
_SHORTEST_NAME = 3
# Behind a person's name these make a firm or a school of it.
_HEAD_BEHIND = re.compile(r"[一-龠々ァ-ヶー]*(?:社(?!長)|証券|大学|研究所|製作所|事務所|商店|病院|賞|家|線|駅)")
# Words of rank or office that end before a title: 商務長官, 元会長.
_RANK = re.compile(
    r"(?:副|元|前|兼|同|両|各|代表|最高|財務|商務|国務|国防|司法|共同|上院|下院|担当|米|英|中国|韓国|日本|の)$"
)
_TRAILING = re.compile(r"[\s.'’&\-]+$")


def find_new_names(sentence: Sentence) -> Iterator[FreeName]:
    """Name, place and type of what the sentence introduces; the best pattern first."""
    offset = sentence.span[0]
    squeezed, places = squeeze(sentence.text)
    glosses = {match["name"]: match["latin"] for match in _GLOSS.finditer(squeezed)}
    proper = [(token.idx, token.idx + len(token)) for token in sentence.doc if token.tag_.startswith(_PROPER)]
    vocab = sentence.doc.vocab
    found = _iter_found(squeezed, [(bisect_left(places, start), bisect_left(places, end)) for start, end in proper])
    strangers = (found_ for found_ in _iter_strangers(squeezed) if not vocab[found_[1]].has_vector)
    rows = [(restore(span, places), name, kind, strength) for span, name, kind, strength in (*found, *strangers)]
    for (start, _), name, kind, strength in (*rows, *_iter_people(sentence)):
        text = _TRAILING.sub("", name)
        if _is_name(text, headed=(kind, strength) == ("company", Strength.SHAPED)) and sentence.text.startswith(
            text, start
        ):
            full = glosses.get(text, text)
            yield FreeName((offset + start, offset + start + len(text)), full, EntityType(kind), strength)


def _iter_found(text: str, proper: Sequence[Span]) -> Iterator[Found]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if kind != "person" or _may_be_person(match["name"], match.span("name"), proper):
                yield match.span("name"), match["name"], kind, Strength.INTRODUCED
    for match in _ROLE.finditer(text):
        if _may_be_person(match["name"], match.span("name"), proper):
            yield match.span("name"), match["name"], "person", Strength.INTRODUCED
    for match in _SCORE.finditer(text):
        yield match.span("name"), match["name"], "benchmark", Strength.SHAPED
    for match in _REGISTERED.finditer(text):
        group = "name" if match["name"] else "before"
        yield match.span(group), match[group], "company", Strength.INTRODUCED
    for match in _SEATED.finditer(text):
        yield match.span("name"), match["name"], "company", Strength.INTRODUCED
    for kind, pattern in _DEFINED:
        for match in pattern.finditer(text):
            yield match.span("name"), match["name"], kind, Strength.INTRODUCED
    for pattern in (_ACTING, _FIRM_ACTING):
        for match in pattern.finditer(text):
            yield match.span("name"), match["name"], "company", Strength.SHAPED
    yield from _iter_headed(text, proper)
    for match in _RELEASED.finditer(text):
        kind = "model" if _MODELS_NEAR.search(text) else "product"
        yield match.span("name"), match["name"], kind, Strength.VOTED
    for match in re.finditer(_FULL_NAME, text):
        if re.split("[・＝=]", match.group())[0] in _GIVEN:
            yield match.span(), match.group(), "person", Strength.SHAPED


def _iter_strangers(text: str) -> Iterator[Found]:
    """Words that stand where names do; whether they are common words the caller tells."""
    for match in _STRANGER_ACTING.finditer(text):
        yield match.span("name"), match["name"], "company", Strength.SHAPED
    for kind, pattern in _CALLED:
        for match in pattern.finditer(text):
            yield match.span("name"), match["name"], kind, Strength.INTRODUCED
    for match in _SOFT_FIRM.finditer(text):
        if not _NO_ROOT.search(match["name"]):
            yield match.span("name"), match["name"], "company", Strength.SHAPED


def _iter_headed(text: str, proper: Sequence[Span]) -> Iterator[Found]:
    """Bodies, firms and papers that carry their kind at the end of their name."""
    for kind, pattern in _HEADED:
        for match in pattern.finditer(text):
            if not _is_own(match["root"], match.span("root"), proper):
                continue
            if kind != "publication" or _SPEAKING.match(text[match.end() :]):
                yield match.span("name"), match["name"], kind, Strength.SHAPED


def _is_own(root: str, span: Span, proper: Sequence[Span]) -> bool:
    """Whether what stands before a head is some name and no description (消費電力, 史上最大)."""
    if _STATE.fullmatch(root):
        return True
    if (
        root in _PLAIN
        or root in _NEVER
        or any(root.startswith(word) and root[len(word) :] in _PLAIN for word in _PLAIN)
    ):
        return False
    foreign = re.search(r"[ァ-ヶー]{3,}", root)
    if foreign and foreign.group() not in _NEVER and foreign.group() not in _PLAIN:
        return True
    return any(start < span[1] and span[0] < end for start, end in proper)


def _iter_people(sentence: Sentence) -> Iterator[Found]:
    """A family name with a given name behind it, as the dictionary knows them."""
    tokens = list(sentence.doc)
    for first, second in pairwise(tokens):
        if first.tag_ != _FAMILY or not second.tag_.startswith(_PERSONAL) or second.tag_ == _FAMILY:
            continue
        span = (first.idx, second.idx + len(second))
        if span[1] - span[0] >= _SHORTEST_NAME and not _HEAD_BEHIND.match(sentence.text[span[1] :]):
            yield span, sentence.text[slice(*span)], "person", Strength.SHAPED


def _may_be_person(name: str, span: Span, proper: Sequence[Span]) -> bool:
    """Whether what stands before a title can be a name: in kanji only what the dictionary takes for one."""
    if _RANK.search(name):
        return False
    return not re.search(r"[一-龠々ぁ-ん]", name) or any(start < span[1] and span[0] < end for start, end in proper)


def _is_name(text: str, *, headed: bool) -> bool:
    """Whether a string can be a name; a firm may end in a common word (ジャフコグループ), hardly anything else."""
    if text in _NEVER or len(text) < 1 or re.fullmatch(r"[A-Z0-9.]", text):
        return False
    if headed and _FIRM_END.search(text):
        return True
    return not (re.fullmatch(r"[ァ-ヶー]+", text) and any(text.endswith(word) for word in _NEVER if len(word) > 3))


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
        return rf"{_FULL_NAME}|{_LATIN}|{_KATAKANA}|{_KANJI}|{_ONE_KANJI}"
    if kind in ("company", "publication"):
        return rf"{_LATIN}|{_LOWER}|{_KATAKANA}"
    return rf"{_LATIN}|{_LOWER}"


_PATTERNS = _make_patterns()
