"""Where quoted words stand in a text, letter by letter; white space and the shape of quotation marks apart."""

import re
from collections.abc import Iterator

from ingest.nlp.document import Span
from ingest.nlp.folding import is_whole

# Models straighten quotation marks and hyphens; each of these is one character of the text all the same.
_SHAPES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "\u3000": " ", "\xa0": " "})
_SPACE = re.compile(r"\s+")


class Quotes:
    """Finds words in one text."""

    def __init__(self, text: str) -> None:
        self._text, self._plain = text, text.translate(_SHAPES)

    def find(self, words: str, within: Span) -> Span | None:
        """The first place of some words, not inside longer ones; None where they do not stand."""
        return next(self.iter(words, within), None)

    def iter(self, words: str, within: Span) -> Iterator[Span]:
        """Every place of some words, those first that stand whole; parts of Latin words are no place of them."""
        plain = words.translate(_SHAPES).strip()
        if not plain:
            return
        pattern = re.compile(r"\s+".join(re.escape(part) for part in _SPACE.split(plain)))
        found = [match.span() for match in pattern.finditer(self._plain, *within)]
        whole = [span for span in found if is_whole(self._text, *span)]
        # Kana and kanji run on without a space: 盗用した of 盗用したとされる, アリババ of アリババグループ.
        yield from whole or ([] if plain.isascii() else found)
