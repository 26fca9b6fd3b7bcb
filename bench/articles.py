"""Article pages beside trafilatura alone: `python -m bench.articles SHARED [ROUNDS]`.

Text is scored as F1 over runs of four words (article-extraction-benchmark), Japanese over runs of four characters;
titles and days as they are printed in the gold; another day than that is wrong. Both read the same bytes, in turn, in
one process; CPU seconds are the median of ROUNDS. The peer is `trafilatura.bare_extraction(fast=True)` with its
metadata, as a program would call it.
"""

import gzip
import json
import os
import re
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.errors import ParseError
from ingest.language import detect_language
from ingest.parsing.article import read_page
from ingest.parsing.dates import JAPAN
from ingest.parsing.fragment import read_html_fragment

NOW = datetime(2026, 11, 25, tzinfo=UTC)
_KANA = re.compile(r"[\u3041-\u30fa]")


@dataclass(frozen=True, slots=True)
class Gold:
    """A page and what is known of it, empty where the gold says nothing; `opening` is how its text begins."""

    name: str
    body: bytes
    url: str
    text: str = ""
    opening: str = ""
    title: str = ""
    day: str = ""
    japanese: bool = False


@dataclass(slots=True)
class Tally:
    """What a reader got right."""

    f1: list[float] = field(default_factory=list)
    openings: list[bool] = field(default_factory=list)
    titles: list[bool] = field(default_factory=list)
    days: list[bool] = field(default_factory=list)
    wrong_days: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a page: text without its headline, title, day as printed on the page."""

    text: str = ""
    title: str = ""
    day: str = ""


Reader = Callable[[Gold], Reading]


def read_ours(page: Gold) -> Reading:
    """The page by `ingest.parsing.article`."""
    try:
        found = read_page(page.body, page.url, NOW)
    except ParseError:
        return Reading()
    moment = found.published_at
    if moment and page.japanese and (moment.hour, moment.minute) != (0, 0):
        moment = moment.astimezone(JAPAN)
    return Reading(found.text.removeprefix(found.title), found.title, f"{moment:%Y-%m-%d}" if moment else "")


def read_theirs(page: Gold) -> Reading:
    """The page by trafilatura alone."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(page.body, url=page.url, fast=True, include_comments=False, with_metadata=True)
    return Reading(found.text or "", found.title or "", found.date or "") if found else Reading()


def read_text_alone(page: Gold) -> Reading:
    """The text by trafilatura, nothing asked about title, day or language: the least that a page costs."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(page.body, url=page.url, fast=True, include_comments=False, with_metadata=False)
    return Reading(found.text or "") if found else Reading()


def main(shared: Path, rounds: int) -> None:
    pages = tuple(iter_gold(shared / "data" / "html_gold"))
    readers: dict[str, Reader] = {"claimgraph": read_ours, "trafilatura": read_theirs, "its text": read_text_alone}
    detect_language("Der Text, an dem das Modell der Sprachen geladen wird.")  # what is loaded once is not the page's
    for reader in readers.values():
        reader(pages[0])
    print(f"load {os.getloadavg()[0]:.1f}; {len(pages)} pages, {sum(page.japanese for page in pages)} Japanese")
    seconds: dict[str, list[float]] = {name: [] for name in readers}
    readings: dict[str, list[Reading]] = {}
    for _ in range(rounds):
        for name, reader in readers.items():
            started = time.process_time()
            readings[name] = [reader(page) for page in pages]
            seconds[name].append(time.process_time() - started)
    read = tuple(zip(pages, readings["trafilatura"], strict=True))
    groups = {
        "article-extraction-benchmark": [page.name.startswith("aeb/") for page in pages],
        "all English and other": [not page.japanese for page in pages],
        "English": [not page.japanese and detect_language(found.text) == "en" for page, found in read],
        "Japanese": [page.japanese for page in pages],
    }
    for group, chosen in groups.items():
        print(group)
        for name in readers:
            rows = [pair for pair, keep in zip(zip(pages, readings[name], strict=True), chosen, strict=True) if keep]
            print(f"  {name:12} {describe(score(rows))}")
    ours, theirs, bare = (statistics.median(seconds[name]) for name in readers)
    print(f"CPU s a round: {ours:.2f}, {theirs:.2f} and {bare:.2f} (medians of {rounds}); ours ÷ trafilatura's")
    print(f"  with title, day and language as we give: {ours / theirs:.2f} (P6: at most 1.10)")
    print(f"  its text alone: {ours / bare:.2f}")


def score(rows: list[tuple[Gold, Reading]]) -> Tally:
    """What of the gold was found."""
    tally = Tally()
    for gold, found in rows:
        if gold.text:
            tally.f1.append(measure_f1(split(found.text, gold.japanese), split(gold.text, gold.japanese)))
        if gold.opening:
            tally.openings.append(fold(gold.opening)[:40] in fold(found.text))
        if gold.title:
            tally.titles.append(fold(found.title) == fold(gold.title))
        if gold.day:
            tally.days.append(found.day == gold.day)
            tally.wrong_days += found.day not in {"", gold.day}
    return tally


def describe(tally: Tally) -> str:
    """One line of figures."""
    parts = [f"F1 {statistics.fmean(tally.f1):.4f} of {len(tally.f1)}"] if tally.f1 else []
    for name, found in (("openings", tally.openings), ("titles", tally.titles), ("days", tally.days)):
        parts += [f"{name} {sum(found)} of {len(found)}"] if found else []
    parts += [f"{tally.wrong_days} wrong"] if tally.days else []
    return ", ".join(parts)


def fold(text: str) -> str:
    """A title without what printing changes: width, case, kinds of quotes and dashes, spaces."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def split(text: str, japanese: bool) -> list[str]:
    """Words; of Japanese its characters."""
    return list("".join(text.split())) if japanese else re.findall(r"\w+", text)


def measure_f1(found: list[str], wanted: list[str]) -> float:
    """Of the sets of runs of four."""
    mine, theirs = shingle(found), shingle(wanted)
    common = len(mine & theirs)
    return 2 * common / (len(mine) + len(theirs)) if mine and theirs else 0.0


def shingle(words: list[str]) -> set[tuple[str, ...]]:
    """Runs of four; of fewer words the one run that there is."""
    return {tuple(words[start : start + 4]) for start in range(max(len(words) - 3, 1))}


def iter_gold(folder: Path) -> Iterator[Gold]:
    """The pages of every set for which something is known."""
    for name, values in json.loads((folder / "aeb_gold.json").read_text("utf-8")).items():
        body = gzip.decompress((folder / "aeb" / f"{name}.html.gz").read_bytes())
        yield Gold(f"aeb/{name}", body, values.get("url") or "https://a.example/a", text=values["articleBody"])
    for set_name in ("htmldate", "postlight", "trafilatura"):
        for name, values in json.loads((folder / f"{set_name}_gold.json").read_text("utf-8")).items():
            body = (folder / name).read_bytes()
            japanese = bool(_KANA.search(values.get("title") or ""))
            day = values.get("date") or read_day(values.get("date_published") or "", japanese)
            opening = values.get("content_first_words") or ""
            yield Gold(
                name, body, values["url"], title=values.get("title") or "", day=day, japanese=japanese, opening=opening
            )
    for file in sorted(folder.glob("fundus/*/*.html.gz")):
        yield from iter_fundus(file)
    for source in sorted(folder.glob("readability/*/source.html")):
        about = json.loads(source.with_name("expected-metadata.json").read_text("utf-8"))
        text = read_html_fragment(source.with_name("expected.html").read_text("utf-8"))
        day = read_day(about.get("publishedTime") or "", japanese=False)
        yield Gold(
            f"readability/{source.parent.name}",
            source.read_bytes(),
            "https://a.example/a",
            text,
            "",
            about["title"],
            day,
        )


def iter_fundus(file: Path) -> Iterator[Gold]:
    """A page whose gold, by version of its parser, lies in the publisher's file."""
    publisher = file.name.split("_")[0]
    versions = json.loads(file.with_name(f"{publisher}.json").read_text("utf-8"))
    date = file.name.removeprefix(f"{publisher}_").removesuffix(".html.gz").replace("_", "-")
    japanese = file.parent.name == "jp"
    for values in versions.values():
        if (str(values.get("publishing_date", ""))[:10] and len(versions) == 1) or matches(values, date):
            body = values.get("body") or {}
            lines = [*body.get("summary", ())]
            for section in body.get("sections", ()):
                lines += [*section.get("headline", ()), *section.get("paragraphs", ())]
            yield Gold(
                f"fundus/{file.name}", gzip.decompress(file.read_bytes()), "https://a.example/a", "\n".join(lines),
                "", values.get("title") or "", str(values.get("publishing_date") or "")[:10], japanese,
            )  # fmt: skip
            return


def matches(values: dict[str, Any], date: str) -> bool:
    """Whether a version of the gold is of the page stored that day: published at most three weeks before."""
    try:
        printed = datetime.fromisoformat(str(values.get("publishing_date"))[:10])
        return abs((datetime.fromisoformat(date) - printed).days) <= 21
    except ValueError:
        return False


def read_day(text: str, japanese: bool) -> str:
    """The day of a moment in UTC as the page prints it: Japanese pages by Japan's clock."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return f"{moment.astimezone(JAPAN) if japanese and moment.tzinfo else moment:%Y-%m-%d}"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
