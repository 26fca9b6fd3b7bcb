"""How firmly a sentence puts a clause, and whether it denies it: read on the way from the clause up to the root.

Every step can only weaken: a governor that is not known to pass its clause on as a fact makes it unusable.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from graph.records import Modality, Polarity
from ingest.nlp.en.clauses import is_passive
from ingest.nlp.en.lexicon import words

_ORDER = (Modality.PREDICTED, Modality.QUESTIONED, Modality.ALLEGED, Modality.SPECULATED, Modality.REPORTED)
_CONDITIONS = frozenset({"if", "unless", "should", "provided", "whether", "though_if", "lest"})


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


def read_firmness(head: Token) -> Firmness:
    """How firmly the clause of a verb is stated by its sentence."""
    firmness = Firmness()
    _read_own(head, firmness)
    node = head
    while node.dep_ != "ROOT" and node.head != node and firmness.usable:
        _read_step(node, firmness)
        node = node.head
    _read_condition(head, firmness)
    _read_question(head, firmness)
    return firmness


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


def _read_own(verb: Token, firmness: Firmness) -> None:
    _read_auxiliaries(verb, firmness)
    _read_adverbs(verb, firmness)
    _read_bare_infinitive(verb, firmness)
    negator = is_negated(verb) or _find_negative_phrase(verb)
    if negator is not None:
        firmness.negate(negator)


def _read_auxiliaries(verb: Token, firmness: Firmness) -> None:
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


def _read_adverbs(verb: Token, firmness: Firmness) -> None:
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
        firmness.weaken(Modality.PREDICTED if lower in {"planned", "proposed", "upcoming"} else Modality.SPECULATED, token)


def _find_negative_phrase(verb: Token) -> Token | None:
    """"No", "neither" or "none" on the subject or the object: "no outside group has repeated it"."""
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


def _read_step(node: Token, firmness: Firmness) -> None:
    """What the passage from a node to its governor does to the clause below."""
    parent = node.head
    if parent.pos_ in {"VERB", "AUX", "ADJ", "ADV"} or parent.dep_ == "ROOT" and parent.pos_ not in {"NOUN", "PROPN"}:
        _read_verb_step(node, parent, firmness)
    elif parent.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
        _read_noun_step(node, parent, firmness)
    elif node.dep_ == "pcomp":
        _read_preposition_step(node, parent, firmness)


def _read_verb_step(node: Token, parent: Token, firmness: Firmness) -> None:
    if node.dep_ == "conj":
        _read_coordination(node, parent, firmness)
    elif node.dep_ in {"ccomp", "csubj", "csubjpass"} and not _is_infinitive(node):
        _read_content(node, parent, firmness)
    elif node.dep_ in {"xcomp", "ccomp"}:
        _read_open_complement(node, parent, firmness)
    elif node.dep_ == "advcl":
        _read_adverbial(node, parent, firmness)
    elif node.dep_ in {"acomp", "attr", "dobj", "prep", "oprd"} and node.pos_ != "VERB":
        _read_own(parent, firmness) if node.dep_ in {"acomp"} else None


def _read_coordination(node: Token, parent: Token, firmness: Firmness) -> None:
    """A verb without subject and auxiliary of its own stands under those of the verb it is coordinated with."""
    if any(child.dep_ in {"nsubj", "nsubjpass"} for child in node.children):
        return
    if not any(child.dep_ == "aux" and child.tag_ == "MD" for child in node.children):
        _read_auxiliaries(parent, firmness)
    _read_adverbs(parent, firmness)
    joined = [child.lower_ for child in parent.children if child.dep_ == "cc"]
    negator = is_negated(parent)
    if negator is not None and {"or", "nor"} & set(joined) and is_negated(node) is None:
        firmness.negate(negator)
    if _is_infinitive(parent) and not _is_infinitive(node) and node.tag_ == "VB":
        return


def _read_content(node: Token, parent: Token, firmness: Firmness) -> None:
    """A that-clause or a quotation under its verb."""
    lemma = parent.lemma_.lower()
    mark = _find_mark(node)
    negator = is_negated(parent)
    if mark is not None and mark.lower_ in {"whether", "if"}:
        firmness.weaken(Modality.QUESTIONED, mark)
    elif lemma in words("reporting", "suspect") or lemma in {"possible", "likely", "conceivable", "unlikely"}:
        firmness.weaken(Modality.SPECULATED, parent)
    elif lemma in words("reporting", "forecast"):
        firmness.weaken(Modality.PREDICTED, parent)
    elif lemma == "doubt":
        firmness.weaken(Modality.SPECULATED, parent)
        firmness.negate(parent)
    elif lemma in words("reporting", "deny") or lemma in {"false", "untrue", "impossible", "incorrect"}:
        firmness.negate(parent)
    elif lemma in words("reporting", "accuse"):
        firmness.weaken(Modality.ALLEGED, parent)
    elif lemma in words("modality", "seem"):
        firmness.weaken(Modality.SPECULATED, parent)
    elif is_passive(parent) and lemma in words("modality", "hearsay_passive") and not _has_agent(parent):
        firmness.weaken(Modality.REPORTED, parent)
    if lemma in {"wish", "pretend", "imagine", "suppose", "unclear", "mean", "care"} and lemma != "mean":
        firmness.usable = lemma == "unclear" and bool(firmness.modalities)
    _read_governor(parent, negator, lemma, firmness)


def _read_governor(parent: Token, negator: Token | None, lemma: str, firmness: Firmness) -> None:
    """Auxiliaries and negation of a verb that carries content: "could say", "does not believe"."""
    if negator is not None:
        if lemma in {"believe", "think", "expect", "see", "appear", "seem"}:
            firmness.negate(negator)
        elif Modality.QUESTIONED not in firmness.modalities:
            firmness.usable = False
    if any(child.dep_ == "aux" and child.lower_ in words("modality", "may") for child in parent.children):
        firmness.weaken(Modality.SPECULATED, parent)


def _read_open_complement(node: Token, parent: Token, firmness: Firmness) -> None:
    """An infinitive or participle under a verb or adjective: "plans to buy", "is said to have", "failed to beat"."""
    lemma = parent.lemma_.lower()
    if not _is_infinitive(node):
        if lemma in words("modality", "consider"):
            firmness.weaken(Modality.PREDICTED, parent)
        elif lemma in {"deny", "avoid", "stop", "quit"}:
            firmness.negate(parent)
        elif lemma in {"recommend", "suggest", "propose", "risk"}:
            firmness.usable = False
        _read_own_above(parent, firmness)
        return
    if lemma in words("modality", "hearsay_passive") and parent.tag_ == "VBN":
        firmness.weaken(Modality.REPORTED, parent)
    elif lemma in words("modality", "seem") and lemma != "look":
        firmness.weaken(Modality.SPECULATED, parent)
    elif lemma in words("modality", "fail"):
        firmness.negate(parent)
    elif lemma == "claim" or (lemma in words("reporting", "accuse")):
        if lemma != "claim":
            firmness.weaken(Modality.ALLEGED, parent)
    elif lemma in words("modality", "implicative") and not (lemma == "go" and parent.tag_ == "VBG"):
        pass
    elif lemma in words("modality", "plan") or lemma == "be":
        firmness.weaken(Modality.PREDICTED, parent)
    else:
        firmness.usable = False
    _read_own_above(parent, firmness)


def _read_own_above(parent: Token, firmness: Firmness) -> None:
    """Auxiliaries, adverbs and negation of a verb whose complement shares its subject."""
    _read_auxiliaries(parent, firmness)
    _read_adverbs(parent, firmness)
    negator = is_negated(parent)
    if negator is not None:
        firmness.negate(negator)


def _read_adverbial(node: Token, parent: Token, firmness: Firmness) -> None:
    mark = _find_mark(node)
    lower = mark.lower_ if mark is not None else ""
    if lower in _CONDITIONS or any(c.dep_ == "advmod" and c.lower_ in {"if"} for c in node.children):
        firmness.usable = False
    elif lower in {"as"} and any(c.lower_ in {"if", "though"} for c in node.children):
        firmness.usable = False
    elif _is_infinitive(node):
        firmness.usable = False
    elif not lower and not any(child.dep_ in {"nsubj", "nsubjpass"} for child in node.children):
        _read_auxiliaries(parent, firmness)
        _read_adverbs(parent, firmness)


def _read_noun_step(node: Token, noun: Token, firmness: Firmness) -> None:
    """A clause under a noun: what the noun calls it ("claims that", "plan to", "no evidence that")."""
    lemma = noun.lemma_.lower()
    if node.dep_ in {"acl", "ccomp"} and _is_infinitive(node):
        if lemma in words("modality", "plan_noun"):
            firmness.weaken(Modality.PREDICTED, noun)
        elif lemma not in {"ability", "capacity", "first", "last", "only", "one", "company", "model", "maker", "startup", "capability"}:
            firmness.usable = False
        return
    mark = _find_mark(node)
    if node.dep_ in {"acl", "ccomp", "relcl", "appos"} and mark is not None and mark.lower_ in {"that", "whether", "if"}:
        _read_content_noun(noun, lemma, firmness)
        if mark.lower_ != "that":
            firmness.weaken(Modality.QUESTIONED, mark)


def _read_content_noun(noun: Token, lemma: str, firmness: Firmness) -> None:
    if any(child.lower_ in {"no", "any"} and child.dep_ in {"det", "neg"} for child in noun.children):
        negated = any(child.lower_ == "no" for child in noun.children) or is_negated(noun.head) is not None
        if lemma in words("reporting", "content_evidence") | words("reporting", "content_claim") and negated:
            firmness.negate(noun)
            return
    if lemma in words("reporting", "content_claim"):
        firmness.weaken(Modality.ALLEGED, noun)
    elif lemma in words("reporting", "content_rumor"):
        firmness.weaken(Modality.REPORTED, noun)
    elif lemma in words("reporting", "content_guess"):
        firmness.weaken(Modality.SPECULATED, noun)
    elif lemma in words("reporting", "content_question"):
        firmness.weaken(Modality.QUESTIONED, noun)
    if noun.dep_ == "dobj" and noun.head.lemma_ in words("reporting", "deny"):
        firmness.negate(noun.head)


def _read_preposition_step(node: Token, preposition: Token, firmness: Firmness) -> None:
    """A gerund under a preposition: "accused of copying", "without paying", "plans for building"."""
    lower, governor = preposition.lower_, preposition.head
    lemma = governor.lemma_.lower()
    if lower == "without":
        firmness.negate(preposition)
    elif lower in {"than", "instead", "despite", "for", "against", "from", "before", "about", "toward", "towards", "into", "on"}:
        if lemma in words("reporting", "accuse") or lemma in {"sue", "fine", "criticize", "criticise", "investigate"}:
            firmness.weaken(Modality.ALLEGED, governor)
        elif lemma in words("modality", "plan_noun") | words("modality", "plan") | words("modality", "consider"):
            firmness.weaken(Modality.PREDICTED, governor)
        elif lower in {"than", "instead", "against", "from", "about", "before", "toward", "towards"}:
            firmness.usable = False
    elif lower == "of":
        _read_of_step(governor, lemma, firmness)
    if preposition.head.lower_ == "instead":
        firmness.usable = False


def _read_of_step(governor: Token, lemma: str, firmness: Firmness) -> None:
    if lemma in words("reporting", "accuse") or lemma in words("reporting", "content_claim"):
        firmness.weaken(Modality.ALLEGED, governor)
    elif lemma in words("reporting", "content_guess"):
        firmness.weaken(Modality.SPECULATED, governor)
    elif lemma in words("modality", "plan_noun") or lemma in {"think", "dream", "capable"}:
        if lemma != "capable":
            firmness.weaken(Modality.PREDICTED, governor)
    elif lemma not in {"process", "instead", "evidence", "first", "result", "method", "way"}:
        firmness.usable = False


def _read_condition(head: Token, firmness: Firmness) -> None:
    """What holds only under a condition is not stated as a fact."""
    for node in iter_up(head):
        for child in node.children:
            if child.dep_ in {"advcl", "prep", "mark"} and child.i != head.i and child not in list(iter_up(head)):
                mark = _find_mark(child) if child.dep_ == "advcl" else None
                if mark is not None and mark.lower_ in {"if", "unless", "provided"}:
                    firmness.weaken(Modality.SPECULATED, mark)
        if node.dep_ in {"ROOT", "ccomp", "conj", "relcl"}:
            return


def _read_question(head: Token, firmness: Firmness) -> None:
    last = next((token for token in reversed(head.doc) if not token.is_space and not token.is_quote), None)
    if last is not None and last.text == "?":
        firmness.weaken(Modality.QUESTIONED, last)


def _find_mark(node: Token) -> Token | None:
    return next((child for child in node.children if child.dep_ == "mark"), None)


def _is_infinitive(node: Token) -> bool:
    return any(child.dep_ == "aux" and child.tag_ == "TO" for child in node.children)


def _has_agent(verb: Token) -> bool:
    return any(child.dep_ == "agent" for child in verb.children)
