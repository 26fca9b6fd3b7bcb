"""Claims put together into groups, the same whatever order they come in."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from types import MappingProxyType

from graph.background import Background
from graph.grades import is_weak
from graph.ids import fold_name, make_proposition_id
from graph.propositions.deciding import Draft, apply_rulings, make_draft, order_claim
from graph.propositions.dividing import divide
from graph.propositions.generality import find_general
from graph.propositions.groups import Group, Voice
from graph.propositions.joining import join_parts
from graph.propositions.labels import make_label
from graph.propositions.members import Member
from graph.propositions.restated import RESTATED, join_restated
from graph.propositions.rulings import Rulings
from graph.propositions.scopes import WHERE, find_scope
from graph.propositions.signatures import Signature, find_matter, make_signature, order_key, order_signatures
from graph.propositions.telling import join_told
from graph.records import Claim, ClaimId, Link, Modality, Polarity

# Enough to find two that speak of one ground; a proposition in the news has hundreds.
_MOST_VOICES = 20
NO_RULINGS = Rulings()
NO_HOMES: Mapping[ClaimId, str] = MappingProxyType({})


def group_claims(
    claims: Iterable[Claim],
    background: Background,
    rulings: Rulings = NO_RULINGS,
    homes: Mapping[ClaimId, str] = NO_HOMES,
) -> tuple[Group, ...]:
    """The groups of the claims by id, each claim in one; the same for any order of the claims, and for any repeat.

    A weak claim joins the group of a better one beside which it would stand, and changes nothing of it; without one it
    is in none. One that was judged misread is in none at all.

    Give all claims of a matter at once, with those that rulings name together with any of them (Rulings.linked).

    homes  the matters of claims that may be in another one than their own (restated.py)
    """
    ordered = sorted({claim.id: claim for claim in claims if not claim.misread}.values(), key=order_claim)
    better = [claim for claim in ordered if not is_weak(claim)]
    groups = [_make_group(draft, background) for draft in _make_drafts(better, background, rulings, homes)]
    if len(better) < len(ordered):
        groups = _join_weak(groups, _make_drafts(ordered, background, rulings, homes))
    return tuple(sorted(find_general(groups, background), key=lambda group: group.id))


def _make_drafts(
    ordered: Sequence[Claim], background: Background, rulings: Rulings, homes: Mapping[ClaimId, str]
) -> list[Draft]:
    matters: dict[str, list[Claim]] = defaultdict(list)
    for claim in ordered:
        matters[homes.get(claim.id) or find_matter(claim, background)].append(claim)
    drafts = [draft for matter, members in matters.items() for draft in _draft(matter, members, background)]
    return apply_rulings(drafts, rulings)


def _join_weak(groups: Sequence[Group], drafts: Iterable[Draft]) -> list[Group]:
    """The groups with the weak claims of the drafts, each where the oldest better one of its draft is."""
    places = {link.claim: n for n, group in enumerate(groups) for link in group.links}
    weak: dict[int, list[Link]] = defaultdict(list)
    for draft in drafts:
        home = next((places[m.claim.id] for m in draft.members if m.claim.id in places), None)
        if home is not None:
            weak[home] += [_make_link(m) for m in draft.members if is_weak(m.claim)]
    return [replace(group, links=(*group.links, *weak[n])) for n, group in enumerate(groups)]


def divide_claims(members: Iterable[Claim], background: Background) -> list[list[Member]]:
    """The claims of one matter in parts that each say the same in the same fields, before any of them are joined."""
    claims: dict[Signature, list[Claim]] = defaultdict(list)
    for claim in members:
        claims[make_signature(claim, background)].append(claim)
    parts = [
        [Member(claim, p.signature, p.score, p.reason) for p in part for claim in claims[p.signature]]
        for part in divide(order_signatures(claims))
    ]
    return join_told(parts, background)


def _draft(matter: str, members: Sequence[Claim], background: Background) -> Iterator[Draft]:
    parts = divide_claims(members, background)
    joined = join_restated(matter, join_parts(parts, background), background)
    return (make_draft(matter, part) for part in joined)


def _make_group(draft: Draft, background: Background) -> Group:
    main = _find_main(draft.members)
    own = [member for member in draft.members if member.signature == main]
    claim = next((member.claim for member in own if member.reason != RESTATED), own[0].claim)
    return Group(
        id=make_proposition_id(draft.members[0].claim.id),
        matter=draft.matter,
        links=tuple(map(_make_link, draft.members)),
        type=claim.type,
        predicate=claim.predicate,
        label_en=make_label(claim, background, "en"),
        label_ja=make_label(claim, background, "ja"),
        signature=main,
        affirmed=any(m.claim.polarity is Polarity.AFFIRMED for m in draft.members),
        voices=tuple(islice(_iter_voices(draft.members, Polarity.AFFIRMED), _MOST_VOICES)),
        against=tuple(islice(_iter_voices(draft.members, Polarity.DENIED), _MOST_VOICES)),
    )


def _make_link(member: Member) -> Link:
    return Link(member.claim.id, round(member.score, 3), member.reason)


def _find_main(members: Sequence[Member]) -> Signature:
    """What most of them say, those with a number before the others, then those with an object."""
    if len(members) == 1:
        return members[0].signature
    counts = Counter(member.signature for member in members)
    return min(counts, key=lambda s: (not s.amount, not s.object, -counts[s], order_key(s)))


def _iter_voices(members: Sequence[Member], polarity: Polarity) -> Iterator[Voice]:
    for member in members:
        claim = member.claim
        if claim.polarity is polarity and claim.modality is not Modality.QUESTIONED:
            origin = fold_name(claim.origin.party.name) if claim.origin else ""
            day = claim.reported_at.toordinal()
            said = member.signature
            scope = said.scope
            if said.family.faceless:  # "300 in Japan" and "5,000 in America" are no two counts of one
                scope |= find_scope(claim) & WHERE
            named = claim.origin is not None and claim.origin.party.entity is not None
            yield Voice(
                claim.article_id,
                origin,
                scope,
                said.window,
                day,
                claim.text,
                said.amount,
                said.tense,
                named,
                claim.article_id,
            )
