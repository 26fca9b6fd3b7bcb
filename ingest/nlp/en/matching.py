"""Frames found in clauses: whose trigger a clause holds, and what fills its slots."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TypeVar

from spacy.tokens import Token

from graph.records import ClaimType, EntityType, Party, Predicate, Quantity
from ingest.nlp.document import Sentence
from ingest.nlp.en.amounts import OwnAmounts, is_respective, make_quantity
from ingest.nlp.en.anchors import find_anchored
from ingest.nlp.en.clauses import KEPT, Clause, is_elided, make_clause
from ingest.nlp.en.parties import Parties
from ingest.nlp.en.slots import find_fillers
from ingest.nlp.en.triggers import (
    ANY,
    Trigger,
    find_lemma,
    has_context,
    holds,
    read_companions,
    read_complements,
    read_trigger,
)
from ingest.nlp.frames import Frame

T = TypeVar("T")

_OPINION = "<said>"


# Where words that name nobody are never worth a claim.
_NAMED_SUBJECTS = frozenset(
    {
        Predicate.CAN,
        Predicate.CANNOT,
        Predicate.HAS_SIZE,
        Predicate.RUNS_ON,
        Predicate.BASED_ON,
        Predicate.LOST_VALUE,
        Predicate.TRAINED_WITH,
        Predicate.HAS_USERS,
    }
)


# Where ranks are held: "the App Store still has it at number one".
_STORE = re.compile(r"\bstores?\b|^(?:ios|android)$", re.IGNORECASE)
# Bodies for one occasion, which nobody heads.
_LOOSE = frozenset({"consortium", "coalition", "investors", "analysts", "round"})
# Kinds of claim of which one clause may hold several.
_SIDE_BY_SIDE = frozenset({ClaimType.BENCHMARK, ClaimType.COST, ClaimType.COMPUTE})
# Of these a line may leave out its subject: "Scores 88% on …", "can write …", "costs a tenth of o1".
_TOLD_OF = frozenset({ClaimType.BENCHMARK, ClaimType.COMPUTE, ClaimType.COST, ClaimType.CAPABILITY})
_MAKERS_ACTS = frozenset({Predicate.RELEASED, Predicate.OPEN_SOURCED})


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that fits a clause, with one filler in each slot."""

    frame: Frame
    clause: Clause
    subject: Party | None
    object: Party | None
    quantity: Quantity | None = None
    benchmark: Party | None = None


class Matcher:
    """Finds which frames a clause fills."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        triggers: dict[str, list[Trigger]] = defaultdict(list)
        for order, frame in enumerate(frames):
            for text in frame.triggers:
                for verb, trigger in read_trigger(frame, order, text.split()):
                    triggers[verb].append(trigger)
        self._by_name = {frame.name: frame for frame in frames}
        self._of_any = triggers.pop(ANY, [])
        self._by_verb = {
            verb: sorted(own + self._of_any, key=lambda trigger: trigger.order) for verb, own in triggers.items()
        }

    def match(self, clause: Clause, sentence: Sentence, parties: Parties, amounts: OwnAmounts) -> tuple[Match, ...]:
        """The claims of a clause: those of the first frame that fits it, and of others that may stand beside it."""
        options = self._find_options(find_lemma(clause.head))
        if not options:
            return ()
        near = read_companions(clause)
        called = read_complements(clause)
        lowered = sentence.text.lower()
        told: dict[str, bool] = {}
        found: list[Match] = []
        beside: list[Match] = []
        for trigger in options:
            if trigger.frame.beside:
                if beside or not holds(trigger, clause, near, told) or not has_context(trigger.frame, lowered):
                    continue
                beside = list(_fill(trigger, clause, parties, amounts))
                continue
            if found and not _may_stand_beside(trigger.frame, found):
                continue
            reach = called if _OPINION in trigger.conditions else near
            if not holds(trigger, clause, reach, told) or not has_context(trigger.frame, lowered):
                continue
            found += _drop_told(_fill(trigger, clause, parties, amounts), found)
        return (*found, *beside)

    def _find_options(self, lemma: str) -> list[Trigger]:
        """The triggers of a verb in order; the lemmatiser makes "pretraine" of "pretrained", "rat" of "rated"."""
        for spelled in (lemma, lemma.removesuffix("e"), lemma + "e", lemma + lemma[-1:]):
            if spelled in self._by_verb:
                return self._by_verb[spelled]
        return self._of_any

    def match_anchored(self, sentence: Sentence, amounts: OwnAmounts, told: frozenset[str]) -> Iterator[Match]:
        """The claims of amounts that stand beside a name and that no clause has told."""
        for found in find_anchored(sentence, amounts, told):
            frame = self._by_name[found.frame]
            clause = make_clause(find_verb(found.token))
            quantity = make_quantity(found.amount, frame)
            yield Match(frame, clause, found.subject, found.benchmark, quantity, found.benchmark)


def _may_stand_beside(frame: Frame, found: Sequence[Match]) -> bool:
    """Whether a clause that was read as something else may state this too: "has 7B parameters and runs on an H100"."""
    if frame.type not in _SIDE_BY_SIDE:
        return False
    return all(match.frame.type in _SIDE_BY_SIDE and _differs(match.frame, frame) for match in found)


def _differs(one: Frame, other: Frame) -> bool:
    """Whether two frames state two things; a cut and the new price are two."""
    measures = {frame.quantity.measure if frame.quantity else "" for frame in (one, other)}
    return one.predicate != other.predicate or measures == {"-price_change", "price"}


def _drop_told(matches: Iterable[Match], found: Sequence[Match]) -> list[Match]:
    """The matches that say more than what was found before them: another thing or another amount of it."""
    things = {match.object for match in found} | {match.subject for match in found}
    amounts = {match.quantity.text for match in found if match.quantity}
    if not found:
        return list(matches)
    return [
        match
        for match in matches
        if match.object not in things or (match.quantity and match.quantity.text not in amounts)
        if match.subject in {other.subject for other in found}
        if match.quantity is None or match.quantity.text not in amounts
    ]


def _fill(trigger: Trigger, clause: Clause, parties: Parties, amounts: OwnAmounts) -> Iterator[Match]:
    frame, idiom = trigger.frame, frozenset[str]().union(*trigger.companions)
    subjects = find_fillers(frame.subject, clause, parties, named=_needs_name(frame))
    if frame.name == "open-source" and clause.head.lemma_ == "be" and any(t.pos_ == "PRON" for t in clause.subjects):
        return  # "it's open source" is said of what was released (open-thing)
    if not subjects and is_elided(clause) and frame.type in _TOLD_OF:
        subjects = or_nobody(parties.find_elided(frame.subject.types))
    if not subjects and "subject" in frame.needs:
        return
    filling = find_fillers(frame.object, clause, parties, idiom=idiom)
    objects = [o for o in filling if o.name not in {s.name for s in subjects}]
    if not objects and (frame.predicate is Predicate.PARTNERED_WITH or frame.name == "merge"):
        subjects, objects = subjects[:1], subjects[1:]
    if frame.type is ClaimType.BENCHMARK:
        objects = [o for o in objects if o.entity] or objects[:1]
    if frame.type is ClaimType.STANCE and _is_unnamed_thing(clause):
        objects = []
    if frame.predicate is Predicate.RANKS:
        subjects = [s for s in subjects if not _STORE.search(s.name)]
    if frame.predicate is Predicate.OWNS:
        objects = [o for o in objects if o.entity]
    if frame.predicate is Predicate.LEADS:
        objects = [o for o in objects if o.entity or not _LOOSE & set(o.name.lower().split())]
    objects = [o for o in objects if not any(_limits_own(frame, s, o, parties) for s in subjects)]
    if frame.predicate is Predicate.RUNS_ON:  # that a maker serves its own model says nothing
        objects = [o for o in objects if not any(parties.find_maker_of(s) == o for s in subjects)]
    if "object" in frame.needs and not objects:
        return
    if _needs_name(frame) and not subjects:
        return
    if frame.predicate is Predicate.SCORES:
        yield from _fill_scores(frame, clause, parties, amounts, subjects)
        return
    if frame.type is ClaimType.RELEASE:
        subjects = _prefer_maker(clause, subjects, objects, parties)
    quantities = amounts.find(frame, clause)
    if "quantity" in frame.needs and not quantities:
        return
    if frame.predicate in _MAKERS_ACTS and not objects and EntityType.COMPANY not in frame.subject.types:
        named = (subject for subject in subjects if subject.entity)
        for thing in named:
            yield from _give_to_maker(frame, clause, thing, parties)
        return
    if frame.name == "top-list":
        quantities = [Quantity("rank", 1, "rank", text=clause.head.text)]  # to top a list is to be first in it
    benchmarks = _find_benchmarks(clause, parties) if frame.type == "benchmark" else []
    if quantities and is_respective(clause):
        of_all = objects[0] if objects else None
        for own, amount in zip(subjects, quantities, strict=False):
            yield Match(frame, clause, own, of_all, amount)
        return
    slots = (or_none(subjects), or_none(objects), or_none(quantities), or_none(benchmarks))
    for subject, object, quantity, benchmark in product(*slots):
        yield Match(frame, clause, subject, object, quantity, benchmark)


def _is_unnamed_thing(clause: Clause) -> bool:
    """Whether a stand is taken on "it": a bill, a charge or a view rather than whoever was named last."""
    return bool(clause.objects) and all(token.lower_ in {"it", "this", "that"} for token in clause.objects)


def _needs_name(frame: Frame) -> bool:
    """Whether a subject that nobody names is worth no claim: what a model can do, who leads a firm."""
    held = frame.name == "profitable" or (
        frame.type is ClaimType.PEOPLE and frame.predicate in {Predicate.LEADS, Predicate.WORKS_FOR}
    )
    return held or frame.predicate in _NAMED_SUBJECTS


def _limits_own(frame: Frame, subject: Party, thing: Party, parties: Parties) -> bool:
    """Whether a step is one against the actor's own product, which is no matter of law (claims.md, section 3)."""
    own = parties.find_maker_of(thing) == subject or thing.name.startswith(subject.name + " ")
    return frame.type is ClaimType.LEGAL and own


def or_nobody(party: Party | None) -> list[Party]:
    return [party] if party else []


def or_none(found: Sequence[T]) -> Sequence[T | None]:
    """The fillers of a slot, or one None for a slot that stays empty."""
    return found or (None,)


def _prefer_maker(clause: Clause, subjects: list[Party], objects: list[Party], parties: Parties) -> list[Party]:
    """Who releases, where the subject is a pronoun or a description: the maker of what is released."""
    if not objects or any(parties.name_at(token) for token in clause.subjects) or not clause.subjects:
        return subjects
    maker = parties.find_maker_of(objects[0])
    return [maker] if maker and any(subject.entity for subject in subjects) else subjects


def _give_to_maker(frame: Frame, clause: Clause, thing: Party, parties: Parties) -> Iterator[Match]:
    """What is released without an agent is its maker's act: "R1 is now open source", "Acme's Foo is out".

    Where nobody knows the maker there is no claim: of ten such read as the thing's own act, eight were false.
    """
    maker = _find_owner(clause, thing, parties) or parties.find_maker_of(thing)
    if maker:
        yield Match(frame, clause, maker, thing)


def _find_owner(clause: Clause, thing: Party, parties: Parties) -> Party | None:
    """Whose a thing is by the words of the clause itself."""
    for token in (*clause.subjects, *clause.objects):
        name = parties.name_at(token)
        owner = parties.find_owner(token) if name and name.entity.name == thing.name else None
        if owner and owner.entity and parties.is_maker(owner):
            return owner
    return None


def _fill_scores(
    frame: Frame, clause: Clause, parties: Parties, amounts: OwnAmounts, subjects: Iterable[Party]
) -> Iterator[Match]:
    """Each benchmark with the amount that stands nearest to it: "28.9% on AIME and 83.9% on MATH"."""
    for token in _iter_benchmarks(clause, parties):
        benchmark = parties.resolve(token, frozenset({EntityType.BENCHMARK}))[0]
        quantity = amounts.find_nearest(frame, token)
        if quantity:
            for subject in subjects:
                yield Match(frame, clause, subject, benchmark, quantity, benchmark)


def _find_benchmarks(clause: Clause, parties: Parties) -> list[Party]:
    kind = frozenset({EntityType.BENCHMARK})
    found = [party for token in _iter_benchmarks(clause, parties) for party in parties.resolve(token, kind)]
    governor = clause.head.head
    if not found and clause.head.dep_ == "advcl" and governor.pos_ == "VERB":
        return _find_benchmarks(make_clause(governor), parties)
    return list(dict.fromkeys(found))


def _iter_benchmarks(clause: Clause, parties: Parties) -> Iterator[Token]:
    for token in clause.head.subtree:
        name = parties.name_at(token)
        if name and name.entity.type is EntityType.BENCHMARK and find_verb(token) == clause.head:
            yield token


@lru_cache(maxsize=KEPT)
def find_verb(token: Token) -> Token:
    """The verb of the clause that a token stands in."""
    node = token
    while node.head != node:
        node = node.head
        if node.pos_ in {"VERB", "AUX"} and node.dep_ not in {"amod", "compound"}:
            return node
    return node
