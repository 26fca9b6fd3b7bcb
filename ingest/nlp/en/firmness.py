"""Cues of firmness inside one clause: auxiliaries, adverbs and negation, each with the word that was the cue."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from graph.records import Modality, Polarity
from ingest.nlp.en.lexicon import words

# Which of several modalities counts (claims.md, section 2).
_ORDER = (Modality.PREDICTED, Modality.QUESTIONED, Modality.ALLEGED, Modality.SPECULATED, Modality.REPORTED)


@dataclass(slots=True)
class Firmness:
    """What was read so far; `usable` is false when the clause is not stated at all."""

    modalities: set[Modality] = field(default_factory=set)
    denied: bool = False
    usable: bool = True
    modal_cues: list[Token] = field(default_factory=list)
    polar_cues: list[Token] = field(default_factory=list)

    def weaken(self, modality: Modality, cue: Token) -> None:
        self.modalities.add(modality)
        self.modal_cues.append(cue)

    def negate(self, cue: Token) -> None:
        self.denied = not self.denied
        self.polar_cues.append(cue)

    @property
    def modality(self) -> Modality:
        """The one that claims.md puts first among those read."""
        return next((kind for kind in _ORDER if kind in self.modalities), Modality.ASSERTED)

    @property
    def polarity(self) -> Polarity:
        return Polarity.DENIED if self.denied else Polarity.AFFIRMED


def iter_up(head: Token) -> Iterator[Token]:
    """The token and all that governs it, nearest first."""
    yield head
    yield from head.ancestors


def is_negated(verb: Token) -> Token | None:
    """The word that negates a verb, "not only" left out."""
    for child in verb.children:
        if child.dep_ == "neg" and not _is_not_only(child):
            return child
        if child.dep_ == "advmod" and child.lower_ in {"never", "hardly", "scarcely", "barely", "nowhere"}:
            return child
        if child.dep_ == "advmod" and child.lower_ == "longer" and any(t.lower_ == "no" for t in child.children):
            return child
        if child.dep_ == "preconj" and child.lower_ == "neither":
            return child
    return None


def read_own(verb: Token, firmness: Firmness) -> None:
    """What a clause says of itself."""
    read_auxiliaries(verb, firmness)
    read_adverbs(verb, firmness)
    _read_bare_infinitive(verb, firmness)
    negator = is_negated(verb) or _find_negative_phrase(verb)
    if negator is not None:
        firmness.negate(negator)


def read_auxiliaries(verb: Token, firmness: Firmness) -> None:
    """May and will; what only "would have" happened did not."""
    perfect = any(child.dep_ == "aux" and child.lower_ == "have" for child in verb.children)
    for child in verb.children:
        if child.dep_ != "aux":
            continue
        lower = child.lower_
        if lower in words("modality", "may") or lower == "should":
            firmness.weaken(Modality.SPECULATED, child)
        elif lower in words("modality", "future"):
            firmness.weaken(Modality.PREDICTED, child)
        elif lower in {"would", "'d", "’d"} and child.tag_ == "MD":
            if perfect:
                firmness.usable = False
            firmness.weaken(Modality.PREDICTED, child)
        elif lower in {"must", "ought"} and perfect:
            firmness.weaken(Modality.SPECULATED, child)


def _read_bare_infinitive(verb: Token, firmness: Firmness) -> None:
    """A headline's infinitive is its future: "Acme to open a plant"."""
    mark = next((child for child in verb.children if child.dep_ == "aux" and child.tag_ == "TO"), None)
    if mark is not None and verb.dep_ in {"ROOT", "relcl"}:
        firmness.weaken(Modality.PREDICTED, mark)


def read_adverbs(verb: Token, firmness: Firmness) -> None:
    """Reportedly, allegedly, perhaps: on the verb or on one of its parts."""
    for child in verb.children:
        near = [child] if child.dep_ in {"advmod", "intj", "parataxis"} else []
        if child.dep_ in {"acomp", "attr", "prep", "nsubj", "nsubjpass", "dobj", "aux", "auxpass"}:
            near = [token for token in child.children if token.dep_ in {"advmod", "amod"}]
        for token in near:
            _read_adverb(token, firmness)


def _read_adverb(token: Token, firmness: Firmness) -> None:
    lower = token.lower_
    if lower in words("modality", "alleged"):
        firmness.weaken(Modality.ALLEGED, token)
    elif lower in words("modality", "hearsay"):
        firmness.weaken(Modality.REPORTED, token)
    elif lower in words("modality", "hedge"):
        firmness.weaken(Modality.SPECULATED, token)
    elif lower in {"potential", "possible", "planned", "proposed", "upcoming"} and token.head.dep_ != "nsubj":
        firmness.weaken(
            Modality.PREDICTED if lower in {"planned", "proposed", "upcoming"} else Modality.SPECULATED, token
        )


def _find_negative_phrase(verb: Token) -> Token | None:
    """ "No", "neither" or "none" on the subject or the object: "no outside group has repeated it"."""
    for child in verb.children:
        if child.dep_ not in {"nsubj", "nsubjpass", "dobj", "attr"}:
            continue
        if child.lower_ in {"nobody", "none", "nothing", "neither"}:
            return child
        for token in child.children:
            if token.dep_ in {"det", "neg", "preconj", "cc:preconj"} and token.lower_ in {"no", "neither"}:
                return token
    return None


def _is_not_only(negator: Token) -> bool:
    following = negator.nbor() if negator.i + 1 < len(negator.doc) else None
    return following is not None and following.lower_ in {"only", "just", "merely", "simply", "solely"}


def find_mark(node: Token) -> Token | None:
    """The word that opens a subordinate clause: "that", "whether", "if"."""
    return next((child for child in node.children if child.dep_ == "mark"), None)


def is_infinitive(node: Token) -> bool:
    """Whether a verb stands with "to"."""
    return any(child.dep_ == "aux" and child.tag_ == "TO" for child in node.children)


def has_agent(verb: Token) -> bool:
    """Whether a passive says by whom."""
    return any(child.dep_ == "agent" for child in verb.children)
