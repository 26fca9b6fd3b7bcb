"""What several claims are about, what became of it, and which articles repeat others. All of it is derived."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from graph.records.claims import ClaimId
from graph.records.predicates import ClaimType, Predicate
from graph.records.publishing import ArticleId

PropositionId = NewType("PropositionId", str)


class CopyKind(StrEnum):
    """How an article repeats another."""

    SYNDICATED = "syndicated"
    TRANSLATED = "translated"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that repeats one published before it; score 0 to 1, how much of the text is the same."""

    article: ArticleId
    original: ArticleId
    kind: CopyKind
    score: float


class Status(StrEnum):
    """What has become of a proposition; never whether it is true (docs/model.md, Matters)."""

    REPORTED = "reported"
    ALLEGED = "alleged"
    DISPUTED = "disputed"
    DENIED = "denied"
    UNDER_INVESTIGATION = "under investigation"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Event:
    """A step in a proposition's history.

    valid_from   when it was so, as far as the claims say
    recorded_at  when an article that we have said so: what was known on a day has nothing recorded after it
    basis        the claims that it rests on; never empty
    """

    status: Status
    valid_from: datetime
    recorded_at: datetime
    basis: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A claim that speaks of a proposition, affirming or denying it; `reason` says why it was put there."""

    claim: ClaimId
    score: float
    reason: str


class ContradictionKind(StrEnum):
    """Why two propositions cannot both hold: numbers, who is ahead, or a place that only one can have."""

    VALUE = "value"
    ORDER = "order"
    EXCLUSIVE = "exclusive"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two propositions, `one` before `other` by id, that cannot both hold as far as their sentences say.

    dismissed  somebody judged that it is none
    """

    one: PropositionId
    other: PropositionId
    kind: ContradictionKind
    score: float
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class Proposition:
    """What several claims are about, whoever says it, in which language, how firmly, affirmed or denied.

    label_en, label_ja  in a few words, composed of names and predicate
    articles            that hold such a claim, copies included
    origins             those whom it comes from, copies and "according to" set aside
    part_of             more general propositions of which it is a special case
    links               its claims, oldest report first; then weak ones, on which nothing else here rests
    events              its history by `recorded_at`; the last gives the status
    """

    id: PropositionId
    label_en: str
    label_ja: str
    type: ClaimType
    predicate: Predicate
    status: Status
    first_reported_at: datetime
    last_reported_at: datetime
    articles: int
    origins: int
    links: tuple[Link, ...]
    events: tuple[Event, ...] = ()
    part_of: tuple[PropositionId, ...] = ()
