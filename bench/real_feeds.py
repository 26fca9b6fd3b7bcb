"""Real feeds through the whole program: `python bench/real_feeds.py SHARED` with the folder of shared data.

A loopback server gives every feed document of SHARED/data/feeds and the pages of SHARED/data/html_gold; each link of
a feed is turned to one of those pages. Two runs of `claimgraph ingest --json`: the second must change nothing.
"""

import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.site import Document, Site, serving

_LINK = re.compile(rb"https?://(?:[^\s\"'<>&\\]|&(?:amp|#\w+);)+")
_NAMESPACES = re.compile(rb"xmlns|w3\.org|purl\.org|jsonfeed\.org|schema")


def main(shared: Path) -> None:
    with serving() as site, tempfile.TemporaryDirectory() as folder:
        pages = add_pages(site, shared / "data" / "html_gold")
        feeds = add_feeds(site, shared / "data" / "feeds", pages)
        opml = Path(folder, "feeds.opml")
        outlines = "".join(f'<outline type="rss" xmlUrl="{site.address}{path}"/>' for path in feeds)
        opml.write_text(f'<opml version="2.0"><head/><body>{outlines}</body></opml>', "utf-8")
        print(f"load {os.getloadavg()[0]:.1f}; {len(feeds)} feeds, {len(pages)} pages")
        print(claimgraph(folder, "feeds", "import", str(opml)).stderr.strip())
        for run in ("first", "second"):
            report(run, claimgraph(folder, "ingest", "--json"), site, folder)
            make_due(folder)


def add_pages(site: Site, folder: Path) -> list[bytes]:
    """Addresses of the pages, now served."""
    paths: list[bytes] = []
    files = [*folder.rglob("*.html"), *folder.rglob("*.html.gz")]
    # `expected.html` is what a page should be reduced to, not a page.
    for number, file in enumerate(sorted(file for file in files if file.name != "expected.html")):
        body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        # The page's own canonical address would lead out of loopback.
        site.documents[f"/page/{number}"] = Document(re.sub(rb'rel="canonical"', b'rel="other"', body), "text/html")
        paths.append(f"{site.address}/page/{number}".encode())
    return paths


def add_feeds(site: Site, folder: Path, pages: list[bytes]) -> list[str]:
    """Paths of the feeds, now served, their links turned to the pages."""
    paths: list[str] = []
    for file in sorted(folder.rglob("*")):
        if file.is_dir() or file.name == "MANIFEST.tsv" or file.name.endswith("_entries.json"):
            continue
        path = f"/feed/{len(paths)}/{file.suffix.lstrip('.')}"
        site.documents[path] = Document(turn_links(file.read_bytes(), pages), "application/xml")
        paths.append(path)
        print(f"{path}  {file.relative_to(folder)}")
    return paths


def turn_links(body: bytes, pages: list[bytes]) -> bytes:
    """The document with each web address of its own replaced by a page's; namespaces stay."""

    def turn(match: re.Match[bytes]) -> bytes:
        before = body[max(0, match.start() - 40) : match.start()]
        if _NAMESPACES.search(match.group()) or b"xmlns" in before:
            return match.group()
        return pages[hash_bytes(match.group()) % len(pages)]

    return _LINK.sub(turn, body)


def hash_bytes(data: bytes) -> int:
    """A number that is the same in every run."""
    return sum(data) * 31 + len(data)


def claimgraph(folder: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """One command on a store in the folder."""
    return subprocess.run(make_command(folder, *arguments), capture_output=True, text=True, check=False)


def make_command(folder: str, *arguments: str) -> list[str]:
    """The words of a command on a store in the folder, loopback allowed."""
    store = f"{folder}/graph.db"
    return [sys.executable, "-m", "claimgraph", "--store", store, "--allow-address", "127.0.0.0/8", *arguments]


def make_due(folder: str) -> None:
    """Every feed due at once, as after a day."""
    import sqlite3

    with sqlite3.connect(f"{folder}/graph.archive.db") as archive:
        archive.execute("UPDATE feeds SET next_due = NULL")


def report(run: str, done: "subprocess.CompletedProcess[str]", site: Site, folder: str) -> None:
    if not done.stdout.strip():
        print(f"{run} run: exit {done.returncode}\n{done.stderr}")
        return
    summary = json.loads(done.stdout.splitlines()[-1])
    failures = summary.pop("failures")
    print(f"{run} run: exit {done.returncode}, bodies sent so far {site.sent}\n{json.dumps(summary)}")
    for failure in failures:
        print(f"  {failure['stage']} {failure['reason']}: {failure['message']}")
    status = claimgraph(folder, "status").stdout.splitlines()
    print("\n".join(status[:2]))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
