"""What a score is on: the column of its table, the benchmark beside it, with the version or part that it names."""

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.ids import fold_name
from graph.records import EntityType, Party, Predicate
from ingest.nlp.columns import Columns
from ingest.nlp.document import Amount, Name, Sentence, Span
from ingest.nlp.finder import Found, widen
from ingest.nlp.lexicon import Lexicon
from ingest.nlp.parties import Parties

_SCORED = frozenset({EntityType.MODEL, EntityType.PRODUCT})
_SEVERAL = 2
# Heads of a column over the whole of a benchmark.
_SUMS_UP = re.compile(
    r"(?:総合|平均|合計|全体)(?:スコア|点|値)?|スコア|(?:avg\.?|average|overall|total|mean)(?: scores?)?|scores?",
    re.IGNORECASE,
)
# What a name of a benchmark may end in: its version, or a part of it.
_PART = re.compile(
    r"[ -](?:v?\d+(?:\.\d+)*|Verified|Pro|Lite|Hard|Diamond|Multilingual|Multimodal|Live|Extended|Plus)$", re.IGNORECASE
)
# Between a score and what it is on.
_ON = re.compile(r"[\s*]*(?:points?|percent|accuracy)?[\s*]*(?:on|in|for|at) (?:the )?[\s*]*")


class Benchmarks:
    """The benchmarks of one text."""

    def __init__(self, text: str, columns: Columns) -> None:
        self._text, self._columns = text, columns
        self._above: dict[int, Span] = {}

    def place(
        self, found: Found, sentence: Sentence, amounts: Sequence[Amount], parties: Parties, lexicon: Lexicon
    ) -> Found:
        """A score on what its place says; anything else as it was found."""
        if found.amount is None or found.predicate is not Predicate.SCORES:
            return found
        if self._columns.find_first(found.amount):
            return self._place_in_table(found, found.amount, parties)
        named = [name for name in sentence.names if name.entity.type is EntityType.BENCHMARK]
        if len({name.entity.id for name in named}) < _SEVERAL:
            return found
        one_by_one = lexicon.respectively.search(sentence.text) is not None
        beside = _count_off(found.amount, amounts, named) if one_by_one else self._find_beside(found.amount, named)
        return replace(found, object=beside.span, benchmark=beside.span) if beside else found

    def _place_in_table(self, found: Found, cell: Span, parties: Parties) -> Found:
        """A score in a table is its row's on its column, or the other way round where the heads are models."""
        first, head = self._columns.find_first(cell), self._columns.find_head(cell)
        if first is None or head is None:
            return found
        turned = parties.find_type(head) in _SCORED and parties.find_type(first) not in _SCORED
        if not turned and found.subject and first[0] <= found.subject[0] and found.subject[1] <= first[1]:
            first = found.subject  # of "Quillon-2 (9B, few-shot)" the network sees the name
        subject, benchmark = (head, first) if turned else (first, head)
        if _SUMS_UP.fullmatch(self._text, *head):
            benchmark = self._find_above(found, head) or benchmark
        if parties.resolve(benchmark) is None:
            return found  # a head that names nothing: "Other"
        return replace(found, subject=subject, object=benchmark, benchmark=benchmark)

    def _find_above(self, found: Found, head: Span) -> Span | None:
        """What stands above a table and the network takes for its benchmark, for this row or for one before."""
        top = self._columns.find_top(head)
        above = next((span for span in (found.benchmark, found.object) if span and span[1] <= top), None)
        return self._above.setdefault(top, above) if above else self._above.get(top)

    def _find_beside(self, score: Span, named: Sequence[Name]) -> Name | None:
        """The benchmark of a score in a sentence that has several: the network points to one for all of them."""
        behind = (n for n in named if n.span[0] >= score[1] and _ON.fullmatch(self._text, score[1], n.span[0]))
        ahead = (n for n in reversed(named) if n.span[1] <= score[0])
        return next(behind, None) or next(ahead, None)

    def find_scored(self, found: Found, parties: Parties) -> Party | None:
        """What a model scores on: the other side, or the benchmark where only that is known to be one."""
        other, benchmark = found.object, found.benchmark
        known = benchmark is not None and parties.find_type(benchmark) is EntityType.BENCHMARK
        if other is None or (known and parties.find_type(other) is not EntityType.BENCHMARK):
            other = benchmark
        return self.find(other, parties) if other else None

    def find(self, span: Span, parties: Parties) -> Party | None:
        """What is measured on, as far as its version or part: the tables may know only what these are of."""
        whole = widen(self._text, span)
        party, named, words = parties.resolve(whole), parties.find_name(whole), parties.read(whole)
        part = _PART.search(words)
        if party is None or named is None or part is None or named.text == words:
            return party
        return party if fold_name(part.group()) in fold_name(party.name) else Party(" ".join(words.split()))


def _count_off(score: Span, amounts: Sequence[Amount], named: Sequence[Name]) -> Name | None:
    """The benchmark that has the score's number in its list; None where the lists are not of one length."""
    unit = next((amount.unit for amount in amounts if amount.span == score), None)
    scores = [amount.span for amount in amounts if amount.unit == unit]
    return named[scores.index(score) % len(named)] if score in scores and not len(scores) % len(named) else None
