"""Texts read beside gold: the figures, the report, and what is missing to make one."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from graph.errors import ConfigError
from graph.ids import make_claim_id
from graph.records import (
    Article,
    Claim,
    ClaimType,
    Extraction,
    Failure,
    Modality,
    Party,
    Polarity,
    Predicate,
    Stage,
)
from ingest.evaluation import Evaluation, evaluate, find_entity_files, format_evaluation, summarize_evaluation
from ingest.nlp.extract import Extractor

_SENTENCE = "Vantor bought Sablefish."


class _OneClaim(Extractor):
    """Takes the first line of every text for a firm statement that Vantor bought somebody; "!" cannot be read."""

    def __init__(self) -> None:
        self.days: list[str] = []

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        for article in articles:
            self.days.append(article.published_at.date().isoformat())
            if article.text.startswith("!"):
                yield Failure(Stage.EXTRACT, article.id, "extract_failed", "no text")
                continue
            yield Extraction(article, (), (), (_claim(article),))


def _claim(article: Article) -> Claim:
    subject, span = Party("Vantor"), (0, len(article.text.splitlines()[0]))
    id = make_claim_id(article.id, span, Predicate.ACQUIRED, subject, None, None, None, Polarity.AFFIRMED)
    return Claim(
        id=id, article_id=article.id, span=span, text=article.text[slice(*span)], lang="en", type=ClaimType.DEAL,
        predicate=Predicate.ACQUIRED, subject=subject, object=Party("Sablefish"), quantity=None, benchmark=None,
        claimants=(), modality=Modality.ASSERTED, polarity=Polarity.AFFIRMED, date=None,
        reported_at=article.published_at, cues=(), reader="",
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two texts, a claim in the first that is only speculated, entities, and days for the first."""
    (tmp_path / "a.txt").write_text(_SENTENCE, "utf-8")
    (tmp_path / "b.txt").write_text("Nothing of note was said.", "utf-8")
    gold = {
        "doc": "a.txt", "start": 0, "end": len(_SENTENCE), "sentence": _SENTENCE, "type": "deal",
        "predicate": "acquired", "subject": "Vantor", "object": "Sablefish", "modality": "speculated",
    }  # fmt: skip
    missed = gold | {"predicate": "partnered_with", "object": "Orrery"}
    (tmp_path / "claims.jsonl").write_text(f"{json.dumps(gold)}\n{json.dumps(missed)}\n", "utf-8")
    (tmp_path / "entities.jsonl").write_text('{"canonical": "Vantor", "type": "company", "docs": ["a.txt"]}\n', "utf-8")
    (tmp_path / "MANIFEST.tsv").write_text("text\tday\na.txt\t2025-03-05\n", "utf-8")
    return tmp_path


def _evaluate(folder: Path, day: str | None = "2025-01-31", extractor: _OneClaim | None = None) -> Evaluation:
    gold = folder / "claims.jsonl"
    return evaluate(extractor or _OneClaim(), gold, folder, find_entity_files(gold), day)


def test_figures_of_a_folder(folder: Path) -> None:
    result = _evaluate(folder)
    found, full = result.claims.found, result.claims.full
    assert (result.texts, found.hits, found.predicted, found.wanted, full.hits) == (2, 1, 1, 2, 0)


def test_claim_of_a_text_without_gold_is_an_alarm(folder: Path) -> None:
    assert [line.doc for line in _evaluate(folder).claims.alarms] == ["b.txt"]


def test_speculation_read_as_fact_is_too_firm(folder: Path) -> None:
    assert [meeting.gold.modality for meeting in _evaluate(folder).claims.too_firm] == ["speculated"]


def test_text_is_read_under_its_own_day_else_the_one_given(folder: Path) -> None:
    extractor = _OneClaim()
    _evaluate(folder, "2025-01-31", extractor)
    assert extractor.days == ["2025-03-05", "2025-01-31"]


def test_text_without_day_is_named(folder: Path) -> None:
    with pytest.raises(ConfigError, match=r"b\.txt: no day in MANIFEST\.tsv.*--date"):
        _evaluate(folder, None)


def test_day_that_is_none_is_named(folder: Path) -> None:
    with pytest.raises(ConfigError, match=r"b\.txt: 'soon' is no day"):
        _evaluate(folder, "soon")


def test_folder_without_texts_is_named(folder: Path) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(ConfigError, match=r"no \.txt files"):
        evaluate(_OneClaim(), folder / "claims.jsonl", folder / "empty", [], None)


def test_text_that_cannot_be_read_is_counted(folder: Path) -> None:
    (folder / "b.txt").write_text("!", "utf-8")
    result = _evaluate(folder)
    assert [failure.reason for failure in result.failures] == ["extract_failed"]
    assert summarize_evaluation(result)["failed"] == 1


def test_entity_files_are_those_beside_the_gold(folder: Path) -> None:
    (folder / "seed_aliases.jsonl").write_text("", "utf-8")
    (folder / "other.jsonl").write_text("", "utf-8")
    names = [path.name for path in find_entity_files(folder / "claims.jsonl")]
    assert names == ["entities.jsonl", "seed_aliases.jsonl"]


def test_no_entity_gold_no_entity_figures(folder: Path) -> None:
    result = evaluate(_OneClaim(), folder / "claims.jsonl", folder, [], "2025-01-31")
    assert result.entities is None
    assert not any(line.startswith("entities") for line in format_evaluation(result, []))


def test_report_lists_what_is_too_firm_without_being_asked(folder: Path) -> None:
    lines = list(format_evaluation(_evaluate(folder), []))
    assert "stored more firmly than the text says: 1" in lines
    assert any("(speculated)" in line and "asserted" in line for line in lines)
    assert not any("Orrery" in line for line in lines)


def test_report_lists_misses_when_asked(folder: Path) -> None:
    assert any("Orrery" in line for line in format_evaluation(_evaluate(folder), ["misses"]))


def test_report_lists_false_claims_and_alarms(folder: Path) -> None:
    assert any(line.startswith("b.txt:0") for line in format_evaluation(_evaluate(folder), ["false"]))


def test_summary_is_plain_json(folder: Path) -> None:
    summary = json.loads(json.dumps(summarize_evaluation(_evaluate(folder))))
    assert summary["found"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3)}
    assert (summary["modality"], summary["too_firm"], summary["alarms"]) == (0.0, 1, 1)


def test_empty_text_does_not_stop_the_others(folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"")
    result = _evaluate(folder)
    assert (result.claims.found.hits, [failure.reason for failure in result.failures]) == (1, ["empty"])
