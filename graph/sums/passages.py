"""A text cut into sentences, each with what stands just before it: from these a sum takes its numbers."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.spelling.kana import find_language, is_japanese
from graph.sums import english, english_words, japanese, japanese_words
from graph.sums.numerals import COUNT, Numeral
from graph.sums.words import Words

# A sum may reach back two sentences, and to the headline. Further off, a number is about something else.
_REACH = 2
_SHORT = {True: 14, False: 40}
# "2." at the head of a paragraph is no sentence.
_NUMBERING = re.compile(r"[(\[]?\d{1,2}[.)]")
_ENGLISH_STOP = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9$€£¥])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|No|Inc|Ltd|Co|Corp|vs|v|Gen|Sen|Rep|Gov|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|"
    r"Sept?|Oct|Nov|Dec)|\b[A-Z]|\b[a-z]\.[a-z])\.$"
)
_JAPANESE_NAME = re.compile(r"([一-龠ァ-ヶー]{2,12})[はがをのでも、]{0,2}$")
# How far from a number its name stands, and beside how many a word names none of them.
_BESIDE, _MOST_NAMED = 24, 8
_OPENERS, _CLOSERS, _STOPS = "「『（(【", "」』）)】", "。！？"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its place in characters of the text, and its numbers in its order."""

    span: tuple[int, int]
    text: str
    is_japanese: bool
    numerals: tuple[Numeral, ...]

    @property
    def words(self) -> Words:
        """The relation words of its language."""
        return japanese_words.WORDS if self.is_japanese else english_words.WORDS

    def reaches(self, span: tuple[int, int]) -> bool:
        """Whether it has a character of that place of the text."""
        return self.span[0] < span[1] and span[0] < self.span[1]


def make_sentence(text: str, start: int = 0, lang: str = "") -> Sentence:
    """The sentence that begins at a place of a text; in that language where it is known."""
    in_japanese = lang == "ja" if lang else is_japanese(text)
    numerals = japanese.find_numerals(text) if in_japanese else english.find_numerals(text)
    return Sentence((start, start + len(text)), text, in_japanese, numerals)


Counted = Mapping[str, Sequence[tuple[Sentence, Numeral]]]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with those just before it, the last one nearest, the one after it, the text's headline, and all.

    counted  by the singular of what they count, the numbers of the text, each with its sentence
    named    the same by words that stand beside them
    place    of the sentence among those of the text
    """

    sentence: Sentence
    after: Sentence | None = None
    title: Sentence | None = None
    article: tuple[Sentence, ...] = ()
    counted: Counted = field(default_factory=dict)
    named: Counted = field(default_factory=dict)
    place: int = 0

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def before(self) -> tuple[Sentence, ...]:
        """Those just before it, the last one nearest."""
        return self.list_before(_REACH)

    @property
    def numerals(self) -> tuple[Numeral, ...]:
        return self.sentence.numerals

    @property
    def words(self) -> Words:
        return self.sentence.words

    @property
    def points_back(self) -> bool:
        """Whether it begins with what points to the sentence before, or is as short as what does: 10%減だ。"""
        return bool(self.words.refers.match(self.text)) or len(self.text) <= _SHORT[self.sentence.is_japanese]

    @property
    def above(self) -> tuple[Sentence, ...]:
        """Those just before it, and the headline, each once."""
        return tuple(dict.fromkeys((*self.before, *((self.title,) if self.title else ()))))

    def list_before(self, reach: int) -> tuple[Sentence, ...]:
        """So many sentences before it, the last one nearest."""
        return self.article[max(0, self.place - reach) : self.place]

    def is_one_clause(self, one: Numeral, other: Numeral) -> bool:
        """Whether no clause begins between two numbers."""
        first, last = sorted((one, other), key=lambda found: found.span[0])
        return not self.words.clause.search(self.between(first, last))

    def between(self, one: Numeral, other: Numeral) -> str:
        """The words from the end of one number to what hedges the next."""
        return self.text[one.span[1] : other.lead]


def split_passages(text: str, lang: str = "") -> tuple[Passage, ...]:
    """The sentences of a text in order; its first line is the headline, and one of them.

    lang  the text's language, where it is known
    """
    sentences = tuple(_iter_sentences(text, lang or ("ja" if is_japanese(text) else "en")))
    end = text.find("\n")
    title = sentences[0] if sentences and end >= sentences[0].span[1] else None
    counted, named = _list_counted(sentences), _list_named(sentences)
    return tuple(
        Passage(
            one,
            next(iter(sentences[at + 1 : at + 2]), None),
            title,
            sentences,
            counted,
            named,
            at,
        )
        for at, one in enumerate(sentences)
    )


def make_singular(noun: str) -> str:
    """A noun without what makes it a plural."""
    return noun.rstrip("s")


def _list_counted(sentences: Iterable[Sentence]) -> Counted:
    counted: dict[str, list[tuple[Sentence, Numeral]]] = defaultdict(list)
    for sentence in sentences:
        for one in sentence.numerals:
            if one.unit == COUNT and one.noun:
                counted[make_singular(one.noun)].append((sentence, one))
    return dict(counted)


def _list_named(sentences: Iterable[Sentence]) -> Counted:
    named: dict[str, list[tuple[Sentence, Numeral]]] = defaultdict(list)
    for sentence in sentences:
        for one in sentence.numerals:
            for name in _list_names(sentence, one):
                named[name].append((sentence, one))
    return dict(named)


def _list_names(sentence: Sentence, one: Numeral) -> set[str]:
    """The words by which a number is named: in Japanese right before it, in English also right behind it."""
    before = sentence.text[max(0, one.lead - _BESIDE) : one.lead]
    if not sentence.is_japanese:
        return _list_words(f"{before} {sentence.text[one.end : one.end + _BESIDE]}")
    told = _JAPANESE_NAME.search(before)
    return {told[1][at:] for at in range(len(told[1]) - 1)} if told else set()


def _list_words(text: str) -> set[str]:
    return {make_singular(word) for word in re.findall(r"[a-z]{4,}", text.lower())}


def list_by_name(named: Counted, name: str) -> list[tuple[Sentence, Numeral]]:
    """The numbers that have one of the words of a name beside them; none of a word that is beside many."""
    words = _list_words(name) if name.isascii() else {name, name.lstrip("総全同")}
    found = [named.get(word, ()) for word in sorted(words)]
    return [one for numbers in found if len(numbers) <= _MOST_NAMED for one in numbers]


def _iter_sentences(text: str, default_lang: str) -> Iterator[Sentence]:
    start = 0
    for line in text.split("\n"):
        lang = find_language(line, default_lang)
        ends = _find_japanese_ends(line) if lang == "ja" else _find_english_ends(line)
        begin = 0
        for end in (*ends, len(line)):
            piece = line[begin:end]
            if piece.strip() and not _NUMBERING.fullmatch(piece.strip()):
                first = begin + len(piece) - len(piece.lstrip())
                yield make_sentence(piece.strip(), start + first, lang)
            begin = end
        start += len(line) + 1


def _find_english_ends(line: str) -> Iterator[int]:
    for stop in _ENGLISH_STOP.finditer(line):
        if not _ABBREVIATED.search(line[max(0, stop.start() - 8) : stop.start() + 1]):
            yield stop.end()


def _find_japanese_ends(line: str) -> Iterator[int]:
    """Behind each stop outside of brackets and quotes."""
    depth = 0
    for index, char in enumerate(line):
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(0, depth - 1)
        elif char in _STOPS and not depth:
            yield index + 1
