"""The floor under the reader: how the project's own gold is read may not fall below the stored baseline.

Of the blind part only figures are printed, never a sentence (data/gold/GUIDELINE.md).
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from graph.grades import FAIR_FROM
from ingest.accuracy.evaluation import Evaluation, evaluate
from ingest.nlp.extract import Extractor
from ingest.nlp.load import load_extractor

_ROOT = Path(__file__).parents[2]
_GOLD = _ROOT / "data" / "gold"
_BASELINE = Path(__file__).with_name("baseline.json")
_PARTS = ("en/build", "en/blind", "ja/build", "ja/blind")
_MEASURES = ("found_f1", "found_precision", "right_f1", "entities_f1", "claimant", "modality", "polarity")
# The floor lies this much below the measured value: a claim more or less in a part of a hundred is no regression.
_SLACK = 0.02
# Claims in texts that hold none; of them the baseline has how many there may be.
_ALARMS = "alarms"
# The gold is eighty texts, each read by the network.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor(_ROOT / "data")


@pytest.fixture(scope="module")
def measure(extractor: Extractor) -> Callable[[str], Evaluation]:
    """Reads a part of the gold, once."""
    return cache(lambda part: _evaluate(extractor, part))


@pytest.mark.parametrize("part", _PARTS)
def test_gold_is_read_no_worse_than_before(
    part: str, measure: Callable[[str], Evaluation], request: pytest.FixtureRequest
) -> None:
    figures = _figures(measure(part))
    print(part, figures)
    floors = _load(part)
    if request.config.getoption("--update-baseline"):
        floors |= {name: round(value - _SLACK, 3) for name, value in figures.items()}
        _store(part, floors)
    fallen = {name: value for name, value in figures.items() if value < floors[name]}
    assert not fallen, f"{part}: below the baseline: {fallen}, floors {floors}"


@pytest.mark.parametrize("part", _PARTS)
def test_every_text_is_read(part: str, measure: Callable[[str], Evaluation]) -> None:
    failed = len(measure(part).failures)
    assert failed == 0


@pytest.mark.parametrize("part", _PARTS)
def test_text_without_claims_yields_no_more_than_before(
    part: str, measure: Callable[[str], Evaluation], request: pytest.FixtureRequest
) -> None:
    alarms = len(measure(part).claims.alarms)  # a number: pytest would print the sentences
    known = _load(part)
    if request.config.getoption("--update-baseline"):
        known[_ALARMS] = alarms
        _store(part, known)
    most = known.get(_ALARMS, 0)
    assert alarms <= most


def _load(part: str) -> dict[str, float]:
    floors: dict[str, dict[str, float]] = json.loads(_BASELINE.read_text("utf-8"))
    return floors.get(part, {})


def _store(part: str, floors: dict[str, float]) -> None:
    stored = json.loads(_BASELINE.read_text("utf-8")) | {part: floors}
    _BASELINE.write_text(json.dumps(stored, indent=2, sort_keys=True) + "\n", "utf-8")


def _evaluate(extractor: Extractor, part: str) -> Evaluation:
    folder = _GOLD / part
    return evaluate(extractor, folder / "claims.jsonl", folder, [folder / "entities.jsonl"], None, threshold=FAIR_FROM)


def _figures(result: Evaluation) -> dict[str, float]:
    """What the baseline keeps, by name, rounded as reports print it."""
    score, entities = result.claims, result.entities
    rates = {
        "found_f1": score.found.f1,
        "found_precision": score.found.precision,
        "right_f1": score.right.f1,
        "entities_f1": entities.f1 if entities else None,
    }
    shares = {name: score.attributes[name] for name in ("claimant", "modality", "polarity")}
    rates |= {name: right / of if of else None for name, (right, of) in shares.items()}
    return {name: round(rates[name] or 0.0, 3) for name in _MEASURES}
