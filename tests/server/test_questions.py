"""The twelve questions on given claims, each by command, in Cypher and by API; and what follows from propositions."""

import json
import re
import urllib.parse
import urllib.request
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from claimgraph import main
from graph.cypher.files import parse_query_file

_QUERIES = Path(__file__).parents[2] / "data" / "queries"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its command and what that prints; its ready query and what a row holds; a search and a sentence.

    search  asked of /api/v1/search; without one the ready query is asked of /api/v1/cypher
    """

    command: tuple[str, ...]
    printed: str
    query: str
    row: str
    search: str = ""
    sentence: str = ""


QUESTIONS = {
    "1 who says it, through whom, in which sentence": Question(
        ("search", "about:deepseek about:openai type:allegation polarity:affirmed"),
        r"substantial evidence.*\n.*David Sacks",
        "01-who-says",
        "substantial evidence",
        "about:deepseek about:openai type:allegation",
        "substantial evidence",
    ),
    "2 who denied or disputed it": Question(
        ("story", "deepseek openai"),
        r"Denied: “DeepSeek denied that it distilled OpenAI's models for R1.” — DeepSeek ◂ The Harbor Ledger",
        "02-who-denied",
        "DeepSeek denied",
        "about:deepseek type:allegation polarity:denied",
        "DeepSeek denied",
    ),
    "3 how its status changed": Question(
        ("story", "deepseek openai"),
        r"alleged \(29 Jan 2025\) → disputed .* → denied \(18 Sep 2025\)",
        "03-status-day-by-day",
        "disputed",
    ),
    "3 what was known on a day": Question(
        ("story", "deepseek openai", "--as-of", "2025-01-29"),
        r"accuse DeepSeek of distilling OpenAI’s models: alleged since 29 Jan 2025",
        "38-known-by",
        "DeepSeek distilled OpenAI",
    ),
    "4 how many origins against how many articles": Question(
        ("story", "deepseek openai"),
        r"8 articles, 2 origins: David Sacks; OpenAI",
        "40-origins-and-articles",
        "DeepSeek distilled OpenAI",
    ),
    "5 every figure for one measure": Question(
        ("figures", "deepseek", "--measure", "training_cost"),
        r"(?s)in USD: they are up to 19 times apart.*US\$294,000.*about US\$5.6\s+million",
        "05-figures",
        "294,000",
        "about:deepseek-r1 type:cost",
        "294,000",
    ),
    "6 what a vendor claims of its own and who measured it": Question(
        ("ledger", "--about", "qwen2.5-max"),
        r"(?s)on Chatbot Arena\n  Self-reported by: Alibaba\n  Measured by: LMSYS.*Alibaba: 5 of 6",
        "06-vendor-beats",
        "Chatbot Arena",
        "about:qwen2.5-max type:benchmark speaker:alibaba",
        "Chatbot Arena",
    ),
    "7 who has a stake": Question(
        ("story", "deepseek openai"),
        r"Stake of OpenAI: OpenAI competes with DeepSeek",
        "07-accusers-with-a-stake",
        "OpenAI",
    ),
    "8 how a speaker's certainty changed": Question(
        ("story", "deepseek nvidia"),
        r"Alexandr Wang's words, as reported: thinks possible → says \(firmer\)",
        "43-drift",
        "Alexandr Wang",
    ),
    "9 everything under any spelling": Question(
        ("search", "about:ディープシーク"),
        r"DeepSeek",
        "09-any-spelling",
        "DeepSeek",
        "about:ディープシーク lang:en",
        "DeepSeek",
    ),
    "10 whether one article contradicts itself": Question(
        ("story", "alibaba"),
        r"(?s)One article says both\n.*五つのベンチマーク.*MMLU-ProではGPT-4oが77.0",
        "10-self-contradiction",
        "MMLU-Pro",
    ),
    "10 what a later version dropped": Question(
        ("story", "deepseek-r1", "--limit", "50"),
        r"reported \(21 Jan 2025\) → retracted \(24 Jan 2025\)",
        "27-dropped-claims",
        "5.6 million",
    ),
    "11 what links two entities": Question(
        ("paths", "deepseek", "openai"),
        r"DeepSeek ─ OpenAI",
        "11-links",
        "SUBJECT",
        "about:deepseek about:openai",
        "OpenAI",
    ),
    "12 what is new about these, of these types": Question(
        ("search", "about:deepseek type:allegation since:2025-02-05"),
        r"DeepSeek denied that it distilled",
        "12-new-since",
        "DeepSeek denied",
        "about:deepseek type:allegation since:2025-02-05",
        "DeepSeek denied",
    ),
}
_VENDOR = {"06-vendor-beats": {"vendor": "alibaba"}}


@pytest.fixture(scope="module")
def store(given: Path) -> str:
    return str(given)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_by_command(store: str, question: Question) -> None:
    assert re.search(question.printed, _run(store, *question.command))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_in_cypher(store: str, question: Question) -> None:
    file = str(_QUERIES / f"{question.query}.cypher")
    params = [f"--param={key}={value}" for key, value in _VENDOR.get(question.query, {}).items()]
    assert question.row in _run(store, "cypher", "--file", file, "--json", *params)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_by_api(given_site: str, question: Question) -> None:
    if question.search:
        answer = _get(f"{given_site}/api/v1/search?limit=100&q={urllib.parse.quote(question.search)}")
        assert any(question.sentence in claim["text"] for claim in answer["claims"])
    else:
        asked = parse_query_file((_QUERIES / f"{question.query}.cypher").read_text())
        rows = _get(f"{given_site}/api/v1/cypher", {"query": asked.query, "parameters": asked.parameters})["rows"]
        assert question.row in json.dumps(rows, ensure_ascii=False)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("deepseek openai", r"did not respond, 19 h after the first report", id="no response"),
        pytest.param("deepseek openai", r"DeepSeek denied it 233 days after the first report", id="a late denial"),
        pytest.param("deepseek openai", r"Firmer than .*: asked became unproven", id="a rewrite"),
        pytest.param("deepseek openai", r"under investigation since 29 Jan 2025", id="an inquiry"),
        pytest.param("deepseek nvidia", r"Firmer than .*: thought possible became said as fact", id="inflation"),
        pytest.param("deepseek nvidia", r"50,000 Nvidia H100 ⟷ .*10,000 .*\(different numbers\)", id="values"),
        pytest.param("alibaba", r"GPT-4o beats Qwen2.5-Max .* ⟷ .*\(each ahead of the other\)", id="order"),
        pytest.param("nvidia", r"Beside the record before: .* as the claim says", id="a record"),
        pytest.param("nvidia", r"Computed from before and after: .* = -16.9682 %, as the claim says", id="a change"),
        pytest.param("deepseek-v3", r"Computed from the factors: .* as the claim says", id="a product"),
        pytest.param("nvidia", r"Nvidia lost US\$589.billion of value: corroborated", id="corroborated"),
    ],
)  # fmt: skip
def test_the_story_shows(store: str, query: str, shown: str) -> None:
    assert re.search(shown, _run(store, "story", query, "--limit", "60"))


def test_markdown_and_json_tell_the_same_story(store: str) -> None:
    view = json.loads(_run(store, "story", "deepseek openai", "--format", "json"))
    text = _run(store, "story", "deepseek openai", "--format", "markdown")
    assert text.startswith("# DeepSeek, OpenAI: what ")
    assert len(re.findall(r"^## \d+\. ", text, re.MULTILINE)) == len(view["chapters"])
    assert "OpenAI accuse DeepSeek of distilling" in text
    for chapter in view["chapters"]:
        named = {
            *chapter["affirmed"],
            *chapter["denied"],
            *(id for event in chapter["history"] for id in event["basis"]),
        }
        assert named <= view["claims"].keys()


def test_nothing_known_later_is_told_of_a_day(store: str) -> None:
    view = json.loads(_run(store, "story", "deepseek", "--as-of", "2025-01-28", "--format", "json", "--limit", "99"))
    assert view["chapters"]
    assert all(claim["reported_at"] < "2025-01-29" for claim in view["claims"].values())
    events = [event for chapter in view["chapters"] for event in chapter["history"]]
    assert all(event["recorded_at"] < "2025-01-29" for event in events)


def test_what_was_so_by_a_day_is_asked_apart(store: str) -> None:
    text = _run(store, "story", "deepseek openai", "--valid-at", "2025-02-01")
    assert re.search(r"of distilling OpenAI’s models; .* disput(?:es|e) it: disputed since 30 Jan 2025", text)


@cache
def _run(store: str, *words: str) -> str:
    result = CliRunner().invoke(main, ["--store", store, *words])
    assert result.exit_code == 0, result.output
    return result.stdout


def _get(url: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"} if body else {})
    with urllib.request.urlopen(request) as answer:
        return dict(json.load(answer))
