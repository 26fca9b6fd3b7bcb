"""Records in the formats that other programs read: the claim lines and entity lines of the evaluation format."""

from collections.abc import Iterator

from graph.records import Claim, EntityId, Extraction, Party, Quantity


def make_claim_line(claim: Claim, doc: str) -> dict[str, object]:
    """One claim as a JSON object of the gold format; `doc` names the text that its offsets count in.

    A spokesperson stands in `speaker`, beside the organisation in `claimants`; `score` is there when the claim has one.
    """
    start, end = claim.span
    line: dict[str, object] = {
        "doc": doc,
        "start": start,
        "end": end,
        "sentence": claim.text,
        "type": claim.type.value,
        "predicate": claim.predicate.value,
        "subject": claim.subject.name,
        "object": _name(claim.object),
        "quantity": _make_quantity(claim.quantity) if claim.quantity else None,
        "benchmark": _name(claim.benchmark),
        "claimants": [claimant.party.name for claimant in claim.claimants],
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "date": claim.date,
    }
    speakers = [claimant.speaker for claimant in claim.claimants if claimant.speaker]
    line |= {"speaker": speakers[-1]} if speakers else {}
    return line if claim.score is None else line | {"score": claim.score}


def iter_entity_lines(extraction: Extraction, doc: str) -> Iterator[dict[str, object]]:
    """One JSON object for each entity named in the text, with the spellings found there, in order of first mention."""
    forms: dict[EntityId, list[str]] = {}
    for mention in extraction.mentions:
        forms.setdefault(mention.entity, []).append(mention.text)
    entities = {entity.id: entity for entity in extraction.entities}
    for entity_id, spellings in forms.items():
        entity = entities[entity_id]
        yield {
            "doc": doc,
            "name": entity.name,
            "type": entity.type.value,
            "forms": list(dict.fromkeys(spellings)),
        }


def _name(party: Party | None) -> str | None:
    return party.name if party else None


def _make_quantity(quantity: Quantity) -> dict[str, object]:
    return {
        "measure": quantity.measure or None,
        "value": quantity.value,
        "unit": quantity.unit,
        "comparator": quantity.comparator.value,
        "high": quantity.high,
    }
