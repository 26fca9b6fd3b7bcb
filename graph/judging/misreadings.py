"""What a misread claim was read as, field by field, and what people say that it should be."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from graph.records import (
    PREDICATES,
    Claim,
    Claimant,
    ClaimType,
    Comparator,
    CueKind,
    Field,
    Fix,
    Modality,
    PartialDate,
    Party,
    Polarity,
    Predicate,
    Quantity,
)
from graph.views import ClaimView, PartyView

_BETWEEN_SPEAKERS = " > "
_SHOWN_BY: Mapping[CueKind, frozenset[Field]] = {
    CueKind.MODALITY: frozenset({Field.MODALITY}),
    CueKind.POLARITY: frozenset({Field.POLARITY}),
    CueKind.ATTRIBUTION: frozenset({Field.SPEAKERS}),
    CueKind.TRIGGER: frozenset({Field.PREDICATE}),
}
"""Fields that a cue shows; put right, they have other words or none."""
_NUMBER = frozenset({Field.MEASURE, Field.COMPARATOR, Field.VALUE, Field.HIGH, Field.UNIT})

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


def correct_claim(claim: Claim, fixes: Iterable[Fix], find_party: Callable[[str], Party]) -> Claim:
    """The claim as it should be, under the same id; `find_party` gives who a name stands for."""
    values = {fix.field: fix.value for fix in fixes}
    predicate = Predicate(values.get(Field.PREDICATE, claim.predicate))
    return replace(
        claim,
        type=_find_type(predicate, claim.type),
        predicate=predicate,
        subject=find_party(values[Field.SUBJECT]) if Field.SUBJECT in values else claim.subject,
        object=_correct_party(values, Field.OBJECT, claim.object, find_party),
        benchmark=_correct_party(values, Field.BENCHMARK, claim.benchmark, find_party),
        claimants=_correct_speakers(values, claim.claimants, find_party),
        modality=Modality(values.get(Field.MODALITY, claim.modality)),
        polarity=Polarity(values.get(Field.POLARITY, claim.polarity)),
        quantity=_correct_quantity(values, claim.quantity),
        date=_correct_date(values, claim.date),
        cues=tuple(cue for cue in claim.cues if values.keys().isdisjoint(_SHOWN_BY[cue.kind])),
    )


def _find_type(predicate: Predicate, before: ClaimType) -> ClaimType:
    """The type of the predicate: the one before where it has it."""
    fitting = [type for type, predicates in PREDICATES.items() if predicate in predicates]
    return before if before in fitting else fitting[0]


def _correct_party(
    values: Fields, field: Field, read: Party | None, find_party: Callable[[str], Party]
) -> Party | None:
    if field not in values:
        return read
    return find_party(values[field]) if values[field] else None


def _correct_speakers(
    values: Fields, read: tuple[Claimant, ...], find_party: Callable[[str], Party]
) -> tuple[Claimant, ...]:
    if Field.SPEAKERS not in values:
        return read
    names = (name.strip() for name in values[Field.SPEAKERS].split(_BETWEEN_SPEAKERS.strip()))
    return tuple(Claimant(find_party(name)) for name in names if name)


def _correct_date(values: Fields, read: PartialDate | None) -> PartialDate | None:
    if Field.DATE not in values:
        return read
    return PartialDate(values[Field.DATE]) if values[Field.DATE] else None


def _correct_quantity(values: Fields, read: Quantity | None) -> Quantity | None:
    """None when the number is taken away, or there was none and none is given."""
    if values.keys().isdisjoint(_NUMBER):
        return read
    value = values.get(Field.VALUE, "" if read is None else f"{read.value:.15g}")
    if not value:
        return None
    base = read or Quantity("", 0.0, "")
    high = values.get(Field.HIGH, "" if base.high is None else f"{base.high:.15g}")
    return Quantity(
        values.get(Field.MEASURE, base.measure),
        float(value),
        values.get(Field.UNIT, base.unit),
        Comparator(values.get(Field.COMPARATOR) or base.comparator),
        float(high) if high else None,
    )


def _name(party: PartyView | None) -> str:
    return party.name if party else ""
