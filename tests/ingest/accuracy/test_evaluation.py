"""Texts read beside gold: the figures, and what is missing to make some."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
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
from ingest.accuracy.evaluation import Evaluation, evaluate, find_entity_files
from ingest.accuracy.summaries import format_evaluation, summarize_evaluation
from ingest.nlp.extract import Extractor

_SENTENCE = "Vantor bought Sablefish."


class _OneClaim(Extractor):
    """Takes the first line of every text for a firm statement that Vantor bought somebody; "!" cannot be read."""

    def __init__(self, type: ClaimType = ClaimType.DEAL, scores: Mapping[str, float] | None = None) -> None:
        self.days: list[str] = []
        self.type = type
        self.scores = scores or {}

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        for article in articles:
            self.days.append(article.published_at.date().isoformat())
            if article.text.startswith("!"):
                yield Failure(Stage.EXTRACT, article.id, "extract_failed", "no text")
                continue
            yield Extraction(article, (), (), (self._make_claim(article),))

    def _make_claim(self, article: Article) -> Claim:
        return replace(_claim(article), type=self.type, score=self.scores.get(article.text))


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
    found, right = result.claims.found, result.claims.right
    assert (result.texts, found.hits, found.predicted, found.wanted, right.hits) == (2, 1, 1, 2, 0)


def test_claim_of_a_text_without_gold_is_an_alarm(folder: Path) -> None:
    assert [line.doc for line in _evaluate(folder).claims.alarms] == ["b.txt"]


def test_speculation_read_as_fact_is_dangerous(folder: Path) -> None:
    dangers = _evaluate(folder).dangers
    assert [meeting.gold.modality for meeting in dangers.fact_made_of_less] == ["speculated"]


def test_accusation_in_a_text_without_claims_is_dangerous(folder: Path) -> None:
    found = _evaluate(folder, extractor=_OneClaim(ClaimType.ALLEGATION)).dangers.accusation_invented
    assert [line.doc for line in found] == ["a.txt", "b.txt"]


def test_text_counts_for_its_outlet_else_for_itself(folder: Path) -> None:
    assert list(_evaluate(folder).outlets) == ["a.txt"]
    (folder / "MANIFEST.tsv").write_text("text\tday\toutlet\na\t2025-03-05\tHarbor Ledger\n", "utf-8")
    outlets = _evaluate(folder).outlets
    assert {name: (one.found.hits, one.right.hits) for name, one in outlets.items()} == {"Harbor Ledger": (1, 0)}


def test_report_has_figures_over_outlets(folder: Path) -> None:
    second = (folder / "claims.jsonl").read_text("utf-8").splitlines()[0].replace("a.txt", "c.txt")
    with (folder / "claims.jsonl").open("a", encoding="utf-8") as file:
        file.write(second + "\n")
    (folder / "c.txt").write_text(_SENTENCE, "utf-8")
    lines = list(format_evaluation(_evaluate(folder), []))
    assert any("mean of 2 outlets" in line for line in lines)
    assert "found recall      0.667  0.500 to 1.000   0.750  0.500 to 1.000" in lines


def test_claims_count_from_the_threshold_up(folder: Path) -> None:
    gold, extractor = folder / "claims.jsonl", _OneClaim(scores={_SENTENCE: 0.6})
    result = evaluate(extractor, gold, folder, find_entity_files(gold), "2025-01-31", threshold=0.5)
    assert (result.counted, result.unscored, result.claims.found.hits, result.claims.alarms) == (1, 1, 1, ())
    assert "claims without a score, under any threshold: 1" in format_evaluation(result, [])
    above = evaluate(extractor, gold, folder, find_entity_files(gold), "2025-01-31", threshold=0.7)
    assert (above.counted, above.claims.found.hits, above.dangers.fact_made_of_less) == (0, 0, ())


def test_report_of_the_curve(folder: Path) -> None:
    gold, extractor = folder / "claims.jsonl", _OneClaim(scores={_SENTENCE: 0.6})
    result = evaluate(extractor, gold, folder, [], "2025-01-31", threshold=0.5, with_curve=True)
    lines = list(format_evaluation(result, [], totals=True))
    assert "0.60              1.000   0.500 0.667  0.000   1 of 2, 1 predicted" in "\n".join(lines)
    assert "0.65                  -   0.000 0.000      -   0 of 2, 0 predicted" in "\n".join(lines)
    assert any(line.startswith("\nby outlet, from 0.5 up") for line in lines)
    assert any(line.startswith("\nby claim type, from 0.5 up") for line in lines)
    assert "0.6 to 0.7         1       0.600  0.000" in lines
    assert lines[-1] == "calibration error: 0.600"
    assert not any(_SENTENCE in line for line in lines)


def test_report_has_no_curve_unless_asked(folder: Path) -> None:
    result = _evaluate(folder)
    assert not any("threshold" in line or "calibration" in line for line in format_evaluation(result, []))
    assert not {"curve", "by_outlet", "reliability"} & summarize_evaluation(result).keys()


def test_curve_is_plain_json(folder: Path) -> None:
    extractor = _OneClaim(scores={_SENTENCE: 0.6})
    result = evaluate(extractor, folder / "claims.jsonl", folder, [], "2025-01-31", with_curve=True)
    summary = json.loads(json.dumps(summarize_evaluation(result)))
    assert summary["curve"][0] == {
        "threshold": 0.2, "precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3), "right_share": 0.0,
        "found": 1, "predicted": 1, "wanted": 2,
    }  # fmt: skip
    assert summary["by_outlet"]["a.txt"] == summary["by_claim_type"]["deal"]
    assert summary["reliability"][6] == {"low": 0.6, "high": 0.7, "claims": 1, "mean": 0.6, "right": 0.0}
    assert (summary["calibration_error"], summary["threshold"], summary["unscored"]) == (0.6, None, 1)


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


def test_report_lists_what_is_dangerous_without_being_asked(folder: Path) -> None:
    lines = list(format_evaluation(_evaluate(folder), []))
    assert "dangerous among 2 claims: 1" in lines
    assert lines.index("fact made of less: 1") < lines.index("denial lost: 0") < lines.index("accusation invented: 0")
    assert any("(speculated)" in line and "asserted" in line for line in lines)
    assert not any("Orrery" in line for line in lines)


def test_report_tells_denials_and_each_modality(folder: Path) -> None:
    lines = list(format_evaluation(_evaluate(folder), []))
    assert any(line.startswith("denied ") and "0 of 0" in line for line in lines)
    assert any(line.startswith("speculated ") and "0 of 2, 0 predicted" in line for line in lines)


def test_report_of_totals_holds_no_sentence(folder: Path) -> None:
    evaluation = _evaluate(folder, extractor=_OneClaim(ClaimType.ALLEGATION))
    report = "\n".join(format_evaluation(evaluation, ["misses", "false", "wrong"], totals=True))
    assert "accusation invented: 2" in report
    assert not any(word in report for word in ("a.txt", "b.txt", "Vantor", "bought", "Nothing of note"))


def test_report_lists_misses_when_asked(folder: Path) -> None:
    assert any("Orrery" in line for line in format_evaluation(_evaluate(folder), ["misses"]))


def test_report_lists_false_claims_and_alarms(folder: Path) -> None:
    assert any(line.startswith("b.txt:0") for line in format_evaluation(_evaluate(folder), ["false"]))


def test_summary_is_plain_json(folder: Path) -> None:
    summary = json.loads(json.dumps(summarize_evaluation(_evaluate(folder))))
    assert summary["found"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3)}
    assert (summary["modality"], summary["counted"], summary["alarms"]) == (0.0, 2, 1)
    assert summary["outlets"] == 1
    assert summary["estimates"]["found_recall"] == {
        "total": 0.5, "total_interval": None, "mean": 0.5, "mean_interval": None,
    }  # fmt: skip
    assert summary["denied"] == {"precision": None, "recall": None, "f1": None}
    assert summary["modalities"]["speculated"] == {"precision": None, "recall": 0.0, "f1": 0.0}
    assert summary["dangers"] == {"fact_made_of_less": 1, "denial_lost": 0, "accusation_invented": 0}


def test_empty_text_does_not_stop_the_others(folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"")
    result = _evaluate(folder)
    assert (result.claims.found.hits, [failure.reason for failure in result.failures]) == (1, ["empty"])
