"""What may be stored of what was found, and how firmly at most; one policy for every language and every reader.

The rules of docs/model.md: who could be hurt by a claim never stands in it without who says so, and nothing is
stored more firmly than its sentence has it.
"""

from dataclasses import Field, dataclass, replace
from typing import Any, ClassVar, Protocol, TypeVar

from graph.ids import fold_name
from graph.records import PREDICATES, Claimant, ClaimType, EntityType, Modality, Party, Polarity, Predicate

# Weakest last, so that of two the later is the weaker.
WEAKER = (
    Modality.ASSERTED,
    Modality.REPORTED,
    Modality.ALLEGED,
    Modality.SPECULATED,
    Modality.PREDICTED,
    Modality.QUESTIONED,
)


class Stated(Protocol):
    """What the policy looks at: a claim, or one that has no id yet."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def type(self) -> ClaimType: ...
    @property
    def subject(self) -> Party: ...
    @property
    def object(self) -> Party | None: ...
    @property
    def claimants(self) -> tuple[Claimant, ...]: ...
    @property
    def modality(self) -> Modality: ...
    @property
    def polarity(self) -> Polarity: ...


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the words around those that state a claim leave of it: how firm at most, and whether they deny it."""

    modality: Modality = Modality.ASSERTED
    denied: bool = False


NO_BOUNDS = Bounds()
_Stated = TypeVar("_Stated", bound=Stated)
_TYPES = {predicate: kind for kind, predicates in PREDICATES.items() for predicate in predicates}


def find_type(predicate: Predicate, subject: EntityType | None) -> ClaimType:
    """The type of claim; a person who leads is a matter of people, anything else that leads one of the market."""
    if predicate is Predicate.LEADS:
        return ClaimType.PEOPLE if subject is EntityType.PERSON else ClaimType.MARKET
    return _TYPES[predicate]


def weaker(one: Modality, other: Modality) -> Modality:
    """Of two readings of one sentence the less firm."""
    return max(one, other, key=WEAKER.index)


def settle(draft: _Stated) -> _Stated | None:
    """What is stated as it may stand, None when it may not."""
    if draft.object is not None and _same(draft.object, draft.subject):
        return None
    if draft.type is ClaimType.STANCE:
        draft = replace(draft, claimants=tuple(c for c in draft.claimants if not _same(c.party, draft.subject)))
    if draft.type is ClaimType.ALLEGATION:
        return _settle_accusation(draft)
    return draft


def _settle_accusation(draft: _Stated) -> _Stated | None:
    """Nobody accuses himself; what is said of him is alleged at most, whoever says it, until it is denied."""
    origin = draft.claimants[-1].party if draft.claimants else None
    if draft.polarity is Polarity.DENIED:
        return draft
    if origin and _same(origin, draft.subject):
        return None
    return replace(draft, modality=weaker(draft.modality, Modality.ALLEGED))


def _same(one: Party, other: Party) -> bool:
    """Whether both are one entity; where either is words alone, whether they are spelled alike."""
    if one.entity and other.entity:
        return one.entity == other.entity
    return fold_name(one.name) == fold_name(other.name)
