"""Cues of firmness inside one clause: auxiliaries, adverbs and negation, each with the word that was the cue."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from graph.records import Modality, Polarity
from ingest.nlp.en.denials import is_missed
from ingest.nlp.en.lexicon import words

# Which of several modalities counts (claims.md, section 2).
_ORDER = (Modality.PREDICTED, Modality.QUESTIONED, Modality.ALLEGED, Modality.SPECULATED, Modality.REPORTED)


@dataclass(slots=True)
class Firmness:
    """What was read so far; `usable` is false when the clause is not stated at all.

    attempted  only tried or sought, done or not
    missed     all but happened
    discussed  under negotiation at most
    conveyed   stands under a verb or noun of speech: what is denied further up is the saying, not what is said
    """

    modalities: set[Modality] = field(default_factory=set)
    denied: bool = False
    usable: bool = True
    attempted: bool = False
    missed: bool = False
    discussed: bool = False
    conveyed: bool = False
    modal_cues: list[Token] = field(default_factory=list)
    polar_cues: list[Token] = field(default_factory=list)

    def weaken(self, modality: Modality, cue: Token) -> None:
        self.modalities.add(modality)
        self.modal_cues.append(cue)

    def attempt(self, cue: Token) -> None:
        self.attempted = True
        self.modal_cues.append(cue)

    def discuss(self, cue: Token) -> None:
        self.discussed = True
        self.modal_cues.append(cue)

    def negate(self, cue: Token) -> None:
        if not self.conveyed:
            self.denied = not self.denied
            self.polar_cues.append(cue)
        elif Modality.QUESTIONED not in self.modalities:
            self.usable = False

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
        if child.dep_ == "advmod" and child.lower_ in {
            "never",
            "hardly",
            "scarcely",
            "barely",
            "nowhere",
            "rarely",
            "seldom",
        }:
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
    schedule = find_schedule(verb) if verb.lemma_ in {"be", "remain", "stay", "look", "seem"} else None
    if schedule is not None:
        firmness.weaken(Modality.PREDICTED, schedule)
    if foresees(verb):
        firmness.weaken(Modality.PREDICTED, verb)
    negator = is_negated(verb) or _find_negative_phrase(verb) or _find_negated_degree(verb)
    if negator is not None:
        firmness.negate(negator)
    firmness.missed = firmness.missed or is_missed(verb)
    if _is_inverted(verb):
        firmness.usable = False


def read_auxiliaries(verb: Token, firmness: Firmness) -> None:
    """May and will; what only "would have" happened did not."""
    perfect = any(child.dep_ == "aux" and child.lower_ == "have" for child in verb.children)
    negated = is_negated(verb) is not None
    for child in verb.children:
        if child.dep_ != "aux":
            continue
        lower = child.lower_
        if lower == "could" and negated and not perfect:
            continue  # what could not be done was not done
        if lower == "should" and not perfect:
            firmness.weaken(Modality.PREDICTED, child)
        elif lower in words("modality", "may") or lower == "should":
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
    """A headline's infinitive is its future: "Acme to open a plant"; not so the purpose of what was spent."""
    mark = next((child for child in verb.children if child.dep_ == "aux" and child.tag_ == "TO"), None)
    ranked = verb.dep_ == "relcl" and _is_ranked(verb.head)
    if mark is not None and verb.dep_ in {"ROOT", "relcl"} and not ranked and not is_purpose(verb):
        firmness.weaken(Modality.PREDICTED, mark)


def _is_ranked(noun: Token) -> bool:
    """ "The first model to", "the only one to": done, not to come."""
    near = {child.lower_ for child in noun.children} | {noun.lower_}
    return bool(near & {"first", "only", "last", "latest", "second", "third", "next"})


def find_schedule(verb: Token) -> Token | None:
    """What puts an end in sight: "on track", "in line", "on course"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"on", "in"}:
            for held in child.children:
                if held.lower_ in {"track", "course", "pace", "schedule"} | (
                    {"line"} if child.lower_ == "in" else set()
                ):
                    return held
    return None


def read_adverbs(verb: Token, firmness: Firmness) -> None:
    """Reportedly, allegedly, perhaps: on the verb or on one of its parts."""
    for child in verb.children:
        near = [child] if child.dep_ in {"advmod", "intj", "parataxis"} else []
        if child.dep_ in {"acomp", "attr", "prep", "nsubj", "nsubjpass", "dobj", "aux", "auxpass"}:
            parts = (child, *(part for part in child.children if part.dep_ == "nummod"))
            near = [token for part in parts for token in part.children if token.dep_ in {"advmod", "amod"}]
        for token in near:
            _read_adverb(token, firmness)
        if child.dep_ == "parataxis" and _is_hearsay(child):
            firmness.weaken(Modality.REPORTED, child)


def _is_hearsay(verb: Token) -> bool:
    """What is heard from nobody named: "we are told", "it is said"."""
    told = any(child.dep_ == "nsubjpass" and child.lower_ in {"we", "i", "it"} for child in verb.children)
    return told and verb.lemma_ in words("modality", "hearsay_passive") | {"tell"}


def _read_adverb(token: Token, firmness: Firmness) -> None:
    lower = token.lower_
    if token.tag_ in {"VBD", "VBN"} and token.dep_ != "amod":
        return  # "Acme reported" beside a clause is speech, not hearsay
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


def foresees(verb: Token) -> bool:
    """Whether a forecast has its figure for an object: "expects sales of 3 million"."""
    lemma = verb.lemma_.lower()
    seen = lemma == "see" and any(child.lower_ == "at" for child in verb.children)
    return (seen or lemma in words("modality", "foresee")) and any(
        child.dep_ == "dobj" and any(t.like_num for t in child.subtree) for child in verb.children
    )


def _find_negative_phrase(verb: Token) -> Token | None:
    """ "No", "neither" or "none" on the subject or the object: "no outside group has repeated it"."""
    for child in verb.children:
        if child.dep_ == "prep" and (never := _find_never(child)) is not None:
            return never
        if child.dep_ not in {"nsubj", "nsubjpass", "dobj", "attr"}:
            continue
        if child.lower_ in {"nobody", "none", "nothing", "neither"}:
            return child
        for token in child.children:
            if token.dep_ in {"det", "neg", "preconj", "cc:preconj"} and token.lower_ in {"no", "neither"}:
                return token
            if token.dep_ == "neg" and token.i + 1 < len(token.doc) and token.nbor().lower_ in {"a", "one"}:
                return token
    return None


def _find_never(preposition: Token) -> Token | None:
    """ "At no time", "under no circumstances", "on none of the tests"."""
    none = next((child for child in preposition.children if child.dep_ == "pobj" and child.lower_ == "none"), None)
    if none is not None:
        return none
    held = [child for child in preposition.children if child.lemma_.lower() in words("modality", "never_noun")]
    return next((token for noun in held for token in noun.children if token.lower_ == "no"), None)


def _find_negated_degree(verb: Token) -> Token | None:
    """ "No better than", "nowhere near as good as"."""
    for child in verb.children:
        if child.dep_ in {"acomp", "attr", "advmod"}:
            for token in (*child.children, *(t for c in child.children if c.dep_ == "advmod" for t in c.children)):
                below = token.dep_ in {"neg", "advmod", "det"} and token.lower_ in {"no", "not", "nowhere", "hardly"}
                if below and child.lower_ != "longer" and not _is_not_only(token):
                    return token
    return None


def _is_inverted(verb: Token) -> bool:
    """Whether a clause opens a condition without "if": "had Acme won"."""
    if verb.dep_ not in {"advcl", "ccomp"}:
        return False
    subjects = [child.i for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    openers = [c.i for c in verb.children if c.dep_ in {"aux", "auxpass"} and c.lower_ in {"had", "were", "should"}]
    return bool(subjects and openers) and openers[0] < subjects[0] and verb.left_edge.i == openers[0]


def is_purpose(verb: Token) -> bool:
    """Whether an infinitive tells what money or means went into: "cost 3 million dollars to train"."""
    governor = verb.head.head if verb.head.pos_ not in {"VERB", "AUX"} else verb.head
    nominal = verb.dep_ in {"relcl", "acl"} and verb.head.lemma_.lower() not in words("modality", "plan_noun")
    placed = is_infinitive(verb) and (nominal or verb.dep_ == "advcl")
    return placed and governor.lemma_ in words("modality", "spend") and _spends_number(governor)


def _spends_number(verb: Token) -> bool:
    means = [child for child in verb.children if child.dep_ in {"dobj", "attr", "npadvmod"}]
    return any(token.like_num for child in means for token in (child, *child.children))


def _is_not_only(negator: Token) -> bool:
    following = negator.nbor() if negator.i + 1 < len(negator.doc) else None
    return following is not None and following.lower_ in {"only", "just", "merely", "simply", "solely"}


def find_trusted(mark: Token) -> Token | None:
    """Whom a condition only asks to trust: "if Acme is right", "if you believe the filing"."""
    verb = mark.head
    if mark.lower_ != "if" or mark.dep_ != "mark" or verb.pos_ not in {"VERB", "AUX"}:
        return None
    if verb.lemma_ in {"believe", "trust"}:
        patients = {"nsubjpass"} if any(c.dep_ == "auxpass" for c in verb.children) else {"dobj"}
        return next((c for c in verb.children if c.dep_ in patients), None)
    below = [t for c in verb.children if c.dep_ in {"acomp", "attr", "xcomp", "oprd"} for t in (c, *c.children)]
    told = {t.lemma_.lower() for t in below}
    if (verb.lemma_ == "be" and told & (words("reporting", "trusted") | {"believe", "trust", "go"})) or (
        verb.lemma_ == "hold" and any(c.lower_ == "up" for c in verb.children)
    ):
        return next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return None


def find_mark(node: Token) -> Token | None:
    """The word that opens a subordinate clause: "that", "whether", "if"."""
    return next((child for child in node.children if child.dep_ == "mark"), None)


def is_infinitive(node: Token) -> bool:
    """Whether a verb stands with "to"."""
    return any(child.dep_ == "aux" and child.tag_ == "TO" for child in node.children)


def has_agent(verb: Token) -> bool:
    """Whether a passive says by whom."""
    return any(child.dep_ == "agent" for child in verb.children)
