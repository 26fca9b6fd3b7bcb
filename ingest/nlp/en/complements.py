"""What a verb or noun does to the infinitive or gerund under it: "plans to", "failed to", "ruled out suing"."""

from spacy.tokens import Token

from graph.records import Modality
from ingest.nlp.en.denials import find_undoing, is_undoing
from ingest.nlp.en.firmness import Firmness, is_infinitive, is_negated, read_adverbs, read_auxiliaries
from ingest.nlp.en.lexicon import words


def read_open_complement(node: Token, parent: Token, firmness: Firmness) -> None:
    """An infinitive or participle under a verb or adjective: "plans to buy", "is said to have", "failed to beat"."""
    lemma = parent.lemma_.lower()
    if lemma == "remain" and node.lemma_ == "see" and Modality.QUESTIONED in firmness.modalities:
        return  # "it remains to be seen whether"
    if not is_infinitive(node):
        _read_gerund(parent, lemma, firmness)
    elif lemma in words("reporting", "glad") and node.lemma_.lower() in words("modality", "unveil"):
        pass  # "we are thrilled to release"
    elif is_parting(node, parent):
        read_parting(parent, firmness)
        return
    elif not _read_verb_of_deed(node, parent, lemma, firmness):
        _read_verb_of_stance(node, parent, lemma, firmness)
    read_own_above(parent, firmness)


def _read_gerund(parent: Token, lemma: str, firmness: Firmness) -> None:
    """ "Considered buying", "denied copying", "ruled out suing"."""
    if lemma in words("modality", "talks"):
        firmness.discuss(parent)
    elif lemma in words("modality", "consider"):
        firmness.weaken(Modality.PREDICTED, parent)
    elif lemma in {"deny", "avoid", "stop", "quit"}:
        open_yet = is_negated(parent) or (is_negated(parent.head) if parent.dep_ == "conj" else None)
        firmness.usable = firmness.usable and (lemma != "deny" or open_yet is None)
        firmness.negate(parent)
    elif lemma in words("modality", "attempt"):
        _read_attempt(parent, firmness)
    elif is_undoing(parent):
        read_undone(parent, firmness)
    elif lemma in {"recommend", "suggest", "propose", "risk"}:
        firmness.usable = False


def _read_verb_of_deed(node: Token, parent: Token, lemma: str, firmness: Firmness) -> bool:
    """Verbs that say whether what they govern was done: "tried to", "has yet to", "failed to", "was ordered to"."""
    if lemma in words("modality", "attempt"):
        _read_attempt(parent, firmness)
    elif lemma in {"have", "be", "remain"} and (yet := _find_yet(parent)) is not None:
        firmness.negate(yet)
    elif lemma in words("modality", "order"):
        firmness.weaken(Modality.PREDICTED, parent)
    elif lemma in {"urge", "ask", "call", "want"} and _has_addressee(node, parent):
        firmness.usable = False
    elif lemma in words("modality", "fail"):
        firmness.negate(parent)
    else:
        return False
    return True


def _read_verb_of_stance(node: Token, parent: Token, lemma: str, firmness: Firmness) -> None:
    """Verbs that say how sure or how near it is: "is said to", "seems to", "plans to"; unknown ones keep nothing."""
    if lemma == "suppose" and parent.tag_ == "VBN" and not _is_perfect(node):
        firmness.weaken(Modality.PREDICTED, parent)  # "was supposed to launch": planned
    elif lemma in words("modality", "hearsay_passive") and (parent.tag_ == "VBN" or lemma == "say"):
        firmness.weaken(Modality.REPORTED, parent)
    elif lemma in words("modality", "seem") and lemma != "look":
        firmness.weaken(Modality.SPECULATED, parent)
    elif lemma in words("reporting", "accuse"):
        firmness.weaken(Modality.ALLEGED, parent)
    elif lemma == "claim" or (
        lemma in words("modality", "implicative") and not (lemma == "go" and parent.tag_ == "VBG")
    ):
        return
    elif lemma in words("modality", "plan") or lemma == "be":
        firmness.weaken(Modality.PREDICTED, parent)
        if any(_gives_up(child) for child in parent.children):
            firmness.negate(parent)
    else:
        firmness.usable = False


def is_parting(node: Token, parent: Token) -> bool:
    """Whether an infinitive says for what somebody has left, which is as sure as that: "left to join Acme"."""
    parts = parent.lemma_.lower() in words("modality", "parting") and is_infinitive(node)
    return parts and node.lemma_.lower() in words("modality", "taking_up")


def read_parting(parent: Token, firmness: Firmness) -> None:
    """What is taken up where the leaving itself may still be to come."""
    if parent.tag_ == "VBG":
        firmness.weaken(Modality.PREDICTED, parent)
    read_own_above(parent, firmness)
    firmness.usable = firmness.usable and not firmness.denied


def _is_perfect(node: Token) -> bool:
    return node.lemma_ == "be" or any(c.dep_ == "aux" and c.lower_ == "have" for c in node.children)


def _read_attempt(verb: Token, firmness: Firmness) -> None:
    """Who did not even try did not do it; who tried may have."""
    if is_negated(verb) is None:
        firmness.attempt(verb)


def read_undone(verb: Token, firmness: Firmness) -> None:
    """What is given up is denied; what is not ruled out is not yet planned."""
    if is_negated(verb) is not None:
        firmness.usable = False
    firmness.weaken(Modality.PREDICTED, verb)
    firmness.negate(verb)


def read_plan_noun(noun: Token, lemma: str, firmness: Firmness) -> None:
    """ "Plans to", "no plans to", "scrapped plans to"; an attempt is no plan."""
    undoing = find_undoing(noun)
    tried = lemma in {"attempt", "effort"}
    if tried and undoing is None:
        firmness.attempt(noun)
    elif undoing is None and lemma in words("modality", "talks"):
        firmness.discuss(noun)
    elif not tried or (undoing is not None and undoing.pos_ == "VERB"):
        firmness.weaken(Modality.PREDICTED, noun)
    if undoing is not None:
        firmness.negate(undoing)


def _gives_up(verb: Token) -> bool:
    """Whether a coordinated verb takes the plan back: "planned to buy it but dropped the plan"."""
    given = {child.lemma_.lower() for child in verb.children if child.dep_ == "dobj"}
    return verb.dep_ == "conj" and is_undoing(verb) and bool(given & (words("modality", "plan_noun") | {"it", "idea"}))


def _find_yet(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ == "advmod" and child.lower_ == "yet"), None)


def _has_addressee(node: Token, parent: Token) -> bool:
    """Whether somebody else is to do it: "urged the ministry to ban", against "asked to join"."""
    own = any(child.dep_ in {"nsubj", "nsubjpass"} for child in node.children)
    return own or any(child.dep_ in {"dobj", "prep"} for child in parent.children)


def read_own_above(parent: Token, firmness: Firmness) -> None:
    """Auxiliaries, adverbs and negation of a verb whose complement shares its subject."""
    read_auxiliaries(parent, firmness)
    read_adverbs(parent, firmness)
    negator = is_negated(parent)
    if negator is not None:
        firmness.negate(negator)
