"""Records in the formats that other programs read: the claim lines and entity lines of the evaluation format."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from graph.records import Claim, EntityId, Extraction, Mention, Party, Quantity

NONE_SPELLED: Mapping[EntityId, str] = MappingProxyType({})


def make_claim_line(claim: Claim, doc: str, spelled: Mapping[EntityId, str] = NONE_SPELLED) -> dict[str, object]:
    """One claim as a JSON object of the gold format; `doc` names the text that its offsets count in.

    A spokesperson stands in `speaker`, beside the organisation in `claimants`; `score` is there when the claim has one.
    spelled  names that the text calls otherwise than the tables do (Spellings)
    """

    def name(party: Party | None) -> str | None:
        if party is None:
            return None
        return spelled.get(party.entity, party.name) if party.entity else party.name

    start, end = claim.span
    line: dict[str, object] = {
        "doc": doc,
        "start": start,
        "end": end,
        "sentence": claim.text,
        "type": claim.type.value,
        "predicate": claim.predicate.value,
        "subject": name(claim.subject),
        "object": name(claim.object),
        "quantity": _make_quantity(claim.quantity) if claim.quantity else None,
        "benchmark": name(claim.benchmark),
        "claimants": [name(claimant.party) for claimant in claim.claimants],
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "date": claim.date,
    }
    speakers = [claimant.speaker for claimant in claim.claimants if claimant.speaker]
    line |= {"speaker": speakers[-1]} if speakers else {}
    return line if claim.score is None else line | {"score": claim.score}


class Spellings:
    """How a text itself calls the entities whose listed name it does not use.

    Annotated texts name things as they do ("MI300X"), tables more fully ("AMD MI300X").
    """

    def __init__(self, extraction: Extraction) -> None:
        self._names = {entity.id: entity.name for entity in extraction.entities}
        self._mentions = sorted(extraction.mentions, key=lambda mention: mention.span)
        self._starts = [mention.span[0] for mention in self._mentions]
        unseen = {number for number, name in self._names.items() if name not in extraction.article.text}
        self._anywhere = _find_longest(mention for mention in self._mentions if mention.entity in unseen)

    def find(self, claim: Claim) -> Mapping[EntityId, str]:
        """The spellings for a claim: those of its sentence, the longest of each, before those of the whole text."""
        start, end = claim.span
        here = self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return self._anywhere | _find_longest(
            mention for mention in here if self._names[mention.entity] not in claim.text
        )


def _find_longest(mentions: Iterable[Mention]) -> dict[EntityId, str]:
    found: dict[EntityId, str] = {}
    for mention in mentions:
        if len(mention.text) > len(found.get(mention.entity, "")):
            found[mention.entity] = mention.text
    return found


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


def _make_quantity(quantity: Quantity) -> dict[str, object]:
    return {
        "measure": quantity.measure or None,
        "value": quantity.value,
        "unit": quantity.unit,
        "comparator": quantity.comparator.value,
        "high": quantity.high,
    }
