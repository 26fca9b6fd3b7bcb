"""What readers say of readings who may not judge them."""

from dataclasses import dataclass
from datetime import datetime

from graph.records.claims import ClaimId
from graph.records.judgements import Misreading


@dataclass(frozen=True, slots=True)
class Report:
    """A reader's word that a claim is misread: it judges nothing, and leads to a look by somebody who may judge.

    why  in the reader's words; empty when there are none
    at   when it was sent
    """

    claim: ClaimId
    reason: Misreading
    why: str
    at: datetime
