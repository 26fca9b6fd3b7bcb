"""What a misread claim was read as, field by field, and what people say that it should be."""

from collections.abc import Iterable, Mapping

from graph.records import PREDICATES, ClaimType, Field, Fix, Predicate
from graph.views import ClaimView, PartyView

_BETWEEN_SPEAKERS = " > "

Fields = Mapping[Field, str]


def read_fields(claim: ClaimView) -> dict[Field, str]:
    """What the claim was read as, each field as a person would write it; empty where nothing was read."""
    amount = claim.quantity
    return {
        Field.PREDICATE: claim.predicate.value,
        Field.SUBJECT: claim.subject.name,
        Field.OBJECT: _name(claim.object),
        Field.BENCHMARK: _name(claim.benchmark),
        Field.SPEAKERS: _BETWEEN_SPEAKERS.join(speaker.party.name for speaker in claim.claimants),
        Field.MODALITY: claim.modality.value,
        Field.POLARITY: claim.polarity.value,
        Field.MEASURE: amount.measure if amount else "",
        Field.COMPARATOR: amount.comparator.value if amount else "",
        Field.VALUE: f"{amount.value:.15g}" if amount else "",
        Field.HIGH: f"{amount.high:.15g}" if amount and amount.high is not None else "",
        Field.UNIT: amount.unit if amount else "",
        Field.DATE: claim.date or "",
    }


def find_fixes(claim: ClaimView, wanted: Fields) -> tuple[Fix, ...]:
    """Of the fields wanted those that were read otherwise."""
    read = read_fields(claim)
    values = {field: " ".join(wanted[field].split()) for field in Field if field in wanted}
    return tuple(Fix(field, value) for field, value in values.items() if value != read[field])


def apply_fixes(claim: ClaimView, fixes: Iterable[Fix]) -> dict[Field, str]:
    """The fields that the claim should have."""
    return read_fields(claim) | {fix.field: fix.value for fix in fixes}


def find_type(fields: Fields, before: ClaimType) -> ClaimType:
    """The type of the claim that these fields make: the one before where it has the predicate."""
    predicate = Predicate(fields[Field.PREDICATE])
    fitting = [type for type, predicates in PREDICATES.items() if predicate in predicates]
    return before if before in fitting else fitting[0]


def list_speakers(fields: Fields) -> list[str]:
    """The chain of speakers, outermost first; empty in the article's own voice."""
    return [name.strip() for name in fields[Field.SPEAKERS].split(_BETWEEN_SPEAKERS.strip()) if name.strip()]


def _name(party: PartyView | None) -> str:
    return party.name if party else ""
