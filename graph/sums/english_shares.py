"""What English sentences say that is a share or a multiple: of what, and which number beside it."""

import re

from graph.sums.making import Operand, Sum, make_change, make_joint_share, make_share
from graph.sums.numerals import RATIOS, TIMES, Numeral, is_alike
from graph.sums.operands import find_before, find_named, is_amount, list_alike, pick_sole
from graph.sums.passages import Passage

# Words between a ratio and its base: "three times the", "6 percent of the company's", "as many as all".
_FAR = r"(?:to|in|on|from|for|by|with|at|after|since|and|or|who|that|which|than|as|while|per|under)\b"
_WORDS = rf"(?:(?:(?!{_FAR})[A-Za-z'’.&-]+|(?:19|20)\d\d) ){{0,4}}"
_BASE = re.compile(
    rf"^ (?:as (?:many|much|large|big|high|great|long|heavy|expensive|valuable)(?: [\w-]+){{0,4}}? as |"
    rf"(?:more|larger|bigger|higher|greater|longer|heavier)(?: [\w-]+){{0,3}}? than |"
    rf"the (?:size|number|amount|sum|value|price) of |"
    rf"of |(?=(?:the|its|their|his|her|our|all|last|[A-Z][\w.-]*['’]s?) )){_WORDS}$"
)
_MORE = re.compile(
    rf"^ (?:(?P<way>more|higher|larger|bigger|greater|above|less|fewer|lower|smaller|below|cheaper)"
    rf"(?: [\w-]+){{0,3}}?(?: than)?|"
    rf"(?P<step>premium|increase|rise|jump|gain|growth|discount|decrease|decline|drop|fall|cut|reduction) "
    rf"(?:on|over|from|to|above|compared with)) {_WORDS}$"
)
# What is more or less by a ratio is said to be so: "12 people solved 30 percent more than the 200" is of no 12.
_STEPS = re.compile(r"(?:,|\b(?:is|are|was|were|be|being|represents?|marks?))(?: an?)?(?: premium of| discount of)? $")
_PREMIUM = re.compile(r"\b(?P<step>premium|discount) of $")
_PREMIUM_ON = re.compile(rf"^ (?:to|over|on|above|from) {_WORDS}$")
_DOWNWARD = frozenset(
    [
        "less",
        "fewer",
        "lower",
        "smaller",
        "below",
        "cheaper",
        "discount",
        "decrease",
        "decline",
        "drop",
        "fall",
        "cut",
        "reduction",
    ]
)
# Between a number and the ratio that is said of it nothing new may begin.
_PARTED = re.compile(r"[;]|\b(?:while|whereas|but|although|though|and|as|after|then)\b")
_BESIDE = re.compile(
    r"^(?:,| (?:is|was|are|were|would be|will be|equals?|represents?|makes up)(?: an?)?|, or|, which is) ?$"
)
_POINTS_BACK = re.compile(
    r"^[\"“]?(?:That|This|Which|It|They|Those|These|The [\w'’ -]{2,40}?)(?: alone| also)? (?:is|are|was|were|would be|"
    r"will be|amounts? to|amounted to|equals?|represents?|comes? to|makes?|makes? up|corresponds? to|means?) $"
)
_UNSAID = re.compile(
    r"^ (?:as (?:many|much) as )?(?:what|the (?:number|figure|sum|count|"
    r"amount))\b.{0,24}\b(?:told|said|gave|given|claimed|reported|disclosed|announced|"
    r"admitted|acknowledged)\b"
)
# What a share that follows is linked by: "…, or 6 percent", "(6 percent)", "…, which is 6 percent".
_LINK = re.compile(
    r"(?:[,(:–—-]|\bor|\b(?:rate|share|proportion) of|\b(?:is|was|are|were|makes?|made|"
    r"making|equals?|represents?|representing|to|means)) ?$"
)
_OR = re.compile(r"(?:, or|\(or) $")
_OF_ANOTHER = re.compile(r" (?:of (?!the total|all|them|those)|more|less|higher|lower)")
_RATE_OF = re.compile(r"\b(?:rate|share|proportion) of $")
_RATE_IN = re.compile(r"^ (?:[a-z-]+ ){1,3}(?:in|among|out of) (?:a total of |the |its )?$")
_OUT_OF = re.compile(
    r"^(?: [a-z-]+){0,2}? (?:out )?of (?:the |its |their |his |her |all |all the |some |"
    r"those |a total of )?(?:[\w'’-]+['’]s? )?(?:[a-z-]+ )?$"
)
_AMONG = re.compile(r"(?:^|[,:;.] |\b)(?:[Oo]f|[Oo]ut of|[Aa]mong|[Ff]rom)(?: (?!of\b)[\w'’.-]+){0,3} $")
_OF_THEM = re.compile(r"^(?: [a-z-]+){0,3}? of (?:the|them|those|these|its|their|it|that|which|whom)\b(?! ?\d)")
_OF_IT = re.compile(r"^ of (?:them|those|these|it|that|the total|all of them)\b")
# "…, which has 15,000 employees, will cut 1,350 jobs, or 9 percent": what is cut is always of these.
_STAFF = frozenset(["employees", "staff", "workers", "people"])
_POSTS = frozenset(["jobs", "posts", "positions", "roles"])
_OF_TOTAL = re.compile(r"^ of (?:the total|the whole|all of them)\b")
_BOUGHT = re.compile(r"\bfor (?:an? )?$")
_VALUED = re.compile(
    r"\b(?:valu\w+|worth|price)\b(?: [\w'’-]+){0,4} at $|\ba (?:[a-z-]+ )?(?:valuation|value|price) of $"
)
_TOGETHER = re.compile(
    r"^(?P<names>.{3,80}?) (?:together |jointly |between them )?(?:account|make up|put up|"
    r"provid|contribut|hold|own)\w*(?: for)? $"
)


def _find_base(passage: Passage, said: Numeral) -> Sum | None:
    """X … three times the Y; X, or three times the Y; three times the Y, or X; and X in the sentence before."""
    base = next((one for one in passage.numerals if one.span[0] >= said.span[1]), None)
    if base is None or not is_amount(base, priced=True):
        return None
    words = passage.between(said, base)
    step = _find_step(passage, said, words)
    if not step and not _BASE.match(words) and not (said.unit == TIMES and words == " "):
        return None
    one = _find_told_of(passage, said, base)
    if one is None:
        return None
    if step:
        if one.numeral in passage.numerals and not _STEPS.search(passage.between(one.numeral, said)):
            return None
        return make_change(passage.sentence, said, one, Operand(base), step in _DOWNWARD)
    return make_share(passage.sentence, said, one, Operand(base))


def _find_step(passage: Passage, said: Numeral, words: str) -> str:
    """The word that makes a ratio what something is more or less by, if one does: `higher`, `premium`."""
    if said.unit == TIMES:
        return ""
    more = _MORE.match(words)
    if more:
        return more["way"] or more["step"]
    premium = _PREMIUM.search(passage.text[: said.lead])
    return premium["step"] if premium and _PREMIUM_ON.match(words) else ""


def _find_told_of(passage: Passage, said: Numeral, base: Numeral) -> Operand | None:
    """The number that a ratio of a base is told of."""
    earlier = list_alike(passage.numerals, base, end=said.lead) or list_alike(
        passage.numerals, base, end=said.lead, priced=True
    )
    if earlier and _BESIDE.match(passage.between(earlier[-1], said)):
        return Operand(earlier[-1])
    if earlier:
        sole = pick_sole(earlier)
        return Operand(sole) if sole and not _PARTED.search(passage.between(earlier[-1], said)) else None
    later = list_alike(passage.numerals, base, start=base.span[1])
    if later and re.search(
        r"^[^.;]{0,50}?(?:,|\(|, or|, that is,?| is| are| would be| comes to| makes| equals?| =) ?$",
        passage.between(base, later[0]),
    ):
        return Operand(later[0])
    return find_before(passage, base) if not later and _POINTS_BACK.match(passage.text[: said.lead]) else None


def _find_unsaid(passage: Passage, said: Numeral) -> Sum | None:
    """X, three times what they said: the other number is the only one like it in headline and sentences before."""
    earlier = [one for one in passage.numerals if is_amount(one) and one.span[1] <= said.lead]
    if said.unit != TIMES or not earlier or not _UNSAID.match(passage.text[said.span[1] :]):
        return None
    base = find_named(passage, lambda _, __: True, earlier[-1])
    return make_share(passage.sentence, said, Operand(earlier[-1]), base) if base else None


def _find_part(passage: Passage, said: Numeral) -> Sum | None:
    """X of the Y, or 6 percent; of Y, X …, which is 6 percent; Y …: X of them, or 6 percent."""
    before = [one for one in passage.numerals if one.span[1] <= said.lead and is_amount(one)]
    if said.unit == TIMES or not before or any(one.unit in RATIOS for one in _between(passage, before[-1], said)):
        return None
    text = passage.text
    if _OF_TOTAL.match(text[said.span[1] :]) and _LINK.search(text[: said.lead]):
        return _share_of_two(passage, said, sorted(before, key=lambda one: one.value))
    if _OF_IT.match(text[said.span[1] :]):
        return _share_of_two(passage, said, before)
    if not _LINK.search(text[: said.lead]) or (
        _OF_ANOTHER.match(text[said.span[1] :]) and not _OR.search(text[: said.lead])
    ):
        return None
    last = before[-1]
    if len(before) > 1 and is_alike(before[-2], last):
        pair = before[-2], last
        if _OUT_OF.match(passage.between(*pair)) and pair[0].value <= pair[1].value:
            return make_share(passage.sentence, said, Operand(pair[0]), Operand(pair[1]))
        if (
            _RATE_OF.search(text[: said.lead])
            and _RATE_IN.match(passage.between(*pair))
            and pair[0].value <= pair[1].value
        ):
            return make_share(passage.sentence, said, Operand(pair[0]), Operand(pair[1]))
        if _AMONG.search(text[: pair[0].lead]) and pair[1].value <= pair[0].value:
            return make_share(passage.sentence, said, Operand(pair[1]), Operand(pair[0]))
    if len(before) == 2 and before[0].noun in _STAFF and last.noun in _POSTS and before[0].value > last.value:
        return make_share(passage.sentence, said, Operand(last), Operand(before[0]))
    if not _OF_THEM.match(text[last.span[1] :]):
        return None
    whole = pick_sole(one for one in before[:-1] if is_alike(one, last))
    found = Operand(whole) if whole else find_before(passage, last) if len(before) == 1 else None
    return make_share(passage.sentence, said, Operand(last), found) if found and found.value > last.value else None


def _share_of_two(passage: Passage, said: Numeral, before: list[Numeral]) -> Sum | None:
    """…used 1,280; in all it owns 3,100, so that the run took 41 percent of them."""
    if len(before) != 2 or not is_alike(*before) or before[0].value >= before[1].value:
        return None
    return make_share(passage.sentence, said, Operand(before[0]), Operand(before[1]))


def _find_gloss(passage: Passage, said: Numeral) -> Sum | None:
    """18 percent (9,360 of 52,000); more than a third, 412 of the 1,200."""
    after = [one for one in passage.numerals if one.span[0] >= said.span[1]][:2]
    if said.unit == TIMES or len(after) < 2 or not is_alike(*after) or after[0].value > after[1].value:
        return None
    linked = re.match(
        r"^(?: of (?:them|those|the [a-z]+))? ?(?:\(|,(?: or| that is,?| i\.e\.,?)?|:) ?$",
        passage.between(said, after[0]),
    )
    if not linked or not _OUT_OF.match(passage.between(*after)):
        return None
    return make_share(passage.sentence, said, Operand(after[0]), Operand(after[1]))


def _find_stake(passage: Passage, said: Numeral) -> Sum | None:
    """$120 million for 6 percent of the company, valuing it at $2 billion."""
    paid = [one for one in passage.numerals if one.span[1] <= said.lead and one.unit.isupper() and is_amount(one)]
    if said.unit == TIMES or not paid or not _BOUGHT.search(passage.text[: said.lead]):
        return None
    worth = [one for one in list_alike(passage.numerals, paid[-1]) if _VALUED.search(passage.text[: one.lead])]
    if len(paid) != 1 or len(worth) != 1:
        return None
    return make_share(passage.sentence, said, Operand(paid[0]), Operand(worth[0]))


def _find_joint(passage: Passage, said: Numeral) -> Sum | None:
    """A and B account for 63 percent: both, and the whole that all of the list make, stand in the sentence before."""
    told = _TOGETHER.match(passage.text[: said.lead])
    if said.unit == TIMES or not told or not passage.before:
        return None
    listed = passage.before[-1]
    amounts = [
        one
        for one in listed.numerals
        if is_amount(one) and one.unit.isupper() and listed.text[: one.lead].endswith("(")
    ]
    names = [name.strip() for name in re.split(r",| and ", told["names"]) if name.strip()]
    parts = [
        one
        for name in names
        for one in amounts
        if re.search(rf"\b{re.escape(name)}\b[\w ]{{0,24}}\($", listed.text[: one.lead])
    ]
    total = sum(one.value for one in amounts)
    above = (*passage.before[:-1], *((passage.title,) if passage.title else ()))
    wholes = [
        Operand(one, sentence.text)
        for sentence in above
        for one in sentence.numerals
        if amounts and one.unit == amounts[0].unit and abs(one.value - total) <= one.step / 2
    ]
    if len(parts) != len(names) or len(names) < 2 or not wholes:
        return None
    return make_joint_share(passage.sentence, said, [Operand(one, listed.text) for one in parts], wholes[0])


def _between(passage: Passage, one: Numeral, other: Numeral) -> list[Numeral]:
    return [found for found in passage.numerals if one.span[1] <= found.span[0] and found.span[1] <= other.span[0]]


RULES = (_find_base, _find_unsaid, _find_part, _find_gloss, _find_stake, _find_joint)
"""Each finds what a ratio is a share or a multiple of; the first that does is right."""
