"""The graph follows the store: equal to one made anew, whatever was written and whoever was killed."""

import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graph.deriving import derive
from graph.errors import ClaimGraphError, JudgementRefused, NotFound
from graph.judging.making import make_judgement
from graph.records import (
    ClaimId,
    Copy,
    CopyKind,
    EntityType,
    Extraction,
    Judgement,
    JudgementKind,
    Polarity,
    Quantity,
    Relation,
    Tie,
)
from graph.schema import LABELS, RELATIONSHIPS
from graph.store import QueryLimits
from graph.stores import changes, projection
from graph.stores.changes import log_changes, note_consumer, prune, read_version
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import ENTITIES, NOON, Said, make_extraction
from tests.graph.conftest import STORY
from tests.graph.processes import children, is_running, wait_for

COUNT = "MATCH (c:Claim) RETURN count(c) AS n"
LIMITS = QueryLimits(seconds=20, rows=100_000)
NODES = {label.name: f"MATCH (n:{label.name}) RETURN properties(n) AS p, labels(n) AS l" for label in LABELS}
TIES = {
    f"{r.name} {r.owner}": f"MATCH (a:{r.start})-[r:{r.name}]->(b:{r.end}) "
    "RETURN a.id AS a, b.id AS b, properties(r) AS p"
    for r in RELATIONSHIPS
}


@pytest.fixture
def anew(store: SqliteStore, tmp_path: Path) -> Iterator[SqliteStore]:
    """The same store with a graph of its own, made when first asked."""
    link = tmp_path / "anew" / "store.db"
    link.parent.mkdir()
    connection = sqlite3.connect(store.path)
    connection.execute("VACUUM INTO ?", (str(link),))
    connection.close()
    with SqliteStore(link) as other:
        yield other


def test_what_was_added_is_in_the_next_answer_without_a_new_file(store: SqliteStore, path: Path) -> None:
    assert _count(store) == 2
    files = _files(path)
    for n in range(3):
        store.add([_article(n)])
        assert _count(store) == 3 + n
    assert _files(path) == files
    assert len(children("worker", store.path)) == 1


@pytest.mark.parametrize("seed", range(8))
def test_the_graph_equals_one_made_anew_after_any_sequence(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with SqliteStore(path) as store:
        for step in range(16):
            _change(store, chance, step)
            if chance.random() < 0.5:
                derive(store)
            if chance.random() < 0.6:
                assert _count(store) == store.count().claims
            if chance.random() < 0.15:
                for pid in children("worker", store.path):
                    _kill(pid)
        followed = _digest(store)
    shutil.rmtree(path.with_name("store.db-graph"))
    with SqliteStore(path) as store:
        made_anew = _digest(store)
    assert {name: count for name, (count, _) in followed.items()} == {
        name: count for name, (count, _) in made_anew.items()
    }
    assert followed == made_anew
    assert sum(count for count, _ in followed.values()) > 50


def test_a_file_written_from_an_earlier_one_equals_one_made_anew(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(7)
    for step in range(20):
        _change(store, chance, step)
        derive(store)
    first = _count(store)
    store.add([_article(999)])
    _delete_claim(store, STORY.claims[0].id)
    monkeypatch.setattr(projection, "AT_ONCE", 0)
    assert _count(store) == first
    [_] = _files(path)
    followed = _digest(store)
    shutil.rmtree(path.with_name("store.db-graph"))
    with SqliteStore(path) as other:
        assert _digest(other) == followed


def test_a_deleted_record_goes_with_its_relationships(store: SqliteStore) -> None:
    assert _count(store) == 2
    _delete_claim(store, STORY.claims[0].id)
    assert store.cypher("MATCH (c:Claim) RETURN c.id AS id").rows == ((STORY.claims[1].id,),)
    assert store.cypher("MATCH ()-[r:SUBJECT]->() RETURN count(r) AS n").rows == ((1,),)


def test_an_entity_of_another_type_loses_the_label_it_had(store: SqliteStore) -> None:
    assert store.cypher("MATCH (e:Model) RETURN count(e) AS n").rows == ((1,),)
    store.add_entities([replace(ENTITIES["DeepSeek-R1"], type=EntityType.PRODUCT, wikidata=None, curated=True)])
    table = store.cypher("MATCH (e:Entity {name: 'DeepSeek-R1'}) RETURN labels(e) AS l, e.wikidata AS w")
    assert table.rows == ((["Entity", "Product"], None),)
    assert store.cypher("MATCH (e:Model) RETURN count(e) AS n").rows == ((0,),)


def test_a_worker_killed_while_it_takes_up_changes_is_replaced(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _count(store) == 2
    [pid] = children("worker", store.path)
    os.kill(pid, signal.SIGSTOP)
    store.add([_article(1)])
    threading.Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
    assert _count(store) == 3


def test_workers_killed_at_any_moment_never_make_an_answer_wrong(store: SqliteStore) -> None:
    stop = threading.Event()
    chance = random.Random(3)

    def kill() -> None:
        while not stop.wait(chance.uniform(0.0, 0.3)):
            for pid in children("worker", store.path) | children("rebuild", store.path):
                _kill(pid)

    killer = threading.Thread(target=kill)
    killer.start()
    right = 0
    try:
        for n in range(25):
            store.add([_article(n)])
            try:
                counted = _count(store)
            except ClaimGraphError:  # told, and the next one is right
                continue
            assert counted == 3 + n
            right += 1
    finally:
        stop.set()
        killer.join()
    assert right > 0
    assert _count(store) == 27


def test_a_killed_builder_is_replaced(store: SqliteStore) -> None:
    done = threading.Event()

    def kill_first() -> None:
        while not done.is_set():
            for pid in children("rebuild", store.path):
                _kill(pid)
                return

    killer = threading.Thread(target=kill_first)
    killer.start()
    try:
        assert _count(store) == 2
    finally:
        done.set()
        killer.join()


def test_a_worker_too_far_behind_begins_from_a_new_file(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _count(store) == 2
    before = _files(path)
    monkeypatch.setattr(projection, "AT_ONCE", 5)
    store.add([_article(n) for n in range(10)])
    assert _count(store) == 12
    assert len(_files(path)) == 1
    assert _files(path) != before


def test_a_worker_that_has_taken_much_begins_again(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _count(store) == 2
    first = children("worker", store.path)
    monkeypatch.setattr(projection, "MOST_TAKEN", 3)
    for n in range(4):
        store.add([_article(n)])
        assert _count(store) == 3 + n
    assert children("worker", store.path).isdisjoint(first)


def test_the_file_is_renewed_behind_the_queries(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _count(store) == 2
    before = _files(path)
    monkeypatch.setattr(projection, "SOON", 5)
    store.add([_article(n) for n in range(10)])
    assert _count(store) == 12
    wait_for(lambda: len(_files(path)) == 1 and _files(path) != before)


def test_two_processes_share_a_file_and_follow_each_for_itself(store: SqliteStore, path: Path) -> None:
    assert _count(store) == 2
    with SqliteStore(path, read_only=True) as reader:
        store.add([_article(1)])
        assert (_count(reader), _count(store)) == (3, 3)
        assert len(_files(path)) == 1


def test_another_history_with_equal_numbers_is_told_apart(store: SqliteStore, path: Path, anew: SqliteStore) -> None:
    """As after a restore by hand: both stores have the same changes, then each one more of its own."""
    store.add([_article(1)])
    anew.add([_article(2)])
    assert _count(store) == 3
    assert store.cypher("MATCH (c:Claim {text: 'Claim 2 of DeepSeek.'}) RETURN count(c) AS n").rows == ((0,),)
    store.close()
    anew.close()
    shutil.copy(anew.path, path)
    with SqliteStore(path) as store:
        assert store.cypher("MATCH (c:Claim {text: 'Claim 2 of DeepSeek.'}) RETURN count(c) AS n").rows == ((1,),)
        assert store.cypher("MATCH (c:Claim {text: 'Claim 1 of DeepSeek.'}) RETURN count(c) AS n").rows == ((0,),)


def test_the_log_is_pruned_below_its_oldest_consumer(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "KEPT", 4)
    monkeypatch.setattr(changes, "STEP", 1)
    assert _count(store) == 2  # the graph is a consumer from here on
    [(name, seq)] = _rows(path, "SELECT name, seq FROM consumer")
    assert name.startswith("graph-")
    store.add([_article(n) for n in range(20)])
    assert _rows(path, "SELECT min(seq) FROM change") == [(seq,)]
    assert _count(store) == 22
    _execute(path, "UPDATE consumer SET seen_at = 0")
    store.add([_article(50)])
    [(first, last)] = _rows(path, "SELECT min(seq), max(seq) FROM change")
    assert first == last - 4
    assert _count(store) == 23


def test_the_log_stays_bounded_though_a_consumer_stands_still(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"KEPT": 4, "STEP": 1, "MOST": 30}.items():
        monkeypatch.setattr(changes, name, value)
    with SqliteStore(path) as store:
        connection = sqlite3.connect(path)
        note_consumer(connection, "somebody", 1, datetime.now(UTC))
        connection.commit()
        connection.close()
        for n in range(40):
            store.add([_article(n)])
    [(first, last)] = _rows(path, "SELECT min(seq), max(seq) FROM change")
    assert last - first == 30


def test_a_reader_behind_what_was_pruned_begins_anew(store: SqliteStore, path: Path) -> None:
    assert _count(store) == 2
    store.add([_article(1)])
    _execute(path, "DELETE FROM change WHERE seq < (SELECT max(seq) FROM change)")
    assert _count(store) == 3


def test_nothing_is_pruned_while_all_is_new(path: Path) -> None:
    with SqliteStore(path) as store:
        store.add([STORY])
        connection = sqlite3.connect(path)
        before = read_version(connection)
        prune(connection, datetime.now(UTC) + timedelta(days=365))
        assert connection.execute("SELECT min(seq) FROM change").fetchone() == (1,)
        assert read_version(connection) == before
        connection.close()


def _article(n: int) -> Extraction:
    return make_extraction(Said(f"Claim {n} of DeepSeek."), url=f"https://news.example/a{n}")


def _change(store: SqliteStore, chance: random.Random, step: int) -> None:
    """Something that a store is told in its life, or a deletion, which the log knows and no command does yet."""
    what = chance.randrange(13)
    names = sorted(ENTITIES)
    if what < 6:
        store.add(_random_article(chance, names, f"{step}-{n}") for n in range(chance.randrange(1, 4)))
    elif what == 6:
        entity = ENTITIES[chance.choice(names)]
        store.add_entities([replace(entity, type=chance.choice(list(EntityType)), curated=True)])
    elif what == 7:
        entity = ENTITIES[chance.choice(names)]
        aliases = tuple(chance.sample(["a", "b", "c", "別名"], 2))
        store.add_entities([replace(entity, aliases=aliases, name_ja=chance.choice([None, "名"]))])
    elif what == 8:
        ends = [ENTITIES[chance.choice(names)] for _ in range(2)]
        store.add_entities(ends, [Tie(ends[0].id, chance.choice(list(Relation)), ends[1].id, f"s{step % 3}")])
    elif what == 9:
        store.add_copies(_random_copies(store, chance))
    elif what > 9:
        with suppress(JudgementRefused, NotFound):
            store.judge(_random_judgement(store, chance, step))
    elif ids := [id for (id,) in _rows(store.path, "SELECT id FROM claim ORDER BY id")]:
        _delete_claim(store, str(chance.choice(ids)))


def _random_copies(store: SqliteStore, chance: random.Random) -> list[Copy]:
    ids = [article.id for article in store.list_articles(limit=9)]
    pairs = [chance.sample(ids, 2) for _ in range(2) if len(ids) > 1]
    return [Copy(a, b, chance.choice(list(CopyKind)), 0.5) for a, b in pairs]


def _random_judgement(store: SqliteStore, chance: random.Random, step: int) -> Judgement:
    about = [ENTITIES[name].id for name in chance.sample(sorted(ENTITIES), 2)]
    made = [judgement.id for judgement in store.list_judgements()]
    claims = [ClaimId(id) for (id,) in _rows(store.path, "SELECT id FROM claim ORDER BY id LIMIT 5")]
    kind = chance.choice([JudgementKind.MERGE, JudgementKind.MERGE, JudgementKind.SPLIT, JudgementKind.UNDO])
    undoes = chance.choice(made) if made and kind is JudgementKind.UNDO else None
    if kind is JudgementKind.SPLIT:
        return make_judgement(kind, about, "ann", NOON, f"step {step}", claims=claims, aliases=["a"])
    return make_judgement(kind, [] if kind is JudgementKind.UNDO else about, "ann", NOON, f"{step}", undoes=undoes)


def _random_article(chance: random.Random, names: list[str], url: str) -> Extraction:
    said = [
        Said(
            f"{chance.choice(names)} said 文 {url} {n}.",
            subject=chance.choice([*names, "somebody"]),
            object=chance.choice([None, *names]),
            benchmark=chance.choice([None, None, "AIME 2024"]),
            speakers=tuple(chance.choice([*names, "people"]) for _ in range(chance.randrange(4))),
            polarity=chance.choice(list(Polarity)),
            quantity=chance.choice([None, Quantity("", 1.5, "%"), Quantity("cost", 1e6, "USD")]),
        )
        for n in range(chance.randrange(4))
    ]
    at = NOON + timedelta(minutes=chance.randrange(10_000))
    domain = chance.choice(["news.example", "b.example"])
    return make_extraction(*said, url=f"https://{domain}/{url}", at=at, domain=domain)


def _delete_claim(store: SqliteStore, id: str) -> None:
    connection = sqlite3.connect(store.path)
    connection.execute("PRAGMA foreign_keys = ON")
    with connection:
        [(cid,)] = connection.execute("SELECT cid FROM claim WHERE id = ?", (id,)).fetchall()
        connection.execute("DELETE FROM party_added WHERE cid = ?", (cid,))
        connection.execute("DELETE FROM party WHERE cid = ?", (cid,))
        connection.execute("DELETE FROM claim WHERE cid = ?", (cid,))
        log_changes(connection, "claim", [(cid, id)], "del")
    connection.close()


def _digest(store: SqliteStore) -> dict[str, tuple[int, str]]:
    """How many of each label and type there are, and a hash of all their properties, labels and ends."""
    found = {}
    for name, query in {**NODES, **TIES}.items():
        rows = sorted(json.dumps(row, sort_keys=True) for row in store.cypher(query, limits=LIMITS).rows)
        found[name] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found


def _count(store: SqliteStore) -> int:
    ((count,),) = store.cypher(COUNT).rows
    assert isinstance(count, int)
    return count


def _files(path: Path) -> Counter[str]:
    return Counter(file.name for file in path.with_name(f"{path.name}-graph").glob("*.kgl"))


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    wait_for(lambda: not is_running(pid))


def _rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    rows = connection.execute(query).fetchall()
    connection.close()
    return rows


def _execute(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement)
    connection.close()
