"""Claims that arithmetic or a table can check: the computation and its input, beside the claim; no status changes."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.errors import ParseError
from graph.records import Claim, ClaimId, ClaimType, EntityId, Party, Polarity, Predicate
from graph.utterances import Utterance, sort_utterances


class Check(StrEnum):
    """What was computed."""

    SHARE = "share"
    PRODUCT = "product"
    RECORD = "record"
    RANK = "rank"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Input:
    """A number that went in, and where it is from: a claim, words of a sentence, or a table's source."""

    label: str
    value: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Computation:
    """What comes out beside what a claim says.

    formula  readable: `1 - 118.42 / 142.62`
    result   in `unit`
    agrees   whether the claim says the same, to its own last digit
    """

    check: Check
    claim: ClaimId
    inputs: tuple[Input, ...]
    formula: str
    result: float
    unit: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A record as it stood before a day: "the largest loss in a day" is checked against it."""

    record: str
    unit: str
    before: str
    value: float
    holder: str
    day: str
    words: re.Pattern[str]
    source: str


# 17 % is said of 16.97; a rounded share is right within a unit of its last digit.
_DOLLARS = re.compile(
    r"(?:\$\s?(?P<sign>[\d,]+(?:\.\d+)?)|(?P<word>[\d,]+(?:\.\d+)?)\s?(?:dollars|ドル))(?!\s*(?:million|billion|trillion|[万億兆]))"
)
_FACTORS = re.compile(
    r"(?P<count>[\d,.]+)\s?(?P<scale>million|billion|thousand)?\s?(?:GPU[- ])?hours?\b"
    r".*?\b(?P<price>[\d.]+|one|two|three|four|five)\s?(?:dollars?|USD)\s?(?:an|per|a)\s?(?:GPU[- ])?hour",
    re.IGNORECASE | re.DOTALL,
)
_SCALES = {"": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_WORDS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}


def parse_records(text: str, name: str = "records") -> tuple[Listed, ...]:
    """The records of a table with the columns of data/records.tsv. ParseError when a row does not fit."""
    found = []
    for number, row in enumerate(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE), 2):
        try:
            words = re.compile(f"{row['words_en']}|{row['words_ja']}", re.IGNORECASE | re.DOTALL)
            found.append(
                Listed(
                    row["record"],
                    row["unit"],
                    row["before"],
                    float(row["value"]),
                    row["holder"],
                    row["day"],
                    words,
                    row["source"],
                )
            )
        except (KeyError, TypeError, ValueError, re.error) as error:
            raise ParseError(f"{name}, line {number}: {error}", subject=name) from error
    return tuple(found)


def find_computations(
    utterances: Iterable[Utterance], listed: Sequence[Listed] = (), boards: Iterable[Utterance] = ()
) -> tuple[Computation, ...]:
    """What can be computed for the claims, in the order of their reports.

    listed  records of a table that ships
    boards  claims of leaderboards that a user loaded
    """
    told = sort_utterances(utterances)
    scores = _index_boards(boards)
    found = (
        item
        for one in told
        for item in (
            *_check_share(one.claim),
            *_check_product(one.claim),
            *_check_record(one.claim, listed),
            *_check_board(one, scores),
        )
    )
    return tuple(found)


def _check_share(claim: Claim) -> Iterator[Computation]:
    """A price that moved, in percent, beside the two prices of its sentence: the later one first."""
    quantity = claim.quantity
    prices = [_number(m["sign"] or m["word"]) for m in _DOLLARS.finditer(claim.text)]
    if claim.predicate is not Predicate.STOCK_MOVED or not quantity or quantity.unit != "%" or len(prices) != 2:
        return
    later, earlier = prices
    result = (later / earlier - 1) * 100
    inputs = (Input("later", later, "USD", claim.id), Input("earlier", earlier, "USD", claim.id))
    agrees = abs(result - quantity.value) <= _step(quantity.value)
    yield Computation(
        Check.SHARE, claim.id, inputs, f"({_show(later)} / {_show(earlier)} - 1) * 100", result, "%", agrees
    )


def _check_product(claim: Claim) -> Iterator[Computation]:
    """A cost beside the hours and the price of an hour in its sentence."""
    quantity = claim.quantity
    found = _FACTORS.search(claim.text)
    if claim.type is not ClaimType.COST or not quantity or quantity.unit != "USD" or not found:
        return
    count = _number(found["count"]) * _SCALES[(found["scale"] or "").lower()]
    word = found["price"].lower()
    price = _WORDS[word] if word in _WORDS else _number(word)
    result = count * price
    inputs = (Input("hours", count, "hours", claim.id), Input("price", price, "USD/hour", claim.id))
    agrees = abs(result - quantity.value) <= _step(quantity.value)
    yield Computation(Check.PRODUCT, claim.id, inputs, f"{_show(count)} * {_show(price)}", result, "USD", agrees)


def _check_record(claim: Claim, listed: Sequence[Listed]) -> Iterator[Computation]:
    """A "largest ever" beside the largest that the table has before that day."""
    quantity = claim.quantity
    if claim.predicate is not Predicate.LOST_VALUE or not quantity or claim.polarity is Polarity.DENIED:
        return
    day = claim.date if claim.date and len(claim.date) == 10 else f"{claim.reported_at:%Y-%m-%d}"
    known = [row for row in listed if row.unit == quantity.unit and row.day < day and row.words.search(claim.text)]
    if not known:
        return
    row = max(known, key=lambda row: row.value)
    inputs = (
        Input("claimed", quantity.value, quantity.unit, claim.id),
        Input(f"{row.holder}, {row.day}", row.value, row.unit, row.source),
    )
    formula = f"{_show(quantity.value)} / {_show(row.value)}"
    result = quantity.value / row.value
    yield Computation(Check.RECORD, claim.id, inputs, formula, result, "x", result > 1)


def _check_board(one: Utterance, scores: Mapping[EntityId, Sequence[Utterance]]) -> Iterator[Computation]:
    """A rank, score or order on a board beside the row that was reported nearest to the claim."""
    claim = one.claim
    subject = _find_row(claim.subject, claim, scores)
    if claim.type is not ClaimType.BENCHMARK or not subject or subject.article.id == one.article.id:
        return
    if claim.predicate in (Predicate.OUTPERFORMS, Predicate.UNDERPERFORMS) and claim.object:
        other = _find_row(claim.object, claim, scores)
        if other and other.article.id == subject.article.id:
            yield _compare_rows(claim, subject, other)
    elif claim.predicate is subject.claim.predicate and claim.quantity and subject.claim.quantity:
        value = subject.claim.quantity.value
        source = _make_input(claim.subject.name, subject)
        agrees = abs(value - claim.quantity.value) <= _step(claim.quantity.value)
        yield Computation(Check.RANK, claim.id, (source,), _show(value), value, claim.quantity.unit, agrees)


def _compare_rows(claim: Claim, subject: Utterance, other: Utterance) -> Computation:
    mine, theirs = _value(subject), _value(other)
    ahead = mine > theirs if claim.predicate is Predicate.OUTPERFORMS else mine < theirs
    inputs = (_make_input(claim.subject.name, subject), _make_input(claim.object.name if claim.object else "", other))
    agrees = ahead is (claim.polarity is Polarity.AFFIRMED)
    return Computation(
        Check.ORDER, claim.id, inputs, f"{_show(mine)} - {_show(theirs)}", mine - theirs, inputs[0].unit, agrees
    )


def _find_row(party: Party | None, claim: Claim, scores: Mapping[EntityId, Sequence[Utterance]]) -> Utterance | None:
    """The row of a party on the board that the claim is about, nearest in time; orders are read from scores."""
    rows = scores.get(party.entity, ()) if party and party.entity else ()
    board = claim.benchmark or (claim.object if claim.predicate in (Predicate.RANKS, Predicate.SCORES) else None)
    predicate = Predicate.RANKS if claim.predicate is Predicate.RANKS else Predicate.SCORES
    fitting = [row for row in rows if row.claim.predicate is predicate and _is_board(row, board)]
    return min(fitting, key=lambda row: (abs(row.at - claim.reported_at), row.id), default=None)


def _is_board(row: Utterance, board: Party | None) -> bool:
    """A claim that names another benchmark, or none, is not about the board."""
    named = row.claim.benchmark
    return bool(board and named and (board.entity or board.name) == (named.entity or named.name))


def _index_boards(boards: Iterable[Utterance]) -> dict[EntityId, list[Utterance]]:
    found: dict[EntityId, list[Utterance]] = {}
    for row in sort_utterances(boards):
        if row.claim.subject.entity and row.claim.quantity:
            found.setdefault(row.claim.subject.entity, []).append(row)
    return found


def _make_input(label: str, row: Utterance) -> Input:
    quantity = row.claim.quantity
    return Input(label, _value(row), quantity.unit if quantity else "", row.id)


def _value(row: Utterance) -> float:
    return row.claim.quantity.value if row.claim.quantity else 0.0


def _step(value: float) -> float:
    """One in the last digit that a number is given with: 1 for 17, 1000 for 5,576,000."""
    digits = f"{abs(value):.15g}"
    if "." in digits or "e-" in digits:
        return 10.0 ** -len(digits.partition(".")[2])
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))


def _show(value: float) -> str:
    """A number with all its digits: 589,000,000,000."""
    return f"{value:,.15g}"


def _number(text: str) -> float:
    return float(text.replace(",", "").rstrip("."))
