"""Clauses of a parse: each verb with who does it and what it is done to, whatever the voice or construction.

Labels are those of spaCy's English models (ClearNLP). "Subject" and "object" mean the logical ones: in a passive
the agent is the subject and the grammatical subject is the object.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from ingest.nlp.en.denials import is_contrasted
from ingest.nlp.en.lexicon import words

# What is kept of what was read last, by word: about a sentence or two, for each verb is asked for by many frames.
KEPT = 128
_RELATIVES = frozenset({"that", "which", "who", "whom", "whose"})
_OBJECT_CONTROL = words("reporting", "control")
_OPEN = frozenset({"xcomp", "advcl", "pcomp", "ccomp", "conj", "acl", "relcl", "dep", "ROOT", "parataxis", "csubj"})
# Makes its object what the adjective behind it says.
_MAKING_SO = frozenset({"make", "keep", "leave", "render", "turn", "set", "get"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_INNER = frozenset(
    {"dobj", "attr", "acomp", "oprd", "prep", "prt", "advmod", "agent", "dative", "npadvmod", "nsubjpass", "pobj"}
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with its logical arguments; the tokens are heads of noun phrases, conjuncts not yet spread out."""

    head: Token
    passive: bool
    subjects: tuple[Token, ...]
    objects: tuple[Token, ...]


def find_clauses(doc: Doc) -> Iterator[Clause]:
    """The clauses of a sentence in the order of their verbs."""
    for token in doc:
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "amod", "compound"}:
            yield make_clause(token)


@lru_cache(maxsize=KEPT)
def make_clause(head: Token) -> Clause:
    """The clause of a verb, with subjects taken over from where the grammar shares them."""
    passive = is_passive(head)
    subjects = tuple(child for child in head.children if child.dep_ == "nsubj")
    patients = tuple(child for child in head.children if child.dep_ == "nsubjpass")
    gap = _find_antecedent(head)
    own = tuple(gap if gap and _is_relative(token) else token for token in subjects)
    held = tuple(gap if gap and _is_relative(token) else token for token in patients)
    if passive:
        return Clause(head, True, _find_agents(head), held or own or _inherit(head, passive=True))
    objects = tuple(
        gap if gap and _is_relative(child) else child
        for child in head.children
        if child.dep_ == "dobj" or (child.dep_ == "dative" and child.pos_ != "ADP")
    ) + _find_small_subjects(head)
    if gap is not None and own and gap not in own and not objects and head.dep_ == "relcl":
        objects = (gap,)
    return Clause(head, False, own or _inherit(head, passive=False), objects)


def is_state(token: Token) -> bool:
    """Whether a participle under a verb of opinion says what its subject is: "considers R1 overhyped"."""
    if token.dep_ not in {"ccomp", "oprd"} or token.tag_ not in {"VBN", "VBD"}:
        return False
    bare = all(child.dep_ not in {"aux", "auxpass", "mark", "agent", "dobj"} for child in token.children)
    return bare and token.head.lemma_ in words("reporting", "call")


def _find_small_subjects(head: Token) -> tuple[Token, ...]:
    """What a verb makes or keeps so: "made R1 available", "keeps the weights secret"."""
    if head.lemma_ not in _MAKING_SO:
        return ()
    small = (child for child in head.children if child.dep_ == "ccomp" and child.pos_ == "ADJ")
    return tuple(token for state in small for token in state.children if token.dep_ == "nsubj")


@lru_cache(maxsize=KEPT)
def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive, reduced participles ("a model trained by X") among them."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if any(child.dep_ == "aux" for child in verb.children):
        return False
    if (
        verb.dep_ == "conj"
        and verb.head != verb
        and verb.head.pos_ in {"VERB", "AUX"}
        and not any(c.dep_ == "nsubj" for c in verb.children)
    ):
        return is_passive(verb.head)
    return verb.dep_ in {"acl", "advcl", "relcl"} or any(child.dep_ == "agent" for child in verb.children)


def is_elided(clause: Clause) -> bool:
    """Whether a line leaves out what it tells about: "Scores 88% on …", "also runs on …", "can write …"."""
    head = clause.head
    while head.dep_ in {"conj", "xcomp", "advcl"} and head.head != head and head.head.pos_ in {"VERB", "AUX"}:
        head = head.head
    if clause.subjects or head.dep_ != "ROOT" or any(child.dep_ in _SUBJECTS for child in head.children):
        return False
    opener = next((child for child in head.children if child.dep_ in {"aux", "auxpass"}), head)
    return opener.tag_ in {"VBZ", "MD"} and all(child.i >= opener.i or _is_light(child) for child in head.children)


def _is_light(token: Token) -> bool:
    """Whether a word before the verb may open a line without a subject: "Also runs on"."""
    return token.dep_ in {"advmod", "cc", "punct", "dep", "neg"} and token.n_lefts + token.n_rights == 0


def iter_companions(head: Token, depth: int = 2) -> Iterator[Token]:
    """Words that belong to a verb itself: particles, complements, objects and their prepositions, not clauses."""
    for child in head.children:
        small = child.dep_ == "xcomp" or (child.dep_ == "ccomp" and head.lemma_ in _MAKING_SO)
        if child.dep_ in _INNER or child.dep_ == "neg" or (small and child.pos_ != "VERB"):
            yield child
            if depth > 1:
                yield from iter_companions(child, depth - 1)
        elif head.pos_ not in {"VERB", "AUX"} and child.dep_ in {"amod", "compound", "nummod", "quantmod"}:
            yield child


def find_obliques(clause: Clause, preposition: str) -> list[Token]:
    """Objects of a preposition that goes with the verb or, as parsers attach them, with one of its complements."""
    return list(_index_obliques(clause).get(preposition, ()))


@lru_cache(maxsize=KEPT)
def _index_obliques(clause: Clause) -> dict[str, list[Token]]:
    """The objects of each preposition of a clause, in order and none twice."""
    index: dict[str, list[Token]] = {}
    for head in (clause.head, *iter_companions(clause.head, 3), *clause.objects):
        for child in head.children:
            if child.dep_ in {"prep", "agent", "dative"} and not is_contrasted(child):
                found = index.setdefault(child.lower_, [])
                found += [t for t in child.children if t.dep_ in {"pobj", "pcomp"} and t not in found]
    return index


def iter_conjuncts(token: Token) -> Iterator[Token]:
    """The token and what is coordinated with it, in order."""
    yield token
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ != "VERB" and not is_contrasted(child):
            yield from iter_conjuncts(child)


def _find_agents(verb: Token) -> tuple[Token, ...]:
    return tuple(
        token
        for child in verb.children
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
        for token in child.children
        if token.dep_ == "pobj"
    )


def _find_antecedent(verb: Token) -> Token | None:
    """The noun that a relative clause tells about, through coordinated verbs."""
    if verb.dep_ == "relcl":
        return verb.head
    return None


def _is_relative(token: Token) -> bool:
    return token.lower_ in _RELATIVES and token.tag_ in {"WDT", "WP", "IN", "WP$"}


def _inherit(verb: Token, *, passive: bool) -> tuple[Token, ...]:
    """The subject that a verb without its own shares with what governs it."""
    head = verb.head
    if verb.dep_ not in _OPEN or head == verb:
        return ()
    if verb.dep_ in {"acl", "relcl"} and head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
        return _inherit_from_noun(verb, head)
    if verb.dep_ == "pcomp":
        return _inherit_through_preposition(head)
    if verb.dep_ == "xcomp" and head.dep_ in {"acomp", "ROOT"} and head.lower_ in words("reporting", "glad"):
        return _find_glad(head)
    if head.pos_ not in {"VERB", "AUX"}:
        return ()
    governing = make_clause(head)
    if verb.dep_ == "xcomp" and governing.objects and head.lemma_ in _OBJECT_CONTROL:
        return governing.objects
    if governing.passive:
        return governing.objects
    return governing.subjects


def _find_glad(adjective: Token) -> tuple[Token, ...]:
    """Who is glad to do what is done thereby: "We are thrilled to release …"."""
    for token in (adjective, adjective.head):
        own = tuple(child for child in token.children if child.dep_ in {"nsubj", "nsubjpass"})
        if own:
            return own
    return ()


def _inherit_from_noun(verb: Token, noun: Token) -> tuple[Token, ...]:
    """A participle tells about its noun; an infinitive is done by whoever has the plan ("Meta's plan to …")."""
    if verb.tag_ in {"VBG", "VBN"}:
        return (noun,)
    owners = tuple(child for child in noun.children if child.dep_ == "poss")
    if owners:
        return owners
    if noun.dep_ in {"dobj", "attr"} and noun.head.pos_ in {"VERB", "AUX"}:
        return make_clause(noun.head).subjects
    if noun.dep_ == "pobj" and noun.head.head.pos_ in {"VERB", "AUX"}:
        return make_clause(noun.head.head).subjects
    return ()


def find_holder(preposition: Token) -> Token:
    """What a preposition goes with: "accused its rival of copying" is "accuse of", whatever the parser says."""
    noun = preposition.head
    accused = noun.dep_ == "dobj" and noun.head.lemma_ in words("reporting", "accuse") and preposition.lower_ == "of"
    return noun.head if accused else noun


def _inherit_through_preposition(preposition: Token) -> tuple[Token, ...]:
    governor = find_holder(preposition)
    if governor.lemma_ == "know" and preposition.lower_ == "for":
        return ()  # what somebody is known for is said in passing, and of whom the parser rarely sees in a list
    if governor.pos_ in {"VERB", "AUX"}:
        clause = make_clause(governor)
        if clause.passive or (governor.lemma_ in _OBJECT_CONTROL and clause.objects):
            return clause.objects
        return clause.subjects
    if governor.dep_ in {"dobj", "attr", "acomp", "advmod", "oprd"} and governor.head.pos_ in {"VERB", "AUX"}:
        above = make_clause(governor.head)
        return above.objects if above.passive else above.subjects
    return ()
