"""`claimgraph demo` as a newcomer meets it: the story is read, its pages answer, all that is read is sourced.

How well the reader reads is measured on gold (docs/accuracy.md); what follows from claims is asked of given ones
(test_questions.py).
"""

import html
import json
import re
import urllib.parse
import urllib.request
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from commands.demo_judgements import read_corrections
from graph.grades import STORED_FROM
from web.language.wording import LANGUAGES, get_words
from web.pages.tour import STEPS

_DEMO = Path(__file__).parents[2] / "data" / "demo"
_MOST_CORRECTIONS = 12
_GIVEN = Path(__file__).parents[1] / "given.jsonl"
_unread = pytest.mark.xfail(reason="the reader does not read this yet", raises=AssertionError, strict=True)


@cache
def _get(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        return str(answer.read().decode())


def _search(demo: str, query: str) -> list[dict[str, Any]]:
    """All claims that a search finds, page after page."""
    claims: list[dict[str, Any]] = []
    after: str | None = ""
    while after is not None:
        asked = urllib.parse.urlencode({"q": query, "limit": 100} | ({"after": after} if after else {}))
        found = json.loads(_get(f"{demo}/api/v1/search?{asked}"))
        claims += found["claims"]
        after = found["next"]
    return claims


def _ask(demo: str, query: str) -> list[list[Any]]:
    return list(json.loads(_get(f"{demo}/api/v1/cypher?q={urllib.parse.quote(query)}"))["rows"])


def _speakers(claim: dict[str, Any]) -> list[str]:
    return [claimant["party"]["name"] for claimant in claim["claimants"]]


def test_the_front_page_says_that_it_is_a_demo_and_opens_on_a_day_with_its_stories(demo: str) -> None:
    page = _get(demo)
    assert "A demo: invented outlets retell public facts of January 2025." in page
    assert "<h1>Wednesday 29 January 2025</h1>" in page
    assert page.count('<li class="claim story"') >= 8
    assert "accuses DeepSeek of distilling OpenAI’s models" in page


@pytest.mark.parametrize(
    "path", ["days", "days/2025-01-30", "search", "matters", "contradictions", "sources", "feeds", "status", "story"]
)
def test_its_pages_load(demo: str, path: str) -> None:
    assert "<h1" in _get(f"{demo}/{path}")


def test_claims_are_read_in_both_languages_and_scored(demo: str) -> None:
    claims = _search(demo, "")
    assert {claim["lang"] for claim in claims} == {"en", "ja"}
    assert all(STORED_FROM <= claim["score"] <= 1 for claim in claims)


def test_every_claim_stands_in_its_article_where_it_says(demo: str) -> None:
    for claim in _search(demo, ""):
        text = json.loads(_get(f"{demo}/api/v1/articles/{claim['article']['id']}"))["text"]
        for part in (claim, *claim["cues"]):
            start, end = part["span"]
            assert text[start:end] == part["text"]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_claim_is_one_click_from_its_sentence_and_that_from_its_article(demo: str, lang: str) -> None:
    claim = _search(demo, f"lang:{lang}")[0]
    page = _get(f"{demo}/claims/{claim['id']}")
    (lit,) = re.findall(r'<span class="sentence-lit[^>]*>(.*?)</span>', page, re.DOTALL)
    assert html.unescape(re.sub("<[^>]*>", "", lit)) == claim["text"]
    assert f'href="/articles/{claim["article"]["id"]}#c-{claim["id"]}"' in page


def test_no_accusation_is_firmer_than_alleged(demo: str) -> None:
    for claim in _search(demo, "type:allegation polarity:affirmed"):
        assert claim["modality"] not in {"asserted", "reported"}, claim["text"]


def test_what_was_put_right_by_hand_is_seen_as_such(demo: str) -> None:
    rows = read_corrections(_DEMO)
    assert len(rows) <= _MOST_CORRECTIONS
    judged = json.loads(_get(f"{demo}/api/v1/judgements?limit=100"))["judgements"]
    assert {(one["kind"], one["who"]) for one in judged} == {("misread", "the demo")}
    assert sorted(one["why"] for one in judged) == sorted(row.why for row in rows)
    for claim in {id for one in judged for id in one["claims"]}:
        assert "misread" in _get(f"{demo}/claims/{claim}")
        assert claim not in _get(f"{demo}/days/2025-01-29")


def test_nobody_accuses_himself(demo: str) -> None:
    for claim in _search(demo, "type:allegation polarity:affirmed"):
        assert _speakers(claim)[-1:] != [claim["subject"]["name"]], claim["text"]


def test_nothing_comes_from_the_sponsor_or_the_appeal(demo: str) -> None:
    texts = " ".join(claim["text"] for claim in _search(demo, "source:signal-and-silicon.example"))
    assert texts
    assert not re.search(r"sponsor|subscribe|discount|sign up", texts, re.IGNORECASE)


def test_both_versions_of_a_corrected_article_are_kept(demo: str) -> None:
    versions = {claim["article"]["version"] for claim in _search(demo, "source:harbor-ledger.example")}
    assert versions == {1, 2}


def test_the_wire_s_copy_and_its_translation_are_known_as_such(demo: str) -> None:
    query = (
        "MATCH (b:Source)-[:PUBLISHED]->(:Article)-[r:COPY_OF]->(:Article)<-[:PUBLISHED]-(s:Source) "
        "RETURN b.name AS copying, r.kind AS kind, s.name AS printed ORDER BY kind"
    )
    assert _ask(demo, query) == [
        ["Copperline Daily", "syndicated", "Meridian Wire"],
        ["計算機日報", "translated", "Meridian Wire"],
    ]


def test_given_claims_are_of_its_articles_as_they_stand(demo: str) -> None:
    """An article's id comes from its text: a page that is rewritten needs its given claims looked at again."""
    given = [json.loads(line) for line in _GIVEN.read_text("utf-8").splitlines()]
    articles = {line["id"] for line in given if line["record"] == "article"}
    assert articles == {id for (id,) in _ask(demo, "MATCH (a:Article) RETURN a.id AS id")}


def test_the_accusation_has_its_speaker_in_both_languages(demo: str) -> None:
    claims = _search(demo, "speaker:sacks about:deepseek about:openai type:allegation weak:all")
    assert {claim["lang"] for claim in claims} == {"en", "ja"}


@_unread
def test_the_accusation_is_shown_in_both_languages(demo: str) -> None:
    """The Japanese one is weak, by little."""
    claims = _search(demo, "speaker:sacks about:deepseek about:openai type:allegation")
    assert {claim["lang"] for claim in claims} == {"en", "ja"}


def test_a_denial_is_the_speaker_s_and_denied(demo: str) -> None:
    denials = _search(demo, "about:deepseek type:allegation polarity:denied")
    assert {speakers[-1] for claim in denials if (speakers := _speakers(claim))} >= {"DeepSeek", "Aravind Srinivas"}


@_unread
def test_a_repeated_report_keeps_its_whole_chain(demo: str) -> None:
    chains = [_speakers(claim) for claim in _search(demo, "source:copperline-daily.example")]
    assert any(chain[:2] == ["Meridian Wire", "Bloomberg"] for chain in chains)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_tour_leads_through_pages_that_show_what_it_says(demo: str, lang: str) -> None:
    words, walked = get_words(lang), []
    number: int | None = 1
    while number:
        asked = urllib.request.Request(f"{demo}/tour/{number}", headers={"Accept-Language": lang})
        with urllib.request.urlopen(asked) as answer:
            page = answer.read().decode()
            walked.append(urllib.parse.urlsplit(answer.url).path.split("/")[1])
        assert str(words.say("tour.step", n=number, of=len(STEPS))) in page
        # Where the story has a matter and claims, none of its steps falls back on a list.
        assert str(words.say(next(iter(STEPS[number - 1].seen.values())))) in page
        following = re.search(r'rel="next" href="/tour/(\d)"', page)
        number = int(following[1]) if following else None
    assert walked == ["", "matters", "claims", "figures", "cypher"]
    assert "<td" in page
