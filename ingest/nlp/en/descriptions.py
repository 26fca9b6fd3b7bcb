"""Noun phrases that name nobody, in their own words: who takes a stand, what it is taken on.

A frame asks for them by a marker with a tilde, behind the markers that want a name: `~subject`, `~object`, `~of`.
"""

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from graph.records import EntityType, Party
from ingest.nlp.en.clauses import Clause, find_obliques, iter_conjuncts
from ingest.nlp.en.lexicon import find_kinds, get_noun, words
from ingest.nlp.en.nouns import describe
from ingest.nlp.en.parties import Parties

_FIRM = frozenset({EntityType.COMPANY})
_NOUNS = frozenset({"NOUN", "PROPN", "NUM"})


def describe_at(place: str, clause: Clause, parties: Parties, idiom: frozenset[str]) -> Iterator[Party]:
    """The words at a place of a clause: people and bodies where somebody acts, anything elsewhere."""
    fits = _FITTING.get(place, _is_thing)
    for token in _find_places(place, clause):
        for part in iter_conjuncts(token):
            if fits(part) and get_noun(part) not in idiom and not parties.name_at(part):
                yield Party(describe(part))


def _find_places(place: str, clause: Clause) -> tuple[Token, ...]:
    if place in {"subject", "subject-person", "authority"}:
        return clause.subjects
    if place in {"object", "object-person", "object-body"}:
        return clause.objects
    if place == "small":
        return tuple(_iter_small_subjects(clause))
    if place == "that":
        return tuple(_iter_content_subjects(clause))
    return tuple(token for token in find_obliques(clause, place) if token.dep_ == "pobj")


def _iter_small_subjects(clause: Clause) -> Iterator[Token]:
    """What is called something: "called the work impressive"."""
    for child in clause.head.children:
        if child.dep_ in {"oprd", "ccomp", "acomp"}:
            yield from (token for token in child.children if token.dep_ == "nsubj")


def _iter_content_subjects(clause: Clause) -> Iterator[Token]:
    """The subjects of the clause that a feeling or a doubt is about."""
    nouns = (*clause.objects, *(token for child in clause.head.children for token in child.children))
    for verb in (*clause.head.children, *(child for noun in nouns for child in noun.children)):
        if verb.dep_ in {"ccomp", "acl"} and any(child.dep_ == "mark" for child in verb.children):
            yield from (child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"})


def acts(token: Token) -> bool:
    """Whether a phrase tells of people or bodies of people: "two former managers", "some in Berlin"."""
    if token.pos_ in {"PRON", "ADJ", "DET", "NUM"}:
        return token.lower_ in words("nouns", "somebody")
    return _is_one_of(token, "agents", "person", "institution", "company", "people") and not _is_old_news(token)


def _is_old_news(token: Token) -> bool:
    """Whether a phrase only takes up a firm named before, whichever that was: "the company", "the start-up"."""
    spare = [child for child in token.children if child.dep_ not in {"det", "poss", "punct"}]
    definite = any(child.lower_ in {"the", "this", "that"} or child.dep_ == "poss" for child in token.children)
    return find_kinds(get_noun(token)) == _FIRM and definite and not spare


def _is_body(token: Token) -> bool:
    """Whether a phrase tells of a firm or a part of one that somebody can lead."""
    return _is_one_of(token, "institution", "company") or get_noun(token) in words("nouns", "unit")


def _has_authority(token: Token) -> bool:
    return _is_one_of(token, "institution") or get_noun(token) in words("legal", "authority")


def is_person(token: Token) -> bool:
    """Whether a phrase tells of people by trade or number: "several staff", "two researchers"."""
    return _is_one_of(token, "person", "people") or (token.lower_ in words("nouns", "somebody") and token.pos_ != "ADJ")


def _is_one_of(token: Token, *kinds: str) -> bool:
    return token.pos_ in _NOUNS and any(get_noun(token) in words("nouns", kind) for kind in kinds)


def _is_thing(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN"} and get_noun(token) not in words("nouns", "empty")


_FITTING: dict[str, Callable[[Token], bool]] = {
    "subject": acts,
    "authority": _has_authority,
    "object-person": is_person,
    "subject-person": is_person,
    "object-body": _is_body,
}
