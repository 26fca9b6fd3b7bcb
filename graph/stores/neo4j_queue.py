"""Which claims are to be derived anew: those with a stamp in `queued`, which another change replaces."""

from collections.abc import Iterable, Sequence

import neo4j

from graph.records import ArticleId, ClaimId

STAMP = "toInteger(rand() * 1000000000000)"


def queue_claims(transaction: neo4j.ManagedTransaction, claims: Sequence[ClaimId]) -> int:
    """How many of them there are."""
    return int(transaction.run(_CLAIMS, ids=list(claims)).single(strict=True)["n"])


def queue_articles(transaction: neo4j.ManagedTransaction, articles: Iterable[ArticleId]) -> None:
    """All claims of these articles."""
    transaction.run(_ARTICLES, ids=sorted(articles)).consume()


def queue_pages(transaction: neo4j.ManagedTransaction, urls: Iterable[str]) -> None:
    """All claims of all versions of these pages."""
    transaction.run(_PAGES, urls=sorted(set(urls))).consume()


_CLAIMS = f"UNWIND $ids AS id MATCH (c:Claim {{id: id}}) SET c.queued = {STAMP} RETURN count(c) AS n"
_ARTICLES = f"UNWIND $ids AS id MATCH (:Article {{id: id}})-[:STATES]->(c:Claim) SET c.queued = {STAMP}"
_PAGES = f"UNWIND $urls AS url MATCH (:Article {{url: url}})-[:STATES]->(c:Claim) SET c.queued = {STAMP}"
QUEUE_ALL = f"MATCH (c:Claim) CALL {{ WITH c SET c.queued = {STAMP} }} IN TRANSACTIONS OF 10000 ROWS"
"""A statement that runs by itself."""
