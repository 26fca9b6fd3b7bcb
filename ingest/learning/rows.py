"""Annotated documents as rows of windows: what `fit` learns from, needing nothing but the row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from graph.errors import ParseError
from graph.records import EntityType, Modality, Predicate
from graph.spelling.kana import has_kana
from ingest.accuracy.gold import SAME_MEASURE
from ingest.learning.annotated import UNSAID, Amount, Document, Reference, Statement
from ingest.nlp.document import Amount as TextAmount
from ingest.nlp.document import Span, shift
from ingest.nlp.languages import Language
from ingest.nlp.load import load_languages
from ingest.nlp.pieces import Pieces
from ingest.nlp.windows import USUAL, Passage, Size, Unit, Window, make_windows

Row = dict[str, object]

PREDICATES = tuple(Predicate)
MEASURES = (
    "score", "price", "stock_change", "revenue", "parameters", "spending", "users", "context", "rank", "valuation",
    "tokens", "chips", "market_cap", "price_change", "profit", "downloads", "countries", "market_share",
    "training_cost", "development_cost", "power", "memory", "speed",
)  # fmt: skip
MODALITIES = (
    Modality.ASSERTED,
    Modality.REPORTED,
    Modality.ALLEGED,
    Modality.SPECULATED,
    Modality.PREDICTED,
    Modality.QUESTIONED,
)
KINDS = tuple(EntityType)
_NEAR = 0.011


@dataclass(slots=True)
class Tally:
    """What preparing counted."""

    documents: int = 0
    windows: int = 0
    pieces: int = 0
    claims: int = 0
    lost: dict[str, int] = field(default_factory=dict)

    def lose(self, what: str) -> None:
        self.lost[what] = self.lost.get(what, 0) + 1


def make_rows(documents: Iterable[Document], pieces: Pieces, tally: Tally, size: Size = USUAL) -> Iterator[Row]:
    """The windows of documents with their labels, as pieces; what could not be placed is counted."""
    for document in documents:
        tally.documents += 1
        yield from _Labels(document, tally).iter_rows(pieces, size)


def find_language(text: str) -> Language:
    """The language of an annotated text: the numbers of its sentences were counted so, whatever else is in it."""
    return load_languages()["ja" if has_kana(text) else "en"]


def split_text(text: str) -> list[Span]:
    """The sentences of an annotated text, as its numbers count them."""
    split = find_language(text).split
    found: list[Span] = []
    at = 0
    for part in re.split(r"(\n+)", text):
        if part.strip():
            found += [(at + start, at + end) for start, end in split(part)]
        at += len(part)
    return found


def split_document(document: Document) -> list[Span]:
    """The sentences of a document. Raises ParseError when a claim is told of one that it does not have."""
    spans = split_text(document.text)
    beyond = [told.sentence for told in document.statements if not 0 <= told.sentence < len(spans)]
    if beyond:
        message = f"{document.name}: a claim of sentence {beyond[0]}; the text has sentences 0 to {len(spans) - 1}"
        raise ParseError(message, subject=document.name)
    return spans


# A stretch of text; [] says that nothing stands there, None that nobody knows where.
Place = Span | list[Span] | None


@dataclass(frozen=True, slots=True)
class _Label:
    """A claim of a document by places in its text; `told` goes into the row as it is.

    references  words with the places before for one of which they stand
    """

    sentence: int
    told: Row
    places: dict[str, Place]
    speakers: list[Span]
    references: list[tuple[Span, list[Span]]]
    trigger: Span | None


class _Labels:
    """One document: where its names, amounts and days stand, and what its claims point to."""

    def __init__(self, document: Document, tally: Tally) -> None:
        self._document, self._tally = document, tally
        self._sentences = split_document(document)
        self._language = find_language(document.text)
        self._amounts = [self._find_amounts(span) for span in self._sentences]
        self._days = [self._find_days(span) for span in self._sentences]
        self._names = _find_names(document)
        self._places: dict[str, list[Span]] = {}
        for span, canonical, _ in self._names:
            self._places.setdefault(canonical, []).append(span)

    def iter_rows(self, pieces: Pieces, size: Size) -> Iterator[Row]:
        passages = [
            Passage(span, tuple(a.span for a in amounts), tuple(s for s, _ in days), lang=self._language.code)
            for span, amounts, days in zip(self._sentences, self._amounts, self._days, strict=True)
        ]
        labels = [self._label(statement) for statement in self._document.statements]
        for window in make_windows(self._document.text, passages, pieces, size):
            yield self._make_row(window, labels)

    def _make_row(self, window: Window, labels: Sequence[_Label]) -> Row:
        self._tally.windows += 1
        self._tally.pieces += len(window.ids)
        read = {unit.passage for unit in window.units if unit.read}
        claims = [_place(window, label) for label in labels if label.sentence in read]
        self._tally.claims += len(claims)
        names = [
            [KINDS.index(kind), *found] for span, _, kind in self._names if (found := window.find(span)) is not None
        ]
        return {
            "doc": self._document.name,
            "lang": self._language.code,
            "ids": window.ids,
            "marks": window.marks,
            "units": [[unit.passage, unit.begin, unit.end, int(unit.read)] for unit in window.units],
            "amounts": [found for span in window.amounts if (found := window.find(span))],
            "days": [found for span in window.days if (found := window.find(span))],
            "names": names,
            "claims": claims,
        }

    def _label(self, statement: Statement) -> _Label:
        k = statement.sentence
        amount = self._find_amount(k, statement.amount)
        if statement.amount and amount is None:
            self._tally.lose("amount")
        references: list[tuple[Span, list[Span]]] = []
        subject = self._find(k, statement.subject, references)
        other = self._find(k, statement.object, references)
        for party, place in ((statement.subject, subject), (statement.object, other)):
            if party and place is None:
                self._tally.lose("party")
        speakers = [place for party in statement.claimants if (place := self._find(k, party, references))]
        measure = SAME_MEASURE.get(m := statement.amount.measure if statement.amount else "", m)
        trigger = statement.trigger and _find_word(self._document.text, statement.trigger, self._sentences[k])
        day = next((span for span, value in self._days[k] if statement.day and value == statement.day), None)
        told: Row = {
            "p": PREDICATES.index(statement.predicate),
            "m": MODALITIES.index(statement.modality),
            "den": int(statement.denied),
            "core": int(statement.core),
            "measure": MEASURES.index(measure) if measure in MEASURES else -1,
        }
        places: dict[str, Place] = {
            "s": subject if statement.subject else [],
            "o": other if statement.object else [],
            "q": amount if statement.amount else [],
            "b": self._find_benchmark(k, statement.benchmark),
            "day": day if statement.day else [],
        }
        return _Label(k, told, places, speakers, references, trigger or None)

    def _find(self, k: int, party: Reference | None, references: list[tuple[Span, list[Span]]]) -> Span | None:
        """Where a party stands: its name or its words in the sentence, else its last mention before."""
        if party is None:
            return None
        start, end = self._sentences[k]
        places = self._places.get(party.canonical, [])
        here = [span for span in places if start <= span[0] < end]
        before = [span for span in places if span[0] < start]
        if party.words and party.words != UNSAID:
            words = _find_word(self._document.text, party.words, (start, end))
            if words and places and words not in places:
                references.append((words, [span for span in places if span[0] < words[0] and span != words]))
            elif words and not places:
                references.append((words, []))
            return words
        if party.words != UNSAID and here:
            return max(here, key=lambda span: (span[1] - span[0], -span[0]))
        if party.words != UNSAID and (words := _find_word(self._document.text, party.canonical, (start, end))):
            return words
        return before[-1] if before else None

    def _find_benchmark(self, k: int, name: str) -> Place:
        if not name:
            return []
        start, end = self._sentences[k]
        places = self._places.get(name, [])
        here = [span for span in places if start <= span[0] < end]
        before = [span for span in places if span[0] < start]
        return here[0] if here else before[-1] if before else None

    def _find_amounts(self, sentence: Span) -> list[TextAmount]:
        amounts = self._language.find_amounts(self._document.text[slice(*sentence)])
        return [replace(a, span=shift(a.span, sentence[0])) for a in amounts]

    def _find_days(self, sentence: Span) -> list[tuple[Span, str]]:
        days = self._language.find_days(self._document.text[slice(*sentence)], self._document.day)
        return [(shift(span, sentence[0]), day) for span, day in days]

    def _find_amount(self, k: int, wanted: Amount | None) -> Span | None:
        if wanted is None:
            return None
        fitting = [
            (amount.unit.split("/")[0] != wanted.unit.split("/")[0], amount.span)
            for amount in self._amounts[k]
            if abs(abs(amount.value) - abs(wanted.value)) <= _NEAR * abs(wanted.value) + 1e-9
        ]
        return min(fitting)[1] if fitting else None


def _place(window: Window, label: _Label) -> Row:
    """A claim in pieces of a window."""
    units = [n for n, unit in enumerate(window.units) if unit.passage == label.sentence and unit.read]
    found = {key: window.find(place) if isinstance(place, tuple) else place for key, place in label.places.items()}
    trigger = window.find(label.trigger)
    at = trigger or next((f for key in "qos" if isinstance(f := found[key], tuple)), None)
    references = [
        [place, [p for span in before if (p := window.find(span))]]
        for words, before in label.references
        if (place := window.find(words))
    ]
    return {
        "k": next((n for n in units if at and _holds(window.units[n], at)), units[0]),
        **label.told,
        **found,
        "spk": [place for span in label.speakers if (place := window.find(span))],
        "refs": references,
        "by": trigger,
    }


def _find_names(document: Document) -> list[tuple[Span, str, EntityType]]:
    """Every place of every spelling, the longest of overlapping ones."""
    found: list[tuple[Span, str, EntityType]] = []
    for canonical, (kind, forms) in document.names.items():
        for form in forms:
            at = 0
            while len(form) > 1 and (span := _find_word(document.text, form, (at, len(document.text)))):
                found.append((span, canonical, kind))
                at = span[1]
    kept: list[tuple[Span, str, EntityType]] = []
    taken = bytearray(len(document.text))
    for one in sorted(found, key=lambda one: one[0][0] - one[0][1]):
        if not any(taken[one[0][0] : one[0][1]]):
            taken[one[0][0] : one[0][1]] = b"\1" * (one[0][1] - one[0][0])
            kept.append(one)
    return sorted(kept, key=lambda one: one[0])


def _find_word(text: str, words: str, within: Span) -> Span | None:
    """The first place of some words that is not inside a longer Latin word; case is ignored when it must be."""
    start, end = within
    for haystack, needle in ((text, words), (text.lower(), words.lower())):
        if len(haystack) != len(text):
            continue
        at = haystack.find(needle, start, end)
        while at >= 0:
            stop = at + len(needle)
            if not (_joins(text, at) or _joins(text, stop)):
                return at, stop
            at = haystack.find(needle, at + 1, end)
    at = text.find(words, start, end)
    return (at, at + len(words)) if at >= 0 and words else None


def _joins(text: str, at: int) -> bool:
    pair = text[at - 1 : at + 1] if at > 0 else ""
    return len(pair) == 2 and pair.isascii() and pair.isalnum()


def _holds(unit: Unit, place: Span) -> bool:
    return unit.begin <= place[0] and place[1] < unit.end
