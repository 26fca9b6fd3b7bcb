"""`claimgraph copy`, ready queries by file, and a Neo4j server as the store, from the command line."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from graph.formats.copying import copy
from graph.stores import open_store
from graph.views import StatusView
from tests.contract.generated import ENTITIES, TIES, iter_extractions
from tests.neo4j.server import Server
from web.app import create_app

_QUERY = """// How many of a kind
// param kind = "legal"
MATCH (c:Claim {claim_type: $kind}) RETURN $kind AS kind, count(*) AS n
"""
_ARTICLES = 40


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("origin") / "graph.db"
    with open_store(str(path)) as store:
        store.add_entities(ENTITIES, TIES)
        store.add(iter_extractions(_ARTICLES))
    return path


def test_a_copy_says_what_it_did_and_again_that_nothing_was_left(origin: Path, tmp_path: Path) -> None:
    arguments = ["copy", "--from", str(origin), "--to", str(tmp_path / "copy.db")]
    first, second = _run(*arguments), _run(*arguments)
    assert first.exit_code == second.exit_code == 0, first.output
    assert first.stdout.startswith(f"copied {_ARTICLES} articles, ")
    assert "compared, equal" in first.stdout
    assert second.stdout.startswith("copied 0 articles, 0 claims, 0 entities, 0 judgements")
    assert first.stdout.splitlines()[1:] == second.stdout.splitlines()[1:]


def test_a_copy_as_json_is_one_object(origin: Path, tmp_path: Path) -> None:
    done = _run("copy", "--from", str(origin), "--to", str(tmp_path / "copy.db"), "--json")
    [line] = done.stdout.splitlines()
    copied = json.loads(line)
    assert copied["added"]["articles"] == copied["counts"]["articles"] == _ARTICLES
    assert len(copied["digest"]) == 64


@pytest.mark.parametrize(
    ("to", "code", "message"),
    [
        ("ORIGIN", 2, "are both"),
        ("ftp://db.example", 2, "a store is a file, or a bolt:// or neo4j:// address"),
        ("bolt://neo4j:hunter2@127.0.0.1:1", 2, "SCHEME://HOST:PORT and no more"),
        ("bolt://127.0.0.1:1", 3, "Neo4j asks for an account"),
    ],
)
def test_a_copy_to_nowhere_is_refused(
    origin: Path, monkeypatch: pytest.MonkeyPatch, to: str, code: int, message: str
) -> None:
    monkeypatch.delenv("CLAIMGRAPH_NEO4J_USER", raising=False)
    done = _run("copy", "--from", str(origin), "--to", to.replace("ORIGIN", str(origin)))
    assert (done.exit_code, done.stdout) == (code, "")
    assert message in done.stderr
    assert "hunter2" not in done.stderr


def test_a_copy_of_nothing_is_refused(tmp_path: Path) -> None:
    done = _run("copy", "--from", str(tmp_path / "none.db"), "--to", str(tmp_path / "copy.db"))
    assert done.exit_code == 3
    assert not (tmp_path / "copy.db").exists()


def test_a_query_file_brings_its_parameters_and_the_command_may_change_them(origin: Path, tmp_path: Path) -> None:
    file = tmp_path / "kinds.cypher"
    file.write_text(_QUERY, "utf-8")
    asked = ["--store", str(origin), "cypher", "--file", str(file), "--json"]
    kinds = [json.loads(_run(*asked, *more).stdout)["kind"] for more in ((), ("--param", "kind=deal"))]
    assert kinds == ["legal", "deal"]


def test_a_server_is_a_store_like_a_file(
    origin: Path, neo4j_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    neo4j_server.empty()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    there, back = neo4j_server.address, str(tmp_path / "back.db")
    for source, target in ((str(origin), there), (there, back)):
        done = _run("copy", "--from", source, "--to", target)
        assert done.exit_code == 0, done.output
    for command in (["status"], ["search", "lang:ja about:deepseek"], ["show", "deepseek"]):
        file, server = (_run("--store", store, *command) for store in (str(origin), there))
        assert server.exit_code == 0, server.stderr
        assert server.stdout.replace(there, str(origin)) == file.stdout


def test_pages_and_api_answer_alike_from_a_server(origin: Path, neo4j_server: Server) -> None:
    neo4j_server.empty()
    with open_store(str(origin)) as file, open_store(neo4j_server.address) as server:
        copy(file, server)
        article = next(server.iter_extractions()).article.id
        clients = [create_app(store, lambda: StatusView(file.count())).test_client() for store in (file, server)]
        for address in (
            "/",
            "/api/v1/home",
            "/api/v1/search?q=distilled&limit=5&order=newest",
            "/api/v1/entities/deepseek",
            f"/api/v1/articles/{article}",
            "/cypher?q=MATCH (c:Claim) RETURN count(c) AS n",
        ):
            first, second = (client.get(address) for client in clients)
            assert first.status_code == second.status_code == 200
            assert _without_times(second.text) == _without_times(first.text)
        # By relevance the order may differ, since each index weighs words its own way; what is found may not.
        by_fit = [client.get("/api/v1/search?q=distilled polarity:denied&limit=100").get_json() for client in clients]
        assert [answer["ranking"] for answer in by_fit] == ["relevance"] * 2
        totals = [(answer["total"], answer["facets"], {claim["id"] for claim in answer["claims"]}) for answer in by_fit]
        assert totals[0] == totals[1]


def _without_times(page: str) -> str:
    return re.sub(r'\d+(\.\d+)? ms|"ms": [\d.e-]+', "", page)


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])
