"""How each party of a claim was found: by words of its sentence, by what the text said before, or described only."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.records import Claim, Mention, Party


class Role(StrEnum):
    """What a party is in a claim."""

    SUBJECT = "subject"
    OBJECT = "object"
    BENCHMARK = "benchmark"
    SPEAKER = "speaker"


class Way(StrEnum):
    """How a party was found."""

    NAMED = "named"
    BEFORE = "before"
    UNSAID = "unsaid"
    DESCRIBED = "described"


@dataclass(frozen=True, slots=True)
class PartyFound:
    """A party and how it was found.

    way    named: its sentence has a spelling of it; before: only other sentences have, as when "it" stands for it;
           unsaid: no sentence has; described: it names nobody
    words  the spelling, the one in the sentence first; of somebody described, the words for it
    """

    role: Role
    name: str
    way: Way
    words: str


def find_parties(claim: Claim, mentions: Sequence[Mention]) -> tuple[PartyFound, ...]:
    """The parties of a claim, speakers outermost first, by the mentions of its article."""
    return tuple(_find(role, party, claim, mentions) for role, party in _iter_roles(claim))


def _iter_roles(claim: Claim) -> Iterator[tuple[Role, Party]]:
    yield Role.SUBJECT, claim.subject
    if claim.object:
        yield Role.OBJECT, claim.object
    if claim.benchmark:
        yield Role.BENCHMARK, claim.benchmark
    yield from ((Role.SPEAKER, claimant.party) for claimant in claim.claimants)


def _find(role: Role, party: Party, claim: Claim, mentions: Iterable[Mention]) -> PartyFound:
    if party.entity is None:
        return PartyFound(role, party.name, Way.DESCRIBED, party.name)
    mine = [mention for mention in mentions if mention.entity == party.entity]
    start, end = claim.span
    here = [mention for mention in mine if start <= mention.span[0] and mention.span[1] <= end]
    if here:
        return PartyFound(role, party.name, Way.NAMED, here[0].text)
    # The nearest before the sentence is what a pronoun stands for; a headline may come after it in no text.
    before = [mention for mention in mine if mention.span[0] < start]
    other = (before[-1:] or mine[:1]) if mine else []
    return (
        PartyFound(role, party.name, Way.BEFORE, other[0].text)
        if other
        else PartyFound(role, party.name, Way.UNSAID, "")
    )
