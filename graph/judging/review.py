"""Which claims are worth a careful reader's look first: those that are read unsurely and held by many articles."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.proposition_store import Order, PropositionQuery
from graph.readers import is_by_hand
from graph.records import Claim, ClaimId, Judgement, Report
from graph.rulings.verdicts import find_last_verdicts
from graph.store import GraphStore

# The matters looked at, those in most articles first; nobody reviews more in one go.
_MATTERS = 200
# A claim without a score is as likely right as not, as far as anybody knows.
_UNSCORED = 0.5


@dataclass(frozen=True, slots=True)
class Due:
    """A claim to look at, how many articles hold its matter, and what readers reported of it, the last first."""

    claim: ClaimId
    articles: int
    reports: tuple[Report, ...] = ()


def list_due(store: GraphStore, reports: Sequence[Report] = ()) -> tuple[Due, ...]:
    """Claims that nobody judged read rightly or not: what most readers reported, then by how likely each is wrong times
    the articles of its matter, most first. A report that came after a claim was judged right brings it back."""
    found = store.find_propositions(PropositionQuery(order=Order.WEIGHT), _MATTERS).propositions
    articles = {link.claim: one.articles for one in found for link in one.links}
    verdicts = find_last_verdicts(store.list_judgements())
    claims = [claim for claim in store.get_claims(list(articles)) if claim.id not in verdicts and not is_by_hand(claim)]
    ranked = sorted(claims, key=lambda claim: (-_weigh(claim, articles[claim.id]), claim.reported_at, claim.id))
    reported = _list_reported(store, reports, verdicts)
    first = {one.claim for one in reported}
    return (*reported, *(Due(claim.id, articles[claim.id]) for claim in ranked if claim.id not in first))


def _list_reported(
    store: GraphStore, reports: Sequence[Report], verdicts: Mapping[ClaimId, Judgement]
) -> tuple[Due, ...]:
    """What readers reported and nobody has looked at since, most reports first; of what was read again, its heirs."""
    heirs = store.list_heirs([one.claim for one in reports]) if reports else {}
    told: dict[ClaimId, list[Report]] = defaultdict(list)
    for one in reversed(reports):
        id = heirs.get(one.claim, one.claim)
        if id not in verdicts or verdicts[id].when < one.at:
            told[id].append(one)
    there = {claim.id for claim in store.get_claims(list(told)) if not claim.misread}
    matters = store.find_propositions_of([id for id in told if id in there]) if there else {}
    held = {one.id: one.articles for one in store.get_propositions(list({*matters.values()}))}
    due = [Due(id, held[matters[id]] if id in matters else 1, tuple(of)) for id, of in told.items() if id in there]
    return tuple(sorted(due, key=lambda one: (-len(one.reports), one.reports[-1].at, one.claim)))


def _weigh(claim: Claim, articles: int) -> float:
    return (1 - (_UNSCORED if claim.score is None else claim.score)) * articles
