"""What somebody decided about who is who, and which claims belong together."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from graph.records.claims import ClaimId
from graph.records.naming import EntityId
from graph.records.publishing import ArticleId

JudgementId = NewType("JudgementId", str)


class JudgementKind(StrEnum):
    """What somebody decided about who is who, or about claims and their propositions."""

    MERGE = "merge"
    SPLIT = "split"
    APART = "apart"
    ALIAS_ADDED = "alias_added"
    ALIAS_WITHDRAWN = "alias_withdrawn"
    UNDO = "undo"
    JOIN = "join"
    PART = "part"
    PIN = "pin"
    DISMISS = "dismiss"
    MISREAD = "misread"
    RIGHT = "right"


class Misreading(StrEnum):
    """What is wrong about a claim that was judged misread; in the first three cases nothing should stand there."""

    NO_CLAIM = "no_claim"
    FURNITURE = "furniture"
    TWICE = "twice"
    SUBJECT = "subject"
    OBJECT = "object"
    SPEAKER = "speaker"
    TOO_FIRM = "too_firm"
    TOO_WEAK = "too_weak"
    DENIAL = "denial"
    KIND = "kind"
    NUMBER = "number"
    DAY = "day"


NOTHING_SAID = frozenset({Misreading.NO_CLAIM, Misreading.FURNITURE, Misreading.TWICE})
"""Reasons after which no claim should have been read."""


class Field(StrEnum):
    """What of a claim can be put right, in the order of its form."""

    PREDICATE = "predicate"
    SUBJECT = "subject"
    OBJECT = "object"
    BENCHMARK = "benchmark"
    SPEAKERS = "speakers"
    MODALITY = "modality"
    POLARITY = "polarity"
    MEASURE = "measure"
    COMPARATOR = "comparator"
    VALUE = "value"
    HIGH = "high"
    UNIT = "unit"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Fix:
    """What a field of a claim should be: names as written, speakers outermost first, parted by ` > `, codes, numbers.

    value  empty when nothing should stand there
    """

    field: Field
    value: str


VERDICTS = frozenset({JudgementKind.MISREAD, JudgementKind.RIGHT})
"""Decisions on how claims were read; of one claim the last counts."""

CLAIM_KINDS = frozenset({JudgementKind.JOIN, JudgementKind.PART, JudgementKind.PIN, JudgementKind.DISMISS, *VERDICTS})
"""Decisions on claims and their propositions; they name no entity."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision of a person. Judgements are appended and never altered; an undo is one more (resolve.py).

    entities  merge: the one that stays, then those that stand for it from now on; split: the one left and the one
              that gains; apart: two that are not the same; alias: the one named
    aliases   alias added or withdrawn: the spellings; split: spellings that leave, with what was written so
    claims    split: claims whose parties leave; join: claims that speak of one proposition; part: claims of which no
              two do; pin: a claim, then those that stay with its proposition; dismiss: a claim of each of two
              propositions that do not contradict each other; misread: claims that their sentences do not make;
              right: claims that their sentences make, in every part
    articles  split: articles whose mentions and claims leave
    undoes    undo: the judgement taken back, which may be an undo
    reason    misread: what is wrong about the claim; None when nobody said
    should    misread: what fields of the claim should be; of those left out nobody said that they are wrong
    """

    id: JudgementId
    kind: JudgementKind
    entities: tuple[EntityId, ...]
    who: str
    when: datetime
    why: str
    aliases: tuple[str, ...] = ()
    claims: tuple[ClaimId, ...] = ()
    articles: tuple[ArticleId, ...] = ()
    undoes: JudgementId | None = None
    reason: Misreading | None = None
    should: tuple[Fix, ...] = ()
