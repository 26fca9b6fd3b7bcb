"""Gold files: annotated claims of a folder of texts, and which names mean the same."""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import ConfigError, ParseError

# Small words that two descriptors may share without meaning the same.
_SMALL = frozenset(
    re.findall(r"\w+", "a an all any at by for from in its led new of on other some that the their to was with")
)
# What the columns of a MANIFEST.tsv may be called.
_TEXT, _DAY = ("text", "file"), ("day", "date")
_JAPANESE = re.compile(r"[^\x00-\x7f\s・、。]+")

SAME_MEASURE = {"points": "score", "people": "users"}
"""Annotators wrote one for the other."""


@dataclass(frozen=True, slots=True)
class Line:
    """One claim of a gold file or of a prediction, in the form that scores compare (docs/model.md).

    quantity   (value, unit without what it is per), None when there is none
    measure    what the quantity measures; empty when there is none or nobody says
    claimant   the origin: the last of the chain; empty in the text's own voice
    core       whether any careful reader would list it; others are neither right nor wrong
    also       further values that count as right, by field
    score      how likely the one who predicts it takes it to be right, 0–1; None when nothing weighed it
    """

    doc: str
    span: tuple[int, int]
    sentence: str
    type: str
    predicate: str
    subject: str
    object: str | None = None
    quantity: tuple[float, str] | None = None
    benchmark: str | None = None
    claimant: str = ""
    modality: str = "asserted"
    polarity: str = "affirmed"
    date: str | None = None
    core: bool = True
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    measure: str = ""
    score: float | None = None


class Names:
    """Which names mean one entity, and which are descriptors of something unnamed."""

    def __init__(self, entities: Iterable[Mapping[str, object]]) -> None:
        self._groups: dict[str, set[str]] = defaultdict(set)
        self._descriptors: set[str] = set()
        for entity in entities:
            spellings = {normalise(name) for name in _spellings(entity)}
            for name in spellings:
                self._groups[name].add(normalise(str(entity["canonical"])))
            if entity.get("descriptor"):
                self._descriptors |= spellings

    def is_same(self, one: str | None, other: str | None) -> bool:
        """Whether two names mean one entity; two descriptors do when they share half their words."""
        a, b = normalise(one), normalise(other)
        if a == b or not a or not b:
            return a == b
        if self._groups.get(a, {a}) & self._groups.get(b, {b}):
            return True
        if self.is_named(one) or self.is_named(other):
            return False
        mine, theirs = _words_of(str(one)), _words_of(str(other))
        return 2 * len(mine & theirs) >= min(len(mine), len(theirs)) > 0

    def is_named(self, name: str | None) -> bool:
        """Whether a name is some entity's; every other text is a descriptor."""
        return normalise(name) in self._groups and normalise(name) not in self._descriptors

    def speaks_for(self, one: str, other: str) -> bool:
        """The same speaker, or an organisation and a body inside it ("Microsoft security researchers")."""
        return self.is_same(one, other) or self._is_part(one, other) or self._is_part(other, one)

    def _is_part(self, body: str, whole: str) -> bool:
        inside = bool(whole) and normalise(whole) in normalise(body)
        return inside and self.is_named(whole) and not self.is_named(body)


def normalise(name: str | None) -> str:
    """A name as names are compared: width, case, spaces and joining marks do not count."""
    return re.sub(r"[\s\-_.・,()'\"]+", "", unicodedata.normalize("NFKC", name or "").casefold())


def read_claims(path: Path) -> tuple[Line, ...]:
    """The claims of a gold or prediction file in order. Raises ParseError naming the line that is no claim.

    A line whose `should` is null says that no claim is there, and gives none.
    """
    lines = enumerate(read_lines(path), start=1)
    return tuple(make_line(raw, f"{path}:{number}") for number, raw in lines if raw.get("should", raw) is not None)


def read_names(paths: Sequence[Path]) -> Names:
    """The names that entity files list as one. Raises ParseError for a line that is no entity."""
    return Names(entity for path in paths for entity in _read_entities(path))


def _read_entities(path: Path) -> Iterator[dict[str, object]]:
    for entity in read_lines(path):
        if "canonical" not in entity:
            what = (
                "this is no gold of names (what `extract --entities` writes is none); move it, or name one: --entities"
            )
            raise ParseError(f"{path}: a line without canonical; {what}", subject=str(path))
        yield entity


def read_days(path: Path) -> dict[str, str]:
    """The day of each text, from a tab-separated file with the columns `text` (or `file`) and `day` (or `date`)."""
    header, rows = _read_table(path)
    text, day = _find_column(header, _TEXT), _find_column(header, _DAY)
    if text is None or day is None:
        raise ParseError(f"{path}: no columns text and day; its first line names the columns", subject=str(path))
    return {row[text]: row[day] for row in rows if len(row) > max(text, day)}


def read_day(text: str, subject: str) -> datetime:
    """The day as its first moment in UTC. ConfigError for what is none, told of the subject."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise ConfigError(f"{subject}: {text!r} is no day; write 2025-01-31", subject=subject) from error


def read_outlets(path: Path) -> dict[str, str]:
    """The outlet, or the register, of each text that has one: the column `outlet`, else the third."""
    header, rows = _read_table(path)
    third = [name for name in header[2:3] if name not in (*_TEXT, *_DAY)]
    text, outlet = _find_column(header, _TEXT), _find_column(header, ("outlet", *third))
    if text is None or outlet is None:
        return {}
    return {row[text]: row[outlet] for row in rows if len(row) > max(text, outlet) and row[outlet]}


def _read_table(path: Path) -> tuple[list[str], list[list[str]]]:
    """The names of the columns, and the rows."""
    rows = [line.split("\t") for line in path.read_text("utf-8").split("\n") if line.strip()]
    return (rows[0], rows[1:]) if rows else ([], [])


def _find_column(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def read_lines(path: Path) -> Iterator[dict[str, object]]:
    """The objects of a JSON Lines file. Raises ParseError naming file and line."""
    # A sentence may hold what splitlines takes for further line ends.
    for number, text in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if not text.strip():
            continue
        try:
            value = json.loads(text)
        except json.JSONDecodeError as error:
            raise ParseError(f"{path}:{number}: not JSON: {error}", subject=str(path)) from error
        if not isinstance(value, dict):
            raise ParseError(f"{path}:{number}: not a JSON object", subject=str(path))
        yield value


def make_line(raw: Mapping[str, object], where: str = "claim") -> Line:
    """A claim of the evaluation format as a line. Raises ParseError, naming `where`, when a field is missing."""
    try:
        return Line(
            doc=str(raw["doc"]),
            span=(int(str(raw["start"])), int(str(raw["end"]))),
            sentence=str(raw.get("sentence", "")),
            type=str(raw["type"]),
            predicate=str(raw["predicate"]),
            subject=str(raw["subject"]),
            object=_text_or_none(raw.get("object")),
            quantity=_read_quantity(raw.get("quantity")),
            benchmark=_text_or_none(raw.get("benchmark")),
            claimant=_read_origin(raw.get("claimants")),
            modality=str(raw.get("modality", "asserted")),
            polarity=str(raw.get("polarity", "affirmed")),
            date=_text_or_none(raw.get("date")),
            core=bool(raw.get("core", True)),
            also=_read_also(raw.get("also")),
            measure=_read_measure(raw.get("quantity")),
            score=read_score(raw),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise ParseError(f"{where}: not a claim of the evaluation format: {error}", subject=where) from error


def read_score(raw: Mapping[str, object]) -> float | None:
    """How likely a claim line is right by its own word, 0–1; None when it has no score. Raises ValueError outside."""
    if raw.get("score") is None:
        return None
    score = float(str(raw["score"]))
    if not 0 <= score <= 1:
        raise ValueError(f"score {score:g} is not between 0 and 1")
    return score


def _read_quantity(raw: object) -> tuple[float, str] | None:
    if not isinstance(raw, dict) or raw.get("value") is None:
        return None
    unit = normalise(str(raw.get("unit") or "").split("/")[0])
    return float(raw["value"]), "people" if unit in {"user", "users", "person", "persons"} else unit


def _read_measure(raw: object) -> str:
    known = isinstance(raw, dict) and raw.get("value") is not None
    measure = str(raw.get("measure") or "") if isinstance(raw, dict) and known else ""
    return SAME_MEASURE.get(measure, measure)


def _read_origin(raw: object) -> str:
    return str(raw[-1]) if isinstance(raw, list) and raw else ""


def _read_also(raw: object) -> dict[str, tuple[str, ...]]:
    return {key: tuple(map(str, values)) for key, values in raw.items()} if isinstance(raw, dict) else {}


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def _spellings(entity: Mapping[str, object]) -> list[str]:
    found = [str(entity["canonical"])]
    for key in ("surface_forms", "other_aliases"):
        more = entity.get(key)
        found += map(str, more) if isinstance(more, list) else ()
    return found


def _words_of(name: str) -> set[str]:
    """The words of a descriptor; Japanese ones as pairs of characters."""
    text = unicodedata.normalize("NFKC", name).casefold()
    latin = {word.removesuffix("s") for word in re.findall(r"[a-z0-9]+", text) if word not in _SMALL}
    runs = "".join(_JAPANESE.findall(text))
    return latin | {runs[i : i + 2] for i in range(len(runs) - 1)}
