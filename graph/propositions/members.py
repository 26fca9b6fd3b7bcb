"""A claim in its place: the record that grouping moves about."""

from dataclasses import dataclass

from graph.propositions.signatures import Signature
from graph.records import Claim


@dataclass(frozen=True, slots=True)
class Member:
    """A claim, what of it decides, and how surely (0 to 1) and why it is where it is."""

    claim: Claim
    signature: Signature
    score: float
    reason: str

    def moved(self, score: float, reason: str) -> "Member":
        """The same claim, put somewhere else."""
        return Member(self.claim, self.signature, score, reason)
