"""How a clause places its subject beside another in passing, whatever its verb: "…, ahead of X", "…, level with Y"."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from spacy.tokens import Doc, Token

from graph.records import Party
from ingest.nlp.en.clauses import Clause
from ingest.nlp.en.parties import Parties
from ingest.nlp.frames import Slot

_AHEAD = (("ahead", "of"), ("in", "front", "of"), ("better", "than"), ("faster", "than"), ("stronger", "than"))
_BEHIND = (("behind",), ("short", "of"), ("shy", "of"), ("worse", "than"), ("slower", "than"), ("weaker", "than"))
_LEVEL = (
    ("on", "par", "with"), ("on", "a", "par", "with"), ("level", "with"), ("neck", "with"), ("in", "line", "with"),
    ("comparable", "to"), ("comparable", "with"), ("tied", "with"), ("similar", "to"), ("comparably", "to"),
    ("in", "the", "same", "league", "as"), ("as", "good", "as"), ("as", "well", "as"),
)  # fmt: skip
# Between the words of the standing and the name: "ahead of both Google's X".
_REACH = 5


def _read_standing(phrases: Sequence[tuple[str, ...]]) -> Callable[[Slot, Clause, Parties], Iterator[Party]]:
    """A reader of what stands after one of the phrases in the clause."""

    def read(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
        for end in _iter_ends(clause, phrases):
            named = _find_named(end, slot, parties)
            if named is not None and all(named.i != token.i for token in clause.subjects):
                yield from parties.resolve_all(named, slot.types)

    return read


def _iter_ends(clause: Clause, phrases: Sequence[tuple[str, ...]]) -> Iterator[Token]:
    """The last word of each phrase that hangs on the clause's verb."""
    return (end for end, verb in _find_ends(clause.head.doc, phrases) if verb == clause.head)


@lru_cache(maxsize=8)
def _find_ends(doc: Doc, phrases: Sequence[tuple[str, ...]]) -> list[tuple[Token, Token | None]]:
    """The last word of each phrase of a sentence with its verb; every clause asks, nearly always in vain."""
    lowered = [token.lower_ for token in doc]
    words = set(lowered)
    return [
        (doc[end - 1], _find_verb(doc[end - 1]))
        for phrase in phrases
        if words.issuperset(phrase)
        for end in range(len(phrase), len(lowered) + 1)
        if tuple(lowered[end - len(phrase) : end]) == phrase
    ]


def _find_verb(token: Token) -> Token | None:
    return next((above for above in token.ancestors if above.pos_ in {"VERB", "AUX"}), None)


def _find_named(end: Token, slot: Slot, parties: Parties) -> Token | None:
    """The first name of a fitting type shortly after a word, before any comma."""
    for token in end.doc[end.i + 1 : end.i + 1 + _REACH]:
        if token.is_punct:
            return None
        name = parties.name_at(token)
        if name and name.entity.type in slot.types:
            return token
    return None


READERS: dict[str, Callable[[Slot, Clause, Parties], Iterator[Party]]] = {
    "<ahead>": _read_standing(_AHEAD),
    "<behind>": _read_standing(_BEHIND),
    "<level>": _read_standing(_LEVEL),
}

CONDITIONS: dict[str, Callable[[Clause], bool]] = {
    "<ahead>": lambda clause: any(True for _ in _iter_ends(clause, _AHEAD)),
    "<behind>": lambda clause: any(True for _ in _iter_ends(clause, _BEHIND)),
    "<level>": lambda clause: any(True for _ in _iter_ends(clause, _LEVEL)),
}
