"""What makes a clause untrue from outside: plans undone, reports called false, speakers who are nobody, contrasts."""

from spacy.tokens import Token

from ingest.nlp.en.lexicon import words

_NOBODY = frozenset({"nobody", "none", "nothing", "neither", "few", "no-one"})
_NONE_OF = frozenset({"no", "neither", "few", "little"})
_PREDICATES = frozenset({"acomp", "attr", "oprd", "ccomp", "xcomp"})


def is_undoing(verb: Token) -> bool:
    """Whether a verb says that a plan is given up: "scrapped", "called off", "walked away"."""
    lemma = verb.lemma_.lower()
    if lemma in words("modality", "undo"):
        return True
    return any(f"{lemma} {child.lower_}" in words("modality", "undo_phrases") for child in verb.children)


def find_undoing(noun: Token) -> Token | None:
    """What takes a plan back: "no plans to", "never had plans to", "abandoned the plan to"."""
    for child in noun.children:
        if child.lower_ in _NONE_OF and child.dep_ in {"det", "amod", "neg", "predet"}:
            return child
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ not in {"dobj", "attr", "nsubjpass", "pobj"} or verb.pos_ not in {"VERB", "AUX"}:
        return None
    negator = next((child for child in verb.children if _negates(child)), None)
    if is_undoing(verb):
        return verb if negator is None else None
    return negator if noun.dep_ != "pobj" or verb.lemma_ == "be" else None


def _negates(child: Token) -> bool:
    if child.dep_ == "advmod" and child.lower_ == "longer":
        return any(token.lower_ == "no" for token in child.children)
    return child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in {"never", "hardly"})


def find_falsity(noun: Token) -> Token | None:
    """What calls a report untrue: "the false claim", "the claim is false", "called the claim false"."""
    for child in noun.children:
        if child.dep_ == "amod" and {child.lower_, child.lemma_.lower()} & words("modality", "false"):
            return child
    verb = noun.head
    if noun.dep_ in {"nsubj", "nsubjpass"} and verb.lemma_ in {"be", "prove", "turn", "remain"}:
        return find_false_predicate(verb)
    if noun.dep_ in {"dobj", "nsubj"} and verb.lemma_.lower() in words("reporting", "call"):
        return next((t for t in verb.subtree if t.dep_ in _PREDICATES and (_is_false(t) or _is_untrue(t))), None)
    return None


def find_false_predicate(verb: Token) -> Token | None:
    """What denies the content of "it is false that", "it is not true that"; None for "it is not false"."""
    negated = any(child.dep_ == "neg" for child in verb.children)
    for child in verb.children:
        if child.dep_ == "xcomp" and child.lemma_ == "be":
            return find_false_predicate(child)
        if child.dep_ in {"acomp", "attr", "oprd"} and _is_wide(child):
            return child
        if child.dep_ in {"acomp", "attr", "oprd"}:
            own = negated or any(token.dep_ == "neg" for token in child.children)
            lemma = child.lemma_.lower()
            if lemma in words("modality", "true") if own else _is_false(child):
                return child
    return None


def _is_wide(token: Token) -> bool:
    """ "Wide of the mark", "far from the truth"."""
    held = {t.lower_ for c in token.children for t in c.children}
    return token.lower_ in {"wide", "far"} and bool(held & {"mark", "truth", "true"})


def _is_false(token: Token) -> bool:
    return token.lemma_.lower() in words("modality", "false")


def _is_untrue(token: Token) -> bool:
    """ "Not true"."""
    return any(c.dep_ == "neg" for c in token.children) and token.lemma_.lower() in words("modality", "true")


def has_nobody(verb: Token) -> bool:
    """Whether the subject of a verb is nobody: "no analyst believes", "none of them said"."""
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            determiners = {token.lower_ for token in child.children if token.dep_ in {"det", "amod", "neg"}}
            single = any(t.dep_ == "neg" and t.nbor().lower_ in {"a", "one"} for t in child.children)
            if (
                single
                or child.lower_ in _NOBODY
                or (child.lower_ == "one" and "no" in determiners)
                or determiners & _NONE_OF
            ):
                return True
    return False


def is_missed(verb: Token) -> bool:
    """Whether an act all but happened: "nearly acquired"."""
    if not verb.i:
        return False
    before = verb.nbor(-1)
    return before.lower_ in words("modality", "nearly") and before.head == verb


def is_contrasted(token: Token) -> bool:
    """Whether a phrase is named only as what is not meant: "on A, not on B", "A rather than B"."""
    start = token.left_edge.i
    opening = token.doc[start].lower_
    before = [word.lower_ for word in token.doc[max(0, start - 2) : start]]
    following = token.doc[start + 1].lower_ if start + 1 < len(token.doc) else ""
    if opening == "not":
        return following not in {"only", "just", "merely"}
    return before[-1:] == ["not"] or before in (["rather", "than"], ["instead", "of"])
