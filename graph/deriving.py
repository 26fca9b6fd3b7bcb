"""What follows from the claims of a store, kept in the store: propositions, their history, contradictions.

    queued claim → matter → bundle of matters → groups → propositions, contradictions → store

Claims are put into matters first, then each open matter is grouped once, whole, beside those with which it shares a
proposition or a judgement. What is put replaces what was there of the bundle in one transaction, and a matter that was
opened again meanwhile waits for the next round: whenever it is cut short, the store has the old or the new.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.background import Background, make_background
from graph.contradict import find_contradictions
from graph.origins import find_origins
from graph.proposition_store import Assigned, Derived, Matter
from graph.propositions import Group, Rulings, Similarity, derive_rulings, find_matter, group_claims
from graph.records import (
    Article,
    ArticleId,
    Claim,
    ClaimId,
    ClaimType,
    Copy,
    EntityId,
    Judgement,
    Predicate,
    Proposition,
    PropositionId,
    Tie,
)
from graph.reply import find_replies
from graph.resolve import derive_identity
from graph.status import derive_events, find_accusation
from graph.store import GraphStore
from graph.utterances import Utterance, make_utterances

# Claims in memory at once, but for a matter that has more of them by itself.
_CLAIMS = 2_000
_MATTERS = 500


@dataclass(frozen=True, slots=True)
class Done:
    """How many claims were put into matters, and how many bundles of matters were grouped."""

    claims: int = 0
    bundles: int = 0


def derive(
    store: GraphStore,
    similarity: Similarity | None = None,
    report: Callable[[Done], None] = lambda done: None,
) -> Done:
    """Derives all that is queued; nothing to do costs a look."""
    if not store.count_queued():
        return Done()
    ties, judgements = read_ties(store), store.list_judgements()
    claims = bundles = 0
    while assigned := _assign(store, ties):
        claims += assigned
        report(Done(claims, bundles))
    linked = derive_rulings(judgements).linked
    while batch := _pick_open(store):
        bundles += store.put_matters(_derive(store, batch, ties, judgements, linked, similarity))
        report(Done(claims, bundles))
    return Done(claims, bundles)


def _assign(store: GraphStore, ties: Sequence[Tie]) -> int:
    queued = store.list_queued(_CLAIMS)
    background = read_background(store, (one.claim for one in queued), ties)
    store.assign_claims(Assigned(one.claim.id, one.stamp, find_matter(one.claim, background)) for one in queued)
    return len(queued)


def _pick_open(store: GraphStore) -> list[str]:
    """Open matters of few claims together; a large one alone."""
    picked: list[str] = []
    claims = 0
    for key, size in store.list_open_matters(_MATTERS).items():
        if picked and claims + size > _CLAIMS:
            break
        picked.append(key)
        claims += size
    return picked


def _derive(
    store: GraphStore,
    keys: Sequence[str],
    ties: Sequence[Tie],
    judgements: Sequence[Judgement],
    linked: Sequence[Sequence[ClaimId]],
    similarity: Similarity | None,
) -> list[Derived]:
    bundles = _read_bundles(store, keys, linked)
    matters = [matter for bundle in bundles for matter in bundle]
    claims = {claim.id: claim for matter in matters for claim in matter.claims}
    background = read_background(store, claims.values(), ties)
    groups = group_claims(claims.values(), background, judgements, similarity)
    makers = _Maker(store, claims, background, derive_rulings(judgements))
    place = {claim.id: n for n, bundle in enumerate(bundles) for matter in bundle for claim in matter.claims}
    mine: dict[int, list[Group]] = defaultdict(list)
    for group in groups:
        mine[place[group.links[0].claim]].append(group)
    return [makers.make(bundle, mine[n]) for n, bundle in enumerate(bundles)]


class _Maker:
    """What follows from groups; what the claims stand in is read once for all of them."""

    def __init__(
        self, store: GraphStore, claims: Mapping[ClaimId, Claim], background: Background, rulings: Rulings
    ) -> None:
        self._claims, self._background, self._rulings = claims, background, rulings
        ids = sorted({claim.article_id for claim in claims.values()})
        self._versions: dict[str, list[Article]] = defaultdict(list)
        for article in _read_versions(store, ids):
            self._versions[article.url].append(article)
        self._articles = {article.id: article for versions in self._versions.values() for article in versions}
        self._copies: dict[ArticleId, list[Copy]] = defaultdict(list)
        for copy in store.list_copies(ids):
            self._copies[copy.article].append(copy)
            self._copies[copy.original].append(copy)
        accused = sorted({c.article_id for c in claims.values() if c.type is ClaimType.ALLEGATION})
        self._inquiries: dict[ArticleId, list[Claim]] = defaultdict(list)
        for claim in store.list_claims_of(accused, Predicate.INVESTIGATES) if accused else ():
            self._inquiries[claim.article_id].append(claim)

    def make(self, bundle: Sequence[Matter], groups: Sequence[Group]) -> Derived:
        ids = {group.id for group in groups}
        return Derived(
            {matter.key: matter.stamp for matter in bundle},
            tuple(self._make_proposition(group, ids) for group in groups),
            find_contradictions(groups, self._background, self._rulings),
            tuple(pair for group in groups if group.type is ClaimType.ALLEGATION for pair in self._find_answers(group)),
        )

    def _find_answers(self, group: Group) -> Iterator[tuple[ClaimId, ClaimId]]:
        """What the accused said to it, each with the claim that accused first."""
        utterances = self._list_utterances(group)
        accusation = find_accusation(utterances)
        if accusation is not None:
            for reply in find_replies(utterances, self._background):
                yield from ((claim, accusation.id) for claim in reply.claims if claim != accusation.id)

    def _list_utterances(self, group: Group) -> tuple[Utterance, ...]:
        return make_utterances((self._claims[link.claim] for link in group.links), self._articles)

    def _make_proposition(self, group: Group, ids: set[PropositionId]) -> Proposition:
        utterances = self._list_utterances(group)
        stand_in = dict.fromkeys(one.article.id for one in utterances)
        pages = dict.fromkeys(one.article.url for one in utterances)
        copies = tuple(dict.fromkeys(copy for id in stand_in for copy in self._copies.get(id, ())))
        inquiries = make_utterances((c for id in stand_in for c in self._inquiries.get(id, ())), self._articles)
        versions = [article for url in pages for article in self._versions[url]]
        events = derive_events(utterances, self._background, copies, versions, inquiries)
        found = find_origins(utterances, self._background, copies)
        return Proposition(
            group.id,
            group.label_en,
            group.label_ja,
            group.type,
            group.predicate,
            events[-1].status,
            utterances[0].at,
            utterances[-1].at,
            found.articles,
            found.count,
            group.links,
            events,
            tuple(id for id in group.part_of if id in ids),
        )


def _read_bundles(store: GraphStore, keys: Sequence[str], linked: Sequence[Sequence[ClaimId]]) -> list[list[Matter]]:
    """The matters, each with those that must be grouped and replaced beside it."""
    places = store.find_matters([id for ids in linked for id in ids]) if linked else {}
    beside: dict[str, set[str]] = defaultdict(set)
    for ids in linked:
        group = {places[id] for id in ids if id in places}
        for key in group:
            beside[key] |= group
    matters: dict[str, Matter] = {}
    wanted = set(keys)
    while wanted:
        matters |= {matter.key: matter for matter in store.read_matters(sorted(wanted))}
        for key in wanted:
            for other in matters[key].shares:
                beside[key].add(other)
                beside[other].add(key)
        wanted = {other for key in wanted for other in beside[key]} - matters.keys()
    return [[matters[key] for key in bundle] for bundle in _connect(matters, beside)]


def _connect(keys: Iterable[str], beside: Mapping[str, set[str]]) -> Iterator[list[str]]:
    left = dict.fromkeys(keys)
    while left:
        first = next(iter(left))
        bundle, waiting = {first}, [first]
        while waiting:
            more = beside.get(waiting.pop(), set()) - bundle
            bundle |= more
            waiting += more
        for key in bundle:
            left.pop(key, None)
        yield sorted(bundle)


def read_ties(store: GraphStore) -> tuple[Tie, ...]:
    """The ties between those that their ends stand for."""
    find_root = derive_identity(store.list_judgements()).find_root
    led = (Tie(find_root(tie.subject), tie.relation, find_root(tie.object), tie.source) for tie in store.iter_ties())
    return tuple(tie for tie in led if tie.subject != tie.object)


def read_background(store: GraphStore, claims: Iterable[Claim], ties: Sequence[Tie]) -> Background:
    """Of the entities those that the claims name, and those at the ends of ties."""
    named: dict[EntityId, None] = {end: None for tie in ties for end in (tie.subject, tie.object)}
    named |= {party.entity: None for claim in claims for party in claim.parties if party.entity}
    return make_background(store.get_entities(list(named)), ties)


def _read_versions(store: GraphStore, ids: Sequence[ArticleId]) -> Iterator[Article]:
    """All versions of the articles' pages; those of pages with several come with their texts."""
    by_page: dict[str, list[Article]] = defaultdict(list)
    for article in store.list_versions(ids):
        by_page[article.url].append(article)
    several = [article.id for page in by_page.values() if len(page) > 1 for article in page]
    texts = {article.id: article for article in store.get_articles(several)} if several else {}
    return (texts.get(article.id, article) for page in by_page.values() for article in page)
