"""Reporting verbs put in or added after what they report: "…, the company said, …", "…, we are told, …"."""

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.nlp.en.firmness import iter_up
from ingest.nlp.en.lexicon import words

_HUNG = frozenset({"parataxis", "intj", "advcl", "ccomp", "conj"})
_KINDS = ("say", "suspect", "forecast", "accuse", "own_act", "exhibit")


def find_inserts(head: Token) -> Iterator[Token]:
    """The verbs of speech that hang below the clause of a verb and report it."""
    for node in iter_up(head):
        for child in node.children:
            if child.dep_ in _HUNG and _is_insert(child, node, head):
                yield child
            elif child.dep_ == "advcl" and child not in (head, *head.ancestors):
                yield from _find_telling(child)


def _find_telling(verb: Token) -> Iterator[Token]:
    """The verb of "as Doe puts it", "to hear Doe tell it"."""
    told = [c for c in verb.children if c.dep_ == "ccomp"] if verb.lemma_ == "hear" else [verb]
    opened = verb.lemma_ == "hear" or any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children)
    for teller in told if opened else ():
        of_it = any(c.dep_ == "dobj" and c.lower_ == "it" for c in teller.children)
        if of_it and teller.lemma_ in words("reporting", "put_it"):
            yield teller


def is_parted(node: Token, verb: Token) -> bool:
    """Whether a colon or semicolon keeps a clause before a verb from being what it reports."""
    return node.i < verb.i and any(token.text in {":", ";"} for token in node.doc[node.i : verb.i])


def _is_insert(child: Token, node: Token, head: Token) -> bool:
    lemma = child.lemma_.lower()
    if not any(lemma in words("reporting", kind) for kind in _KINDS):
        return False
    if child.i == head.i or child in list(head.ancestors) or is_parted(node, child):
        return False
    if child.dep_ == "advcl":
        bare = not any(c.dep_ in {"xcomp", "ccomp"} for c in child.children)
        return (
            bare
            and lemma in words("reporting", "say")
            and any(c.dep_ == "mark" and c.lower_ == "as" for c in child.children)
        )
    if lemma not in words("reporting", "say") and not _is_set_off(child):
        return False
    content = {"ccomp", "xcomp"} if lemma in {"tell", "inform"} else {"ccomp", "dobj", "xcomp", "prep"}
    told = [c for c in child.children if c.dep_ in content and not _is_circumstance(c)]
    has_subject = any(c.dep_ == "nsubj" for c in child.children) or lemma in {"say", "tell"}
    return not told and has_subject and (child.i > node.i or _is_enclosed(child))


def _is_enclosed(verb: Token) -> bool:
    """Whether commas enclose a verb of speech before the verb that it reports: "Acme, Doe said, has grown"."""
    doc, after = verb.doc, max(token.i for token in verb.subtree if not token.is_punct) + 1
    return verb.dep_ in {"parataxis", "intj"} and _is_set_off(verb) and after < len(doc) and doc[after].text == ","


def _is_circumstance(child: Token) -> bool:
    """Whether a phrase only tells where or when it was said: "wrote on X", "told a court on Monday"."""
    return child.dep_ == "prep" and child.lower_ in words("reporting", "venue_prep")


def _is_set_off(verb: Token) -> bool:
    """Whether a comma stands before the verb's own words."""
    start = min((c.i for c in verb.children if c.dep_ == "nsubj"), default=verb.i)
    edge = min(verb.i, *(t.i for c in verb.children if c.dep_ == "nsubj" for t in c.subtree), start)
    return edge > 0 and verb.doc[edge - 1].text in {",", "”", '"', "—", "–"}
