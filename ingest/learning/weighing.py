"""What a reader finds in texts read with care, each claim with its signs, and whether it is right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.formats.claim_lines import Spellings, make_claim_line
from graph.records import Article
from ingest.accuracy.evaluation import find_entity_files, iter_dated
from ingest.accuracy.gold import Line, Names, make_line, read_claims, read_names, read_outlets
from ingest.accuracy.scoring import Score, score_claims
from ingest.learning.annotated import Document
from ingest.learning.calibrate import fit_line
from ingest.learning.lines import make_document_article, make_lines, make_names
from ingest.nlp.extract import Extractor
from ingest.nlp.scorer import Scorer, Signs, add_fits, make_share
from ingest.read import read_text_file

_THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7)


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts with what a careful reader found in them; outlets by text, a text without one stands for itself."""

    articles: Mapping[str, Article]
    gold: tuple[Line, ...]
    names: Names
    outlets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim that a reader finds.

    signs  those that its score is made of
    sum    what its score is made of them
    met    whether it is one of the gold
    right  whether it is in every part
    core   whether it counts: not where it meets one that not every careful reader would list
    """

    line: Line
    signs: Signs
    sum: float
    met: bool
    right: bool
    core: bool


def read_texts(gold: Path, folder: Path, day: str | None = None) -> Texts:
    """The texts of a folder with a gold file, as `claimgraph evaluate` takes them."""
    manifest = folder / "MANIFEST.tsv"
    dated = iter_dated(sorted(folder.glob("*.txt")), manifest, day)
    articles = {path.name: read_text_file(path, moment, None) for path, moment in dated}
    lines = tuple(line for line in read_claims(gold) if line.doc in articles)
    outlets = read_outlets(manifest) if manifest.exists() else {}
    return Texts(articles, lines, read_names(find_entity_files(gold)), outlets)


def take_documents(documents: Sequence[Document]) -> Texts:
    """Annotated documents as such texts, each for itself."""
    articles = {document.name: make_document_article(document) for document in documents}
    gold = tuple(line for document in documents for line in make_lines(document))
    return Texts(articles, gold, make_names(documents), {})


def weigh(extractor: Extractor, scorer: Scorer, texts: Texts) -> list[Weighed]:
    """Every claim that a reader finds, whatever it scores."""
    found = [
        (make_line(make_claim_line(claim, doc, spelled.find(claim))), add_fits(signs[claim.id], scorer.fits))
        for doc, article in texts.articles.items()
        for extraction, signs in [extractor.weigh(article)]
        for spelled in [Spellings(extraction)]
        for claim in extraction.claims
    ]
    meetings = {
        id(one.claim): one for one in score_claims(texts.gold, [line for line, _ in found], texts.names).meetings
    }
    return [
        Weighed(
            line,
            signs,
            scorer.weigh(signs),
            meeting is not None,
            bool(meeting and meeting.is_right),
            meeting is None or meeting.gold.core,
        )
        for line, signs in found
        for meeting in [meetings.get(id(line))]
    ]


def fit_shares(weighed: Sequence[Weighed]) -> tuple[float, float]:
    """Slope and shift that make sums of a scorer the share that is right, without the claims that count nowhere."""
    counts = [one for one in weighed if one.core]
    return fit_line([one.sum for one in counts], [one.right for one in counts])


def iter_figures(texts: Texts, weighed: Sequence[Weighed], line: tuple[float, float]) -> Iterator[str]:
    """Figures by threshold, each claim scored by a line over its sum."""
    scored = [replace(one.line, score=make_share(line[0] * one.sum + line[1])) for one in weighed]
    right = {id(line): one.right for line, one in zip(scored, weighed, strict=True)}
    yield "threshold  claims  found P, R, F1    right F1  of those right"
    for threshold in _THRESHOLDS:
        shown = [line for line in scored if (line.score or 0) >= threshold]
        if shown:
            score = score_claims(texts.gold, shown, texts.names)
            share = sum(right[id(line)] for line in shown) / len(shown)
            yield f"{threshold:9.2f}  {len(shown):6}  {_format(score)}  {share:14.2f}"


def _format(score: Score) -> str:
    rates = (score.found.precision, score.found.recall, score.found.f1, score.right.f1)
    p, r, f1, right = (rate or 0.0 for rate in rates)
    return f"{p:.2f} {r:.2f} {f1:.3f}    {right:8.3f}"


def measure_found(extractor: Extractor, texts: Texts, threshold: float) -> float:
    """Found F1 of what a reader would show of texts; nought where there is nothing to find."""
    lines = list(iter_shown(extractor, texts, threshold))
    return score_claims(texts.gold, lines, texts.names).found.f1 or 0.0


def iter_shown(extractor: Extractor, texts: Texts, threshold: float) -> Iterable[Line]:
    """The claims of texts that score as high as a threshold."""
    for doc, article in texts.articles.items():
        extraction, _ = extractor.weigh(article, threshold)
        spelled = Spellings(extraction)
        yield from (make_line(make_claim_line(claim, doc, spelled.find(claim))) for claim in extraction.claims)
