"""Matters that are there under another id than before: an older report came, a judgement parted them, a claim was read
anew. A matter has its id from its earliest claim."""

from collections.abc import Iterable

from graph.records import ClaimId, PropositionId
from graph.store import GraphStore


def find_renamed(store: GraphStore, gone: Iterable[PropositionId]) -> dict[PropositionId, PropositionId]:
    """Of ids that no matter has any more, the matters that hold the claims which they were made of."""
    claims = store.list_heirs([ClaimId(id) for id in gone])
    places = store.find_propositions_of(sorted({*claims.values()})) if claims else {}
    return {PropositionId(id): places[claim] for id, claim in claims.items() if claim in places}
