"""Who is said to do what to whom: what the network reads in a text, as spans with their logits."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from threadpoolctl import threadpool_limits

from graph.records import CueKind, EntityType, Modality, Predicate
from ingest.nlp.document import Span
from ingest.nlp.network import (
    AMOUNT,
    ARGUMENT,
    DAY,
    NOTHING,
    ROLES,
    Candidate,
    Heard,
    Network,
    Reading,
    span_of,
)
from ingest.nlp.proof import Array, Marked, Proofreader, name_views
from ingest.nlp.windows import Passage, Unit, make_windows

# Below these logits nothing is looked at further; scores decide what is kept (scorer.py). Predicates from -2 up instead
# of -1.5 find nothing more that counts on `dev` (bench/results.md).
_PREDICATE, _HOLDS, _ARGUMENT, _NAME = -1.5, -2.0, -3.0, 0.0
_MOST_ARGUMENTS = 60
# Of the words for which others may stand so many are kept.
_MOST_STOOD = 8
# Words of scripts that part them; of others a piece is what there is.
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:[-'’][A-Za-zÀ-ɏ]+)*")
_LONGEST_WORD = 40
# A day that stands in the sentence is taken where the network half doubts it: of 18 so taken on `dev` 17 were right.
_DAY_LINE = -2.0
# Asserted is what beats all that is weaker by so much: on `dev` 13 facts are made of less without it, 10 so.
_ASSERTED = 1.4


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of the text that the reader takes for a name; kind: what they name, None for what is no name."""

    span: Span
    kind: EntityType | None


@dataclass(frozen=True, slots=True)
class Stood:
    """Words before, for which some words may stand; lead: by how much that beats that they stand for nothing there."""

    span: Span
    lead: float


@dataclass(frozen=True, slots=True)
class Found:
    """One claim as spans: no entity yet, and firmness only as far as the network sees it.

    passage   number of the sentence that states it
    subject, object, amount, benchmark, day   where they stand; None where nothing does
    speakers  who says it, outermost first
    trigger   the words that state it
    signs     logits by name, from which its score is made
    cues      words that the finder itself names for speaker, firmness and denial; where it names none, ours are shown
    """

    passage: int
    predicate: Predicate
    subject: Span | None
    object: Span | None
    amount: Span | None
    benchmark: Span | None
    day: Span | None
    speakers: tuple[Span, ...]
    modality: Modality
    denied: bool
    measure: str
    trigger: Span
    signs: Mapping[str, float] = field(default_factory=dict)
    cues: tuple[tuple[CueKind, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Sight:
    """All that was found in one text; stands: of words that are no name, those for which they may, likeliest first."""

    names: tuple[Words, ...]
    stands: Mapping[Span, tuple[Stood, ...]]
    claims: tuple[Found, ...]


class ClaimFinder(Protocol):
    """The seam: whatever finds claims in the passages of a text."""

    name: str

    def find(self, text: str, passages: Sequence[Passage]) -> Sight:
        """What the passages of a text hold."""
        ...


class LearnedFinder:
    """Finds with the learned network.

    proof  what proofreads; the network's own when not given
    """

    def __init__(self, network: Network, proof: Proofreader | None = None) -> None:
        self._network, self._proof = network, proof or network.proof
        self.name = f"learned {network.version}"

    def find(self, text: str, passages: Sequence[Passage]) -> Sight:
        """The same text gives the same, whatever was read before it."""
        names: dict[Span, Words] = {}
        stands: dict[Span, tuple[Stood, ...]] = {}
        claims: list[Found] = []
        # The products of the heads are small: threads over them cost five times what they save, and change last digits.
        with threadpool_limits(limits=1, user_api="blas"):
            for window in make_windows(text, passages, self._network.pieces):
                look = _Look(self._network, self._proof, self._network.read(window), text)
                names |= {words.span: words for words in look.names}
                claims += look.iter_claims()
                stands |= look.stands
        return Sight(tuple(sorted(names.values(), key=lambda w: w.span)), stands, tuple(claims))


class _Look:
    """One window decoded: candidates first, then claims from them."""

    def __init__(self, network: Network, proof: Proofreader, reading: Reading, text: str) -> None:
        self._network, self._reading, self._window, self.text = network, reading, reading.window, text
        self.proof = proof
        self._typed = _pick_spans(reading.spans[1:].max(0), _NAME)
        best = reading.spans[1:].argmax(0)
        ends = [unit.end for unit in self._window.units]
        self._ends = ends
        self.names = [
            Words(span_of(self._window, a, b), network.kinds[int(best[a, b])])
            for a, b in self._typed
            if self._window.units[self._unit_at(a)].read
        ]
        # Amounts and days as they were given: their last piece may hold a comma that is none of theirs.
        self._given: dict[tuple[int, int], Span] = {}
        self._candidates = self._collect()
        self._described = reading.describe(self._candidates)
        self.stands: dict[Span, tuple[Stood, ...]] = {}

    def span_of(self, candidate: Candidate) -> Span:
        """Its place in the text."""
        place = candidate.begin, candidate.end
        return self._given.get(place) or span_of(self._window, *place)

    def _unit_at(self, piece: int) -> int:
        return int(np.searchsorted(self._ends, piece))

    def _collect(self) -> list[Candidate]:
        kinds: dict[tuple[int, int], int] = {(unit.end, unit.end): NOTHING for unit in self._window.units}
        for kind, spans in ((AMOUNT, self._window.amounts), (DAY, self._window.days)):
            for span in spans:
                if (place := self._window.find(span)) and place not in kinds:
                    kinds[place], self._given[place] = kind, span
        seen = self._reading.spans[0]
        likely = np.argwhere(seen > _ARGUMENT)
        likely = likely[np.argsort(-seen[likely[:, 0], likely[:, 1]], kind="stable")][:_MOST_ARGUMENTS]
        listed = [place for span in self._window.names if (place := self._window.find(span))]
        for a, b in [*((int(a), int(b)) for a, b in likely), *self._typed, *listed]:
            kinds.setdefault((a, b), ARGUMENT)
        return [Candidate(a, b, kind, self._unit_at(a)) for (a, b), kind in sorted(kinds.items())]

    def iter_claims(self) -> Iterator[Found]:
        for number, unit in enumerate(self._window.units):
            if not unit.read or unit.end == unit.begin:
                continue
            logits, look = self._reading.state(unit)
            stated = np.flatnonzero(logits > _PREDICATE)
            for p, heard in zip(map(int, stated), self._reading.hear(unit, stated, look), strict=True):
                if heard.holds < _HOLDS:
                    continue
                rivals = int((logits > logits[p]).sum())
                yield from _Ask(self, number, unit, p, float(logits[p]), heard, rivals).iter_claims()


@dataclass(frozen=True, slots=True)
class _Filled:
    """Indexes of candidates; None says that nothing stands there."""

    subject: int | None
    object: int | None
    amount: int | None


@dataclass(frozen=True, slots=True)
class _Shared:
    """The same of what all claims of a predicate have; told: by how much the speaker beats nobody."""

    speaker: int | None
    outer: int | None
    benchmark: int | None
    day: int | None
    told: float


class _Ask:
    """One predicate asked of one unit: who, of what, how much, by whom."""

    def __init__(self, look: _Look, number: int, unit: Unit, p: int, logit: float, heard: Heard, rivals: int) -> None:
        self._rivals = rivals
        self._look, self._unit, self._p, self._logit, self._heard = look, unit, p, logit, heard
        # Nothing that stands behind the sentence fills a role in it.
        self._cs = [c for c in look._candidates if c.unit <= number]
        self._r = heard.describe(self._cs)
        self._scores = {role: heard.point(role, self._r, self._cs, number) for role in ROLES}
        nothing = [i for i, c in enumerate(self._cs) if c.kind == NOTHING and c.unit == number]
        self._nothing = nothing[0]
        self._plain = np.array([c.kind == ARGUMENT for c in self._cs])
        self._amounts = np.array([c.kind == AMOUNT and c.unit == number for c in self._cs])
        self._days = np.array([c.kind == DAY and c.unit == number for c in self._cs])

    def iter_claims(self) -> Iterator[Found]:
        subjects = self._choose("subject", self._plain)
        objects = self._choose("object", self._plain)
        amounts = self._choose("amount", self._amounts)
        objects = [o for o in objects if o is None or o not in subjects] or [None]
        # Two runs of pieces can stand for the same characters.
        filled = [
            one
            for one in self._join(subjects, objects, amounts)
            if one.subject is None or self._span(one.subject) != self._span(one.object)
        ]
        if filled:
            shared = self._share()
            views = self._look.proof.view([self._mark(one, shared) for one in filled])
            yield from (self._make(one, shared, view) for one, view in zip(filled, views, strict=True))

    def _share(self) -> _Shared:
        speaker, told = self._point("speaker", self._plain)
        outer, _ = self._point("outer", self._plain, (speaker,)) if speaker is not None else (None, 0.0)
        benchmark, _ = self._point("benchmark", self._plain)
        day, _ = self._point("day", self._days, line=_DAY_LINE)
        return _Shared(speaker, outer, benchmark, day, told)

    def _mark(self, filled: _Filled, shared: _Shared) -> Marked:
        parties = (filled.subject, filled.object, filled.amount, shared.speaker, shared.benchmark, shared.day)
        return self._heard.mark([None if i is None else (self._cs[i].begin, self._cs[i].end) for i in parties])

    def _choose(self, role: str, may: Array) -> list[int | None]:
        """What fills a role: all above nought, none crossing another; where none is, the best that beats nothing."""
        score = np.where(may, self._scores[role][:-1], -99)
        nothing = float(self._scores[role][self._nothing])
        taken: list[int] = []
        for i in map(int, np.argsort(-score, kind="stable")):
            if score[i] < -50 or (score[i] <= 0 and taken) or (score[i] <= nothing and not taken):
                break
            if not any(self._cross(i, j) for j in taken):
                taken.append(i)
        return [*taken] or [None]

    def _cross(self, i: int, j: int) -> bool:
        return self._cs[i].begin <= self._cs[j].end and self._cs[j].begin <= self._cs[i].end

    def _join(
        self, subjects: Sequence[int | None], objects: Sequence[int | None], amounts: Sequence[int | None]
    ) -> list[_Filled]:
        """Claims in which each of them has its part; where there are several, as the network pairs them."""
        so = self._pair("subject", "object", subjects, objects)
        sq = self._pair("subject", "amount", subjects, amounts)
        oq = self._pair("object", "amount", objects, amounts)
        with_object, with_amount = objects != [None], amounts != [None]
        found: dict[_Filled, None] = {}
        for b, q in enumerate(amounts if with_amount else ()):
            a = int(np.argmax(oq[:, b]))
            for n in [int(np.argmax(sq[:, b] + so[:, a]))] if with_object else _belonging(sq[:, b]):
                found[_Filled(subjects[n], objects[a], q)] = None
        told = {filled.object for filled in found}
        for a, o in enumerate(objects if with_object else ()):
            if o not in told:
                shared = amounts[int(np.argmax(oq[a]))] if with_amount and oq[a].max() > 0 else None
                found |= dict.fromkeys(_Filled(subjects[n], o, shared) for n in _belonging(so[:, a]))
        told = {filled.subject for filled in found}
        for n, s in enumerate(subjects):
            if s not in told:
                q = amounts[int(np.argmax(sq[n]))] if with_amount else None
                found[_Filled(s, objects[int(np.argmax(so[n]))], q)] = None
        return list(found)

    def _pair(self, left: str, right: str, ls: Sequence[int | None], rs: Sequence[int | None]) -> Array:
        if len(ls) * len(rs) < 2:
            return np.ones((len(ls), len(rs)), dtype=np.float32)
        mine, other = ([self._nothing if i is None else i for i in side] for side in (ls, rs))
        return self._heard.pair(left, right, self._r[mine], self._r[other])

    def _point(
        self, role: str, may: Array, without: Sequence[int | None] = (), line: float = 0.0
    ) -> tuple[int | None, float]:
        """The one that fills a role, if it beats nobody by more than a line, and by how much it does."""
        score = np.where(may, self._scores[role][:-1], -99)
        score[[i for i in without if i is not None]] = -99
        best = int(np.argmax(score))
        margin = float(score[best] - self._scores[role][-1])
        return (best, margin) if margin > line else (None, margin)

    def _make(self, filled: _Filled, shared: _Shared, view: Array) -> Found:
        heard, network = self._heard, self._look._network
        modality, denied, core = heard.firmness()
        modality = modality - _ASSERTED * (np.array(network.modalities) == Modality.ASSERTED)
        q = filled.amount
        measure = "" if q is None else network.measures[int(np.argmax(heard.measure(self._r[q])))]
        for i in (filled.subject, filled.object, shared.speaker, shared.outer, shared.benchmark):
            self._note(i)
        ranked = np.sort(modality)
        signs = {
            "predicate": self._logit,
            "holds": heard.holds,
            "core": core,
            "speaker": shared.told,
            "denied": denied,
            "firm": float(ranked[-1] - ranked[-2]),
            "attention": float(heard.look.max()),
            "length": float(np.log(self._unit.end - self._unit.begin + 1)),
            "rivals": float(self._rivals),
        }
        for role, i in (("subject", filled.subject), ("object", filled.object), ("amount", filled.amount)):
            signs |= self._sign(role, i)
        signs |= name_views(view)
        return Found(
            passage=self._unit.passage,
            predicate=network.predicates[self._p],
            subject=self._span(filled.subject),
            object=self._span(filled.object),
            amount=self._span(filled.amount),
            benchmark=self._span(shared.benchmark),
            day=self._span(shared.day),
            speakers=tuple(span for i in (shared.outer, shared.speaker) if (span := self._span(i))),
            modality=network.modalities[int(np.argmax(modality))],
            denied=denied > 0,
            measure=measure,
            trigger=self._find_trigger(),
            signs=signs,
        )

    def _sign(self, role: str, i: int | None) -> dict[str, float]:
        """How surely a role is filled: its logit, how far the next one is behind, and how much of a party it looks."""
        scores = self._scores[role][:-1]
        mine = float(scores[self._nothing if i is None else i])
        if i is None:
            return {role: 0.0, f"{role}:empty": mine}
        c = self._cs[i]
        other = [j for j, d in enumerate(self._cs) if j != i and d.kind == c.kind and not self._cross(i, j)]
        behind = mine - max((float(scores[j]) for j in other), default=mine - 5)
        span = float(self._look._reading.spans[0][c.begin, c.end]) if c.kind == ARGUMENT else 0.0
        return {role: mine, f"{role}:lead": min(behind, 5.0), f"{role}:span": span}

    def _span(self, i: int | None) -> Span | None:
        return None if i is None else self._look.span_of(self._cs[i])

    def _find_trigger(self) -> Span:
        """The word that the predicate looks at most."""
        at = self._unit.begin + int(np.argmax(self._heard.look[: self._unit.end - self._unit.begin]))
        return widen(self._look.text, self._look._window.spans[at])

    def _note(self, i: int | None) -> None:
        """Remembers for which words before a candidate may stand."""
        if i is None or (self._cs[i].begin, self._cs[i].end) in self._look._typed:
            return
        span = self._span(i)
        before = [j for j in range(i) if self._cs[j].kind == ARGUMENT and self._cs[j].end < self._cs[i].begin]
        if not span or not before or span in self._look.stands:
            return
        described = self._look._described
        logits = self._look._reading.refer(described[i], described[before])
        likely = np.argsort(-logits[:-1], kind="stable")[:_MOST_STOOD]
        self._look.stands[span] = tuple(
            Stood(self._look.span_of(self._cs[before[j]]), float(logits[j] - logits[-1])) for j in likely
        )


def widen(text: str, span: Span) -> Span:
    """The whole word that a piece is part of: a piece of "denied" hides that it denies."""
    start, end = span
    for word in _WORD.finditer(text, max(0, start - _LONGEST_WORD), end + _LONGEST_WORD):
        if word.start() <= start < word.end():
            return word.start(), max(end, word.end())
    return span


def _belonging(logits: Array) -> list[int]:
    """All that belong, or the likeliest where none does."""
    return [int(n) for n in np.flatnonzero(logits > 0)] or [int(np.argmax(logits))]


def _pick_spans(logits: Array, line: float) -> dict[tuple[int, int], float]:
    """Spans above a line, the surest first, none crossing another."""
    places = np.argwhere(logits > line)
    picked: dict[tuple[int, int], float] = {}
    taken = np.zeros(len(logits), dtype=bool)
    for a, b in places[np.argsort(-logits[places[:, 0], places[:, 1]], kind="stable")]:
        if not taken[a : b + 1].any():
            taken[a : b + 1] = True
            picked[int(a), int(b)] = float(logits[a, b])
    return picked
