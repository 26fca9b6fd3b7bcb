"""Which of the claims that have the words asked for come first: those whose words fit best, told of somebody known, by
somebody with a name, in an article that repeats no other."""

from collections.abc import Collection, Iterable

from graph.records import ArticleId, Claim

# A whole fit of the words is 1. A copy says what its original says; a party with a name helps half as much as words.
NAMED, FIRST_HAND, COPIED = 0.5, 0.5, 0.5


def weigh_claim(claim: Claim, fit: float, copies: Collection[ArticleId]) -> float:
    """Its place among others, greater is better. `fit` is that of the words, less for what is older.

    copies  articles that repeat another
    """
    named = any(party and party.entity for party in (claim.subject, claim.object))
    origin = claim.origin
    weight = (
        1 + NAMED * named + FIRST_HAND * bool(origin and origin.party.entity) - COPIED * (claim.article_id in copies)
    )
    return fit * weight


def order_claims(
    claims: Iterable[Claim], fits: dict[str, float], copies: Collection[ArticleId]
) -> tuple[tuple[Claim, float], ...]:
    """The claims and their weights, greatest first; of equal ones the newest, then by id."""
    weighed = [(claim, weigh_claim(claim, fits[claim.id], copies)) for claim in claims]
    weighed.sort(key=lambda pair: pair[0].id)
    return tuple(sorted(weighed, key=lambda pair: (pair[1], pair[0].reported_at), reverse=True))
