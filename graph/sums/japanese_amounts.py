"""What Japanese sentences work out from amounts: for each one, in hours, in all, of records and of places."""

import re
from collections.abc import Iterator

from graph.sums.making import (
    Operand,
    Sum,
    make_difference,
    make_place,
    make_product,
    make_quotient,
    make_record,
    make_total,
)
from graph.sums.numerals import COUNT, RANK, is_alike
from graph.sums.operands import find_before, is_amount, list_alike, pick_sole
from graph.sums.passages import Passage

_EACH = re.compile(
    r"(?:1|１|一)(?:人|点|件|台|社|個|作品|本|枚|冊|世帯|店|問|作)(?:当たり|あたり|につき)(?:の)?[^、。]{0,10}$"
)
# A list of prices divides nothing.
_LISTED = re.compile(r"[／/|・]")
_APART = re.compile(r"^(?:ほど|近く|以上|余り)?(?:(?P<more>上回|高|多)|下回|安|低|少な)")
_FROM_OTHER = re.compile(r"^(?:を|より)(?:も)?$")
_RECORD = re.compile(
    r"(?:過去|史上|これまでで|国内|世界)(?:で)?(?:(?P<most>最大|最高|最多|最長)|(?P<least>最小|最低|最少|最安))"
)
_PASSES = re.compile(r"^(?:\s?[(（][^()（）]{1,24}[)）])?(?:を(?:超|上回|抜|更新|下回|破)|に(?:並|匹敵)|より|と並)")
_LISTS = re.compile(r"(?:(?:これまで|従来|それまで|以前)の?|過去の)(?:最大|最高|最多|最長|最小|最低|最少|最安|記録)")
_TOTAL = re.compile(r"(?:合わせて|総額で?|合計で?|計|合計は|総計で?)(?:約)?$")
_PLACE = re.compile(
    r"(?P<names>[^、。「」はがで]{1,24}(?:、[^、。「」はが]{1,24}){0,8})に(?:次ぐ|次いで|"
    r"続く|続いて|続き)(?:、)?[^、。]{0,8}$"
)


def _find_quotient(passage: Passage) -> Sum | None:
    """11,400点で4億8000万ドル、1点あたり約4万2000ドル."""
    said = [one for one in passage.numerals if one.unit.isupper() and _EACH.search(passage.text[: one.lead])]
    if len(said) != 1:
        return None
    money = [one for one in passage.numerals if one.unit == said[0].unit and one.span[1] <= said[0].lead]
    counts = [one for one in passage.numerals if one.unit == COUNT and one.span[1] <= said[0].lead and one.value > 1]
    if len(money) != 1 or len(counts) != 1 or _LISTED.search(passage.text[money[0].span[1] : said[0].lead]):
        return None
    return make_quotient(passage.sentence, said[0], Operand(money[0]), Operand(counts[0]))


def _find_each(passage: Passage) -> Sum | None:
    """1人あたり300万円、400人で総額12億円."""
    text = passage.text
    prices = [one for one in passage.numerals if one.unit.isupper() and _EACH.search(text[: one.lead])]
    totals = [one for one in passage.numerals if one.unit.isupper() and _TOTAL.search(text[: one.lead])]
    counts = [one for one in passage.numerals if one.unit == COUNT and one.value > 1]
    if len(prices) != 1 or len(totals) != 1 or len(counts) != 1 or prices[0].unit != totals[0].unit:
        return None
    if not prices[0].span[1] <= counts[0].lead <= totals[0].lead:
        return None
    return make_product(passage.sentence, totals[0], (("count", Operand(counts[0])), ("price", Operand(prices[0]))))


def _find_difference(passage: Passage) -> Sum | None:
    """32億ドルで、28億ドルを4億ドル上回る."""
    text = passage.text
    amounts = [one for one in passage.numerals if is_amount(one) and one.noun != "点"]
    if len(amounts) != 3 or not all(is_alike(one, amounts[0]) for one in amounts):
        return None
    first, other, said = amounts
    way = _APART.match(text[said.span[1] :])
    if not way or not _FROM_OTHER.match(passage.between(other, said)):
        return None
    more, less = (first, other) if way["more"] else (other, first)
    return make_difference(passage.sentence, said, Operand(more), Operand(less))


def _find_hours(passage: Passage) -> Sum | None:
    """1時間2ドルで278万8000時間、557万6000ドル."""
    text = passage.text
    prices = [
        one
        for one in passage.numerals
        if one.unit.isupper() and re.search(r"1(?:GPU)?時間(?:あたり|当たり|につき)?(?:約)?$", text[: one.lead])
    ]
    hours = [one for one in passage.numerals if one.unit == "hours" and one.value > 1]
    if len(prices) != 1 or len(hours) != 1:
        return None
    totals = list_alike(passage.numerals, prices[0])
    if len(totals) != 1:
        return None
    return make_product(passage.sentence, totals[0], (("hours", Operand(hours[0])), ("price", Operand(prices[0]))))


def _find_total(passage: Passage) -> Sum | None:
    """国内4300台と海外6700台の計1万1000台."""
    amounts = [one for one in passage.numerals if is_amount(one)]
    if not 3 <= len(amounts) <= 5 or any(not is_alike(one, amounts[0]) for one in amounts):
        return None
    said, parts = amounts[-1], amounts[:-1]
    if not _TOTAL.search(passage.text[: said.lead]) or any(one.value >= said.value for one in parts):
        return None
    return make_total(passage.sentence, said, map(Operand, parts))


def _find_record(passage: Passage) -> Sum | None:
    """過去最高で、Xの1億400万ドルを上回る; 過去最大となる。これまでの最大は2600億円だった."""
    best = _RECORD.search(passage.text)
    if not best or _LISTS.search(passage.text):
        return None
    listed = [one for one in passage.numerals if is_amount(one) and _PASSES.match(passage.text[one.span[1] :])]
    source = ""
    if not listed and passage.after and _LISTS.search(passage.after.text):
        sole = pick_sole(one for one in passage.after.numerals if is_amount(one))
        listed, source = ([sole], passage.after.text) if sole else ([], "")
    if len(listed) != 1:
        return None
    here = [] if source and not list_alike(passage.numerals, listed[0]) else list_alike(passage.numerals, listed[0])
    sole = pick_sole(here)
    claimed = Operand(sole) if sole else None if here else find_before(passage, listed[0], title=True)
    return make_record(passage.sentence, claimed, Operand(listed[0], source), bool(best["least"])) if claimed else None


def _find_place(passage: Passage) -> Sum | None:
    """A、B、Cに次ぐ4位."""
    ranks = [one for one in passage.numerals if one.unit == RANK]
    if len(ranks) != 1 or ranks[0].value < 2:
        return None
    told = _PLACE.search(passage.text[: ranks[0].lead])
    if not told:
        return None
    names = [name.strip() for name in re.split(r"、|と", told["names"]) if name.strip()]
    return make_place(passage.sentence, ranks[0], names)


def find_amounts(passage: Passage) -> Iterator[Sum]:
    """The sums of amounts that no ratio is said of."""
    for rule in (_find_quotient, _find_each, _find_difference, _find_hours, _find_total, _find_record, _find_place):
        if found := rule(passage):
            yield found
