"""Which words are spelled nearly alike: for what was mistyped. Long vowels and small kana do not tell words apart."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

_SMALL = str.maketrans("ァィゥェォャュョッヮ", "アイウエオヤユヨツワ", "ー")
_SHORT_WORD = 5


def fold_sounds(word: str) -> str:
    """A spelling without long vowels, small kana written as large ones."""
    return word.translate(_SMALL) or word


def count_edits(one: str, other: str, most: int) -> int:
    """Letters put in, left out, exchanged or swapped with their neighbour; `most` + 1 when there are more."""
    return int(OSA.distance(fold_sounds(one), fold_sounds(other), score_cutoff=most))


def allow_edits(word: str) -> int:
    """How many edits a mistyped word may be away from what was meant."""
    return 1 if len(fold_sounds(word)) <= _SHORT_WORD else 2


def rank_alike(word: str, known: Iterable[str], *, near: bool = False) -> tuple[str, ...]:
    """The known words, the most alike first; of equally alike ones in their order.

    near  only those as near as a mistyped word can be
    """
    most = allow_edits(word) if near else 100
    counted = [(count_edits(word, one, most), one) for one in known]
    return tuple(one for edits, one in sorted(counted, key=lambda pair: pair[0]) if not near or edits <= most)


def find_nearest(word: str, known: Iterable[str]) -> str:
    """The known spelling nearest to a mistyped word; nothing where none is near. The word itself is none."""
    most = allow_edits(word)
    counted = ((count_edits(word, one, most), one) for one in known if one != word)
    edits, nearest = min(counted, default=(most + 1, ""))
    return nearest if edits <= most else ""
