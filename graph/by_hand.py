"""Claims by hand: what people say that a sentence states, in the place of what was misread of it.

    judgement that counts, with `should` → claim by hand → store

They follow the judgements: one comes with its judgement, goes when that is taken back, and comes again when it counts
again. Where the text is read as the person has it, nothing is put beside that.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.grades import is_weak
from graph.ids import fold_name, make_hand_id
from graph.misreadings import correct_claim
from graph.policy import settle
from graph.propositions.rulings import find_last_verdicts, find_misread
from graph.readers import HAND, is_by_hand
from graph.records import ArticleId, Claim, ClaimId, Judgement, Party, Predicate
from graph.resolve import Identity, derive_identity, list_spellings
from graph.store import GraphStore

# Articles in memory at once.
_PAGE = 64


@dataclass(frozen=True, slots=True)
class Placed:
    """The claim that one by hand takes the place of, and the judgement that says so."""

    read: ClaimId
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Hands:
    """What judgements put in the place of what.

    wanted  claims by hand that should be there, in the order of their judgements
    known   all that a judgement ever put, those that should not be there too
    """

    wanted: Mapping[ClaimId, Placed]
    known: frozenset[ClaimId]

    @property
    def instead(self) -> Mapping[ClaimId, ClaimId]:
        """By the claim that was misread the one by hand."""
        return {placed.read: id for id, placed in self.wanted.items()}


def find_hands(judgements: Sequence[Judgement]) -> Hands:
    """What these judgements, in the order they were made, put in the place of what.

    What takes the place of a claim by hand goes with that one.
    """
    last = find_last_verdicts(judgements)
    wanted: dict[ClaimId, Placed] = {}
    known: set[ClaimId] = set()
    for one in judgements:
        for read in one.claims if one.should else ():
            id = make_hand_id(read, one.id)
            if last.get(read) is one and (read not in known or read in wanted):
                wanted[id] = Placed(read, one)
            known.add(id)
    return Hands(wanted, frozenset(known))


def list_instead(judgements: Sequence[Judgement], reads: Iterable[ClaimId]) -> tuple[ClaimId, ...]:
    """All that was ever put in the place of these claims, and of what took their place, by these judgements."""
    found = dict.fromkeys(reads)
    given = tuple(found)
    for one in judgements:
        found |= {make_hand_id(read, one.id): None for read in one.claims if one.should and read in found}
    return tuple(id for id in found if id not in given)


def make_missing(store: GraphStore, judgements: Sequence[Judgement], ids: Sequence[ClaimId]) -> tuple[Claim, ...]:
    """The claims by hand of these ids that the judgements want and that are not there yet; nothing is stored."""
    hands, identity = find_hands(judgements), derive_identity(judgements)
    wanted = {id: hands.wanted[id] for id in hands.wanted if id in ids}
    there = {one.id: one for one in store.get_claims([*wanted, *(placed.read for placed in wanted.values())])}
    made: dict[ClaimId, Claim] = {}
    for id, placed in wanted.items():
        read = there.get(placed.read) or made.get(placed.read)
        if id not in there and read and (claim := make_by_hand(store, identity, read, placed.judgement)):
            made[id] = claim
    articles = {claim.article_id for claim in made.values()}
    said = _read_said(store, articles, identity, find_misread(judgements))
    return tuple(claim for id, claim in made.items() if id in _choose([claim], said[claim.article_id], identity))


def put_by_hand(store: GraphStore) -> int:
    """Brings the claims by hand of a store to what its judgements say; how many articles changed."""
    judgements = store.list_judgements()
    hands = find_hands(judgements)
    identity = derive_identity(judgements)
    done: set[tuple[ArticleId, frozenset[ClaimId]]] = set()
    # Again for those that take the place of what came just now.
    while hands.known and (stale := {*_find_stale(store, hands, identity).items()} - done):
        done |= stale
        due = sorted(stale, key=lambda item: item[0])
        for start in range(0, len(due), _PAGE):
            _bring(store, hands, identity, dict(due[start : start + _PAGE]))
    return len({article for article, _ in done})


def make_by_hand(store: GraphStore, identity: Identity, claim: Claim, judgement: Judgement) -> Claim | None:
    """What the judgement puts in the claim's place, no firmer than policy lets it; None where nothing may stand."""
    made = correct_claim(claim, judgement.should, lambda name: find_party(store, identity, name))
    id = make_hand_id(claim.id, judgement.id)
    return settle(replace(made, id=id, reader=HAND, score=None, refuted="", misread=""))


def find_party(store: GraphStore, identity: Identity, name: str) -> Party:
    """Whom a name stands for: the entity that has the spelling, as it was added; the words alone unless one has it."""
    wanted = fold_name(name)
    found = [one for one in store.find_entities(name) if wanted in list_spellings(one)]
    if len(found) != 1:
        return Party(name)
    added = store.get_entities([found[0].id, *identity.list_members(found[0].id)], as_added=True)
    chosen = next((one for one in added if wanted in list_spellings(one)), found[0])
    return Party(chosen.name, chosen.id)


def _find_stale(store: GraphStore, hands: Hands, identity: Identity) -> dict[ArticleId, frozenset[ClaimId]]:
    """Articles whose claims by hand are not what they should be, each with the ids of those that should be there."""
    reads = {placed.read for placed in hands.wanted.values()}
    claims = {claim.id: claim for claim in store.get_claims(sorted(hands.known | reads))}
    there: dict[ArticleId, set[ClaimId]] = defaultdict(set)
    made: dict[ArticleId, list[Claim]] = defaultdict(list)
    for id in hands.known & claims.keys():
        there[claims[id].article_id].add(id)
    for id, placed in hands.wanted.items():
        read = claims.get(placed.read)
        claim = claims.get(id) or (make_by_hand(store, identity, read, placed.judgement) if read else None)
        if claim:
            made[claim.article_id].append(claim)
    said = _read_said(store, made, identity)
    chosen = {id: _choose(made.get(id, ()), said.get(id, set()), identity) for id in {*made, *there}}
    return {id: ids for id, ids in chosen.items() if ids != there.get(id, set())}


def _read_said(
    store: GraphStore, articles: Iterable[ArticleId], identity: Identity, misread: Collection[ClaimId] = ()
) -> dict[ArticleId, set[Hashable]]:
    """What the claims of these articles say that were read surely enough and that nobody judged misread.

    misread  such claims too that are not marked so yet
    """
    said: dict[ArticleId, set[Hashable]] = defaultdict(set)
    for claim in store.list_claims_of(sorted(articles), list(Predicate)):
        if not (is_weak(claim) or is_by_hand(claim) or claim.id in misread):
            said[claim.article_id].add(_read_all(claim, identity))
    return said


def _choose(made: Iterable[Claim], said: set[Hashable], identity: Identity) -> frozenset[ClaimId]:
    """Of the claims by hand those that say what nothing else says."""
    chosen = set()
    for claim in made:
        if (says := _read_all(claim, identity)) not in said:
            said = said | {says}
            chosen.add(claim.id)
    return frozenset(chosen)


def _bring(store: GraphStore, hands: Hands, identity: Identity, wanted: Mapping[ArticleId, frozenset[ClaimId]]) -> None:
    for stored in store.get_extractions(list(wanted)):
        ids = wanted[stored.article.id]
        claims = {claim.id: claim for claim in stored.claims if claim.id not in hands.known or claim.id in ids}
        missing = (id for id in hands.wanted if id in ids and id not in claims)
        made = [
            claim
            for id in missing
            for placed in (hands.wanted[id],)
            if placed.read in claims
            and (claim := make_by_hand(store, identity, claims[placed.read], placed.judgement)) is not None
        ]
        ordered = sorted((*claims.values(), *made), key=lambda claim: claim.span)
        store.replace(replace(stored, claims=tuple(ordered)))


def _read_all(claim: Claim, identity: Identity) -> Hashable:
    """Where a claim stands and all that it says."""

    def read(party: Party | None) -> str | None:
        if party is None:
            return None
        return identity.find_root(party.entity) if party.entity else fold_name(party.name)

    amount = claim.quantity
    return (
        claim.span,
        claim.predicate,
        *map(read, (claim.subject, claim.object, claim.benchmark)),
        (amount.measure, amount.value, amount.unit, amount.comparator, amount.high) if amount else None,
        tuple(read(claimant.party) for claimant in claim.claimants),
        claim.modality,
        claim.polarity,
        claim.date,
    )
