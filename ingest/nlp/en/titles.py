"""Headlines in capitals as the parser can read them: "Acme Slashes Prices" as "Acme slashes prices".

In a line where Nearly Every Word Is Written So, the parser takes verbs for names. Words that a dictionary has go into
small letters; names that the tables know stay as they are, and so does a word of which the dictionary knows nothing.
"""

import re
from collections.abc import Container, Sequence
from functools import lru_cache

from spacy.language import Language as Pipeline

# Of words that a title writes with a capital; short ones ("of", "to") stay small in any style.
_LONG_WORD = re.compile(r"(?<![\w'’.@/-])[A-Za-z][a-z'’]{3,}(?![\w@])")
_WORD = re.compile(r"(?<![\w'’.@/&])[A-Z][a-z]+(?![\w@])(?!\.\w)(?! (?:Inc|Corp|Ltd|LLC|Plc|Group|Holdings)\b)")
_LEAST_WORDS = 2
_LEAST_SHARE = 0.75
_ENDINGS = (
    ("", ""),
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("d", ""),
)
_OPEN = ("noun", "verb", "adj", "adv")


def calm_title(text: str, names: Sequence[tuple[int, int]], dictionary: Container[str]) -> str:
    """The text, of the same length, with the ordinary words of a line in title case in small letters."""
    if not _is_title_case(text, names):
        return text
    return _WORD.sub(lambda match: _calm(match, names, dictionary), text)


def get_dictionary(pipeline: Pipeline) -> Container[str]:
    """The ordinary words that a parser's lemmatizer knows, with its stop words; empty when it has none."""
    return _load_dictionary(pipeline)


@lru_cache(maxsize=2)
def _load_dictionary(pipeline: Pipeline) -> frozenset[str]:
    known = set(pipeline.Defaults.stop_words)
    lemmatizer = pipeline.get_pipe("lemmatizer") if pipeline.has_pipe("lemmatizer") else None
    tables = getattr(lemmatizer, "lookups", None)
    if tables is not None and tables.has_table("lemma_index"):
        index = tables.get_table("lemma_index")
        known.update(word for kind in _OPEN for word in index.get(kind, ()))
        exceptions = tables.get_table("lemma_exc")
        known.update(word for kind in _OPEN for word in exceptions.get(kind, {}))
    return frozenset(known)


def _is_title_case(text: str, names: Sequence[tuple[int, int]]) -> bool:
    own = [match for match in _LONG_WORD.finditer(text) if not _lies_in(match.start(), names)]
    capital = sum(match.group()[0].isupper() for match in own)
    return len(own) >= _LEAST_WORDS and capital >= _LEAST_SHARE * len(own)


def _calm(match: re.Match[str], names: Sequence[tuple[int, int]], dictionary: Container[str]) -> str:
    word = match.group().lower()
    if _lies_in(match.start(), names) or not _is_ordinary(word, dictionary):
        return match.group()
    return word


def _is_ordinary(word: str, dictionary: Container[str]) -> bool:
    stems = [word.removesuffix(ending) + rest for ending, rest in _ENDINGS if word.endswith(ending)]
    doubled = re.sub(r"(.)\1(?:ed|ing)$", r"\1", word)
    return any(stem in dictionary for stem in (*stems, doubled))


def _lies_in(offset: int, names: Sequence[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in names)
