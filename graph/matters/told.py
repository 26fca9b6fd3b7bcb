"""Ties that articles tell: who works for whom, who owns, pays or supplies whom, as their claims state it as a fact."""

import re
from collections.abc import Iterable
from dataclasses import replace

from graph.background import Background
from graph.records import Claim, EntityId, EntityType, Modality, Polarity, Predicate, Relation, Tie

_TELLS = {
    Predicate.INVESTED_IN: Relation.INVESTED_IN,
    Predicate.OWNS: Relation.OWNS,
    Predicate.ACQUIRED: Relation.OWNS,
    Predicate.PARTNERED_WITH: Relation.PARTNER_OF,
    Predicate.SUPPLIES: Relation.PARTNER_OF,
    Predicate.WORKS_FOR: Relation.WORKS_FOR,
    Predicate.JOINED: Relation.WORKS_FOR,
    Predicate.LEADS: Relation.WORKS_FOR,
    Predicate.FOUNDED: Relation.OWNS,
}
TYING = (*_TELLS, Predicate.LEFT)
"""What claims tell ties by; who left a body works there no more."""

_HALF = 50.0
# Who holds a part of a firm has money in it and does not speak for it.
_PART = re.compile(r"\b(?:part of|stake|shares?|shareholder|minority)\b|株主|出資|持ち分|持分|一部", re.IGNORECASE)


def find_told_ties(claims: Iterable[Claim], background: Background) -> tuple[Tie, ...]:
    """Ties that claims state as facts, with the claim's id as source, in the order of reports.

    Who is owned whole is also part of its owner. Who holds less than half, or a part that nobody names, invested in it;
    who pays for an institution is its partner, for that has no shares.
    """
    facts = [
        claim
        for claim in sorted(claims, key=lambda claim: (claim.reported_at, claim.article_id, claim.span, claim.id))
        if claim.polarity is Polarity.AFFIRMED and claim.modality is Modality.ASSERTED
    ]
    left = {_read_ends(claim) for claim in facts if claim.predicate is Predicate.LEFT}
    found: dict[Tie, None] = {}
    for claim in facts:
        relation, ends = _find_relation(claim, background), _read_ends(claim)
        if relation is None or ends is None or (relation is Relation.WORKS_FOR and ends in left):
            continue
        found[Tie(ends[0], relation, ends[1], claim.id)] = None
        if relation is Relation.OWNS and claim.predicate is not Predicate.FOUNDED:
            found[Tie(ends[1], Relation.PART_OF, ends[0], claim.id)] = None
    return tuple(found)


def add_ties(background: Background, ties: Iterable[Tie]) -> Background:
    """The background with further ties after those it has; who stands right behind whom stays as it is."""
    added: dict[EntityId, tuple[Tie, ...]] = {}
    for tie in dict.fromkeys(ties):
        for end in {tie.subject, tie.object}:
            added[end] = (*(added.get(end) or background.ties.get(end, ())), tie)
    return replace(background, ties={**background.ties, **added}) if added else background


def _read_ends(claim: Claim) -> tuple[EntityId, EntityId] | None:
    if claim.subject.entity and claim.object and claim.object.entity and claim.subject.entity != claim.object.entity:
        return claim.subject.entity, claim.object.entity
    return None


def _find_relation(claim: Claim, background: Background) -> Relation | None:
    relation = _TELLS.get(claim.predicate)
    if claim.predicate is Predicate.INVESTED_IN and claim.object and claim.object.entity:
        paid_for = background.find_type(claim.object.entity) is EntityType.INSTITUTION
        return Relation.PARTNER_OF if paid_for else relation
    if claim.predicate is not Predicate.OWNS:
        return relation
    share = claim.quantity
    in_part = share.value < _HALF if share and share.unit == "%" else bool(_PART.search(claim.text))
    return Relation.INVESTED_IN if in_part else relation
