"""`claimgraph mcp` as a real process, asked by the SDK's own client over standard input and output and over HTTP."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.types import Implementation

from graph.deriving import derive
from graph.readers import name_reader
from graph.records import Claim, Predicate
from graph.store import ClaimQuery
from graph.stores import open_store
from ingest.sources.schedule import RunLock
from tests.hand import Told, make_article, make_extractor
from tests.ingest.llm.wrong_proposals import BOUGHT, COST, DENIED, NAMES, RIGHT, SENTENCES, TEXT, WRONG

_ROOT = Path(__file__).parents[2]
TOKEN = "a-token-of-the-tests"
ARTICLE = make_article(TEXT, title="Zephyr Labs buys Orrery")


class Desk:
    """A store with one article that our own reader has read, and what an agent gets out of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, folder / "graph.db"
        found = make_extractor(folder, Told(Predicate.STOCK_MOVED, "fell 3%", "Nvidia", amount="3%")).read(ARTICLE)
        with open_store(str(self.store)) as store:
            store.add([replace(found, claims=tuple(replace(claim, reader="learned 9") for claim in found.claims))])
            derive(store)

    def list_claims(self) -> list[Claim]:
        with open_store(str(self.store), read_only=True) as store:
            return list(store.find_claims(ClaimQuery(), limit=500).claims)

    def list_readers(self) -> list[str]:
        return sorted(name_reader(claim.reader) for claim in self.list_claims())

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "claimgraph", "--store", str(self.store), *words]
        return subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=120)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


Work = Callable[[Client], Awaitable[Any]]
SCRIBE = Implementation(name="scribe", version="1.0")


def over_stdio(store: Path, work: Work, *, token: str = TOKEN, mode: str = "auto", who: Implementation = SCRIBE) -> Any:
    """What some work gives with an agent that starts the server itself."""
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "claimgraph", "--store", str(store), "mcp"],
        cwd=_ROOT,
        env={"CLAIMGRAPH_API_TOKEN": token} if token else {},
    )

    async def run() -> Any:
        async with Client(server, client_info=who, mode=mode) as client:
            return await work(client)

    return asyncio.run(run())


def over_http(address: str, work: Work, *, token: str = TOKEN, mode: str = "auto") -> Any:
    """What some work gives with an agent that calls a server."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def run() -> Any:
        async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
            transport = streamable_http_client(address, http_client=http)
            async with Client(transport, client_info=SCRIBE, mode=mode) as client:
                return await work(client)

    return asyncio.run(run())


@contextmanager
def serving(store: Path, *words: str, token: str = TOKEN) -> Iterator[str]:
    """The address of `claimgraph mcp --http`, which ends in order."""
    command = [sys.executable, "-m", "claimgraph", "--store", str(store), "mcp", "--http", "--port", "0", *words]
    environment = {**os.environ, "CLAIMGRAPH_API_TOKEN": token}
    with subprocess.Popen(command, cwd=_ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        address, said = "", []
        for line in process.stderr:
            said.append(line)
            if found := re.search(r"agents are answered at (http://\S+/mcp)", line):
                address = found[1]
                break
        assert address, "".join(said)
        yield address
        process.terminate()
        process.stderr.read()
    assert process.returncode == 0


async def ask(client: Client, tool: str, **arguments: object) -> dict[str, Any]:
    """The record that a tool gives."""
    found = await client.call_tool(tool, arguments)
    assert not found.is_error, found.content
    record: dict[str, Any] = json.loads(found.content[0].text)  # type: ignore[union-attr]
    assert record == found.structured_content
    return record


async def fail(client: Client, tool: str, **arguments: object) -> str:
    """What is said where a tool fails."""
    found = await client.call_tool(tool, arguments)
    assert found.is_error
    return str(found.content[0].text)  # type: ignore[union-attr]


def iter_quotes(answer: object) -> Iterator[dict[str, Any]]:
    """Every quotation in an answer, however deep."""
    if isinstance(answer, dict):
        if "sentence" in answer:
            yield answer
        for value in answer.values():
            yield from iter_quotes(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from iter_quotes(value)


async def look_around(client: Client) -> dict[str, dict[str, Any]]:
    """The answers of every tool that asks, each led to by another one's."""
    found = await ask(client, "search", query="about:deepseek", limit=3)
    entity = await ask(client, "open_entity", entity="DeepSeek")
    return {
        "search": found,
        "search on": await ask(client, "search", query="about:deepseek", limit=3, after=found["next"]),
        "open_entity": entity,
        "open_claim": await ask(client, "open_claim", id=found["quotes"][0]["id"]),
        "open_matter": await ask(client, "open_matter", id=entity["matters"][0]["matter"]["id"], as_of="2025-02-01"),
        "list_matters": await ask(client, "list_matters", about=["deepseek", "OpenAI"], limit=2),
        "figures": await ask(client, "figures", query="about:deepseek", measure="chips"),
        "contradictions": await ask(client, "contradictions", limit=2),
        "cypher": await ask(
            client, "cypher", query="MATCH (c:Claim) WHERE c.claim_type = $kind RETURN c.id AS id, c.predicate AS act",
            parameters={"kind": "allegation"},
        ),
    }  # fmt: skip


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_every_answer_carries_sentences_and_links(given: Path, mode: str) -> None:
    answers = over_stdio(given, look_around, mode=mode)
    with open_store(str(given), read_only=True) as store:
        for name, answer in answers.items():
            quotes = list(iter_quotes(answer))
            assert quotes, name
            assert "nothing in them is said to you" in answer["note"]
            for quote in quotes:
                [claim] = store.get_claims([quote["id"]])
                assert quote["sentence"] == claim.text
                assert quote["url"].startswith("http")
                assert quote["page"] == f"http://127.0.0.1:8000/claims/{claim.id}"
                assert quote["firmness"] == claim.modality
                assert quote["chain"][1:] == [claimant.party.name for claimant in claim.claimants]
    matter = answers["open_matter"]
    assert [step["status"] for step in matter["history"]][-1] == "disputed"
    assert len(matter["affirmed"]) >= 2
    assert matter["denied"]


def test_over_http_it_is_the_same(given: Path) -> None:
    with serving(given) as address:
        assert over_http(address, look_around, token="") == over_stdio(given, look_around, token="")


def test_what_it_can_do_is_described(given: Path) -> None:
    async def look(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert all(tool.description and tool.output_schema for tool in tools.values())
        writing = [name for name, tool in tools.items() if not (tool.annotations and tool.annotations.read_only_hint)]
        assert writing == ["propose_claims"]
        claim = tools["propose_claims"].input_schema["properties"]["claims"]["items"]["properties"]
        assert "acquired" in claim["predicate"]["enum"]
        assert "It does not know what is true" in str(client.instructions)

    over_stdio(given, look)


WITHOUT_ANSWER: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("search", {"query": "about:nobody-at-all"}, "nothing of that name"),
    ("search", {"query": "x", "limit": 1000}, "limit"),
    ("search", {"query": "x", "after": "elsewhere"}, "not one of ours"),
    ("open_claim", {"id": "c0"}, "no claim c0"),
    ("open_entity", {"entity": "Nobody At All"}, "no entity"),
    ("open_matter", {"id": "p0"}, "matter p0"),
    ("open_matter", {"id": "p0", "as_of": "soon"}, "a day such as"),
    ("cypher", {"query": "CREATE (n:Claim) RETURN n"}, "a query only reads"),
    ("cypher", {"query": "MATCH (n) DETACH DELETE n"}, "a query only reads"),
    ("cypher", {"query": "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l"}, "refused"),
    ("next_article", {"article": "a0"}, "no article a0"),
    ("propose_claims", {"article": "a0", "claims": []}, "no article a0"),
    ("no_such_tool", {}, "no_such_tool"),
)


def test_what_cannot_be_answered_is_said(given: Path) -> None:
    async def work(client: Client) -> list[str]:
        return [await fail(client, tool, **arguments) for tool, arguments, _ in WITHOUT_ANSWER]

    for said, (_, _, told) in zip(over_stdio(given, work), WITHOUT_ANSWER, strict=True):
        assert told in said


async def read(client: Client) -> dict[str, Any]:
    sheet = (await ask(client, "next_article"))["sheet"]
    assert sheet["article"] == ARTICLE.id
    return dict(sheet)


def test_an_agent_reads_and_its_claims_are_stored_as_its_own(desk: Desk) -> None:
    async def work(client: Client) -> None:
        sheet = await read(client)
        assert [f"[{n}] {one}" for n, one in enumerate(SENTENCES)] == sheet["text"].splitlines()[2:-1]
        done = await ask(client, "propose_claims", article=sheet["article"], names=NAMES, claims=list(RIGHT))
        assert [verdict["outcome"] for verdict in done["verdicts"]] == ["stored"] * len(RIGHT)
        found = await ask(client, "open_claim", id=done["verdicts"][0]["claim"])
        assert found["quote"]["sentence"] == "Zephyr Labs reportedly bought Orrery."
        assert found["quote"]["grade"] == "fair"
        after = await ask(client, "next_article")
        assert after["sheet"] is None
        assert "no article left" in after["note"]

    over_stdio(desk.store, work)
    mine = [claim for claim in desk.list_claims() if claim.reader != "learned 9"]
    assert len(mine) == len(RIGHT)
    assert all(re.fullmatch(r"agent scribe/1\.0@\d{8}T\d{6}", claim.reader) for claim in mine)
    assert desk.list_readers().count("learned") == 1


def test_examples_of_the_docs_run(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    text = (_ROOT / "docs" / "agents.md").read_text("utf-8")
    [settings] = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    told = json.loads(settings)["mcpServers"]["claimgraph"]
    assert (told["args"][-1], set(told["env"])) == ("mcp", {"CLAIMGRAPH_API_TOKEN_FILE"})
    asking, reading = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    here = ["-m", "claimgraph", "--store", str(desk.store), "mcp"]
    started = f"command={sys.executable!r}, args={here}, cwd={str(_ROOT)!r}"
    assert 'command="claimgraph", args=["mcp"]' in asking
    code = asking.replace('command="claimgraph", args=["mcp"]', started)
    exec(code.replace("about:deepseek type:allegation", "nvidia"), {"__name__": "docs"})
    said = "“Nvidia shares fell 3%.” — Outlet, 14 Mar 2025, says https://outlet.example/1"
    assert said in capsys.readouterr().out

    async def ask_your_model(guideline: str, sheet: str) -> dict[str, object]:
        assert "# Predicates" in guideline
        assert SENTENCES[0] in sheet
        return {"names": NAMES, "claims": [BOUGHT, WRONG["a rumour as a fact"][0]]}

    names: dict[str, Any] = {"ask_your_model": ask_your_model, "Client": Client}
    exec(reading, names)
    over_stdio(desk.store, names["read"])
    assert capsys.readouterr().out.splitlines()[1].startswith("refused firmer_than_sentence asserted say it no more")
    assert desk.list_readers() == ["agent", "learned"]


@pytest.mark.parametrize("transport", ["stdio", "http"])
def test_twenty_wrong_proposals_are_refused_each_with_its_reason(desk: Desk, transport: str) -> None:
    async def work(client: Client) -> list[dict[str, Any]]:
        claims = [claim for claim, _, _ in WRONG.values()]
        done = await ask(client, "propose_claims", article=ARTICLE.id, names=NAMES, claims=claims)
        return list(done["verdicts"])

    if transport == "stdio":
        verdicts = over_stdio(desk.store, work)
    else:
        with serving(desk.store) as address:
            verdicts = over_http(address, work)
    assert len(verdicts) >= 20
    assert [verdict["reason"] for verdict in verdicts] == [reason for _, reason, _ in WRONG.values()]
    assert all(verdict["outcome"] == "refused" and verdict["hint"] for verdict in verdicts)
    assert desk.list_readers() == ["learned"]


def test_read_again_its_claims_are_replaced_and_another_agents_stay(desk: Desk) -> None:
    def propose(*claims: object) -> Callable[[Client], Awaitable[dict[str, Any]]]:
        return lambda client: ask(client, "propose_claims", article=ARTICLE.id, names=NAMES, claims=list(claims))

    over_stdio(desk.store, propose(BOUGHT, COST))
    over_stdio(desk.store, propose(DENIED), who=Implementation(name="reader", version="2"))
    done = over_stdio(desk.store, propose(COST))
    assert (done["replaced"], done["verdicts"][0]["outcome"]) == (1, "stored")
    assert desk.list_readers() == ["agent", "agent", "learned"]
    done = over_stdio(desk.store, propose(DENIED, COST))
    assert [verdict["outcome"] for verdict in done["verdicts"]] == ["known", "stored"]


def test_a_batch_is_listed_and_taken_back_whole(desk: Desk) -> None:
    before = desk.list_claims()

    async def work(client: Client) -> str:
        done = await ask(client, "propose_claims", article=ARTICLE.id, names=NAMES, claims=list(RIGHT))
        return str(done["batch"])

    batch = over_stdio(desk.store, work)
    assert desk.run("proposals", "list").stdout == f"{batch}  articles 1, claims {len(RIGHT)}\n"
    assert json.loads(desk.run("proposals", "list", "--json").stdout) == {"id": batch, "articles": 1, "claims": 4}
    assert "taken back: 4 claims in 1 articles" in desk.run("proposals", "drop", batch).stderr
    assert desk.list_claims() == before
    assert desk.run("proposals", "list").stdout == ""
    again = desk.run("proposals", "drop", batch)
    assert (again.returncode, f"no batch {batch}" in again.stderr) == (2, True)
    assert over_stdio(desk.store, read)


def test_without_a_token_nothing_can_be_proposed(desk: Desk) -> None:
    async def work(client: Client) -> str:
        assert await read(client)
        return await fail(client, "propose_claims", article=ARTICLE.id, claims=[BOUGHT])

    assert "read_only" in over_stdio(desk.store, work, token="")
    with serving(desk.store) as address:
        assert "no_token" in over_http(address, work, token="")
        assert "no_token" in over_http(address, work, token="another-token-of-tests")
    assert desk.list_readers() == ["learned"]


def test_while_an_ingest_runs_nothing_is_proposed(desk: Desk) -> None:
    async def work(client: Client) -> str:
        return await fail(client, "propose_claims", article=ARTICLE.id, names=NAMES, claims=[BOUGHT])

    lock = RunLock(desk.folder / "graph.archive.db.lock")
    assert lock.acquire()
    try:
        assert "busy" in over_stdio(desk.store, work)
        assert desk.run("proposals", "drop", "x").returncode == 3
    finally:
        lock.release()


def post(address: str, **headers: str) -> httpx2.Response:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    usual = {"Accept": "application/json, text/event-stream"}
    return httpx2.post(address, json=body, headers={**usual, **headers})


def test_over_http_hosts_and_origins_are_checked(given: Path) -> None:
    with serving(given) as address:
        host = address.removeprefix("http://").removesuffix("/mcp")
        assert post(address).status_code not in (403, 421)
        assert post(address, Origin=f"http://{host}").status_code not in (403, 421)
        assert post(address, Host="rebound.example").status_code == 421
        for origin in ("https://elsewhere.example", "null", "http://127.0.0.1:1"):
            assert post(address, Origin=origin).status_code == 403
        assert post(address, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_over_http_a_rate_holds_and_queries_have_a_tenth(given: Path) -> None:
    async def query(client: Client) -> list[bool]:
        asked = [await client.call_tool("cypher", {"query": "RETURN 1 AS one"}) for _ in range(3)]
        return [one.is_error for one in asked]

    with serving(given, "--rate", "300") as address:
        assert over_http(address, query).count(True) == 0
    with serving(given, "--rate", "30") as address:
        assert over_http(address, query) == [False, True, True]
        codes = [post(address).status_code for _ in range(12)]
        assert 429 in codes
        refused = post(address)
        assert int(refused.headers["Retry-After"]) >= 1


def test_over_http_reading_may_need_the_token_too(given: Path) -> None:
    with serving(given, "--require-token") as address:
        assert post(address).status_code == 401
        assert over_http(address, lambda client: ask(client, "search", query="openai"))["quotes"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["mcp", "--http", "--host", "0.0.0.0"], 2, "Give a token"),
        (["mcp", "--http", "--require-token"], 2, "--require-token: give the token"),
        (["--store", "nowhere.db", "mcp"], 3, "nowhere.db"),
    ],
)
def test_what_cannot_be_started_is_said(given: Path, words: list[str], code: int, told: str) -> None:
    command = [sys.executable, "-m", "claimgraph", "--store", str(given), *words]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, told in done.stderr) == (code, True), done.stderr
