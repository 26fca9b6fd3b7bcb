"""Whose outputs taught whom."""

from collections.abc import Callable

import pytest

from graph.records import Claim, EntityType, Predicate
from tests.hand import HandFinder, Told

_NAMES = {
    "Vantor": EntityType.COMPANY, "Orrery": EntityType.COMPANY, "Petrel-4": EntityType.MODEL,
    "Quillon-2": EntityType.MODEL, "ヴァントル": EntityType.COMPANY, "オーレリ": EntityType.COMPANY,
}  # fmt: skip
DISTILLED, TRAINED = Predicate.DISTILLED_FROM, Predicate.TRAINED_WITH


@pytest.mark.parametrize(
    ("text", "predicate", "trigger", "sides", "read_as"),
    [
        ("Vantor used the answers of Orrery's models to train Quillon-2, Brandt alleges.", TRAINED, "train",
         ("Quillon-2", "the answers"), (DISTILLED, "Quillon-2", "Orrery")),
        ("Vantor used outputs from Orrery's Petrel-4 to train Quillon-2, Brandt alleges.", TRAINED, "train",
         ("Vantor", "outputs from Orrery's Petrel-4"), (DISTILLED, "Quillon-2", "Petrel-4")),
        ("Brandt alleges that Vantor trained Quillon-2 on Orrery's outputs.", DISTILLED, "trained",
         ("Vantor", "Quillon-2"), (DISTILLED, "Quillon-2", "Orrery")),
        ("Quillon-2 was trained on the safety tests that the answers of Orrery passed.", TRAINED, "trained",
         ("Quillon-2", "the safety tests"), (TRAINED, "Quillon-2", "the safety tests")),
        ("ヴァントルがオーレリのモデルの出力を使ってQuillon-2を訓練したと主張した。", DISTILLED, "訓練",
         ("ヴァントル", "Quillon-2"), (DISTILLED, "Quillon-2", "オーレリ")),
    ],
    ids=["answers alone", "of a model", "the learner for the teacher", "other words", "Japanese"],
)  # fmt: skip
def test_who_learned_is_the_subject_and_whose_outputs_these_were_the_other_side(
    text: str,
    predicate: Predicate,
    trigger: str,
    sides: tuple[str, str],
    read_as: tuple[Predicate, str, str],
    read: Callable[..., tuple[Claim, ...]],
) -> None:
    told = Told(predicate, trigger, *sides, speakers=("Brandt",) if "Brandt" in text else ())
    finder = HandFinder([told], _NAMES | {"Brandt": EntityType.PERSON})
    (claim,) = read(text, finder, "ja" if "。" in text else "en")
    assert claim.object
    assert (claim.predicate, claim.subject.name, claim.object.name) == read_as
