"""What English sentences work out from amounts: costs and their factors, shares for each, totals, records, ranks."""

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
from graph.sums.numerals import COUNT, RANK, Numeral, is_alike
from graph.sums.operands import find_before, is_amount, list_alike, pick_sole
from graph.sums.passages import Passage

_COMES_TO = re.compile(
    r"(?:,|\(|\bor|\b(?:comes?|came|works? out|worked out|amounts?|amounted|"
    r"adds? up) (?:to|at)|\b(?:is|was|makes|means|equals)|=|\bfor a total of|\bin all|"
    r"\btotal(?:l?ing)?(?: of)?) ?$"
)
_SHARED = re.compile(r"\b(?:over|for|among|across|between|divided by|shared by) (?:the |its |some |about )?$")
_OF_EACH = re.compile(r"^ for (?:each|every one) of (?:the |its |their |[\w'’-]+['’]s )?$")
_MORE = re.compile(r"^ (?:more|fewer|less|higher|lower) than (?:the |its |their |last year's )?(?:[\w'’-]+['’]s? )?$")
_LESS = re.compile(r"^ (?:fewer|less|lower)")
_IN_ALL = re.compile(
    r"\b(?:total(?:l?ing)?(?: of)?|altogether|combined|in all,?|together,?|for a total of|adds? up to|sum of) ?$"
)
_IN_ALL_BEHIND = re.compile(r"^(?: [a-z]+){0,2} (?:in all|altogether|in total|combined|together)\b")
_SUPERLATIVE = re.compile(
    r"\b(?:(?P<most>largest|biggest|highest|most expensive|costliest|dearest|longest|"
    r"richest|heaviest)|(?P<least>smallest|lowest|cheapest))\b"
    r"|\b(?P<record>record)\b(?! company| label)"
)
_EVER = re.compile(
    r"\b(?:ever|so far|to date|in history|until now|until then|on record|yet|previous|old|"
    r"any|record|of all time|in its history)\b"
)
_PASSES = re.compile(
    r"\b(?:overtak\w+|surpass\w*|beat(?:s|ing|en)?|topp(?:ed|ing)|tops?|exceed\w*|"
    r"eclips\w+|ahead of|above|more than|larger than|bigger than|higher than|"
    r"break(?:s|ing)?|broke|pass(?:es|ed|ing)?|match(?:es|ed|ing)?|against|compared with|"
    r"than|below|under|cheaper than|smaller than|lower than)"
    r"(?: (?!and\b|or\b)[\w'’-]+){0,5} $"
)
_LISTS = re.compile(
    r"\b(?:previous|old|earlier|last|existing|until now the|"
    r"until then the)\b[^.]{0,40}\b(?:record|largest|biggest|highest|smallest|lowest|"
    r"cheapest|most)\b"
    r"|\brecord (?:was|is|had been|stood|stands)\b|\bthe (?:largest|biggest|highest|"
    r"smallest|lowest) (?:so far|until now|before)\b"
)
_NAME = r"(?:[A-Z][\w.'’-]*|\d[\w.-]*)(?: (?:[A-Z][\w.'’-]*|\d[\w.-]*|of|the))*(?: ?\([^()]{1,40}\))?"
# What follows the last name; a further name in small letters would leave the list short.
_LIST_ENDS = re.compile(
    r"$|[.;:)\"”]|,? (?:[a-z]+ing|on|in|by|at|with|per|for|according|when|but|while|as|among|last|this)\b"
)
_BEHIND = re.compile(
    rf"\b(?:behind|after|trailing) (?P<names>{_NAME}(?:, (?!and\b){_NAME})*(?:,? and {_NAME})?)(?P<rest>.{{0,12}})"
)


def find_amounts(passage: Passage) -> Iterator[Sum]:
    """The sums of amounts that no ratio is said of."""
    for rule in (
        _find_hours,
        _find_product,
        _find_priced,
        _find_quotient,
        _find_difference,
        _find_total,
        _find_record,
        _find_place,
    ):
        if found := rule(passage):
            yield found


def _find_hours(passage: Passage) -> Sum | None:
    """1,280 chips for 67 days, or 2.06 million chip-hours."""
    said = [one for one in passage.numerals if one.unit == "chip-hours"]
    days = [one for one in passage.numerals if one.unit == "days"]
    if len(said) != 1 or len(days) != 1 or days[0].span[0] > said[0].span[0]:
        return None
    chips = pick_sole(
        one for one in passage.numerals if one.unit == COUNT and not one.spelled and one.span[1] <= days[0].lead
    )
    if not chips:
        return None
    return make_product(passage.sentence, said[0], (("chips", Operand(chips)), ("days", Operand(days[0]))), hours=True)


def _find_product(passage: Passage) -> Sum | None:
    """2.788 million hours at $2 an hour, 5.576 million dollars; 400 seats at $30 each come to $12,000."""
    prices = [
        one
        for one in passage.numerals
        if one.unit.isupper()
        and one.noun
        and re.search(
            r"\b(?:at|rent of|price of|rate of)(?: (?:an?|the|assumed|price|rent|rate|of))* $", passage.text[: one.lead]
        )
    ]
    if len(prices) != 1:
        return None
    price = prices[0]
    timed = price.noun.rstrip("s") == "hour"
    counts = [
        one
        for one in passage.numerals
        if one.span[1] <= price.lead
        and not one.spelled
        and (one.unit in ("hours", "chip-hours") if timed else one.unit == COUNT)
    ]
    totals = [one for one in list_alike(passage.numerals, price) if is_amount(one)]
    totals = totals or [one for one in passage.numerals if one.unit == price.unit and not one.noun]
    if len(counts) != 1 or len(totals) != 1:
        return None
    if not timed and not _COMES_TO.search(passage.text[: totals[0].lead]):
        return None
    return make_product(
        passage.sentence, totals[0], (("hours" if timed else "count", Operand(counts[0])), ("price", Operand(price)))
    )


def _find_priced(passage: Passage) -> Sum | None:
    """12 dollars a share for the 300 million shares, or $3.6 billion."""
    for price in passage.numerals:
        counts = [one for one in passage.numerals if one.unit == COUNT and price.noun and one.noun == f"{price.noun}s"]
        if not price.unit.isupper() or len(counts) != 1:
            continue
        money = [one for one in passage.numerals if one.unit == price.unit and one is not price]
        if len(money) == 1 and not money[0].noun and _COMES_TO.search(passage.text[: money[0].lead]):
            factors = (("count", Operand(counts[0])), ("price", Operand(price)))
            return make_product(passage.sentence, money[0], factors)
    return None


def _find_quotient(passage: Passage) -> Sum | None:
    """C$480 million over 11,400 titles comes to about C$42,000 a title."""
    said = [
        one
        for one in passage.numerals
        if one.unit.isupper() and one.noun and _COMES_TO.search(passage.text[: one.lead])
    ]
    if len(said) != 1:
        return None
    here = said[0]
    money = [
        one
        for one in passage.numerals
        if one.unit == here.unit and one.noun in ("", "year", "month", "quarter") and one.span[1] <= here.lead
    ]
    counts = [one for one in passage.numerals if one.unit == COUNT and not one.spelled]
    if len(money) != 1 or len(counts) != 1:
        return None
    behind = _OF_EACH.match(passage.text[here.span[1] : counts[0].lead])
    if not behind and not (counts[0].span[1] <= here.lead and _SHARED.search(passage.text[: counts[0].span[0]])):
        return None
    return make_quotient(passage.sentence, said[0], Operand(money[0]), Operand(counts[0]))


def _find_difference(passage: Passage) -> Sum | None:
    """9,600, or 8,320 more than the 1,280 that it gave."""
    for said in filter(is_amount, passage.numerals):
        base = next((one for one in passage.numerals if one.span[0] >= said.span[1]), None)
        if (
            not base
            or not is_amount(base)
            or base.unit != said.unit
            or not (more := _MORE.match(passage.between(said, base)))
        ):
            continue
        first = list_alike(passage.numerals, base, end=said.lead)
        if len(first) != 1 or not re.search(r"(?:,|\bor|\bis|\bwas|\()(?: or)? ?$", passage.text[: said.lead]):
            return None
        less = _LESS.match(more.group())
        return make_difference(
            passage.sentence, said, Operand(base if less else first[0]), Operand(first[0] if less else base)
        )
    return None


def _find_total(passage: Passage) -> Sum | None:
    """6,700 abroad and 4,300 in Japan, 11,000 in all."""
    amounts = [one for one in passage.numerals if is_amount(one)]
    if not 3 <= len(amounts) <= 5 or any(not is_alike(one, amounts[0]) for one in amounts):
        return None
    said = amounts[-1]
    told = _IN_ALL.search(passage.text[: said.lead]) or _IN_ALL_BEHIND.match(passage.text[said.span[1] :])
    parts = amounts[:-1]
    joined = re.search(r"\band\b|\bplus\b", passage.between(parts[-2], parts[-1]))
    if not told or not joined or any(one.value >= said.value for one in parts):
        return None
    return make_total(passage.sentence, said, map(Operand, parts))


def _find_record(passage: Passage) -> Sum | None:
    """At that size it would overtake the $6.5 billion that X raised, until now the largest round."""
    best = _SUPERLATIVE.search(passage.text)
    if not best or not (best["record"] or _EVER.search(passage.text)):
        return None
    amounts = [
        one
        for one in passage.numerals
        if (is_amount(one) and one.unit.isupper()) or (one.unit == COUNT and is_amount(one))
    ]
    listed = [one for one in amounts if _PASSES.search(passage.text[: one.lead])]
    if len(listed) == 1:
        claimed = _find_claimed(passage, listed[0])
        return make_record(passage.sentence, claimed, Operand(listed[0]), bool(best["least"])) if claimed else None
    told = _LISTS.search(passage.text)
    if told and best.start() < told.start():
        listed = [one for one in amounts if one.span[0] >= told.end()]
        claimed = _find_claimed(passage, listed[0]) if len(listed) == 1 else None
        return make_record(passage.sentence, claimed, Operand(listed[0]), bool(best["least"])) if claimed else None
    if listed or not passage.after or not _LISTS.search(passage.after.text):
        return None
    next_listed = pick_sole(one for one in passage.after.numerals if is_amount(one) and one.unit.isupper())
    claimed = _find_claimed(passage, next_listed) if next_listed else None
    if not next_listed or not claimed:
        return None
    return make_record(passage.sentence, claimed, Operand(next_listed, passage.after.text), bool(best["least"]))


def _find_claimed(passage: Passage, listed: Numeral) -> Operand | None:
    """What is said to be the record: the other number of the sentence, else that of the one before or the headline."""
    here = list_alike(passage.numerals, listed)
    if here:
        sole = pick_sole(here)
        return Operand(sole) if sole else None
    return find_before(passage, listed, title=True)


def _find_place(passage: Passage) -> Sum | None:
    """Fourth, behind A, B and C."""
    ranks = [one for one in passage.numerals if one.unit == RANK]
    behind = _BEHIND.search(passage.text)
    if len(ranks) != 1 or not behind or not 0 <= behind.start() - ranks[0].span[1] <= 60 or ranks[0].value < 2:
        return None
    if not _LIST_ENDS.match(behind["rest"]):
        return None
    names = [name for name in re.split(r",? and |, ", re.sub(r" ?\([^()]*\)", "", behind["names"])) if name]
    return make_place(passage.sentence, ranks[0], names)
