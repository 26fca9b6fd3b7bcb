"""What a model told, put on the words of the text: spans where they stand, refusals where they do not."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from graph.records import CueKind, Modality
from ingest.llm.naming import Naming, Reading
from ingest.llm.numbers import agree, find_amounts
from ingest.llm.overruling import overrule
from ingest.llm.quoting import Quotes
from ingest.llm.replies import Told, ToldAmount, ToldClaim
from ingest.nlp.document import Span, shift
from ingest.nlp.finder import Found, Words
from ingest.nlp.languages import Language

UNSAID = "~"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A told claim that may not stand: the reason, and the words that it was about.

    number  its place among the claims told, from 0; -1 for what is none
    part    the part of the claim that the words are told as (`subject`, `speakers`, …); empty for the whole
    """

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
    refused = [Refusal("malformed", "")] * told.malformed
    for number, claim in enumerate(told.claims):
        try:
            found = grounding.place(claim)
        except _Refused as why:
            refused.append(Refusal(why.reason, why.words, number, why.part))
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
        self._naming = Naming(told.names, reading, window, self._quotes)
        self.names = self._naming.names

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
        language = self._reading.languages[self._reading.passages[number].lang]
        cues = [(CueKind.ATTRIBUTION, party.words) for party in speakers if party.words]
        if told.modality is not Modality.ASSERTED:
            cues.append((CueKind.MODALITY, self._quote("modality_words", told.modality_words, sentence)))
        if told.denied:
            cues.append((CueKind.POLARITY, self._quote("denied_words", told.denied_words, sentence)))
        amount = None
        if told.amount:
            with _telling("amount"):
                amount = self._find_amount(told, told.amount, language)
        found = Found(
            passage=number,
            predicate=told.predicate,
            subject=subject.span,
            object=other.span if other else None,
            amount=amount,
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
        spellings = () if sign else self._naming.list_spellings(canonical, number)
        here = self._find_here(words or canonical, sentence, spellings)
        listed, meant = self._naming.find_listed(here), self._reading.same(canonical)
        if listed and meant and listed[1] != meant and not self._ends_with(listed[0], canonical):
            raise _Refused("misnamed", told)
        if listed or not sign or words == canonical or self._naming.names_itself(words, canonical, here, sentence):
            return _Party(here, here)
        return _Party(self._find_before(canonical, number), here)

    def _find_here(self, words: str, sentence: Span, spellings: Sequence[str]) -> Span:
        place = self._naming.find_here(words, sentence, spellings)
        if place is None:
            raise _Refused("unquoted", words)
        return place

    def _find_before(self, canonical: str, number: int) -> Span:
        place = self._naming.find_before(canonical, number)
        if place is None:
            raise _Refused("unnamed", canonical)
        return place

    def _ends_with(self, place: Span, canonical: str) -> bool:
        """Whether a listed name is the told one with something before it: 韓国の before 個人情報保護委員会."""
        return bool(canonical) and self._reading.text[slice(*place)].endswith(canonical)

    def _find_amount(self, claim: ToldClaim, told: ToldAmount, language: Language) -> Span | None:
        """The amount that our grammar reads in the words; None where it reads none. Raises _Refused for another one."""
        passage = self._reading.passages[claim.sentence]
        places = list(self._quotes.iter(told.words, passage.span))
        if not places:
            raise _Refused("unquoted", told.words)
        sentence = self._reading.text[slice(*passage.span)]
        read = find_amounts(sentence, passage, language, places)
        agreeing = [amount for amount in read if agree(amount, told, claim.predicate, sentence, language)]
        if read and not agreeing:
            raise _Refused("other_number", f"{told.words}: {told.value:g}")
        return shift(agreeing[0].span, passage.span[0]) if agreeing else None

    def _find_day(self, words: str, number: int) -> Span | None:
        """The day that our grammar reads in the words; None where it reads none."""
        passage = self._reading.passages[number]
        place = self._quote("day", words, passage.span)
        return next((day for day in passage.days if day[0] < place[1] and place[0] < day[1]), None)
