"""Articles of the graph read again by the reader of today: what came, what went, what stayed."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from graph.errors import StoreError
from graph.readers import is_by_hand, is_proposed, is_read
from graph.records import Article, ArticleId, Claim, ClaimId, Extraction, Failure, Rereading, Stage
from graph.rulings.heirs import find_heirs, hand_on
from ingest.polling import make_failure
from ingest.storing import Extract

Replace = Callable[[Extraction, Rereading], None]


@dataclass(frozen=True, slots=True)
class Reread:
    """How many articles were read again, and what became of their claims.

    came    claims that were not there
    went    claims that nothing took the place of
    stayed  claims that are there as they were, or that another one took the place of
    """

    articles: int = 0
    came: int = 0
    went: int = 0
    stayed: int = 0

    def __add__(self, other: "Reread") -> "Reread":
        return Reread(
            self.articles + other.articles, self.came + other.came, self.went + other.went, self.stayed + other.stayed
        )


def reread(
    stored: Iterable[Extraction],
    readers: Collection[str],
    extract: Extract,
    put: Replace | None,
    now: datetime,
    *,
    since: datetime | None = None,
    lacks: Callable[[ArticleId], bool] = lambda _: False,
) -> Iterator[Reread | Failure]:
    """What became of each article that another reader than these has read, as soon as it is stored.

    put      stores an article's new claims in the place of the old, and what that changed; without it nothing is
    now      when it is read again
    since    leaves out articles published earlier
    lacks    whether an article is to be read again whatever its claims carry
    What a person or a loaded table gave or an agent proposed stays, and what a person judged misread, set aside as it
    is; so does an article that cannot be read.
    """
    handed: dict[ArticleId, Extraction] = {}

    def iter_due() -> Iterator[Article]:
        for before in stored:
            late = since is None or before.article.published_at >= since
            if late and (lacks(before.article.id) or _is_due(before, readers)):
                handed[before.article.id] = before
                yield before.article

    # All at once: a reader that waits for answers asks for as many as it may.
    for found in extract(iter_due()):
        if isinstance(found, Failure):
            handed.pop(ArticleId(found.subject), None)
            yield found
        else:
            yield _settle(handed.pop(found.article.id), found, put, now)


def _is_due(before: Extraction, readers: Collection[str]) -> bool:
    """Whether a text was read, and by another than these; one without claims may have been read by anybody."""
    others = [claim for claim in before.claims if not (_stays(claim) or is_by_hand(claim))]
    return not others or any(is_read(claim) and claim.reader not in readers for claim in others)


def _goes(claim: Claim, found: Collection[ClaimId]) -> bool:
    """Whether this reading of its text takes its place; what an agent proposed is ours once we find it too."""
    return is_read(claim) and (not _stays(claim) or claim.id in found)


def _stays(claim: Claim) -> bool:
    """Whether it is there though we do not find it; of what was judged misread, what should be is told by what was."""
    return is_proposed(claim) or bool(claim.misread)


def _settle(before: Extraction, found: Extraction, put: Replace | None, at: datetime) -> Reread | Failure:
    ids = {claim.id for claim in found.claims}
    read = [claim for claim in before.claims if _goes(claim, ids)]
    given = [claim for claim in before.claims if not _goes(claim, ids)]
    now = hand_on(read, [claim for claim in found.claims if claim.id not in {one.id for one in given}])
    if put:
        told = replace(found, claims=tuple(sorted((*given, *now), key=lambda claim: claim.span)))
        try:
            put(told, _compare(read, now, found.article.id, at))
        except StoreError as error:
            if error.reason != "refused":
                raise
            return make_failure(error, Stage.STORE, found.article.id)
    same = {claim.id for claim in read} & {claim.id for claim in now}
    stayed = len(same) + len(find_heirs(read, now))
    return Reread(1, len(now) - stayed, len(read) - stayed, stayed)


def _compare(read: Sequence[Claim], now: Sequence[Claim], article: ArticleId, at: datetime) -> Rereading:
    before, after = ({claim.id for claim in claims} for claims in (read, now))
    return Rereading(
        article,
        at,
        _list_readers(read),
        _list_readers(now),
        came=tuple(claim.id for claim in now if claim.id not in before),
        gone=tuple(claim for claim in read if claim.id not in after),
    )


def _list_readers(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(sorted({claim.reader for claim in claims}))
