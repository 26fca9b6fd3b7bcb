"""A finder of claims that are told it: for tests of what is done with claims, whatever the reader of the day sees."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.records import Modality, Predicate
from ingest.nlp.extract import Extractor
from ingest.nlp.finder import Found, Sight
from ingest.nlp.load import LANGUAGES
from ingest.nlp.names import Gazetteer
from ingest.nlp.scorer import Scorer
from ingest.nlp.tables import load_tables
from ingest.nlp.windows import Passage

_DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True)
class Told:
    """A claim by the words of a sentence; it is found in every sentence that holds them all, with that score."""

    subject: str
    trigger: str
    predicate: Predicate
    object: str = ""
    amount: str = ""
    benchmark: str = ""
    speaker: str = ""
    modality: Modality = Modality.ASSERTED
    score: float = 0.9


class ToldFinder:
    """Finds what it is told."""

    name = "told 1"

    def __init__(self, *told: Told) -> None:
        self._told = told

    def find(self, text: str, passages: Sequence[Passage]) -> Sight:
        found = (self._find(text, n, p, told) for n, p in enumerate(passages) for told in self._told)
        return Sight((), {}, tuple(claim for claim in found if claim))

    def _find(self, text: str, number: int, passage: Passage, told: Told) -> Found | None:
        words = (told.subject, told.trigger, told.object, told.amount, told.benchmark, told.speaker)
        places = [text.find(part, *passage.span) if part else -1 for part in words]
        if any(part and place < 0 for part, place in zip(words, places, strict=True)):
            return None
        spans = [(place, place + len(part)) if part else None for part, place in zip(words, places, strict=True)]
        subject, trigger, object, amount, benchmark, speaker = spans
        assert trigger
        return Found(
            passage=number,
            predicate=told.predicate,
            subject=subject,
            object=object,
            amount=next((a for a in passage.amounts if amount and a[0] < amount[1] and amount[0] < a[1]), None),
            benchmark=benchmark,
            day=None,
            speakers=(speaker,) if speaker else (),
            modality=told.modality,
            denied=False,
            measure="",
            trigger=trigger,
            signs={"predicate": 0.0, "object": 0.0, "amount": 0.0, "told": math.log(told.score / (1 - told.score))},
        )


def make_extractor(folder: Path, *told: Told) -> Extractor:
    """An extractor that finds what it is told; the folder takes the weights of its scorer."""
    weights = folder / "told.json"
    weights.write_text(json.dumps({"weights": {"told": 1.0}, "fits": {}, "threshold": 0.5}), "utf-8")
    tables = Gazetteer(load_tables(_DATA / "entities"))
    return Extractor(tables, [make() for make in LANGUAGES], ToldFinder(*told), Scorer(weights))
