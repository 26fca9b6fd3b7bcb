"""What is watched, and a time → what is new about it that came then: each once, in order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.answers.evidence import find_made
from graph.answers.finding import settle
from graph.answers.typed import Fault
from graph.records import Claim, ClaimId, EntityId, News, Notice, PropositionId, Status, Watched, WatchedKind
from graph.rulings.renamed import find_renamed
from graph.store import ClaimQuery, GraphStore
from graph.watching.arrivals import Arrivals, read_arrivals
from graph.watching.news import Fact, find_facts

_PAGE = 500
_ALL_NEWS = tuple(News)
_OF_MATTERS = (WatchedKind.MATTER, WatchedKind.CONTRADICTION)


@dataclass(frozen=True, slots=True)
class _Scope:
    """What came of something watched: claims, those of its matters, and the matters themselves that it names."""

    watched: Watched
    claims: frozenset[ClaimId] = frozenset()
    matters: frozenset[PropositionId] = frozenset()

    def holds(self, fact: Fact) -> bool:
        if fact.news not in self.watched.news:
            return False
        if self.matters:
            return fact.matter in self.matters or fact.against in self.matters
        return not self.claims.isdisjoint(fact.basis)


def find_notices(
    store: GraphStore,
    watched: Iterable[Watched],
    since: datetime,
    until: datetime,
    measures: Mapping[str, str],
) -> tuple[Notice, ...]:
    """What is new about each that came with articles fetched from `since` on and before `until`, oldest first.

    One notice for each claim that brought something, whatever it brought; nothing weak or misread. What something
    watched names that is there no more brings none; so does a search that can no longer be understood.
    measures  the measure of each folded spelling
    """
    arrivals = read_arrivals(store, since, until)
    if not arrivals.places:
        return ()
    watched = tuple(watched)
    heirs = _find_heirs(store, watched)
    scopes = [_make_scope(store, one, arrivals, until, measures, heirs) for one in watched]
    matters = {arrivals.places[id] for scope in scopes for id in scope.claims if id in arrivals.places}
    facts = find_facts(store, arrivals, matters)
    claims = {**arrivals.earlier, **arrivals.claims}
    notices = [one for scope in scopes for one in _merge(scope, facts)]
    return tuple(sorted(notices, key=lambda one: (one.at, claims[one.claim].reported_at, one.matter, one.claim)))


def understand_search(store: GraphStore, text: str, now: datetime, measures: Mapping[str, str]) -> ClaimQuery | None:
    """What a search text asks for; None where a part of it is not understood, for then it would ask for more.

    QueryError for one that is too long.
    """
    settled = settle(store, text, now, measures)
    wrong = settled.left_out or any(one.fault is not Fault.KEY for one in settled.typed.troubles)
    return None if wrong else settled.typed.query


def _find_heirs(store: GraphStore, watched: Iterable[Watched]) -> Mapping[PropositionId, PropositionId]:
    """Of watched matters that are no more those that hold the claim that they were named after."""
    asked = {id for one in watched if one.kind in _OF_MATTERS for id in _split_target(one)}
    gone = asked - {one.id for one in store.get_propositions(sorted(asked), bare=True)} if asked else set()
    return find_renamed(store, sorted(gone)) if gone else {}


def _split_target(watched: Watched) -> frozenset[PropositionId]:
    return frozenset(PropositionId(id) for id in watched.target.split("."))


def _make_scope(
    store: GraphStore,
    watched: Watched,
    arrivals: Arrivals,
    now: datetime,
    measures: Mapping[str, str],
    heirs: Mapping[PropositionId, PropositionId],
) -> _Scope:
    came = {**arrivals.earlier, **arrivals.claims}
    if watched.kind in _OF_MATTERS:
        ids = frozenset(heirs.get(id, id) for id in _split_target(watched))
        return _Scope(watched, _find_about(store, ids, arrivals), ids)
    if watched.kind is WatchedKind.ENTITY:
        return _Scope(watched, _find_naming(store, EntityId(watched.target), came.values()))
    if watched.kind is WatchedKind.SOURCE:
        sources = {id: page.source.id for id, page in arrivals.pages.items()}
        found = (id for id, claim in came.items() if sources[claim.article_id] == watched.target)
        return _Scope(watched, frozenset(found))
    query = understand_search(store, watched.target, now, measures)
    # Led by what came: all that a search finds may be a hundred thousand claims.
    return _Scope(watched, store.pick_claims(query, sorted(came)) if query else frozenset())


def _find_about(store: GraphStore, ids: frozenset[PropositionId], arrivals: Arrivals) -> frozenset[ClaimId]:
    """What came of these matters, and of those that cannot hold beside one of them."""
    pairs = store.list_contradictions(sorted(ids), limit=_PAGE)
    near = ids.union(*((pair.one, pair.other) for pair in pairs if not pair.dismissed))
    return frozenset(id for id, matter in arrivals.places.items() if matter in near)


def _find_naming(store: GraphStore, entity: EntityId, claims: Iterable[Claim]) -> frozenset[ClaimId]:
    """Those in which it, or what it makes or owns, takes part or speaks."""
    stands = store.get_entities([entity])
    if not stands:
        return frozenset()
    family = find_made(store, stands[0].id)
    return frozenset(claim.id for claim in claims if not family.isdisjoint(claim.named))


def _merge(scope: _Scope, facts: Sequence[Fact]) -> Iterable[Notice]:
    """A notice for each claim that brought something to what is watched."""
    by_claim: dict[tuple[PropositionId, ClaimId], list[Fact]] = {}
    for fact in facts:
        if scope.holds(fact):
            by_claim.setdefault((fact.matter, fact.claim), []).append(fact)
    for (matter, claim), found in by_claim.items():
        yield Notice(
            scope.watched,
            tuple(news for news in _ALL_NEWS if any(fact.news is news for fact in found)),
            max(fact.at for fact in found),
            matter,
            claim,
            _last_step(found),
            tuple(sorted({fact.against for fact in found if fact.against})),
        )


def _last_step(found: Sequence[Fact]) -> Status | None:
    return next((fact.status for fact in reversed(found) if fact.status), None)
