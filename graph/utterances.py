"""Claims beside the articles they stand in: what everything that follows from propositions is computed from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from graph.records import Article, ArticleId, Claim, ClaimId, Party


@dataclass(frozen=True, slots=True)
class Utterance:
    """A claim and the article version it stands in; the article's text may be left empty where no rule reads it."""

    claim: Claim
    article: Article

    @property
    def id(self) -> ClaimId:
        return self.claim.id

    @property
    def at(self) -> datetime:
        """When it was published: the claim's report."""
        return self.claim.reported_at

    @property
    def speaker(self) -> Party | None:
        """The one the claim comes from; None when the article says it in its own voice."""
        return self.claim.origin.party if self.claim.origin else None

    @property
    def voice(self) -> str:
        """The name of the one it comes from; in an article's own voice, its source's."""
        return self.speaker.name if self.speaker else self.article.source.name


def make_utterances(claims: Iterable[Claim], articles: Mapping[ArticleId, Article]) -> tuple[Utterance, ...]:
    """The claims whose article is there, oldest report first; claims of one moment by article and place in it."""
    found = (Utterance(claim, articles[claim.article_id]) for claim in claims if claim.article_id in articles)
    return sort_utterances(found)


def sort_utterances(utterances: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """Oldest report first; those of one moment by version, article and place in it: one order for one set."""
    once = {utterance.id: utterance for utterance in utterances}
    return tuple(sorted(once.values(), key=_place))


def iter_standing(utterances: Iterable[Utterance], versions: Iterable[Article]) -> Iterator[Utterance]:
    """Those that stand in the newest version of their page that is known."""
    newest: dict[str, int] = {}
    for article in versions:
        newest[article.url] = max(article.version, newest.get(article.url, 0))
    return (one for one in utterances if one.article.version >= newest.get(one.article.url, 0))


def _place(utterance: Utterance) -> tuple[datetime, int, ArticleId, tuple[int, int], ClaimId]:
    claim = utterance.claim
    return claim.reported_at, utterance.article.version, claim.article_id, claim.span, claim.id
