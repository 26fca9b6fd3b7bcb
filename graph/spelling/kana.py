"""What texts are read in, and whether words are Japanese, which their kana tell."""

import re

LANGUAGES = ("en", "ja")
"""What texts are read in, as ingest/nlp/load.py, which takes long to import, makes them; others are kept unread."""

# The signs that kana share with others (・ between two names, ー) tell nothing.
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_LETTER = re.compile(r"[^\W\d_]")
# How a name in Latin letters is written in its own language: "Sakana AI（サカナ） raised …".
_GLOSS = re.compile(r"(?<=[A-Za-z0-9]) ?[(（][^()（）\n]{1,40}[)）]")
# Beside kanji it is a remark in a Japanese line: "・電力：870MW（契約済みは3GW）".
_KANJI = re.compile(r"[\u3400-\u9fff]")
# Japanese prose is about half kana and a mixed headline has 5 % or more; an English article that quotes
# one Japanese name stays under 1 %.
_SHARE = 0.02


# In a Japanese text a line with any of them is Japanese, though it says no more than ・GPT-5（エージェント）.
_SIGN = re.compile(r"[\u3001-\u301f\u3041-\u30ff\uff05]")


def has_kana(text: str) -> bool:
    """Whether there is any kana in it."""
    return _KANA.search(text) is not None


def is_japanese(text: str) -> bool:
    """Whether a text or a line is Japanese: kana are a share of its letters, but for how a Latin name is read."""
    if not has_kana(text):
        return False
    bare = _GLOSS.sub("", text)
    told = text if _KANJI.search(bare) else bare
    letters = len(_LETTER.findall(told))
    return not letters or len(_KANA.findall(told)) > _SHARE * letters


def find_language(line: str, default: str) -> str:
    """A line's language in a text of another or the same: the text's own, but Japanese for a line in kana, and English
    for one of a Japanese text in Latin letters."""
    if default != "ja":
        return "ja" if is_japanese(line) else default
    letters = [char for char in line if char.isalpha()]
    latin = not _SIGN.search(line) and sum(char.isascii() for char in letters) > 0.9 * len(letters)
    return "en" if latin else "ja"
