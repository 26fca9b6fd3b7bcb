"""Histories, origins, contradictions and copies beside those expected."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from evaluation.counting import Count
from evaluation.matching import match_matters
from evaluation.matters import (
    count_contradictions,
    count_copies,
    count_events,
    count_look_alikes,
    count_matters,
    count_origins,
)
from graph.matters.origins import Voice
from graph.records import Contradiction, ContradictionKind, CopyKind, PropositionId, Status
from tests.evaluation.views import make_article, make_chapter, make_matter, make_outcome, make_story, make_voice

ANCHORS = {"1.en": "cost $3"}
OTHER = {"2.en": "cost $9"}
PLACES = {"a": ("1.en", "Tarn cost $3."), "b": ("2.en", "Tarn cost $9.")}
VALUE, ORDER = ContradictionKind.VALUE, ContradictionKind.ORDER
REPORTED, DENIED = (Status.REPORTED, 0.0), (Status.DENIED, 30.0)


def test_matters_and_what_holds_several() -> None:
    story = make_story(make_matter("one", ANCHORS), make_matter("two", OTHER))
    apart = make_outcome(make_chapter("p", "a"), make_chapter("q", "b"), places=PLACES)
    assert count_matters(story, match_matters(story, apart)) == Count(2, 2)
    joined = make_outcome(make_chapter("p", "a", "b"), places=PLACES)
    assert count_matters(story, match_matters(story, joined)) == Count(0, 2, 1)


@pytest.mark.parametrize(
    ("told", "every", "later"),
    [
        ([REPORTED, DENIED], Count(2, 2), Count(1, 1)),
        ([REPORTED, (Status.DENIED, 54)], Count(2, 2), Count(1, 1)),
        ([REPORTED, (Status.DENIED, 55)], Count(1, 2), Count(0, 1)),
        ([REPORTED, (Status.DISPUTED, 30), DENIED], Count(2, 2), Count(1, 1)),
        ([REPORTED, DENIED, (Status.CONFIRMED, 40)], Count(2, 2, 1), Count(1, 1, 1)),
        ([REPORTED], Count(1, 2, 1), Count(0, 1)),
        ([REPORTED, (Status.CORROBORATED, 9), DENIED], Count(2, 2, 1), Count(1, 1, 1)),
    ],
    ids=["all", "a day off", "more than a day", "one between", "another end", "no end", "false corroboration"],
)
def test_steps_of_a_history(told: Sequence[tuple[Status, float]], every: Count, later: Count) -> None:
    story = make_story(make_matter("one", ANCHORS, REPORTED, DENIED, final=Status.DENIED))
    matched = match_matters(story, make_outcome(make_chapter("p", "a", steps=told), places=PLACES))
    assert count_events(story, matched) == every
    assert count_events(story, matched, later=True) == later


def test_one_step_is_not_two() -> None:
    story = make_story(make_matter("one", ANCHORS, REPORTED, (Status.DENIED, 5), (Status.DENIED, 6)))
    chapter = make_chapter("p", "a", steps=[REPORTED, (Status.DENIED, 5)])
    assert count_events(story, match_matters(story, make_outcome(chapter, places=PLACES))) == Count(2, 3)


def test_steps_of_a_matter_that_is_not_there_are_missing() -> None:
    story = make_story(make_matter("one", ANCHORS, REPORTED, DENIED))
    assert count_events(story, match_matters(story, make_outcome(places=PLACES))) == Count(0, 2)


def test_corroboration_of_what_has_two_origins_is_none_too_much() -> None:
    story = make_story(make_matter("one", ANCHORS, REPORTED, origins=("Pellow", "Brisco")))
    chapter = make_chapter("p", "a", steps=[REPORTED, (Status.CORROBORATED, 9)])
    assert count_events(story, match_matters(story, make_outcome(chapter, places=PLACES))) == Count(1, 1)


PELLOW, BRISCO = make_voice("Pellow", "a", entity="pellow"), make_voice("Brisco", "a", entity="brisco")


@pytest.mark.parametrize(
    ("voices", "count"),
    [
        ([PELLOW, BRISCO], Count(1, 1)),
        ([make_voice("ペロー社", "a", entity="pellow"), BRISCO], Count(1, 1)),
        ([PELLOW], Count(0, 1)),
        ([PELLOW, make_voice("Ann Brisco", "a")], Count(1, 1)),
        ([PELLOW, BRISCO, make_voice("Ann Brisco", "a")], Count(1, 1)),
        ([PELLOW, BRISCO, make_voice("Dell Post")], Count(0, 1, 1)),
        ([PELLOW, BRISCO, make_voice("Pellow")], Count(0, 1, 1)),
        ([PELLOW, BRISCO, make_voice("a former clerk", "a")], Count(1, 1)),
        ([], Count(0, 1)),
    ],
    ids=["those named", "another spelling", "one is missing", "one instead", "one beside", "another", "one twice",
         "an outlet's unnamed source", "nobody"],
)  # fmt: skip
def test_origins_are_those_named_and_no_more(voices: Sequence[Voice], count: Count) -> None:
    matter = make_matter("one", ANCHORS, origins=("Pellow", "The Brisco"), also=("Ann Brisco", "Outlet 1"))
    story = make_story(matter)
    names = {"pellow": ["pellow", "ペロー社"]}
    outcome = make_outcome(make_chapter("p", "a", voices=voices), places=PLACES, names=names)
    assert count_origins(story, match_matters(story, outcome), outcome) == count


def contradict(*kinds: ContradictionKind, dismissed: bool = False) -> tuple[Contradiction, ...]:
    return tuple(Contradiction(PropositionId("p"), PropositionId("q"), kind, 1.0, dismissed) for kind in kinds)


@pytest.mark.parametrize(
    ("found", "wanted", "unwanted"),
    [
        (contradict(VALUE), Count(1, 1), Count(0, 0, 1)),
        (contradict(ORDER), Count(0, 1), Count(0, 0, 1)),
        (contradict(VALUE, dismissed=True), Count(0, 1), Count(0, 0)),
        ((), Count(0, 1), Count(0, 0)),
    ],
    ids=["that kind", "another kind", "dismissed", "none"],
)
def test_contradictions(found: tuple[Contradiction, ...], wanted: Count, unwanted: Count) -> None:
    outcome = replace(make_outcome(make_chapter("p", "a"), make_chapter("q", "b"), places=PLACES), contradictions=found)
    opposed = make_story(
        make_matter("one", ANCHORS, opposed=[("two", VALUE)]), make_matter("two", OTHER, opposed=[("one", VALUE)])
    )
    assert count_contradictions(opposed, match_matters(opposed, outcome), outcome) == wanted
    story = make_story(make_matter("one", ANCHORS), make_matter("two", OTHER))
    assert count_contradictions(story, match_matters(story, outcome), outcome) == unwanted


def test_look_alikes() -> None:
    story = make_story(make_matter("one", ANCHORS, alike=["two"]), make_matter("two", OTHER, alike=["one"]))

    def count(*chapters: str, contradictions: tuple[Contradiction, ...] = ()) -> Count:
        made = [make_chapter(id, *claims) for id, claims in zip("pq", chapters, strict=False)]
        outcome = replace(make_outcome(*made, places=PLACES), contradictions=contradictions)
        return count_look_alikes(story, match_matters(story, outcome), outcome)

    assert count("a", "b") == Count(1, 1)
    assert count("a", "b", contradictions=contradict(VALUE)) == Count(0, 1, 1)
    assert count("a") == Count(0, 1)
    assert count("ab") == Count(0, 1, 1)


def test_copies_are_kept_as_one_over_others_too() -> None:
    articles = [
        make_article("1.en"), make_article("2.en", copy_of="1.en", kind=CopyKind.SYNDICATED),
        make_article("3.en", copy_of="1.en", kind=CopyKind.REWRITTEN), make_article("4.en"),
    ]  # fmt: skip
    story = make_story(articles=articles)
    outcome = replace(make_outcome(places=PLACES), copies=(("2.en", "1.en"), ("3.en", "2.en"), ("4.en", "1.en")))
    assert count_copies(story, outcome) == Count(2, 2, 1)
    assert count_copies(story, make_outcome(places=PLACES)) == Count(0, 2)


def test_versions_are_no_copies_too_much() -> None:
    story = make_story(articles=[make_article("1.en"), make_article("2.en", version="1.en")])
    outcome = replace(make_outcome(places=PLACES), copies=(("2.en", "1.en"),))
    assert count_copies(story, outcome) == Count(0, 0)


@pytest.mark.parametrize(("origin", "found"), [("Pellow", 1), ("夕凪新聞", 0)], ids=["of another", "its own"])
def test_a_translation_is_no_origin(origin: str, found: int) -> None:
    articles = [make_article("1.en"), make_article("2.ja", "夕凪新聞", "1.en", CopyKind.TRANSLATED)]
    places = {"a": ("1.en", "Tarn cost $3."), "b": ("2.ja", "3ドル。")}
    chapter = make_chapter("p", "a", "b", voices=[make_voice(origin)])
    outcome = replace(make_outcome(chapter, places=places), copies=(("2.ja", "1.en"),))
    assert count_copies(make_story(articles=articles), outcome) == Count(found, 1)
