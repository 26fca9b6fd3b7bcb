"""The lines of a page as a reader sees them: text of its blocks, without comments, teasers and menus."""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "dd", "details", "div", "dl", "dt", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
        "pre", "section", "table", "tbody", "td", "th", "tr", "ul",
    }
)  # fmt: skip
_UNSEEN = frozenset({"script", "style", "noscript", "template", "aside", "nav", "select", "iframe", "svg"})
# Names of classes that hold what others wrote: not those of a column beside which such a thing stands.
_OTHERS = re.compile(
    r"(?<![a-z])(?<!with-)(?<!has-)(?:comment(?!ar|at)\w*|repl(?:y|ies)|responses?|disqus\w*"
    r"|related|recommend(?:ed|ations?)|recirc\w*|sidebar|teasers?|more-(?:stories|news|articles)|latest"
    r"|top-?bar|current[-_]?date|todays?(?:[-_]?date)?)(?![a-z])",
    re.IGNORECASE,
)
# "entry-date", "postDate", "pubdate", "timestamp", but not "candidate", "timeline", "event-date".
_TIME_CLASS = re.compile(
    r"(?:(?<![a-z])|(?<=[a-z])(?-i:(?=[DT]))|(?<=post)|(?<=pub)|(?<=entry)|(?<=news)|(?<=published)|(?<=publish))"
    r"(?:date(?!picker)|time(?!line|r))|publish(?!er)",
    re.IGNORECASE,
)
_OTHER_TIME_CLASS = re.compile(r"event|time-?line", re.IGNORECASE)
# What a guess would take for a day of the page because the letters stand in its class.
_SEEMS_TIME = re.compile(r"(?<!up)date|time", re.IGNORECASE)
# Headings over other articles: what follows them up to the next heading is not the page's.
_OTHERS_HEADING = re.compile(
    r"(?:関連|新着|最新|人気|おすすめの?|注目の?)(?:記事|ニュース)(?:一覧)?|あわせて読みたい"
    r"|related (?:articles|stories|news|posts)|(?:latest|more) (?:articles|stories|news|posts)|read more",
    re.IGNORECASE,
)
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_UPDATE_CLASS = re.compile(r"(?<![a-z])(?:updated|(?:last-?)?modified)(?![a-z])", re.IGNORECASE)
_UPDATE_PROPERTIES = frozenset({"dateModified", "dateUpdated"})
# What is marked as a time is short; longer is the page or a list around it.
_LONGEST_TIME = 100
_MOST_MARKS = 200
# A link to the day's archive or to the article itself holds a day; a longer one holds the title of another article.
_LONGEST_LINK = 60
# The body of an article is longer than what a list of articles tells of one.
_LONGEST_TEASER = 800
_SHORTEST_TITLE = 8
_PARTS = ("article", "main")


@dataclass(slots=True)
class Line:
    """A line of a page.

    below      characters between the headline and it; negative when it stands above
    is_marked  whether the page marks it as a time
    stamps     the times in its attributes
    """

    text: str
    below: int
    is_marked: bool
    stamps: tuple[str, ...]


@dataclass(slots=True)
class _Writer:
    """Pieces of the line that is being read, and the lines before it."""

    lines: list[Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    is_marked: bool = False
    mark: Any = None
    marks: int = 0
    read: int = 0

    def begin(self, element: Any) -> None:
        """What an element puts on the line; what stands inside a time is marked, lines of blocks in it too."""
        if self.mark is None and _is_time(element) and self.marks < _MOST_MARKS:
            self.marks += 1
            if not _is_longer(element, _LONGEST_TIME):
                self.mark = element
        if self.mark is not None:
            self.is_marked = True
            self.stamps += filter(None, (element.get("datetime"),))
        self.pieces.append(element.text or "")

    def end(self, element: Any) -> None:
        if element is self.mark:
            self.mark = None
        self.pieces.append(element.tail or "")

    def flush(self) -> None:
        text = " ".join("".join(self.pieces).split())
        if text or self.stamps:
            self.lines.append(Line(text, self.read, self.is_marked, tuple(self.stamps)))
            self.read += len(text)
        self.pieces, self.stamps, self.is_marked = [], [], False


@dataclass(frozen=True, slots=True)
class Own:
    """What of a page is its own: the page without the rest, and the lines of that."""

    tree: Any
    lines: tuple[Line, ...]


def keep_own(tree: Any, title: str) -> Own:
    """A copy of the page without what is no part of the article; `title` says which of its headings is the headline."""
    tree = deepcopy(tree)
    body = next(tree.iter("body"), tree)
    headline = _find_headline(body, title)
    holders = frozenset([headline, *headline.iterancestors()]) if headline is not None else frozenset()
    longest = _find_longest_teaser(body, holders)
    others = [element for element in body.iter() if element not in holders and _is_no_part(element, longest)]
    others += _find_headed_others(body, holders)
    for element in others:
        if element.getparent() is not None:
            element.drop_tree()
    return Own(tree, _read_lines(body, headline))


def _read_lines(body: Any, headline: Any) -> tuple[Line, ...]:
    from lxml.etree import iterwalk  # here: only the sandboxed process should load it

    writer, starts, ends = _Writer(), 0, 0
    for event, element in iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            writer.flush()
        if event == "end":
            if element is headline and element.tag not in _PARTS:
                ends = writer.read
            writer.end(element)
            continue
        if element is headline:
            starts = ends = writer.read
        writer.begin(element)
    writer.flush()
    for line in writer.lines:
        line.below = line.below - ends if line.below >= ends else min(line.below - starts, -1)
    return tuple(writer.lines)


def _find_headline(body: Any, title: str) -> Any:
    """The heading that says what the title says, else the only first heading, else what holds the article."""
    wanted = _fold(title)
    first = list(body.iter("h1"))
    for heading in [*first, *body.iter("h2")]:
        said = _fold("".join(heading.itertext()))
        if len(said) >= _SHORTEST_TITLE and (said in wanted or (wanted and wanted in said)):
            return heading
    return first[0] if len(first) == 1 else next(body.iter(*_PARTS), None)


def _fold(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _find_longest_teaser(body: Any, holders: frozenset[Any]) -> float:
    """How long an `article` element may be that is not the page's own: any, where the page's own holds the headline."""
    own = [element for element in body.iter("article") if element in holders]
    return float("inf") if own else _LONGEST_TEASER


def _find_headed_others(body: Any, holders: frozenset[Any]) -> list[Any]:
    """What stands behind headings like 関連記事, up to the next heading beside them."""
    found = []
    for heading in body.iter(*_HEADINGS):
        if heading in holders or not _OTHERS_HEADING.fullmatch("".join(heading.itertext()).strip()[:40]):
            continue
        for element in heading.itersiblings():
            if element.tag in _HEADINGS or element in holders:
                break
            found.append(element)
    return found


def _is_no_part(element: Any, longest_teaser: float) -> bool:
    """Whether an element is no part of the article: comments, menus, teasers of others, the time of a change."""
    tag, classes = element.tag, element.get("class") or ""
    if tag in _UNSEEN or is_others(element):
        return True
    if tag == "a":
        return _is_longer(element, _LONGEST_LINK)
    if tag == "article":
        return not _is_longer(element, longest_teaser)
    if tag in {"header", "footer"}:  # of the site: its menu, its day of today
        return next(element.iterancestors("article"), None) is None
    if element.get("itemprop") in _UPDATE_PROPERTIES:
        return True
    is_no_time = _UPDATE_CLASS.search(classes) or (_SEEMS_TIME.search(classes) and tag != "time")
    return bool(is_no_time and not _has_time_class(element) and not _is_longer(element, _LONGEST_TIME))


def is_others(element: Any) -> bool:
    """Whether the names of an element say that others wrote what is in it: comments, related articles."""
    return bool(element.tag != "body" and _OTHERS.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _is_time(element: Any) -> bool:
    return element.tag == "time" or _has_time_class(element)


def _has_time_class(element: Any) -> bool:
    names = (element.get("class") or "").split()
    return any(_TIME_CLASS.search(name) and not _OTHER_TIME_CLASS.search(name) for name in names)


def _is_longer(element: Any, length: float) -> bool:
    """Whether its text has more characters than that, spaces around its pieces left out."""
    read = 0
    for text in element.itertext():
        read += len(text.strip())
        if read > length:
            return True
    return False
