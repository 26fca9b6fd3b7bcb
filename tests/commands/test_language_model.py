"""The commands with `--reader llm`: what is asked for at start, what is stored, what waits, what it has cost."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from graph.records import Claim, Predicate
from graph.store import ClaimQuery
from graph.stores import open_store
from ingest.archive import Archive, Validators
from ingest.llm.prompts import load_prompt
from tests.contract.builders import Said, make_extraction
from tests.server.model_server import Answering, ModelServer, refuse, reply, serving, tell, tell_all

READER = f"llm tiny/{load_prompt(Path(__file__).parents[2] / 'data' / 'prompts', 'reading').version}"
TEXT = "OpenAI buys Statsig\n\nOpenAI said on Monday it acquired Statsig for $1.1 billion. Figma shares fell 3%.\n"
GOOD = tell_all(
    tell(
        1, "acquired", "OpenAI", "acquired", object="Statsig",
        amount={"words": "$1.1 billion", "value": 1.1e9, "unit": "USD", "measure": "price"},
    ),
    names=[("Statsig", "company")],
)  # fmt: skip


class Shell:
    """Runs commands over one store, with a server that answers so."""

    def __init__(self, folder: Path, server: ModelServer) -> None:
        self.folder, self.server = folder, server
        self.environment = {"CLAIMGRAPH_LLM_ENDPOINT": server.url, "CLAIMGRAPH_LLM_MODEL": "tiny"}
        (folder / "news.txt").write_text(TEXT, "utf-8")

    def run(self, *words: str | Path, **environment: str) -> Result:
        given = {**self.environment, **environment}
        return CliRunner().invoke(main, ["--store", str(self.folder / "graph.db"), *map(str, words)], env=given)

    def extract(self, *words: str) -> Result:
        out = self.folder / "claims.jsonl"
        return self.run("extract", self.folder / "news.txt", "--date", "2026-03-02", "--claims", out, *words)

    def add(self, *words: str) -> Result:
        return self.run("add", self.folder / "news.txt", "--date", "2026-03-02", *words)

    def list_claims(self) -> list[Claim]:
        with open_store(str(self.folder / "graph.db")) as store:
            return list(store.find_claims(ClaimQuery(), limit=500).claims)


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Callable[..., Shell]]:
    opened = []

    def make(*answers: Answering) -> Shell:
        manager = serving(*answers)
        opened.append(manager)
        return Shell(tmp_path, manager.__enter__())

    yield make
    for manager in opened:
        manager.__exit__(None, None, None)


def test_extract_reads_with_the_model_and_touches_no_store(shell: Callable[..., Shell]) -> None:
    desk = shell(reply(GOOD))
    assert desk.extract("--reader", "llm").exit_code == 0
    [line] = map(json.loads, (desk.folder / "claims.jsonl").read_text("utf-8").splitlines())
    assert (line["subject"], line["predicate"], line["object"]) == ("OpenAI", "acquired", "Statsig")
    assert line["quantity"]["value"] == 1.1e9
    assert not (desk.folder / "graph.db").exists()


def test_nothing_is_sent_unless_chosen(shell: Callable[..., Shell]) -> None:
    desk = shell(reply(GOOD))
    assert desk.extract().exit_code == 0
    assert desk.extract("--reader", "learned").exit_code == 0
    assert desk.run("extract", "x").exit_code == 2
    assert desk.server.asked == []


@pytest.mark.parametrize("where", ["flag", "environment", "file"])
def test_the_reader_is_chosen_by_flag_environment_and_file(shell: Callable[..., Shell], where: str) -> None:
    desk = shell(reply(GOOD))
    if where == "flag":
        desk.extract("--reader", "llm")
    elif where == "environment":
        desk.environment["CLAIMGRAPH_READER"] = "llm"
        desk.extract()
    else:
        settings = desk.folder / "settings.toml"
        settings.write_text(f'reader = "llm"\nllm_endpoint = "{desk.server.url}"\nllm_model = "tiny"\n', "utf-8")
        desk.environment = {"CLAIMGRAPH_CONFIG": str(settings)}
        desk.extract()
    assert len(desk.server.asked) == 1


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"CLAIMGRAPH_LLM_ENDPOINT": ""}, "needs llm_endpoint in the settings file, or CLAIMGRAPH_LLM_ENDPOINT"),
        ({"CLAIMGRAPH_LLM_MODEL": ""}, "needs llm_model"),
        ({"CLAIMGRAPH_LLM_ENDPOINT": "localhost:11434"}, "an address such as http://"),
        ({"CLAIMGRAPH_LLM_KEY_FILE": "/nowhere/key"}, "llm_key_file /nowhere/key"),
        ({"CLAIMGRAPH_LLM_TOKENS_A_DAY": "many"}, "llm_tokens_a_day: a whole number"),
        ({"CLAIMGRAPH_LLM_CONTEXT": "12"}, "llm_context: a whole number from 4,096 up"),
        ({"CLAIMGRAPH_READER": "oracle"}, "reader oracle: there are learned, llm, both"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_missing_is_said_at_start(shell: Callable[..., Shell], environment: dict[str, str], told: str) -> None:
    desk = shell(reply(GOOD))
    desk.environment |= environment
    words = () if "CLAIMGRAPH_READER" in environment else ("--reader", "llm")
    for done in (desk.extract(*words), desk.add(*words), desk.run("ingest", *words)):
        assert done.exit_code == 2
        assert told in done.stderr
    assert desk.server.asked == []


def test_without_the_extra_it_is_said_what_to_install(
    shell: Callable[..., Shell], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.llm.load.find_spec", lambda name: None)
    done = shell(reply(GOOD)).extract("--reader", "llm")
    assert (done.exit_code, "pip install 'claimgraph[llm]'" in done.stderr) == (2, True)


def test_the_key_is_read_from_its_file_and_shown_nowhere(shell: Callable[..., Shell]) -> None:
    desk = shell(refuse(401, "wrong key secret-key"))
    (desk.folder / "key").write_text("secret-key\n", "utf-8")
    desk.environment["CLAIMGRAPH_LLM_KEY_FILE"] = str(desk.folder / "key")
    done = desk.extract("--reader", "llm")
    assert done.exit_code == 1
    assert "key_refused" in done.stderr
    assert "secret-key" not in done.output
    assert desk.server.headers[0]["authorization"] == "Bearer secret-key"


def test_what_the_model_could_not_read_waits_and_is_taken_up_by_the_next_run(shell: Callable[..., Shell]) -> None:
    desk = shell(refuse(401), reply(GOOD))
    assert desk.add("--reader", "llm").exit_code == 0
    assert {claim.reader.split(" ")[0] for claim in desk.list_claims()} <= {"learned"}
    assert "articles that wait for it: key_refused 1" in desk.run("status").stdout
    assert "taken up again: 1 articles" in desk.run("ingest", "--reader", "llm").stderr
    [claim] = desk.list_claims()
    assert (claim.reader, claim.predicate, claim.score) == (READER, Predicate.ACQUIRED, 0.2)
    assert "wait for it" not in desk.run("status").stdout
    assert "taken up" not in desk.run("ingest", "--reader", "llm").stderr
    assert len(desk.server.asked) == 2


@pytest.mark.parametrize("waits", [True, False])
def test_the_page_of_an_article_that_holds_claims_after_all_is_asked_again(
    shell: Callable[..., Shell], waits: bool
) -> None:
    desk = shell(refuse(401), reply(GOOD)) if waits else shell(reply(GOOD))
    (desk.folder / "news.txt").write_text(TEXT.replace("Figma shares fell 3%.", ""), "utf-8")
    today = datetime.now(UTC)
    words = ("--reader", "llm") if waits else ()
    desk.run("add", desk.folder / "news.txt", "--date", f"{today:%Y-%m-%d}", *words)
    with open_store(str(desk.folder / "graph.db")) as store:
        [stored] = store.iter_extractions()
    with Archive(desk.folder / "graph.archive.db") as archive:
        archive.watch_page(stored.article, "https://outlet.example/1", Validators(), today)
        archive.mark_stored([stored.article.id], today, [stored.article.id])
        assert archive.due_pages(today) == ()
    desk.run(*(("ingest",) if waits else ("reread",)), "--reader", "llm")
    assert {claim.reader for claim in desk.list_claims()} == {READER}
    with Archive(desk.folder / "graph.archive.db") as archive:
        assert [page.asked for page in archive.due_pages(today + timedelta(days=2))] == ["https://outlet.example/1"]


def test_an_article_that_waits_for_the_model_is_not_noted_as_without_claims(shell: Callable[..., Shell]) -> None:
    desk = shell(refuse(401))
    (desk.folder / "news.txt").write_text("Weather\n\nIt rained on Monday.\n", "utf-8")
    for words, bare in ((("--reader", "llm"), 0), ((), 1)):
        desk.run("add", desk.folder / "news.txt", "--date", "2026-03-02", *words)
        with closing(sqlite3.connect(desk.folder / "graph.archive.db")) as db:
            assert db.execute("SELECT bare FROM articles").fetchall() == [(bare,)]


def test_a_day_without_budget_is_said(shell: Callable[..., Shell]) -> None:
    desk = shell(reply(GOOD))
    desk.environment["CLAIMGRAPH_LLM_TOKENS_A_DAY"] = "10"
    assert desk.add("--reader", "llm").exit_code == 0
    assert "today 0 of 10 tokens, used up: it goes on tomorrow (UTC)" in desk.run("status").stdout
    assert "raise llm_tokens_a_day" in desk.run("ingest", "--reader", "llm").stderr
    assert desk.server.asked == []


def test_back_numbers_that_wait_hold_no_news_up(shell: Callable[..., Shell]) -> None:
    desk = shell(refuse(401), refuse(401), reply(GOOD, tokens=(100, 100)))
    desk.add("--reader", "llm")
    (desk.folder / "today.txt").write_text(f"{TEXT}Today.\n", "utf-8")
    desk.run("add", desk.folder / "today.txt", "--date", f"{datetime.now(UTC):%Y-%m-%d}", "--reader", "llm")
    # Enough for one question, and half of it is not.
    desk.environment |= {"CLAIMGRAPH_LLM_TOKENS_A_DAY": "6000", "CLAIMGRAPH_LLM_PARALLEL": "1"}
    done = desk.run("ingest", "--reader", "llm").stderr
    assert "taken up again: 1 articles" in done
    assert "the rest is kept for news" in done
    told = desk.run("status").stdout
    assert "articles that wait for it: news_first 1" in told
    assert "used up" not in told


def test_another_reader_reads_stored_articles_again_on_request(shell: Callable[..., Shell]) -> None:
    desk = shell(reply(GOOD))
    desk.add()
    assert "read again: 1 articles" in desk.run("reread", "--reader", "llm").stderr
    assert {claim.reader for claim in desk.list_claims()} == {READER}
    assert "read again: 0 articles" in desk.run("reread", "--reader", "llm").stderr
    assert "read again: 1 articles" in desk.run("reread").stderr
    assert {claim.reader.split(" ")[0] for claim in desk.list_claims()} <= {"learned"}
    assert "read again: 1 articles" in desk.run("reread", "--reader", "both").stderr
    assert {claim.reader.split(" ")[0] for claim in desk.list_claims()} & {"llm", "both"}
    assert "read again: 0 articles" in desk.run("reread", "--reader", "both").stderr
    assert len(desk.server.asked) == 1


def test_what_it_cost_is_in_the_status(shell: Callable[..., Shell]) -> None:
    desk = shell(reply(GOOD, tokens=(900, 100)))
    desk.add("--reader", "llm")
    text = desk.run("status").stdout
    assert "language model tiny: 1 requests paid, 0 answered before; 900 tokens sent, 100 received" in text
    assert "1 articles read, 1,000 tokens an article" in text
    assert "today 1,000 of 200,000 tokens" in text
    use = json.loads(desk.run("status", "--json").stdout)["model"]
    assert (use["asked"], use["answered"], use["articles"], use["waiting"]) == (900, 100, 1, [])


def test_where_no_model_was_asked_nothing_is_said_of_one(shell: Callable[..., Shell]) -> None:
    desk = shell(reply(GOOD))
    desk.add()
    assert "language model" not in desk.run("status").stdout
    assert not (desk.folder / "graph.llm.db").exists()


@pytest.mark.parametrize(("wrong", "score"), [(0, 1.0), (20, 0.6), (45, 0.1)])
def test_once_fifty_were_judged_it_reads_with_the_share_that_was_right(
    shell: Callable[..., Shell], wrong: int, score: float
) -> None:
    desk = shell(reply(GOOD))
    said = [Said(f"Said {n}.", predicate=Predicate.SUED, object="OpenAI", reader=READER, score=0.2) for n in range(50)]
    told = make_extraction(*said)
    with open_store(str(desk.folder / "graph.db")) as store:
        store.add([told])
    ids = [claim.id for claim in told.claims]
    for verdict, judged in (("misread", ids[:wrong]), ("right", ids[wrong:])):
        if judged:
            assert desk.run("judge", verdict, *judged, "--why", "read it").exit_code == 0
    assert desk.add("--reader", "llm").exit_code == 0
    assert [claim.score for claim in desk.list_claims() if claim.predicate is Predicate.ACQUIRED] == [score]
    right = 50 - wrong
    assert f"judged by people, by reader: {READER} {right} of 50" in desk.run("status").stdout
    assert "read rightly" in desk.run("judge", "history", ids[-1]).stdout


def test_rereading_asks_for_several_articles_at_once_and_for_no_more(shell: Callable[..., Shell]) -> None:
    desk = shell(reply(GOOD, wait=0.3))
    desk.environment["CLAIMGRAPH_LLM_PARALLEL"] = "3"
    for number in range(7):
        text = TEXT.replace("on Monday", f"on day {number}")
        (desk.folder / f"{number}.txt").write_text(text, "utf-8")
    files = sorted(desk.folder.glob("[0-9].txt"))
    assert desk.run("add", "--date", "2026-03-02", *files).exit_code == 0
    assert "read again: 7 articles" in desk.run("reread", "--reader", "llm").stderr
    assert (len(desk.server.asked), desk.server.most_at_once) == (7, 3)
    assert {claim.reader for claim in desk.list_claims()} == {READER}
    assert len(desk.list_claims()) == 7
    assert "read again: 0 articles" in desk.run("reread", "--reader", "llm").stderr


def test_rereading_goes_on_past_articles_that_the_model_cannot_read(shell: Callable[..., Shell]) -> None:
    desk = shell(reply(GOOD), reply("no JSON"), reply(GOOD))
    desk.environment["CLAIMGRAPH_LLM_PARALLEL"] = "1"
    for number in range(3):
        (desk.folder / f"{number}.txt").write_text(TEXT.replace("on Monday", f"on day {number}"), "utf-8")
    desk.run("add", "--date", "2026-03-02", *sorted(desk.folder.glob("[0-9].txt")))
    assert "read again: 3 articles" in desk.run("reread", "--reader", "llm").stderr
    assert Counter(claim.reader.split()[0] for claim in desk.list_claims())["llm"] == 2
    assert "articles that wait for it: broken_reply 1" in desk.run("status").stdout
    assert "read again: 1 articles" in desk.run("reread", "--reader", "llm").stderr
    assert {claim.reader for claim in desk.list_claims()} == {READER}
