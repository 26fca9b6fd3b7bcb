"""What people decided, put into effect: claims joined, parted and pinned after they were grouped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from graph.propositions.members import Member
from graph.propositions.rulings import Rulings
from graph.propositions.signatures import Signature
from graph.records import Claim, ClaimId


@dataclass(frozen=True, slots=True)
class Draft:
    """A group before rulings: claims with the score and reason of each."""

    matter: str
    members: tuple[Member, ...]


def make_draft(matter: str, members: Iterable[Member]) -> Draft:
    """The draft with its claims, oldest report first."""
    return Draft(matter, tuple(sorted(members, key=lambda member: order_claim(member.claim))))


def apply_rulings(drafts: Sequence[Draft], rulings: Rulings) -> list[Draft]:
    """The drafts as people decided: joined, then parted, then pinned. Claims that are not here are left out."""
    parts = [list(draft.members) for draft in drafts]
    matters = [draft.matter for draft in drafts]
    where = {member.claim.id: n for n, part in enumerate(parts) for member in part} if rulings.linked else {}

    def move(members: Sequence[Member], goal: int, reason: str) -> None:
        leaving = {member.claim.id for member in members}
        for n in {where[id] for id in leaving}:
            parts[n] = [member for member in parts[n] if member.claim.id not in leaving]
        parts[goal] += [member.moved(1.0, reason) for member in members]
        where.update(dict.fromkeys(leaving, goal))

    for ids in rulings.joined:
        places = list(dict.fromkeys(where[id] for id in ids if id in where))
        for other in places[1:]:
            move(list(parts[other]), places[0], "joined by a judgement")
    for ids in rulings.parted:
        stayed: set[int] = set()
        for id in ids:
            if id in where and where[id] in stayed:
                parts.append([])
                matters.append(matters[where[id]])
                move(_find_leaving(parts[where[id]], id, ids), len(parts) - 1, "parted by a judgement")
            if id in where:
                stayed.add(where[id])
    for id, anchor in rulings.pinned:
        if id in where and anchor in where and where[id] != where[anchor]:
            move([m for m in parts[where[id]] if m.claim.id == id], where[anchor], "pinned by a judgement")
    return [make_draft(matter, part) for matter, part in zip(matters, parts, strict=True) if part]


def _find_leaving(part: Sequence[Member], id: ClaimId, named: Sequence[ClaimId]) -> list[Member]:
    """The claim, and those that say the same in the same fields, unless a claim that stays does so too."""

    def say(member: Member) -> Signature:
        return replace(member.signature, day=0)

    leaving = next(say(member) for member in part if member.claim.id == id)
    alike = all(say(m) != leaving for m in part if m.claim.id in named and m.claim.id != id)
    return [m for m in part if m.claim.id == id or (alike and say(m) == leaving)]


def order_claim(claim: Claim) -> tuple[datetime, ClaimId]:
    """What claims are ordered by: when they were reported."""
    return claim.reported_at, claim.id
