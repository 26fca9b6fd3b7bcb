"""Texts read and compared with gold: what `claimgraph evaluate` reports."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import ConfigError, FetchError, ParseError
from graph.export import iter_entity_lines, make_claim_line
from graph.records import Extraction, Failure, Stage
from ingest.dangers import Dangers, find_dangers
from ingest.gold import Line, make_line, read_claims, read_days, read_lines, read_names
from ingest.nlp.extract import Extractor
from ingest.read import read_text_file
from ingest.scoring import Rate, Score, score_claims, score_entities


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How the extractor did on a gold file: claims, entities where there is gold of them, texts that failed.

    counted  claims that were compared, those of texts without gold too
    """

    texts: int
    counted: int
    claims: Score
    dangers: Dangers
    entities: Rate | None
    failures: tuple[Failure, ...]


def evaluate(extractor: Extractor, gold: Path, texts: Path, entities: Sequence[Path], day: str | None) -> Evaluation:
    """Reads the texts of a folder and compares them with a gold file.

    Each text is read under its day in the folder's MANIFEST.tsv, else under `day`. Raises ConfigError for a text with
    neither, ParseError for a gold file that is none.
    """
    wanted = read_claims(gold)
    paths = sorted(texts.glob("*.txt"))
    if not paths:
        raise ConfigError(f"{texts}: no .txt files to evaluate", subject=str(texts))
    found: list[Line] = []
    named: list[dict[str, object]] = []
    failures: list[Failure] = []
    for path, moment in _iter_dated(paths, texts / "MANIFEST.tsv", day):
        result = _read_text(extractor, path, moment)
        if isinstance(result, Failure):
            failures.append(result)
            continue
        found += (make_line(make_claim_line(claim, path.name)) for claim in result.claims)
        named += iter_entity_lines(result, path.name)
    own = [line for path in entities for line in read_lines(path) if line.get("docs")]
    docs = {path.name for path in paths}
    gold_lines = [line for line in wanted if line.doc in docs]
    names = read_names(entities)
    score = score_claims(gold_lines, found, names)
    here = [line | {"docs": [doc for doc in _docs(line) if doc in docs]} for line in own]
    return Evaluation(
        texts=len(paths),
        counted=len(found),
        claims=score,
        dangers=find_dangers(gold_lines, found, score.meetings, names),
        entities=score_entities(here, named) if here else None,
        failures=tuple(failures),
    )


def find_entity_files(gold: Path) -> list[Path]:
    """The files of names that lie beside a gold file."""
    return sorted({*gold.parent.glob("*entities.jsonl"), *gold.parent.glob("*aliases.jsonl")})


def _read_text(extractor: Extractor, path: Path, moment: datetime) -> Extraction | Failure:
    try:
        return next(extractor.extract([read_text_file(path, moment, None)]))
    except (FetchError, ParseError) as error:
        return Failure(Stage.ARTICLE, str(path), error.reason, str(error))


def _iter_dated(paths: Sequence[Path], manifest: Path, day: str | None) -> Iterator[tuple[Path, datetime]]:
    days: Mapping[str, str] = read_days(manifest) if manifest.exists() else {}
    for path in paths:
        known = days.get(path.name) or days.get(path.stem) or day
        if known is None:
            message = f"{path.name}: no day in {manifest.name} beside it; give one with --date"
            raise ConfigError(message, subject=path.name)
        yield path, _read_day(known, path.name)


def _read_day(text: str, subject: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise ConfigError(f"{subject}: {text!r} is no day; write 2025-01-31", subject=subject) from error


def _docs(line: Mapping[str, object]) -> list[str]:
    docs = line.get("docs")
    return list(map(str, docs)) if isinstance(docs, list) else []
