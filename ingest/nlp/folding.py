"""Text reduced to what tells names apart, with the way back to the original offsets."""

import re
import unicodedata
from dataclasses import dataclass

_JOINTS = frozenset(" \u3000-‐‑‒–−_・･=＝'’.．")
_ASCII_JOINT = re.compile(rf"(?<=[A-Za-z0-9])[{re.escape(''.join(filter(str.isascii, _JOINTS)))}](?=[A-Za-z0-9])")
_KATAKANA = range(0x30A0, 0x3100)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; character i of it came from `origin[i]` of the original."""

    text: str
    origin: tuple[int, ...]


def fold(text: str) -> Folded:
    """The text in NFKC and lower case without single spaces, hyphens, dots and ・ between letters.

    `GPT-4`, `GPT 4` and `ＧＰＴ４` fold to one form; two joints in a row, a comma or a bracket still part words.
    """
    if text.isascii():  # nothing but joints to leave out
        dropped = {match.start() for match in _ASCII_JOINT.finditer(text)}
        kept = tuple(index for index in range(len(text)) if index not in dropped)
        return Folded(_ASCII_JOINT.sub("", text).lower(), kept)
    out: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        if char in _JOINTS and _joins(text, index):
            continue
        for folded in unicodedata.normalize("NFKC", char).casefold():
            out.append(folded)
            origin.append(index)
    return Folded("".join(out), tuple(origin))


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether the span stands by itself: not inside a longer Latin word, number or run of katakana.

    A plural or possessive s behind it is no part of the name (`H800s`).
    """
    if _glued(text, start - 1, start):
        return False
    return not _glued(text, end - 1, end) or (text[end] == "s" and not text[end + 1 : end + 2].isalnum())


def _joins(text: str, index: int) -> bool:
    return 0 < index < len(text) - 1 and text[index - 1].isalnum() and text[index + 1].isalnum()


def _glued(text: str, left: int, right: int) -> bool:
    if left < 0 or right >= len(text):
        return False
    a, b = text[left], text[right]
    if _is_latin(a) and _is_latin(b):
        return True
    return _is_katakana(a) and _is_katakana(b)


def _is_latin(char: str) -> bool:
    return char.isalnum() and unicodedata.normalize("NFKC", char)[0] < "\u0250"


def _is_katakana(char: str) -> bool:
    return ord(char) in _KATAKANA and char not in "・゠"
