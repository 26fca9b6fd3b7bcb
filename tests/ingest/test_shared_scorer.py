"""Our measure beside the scorer that gold sets come with, in `../shared`; skipped where it is not."""

import json
import runpy
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ingest.accuracy.gold import make_line, read_names
from ingest.accuracy.scoring import meets, pair_claims, score_claims

_SCORER = Path(__file__).parents[2] / ".." / "shared" / "eval" / "score_claims.py"
_Raw = dict[str, object]

pytestmark = pytest.mark.skipif(not _SCORER.is_file(), reason="no shared/eval/score_claims.py beside the checkout")

_ENTITIES: list[_Raw] = [
    {"canonical": "Vantor", "surface_forms": ["Vantor AI", "ヴァントール"]},
    {"canonical": "Sablefish", "other_aliases": ["Sable-fish"]},
    {"canonical": "Orrery"},
    {"canonical": "MathBench"},
    {"canonical": "group of investors", "descriptor": True},
]


def _raw(**fields: object) -> _Raw:
    """A plain deal of Vantor in a.txt, and what is said otherwise."""
    return {
        "doc": "a.txt", "start": 0, "end": 40, "sentence": "", "type": "deal", "predicate": "acquired",
        "subject": "Vantor", "object": "Sablefish", "quantity": None, "benchmark": None, "claimants": [],
        "modality": "asserted", "polarity": "affirmed", "date": None,
    } | fields  # fmt: skip


def _amount(value: float | None, unit: str | None, measure: str | None = None) -> _Raw:
    return {"value": value, "unit": unit, "measure": measure}


_GOLD = [
    _raw(),
    _raw(quantity=_amount(6e8, "EUR", "price"), claimants=["Harbor Ledger", "Orrery security researchers"]),
    _raw(
        object=None, quantity=_amount(-17, "%", "stock_change"), predicate="stock_moved", type="market", date="2025-01"
    ),
    _raw(object=None, predicate="can", type="capability", also={"modality": ["speculated"]}),
    _raw(object="a group of investors", predicate="raised", also={"claimant": ["Orrery"]}),
    _raw(subject="people close to the talks", object="Orrery", modality="reported"),
    _raw(subject="関係者数人", object="Orrery", start=30, end=80, modality="alleged"),
    _raw(doc="b.txt", polarity="denied", claimants=["Vantor"], benchmark="MathBench"),
    _raw(doc="b.txt", subject="Orrery", core=False),
    _raw(doc="b.txt", object=None, quantity=_amount(300, "users", "users"), predicate="has_users", type="market"),
]
_FOUND = [
    _raw(),
    _raw(subject="ヴァントール", object="Sable-fish", end=20, modality="reported"),
    _raw(object="Orrery", quantity=_amount(6.02e8, "EUR", "price"), claimants=["Orrery"]),
    _raw(quantity=_amount(7e8, "EUR", "price"), start=21, end=80),
    _raw(
        object=None, quantity=_amount(17, "%", "stock_change"), predicate="stock_moved", type="market", date="2025-01"
    ),
    _raw(object=None, quantity=_amount(-17, None, "stock_change"), predicate="stock_moved", type="market"),
    _raw(object=None, predicate="can", type="capability", modality="speculated"),
    _raw(object=None, predicate="raised", claimants=["Orrery"]),
    _raw(subject="two people close to it", object="Orrery", modality="reported"),
    _raw(subject="関係者ら", object="Orrery", start=30, end=80, modality="alleged"),
    _raw(subject="the talks", object="it", start=5, end=45),
    _raw(doc="b.txt", polarity="denied", claimants=["Vantor AI"], benchmark="Math Bench"),
    _raw(doc="b.txt"),
    _raw(doc="b.txt", subject="Orrery"),
    _raw(doc="b.txt", object=None, quantity=_amount(301, "people/day", "users"), predicate="leads", type="market"),
    _raw(doc="c.txt"),
]


@pytest.fixture(scope="module")
def shared() -> Any:
    return SimpleNamespace(**runpy.run_path(str(_SCORER)))  # not imported: that would leave bytecode beside it


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("names") / "entities.jsonl"
    path.write_text("".join(json.dumps(entity) + "\n" for entity in _ENTITIES), "utf-8")
    return path


def test_the_same_claims_meet(shared: Any, names: Path) -> None:
    ours, theirs = read_names([names]), shared.Names([str(names)])
    pairs = list(product(_GOLD, [*_FOUND, *_GOLD]))
    met = [meets(make_line(gold), make_line(found), ours) for gold, found in pairs]
    assert met == [shared.meets(gold, found, theirs) for gold, found in pairs]
    assert 20 < sum(met) < len(met) / 2


def test_as_many_are_found_and_right(shared: Any, names: Path) -> None:
    report, _ = shared.score(_GOLD, _FOUND, shared.Names([str(names)]))
    score = score_claims([*map(make_line, _GOLD)], [*map(make_line, _FOUND)], read_names([names]))
    found, right = report["found"], report["full"]
    assert (score.found.hits, score.found.predicted, score.found.wanted) == _counts(found)
    assert (score.right.hits, score.right.predicted, score.right.wanted) == _counts(right)
    assert 0 < right["hits"] < found["hits"] < found["predicted"]


def test_only_right_asks_for_the_measure(shared: Any, names: Path) -> None:
    gold, found = [_raw(quantity=_amount(1, "USD", "price"))], [_raw(quantity=_amount(1, "USD", "spending"))]
    report, _ = shared.score(gold, found, shared.Names([str(names)]))
    score = score_claims([*map(make_line, gold)], [*map(make_line, found)], read_names([names]))
    assert (report["found"]["hits"], report["full"]["hits"]) == (1, 1)
    assert (score.found.hits, score.right.hits) == (1, 0)


def test_the_same_claims_are_paired(shared: Any, names: Path) -> None:
    gold, found = [*map(make_line, _GOLD)], [*map(make_line, _FOUND)]
    ours = [(gold.index(one.gold), found.index(one.claim)) for one in pair_claims(gold, found, read_names([names]))]
    assert ours == [(i, j) for i, j, _ in shared.pair(_GOLD, _FOUND, shared.Names([str(names)]))]


def _counts(rate: dict[str, int]) -> tuple[int, int, int]:
    return rate["hits"], rate["predicted"], rate["gold"]
