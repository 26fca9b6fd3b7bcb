"""What people put in the place of what was misread, as their judgements alone tell it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.ids import make_hand_id
from graph.records import ClaimId, Field, Judgement
from graph.rulings.verdicts import find_last_verdicts


@dataclass(frozen=True, slots=True)
class Placed:
    """The claim that one by hand takes the place of, and the judgement that says so."""

    read: ClaimId
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Hands:
    """What judgements put in the place of what.

    wanted  claims by hand that should be there, in the order of their judgements
    reads   all that a judgement ever put, those that should not be there too, with what each took the place of
    instead by the claim that was misread the one by hand that should be there
    """

    wanted: Mapping[ClaimId, Placed]
    reads: Mapping[ClaimId, ClaimId]
    instead: Mapping[ClaimId, ClaimId]

    def follow(self, id: ClaimId) -> ClaimId:
        """What should be there in the place of the claim: of what was misread the last that people put, and so of what
        they put before; itself where nothing is."""
        place = id
        while place in self.reads and place not in self.wanted:
            place = self.reads[place]
        if place not in self.instead:
            return id
        while place in self.instead:
            place = self.instead[place]
        return place


def find_hands(judgements: Sequence[Judgement]) -> Hands:
    """What these judgements, in the order they were made, put in the place of what.

    What takes the place of a claim by hand goes with that one.
    """
    last = find_last_verdicts(judgements)
    wanted: dict[ClaimId, Placed] = {}
    reads: dict[ClaimId, ClaimId] = {}
    for one in judgements:
        for read in one.claims if one.should else ():
            id = make_hand_id(read, one.id)
            if last.get(read) is one and (read not in reads or read in wanted):
                wanted[id] = Placed(read, one)
            reads[id] = read
    return Hands(wanted, reads, {placed.read: id for id, placed in wanted.items()})


def list_instead(judgements: Sequence[Judgement], reads: Iterable[ClaimId]) -> tuple[ClaimId, ...]:
    """All that was ever put in the place of these claims, and of what took their place, by these judgements."""
    found = dict.fromkeys(reads)
    given = tuple(found)
    for one in judgements:
        found |= {make_hand_id(read, one.id): None for read in one.claims if one.should and read in found}
    return tuple(id for id in found if id not in given)


def find_given(judgements: Sequence[Judgement]) -> dict[ClaimId, frozenset[Field]]:
    """Of all that judgements ever put in the place of something, the fields that people gave; others are as read."""
    given: dict[ClaimId, frozenset[Field]] = {}
    for one in judgements:
        for read in one.claims if one.should else ():
            fields = frozenset(fix.field for fix in one.should)
            given[make_hand_id(read, one.id)] = given.get(read, frozenset()) | fields
    return given
