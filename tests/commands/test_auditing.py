"""`claimgraph audit`: a second look at claims, whose refutations make them weak and say why."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from graph.grades import is_weak
from graph.records import Claim
from graph.store import ClaimQuery
from graph.stores import open_store
from tests.server.model_server import ModelServer, refuse, reply, reply_to, serving, tell, tell_all

TEXT = "News\n\nOpenAI released GPT-5 on Monday. It beats Claude 4 on MMLU. Nvidia acquired Groq. Meta sued OpenAI.\n"
TOLD = tell_all(
    tell(1, "released", "OpenAI", "released", object="GPT-5"),
    tell(2, "outperforms", "GPT-5=It", "beats", object="Claude 4", benchmark="MMLU"),
    tell(3, "acquired", "Nvidia", "acquired", object="Groq"),
    tell(4, "sued", "Meta", "sued", object="OpenAI"),
)
STANDS = {"says_so": True, "speaker": True, "firm_enough": True, "why": ""}


def refute_groq(question: str) -> object:
    why = "Groq was\u202e licensed,\n not bought"
    return {**STANDS, "says_so": False, "why": why} if "Groq" in question else STANDS


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving(reply(TOLD)) as model:
        yield model


@pytest.fixture
def store(tmp_path: Path, server: ModelServer) -> Path:
    """Four claims of a model, which from now on refutes one of them."""
    (tmp_path / "news.txt").write_text(TEXT, "utf-8")
    path = tmp_path / "graph.db"
    words = ("add", str(tmp_path / "news.txt"), "--date", "2026-03-02", "--reader", "llm")
    assert run(path, server, *words).exit_code == 0
    assert len(list_claims(path)) == 4
    server.answers[:] = [server.answers[0], reply_to(refute_groq)]
    return path


def run(store: Path, server: ModelServer, *words: str, **environment: str) -> Result:
    told = {"CLAIMGRAPH_LLM_ENDPOINT": server.url, "CLAIMGRAPH_LLM_MODEL": "tiny", **environment}
    return CliRunner().invoke(main, ["--store", str(store), *words], env=told)


def list_claims(path: Path) -> list[Claim]:
    with open_store(str(path)) as store:
        return list(store.find_claims(ClaimQuery(), limit=100).claims)


def test_what_is_refuted_is_weak_and_says_why_and_stays(store: Path, server: ModelServer) -> None:
    done = run(store, server, "audit")
    assert done.exit_code == 0
    assert "looked at 4 claims again: 3 stand, 1 are weak from now on" in done.stderr
    claims = list_claims(store)
    assert {claim.object.name: claim.refuted for claim in claims if claim.object and claim.refuted} == {
        "Groq": "the sentence does not say so: Groq was licensed, not bought"
    }
    assert sum(map(is_weak, claims)) == 1
    assert len(claims) == 4


def test_only_the_sentence_is_shown_and_the_one_before_where_it_leans_on_it(store: Path, server: ModelServer) -> None:
    run(store, server, "audit")
    shown = {}
    for asked in server.asked[1:]:
        frame, _, claim = asked["messages"][1]["content"].partition("\n\nClaim:\n")
        shown[claim.splitlines()[1]] = frame.splitlines()[1:-1]
    assert shown["predicate: acquired"] == ["Nvidia acquired Groq."]
    assert shown["predicate: outperforms"] == ["OpenAI released GPT-5 on Monday.", "It beats Claude 4 on MMLU."]


def test_what_was_looked_at_is_not_again(store: Path, server: ModelServer) -> None:
    assert json.loads(run(store, server, "audit", "--sample", "3", "--json").stdout)["asked"] == 3
    assert json.loads(run(store, server, "audit", "--json").stdout)["asked"] == 1
    assert json.loads(run(store, server, "audit", "--json").stdout)["asked"] == 0
    assert len(server.asked) == 5


def test_recorded_verdicts_need_no_server(store: Path, server: ModelServer, tmp_path: Path) -> None:
    before = run(store, server, "backup", str(tmp_path / "again.db"))
    assert before.exit_code == 0
    run(store, server, "audit")
    with sqlite3.connect(tmp_path / "graph.llm.db") as paid, sqlite3.connect(tmp_path / "again.llm.db") as copy:
        paid.backup(copy)
        copy.execute("DELETE FROM audited")
    server.answers[:] = [refuse(500)]
    done = run(tmp_path / "again.db", server, "audit", "--json")
    assert json.loads(done.stdout) == {"asked": 4, "refuted": 1, "failed": {}}


def test_the_share_that_stands_is_in_the_status(store: Path, server: ModelServer) -> None:
    run(store, server, "audit")
    text = run(store, server, "status").stdout
    assert "stood a second look, by type: benchmark 1 of 1 (100%), deal 0 of 1 (0%)" in text
    assert "by language: en 3 of 4 (75%)" in text
    assert "by reader: llm 3 of 4 (75%)" in text


def test_what_gets_no_answer_stays_open(store: Path, server: ModelServer) -> None:
    server.answers[:] = [refuse(401)]
    done = run(store, server, "audit", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout) == {"asked": 0, "refuted": 0, "failed": {"key_refused": 4}}
    assert not any(claim.refuted for claim in list_claims(store))
    server.answers[:] = [reply_to(refute_groq)]
    assert json.loads(run(store, server, "audit", "--json").stdout)["asked"] == 4


def test_without_an_endpoint_it_says_so(store: Path, server: ModelServer) -> None:
    done = run(store, server, "audit", CLAIMGRAPH_LLM_ENDPOINT="")
    assert (done.exit_code, "audit needs llm_endpoint" in done.stderr) == (2, True)
