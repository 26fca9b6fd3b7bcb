"""Figures part by part."""

from dataclasses import replace

from ingest.accuracy.gold import Line, Names
from ingest.accuracy.scoring import Rate, score_claims
from ingest.accuracy.tallies import Tally, add_up, tally_by

NAMES = Names([{"canonical": name} for name in ("Vantor", "Sablefish", "Orrery")])
DEAL = Line("a.txt", (0, 40), "Vantor bought Sablefish.", "deal", "acquired", "Vantor", object="Sablefish")
GOLD = [
    DEAL,
    replace(DEAL, subject="Orrery", type="market"),
    replace(DEAL, doc="b.txt"),
    replace(DEAL, doc="b.txt", subject="Orrery", core=False),
]
FOUND = [
    replace(DEAL, modality="reported"),
    replace(DEAL, doc="b.txt", type="people"),
    replace(DEAL, doc="b.txt", subject="Orrery"),
    replace(DEAL, doc="b.txt", object="Orrery", type="legal"),
]
SCORE = score_claims(GOLD, FOUND, NAMES)


def test_parts_by_text() -> None:
    assert tally_by(SCORE, lambda line: line.doc) == {
        "a.txt": Tally(Rate(1, 1, 2), Rate(0, 1, 2)),
        "b.txt": Tally(Rate(1, 2, 1), Rate(0, 2, 1)),
    }


def test_what_meets_counts_under_the_type_of_its_gold() -> None:
    assert tally_by(SCORE, lambda line: line.type) == {
        "deal": Tally(Rate(2, 2, 2), Rate(0, 2, 2)),
        "legal": Tally(Rate(0, 1, 0), Rate(0, 1, 0)),
        "market": Tally(Rate(0, 0, 1), Rate(0, 0, 1)),
    }


def test_parts_add_up_to_the_whole() -> None:
    for parts in (tally_by(SCORE, lambda line: line.doc), tally_by(SCORE, lambda line: line.type)):
        assert add_up(parts.values()) == Tally(SCORE.found, SCORE.right)


def test_nothing_adds_up_to_nothing() -> None:
    assert add_up([]) == Tally(Rate(0, 0, 0), Rate(0, 0, 0))
