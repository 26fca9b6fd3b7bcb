"""Conditions of triggers that a list of companions cannot say: what the object is, what the clause below tells."""

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from graph.records import EntityType
from ingest.nlp.en.clauses import Clause
from ingest.nlp.en.lexicon import find_kinds, get_noun, words

_CLIENTS = frozenset({"customer", "client", "user", "subscriber", "buyer"})
_TOOLS = frozenset({EntityType.PRODUCT, EntityType.MODEL})
_SHOULD = frozenset({"should", "must", "ought", "needs"})
_TIMES = frozenset({"when", "once", "before", "after", "until", "since", "as", "while", "whenever"})


def _is_list_of(clause: Clause, kind: str) -> bool:
    """Whether the subject is a list of such: "backers of the round include", "its customers are"."""
    return any(get_noun(token) in words("nouns", kind) for token in clause.subjects)


def _is_client(clause: Clause) -> bool:
    """Whether subjects are called customers with no "of" that says whose: "A and B are already customers"."""
    called = [token for token in clause.head.children if token.dep_ == "attr" and get_noun(token) in _CLIENTS]
    return any(not any(child.lower_ in {"of", "for", "a", "an"} for child in token.children) for token in called)


def _iter_contents(clause: Clause) -> Iterator[Token]:
    yield from (child for child in clause.head.children if child.dep_ == "ccomp")


def _is_found_guilty(clause: Clause) -> bool:
    """Whether a ruling says that somebody did wrong: "found that Acme infringed", "held that it was liable"."""
    return any(_tells_wrong(verb) is True for verb in _iter_contents(clause))


def _is_found_innocent(clause: Clause) -> bool:
    """Whether a ruling says that somebody did no wrong: "ruled that the copying was fair use"."""
    return any(_tells_wrong(verb) is False for verb in _iter_contents(clause))


def _tells_wrong(verb: Token) -> bool | None:
    negated = any(child.dep_ == "neg" for child in verb.children)
    told = {verb.lemma_.lower(), *(c.lemma_.lower() for c in verb.children if c.dep_ in {"acomp", "attr", "dobj"})}
    told |= {t.lemma_.lower() for c in verb.children if c.dep_ in {"attr", "dobj", "acomp"} for t in c.children}
    if told & words("legal", "wrong"):
        return not negated
    if told & words("legal", "right"):
        return negated
    return None


def _is_own_case(clause: Clause) -> bool:
    """Whether a case is called by whose it is: "threw out the publisher's case"."""
    return any(
        get_noun(token) in words("legal", "case") and any(child.dep_ == "poss" for child in token.children)
        for token in clause.objects
    )


def _governs(clause: Clause, lemmas: frozenset[str], *, negated: bool = False) -> bool:
    """Whether a verb under the head is one of these, negated where that is asked for."""
    below = [child for child in clause.head.children if child.dep_ in {"xcomp", "ccomp", "advcl"} and _is_to(child)]
    return any(
        verb.lemma_.lower() in lemmas and (not negated or any(c.dep_ == "neg" for c in verb.children)) for verb in below
    )


def _is_to(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children)


def find_saying(verb: Token) -> Token | None:
    """The verb of speech or opinion that a clause is the content of: "said the rule is unfair"."""
    above = verb.head
    said = verb.dep_ == "ccomp" and above.lemma_.lower() in words("reporting", "opine")
    return above if said and not any(c.dep_ == "neg" for c in above.children) else None


def _holds_word(clause: Clause, wanted: set[str]) -> bool:
    return any(token.lower_ in wanted for token in clause.head.subtree)


def _is_negated(clause: Clause) -> bool:
    return any(child.dep_ == "neg" for child in clause.head.children)


def _is_of_persons(clause: Clause) -> bool:
    """Whether data is somebody's: "user data", "personal records", "data of its customers"."""
    held = [token for object in clause.objects for token in object.subtree]
    return any(token.lemma_.lower() in words("nouns", "private") for token in held)


def _has_plain_object(clause: Clause) -> bool:
    """Whether no "of" says of what the object is a part: "lost 3 percent", not "lost 3 percent of its staff"."""
    return not any(token.lower_ == "of" for token in clause.head.subtree if token.i > clause.head.i)


def _moves_shares(clause: Clause) -> bool:
    moved = {"share", "stock"} | words("nouns", "index")
    return not clause.passive and any(token.lemma_.lower() in moved for token in clause.subjects)


def _has_figures(clause: Clause) -> bool:
    return any(token.like_num for object in clause.objects for token in object.subtree)


def _is_part(clause: Clause) -> bool:
    """Whether the object is a part of a whole: "14 percent of Acme", "a majority of it"."""
    held = {token.lower_ for object in clause.objects for token in object.subtree}
    return bool(held & words("nouns", "fraction")) and "of" in held


def _is_told(clause: Clause) -> bool:
    """Whether the clause is told for its own sake and not to say when something else was: "since it came out"."""
    head = clause.head
    timed = any(c.lower_ in _TIMES and c.dep_ in {"mark", "advmod"} for c in head.children)
    beside = head.dep_ == "relcl" and any(token.pos_ == "PRON" and token.tag_ == "PRP" for token in clause.subjects)
    after = head.dep_ == "pcomp" and head.head.lower_ in _TIMES
    return not beside and not after and not (timed and head.dep_ in {"advcl", "relcl", "ccomp"})


def _is_takeover(clause: Clause) -> bool:
    """Whether "over" goes with "take" itself: "took over Acme", not "took Acme to court over its ads"."""
    over = [child for child in clause.head.children if child.lower_ == "over"]
    return any(child.dep_ == "prt" or not clause.objects for child in over)


def _loses(clause: Clause) -> bool:
    return any(get_noun(token) in {"loss", "deficit"} for token in clause.subjects)


def _is_huge(clause: Clause) -> bool:
    return _holds_word(clause, {"million", "billion", "trillion", "bn", "mn", "m"})


CLAUSE_CONDITIONS: dict[str, Callable[[Clause], bool]] = {
    "<investors>": lambda clause: _is_list_of(clause, "investors"),
    "<own-client>": _is_client,
    "<customers>": lambda clause: _is_list_of(clause, "customers"),
    "<some>": lambda clause: (
        not any(c.lower_ in {"no", "little"} for object in clause.objects for c in object.children)
    ),
    "<told>": _is_told,
    "<guilty>": _is_found_guilty,
    "<innocent>": _is_found_innocent,
    "<own-case>": _is_own_case,
    "<hold-off>": lambda clause: (
        _governs(clause, words("legal", "refrain")) or _governs(clause, words("legal", "deal"), negated=True)
    ),
    "<not-let>": lambda clause: (
        _is_negated(clause)
        and any(
            child.lemma_ in words("legal", "used") for child in clause.head.children if child.dep_ in {"xcomp", "ccomp"}
        )
    ),
    "<wants>": lambda clause: any(child.lower_ in {"wants", "wanted", "want"} for child in (clause.head.head,)),
    "<user-data>": _is_of_persons,
    "<no-of>": _has_plain_object,
    "<shares>": _moves_shares,
    "<to-do>": lambda clause: any(child.dep_ in {"xcomp", "ccomp"} and _is_to(child) for child in clause.head.children),
    "<no-particle>": lambda clause: not any(child.dep_ == "prt" for child in clause.head.children),
    "<no-target>": lambda clause: (
        not any(
            token.lemma_.lower() in {"target", "price", "forecast", "guidance", "rating", "outlook", "estimate"}
            for token in clause.objects
        )
    ),
    "<small>": lambda clause: any(child.dep_ in {"oprd", "ccomp", "acomp"} for child in clause.head.children),
    "<sum>": _has_figures,
    "<no-number>": lambda clause: not _has_figures(clause),
    "<content>": lambda clause: any(True for _ in _iter_contents(clause)),
    "<percent-of>": _is_part,
    "<rated-well>": lambda clause: (
        _holds_word(clause, {"buy", "outperform", "overweight"})
        and _holds_word(clause, {"rating", "ratings", "consensus"})
    ),
    "<said>": lambda clause: find_saying(clause.head) is not None,
    "<would>": lambda clause: any(
        c.dep_ == "aux" and c.lower_ in {"would", "could", "may", "might", "will", "'ll", "’ll"}
        for c in clause.head.children
    ),
    "<refused>": lambda clause: (
        clause.head.dep_ == "xcomp" and clause.head.head.lemma_ in {"refuse", "decline", "balk", "baulk"}
    ),
    "<erased>": lambda clause: _holds_word(clause, {"erased", "wiped", "evaporate", "vanish", "shaved"}),
    "<nowhere>": lambda clause: (
        not any(
            t.dep_ == "prep" and t.lower_ in {"in", "into", "behind", "with", "through"} for t in clause.head.subtree
        )
    ),
    "<no-stage>": lambda clause: (
        not any(t.lemma_.lower() in {"spotlight", "show", "thunder", "limelight", "headline"} for t in clause.objects)
    ),
    "<by-nobody>": lambda clause: not clause.subjects,
    "<should>": lambda clause: any(c.dep_ == "aux" and c.lower_ in _SHOULD for c in clause.head.children),
    "<several>": lambda clause: any(c.dep_ == "conj" for token in clause.subjects for c in token.children),
    "<takeover>": _is_takeover,
    "<loss-subject>": _loses,
    "<millions>": _is_huge,
    "<no-tool>": lambda clause: not any(find_kinds(get_noun(token)) & _TOOLS for token in clause.objects),
    "<upside>": lambda clause: _holds_word(clause, {"upside", "gain", "increase"}),
    "<downside>": lambda clause: _holds_word(clause, {"downside", "drop", "decline", "fall"}),
    "<active>": lambda clause: not clause.passive,
    "<company-sum>": lambda clause: any(
        token.lemma_.lower() in {"company", "unicorn", "firm", "startup"} for token in clause.head.subtree
    ),
}
