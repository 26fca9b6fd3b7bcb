"""Claims put together into groups, the same whatever order they come in."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from graph.background import Background
from graph.ids import fold_name, make_proposition_id
from graph.propositions.dividing import divide
from graph.propositions.generality import find_general
from graph.propositions.groups import Group, Voice
from graph.propositions.labels import make_label
from graph.propositions.members import Member
from graph.propositions.rulings import Rulings, derive_rulings
from graph.propositions.signatures import Signature, find_matter, make_signature, order_key, order_signatures
from graph.propositions.telling import join_told
from graph.records import Claim, ClaimId, Judgement, Link, Modality, Polarity

# Enough to find two that speak of one ground; a proposition in the news has hundreds.
_MOST_VOICES = 20

Similarity = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Vectors of sentences, of length one each: those that mean the same lie close, in any language."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A group before rulings: claims with the score and reason of each."""

    matter: str
    members: tuple[Member, ...]


def group_claims(
    claims: Iterable[Claim],
    background: Background,
    judgements: Sequence[Judgement] = (),
    similarity: Similarity | None = None,
) -> tuple[Group, ...]:
    """The groups of the claims by id, each claim in one; the same for any order of the claims, and for any repeat.

    Give all claims of a matter at once, with those that judgements name together with any of them (Rulings.linked).
    """
    ordered = sorted({claim.id: claim for claim in claims}.values(), key=_order)
    matters: dict[str, list[Claim]] = defaultdict(list)
    for claim in ordered:
        matters[find_matter(claim, background)].append(claim)
    drafts = [draft for matter, members in matters.items() for draft in _draft(matter, members, background)]
    if judgements:
        drafts = _apply(drafts, derive_rulings(judgements))
    groups = [_make_group(draft, background) for draft in drafts]
    return tuple(sorted(find_general(groups, background), key=lambda group: group.id))


def _draft(matter: str, members: Sequence[Claim], background: Background) -> Iterator[_Draft]:
    claims: dict[Signature, list[Claim]] = defaultdict(list)
    for claim in members:
        claims[make_signature(claim, background)].append(claim)
    parts = [
        [Member(claim, p.signature, p.score, p.reason) for p in part for claim in claims[p.signature]]
        for part in divide(order_signatures(claims))
    ]
    return (_make_draft(matter, part) for part in join_told(parts, background))


def _make_draft(matter: str, members: Iterable[Member]) -> _Draft:
    return _Draft(matter, tuple(sorted(members, key=lambda member: _order(member.claim))))


def _apply(drafts: Sequence[_Draft], rulings: Rulings) -> list[_Draft]:
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
    return [_make_draft(matter, part) for matter, part in zip(matters, parts, strict=True) if part]


def _find_leaving(part: Sequence[Member], id: ClaimId, named: Sequence[ClaimId]) -> list[Member]:
    """The claim, and those that say the same in the same fields, unless a claim that stays does so too."""

    def say(member: Member) -> Signature:
        return replace(member.signature, day=0)

    leaving = next(say(member) for member in part if member.claim.id == id)
    alike = all(say(m) != leaving for m in part if m.claim.id in named and m.claim.id != id)
    return [m for m in part if m.claim.id == id or (alike and say(m) == leaving)]


def _make_group(draft: _Draft, background: Background) -> Group:
    counts = Counter(member.signature for member in draft.members)
    main = min(counts, key=lambda signature: (not signature.amount, -counts[signature], order_key(signature)))
    claim = next(member.claim for member in draft.members if member.signature == main)
    return Group(
        id=make_proposition_id(draft.members[0].claim.id),
        matter=draft.matter,
        links=tuple(Link(m.claim.id, round(m.score, 3), m.reason) for m in draft.members),
        type=claim.type,
        predicate=claim.predicate,
        label_en=make_label(claim, background, "en"),
        label_ja=make_label(claim, background, "ja"),
        signature=main,
        affirmed=any(m.claim.polarity is Polarity.AFFIRMED for m in draft.members),
        voices=tuple(islice(_iter_voices(draft.members), _MOST_VOICES)),
    )


def _iter_voices(members: Sequence[Member]) -> Iterator[Voice]:
    for member in members:
        claim = member.claim
        if claim.polarity is Polarity.AFFIRMED and claim.modality is not Modality.QUESTIONED:
            origin = fold_name(claim.origin.party.name) if claim.origin else ""
            day = claim.reported_at.toordinal()
            scope, window = member.signature.scope, member.signature.window
            yield Voice(claim.article_id, origin, scope, window, day, claim.text)


def _order(claim: Claim) -> tuple[datetime, ClaimId]:
    return claim.reported_at, claim.id
