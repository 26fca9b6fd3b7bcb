"""What takes a report back: "debunked the claim that", "falsely said that", "retracted a story saying that".

A report that is called untrue is denied; one that is withdrawn, mocked or only supposed states nothing.
"""

from spacy.tokens import Token

from ingest.nlp.en.clauses import find_holder
from ingest.nlp.en.denials import find_false_predicate, find_falsity
from ingest.nlp.en.firmness import is_negated
from ingest.nlp.en.lexicon import words

_NOTHING = frozenset({"nothing", "nobody", "little", "none", "no-one"})
_UNDER_NOUN = frozenset({"relcl", "acl"})


def find_rejection(noun: Token) -> Token | None:
    """The verb that denies what a noun reports, or the word that calls it false."""
    verb = _find_governor(noun)
    if verb is not None and (verb.lemma_ in words("reporting", "deny") and noun.dep_ in {"dobj", "nsubjpass"}):
        return verb
    if verb is not None and _phrases(verb) & words("reporting", "deny_phrases"):
        return verb
    return find_falsity(noun)


def is_dropped(noun: Token) -> bool:
    """Whether nobody stands by what a noun reports: "retracted the claim", "contrary to reports", "so much for"."""
    verb = _find_governor(noun)
    if noun.dep_ == "pobj" and noun.head.dep_ in {"prep", "ROOT"}:
        before = noun.head.nbor(-1).lower_ if noun.head.i else ""
        if (noun.head.lower_, before) in {("to", "contrary"), ("for", "much")}:
            return True
    if verb is None:
        return False
    if is_negated(verb) is not None:
        return verb.lemma_.lower() in words("reporting", "back")
    withdrawn = verb.lemma_.lower() in words("reporting", "retract") and noun.dep_ in {"dobj", "nsubjpass"}
    return withdrawn or bool(_phrases(verb) & words("reporting", "retract_phrases"))


def is_belied(verb: Token) -> bool:
    """Whether a verb of speech or belief is said to be wrong: "falsely claimed", "those who thought … were wrong"."""
    if any(c.dep_ == "advmod" and c.lower_ in words("modality", "falsely") for c in verb.children):
        return True
    above = find_holder(verb.head) if verb.dep_ == "pcomp" else verb.head
    if verb.dep_ in {"pcomp", "advcl"} and above.lemma_.lower() in words("modality", "deceive"):
        return True
    if verb.dep_ == "ccomp" and above.lemma_ == "have" and any(c.tag_ == "MD" for c in above.children):
        return True  # "would have you believe that"
    if verb.dep_ not in _UNDER_NOUN or above.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return False
    return above.lower_ in _NOTHING or is_dropped(above) or _is_mistaken(above)


def is_only_supposed(clause: Token) -> bool:
    """Whether a clause tells of a case that is only thought of: "in the event that", "in a scenario in which"."""
    noun = clause.head
    placed = noun.dep_ == "pobj" or (noun.dep_ == "dobj" and noun.head.lemma_ in {"imagine", "picture", "envision"})
    return clause.dep_ in _UNDER_NOUN and placed and noun.lemma_.lower() in words("modality", "scenario")


def _is_mistaken(noun: Token) -> bool:
    verb = noun.head
    if noun.dep_ == "nsubj" and verb.lemma_ in {"be", "prove", "turn"}:
        return find_false_predicate(verb) is not None
    if noun.dep_ == "nsubj" and verb.lemma_.lower() in words("modality", "deceive"):
        return True
    return find_rejection(noun) is not None


def _find_governor(noun: Token) -> Token | None:
    """The verb whose object, subject of a passive or prepositional object a noun is."""
    node = noun.head if noun.dep_ == "pobj" else noun
    verb = node.head
    while node.dep_ in {"pobj", "prep", "advmod"} and verb.pos_ not in {"VERB", "AUX"} and verb != node:
        node, verb = verb, verb.head
    held = node.dep_ in {"dobj", "nsubjpass", "prep", "advmod", "appos"} or noun.dep_ == "pobj"
    return verb if held and verb.pos_ == "VERB" and verb != noun else None


def _phrases(verb: Token) -> frozenset[str]:
    """The verb with each of its particles, prepositions and objects: "walk back", "scoff at", "take issue"."""
    lemma = verb.lemma_.lower()
    beside = [c for c in verb.children if c.dep_ in {"prt", "prep", "advmod", "dobj", "advcl"}]
    return frozenset(f"{lemma} {child.lower_}" for child in beside)
