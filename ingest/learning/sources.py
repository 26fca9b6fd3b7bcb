"""Other annotated texts as documents: practice sentences, gold stories, and the splits of a read corpus."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from graph.errors import ConfigError
from graph.records import EntityType, Modality, Predicate
from ingest.accuracy.gold import read_days, read_lines, read_outlets
from ingest.language import detect_language
from ingest.learning.annotated import NO_DAY, Amount, Document, Reference, Statement, read_document
from ingest.learning.practice import read_practice
from ingest.learning.rows import split_text

Raw = dict[str, object]
Names = dict[str, tuple[EntityType, tuple[str, ...]]]


def iter_practice(folder: Path) -> Iterator[Document]:
    """Each practice sentence as a document of its own. Raises ParseError for a block that is not well formed."""
    for path in sorted(folder.rglob("*.txt")):
        yield from read_practice(path)


def iter_gold(folder: Path) -> Iterator[Document]:
    """The stories of a gold folder: texts with claims.jsonl, entities.jsonl and MANIFEST.tsv beside them."""
    names: Names = {}
    for line in read_lines(folder / "entities.jsonl"):
        forms = [str(line["canonical"])]
        for key in ("surface_forms", "other_aliases"):
            found = line.get(key)
            forms += map(str, found) if isinstance(found, list) else []
        if line["type"] in set(EntityType):
            names[forms[0]] = (EntityType(str(line["type"])), tuple(dict.fromkeys(forms)))
    by_text: dict[str, list[Raw]] = {}
    for line in read_lines(folder / "claims.jsonl"):
        by_text.setdefault(str(line["doc"]), []).append(line)
    days = read_days(folder / "MANIFEST.tsv")
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8")
        sentences = split_text(text)
        statements = tuple(_read_gold(line, sentences) for line in by_text.get(path.name, []))
        day = date.fromisoformat(days[path.name]) if path.name in days else NO_DAY
        yield Document(path.stem, text, detect_language(text), day, names, statements)


def iter_corpus(folder: Path, split: str) -> Iterator[Document]:
    """The documents of a split of a read corpus: `texts`, `ann`, MANIFEST.tsv with days, folds.tsv with splits.

    Raises ConfigError for a folder that is none, ParseError for an annotation that is not well formed.
    """
    try:
        lines = (folder / "folds.tsv").read_text("utf-8").splitlines()[1:]
        days = read_days(folder / "MANIFEST.tsv")
    except OSError as error:
        raise ConfigError(f"{error.filename}: {error.strerror}; a read corpus holds it", subject=str(folder)) from error
    for line in sorted(lines):
        text, _, fold = line.split("\t")
        if fold == split:
            path = folder / "texts" / text
            yield read_document(path, folder / "ann" / f"{path.stem}.ann", days.get(text) or NO_DAY.isoformat())


def read_corpus_outlets(folder: Path) -> dict[str, str]:
    """The outlet of each document of a read corpus, by the document's name."""
    return {Path(text).stem: outlet for text, outlet in read_outlets(folder / "MANIFEST.tsv").items()}


def _refer(words: str) -> Reference | None:
    return Reference(words) if words else None


def _read_gold(line: Raw, sentences: list[tuple[int, int]]) -> Statement:
    start, end = int(str(line["start"])), int(str(line["end"]))
    shared = [min(b, end) - max(a, start) for a, b in sentences]
    quantity, claimants = line.get("quantity"), line.get("claimants")
    return Statement(
        sentence=shared.index(max(shared)),
        predicate=Predicate(str(line["predicate"])),
        subject=_refer(str(line.get("subject") or "")),
        object=_refer(str(line.get("object") or "")),
        amount=_read_amount(quantity) if isinstance(quantity, dict) else None,
        claimants=tuple(filter(None, map(_refer, claimants))) if isinstance(claimants, list) else (),
        modality=Modality(str(line["modality"])),
        denied=line["polarity"] == "denied",
        benchmark=str(line.get("benchmark") or ""),
        day=str(line.get("date") or ""),
        trigger="",
        core=bool(line.get("core", True)),
    )


def _read_amount(quantity: Raw) -> Amount:
    high = quantity.get("high")
    value = float(str(quantity["value"]))
    measure = str(quantity.get("measure") or "")
    return Amount(value, None if high is None else float(str(high)), str(quantity.get("unit") or ""), measure)
