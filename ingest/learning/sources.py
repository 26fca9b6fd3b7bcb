"""Other annotated texts as documents: practice sentences, gold stories, and the splits of a read corpus."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from graph.errors import ConfigError
from graph.records import EntityType, Modality, Predicate
from ingest.accuracy.gold import read_days, read_lines, read_outlets
from ingest.language import detect_language
from ingest.learning.annotated import Amount, Document, Reference, Statement, read_document
from ingest.learning.practice import Told, read_examples
from ingest.learning.rows import split_text

_NO_DAY = date(2025, 1, 31)
_NOBODY = frozenset({"", "-", "~"})
Raw = dict[str, object]
Names = dict[str, tuple[EntityType, tuple[str, ...]]]


def iter_practice(folder: Path) -> Iterator[Document]:
    """Each practice sentence as a document of its own. Raises ParseError for a block that is not well formed."""
    for path in sorted(folder.rglob("*.txt")):
        for number, example in enumerate(read_examples(path)):
            names: Names = {words: (kind, (words,)) for words, kind in example.names}
            sentences = split_text(example.text)
            statements = tuple(_convert(told, _find_sentence(example.text, sentences, told)) for told in example.claims)
            yield Document(f"{path.stem}.{number}", example.text, path.parent.name, _NO_DAY, names, statements)


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
        day = date.fromisoformat(days[path.name]) if path.name in days else _NO_DAY
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
            yield read_document(path, folder / "ann" / f"{path.stem}.ann", days.get(text) or _NO_DAY.isoformat())


def read_corpus_outlets(folder: Path) -> dict[str, str]:
    """The outlet of each document of a read corpus, by the document's name."""
    return {Path(text).stem: outlet for text, outlet in read_outlets(folder / "MANIFEST.tsv").items()}


def _find_sentence(text: str, sentences: list[tuple[int, int]], told: Told) -> int:
    """The sentence of a practice text that holds the words of a claim's parties."""
    words = [word for word in (told.object, told.subject, *told.claimants) if word not in _NOBODY]
    at = next((place for word in words if (place := text.find(word)) >= 0), 0)
    return next((number for number, (_, end) in enumerate(sentences) if at < end), 0)


def _convert(told: Told, sentence: int) -> Statement:
    return Statement(
        sentence=sentence,
        predicate=told.predicate,
        subject=_refer(told.subject),
        object=_refer(told.object),
        amount=None if told.value is None else Amount(told.value, None, told.unit, ""),
        claimants=tuple(filter(None, map(_refer, told.claimants))),
        modality=told.modality,
        denied=told.denied,
        benchmark=told.benchmark,
        day="",
        trigger="",
        core=True,
    )


def _refer(words: str) -> Reference | None:
    return None if words in _NOBODY else Reference(words)


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
