"""Claims by hand: what people say that a sentence states, in the place of what was misread of it.

    judgement that counts, with `should` → claim by hand → store

They follow the judgements: one comes with its judgement, goes when that is taken back, and comes again when it counts
again. Where the text is read as the person has it, nothing is put beside that. Later versions of the page that have the
sentence have it too (carried.py).
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.batches import iter_batches
from graph.grades import is_weak
from graph.ids import fold_name
from graph.judging.carried import Carried, carry_on
from graph.judging.correcting import make_by_hand, may_stand
from graph.propositions.rulings import NO_TWINS, Rulings, derive_rulings
from graph.readers import is_by_hand
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
from graph.rulings.hands import Hands, find_hands
from graph.rulings.resolve import Identity, derive_identity
from graph.rulings.verdicts import find_misread
from graph.store import GraphStore

# Articles in memory at once.
_PAGE = 64


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the judgements want to be there.

    readings  of which something by hand takes the place, where nobody reads a later version of a page so
    marked    claims of later versions of pages, which a verdict on an earlier one holds for
    """

    hands: Hands
    identity: Identity
    misread: Mapping[ClaimId, str]
    readings: Mapping[ClaimId, Claim]
    marked: Mapping[ClaimId, ArticleId]


def read_rulings(store: GraphStore, judgements: Sequence[Judgement]) -> Rulings:
    """The decisions on claims that count, each on what stands now in the place of what it named."""
    carried = carry_on(store, judgements)
    hands = find_hands(carried.judgements)
    named = (id for one in judgements if one.kind in CLAIM_KINDS - VERDICTS for id in one.claims)
    standing = {hands.follow(id) for id in named} & hands.wanted.keys()
    twins = _find_twins(store, _want(carried), standing) if standing else NO_TWINS
    return derive_rulings(carried.judgements, twins)


def make_missing(store: GraphStore, judgements: Sequence[Judgement], ids: Collection[ClaimId]) -> tuple[Claim, ...]:
    """The claims by hand of these ids that the judgements want and that are not there yet; nothing is stored."""
    wanted = _want(carry_on(store, judgements))
    made = _make_absent(store, wanted, ids)
    said = _read_said(store, {claim.article_id for claim in made.values()}, wanted)
    return tuple(claim for id, claim in made.items() if id in _choose([claim], said[claim.article_id], wanted))


def replace_read(store: GraphStore, extraction: Extraction, rereading: Rereading | None = None) -> None:
    """Stores what an article's text is read as now, beside it its claims by hand: what was decided of a reading that
    says the same as one of these passes from one to the other. NotFound when the article is not there."""
    judgements = store.list_judgements()
    corrected = {id for one in judgements if one.should for id in one.claims}
    carried = carry_on(store, judgements, [extraction.article.id])
    if carried.homes or any(claim.id in corrected for claim in extraction.claims):
        extraction = _bring(store, _want(carried), extraction)
    store.replace(extraction, rereading)


def put_by_hand(store: GraphStore) -> int:
    """Brings the claims by hand of a store, and the marks of what is misread in later versions of pages, to what its
    judgements say; how many articles changed."""
    wanted = _want(carry_on(store, store.list_judgements()))
    done: set[tuple[ArticleId, frozenset[ClaimId]]] = set()
    # Again for those that take the place of what came just now.
    while (wanted.hands.reads or wanted.marked) and (stale := {*_find_stale(store, wanted).items()} - done):
        done |= stale
        due = sorted(stale, key=lambda item: item[0])
        for page in iter_batches(due, _PAGE):
            for stored in store.get_extractions([article for article, _ in page]):
                store.replace(_bring(store, wanted, stored))
    return len({article for article, _ in done})


def _want(carried: Carried) -> _Wanted:
    judgements = carried.judgements
    return _Wanted(
        find_hands(judgements),
        derive_identity(judgements),
        find_misread(judgements),
        carried.readings,
        carried.homes,
    )


def _make_absent(store: GraphStore, wanted: _Wanted, ids: Collection[ClaimId]) -> dict[ClaimId, Claim]:
    """Of these claims by hand those that should be there and are not, as they would be."""
    asked = {id: placed for id, placed in wanted.hands.wanted.items() if id in ids}
    there = {one.id: one for one in store.get_claims([*asked, *(placed.read for placed in asked.values())])}
    made: dict[ClaimId, Claim] = {}
    for id, placed in asked.items():
        read = there.get(placed.read) or made.get(placed.read) or wanted.readings.get(placed.read)
        if id not in there and read and (claim := make_by_hand(store, wanted.identity, read, placed.judgement)):
            made[id] = claim
    return made


def _find_twins(store: GraphStore, wanted: _Wanted, ids: Collection[ClaimId]) -> dict[ClaimId, ClaimId]:
    """For those of these claims by hand that are not there, what says the same in their place."""
    made = _make_absent(store, wanted, ids)
    articles = sorted({claim.article_id for claim in made.values()})
    says: dict[Hashable, ClaimId] = {}
    for claim in store.list_claims_of(articles, list(Predicate)) if made else ():
        if _counts(claim, wanted.misread) or (is_by_hand(claim) and not claim.misread):
            says.setdefault((claim.article_id, _read_all(claim, wanted.identity)), claim.id)
    twins = {id: says.get((claim.article_id, _read_all(claim, wanted.identity))) for id, claim in made.items()}
    return {id: twin for id, twin in twins.items() if twin}


def _find_stale(store: GraphStore, wanted: _Wanted) -> dict[ArticleId, frozenset[ClaimId]]:
    """Articles whose claims by hand, or whose marks, are not what they should be, each with the ids of those that
    should be there, or be marked."""
    hands = wanted.hands
    reads = {placed.read for placed in hands.wanted.values()}
    claims = {claim.id: claim for claim in store.get_claims(sorted({*hands.reads, *reads, *wanted.marked}))}
    there: dict[ArticleId, set[ClaimId]] = defaultdict(set)
    made: dict[ArticleId, list[Claim]] = defaultdict(list)
    for id in hands.reads.keys() & claims.keys():
        there[claims[id].article_id].add(id)
    for id, placed in hands.wanted.items():
        read = claims.get(placed.read) or wanted.readings.get(placed.read)
        claim = claims.get(id) or (make_by_hand(store, wanted.identity, read, placed.judgement) if read else None)
        if claim:
            made[claim.article_id].append(claim)
    said = _read_said(store, made, wanted)
    chosen = {id: _choose(made.get(id, ()), said.get(id, set()), wanted) for id in {*made, *there}}
    stale = {id: ids for id, ids in chosen.items() if ids != there.get(id, set())}
    for id, article in wanted.marked.items():
        if id in claims and claims[id].misread != wanted.misread.get(id, ""):
            stale[article] = stale.get(article, frozenset()) | {id}
    return stale


def _read_said(store: GraphStore, articles: Iterable[ArticleId], wanted: _Wanted) -> dict[ArticleId, set[Hashable]]:
    """What the claims of these articles say that were read surely enough and are not to be marked misread."""
    said: dict[ArticleId, set[Hashable]] = defaultdict(set)
    for claim in store.list_claims_of(sorted(articles), list(Predicate)):
        if _counts(claim, wanted.misread):
            said[claim.article_id].add(_read_all(claim, wanted.identity))
    return said


def _counts(claim: Claim, misread: Collection[ClaimId]) -> bool:
    """Whether what it says need not be said by hand."""
    return not (is_weak(claim) or is_by_hand(claim) or claim.id in misread)


def _choose(made: Iterable[Claim], said: set[Hashable], wanted: _Wanted) -> frozenset[ClaimId]:
    """Of the claims by hand those that say what nothing else says that stands."""
    chosen = set()
    for claim in made:
        if (says := _read_all(claim, wanted.identity)) not in said and may_stand(claim, wanted.identity):
            said = said if claim.id in wanted.misread else said | {says}
            chosen.add(claim.id)
    return frozenset(chosen)


def _bring(store: GraphStore, wanted: _Wanted, extraction: Extraction) -> Extraction:
    """What was read, marked where it is misread, beside it the claims by hand that should be there."""
    hands, misread = wanted.hands, wanted.misread
    here = tuple(
        replace(claim, misread=misread.get(claim.id, "")) if claim.id in wanted.marked else claim
        for claim in extraction.claims
    )
    there = {id: one for id, one in wanted.readings.items() if one.article_id == extraction.article.id}
    there |= {claim.id: claim for claim in here}
    made: dict[ClaimId, Claim] = {}
    for id, placed in hands.wanted.items():
        read = there.get(placed.read) or made.get(placed.read)
        if claim := there.get(id) or (make_by_hand(store, wanted.identity, read, placed.judgement) if read else None):
            made[id] = replace(claim, misread=misread.get(id, ""))
    said = {_read_all(claim, wanted.identity) for claim in here if _counts(claim, misread)}
    chosen = _choose(made.values(), said, wanted)
    claims = (
        *(claim for claim in here if claim.id not in hands.reads),
        *(claim for id, claim in made.items() if id in chosen),
    )
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
