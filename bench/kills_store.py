"""A loading store killed again and again: `python bench/kills_store.py [KILLS [CLAIMS]]`, 100 and 150,000 unless told.

A child loads generated articles, some at a time, and says how many are stored; `kill -9` comes at a random moment, and
the next child begins some hundred articles before that. After each kill: is all there that was said to be stored, is
each article whole, is any record there twice? After some: does Cypher see the same? At the end: is every record as it
was generated?
"""

import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from itertools import chain, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.generate import CLAIMS_PER_ARTICLE, Generator, iter_chunks
from graph.records import Extraction
from graph.stores.sqlite import SqliteStore

# Articles in one call of `add`, by chance: less than a transaction takes, and more.
SIZES = (1, 16, 100, 700)


def main(kills: int, claims: int) -> None:
    generator = Generator(claims)
    articles = [extraction for chunk in iter_chunks(claims) for extraction in chunk]
    chance = random.Random(11)
    with tempfile.TemporaryDirectory(prefix="claimgraph-kills-") as folder:
        path = Path(folder) / "store.db"
        with SqliteStore(path) as store:
            store.add_entities(generator.entities)
        lost = partial = double = unequal = acknowledged = 0
        for number in range(kills):
            start = max(0, acknowledged - chance.randrange(400))
            acknowledged = max(acknowledged, _load_until_killed(path, claims, start, chance))
            found = _inspect(path)
            lost += max(0, acknowledged - found["articles"])
            partial += found["partial"]
            double += found["double"]
            if number % 10 == 9:
                unequal += _ask_cypher(path) != found["claims"]
                print(f"{number + 1} kills: {found['articles']} of {len(articles)} articles stored", flush=True)
        with SqliteStore(path) as store:
            store.add(articles)
            wrong = sum(not _is_equal(store, extraction) for extraction in articles)
        found = _inspect(path)
        print(f"{kills} kills: lost {lost}, partial {partial + found['partial']}, double {double + found['double']}")
        print(f"Cypher with another count: {unequal} of {kills // 10}")
        print(f"at the end {found['articles']} articles, {found['claims']} claims; unlike what was generated: {wrong}")


def load(path: Path, claims: int, start: int) -> None:
    """What the child does: tells after each call how many articles are stored."""
    chance = random.Random(start)
    articles = islice(chain.from_iterable(iter_chunks(claims)), start, None)
    done = start
    with SqliteStore(path) as store:
        while batch := list(islice(articles, chance.choice(SIZES))):
            store.add(batch)
            done += len(batch)
            print(done, flush=True)


def _load_until_killed(path: Path, claims: int, start: int, chance: random.Random) -> int:
    """How many articles the child said were stored."""
    command = [sys.executable, __file__, "load", str(path), str(claims), str(start)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        lines = [child.stdout.readline()]  # it works by now
        time.sleep(chance.expovariate(1 / 0.05))
        child.kill()
        lines += child.stdout.readlines()
    return max((int(line) for line in lines if line.endswith("\n")), default=0)


def _inspect(path: Path) -> dict[str, int]:
    """Counts, how many articles are not whole, and how many records are there twice or in no article."""
    with closing(sqlite3.connect(path)) as connection:

        def ask(query: str) -> int:
            return int(connection.execute(query).fetchone()[0])

        assert connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        claims = ask("SELECT count(*) FROM claim")
        return {
            "articles": ask("SELECT count(*) FROM article"),
            "claims": claims,
            "partial": ask(_PARTIAL) + abs(claims - ask(_FOUND)),
            "double": ask(_DOUBLE) + abs(ask("SELECT sum(claims) FROM entity") - ask(_ABOUT)),
        }


_PARTIAL = f"""
SELECT count(*) FROM article a
WHERE (SELECT count(*) FROM claim c WHERE c.aid = a.aid) <> {CLAIMS_PER_ARTICLE}
  OR NOT EXISTS (SELECT 1 FROM article_text t WHERE t.aid = a.aid)
  OR NOT EXISTS (SELECT 1 FROM mention m WHERE m.aid = a.aid)
  OR (SELECT count(*) FROM claim c JOIN party p USING (cid) WHERE c.aid = a.aid) <> {4 * CLAIMS_PER_ARTICLE}
"""
_DOUBLE = """
SELECT (SELECT count(*) - count(DISTINCT id) FROM article) + (SELECT count(*) - count(DISTINCT id) FROM claim)
  + (SELECT count(*) - count(DISTINCT kind || key) FROM change WHERE kind IN ('article', 'claim'))
"""
# Each generated sentence has one of these words.
_WORDS = "tuesday OR people OR outperforms OR shares OR 火曜 OR 関係 OR モデ OR 株価"
_FOUND = f"SELECT count(*) FROM claim_words WHERE claim_words MATCH '{_WORDS}'"
_ABOUT = "SELECT count(*) FROM (SELECT DISTINCT cid, eid FROM party WHERE role < 4 AND eid IS NOT NULL)"


def _ask_cypher(path: Path) -> object:
    with SqliteStore(path) as store:
        return store.cypher("MATCH (c:Claim) RETURN count(c) AS n").rows[0][0]


def _is_equal(store: SqliteStore, extraction: Extraction) -> bool:
    claims = store.get_claims([claim.id for claim in extraction.claims])
    [article] = store.get_articles([extraction.article.id])
    mentions = store.list_mentions(extraction.article.id)
    return (claims, article, mentions) == (extraction.claims, extraction.article, extraction.mentions)


if __name__ == "__main__":
    if sys.argv[1:2] == ["load"]:
        load(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        main(*(int(text) for text in sys.argv[1:3] or ["100", "150000"]))
