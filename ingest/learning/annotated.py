"""Annotated documents, the fuel of the reader: texts with names and claims as `data/documents/README.md` has them.

A folder holds `NAME.txt` with `NAME.ann` beside it, or `texts/NAME.txt` with `ann/NAME.ann`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph.errors import ParseError
from graph.records import Comparator, EntityType, Modality, Predicate
from ingest.language import detect_language

UNSAID = "~"
NO_DAY = date(2025, 1, 31)
"""That of a text whose day nobody gives."""
_WEAK = "weak"
_KEYS = ("on ", "date=", "by=", "p=")
_FIGURE = r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?"
_QUANTITY = re.compile(
    rf"(?P<sign>~|>=|<=|>|<|=)?\s*(?P<value>{_FIGURE})(?:\.\.(?P<high>{_FIGURE}))?"
    r"\s+(?P<unit>\S+/\S+ tokens|\S+)(?:\s+(?P<measure>\S+))?"
)
_HEAD = re.compile(r"#\s*(?P<day>\d{4}-\d\d-\d\d)\s*(?P<register>.*)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A party of a claim: who it is, and the words of the sentence that stand for it.

    words  empty when its own name stands there, UNSAID when nothing does
    """

    canonical: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """The quantity of an annotated claim; measure empty when the line has none."""

    value: float
    high: float | None
    unit: str
    measure: str
    comparator: Comparator = Comparator.EQUAL


@dataclass(frozen=True, slots=True)
class Statement:
    """One annotated claim, by the number of the sentence that states it; claimants outermost first.

    proposition  the id of what it speaks of, with claims of other texts; empty when the line gives none
    """

    sentence: int
    predicate: Predicate
    subject: Reference | None
    object: Reference | None
    amount: Amount | None
    claimants: tuple[Reference, ...]
    modality: Modality
    denied: bool
    benchmark: str
    day: str
    trigger: str
    core: bool
    proposition: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text as a careful reader read it; names by canonical form with type and spellings."""

    name: str
    text: str
    lang: str
    day: date
    names: dict[str, tuple[EntityType, tuple[str, ...]]]
    statements: tuple[Statement, ...]


def iter_documents(folder: Path) -> Iterator[Document]:
    """The documents below a folder, by name. ParseError naming file and line for what is not well formed."""
    for path in sorted(folder.rglob("*.ann")):
        text = path.with_suffix(".txt")
        if not text.exists():
            text = path.parent.parent / "texts" / text.name
        yield read_document(text, path)


def read_document(text_path: Path, path: Path, day: str | None = None) -> Document:
    """One document; `day` is that of an annotation which opens with none. ParseError naming file and line for what is
    not well formed."""
    text = text_path.read_text("utf-8")
    lines = path.read_text("utf-8").splitlines()
    head = _HEAD.match(lines[0]) if lines else None
    known = head["day"] if head else day
    if known is None:
        raise ParseError(f"{path}:1: no day; the first line is `# 2025-01-31 REGISTER`", subject=str(path))
    try:
        when = date.fromisoformat(known)
    except ValueError as error:
        raise ParseError(f"{path}:1: {known!r} is no day", subject=str(path)) from error
    names: dict[str, tuple[EntityType, tuple[str, ...]]] = {}
    statements: list[Statement] = []
    for number, line in enumerate(lines, start=1):
        fields = [field.strip() for field in line[2:].split("|")]
        try:
            if line.startswith("E "):
                forms = fields[2] if len(fields) > 2 else fields[1]
                spelled = tuple(form.strip() for form in forms.split(";") if form.strip())
                names[fields[1]] = (EntityType(fields[0]), spelled)
            elif line.startswith("C "):
                statements.append(read_statement(fields))
            elif line.strip() and not line.startswith("#"):
                raise ValueError("a line starts with E, C or #")
        except (ValueError, IndexError) as error:
            raise ParseError(f"{path}:{number}: {line[:60]!r}: {error}", subject=str(path)) from error
    return Document(path.stem, text, detect_language(text), when, names, tuple(statements))


def read_statement(fields: list[str]) -> Statement:
    """The claim of a line, by its fields. Raises ValueError for one that is not well formed."""
    number, predicate, subject, object, quantity, claimants, firmness, *further = fields
    modality, _, denied = firmness.partition(" ")
    found = {key: _find_field(further, key) for key in _KEYS}
    if strange := [field for field in further if field != _WEAK and not field.startswith(_KEYS)]:
        raise ValueError(f"{strange[0]!r} is no field")
    return Statement(
        sentence=int(number),
        predicate=Predicate(predicate),
        subject=_read_reference(subject),
        object=_read_reference(object),
        amount=_read_amount(quantity),
        claimants=tuple(filter(None, (_read_reference(part.strip()) for part in claimants.split(" > ")))),
        modality=Modality(modality),
        denied=denied.strip() == "denied",
        benchmark=found["on "],
        day=found["date="],
        trigger=found["by="],
        core=_WEAK not in further,
        proposition=found["p="],
    )


def _find_field(fields: list[str], key: str) -> str:
    return next((field.removeprefix(key).strip() for field in fields if field.startswith(key)), "")


def _read_reference(field: str) -> Reference | None:
    if field in ("-", ""):
        return None
    canonical, _, words = field.partition("=")
    return Reference(canonical.strip(), words.strip())


def _read_amount(field: str) -> Amount | None:
    if field in ("-", ""):
        return None
    match = _QUANTITY.fullmatch(field)
    if match is None:
        raise ValueError(f"{field!r} is no quantity")
    high = float(match["high"]) if match["high"] else None
    comparator = Comparator(match["sign"] or "=") if high is None else Comparator.RANGE
    return Amount(float(match["value"]), high, match["unit"], match["measure"] or "", comparator)
