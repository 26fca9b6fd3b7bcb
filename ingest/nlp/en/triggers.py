"""Triggers of frames: the verb, the words that must go with it, and the conditions of its clause.

A trigger reads "open|launch probe|inquiry": the first word is the verb of the clause, each further one a word that
goes with it (a particle, an adjective, an object, a preposition). Words in <angles> are conditions of the table below.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from ingest.nlp.en import products, standings
from ingest.nlp.en.clauses import Clause, is_state, iter_companions
from ingest.nlp.en.conditions import CLAUSE_CONDITIONS
from ingest.nlp.frames import Frame

ANY = "*"
_STATES = frozenset({"ADJ", "NOUN"})
_MATCHING = frozenset({"match", "rival", "equal"})
_BEATING = frozenset({"beat", "outperform", "surpass", "exceed", "top", "best"})
_REASONS = frozenset({"as", "after", "amid", "on", "following", "because", "despite", "ahead"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger of a frame; `order` is the place of the frame in its file."""

    frame: Frame
    order: int
    companions: tuple[frozenset[str], ...]
    conditions: tuple[str, ...]


def read_trigger(frame: Frame, order: int, parts: list[str]) -> Iterator[tuple[str, Trigger]]:
    """The trigger under each of its verbs."""
    verbs = [ANY] if parts[0].startswith("<") else parts[0].split("|")
    conditions = tuple(part for part in parts if part.startswith("<"))
    companions = tuple(frozenset(part.split("|")) for part in parts[1:] if not part.startswith("<"))
    trigger = Trigger(frame, order, companions, conditions)
    yield from ((verb, trigger) for verb in verbs)


def find_lemma(verb: Token) -> str:
    """The verb's dictionary form; "matches or beats" is to match (claims.md, section 2)."""
    lemma = verb.lemma_.lower()
    if lemma in _BEATING and verb.dep_ == "conj" and verb.head.lemma_ in _MATCHING:
        return verb.head.lemma_
    return lemma


def read_companions(clause: Clause) -> frozenset[str]:
    """The words that go with a verb, as written and in their dictionary form."""
    tokens = [*iter_companions(clause.head, 4), *clause.objects]
    tokens += [
        child for token in clause.objects for child in token.children if child.dep_ in {"amod", "compound", "prep"}
    ]
    tokens += [c for c in clause.head.children if c.dep_ in {"ccomp", "oprd"} and (c.pos_ in _STATES or is_state(c))]
    ends = {token.lower_.rsplit(" ", 1)[-1].removesuffix("s") for token in tokens}
    return frozenset({token.lemma_.lower() for token in tokens} | {token.lower_ for token in tokens} | ends)


def read_complements(clause: Clause) -> frozenset[str]:
    """What a subject is said to be, with the words beside it: of an opinion nothing further down counts."""
    said = [child for child in clause.head.children if child.dep_ in {"attr", "acomp", "oprd", "prep"}]
    near = [token for child in said for token in (child, *child.children) if token.dep_ not in {"prep", "relcl"}]
    near += [child for child in said if child.dep_ == "prep" and child.lower_ == "without"]
    near = [token for token in near if token.dep_ != "pobj" or token.head.lower_ == "without"]
    return frozenset({token.lemma_.lower() for token in near} | {token.lower_ for token in near})


def holds(trigger: Trigger, clause: Clause, near: frozenset[str], told: dict[str, bool]) -> bool:
    """Whether a trigger's companions are there and its conditions hold; `told` keeps what the clause was tested for."""
    for companions in trigger.companions:
        if companions.isdisjoint(near):
            return False
    for condition in trigger.conditions:
        if condition not in told:
            told[condition] = _CONDITIONS[condition](clause)
        if not told[condition]:
            return False
    return True


def has_context(frame: Frame, lowered: str) -> bool:
    """Whether a sentence in small letters has one of the words that a frame wants beside it."""
    return not frame.context or any(word in lowered for word in frame.context)


def _can(clause: Clause) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "can" for c in clause.head.children) and not _cannot(clause)


def _cannot(clause: Clause) -> bool:
    modal = any(c.dep_ == "aux" and c.lower_ in {"can", "ca", "could", "cannot"} for c in clause.head.children)
    said = clause.head.lemma_ in {"say", "tell", "help"}  # "could not say whether", "cannot help but"
    return modal and not said and any(c.dep_ == "neg" for c in clause.head.children)


def _is_yet_to(verb: Token) -> bool:
    """ "Has yet to confirm"."""
    return verb.dep_ == "xcomp" and any(c.dep_ == "advmod" and c.lower_ == "yet" for c in verb.head.children)


def _beats_too(clause: Clause) -> bool:
    return any(c.dep_ == "conj" and c.lemma_ in _BEATING for c in clause.head.children)


def _is_called_open(clause: Clause) -> bool:
    """Whether the subject itself is said to be open: "is open source", not "is a fine-tune of an open model"."""
    said = [child for child in clause.head.children if child.dep_ in {"acomp", "attr"}]
    near = (token.lower_ for child in said for token in (child, *child.children))
    return any(word.startswith(("open", "licen", "mit", "apache")) for word in near)


def _is_moved(clause: Clause) -> bool:
    """Whether a rise or a fall is told with nothing but its reason or its day: "gains as …", "sinks on …"."""
    head = clause.head
    told = [c for c in head.children if c.dep_ in {"prep", "advcl", "npadvmod"}]
    reasons = all(c.dep_ != "prep" or c.lower_ in _REASONS for c in told)
    plain = head.tag_ != "VB" and not any(c.dep_ in {"prt", "neg"} or c.lower_ == "over" for c in head.children)
    return bool(told) and reasons and plain and not clause.objects


_CONDITIONS: dict[str, Callable[[Clause], bool]] = {
    "<can>": _can,
    "<cannot>": _cannot,
    "<beats>": _beats_too,
    "<neg>": lambda clause: any(c.dep_ == "neg" for c in clause.head.children) or _is_yet_to(clause.head),
    "<more>": lambda clause: not any(t.lower_ in {"less", "least"} for c in clause.head.children for t in c.children),
    "<ruling>": lambda clause: not any(c.dep_ == "prt" for c in clause.head.children),
    "<preserve>": lambda clause: any(c.lemma_ in {"preserve", "keep", "retain"} for c in clause.head.children),
    "<new>": lambda clause: any(t.lower_ in {"new", "latest"} for o in clause.objects for t in o.children),
    "<done>": lambda clause: clause.head.tag_ in {"VBD", "VBN"} and clause.head.dep_ not in {"advcl", "pcomp"},
    "<not-use>": lambda clause: any(
        c.dep_ in {"xcomp", "ccomp"}
        and c.lemma_ in {"use", "download", "install", "touch", "access", "open"}
        and any(t.dep_ == "neg" for t in c.children)
        for c in clause.head.children
    ),
    "<answer>": lambda clause: any(c.lemma_ in {"answer", "discuss", "respond", "talk"} for c in clause.head.children),
    "<plain>": lambda clause: not any(c.dep_ in {"xcomp", "ccomp"} for c in clause.head.children),
    "<to>": lambda clause: any(c.dep_ in {"xcomp", "ccomp"} for c in clause.head.children),
    "<moved>": _is_moved,
    "<alone>": lambda clause: not clause.objects and not any(c.dep_ == "prep" for c in clause.head.children),
    **products.CONDITIONS,
    **standings.CONDITIONS,
    **CLAUSE_CONDITIONS,
    "<attr-open>": _is_called_open,
}
