"""Which of the drafted claims stay."""

from dataclasses import replace

from graph.records import ClaimType, Modality, Party, Polarity, Predicate
from ingest.nlp.choosing import drop_rivals
from ingest.nlp.document import Draft

_JOINED = Draft(
    lang="en", span=(0, 60), type=ClaimType.PEOPLE, predicate=Predicate.JOINED, subject=Party("Mara Quill"),
    object=Party("Vantor"), quantity=None, benchmark=None, claimants=(), modality=Modality.ASSERTED,
    polarity=Polarity.AFFIRMED, date=None, cues=(), reader="told 1",
)  # fmt: skip


def test_of_two_that_cannot_both_be_so_the_better_score_stays_whatever_was_read_first() -> None:
    left = replace(_JOINED, predicate=Predicate.LEFT, score=0.6)
    joined = replace(_JOINED, score=0.8)
    elsewhere = replace(left, object=Party("Sablefish"))
    later = replace(left, span=(60, 90))
    told = [(left, {"holds": 2.0}), (joined, {"holds": 1.0}), (elsewhere, {"holds": 0.0}), (later, {"holds": 0.0})]
    assert [one for one, _ in drop_rivals(told)] == [joined, elsewhere, later]
