"""What only the server store has: accounts and addresses, servers that are away or not ours, limits, full text."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.deriving import derive
from graph.errors import ConfigError, QueryError, StoreError, StoreUnavailable
from graph.schema import LABELS, RELATIONSHIPS
from graph.store import Added, ClaimQuery, QueryLimits
from graph.stores import neo4j_schema, open_store
from graph.stores.neo4j import Neo4jStore
from graph.stores.neo4j_bounds import check_bounds
from graph.stores.neo4j_server import get_bookmarks, read_account
from graph.stores.neo4j_words import index_en, index_ja, look_up
from tests.contract.builders import Said, make_extraction
from tests.graph.conftest import ROOT, STORY
from tests.neo4j.server import Server

SECRET = "hunter2-in-the-address"
ACCOUNT = {"CLAIMGRAPH_NEO4J_USER": "neo4j", "CLAIMGRAPH_NEO4J_PASSWORD": SECRET}


@pytest.fixture
def server(neo4j_server: Server) -> Server:
    neo4j_server.empty()
    return neo4j_server


@pytest.fixture
def neo4j_store(server: Server) -> Iterator[Neo4jStore]:
    with Neo4jStore(server.address) as store:
        store.add([STORY])
        yield store


@pytest.mark.parametrize(
    "address",
    [
        f"bolt://neo4j:{SECRET}@127.0.0.1:7687",
        f"neo4j+s://neo4j:{SECRET}@db.example",
        f"bolt://{SECRET}@db.example",
        f"bolt://db.example?password={SECRET}",
        f"bolt://db.example/{SECRET}",
        f"bolt://db.example#{SECRET}",
        f"bolt://db.example:{SECRET}",
        "bolt://",
        "bolt://[::1",
    ],
)
def test_an_address_that_carries_more_than_a_place_is_refused_unseen(address: str) -> None:
    with pytest.raises(ConfigError, match="CLAIMGRAPH_NEO4J_USER") as error:
        open_store(address)
    assert SECRET not in f"{error.value} {error.value!r} {error.value.subject}"


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "asks for an account: set CLAIMGRAPH_NEO4J_USER"),
        ({"CLAIMGRAPH_NEO4J_USER": "neo4j"}, "asks for an account"),
        ({"CLAIMGRAPH_NEO4J_PASSWORD": SECRET}, "asks for an account"),
        ({"CLAIMGRAPH_NEO4J_USER": "neo4j", "CLAIMGRAPH_NEO4J_PASSWORD_FILE": "/none/there"}, "No such file"),
    ],
)
def test_a_missing_account_is_told(environment: dict[str, str], words: str) -> None:
    with pytest.raises(StoreUnavailable, match=words) as error:
        read_account(environment)
    assert error.value.reason == "no_account"


def test_a_password_comes_from_a_file_and_is_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"{SECRET}\n")
    account = read_account({"CLAIMGRAPH_NEO4J_USER": "neo4j", "CLAIMGRAPH_NEO4J_PASSWORD_FILE": str(file)})
    assert account.password == SECRET
    assert SECRET not in f"{account} {account!r}"


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_server_that_is_down_is_told(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)
    started = time.monotonic()
    with pytest.raises(StoreUnavailable, match=f"store {scheme}://127.0.0.1:1 does not answer") as error:
        open_store(f"{scheme}://127.0.0.1:1")
    assert error.value.reason == "unreachable"
    assert SECRET not in str(error.value)
    assert time.monotonic() - started < 20


def test_a_wrong_password_is_told_and_not_shown(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMGRAPH_NEO4J_PASSWORD", SECRET)
    with pytest.raises(StoreUnavailable, match="refused the account of CLAIMGRAPH_NEO4J_USER") as error:
        open_store(server.address)
    assert error.value.reason == "refused_account"
    assert SECRET not in f"{error.value!r} {error.value.__cause__!r}"


def test_nothing_that_is_printed_holds_the_password(server: Server) -> None:
    environment = {**os.environ, **server.environment}
    command = [sys.executable, "-m", "claimgraph", "--store", server.address]
    for arguments in (["status"], ["search", "x"], ["cypher", "RETURN m"], ["show", "nobody"]):
        done = subprocess.run([*command, *arguments], cwd=ROOT, env=environment, capture_output=True, check=False)
        assert server.password.encode() not in done.stdout + done.stderr


def test_the_scheme_for_clusters_works_on_one_server(server: Server) -> None:
    with open_store(server.address.replace("bolt://", "neo4j://")) as store:
        assert store.add([STORY]).articles == 1


def test_what_one_store_of_a_process_wrote_is_asked_for_by_the_others(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    with Neo4jStore(server.address) as writing, Neo4jStore(server.address, read_only=True) as reading:
        writing.add([STORY])
        seen = writing.get_state().split()
        with caplog.at_level("DEBUG", logger="neo4j"):
            reading.count()
            reading.cypher("MATCH (c:Claim) RETURN count(c) AS n")
        begun = [record.getMessage() for record in caplog.records if " BEGIN " in record.getMessage()]
    assert len(begun) >= 2
    assert all(bookmark in message for bookmark in seen for message in begun)


def test_what_the_server_does_not_know_any_more_is_asked_for_once(neo4j_store: Neo4jStore) -> None:
    get_bookmarks(neo4j_store.address).update_bookmarks((), ("FB:of another server",))
    with pytest.raises(StoreError):
        neo4j_store.count()
    assert neo4j_store.count().articles == 1


def test_the_graph_is_that_of_the_schema_and_no_more(neo4j_store: Neo4jStore, server: Server) -> None:
    derive(neo4j_store)
    labels = {name for (name,) in neo4j_store.cypher("CALL db.labels() YIELD label RETURN label AS label").rows}
    assert labels == {"Source", "Article", "Entity", "Company", "Model", "Benchmark", "Claim", "Proposition", "Event"}
    with server.driver() as driver:
        for label in LABELS:
            text = f"MATCH (n:{label.name}) UNWIND keys(n) AS key RETURN collect(DISTINCT key) AS keys"
            [record] = driver.execute_query(text).records
            assert set(record["keys"]) <= {*label.properties, *label.kept}
        [record] = driver.execute_query("MATCH ()-[r]->() RETURN collect(DISTINCT type(r)) AS types").records
    assert set(record["types"]) <= {relationship.name for relationship in RELATIONSHIPS}


def test_what_the_store_keeps_for_itself_is_in_no_answer(neo4j_store: Neo4jStore) -> None:
    rows = neo4j_store.cypher(
        "MATCH (n:Claim) RETURN n AS n, properties(n) AS p, [n] AS l, {m: n} AS m, n {.*} AS x LIMIT 1"
    ).rows
    for value in ("record", "text_en", "moment", "key"):
        assert f"'{value}'" not in str(rows)


def test_full_text_indexes_stem_english_and_pair_japanese(neo4j_store: Neo4jStore, server: Server) -> None:
    neo4j_store.add([make_extraction(Said("ディープシークは蒸留した。"), url="https://news.example/2")])
    text = "CALL db.index.fulltext.queryNodes($index, $words) YIELD node RETURN count(*) AS n"
    with server.driver() as driver:
        for index, words in ((neo4j_schema.ENGLISH, "distill"), (neo4j_schema.JAPANESE, "蒸留")):
            assert driver.execute_query(text, index=index, words=words).records[0]["n"] == 1


def test_constraints_and_indexes_are_made_once(neo4j_store: Neo4jStore, server: Server) -> None:
    def names() -> list[str]:
        with server.driver() as driver:
            return sorted(record["name"] for record in driver.execute_query("SHOW INDEXES YIELD name").records)

    before = names()
    with Neo4jStore(server.address):
        assert names() == before
    assert {neo4j_schema.ENGLISH, neo4j_schema.JAPANESE, neo4j_schema.SPELLINGS} <= set(before)


def test_the_data_of_another_program_is_refused_and_untouched(server: Server) -> None:
    with server.driver() as driver, _without_schema(server):
        driver.execute_query("CREATE (:Movie {title: 'x'})")
        with pytest.raises(StoreUnavailable, match="another program"):
            open_store(server.address)
        with pytest.raises(StoreUnavailable, match="no store at"):
            open_store(server.address, read_only=True)
        assert driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == 1
        driver.execute_query("MATCH (n) DELETE n")


def test_a_newer_format_is_refused(neo4j_store: Neo4jStore, server: Server) -> None:
    with server.driver() as driver:
        driver.execute_query("CREATE CONSTRAINT claimgraph_format_99 FOR (n:Source) REQUIRE n.x IS UNIQUE")
        try:
            with pytest.raises(StoreUnavailable, match=r"format 99.*newer claimgraph"):
                open_store(server.address)
        finally:
            driver.execute_query("DROP CONSTRAINT claimgraph_format_99")


def test_a_server_of_the_first_format_is_brought_along(neo4j_store: Neo4jStore, server: Server) -> None:
    with server.driver() as driver:
        driver.execute_query("MATCH (c:Claim) SET c.queued = null, c.extractor = 'frame', c.reader = null")
        driver.execute_query("DROP CONSTRAINT claimgraph_format_4")
        driver.execute_query("DROP CONSTRAINT claimgraph_source_id")
        driver.execute_query("DROP INDEX claimgraph_claim_queued")
        driver.execute_query("CREATE CONSTRAINT claimgraph_format_1 FOR (n:Source) REQUIRE n.id IS UNIQUE")
        try:
            with open_store(server.address) as store:
                assert store.count_queued() == 2
                assert derive(store).claims == 2
            with open_store(server.address) as store:
                assert store.count_queued() == 0
            names = {record["name"] for record in driver.execute_query("SHOW CONSTRAINTS YIELD name").records}
            assert {"claimgraph_source_id", "claimgraph_format_4"} <= names
            assert "claimgraph_format_1" not in names
        finally:
            driver.execute_query("DROP CONSTRAINT claimgraph_format_1 IF EXISTS")


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
def test_claims_found_by_rules_are_told_by_their_readers(
    neo4j_store: Neo4jStore, server: Server, read_only: bool
) -> None:
    said = [Said(f"More of {rule}.", object="OpenAI") for rule in ("table", "leaderboard", "")]
    neo4j_store.add([make_extraction(*said, url="https://news.example/2")])
    derive(neo4j_store)
    claims = neo4j_store.find_claims(ClaimQuery()).claims
    with server.driver() as driver:
        for rule in ("table", "leaderboard", ""):
            driver.execute_query(
                "MATCH (c:Claim {text: $text}) SET c.extractor = $rule", text=f"More of {rule}.", rule=rule
            )
        driver.execute_query("MATCH (c:Claim) SET c.extractor = coalesce(c.extractor, 'frame'), c.reader = null")
        driver.execute_query("CREATE CONSTRAINT claimgraph_format_2 FOR (n:Source) REQUIRE n.format_2 IS UNIQUE")
        driver.execute_query("DROP CONSTRAINT claimgraph_format_4")
        with open_store(server.address, read_only=read_only) as store:
            now = store.find_claims(ClaimQuery()).claims
            assert store.count_queued() == 0
        [record] = driver.execute_query("MATCH (c:Claim) RETURN count(c.extractor) AS n").records
        assert record["n"] == 0
        names = {record["name"] for record in driver.execute_query("SHOW CONSTRAINTS YIELD name").records}
    assert "claimgraph_format_4" in names
    assert "claimgraph_format_2" not in names
    assert [replace(claim, reader="test 1") for claim in now] == list(claims)
    readers = {claim.text: claim.reader for claim in now}
    assert readers.pop("More of table.") == "tables 1"
    assert readers.pop("More of leaderboard.") == "leaderboards 1"
    assert set(readers.values()) == {"rules 1"}


def test_reading_only_writes_nothing(neo4j_store: Neo4jStore, server: Server) -> None:
    with open_store(server.address, read_only=True) as reader:
        with pytest.raises(StoreError, match="reading only"):
            reader.add([STORY])
        with pytest.raises(StoreError, match="reading only"):
            reader.add_entities([])


def test_a_closed_store_says_so(neo4j_store: Neo4jStore) -> None:
    neo4j_store.close()
    neo4j_store.close()
    with pytest.raises(StoreError, match="is closed"):
        neo4j_store.count()


def test_writers_at_once_lose_nothing_and_repeat_nothing(server: Server) -> None:
    batches = [
        [
            make_extraction(
                Said(f"DeepSeek, {writer} and {n}.", object="OpenAI"), url=f"https://x.example/{writer}/{n}"
            )
            for n in range(12)
        ]
        for writer in range(4)
    ]
    added: list[Added] = []

    def write(number: int) -> None:
        with open_store(server.address) as store:
            added.append(store.add([*batches[number], *batches[0]]))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_store(server.address) as store:
        assert sum(result.articles for result in added) == store.count().articles == 48
        assert sum(result.claims for result in added) == store.count().claims == 48
        assert [row.claims for row in store.list_entities()] == [48, 48]
        assert len(store.find_claims(ClaimQuery(), limit=100).claims) == 48


def test_a_server_that_goes_away_and_comes_back_is_used_again(server: Server) -> None:
    with open_store(server.address) as store:
        store.add([STORY])
        server.stop(kill=True)
        with pytest.raises(StoreUnavailable, match="does not answer"):
            store.count()
        with pytest.raises(StoreUnavailable, match="does not answer"):
            store.cypher("RETURN 1 AS n", limits=QueryLimits(seconds=10))
        server.start()
        assert store.count().claims == 2
        assert store.cypher("MATCH (c:Claim) RETURN count(c) AS n").rows == ((2,),)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("RETURN [x IN range(1, 1000000) | x] AS l", "100000 numbers"),
        ("RETURN [x IN range(1, $n) | x] AS l", "100000 numbers"),
        ("RETURN [x IN range(1, 1000) | [y IN range(1, 1000) | y]] AS l", "100000 numbers"),
        ("RETURN range(1, 10 ^ 9) AS l", "range takes whole numbers"),
        ("MATCH (c:Claim) RETURN range(1, c.value) AS l", "range takes whole numbers"),
        ("RETURN reduce(s = 'a', x IN [1, 2] | s + s) AS s", "may use s once"),
        ("WITH 'aa' AS s " + "WITH s + s AS s " * 12 + "RETURN s AS s", "too long a text"),
        ("WITH 'a' AS s RETURN replace(s, 'a', s) AS s", "replace takes a text in quotes"),
        ("MATCH (c:Claim) WHERE c.text =~ '(a*)*b' RETURN c.id AS id", "repeat a group"),
        ("MATCH (c:Claim) WHERE c.text =~ '(a|b){5}' RETURN c.id AS id", "repeat a group"),
        ("MATCH (c:Claim) WHERE c.text =~ '(a).*\\\\1' RETURN c.id AS id", "refer back"),
        ("MATCH (c:Claim) WHERE c.text =~ '.*a.*b.*c.*' RETURN c.id AS id", "open length"),
        (f"MATCH (c:Claim) WHERE c.text =~ '{'a?' * 20}' RETURN c.id AS id", "12 choices"),
        ("MATCH (c:Claim) WHERE c.text =~ 'a{1,5000}' RETURN c.id AS id", "more than 100 times"),
        ("MATCH (c:Claim) WHERE c.text =~ c.subject RETURN c.id AS id", "a text in quotes or a parameter"),
        ("MATCH (c:Claim) WHERE c.text =~ '(a' + '*)*' RETURN c.id AS id", "a text in quotes or a parameter"),
        ("MATCH (c:Claim) WHERE c.text =~ $p RETURN c.id AS id", "repeat a group"),
    ],
)
def test_what_the_server_has_no_limit_for_is_refused(query: str, words: str) -> None:
    with pytest.raises(QueryError, match=words) as error:
        check_bounds(query, {"n": 10**9, "p": "(.*)*"})
    assert error.value.reason == "refused"


@pytest.mark.parametrize(
    "query",
    [
        "UNWIND range(1, 10000000) AS x RETURN x AS x",
        "RETURN [x IN range(0, size($names) - 1) | $names[x]] AS l",
        "RETURN reduce(total = 0, x IN [1, 2, 3] | total + x) AS n",
        "RETURN reduce(s = '', n IN $names | s + n + ', ') AS s",
        "MATCH (c:Claim) WHERE c.text =~ '(?i).*(openai|deepseek) .*' RETURN c.id AS id",
        r"MATCH (c:Claim) WHERE c.text =~ '[A-Z][a-z]+ \\d{1,3}%?.*' RETURN c.id AS id",
        "MATCH (c:Claim) RETURN c.subject + ' → ' + c.object AS pair, c.value + c.high AS n",
        "MATCH (c:Claim) RETURN replace(c.text, 'OpenAI', 'the firm') AS t",
    ],
)
def test_what_its_text_bounds_is_sent(query: str) -> None:
    check_bounds(query, {"names": ["a", "b"]})


def test_words_are_those_of_the_default_store() -> None:
    assert index_en("U.S. café—ＮＶＩＤＩＡ's o3-mini") == " u s cafe nvidia s o3 mini "
    assert index_en("DeepSeekの蒸留") == " deepseek の蒸 蒸留 留 "
    assert index_ja("DeepSeekの蒸留") == " の蒸 蒸留 留 "
    assert index_ja("DeepSeek only") is None


@pytest.mark.parametrize(
    ("term", "needle", "english", "japanese"),
    [
        ("the DeepSeek", " the deepseek ", ('+"deepseek"',), ()),
        ("蒸留", " 蒸留 ", (), ('+"蒸留"',)),
        ("株", " 株", (), ("+株*",)),
        ("OpenAIの技術", " openai の技 技術 ", ('+"openai"',), ('+"の技"', '+"技術"')),
    ],
)
def test_a_term_is_looked_up_by_index_and_to_the_letter(
    term: str, needle: str, english: tuple[str, ...], japanese: tuple[str, ...]
) -> None:
    [words] = look_up([term])
    assert (words.needle, words.english, words.japanese) == (needle, english, japanese)


class _without_schema:  # noqa: N801 - reads as a phrase where it is used
    """The server as a newcomer finds it: no constraint and no index of ours; they are made again at the end."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __enter__(self) -> None:
        with self._server.driver() as driver:
            for kind, kinds in (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES")):
                records = driver.execute_query(f"SHOW {kinds} YIELD name").records
                for record in records:
                    if record["name"].startswith("claimgraph_"):
                        driver.execute_query(f"DROP {kind} {record['name']} IF EXISTS")

    def __exit__(self, *_: object) -> None:
        with open_store(self._server.address):
            pass
