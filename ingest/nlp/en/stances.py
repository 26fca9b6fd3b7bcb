"""Who takes a stand and on what: feelings, opinions in words, what was ruled or said before."""

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from graph.records import EntityType, Party
from ingest.nlp.en.clauses import Clause, find_obliques, make_clause
from ingest.nlp.en.conditions import find_saying
from ingest.nlp.en.descriptions import acts
from ingest.nlp.en.lexicon import get_noun, words
from ingest.nlp.en.nouns import describe
from ingest.nlp.en.parties import Parties
from ingest.nlp.frames import Slot

_RULINGS = frozenset({"ruling", "verdict", "decision", "fine", "order", "judgment", "judgement", "penalty", "ban"})
_FEELING = frozenset({"panic", "spook", "alarm", "rattle", "unnerve", "concern", "worry", "irk", "scare"})


def _read_feeling(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Who is afraid: the object of "alarm", the subject of "fear"."""
    tokens = clause.objects if clause.head.lemma_ in _FEELING and clause.objects else clause.subjects
    for token in tokens:
        yield from parties.resolve_all(token, slot.types)


def _read_content_subject(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whom a feeling is about: "doubts that Acme can make money"."""
    for verb in clause.head.children:
        if verb.dep_ == "ccomp" and any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.children):
            for child in verb.children:
                if child.dep_ in {"nsubj", "nsubjpass"}:
                    yield from parties.resolve_all(child, slot.types)


def _read_mood_subject(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whom a mood is about that has its content behind it: "are worried that Acme borrows too much"."""
    moods = [child for child in clause.head.children if child.dep_ in {"acomp", "dobj"}]
    for verb in (child for mood in moods for child in mood.children):
        if verb.dep_ in {"ccomp", "acl"} and verb.pos_ in {"VERB", "AUX"}:
            for child in verb.children:
                if child.dep_ in {"nsubj", "nsubjpass"}:
                    yield from parties.resolve_all(child, slot.types)


def _read_small(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """The subject of a small clause: "called R1 impressive"."""
    for adjective in clause.head.children:
        if adjective.dep_ in {"oprd", "ccomp", "acomp"}:
            for child in adjective.children:
                if child.dep_ in {"nsubj", "nsubjpass", "compound", "nmod", "amod"} and parties.name_at(child):
                    yield from parties.resolve(child, slot.types)


def _read_sayers(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose opinion a clause is: "Altman said the offer was ridiculous"."""
    saying = find_saying(clause.head)
    for token in make_clause(saying).subjects if saying is not None else ():
        found = tuple(parties.resolve_all(token, slot.types))
        yield from found or ((Party(describe(token)),) if acts(token) and token.pos_ != "PRON" else ())


def _read_told_of(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """What an opinion is about: a name, or a thing in its own words; of "it" nobody knows what it is."""
    for token in clause.subjects:
        if parties.name_at(token):
            yield from parties.resolve(token, slot.types)
        elif token.pos_ in {"NOUN", "PROPN"} and get_noun(token) not in words("nouns", "empty") | {"report"}:
            if any(child.tag_ == "PRP$" or child.dep_ in {"acl", "ccomp", "relcl"} for child in token.children):
                continue  # of what is his own he tells how it was; "the claim that …" is denied itself (denials.py)
            yield from parties.resolve(token, slot.types) or (Party(describe(token)),)


def _read_told_done(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """What should be done something to, in the opinion of whoever speaks: "said the law should be repealed"."""
    for token in clause.objects:
        found = tuple(parties.resolve_all(token, slot.types))
        spare = token.pos_ in {"NOUN", "PROPN"} and get_noun(token) not in words("nouns", "empty")
        yield from found or ((Party(describe(token)),) if spare else ())


def _read_accusers(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Who said or ruled what somebody takes a stand on, where no name stands beside it: "rejected the charge"."""
    for token in clause.objects or tuple(_iter_against(clause)):
        ruled = get_noun(token) in _RULINGS
        said = get_noun(token) in words("nouns", "said") and any(c.lower_ in {"the", "that"} for c in token.children)
        last = parties.last_authority if ruled else parties.last_speaker
        bare = not any(c.dep_ in {"acl", "relcl", "poss", "compound"} or _is_about(c) for c in token.children)
        if (said or ruled) and bare and last and last.entity and not parties.has_type(last, EntityType.PUBLICATION):
            yield last


def _iter_against(clause: Clause) -> Iterator[Token]:
    for preposition in ("against", "with"):
        yield from find_obliques(clause, preposition)


def _is_about(token: Token) -> bool:
    """Whether a preposition says of what or whose the noun before it is; a day or a place says neither."""
    timed = any(child.ent_type_ in {"DATE", "TIME"} for child in token.children)
    return token.dep_ == "prep" and not timed


def _read_authority(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Against whom somebody appeals that says no more: who ruled or ordered last."""
    if parties.last_authority and not clause.objects:
        yield parties.last_authority


READERS: dict[str, Callable[[Slot, Clause, Parties], Iterator[Party]]] = {
    "that-subject": _read_content_subject,
    "mood-subject": _read_mood_subject,
    "small": _read_small,
    "subject-feel": _read_feeling,
    "<sayer>": _read_sayers,
    "<told-of>": _read_told_of,
    "<told-done>": _read_told_done,
    "<accuser>": _read_accusers,
    "<authority>": _read_authority,
}
