"""Runs ended at every stage: `python -m bench.kills_fetching [KILLS] [STOPS]`.

Before each run a feed brings eight new pages, two of them copies. The run says where it is (a feed or a page asked for,
an article handed to extraction, a batch before and after its commit to the graph, copies before and after theirs); at a
mark chosen by chance, and up to 30 ms later, it gets `kill -9`, or SIGTERM for STOPS of them. What it left is the next
one's. In the end archive and graph are compared, record by record, with those of one run that nobody disturbed.
Extraction is stood in for by four claims a page, so that a run takes a second (bench/kills.py has the language models).
"""

import ipaddress
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.site import Document, Site, serving
from graph.formats.exporting import FORMATS
from graph.ids import make_claim_id
from graph.records import PREDICATES, Article, Claim, ClaimType, Copy, Extraction, Feed, Modality, Party, Polarity
from graph.stores import open_store
from ingest.archive import Archive
from ingest.network.fetch import Fetch, FetchConfig, Request, Response
from ingest.nlp.load import load_extractor
from ingest.sandbox import Sandbox
from ingest.session import Session

ROOT = Path(__file__).parents[1]
# Where a run can be, and how often it says so, more or less: the mark to end it at is drawn from these.
MARKS = {"feed": 1, "page": 8, "extract": 8, "commit": 1, "committed": 1, "relate": 1, "related": 1}
PAGES, COPIES = 6, 2
# What was published longer ago is read behind news. Copies are of the day of what they copy.
_LONG_AGO, _YESTERDAY = datetime(2026, 3, 2, tzinfo=UTC), datetime.now(UTC) - timedelta(days=1)
_PREDICATE = PREDICATES[ClaimType.ALLEGATION][0]
_TIMES = frozenset({"fetched_at", "seen_at", "decided_at", "made_at", "exported_at"})
_WORDS = [a + b for a in ("lab", "chip", "model", "court", "price", "data", "team", "rule") for b in "abcdefghijklmnop"]


def main(kills: int, stops: int) -> None:
    chance, hit, codes = random.Random(7), Counter[str](), Counter[int]()
    endings = [signal.SIGKILL] * kills + [signal.SIGTERM] * stops
    chance.shuffle(endings)
    with serving() as site, tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as other:
        for number, ending in enumerate(endings):
            add_feed(site, Path(name), number)
            mark = chance.choice(list(MARKS))
            where, code = end_at(Path(name), ending, mark, chance.randint(1, MARKS[mark]), chance.uniform(0, 0.03))
            hit[f"{ending.name} {where}"] += 1
            if ending == signal.SIGTERM and where != "ended before":
                codes[code] += 1
        print(f"load {os.getloadavg()[0]:.1f}; ended at: {dict(sorted(hit.items()))}; SIGTERM gave codes {dict(codes)}")
        print(f"before the last run: {count(Path(name))}")
        subprocess.run(make_command(Path(name)), check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        for number in range(len(endings)):
            add_feed(site, Path(other), number)
        subprocess.run(make_command(Path(other)), check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        a, b = dump(Path(other)), dump(Path(name))
        lost, extra, double = a - b, b - a, [line for line, times in b.items() if times > 1]
        print(f"after it: {count(Path(name))}")
        print(f"undisturbed: {count(Path(other))}")
        print(f"{a.total()} records; lost {lost.total()}, extra {extra.total()}, twice {len(double)}")


def add_feed(site: Site, folder: Path, number: int) -> None:
    """A feed of new pages, some of them copies of others, due in this folder's archive."""
    with Archive(folder / "archive.db") as archive:
        archive.add_feed(Feed(serve_feed(site, number)))


def serve_feed(site: Site, number: int, *, news: bool = True) -> str:
    """The address of a feed of new pages, some of them copies; with `news` every second one is of yesterday."""
    chance, paths = random.Random(number), []
    texts = [[" ".join(chance.choices(_WORDS, k=30)) for _ in range(4)] for _ in range(PAGES)]
    for page, text in enumerate([*texts, *texts[:COPIES]]):
        body = "".join(f"<p>{sentence.capitalize()}.</p>" for sentence in text)
        html = f"<html lang=en><head><title>Page {number} {page}</title></head><article>{body}</article></html>"
        paths.append(f"/{number}/{page}")
        site.documents[paths[-1]] = Document(html.encode(), "text/html")
    items = "".join(
        f"<item><title>{path}</title><link>{site.address}{path}</link>"
        f"<pubDate>{(_YESTERDAY if news and page % 2 else _LONG_AGO):%a, %d %b %Y} {page:02}:00:00 GMT</pubDate></item>"
        for page, path in enumerate(paths)
    )
    # Words by chance now and then look Dutch; a source has the language that its feed states, else its first page's.
    feed = f"<rss version='2.0'><channel><title>F</title><language>en</language>{items}</channel></rss>"
    site.documents[f"/feed/{number}"] = Document(feed.encode(), "application/rss+xml")
    return f"{site.address}/feed/{number}"


def make_command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "bench.kills_fetching", "run", str(folder)]


def end_at(folder: Path, ending: signal.Signals, mark: str, times: int, pause: float) -> tuple[str, int]:
    """Ends a run some seconds after it has passed a mark so many times: where that was, and its exit code."""
    with subprocess.Popen(make_command(folder), stdout=subprocess.PIPE, text=True, cwd=ROOT) as run:
        assert run.stdout
        for line in run.stdout:
            times -= line.strip() == mark
            if not times:
                time.sleep(pause)
                break
        run.send_signal(ending)
        run.stdout.read()
        code = run.wait()
        # 0, or SIGTERM that nobody handles any more: its work was done.
        assert code in (0, 130, -signal.SIGKILL, -signal.SIGTERM), f"exit {code}"
        return (mark if code in (130, -signal.SIGKILL) else "ended before"), code


def count(folder: Path) -> str:
    with Archive(folder / "archive.db") as archive:
        waiting = f"{len(archive.list_wanted())} wanted, {archive.count_pending()} pending"
    kept = query(folder / "archive.db", "SELECT count(*) || ' articles at ' || count(DISTINCT url) FROM articles")
    with open_store(str(folder / "graph.db")) as store:
        counts = store.count()
        return f"archive {kept} addresses, {waiting}; graph {counts.articles} articles, {counts.claims} claims"


def query(path: Path, text: str) -> str:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return str(db.execute(text).fetchone()[0])


def dump(folder: Path) -> Counter[str]:
    """Every record of the graph, and every article and sketch of the archive, without the moments of the runs."""
    found: Counter[str] = Counter()
    [(_, write)] = FORMATS["jsonl"]
    with open_store(str(folder / "graph.db")) as store:
        for line in "".join(write(store)).splitlines():
            found[json.dumps(_without_times(json.loads(line)), sort_keys=True)] += 1
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        for row in db.execute("SELECT id, url, version, text, pending, compared, attempts FROM articles"):
            found[f"article {row}"] += 1
        for row in db.execute("SELECT article, url, signature, lead FROM sketches"):
            found[f"sketch {row}"] += 1
    return found


def _without_times(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_times(inner) for key, inner in value.items() if key not in _TIMES}
    return [_without_times(inner) for inner in value] if isinstance(value, list) else value


def mark(name: str) -> None:
    os.write(1, f"{name}\n".encode())


class MarkedSession(Session):
    """A session that says where it is."""

    def run(self, work: Callable[..., Coroutine[Any, Any, Any]]) -> Any:
        async def marked(fetch: Fetch, sandbox: Sandbox) -> Any:
            async def ask(request: Request) -> Response:
                mark("feed" if "/feed/" in request.url else "page")
                return await fetch(request)

            return await work(ask, sandbox)

        return super().run(marked)

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        for article in articles:
            mark("extract")
            yield Extraction(article, claims=tuple(make_claims(article)))


def make_claims(article: Article) -> Iterator[Claim]:
    start = 0
    for line in article.text.split("\n"):
        span, subject = (start, start + len(line)), Party(line.split()[0])
        start += len(line) + 1
        claim_id = make_claim_id(article.id, span, _PREDICATE, subject, None, None, None, Polarity.AFFIRMED)
        yield Claim(
            claim_id, article.id, span, line, "en", ClaimType.ALLEGATION, _PREDICATE, subject, None, None, None, (),
            Modality.ASSERTED, Polarity.AFFIRMED, None, article.published_at,
        )  # fmt: skip


def run_once(folder: Path) -> int:
    """The exit code that `claimgraph ingest` would have."""
    with Archive(folder / "archive.db") as archive, open_store(str(folder / "graph.db")) as store:

        def commit(batch: Sequence[Extraction]) -> int:
            mark("commit")
            done = store.add(batch).claims
            mark("committed")
            return done

        def relate(copies: Iterable[Copy]) -> int:
            mark("relate")
            done = store.add_copies(copies)
            mark("related")
            return done

        network = FetchConfig(allowed=(ipaddress.ip_network("127.0.0.0/8"),))
        data = ROOT / "data"
        session = MarkedSession(
            archive, network, data, commit, lambda tables: None, relate, lambda: load_extractor(data), quiet=True
        )
        with session.stopping_on_signals(lambda text: None):
            summary = session.ingest(datetime.now(UTC))
        for failure in summary.failures:
            print(failure.message, file=sys.stderr)
        return 130 if session.stopped else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run", folder]:
            sys.exit(run_once(Path(folder)))
        case numbers:
            main(*map(int, numbers), *(100, 20)[len(numbers) :])
