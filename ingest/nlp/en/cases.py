"""The parties to cases and accusations: what is banned from use, who is accused, what was taken from whom."""

from collections.abc import Callable, Iterator

from graph.records import EntityType, Party
from ingest.nlp.en.clauses import Clause, find_holder, iter_companions, make_clause
from ingest.nlp.en.lexicon import get_noun, words
from ingest.nlp.en.nouns import describe
from ingest.nlp.en.parties import Parties, make_party
from ingest.nlp.frames import Slot

_BODIES = frozenset({EntityType.COMPANY, EntityType.INSTITUTION, EntityType.PRODUCT})
# What hackers carry off, from whom is said before.
_STOLEN = frozenset({"credential", "password", "login", "account", "database", "record", "dataset"})
_OWNERS = frozenset({EntityType.COMPANY, EntityType.PUBLICATION})


def _read_used(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """What somebody is kept from using: "barred staff from using the app"."""
    for governor in (clause.head, *clause.head.children):
        for verb in governor.children:
            if verb.dep_ in {"pcomp", "xcomp", "ccomp"} and verb.lemma_ in words("legal", "used"):
                for child in verb.children:
                    if child.dep_ == "dobj":
                        yield from parties.resolve_all(child, slot.types)


def _read_whether(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Of whom a question is asked: "looks into whether Acme …"."""
    for verb in clause.head.subtree:
        if any(child.dep_ == "mark" and child.lower_ in {"whether", "if"} for child in verb.children):
            for child in verb.children:
                if child.dep_ in {"nsubj", "nsubjpass"}:
                    yield from parties.resolve_all(child, slot.types)


def _read_beside_amount(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Who stands before a sum: the parser takes "Acme" in "fined Acme 5 million euros" for a part of the sum."""
    for token in clause.objects:
        for child in token.children:
            if child.dep_ in {"nmod", "compound", "npadvmod", "poss"}:
                yield from parties.resolve(child, slot.types)


def _read_accused(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whom a filing accuses: "filed a lawsuit accusing Acme of …"."""
    for token in clause.head.subtree:
        if token.lemma_ in {"accuse", "allege", "name", "claim"} and token.dep_ in {"acl", "advcl"}:
            for child in token.children:
                if child.dep_ in {"dobj", "nsubj"}:
                    yield from parties.resolve_all(child, slot.types)


def _read_plaintiffs(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Who has lost what was stolen, where only the accuser is named: "accused Doe of stealing trade secrets"."""
    head = clause.head
    accusing = find_holder(head.head) if head.dep_ == "pcomp" else head.head
    if head.dep_ in {"pcomp", "ccomp"} and accusing.lemma_ in words("reporting", "accuse") | {"sue", "say", "claim"}:
        for token in make_clause(accusing).subjects:
            yield from parties.resolve_all(token, slot.types & _OWNERS)


def _read_sources(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose answers something is made from: "trained on answers harvested from Claude"."""
    for token in clause.head.subtree:
        if token.dep_ == "pobj" and token.head.lower_ in {"from", "of", "by"} and parties.name_at(token):
            yield from parties.resolve(token, slot.types)


def _read_blocked(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose deed a suit is to undo: "sued to block Acme's purchase of Foo"."""
    for verb in clause.head.children:
        if verb.dep_ in {"xcomp", "advcl"} and verb.lemma_ in {
            "block",
            "stop",
            "halt",
            "undo",
            "unwind",
            "force",
            "break",
        }:
            for child in verb.children:
                if child.dep_ == "dobj":
                    owner = parties.find_owner(child)
                    yield from (owner,) if owner else parties.resolve_all(child, slot.types)


def _read_victims(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose data are taken: who is named in the words for them, or whom the passage is about."""
    held = [token for token in iter_companions(clause.head, 5) if get_noun(token) in _STOLEN]
    for token in (*clause.objects, *held):
        names = [parties.name_at(inner) for inner in token.subtree]
        named = [make_party(name) for name in names if name and name.entity.type in slot.types]
        topic = parties.find_topic(clause.head, slot.types & _BODIES) if get_noun(token) in _STOLEN else None
        yield from named[:1] or ([topic] if topic else [])


def _read_case_owners(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose case is thrown out: "the publisher's case"."""
    for token in clause.objects:
        for child in token.children:
            if child.dep_ == "poss":
                found = tuple(parties.resolve_all(child, slot.types))
                yield from found or (Party(describe(child)),)


READERS: dict[str, Callable[[Slot, Clause, Parties], Iterator[Party]]] = {
    "accused": _read_accused,
    "used": _read_used,
    "whether": _read_whether,
    "beside-amount": _read_beside_amount,
    "<to-block>": _read_blocked,
    "<source>": _read_sources,
    "<plaintiff>": _read_plaintiffs,
    "<victim>": _read_victims,
    "<case-owner>": _read_case_owners,
}
