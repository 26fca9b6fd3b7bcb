"""What the governor of a clause does to its firmness: "plans to", "denied that", "no evidence that", "accused of".

A governor that is not known to pass its clause on makes it unusable.
"""

from spacy.tokens import Token

from graph.records import Modality
from ingest.nlp.en.clauses import find_holder
from ingest.nlp.en.complements import (
    is_parting,
    read_open_complement,
    read_own_above,
    read_parting,
    read_plan_noun,
    read_undone,
)
from ingest.nlp.en.contents import read_content, read_content_noun
from ingest.nlp.en.denials import has_nobody, is_undoing
from ingest.nlp.en.firmness import (
    Firmness,
    find_mark,
    find_schedule,
    is_infinitive,
    is_negated,
    is_purpose,
    read_adverbs,
    read_auxiliaries,
    read_own,
)
from ingest.nlp.en.lexicon import words
from ingest.nlp.en.refuted import is_only_supposed

# What the parser makes of "that" where a clause opens.
_PARTS = frozenset({"dobj", "pobj", "advmod", "nsubj"})
_CONDITIONS = frozenset({"like", "if", "unless", "should", "provided", "whether", "lest", "than"})


def read_step(node: Token, firmness: Firmness) -> None:
    """What the passage from a node to its governor does to the clause below."""
    parent = node.head
    if is_only_supposed(node):
        firmness.usable = False
        return
    _read_before_that(node, firmness)
    if parent.pos_ in {"VERB", "AUX", "ADJ", "ADV"} or (parent.dep_ == "ROOT" and parent.pos_ not in {"NOUN", "PROPN"}):
        _read_verb_step(node, parent, firmness)
    elif parent.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
        _read_noun_step(node, parent, firmness)
    elif node.dep_ == "pcomp":
        _read_preposition_step(node, parent, firmness)


def _read_verb_step(node: Token, parent: Token, firmness: Firmness) -> None:
    if node.dep_ == "conj":
        _read_coordination(node, parent, firmness)
    elif (node.dep_ in {"ccomp", "csubj", "csubjpass"} and not is_infinitive(node)) or _is_that_clause(node, parent):
        read_content(node, parent, firmness)
    elif node.dep_ in {"xcomp", "ccomp"}:
        read_open_complement(node, parent, firmness)
    elif node.dep_ == "advcl":
        _read_adverbial(node, parent, firmness)
    elif node.dep_ == "dobj" and node.pos_ == "NOUN" and parent.lemma_.lower() in words("modality", "foresee"):
        firmness.weaken(Modality.PREDICTED, parent)
    elif node.dep_ in {"acomp", "attr", "dobj", "prep", "oprd"} and node.pos_ != "VERB":
        read_own(parent, firmness) if node.dep_ in {"acomp"} else None


def _read_before_that(node: Token, firmness: Firmness) -> None:
    """What stands right before "that", whatever the parser hung the clause on: "abuzz with gossip that"."""
    mark = find_mark(node)
    if mark is None or mark.lower_ != "that" or not mark.i or mark.nbor(-1) == node.head:
        return
    before = mark.nbor(-1)
    lemma = before.lemma_.lower()
    if lemma in words("reporting", "content_rumor") and before.pos_ == "NOUN":
        firmness.weaken(Modality.REPORTED, before)
    elif lemma in words("reporting", "content_guess") | words("reporting", "suspect") and before.pos_ == "NOUN":
        firmness.weaken(Modality.SPECULATED, before)


def _is_that_clause(node: Token, parent: Token) -> bool:
    """ "Rumour has it that": content which the parser took for a circumstance."""
    mark = find_mark(node) if node.dep_ == "advcl" else None
    return mark is not None and mark.lower_ == "that" and parent.lemma_ in {"have", "be"}


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


def _read_adverbial(node: Token, parent: Token, firmness: Firmness) -> None:
    mark = find_mark(node)
    lower = mark.lower_ if mark is not None else ""
    if is_purpose(node):
        read_own_above(parent, firmness)
        firmness.usable = firmness.usable and not firmness.denied
    elif is_parting(node, parent):
        read_parting(parent, firmness)
    elif is_undoing(parent) and node.tag_ == "VBG" and not lower:
        read_undone(parent, firmness)
    elif is_infinitive(node) and find_schedule(parent) is not None:
        firmness.weaken(Modality.PREDICTED, parent)
        read_own_above(parent, firmness)
    elif _is_still_to_come(node, lower, parent) or _is_conditional(node, lower) or is_infinitive(node):
        firmness.usable = False
    elif not lower and not any(child.dep_ in {"nsubj", "nsubjpass"} for child in node.children):
        if node.tag_ == "VBG":  # what was "valued at 2 billion last year" is no part of what may come
            read_auxiliaries(parent, firmness)
        read_adverbs(parent, firmness)


def _is_conditional(node: Token, mark: str) -> bool:
    adverbs = {child.lower_ for child in node.children if child.dep_ == "advmod"}
    likened = mark == "as" and any(child.lower_ in {"if", "though"} for child in node.children)
    return mark in _CONDITIONS or "if" in adverbs or likened


def _is_still_to_come(node: Token, mark: str, parent: Token) -> bool:
    """Whether a clause of time tells of what has not happened: "until it releases", "when it sues … will"."""
    openers = {mark, *(child.lower_ for child in node.children if child.dep_ == "advmod")}
    ahead = any(c.dep_ == "aux" and c.tag_ == "MD" for c in parent.children)
    perfect = any(c.dep_ == "aux" and c.tag_ in {"VBZ", "VBP"} and c.lemma_ == "have" for c in node.children)
    if not (perfect or node.tag_ in {"VBZ", "VBP"}) or any(c.dep_ == "aux" and c.tag_ == "VBD" for c in node.children):
        return False
    if perfect and not ahead:
        return False
    return bool(openers & {"until", "once", "before"}) or (bool(openers & {"when", "after"}) and ahead)


def _read_noun_step(node: Token, noun: Token, firmness: Firmness) -> None:
    """A clause under a noun: what the noun calls it ("claims that", "plan to", "no evidence that")."""
    lemma = noun.lemma_.lower()
    if is_purpose(node):
        read_own_above(noun.head, firmness)
        firmness.usable = firmness.usable and not firmness.denied
        return
    if is_infinitive(node) and node.dep_ in {"acl", "ccomp", "relcl"} and lemma in words("modality", "plan_noun"):
        read_plan_noun(noun, lemma, firmness)
        return
    if is_infinitive(node) and lemma in words("modality", "wish_noun"):
        firmness.usable = False
        return
    if node.dep_ in {"acl", "ccomp"} and is_infinitive(node):
        if lemma not in {
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
    mark = find_mark(node) or _find_spare_that(node)
    if (
        node.dep_ in {"acl", "ccomp", "relcl", "appos"}
        and mark is not None
        and mark.lower_ in {"that", "whether", "if"}
    ):
        read_content_noun(noun, lemma, firmness)
        firmness.conveyed = firmness.conveyed or mark.lower_ == "that"
        if mark.lower_ != "that":
            firmness.weaken(Modality.QUESTIONED, mark)


def _read_preposition_step(node: Token, preposition: Token, firmness: Firmness) -> None:
    """A gerund under a preposition: "accused of copying", "without paying", "plans for building"."""
    mark = find_mark(node)
    if mark is not None and mark.lower_ in {"whether", "if"}:
        firmness.weaken(Modality.QUESTIONED, mark)
        return
    lower, governor = preposition.lower_, find_holder(preposition)
    lemma = governor.lemma_.lower()
    if (lemma, lower) in {("close", "to"), ("near", "to")}:
        firmness.usable = False  # "came close to suing"
    elif (lemma, lower) in {("far", "from"), ("short", "of")}:
        firmness.negate(governor)
        if governor.head.pos_ in {"VERB", "AUX"}:
            read_own_above(governor.head, firmness)
    elif lower == "as" and lemma not in words("modality", "hearsay_passive") | {"see"}:
        firmness.usable = False  # "dismissed as misleading"
    elif lower == "without":
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
        "with",
        "over",
    }:
        if lemma in words("reporting", "accuse") or lemma in {"sue", "fine", "criticize", "criticise", "investigate"}:
            _read_accusation(governor, firmness)
        elif lemma in words("modality", "plan_noun"):
            read_plan_noun(governor, lemma, firmness)
        elif lemma in words("modality", "plan") | words("modality", "consider"):
            if lower == "against":
                read_undone(governor, firmness)
            elif lemma in words("modality", "talks"):
                firmness.discuss(governor)
            else:
                firmness.weaken(Modality.PREDICTED, governor)
        elif lower in {"than", "instead", "against", "from", "about", "before", "toward", "towards"}:
            firmness.usable = False
    elif lower == "of":
        _read_of_step(governor, lemma, firmness)
    if preposition.head.lower_ == "instead":
        firmness.usable = False


def _find_spare_that(node: Token) -> Token | None:
    """ "That" which the parser takes for a part of a clause that has one: "a rumor that Acme bought Foo"."""
    that = next((c for c in node.children if c.lower_ == "that" and c.dep_ in _PARTS), None)
    if that is None:
        return None
    subjects = [child for child in node.children if child.dep_ in {"nsubj", "nsubjpass"} and child != that]
    doubled = sum(child.dep_ == that.dep_ for child in node.children) > 1
    passive = any(child.dep_ == "nsubjpass" for child in subjects) and that.dep_ == "dobj"
    return that if doubled or passive or (subjects and _names_content(node.head)) else None


def _names_content(noun: Token) -> bool:
    kinds = ("content_claim", "content_rumor", "content_guess")
    return any(noun.lemma_.lower() in words("reporting", kind) for kind in kinds)


def _read_accusation(verb: Token, firmness: Firmness) -> None:
    """Who has not been accused is neither guilty nor innocent."""
    firmness.weaken(Modality.ALLEGED, verb)
    firmness.usable = firmness.usable and is_negated(verb) is None and not has_nobody(verb)


def _read_of_step(governor: Token, lemma: str, firmness: Firmness) -> None:
    if lemma in words("reporting", "content_claim"):
        read_content_noun(governor, lemma, firmness)
    elif lemma in words("reporting", "accuse"):
        _read_accusation(governor, firmness)
    elif lemma in words("reporting", "content_guess"):
        firmness.weaken(Modality.SPECULATED, governor)
    elif lemma in words("modality", "plan_noun"):
        read_plan_noun(governor, lemma, firmness)
    elif lemma in {"think", "dream"}:
        firmness.weaken(Modality.PREDICTED, governor)
    elif lemma == "capable":
        return
    elif lemma not in {"process", "instead", "evidence", "first", "result", "method", "way"}:
        firmness.usable = False
