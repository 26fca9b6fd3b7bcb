"""Pages and files as article text with its metadata.

Hostile pages make parsers slow: outside tests, call `read_page` and `read_excerpt` through `ingest.sandbox`.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.errors import ParseError
from graph.records import ArticleKind, Barrier
from ingest.cleaning import clean_line, clean_text
from ingest.language import detect_language
from ingest.network.addresses import hide_password
from ingest.parsing.barriers import find_barrier
from ingest.parsing.fragment import read_html_fragment
from ingest.parsing.metadata import find_kind, read_metadata

LONGEST_PAGE = 5_000_000
# Shorter texts are menus, consent notices and teasers; the shortest real news item in data/ has 180 characters.
_SHORTEST_TEXT = 80
# Japanese says in one character what takes English two or three.
_SHORTEST_JAPANESE = 40
# From here on trafilatura takes a main text for whole (its default); a Japanese news item often has fewer characters.
_LEAST_MAIN = 250
_LONGEST_TITLE = 1_000
_META_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{1,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_NO_TEXT = "no article text on the page"
_SHELLS = frozenset({Barrier.CAPTCHA, Barrier.SCRIPT, Barrier.CONSENT})
_WHY = {
    Barrier.PAYWALL: "only subscribers may read the page",
    Barrier.CAPTCHA: "the page asks for proof that a human reads it",
    Barrier.SCRIPT: "the page is empty without its scripts",
    Barrier.CONSENT: "the page asks for consent to cookies instead of showing its text",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What browsers read under these labels (WHATWG Encoding), which is a superset of what they name.
_SUPERSETS = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
}
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_MARKDOWN_HEADING = re.compile(r"#{1,3}\s+(.+?)\s*#*\s*$")
_SENTENCE_END = tuple(".!?,;:。、\uff01\uff1f\uff1a")
_LONGEST_HEADING = 120


@dataclass(frozen=True, slots=True)
class Page:
    """A document as text, with what it says of itself.

    text           the headline, then paragraphs, one a line (pages); the file to the letter (files)
    lang           the language of the text, detected
    published_at   UTC; midnight when only the day is known; None when the page gives none
    canonical_url  the address that the page calls its own; empty when it names none
    barrier        set when the text is only what a page shows to those who may not read it all
    """

    title: str
    text: str
    lang: str
    published_at: datetime | None = None
    authors: tuple[str, ...] = ()
    site_name: str = ""
    canonical_url: str = ""
    kind: ArticleKind = ArticleKind.NEWS
    barrier: Barrier | None = None


def read_page(body: bytes, url: str, now: datetime, charset: str | None = None) -> Page:
    """The article of an HTML page, or the part of it that all may read. `charset` is the HTTP header's.

    Raises ParseError: no_text, too_large; paywalled, captcha, needs_script, consent when that is why there is no text.
    """
    shown = hide_password(url)
    if len(body) > LONGEST_PAGE:
        raise ParseError(f"{shown}: more than {LONGEST_PAGE:,} bytes of HTML", subject=shown, reason="too_large")
    tree = _parse_html(decode_html(body, charset), shown)
    about = read_metadata(tree, url, now)
    text = _extract_text(tree, url)
    lang = detect_language(text)
    barrier = find_barrier(tree, text, lang, about.is_free)
    if barrier in _SHELLS or len(text) < (_SHORTEST_JAPANESE if lang == "ja" else _SHORTEST_TEXT):
        reason = str(barrier or "no_text")
        raise ParseError(f"{shown}: {_WHY[barrier] if barrier else _NO_TEXT}", subject=shown, reason=reason)
    return Page(
        title=about.title,
        text=put_title_first(about.title, text),
        lang=lang,
        published_at=about.published_at,
        authors=about.authors,
        site_name=about.site_name,
        canonical_url=about.canonical_url,
        kind=about.kind,
        barrier=barrier,
    )


def read_excerpt(html: str, title: str, url: str) -> Page:
    """What a feed itself carries of an article, as text. Raises ParseError `no_text`."""
    text = read_html_fragment(html)
    if not text:
        raise ParseError(f"{url}: the feed carries no text", subject=url, reason="no_text")
    text = put_title_first(title, text)
    return Page(title=title, text=text, lang=detect_language(f"{title}\n{text}"), kind=find_kind(url))


def put_title_first(title: str, text: str) -> str:
    """The text with the headline as its first line, so that what a headline claims has a place like any sentence."""
    title = " ".join(title.split())
    return text if not title or text.startswith(title) else f"{title}\n{text}"


def read_text(body: bytes, name: str, title: str = "") -> Page:
    """A plain text or Markdown file as an article, its text to the letter: only a byte-order mark is left out.

    title  what the caller knows; else a heading on the first line, else empty
    Raises ParseError: empty, too_large, no_text (binary).
    """
    if len(body) > LONGEST_PAGE:
        raise ParseError(f"{name}: more than {LONGEST_PAGE:,} bytes of text", subject=name, reason="too_large")
    text = decode_text(body)
    if not text.strip():
        raise ParseError(f"{name}: the file is empty", subject=name, reason="empty")
    if "\0" in text:
        raise ParseError(f"{name}: not a text file", subject=name, reason="no_text")
    return Page(title=title or _find_heading(text), text=text, lang=detect_language(text))


def decode_text(body: bytes) -> str:
    """Text of a file: by its byte-order mark, else UTF-8, else the most likely encoding."""
    if marked := _decode_marked(body):
        return marked
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _guess_encoding(body)


def decode_html(body: bytes, charset: str | None = None) -> str:
    """Text of a page: by mark, HTTP header, meta element, UTF-8, in this order (WHATWG), else the most likely."""
    if marked := _decode_marked(body):
        return marked
    head = body[:4096]
    named = _XML_CHARSET.search(head) or _META_CHARSET.search(head)
    for label in (charset, named and named[1].decode("ascii"), "utf-8"):
        if label and (text := _try_decode(body, label)) is not None:
            return text
    return _guess_encoding(body)


def _decode_marked(body: bytes) -> str:
    """The text when a byte-order mark says how to read it, else empty."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace").removeprefix("\ufeff")
    return ""


def _try_decode(body: bytes, label: str) -> str | None:
    try:
        label = _SUPERSETS.get(label.lower(), label.lower())
        # A stray byte in a page of a thousand lines is not another encoding.
        text = body.decode(label, "replace")
    except (LookupError, ValueError):
        return None
    return text if text.count("\ufffd") <= len(text) // 1000 else None


def _guess_encoding(body: bytes) -> str:
    from charset_normalizer import from_bytes  # here: the sandboxed process alone needs it, and seldom

    best = from_bytes(body).best()
    return str(best) if best else body.decode("utf-8", "replace")


def _parse_html(html: str, shown: str) -> Any:
    from trafilatura.utils import load_html  # here: 0.33 CPU s that only the sandboxed process should pay

    tree = load_html(XML_DECLARATION.sub("", html.replace("\0", ""), count=1)) if html.strip() else None
    if tree is None:
        raise ParseError(f"{shown}: no article text on the page", subject=shown, reason="no_text")
    return tree


def _extract_text(tree: Any, url: str) -> str:
    """The main text, one paragraph a line; empty when there is none."""
    _unmark_posts(tree)
    text = _extract_main(tree, url, _LEAST_MAIN)
    if "\n" in text:
        return text
    # One line may be all words of the page, its headline and date among them, where the article is short.
    short = _extract_main(tree, url, _SHORTEST_JAPANESE)
    return short if len(short) >= len(text) / 2 else text


def _extract_main(tree: Any, url: str, least: int) -> str:
    """What trafilatura takes for the main text; of fewer characters than the least all words in one line."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Extractor

    options = Extractor(output_format="python", url=url, fast=True, comments=False)
    options.min_extracted_size = least
    text = getattr(bare_extraction(tree, options=options), "text", None) or ""
    lines = (line.strip() for line in clean_text(text).split("\n"))
    return "\n".join(line for line in lines if line)


def _unmark_posts(tree: Any) -> None:
    """Posts of a live blog lose the class by which trafilatura takes the first of them for the whole article."""
    posts = tree.xpath("//*[@class='post' or @class='entry'][ancestor::article or ancestor::main]")
    parents = [post.getparent() for post in posts]
    numbers = Counter(parents)
    for post, parent in zip(posts, parents, strict=True):
        if numbers[parent] > 1:
            del post.attrib["class"]


def _find_heading(text: str) -> str:
    """The first line when it is a heading: Markdown's `#`, or a short line without a stop before an empty one."""
    lines = text.lstrip("\r\n").splitlines()[:2]
    if not lines:
        return ""
    if marked := _MARKDOWN_HEADING.match(lines[0]):
        return clean_line(marked[1], _LONGEST_TITLE)
    line = lines[0].strip()
    stands_alone = len(lines) > 1 and not lines[1].strip()
    if stands_alone and len(line) <= _LONGEST_HEADING and not line.endswith(_SENTENCE_END):
        return clean_line(line, _LONGEST_TITLE)
    return ""
