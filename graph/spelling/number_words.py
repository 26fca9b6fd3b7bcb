"""English words for numbers, for whatever reads them: amounts of claims and sums of sentences."""

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"

CARDINALS = {word: value for value, word in enumerate(_SMALL.split())} | {
    word: 10 * tens for tens, word in enumerate(_TENS.split(), start=3)
}
"""From zero to twenty, then thirty to ninety."""
ORDINALS = {word: place for place, word in enumerate(_ORDINALS.split(), start=1)}
"""From first to tenth."""
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "million": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6,
    "crore": 1e7, "billion": 1e9, "bn": 1e9, "bln": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "trn": 1e12,
}  # fmt: skip
"""Written out or short, in lower case."""
LETTERS = {ord("İ"): "I", ord("ı"): "i", ord("ſ"): "s"}
"""Letters that match an i or an s where case is ignored, though `lower()` makes none of them: what words are looked up
in a table by is read without them."""
