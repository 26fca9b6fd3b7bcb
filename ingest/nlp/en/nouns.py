"""Noun phrases that name nobody: their own words, and how they point at what was named."""

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.nlp.en.lexicon import get_noun, words

_PAST = frozenset({"former", "ex", "ex-", "onetime", "one-time", "erstwhile", "previous"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "both"})
_OURS = frozenset({"our", "new", "latest", "flagship"})
_OTHER = frozenset(
    {
        "first",
        "second",
        "third",
        "next",
        "other",
        "previous",
        "earlier",
        "old",
        "older",
        "larger",
        "smaller",
        "original",
        "upcoming",
        "forthcoming",
    }
)
_POSTMODIFIERS = frozenset(
    {"prep", "pobj", "amod", "det", "compound", "acl", "acomp", "advmod", "poss", "case", "nummod"}
)


def describe(token: Token) -> str:
    """The words of a noun phrase without its articles and clauses: "people familiar with the matter"."""
    mark = {child for child in token.children if child.dep_ == "case"}
    kept = sorted((t for t in _iter_phrase(token) if t not in mark), key=lambda t: t.i)
    while kept and (kept[0].dep_ == "det" or kept[0].is_punct):
        kept.pop(0)
    while kept and kept[0].text.startswith("-") and kept[0].i > 0:  # what the hyphen joins, wherever the parse put it
        kept.insert(0, token.doc[kept[0].i - 1])
    while len(kept) > 1 and kept[-1].pos_ in {"ADP", "SCONJ", "PUNCT"}:
        kept.pop()
    return "".join(t.text + ("" if _clings(kept, i) else " ") for i, t in enumerate(kept[:9])).strip()


def _clings(words_kept: list[Token], index: int) -> bool:
    """Whether the next word follows without a space, as it does in the text."""
    following = words_kept[index + 1] if index + 1 < len(words_kept) else None
    return following is not None and following.i == words_kept[index].i + 1 and not words_kept[index].whitespace_


def _iter_phrase(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        linked = child.dep_ == "acl" and child.lemma_ in {"link", "tie", "connect", "affiliate", "associate", "brief"}
        if child.dep_ == "prep" and child.lower_ == "as":
            continue  # "dismissed the figure as bogus"
        if linked or (child.dep_ in _POSTMODIFIERS and child.pos_ not in {"VERB", "AUX", "PUNCT"}):
            yield from _iter_phrase(child)


def iter_inner_compounds(token: Token) -> Iterator[Token]:
    """What stands before a noun that stands before another: "the Qwen2.5 language models"."""
    for child in token.children:
        if child.dep_ in {"compound", "nmod", "amod"} and child.pos_ in {"NOUN", "ADJ"}:
            yield from (inner for inner in child.children if inner.dep_ in {"compound", "nmod"})


def is_share(token: Token) -> bool:
    return get_noun(token) in words("nouns", "shares")


def are_people(token: Token) -> bool:
    return get_noun(token) in words("reporting", "unnamed") | words("nouns", "people")


def describes(token: Token) -> bool:
    """Whether a noun that names nobody is worth keeping in its own words: people that act, things that are made."""
    noun = get_noun(token)
    made = noun in words("nouns", "artefacts") and token.dep_ in {"dobj", "conj"}
    return noun in words("nouns", "agents") or (made and not is_definite(token))


def is_definite(token: Token) -> bool:
    own = any(child.dep_ in {"det", "poss"} and child.lower_ in _DEFINITE for child in token.children)
    return own or _is_pointed_at(token)


def is_ours(token: Token) -> bool:
    """Whether "our model" is just the one that a post is about; "our largest", "our previous model" is another."""
    before = [child for child in token.children if child.dep_ not in {"punct", "prep", "relcl"} and child.i < token.i]
    return any(child.lower_ == "our" for child in before) and all(child.lower_ in _OURS for child in before)


def is_another(token: Token) -> bool:
    """Whether a noun with "the" is yet to be told of: "the first model", "the larger version"."""
    return any(child.lower_ in _OTHER for child in token.children if child.i < token.i)


def _is_pointed_at(token: Token) -> bool:
    """Whether "this" stands before a noun over a row of adjectives: "This multimodal, Apache 2 licensed model"."""
    for before in reversed(token.doc[max(0, token.i - 8) : token.i]):
        if before.lower_ in {"this", "these"}:
            return before.i < token.i - 1
        if before.pos_ not in {"ADJ", "ADV", "NOUN", "PROPN", "NUM", "PUNCT", "CCONJ"} and before.tag_ != "VBN":
            return False
    return False


def is_several(token: Token) -> bool:
    """Whether a description tells of several, which no single name is: "the publishers"."""
    return token.tag_ in {"NNS", "NNPS"}


def is_past(token: Token) -> bool:
    """Whether somebody belongs no longer to whom he is named after: "two former Acme researchers"."""
    return any(child.lower_ in _PAST for child in token.children)


def is_bare(token: Token) -> bool:
    """Whether nothing says whose or which: "Shares rose"."""
    return token.tag_ == "NNS" and not any(
        child.dep_ in {"amod", "compound", "prep", "poss"} for child in token.children
    )
