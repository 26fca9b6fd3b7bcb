"""What the governor of a clause does to its firmness: "plans to", "denied that", "no evidence that", "accused of".

A governor that is not known to pass its clause on makes it unusable.
"""

from spacy.tokens import Token

from graph.records import Modality
from ingest.nlp.en.clauses import is_passive
from ingest.nlp.en.firmness import (
    Firmness,
    find_mark,
    has_agent,
    is_infinitive,
    is_negated,
    read_adverbs,
    read_auxiliaries,
    read_own,
)
from ingest.nlp.en.lexicon import words

_CONDITIONS = frozenset({"if", "unless", "should", "provided", "whether", "lest"})


def read_step(node: Token, firmness: Firmness) -> None:
    """What the passage from a node to its governor does to the clause below."""
    parent = node.head
    if parent.pos_ in {"VERB", "AUX", "ADJ", "ADV"} or (parent.dep_ == "ROOT" and parent.pos_ not in {"NOUN", "PROPN"}):
        _read_verb_step(node, parent, firmness)
    elif parent.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
        _read_noun_step(node, parent, firmness)
    elif node.dep_ == "pcomp":
        _read_preposition_step(node, parent, firmness)


def _read_verb_step(node: Token, parent: Token, firmness: Firmness) -> None:
    if node.dep_ == "conj":
        _read_coordination(node, parent, firmness)
    elif node.dep_ in {"ccomp", "csubj", "csubjpass"} and not is_infinitive(node):
        _read_content(node, parent, firmness)
    elif node.dep_ in {"xcomp", "ccomp"}:
        _read_open_complement(node, parent, firmness)
    elif node.dep_ == "advcl":
        _read_adverbial(node, parent, firmness)
    elif node.dep_ in {"acomp", "attr", "dobj", "prep", "oprd"} and node.pos_ != "VERB":
        read_own(parent, firmness) if node.dep_ in {"acomp"} else None


def _read_coordination(node: Token, parent: Token, firmness: Firmness) -> None:
    """A verb without subject and auxiliary of its own stands under those of the verb it is coordinated with."""
    if any(child.dep_ in {"nsubj", "nsubjpass"} for child in node.children):
        return
    if not any(child.dep_ == "aux" and child.tag_ == "MD" for child in node.children):
        read_auxiliaries(parent, firmness)
    read_adverbs(parent, firmness)
    joined = [child.lower_ for child in parent.children if child.dep_ == "cc"]
    negator = is_negated(parent)
    if negator is not None and {"or", "nor"} & set(joined) and is_negated(node) is None:
        firmness.negate(negator)
    if is_infinitive(parent) and not is_infinitive(node) and node.tag_ == "VB":
        return


def _read_content(node: Token, parent: Token, firmness: Firmness) -> None:
    """A that-clause or a quotation under its verb."""
    lemma = parent.lemma_.lower()
    mark = find_mark(node)
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
    elif is_passive(parent) and lemma in words("modality", "hearsay_passive") and not has_agent(parent):
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
    if not is_infinitive(node):
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
    read_auxiliaries(parent, firmness)
    read_adverbs(parent, firmness)
    negator = is_negated(parent)
    if negator is not None:
        firmness.negate(negator)


def _read_adverbial(node: Token, parent: Token, firmness: Firmness) -> None:
    mark = find_mark(node)
    lower = mark.lower_ if mark is not None else ""
    if (
        lower in _CONDITIONS
        or any(c.dep_ == "advmod" and c.lower_ in {"if"} for c in node.children)
        or (lower in {"as"} and any(c.lower_ in {"if", "though"} for c in node.children))
        or is_infinitive(node)
    ):
        firmness.usable = False
    elif not lower and not any(child.dep_ in {"nsubj", "nsubjpass"} for child in node.children):
        read_auxiliaries(parent, firmness)
        read_adverbs(parent, firmness)


def _read_noun_step(node: Token, noun: Token, firmness: Firmness) -> None:
    """A clause under a noun: what the noun calls it ("claims that", "plan to", "no evidence that")."""
    lemma = noun.lemma_.lower()
    if node.dep_ in {"acl", "ccomp"} and is_infinitive(node):
        if lemma in words("modality", "plan_noun"):
            firmness.weaken(Modality.PREDICTED, noun)
        elif lemma not in {
            "ability",
            "capacity",
            "first",
            "last",
            "only",
            "one",
            "company",
            "model",
            "maker",
            "startup",
            "capability",
        }:
            firmness.usable = False
        return
    mark = find_mark(node)
    if (
        node.dep_ in {"acl", "ccomp", "relcl", "appos"}
        and mark is not None
        and mark.lower_ in {"that", "whether", "if"}
    ):
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
    mark = find_mark(node)
    if mark is not None and mark.lower_ in {"whether", "if"}:
        firmness.weaken(Modality.QUESTIONED, mark)
        return
    lower, governor = preposition.lower_, preposition.head
    lemma = governor.lemma_.lower()
    if lower == "without":
        firmness.negate(preposition)
    elif lower in {
        "than",
        "instead",
        "despite",
        "for",
        "against",
        "from",
        "before",
        "about",
        "toward",
        "towards",
        "into",
        "on",
    }:
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
