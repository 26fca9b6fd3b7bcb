"""Amounts of the grammar as quantities of claims: what they measure, in which unit, and which way they went."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.records import PREDICATES, ClaimType, Comparator, Predicate, Quantity
from ingest.nlp.document import Amount
from ingest.nlp.lexicon import MEASURES, Lexicon

# What a predicate measures whatever the network thinks.
_ONLY = {
    Predicate.RANKS: "rank",
    Predicate.VALUED_AT: "valuation",
    Predicate.HAS_USERS: "",
    Predicate.SCORES: "score",
    Predicate.RAISED: "funding",
    Predicate.INVESTED_IN: "investment",
    Predicate.FINED: "fine",
    Predicate.SUED: "damages",
}
MONEY = "money"  # any currency
_BY_UNIT = {
    (Predicate.HAS_USERS, "people"): "users",
    (Predicate.HAS_USERS, "downloads"): "downloads",
    (Predicate.HAS_USERS, "countries"): "countries",
    (Predicate.HAS_SIZE, "parameters"): "parameters",
    (Predicate.TRAINED_WITH, "tokens"): "tokens",
    (Predicate.TRAINED_ON, "chips"): "chips",
    (Predicate.OWNS_HARDWARE, "chips"): "chips",
    (Predicate.LOST_VALUE, MONEY): "market_cap",
    (Predicate.INVESTED_IN, "%"): "stake",
    (Predicate.ACQUIRED, "%"): "stake",
    (Predicate.OWNS, "%"): "stake",
    (Predicate.LEADS, "%"): "market_share",
    (Predicate.OWNS_HARDWARE, "GW"): "power",
    (Predicate.SUPPLIES, "GW"): "power",
}
# Where a bare number is points.
_RESULTS = frozenset({*PREDICATES[ClaimType.BENCHMARK], *PREDICATES[ClaimType.CAPABILITY], Predicate.STOCK_MOVED})
_SHARES = frozenset({"margin", "accuracy", "error_rate"})  # told in percent alone
# Of what has these a part is told beside the whole.
_COUNTED = frozenset({Predicate.LEFT, Predicate.JOINED, Predicate.RAISED, Predicate.INVESTED_IN})
_OF_FIRMS = frozenset({Predicate.RAISED, Predicate.INVESTED_IN})
# What a bare number counts, by what it measures; of anything else it is points.
_BARE = {
    "parameters": "parameters",
    "context": "tokens",
    "tokens": "tokens",
    "users": "people",
    "downloads": "downloads",
    "chips": "chips",
}
_RELATIVE = frozenset({"%", "x", "pp"})
# Units that such a thing is told in; in any other the amount measures something else. So it is in all annotated texts.
_TOLD_IN = {
    **dict.fromkeys(
        ("revenue", "profit", "spending", "valuation", "market_cap", "training_cost", "development_cost"),
        _RELATIVE | {MONEY},
    ),
    **dict.fromkeys(("funding", "investment", "fine", "damages"), _RELATIVE | {MONEY}),
    "market_share": _RELATIVE,
    "power": {"GW", "TWh", "x", "%"},
    "chips": {"chips", "x", ""},
    "context": {"tokens", "words", "characters", "x", ""},
    "parameters": {"parameters", "x", "%", ""},
    "tokens": {"tokens", "words", "x", ""},
}
# What is counted in these is no chips: "copied 12,400 of its titles".
_NO_CHIPS = frozenset(
    {
        *(Predicate.TOOK_TECHNOLOGY_FROM, Predicate.DISTILLED_FROM, Predicate.EXFILTRATED_DATA_FROM),
        *(Predicate.INFRINGED, Predicate.MISLED, Predicate.TRAINED_WITH, Predicate.SUED, Predicate.COSTS),
        *(Predicate.LEFT, Predicate.JOINED),
    }
)
# What a predicate can be told in; of those that are not here in anything.
_UNITS = {
    Predicate.COSTS: {MONEY, "%", "x", "pp", "free", "GW", "hours"},
    Predicate.RAISED: {MONEY},
    Predicate.VALUED_AT: {MONEY, "x"},
    Predicate.INVESTED_IN: {MONEY, "%"},
    Predicate.ACQUIRED: {MONEY, "%"},
    Predicate.LOST_VALUE: {MONEY, "%"},
    Predicate.FINED: {MONEY},
    Predicate.EARNED: {MONEY, "%", "x"},
    Predicate.STOCK_MOVED: {MONEY, "%", "x", "pp", "points"},
    Predicate.RANKS: {"rank"},
}
_NO_USERS = frozenset(
    {"GW", "GB", "TB", "GHz", "TWh", "tokens", "parameters", "rank", "pp", "points", "free"}
    | {"years", "months", "weeks", "days", "hours", "minutes", "seconds"}
)
# Nothing has more users than there are people; a larger number counts something else that its sentence names elsewhere.
_PEOPLE = 1e10
# What is so much at a time: by how much it moved is not how much it is.
_LEVELS = frozenset({Predicate.VALUED_AT, Predicate.EARNED, Predicate.COSTS, Predicate.HAS_USERS})
# What a word behind a sum may say to be how far it is from another.
_PRICES = frozenset({Predicate.VALUED_AT, Predicate.COSTS})
# Changes and results, of which those to less are negative.
_SIGNED = frozenset({"stock_change", "price_change", "revenue_change", "users_change", "profit"})
_SIGNED_ACTS = frozenset({Predicate.STOCK_MOVED})
# A share of these that stands right beside a word for less is by how much they fell.
_CHANGED = frozenset({Predicate.EARNED, Predicate.HAS_USERS})
_BY = re.compile(
    r"\s?(?:by )?(?:(?:about|around|nearly|almost|roughly|some|over|more than|less than|as much as|up to|just|an?) )*"
)
_CURRENCY = re.compile(r"[A-Z]{3}")
_LOSS = re.compile(r"\b(?:loss(?:es)?|lost|losing|loses?)\b|赤字|損失", re.IGNORECASE)
_EITHER = "損益"  # a profit or a loss
_FIGURE = re.compile(r"\d")
# Characters around an amount in which a word tells which way it went.
_BEFORE, _AFTER = 70, 30
_TURNED = {
    Comparator.OVER: Comparator.UNDER,
    Comparator.UNDER: Comparator.OVER,
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.AT_MOST: Comparator.AT_LEAST,
}


def fits(amount: Amount, predicate: Predicate, others: Iterable[Amount] = ()) -> bool:
    """Whether a predicate can be told in the unit of an amount: nobody raises points.

    others  amounts of the same passage: where one of them counts chips, a bare number counts something else
    """
    units = _UNITS.get(predicate)
    unit = amount.unit.partition("/")[0]
    if predicate is Predicate.OWNS_HARDWARE and not unit:
        return all(other.unit != "chips" for other in others)
    if predicate is Predicate.HAS_USERS:  # people, trips, clients: whatever is counted but money
        people = unit in ("", "people")
        return unit not in _NO_USERS and not _CURRENCY.fullmatch(unit) and (not people or amount.value < _PEOPLE)
    return units is None or unit in units or (MONEY in units and _CURRENCY.fullmatch(unit) is not None)


def make_quantity(amount: Amount, predicate: Predicate, measure: str, sentence: str, lexicon: Lexicon) -> Quantity:
    """The quantity of a claim; the span of the amount is in its sentence."""
    unit = amount.unit.partition("/")[0]
    named = _find_word(amount, predicate, measure, sentence, lexicon)
    kind = MONEY if _CURRENCY.fullmatch(unit) else unit
    named = named or _BY_UNIT.get((predicate, kind), _ONLY.get(predicate, measure)) or measure
    if predicate is Predicate.COSTS and unit == "%" and named == "price" and _changed(sentence, amount, lexicon):
        named = "price_change"
    if kind not in _TOLD_IN.get(named, {kind}) or (named == "chips" and not unit and predicate in _NO_CHIPS):
        named = ""
    plain = _make_plain(amount, predicate, "users" if predicate is Predicate.HAS_USERS else named)
    if predicate is Predicate.STOCK_MOVED:
        named = "price" if _CURRENCY.fullmatch(unit) else "stock_change"
    if predicate is Predicate.PARTNERED_WITH and _CURRENCY.fullmatch(unit):
        named = "contract"
    value, high, comparator = plain.value, plain.high, plain.comparator
    signed = named in _SIGNED or (predicate in _SIGNED_ACTS and not _is_level(sentence, amount, lexicon))
    fell = signed and _fell(sentence, amount, named, lexicon)
    if predicate in _CHANGED and plain.unit == "%" and named not in _SHARES:
        fell = fell or _is_fall(sentence, amount, lexicon)
    if fell and value > 0:
        value, comparator = -value, _TURNED.get(comparator, comparator)
        if high is not None:
            value, high = -high, value
    return Quantity(named, value, plain.unit, comparator, high, amount.text)


def is_valuation(amount: Amount, predicate: Predicate, sentence: str, lexicon: Lexicon) -> bool:
    """Whether an amount is what the firm is valued at, of a predicate that tells of money put into it.

    The amount's span is in its sentence: "raised money at a $4 billion valuation" tells of no amount raised.
    """
    start, end = amount.span
    if predicate not in _OF_FIRMS:
        return False
    return bool(lexicon.valued_before.search(sentence[:start]) or lexicon.valued_after.match(sentence[end:]))


def settle_move(amount: Amount, predicate: Predicate, sentence: str, lexicon: Lexicon) -> Amount | None:
    """What came of a move where an amount tells how far that went: $9 billion of "rose $3 billion to $9 billion"; None
    where it tells only how far. Any other amount is as it was.

    The amount's span is in its sentence.
    """
    if (
        predicate not in _LEVELS
        or not _is_absolute(amount)
        or not lexicon.moved_before.search(sentence[: amount.span[0]])
    ):
        return amount
    _, to, came = amount.text.rpartition(" to ")
    if not (to and amount.high):
        return None
    return replace(amount, value=amount.high, high=None, comparator=Comparator.EQUAL, text=came)


def _is_absolute(amount: Amount) -> bool:
    return amount.unit.partition("/")[0] not in _RELATIVE


def is_anothers(amount: Amount, predicate: Predicate, sentence: str, lexicon: Lexicon) -> bool:
    """Whether an amount is not what came of the deed: 400 of "laid off 80 of its 400 employees", a price that was, or
    by how much a value moved.

    The amount's span is in its sentence.
    """
    before, behind = sentence[: amount.span[0]], sentence[amount.span[1] :]
    if predicate in _COUNTED:
        return bool(lexicon.whole_before.search(before) or lexicon.whole_behind.match(behind))
    if predicate is Predicate.COSTS and lexicon.old_before.search(before) and lexicon.old_behind.match(behind):
        return True
    return predicate in _PRICES and _is_absolute(amount) and bool(lexicon.moved_behind.match(behind))


def _find_word(amount: Amount, predicate: Predicate, measure: str, sentence: str, lexicon: Lexicon) -> str:
    """What the nearest word says that an amount measures; empty where none does."""
    if predicate is Predicate.COSTS and not _CURRENCY.fullmatch(amount.unit):
        return ""  # what a month or a million tokens cost has a price
    found = [
        (rank, name)
        for name in MEASURES.get(predicate, ())
        if amount.unit == "%" or name not in _SHARES
        for rank, _ in _rank(lexicon.measures[name], amount, predicate, sentence, lexicon)
    ]
    if predicate is Predicate.COSTS and any(name == measure for _, name in found):
        return measure  # "spent $6 million on training it": any of the words will do
    return min(found)[1] if found else ""


def _rank(
    words: re.Pattern[str], amount: Amount, predicate: Predicate, sentence: str, lexicon: Lexicon
) -> Iterator[tuple[tuple[bool, int, bool], str]]:
    """How near words stand to an amount, and what they are: those with no figure between go first.

    Of what is earned, a word behind an amount is of it only in the same breath, and where no other figure follows it:
    "$2 billion on revenue of $7 billion" tells of no revenue of two billion.
    """
    around, start, end = _look_around(sentence, amount)
    for match in words.finditer(around):
        before = match.end() <= start
        if predicate is not Predicate.EARNED:
            yield (False, _distance(match, start, end), before), match[0]
        elif before:
            yield (bool(_FIGURE.search(around, match.end(), start)), start - match.end(), True), match[0]
        elif (
            match.start() >= end
            and lexicon.to_word.fullmatch(around, end, match.start())
            and not lexicon.to_figure.match(around, match.end())
        ):
            yield (False, match.start() - end, False), match[0]


def _make_plain(amount: Amount, predicate: Predicate, measure: str) -> Amount:
    """The amount in units that are stored: what is free as no dollars, a bare number as what its measure counts, where
    that does not tell as points of a result and else as a number.
    """
    money, slash, rate = amount.unit.partition("/")
    if money == "free":
        return replace(amount, unit="USD" + slash + rate)
    bare = "points" if predicate in _RESULTS else ""
    return amount if amount.unit else replace(amount, unit=_BARE.get(measure, bare))


def _changed(sentence: str, amount: Amount, lexicon: Lexicon) -> bool:
    """Whether a word around an amount tells of a change."""
    around, _, _ = _look_around(sentence, amount)
    return bool(lexicon.falls.search(around) or lexicon.rises.search(around))


def _is_level(sentence: str, amount: Amount, lexicon: Lexicon) -> bool:
    """Whether a sum of money is where a price stands, not how far it moved: 4万8101ドル of 312ドル安の4万8101ドル."""
    before, behind = sentence[: amount.span[0]], sentence[amount.span[1] :]
    return bool(
        _CURRENCY.fullmatch(amount.unit) and (lexicon.level_before.search(before) or lexicon.level_behind.match(behind))
    )


def _fell(sentence: str, amount: Amount, measure: str, lexicon: Lexicon) -> bool:
    """Whether the word nearest to an amount that tells a direction tells of less."""
    if measure == "profit":
        told = sorted(_rank(lexicon.measures["profit"], amount, Predicate.EARNED, sentence, lexicon))
        return bool(_LOSS.search(next((words for _, words in told if words != _EITHER), "")))
    around, start, end = _look_around(sentence, amount)
    downs = [_distance(match, start, end) for match in lexicon.falls.finditer(around)]
    ups = [_distance(match, start, end) for match in lexicon.rises.finditer(around)]
    return bool(downs) and (not ups or min(downs) < min(ups))


def _is_fall(sentence: str, amount: Amount, lexicon: Lexicon) -> bool:
    """Whether a word for less stands right beside an amount: "fell 13%", 13%減."""
    start, end = amount.span
    before = sentence[max(0, start - _BEFORE) : start]
    return bool(lexicon.falls.match(sentence[end:].lstrip())) or any(
        _BY.fullmatch(before, match.end()) for match in lexicon.falls.finditer(before)
    )


def _look_around(sentence: str, amount: Amount) -> tuple[str, int, int]:
    """The words in which another may tell of an amount, and from where to where it stands in them."""
    start, end = amount.span
    begin = max(0, start - _BEFORE)
    return sentence[begin : end + _AFTER], start - begin, end - begin


def _distance(match: re.Match[str], start: int, end: int) -> int:
    return start - match.end() if match.end() <= start else match.start() - end
