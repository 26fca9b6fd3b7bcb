"""Records and ranks: a "largest ever" beside the largest that the text names, a place beside those named as ahead."""

import re
from collections.abc import Iterator

from graph.sums.making import Operand, Sum, make_place, make_record
from graph.sums.numerals import COUNT, RANK, Numeral, is_alike
from graph.sums.operands import is_amount, pick_sole
from graph.sums.passages import Passage, Sentence

_NAMES = re.compile(r",? and |, |、|と")
_BRACKETS = re.compile(r" ?[(（][^()（）]*[)）]")


def find_records(passage: Passage) -> Iterator[Sum]:
    """The sums of a sentence that calls something the largest ever, or that counts those ahead."""
    for found in (_find_record(passage), _find_place(passage)):
        if found:
            yield found


def _find_record(passage: Passage) -> Sum | None:
    """At that size it would overtake the $6.5 billion that X raised, until now the largest round."""
    words, text = passage.words, passage.text
    best = words.best.search(text)
    if not best:
        return None
    amounts = [one for one in passage.numerals if _is_kept(one)]
    listed = [one for one in amounts if words.passes.marks(text, one)]
    told = words.lists.search(text)
    if not listed and told and (best.start() < told.start() or len(amounts) > 1):
        listed = [one for one in amounts if one.span[0] >= told.end()][:1]
    quote = ""
    if not listed and not told and passage.after and words.lists.search(passage.after.text):
        listed = [one for one in passage.after.numerals if _is_kept(one) and one.unit.isupper()]
        quote = passage.after.text
    if len(listed) != 1:
        return None
    claimed = _find_claimed(passage, listed[0])
    return make_record(passage.sentence, claimed, Operand(listed[0], quote), bool(best["least"])) if claimed else None


def _is_kept(one: Numeral) -> bool:
    return is_amount(one) and (one.unit.isupper() or one.unit == COUNT)


def _find_claimed(passage: Passage, listed: Numeral) -> Operand | None:
    """What is said to be the record: the other number of the sentence, else that of the one before or the headline."""
    here = [one for one in passage.numerals if one is not listed and _is_kept(one) and is_alike(one, listed)]
    if here:
        sole = pick_sole(here)
        return Operand(sole) if sole else None
    for sentence in (*passage.before[-1:], *((passage.title,) if passage.title else ())):
        if found := _list_like(sentence, listed):
            sole = pick_sole(found)
            return Operand(sole, sentence.text) if sole and sole.value != listed.value else None
    return None


def _list_like(sentence: Sentence, listed: Numeral) -> list[Numeral]:
    return [one for one in sentence.numerals if _is_kept(one) and is_alike(one, listed)]


def _find_place(passage: Passage) -> Sum | None:
    """Fourth, behind A, B and C; A、B、Cに次ぐ4位."""
    ranks = [one for one in passage.numerals if one.unit == RANK]
    if len(ranks) != 1 or ranks[0].value < 2:
        return None
    rank = ranks[0]
    first = passage.words.base_first
    told = passage.words.ahead.search(passage.text[: rank.lead] if first else passage.text[rank.end :])
    if not told:
        return None
    names = [name.strip() for name in _NAMES.split(_BRACKETS.sub("", told["names"])) if name.strip()]
    return make_place(passage.sentence, rank, names)
