"""Who publishes, what feeds list, and articles as clean text."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

ArticleId = NewType("ArticleId", str)
SourceId = NewType("SourceId", str)


class SourceKind(StrEnum):
    OUTLET = "outlet"
    WIRE = "wire"
    VENDOR = "vendor"
    BLOG = "blog"
    AGGREGATOR = "aggregator"
    GOVERNMENT = "government"


class ArticleKind(StrEnum):
    NEWS = "news"
    OPINION = "opinion"
    TRANSCRIPT = "transcript"
    PRESS_RELEASE = "press release"
    PAPER = "paper"


class Barrier(StrEnum):
    """What kept us from an article's page, so that only a part or the feed's own text could be had."""

    PAYWALL = "paywalled"
    LOGIN = "login"
    REFUSED = "refused"
    LEGAL = "legal"
    ROBOTS = "robots"
    CAPTCHA = "captcha"
    SCRIPT = "needs_script"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a text that tells one story of several; `span` runs from its title to the next one's, in characters."""

    title: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """Who publishes.

    domain       host name without `www.`; the key by which articles find their source
    reliability  0 to 1 as set by an operator; None when nobody has set it
    """

    id: SourceId
    name: str
    domain: str
    kind: SourceKind = SourceKind.OUTLET
    lang: str | None = None
    country: str | None = None
    reliability: float | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """An address to poll. Empty title and unknown language until it has been read once."""

    url: str
    title: str = ""
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed.

    key      the feed's own id for it, else its link, else a hash of its title and text
    url      the page it points to; empty when it points nowhere
    html     the body or summary that the feed itself carries
    """

    feed_url: str
    key: str
    url: str
    title: str
    html: str
    published_at: datetime | None
    authors: tuple[str, ...] = ()
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An entry's page as clean text. Its id names one version: same address and same text, same id.

    text     paragraphs separated by a newline; every offset in the graph counts its code points
    version  1 for the first text seen at the address, then 2, 3, …
    excerpt  true when the page could not be had whole: the text is what the feed carried, or the page's beginning
    barrier  what kept us from it, where that is known
    """

    id: ArticleId
    url: str
    source: Source
    title: str
    text: str
    lang: str
    published_at: datetime
    fetched_at: datetime
    kind: ArticleKind = ArticleKind.NEWS
    version: int = 1
    authors: tuple[str, ...] = ()
    excerpt: bool = False
    barrier: Barrier | None = None
