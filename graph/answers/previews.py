"""What a judgement would change, worked out without making it: the matters now and then, or whom claims are about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.answers.gist import read_gists
from graph.answers.viewing import list_once, refer, view_claim_records
from graph.deriving import read_background, read_bundles, read_ties
from graph.judging.by_hand import make_missing, read_rulings
from graph.judging.carried import carry_on
from graph.judging.making import check_judgement
from graph.matters.outcomes import Outcomes
from graph.proposition_store import Derived, Matter
from graph.propositions import find_matter, group_claims
from graph.rates import Rates
from graph.readers import is_by_hand
from graph.records import (
    CLAIM_KINDS,
    Claim,
    ClaimId,
    Contradiction,
    EntityId,
    Judgement,
    JudgementKind,
    Proposition,
    PropositionId,
    Status,
)
from graph.rulings.hands import Hands, find_hands, list_instead
from graph.rulings.resolve import find_about
from graph.rulings.verdicts import find_misread
from graph.store import ClaimQuery, Facet, GraphStore
from graph.views import ClaimView, EntityCountView, Gist

_MANY_TYPES = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """A matter as it is, or as it would be: its headline's parts, status and numbers.

    claims  how many sentences are in it; contradicted: by how many matters, dismissed ones aside
    """

    id: PropositionId
    gist: Gist | None
    status: Status
    claims: int
    articles: int
    origins: int
    contradicted: int


@dataclass(frozen=True, slots=True)
class EffectView:
    """What changes with a judgement; where nothing does, both sides are alike.

    claims        those that it names
    before, after the matters that they are in, and would be in
    names_before, names_after  whom it is about, and how many claims are about each
    """

    claims: tuple[ClaimView, ...]
    before: tuple[Standing, ...] = ()
    after: tuple[Standing, ...] = ()
    names_before: tuple[EntityCountView, ...] = ()
    names_after: tuple[EntityCountView, ...] = ()


def preview(store: GraphStore, new: Judgement, rates: Rates) -> EffectView:
    """What would follow from it; nothing is kept. JudgementRefused, NotFound where it could not be made."""
    judgements = store.list_judgements()
    named = {id: entity for id in new.entities for entity in store.get_entities([id])}
    claims = store.get_claims(new.claims)
    check_judgement(judgements, new, named, claims)
    about = find_about(new, (*judgements, new))
    if about.kind not in CLAIM_KINDS:
        return _preview_names(store, about, new, claims)
    judgements, then = (carry_on(store, known).judgements for known in (judgements, (*judgements, new)))
    carried = find_about(then[-1], then).claims
    ids = (*carried, *list_instead(then, carried))
    made = make_missing(store, then, ids)
    before, after = (_work_out(store, ids, made, known, rates) for known in (judgements, then))
    touched = _find_touched(ids, before, after)
    return EffectView(
        view_claim_records(store, store.get_claims(about.claims)),
        _view_matters(store, before, touched[0]),
        _view_matters(store, after, touched[1]),
    )


def _find_touched(
    ids: Sequence[ClaimId], before: Sequence[Derived], after: Sequence[Derived]
) -> tuple[set[PropositionId], set[PropositionId]]:
    """The matters that these claims, or others with them, leave, come into or stay in, on either side."""
    now, then = (_index(one for derived in side for one in derived.propositions) for side in (before, after))
    moved = set(ids) | {id for id in {*now, *then} if now.get(id) != then.get(id)}
    sides = {now[id] for id in moved if id in now}, {then[id] for id in moved if id in then}
    beside = {id for id in {*now, *then} if now.get(id) in sides[0] or then.get(id) in sides[1]}
    return {now[id] for id in beside if id in now}, {then[id] for id in beside if id in then}


def _index(found: Iterable[Proposition]) -> dict[ClaimId, PropositionId]:
    return {link.claim: one.id for one in found for link in one.links}


def _work_out(
    store: GraphStore, ids: Sequence[ClaimId], made: Sequence[Claim], judgements: Sequence[Judgement], rates: Rates
) -> list[Derived]:
    """What follows for the matters of these claims from the judgements.

    made  claims by hand of which nothing is stored yet
    """
    rulings = read_rulings(store, judgements)
    ties = read_ties(store)
    beside = read_background(store, made, ties)
    new = [(find_matter(claim, beside), claim) for claim in made]
    keys = {*store.find_matters(ids).values(), *(key for key, _ in new)}
    bundles = read_bundles(store, sorted(keys), (*rulings.linked, ids))
    mark = _Marker(new, frozenset(ids), find_misread(judgements), find_hands(judgements))
    bundles = [[mark(matter) for matter in bundle] for bundle in bundles]
    claims = {claim.id: claim for bundle in bundles for matter in bundle for claim in matter.claims}
    background = read_background(store, claims.values(), ties)
    groups = group_claims(claims.values(), background, rulings)
    outcomes = Outcomes(store, list(claims.values()), background, rulings, {}, rates)
    where = {claim.id: n for n, bundle in enumerate(bundles) for matter in bundle for claim in matter.claims}
    return [
        outcomes.make(bundle, [group for group in groups if where[group.links[0].claim] == n])
        for n, bundle in enumerate(bundles)
    ]


@dataclass(frozen=True, slots=True)
class _Marker:
    """Makes matters what judgements leave of them: claims misread or not, those by hand there or not.

    new    claims that are not stored, each with the key of its matter
    named  those whose marks may have changed
    """

    new: Sequence[tuple[str, Claim]]
    named: frozenset[ClaimId]
    reasons: Mapping[ClaimId, str]
    hands: Hands

    def __call__(self, matter: Matter) -> Matter:
        claims = (*matter.claims, *(claim for key, claim in self.new if key == matter.key))
        here = (one for one in claims if one.id in self.hands.wanted or not is_by_hand(one))
        marked = (replace(one, misread=self.reasons.get(one.id, "")) if one.id in self.named else one for one in here)
        return replace(matter, claims=tuple(marked))


def _view_matters(store: GraphStore, derived: Sequence[Derived], wanted: set[PropositionId]) -> tuple[Standing, ...]:
    found = [one for d in derived for one in d.propositions if one.id in wanted]
    contradictions = [one for d in derived for one in d.contradictions if not one.dismissed]
    gists = read_gists(store, found, with_rivals=False)
    return tuple(
        _view_matter(one, gists.get(one.id), contradictions) for one in sorted(found, key=lambda one: -one.articles)
    )


def _view_matter(one: Proposition, gist: Gist | None, contradictions: Iterable[Contradiction]) -> Standing:
    return Standing(
        one.id,
        gist,
        one.status,
        len(one.links),
        one.articles,
        one.origins,
        sum(one.id in (each.one, each.other) for each in contradictions),
    )


def _preview_names(store: GraphStore, about: Judgement, new: Judgement, claims: Sequence[Claim]) -> EffectView:
    ids = list_once(entity.id for entity in store.get_entities(about.entities))
    now = tuple(EntityCountView(refer(one), _count(store, one.id)) for one in store.get_entities(ids))
    then = now
    if new.kind is JudgementKind.MERGE and len(now) == 2:
        shared = _count(store, *ids)
        then = (EntityCountView(now[0].entity, now[0].claims + now[1].claims - shared),)
    return EffectView(view_claim_records(store, claims), names_before=now, names_after=then)


def _count(store: GraphStore, *entities: EntityId) -> int:
    """Claims about all of them, as their pages show them, of the newest 10,000."""
    return sum(store.count_claims(ClaimQuery(about=entities, weak=False), Facet.TYPE, _MANY_TYPES).values())
