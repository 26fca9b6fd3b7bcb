"""What sentences say in words, where parties do not tell it; the same in both languages where a glossary has them."""

import re
import unicodedata
from functools import lru_cache

from graph.propositions.glossary import CONCEPTS, find_concepts, stem_concept
from graph.records import Claim

_LATIN = re.compile(r"[a-z][a-z0-9.\-]+|\d[\d.,]*")
_JAPANESE = re.compile(r"[一-鿿々]+|[ァ-ヴー]+")
_KANA_OR_KANJI = re.compile(r"[ぁ-ヿ一-鿿]")
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "a about after again all also an and any are as at be been before being but by can could did do does for from "
        "had has have he her his how if in into is it its just may might more most no not now of on one only or other "
        "our out over said say says she so some such than that the their them then there these they this those to too "
        "up very was we were what when where which while who will with would you your",
    )
)
# Two sentences of different languages share at least so many words of the glossary, and this part of the fewer.
_SHARED_CONCEPTS = 2
_SHARED_PART = 0.6

# Talks and plans are told as such, whether firmly or not: what they are about is not yet so.
_PLANNED = re.compile(
    r"\b(?:in talks|talks (?:with|to|about|over)|under discussion|discussing|negotiat\w+|considering|weighing|"
    r"exploring|plans? to|planning to|intends? to|hopes? to|is set to|would)\b"
    r"|交渉|協議|検討|計画|予定|方針|見通し|見込み|意向",
    re.IGNORECASE,
)


@lru_cache(20_000)  # some 10 MB, shared with what scopes.py keeps
def is_planned(text: str) -> bool:
    """Whether a sentence speaks of talks or plans."""
    return bool(_PLANNED.search(text))


def find_topic(claim: Claim) -> frozenset[str]:
    """The words of its sentence (find_words)."""
    return find_words(claim.text)


@lru_cache(4_096)  # asked of a sentence for its claim, then for its part of a matter: some 15 MB
def find_words(text: str) -> frozenset[str]:
    """The words of a text that carry meaning, stemmed; Japanese ones as pairs of characters and as stems."""
    text = fold_text(text)
    runs = _JAPANESE.findall(text)
    pairs = {run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1))}
    return frozenset(find_stems(text) | pairs | (find_concepts(text) if pairs else frozenset()))


def compare_topics(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the words two sentences share, 0 to 1; across languages of those that the glossary knows."""
    if is_japanese(one) is is_japanese(other):
        together = len(one | other)
        return len(one & other) / together if together else 1.0
    known = one & CONCEPTS, other & CONCEPTS
    common, least = len(known[0] & known[1]), min(map(len, known))
    return common / least if common >= _SHARED_CONCEPTS and common >= _SHARED_PART * least else 0.0


@lru_cache(4_096)  # those of find_words, compared with many others each
def is_japanese(topic: frozenset[str]) -> bool:
    """Whether the words were Japanese ones."""
    return any(_KANA_OR_KANJI.match(word) for word in topic)


def fold_text(text: str) -> str:
    """Text in one width and case, with one word for America."""
    return unicodedata.normalize("NFKC", text).casefold().replace("u.s.", "america").replace("米国", "アメリカ")


def find_stems(text: str) -> frozenset[str]:
    """The Latin words of folded text that carry meaning, stemmed."""
    return frozenset(_stem(word) for word in _LATIN.findall(text) if word not in _SMALL)


@lru_cache(20_000)  # the news have few words
def _stem(word: str) -> str:
    word = word.strip(".-,")
    for ending in ("ing", "ed", "es", "s"):
        if len(word) >= len(ending) + 3 and word.endswith(ending):
            return stem_concept(word[: -len(ending)])
    return stem_concept(word)
