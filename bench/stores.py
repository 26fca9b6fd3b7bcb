"""Times the default store on generated claims: loading, the protocol's questions, Cypher and the rebuild of its graph.

    python bench/stores.py 10000 100000

Loading stands beside a plain executemany of the same claims' texts into one table; a question's time beside the size of
its answer. Entities are skewed: the most named one is in about one claim of seven, as NVIDIA is in such news.
"""

import random
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from graph.errors import QueryError
from graph.ids import make_article_id, make_claim_id, make_entity_id, make_source_id
from graph.records import (
    PREDICATES,
    Article,
    Claim,
    Claimant,
    ClaimType,
    Entity,
    EntityType,
    Extraction,
    Mention,
    Modality,
    Party,
    Polarity,
    Quantity,
    Source,
)
from graph.store import ClaimQuery, Facet, QueryLimits
from graph.stores.sqlite import SqliteStore

CLAIMS_PER_ARTICLE = 8
RUNS = 60
START = datetime(2025, 1, 1, tzinfo=UTC)
ENGLISH = (
    "{s} said on Tuesday that {o} had used its chips to train a model of {n} billion parameters",
    "According to people familiar with the matter, {s} is accused of distillation of models by {o}, case {n}",
    "{s} outperforms {o} on the benchmark by {n} points, and NVIDIA Blackwell systems were not used",
    "Shares of {s} fell {n} percent after {o} released an open model that costs far less to train",
)
JAPANESE = (
    "{s}は火曜日、{o}が{n}億パラメータのモデルを蒸留によって学習させたと主張した",
    "関係者によると、{s}は{o}の技術を盗用した疑いで提訴される見通しで、訴訟額は{n}万ドルに上る",
    "{s}の新モデルは{o}を{n}ポイント上回り、NVIDIA Blackwell世代の半導体は使っていないとされる",
    "{o}の発表を受けて{s}の株価は{n}%下落し、規制当局が調査に乗り出したと報じられた",
)
QUERIES = {
    "one claim by id": "MATCH (c:Claim {id: $id}) RETURN c.text AS text",
    "claims of a speaker": (
        "MATCH (c:Claim)-[:CLAIMED_BY]->(e:Entity {id: $rare}) "
        "RETURN c.id AS id, c.reported_at AS at ORDER BY at DESC LIMIT 20"
    ),
    "links of two": (
        "MATCH (a:Entity {id: $hub})<-[r:SUBJECT|OBJECT]-(c:Claim)-[q:SUBJECT|OBJECT]->(b:Entity {id: $rare}) "
        "RETURN c.id AS id, type(r) AS first, type(q) AS second LIMIT 100"
    ),
    "group all": "MATCH (c:Claim) RETURN c.claim_type AS type, c.lang AS lang, count(*) AS n ORDER BY n DESC",
    "text scan": "MATCH (c:Claim) WHERE c.text CONTAINS '提訴' RETURN count(*) AS n",
}


class Generator:
    """Extractions by the seed: the same number gives the same."""

    def __init__(self, claims: int) -> None:
        self._random = random.Random(claims)
        self._claims = claims
        kinds = list(EntityType)
        self.entities = [
            Entity(make_entity_id(f"Name {n}"), f"Name {n}", kinds[n % len(kinds)], f"名前{n}", (f"N-{n}",))
            for n in range(max(20, claims // 40))
        ]
        self.sources = [
            Source(make_source_id(f"s{n}.example"), f"Source {n}", f"s{n}.example", lang="ja" if n % 3 == 0 else "en")
            for n in range(200)
        ]

    def __iter__(self) -> Iterator[Extraction]:
        for number in range(self._claims // CLAIMS_PER_ARTICLE):
            yield self._make(number)

    def _make(self, number: int) -> Extraction:
        source = self._random.choice(self.sources)
        lang = source.lang or "en"
        pairs = [(self._pick(), self._pick()) for _ in range(CLAIMS_PER_ARTICLE)]
        sentences = [self._sentence(lang, *pair) for pair in pairs]
        text = "\n".join(sentences)
        url = f"https://{source.domain}/{number}"
        at = START + timedelta(seconds=self._random.randrange(500 * 86_400))
        article = Article(make_article_id(url, text), url, source, sentences[0], text, lang, at, at)
        spans = self._spans(sentences)
        claims = tuple(
            self._claim(article, span, sentence, *pair)
            for span, sentence, pair in zip(spans, sentences, pairs, strict=True)
        )
        named = tuple({entity.id: entity for pair in pairs for entity in pair}.values())
        mentions = tuple(Mention(e.id, (0, 1), e.name) for e in named)
        return Extraction(article, named, mentions, claims)

    def _pick(self) -> Entity:
        return self.entities[min(int(self._random.paretovariate(0.5)) - 1, 10**6) % len(self.entities)]

    def _sentence(self, lang: str, subject: Entity, object: Entity) -> str:
        pattern = self._random.choice(JAPANESE if lang == "ja" else ENGLISH)
        return pattern.format(s=subject.name, o=object.name, n=self._random.randrange(10_000))

    def _spans(self, sentences: Sequence[str]) -> list[tuple[int, int]]:
        starts = [sum(len(s) + 1 for s in sentences[:n]) for n in range(len(sentences))]
        return [(start, start + len(s)) for start, s in zip(starts, sentences, strict=True)]

    def _claim(self, article: Article, span: tuple[int, int], sentence: str, subject: Entity, object: Entity) -> Claim:
        kind = self._random.choice(list(ClaimType))
        predicate = self._random.choice(PREDICATES[kind])
        about, other = Party(subject.name, subject.id), Party(object.name, object.id)
        quantity = (
            Quantity("price", float(self._random.randrange(10**6)), "USD") if self._random.random() < 0.4 else None
        )
        polarity = Polarity.DENIED if self._random.random() < 0.05 else Polarity.AFFIRMED
        speaker = self._pick()
        return Claim(
            make_claim_id(article.id, span, predicate, about, other, quantity, None, polarity),
            article.id,
            span,
            sentence,
            article.lang,
            kind,
            predicate,
            about,
            other,
            quantity,
            None,
            (Claimant(Party(speaker.name, speaker.id), "said"), Claimant(Party("people familiar with it"), "told")),
            self._random.choice(list(Modality)),
            polarity,
            None,
            article.published_at,
        )


def main() -> None:
    for size in map(int, sys.argv[1:] or ["10000"]):
        folder = Path(tempfile.mkdtemp(prefix="claimgraph-bench-"))
        try:
            _bench(size, folder)
        finally:
            shutil.rmtree(folder)


def _bench(size: int, folder: Path) -> None:
    generator = Generator(size)
    extractions = list(generator)
    print(f"\n{size} claims, {len(extractions)} articles, {len(generator.entities)} entities")
    seconds = _time(lambda: _load_plain(folder / "plain.db", extractions))
    print(f"  plain executemany of claims     {size / seconds:10.0f} claims/s")
    path = folder / "store.db"
    with SqliteStore(path) as store:
        store.add_entities(generator.entities)
        seconds = _time(lambda: store.add(extractions))
        print(f"  add                             {size / seconds:10.0f} claims/s   {seconds:.1f} s")
        seconds = _time(lambda: store.add(extractions))
        print(f"  add again (nothing new)         {size / seconds:10.0f} claims/s")
        _print_sizes(path, extractions)
        _bench_questions(store, generator, extractions)
        _bench_cypher(store, generator, extractions)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"  largest child process           {peak:10.0f} MB")


def _load_plain(path: Path, extractions: Sequence[Extraction]) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(
            "CREATE TABLE claim (id TEXT PRIMARY KEY, article TEXT, text TEXT, lang TEXT, reported TEXT)"
        )
        connection.executemany(
            "INSERT INTO claim VALUES (?, ?, ?, ?, ?)",
            (
                (claim.id, claim.article_id, claim.text, claim.lang, claim.reported_at.isoformat())
                for extraction in extractions
                for claim in extraction.claims
            ),
        )
    connection.close()


def _print_sizes(path: Path, extractions: Sequence[Extraction]) -> None:
    text = sum(len(extraction.article.text.encode()) for extraction in extractions)
    with sqlite3.connect(path) as connection:
        packed = connection.execute("SELECT sum(length(body)) FROM article_text").fetchone()[0]
    connection.close()
    print(f"  file {path.stat().st_size / 1e6:.1f} MB; article text {text / 1e6:.1f} MB, packed {packed / 1e6:.1f} MB")


def _bench_questions(store: SqliteStore, generator: Generator, extractions: Sequence[Extraction]) -> None:
    hub, rare = generator.entities[0].id, generator.entities[len(generator.entities) // 2].id
    ids = [claim.id for claim in extractions[len(extractions) // 2].claims]
    week = START + timedelta(days=493)
    deep = store.find_claims(ClaimQuery(about=(hub,)), limit=500).next
    source = generator.sources[7].id
    questions: dict[str, Callable[[], object]] = {
        "get_claims, 8": lambda: store.get_claims(ids),
        "get_articles, 1": lambda: store.get_articles([extractions[3].article.id]),
        "get_entities, 1": lambda: store.get_entities([hub]),
        "find_entities, exact": lambda: store.find_entities("name 7"),
        "find_entities, prefix": lambda: store.find_entities("名前"),
        "find_claims, newest": lambda: store.find_claims(ClaimQuery()),
        "find_claims, about hub": lambda: store.find_claims(ClaimQuery(about=(hub,))),
        "find_claims, about hub, deep": lambda: store.find_claims(ClaimQuery(about=(hub,)), after=deep),
        "find_claims, about rare": lambda: store.find_claims(ClaimQuery(about=(rare,))),
        "find_claims, hub and rare": lambda: store.find_claims(ClaimQuery(about=(hub, rare))),
        "find_claims, hub denied": lambda: store.find_claims(
            ClaimQuery(about=(hub,), types=(ClaimType.LEGAL,), polarities=(Polarity.DENIED,))
        ),
        "find_claims, hub speaks": lambda: store.find_claims(ClaimQuery(speakers=(hub,))),
        "find_claims, source": lambda: store.find_claims(ClaimQuery(sources=(source,))),
        "find_claims, 提訴": lambda: store.find_claims(ClaimQuery(words=("提訴",))),
        "find_claims, NVIDIA Blackwell": lambda: store.find_claims(ClaimQuery(phrases=("NVIDIA Blackwell",))),
        "find_claims, word and hub": lambda: store.find_claims(ClaimQuery(words=("distillation",), about=(hub,))),
        "find_claims, word and rare": lambda: store.find_claims(ClaimQuery(words=("the",), about=(rare,))),
        "find_claims, without only": lambda: store.find_claims(ClaimQuery(without=("提訴",))),
        "find_claims, no such lang": lambda: store.find_claims(ClaimQuery(langs=("fr",))),
        "count_claims, hub by type": lambda: store.count_claims(ClaimQuery(about=(hub,)), Facet.TYPE),
        "count_claims, word by source": lambda: store.count_claims(ClaimQuery(words=("提訴",)), Facet.SOURCE),
        "list_entities": lambda: store.list_entities(),
        "list_entities, last week": lambda: store.list_entities(since=week),
        "list_entities, all since": lambda: store.list_entities(since=START),
        "list_articles, hub": lambda: store.list_articles(hub),
        "count": lambda: store.count(),
    }
    for name, question in questions.items():
        _print_times(name, question, RUNS)


def _bench_cypher(store: SqliteStore, generator: Generator, extractions: Sequence[Extraction]) -> None:
    limits = QueryLimits(seconds=30)
    seconds = _time(lambda: store.cypher("RETURN 1 AS n", limits=limits))
    print(f"  cypher, first: rebuild and start {seconds * 1000:9.0f} ms")
    with SqliteStore(store.path) as other:
        seconds = _time(lambda: other.cypher("RETURN 1 AS n", limits=limits))
        print(f"  cypher, first in another process {seconds * 1000:9.0f} ms")
    parameters = {
        "id": extractions[5].claims[0].id,
        "hub": generator.entities[0].id,
        "rare": generator.entities[len(generator.entities) // 2].id,
    }
    _print_times("cypher, RETURN 1", lambda: store.cypher("RETURN 1 AS n", limits=limits), RUNS)
    for name, query in QUERIES.items():
        used = {key: value for key, value in parameters.items() if f"${key}" in query}
        _print_times(f"cypher, {name}", lambda query=query, used=used: store.cypher(query, used, limits), 15)  # type: ignore[misc]
    runaway = "MATCH (a)-[*1..6]-(b) RETURN count(*) AS n"
    seconds = _time(lambda: _ask_refused(store, runaway))
    print(f"  cypher, runaway with 1 s        {seconds * 1000:10.0f} ms")
    seconds = _time(lambda: store.cypher("RETURN 1 AS n", limits=limits))
    print(f"  cypher, next (worker anew)      {seconds * 1000:10.0f} ms")


def _ask_refused(store: SqliteStore, query: str) -> None:
    try:
        store.cypher(query, limits=QueryLimits(seconds=1))
    except QueryError as error:
        print(f"    {error.reason}")


def _print_times(name: str, question: Callable[[], object], runs: int) -> None:
    times = sorted(_time(question) * 1000 for _ in range(runs))
    print(f"  {name:32}{times[runs // 2]:10.2f} ms p50{times[int(runs * 0.95)]:10.2f} ms p95")


def _time(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
