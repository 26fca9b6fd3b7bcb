"""What English sentences say that something grew or fell by: up 25 percent to $2 billion from $1.6 billion."""

import re
from collections.abc import Iterator

from graph.sums.english import find_numerals
from graph.sums.making import Operand, Sum, make_change, make_share
from graph.sums.numerals import TIMES, Numeral, is_alike
from graph.sums.operands import find_named, is_amount, list_alike, pick_sole
from graph.sums.passages import Passage, Sentence

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


def find_doubled(passage: Passage) -> Iterator[Sum]:
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


RULES = (_find_change, _find_grown)
"""Each finds what a ratio is a change of; the first that does is right."""
