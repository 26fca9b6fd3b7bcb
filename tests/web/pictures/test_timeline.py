from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph.answers.chapters import Clock
from graph.answers.matter import MatterDetail
from graph.grades import Grade
from graph.records import Event, Modality, Status
from graph.store import GraphStore
from tests.web.pictures.conftest import get_accusation
from web.language.wording import LANGUAGES, get_words
from web.pictures.marks import Picture
from web.pictures.timeline import draw_timeline

EN = get_words()


def draw(matter: MatterDetail, lang: str = "en") -> Picture:
    picture = draw_timeline(matter.chapter, matter.claims, get_words(lang))
    assert picture
    return picture


def find_axis(picture: Picture) -> float:
    return next(line.y1 for line in picture.lines if line.kind == "axis")


def list_names(picture: Picture, above: bool) -> list[str]:
    """The lanes above or below the axis."""
    axis = find_axis(picture)
    return [label.text for label in picture.labels if not label.kind and (label.y < axis) is above]


def test_origins_stand_above_and_who_denies_below(accusation: MatterDetail) -> None:
    picture = draw(accusation)
    assert {"OpenAI", "David Sacks"} <= set(list_names(picture, above=True))
    assert list_names(picture, above=False) == ["person close to DeepSeek", "Aravind Srinivas", "DeepSeek"]


def test_denials_are_told_by_shape_and_place(accusation: MatterDetail) -> None:
    picture = draw(accusation)
    axis = find_axis(picture)
    assert {dot.denied for dot in picture.dots} == {True, False}
    assert all(dot.denied is (dot.y > axis) for dot in picture.dots)


def test_each_step_has_its_word_and_long_silence_its_length(accusation: MatterDetail) -> None:
    picture = draw(accusation)
    words = [label.text for label in picture.labels if label.kind.startswith("status")]
    assert words == ["alleged", "disputed", "denied"] or sorted(words) == ["alleged", "denied", "disputed"]
    assert "8 months" in {label.text for label in picture.labels}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_has_what_is_drawn(accusation: MatterDetail, lang: str) -> None:
    picture = draw(accusation, lang)
    told = [cell.claim for row in picture.rows for cell in row if cell.claim]
    assert set(told) == {*accusation.chapter.affirmed, *accusation.chapter.denied}
    assert sum(dot.count for dot in picture.dots) == len(told) == 15
    assert len(picture.rows) == 15 + 3


def test_the_summary_says_who_denied_first(accusation: MatterDetail) -> None:
    summary = "15 claims by 7 speakers from 29 Jan 2025 to 18 Sep 2025; first denied on 30 Jan 2025, by person close to"
    assert draw(accusation).summary.startswith(summary)
    assert "最初の否定は2025年1月30日" in draw(accusation, "ja").summary


def test_as_known_before_anybody_denied_it(story: GraphStore) -> None:
    known = get_accusation(story, Clock(datetime(2025, 1, 30, tzinfo=UTC)))
    assert draw_timeline(known.chapter, known.claims, EN) is None  # one day, one step


def test_weak_readings_are_not_drawn(accusation: MatterDetail) -> None:
    weak = {id: replace(claim, grade=Grade.WEAK) for id, claim in accusation.claims.items()}
    assert draw_timeline(accusation.chapter, weak, EN) is None


def test_what_is_not_drawn_is_counted(accusation: MatterDetail) -> None:
    affirmed = accusation.chapter.affirmed
    known = {id: claim for id, claim in accusation.claims.items() if id not in affirmed[:3]}
    picture = draw_timeline(accusation.chapter, known, EN)
    assert picture
    assert picture.summary.startswith("12 claims by ")
    assert picture.summary.endswith(" 3 more claims are not drawn.")


def test_what_was_taken_back_is_crossed(accusation: MatterDetail) -> None:
    last = accusation.chapter.denied[-1]
    at = accusation.claims[last].reported_at + timedelta(days=1)
    event = Event(Status.RETRACTED, at, at, (last,))
    chapter = replace(accusation.chapter, history=(*accusation.chapter.history, event))
    picture = draw_timeline(chapter, accusation.claims, EN)
    assert picture
    assert [dot.claim for dot in picture.dots if dot.crossed] == [last]


def test_of_many_speakers_those_who_say_least_share_a_lane(accusation: MatterDetail) -> None:
    affirmed = accusation.chapter.affirmed
    claims = dict(accusation.claims)
    for number, id in enumerate(affirmed):
        source = replace(claims[id].article.source, name=f"Outlet {number % 9}")
        claims[id] = replace(claims[id], claimants=(), article=replace(claims[id].article, source=source))
    picture = draw_timeline(accusation.chapter, claims, EN)
    assert picture
    assert len(list_names(picture, above=True)) == 6
    assert list_names(picture, above=True)[-1] == "4 others"
    assert picture.height <= 360


def test_what_is_only_asked_looks_otherwise_and_the_key_names_each_mark_that_is_drawn(
    accusation: MatterDetail,
) -> None:
    picture = draw(accusation)
    asked = [dot for dot in picture.dots if dot.look == "question"]
    assert asked
    assert not any(dot.denied for dot in asked)
    assert all(accusation.claims[dot.claim].modality is Modality.QUESTIONED for dot in asked if dot.claim)
    key = [text for _, text in picture.key]
    assert key == [
        "full: said as fact",
        "ring: hearsay or unproven",
        "only asked",
        "diamond: says that it is not so",
        "so many claims",
    ]
    assert {mark.look for mark, _ in picture.key} == {dot.look for dot in picture.dots}
    assert "ひし形：否定" in [text for _, text in draw(accusation, "ja").key]
