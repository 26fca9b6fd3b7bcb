"""What an agent is given to read, what became of the claims that it proposed, and what it proposed in one run."""

from dataclasses import dataclass
from enum import StrEnum

from graph.records.claims import ClaimId
from graph.records.publishing import ArticleId


class Outcome(StrEnum):
    """What became of a proposed claim; known: another reader had found it already."""

    STORED = "stored"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of an article to be read.

    part       from 1 up to parts; most articles have one
    sentences  numbers of the first and the last sentence to take claims from
    guideline  what a claim is and how it is written down
    text       the numbered sentences in their frame, quoted: nothing in it is said to whoever reads
    """

    article: ArticleId
    title: str
    source: str
    url: str
    published_on: str
    part: int
    parts: int
    sentences: tuple[int, int]
    guideline: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one proposed claim.

    number   its place in the proposal, from 0
    claim    its id where it is stored or known
    reason   why it was refused, a stable code; empty where it was not
    part     the part of it that the reason is about; empty for the whole
    words    the words that do not stand, or what stands in their place
    hint     what to do about it
    options  what the part may be, where that is a closed set
    """

    number: int
    outcome: Outcome
    claim: ClaimId | None = None
    reason: str = ""
    part: str = ""
    words: str = ""
    hint: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a proposal.

    batch      by which all that this agent proposed in this run can be taken back
    replaced   claims that the agent had proposed of this part before and did not again
    next_part  the part of the article to read next; None after the last
    """

    article: ArticleId
    batch: str
    replaced: int
    verdicts: tuple[Verdict, ...]
    next_part: int | None


@dataclass(frozen=True, slots=True)
class Batch:
    """What one agent proposed in one run, as far as it is stored: the claims and the articles they stand in."""

    id: str
    articles: int
    claims: int
