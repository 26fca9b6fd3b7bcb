"""The record of a group: claims that speak of one proposition."""

from dataclasses import dataclass

from graph.propositions.signatures import Signature
from graph.records import ClaimType, Link, Predicate, PropositionId


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that speak of one proposition.

    id         from its earliest claim: it lasts while claims are added that were reported later
    links      its claims, oldest report first
    part_of    more general ones of the same call
    signature  what it says: that of most of its claims
    affirmed   somebody says that it is so; otherwise it is only denied
    """

    id: PropositionId
    matter: str
    links: tuple[Link, ...]
    type: ClaimType
    predicate: Predicate
    label_en: str
    label_ja: str
    signature: Signature
    affirmed: bool
    part_of: tuple[PropositionId, ...] = ()
