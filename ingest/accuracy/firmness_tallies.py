"""How well denials and weak statements are read, each by itself: too few for their errors to show among all claims."""

from collections.abc import Sequence

from ingest.accuracy.gold import Line
from ingest.accuracy.scoring import Rate, Score

MODALITIES = ("alleged", "predicted", "speculated", "reported", "questioned")


def count_denied(score: Score) -> Rate:
    """Found and denied, of the core claims found that came out denied and of those that the gold denies."""
    return _count(score, "polarity", "denied", ())


def count_modality(score: Score, modality: str) -> Rate:
    """Found with this modality, of the predictions that have it, met or false, and of the core gold that has it."""
    return _count(score, "modality", modality, score.false)


def _count(score: Score, key: str, value: str, false: Sequence[Line]) -> Rate:
    """Where the gold allows two readings, the one that was read is the one wanted."""
    read = [meeting for meeting in score.core if getattr(meeting.claim, key) == value]
    hits = sum(meeting.agreed[key] for meeting in read)
    misread = [meeting.gold for meeting in score.core if not meeting.agreed[key]]
    missed = sum(getattr(line, key) == value for line in (*misread, *score.misses))
    return Rate(hits, len(read) + sum(getattr(line, key) == value for line in false), hits + missed)
