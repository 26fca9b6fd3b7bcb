"""What a score is on: the column of its table, the benchmark beside it, with the version or part that it names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.ids import fold_name
from graph.records import EntityType, Party, Predicate
from ingest.nlp.columns import Columns
from ingest.nlp.document import Amount, Sentence, Span
from ingest.nlp.finder import Found, widen
from ingest.nlp.parties import Parties

SCORED = frozenset({EntityType.MODEL, EntityType.PRODUCT})
"""What has scores."""
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
# Between a score and what it is on, or right behind the name of that.
_ON = re.compile(
    r"[\s*]{0,8}(?:points?|percent|scores?|accuracy)?[\s*]{0,8}"
    r"(?:(?:on|in|for|at|across) (?:the )?|[(（]|を)?[\s*]{0,8}"
)
_HEADS = re.compile(r"[\s*]{0,8}(?:[:：(（]|で|は|が)?[\s*]{0,8}")


class Benchmarks:
    """The benchmarks of one text."""

    def __init__(self, text: str, columns: Columns) -> None:
        self._text, self._columns = text, columns
        self._above: dict[int, Span] = {}

    def place(self, found: Found, sentence: Sentence, amounts: Sequence[Amount], parties: Parties) -> Found:
        """A score on what its place says; anything else as it was found."""
        if found.amount is None or found.predicate is not Predicate.SCORES:
            return found
        if self._columns.find_first(found.amount):
            return self._place_in_table(found, found.amount, parties)
        named = [name for name in sentence.names if name.entity.type is EntityType.BENCHMARK]
        if len({name.entity.id for name in named}) < _SEVERAL:
            return found
        places = _Places(found.amount, amounts, [name.span for name in named])
        if not parties.lexicon.respectively.search(sentence.text):
            beside = self._find_beside(found, places)
        elif places.is_parted():
            beside = self._find_behind_run(places) or self._find_beside(found, places)
        else:
            beside = places.count_off()
        return replace(found, object=beside, benchmark=beside) if beside else found

    def _place_in_table(self, found: Found, cell: Span, parties: Parties) -> Found:
        """A score in a table is its row's on its column, or the other way round where the heads are models."""
        first, head = self._columns.find_first(cell), self._columns.find_head(cell)
        if first is None or head is None:
            return found
        turned = parties.find_type(head) in SCORED and parties.find_type(first) not in SCORED
        if not turned and found.subject and first[0] <= found.subject[0] and found.subject[1] <= first[1]:
            first = found.subject  # of "Quillon-2 (9B, few-shot)" the network sees the name
        elif (
            not turned and found.subject and self._is_beside(found.subject, first) and parties.find_type(first) is None
        ):
            first = found.subject  # behind a rank
        subject, benchmark = (head, first) if turned else (first, head)
        if _SUMS_UP.fullmatch(self._text, *head):
            benchmark = self._find_above(found, head) or benchmark
        if parties.resolve(benchmark) is None:
            return found  # a head that names nothing: "Other"
        return replace(found, subject=subject, object=benchmark, benchmark=benchmark)

    def _is_beside(self, span: Span, first: Span) -> bool:
        """Whether words stand in the row of a first cell, behind it."""
        return first[1] <= span[0] and "\n" not in self._text[first[1] : span[0]]

    def _find_above(self, found: Found, head: Span) -> Span | None:
        """What stands above a table and the network takes for its benchmark, for this row or for one before."""
        top = self._columns.find_top(head)
        above = next((span for span in (found.benchmark, found.object) if span and span[1] <= top), None)
        return self._above.setdefault(top, above) if above else self._above.get(top)

    def _find_beside(self, found: Found, places: "_Places") -> Span | None:
        """The benchmark of a score in a sentence that has several: the network points to one for all of them."""
        ahead, behind = places.ahead, places.behind
        heads = ahead and _HEADS.fullmatch(self._text, ahead[1], places.score[0])
        follows = behind and _ON.fullmatch(self._text, places.score[1], behind[0])
        own = found.benchmark or found.object
        near = own if own and places.is_near(own) else None
        if heads and follows and near:
            return near
        return (ahead if heads else None) or (behind if follows else None) or near or ahead

    def _find_behind_run(self, places: "_Places") -> Span | None:
        """The benchmark behind several scores of one each for a model: "81 % and 79 % on MMLU"."""
        behind = places.behind
        return behind if behind and _ON.fullmatch(self._text, places.find_last_of_run(), behind[0]) else None

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


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a score, the other amounts and the benchmarks of its sentence stand."""

    score: Span
    amounts: Sequence[Amount]
    named: Sequence[Span]

    @property
    def ahead(self) -> Span | None:
        """The last benchmark ahead of the score."""
        return next((name for name in reversed(self.named) if name[1] <= self.score[0]), None)

    @property
    def behind(self) -> Span | None:
        """The first benchmark behind the score."""
        return next((name for name in self.named if name[0] >= self.score[1]), None)

    def is_near(self, own: Span) -> bool:
        """Whether no other amount stands between the score and those words."""
        start, end = min(own[1], self.score[1]), max(own[0], self.score[0])
        return not any(start <= amount.span[0] and amount.span[1] <= end for amount in self.amounts)

    def find_last_of_run(self) -> int:
        """Where the last score ends before the first benchmark behind this one."""
        until = self.behind[0] if self.behind else self.score[1]
        return max(end for _, end in (self.score, *self._list_scores()) if end <= until)

    def is_parted(self) -> bool:
        """Whether a score stands between benchmarks, so that what is told one by one is something else."""
        first, last = self.named[0][1], self.named[-1][0]
        return any(first <= start and end <= last for start, end in self._list_scores())

    def count_off(self) -> Span | None:
        """The benchmark that has the score's number in its list; None where the lists are not of one length."""
        scores = self._list_scores()
        counted = self.score in scores and not len(scores) % len(self.named)
        return self.named[scores.index(self.score) % len(self.named)] if counted else None

    def _list_scores(self) -> list[Span]:
        unit = next((amount.unit for amount in self.amounts if amount.span == self.score), None)
        return [amount.span for amount in self.amounts if amount.unit == unit]
