"""Utterances of a proposition → those it comes from, and the tree of who repeats whom (docs/model.md, Matters).

Every utterance is a path: its article, who publishes it, then its speakers, outermost first. A copy, rewrite or
translation leads to the article that it repeats instead. Where all paths end are the origins.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from graph.background import Background
from graph.matters.speakers import (
    find_author,
    find_holder,
    is_court,
    is_nobody,
    is_outlet,
    name_court,
    name_described,
    part_speakers,
)
from graph.matters.witnesses import find_accused, is_own_page
from graph.naming import list_own_names
from graph.records import (
    ArticleId,
    ClaimId,
    ClaimType,
    Copy,
    CopyKind,
    EntityId,
    EntityType,
    Modality,
    Party,
    Polarity,
    SourceKind,
)
from graph.rulings.resolve import list_spellings
from graph.utterances import Utterance, fold_outlet, sort_utterances

# An outlet that only says "reportedly" does not say whom it has it from.
_UNNAMED = "unnamed"
# So long an outlet goes on telling what it had from another.
_TOLD_AGAIN = timedelta(7)


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who says it, or an article that holds it.

    name     of the speaker or outlet; an article's address
    entity   None for an outlet that no table has, for an article and for somebody whom the sentence does not name
    article  an article, the first version that holds it; None for a speaker
    how      how it repeats the one it stands under: `says`, `cites`, or a kind of copy; empty at the top
    claims   that stand there: of an article its own, of a speaker those which end with it; oldest first
    echoes   those who have it from here, oldest first
    """

    name: str
    entity: EntityId | None
    article: ArticleId | None
    how: str
    claims: tuple[ClaimId, ...]
    echoes: tuple["Voice", ...] = ()


@dataclass(frozen=True, slots=True)
class Origins:
    """Whom a proposition comes from, oldest first, and how many pages hold it, copies included.

    hearsay  outlets that pass it on without naming anybody, beside origins that are known
    """

    articles: int
    origins: tuple[Voice, ...]
    hearsay: tuple[Voice, ...] = ()

    @property
    def count(self) -> int:
        return len(self.origins)


class Counts(NamedTuple):
    """How many pages hold a proposition, copies included, and how many origins they come from."""

    articles: int
    origins: int


@dataclass(slots=True)
class _Node:
    """A speaker, outlet or article amid its paths."""

    name: str
    entity: EntityId | None = None
    article: ArticleId | None = None
    claims: list[ClaimId] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)  # whom it has it from → how
    own: bool = False  # says it itself, not in hearsay's words
    first_hand: bool = False  # a person or company that says it, whoever else it cites elsewhere


def find_origins(utterances: Iterable[Utterance], background: Background, copies: Iterable[Copy] = ()) -> Origins:
    """Those the affirming utterances come from; of denials alone, those whom the denial comes from.

    An outlet that is known to have it from somebody is no origin, and "according to" that outlet adds none. An article
    that speaks in its own voice beside a named speaker adds none; unnamed sources of one outlet are one origin.
    """
    told = sort_utterances(utterances)
    nodes = _link_telling(told, copies, background)
    tops, below = _find_tops(nodes), _find_below(nodes)
    origins, hearsay = (tuple(_grow(nodes, below, key, "", frozenset()) for key in keys) for keys in tops)
    return Origins(_count_pages(told), origins, hearsay)


def count_origins(utterances: Iterable[Utterance], background: Background, copies: Iterable[Copy] = ()) -> Counts:
    """The counts of `find_origins`, without the tree."""
    told = sort_utterances(utterances)
    if len(told) == 1 and len(part_speakers(told[0])) == 1:  # the one path has one end
        return Counts(1, 1)
    origins, _ = _find_tops(_link_telling(told, copies, background))
    return Counts(_count_pages(told), len(origins))


def _link_telling(told: Sequence[Utterance], copies: Iterable[Copy], background: Background) -> dict[str, _Node]:
    affirmed = [one for one in told if one.claim.polarity is Polarity.AFFIRMED]
    affirmed = [one for one in affirmed if one.claim.modality is not Modality.QUESTIONED] or affirmed
    return _link(name_described(affirmed or told, background), tuple(copies), background)


def _count_pages(told: Iterable[Utterance]) -> int:
    return len({one.article.url or one.article.id for one in told})


def find_roots(utterances: Sequence[Utterance], copies: Iterable[Copy]) -> dict[ArticleId, tuple[ArticleId, CopyKind]]:
    """Of each article that repeats another, the first of its family that holds an utterance, and how it repeats."""
    originals: dict[ArticleId, Copy] = {}
    for copy in sorted(copies, key=lambda copy: (-copy.score, copy.original)):
        originals.setdefault(copy.article, copy)
    holding = {one.article.id for one in utterances}
    families: dict[ArticleId, ArticleId] = {}
    roots: dict[ArticleId, tuple[ArticleId, CopyKind]] = {}
    for one in sort_utterances(utterances):
        id = one.article.id
        top = _follow(originals, id)
        first = families.setdefault(top, top if top in holding else id)
        if first != id:
            roots[id] = (first, originals[id].kind if id in originals else CopyKind.REWRITTEN)
    return roots


def _follow(originals: Mapping[ArticleId, Copy], id: ArticleId) -> ArticleId:
    seen = {id}
    while id in originals and originals[id].original not in seen:
        id = originals[id].original
        seen.add(id)
    return id


def _link(told: Sequence[Utterance], copies: Sequence[Copy], background: Background) -> dict[str, _Node]:
    """The paths of all utterances as one graph."""
    roots = find_roots(told, copies)
    outlets = _name_outlets(told, background)
    pages = {one.article.id: f"page {one.article.url or one.article.id}" for one in told}
    named = {one.article.id for one in told if one.claim.claimants}
    court = name_court(told)
    nodes: dict[str, _Node] = {}
    began: dict[str, tuple[str, str] | None] = {}  # of each outlet what it copied when it first told it
    until: dict[str, datetime] = {}
    for one in told:
        page = pages[one.article.id]
        node = nodes.setdefault(page, _Node(one.article.url or one.article.id, article=one.article.id))
        node.claims.append(one.id)
        root = roots.get(one.article.id)
        repeats = root and pages.get(root[0], page) != page
        outlet = _key(Party(one.outlet), outlets, one.outlet)
        copied = root if root and repeats and root[1] is not CopyKind.REWRITTEN else None
        began.setdefault(outlet, (pages[copied[0]], copied[1].value) if copied else None)
        until.setdefault(outlet, one.at + _TOLD_AGAIN)
        if one.at > until[outlet]:
            began[outlet] = None
        if root and repeats:
            node.sources[pages[root[0]]] = root[1].value
            if root[1] is not CopyKind.REWRITTEN:
                continue
        for told_by in part_speakers(one):
            _add_path(
                nodes,
                told_by,
                page,
                outlets,
                background,
                speaks=one.article.id not in named or _is_finding(one),
                copied=bool(root),
                court=court,
            )
    # What an outlet had from another when it first told it, it has from there when it tells it again soon after.
    for outlet, source in began.items():
        if source and outlet in nodes:
            nodes[outlet].sources.setdefault(*source)
    for node in nodes.values():
        if node.first_hand:
            node.sources.clear()
    return nodes


def _add_path(
    nodes: dict[str, _Node],
    one: Utterance,
    page: str,
    outlets: Mapping[str, str],
    background: Background,
    *,
    speaks: bool,
    copied: bool,
    court: Party | None,
) -> None:
    """From the page through its outlet and the claim's speakers to the last of them."""
    outlet = Party(one.outlet)
    if (copied and not one.who) or not (speaks or one.claim.claimants or one.claim.type is ClaimType.STANCE):
        return
    spoken = [claimant.party for claimant in one.claim.claimants if not is_outlet(claimant.party)]
    chain = spoken or ([] if one.claim.claimants else find_holder(one.claim))
    steps = [] if chain else [(_key(outlet, outlets, outlet.name), outlet, "says")]
    before = outlet.name
    for party in chain:
        speaker = court if court and is_court(party) else find_author(party, one.claim, background)
        steps.append((_key(speaker, outlets, before), speaker, "cites"))
        before = speaker.name
    start = page
    for key, party, how in steps:
        node = nodes.setdefault(key, _Node(party.name))
        node.entity = node.entity or party.entity
        if key != start:
            nodes[start].sources.setdefault(key, how)
        start = key
    if chain and not copied:
        # What the outlet has from others it does not know by itself, whoever cites the outlet.
        own = nodes.setdefault(_key(outlet, outlets, outlet.name), _Node(outlet.name))
        if steps[0][0] != _key(outlet, outlets, outlet.name):
            own.sources.setdefault(steps[0][0], "cites")
    end = nodes[start]
    if one.id not in end.claims:
        end.claims.append(one.id)
    cited = bool(chain) and not is_nobody(chain[-1])
    end.own |= cited or (not chain and not _passes_on(one, start, background))
    publishes = start in outlets.values() or _is_publication(background, end.entity)
    end.first_hand |= (cited and not publishes) or _is_finding(one)


def _is_finding(one: Utterance) -> bool:
    """Whether an authority says it itself on its own page, whomever else it cites there."""
    return one.speaker is None and one.article.source.kind is SourceKind.GOVERNMENT


def _passes_on(one: Utterance, publisher: str, background: Background) -> bool:
    """Whether who publishes it has it from others: hearsay, and what it or a thing of its own is accused of."""
    accused = one.claim.modality is Modality.ALLEGED and publisher in map(
        _name_entity, find_accused(one.claim, background)
    )
    return accused or one.claim.modality is Modality.REPORTED


def _name_outlets(told: Sequence[Utterance], background: Background) -> dict[str, str]:
    """The keys of those who publish, by their folded names: a firm's page is the firm, under any of its names."""
    outlets: dict[str, frozenset[str]] = {}
    for one in told:
        name = fold_outlet(one.outlet)  # "Google News" is no page of the firm, "DeepSeek Blog" is
        outlets[name] = outlets.get(name, frozenset()) | (list_own_names(one.outlet) if is_own_page(one) else {name})
    parties = {id for one in told for id in one.claim.named}
    subjects = {one.claim.subject: one.claim for one in told}
    parties = parties.union(*(find_accused(claim, background) for claim in subjects.values()))
    known = ((id, background.entities[id]) for id in sorted(parties & background.entities.keys()))
    spelled = {name: _name_entity(id) for id, entity in known for name in list_spellings(entity)}
    own = {name: [spelled[one] for one in (name, *sorted(names)) if one in spelled] for name, names in outlets.items()}
    return {name: own[name][0] if own[name] else f"outlet {name}" for name in outlets}


def _name_entity(id: EntityId) -> str:
    return f"entity {id}"


def _is_publication(background: Background, entity: EntityId | None) -> bool:
    return entity is not None and background.find_type(entity) is EntityType.PUBLICATION


def _key(party: Party, outlets: Mapping[str, str], before: str) -> str:
    """One key for one speaker: an outlet by its name, others by entity; whoever is unnamed, by who cites them."""
    if key := outlets.get(fold_outlet(party.name)):
        return key
    return _name_entity(party.entity) if party.entity else f"{_UNNAMED} {fold_outlet(before)}"


def _find_tops(nodes: Mapping[str, _Node]) -> tuple[list[str], list[str]]:
    """Where paths end, oldest first: origins, and outlets that pass on hearsay, which count, as one, only alone."""
    ends = [key for key, node in nodes.items() if not node.sources and not node.article]
    ends += _break_circles(nodes, ends)
    own = [key for key in ends if nodes[key].own]
    rest = [key for key in ends if not nodes[key].own]
    return (own, rest) if own else (rest[:1], rest[1:])


def _break_circles(nodes: Mapping[str, _Node], ends: Sequence[str]) -> list[str]:
    """Of each circle of outlets that cite only one another, the first that said it."""
    found: list[str] = []
    stops = set(ends)
    for key, node in nodes.items():
        if node.article or key in stops:
            continue
        reached = _reach(nodes, key)
        if key in reached and reached.isdisjoint(stops):
            found.append(key)
            stops.add(key)
    return found


def _reach(nodes: Mapping[str, _Node], key: str) -> set[str]:
    reached: set[str] = set()
    waiting = [key]
    while waiting:
        for source in nodes[waiting.pop()].sources:
            if source not in reached:
                reached.add(source)
                waiting.append(source)
    return reached


def _find_below(nodes: Mapping[str, _Node]) -> dict[str, list[tuple[str, str]]]:
    """Of each node those that have it from there, and how, in order."""
    below: dict[str, list[tuple[str, str]]] = {}
    for key, node in nodes.items():
        for source, how in node.sources.items():
            below.setdefault(source, []).append((key, how))
    return below


def _grow(
    nodes: Mapping[str, _Node],
    below: Mapping[str, Sequence[tuple[str, str]]],
    key: str,
    how: str,
    above: frozenset[str],
) -> Voice:
    """The node with all that have it from there, those above it left out."""
    node = nodes[key]
    above |= {key}
    grown = (_grow(nodes, below, other, way, above) for other, way in below.get(key, ()) if other not in above)
    # An outlet that nobody cites stands in its pages.
    echoes = tuple(voice for voice in grown if voice.article or voice.claims or voice.echoes)
    return Voice(node.name, node.entity, node.article, how, tuple(node.claims), echoes)
