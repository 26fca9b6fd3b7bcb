"""What English sentences say in percent, times and parts: of what, and of which number beside it."""

import re
from collections.abc import Iterator

from graph.sums.english import find_numerals
from graph.sums.making import Operand, Sum, make_change, make_joint_share, make_share
from graph.sums.numerals import RATIOS, TIMES, Numeral, is_alike
from graph.sums.operands import find_before, find_named, is_amount, list_alike, pick_sole
from graph.sums.passages import Passage, Sentence

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
_OF_TOTAL = re.compile(r"^ of (?:the total|the whole|all of them)\b")
_BOUGHT = re.compile(r"\bfor (?:an? )?$")
_VALUED = re.compile(
    r"\b(?:valu\w+|worth|price)\b(?: [\w'’-]+){0,4} at $|\ba (?:[a-z-]+ )?(?:valuation|value|price) of $"
)
_UP = (
    r"up|rise|rose|risen|rising|grew|grown|growth|growing|grow|gain\w*|jump\w*|climb\w*|"
    r"increas\w*|surg\w+|soar\w*|leap\w*|leapt|higher|add\w*|more"
)
_DOWN = (
    r"down|f[ae]ll\w*|drop\w*|lower|decreas\w*|declin\w*|cut\w*|shr[aiu]nk\w*|slid\w*|"
    r"plung\w*|slump\w*|lost|lose|los[st]\w*|reduc\w*|tumbl\w*|less|sank|off"
)
_WAY = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:from|compared with|compared to|against|versus)(?: (?!of\b|to\b)[A-Za-z'’]+){0,4} $", re.IGNORECASE
)
_TO = re.compile(r"\bto(?: (?:close|end|finish|reach|stand|trade|settle|a record|about|at|just)){0,3} $")
_CHANGED = re.compile(
    r"^[^;]{0,30}?,? (?:up|down|a (?:rise|fall|drop|increase|decline|jump|gain|growth) of|"
    r"an (?:increase) of|rising|falling|having (?:risen|fallen))(?: by)? $"
)
_COMPARED = re.compile(
    r"^[^;]{0,40}?,? (?:(?:up|down) from|compared with|compared to|against|versus)(?: [\w'’]+){0,4} $"
)
_FROM_LATER = re.compile(r"^ (?:from|on|over|compared with|against|than)(?: [\w'’]+){0,5} $")
_CLAUSE = re.compile(r";|, (?:while|whereas|but)\b")
_NEW_CLAUSE = re.compile(
    r"[;:]|\b(?:after|as|when|once|because|since|amid|while|with|following|and|but|who|that|which)\b"
)
_AFTER_BOTH = re.compile(
    r"^(?: (?!after|as|when|and|but|while|shares|its)[a-z]+){0,3}(?:,|\(|:)?(?: (?:or|up|"
    r"down|an?|the|which|is|was|rise|fall|drop|increase|decline|jump|gain|growth|cut|of|"
    r"by|more|than|over|about)){0,6} ?$"
)
_MANY = {"doubl": "twice", "tripl": "triple", "trebl": "treble", "quadrupl": "quadruple", "halv": "half"}
_DOUBLED = re.compile(
    r"\b(?P<hedge>more than |nearly |almost |all but |roughly |about )?(?P<verb>doubl|tripl|trebl|"
    r"quadrupl|halv)(?:ed|ing|es|e)\b"
)
_GROWN = re.compile(
    r"\b(?P<noun>valuation|value|price|revenue|sales|headcount|workforce|turnover|"
    r"profit)s?\b[^.;]{0,40}\b(?:grow|grown|grew|risen|rise|rose|increase|increased|"
    r"multiplied|multiply|gone up|jumped)(?: by)?[a-z ]{0,14}$"
)
_STEMS = {"valuation": "valu", "value": "valu", "price": "pric", "workforce": "work"}
_TOGETHER = re.compile(
    r"^(?P<names>.{3,80}?) (?:together |jointly |between them )?(?:account|make up|put up|"
    r"provid|contribut|hold|own)\w*(?: for)? $"
)


def find_ratios(passage: Passage) -> Iterator[Sum]:
    """The sums of percentages, multiples and parts; of each ratio at most one."""
    for said in passage.numerals:
        if said.unit in RATIOS:
            for rule in _RULES:
                if found := rule(passage, said):
                    yield found
                    break
    yield from _find_doubled(passage)


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
    if _OF_TOTAL.match(text[said.span[1] :]) and _LINK.search(text[: said.lead]) and len(before) == 2:
        part, whole = sorted(before, key=lambda one: one.value)
        return make_share(passage.sentence, said, Operand(part), Operand(whole)) if is_alike(part, whole) else None
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


def _find_change(passage: Passage, said: Numeral) -> Sum | None:
    """Up 25 percent to X from Y, from Y to X; X, up 25 percent from Y."""
    numerals = _cut_clause(passage, said)
    if sum(one.unit == said.unit for one in numerals) > 1:
        return None
    falls = _read_way(passage.text, said)
    if falls is None:
        return None
    text = passage.text
    amounts = [one for one in numerals if is_amount(one)]
    origins = [one for one in amounts if _FROM.search(text[: one.lead])]
    if len(origins) != 1:
        return None
    ends = [one for one in amounts if _TO.search(text[: one.lead]) and is_alike(one, origins[0])]
    if not ends:
        ends = [
            one
            for one in amounts
            if one.span[1] <= said.lead
            and _CHANGED.match(passage.between(one, said))
            and said.span[1] <= origins[0].lead
            and _FROM_LATER.match(passage.between(said, origins[0]))
            and is_alike(one, origins[0])
        ][-1:]
    if not ends:
        earlier = list_alike(amounts, origins[0], end=origins[0].lead)
        ends = earlier if len(earlier) == 1 and _COMPARED.match(passage.between(earlier[0], origins[0])) else []
    if (
        len(ends) != 1
        or ends[0] is origins[0]
        or not _is_of_change(passage, said, *sorted((ends[0], origins[0]), key=_start))
    ):
        return None
    return make_change(passage.sentence, said, Operand(ends[0]), Operand(origins[0]), falls)


def _cut_clause(passage: Passage, said: Numeral) -> list[Numeral]:
    """The numbers of the clause that a ratio stands in."""
    cuts = [0, *(cut.start() for cut in _CLAUSE.finditer(passage.text)), len(passage.text)]
    start = max(cut for cut in cuts if cut <= said.span[0])
    end = min(cut for cut in cuts if cut >= said.span[1])
    return [one for one in passage.numerals if start <= one.span[0] and one.span[1] <= end]


def _is_of_change(passage: Passage, said: Numeral, first: Numeral, last: Numeral) -> bool:
    """Whether the ratio is of these two: shares that fell 23 percent after a forecast went from Y to X are not."""
    if said.span[1] <= first.lead:
        return not _NEW_CLAUSE.search(passage.between(said, first))
    if last.span[1] <= said.lead:
        return bool(_AFTER_BOTH.match(passage.between(last, said)))
    return True


def _start(one: Numeral) -> int:
    return one.span[0]


def _read_way(text: str, said: Numeral) -> bool | None:
    """Whether it falls by what is said; None when the words near it tell neither. A multiple has no way."""
    if said.unit == TIMES:
        return False if re.search(r"-?fold$|times$|^(?:double|triple)", said.text) else None
    behind = [*_WAY.finditer(text[max(0, said.lead - 40) : said.lead])]
    way = behind[-1] if behind else _WAY.search(text[said.span[1] : said.span[1] + 14])
    return bool(way["down"]) if way else None


def _find_doubled(passage: Passage) -> Iterator[Sum]:
    """Sales more than doubled from Y to X, to X from Y."""
    for verb in _DOUBLED.finditer(passage.text):
        amounts = [one for one in passage.numerals if is_amount(one) and one.span[0] >= verb.end()][:2]
        if len(amounts) != 2 or not is_alike(*amounts):
            continue
        origins = [one for one in amounts if _FROM.search(passage.text[: one.lead])]
        ends = [one for one in amounts if _TO.search(passage.text[: one.lead])]
        if len(origins) == len(ends) == 1 and origins != ends:
            said = find_numerals(f"{verb['hedge'] or ''}{_MANY[verb['verb']]}")[0]
            if found := make_share(passage.sentence, said, Operand(ends[0]), Operand(origins[0])):
                yield found


def _find_stake(passage: Passage, said: Numeral) -> Sum | None:
    """$120 million for 6 percent of the company, valuing it at $2 billion."""
    paid = [one for one in passage.numerals if one.span[1] <= said.lead and one.unit.isupper() and is_amount(one)]
    if said.unit == TIMES or not paid or not _BOUGHT.search(passage.text[: said.lead]):
        return None
    worth = [one for one in list_alike(passage.numerals, paid[-1]) if _VALUED.search(passage.text[: one.lead])]
    if len(paid) != 1 or len(worth) != 1:
        return None
    return make_share(passage.sentence, said, Operand(paid[0]), Operand(worth[0]))


def _find_grown(passage: Passage, said: Numeral) -> Sum | None:
    """Its valuation has grown 2.4 times: from the number of the sentence before to the valuation told above."""
    grown = _GROWN.search(passage.text[: said.lead])
    if said.unit != TIMES or not grown or not passage.before:
        return None
    if any(is_amount(one) and one.unit.isupper() for one in passage.numerals):
        return None
    earlier = pick_sole(one for one in passage.before[-1].numerals if one.unit.isupper() and is_amount(one))
    if not earlier:
        return None
    stem = _STEMS.get(grown["noun"], grown["noun"])
    later = find_named(passage, lambda sentence, one: _is_called(sentence, one, stem), earlier)
    return make_share(passage.sentence, said, later, Operand(earlier, passage.before[-1].text)) if later else None


def _is_called(sentence: Sentence, one: Numeral, stem: str) -> bool:
    """Whether the word stands by the number: "a $42bn valuation", "valued at $42 billion"."""
    around = sentence.text[max(0, one.lead - 16) : one.lead] + sentence.text[one.span[1] : one.span[1] + 14]
    return stem in around.lower()


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


_RULES = (_find_base, _find_unsaid, _find_part, _find_gloss, _find_change, _find_stake, _find_grown, _find_joint)
