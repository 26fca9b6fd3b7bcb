"""The demo read by a language model, and audited: with recorded replies it needs neither server nor key."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.server.model_server import list_sentences, reply_to, serving, tell, tell_all

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def answer(question: str) -> object:
    """A claim of each sentence with both firms; one claim in a question of the audit is refuted by nobody."""
    if "\nClaim:\n" in question:
        return {"says_so": True, "speaker": True, "firm_enough": True, "why": ""}
    both = [n for n, words in enumerate(list_sentences(question)) if "DeepSeek" in words and "OpenAI" in words]
    return tell_all(*(tell(n, "supports", "DeepSeek", "DeepSeek", object="OpenAI") for n in both))


def run_demo(home: Path, endpoint: str) -> tuple[str, dict[str, Any]]:
    """What the demo says once it is loaded, and what an audit of it says."""
    told = {"XDG_CACHE_HOME": str(home), "CLAIMGRAPH_READER": "llm", "CLAIMGRAPH_LLM_MODEL": "tiny"}
    told |= {"CLAIMGRAPH_LLM_ENDPOINT": endpoint, "CLAIMGRAPH_LLM_TOKENS_A_DAY": "10000000"}
    start = [sys.executable, "-m", "claimgraph"]
    with subprocess.Popen(
        [*start, "demo", "--port", "0"], cwd=ROOT, env={**os.environ, **told}, stderr=subprocess.PIPE, text=True
    ) as demo:
        assert demo.stderr
        said = next((line for line in demo.stderr if "the demo story:" in line), "")
        demo.terminate()
        demo.stderr.read()
    [store] = home.rglob("demo.db")
    words = ["--store", str(store), "audit", "--sample", "5", "--json"]
    done = subprocess.run([*start, *words], cwd=ROOT, env={**os.environ, **told}, capture_output=True, check=True)
    return said, json.loads(done.stdout)


def test_recorded_replies_are_kept_when_the_demo_is_built_anew(tmp_path: Path) -> None:
    with serving(reply_to(answer)) as server:
        first = run_demo(tmp_path, server.url)
        asked = len(server.asked)
    assert asked > 16
    assert "0 claims" not in first[0]
    [ledger] = tmp_path.rglob("demo.llm.db")
    assert ledger.exists()
    again = run_demo(tmp_path, "http://127.0.0.1:1/v1")
    assert again == first
    assert again[1] == {"asked": 5, "refuted": 0, "failed": {}}
