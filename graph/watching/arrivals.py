"""What came in a time: claims of articles that were fetched in it, and what later versions of pages took back.

By when an article was fetched, not when it was published: what arrives late is not lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from graph.corrections import date_version
from graph.grades import is_weak
from graph.readers import is_board_row
from graph.records import Article, ArticleId, Claim, ClaimId, Predicate, PropositionId
from graph.store import GraphStore

# Of more the last fetched: nobody is told of a hundred days at once.
_MOST_ARTICLES = 10_000
_ALL = tuple(Predicate)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Claims that came, weak and misread ones, rows of leaderboards and what an earlier version of the page said aside.

    claims   by id
    repeated those of them that an earlier version of their page said which came in the same time
    earlier  claims of earlier versions of the pages that were fetched; of each the later versions in `since`
    pages    all versions of the pages in which they stand
    places   the matters of both
    """

    claims: Mapping[ClaimId, Claim] = field(default_factory=dict)
    repeated: frozenset[ClaimId] = frozenset()
    earlier: Mapping[ClaimId, Claim] = field(default_factory=dict)
    since: Mapping[str, tuple[Article, ...]] = field(default_factory=dict)
    pages: Mapping[ArticleId, Article] = field(default_factory=dict)
    places: Mapping[ClaimId, PropositionId] = field(default_factory=dict)

    def find_withdrawal(self, claim: ClaimId, at: datetime) -> Article | None:
        """The version fetched now by which the claim was taken back at that moment; None when none did."""
        told = self.earlier.get(claim) or self.claims.get(claim)
        if told is None:
            return None
        later = self.since.get(self.pages[told.article_id].url, ())
        return next((one for one in later if one.id != told.article_id and date_version(one) == at), None)


def read_arrivals(store: GraphStore, since: datetime, until: datetime) -> Arrivals:
    """What came from one moment to another, end exclusive."""
    fetched = {one.id for one in store.list_fetched(since, _MOST_ARTICLES) if one.fetched_at < until}
    if not fetched:
        return Arrivals()
    pages = {page.id: page for page in store.list_pages(sorted(fetched))}
    found = [one for one in store.list_claims_of(sorted(pages), _ALL) if not (is_weak(one) or is_board_row(one))]
    earlier = {one.id: one for one in found if one.article_id not in fetched}
    said = {_put(one, pages) for one in earlier.values()}
    claims = {one.id: one for one in found if one.article_id in fetched and _put(one, pages) not in said}
    known = [*claims, *earlier]
    return Arrivals(
        claims,
        _find_repeated(claims.values(), pages),
        earlier,
        _list_later(store, [page for page in pages.values() if page.id in fetched and page.version > 1]),
        pages,
        store.find_propositions_of(known) if known else {},
    )


def _find_repeated(claims: Iterable[Claim], pages: Mapping[ArticleId, Article]) -> frozenset[ClaimId]:
    first: dict[tuple[object, ...], int] = {}
    placed = [(one.id, _put(one, pages), pages[one.article_id].version) for one in claims]
    for _, said, version in placed:
        first[said] = min(first.get(said, version), version)
    return frozenset(id for id, said, version in placed if version > first[said])


def _put(claim: Claim, pages: Mapping[ArticleId, Article]) -> tuple[object, ...]:
    """What tells whether two versions of a page say the same."""
    parties = tuple(party.entity or party.name for party in claim.parties)
    return pages[claim.article_id].url, claim.text, claim.predicate, claim.polarity, parties


def _list_later(store: GraphStore, versions: list[Article]) -> dict[str, tuple[Article, ...]]:
    """The later versions by address, with their texts: a note of correction may give the day."""
    by_url: dict[str, tuple[Article, ...]] = {}
    for version in store.get_articles([one.id for one in versions]) if versions else ():
        by_url[version.url] = (*by_url.get(version.url, ()), version)
    return by_url
