"""Where quoted words stand in a text, letter by letter; white space and the shape of signs apart."""

import re
import unicodedata
from collections.abc import Iterator

from ingest.nlp.document import Span
from ingest.nlp.folding import is_whole

# Models straighten quotation marks and hyphens; each of these is one character of the text all the same.
_SHAPES = str.maketrans(
    {**dict.fromkeys("‘’‛′", "'"), **dict.fromkeys("“”„‟″", '"'), **dict.fromkeys("‐‑‒–—―−", "-"), "〜": "~"}
)
_SPACE = re.compile(r"\s+")


class Quotes:
    """Finds words in one text."""

    def __init__(self, text: str) -> None:
        self._text, self._plain = text, _straighten(text)

    def find(self, words: str, within: Span) -> Span | None:
        """The first place of some words, not inside longer ones; None where they do not stand."""
        return next(self.iter(words, within), None)

    def iter(self, words: str, within: Span) -> Iterator[Span]:
        """Every place of some words, those first that stand whole; parts of Latin words are no place of them.

        "The company" is quoted by "the company" too: models begin with a capital, or do not, as it suits their list.
        """
        plain = _straighten(words).strip()
        if not plain:
            return
        rest = r"\s+".join(re.escape(part) for part in _SPACE.split(plain[1:]))
        found = [match.span() for match in re.compile(_begin(plain[0]) + rest).finditer(self._plain, *within)]
        whole = [span for span in found if is_whole(self._text, *span)]
        # Kana and kanji run on without a space: 盗用した of 盗用したとされる, アリババ of アリババグループ.
        yield from whole or ([] if plain.isascii() else found)


def _begin(letter: str) -> str:
    return f"[{letter}{letter.swapcase()}]" if letter.isascii() and letter.isalpha() else re.escape(letter)


def _straighten(text: str) -> str:
    """The text in plain signs and half-width letters, as long as before: each is one character still."""
    if text.isascii():
        return text
    return "".join(map(_fold, text)).translate(_SHAPES)


def _fold(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char
