"""Days that pages print, where those of the head are taken out: `python -m bench.printed_days SHARED [--no-times]`.

Of the shared pages those whose head states one day of publication. Title, links, metas, microdata and JSON-LD are
removed, with `--no-times` the attributes of `time` elements too; what is found is held against the day that was stated.
A day off is often the same moment by another clock. Beside ours
htmldate alone, sparing and eager.
"""

import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from htmldate import find_date
from lxml import html

from bench.articles import NOW, iter_gold
from ingest.parsing.article import decode_html
from ingest.parsing.dates import parse_day
from ingest.parsing.metadata import read_metadata

# The address of a page often has its day.
NOWHERE = "https://a.example/a"
STATED = (
    "//meta[@property='article:published_time' or @property='og:published_time']/@content"
    " | //meta[@name='parsely-pub-date' or @name='datePublished' or @name='pubdate']/@content"
)


def main(shared: Path, keeps_times: bool) -> None:
    readers: dict[str, Callable[[Any], date | None]] = {
        "claimgraph": _read_ours,
        "htmldate, sparing": lambda tree: _read_theirs(tree, eager=False),
        "htmldate, eager": lambda tree: _read_theirs(tree, eager=True),
    }
    counts = {name: Counter[str]() for name in readers}
    for page in iter_gold(shared / "data" / "html_gold"):
        tree = html.fromstring(
            decode_html(page.body).encode(), parser=html.HTMLParser(encoding="utf-8", remove_comments=True)
        )
        days = {day.date() for day in map(parse_day, tree.xpath(STATED)) if day}
        if len(days) != 1:
            continue
        body = _hide(tree, keeps_times)
        for name, read in readers.items():
            counts[name][_judge(read(html.fromstring(body)), *days)] += 1
    for name, count in counts.items():
        print(f"{name:18} " + ", ".join(f"{kind} {count[kind]}" for kind in ("right", "a day off", "wrong", "none")))


def _hide(tree: Any, keeps_times: bool) -> str:
    """The page without what its head states, as HTML."""
    for element in tree.xpath("//script | //style | //meta | //link | //title"):
        element.drop_tree()
    for element in tree.xpath("//*[@itemprop]"):
        del element.attrib["itemprop"]
    for element in () if keeps_times else tree.xpath("//*[@datetime]"):
        del element.attrib["datetime"]
    return str(html.tostring(tree, encoding="unicode"))


def _read_ours(tree: Any) -> date | None:
    found = read_metadata(tree, NOWHERE, NOW).published_at
    return found.date() if found else None


def _read_theirs(tree: Any, *, eager: bool) -> date | None:
    found = find_date(tree, original_date=True, extensive_search=eager, url=NOWHERE)
    return datetime.fromisoformat(found).date() if found else None


def _judge(found: date | None, stated: date) -> str:
    if found is None:
        return "none"
    away = abs((found - stated).days)
    return "right" if not away else "a day off" if away == 1 else "wrong"


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    main(Path(given[0] if given else "../shared"), "--no-times" not in sys.argv)
