"""Feeds broken at random: `python -m bench.mutate [SHARED] [HOW_MANY]`.

Seeds are the documents of tests/server/hostile_feeds.py that are small and do not hang, those of the demo and, where
SHARED has them, data/feeds and data/hostile, which are first read whole. Each mutant goes through the sandbox as a
fetched document would. Every one must be parsed or refused for a reason, within the deadline, memory under its cap.
"""

import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import ParseError
from ingest.sandbox import Sandbox
from ingest.sources.documents import LONGEST_DOCUMENT, parse_feed
from tests.server.hostile_feeds import make_hostile

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 1, tzinfo=UTC)
# Seeds that take seconds whole would take the whole day as thousands of mutants.
_LARGEST_SEED = 300_000
_PIECES = (
    b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"\0", b"\xff\xfe", b"&#xD800;", b"&#0;", b"&x;",
    b"<item>", b"a@a." * 40,
    b"</channel>", b"<?xml version='1.0' encoding='utf-16'?>", b"xmlns='", b"\xe3\x81", b"{", b"[" * 50, b'"',
)  # fmt: skip


def find_seeds(shared: Path | None) -> list[bytes]:
    own = [one.body for one in make_hostile(b"http://127.0.0.1:9/").values() if one.ends != "timeout"]
    own += [file.read_bytes() for file in sorted((ROOT / "data" / "demo" / "feeds").glob("*.xml"))]
    return [body for body in [*own, *find_shared(shared)] if 0 < len(body) <= _LARGEST_SEED]


def find_shared(shared: Path | None) -> list[bytes]:
    folders = [shared / "data" / name for name in ("feeds", "hostile")] if shared else []
    files = [file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    return [file.read_bytes() for file in files if file.name != "MANIFEST.tsv"]


def iter_mutants(seeds: Sequence[bytes], count: int, seed: int = 7) -> Iterator[bytes]:
    """Documents with one to eight changes each; the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        body = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 8)):
            mutate(body, chance)
        yield bytes(body[:LONGEST_DOCUMENT])


def mutate(body: bytearray, chance: random.Random) -> None:
    """One change in place: a byte, a piece put in, cut out, doubled, moved, or the end cut off."""
    at = chance.randrange(len(body) + 1)
    span = body[at : at + chance.choice((1, 10, 200, 5_000))]
    match chance.randrange(6):
        case 0:
            body[at : at + 1] = bytes([chance.randrange(256)])
        case 1:
            body[at:at] = chance.choice(_PIECES) * chance.choice((1, 1, 1, 20))
        case 2:
            del body[at : at + len(span)]
        case 3:
            body[at:at] = span * chance.choice((1, 2, 30))
        case 4:
            to = chance.randrange(len(body) + 1)
            body[to:to] = span
        case _:
            del body[at:]


def read_all(sandbox: Sandbox, bodies: Iterator[bytes]) -> tuple[Counter[str], float]:
    """How often each ending came, and the longest time that one took, in seconds."""
    endings: Counter[str] = Counter()
    longest = 0.0
    for body in bodies:
        started = time.monotonic()
        try:
            sandbox.run(parse_feed, body, "https://a.example/feed", NOW)
            endings["parsed"] += 1
        except ParseError as error:
            endings[error.reason or "without a reason"] += 1
        longest = max(longest, time.monotonic() - started)
    return endings, longest


def main(shared: Path | None, count: int) -> None:
    seeds = find_seeds(shared)
    print(f"load {os.getloadavg()[0]:.1f}; {len(seeds)} seeds")
    with Sandbox(workers=1) as sandbox:
        for name, bodies in (("as they are", iter(find_shared(shared))), ("mutants", iter_mutants(seeds, count))):
            endings, longest = read_all(sandbox, bodies)
            print(f"{name}: {sum(endings.values())}; longest {longest:.1f} s by the clock; {dict(endings)}")
    own, worker = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"peak memory: {own} MiB here, {worker} MiB in a worker")


if __name__ == "__main__":
    main(
        Path(sys.argv[1]) if len(sys.argv) > 1 and Path(sys.argv[1]).is_dir() else None,
        int(sys.argv[2]) if len(sys.argv) > 2 else 10_000,
    )
