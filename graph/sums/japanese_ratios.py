"""What Japanese sentences say in percent, times and parts, of what: うち31万, 半数以上, 4倍近い, 25%増."""

import re
from dataclasses import replace

from graph.sums.making import (
    Operand,
    Sum,
    make_change,
    make_share,
)
from graph.sums.numerals import PERCENT, RATIOS, TIMES, Numeral, is_alike
from graph.sums.operands import find_before, find_named, is_amount, list_alike, pick_sole
from graph.sums.passages import Passage, Sentence

# Behind a share: what makes it one of a whole, or the end of the sentence.
_IS_PART = re.compile(
    r"^(?:以上|以下|近く|近い|弱|強|超|余り|程度|ほど|前後|を超える|を上回る|未満|"
    r"足らず)?(?:を占め|にあたる|に当たる|にあたり|に当たり|にあたりま|に相当|に達|に上|"
    r"にのぼ|となる|となり|とな|だった|だ|である|です|で、|が|。|、|[)）]|$|は|を)"
)
_IS_TIMES = re.compile(
    r"^(?:以上|近く|近い|弱|強|超|余り|程度|ほど|前後|を超える|を上回る|"
    r"未満)?(?:の(?:規模|水準|額|数|値段|価格|金額|人数|件数|開き|差)?)?(?:にあたる|"
    r"に当たる|に相当|に達|に上|にのぼ|に(?:な|増|膨|拡|急|伸|跳)|と(?:な|い)|だ|である|"
    r"です|で、|。|、|$|を|へ)"
)
_OF = re.compile(
    r"^[)）]?(?:以上|超|超の|余り|あまり)?(?:もの|"
    r"ある)?(?:[ぁ-んァ-ヶー一-龠々]{0,10})?(?:の(?:実に)?|と比べ(?:て|ると)?|に比べ(?:て|"
    r"ると)?|に対し(?:て)?、?|比で?)$"
)
# What makes a share that of the number told just before, and no statement of its own.
_EQUALS = re.compile(
    r"^(?:以上|以下|近く|近い|弱|強|超|余り|程度|ほど|前後|を超える|を上回る|未満|足らず)?"
    r"(?:の(?:規模|水準|額|数|値段|価格|金額|人数|件数))?"
    r"(?:にあた|に当た|に相当|に達|に上|にのぼ|となる|になる|だ|である|です|で、|。|$)"
)
_HOLDS = re.compile(r"^(?:以上|近く|超|弱|強)?を占め")
_NEW_TOPIC = re.compile(r"、[^、]*[はが]")
_STAKE = re.compile(r"^(?:を投じ|を出資し|を払い|で)(?:、)?[^、。]{0,12}$")
_ACQUIRED = re.compile(r"^(?:の株式|の持ち分|の議決権)?を?(?:取得|手に入れ|得|握|保有)")
_WORTH = re.compile(r"(?:評価額|企業価値|時価総額)(?:は|を|が|も)[^、。]{0,10}$")
_OF_WHICH = re.compile(r"うち(?:の|、)?$")
_IS_HERE = re.compile(r"^(?:以上|近く|近い|弱|強|超|余り)?(?:にあたる|に当たる|に相当する|となる|の)?$")
_AMONG = re.compile(r"(?:うち|中|の中で|内)(?:の)?、?[^、。]{0,16}?$")
_IT = re.compile(r"(?:その|全体の|この|総数の|総額の)(?:実に)?$")
_GAP = re.compile(r"(?:差|開き|隔たり)(?:は|が)?(?:実に)?$")
_GAP_BEHIND = re.compile(r"^(?:近い|近く|以上|超|弱|強|を超える)?(?:もの|の)?(?:差|開き|隔たり)")
_ORIGIN = re.compile(
    r"^(?:程度|余り|超)?[)）]?(?:だった)?(?:から|より|と比べ|に比べ|を(?=(?:約|およそ)?[\d.]+(?:%|％|割|パーセント)(?:近く|以上|超|弱|強)?(?:上回|下回)))"
)
_UP, _DOWN = r"増|伸び|上昇|成長|拡大|上積み|高|上回|値上が|膨ら|多", r"減|下落|低下|縮小|安|下回|値下が|落ち|少な"
_WAY = re.compile(rf"^(?:以上|近く|近い|弱|強|超|余り|程度|ほど|の)?の?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))")
_FIRST = re.compile(r"^(?:と|で|に|へ|は)?、?[^、。]{0,12}$")
_TO_RATIO = re.compile(
    r"^(?:程度|余り|超)?[)）]?(?:だった)?(?:(?:から|を|へ|に|へと|より|と比べて?|に比べて?|まで)?の?、?[^、。]{0,6}|"
    r"[にへ](?:減り|減って|増え|増えて|下がり|上がり)、)$"
)
_TO_END = re.compile(r"^[^、。]{0,14}$")
_MOVED = re.compile(r"^(?:安|高)?\s?[(（]%(?:安|高)?[)）]\s?(?:安|高)?の$")
_GROWN = re.compile(r"(?P<noun>評価額|企業価値|時価総額|売上高|株価|価格|利用者数|従業員数)[はが][^、。]{0,14}$")
_GROWN_BEHIND = re.compile(r"^(?:近く|以上|超|弱|強)?(?:に(?:な|増|膨|拡|伸|跳|上が)|へ|となる|となり)")


def _find_part(passage: Passage, said: Numeral) -> Sum | None:
    """1,200人のうち310人、約3分の1; 230万で、うち日本は31万と、全体の13.5%."""
    text = passage.text
    before = [one for one in passage.numerals if one.span[1] <= said.lead and is_amount(one)]
    if said.unit == TIMES or len(before) < 2 or not _IS_PART.match(text[said.span[1] :]):
        return None
    whole, part = before[-2:]
    words = passage.between(whole, part)
    if (
        not is_alike(whole, part)
        or whole.value < part.value
        or any(one.unit in RATIOS for one in _inside(passage, part, said))
    ):
        return None
    if _AMONG.search(words) and len(words) <= 30:
        linked = re.match(
            r"^[^。]{0,4}(?:、|と、|で、|が、|[(（]|と|で|の|が|は|"
            r"を)(?:[^、。\d]{0,14}、)?(?:全体の|その|[^、。\d]{0,8}(?:割合|比率|率)は|"
            r"割合にして)?(?:実に)?$",
            passage.between(part, said),
        ) or re.match(
            r"^[^、。]{0,16}(?:が|は|で|、|と|し)、?(?:全体の|その|[^、。\d]{0,8}(?:割合|比率|率)は)?(?:実に)?$",
            passage.between(part, said),
        )
        return make_share(passage.sentence, said, Operand(part), Operand(whole)) if linked else None
    return None


def _find_base(passage: Passage, said: Numeral) -> Sum | None:
    """260万はその0.65%; 1万1000台の半数以上; 1,280個の9倍: of the number before, or of what その stands for."""
    text = passage.text
    behind = _IS_PART if said.unit != TIMES else _IS_TIMES
    before = [one for one in passage.numerals if one.span[1] <= said.lead and is_amount(one)]
    if not before or not behind.match(text[said.span[1] :]) or _WAY.match(text[said.span[1] :]):
        return None
    last, lead = before[-1], text[: said.lead]
    if any(one.unit in RATIOS for one in _inside(passage, last, said)):
        return None
    if not _IT.search(lead):
        return _share_of(passage, said, last) if _OF.match(passage.between(last, said)) else None
    if len(before) == 2 and is_alike(*before):
        whole, part = before
        between = passage.between(part, said)
        if whole.value > part.value and len(between) <= 12 and re.match(r"^(?:は|が|という金額は)", between):
            return make_share(passage.sentence, said, Operand(part), Operand(whole))
    return None


def _share_of(passage: Passage, said: Numeral, whole: Numeral) -> Sum | None:
    """What is said to be a share or a multiple of a number: the one like it here, or in the sentence before."""
    text, equals = passage.text, _EQUALS.match(passage.text[said.span[1] :])
    here = list_alike(passage.numerals, whole, end=whole.lead)
    if here:
        sole = pick_sole(here)
        words = passage.between(here[-1], whole)
        told = re.match(r"^.{0,24}?(?:は|が|で|、|という)", words) and not _NEW_TOPIC.search(words)
        held = _HOLDS.match(text[said.span[1] :]) and re.match(r"^(?:[はが]|で、全体の)", text[here[-1].span[1] :])
        return (
            make_share(passage.sentence, said, Operand(sole), Operand(whole))
            if sole and ((told and (equals or said.unit == TIMES)) or held)
            else None
        )
    later = list_alike(passage.numerals, whole, start=said.span[1])
    if later:
        joined = _IS_HERE.match(passage.between(said, later[0]))
        return make_share(passage.sentence, said, Operand(later[0]), Operand(whole)) if joined else None
    found = find_before(passage, whole) if equals else None
    return make_share(passage.sentence, said, found, Operand(whole)) if found else None


def _find_of_which(passage: Passage, said: Numeral) -> Sum | None:
    """3万人で、うち4割にあたる1万2000人."""
    part = next((one for one in passage.numerals if one.span[0] >= said.span[1]), None)
    if said.unit == TIMES or not part or not _OF_WHICH.search(passage.text[: said.lead]):
        return None
    whole = pick_sole(list_alike(passage.numerals, part, end=said.lead))
    if not whole or not is_amount(part) or not _IS_HERE.match(passage.between(said, part)):
        return None
    return make_share(passage.sentence, said, Operand(part), Operand(whole))


def _find_stake(passage: Passage, said: Numeral) -> Sum | None:
    """1億2000万ドルで6%を取得し、評価額は20億ドルとなった."""
    paid = [one for one in passage.numerals if one.span[1] <= said.lead and one.unit.isupper() and is_amount(one)]
    if said.unit == TIMES or not paid or not _ACQUIRED.match(passage.text[said.span[1] :]):
        return None
    worth = [one for one in list_alike(passage.numerals, paid[-1]) if _WORTH.search(passage.text[: one.lead])]
    if len(paid) != 1 or len(worth) != 1 or not _STAKE.match(passage.between(paid[0], said)):
        return None
    return make_share(passage.sentence, said, Operand(paid[0]), Operand(worth[0]))


def _find_gap(passage: Passage, said: Numeral) -> Sum | None:
    """原告が1万1400点、被告が3050点と主張し、隔たりは4倍近い."""
    if said.unit != TIMES:
        return None
    if not _GAP.search(passage.text[: said.lead]) and not _GAP_BEHIND.match(passage.text[said.span[1] :]):
        return None
    before = [one for one in passage.numerals if one.span[1] <= said.lead and is_amount(one)]
    if len(before) != 2 or not is_alike(*before):
        return None
    more, less = sorted(before, key=lambda one: -one.value)
    return make_share(passage.sentence, said, Operand(more), Operand(less))


def _find_change(passage: Passage, said: Numeral) -> Sum | None:
    """前年の16億ドルから25%増の20億ドル; 16億ドルから20億ドルへ25%増えた; 16億ドルから2倍の32億ドルに."""
    text = passage.text
    way = _WAY.match(text[said.span[1] :])
    if said.unit != TIMES and not way:
        return None
    amounts = [one for one in passage.numerals if is_amount(one)]
    origins = [one for one in amounts if _ORIGIN.match(text[one.span[1] :]) and one.span[1] <= said.lead]
    if len(origins) != 1 or sum(one.unit == said.unit for one in passage.numerals) > 1:
        return None
    origin = origins[0]
    later = list_alike(amounts, origin, start=origin.span[1])
    end = later[0] if len(later) == 1 else None
    if not later:
        earlier = list_alike(amounts, origin, end=origin.lead)
        end = earlier[0] if len(earlier) == 1 and _FIRST.match(passage.between(earlier[0], origin)) else None
    if not end or not _is_of_change(passage, said, origin, end):
        return None
    falls = bool(way and way["down"])
    return make_change(passage.sentence, said, Operand(end), Operand(origin), falls)


def _is_of_change(passage: Passage, said: Numeral, origin: Numeral, end: Numeral) -> bool:
    """Whether the ratio is of these two: it stands behind one of them, in its clause."""
    if origin.span[1] <= said.lead and said.span[1] <= end.lead:
        return bool(_TO_RATIO.match(passage.between(origin, said)) and _TO_END.match(passage.between(said, end)))
    last = origin if end.span[1] <= origin.lead else end
    return bool(_TO_RATIO.match(passage.between(last, said)))


def _find_move(passage: Passage, said: Numeral) -> Sum | None:
    """前日比842円(1.6%)安の5万1216円: what it was before is the one and the other together."""
    text = passage.text
    amounts = [one for one in passage.numerals if is_amount(one)]
    by = next((one for one in reversed(amounts) if one.span[1] <= said.lead), None)
    end = next((one for one in amounts if one.span[0] >= said.span[1]), None)
    if said.unit != PERCENT or not by or not end or not is_alike(by, end):
        return None
    way = _MOVED.match(text[by.span[1] : end.lead].replace(said.text, "%"))
    if not way:
        return None
    falls = "安" in way.group()
    earlier = end.value + by.value if falls else end.value - by.value
    before = replace(end, value=earlier, step=max(end.step, by.step))
    return make_change(passage.sentence, said, Operand(end), Operand(before), falls)


def _find_grown(passage: Passage, said: Numeral) -> Sum | None:
    """評価額は7カ月で2.4倍になる: from the number of the sentence before to the one that is so called above."""
    text = passage.text
    grown = _GROWN.search(text[: said.lead])
    if said.unit != TIMES or not grown or not _GROWN_BEHIND.match(text[said.span[1] :]) or not passage.before:
        return None
    if any(is_amount(one) and one.unit.isupper() for one in passage.numerals):
        return None
    earlier = pick_sole(one for one in passage.before[-1].numerals if one.unit.isupper() and is_amount(one))
    if not earlier:
        return None
    noun = grown["noun"]

    def is_called(sentence: Sentence, one: Numeral) -> bool:
        return bool(re.search(rf"{noun}[をはがの、]?(?:、)?$", sentence.text[: one.lead]))

    later = find_named(passage, is_called, earlier)
    return make_share(passage.sentence, said, later, Operand(earlier, passage.before[-1].text)) if later else None


def _inside(passage: Passage, one: Numeral, other: Numeral) -> list[Numeral]:
    return [found for found in passage.numerals if one.span[1] <= found.span[0] and found.span[1] <= other.span[0]]


RULES = (_find_part, _find_of_which, _find_gap, _find_base, _find_change, _find_move, _find_stake, _find_grown)
"""Each finds what a ratio is of; the first that does is right."""
