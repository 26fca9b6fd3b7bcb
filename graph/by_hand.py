"""Claims by hand: what people say that a sentence states, in the place of what was misread of it.

    judgement that counts, with `should` → claim by hand → store

They follow the judgements: one comes with its judgement, goes when that is taken back, and comes again when it counts
again. Where the text is read as the person has it, nothing is put beside that.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import replace

from graph.errors import JudgementRefused
from graph.grades import is_weak
from graph.hands import Hands, find_hands
from graph.ids import fold_name, make_hand_id
from graph.judging import NOTHING_STANDS
from graph.misreadings import correct_claim
from graph.policy import settle
from graph.propositions.rulings import NO_TWINS, Rulings, derive_rulings
from graph.readers import HAND, is_by_hand
from graph.records import (
    CLAIM_KINDS,
    VERDICTS,
    ArticleId,
    Claim,
    ClaimId,
    Extraction,
    Judgement,
    Party,
    Predicate,
    Rereading,
)
from graph.resolve import Identity, derive_identity, list_spellings
from graph.store import GraphStore
from graph.verdicts import find_misread

# Articles in memory at once.
_PAGE = 64


def read_rulings(store: GraphStore, judgements: Sequence[Judgement]) -> Rulings:
    """The decisions on claims that count, each on what stands now in the place of what it named."""
    hands = find_hands(judgements)
    named = (id for one in judgements if one.kind in CLAIM_KINDS - VERDICTS for id in one.claims)
    standing = {hands.follow(id) for id in named} & hands.wanted.keys()
    return derive_rulings(judgements, _find_twins(store, judgements, standing) if standing else NO_TWINS)


def make_missing(store: GraphStore, judgements: Sequence[Judgement], ids: Collection[ClaimId]) -> tuple[Claim, ...]:
    """The claims by hand of these ids that the judgements want and that are not there yet; nothing is stored."""
    identity = derive_identity(judgements)
    made = _make_absent(store, find_hands(judgements), identity, ids)
    misread = find_misread(judgements)
    said = _read_said(store, {claim.article_id for claim in made.values()}, identity, misread)
    return tuple(
        claim for id, claim in made.items() if id in _choose([claim], said[claim.article_id], identity, misread)
    )


def replace_read(store: GraphStore, extraction: Extraction, rereading: Rereading | None = None) -> None:
    """Stores what an article's text is read as now, beside it its claims by hand: what was decided of a reading that
    says the same as one of these passes from one to the other. NotFound when the article is not there."""
    judgements = store.list_judgements()
    if (hands := find_hands(judgements)).reads:
        extraction = _bring(store, hands, derive_identity(judgements), find_misread(judgements), extraction)
    store.replace(extraction, rereading)


def put_by_hand(store: GraphStore) -> int:
    """Brings the claims by hand of a store to what its judgements say; how many articles changed."""
    judgements = store.list_judgements()
    hands = find_hands(judgements)
    identity, misread = derive_identity(judgements), find_misread(judgements)
    done: set[tuple[ArticleId, frozenset[ClaimId]]] = set()
    # Again for those that take the place of what came just now.
    while hands.reads and (stale := {*_find_stale(store, hands, identity, misread).items()} - done):
        done |= stale
        due = sorted(stale, key=lambda item: item[0])
        for start in range(0, len(due), _PAGE):
            for stored in store.get_extractions([article for article, _ in due[start : start + _PAGE]]):
                store.replace(_bring(store, hands, identity, misread, stored))
    return len({article for article, _ in done})


def make_by_hand(store: GraphStore, identity: Identity, claim: Claim, judgement: Judgement) -> Claim | None:
    """What the judgement puts in the claim's place, no firmer than policy lets it; None where nothing may stand."""
    made = correct_claim(claim, judgement.should, lambda name: find_party(store, identity, name))
    id = make_hand_id(claim.id, judgement.id)
    settled = settle(replace(made, id=id, reader=HAND, score=None, refuted="", misread=""))
    return settled if settled and _may_stand(settled, identity) else None


def check_standing(store: GraphStore, new: Judgement) -> None:
    """JudgementRefused where nothing of what it puts in a claim's place may stand, whoever the names stand for.

    Asked when somebody judges, not of judgements kept elsewhere: who is who may be another by then.
    """
    identity = derive_identity(store.list_judgements())
    for claim in store.get_claims(new.claims) if new.should else ():
        if make_by_hand(store, identity, claim, new) is None:
            raise JudgementRefused(NOTHING_STANDS, subject=claim.id)


def find_party(store: GraphStore, identity: Identity, name: str) -> Party:
    """Whom a name stands for: the entity that has the spelling, as it was added; the words alone unless one has it."""
    wanted = fold_name(name)
    found = [one for one in store.find_entities(name) if wanted in list_spellings(one)]
    if len(found) != 1:
        return Party(name)
    added = store.get_entities([found[0].id, *identity.list_members(found[0].id)], as_added=True)
    chosen = next((one for one in added if wanted in list_spellings(one)), found[0])
    return Party(chosen.name, chosen.id)


def _make_absent(store: GraphStore, hands: Hands, identity: Identity, ids: Collection[ClaimId]) -> dict[ClaimId, Claim]:
    """Of these claims by hand those that should be there and are not, as they would be."""
    wanted = {id: placed for id, placed in hands.wanted.items() if id in ids}
    there = {one.id: one for one in store.get_claims([*wanted, *(placed.read for placed in wanted.values())])}
    made: dict[ClaimId, Claim] = {}
    for id, placed in wanted.items():
        read = there.get(placed.read) or made.get(placed.read)
        if id not in there and read and (claim := make_by_hand(store, identity, read, placed.judgement)):
            made[id] = claim
    return made


def _find_twins(store: GraphStore, judgements: Sequence[Judgement], ids: Collection[ClaimId]) -> dict[ClaimId, ClaimId]:
    """For those of these claims by hand that are not there, what says the same in their place."""
    identity, misread = derive_identity(judgements), find_misread(judgements)
    made = _make_absent(store, find_hands(judgements), identity, ids)
    articles = sorted({claim.article_id for claim in made.values()})
    says: dict[Hashable, ClaimId] = {}
    for claim in store.list_claims_of(articles, list(Predicate)) if made else ():
        if _counts(claim, misread) or (is_by_hand(claim) and not claim.misread):
            says.setdefault((claim.article_id, _read_all(claim, identity)), claim.id)
    twins = {id: says.get((claim.article_id, _read_all(claim, identity))) for id, claim in made.items()}
    return {id: twin for id, twin in twins.items() if twin}


def _find_stale(
    store: GraphStore, hands: Hands, identity: Identity, misread: Collection[ClaimId]
) -> dict[ArticleId, frozenset[ClaimId]]:
    """Articles whose claims by hand are not what they should be, each with the ids of those that should be there."""
    reads = {placed.read for placed in hands.wanted.values()}
    claims = {claim.id: claim for claim in store.get_claims(sorted(hands.reads.keys() | reads))}
    there: dict[ArticleId, set[ClaimId]] = defaultdict(set)
    made: dict[ArticleId, list[Claim]] = defaultdict(list)
    for id in hands.reads.keys() & claims.keys():
        there[claims[id].article_id].add(id)
    for id, placed in hands.wanted.items():
        read = claims.get(placed.read)
        claim = claims.get(id) or (make_by_hand(store, identity, read, placed.judgement) if read else None)
        if claim:
            made[claim.article_id].append(claim)
    said = _read_said(store, made, identity, misread)
    chosen = {id: _choose(made.get(id, ()), said.get(id, set()), identity, misread) for id in {*made, *there}}
    return {id: ids for id, ids in chosen.items() if ids != there.get(id, set())}


def _read_said(
    store: GraphStore, articles: Iterable[ArticleId], identity: Identity, misread: Collection[ClaimId]
) -> dict[ArticleId, set[Hashable]]:
    """What the claims of these articles say that were read surely enough and that nobody judged misread.

    misread  such claims too that are not marked so yet
    """
    said: dict[ArticleId, set[Hashable]] = defaultdict(set)
    for claim in store.list_claims_of(sorted(articles), list(Predicate)):
        if _counts(claim, misread):
            said[claim.article_id].add(_read_all(claim, identity))
    return said


def _may_stand(claim: Claim, identity: Identity) -> bool:
    """Whether nobody accuses himself in it, nor does anything to himself, now that some names are one."""

    def lead(party: Party) -> Party:
        return replace(party, entity=identity.find_root(party.entity)) if party.entity else party

    led = replace(
        claim,
        subject=lead(claim.subject),
        object=lead(claim.object) if claim.object else None,
        claimants=tuple(replace(claimant, party=lead(claimant.party)) for claimant in claim.claimants),
    )
    return settle(led) is not None


def _counts(claim: Claim, misread: Collection[ClaimId]) -> bool:
    """Whether what it says need not be said by hand."""
    return not (is_weak(claim) or is_by_hand(claim) or claim.id in misread)


def _choose(
    made: Iterable[Claim], said: set[Hashable], identity: Identity, misread: Collection[ClaimId]
) -> frozenset[ClaimId]:
    """Of the claims by hand those that say what nothing else says that stands."""
    chosen = set()
    for claim in made:
        if (says := _read_all(claim, identity)) not in said and _may_stand(claim, identity):
            said = said if claim.id in misread else said | {says}
            chosen.add(claim.id)
    return frozenset(chosen)


def _bring(
    store: GraphStore, hands: Hands, identity: Identity, misread: Collection[ClaimId], extraction: Extraction
) -> Extraction:
    """What was read, beside it the claims by hand that should be there."""
    there = {claim.id: claim for claim in extraction.claims}
    made: dict[ClaimId, Claim] = {}
    for id, placed in hands.wanted.items():
        read = there.get(placed.read) or made.get(placed.read)
        if claim := there.get(id) or (make_by_hand(store, identity, read, placed.judgement) if read else None):
            made[id] = claim
    said = {_read_all(claim, identity) for claim in extraction.claims if _counts(claim, misread)}
    chosen = _choose(made.values(), said, identity, misread)
    read_here = (claim for claim in extraction.claims if claim.id not in hands.reads)
    claims = (*read_here, *(claim for id, claim in made.items() if id in chosen))
    return replace(extraction, claims=tuple(sorted(claims, key=lambda claim: claim.span)))


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
