"""All measures of a story, added up and shown."""

from evaluation.counting import Count
from evaluation.scoring import MEASURES, add_scores, score_story
from evaluation.summaries import format_stories, summarize_stories
from graph.records import Status
from tests.evaluation.views import make_chapter, make_matter, make_outcome, make_story, make_voice

STORY = make_story(make_matter("one", {"1.en": "cost $3"}, (Status.REPORTED, 0)))
CHAPTER = make_chapter("p", "a", steps=[(Status.REPORTED, 0)], voices=[make_voice("Pellow")])
OUTCOME = make_outcome(CHAPTER, places={"a": ("1.en", "Tarn cost $3.")})


def test_every_measure_is_there_in_its_order() -> None:
    assert list(score_story(STORY, OUTCOME)) == [
        "matters", "status_events", "later_steps", "origins", "copies", "contradictions", "replies", "stakes", "drift",
        "inflation", "ledger", "computed", "look_alikes",
    ]  # fmt: skip


def test_scores_add_up() -> None:
    good, bad = score_story(STORY, OUTCOME), score_story(STORY, make_outcome(places={}))
    total = add_scores([good, bad])
    assert (total["matters"], total["status_events"], total["origins"]) == (Count(1, 2), Count(1, 2), Count(1, 2))
    assert add_scores([]) == dict.fromkeys(MEASURES, Count())


def test_reports_have_each_story_and_the_total() -> None:
    scores = {"01-tarn": {**score_story(STORY, OUTCOME), "drift": Count(0, 1, 2)}}
    summary = summarize_stories(scores)
    assert list(summary) == ["stories", "total"]
    assert summary["stories"] == {"01-tarn": summary["total"]}
    assert summary["total"]["drift"] == {"found": 0, "expected": 1, "extra": 2}  # type: ignore[index]
    lines = list(format_stories(scores))
    assert [line for line in lines if not line.startswith(" ")] == ["01-tarn", "total"]
    assert lines[1] == "  matters           1 of   1"
    assert "  drift             0 of   1    2 too much" in lines
