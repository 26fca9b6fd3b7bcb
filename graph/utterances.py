"""Claims beside the articles they stand in: what everything that follows from propositions is computed from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import unquote

from graph.corrections import date_version
from graph.ids import fold_name
from graph.records import Article, ArticleId, Claim, ClaimId, EntityId, Party, Source

# The source of files that were added without one (ingest/read.py).
_LOCAL = "local"


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
        """When it was published: with its article, or with the later version of it that brought it."""
        reported = self.claim.reported_at
        return reported if self.article.version == 1 else max(reported, date_version(self.article))

    @property
    def speaker(self) -> Party | None:
        """The one the claim comes from; None when the article says it in its own voice."""
        return self.claim.origin.party if self.claim.origin else None

    @property
    def who(self) -> EntityId | None:
        """The same by entity; None, too, for one whom words only describe."""
        return self.speaker.entity if self.speaker else None

    @property
    def outlet(self) -> str:
        """The name of who publishes it; of a file whose publisher nobody has said, its own."""
        return name_outlet(self.article.source, self.article.url)

    @property
    def voice(self) -> str:
        """The name of the one it comes from; in an article's own voice, its outlet's."""
        return self.speaker.name if self.speaker else self.outlet


def make_utterances(claims: Iterable[Claim], articles: Mapping[ArticleId, Article]) -> tuple[Utterance, ...]:
    """The claims whose article is there, oldest report first; claims of one moment by article and place in it."""
    found = (Utterance(claim, articles[claim.article_id]) for claim in claims if claim.article_id in articles)
    return sort_utterances(found)


def sort_utterances(utterances: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """Oldest report first; those of one moment by version, article and place in it: one order for one set."""
    once = {utterance.claim.id: utterance for utterance in utterances}
    return tuple(sorted(once.values(), key=_place)) if len(once) > 1 else tuple(once.values())


def name_outlet(source: Source, url: str) -> str:
    """The source's name. Files of one's own that were added without one have nothing in common: each by its name."""
    return unquote(url.rpartition("/")[2]) if source.id == _LOCAL else source.name


@lru_cache(10_000)  # the same few hundred names again and again
def fold_outlet(name: str) -> str:
    """An outlet's name reduced as fold_name does, without its article or what Japanese adds to it: The Harbor Ledger
    and Harbor Ledger紙 are Harbor Ledger."""
    return fold_name(re.sub(r"^the\s+|(?<=\w\w)\s?[紙誌]$", "", name.strip(), flags=re.IGNORECASE))


def _place(utterance: Utterance) -> tuple[datetime, int, ArticleId, tuple[int, int], ClaimId]:
    claim = utterance.claim
    return utterance.at, utterance.article.version, claim.article_id, claim.span, claim.id
