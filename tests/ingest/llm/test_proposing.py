"""What an agent is given to read, and what of its proposals may stand."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from graph.errors import QueryError
from graph.readers import name_agent, name_reading_agent, name_run
from graph.records import Extraction, Modality, Outcome, Polarity, Predicate
from ingest.llm.proposing import Checked, Desk, load_desk, put_in, take_out
from tests.hand import DAY, make_article
from tests.ingest.llm.wrong_proposals import BOUGHT, COST, NAMES, RIGHT, SENTENCES, TEXT, WRONG

ARTICLE = make_article(TEXT)
READER = name_run(name_reading_agent("scribe", "1.0"), DAY)


@cache
def load() -> Desk:
    return load_desk(Path(__file__).parents[3] / "data", 16_384)


def check(*claims: object, part: int = 1, reader: str = READER, desk: Desk | None = None) -> Checked:
    return (desk or load()).check(ARTICLE, part, NAMES, list(claims), reader)


def test_a_sheet_has_the_numbered_sentences_in_a_frame_and_the_guideline() -> None:
    [sheet] = load().lay_out(ARTICLE)
    assert (sheet.part, sheet.parts, sheet.sentences) == (1, 1, (0, len(SENTENCES) - 1))
    first, *lines, last = sheet.text.splitlines()[1:]
    assert lines == [f"[{number}] {sentence}" for number, sentence in enumerate(SENTENCES)]
    assert first.startswith("<text ")
    assert last == first.replace("<text", "</text")
    assert "# Predicates" in sheet.guideline
    assert (sheet.source, sheet.published_on) == ("Outlet", "2025-03-14")


def test_what_the_text_has_stands() -> None:
    checked = check(*RIGHT)
    assert [verdict.outcome for verdict in checked.verdicts] == [Outcome.STORED] * len(RIGHT)
    found = {verdict.number: claim for verdict in checked.verdicts for claim in checked.found.claims
             if claim.id == verdict.claim}  # fmt: skip
    assert {claim.reader for claim in found.values()} == {"agent scribe/1.0@20250314T000000"}
    assert (found[0].predicate, found[0].modality) == (Predicate.ACQUIRED, Modality.REPORTED)
    assert (found[1].modality, found[1].claimants[-1].party.name) == (Modality.ALLEGED, "OpenAI")
    assert found[2].polarity is Polarity.DENIED
    assert found[3].quantity
    assert found[3].quantity.value == 5_600_000
    for claim in found.values():
        assert claim.text == TEXT[slice(*claim.span)]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_the_text_has_not_is_refused_with_its_reason(wrong: str) -> None:
    claim, reason, part = WRONG[wrong]
    checked = check(BOUGHT, claim)
    good, bad = checked.verdicts
    assert good.outcome is Outcome.STORED
    assert (bad.number, bad.outcome, bad.claim) == (1, Outcome.REFUSED, None)
    assert bad.reason == reason
    assert part in ("", bad.part)
    assert bad.hint
    assert [one.id for one in checked.found.claims] == [good.claim]


def test_a_closed_set_is_told_with_its_options() -> None:
    verdicts = check(*(WRONG[name][0] for name in ("a predicate of its own", "a rumour as a fact"))).verdicts
    assert verdicts[0].options == tuple(predicate.value for predicate in Predicate)
    assert verdicts[1].options == ("reported", "alleged", "speculated", "predicted", "questioned")


def test_the_same_claim_twice_is_stored_once() -> None:
    first, second = check(BOUGHT, BOUGHT).verdicts
    assert {first.outcome, second.outcome} == {Outcome.STORED, Outcome.REFUSED}
    assert {first.reason, second.reason} == {"", "no_claim"}


@pytest.mark.parametrize("order", [1, -1])
def test_the_firmer_of_two_is_refused_whichever_comes_first(order: int) -> None:
    verdicts = check(*(BOUGHT, WRONG["a rumour as a fact"][0])[::order]).verdicts[::order]
    assert [verdict.reason for verdict in verdicts] == ["", "firmer_than_sentence"]


def test_no_claims_and_no_list_are_no_claims() -> None:
    assert check().verdicts == ()
    assert load().check(ARTICLE, 1, {}, "none", READER).verdicts == ()


def test_a_long_article_has_parts_and_each_is_held_to_its_own_sentences() -> None:
    narrow = replace(load(), context=4_300)
    sheets = narrow.lay_out(ARTICLE)
    assert len(sheets) > 1
    assert [sheet.sentences[0] for sheet in sheets[1:]] == [sheet.sentences[1] + 1 for sheet in sheets[:-1]]
    [verdict] = check(COST, part=1, desk=narrow).verdicts
    assert verdict.reason == "no_sentence"
    with pytest.raises(QueryError, match="there is no part 99"):
        check(COST, part=99, desk=narrow)


BEFORE = Extraction(ARTICLE)


def test_what_the_agent_proposed_before_is_replaced_and_what_others_found_stays() -> None:
    learned = tuple(replace(claim, reader="learned 9") for claim in check(COST).found.claims)
    first, verdicts, gone = put_in(replace(BEFORE, claims=learned), check(BOUGHT, COST), READER)
    assert [verdict.outcome for verdict in verdicts] == [Outcome.STORED, Outcome.KNOWN]
    assert gone == 0
    assert sorted(claim.reader for claim in first.claims) == [READER, "learned 9"]
    later = name_run(name_agent(READER), DAY.replace(hour=9))
    again, _, gone = put_in(first, check(*RIGHT[1:3], reader=later), later)
    assert gone == 1
    assert sorted(claim.reader for claim in again.claims) == [later, later, "learned 9"]
    other = name_run("agent reader/2", DAY)
    beside, verdicts, gone = put_in(again, check(BOUGHT, *RIGHT[1:3], reader=other), other)
    assert gone == 0
    assert [verdict.outcome.value for verdict in verdicts] == ["stored", "known", "known"]
    assert take_out(take_out(beside, other), later).claims == learned


def test_what_a_person_judged_of_a_claim_stays_with_it() -> None:
    first, _, _ = put_in(BEFORE, check(BOUGHT), READER)
    judged = replace(first, claims=tuple(replace(claim, misread="not said") for claim in first.claims))
    again, _, _ = put_in(judged, check(BOUGHT), READER)
    assert [claim.misread for claim in again.claims] == ["not said"]


def test_only_what_its_claims_name_comes_with_a_proposal() -> None:
    after, _, _ = put_in(BEFORE, check(BOUGHT), READER)
    assert {entity.name for entity in after.entities} == {"Zephyr Labs", "Orrery"}
    assert after.mentions == ()


@pytest.mark.parametrize(
    ("name", "version", "told"),
    [
        ("scribe", "1.0", "agent scribe/1.0"),
        ("Claude Code @ home/x", "", "agent Claude-Code-home-x/0"),
        ("読み手", "2", "agent 読み手/2"),
        ("x" * 500, "1\n2", f"agent {'x' * 60}/1-2"),
        (" \n", "1", ""),
    ],
)
def test_an_agent_is_called_what_it_calls_itself_without_signs_of_ours(name: str, version: str, told: str) -> None:
    assert name_reading_agent(name, version) == told
