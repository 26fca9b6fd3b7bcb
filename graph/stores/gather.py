"""What belongs to an extraction, gathered again from a store."""

from collections.abc import Iterable, Sequence

from graph.records import Claim, EntityId, Mention


def list_named(mentions: Iterable[Mention], claims: Iterable[Claim]) -> list[EntityId]:
    """The entities that mentions and claims name, each once, in that order."""
    named = [mention.entity for mention in mentions]
    named += [party.entity for claim in claims for party in claim.parties if party.entity is not None]
    return list(dict.fromkeys(named))


def sort_claims(newest_first: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims in the order of their text; of one sentence as they came, so that stored again they keep their order."""
    return tuple(sorted(newest_first, key=lambda claim: claim.span))
