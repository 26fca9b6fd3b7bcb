"""Propositions in a few words."""

import pytest

from graph.propositions.labels import make_label
from graph.records import Claim, Comparator, Modality, Polarity, Predicate, Quantity
from tests.graph.propositions.sayings import dollars, make_known, say


@pytest.mark.parametrize(
    ("claim", "english", "japanese"),
    [
        (
            say("Aldin", Predicate.DISTILLED_FROM, "Borea", polarity=Polarity.DENIED),
            "Aldin distilled Borea",
            "AldinがBoreaを蒸留",
        ),
        (
            say("Aldin-1", Predicate.OUTPERFORMS, "Borea X", on="AIME"),
            "Aldin-1 beats Borea X on AIME",
            "Aldin-1がBorea Xを上回る(AIME)",
        ),
        (
            say("Aldin-1", Predicate.COSTS, amount=dollars(5.6e6, how="~")),
            "Training cost of Aldin-1: about 5.6 million USD",
            "Aldin-1の学習費用約560万ドル",
        ),
        (
            say("Aldin-1", Predicate.COSTS, "Borea X", Quantity("price", 27, "x", Comparator.RANGE, 50)),
            "Price of Aldin-1: 27–50 x beside Borea X",
            "Aldin-1の価格27〜50x(Borea X比)",
        ),
        (
            say("Aldin", Predicate.OWNS_HARDWARE, "H100", Quantity("chips", 50_000, "chips", Comparator.ABOUT)),
            "Aldin has about 50,000 H100",
            "AldinがH100約5万個を保有",
        ),
        (
            say("Aldin", Predicate.OWNS_HARDWARE, amount=Quantity("chips", 50_000, "chips")),
            "Aldin has 50,000 chips",
            "Aldinが5万個を保有",
        ),
        (
            say("Aldin", Predicate.INVESTED_IN, "Borea", dollars(1e9), modality=Modality.PREDICTED),
            "Aldin invests 1 billion USD in Borea (expected)",
            "AldinがBoreaに10億ドル出資(見込み)",
        ),
        (
            say("Aldin", Predicate.RANKS, "App Store", Quantity("rank", 1, "rank")),
            "Aldin ranks #1 on App Store",
            "AldinがApp Storeで1位",
        ),
        (
            say("Aldin", Predicate.LOST_VALUE, amount=Quantity("market_cap", 1e9, "USD", Comparator.RANGE, 1e10)),
            "Aldin lost 1 billion–10 billion USD of value",
            "Aldinの時価総額が10億〜100億ドル減少",
        ),
        (
            say("Aldin-1", Predicate.CAN, text="Aldin-1 can plan a journey"),
            "Aldin-1 can: Aldin-1 can plan a journey.",
            "Aldin-1ができること: Aldin-1 can plan a journey.",
        ),
    ],
    ids=[
        "accusation",
        "comparison",
        "cost",
        "cost beside another",
        "named chips",
        "chips",
        "plan",
        "rank",
        "range",
        "skill",
    ],
)
def test_labels_in_both_languages(claim: Claim, english: str, japanese: str) -> None:
    known = make_known()
    assert make_label(claim, known, "en") == english
    assert make_label(claim, known, "ja") == japanese


def test_there_is_one_for_every_predicate() -> None:
    known = make_known()
    for predicate in Predicate:
        claim = say("Aldin", predicate, "Borea", dollars(5))
        assert all("{" not in make_label(claim, known, lang) for lang in ("en", "ja"))
        assert "Aldin" in make_label(claim, known, "en")
