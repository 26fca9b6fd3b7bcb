"""Who comes to or leaves an office, and whose it is."""

from collections.abc import Callable, Iterator

from graph.records import EntityType, Party
from ingest.nlp.en.clauses import Clause, find_obliques
from ingest.nlp.en.descriptions import is_person
from ingest.nlp.en.parties import Parties
from ingest.nlp.frames import Slot

_PERSON = frozenset({EntityType.PERSON})
_BODIES = frozenset({EntityType.COMPANY, EntityType.INSTITUTION, EntityType.PRODUCT})
_COMING_AND_GOING = frozenset({"join", "rejoin", "leave", "quit", "resign", "depart"})


def _read_persons(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """A person as object: whoever is hired or fired."""
    for token in clause.objects:
        yield from (party for party in parties.resolve_all(token, _PERSON) if party.entity)


def _read_hirers(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Who hires or fires, where the object is a person."""
    if any(True for _ in _read_persons(slot, clause, parties)) or any(is_person(token) for token in clause.objects):
        for token in clause.subjects:
            yield from parties.resolve_all(token, slot.types)


def _read_posts(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose office somebody takes or holds: "becomes Acme's CEO", "took over as Acme's chief executive"."""
    posts = [child for child in clause.head.children if child.dep_ in {"attr", "oprd"}]
    for token in (*posts, *find_obliques(clause, "as")):
        for child in token.children:
            if child.dep_ == "poss" or (child.dep_ in {"compound", "nmod"} and parties.name_at(child)):
                yield from parties.resolve_all(child, slot.types)


def _read_employers(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """For whom the person of the clause is known to work."""
    for token in (*clause.subjects, *clause.objects):
        for person in parties.resolve_all(token, _PERSON):
            if person.name in parties.employers:
                yield parties.employers[person.name]


def _read_main(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """The firm that the story is about, where a clause of joining or leaving names none: "Doe left in May"."""
    hero = parties.referents.find_hero(slot.types & _BODIES) if clause.head.lemma_ in _COMING_AND_GOING else None
    if hero and not clause.objects:
        yield hero


READERS: dict[str, Callable[[Slot, Clause, Parties], Iterator[Party]]] = {
    "object-person": _read_persons,
    "by-subject": _read_hirers,
    "<post-of>": _read_posts,
    "<employer>": _read_employers,
    "<main>": _read_main,
}
