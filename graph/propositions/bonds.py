"""How two parties, or two numbers, of a matter may be one."""

from enum import IntEnum

from graph.background import Background
from graph.naming import list_names
from graph.propositions.amounts import Amount, is_same
from graph.propositions.currencies import Told, is_converted
from graph.propositions.descriptors import find_what, fold_descriptor, is_alike, is_contrary
from graph.propositions.signatures import is_named
from graph.records import BODIES, MADE, EntityId, EntityType

_HARDWARE = frozenset(f"~{word}" for word in ("chip", "accelerator", "gpu", "processor", "semiconductor", "hardware"))


class Bond(IntEnum):
    """From apart to the same: a name and a description, a body and a thing of which no maker is known, described
    otherwise, left out on one side, maker and made, described alike."""

    APART = 0
    DESCRIBED = 1
    PERHAPS = 2
    OTHER = 3
    OPEN = 4
    MADE = 5
    ALIKE = 6
    SAME = 7


def bond_parties(one: str, other: str, background: Background) -> Bond:
    """How two parties, as signatures have them, may be one."""
    if one == other:
        return Bond.SAME
    if not one or not other:
        return Bond.OPEN
    if is_named(one) and is_named(other):
        return _bond_named(EntityId(one), EntityId(other), background)
    if is_named(one) or is_named(other):
        named, described = (one, other) if is_named(one) else (other, one)
        return Bond.OTHER if _may_be_kind(EntityId(named), described, background) else Bond.DESCRIBED
    if is_alike(one, other):
        return Bond.ALIKE
    if is_contrary(one, other):
        return Bond.APART
    return Bond.OPEN if find_what(one) == find_what(other) else Bond.OTHER


def _may_be_kind(named: EntityId, described: str, background: Background) -> bool:
    """Whether words say no more of hardware than what kind it is, and who makes it: "Nvidia chips" of an H200."""
    if background.find_type(named) is not EntityType.HARDWARE or find_what(described) not in _HARDWARE:
        return False
    makers = [background.entities[id] for id in background.list_above(named) if id in background.entities]
    names = " ".join(fold_descriptor(name)[1:] for maker in makers for name in list_names(maker))
    return {*described[1:].split()} - {find_what(described)[1:], "ai"} <= {*names.split()}


def bond_amounts(one: Amount | None, other: Amount | None, numbered: bool, told: Told) -> Bond:
    """How two numbers may be one: SAME, APART, OPEN when only one is given; ALIKE when there is none, or, where a
    number is not what is said, whatever they are."""
    if one is None and other is None:
        return Bond.ALIKE
    if one is None or other is None:
        return Bond.OPEN
    if not numbered:
        return Bond.ALIKE
    same = is_same(one, other) and (one.stated == other.stated or not (one.is_vague and other.is_vague))
    return Bond.SAME if same or is_converted(one, other, told) else Bond.APART


def is_orphan(entity: EntityId, background: Background) -> bool:
    """Whether it is a thing of which nobody knows a maker."""
    return background.find_type(entity) in MADE and not background.list_above(entity)


def _bond_named(one: EntityId, other: EntityId, background: Background) -> Bond:
    if other in background.list_above(one) or one in background.list_above(other):
        return Bond.MADE
    orphans = [id for id in (one, other) if is_orphan(id, background)]
    bodies = [id for id in (one, other) if background.find_type(id) in BODIES]
    return Bond.PERHAPS if len(orphans) == len(bodies) == 1 else Bond.APART
