"""How sure a reading is, from the score of its claim; and which claims are too weak to decide anything."""

from enum import StrEnum

from graph.records import Claim, Share

STORED_FROM = 0.1
"""What is less likely right is not kept."""
FAIR_FROM = 0.2
"""What is shown by default. Of the claims from here up on texts of outlets left out, three in five meet one
that a careful reader listed and half are right in every part; from .5 up four in five and seven in ten
(docs/accuracy.md)."""
SURE_FROM = 0.85
TOLD_WEAK = 0.15
"""The score of what a language model itself calls no full statement."""
JUDGED_FROM = 50
"""With fewer claims judged, the share of them that was right says little: of 50, seven in a hundred more or less."""


class Grade(StrEnum):
    """How likely it is that a claim is right; those found before there were scores have none."""

    SURE = "sure"
    FAIR = "fair"
    WEAK = "weak"
    UNSCORED = "unscored"


def grade_of(score: float | None) -> Grade:
    """The grade of a score from 0 to 1."""
    if score is None:
        return Grade.UNSCORED
    if score >= SURE_FROM:
        return Grade.SURE
    return Grade.FAIR if score >= FAIR_FROM else Grade.WEAK


def score_told(share: Share | None) -> float:
    """The score of what a language model tells as full statements, from how many of its claims people found right.

    Fair until JUDGED_FROM are judged, then their share; where that is below fair, so low that it is just kept.
    """
    if share is None or share.asked < JUDGED_FROM:
        return FAIR_FROM
    right = round(share.stood / share.asked, 4)
    return right if right >= FAIR_FROM else STORED_FROM


def grade_claim(claim: Claim) -> Grade:
    """The grade of its score; weak whatever its score when a second look refuted it or a person judged it misread."""
    return Grade.WEAK if claim.refuted or claim.misread else grade_of(claim.score)


def is_weak(claim: Claim) -> bool:
    """Whether it may only join what better claims made: it makes no proposition and changes nothing of one."""
    return grade_claim(claim) is Grade.WEAK
