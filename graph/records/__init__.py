"""The records that all packages speak, and their closed sets.

    Feed → Entry → Article → Mention, Claim → Proposition → Graph → View

Records are frozen, hold no I/O and never fetch or save themselves. Times are aware and UTC.
"""

from graph.records.claims import (
    Claim,
    Claimant,
    ClaimId,
    Comparator,
    Cue,
    CueKind,
    Extraction,
    Heir,
    Modality,
    PartialDate,
    Party,
    Polarity,
    Quantity,
)
from graph.records.judgements import CLAIM_KINDS, Judgement, JudgementId, JudgementKind
from graph.records.naming import Entity, EntityId, EntityType, Mention, Relation, Tie
from graph.records.predicates import PREDICATES, ClaimType, Predicate
from graph.records.propositions import (
    Contradiction,
    ContradictionKind,
    Copy,
    CopyKind,
    Event,
    Link,
    Proposition,
    PropositionId,
    Status,
)
from graph.records.publishing import (
    Article,
    ArticleId,
    ArticleKind,
    Barrier,
    Entry,
    Feed,
    Section,
    Source,
    SourceId,
    SourceKind,
)
from graph.records.runs import Failure, FeedState, Health, RunSummary, SilentFeed, Stage, Total

__all__ = [
    "CLAIM_KINDS",
    "PREDICATES",
    "Article",
    "ArticleId",
    "ArticleKind",
    "Barrier",
    "Claim",
    "ClaimId",
    "ClaimType",
    "Claimant",
    "Comparator",
    "Contradiction",
    "ContradictionKind",
    "Copy",
    "CopyKind",
    "Cue",
    "CueKind",
    "Entity",
    "EntityId",
    "EntityType",
    "Entry",
    "Event",
    "Extraction",
    "Failure",
    "Feed",
    "FeedState",
    "Health",
    "Heir",
    "Judgement",
    "JudgementId",
    "JudgementKind",
    "Link",
    "Mention",
    "Modality",
    "PartialDate",
    "Party",
    "Polarity",
    "Predicate",
    "Proposition",
    "PropositionId",
    "Quantity",
    "Relation",
    "RunSummary",
    "Section",
    "SilentFeed",
    "Source",
    "SourceId",
    "SourceKind",
    "Stage",
    "Status",
    "Tie",
    "Total",
]
