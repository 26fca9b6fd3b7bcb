"""How predicted claims agree with gold claims: which meet, which of them are right, each attribute.

A prediction meets a gold claim when their spans overlap by half of the shorter one, the subjects are the same, and so
are the objects or the quantities, where the gold has one (data/gold/GUIDELINE.md). It is right when type, predicate,
measure, origin, modality and polarity agree too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.accuracy.gold import Line, Names, normalise

ATTRIBUTES = ("type", "predicate", "measure", "claimant", "modality", "polarity")
_FURTHER = ("quantity", "date", "benchmark")
_OVERLAP = 0.5
_NEAR = 0.01
_ENTITY_TYPES = frozenset(
    {"company", "person", "model", "benchmark", "hardware", "product", "publication", "institution"}
)


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision, recall and F1 as shares of 1; None where nothing was there to count."""

    hits: int
    predicted: int
    wanted: int

    @property
    def precision(self) -> float | None:
        return self.hits / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        return self.hits / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        total = self.predicted + self.wanted
        return 2 * self.hits / total if total else None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A gold claim and the prediction that meets it, with what agrees."""

    gold: Line
    claim: Line
    agreed: Mapping[str, bool]

    @property
    def is_right(self) -> bool:
        return all(self.agreed.get(key, True) for key in ATTRIBUTES)


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one comparison.

    attributes  field: (right, of how many that have one)
    by_type     claim type: (found, of how many)
    meetings    all that meet, those of claims that are not core too
    misses      core gold claims that nothing meets
    false       predictions that meet nothing, in texts that hold claims
    alarms      predictions in texts that hold no claim
    """

    found: Rate
    right: Rate
    attributes: Mapping[str, tuple[int, int]]
    by_type: Mapping[str, tuple[int, int]]
    meetings: tuple[Meeting, ...]
    misses: tuple[Line, ...]
    false: tuple[Line, ...]
    alarms: tuple[Line, ...]

    @property
    def core(self) -> tuple[Meeting, ...]:
        return tuple(meeting for meeting in self.meetings if meeting.gold.core)

    @property
    def wrong(self) -> tuple[Meeting, ...]:
        return tuple(meeting for meeting in self.core if not all(meeting.agreed.values()))


def score_claims(gold: Sequence[Line], claims: Sequence[Line], names: Names) -> Score:
    """The figures over the core claims; a prediction that meets a claim that is not core counts nowhere."""
    docs = {line.doc for line in gold}
    inside = [claim for claim in claims if claim.doc in docs]
    meetings = pair_claims(gold, inside, names)
    core = [meeting for meeting in meetings if meeting.gold.core]
    met_gold, met_claims = {id(m.gold) for m in meetings}, {id(m.claim) for m in meetings}
    wanted = [line for line in gold if line.core]
    predicted = len(inside) - (len(meetings) - len(core))
    return Score(
        found=Rate(len(core), predicted, len(wanted)),
        right=Rate(sum(m.is_right for m in core), predicted, len(wanted)),
        attributes={key: _count(key, core) for key in (*ATTRIBUTES, *_FURTHER)},
        by_type=_count_types(wanted, core),
        meetings=tuple(meetings),
        misses=tuple(line for line in wanted if id(line) not in met_gold),
        false=tuple(claim for claim in inside if id(claim) not in met_claims),
        alarms=tuple(claim for claim in claims if claim.doc not in docs),
    )


def pair_claims(gold: Sequence[Line], claims: Sequence[Line], names: Names) -> list[Meeting]:
    """Each gold claim with at most one prediction and the other way round, the pairs that agree most first.

    The measure has no say in that: what is found stays comparable with figures taken before the measure counted.
    """
    by_doc: dict[str, list[int]] = defaultdict(list)
    for j, claim in enumerate(claims):
        by_doc[claim.doc].append(j)
    options = [
        (-sum(agreed[key] for key in agreed if key != "measure"), -_overlap(line, claims[j]), i, j, agreed)
        for i, line in enumerate(gold)
        for j in by_doc[line.doc]
        if meets(line, claims[j], names)
        for agreed in (_compare(line, claims[j], names),)
    ]
    pairs: list[Meeting] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for _, _, i, j, agreed in sorted(options, key=lambda option: option[:4]):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append(Meeting(gold[i], claims[j], agreed))
    return pairs


def score_entities(gold: Iterable[Mapping[str, object]], found: Iterable[Mapping[str, object]]) -> Rate:
    """Entities by text: one found meets one wanted when any of its spellings there is one of the wanted one's."""
    hits = wanted_count = false = 0
    by_doc: dict[str, list[Mapping[str, object]]] = {}
    for entity in found:
        by_doc.setdefault(str(entity["doc"]), []).append(entity)
    lines = list(gold)
    for doc in sorted({doc for line in lines for doc in _texts(line.get("docs"))}):
        here = [line for line in lines if doc in _texts(line.get("docs"))]
        met, wrong = _meet_entities(here, by_doc.get(doc, []))
        hits += met
        false += wrong
        wanted_count += sum(line["type"] in _ENTITY_TYPES for line in here)
    return Rate(hits, hits + false, wanted_count)


def _meet_entities(wanted: Sequence[Mapping[str, object]], found: Sequence[Mapping[str, object]]) -> tuple[int, int]:
    """How many entities of one text are met, and how many were found that nobody wanted."""
    spellings = [
        {normalise(n) for n in (str(e["canonical"]), *_texts(e.get("surface_forms")), *_texts(e.get("other_aliases")))}
        for e in wanted
    ]
    taken: set[int] = set()
    hits = false = 0
    for entity in found:
        forms = {normalise(name) for name in (str(entity["name"]), *_texts(entity.get("forms")))}
        fitting = [number for number, names in enumerate(spellings) if names & forms]
        free = next((number for number in fitting if number not in taken), None)
        if free is not None:
            taken.add(free)
            hits += wanted[free]["type"] in _ENTITY_TYPES
        elif not fitting and entity["type"] in _ENTITY_TYPES:
            false += 1
    return hits, false


def meets(gold: Line, claim: Line, names: Names) -> bool:
    """Whether a prediction speaks of what a gold claim of the same text says, rightly or wrongly."""
    if gold.doc != claim.doc or _overlap(gold, claim) < _OVERLAP or not names.is_same(gold.subject, claim.subject):
        return False
    same_act = gold.predicate == claim.predicate
    if gold.object is None and gold.quantity is None:
        return same_act
    if gold.object is not None:
        unnamed = claim.object is None and not names.is_named(gold.object)
        if names.is_same(gold.object, claim.object) or (unnamed and same_act):
            return True
    return _same_quantity(gold, claim, signed=False)


def _compare(gold: Line, claim: Line, names: Names) -> dict[str, bool]:
    """What agrees, for the fields that the gold claim has."""
    agreed = {
        key: getattr(claim, key) in (getattr(gold, key), *gold.also.get(key, ()))
        for key in ("type", "predicate", "modality", "polarity")
    }
    speakers = (gold.claimant, *gold.also.get("claimant", ()))
    agreed["claimant"] = any(names.speaks_for(speaker, claim.claimant) for speaker in speakers)
    if gold.quantity:
        agreed["quantity"] = _same_quantity(gold, claim, signed=True)
    if gold.measure:
        agreed["measure"] = claim.measure in (gold.measure, *gold.also.get("measure", ()))
    if gold.date:
        agreed["date"] = claim.date in (gold.date, *gold.also.get("date", ()))
    if gold.benchmark:
        agreed["benchmark"] = names.is_same(gold.benchmark, claim.benchmark)
    return agreed


def _same_quantity(gold: Line, claim: Line, *, signed: bool) -> bool:
    """Values within a hundredth and the same unit; a fall meets a rise of its size but is not right."""
    if gold.quantity is None or claim.quantity is None or gold.quantity[1] != claim.quantity[1]:
        return False
    a, b = (value if signed else abs(value) for value in (gold.quantity[0], claim.quantity[0]))
    return abs(a - b) <= _NEAR * max(abs(a), abs(b))


def _overlap(one: Line, other: Line) -> float:
    shared = min(one.span[1], other.span[1]) - max(one.span[0], other.span[0])
    shorter = min(one.span[1] - one.span[0], other.span[1] - other.span[0])
    return max(0, shared) / max(1, shorter)


def _count(key: str, meetings: Sequence[Meeting]) -> tuple[int, int]:
    seen = [meeting.agreed[key] for meeting in meetings if key in meeting.agreed]
    return sum(seen), len(seen)


def _count_types(wanted: Sequence[Line], core: Sequence[Meeting]) -> dict[str, tuple[int, int]]:
    found = Counter(meeting.gold.type for meeting in core)
    return {kind: (found[kind], number) for kind, number in Counter(line.type for line in wanted).most_common()}


def _texts(value: object) -> list[str]:
    return list(map(str, value)) if isinstance(value, list) else []
