"""What fills a slot of a frame: the parties at the places in a clause that its markers name, best marker first."""

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from graph.records import EntityType, Party
from ingest.nlp.en import cases, dealings, posts, products, stances, standings
from ingest.nlp.en.clauses import Clause, find_obliques, iter_conjuncts
from ingest.nlp.en.descriptions import describe_at
from ingest.nlp.en.methods import find_methods
from ingest.nlp.en.nouns import describe
from ingest.nlp.en.parties import Parties
from ingest.nlp.frames import Slot

# Pronouns that stand for no model, whatever was named last.
_PEOPLE = frozenset({"i", "we", "you", "he", "she"})
_PLACE = frozenset({EntityType.PLACE})
_MAKING_METHODS = frozenset({"develop", "build", "create", "make", "introduce", "design", "propose", "gain", "acquire"})
# Who develops a method has not yet used it: only what stands behind these did the making.
_BY_METHODS = frozenset({"with", "using", "by", "through", "via", "on", "from", "under"})
# Below the verb these tell something else.
_OWN_CLAUSES = frozenset({"advcl", "conj", "nsubj", "nsubjpass", "csubj", "relcl", "parataxis"})


def find_fillers(
    slot: Slot, clause: Clause, parties: Parties, *, named: bool = False, idiom: frozenset[str] = frozenset()
) -> list[Party]:
    """The parties at the first marker that gives any, those with a name only where one is wanted.

    `idiom` holds the words of the trigger itself, which nobody means: "poured cold water on the plan".
    """
    for marker in slot.markers:
        found = list(dict.fromkeys(_read_marker(marker, slot, clause, parties, idiom)))
        if named:
            found = [party for party in found if party.entity or parties.is_owned(party)]
        if found:
            return found
    return []


def _read_marker(marker: str, slot: Slot, clause: Clause, parties: Parties, idiom: frozenset[str]) -> Iterator[Party]:
    if marker.startswith("~"):
        yield from describe_at(marker[1:], clause, parties, idiom)
        return
    special = _SPECIAL.get(marker)
    if special:
        yield from special(slot, clause, parties)
        return
    for token in find_obliques(clause, marker):
        if token.dep_ == "pobj":
            yield from parties.resolve_all(token, slot.types)


def _read_subjects(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    for token in clause.subjects:
        yield from parties.resolve_all(token, slot.types)


def _read_lone_subjects(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """A subject of a clause without an object: what came out, not who brought something out."""
    if clause.passive or not clause.objects:
        yield from _read_subjects(slot, clause, parties)


def _read_objects(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    for token in clause.objects:
        yield from _spread_object(token, slot, parties)


def _spread_object(token: Token, slot: Slot, parties: Parties) -> Iterator[Party]:
    """An object with its conjuncts; nothing of a wide slot is filled by words that name nothing."""
    for conjunct in iter_conjuncts(token):
        found = parties.resolve(conjunct, slot.types)
        if not found and not slot.types and conjunct.pos_ in {"NOUN", "PROPN"}:
            found = (Party(describe(conjunct)),)
        yield from found


def _read_direct(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """A subject that is itself a name: "Acme fell 3%" is its share."""
    for token in clause.subjects:
        if parties.name_at(token):
            yield from parties.resolve_all(token, slot.types)


def _read_attributes(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    for child in clause.head.children:
        if child.dep_ in {"attr", "oprd"}:
            yield from parties.resolve_all(child, slot.types)


def _read_topic(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose a round of funding is that nobody names beside it: the company told about before."""
    party = parties.find_topic(clause.head, slot.types)
    if party:
        yield party


def _read_places(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """The place where an authority acts that nobody names: "charged in Singapore"."""
    for token in find_obliques(clause, "in"):
        yield from parties.resolve_all(token, _PLACE)


def _read_passive_places(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """The country that has done what nobody is named for: "was banned in Italy"."""
    if clause.passive and not clause.subjects:
        yield from _read_places(slot, clause, parties)


def _read_named_objects(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Objects with a name: "bought Acme", not "bought chips"."""
    yield from (party for token in clause.objects for party in parties.resolve_all(token, slot.types) if party.entity)


def _read_datives(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    for child in clause.head.children:
        if child.dep_ == "dative":
            yield from parties.resolve_all(child, slot.types)


def _read_method(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """A way of training or building, in its own words: "reinforcement learning"."""
    inner = {t for child in clause.head.children if child.dep_ in _OWN_CLAUSES for t in child.subtree}
    making = clause.head.lemma_.lower() in _MAKING_METHODS
    told: set[Token] = set()
    for token, name in find_methods(clause.head.doc):
        above = set(token.ancestors)
        used = not making or any(t.lower_ in _BY_METHODS and clause.head in t.ancestors for t in above)
        if token.i > clause.head.i and clause.head in above and token not in inner and used and not told & above:
            told.add(token)  # "reinforcement learning with verifiable rewards" is one method
            yield Party(name)


def _read_models(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    kinds = slot.types & {EntityType.MODEL, EntityType.PRODUCT} or slot.types
    for token in clause.subjects:
        if token.lower_ not in _PEOPLE:
            yield from parties.resolve_all(token, kinds)


def _read_defied(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """The control that somebody defies, in its own words: "shipped chips despite export controls"."""
    for token in find_obliques(clause, "despite"):
        yield Party(describe(token))


_Reader = Callable[[Slot, Clause, Parties], Iterator[Party]]
_SPECIAL: dict[str, _Reader] = {
    "subject": _read_subjects,
    "object": _read_objects,
    "attribute": _read_attributes,
    "dative": _read_datives,
    "subject-alone": _read_lone_subjects,
    "subject-model": _read_models,
    "subject-name": _read_direct,
    "<despite>": _read_defied,
    "<topic>": _read_topic,
    "object-name": _read_named_objects,
    "<place>": _read_places,
    "<passive-place>": _read_passive_places,
    "<method>": _read_method,
    "<none>": lambda slot, clause, parties: iter(()),
    **products.READERS,
    **standings.READERS,
    **stances.READERS,
    **dealings.READERS,
    **posts.READERS,
    **cases.READERS,
}
