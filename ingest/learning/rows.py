"""Annotated documents as rows of windows: what `fit` learns from, needing nothing but the row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from graph.errors import ParseError
from graph.records import EntityType, Modality, Predicate
from ingest.learning.annotated import UNSAID, Amount, Document, Reference, Statement
from ingest.nlp.document import Amount as Found
from ingest.nlp.document import Span
from ingest.nlp.en.dates import find_days as find_english_days
from ingest.nlp.en.quantities import find_amounts as find_english_amounts
from ingest.nlp.en.split import split_sentences
from ingest.nlp.ja.dates import find_dates as find_japanese_days
from ingest.nlp.ja.quantities import find_amounts as find_japanese_amounts
from ingest.nlp.ja.split import split_paragraph
from ingest.nlp.pieces import Pieces
from ingest.nlp.windows import Passage, Unit, Window, make_windows

Row = dict[str, object]

PREDICATES = tuple(Predicate)
# One word of the corpus for two of the model's.
SAME_MEASURE = {"score": "points", "people": "users"}
MEASURES = (
    "points", "price", "stock_change", "revenue", "parameters", "spending", "users", "context", "rank", "valuation",
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
_KANA = re.compile(r"[ぁ-んァ-ン]")
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


def make_rows(documents: Iterable[Document], pieces: Pieces, tally: Tally) -> Iterator[Row]:
    """The windows of documents with their labels, as pieces; what could not be placed is counted."""
    for document in documents:
        tally.documents += 1
        yield from _Labels(document, tally).iter_rows(pieces)


def split_text(text: str) -> list[Span]:
    """The sentences of an annotated text, as its numbers count them."""
    split = split_paragraph if _KANA.search(text) else split_sentences
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


class _Labels:
    """One document: where its names, amounts and days stand, and what its claims point to."""

    def __init__(self, document: Document, tally: Tally) -> None:
        self._document, self._tally = document, tally
        self._sentences = split_document(document)
        self._japanese = japanese = bool(_KANA.search(document.text))
        self._amounts = [_shift_amounts(self._find_amounts(span, japanese), span) for span in self._sentences]
        self._days = [_find_days(document.text, span, document.day, japanese) for span in self._sentences]
        self._names = _find_names(document)
        self._places: dict[str, list[Span]] = {}
        for span, canonical, _ in self._names:
            self._places.setdefault(canonical, []).append(span)

    def iter_rows(self, pieces: Pieces) -> Iterator[Row]:
        passages = [
            Passage(span, tuple(a.span for a in amounts), tuple(s for s, _ in days))
            for span, amounts, days in zip(self._sentences, self._amounts, self._days, strict=True)
        ]
        labels = [self._label(statement) for statement in self._document.statements]
        for window in make_windows(self._document.text, passages, pieces):
            yield self._make_row(window, labels)

    def _make_row(self, window: Window, labels: Sequence[dict[str, object]]) -> Row:
        self._tally.windows += 1
        self._tally.pieces += len(window.ids)
        read = {unit.passage for unit in window.units if unit.read}
        claims = [self._place(window, label) for label in labels if label["k"] in read]
        self._tally.claims += len(claims)
        names = [
            [KINDS.index(kind), *found] for span, _, kind in self._names if (found := window.find(span)) is not None
        ]
        return {
            "doc": self._document.name,
            "lang": "ja" if self._japanese else "en",
            "ids": window.ids,
            "marks": window.marks,
            "units": [[unit.passage, unit.begin, unit.end, int(unit.read)] for unit in window.units],
            "amounts": [found for span in window.amounts if (found := window.find(span))],
            "days": [found for span in window.days if (found := window.find(span))],
            "names": names,
            "claims": claims,
        }

    def _place(self, window: Window, label: dict[str, object]) -> Row:
        """A claim in pieces of the window. `s` and `o`: [] says nothing stands there, null that nobody knows."""
        k = label["k"]
        units = [n for n, unit in enumerate(window.units) if unit.passage == k and unit.read]
        parties = {key: label[key] for key in ("s", "o", "q", "b", "day")}
        found = {key: window.find(span) if isinstance(span, tuple) else span for key, span in parties.items()}
        speakers = [place for span in label["spk"] if (place := window.find(span))]  # type: ignore[attr-defined]
        references = [
            [place, [p for span in before if (p := window.find(span))]]
            for words, before in label["refs"]  # type: ignore[attr-defined]
            if (place := window.find(words))
        ]
        trigger = window.find(label["by"])  # type: ignore[arg-type]
        at = trigger or next((f for f in (found["q"], found["o"], found["s"]) if isinstance(f, tuple) and f), None)
        unit = next((n for n in units if at and _holds(window.units[n], at)), units[0])
        return {
            "k": unit,
            **{name: label[name] for name in ("p", "m", "den", "core", "measure")},
            **found,
            "spk": speakers,
            "refs": references,
            "by": trigger,
        }

    def _label(self, statement: Statement) -> dict[str, object]:
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
        return {
            "k": k,
            "p": PREDICATES.index(statement.predicate),
            "s": subject if statement.subject else [],
            "o": other if statement.object else [],
            "q": amount if statement.amount else [],
            "b": self._find_benchmark(k, statement.benchmark),
            "spk": speakers,
            "refs": references,
            "m": MODALITIES.index(statement.modality),
            "den": int(statement.denied),
            "core": int(statement.core),
            "measure": MEASURES.index(measure) if measure and measure in MEASURES else -1,
            "day": (day or None) if statement.day else [],
            "by": trigger or None,
        }

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

    def _find_benchmark(self, k: int, name: str) -> object:
        if not name:
            return []
        start, end = self._sentences[k]
        places = self._places.get(name, [])
        here = [span for span in places if start <= span[0] < end]
        before = [span for span in places if span[0] < start]
        return here[0] if here else before[-1] if before else None

    def _find_amounts(self, span: Span, japanese: bool) -> tuple[Found, ...]:
        text = self._document.text[slice(*span)]
        return find_japanese_amounts(text) if japanese else find_english_amounts(text)

    def _find_amount(self, k: int, wanted: Amount | None) -> Span | None:
        if wanted is None:
            return None
        fitting = [
            (amount.unit.split("/")[0] != wanted.unit.split("/")[0], amount.span)
            for amount in self._amounts[k]
            if abs(abs(amount.value) - abs(wanted.value)) <= _NEAR * abs(wanted.value) + 1e-9
        ]
        return min(fitting)[1] if fitting else None


def _shift_amounts(amounts: Iterable[Found], sentence: Span) -> list[Found]:
    return [replace(a, span=(a.span[0] + sentence[0], a.span[1] + sentence[0])) for a in amounts]


def _find_days(text: str, span: Span, today: date, japanese: bool) -> list[tuple[Span, str]]:
    sentence = text[slice(*span)]
    found = (
        [(when.span, str(when.value)) for when in find_japanese_days(sentence, today)]
        if japanese
        else find_english_days(sentence, today)
    )
    return [((a + span[0], b + span[0]), value) for (a, b), value in found]


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
