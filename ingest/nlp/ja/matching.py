"""Frames of frames.toml held against the events of a sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from graph.records import ClaimType, EntityType, Party, Predicate, Quantity
from ingest.nlp.document import Amount
from ingest.nlp.frames import Frame, load_frames
from ingest.nlp.ja.acts import ACTS
from ingest.nlp.ja.coreference import Memory, find_anaphor
from ingest.nlp.ja.events import Event
from ingest.nlp.ja.lexicon import LEXICON
from ingest.nlp.ja.links import Link, find_link, iter_steps
from ingest.nlp.ja.parties import Filler, find_descriptor, find_fillers, is_part
from ingest.nlp.ja.phrases import Clauses, Phrase

_FILE = Path(__file__).parent / "frames.toml"
_BENCHMARKS = frozenset({EntityType.BENCHMARK})
# Passive subjects and agents, in the order in which they are looked for.
# Frames whose words are too common for a subject that the clause itself does not name.
_EXPLICIT = frozenset({"misled is", "misled", "is open", "can", "cannot", "leads field", "spreads", "leaks data", "has size", "fears"})
_OWNER_CASES = frozenset({"の", "への", "との", "からの", "による", "での"})
_PASSIVE_OBJECT = ("が", "は", "を")
_PASSIVE_SUBJECT = ("によって", "による", "から", "に", "で", "での")
# Types in which people or bodies without a name may be a party.
_OPEN_TYPES = frozenset({ClaimType.STANCE, ClaimType.LEGAL})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger of a frame: `noun` + `case` must stand before the verb when given."""

    frame: Frame
    verb: str
    noun: str = ""
    case: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that fits an event, with what fills it. Not yet a claim: nobody has asked how firmly it stands."""

    trigger: Trigger
    event: Event
    subject: Party
    object: Party | None
    quantity: Quantity | None
    benchmark: Party | None
    explicit: bool

    @property
    def frame(self) -> Frame:
        return self.trigger.frame


@dataclass(frozen=True)
class Matcher:
    """All frames, by the verb that triggers them."""

    frames: tuple[Frame, ...]

    @cached_property
    def triggers(self) -> dict[str, list[Trigger]]:
        index: dict[str, list[Trigger]] = {}
        for frame in self.frames:
            for text in frame.triggers:
                trigger = _read_trigger(frame, text)
                if trigger:
                    index.setdefault(trigger.verb, []).append(trigger)
        return index

    def match(self, event: Event, clauses: Clauses, amounts: Sequence[Amount], memory: Memory) -> list[Match]:
        """The frames that fit an event; several when a role has several fillers."""
        return _keep_closest(list(self._iter_matches(event, clauses, amounts, memory)))

    def _iter_matches(
        self, event: Event, clauses: Clauses, amounts: Sequence[Amount], memory: Memory
    ) -> Iterator[Match]:
        seen: set[str] = set()
        for trigger in sorted(self._find(event), key=lambda trigger: trigger.noun == ""):
            frame = trigger.frame
            if frame.name in seen or not _in_context(frame, clauses) or not _has_noun(trigger, event):
                continue
            found = list(_Filling(trigger, event, clauses, amounts, memory).fill())
            if found:
                seen.add(frame.name)
            yield from found

    def _find(self, event: Event) -> Iterator[Trigger]:
        core = event.core
        for start in range(len(core)):
            if start and len(core) - start < 2:
                break
            for trigger in self.triggers.get(core[start:], ()):
                if start == 0 or _may_be_suffix(event):
                    yield trigger


def _keep_closest(matches: list[Match]) -> list[Match]:
    """Of one event's matches those that say most: named nouns over bare verbs, anything over mere ability."""
    special = {match.frame.type for match in matches if match.trigger.noun}
    other = any(match.frame.type is not ClaimType.CAPABILITY for match in matches)
    return [
        match
        for match in matches
        if (match.trigger.noun or match.frame.type not in special)
        and not (other and match.frame.type is ClaimType.CAPABILITY)
        and (match.explicit or match.frame.name not in _EXPLICIT)
    ]


def load_matcher() -> Matcher:
    return Matcher(load_frames(_FILE))


def _read_trigger(frame: Frame, text: str) -> Trigger | None:
    if text.endswith("_"):
        return None
    negated = text.endswith("!")
    parts = text.rstrip("!").split(" ")
    if len(parts) == 3:
        return Trigger(frame, parts[2], parts[0], parts[1], negated)
    return Trigger(frame, parts[0], negated=negated) if len(parts) == 1 else None


def _may_be_suffix(event: Event) -> bool:
    """A longer word ends in a noun of action (新規公開), never in a verb (引き抜く is no 抜く)."""
    return event.phrase.kind not in ("動詞", "形容詞") or event.noun is not None


def _in_context(frame: Frame, clauses: Clauses) -> bool:
    return not frame.context or any(word in clauses.sentence.text for word in frame.context)


def _has_noun(trigger: Trigger, event: Event) -> bool:
    if trigger.negated and not event.negated:
        return False
    if not trigger.noun:
        return True
    return any(
        argument.phrase.core.endswith(trigger.noun) and _same_case(trigger.case, argument.case, event)
        for argument in event.arguments
    )


def _same_case(wanted: str, case: str, event: Event) -> bool:
    if case == wanted:
        return True
    return case == "は" and wanted in ("を", "が") or (event.passive and wanted == "を" and case == "が")


@dataclass(frozen=True, slots=True)
class _Filling:
    """One trigger held against one event."""

    trigger: Trigger
    event: Event
    clauses: Clauses
    amounts: Sequence[Amount]
    memory: Memory

    @property
    def frame(self) -> Frame:
        return self.trigger.frame

    def fill(self) -> Iterator[Match]:
        frame = self.frame
        quantity = self._find_quantity()
        if "quantity" in frame.needs and quantity is None:
            return
        objects = self._find_objects() if frame.object.markers else ()
        if "object" in frame.needs and not objects:
            return
        taken = {filler.party.name for filler in objects if filler}
        subjects, explicit = self._find_subjects(taken)
        benchmarks = self._find_benchmarks() if frame.type is ClaimType.BENCHMARK else ()
        for subject in subjects:
            for filler in objects or (None,):
                for benchmark in benchmarks or (None,):
                    object = filler.party if filler else None
                    if object is None or not _same_thing(subject.party, object):
                        yield Match(self.trigger, self.event, subject.party, object, quantity, benchmark, explicit)

    def _find_objects(self) -> tuple[Filler, ...]:
        kinds = self.frame.object.types
        for case in self._object_cases():
            for phrase in self._phrases(case):
                fillers = find_fillers(self.clauses, phrase, kinds, self.memory)
                if fillers:
                    return fillers
        gap = self._find_gap()
        if gap and self._has_subject() and not self.event.passive:
            return find_fillers(self.clauses, gap, kinds, self.memory)
        if gap and self.event.passive:
            return find_fillers(self.clauses, gap, kinds, self.memory)
        return ()

    def _object_cases(self) -> tuple[str, ...]:
        markers = self.frame.object.markers
        if self.event.passive:
            rest = tuple(case for case in markers if case not in ("を", "が", "は"))
            if "を" in self.frame.subject.markers:
                return rest
            return (*_PASSIVE_OBJECT[:2], *rest) if "を" in markers or "の" in markers else rest
        shown = any(a.case == "が" or a.phrase.tail == "も" for a in self.event.arguments)
        return (*markers, "は") if "を" in markers and shown and not any(self.event.of("を")) else markers

    def _phrases(self, case: str) -> Iterator[Phrase]:
        """The arguments in a case; の looks at the owner of what stands in を or に."""
        yield from self.event.of(case)
        if case in _OWNER_CASES:
            for carrier in self._carriers():
                yield from (below for below in _descend(carrier, self.clauses) if below.case == case)

    def _carriers(self) -> Iterator[Phrase]:
        """The phrases whose owners may fill a role: what stands in を, に or が, and the noun of action."""
        if self.event.noun:
            yield self.event.noun
        for case in ("を", "に", "が", "は", "について"):
            yield from (phrase for phrase in self.event.of(case) if not phrase.names)

    def _find_subjects(self, taken: set[str]) -> tuple[tuple[Filler, ...], bool]:
        """The subjects, and whether the clause itself names them."""
        for phrase, own in self._iter_subject_phrases():
            fillers = [f for f in find_fillers(self.clauses, phrase, self.frame.subject.types, self.memory) if f.party.name not in taken]
            if fillers:
                return tuple(fillers), own
            if own and self._is_stranger(phrase):
                return self._describe(phrase), True
        if self.event.passive or self._is_blocked():
            return (), False
        topic = self.memory.find_topic(self.frame.subject.types, self.clauses)
        if topic and topic.name not in taken:
            return (Filler(Party(topic.name, topic.id), topic, self.event.phrase),), False
        return (), False

    def _iter_subject_phrases(self) -> Iterator[tuple[Phrase, bool]]:
        if self.event.passive and "を" not in self.frame.subject.markers:
            yield from ((phrase, True) for case in _PASSIVE_SUBJECT for phrase in self._phrases(case))
            return
        for case in self.frame.subject.markers:
            yield from ((phrase, True) for phrase in list(self._phrases(case))[:: -1 if case == "が" else 1])
            if case == "が":
                yield from ((phrase, True) for phrase in (*self.event.of("は"), *self.event.of("による")))
        gap = self._find_gap()
        if gap and (not self._has_own_subject() or self.event.passive):
            yield gap, True
        if not self._is_blocked():
            yield from ((phrase, False) for phrase in self._iter_shared())

    def _is_blocked(self) -> bool:
        """Whether the clause has a subject of its own that is neither a name nor a part of one (株価, 売上高)."""
        own = [*self.event.of("が"), *(p for p in self.event.of("は") if LEXICON.has("agent_nouns", p.core))]
        return any(not is_part(phrase.core) and not find_anaphor(phrase, self.clauses) for phrase in own)

    def _iter_shared(self) -> Iterator[Phrase]:
        """Subjects of the clauses that this one is chained to: は holds through the sentence, が through a て-chain."""
        number = self.event.number
        for other in self.clauses.phrases[:number][::-1]:
            link = find_link(self.clauses, other) if other.verbal else Link.CASE
            if link is Link.SERIAL or (link is Link.BREAK and other.governor == number):
                yield from (c for c in self.clauses.children(other.number) if c.case in ("は", "が"))
            elif link is Link.BREAK:
                break
        for step in iter_steps(self.clauses, self.event.phrase):
            cases = ("は", "が") if step.link in (Link.SERIAL, Link.QUOTE) else ("は",)
            yield from (c for c in self.clauses.children(step.upper.number) if c.case in cases and c.number < number)
        first = self.clauses.phrases[0]
        if first.names and re.search(r"[:：]", first.text):
            yield first
        left = self.clauses.phrases[:number][::-1]
        yield from (phrase for phrase in left if phrase.case == "は" and phrase.tail != "も")
        if any(is_part(phrase.core) for phrase in (*self.event.of("は"), *self.event.of("が"))):
            yield from (phrase for phrase in left if phrase.case == "が")

    def _find_gap(self) -> Phrase | None:
        """The noun that the clause stands before, which is one of its roles (OpenAI が 開発した|モデル)."""
        for step in iter_steps(self.clauses, self.event.phrase):
            if step.link is Link.ADNOMINAL and not ACTS.is_noun_act(step.upper.head):
                return self._name_gap(step.upper)
            if step.link is not Link.QUOTE:
                return None
        return None

    def _name_gap(self, noun: Phrase) -> Phrase:
        """The noun itself, or for a noun with だ what it is said of (Xは…が運営する|アプリだ)."""
        if noun.verbal and not noun.names:
            return next((child for child in self.clauses.children(noun.number) if child.case == "は"), noun)
        return noun

    def _has_subject(self) -> bool:
        return any(case in ("が", "は") for case in (a.case for a in self.event.arguments))

    def _has_own_subject(self) -> bool:
        return any(a.case == "が" or a.case == "は" for a in self.event.arguments)

    def _is_stranger(self, phrase: Phrase) -> bool:
        """Whether the phrase names the one who acts without a name of the fitting type: nobody else may take his place."""
        return find_descriptor(phrase, self.clauses) is not None

    def _describe(self, phrase: Phrase) -> tuple[Filler, ...]:
        words = find_descriptor(phrase, self.clauses)
        if words is None or self.frame.type not in _OPEN_TYPES:
            return ()
        return (Filler(words, None, phrase),)

    def _find_quantity(self) -> Quantity | None:
        amounts = self.frame.quantity
        if amounts is None:
            return None
        for amount in self._near_amounts():
            if amount.unit.split("/")[0] in amounts.units:
                return _make_quantity(amount, amounts.measure)
        return None

    def _near_amounts(self) -> Iterable[Amount]:
        """Amounts of the clause, the nearest before the event first."""
        mine = [amount for amount in self.amounts if self._governs(amount)]
        end = self.event.phrase.span[1]
        return sorted(mine, key=lambda amount: (amount.span[0] > end, abs(end - amount.span[1])))

    def _governs(self, amount: Amount) -> bool:
        phrase = next((p for p in self.clauses.phrases if p.span[0] <= amount.span[0] < p.span[1]), None)
        while phrase is not None:
            if phrase.number in (self.event.number, self.event.noun.number if self.event.noun else -1):
                return True
            upper = self.clauses.governor(phrase)
            if phrase.verbal and phrase.case == "" and not _contains(phrase, amount):
                return False
            phrase = upper
        return False

    def _find_benchmarks(self) -> tuple[Party, ...]:
        found: dict[Party, None] = {}
        for phrase in self.clauses.phrases:
            if any(name.entity.type is EntityType.BENCHMARK for name in phrase.names) and self._reaches(phrase):
                for name in phrase.names:
                    if name.entity.type is EntityType.BENCHMARK:
                        found[Party(name.entity.name, name.entity.id)] = None
        return tuple(found)

    def _reaches(self, phrase: Phrase) -> bool:
        current: Phrase | None = phrase
        while current is not None and current.number <= self.event.number:
            if current.number == self.event.number:
                return True
            if current.verbal and current.number != phrase.number:
                return False
            current = self.clauses.governor(current)
        return False


def _descend(phrase: Phrase, clauses: Clauses) -> Iterator[Phrase]:
    """The phrases that qualify a noun, those of its qualifiers included; clauses before it are left out."""
    for child in clauses.children(phrase.number):
        if not child.verbal:
            yield child
            yield from _descend(child, clauses)


def _same_thing(one: Party, other: Party) -> bool:
    """Whether two parties are one, or a product and its maker (Nvidia H100 against Nvidia)."""
    return one.name == other.name or one.name.startswith(other.name + " ") or other.name.startswith(one.name + " ")


def _contains(phrase: Phrase, amount: Amount) -> bool:
    return phrase.span[0] < amount.span[1] and amount.span[0] < phrase.span[1]


def _make_quantity(amount: Amount, measure: str) -> Quantity:
    sign = -1 if measure.startswith("-") and amount.value > 0 else 1
    name = measure.removeprefix("-")
    if amount.unit == "downloads":
        name = "downloads"
    if name == "parameters" and amount.unit == "tokens":
        name = "context"
    return Quantity(name, sign * amount.value, amount.unit, amount.comparator, amount.high, amount.text)


def with_predicate(match: Match, predicate: Predicate) -> Match:
    frame = replace(match.frame, predicate=predicate)
    return replace(match, trigger=replace(match.trigger, frame=frame))
