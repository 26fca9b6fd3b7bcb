"""Claims read back from lines of the evaluation format, their parties found in the curated tables."""

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import ParseError
from graph.ids import make_article_id, make_claim_id, make_entity_id
from graph.records import (
    Claim,
    Claimant,
    ClaimType,
    Comparator,
    Entity,
    EntityId,
    EntityType,
    Modality,
    PartialDate,
    Party,
    Polarity,
    Predicate,
    Quantity,
    Relation,
    Tie,
)
from graph.spelling.kana import LANGUAGES, find_language
from ingest.accuracy.gold import read_lines, read_score
from ingest.language import detect_language
from ingest.nlp.names import Gazetteer
from ingest.nlp.tables import Tables

# "unnamed hacker", "people familiar with the matter", 関係者: words in lower case throughout name nobody.
_NAMES_NOBODY = re.compile(
    r"(?:unnamed|unknown|anonymous)\b|[^A-Z0-9぀-ヿ一-鿿]+$|(?:複数の|匿名|一部の|関係者|情報筋)", re.ASCII
)
_DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?")
_NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)
Raw = dict[str, object]


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A line as it was read, and its claim."""

    raw: Raw
    claim: Claim


class ClaimReader:
    """Reads claim lines. Names in no table become entities of their own; `entities` and `ties` hold those met."""

    def __init__(self, tables: Tables) -> None:
        self._names = Gazetteer(tables)
        self._parties: dict[str, Party] = {}
        self._owners = {row.entity.name: row.entity for row in tables.rows}
        self.entities: dict[EntityId, Entity] = {row.entity.id: row.entity for row in tables.rows}
        self.ties: list[Tie] = list(tables.ties)

    def read(self, path: Path, texts: Mapping[str, str], days: Mapping[str, datetime]) -> Iterator[ClaimLine]:
        """The lines of a file in order. Raises ParseError naming the line that is no claim.

        texts  of each document by name; without its text a claim's sentence is what the line says
        days   when each document was published; of one without, the last day that its claims name
        """
        raws = list(read_lines(path))
        days = {**_guess_days(raws), **days}
        langs = {doc: _guess_language(texts[doc]) for doc in {str(raw.get("doc")) for raw in raws} & texts.keys()}
        for number, raw in enumerate(raws, start=1):
            try:
                yield ClaimLine(raw, self._make_claim(raw, texts, days, langs))
            except (KeyError, ValueError, TypeError) as error:
                where = f"{path}:{number}"
                raise ParseError(f"{where}: not a claim of the evaluation format: {error}", subject=where) from error

    def _make_claim(
        self, raw: Raw, texts: Mapping[str, str], days: Mapping[str, datetime], langs: Mapping[str, str]
    ) -> Claim:
        doc = str(raw["doc"])
        span = (int(str(raw["start"])), int(str(raw["end"])))
        text = texts.get(doc, "")[span[0] : span[1]] or str(raw["sentence"])
        article = make_article_id(doc, texts.get(doc, ""))
        subject = self._find_party(str(raw["subject"]))
        other, benchmark = self._find_optional(raw.get("object")), self._find_optional(raw.get("benchmark"))
        quantity = _read_quantity(raw.get("quantity"))
        predicate, polarity = Predicate(str(raw["predicate"])), Polarity(str(raw.get("polarity", "affirmed")))
        claimants = raw.get("claimants")
        return Claim(
            id=make_claim_id(article, span, predicate, subject, other, quantity, benchmark, polarity),
            article_id=article,
            span=span,
            text=text,
            lang=find_language(text, langs.get(doc, "en")),
            type=ClaimType(str(raw["type"])),
            predicate=predicate,
            subject=subject,
            object=other,
            quantity=quantity,
            benchmark=benchmark,
            claimants=tuple(Claimant(self._find_party(str(name))) for name in claimants)
            if isinstance(claimants, list)
            else (),
            modality=Modality(str(raw.get("modality", "asserted"))),
            polarity=polarity,
            date=PartialDate(str(raw["date"])) if raw.get("date") else None,
            reported_at=days[doc],
            score=read_score(raw),
        )

    def _find_optional(self, name: object) -> Party | None:
        return None if name is None else self._find_party(str(name))

    def _find_party(self, name: str) -> Party:
        if name not in self._parties:
            self._parties[name] = self._make_party(name)
        return self._parties[name]

    def _make_party(self, name: str) -> Party:
        entity = self._names.get_entity(name) or self._find_whole(name)
        if entity is None and _NAMES_NOBODY.match(name):
            return Party(name)
        if entity is None:
            return Party(name, make_entity_id(name))
        if entity.id not in self.entities:
            self.entities[entity.id] = entity
            maker = self._owners.get(self._names.get_maker(entity))
            if maker:
                self.ties.append(Tie(maker.id, Relation.MAKES, entity.id, "naming of its family"))
        return Party(name, entity.id)

    def _find_whole(self, name: str) -> Entity | None:
        """The entity that the whole of the text names, by a spelling that needs context or by its shape."""
        found = self._names.find_names(name)
        if len(found) == 1 and found[0].span == (0, len(name)):
            return found[0].entity
        spelled = (self._names.find_spelled(name, kind) for kind in EntityType)
        return next(filter(None, spelled), None)


def _guess_days(raws: Iterable[Raw]) -> dict[str, datetime]:
    """The last day that each document's claims name; of one that names none, the middle of the others'."""
    named: dict[str, list[datetime]] = {}
    for raw in raws:
        found = named.setdefault(str(raw.get("doc")), [])
        match = _DAY.fullmatch(str(raw.get("date")))
        if match and raw.get("modality") != Modality.PREDICTED:
            found.append(_read_day(*match.groups()))
    known = sorted(max(found) for found in named.values() if found)
    middle = known[len(known) // 2] if known else _NO_DAY
    return {doc: max(found, default=middle) for doc, found in named.items()}


def _guess_language(text: str) -> str:
    """Claims are of texts that are read, so what looks like another language is taken for English."""
    found = detect_language(text)
    return found if found in LANGUAGES else "en"


def _read_day(year: str, month: str, day: str | None) -> datetime:
    """The day, or the last one of the month."""
    last = calendar.monthrange(int(year), int(month))[1]
    return datetime(int(year), int(month), min(int(day), last) if day else last, tzinfo=UTC)


def _read_quantity(raw: object) -> Quantity | None:
    if not isinstance(raw, dict) or raw.get("value") is None:
        return None
    high = raw.get("high")
    return Quantity(
        measure=str(raw.get("measure") or ""),
        value=float(raw["value"]),
        unit=str(raw.get("unit") or ""),
        comparator=Comparator(str(raw.get("comparator") or "=")),
        high=None if high is None else float(high),
    )
