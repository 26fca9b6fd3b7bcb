"""Ways of training and building by their own words: "GRPO", "a Mixture-of-Experts architecture", "query attention".

Their names are in no table and the parser is often at a loss before them ("employs sliding window attention"), so they
are read from the characters of the sentence: known abbreviations, and nouns of method with the words before them.
"""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from ingest.nlp.en.lexicon import words

_FLUFF = words("methods", "fluff")
# Not before the noun: verbs and small words end the phrase to its left.
_INNER_TAGS = frozenset({"JJ", "NN", "NNP", "NNS", "VBN", "VBG", "CD", "HYPH", "JJR", "NNPS", "FW"})
_LONGEST = 5
_CHAINED = re.compile(r"mixture[- ]of[- ]experts?(?: (?:\(MoE\) ?)?architecture)?", re.IGNORECASE)
# Before a name these make it the other way, or an aside: "rather than PPO", "(challenged by the DPO author".
_ASIDE = re.compile(
    r"(?:\([^()]*|\b(?:than|instead of|rather than|compared (?:to|with)|unlike|versus|vs\.?|no|not|without|never|"
    r"(?:variants?|drop|cost|form|kind) of)(?: [\w/-]+){0,3}[ /])$",
    re.IGNORECASE,
)
_LISTED = "|".join(sorted(words("methods", "initials"), key=len, reverse=True))
_INITIALS = re.compile(rf"(?<![\w-])(?:{_LISTED})(?!\w)")


def find_methods(doc: Doc) -> Iterator[tuple[Token, str]]:
    """The methods a sentence names in order, each at its last token, none inside another."""
    spans = [match.span() for pattern in (_CHAINED, _INITIALS) for match in pattern.finditer(doc.text)]
    spans += [span for token in doc if _heads_method(token) and (span := _find_phrase(token))]
    reached = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        token = next((t for t in doc if t.idx < end <= t.idx + len(t.text)), None)
        if start >= reached and token is not None:
            reached = end
            if not _ASIDE.search(doc.text[:start]):
                yield token, doc.text[start:end]


def _heads_method(token: Token) -> bool:
    """Whether a token is a noun of method that is not itself part of a longer one ("attention layers")."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    inner = following is not None and _is_noun(following) and token.dep_ in {"compound", "nmod", "amod"}
    return _is_noun(token) and not inner


def _is_noun(token: Token) -> bool:
    return token.lower_.removesuffix("s") in words("methods", "nouns") or token.lower_ in words("methods", "nouns")


def _find_phrase(token: Token) -> tuple[int, int] | None:
    """The noun with the words that say which; a bare "learning" or "design" names no method."""
    left = token.i
    while left > 0 and token.i - left < _LONGEST and _belongs(token.doc[left - 1]):
        left -= 1
    while left < token.i and (token.doc[left].lower_ in _FLUFF or token.doc[left].is_punct):
        left += 1
    if left == token.i and token.lower_ not in words("methods", "alone"):
        return None
    return token.doc[left].idx, token.idx + len(token.text)


def _belongs(token: Token) -> bool:
    """Whether a word left of the noun is a part of the method's name."""
    if token.is_quote or token.text in {"-", "–", "/"}:
        return token.text == "-"
    joined = token.i + 1 < len(token.doc) and token.doc[token.i + 1].text == "-"
    finite = token.dep_ in {"ROOT", "relcl", "conj", "advcl"} and token.pos_ in {"VERB", "AUX"}
    return joined or (token.tag_ in _INNER_TAGS and not finite and token.lower_ not in _FLUFF - {"own"})
