"""What a verb or noun that carries content does to it: "denied that", "it is unlikely that", "no evidence that"."""

from spacy.tokens import Token

from graph.records import Modality
from ingest.nlp.en.clauses import is_passive
from ingest.nlp.en.denials import find_false_predicate, has_nobody
from ingest.nlp.en.firmness import Firmness, find_mark, has_agent, is_negated, read_auxiliaries
from ingest.nlp.en.inserts import is_parted
from ingest.nlp.en.lexicon import get_noun, words
from ingest.nlp.en.refuted import find_rejection, is_belied, is_dropped


def read_content(node: Token, parent: Token, firmness: Firmness) -> None:
    """A that-clause or a quotation under its verb."""
    lemma = parent.lemma_.lower()
    mark = find_mark(node)
    negator = is_negated(parent)
    if is_parted(node, parent):
        return
    if is_belied(parent):
        firmness.usable = False
    _read_rumour(parent, firmness)
    if mark is not None and mark.lower_ in {"whether", "if"}:
        firmness.weaken(Modality.QUESTIONED, mark)
    if parent.lemma_ == "be" and _read_predicate(parent, firmness):
        return
    if lemma in words("reporting", "suspect") | words("modality", "guess"):
        firmness.weaken(Modality.SPECULATED, parent)
    elif lemma in words("reporting", "forecast"):
        firmness.weaken(Modality.PREDICTED, parent)
    elif lemma == "doubt":
        firmness.weaken(Modality.SPECULATED, parent)
        firmness.negate(parent)
    elif lemma in words("reporting", "deny") or lemma in words("modality", "false"):
        firmness.negate(parent)
    elif lemma in words("reporting", "accuse"):
        firmness.weaken(Modality.ALLEGED, parent)
    elif lemma in words("modality", "seem"):
        firmness.weaken(Modality.SPECULATED, parent)
    elif is_passive(parent) and lemma in words("modality", "hearsay_passive") and not has_agent(parent):
        firmness.weaken(Modality.REPORTED, parent)
    if lemma in words("modality", "unserious") | words("modality", "doubtful"):
        firmness.usable = False
    elif lemma in words("modality", "open"):
        firmness.usable = Modality.QUESTIONED in firmness.modalities
    if node.tag_ == "VB" and mark is None:
        read_auxiliaries(parent, firmness)  # "would see Acme overtake Foo"
    _read_governor(parent, negator, lemma, firmness)
    firmness.conveyed = True


def _read_rumour(parent: Token, firmness: Firmness) -> None:
    """ "Rumour has it that", "rumours swirl that", "my guess is that", "chances are that"."""
    if parent.lemma_.lower() not in words("reporting", "circulate"):
        return
    for subject in (c for c in parent.children if c.dep_ == "nsubj"):
        noun = get_noun(subject)
        if noun in words("reporting", "content_rumor"):
            firmness.weaken(Modality.REPORTED, subject)
        elif noun in words("reporting", "content_guess") | words("modality", "guess_noun"):
            firmness.weaken(Modality.SPECULATED, subject)
        elif noun in words("modality", "forecast_noun"):
            firmness.weaken(Modality.PREDICTED, subject)
        elif noun in words("reporting", "content_claim"):
            firmness.weaken(Modality.ALLEGED, subject)


def _read_predicate(verb: Token, firmness: Firmness) -> bool:
    """Reads "it is … that"; false where nothing but the verb itself bears on its content."""
    falsity = find_false_predicate(verb)
    if falsity is not None:
        firmness.negate(falsity)
        read_auxiliaries(verb, firmness)
        return True
    for child in verb.children:
        lemma = child.lemma_.lower()
        if child.lower_ == "far" and _is_far_from_sure(child):
            firmness.weaken(Modality.QUESTIONED, child)
        if child.dep_ not in {"acomp", "attr"}:
            continue
        if lemma in words("modality", "guess"):
            firmness.weaken(Modality.SPECULATED, child)
        elif lemma in words("modality", "doubtful") | words("modality", "open") | words("modality", "false"):
            firmness.usable = firmness.usable and Modality.QUESTIONED in firmness.modalities
    return False


def _is_far_from_sure(far: Token) -> bool:
    """ "Far from clear", "far from certain"."""
    held = [t for c in far.children if c.lower_ == "from" for t in c.children]
    return any(t.lemma_.lower() in {"clear", "certain", "sure", "settled", "proven", "obvious"} for t in held)


def _read_governor(parent: Token, negator: Token | None, lemma: str, firmness: Firmness) -> None:
    """Auxiliaries, negation and subject of a verb that carries content: "could say", "does not believe"."""
    if negator is not None:
        if lemma in {"believe", "think", "expect", "see", "appear", "seem"}:
            firmness.negate(negator)
        elif Modality.QUESTIONED not in firmness.modalities:
            firmness.usable = False
    if has_nobody(parent) or _is_only_supposed(parent, lemma):
        firmness.usable = False
    if lemma in words("reporting", "sure") and (negator or is_negated(parent.head)) is not None:
        firmness.usable = Modality.QUESTIONED in firmness.modalities
    if any(child.dep_ == "aux" and child.lower_ in words("modality", "may") for child in parent.children):
        firmness.weaken(Modality.SPECULATED, parent)


def _is_only_supposed(verb: Token, lemma: str) -> bool:
    """Whether words are only what somebody might say; "I would say" is said."""
    if verb.head.lemma_ == "let" and verb.dep_ == "ccomp":
        return True
    if lemma not in words("reporting", "say") | words("reporting", "accuse"):
        return False
    subjects = {child.lower_ for child in verb.children if child.dep_ == "nsubj"}
    modals = {child.lower_ for child in verb.children if child.dep_ == "aux" and child.tag_ == "MD"}
    supposed = words("modality", "may") | words("modality", "future") | {"would", "'d", "’d"}
    return bool(modals & supposed) and not subjects & {"i", "we", "you"}


def read_content_noun(noun: Token, lemma: str, firmness: Firmness) -> None:
    if any(child.lower_ in {"no", "any"} and child.dep_ in {"det", "neg"} for child in noun.children):
        negated = any(child.lower_ == "no" for child in noun.children) or is_negated(noun.head) is not None
        kinds = ("content_evidence", "content_claim", "content_guess")
        if negated and any(lemma in words("reporting", kind) for kind in kinds):
            firmness.negate(noun)
            return
    if is_dropped(noun) or lemma == "denial":
        firmness.usable = False
        return
    falsity = find_rejection(noun)
    if falsity is not None:
        if falsity.lemma_ == "doubt":
            firmness.weaken(Modality.SPECULATED, falsity)
        firmness.negate(falsity)
        firmness.usable = firmness.usable and is_negated(falsity) is None
        return
    if lemma in words("modality", "false"):
        firmness.negate(noun)
    elif lemma in words("reporting", "content_claim"):
        firmness.weaken(Modality.ALLEGED, noun)
    elif lemma in words("reporting", "content_rumor"):
        firmness.weaken(Modality.REPORTED, noun)
    elif lemma in words("reporting", "content_guess") | words("modality", "guess_noun"):
        firmness.weaken(Modality.SPECULATED, noun)
    elif lemma in words("reporting", "content_question"):
        firmness.weaken(Modality.QUESTIONED, noun)
