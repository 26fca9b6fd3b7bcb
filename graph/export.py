"""Records and whole stores in the formats that other programs read."""

from collections.abc import Callable, Iterator

from graph.formats.cypher_script import iter_cypher
from graph.formats.graph_xml import iter_gexf, iter_graphml
from graph.formats.json_ld import iter_json_ld
from graph.formats.lines import iter_lines
from graph.formats.tables import iter_edge_table, iter_node_table
from graph.nodes import GraphReader
from graph.records import Claim, EntityId, Extraction, Party, Quantity
from graph.store import GraphStore

Write = Callable[[GraphStore], Iterator[str]]

FORMATS: dict[str, tuple[tuple[str, Write], ...]] = {
    "jsonl": (("", iter_lines),),
    "jsonld": (("", iter_json_ld),),
    "graphml": (("", lambda store: iter_graphml(GraphReader(store))),),
    "gexf": (("", lambda store: iter_gexf(GraphReader(store))),),
    "cypher": (("", lambda store: iter_cypher(GraphReader(store))),),
    "csv": (
        ("-nodes", lambda store: iter_node_table(GraphReader(store))),
        ("-edges", lambda store: iter_edge_table(GraphReader(store))),
    ),
}
"""What each format writes of a store, and what is put behind the file's name where it makes several files."""


def make_claim_line(claim: Claim, doc: str) -> dict[str, object]:
    """One claim as a JSON object of the gold format; `doc` names the text that its offsets count in.

    A spokesperson stands in `speaker`, beside the organisation in `claimants`.
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
    return line | {"speaker": speakers[-1]} if speakers else line


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
