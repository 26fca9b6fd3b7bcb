"""Claims put together into groups, the same whatever order they come in."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.background import Background
from graph.ids import make_proposition_id
from graph.propositions.dividing import divide
from graph.propositions.generality import find_general
from graph.propositions.groups import Group
from graph.propositions.labels import make_label
from graph.propositions.rulings import Rulings, derive_rulings
from graph.propositions.signatures import Signature, find_matter, make_signature, order_key, order_signatures
from graph.records import Claim, ClaimId, Judgement, Link, Polarity

Similarity = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Vectors of sentences, of length one each: those that mean the same lie close, in any language."""


Member = tuple[Claim, Signature, float, str]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A group before rulings: claims with the score and reason of each."""

    matter: str
    claims: tuple[Member, ...]


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
    matters: dict[str, list[tuple[Claim, Signature]]] = defaultdict(list)
    for claim in ordered:
        matters[find_matter(claim, background)].append((claim, make_signature(claim, background)))
    drafts = [draft for matter, members in matters.items() for draft in _draft(matter, members, similarity)]
    drafts = _apply(drafts, derive_rulings(judgements))
    groups = [_make_group(draft, background) for draft in drafts]
    return tuple(sorted(find_general(groups, background), key=lambda group: group.id))


def _draft(matter: str, members: Sequence[tuple[Claim, Signature]], similarity: Similarity | None) -> Iterator[_Draft]:
    claims: dict[Signature, list[Claim]] = defaultdict(list)
    for claim, signature in members:
        claims[signature].append(claim)
    for part in divide(order_signatures(claims)):
        found = [
            (claim, placed.signature, placed.score, placed.reason)
            for placed in part
            for claim in claims[placed.signature]
        ]
        yield _make_draft(matter, found)


def _make_draft(matter: str, claims: Iterable[Member]) -> _Draft:
    return _Draft(matter, tuple(sorted(claims, key=lambda member: _order(member[0]))))


def _apply(drafts: Sequence[_Draft], rulings: Rulings) -> list[_Draft]:
    """The drafts as people decided: joined, then parted, then pinned. Claims that are not here are left out."""
    parts = [list(draft.claims) for draft in drafts]
    matters = [draft.matter for draft in drafts]
    where = {member[0].id: n for n, part in enumerate(parts) for member in part}

    def move(members: Sequence[Member], goal: int, reason: str) -> None:
        for claim, signature, _, _ in members:
            parts[where[claim.id]] = [m for m in parts[where[claim.id]] if m[0].id != claim.id]
            parts[goal].append((claim, signature, 1.0, reason))
            where[claim.id] = goal

    for ids in rulings.joined:
        places = list(dict.fromkeys(where[id] for id in ids if id in where))
        for other in places[1:]:
            move(parts[other], places[0], "joined by a judgement")
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
            move([m for m in parts[where[id]] if m[0].id == id], where[anchor], "pinned by a judgement")
    return [_make_draft(matter, part) for matter, part in zip(matters, parts, strict=True) if part]


def _find_leaving(part: Sequence[Member], id: ClaimId, named: Sequence[ClaimId]) -> list[Member]:
    """The claim, and those that say the same in the same fields, unless a claim that stays does so too."""
    leaving = next(signature for claim, signature, _, _ in part if claim.id == id)
    others = {signature for claim, signature, _, _ in part if claim.id in named and claim.id != id}
    alike = leaving not in others
    return [m for m in part if m[0].id == id or (alike and m[1] == leaving)]


def _make_group(draft: _Draft, background: Background) -> Group:
    counts = Counter(signature for _, signature, _, _ in draft.claims)
    main = min(counts, key=lambda signature: (not signature.amount, -counts[signature], order_key(signature)))
    claim = next(claim for claim, signature, _, _ in draft.claims if signature == main)
    return Group(
        id=make_proposition_id(draft.claims[0][0].id),
        matter=draft.matter,
        links=tuple(Link(claim.id, round(score, 3), reason) for claim, _, score, reason in draft.claims),
        type=claim.type,
        predicate=claim.predicate,
        label_en=make_label(claim, background, "en"),
        label_ja=make_label(claim, background, "ja"),
        signature=main,
        affirmed=any(claim.polarity is Polarity.AFFIRMED for claim, _, _, _ in draft.claims),
    )


def _order(claim: Claim) -> tuple[datetime, ClaimId]:
    return claim.reported_at, claim.id
