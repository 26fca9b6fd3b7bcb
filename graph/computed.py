"""Claims and sentences that arithmetic or a table can check: what comes out and its input; no status changes."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.errors import ParseError
from graph.rates import Rates
from graph.records import Article, ArticleId, Claim, ClaimId, ClaimType, EntityId, Party, Polarity, Predicate
from graph.sums.finding import find_sums
from graph.sums.making import OF_SENTENCES, Check, Input, Sum, show
from graph.utterances import Utterance, sort_utterances


@dataclass(frozen=True, slots=True)
class Computation:
    """What comes out beside what a claim, or a sentence that nobody read a claim in, says.

    claim    None when the sentence makes no claim that is kept
    sentence the claim's or the sum's own, as the article has it
    formula  readable: `(118.42 / 142.62 - 1) * 100`
    result   in `unit`
    agrees   whether it says the same, as finely and as firmly as it puts it
    """

    check: Check
    claim: ClaimId | None
    sentence: str
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


@dataclass(frozen=True, slots=True)
class Tables:
    """What ships beside the program and claims are computed with: exchange rates, records as they stood."""

    rates: Rates
    listed: tuple[Listed, ...] = ()


NO_TABLES = Tables({})


@dataclass(frozen=True, slots=True)
class Beside:
    """What claims are computed beside.

    listed  records of a table that ships
    boards  claims of leaderboards that a user loaded
    sums    those of the articles' sentences, by article
    """

    listed: tuple[Listed, ...] = ()
    boards: tuple[Utterance, ...] = ()
    sums: Mapping[ArticleId, tuple[Sum, ...]] = field(default_factory=dict)


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


def find_computations(utterances: Iterable[Utterance], beside: Beside) -> tuple[Computation, ...]:
    """What can be computed for the claims, in the order of their reports; a sentence's sum once, however many claims
    it makes and whoever copies it."""
    told = sort_utterances(utterances)
    scores = _index_boards(beside.boards)
    found = (
        item
        for one in told
        for item in (
            *(
                make_computation(item, one.id)
                for item in beside.sums.get(one.article.id, ())
                if is_within(item, one.claim)
            ),
            *_check_record(one.claim, beside.listed),
            *_check_board(one, scores),
        )
    )
    return tuple({_key(item): item for item in reversed(tuple(found))}.values())[::-1]


def index_sums(
    articles: Iterable[Article], rates: Rates, spans: Mapping[ArticleId, Sequence[tuple[int, int]]] | None = None
) -> dict[ArticleId, tuple[Sum, ...]]:
    """The sums of articles that come with their texts; those in two currencies at that month's rate.

    spans  only of the sentences that reach into these places of each article; None for all
    """
    return {
        one.id: find_sums(one.text, rates, one.published_at, None if spans is None else spans.get(one.id, ()), one.lang)
        for one in articles
    }


def compute_article(article: Article, claims: Sequence[Claim], tables: Tables) -> tuple[Computation, ...]:
    """What can be computed for the sentences of an article, in its order, whether or not they make claims; then for
    its claims beside the records of a table."""
    told = [Utterance(claim, article) for claim in claims]
    sums = index_sums((article,), tables.rates)[article.id]
    makers = [next((one.id for one in told if is_within(item, one.claim)), None) for item in sums]
    return (
        *(make_computation(item, maker) for item, maker in zip(sums, makers, strict=True)),
        *find_computations(told, Beside(tables.listed)),
    )


def make_computation(item: Sum, claim: ClaimId | None) -> Computation:
    """A sentence's sum as that of its claim."""
    return Computation(
        item.check, claim, item.sentence.text, item.inputs, item.formula, item.result, item.unit, item.agrees
    )


def is_within(item: Sum, claim: Claim) -> bool:
    """Whether the sum is of the sentence that makes the claim."""
    return item.sentence.reaches(claim.span)


def _key(item: Computation) -> tuple[object, ...]:
    return (item.check, item.formula, item.sentence) if item.check in OF_SENTENCES else (item.check, item.claim)


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
    formula = f"{show(quantity.value)} / {show(row.value)}"
    result = quantity.value / row.value
    yield Computation(Check.RECORD, claim.id, claim.text, inputs, formula, result, "x", result > 1)


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
        yield Computation(Check.RANK, claim.id, claim.text, (source,), show(value), value, claim.quantity.unit, agrees)


def _compare_rows(claim: Claim, subject: Utterance, other: Utterance) -> Computation:
    mine, theirs = _value(subject), _value(other)
    ahead = mine > theirs if claim.predicate is Predicate.OUTPERFORMS else mine < theirs
    inputs = (_make_input(claim.subject.name, subject), _make_input(claim.object.name if claim.object else "", other))
    agrees = ahead is (claim.polarity is Polarity.AFFIRMED)
    formula = f"{show(mine)} - {show(theirs)}"
    return Computation(Check.ORDER, claim.id, claim.text, inputs, formula, mine - theirs, inputs[0].unit, agrees)


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
