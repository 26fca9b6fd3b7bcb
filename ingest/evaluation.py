"""Texts read and compared with gold: what `claimgraph evaluate` prints."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import ConfigError, FetchError, ParseError
from graph.export import iter_entity_lines, make_claim_line
from graph.records import Extraction, Failure, Stage
from ingest.gold import Line, make_line, read_claims, read_days, read_lines, read_names
from ingest.nlp.extract import Extractor
from ingest.read import read_text_file
from ingest.scoring import Meeting, Rate, Score, score_claims, score_entities


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How the extractor did on a gold file: claims, entities where there is gold of them, texts that failed."""

    texts: int
    claims: Score
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
    here = [line | {"docs": [doc for doc in _docs(line) if doc in docs]} for line in own]
    return Evaluation(
        texts=len(paths),
        claims=score_claims([line for line in wanted if line.doc in docs], found, read_names(entities)),
        entities=score_entities(here, named) if here else None,
        failures=tuple(failures),
    )


def find_entity_files(gold: Path) -> list[Path]:
    """The files of names that lie beside a gold file."""
    return sorted({*gold.parent.glob("*entities.jsonl"), *gold.parent.glob("*aliases.jsonl")})


def format_evaluation(result: Evaluation, show: Sequence[str]) -> Iterator[str]:
    """The lines of a report; what came out too firmly is always listed, `show` asks for misses, false or wrong."""
    score = result.claims
    yield f"{'':10}  precision  recall    F1"
    for name, rate in (("found", score.found), ("right", score.right), ("entities", result.entities)):
        if rate:
            cells = f"{_share(rate.precision):>9} {_share(rate.recall):>7} {_share(rate.f1):>5}"
            yield f"{name:10}  {cells}   {rate.hits} of {rate.wanted}, {rate.predicted} predicted"
    for name, (right, of) in score.attributes.items():
        yield f"{name:10}  {_share(right / of if of else None):>9}   {right} of {of}"
    yield "by type     " + ", ".join(f"{kind} {found}/{of}" for kind, (found, of) in score.by_type.items())
    yield f"claims from texts that hold none: {len(score.alarms)}"
    yield f"stored more firmly than the text says: {len(score.too_firm)}"
    yield from map(_describe_meeting, score.too_firm)
    for name in show:
        yield f"\n{name}:"
        lines = score.wrong if name == "wrong" else score.misses if name == "misses" else (*score.false, *score.alarms)
        yield from (_describe_meeting(line) if isinstance(line, Meeting) else _describe(line) for line in lines)


def summarize_evaluation(result: Evaluation) -> dict[str, object]:
    """The figures as one JSON object: shares of 1, null where there was nothing to count."""
    score = result.claims
    rates = {"found": score.found, "right": score.right} | ({"entities": result.entities} if result.entities else {})
    return {
        "texts": result.texts,
        **{name: {"precision": r.precision, "recall": r.recall, "f1": r.f1} for name, r in rates.items()},
        **{name: right / of if of else None for name, (right, of) in score.attributes.items()},
        "by_type": {kind: {"found": found, "of": of} for kind, (found, of) in score.by_type.items()},
        "alarms": len(score.alarms),
        "too_firm": len(score.too_firm),
        "failed": len(result.failures),
    }


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


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _describe(line: Line) -> str:
    amount = f" {line.quantity[0]:g} {line.quantity[1]}" if line.quantity else ""
    said = f" by {line.claimant}" if line.claimant else ""
    firmness = f"{line.modality}{' denied' if line.polarity == 'denied' else ''}"
    head = f"{line.doc}:{line.span[0]}  {line.subject} {line.predicate} {line.object or '-'}{amount}{said} ({firmness})"
    return f"{head}\n    {' '.join(line.sentence.split())[:200]}"


def _describe_meeting(meeting: Meeting) -> str:
    off = [key for key in meeting.agreed if not meeting.agreed[key]]
    got = {key: getattr(meeting.claim, key) for key in off}
    return f"{_describe(meeting.gold)}\n    got {got or meeting.claim.modality}"
