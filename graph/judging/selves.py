"""Claims that a merge of names made accuse whoever says them, or tell of one and the same: set aside as weak.

    queued claim → its parties as they are judged now → weak, or weak no more → store

Where the names are parted again it stands as before.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from graph.policy import settle
from graph.proposition_store import Queued
from graph.readers import is_by_hand
from graph.records import ArticleId, Claim, ClaimId, EntityId, Judgement, JudgementKind
from graph.store import GraphStore

ONE_PARTY = "names were judged to be one: nobody accuses himself, or does anything to himself"
"""Why such a claim is weak."""


def find_merged(judgements: Iterable[Judgement]) -> frozenset[EntityId]:
    """All that a judgement ever made one with another, those that are parted again too."""
    return frozenset(id for one in judgements if one.kind is JudgementKind.MERGE for id in one.entities)


def set_aside_selves(store: GraphStore, queued: Iterable[Queued], merged: frozenset[EntityId]) -> int:
    """How many claims were set aside, or stand again; those by hand go and come by themselves (by_hand.py)."""
    ids = [one.claim for one in queued if one.subject.entity in merged]
    due: dict[ArticleId, dict[ClaimId, str]] = defaultdict(dict)
    for claim in store.get_claims(ids):
        wanted = "" if _may_stand(claim) else ONE_PARTY
        if claim.refuted != wanted and claim.refuted in ("", ONE_PARTY):
            due[claim.article_id][claim.id] = wanted
    changed = 0
    for stored in store.get_extractions(sorted(due)):
        claims = tuple(_mark(claim, due[stored.article.id]) for claim in stored.claims)
        if claims != stored.claims:
            changed += sum(one != other for one, other in zip(claims, stored.claims, strict=True))
            store.replace(replace(stored, claims=claims))
    return changed


def _may_stand(claim: Claim) -> bool:
    return is_by_hand(claim) or settle(claim) is not None


def _mark(added: Claim, reasons: Mapping[ClaimId, str]) -> Claim:
    """The claim as it was added with its mark; one that was of one party from the first is as somebody gave it."""
    reason = reasons.get(added.id, added.refuted)
    return replace(added, refuted=reason) if not reason or _may_stand(added) else added
