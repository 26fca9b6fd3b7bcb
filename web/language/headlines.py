"""A matter in one line: who says it of whom, who denies it, what became of it.

Whoever a line could hurt never stands in it without who says so; acts in the open, in an outlet's own voice, are led by
the outlet while it is alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from graph.records import (
    PREDICATES,
    ClaimId,
    ClaimType,
    EntityType,
    Event,
    Modality,
    Predicate,
    Quantity,
    Status,
)
from graph.views import Gist, PartyView, Rival, Saying
from web.language.formatting import format_quantity, shorten_text
from web.language.naming import is_foreign, is_plural, name_document, name_party, name_publisher
from web.language.reading import say_act
from web.language.wording import Words, get_words

_OPEN = frozenset(
    {ClaimType.MARKET, ClaimType.RELEASE, ClaimType.LEGAL, ClaimType.PEOPLE, ClaimType.DEAL, ClaimType.STANCE}
)
"""Acts that anybody may see done; whoever takes a stance shows it."""
_OPEN_END = "…"
"""Stands in an act for what it lacks."""
_CHIPS = re.compile(r"\schips?$")
"""Named chips need not be called chips."""
_MEASURED = {p for t in (ClaimType.BENCHMARK, ClaimType.COST, ClaimType.COMPUTE) for p in PREDICATES[t]}
_SUBJECTS = {
    **dict.fromkeys(PREDICATES[ClaimType.PEOPLE], "somebody"),
    **dict.fromkeys((*_MEASURED, *PREDICATES[ClaimType.CAPABILITY], Predicate.BASED_ON, Predicate.HAS_USERS), "thing"),
    Predicate.OWNS_HARDWARE: "group",
}
"""What stands for whoever does it where only words of the other language tell who; for all others a group."""
_OBJECTS = {
    **dict.fromkeys((*_MEASURED, *PREDICATES[ClaimType.RELEASE], Predicate.EVADED_CONTROLS), "thing"),
    **dict.fromkeys((Predicate.WORKS_FOR, Predicate.FOUNDED, Predicate.JOINED, Predicate.LEFT), "group"),
    **dict.fromkeys((Predicate.INVESTED_IN, Predicate.PARTNERED_WITH, Predicate.RAISED, Predicate.MISLED), "group"),
    **dict.fromkeys((Predicate.SUED, Predicate.FINED, Predicate.RULED_FOR, Predicate.RULED_AGAINST), "group"),
}
"""The same for what it is done to; of all others that may be anybody or anything: an app is banned as a firm is."""
_MADE_TO_USE = frozenset({EntityType.MODEL, EntityType.PRODUCT, EntityType.DATASET})
_QUOTE_CHARS = 100
_OURS = ("a ", "an ", "something ", "somebody ", "unnamed ")

# How a matter is put by the firmest that is said of it, the firmest first.
_SAYS = (Modality.ASSERTED, Modality.ALLEGED, Modality.REPORTED)
_FORMS: tuple[tuple[str, tuple[Modality, ...]], ...] = (
    ("says", _SAYS),
    ("possible", (Modality.SPECULATED,)),
    ("expects", (Modality.PREDICTED,)),
    ("asks", (Modality.QUESTIONED,)),
)


def say_headline(matter: Gist | None, as_of: datetime | None, words: Words) -> str:
    """The matter as known before a moment, in plain text. None, a matter whose claims are gone, says just that."""
    if matter is None:
        return str(words.find("headline.gone"))
    return _Writer(matter, words).write(as_of)


class _Writer:
    """Puts one matter into words of one language."""

    def __init__(self, matter: Gist, words: Words) -> None:
        self.matter = matter
        self.words = words

    def write(self, as_of: datetime | None) -> str:
        matter = self.matter
        says, denies = (_known(sayings, as_of) for sayings in (matter.says, matter.denies))
        if not (says or denies):  # of a day before its first report: what that one says
            says, denies = matter.says, () if matter.says else matter.denies
        events = [event for event in matter.events if as_of is None or event.recorded_at < as_of]
        rivals = [rival for rival in matter.rivals if as_of is None or rival.saying.at < as_of]
        stands = not (events and events[-1].status is Status.RETRACTED)
        if says and rivals and stands and matter.quantity and matter.type is not ClaimType.ALLEGATION:
            text = self._set_apart(says, rivals, matter.quantity)
        else:
            clauses = self._list_clauses(says, denies, events) if says else []
            text = self._lead(says, denies) + "".join(
                self._fill("headline.first" if number == 0 else "headline.then", clause=clause)
                for number, clause in enumerate(clauses)
            )
        # Where it begins with one of our words and not with a name.
        return text[0].upper() + text[1:] if text.startswith(_OURS) else text

    def _lead(self, says: Sequence[Saying], denies: Sequence[Saying]) -> str:
        matter = self.matter
        if not says:
            if not self._is_told() and matter.lang == self.words.lang:
                return self._quote(denies)
            own = matter.type is ClaimType.ALLEGATION and all(_is_same(one.who, matter.subject) for one in denies)
            future = all(one.modality is Modality.PREDICTED for one in denies)
            act = self._act("future" if future else "done")
            return self._put("denies_own" if own else "denies", denies, act, doing=self._say_doing())
        if matter.type is ClaimType.ALLEGATION:
            return self._accuse(says)
        seen = [one for one in says if one.who is None and one.modality is Modality.ASSERTED]
        if matter.type in _OPEN and seen and self._is_told():
            act = self._act("done")
            alone = len(_name_all(says)) == 1
            return self._fill("headline.led", who=self._outlet(seen[0]), act=act) if alone else act
        return self._tell(says)

    def _accuse(self, says: Sequence[Saying]) -> str:
        """`A and B accuse S of distilling O’s models`; what S says of itself accuses nobody."""
        accusing = [one for one in says if not _is_same(one.who, self.matter.subject)]
        if not accusing:
            return self._tell(says)
        form, voices = _find_firmest(accusing)
        if form in ("asks", "expects"):
            return self._tell(voices)
        key = "accuses" if form == "says" else "suspects"
        return self._put(key, voices, subject=self._name_subject(), doing=self._say_doing())

    def _tell(self, says: Sequence[Saying]) -> str:
        """`O says …`, `O thinks it possible that …`, as the firmest of them puts it."""
        matter = self.matter
        form, voices = _find_firmest(says)
        if not self._is_told():
            return self._quote(voices)
        act = self._act("future" if form == "expects" else "done")
        if matter.type is ClaimType.STANCE and _is_same(voices[0].who, matter.subject):
            return act
        if form == "says" and all(one.modality is Modality.ALLEGED for one in voices):
            form = "alleges"
        told = self._put(form, voices, act)
        by_maker = all(one.who and one.who.entity and one.who.entity.id in matter.makers for one in voices)
        unmeasured = by_maker and form == "says" and not matter.is_reversed
        return told + str(self.words.find("headline.unmeasured")) if unmeasured else told

    def _quote(self, voices: Sequence[Saying]) -> str:
        """What only the sentence tells, such as what a model can do: quoted in its own language, else only named."""
        text = " ".join(self.matter.text.split())
        key = "quotes" if self.matter.lang == self.words.lang else "speaks"
        name = self._name_subject()
        return self._put(key, voices, subject=name, quote=shorten_text(text, _QUOTE_CHARS))

    def _set_apart(self, says: Sequence[Saying], rivals: Sequence[Rival], own: Quantity) -> str:
        """`DeepSeek-V3, training cost: US$5.6 million (DeepSeek) or US$1.6 billion (SemiAnalysis)`: its own number, of
        which its status is, then the one furthest from it."""
        comparable = [rival for rival in rivals if rival.quantity.unit == own.unit] or rivals
        rival = max(comparable, key=lambda one: abs(one.quantity.value - own.value))
        return self._fill(
            "headline.rivals",
            thing=self._name_sides(),
            measure=self._name_measure(own),
            own=format_quantity(own, self.words),
            own_who=self._name_voice(says[0]),
            other=format_quantity(rival.quantity, self.words),
            other_who=self._name_voice(rival.saying),
        )

    def _name_sides(self) -> str:
        """The thing measured; of what is done between two, both."""
        matter, subject = self.matter, self._name_subject()
        if matter.type not in (ClaimType.DEAL, ClaimType.LEGAL) or not matter.object:
            return subject
        return self._join([subject, self._name_object(matter.object)])

    def _name_measure(self, own: Quantity) -> str:
        if own.unit == "chips" and self.matter.object:
            return self._name_object(self.matter.object)
        place = self.matter.benchmark
        on = self._fill("reading.benchmark", benchmark=name_party(place, "thing", self.words)) if place else ""
        return self.words.name("measures", own.measure) + on

    def _list_clauses(self, says: Sequence[Saying], denies: Sequence[Saying], events: Sequence[Event]) -> list[str]:
        """What became of it: who denies or disputes it, that it is looked into, that it was taken back or admitted."""
        steps = {event.status: event for event in reversed(events)}
        voices = {one.claim: one for one in (*says, *denies)}
        clauses = []
        opposed = next((status for status in (Status.DENIED, Status.DISPUTED) if status in steps), None)
        if opposed:
            clauses.append(self._say_step(opposed, steps[opposed], voices))
        if Status.UNDER_INVESTIGATION in steps:
            clauses.append(str(self.words.find("headline.investigated")))
        # Who alone says it by name confirms it by saying so.
        alone = len({self._name_voice(one) for one in says} - {str(self.words.find("headline.unnamed"))}) == 1
        ends = (Status.RETRACTED,) if alone else (Status.RETRACTED, Status.CONFIRMED)
        if events and events[-1].status in ends:
            clauses.append(self._say_step(events[-1].status, events[-1], voices))
        return clauses

    def _say_step(self, status: Status, event: Event, voices: Mapping[ClaimId, Saying]) -> str:
        who = next((voices[id] for id in event.basis if id in voices), None)
        named = self._name_voice(who) != str(self.words.find("headline.unnamed"))
        return self._fill(f"headline.{status.value}", 1 if named else 2, who=self._name_voice(who))

    def _put(self, key: str, voices: Sequence[Saying], act: str = "", **values: str) -> str:
        """The form with its speakers; where none of them has a name, led by the outlet that passes it on: the words for
        documents, `unnamed people` for all others."""
        named = [one for one in voices if one.who and one.who.entity] or [one for one in voices if _is_own(one)]
        if named:
            names = list(dict.fromkeys(self._name_voice(one) for one in named))
            return self._fill(f"headline.{key}", len(names), who=self._join(names), act=act, **values)
        # A document in the reader's own words is told before another language's.
        voices = [one for one in voices if self._is_readable(one)] or voices
        outlet = self._outlet(voices[0])
        if key == "asks":  # a question in hearsay is the outlet's own
            return self._fill("headline.asks", 1, who=outlet, act=act)
        who = list(dict.fromkeys(self._name_voice(one) for one in voices))
        several = len(who) > 1 or is_plural(who[0]) or who[0] == str(self.words.find("headline.unnamed"))
        told = self._fill(f"headline.{key}", 2 if several else 1, who=self._join(who), act=act, **values)
        return self._fill("headline.led", who=outlet, act=told)

    def _join(self, names: Sequence[str]) -> str:
        if len(names) > 2:
            return self._fill("headline.others", one=names[0], other=names[1])
        return str(self.words.find("headline.and")).join(names)

    def _act(self, form: str, words: Words | None = None) -> str:
        """What is claimed, as a sentence."""
        matter, words = self.matter, words or self.words
        quantity = format_quantity(matter.quantity, words) if matter.quantity else ""
        if matter.quantity and matter.quantity.unit == "chips" and matter.object:
            quantity = _CHIPS.sub("", quantity)
        same = matter.benchmark is not None and matter.object == matter.benchmark
        there = {
            "subject": self._name_subject(),
            "object": self._name_object(matter.object) if matter.object else "",
            "quantity": quantity,
            "benchmark": name_party(matter.benchmark, "thing", self.words) if matter.benchmark and not same else "",
        }
        measure = matter.quantity.measure if matter.quantity else ""
        return say_act(matter.predicate, there, words, measure, form, "headline_acts")

    def _is_told(self) -> bool:
        """Whether the parties tell what is claimed; else only a sentence does."""
        return self.matter.type is not ClaimType.CAPABILITY and _OPEN_END not in self._act("done", get_words())

    def _say_doing(self) -> str:
        """What the subject is accused of; nothing where it is no accusation."""
        matter, other = self.matter, self.matter.object
        if matter.type is not ClaimType.ALLEGATION:
            return ""
        to = other.entity if other else None
        table = "doings_to_words" if other and not to else "doings"
        table = "doings_to_made" if to and to.type in _MADE_TO_USE else table
        doing = matter.predicate.value
        pattern: str = self.words.tables[table].get(doing) or self.words.tables["doings"][doing]
        with_object, _, without = pattern.partition("|")
        if other is None or (other.entity is None and is_foreign(other.name, self.words)):
            return without
        return with_object.format(object=self._name_object(other)).replace("s’s ", "s’ ")

    def _name_subject(self) -> str:
        return name_party(self.matter.subject, _SUBJECTS.get(self.matter.predicate, "group"), self.words)

    def _name_object(self, other: PartyView) -> str:
        return name_party(other, _OBJECTS.get(self.matter.predicate, "any"), self.words)

    def _outlet(self, one: Saying) -> str:
        return name_publisher(one.outlet, one.domain, self.words)

    def _name_voice(self, one: Saying | None) -> str:
        """Who it is, the words for a document, or `unnamed people`."""
        if one and one.who and one.who.entity:
            return name_party(one.who, "somebody", self.words)
        if one and _is_own(one):
            return self._outlet(one)
        document = name_document(one.who.name, self.words) if one and one.who else ""
        return document or str(self.words.find("headline.unnamed"))

    def _is_readable(self, one: Saying) -> bool:
        return one.who is not None and bool(name_document(one.who.name, self.words, foreign=False))

    def _fill(self, key: str, number: int = 2, **values: str) -> str:
        text = self.words.find(key)
        form = text if isinstance(text, str) else text["one" if number == 1 else "other"]
        return str(form.format(**values))


def _known(sayings: Iterable[Saying], as_of: datetime | None) -> tuple[Saying, ...]:
    return tuple(one for one in sayings if as_of is None or one.at < as_of)


def _is_own(one: Saying) -> bool:
    """An outlet that says it itself; in "reportedly" others speak whom it does not name."""
    return one.who is None and one.modality not in (Modality.REPORTED, Modality.ALLEGED)


def _is_same(who: PartyView | None, party: PartyView) -> bool:
    return who is not None and who.entity is not None and party.entity is not None and who.entity.id == party.entity.id


def _name_all(says: Iterable[Saying]) -> set[str]:
    return {one.who.name if one.who else one.outlet for one in says}


def _find_firmest(says: Sequence[Saying]) -> tuple[str, list[Saying]]:
    """How the firmest of them put it, and those who put it so."""
    for form, firmness in _FORMS:
        if found := [one for one in says if one.modality in firmness]:
            return form, found
    raise AssertionError("every firmness has its form")
