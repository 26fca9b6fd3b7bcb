"""Texts read with replies that keep to the prompt: what is right in them must not be lost to our own checks."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from ingest.llm.ledger import Ledger
from tests.ingest.llm.recorded import LANGUAGES, copy_texts, find_gold, find_reply, list_told
from tests.server.model_server import ModelServer, reply_to, serving

# Of the replies of both languages: falls whose word our grammar does not know, a denial that reaches too far.
REFUSED = {"en": {"other_number": 2, "overruled": 1}, "ja": {"overruled": 1}}
# bench/replies.py prints the figures; a claim or two less is no regression.
FLOORS = {"found": 0.76, "right": 0.71}


class Shell:
    """Runs commands on the texts of one language, with a server that has the replies to them."""

    def __init__(self, lang: str, folder: Path, server: ModelServer) -> None:
        self.lang, self.folder, self.server = lang, folder, server
        self.texts = {path.name: path for path in copy_texts(lang, folder)}
        self.environment = {
            "CLAIMGRAPH_STORE": str(folder / "graph.db"),
            "CLAIMGRAPH_LLM_ENDPOINT": server.url,
            "CLAIMGRAPH_LLM_MODEL": "hand",
            "CLAIMGRAPH_LLM_TOKENS_A_DAY": "1000000",
            "CLAIMGRAPH_READER": "llm",
        }

    def run(self, *words: str | Path) -> Result:
        done = CliRunner().invoke(main, list(map(str, words)), env=self.environment)
        assert done.exit_code == 0, done.output
        return done

    def extract(self) -> list[dict[str, Any]]:
        out = self.folder / "claims.jsonl"
        self.run("extract", *self.texts.values(), "--date", "2026-01-30", "--claims", out)
        return [json.loads(line) for line in out.read_text("utf-8").splitlines()]

    def count_refused(self) -> dict[str, int]:
        with Ledger(self.folder / "graph.llm.db") as ledger:
            return dict(ledger.sum_up(datetime.now(UTC), 0).refused)


@pytest.fixture(params=LANGUAGES)
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shell]:
    with serving(reply_to(find_reply)) as server:
        yield Shell(request.param, tmp_path, server)


def test_of_right_claims_hardly_one_is_lost_to_our_checks(shell: Shell) -> None:
    lines = shell.extract()
    told = [claim for reply in list_told(shell.lang) for claim in reply.claims if not claim.weak]
    assert shell.count_refused() == REFUSED[shell.lang]
    assert len(lines) >= 0.95 * len(told)
    for line in lines:
        text = shell.texts[line["doc"]].read_text("utf-8")
        assert text[line["start"] : line["end"]] == line["sentence"]
    stated = Counter(line["predicate"] for line in lines)
    assert not stated - Counter(claim.predicate.value for claim in told)
    assert len(shell.server.asked) == len(shell.texts)


def test_what_stands_is_right_as_far_as_the_reader_was(shell: Shell) -> None:
    words = ["evaluate", str(find_gold(shell.lang) / "claims.jsonl"), str(shell.folder)]
    figures = json.loads(shell.run(*words, "--json").stdout)
    assert figures["texts"] == len(shell.texts)
    assert figures["failed"] == 0
    assert {name: figures[name]["f1"] >= floor for name, floor in FLOORS.items()} == dict.fromkeys(FLOORS, True)
    assert figures["dangers"]["denial_lost"] == 0
    asked = len(shell.server.asked)
    shell.environment["CLAIMGRAPH_LLM_ENDPOINT"] = "http://127.0.0.1:1/v1"
    assert json.loads(shell.run(*words, "--json").stdout) == figures
    assert len(shell.server.asked) == asked
