"""Texts read and compared with gold: what `claimgraph evaluate` reports."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from graph.errors import ConfigError, FetchError, ParseError
from graph.formats.claim_lines import Spellings, iter_entity_lines, make_claim_line
from graph.records import Extraction, Failure, Stage
from ingest.accuracy.curve import Curve, is_counted, trace_curve
from ingest.accuracy.dangers import Dangers, find_dangers
from ingest.accuracy.gold import Line, make_line, read_claims, read_day, read_days, read_lines, read_names, read_outlets
from ingest.accuracy.scoring import Rate, Score, score_claims, score_entities
from ingest.accuracy.tallies import Tally, tally_by
from ingest.nlp.extract import Reader
from ingest.read import read_text_file


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How the extractor did on a gold file: claims, entities where there is gold of them, texts that failed.

    threshold  the score from which claims count; None when all do
    counted    claims that were compared, those of texts without gold too
    unscored   claims without a score, which count only where all do
    outlets    the figures of each outlet by its name
    curve      the figures by threshold, when asked for
    """

    texts: int
    threshold: float | None
    counted: int
    unscored: int
    claims: Score
    dangers: Dangers
    outlets: Mapping[str, Tally]
    curve: Curve | None
    entities: Rate | None
    failures: tuple[Failure, ...]


@dataclass(slots=True)
class _Reading:
    """What the texts of a folder say."""

    claims: list[Line] = field(default_factory=list)
    entities: list[dict[str, object]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def evaluate(
    extractor: Reader,
    gold: Path,
    texts: Path,
    entities: Sequence[Path],
    day: str | None,
    *,
    threshold: float | None = None,
    with_curve: bool = False,
) -> Evaluation:
    """Reads the texts of a folder and compares the claims from a threshold up with a gold file.

    Each text is read under its day in the folder's MANIFEST.tsv, else under `day`, and counts for its outlet there,
    else for itself. Raises ConfigError for a text without a day, ParseError for a gold file that is none.
    """
    wanted = read_claims(gold)
    paths = sorted(texts.glob("*.txt"))
    if not paths:
        raise ConfigError(f"{texts}: no .txt files to evaluate", subject=str(texts))
    docs, manifest, names = {path.name for path in paths}, texts / "MANIFEST.tsv", read_names(entities)
    read = _read_texts(extractor, iter_dated(paths, manifest, day))
    wanted = tuple(line for line in wanted if line.doc in docs)
    claims = [claim for claim in read.claims if is_counted(claim, threshold)]
    score = score_claims(wanted, claims, names)
    return Evaluation(
        texts=len(paths),
        threshold=threshold,
        counted=len(claims),
        unscored=sum(claim.score is None for claim in read.claims),
        claims=score,
        dangers=find_dangers(wanted, claims, score.meetings, names),
        outlets=_tally_outlets(score, read_outlets(manifest) if manifest.exists() else {}),
        curve=trace_curve(wanted, read.claims, names) if with_curve else None,
        entities=_score_entities(entities, docs, read.entities),
        failures=tuple(read.failures),
    )


def find_entity_files(gold: Path) -> list[Path]:
    """The files of names that lie beside a gold file."""
    return sorted({*gold.parent.glob("*entities.jsonl"), *gold.parent.glob("*aliases.jsonl")})


def _read_texts(extractor: Reader, texts: Iterable[tuple[Path, datetime]]) -> _Reading:
    read = _Reading()
    for path, moment in texts:
        result = _read_text(extractor, path, moment)
        if isinstance(result, Failure):
            read.failures.append(result)
            continue
        spelled = Spellings(result)
        read.claims += (make_line(make_claim_line(claim, path.name, spelled.find(claim))) for claim in result.claims)
        read.entities += iter_entity_lines(result, path.name)
    return read


def _read_text(extractor: Reader, path: Path, moment: datetime) -> Extraction | Failure:
    try:
        return next(extractor.extract([read_text_file(path, moment, None)]))
    except (FetchError, ParseError) as error:
        return Failure(Stage.ARTICLE, str(path), error.reason, str(error))


def iter_dated(paths: Sequence[Path], manifest: Path, day: str | None) -> Iterator[tuple[Path, datetime]]:
    """Texts with their days, from a manifest or all the same. Raises ConfigError for a text without one."""
    days: Mapping[str, str] = read_days(manifest) if manifest.exists() else {}
    for path in paths:
        known = days.get(path.name) or days.get(path.stem) or day
        if known is None:
            message = f"{path.name}: no day in {manifest.name} beside it; give one with --date"
            raise ConfigError(message, subject=path.name)
        yield path, read_day(known, path.name)


def _tally_outlets(score: Score, outlets: Mapping[str, str]) -> dict[str, Tally]:
    return tally_by(score, lambda line: outlets.get(line.doc) or outlets.get(Path(line.doc).stem) or line.doc)


def _score_entities(paths: Sequence[Path], docs: Collection[str], found: Iterable[Mapping[str, object]]) -> Rate | None:
    own = [line for path in paths for line in read_lines(path) if line.get("docs")]
    here = [line | {"docs": [doc for doc in _docs(line) if doc in docs]} for line in own]
    return score_entities(here, found) if here else None


def _docs(line: Mapping[str, object]) -> list[str]:
    docs = line.get("docs")
    return list(map(str, docs)) if isinstance(docs, list) else []
