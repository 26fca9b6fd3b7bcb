"""Whether a name in kanji may be read as one in Latin letters: 森田健司 as Kenji Morita, 藍海科技 as Lanhai Technology.

Japanese names are read by a table of what each character may stand for in names (readings.tsv): of 340 names of people,
written by who did not know it, 338 are read as they should be, and of 115,000 wrong pairs of these three are. Chinese
names go by the sound that Unicode gives a character.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from anyascii import anyascii

_NAME = re.compile(r"[一-龠々髙﨑]{2,10}[ァ-ヶー]{0,8}")
_KANJI = re.compile(r"[一-龠々髙﨑]+")
_REPEATED = re.compile(r"(.)々")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
# Of a firm what is read has two characters at least, and this many letters.
_CORE, _LETTERS = 2, 4
# No characters that are read as one are more than these.
_LONGEST = 5
# A firm has no more words behind the one that is read.
_MORE_WORDS = 3
# Long vowels are written in many ways, n before a lip is m to some, and a doubled consonant says nothing.
_PLAIN = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"[^a-z]", ""),
        (r"o(?:u|o|h(?![aeiouy]))", "o"),
        (r"uu", "u"),
        (r"m(?=[bmp])", "n"),
        (r"tch", "ch"),
        (r"([kstpcgdbz])\1", r"\1"),
    )
)
# Inside a name a consonant may be voiced: kawa is gawa in 長谷川.
_VOICED = (
    *(("ch", "j"), ("sh", "j"), ("ts", "z"), ("k", "g"), ("s", "z"), ("t", "d")),
    *(("h", "b"), ("h", "p"), ("f", "b"), ("f", "p")),
)
# These endings are clipped before a consonant (一 is i in 一光, Ikko), and these words go unwritten (井上 Inoue).
_CLIPPED = ("tsu", "chi", "ku", "ki")
_UNWRITTEN = ("no", "ga")
# New Japanese forms that are other characters in Chinese.
_OLD = str.maketrans("囲仮価殻戯軽芸欠糸蔵鉄伝浜豊", "圍假價殼戲輕藝缺絲藏鐵傳濱豐")
# What firms do: two that do different things are two.
_TRADES = tuple(
    (re.compile(rf"(?:{pattern})\w{{0,2}}$"), words)
    for pattern, words in (
        ("銀行", "bank"),
        ("証券", "securities"),
        ("保険|生命", "insurance life"),
        ("大学", "university"),
        ("化学|化成", "chemical chemicals"),
        ("電力", "power electric"),
        ("電機|電気|電工|電器", "electric electronics machinery"),
        ("自動車|汽車", "motor motors auto automobile automotive"),
        ("製薬|薬品|医薬", "pharma pharmaceutical pharmaceuticals"),
        ("半導体|芯片|集成", "semiconductor semiconductors chip chips"),
        ("製鋼|製鉄|鉄鋼", "steel"),
        ("建設", "construction"),
        ("新聞", "shimbun newspaper news"),
        ("通信", "communications telecom news"),
        ("研究所|研究院|総研|研究", "research institute laboratory labs"),
        ("重工", "heavy"),
        ("汽船|海運|郵船", "kisen shipping lines"),
        ("商事|通商|物産|商会", "trading shoji tsusho corporation"),
        ("造船", "shipbuilding"),
        ("ガス", "gas"),
        ("放送|テレビ", "broadcasting television"),
        ("ロボット|機器人", "robot robots robotics"),
    )
)
# First words that firms of one house or one town share, as they are written plainly.
_SHARED = frozenset([
    "nipon", "nihon", "tokyo", "osaka", "kyoto", "hokaido", "fukuoka", "nagoya", "yokohama", "kobe", "kawasaki",
    "toyota", "hitachi", "sumitomo", "mitsui", "mitsubishi", "fuji", "beijing", "shanghai", "shenzhen",
])  # fmt: skip
# A court, the police and a town are no firm.
_NO_FIRM = re.compile(r"(?:地裁|高裁|地検|高検|府警|県警|道警|[市県府都庁省区町村])$")


def is_kanji(name: str) -> bool:
    """Whether a name is written in kanji, but for katakana behind them: 森田健司, 鳴海ロボット."""
    return bool(_NAME.fullmatch(name))


@lru_cache(50_000)  # the names of a story come again with each of its articles
def reads_as(kanji: str, latin: str, *, person: bool) -> bool:
    """Whether a name in kanji may be that one in Latin letters: a person's, in either order, or else a firm's, of which
    the first word is read and what it does may be left out, but is not another thing."""
    words = _WORD.findall(latin)
    written = _REPEATED.sub(r"\1\1", kanji)
    openings = {_make_plain(word)[:1] for word in (words if person else words[:1])}
    if openings.isdisjoint(_list_openings(written)):  # as most are
        return False
    return (_is_person if person else _is_firm)(written, words)


def _is_person(kanji: str, words: list[str]) -> bool:
    if len(words) != 2 or not _KANJI.fullmatch(kanji):
        return False
    if _sound(kanji) == _make_plain("".join(words)):  # Liang Wenfeng
        return True
    return any(
        _reads(kanji[:cut], family) and _reads(kanji[cut:], given)
        for family, given in (words, words[::-1])
        for cut in range(1, len(kanji))
    )


def _is_firm(kanji: str, words: list[str]) -> bool:
    first = words[0]
    if _NO_FIRM.search(kanji) or len(words) > 1 + _MORE_WORDS or len(_make_plain(first)) < _LETTERS:
        return False
    if not _may_do(kanji, words[1:], told=_make_plain(first) in _SHARED):
        return False
    whole = _KANJI.match(kanji)
    length = whole.end() if whole else 0
    return any(
        _sound(kanji[:end]) == _make_plain(first) or _reads(kanji[:end], first) for end in range(length, _CORE - 1, -1)
    )


def _may_do(kanji: str, words: list[str], *, told: bool) -> bool:
    """Whether neither name says that it is another trade's than the other; `told`: both say the same one."""
    mine = {word for pattern, these in _TRADES if pattern.search(kanji) for word in these.split()}
    theirs = {word.lower() for word in words} & {word for _, these in _TRADES for word in these.split()}
    return not mine.isdisjoint(theirs) or not (told or (mine and theirs))


@lru_cache(10_000)
def _list_openings(kanji: str) -> frozenset[str]:
    """The letters with which it may begin."""
    read = (said for end in range(1, _LONGEST + 1) for said in _list_said(kanji[:end], first=True, last=False))
    return frozenset(one[:1] for one in (*read, _sound(kanji)))


@lru_cache(10_000)
def _sound(kanji: str) -> str:
    """How Chinese is it said, plainly."""
    return _make_plain("".join(map(anyascii, kanji.translate(_OLD))))


@lru_cache(50_000)
def _make_plain(word: str) -> str:
    """A word in what the many ways to write it have in common."""
    plain = unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode()
    for pattern, replacement in _PLAIN:
        plain = pattern.sub(replacement, plain)
    return plain


def _reads(kanji: str, word: str) -> bool:
    """Whether characters may be read as a word, each in one of its ways."""
    word = _make_plain(word)
    ways, seen = [(0, 0)], set()
    while ways:
        way = at, place = ways.pop()
        if way == (len(kanji), len(word)):
            return True
        if at < len(kanji) and way not in seen:
            seen.add(way)
            ways += _iter_ways(kanji, at, word, place)
    return False


def _iter_ways(kanji: str, at: int, word: str, place: int) -> Iterator[tuple[int, int]]:
    """How far the characters from there may reach in the word."""
    starts = [place, *(place + len(no) for no in _UNWRITTEN if at and word.startswith(no, place))]
    for end in range(at + 1, min(at + _LONGEST, len(kanji)) + 1):
        for said in _list_said(kanji[at:end], first=at == 0, last=end == len(kanji)):
            yield from ((end, start + len(said)) for start in starts if word.startswith(said, start))
            # Two vowels that meet are one long one.
            if place and said[0] in "uo" and word[place - 1] in "uo" and word.startswith(said[1:], place):
                yield end, place + len(said) - 1


@lru_cache(20_000)
def _list_said(characters: str, *, first: bool, last: bool) -> tuple[str, ...]:
    """The ways in which they are said there."""
    said = {_make_plain(reading) for reading in _read_table().get(characters, ())}
    if not first:
        said |= {voiced + one[len(plain) :] for one in said for plain, voiced in _VOICED if one.startswith(plain)}
    if not last:
        said |= {one[: -len(end)] for one in said for end in _CLIPPED if one.endswith(end) and one != end}
    return tuple(sorted(said - {""}))


@cache
def _read_table() -> dict[str, tuple[str, ...]]:
    lines = Path(__file__).with_name("readings.tsv").read_text("utf-8").splitlines()
    return {kanji: tuple(readings.split(" ")) for kanji, readings in (line.split("\t") for line in lines)}
