"""Which language a text is in."""

import re
from functools import cache
from typing import Any

from graph.spelling.kana import LANGUAGES, is_japanese

UNKNOWN = "und"

# Of what is not read, the languages of the feeds that people add; fewer candidates, fewer wrong answers on headlines.
_CANDIDATES = ("ar", "cs", "da", "de", "en", "es", "fi", "fr", "he", "hi", "id", "it", "ja", "ko", "nl", "no", "pl")
_MORE = ("pt", "ru", "sv", "th", "tr", "uk", "vi", "zh")
_LETTER = re.compile(r"[^\W\d_]")
# Words that other languages do not share ("in", "a", "is" and "for" they do). Ordinary English prose has 12 to 20 %
# of them; a text with fewer goes to the classifier, whose model takes 0.7 CPU s to load.
_ENGLISH = re.compile(r"\b(?:the|of|and|to|that|with|was|this|from|which|its|has|have|it|by)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_ENGLISH_SHARE = 0.08
_FEWEST_WORDS = 20
# As much as the classifier needs: its answer does not change with more.
_ENOUGH = 4_000


def detect_language(text: str) -> str:
    """An ISO 639-1 code; `und` when the text has no letters."""
    sample = text[:_ENOUGH]
    if not _LETTER.search(sample):
        return UNKNOWN
    if is_japanese(sample):
        return "ja"
    words = len(_WORD.findall(sample))
    if words >= _FEWEST_WORDS and len(_ENGLISH.findall(sample)) > _ENGLISH_SHARE * words:
        return "en"
    code, _ = _load_classifier().classify(sample)
    return str(code)


@cache
def _load_classifier() -> Any:
    # Here, so that a command that detects nothing does not pay for it (0.17 CPU s, and 0.7 for the model).
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([*{*LANGUAGES, *_CANDIDATES, *_MORE}])
    return identifier
