"""A finder written by hand: it finds in a text what a test tells it, by the words that stand there."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from graph.ids import make_article_id, make_source_id
from graph.records import Article, EntityType, Modality, Predicate, Source
from ingest.nlp.document import Span
from ingest.nlp.extract import Extractor
from ingest.nlp.finder import Found, Sight, Stood, Words
from ingest.nlp.load import load_languages
from ingest.nlp.names import Gazetteer
from ingest.nlp.scorer import Scorer
from ingest.nlp.tables import load_tables
from ingest.nlp.windows import Passage

_DATA = Path(__file__).parents[1] / "data"
# A Friday.
DAY = datetime(2025, 3, 14, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """One claim by its words: `trigger` picks the sentence, the others stand in it or before."""

    predicate: Predicate
    trigger: str
    subject: str
    object: str = ""
    amount: str = ""
    benchmark: str = ""
    day: str = ""
    speakers: tuple[str, ...] = ()
    modality: Modality = Modality.ASSERTED
    denied: bool = False
    measure: str = ""
    sure: float = 1.0


@dataclass(slots=True)
class HandFinder:
    """Finds what it was told.

    names   words that are names, with what they name
    stands  words and those before for which they stand
    """

    told: Sequence[Told] = ()
    names: Mapping[str, EntityType] = field(default_factory=dict)
    stands: Mapping[str, str] = field(default_factory=dict)
    name: str = "told 1"

    def find(self, text: str, passages: Sequence[Passage]) -> Sight:
        names = [Words(span, kind) for words, kind in self.names.items() for span in _places(text, words)]
        stands = {
            span: (Stood(_places(text, before)[0], 1.0),)
            for words, before in self.stands.items()
            for span in _places(text, words)
        }
        claims = tuple(found for told in self.told for found in _find(told, text, passages))
        return Sight(tuple(sorted(names, key=lambda words: words.span)), stands, claims)


def make_article(text: str, lang: str = "en", title: str = "") -> Article:
    """An article of that text, published on DAY."""
    source = Source(make_source_id("outlet.example"), "Outlet", "outlet.example")
    url = "https://outlet.example/1"
    return Article(make_article_id(url, text), url, source, title, text, lang, DAY, DAY)


def make_extractor(folder: Path, *told: Told, names: Mapping[str, EntityType] | None = None) -> Extractor:
    """An extractor that finds what it is told, each claim with the score it is told; the folder takes its scorer."""
    weights = folder / "hand.json"
    weights.write_text(json.dumps({"weights": {"predicate": 1.0}, "fits": {}}), "utf-8")
    tables = Gazetteer(load_tables(_DATA / "entities"))
    return Extractor(tables, load_languages(), HandFinder(told, names or {}), Scorer(weights))


def make_sure(score: float) -> float:
    """How sure to be told of, for such a score."""
    return math.log(score / (1 - score))


def _find(told: Told, text: str, passages: Sequence[Passage]) -> list[Found]:
    """The claim; none where nothing that is read holds its trigger."""
    holding = [n for n, passage in enumerate(passages) if told.trigger in text[slice(*passage.span)]]
    if not holding:
        return []
    number = holding[0]
    start, end = passages[number].span
    trigger = text.index(told.trigger, start, end)

    def place(words: str) -> Span | None:
        if not words:
            return None
        at = text.find(words, start, end)
        at = at if at >= 0 else text.rindex(words, 0, start)
        return at, at + len(words)

    return [
        Found(
            passage=number,
            predicate=told.predicate,
            subject=place(told.subject),
            object=place(told.object),
            amount=place(told.amount),
            benchmark=place(told.benchmark),
            day=place(told.day),
            speakers=tuple(span for words in told.speakers if (span := place(words))),
            modality=told.modality,
            denied=told.denied,
            measure=told.measure,
            trigger=(trigger, trigger + len(told.trigger)),
            signs={"predicate": told.sure, "holds": told.sure, "subject": 1.0, "object": 1.0, "amount": 1.0},
        )
    ]


def _places(text: str, words: str) -> list[Span]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return found
