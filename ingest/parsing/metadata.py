"""What a page says of itself in its head, its JSON-LD and its microdata.

trafilatura reads the same places, and gives a day without its hour and zone. Reading it here costs a twentieth of that
(45 % of an extraction).
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from graph.records import ArticleKind
from ingest.cleaning import clean_line
from ingest.network.addresses import find_host, is_web_address
from ingest.parsing.dates import JAPAN
from ingest.parsing.published import Stated, find_published

_LONGEST_TITLE = 1_000
_LONGEST_NAME = 200
_MOST_AUTHORS = 20
_LONGEST_SCRIPT = 1_000_000
_TITLE_METAS = ("og:title", "twitter:title", "dc.title", "citation_title")
_SITE_METAS = ("og:site_name", "application-name", "al:android:app_name")
_AUTHOR_METAS = ("author", "article:author_name", "dc.creator", "citation_author", "parsely-author", "byl")
_PUBLISHED_METAS = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "citation_publication_date", "dc.date.issued", "pubdate", "publishdate", "publish-date", "sailthru.date",
    "cxenseparse:recs:publishtime",
)  # fmt: skip
# What many programs set anew whenever they write the page.
_LOOSE_METAS = ("dcterms.created", "dc.date", "date")
_CHANGE_METAS = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
_ARTICLE_TYPES = frozenset(
    {
        "article", "newsarticle", "blogposting", "reportagenewsarticle", "analysisnewsarticle", "techarticle",
        "opinionnewsarticle", "scholarlyarticle", "liveblogposting", "report", "webpage",
    }
)  # fmt: skip
_KINDS_BY_HOST = {
    "arxiv.org": ArticleKind.PAPER,
    "openreview.net": ArticleKind.PAPER,
    "aclanthology.org": ArticleKind.PAPER,
    "prnewswire.com": ArticleKind.PRESS_RELEASE,
    "businesswire.com": ArticleKind.PRESS_RELEASE,
    "globenewswire.com": ArticleKind.PRESS_RELEASE,
    "prtimes.jp": ArticleKind.PRESS_RELEASE,
}
_KINDS_BY_PATH = (
    (re.compile(r"/(opinions?|commentisfree|editorials?|columns?|op-ed|shasetsu|oped)(/|$)"), ArticleKind.OPINION),
    (re.compile(r"/(press-?releases?|pressrelease|newsroom/press)(/|$)"), ArticleKind.PRESS_RELEASE),
    (re.compile(r"/transcripts?(/|$)|-transcript(/|$)"), ArticleKind.TRANSCRIPT),
)
_KINDS_BY_TYPE = {
    "opinionnewsarticle": ArticleKind.OPINION,
    "scholarlyarticle": ArticleKind.PAPER,
}
_KINDS_BY_SECTION = (
    (
        re.compile(r"^(?:opinions?|comment(?:ary|isfree)?|editorials?|columns?|社説|論説|コラム|オピニオン)$", re.I),
        ArticleKind.OPINION,
    ),
    (re.compile(r"^(?:press releases?|プレスリリース|ニュースリリース|報道発表)$", re.I), ArticleKind.PRESS_RELEASE),
    (re.compile(r"^(?:transcripts?|書き起こし|文字起こし)$", re.I), ArticleKind.TRANSCRIPT),
)
_KINDS_BY_TITLE = (
    (re.compile(r"^(?:opinion|editorial)\s*[:|]|^【?(?:社説|論説|オピニオン)】?[\s:：|｜]", re.I), ArticleKind.OPINION),
    (
        re.compile(r"^(?:full )?transcript\s*[:|]|\(transcript\)$|[:|] (?:full )?transcript$|書き起こし", re.I),
        ArticleKind.TRANSCRIPT,
    ),
    (re.compile(r"^press release\s*[:|]|^【?(?:プレスリリース|ニュースリリース)】?", re.I), ArticleKind.PRESS_RELEASE),
)
_SPLIT_TITLE = re.compile(r"\s+[|\u2013\u2014\-\u00b7»]\s+|[|\uff5c]")
# Shorter names stand in many hosts by chance.
_SHORTEST_SITE = 5
_BYLINE = re.compile(r"^\s*by\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; empty and None where it says nothing.

    is_free  whether all may read it, by `isAccessibleForFree` (schema.org) or `article:content_tier`
    """

    title: str = ""
    published_at: datetime | None = None
    authors: tuple[str, ...] = ()
    site_name: str = ""
    canonical_url: str = ""
    kind: ArticleKind = ArticleKind.NEWS
    is_free: bool | None = None


def read_metadata(tree: Any, url: str, now: datetime) -> Metadata:
    """What the page says of itself. `tree` is the page parsed by lxml; nobody published long after `now`."""
    head = _read_head(tree)
    lang = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower() or None
    site = _first(head.metas, _SITE_METAS) or head.linked("publisher")
    title = _find_title(tree, head, site, find_host(url))
    canonical_url = _find_canonical(tree, head, url)
    zone = JAPAN if lang == "ja" or find_host(url).endswith(".jp") else UTC
    return Metadata(
        title=title,
        published_at=find_published(tree, _read_times(head), canonical_url or url, title, zone, now),
        authors=_find_authors(head),
        site_name=clean_line(site, _LONGEST_NAME),
        canonical_url=canonical_url,
        kind=_find_own_kind(head) or find_kind(url),
        is_free=_find_free(head),
    )


def find_kind(url: str) -> ArticleKind:
    """What sort of text an address promises; news unless host or path says otherwise."""
    host = find_host(url).removeprefix("www.")
    if kind := _KINDS_BY_HOST.get(host):
        return kind
    path = urlsplit(url).path.lower() if host else ""
    return next((kind for pattern, kind in _KINDS_BY_PATH if pattern.search(path)), ArticleKind.NEWS)


def _find_own_kind(head: "_Head") -> ArticleKind | None:
    """The sort of text that the page says it is: by its type, its section, or what its headline begins with."""
    if "citation_arxiv_id" in head.metas or "citation_journal_title" in head.metas:
        return ArticleKind.PAPER
    for kind in _types_of(head.article):
        if kind in _KINDS_BY_TYPE:
            return _KINDS_BY_TYPE[kind]
    sections = [*_iter_names(head.article.get("articleSection")), *head.metas.get("article:section", ())[:3]]
    for section in sections:
        for pattern, found in _KINDS_BY_SECTION:
            if pattern.match(section.strip()):
                return found
    headline = head.article.get("headline")
    title = headline if isinstance(headline, str) else _first(head.metas, _TITLE_METAS)
    return next((found for pattern, found in _KINDS_BY_TITLE if pattern.search(title[:_LONGEST_TITLE])), None)


def _find_free(head: "_Head") -> bool | None:
    """Whether all may read it: schema.org's flag, written as a boolean or as its name, else Facebook's tier."""
    flag = head.article.get("isAccessibleForFree")
    if isinstance(flag, bool | str):
        return str(flag).lower() not in {"false", "http://schema.org/false", "https://schema.org/false"}
    tier = _first(head.metas, ("article:content_tier",)).lower()
    return {"free": True, "locked": False, "metered": None}.get(tier)


@dataclass(slots=True)
class _Head:
    """The metas by lower-case name, and the JSON-LD object that describes the article."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    article: dict[str, Any] = field(default_factory=dict)

    def told(self, name: str) -> tuple[str, ...]:
        """What the JSON-LD says for a property in words; empty when it says nothing."""
        value = self.article.get(name)
        return (value,) if isinstance(value, str) else ()

    def linked(self, name: str) -> str:
        """The name of the first thing that the JSON-LD gives for a property."""
        return next(_iter_names(self.article.get(name)), "")


def _read_head(tree: Any) -> _Head:
    head = _Head()
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = (meta.get("content") or "").strip()
        if name and content:
            head.metas.setdefault(name, []).append(content)
    objects = [found for text in _iter_scripts(tree) for found in _iter_objects(_load_json(text))]
    # A page's own article stands before those that it merely lists; WebPage is the last resort.
    objects.sort(key=lambda item: "webpage" in _types_of(item))
    head.article = objects[0] if objects else {}
    return head


def _iter_scripts(tree: Any) -> Iterator[str]:
    for script in tree.iter("script"):
        if (script.get("type") or "").lower().startswith("application/ld+json") and script.text:
            yield script.text[:_LONGEST_SCRIPT]


def _load_json(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _iter_objects(value: object) -> Iterator[dict[str, Any]]:
    """The objects of an article type in a JSON-LD document, its @graph included."""
    if isinstance(value, list):
        for item in value[:50]:
            yield from _iter_objects(item) if isinstance(item, dict) else ()
    elif isinstance(value, dict):
        if _types_of(value) & _ARTICLE_TYPES:
            yield value
        if isinstance(graph := value.get("@graph"), list):
            yield from _iter_objects([item for item in graph if isinstance(item, dict) and "@graph" not in item])


def _types_of(value: dict[str, Any]) -> set[str]:
    types = value.get("@type")
    return {kind.lower() for kind in (types if isinstance(types, list) else [types]) if isinstance(kind, str)}


def _iter_names(value: object) -> Iterator[str]:
    """Names in a JSON-LD value: a string, an object with a name, or a list of these."""
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and name.strip() and not is_web_address(name):
            yield name


def _first(metas: dict[str, list[str]], names: Iterable[str]) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _read_times(head: _Head) -> Stated:
    def list_metas(names: Iterable[str]) -> Iterator[str]:
        return (head.metas[name][0] for name in names if name in head.metas)

    return Stated(
        published=(*head.told("datePublished"), *list_metas(_PUBLISHED_METAS)),
        loose=tuple(list_metas(_LOOSE_METAS)),
        changed=(*head.told("dateModified"), *list_metas(_CHANGE_METAS)),
    )


def _find_title(tree: Any, head: _Head, site: str, host: str) -> str:
    headline = head.article.get("headline")
    whole = _text_of(tree, "title")
    candidates = (headline if isinstance(headline, str) else "", _first(head.metas, _TITLE_METAS), _text_of(tree, "h1"))
    for candidate in candidates:
        if title := clean_line(candidate, _LONGEST_TITLE):
            # A first heading of one word that the title does not repeat is the page's furniture: MENU.
            if candidate is candidates[-1] and whole and " " not in title and title.isascii() and title not in whole:
                break
            return _drop_site(title, site, host)
    # The title element usually carries the site's name behind a bar.
    parts = [part for part in _SPLIT_TITLE.split(whole) if part.strip()]
    return clean_line(max(parts, key=len, default=""), _LONGEST_TITLE)


def _drop_site(title: str, site: str, host: str) -> str:
    """The title without the site's own name or host behind it, where a bar or dash sets it off."""
    for gap in _SPLIT_TITLE.finditer(title):
        rest = title[gap.end() :].strip().casefold()
        named = "".join(filter(str.isalnum, _SPLIT_TITLE.split(rest)[0]))
        if (site and rest == site.strip().casefold()) or (
            len(named) >= _SHORTEST_SITE and named in "".join(filter(str.isalnum, host))
        ):
            return title[: gap.start()].rstrip()
    return title


def _text_of(tree: Any, tag: str) -> str:
    element = next(tree.iter(tag), None)
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _find_authors(head: _Head) -> tuple[str, ...]:
    named = list(_iter_names(head.article.get("author")))
    if not named:
        named = next((head.metas[name] for name in _AUTHOR_METAS if name in head.metas), [])
    cleaned = (_BYLINE.sub("", clean_line(name, _LONGEST_NAME)) for name in named if not is_web_address(name))
    return tuple(dict.fromkeys(name for name in cleaned if name))[:_MOST_AUTHORS]


def _find_canonical(tree: Any, head: _Head, url: str) -> str:
    links = (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    link = next((href for href in links if href), "") or _first(head.metas, ("og:url",))
    try:
        address = urljoin(url, link.strip()) if link else ""
    except ValueError:
        return ""
    return address if is_web_address(address) else ""
