"""How names sound, so coarsely that a name in katakana and the same one in Latin letters come out alike.

Vowels, length and voice go, since katakana renders them in many ways; what stays are the places where consonants are
made: K, S, T, P, M, N, R. ノートリンク and Notelink are both NTRNK.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import Indel, Levenshtein

_SHORTEST = 3
# Shorter ones with a place missing, added or changed are too many.
_SHORTEST_NEARLY = 6
# So much of a short one's letters is the same.
_ALIKE = 0.85
# A version that both have tells of one thing too.
_SHORTEST_VERSIONED = 2

_KANA = {
    "K": "カキクケコガギグゲゴ",
    "S": "サシスセソザジズゼゾチヂ",
    "T": "タツテトダヅデド",
    "N": "ナニヌネノン",
    "P": "フバビブベボパピプペポヴ",
    "M": "マミムメモ",
    "R": "ラリルレロ",
}
_SOUND_OF = {kana: sound for sound, row in _KANA.items() for kana in row}
_NAME_IN_KANA = re.compile(r"[ァ-ヴー・ 　&＆]+")
# "Harrow & Pike" is ハロー・アンド・パイク or ハロー＆パイク.
_AND = re.compile("[&＆]")
# Behind the name of a thing of which there are several: "Velisk-2".
_VERSION = re.compile(r"(?<=[a-zA-Z])[-‐ ・]?(?P<version>[A-Z]?\d[0-9A-Za-z.]*)$")
# What stays in Latin letters behind katakana: ヴェリスク2, ノーベインAI.
_TAIL = re.compile(r"(?<=[ァ-ヴー])[-‐ ・]?(?P<tail>[0-9A-Za-z][0-9A-Za-z.\- ]*)$")
# A firm is called with it or without.
_SILENT_TAIL = "ai"

# In order; a vowel is written as a full stop from here on, so that what stands beside it can be seen.
_LATIN = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tech", "t.k"),
        (r"^kn|^gn", "n"),
        (r"^wr", "r"),
        (r"tion|sion", "s.n"),
        (r"ture\b", "s."),
        (r"gh(?=t)", ""),
        (r"gh", "k"),
        (r"ph", "p"),
        (r"sch|tch|ch|sh|th", "s"),
        (r"dge|dj", "s."),
        (r"c(?=[eiy])", "s"),
        (r"g(?=[eiy])", "s"),
        (r"j", "s"),
        (r"ck|qu|q|c|g", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"m(?=[bpf])", "n"),
        (r"ng(?![.aeiouy])", "nk"),
        (r"[bvf]", "p"),
        (r"d", "t"),
        (r"[aeiouy]+", "."),
        (r"([a-z])\1+", r"\1"),
        (r"r(?!\.)", ""),
        (r"l", "r"),
        (r"[hw]", ""),
        (r"[^ksptmnr]", ""),
    )
)
_SILENT = re.compile(r"(?<=[aeiouy][rlnmktpdsv])e\b")
_TWICE = re.compile(r"(.)\1+")
# Letters of two sounds, with the one that the table above has not: Gear, Thompson, Samsung, Labs (ラボ), Rahul (フ).
_EITHER = (
    (re.compile(r"g(?=[eiy])"), "k"),
    (re.compile(r"th"), "t"),
    (re.compile(r"ng$"), "n"),
    (re.compile(r"(?<=lab)s$"), ""),
    (re.compile(r"h(?=u)"), "p"),
)
# Katakana drops the r of English names and keeps that of others (Tarquena, タルケーナ); an m before p or b is either,
# and the t of Ostler is silent.
_KEPT = ((re.compile(r"r(?![aeiouy])"), "ra"), (re.compile(r"m(?=[bp])"), "ma"), (re.compile(r"stl"), "sl"))


def is_kana(name: str) -> bool:
    """Whether a name is written in katakana, but for Latin letters behind it: ヴェリスク2, ノーベインAI."""
    return bool(_NAME_IN_KANA.fullmatch(drop_tail(name)))


def sound_alike(kana: str, latin: str) -> bool:
    """Whether a name in katakana may be that one in Latin letters; short ones are too alike to say by sound alone.

    What stands behind them in Latin letters or figures is the same, or neither has any; AI may be left out.
    """
    name, tail = _part_kana(kana)
    sound = _sound_of_kana(name)
    least = _SHORTEST_VERSIONED if tail else _SHORTEST
    other = _drop_same(latin, tail)
    if other is None or sound not in _sounds_of_latin(other, kept=True):
        return False
    return len(sound) >= least or (len(sound) == least - 1 and _is_spelled_alike(name, other))


def _is_spelled_alike(kana: str, latin: str) -> bool:
    """Whether a short name has its vowels in common too: バニヤン and Banyan, ノア and Noah."""
    spelled, other = (re.sub("[^a-z]", "", anyascii(name).lower()).replace("l", "r") for name in (kana, latin))
    other = other.removesuffix(_SILENT_TAIL) if len(other) > len(spelled) else other
    return bool(spelled) and spelled[0] == other[:1] and Indel.normalized_similarity(spelled, other) >= _ALIKE


def sound_nearly_alike(kana: str, latin: str) -> bool:
    """Whether at most one place of six or more differs, nothing behind: オディール・ブランヴィク, Odile Brandvik."""
    name, tail = _part_kana(kana)
    sound = _sound_of_kana(name)
    other = _drop_same(latin, tail)
    if other is None or len(sound) < _SHORTEST_NEARLY:
        return False
    sounds = (one for one in _sounds_of_latin(other, kept=True) if len(one) >= _SHORTEST_NEARLY)
    return any(Levenshtein.distance(sound, one, score_cutoff=1) <= 1 for one in sounds)


def count_sounds(kana: str) -> int:
    """How many places a name in katakana has, what is in other letters aside."""
    return len(_sound_of_kana(drop_tail(kana)))


def drop_tail(kana: str) -> str:
    """A name in katakana without what stays in Latin letters behind it: ヴェリスク of ヴェリスク2."""
    return _TAIL.sub("", kana)


def _part_kana(kana: str) -> tuple[str, str]:
    """A name in katakana and what stays in Latin letters behind it, folded; that is empty where nothing does, or AI."""
    found = _TAIL.search(kana)
    if found is None:
        return kana, ""
    tail = found["tail"].casefold()
    return kana[: found.start()], "" if tail == _SILENT_TAIL else tail


def _drop_same(latin: str, tail: str) -> str | None:
    """A name in Latin letters without what stands behind the other; None when it has another there."""
    if not tail:
        return None if _VERSION.search(latin) else latin
    found = re.fullmatch(rf"(?P<name>.*[a-z])[-‐ ・]?{re.escape(tail)}", latin.casefold())
    return found["name"] if found else None


def list_sounds(name: str, *, kept: bool = False) -> frozenset[str]:
    """How a name may sound, in katakana one way, in Latin letters some; nothing where it is too short to say.

    kept  also what of names that are not English only katakana keeps
    """
    sounds = frozenset({_sound_of_kana(name)}) if _NAME_IN_KANA.fullmatch(name) else _sounds_of_latin(name, kept=kept)
    return frozenset(sound for sound in sounds if len(sound) >= _SHORTEST)


def _sound_of_kana(name: str) -> str:
    return _TWICE.sub(r"\1", "".join(_SOUND_OF.get(character, "") for character in _AND.sub("アンド", name)))


@lru_cache(maxsize=10_000)  # an eighth of a millisecond each, and the same names come again and again
def _sounds_of_latin(name: str, *, kept: bool = False) -> frozenset[str]:
    """More than one where a letter has two sounds; `kept`: also those that only names of other languages have."""
    plain = unicodedata.normalize("NFKD", _AND.sub("and", name.casefold())).encode("ascii", "ignore").decode()
    readings = {re.sub(r"[^a-z]", "", _SILENT.sub("", plain))}
    for pattern, sound in (*_EITHER, *(_KEPT if kept else ())):
        readings |= {pattern.sub(sound, letters) for letters in readings}
    return frozenset(_sound(letters) for letters in readings)


def _sound(letters: str) -> str:
    for pattern, sound in _LATIN:
        letters = pattern.sub(sound, letters)
    return _TWICE.sub(r"\1", letters.upper())
