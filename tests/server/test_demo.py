"""`claimgraph demo` as a newcomer meets it: the story is loaded and its pages answer."""

import json
import re
import urllib.parse
import urllib.request
from typing import Any


def _search(demo: str, query: str) -> list[dict[str, Any]]:
    with urllib.request.urlopen(f"{demo}/api/v1/search?limit=100&q={urllib.parse.quote(query)}") as answer:
        return list(json.load(answer)["claims"])


def _speakers(claim: dict[str, Any]) -> list[str]:
    return [claimant["party"]["name"] for claimant in claim["claimants"]]


def test_the_front_page_says_that_it_is_a_demo(demo: str) -> None:
    with urllib.request.urlopen(demo) as answer:
        page = answer.read().decode()
    assert "A demo: invented outlets retell public facts of January 2025." in page


def test_the_accusation_has_its_speaker_and_stays_an_allegation(demo: str) -> None:
    claims = _search(demo, "speaker:sacks about:deepseek about:openai type:allegation")
    assert {claim["lang"] for claim in claims} == {"en", "ja"}
    assert {claim["modality"] for claim in claims} == {"alleged"}
    assert all(_speakers(claim)[-1] == "David Sacks" for claim in claims)


def test_no_accusation_is_stored_as_a_fact(demo: str) -> None:
    for claim in _search(demo, "type:allegation polarity:affirmed"):
        assert claim["modality"] != "asserted", claim["text"]


def test_denials_are_denied_by_the_accused_by_another_and_by_somebody_unnamed(demo: str) -> None:
    denials = _search(demo, "about:deepseek type:allegation polarity:denied")
    assert [_speakers(claim)[-1] for claim in denials] == ["DeepSeek", "person close to DeepSeek", "Aravind Srinivas"]
    assert denials[1]["claimants"][-1]["party"]["entity"] is None


def test_a_repeated_report_keeps_its_whole_chain(demo: str) -> None:
    chains = [_speakers(claim) for claim in _search(demo, "source:copperline-daily.example")]
    assert any(chain[:2] == ["Meridian Wire", "Bloomberg"] for chain in chains)


def test_the_comparison_is_the_vendor_s_own(demo: str) -> None:
    claims = _search(demo, "about:qwen2.5-max about:deepseek-v3 type:benchmark speaker:alibaba")
    assert {claim["benchmark"]["name"] for claim in claims if claim["benchmark"]} >= {"Arena-Hard", "LiveBench"}


def test_figures_are_normalised_in_both_languages(demo: str) -> None:
    costs = {
        (claim["quantity"]["value"], claim["quantity"]["unit"])
        for claim in _search(demo, "type:cost")
        if claim["quantity"]
    }
    assert (5_600_000, "USD") in costs
    chips = [claim for claim in _search(demo, "about:H100 type:compute") if claim["quantity"]]
    values = {claim["quantity"]["value"] for claim in chips}
    assert values == {10_000, 50_000}
    most = [claim for claim in chips if claim["quantity"]["value"] == 50_000]
    assert {claim["lang"] for claim in most} == {"en", "ja"}
    assert {_speakers(claim)[-1] for claim in most} == {"Alexandr Wang", "Harbor Ledger"}


def test_a_may_stays_a_may(demo: str) -> None:
    weak = [claim for claim in _search(demo, "about:H100 type:compute") if re.search(r"\bmay\b|可能性", claim["text"])]
    assert {claim["modality"] for claim in weak} == {"speculated"}


def test_an_accuser_is_never_the_accused(demo: str) -> None:
    for claim in _search(demo, "type:allegation"):
        assert claim["subject"]["name"] not in {"Microsoft", "OpenAI", "Financial Times"}, claim["text"]


def test_nothing_comes_from_the_sponsor_or_the_appeal(demo: str) -> None:
    texts = " ".join(claim["text"] for claim in _search(demo, "source:signal-and-silicon.example"))
    assert not re.search(r"sponsor|subscribe|discount|sign up", texts, re.IGNORECASE)


def test_both_versions_of_a_corrected_article_are_kept(demo: str) -> None:
    versions = {claim["article"]["version"] for claim in _search(demo, "source:harbor-ledger.example")}
    assert versions == {1, 2}


def test_cypher_answers_over_the_demo(demo: str) -> None:
    query = {"query": "MATCH (c:Claim)-[:CLAIMED_BY]->(who:Entity {id: 'david-sacks'}) RETURN count(*) AS claims"}
    request = urllib.request.Request(
        f"{demo}/api/v1/cypher", json.dumps(query).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        table = json.load(answer)
    assert table["columns"] == ["claims"]
    assert table["rows"][0][0] >= 2


def test_the_wire_s_copy_and_its_translation_are_known_as_such(demo: str) -> None:
    query = (
        "MATCH (b:Source)-[:PUBLISHED]->(:Article)-[r:COPY_OF]->(:Article)<-[:PUBLISHED]-(s:Source) "
        "RETURN b.name AS copying, r.kind AS kind, s.name AS printed ORDER BY kind"
    )
    with urllib.request.urlopen(f"{demo}/api/v1/cypher?q={urllib.parse.quote(query)}") as answer:
        rows = json.load(answer)["rows"]
    assert rows == [
        ["Copperline Daily", "syndicated", "Meridian Wire"],
        ["計算機日報", "translated", "Meridian Wire"],
    ]
