"""Which of the drafted claims stay."""

from dataclasses import replace

import pytest

from graph.records import ClaimType, Comparator, Cue, CueKind, Modality, Party, Polarity, Predicate, Quantity
from ingest.nlp.choosing import choose, drop_rivals
from ingest.nlp.document import Draft

_JOINED = Draft(
    lang="en", span=(0, 60), type=ClaimType.PEOPLE, predicate=Predicate.JOINED, subject=Party("Mara Quill"),
    object=Party("Vantor"), quantity=None, benchmark=None, claimants=(), modality=Modality.ASSERTED,
    polarity=Polarity.AFFIRMED, date=None, cues=(), reader="told 1",
)  # fmt: skip
_SIGNS = {"holds": 1.0, "subject:away": 0.0}


def test_of_two_that_cannot_both_be_so_the_better_score_stays_whatever_was_read_first() -> None:
    left = replace(_JOINED, predicate=Predicate.LEFT, score=0.6)
    joined = replace(_JOINED, score=0.8)
    elsewhere = replace(left, object=Party("Sablefish"))
    later = replace(left, span=(60, 90))
    told = [(left, {"holds": 2.0}), (joined, {"holds": 1.0}), (elsewhere, {"holds": 0.0}), (later, {"holds": 0.0})]
    assert [one for one, _ in drop_rivals(told)] == [joined, elsewhere, later]


def test_the_same_words_do_not_tell_what_it_can_and_what_it_cannot() -> None:
    failed, reads = (Cue(CueKind.TRIGGER, (at, at + 6), word) for at, word in ((8, "failed"), (30, "reads")))
    able = replace(_JOINED, type=ClaimType.CAPABILITY, object=None)
    cannot = replace(able, predicate=Predicate.CANNOT, cues=(failed,), score=0.5)
    can = replace(able, predicate=Predicate.CAN, cues=(failed,), score=0.3)
    other = replace(can, cues=(reads,))
    told = [(can, {"holds": 1.0}), (cannot, {"holds": 2.0}), (other, {"holds": 0.0})]
    assert [one for one, _ in drop_rivals(told)] == [cannot, other]


@pytest.mark.parametrize(("measure", "winners"), [("accuracy", ["Oak"]), ("error_rate", ["Elm", "Oak"])])
def test_no_comparison_goes_against_the_scores_of_its_sentence(measure: str, winners: list[str]) -> None:
    elm, oak, ridge = Party("Elm"), Party("Oak"), Party("Ridge")
    base = replace(_JOINED, type=ClaimType.BENCHMARK, benchmark=ridge)
    scores = [
        replace(base, predicate=Predicate.SCORES, subject=who, object=ridge, quantity=_count(measure, value))
        for who, value in ((elm, 71.0), (oak, 75.0))
    ]
    won = [replace(base, predicate=Predicate.OUTPERFORMS, subject=a, object=b) for a, b in ((elm, oak), (oak, elm))]
    stay = [one for one, _ in choose([(draft, _SIGNS) for draft in (*scores, *won)])]
    assert [one.subject.name for one in stay if one.predicate is Predicate.OUTPERFORMS] == winners


def _count(measure: str, value: float) -> Quantity:
    return Quantity(measure, value, "points", Comparator.EQUAL, None, str(value))
