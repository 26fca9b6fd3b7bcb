"""Which claims are worth a careful reader's look first: those that are read unsurely and held by many articles."""

from dataclasses import dataclass

from graph.proposition_store import Order, PropositionQuery
from graph.readers import is_by_hand
from graph.records import Claim, ClaimId
from graph.store import GraphStore
from graph.verdicts import find_verdicts

# The matters looked at, those in most articles first; nobody reviews more in one go.
_MATTERS = 200
# A claim without a score is as likely right as not, as far as anybody knows.
_UNSCORED = 0.5


@dataclass(frozen=True, slots=True)
class Due:
    """A claim to look at, and how many articles hold its matter."""

    claim: ClaimId
    articles: int


def list_due(store: GraphStore) -> tuple[Due, ...]:
    """Claims that nobody judged read rightly or not: how likely each is wrong times the articles of its matter, most
    first."""
    found = store.find_propositions(PropositionQuery(order=Order.WEIGHT), _MATTERS).propositions
    articles = {link.claim: one.articles for one in found for link in one.links}
    verdicts = find_verdicts(store.list_judgements())
    claims = [claim for claim in store.get_claims(list(articles)) if claim.id not in verdicts and not is_by_hand(claim)]
    ranked = sorted(claims, key=lambda claim: (-_weigh(claim, articles[claim.id]), claim.reported_at, claim.id))
    return tuple(Due(claim.id, articles[claim.id]) for claim in ranked)


def _weigh(claim: Claim, articles: int) -> float:
    return (1 - (_UNSCORED if claim.score is None else claim.score)) * articles
