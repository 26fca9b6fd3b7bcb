"""How much of another, in words: 3分の1, 1/5の価格, 倍増, 半数, 首位, 無料."""

import re
from collections.abc import Iterator

from graph.records import Comparator
from ingest.nlp.document import Amount
from ingest.nlp.ja.numbers import NUMBER, read_number

_TOP = re.compile(
    r"(?:(?<![ァ-ヶーA-Za-z一-龠])|(?<=世界)|(?<=国内)|(?<=業界)|(?<=全米)|(?<=市場)|(?<=シェア))(?:首位|トップ|最上位|筆頭)(?=[にのへをでと、。）)]|$)"
)
_FRACTION = re.compile(rf"(?<![\d.,])(?P<whole>{NUMBER})分の(?P<part>{NUMBER})")
# With a stroke a part is told from a day by what follows or by the word before it.
_PART = r"(?P<ratio>1/(?P<whole>[2-9]|[1-9]0|100))"
_STROKE = re.compile(
    rf"(?<![\w./]){_PART}(?![\d/])"
    r"(?=[\s*]{0,3}(?:の(?:価格|コスト|料金|費用|規模|サイズ|メモリ|時間|速度|電力|消費|計算|量|水準|大きさ|パラメータ)"
    r"|以下|未満|程度|ほど|前後|にまで|に(?:削減|低減|圧縮|短縮|抑|縮小|減)|まで(?:削減|低減|圧縮|短縮|減)))"
)
_PART_OF = re.compile(rf"(?<=の){_PART}(?=と|に|で|程度|を|が|、|。|$)")
_ABOUT_STROKE = re.compile(rf"(?:約|およそ|わずか)\s?{_PART}(?![\d/])")
_DOUBLED = re.compile(r"(?<![\d一二三四五六七八九十数.])倍増")
_HALVES = (
    (re.compile(r"(?P<about>約|ほぼ)?(?<!過)半数(?=[がのをにはも以超近])"), 50.0, "%"),
    (re.compile(r"(?P<about>約|ほぼ)?半(?:額|値)(?=[でのにとだ以程ほなをへ、。）)]|$)"), 0.5, "x"),
)
# "A free app" names a kind of thing and no price.
_FREE = re.compile(
    r"(?<!有)無(?:料|償)(?:(?![ァ-ヶA-Za-z一-龠々/／]|では?な|じゃな)|(?=版|公開|提供|プラン|利用|化|トライアル|体験))"
)


def find_ratios(plain: str, text: str) -> Iterator[Amount]:
    """Parts and multiples as `x`, shares as `%`, the first place as `rank`, what costs nothing as 0 USD."""
    for match in _FRACTION.finditer(plain):
        whole, part = read_number(match["whole"])[0], read_number(match["part"])[0]
        if whole > 1:
            yield Amount(match.span(), text[slice(*match.span())], round(part / whole, 6), "x")
    for pattern in (_STROKE, _PART_OF, _ABOUT_STROKE):
        for match in pattern.finditer(plain):
            about = Comparator.ABOUT if pattern is _ABOUT_STROKE else Comparator.EQUAL
            span = match.span("ratio")
            yield Amount(span, text[slice(*span)], round(1 / int(match["whole"]), 6), "x", about)
    for match in _DOUBLED.finditer(plain):
        yield Amount(match.span(), match.group(), 2, "x")
    for pattern, value, unit in _HALVES:
        for match in pattern.finditer(plain):
            comparator = Comparator.ABOUT if match["about"] else Comparator.EQUAL
            yield Amount(match.span(), text[slice(*match.span())], value, unit, comparator)
    for match in _TOP.finditer(text):
        yield Amount(match.span(), match.group(), 1, "rank")
    for match in _FREE.finditer(text):
        yield Amount(match.span(), match.group(), 0, "USD")
