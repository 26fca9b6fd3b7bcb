"""An extraction on its way into any store and out of it again."""

from collections.abc import Sequence

from graph.errors import StoreError
from graph.records import Article, Claim, EntityId, Extraction


def list_claims(extraction: Extraction) -> list[Claim]:
    """Its claims, each id once, against their order in the text: newest first then reads from its beginning.

    StoreError when one belongs to another article.
    """
    claims = {claim.id: claim for claim in reversed(extraction.claims)}
    for claim in claims.values():
        if claim.article_id != extraction.article.id:
            raise refuse(extraction.article, f"claim {claim.id} belongs to article {claim.article_id}")
    return sorted(claims.values(), key=lambda claim: claim.span, reverse=True)


def sort_claims(newest_first: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims in the order of their text; of one sentence as they came, so that stored again they keep their order."""
    return tuple(sorted(newest_first, key=lambda claim: claim.span))


def refuse(article: Article, why: str) -> StoreError:
    """The error that tells why an article was left out."""
    return StoreError(
        f"article {article.id} ({article.url}) was not stored: {why}", subject=article.id, reason="refused"
    )


def refuse_unknown(article: Article, entity: EntityId) -> StoreError:
    return refuse(article, f"it names entity {entity}, which is neither in it nor in the store")
