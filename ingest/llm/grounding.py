"""What a model told, put on the words of the text: spans where they stand, refusals where they do not."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from graph.records import CueKind, Modality
from ingest.llm.overruling import overrule
from ingest.llm.quoting import Quotes
from ingest.llm.replies import Told, ToldAmount, ToldClaim, ToldName
from ingest.nlp.document import Amount, Span
from ingest.nlp.finder import Found, Words
from ingest.nlp.languages import Language
from ingest.nlp.windows import Passage

UNSAID = "~"
# A model's number and ours are one when they are so near: 1,639 for "1.64 thousand".
_NEAR = 0.011
_LONGEST_NAME = 80
_NAMES = re.compile(r"[A-ZÀ-Þ0-9]|[a-z][A-Z]|[ァ-ヶー]{2}|[一-龠々]{2}|[가-힣]{2}")
_KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
Same = Callable[[str], str | None]
"""Which listed entity a spelling means beyond doubt."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A told claim that may not stand: the sentence it was told of, the reason, and the words that it was about.

    number  its place among the claims told, from 0; -1 for what is none
    part    the part of the claim that the words are told as (`subject`, `speakers`, …); empty for the whole
    """

    sentence: int
    reason: str
    words: str
    number: int = -1
    part: str = ""


@dataclass(frozen=True, slots=True)
class Grounded:
    """What stands and what does not; `numbers` has for each claim its place among those told."""

    names: tuple[Words, ...]
    claims: tuple[Found, ...]
    refused: tuple[Refusal, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to ground on: a text cut into passages, and what is known of languages and names."""

    text: str
    passages: Sequence[Passage]
    languages: Mapping[str, Language]
    same: Same


class _Refused(Exception):
    """A part of a claim that does not stand where it was said to."""

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(reason)
        self.reason, self.words, self.part = reason, words, ""


@contextmanager
def _telling(part: str) -> Iterator[None]:
    """Notes which part of the claim it is that does not stand."""
    try:
        yield
    except _Refused as why:
        why.part = part
        raise


def ground(told: Told, reading: Reading, window: range) -> Grounded:
    """The names and claims of a reply about the sentences of a window, as far as the text has their words."""
    grounding = _Grounding(told, reading, window)
    claims: dict[int, Found] = {}
    refused = [Refusal(-1, "malformed", "")] * told.malformed
    for number, claim in enumerate(told.claims):
        try:
            found = grounding.place(claim)
        except _Refused as why:
            refused.append(Refusal(claim.sentence, why.reason, why.words, number, why.part))
        else:
            if found not in claims.values():
                claims[number] = found
    return Grounded(grounding.names, tuple(claims.values()), tuple(refused), tuple(claims))


@dataclass(frozen=True, slots=True)
class _Party:
    """Where the one meant is named, and the words of the sentence for it; None where it leaves it unsaid."""

    span: Span
    words: Span | None


class _Grounding:
    def __init__(self, told: Told, reading: Reading, window: range) -> None:
        self._reading, self._window = reading, window
        self._quotes = Quotes(reading.text)
        self._starts = [passage.span[0] for passage in reading.passages]
        self._listed = [
            (span, entity)
            for passage in reading.passages
            for span in passage.names
            if (entity := reading.same(reading.text[slice(*span)]))
        ]
        self._spellings: dict[str, tuple[str, ...]] = {}
        for name in told.names:
            known = self._spellings.get(name.name, ())
            self._spellings[name.name] = tuple(dict.fromkeys((*known, name.name, *name.spellings)))
        self._told = {one for told in self._spellings.values() for one in told if _may_name(one)}
        self.names = tuple(self._iter_names(told.names))

    def place(self, told: ToldClaim) -> Found:
        """The claim as spans. Raises _Refused."""
        number = told.sentence
        if number not in self._window:
            raise _Refused("no_sentence", str(number))
        sentence = self._reading.passages[number].span
        words = self._reading.text[slice(*sentence)]
        if any(one.lexicon.commands.search(words) for one in self._reading.languages.values()):
            raise _Refused("speaks_to_reader", words)
        subject, other = self._find("subject", told.subject, number), self._find("object", told.object, number)
        if subject is None:
            raise _Refused("no_subject", told.by)
        if other and subject.words is None and other.words is None:
            raise _Refused("unsaid", told.subject)
        benchmark = self._find("benchmark", told.benchmark, number)
        speakers = [party for one in told.speakers if (party := self._find("speakers", one, number))]
        language = self._find_language(words)
        cues = [(CueKind.ATTRIBUTION, party.words) for party in speakers if party.words]
        if told.modality is not Modality.ASSERTED:
            cues.append((CueKind.MODALITY, self._quote("modality_words", told.modality_words, sentence)))
        if told.denied:
            cues.append((CueKind.POLARITY, self._quote("denied_words", told.denied_words, sentence)))
        found = Found(
            passage=number,
            predicate=told.predicate,
            subject=subject.span,
            object=other.span if other else None,
            amount=self._find_amount(told.amount, number, language) if told.amount else None,
            benchmark=benchmark.span if benchmark else None,
            day=self._find_day(told.day, number) if told.day else None,
            speakers=tuple(dict.fromkeys(party.span for party in speakers)),
            modality=told.modality,
            denied=told.denied,
            measure=told.amount.measure if told.amount else "",
            trigger=self._quote("by", told.by, sentence),
            signs={"holds": 1.0, "core": float(not told.weak)},
            cues=tuple(cues),
        )
        ruled = overrule(found, self._reading.text, sentence, language.lexicon)
        if isinstance(ruled, str):
            raise _Refused(ruled, words)
        return ruled

    def _quote(self, part: str, words: str, sentence: Span) -> Span:
        """Where words stand that must stand in the sentence."""
        place = self._quotes.find(words, sentence)
        if place is None:
            with _telling(part):
                raise _Refused("unquoted", words)
        return place

    def _find(self, part: str, told: str, number: int) -> _Party | None:
        with _telling(part):
            return self._find_party(told, number)

    def _find_party(self, told: str, number: int) -> _Party | None:
        """Who is meant; None where nobody is told of."""
        canonical, sign, words = (part.strip() for part in told.partition("="))
        if not canonical and not words:
            return None
        sentence = self._reading.passages[number].span
        if words == UNSAID:
            return _Party(self._find_before(canonical, number), None)
        here = self._find_here(words or canonical, sentence, () if sign else self._list_spellings(canonical, number))
        listed, meant = self._find_listed(here), self._reading.same(canonical)
        if listed and meant and listed != meant:
            raise _Refused("misnamed", told)
        if listed or not sign or words == canonical or words in self._told:
            return _Party(here, here)
        return _Party(self._find_before(canonical, number), here)

    def _find_here(self, words: str, sentence: Span, spellings: Sequence[str]) -> Span:
        for one in (words, *spellings):
            if place := self._quotes.find(one, sentence):
                return place
        raise _Refused("unquoted", words)

    def _find_before(self, canonical: str, number: int) -> Span:
        """Where one is named at last, up to the end of a sentence: by its own name, else by another spelling."""
        end = self._reading.passages[number].span[1]
        for spelling in (canonical, *self._list_spellings(canonical, number)):
            for place in reversed(list(self._quotes.iter(spelling, (0, end)))):
                if self._is_read(place):
                    return place
        raise _Refused("unnamed", canonical)

    def _list_spellings(self, canonical: str, number: int) -> list[str]:
        """How else the text spells a name: as the model lists it, and as the tables do."""
        end, meant = self._reading.passages[number].span[1], self._reading.same(canonical)
        # Names of hiragana look like any other words: they are looked up, and not taken for names wherever they stand.
        spelled = self._spellings.get(canonical, ())
        told = [one for one in spelled if _may_name(one) or (len(one) > 2 and not one.isascii())]
        places = [span for span, entity in self._listed if entity == meant and span[1] <= end]
        known = [self._reading.text[slice(*span)] for span in places]
        return list(dict.fromkeys((*told, *known)))

    def _find_listed(self, place: Span) -> str | None:
        """The listed entity that some words are, but for a title or an article beside it."""
        for span, entity in self._listed:
            shared = min(span[1], place[1]) - max(span[0], place[0])
            if shared >= 0.7 * (place[1] - place[0]):
                return entity
        return None

    def _is_read(self, place: Span) -> bool:
        at = bisect_right(self._starts, place[0]) - 1
        return at >= 0 and place[1] <= self._reading.passages[at].span[1]

    def _find_amount(self, told: ToldAmount, number: int, language: Language) -> Span | None:
        """The amount that our grammar reads in the words; None where it reads none. Raises _Refused for another one."""
        with _telling("amount"):
            return self._look_up(told, number, language)

    def _look_up(self, told: ToldAmount, number: int, language: Language) -> Span | None:
        passage = self._reading.passages[number]
        start, end = passage.span
        places = list(self._quotes.iter(told.words, passage.span))
        if not places:
            raise _Refused("unquoted", told.words)
        read = [
            (amount, span)
            for amount in language.find_amounts(self._reading.text[start:end])
            if (span := (amount.span[0] + start, amount.span[1] + start)) in passage.amounts
            and any(span[0] < place[1] and place[0] < span[1] for place in places)
        ]
        agreeing = [span for amount, span in read if _agree(amount, told.value)]
        if read and not agreeing:
            raise _Refused("other_number", f"{told.words}: {told.value:g}")
        return agreeing[0] if agreeing else None

    def _find_day(self, words: str, number: int) -> Span | None:
        """The day that our grammar reads in the words; None where it reads none."""
        passage = self._reading.passages[number]
        place = self._quote("day", words, passage.span)
        return next((day for day in passage.days if day[0] < place[1] and place[0] < day[1]), None)

    def _find_language(self, words: str) -> Language:
        """The language of a sentence, as its paragraph has it: kana are Japanese, Latin letters English."""
        letters = [char for char in words if char.isalpha()]
        latin = sum(char < "\u0250" for char in letters)
        return self._reading.languages["en" if not _KANA.search(words) and 2 * latin > len(letters) else "ja"]

    def _iter_names(self, told: Sequence[ToldName]) -> Iterator[Words]:
        """Every place of every told name that is one and stands in what is read, the longest of overlapping ones."""
        passages = self._reading.passages
        within = (passages[self._window.start].span[0], passages[self._window[-1]].span[1])
        places = {
            span: name
            for name in told
            for spelling in (name.name, *name.spellings)
            if _may_name(spelling) and not self._stands_for_others(spelling)
            for span in self._quotes.iter(spelling, within)
            if self._is_read(span)
        }
        taken: set[int] = set()
        kept: dict[Span, ToldName] = {}
        for span in sorted(places, key=lambda span: (span[0] - span[1], span)):
            if taken.isdisjoint(range(*span)):
                taken.update(range(*span))
                kept[span] = places[span]
        return (Words(span, kept[span].type, 1.0) for span in sorted(kept))

    def _stands_for_others(self, words: str) -> bool:
        """Whether some words name nobody by themselves, in any language."""
        lexicons = [language.lexicon for language in self._reading.languages.values()]
        return any(one.fullmatch(words) for lexicon in lexicons for one in (lexicon.pronouns, lexicon.ours))


def _may_name(spelling: str) -> bool:
    return 1 < len(spelling) <= _LONGEST_NAME and bool(_NAMES.search(spelling))


def _agree(amount: Amount, told: float) -> bool:
    """Whether a told number is the one read; which way it went is read from the sentence (measuring.py)."""
    value, low = abs(told), abs(amount.value)
    high = low if amount.high is None else abs(amount.high)
    if amount.unit.partition("/")[0] == "cents" and _is_near(value, low * 0.01):
        return True
    return _is_near(value, low) or _is_near(value, high) or min(low, high) < value < max(low, high)


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= _NEAR * other + 1e-9
