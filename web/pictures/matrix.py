"""Which model is said to do what on which benchmark: a table of results by both, each with who measured it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.answers.ledger import Entry
from graph.records import ClaimId, Party, Predicate
from web.language.formatting import format_name, format_quantity
from web.language.wording import Words

_MODELS, _BENCHMARKS, _RESULTS = 20, 10, 4
_LETTERS = 40
_SIGNS = {Predicate.OUTPERFORMS: "▲", Predicate.UNDERPERFORMS: "▽", Predicate.MATCHES: "="}


class Standing(StrEnum):
    """Who measured a result: others, the maker alone, or nobody said."""

    MEASURED = "measured"
    ALONE = "alone"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Result:
    """What is said of a model on a benchmark.

    text     its number, or a sign and the other model, and "?" where its sentence gives two; said: the same in words
    opposed  somebody says otherwise; taken_back: nobody says it any more
    claim    that says it first
    """

    text: str
    said: str
    standing: Standing
    opposed: bool
    taken_back: bool
    claim: ClaimId


@dataclass(frozen=True, slots=True)
class Row:
    """A model, how many of its results nobody but its maker measured, and its results by benchmark."""

    model: Party
    owed: int
    cells: tuple[tuple[Result, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Models of most results first; the last benchmark is None where results name none.

    more  models, benchmarks and results that did not find room
    """

    summary: str
    benchmarks: tuple[Party | None, ...]
    rows: tuple[Row, ...]
    more: int


def make_matrix(entries: Sequence[Entry], words: Words) -> Matrix | None:
    """The table of these results; None where there are none."""
    if not entries:
        return None
    models = _list_parties((entry.subject for entry in entries), _MODELS)
    named = _list_parties((entry.benchmark for entry in entries if entry.benchmark), _BENCHMARKS)
    is_unnamed = any(entry.benchmark is None for entry in entries)
    benchmarks = (*named, *((None,) if is_unnamed else ()))
    rows = tuple(_make_row(model, benchmarks, entries, words) for model in models)
    shown = sum(len(cell) for row in rows for cell in row.cells)
    return Matrix(_say(entries, words), benchmarks, rows, len(entries) - shown)


def _list_parties(parties: Iterable[Party], most: int) -> tuple[Party, ...]:
    """Each once, those named most often first."""
    found: dict[str, Party] = {}
    counts: Counter[str] = Counter()
    for party in parties:
        found.setdefault(_key(party), party)
        counts[_key(party)] += 1
    return tuple(found[key] for key, _ in counts.most_common(most))


def _make_row(model: Party, benchmarks: Sequence[Party | None], entries: Iterable[Entry], words: Words) -> Row:
    own = [entry for entry in entries if _key(entry.subject) == _key(model)]
    cells = (
        _make_cell([one for one in own if _key(one.benchmark) == _key(benchmark)], words) for benchmark in benchmarks
    )
    return Row(model, sum(entry.is_debt for entry in own), tuple(cells))


def _make_cell(entries: Iterable[Entry], words: Words) -> tuple[Result, ...]:
    """What others measured first."""
    results = (_make_result(entry, words) for entry in entries)
    return tuple(sorted(results, key=lambda result: [*Standing].index(result.standing))[:_RESULTS])


def _make_result(entry: Entry, words: Words) -> Result:
    first = (*entry.replicated, *entry.claimed, *entry.told)[0]
    if entry.quantity:
        text = said = format_quantity(entry.quantity, words)
    else:
        other = format_name(entry.object.name[:_LETTERS], words) if entry.object else str(words.find("ledger.others"))
        text = f"{_SIGNS.get(entry.predicate, '')} {other}".strip()
        said = words.name("results", entry.predicate).format(other=other)
    if entry.is_beside:
        text, said = f"{text} ?", f"{said}, {words.find('figures.beside')}"
    return Result(text, said, _find_standing(entry), bool(entry.opposed), entry.taken_back, first.claims[0])


def _find_standing(entry: Entry) -> Standing:
    if entry.replicated:
        return Standing.MEASURED
    return Standing.ALONE if entry.claimed else Standing.TOLD


def _say(entries: Sequence[Entry], words: Words) -> str:
    standings = Counter(_find_standing(entry) for entry in entries)
    counts = {standing.value: words.say("matrix.results", n=standings[standing]) for standing in Standing}
    opposed = sum(bool(entry.opposed) for entry in entries)
    return str(words.find("matrix.summary")).format(**counts, opposed=words.say("matrix.results", n=opposed))


def _key(party: Party | None) -> str:
    return "" if party is None else party.entity or party.name
