"""What a day brought, alike on every store: reports by day, articles by time of fetching, the order of stories."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from graph.deriving import derive
from graph.editions.editing import Desk, count_days, find_earlier, find_running_day, get_day, get_news
from graph.editions.gathering import gather
from graph.editions.views import EditionView
from graph.editions.windows import make_day
from graph.judging.making import make_judgement
from graph.matters.reply import Answer
from graph.records import (
    ClaimType,
    Copy,
    CopyKind,
    Extraction,
    JudgementKind,
    Modality,
    PartialDate,
    Predicate,
    Relation,
    Status,
    Tie,
)
from graph.store import GraphStore
from tests.contract.builders import ACCUSED, DEEPSEEK, DENIED, MICROSOFT, NOON, OPENAI, R1, Said, make_extraction

DAY = timedelta(days=1)
TODAY = NOON.date()
RELEASED = Said(
    "DeepSeek released DeepSeek-R1.",
    object="DeepSeek-R1",
    type=ClaimType.RELEASE,
    predicate=Predicate.RELEASED,
    modality=Modality.ASSERTED,
)
INVESTED = Said(
    "Microsoft invested in OpenAI.",
    subject="Microsoft",
    object="OpenAI",
    type=ClaimType.DEAL,
    predicate=Predicate.INVESTED_IN,
    modality=Modality.ASSERTED,
)
TIES = (
    Tie(DEEPSEEK.id, Relation.MAKES, R1.id, "table"),
    Tie(OPENAI.id, Relation.COMPETES_WITH, DEEPSEEK.id, "table"),
)


def tell(name: str, *said: Said, days: float = 0, fetched: float | None = None, lang: str = "en") -> Extraction:
    """An article of an outlet, so many days after NOON; fetched then, or after so many days."""
    extraction = make_extraction(
        *said, url=f"https://{name}.example/1", domain=f"{name}.example", at=NOON + days * DAY, lang=lang
    )
    seen = NOON + (days if fetched is None else fetched) * DAY
    return replace(extraction, article=replace(extraction.article, fetched_at=seen))


def fill(store: GraphStore, *extractions: Extraction, copies: tuple[Copy, ...] = ()) -> None:
    store.add_entities([DEEPSEEK, OPENAI, MICROSOFT, R1], TIES)
    store.add(extractions)
    store.add_copies(copies)
    derive(store)


def read(store: GraphStore, day: date = TODAY) -> EditionView:
    return get_day(store, day, Desk(), day + 9 * DAY)


def test_reports_are_counted_between_moments(store: GraphStore) -> None:
    fill(store, tell("a", ACCUSED, RELEASED), tell("b", INVESTED, days=1), tell("c", DENIED, days=1.5))
    start = datetime(2025, 1, 28, tzinfo=UTC)
    assert store.count_reports([start, start + DAY, start + 2 * DAY, start + 3 * DAY]) == (0, 2, 1)
    assert store.count_reports([NOON, NOON + timedelta(seconds=1), NOON + 9 * DAY]) == (2, 2)
    assert store.count_reports([NOON]) == ()


def test_weak_and_misread_reports_are_not_counted(store: GraphStore) -> None:
    weak, refuted = (
        replace(RELEASED, text="It came out.", score=0.15),
        replace(RELEASED, text="It is out.", refuted="no"),
    )
    told = tell("a", replace(ACCUSED, score=0.2), weak, refuted, INVESTED)
    fill(store, told, tell("b", weak, days=-2), tell("c", RELEASED, days=-3))
    start = datetime(2025, 1, 29, tzinfo=UTC)
    assert store.count_reports([start, start + DAY]) == (2,)
    misread = next(claim.id for claim in told.claims if claim.text == INVESTED.text)
    store.judge(make_judgement(JudgementKind.MISREAD, (), "ann", NOON, "not said", claims=[misread]))
    assert store.count_reports([start, start + DAY]) == (1,)
    assert count_days(store, TODAY - 3 * DAY, TODAY, UTC) == {
        TODAY - 3 * DAY: 1, TODAY - 2 * DAY: 0, TODAY - DAY: 0, TODAY: 1
    }  # fmt: skip
    assert find_earlier(store, TODAY, UTC) == TODAY - 3 * DAY


def test_articles_are_listed_by_when_they_were_fetched(store: GraphStore) -> None:
    late, soon = tell("late", ACCUSED, days=-9, fetched=2), tell("soon", INVESTED, fetched=1.5)
    fill(store, tell("old", RELEASED, days=1, fetched=1), late, soon)
    found = store.list_fetched(NOON + 1.25 * DAY)
    assert [article.id for article in found] == [late.article.id, soon.article.id]
    assert [article.text for article in found] == ["", ""]
    assert [article.id for article in store.list_fetched(NOON, limit=1)] == [late.article.id]
    assert [article.id for article in store.list_fetched(late.article.fetched_at)] == [late.article.id]
    assert store.list_fetched(late.article.fetched_at + timedelta(microseconds=1)) == ()


def test_what_a_later_version_adds_is_told_on_its_day_and_what_it_keeps_on_none(store: GraphStore) -> None:
    kept = replace(RELEASED, text="DeepSeek released it.")
    first, later = tell("a", kept), tell("a", kept, INVESTED)
    moved = tuple(replace(claim, reported_at=NOON + DAY) for claim in later.claims)
    article = replace(later.article, version=2, fetched_at=NOON + DAY)
    fill(store, first, replace(later, article=article, claims=moved))
    assert [story.lead.matter.predicate for story in read(store).stories] == [Predicate.RELEASED]
    assert [story.lead.matter.predicate for story in read(store, TODAY + DAY).stories] == [Predicate.INVESTED_IN]


CHANGES: dict[str, Callable[[GraphStore], object]] = {
    "an article": lambda store: store.add([tell("more", INVESTED)]),
    "derived": derive,
    "a judgement": lambda store: store.judge(
        make_judgement(JudgementKind.APART, (MICROSOFT.id, DEEPSEEK.id), "ana", NOON, "two firms")
    ),
    "a copy": lambda store: store.add_copies(
        [Copy(tell("b", ACCUSED, days=1).article.id, tell("a", ACCUSED).article.id, CopyKind.SYNDICATED, 0.9)]
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_another_state(store: GraphStore, name: str) -> None:
    store.add_entities([DEEPSEEK, OPENAI, MICROSOFT, R1], TIES)
    store.add([tell("a", ACCUSED), tell("b", ACCUSED, days=1)])
    before = store.get_state()
    store.count()
    assert store.get_state() == before
    CHANGES[name](store)
    assert store.get_state() != before


def test_a_day_is_told_by_its_stories_in_order(store: GraphStore) -> None:
    fill(store, tell("a", ACCUSED), tell("b", ACCUSED, lang="ja"), tell("c", INVESTED), tell("d", DENIED, days=1))
    view = read(store)
    assert (view.day, view.articles, view.sources, view.matters, view.left) == (TODAY, 3, 3, 2, 0)
    accused, invested = view.stories
    assert accused.lead.matter.status is Status.ALLEGED
    assert (accused.was, accused.answer, accused.denies) == (None, Answer.SILENT, None)
    assert [origin.party.name for origin in accused.origins] == ["OpenAI"]
    assert accused.stake is not None
    assert (accused.stake.speaker, accused.stake.rival) == (OPENAI.id, OPENAI.id)
    assert {view.claims[id].lang for id in accused.says} == {"en", "ja"}
    # alleged 4, new 1, one voice 3, stake 2, two sources 2, two languages 1; an allegation counts half as much again
    assert accused.lead.score == 1.5 * 13
    # new 1, a voice 3
    assert invested.lead.score == 4
    assert (view.before, view.after, view.days[TODAY]) == (None, TODAY + DAY, 3)


def test_the_next_day_tells_what_became_of_it(store: GraphStore) -> None:
    fill(store, tell("a", ACCUSED), tell("d", DENIED, days=1), tell("e", ACCUSED, days=1))
    [story] = read(store, TODAY + DAY).stories
    assert story.was is not None
    assert (story.was.status, story.lead.matter.status) == (Status.ALLEGED, Status.DENIED)
    assert story.denies == tell("d", DENIED, days=1).claims[0].id
    assert story.lead.matter.articles == 3
    # Who said it the day before is no new voice.
    assert (story.lead.reasons.voices, story.lead.reasons.first) == (1, False)
    # The day before knows nothing of it.
    [before] = read(store).stories
    assert (before.lead.matter.status, before.lead.matter.articles, before.denies) == (Status.ALLEGED, 1, None)


def test_copies_bring_no_voice_and_no_source(store: GraphStore) -> None:
    first, copied = tell("a", ACCUSED), tell("b", ACCUSED, days=1)
    copy = Copy(copied.article.id, first.article.id, CopyKind.SYNDICATED, 0.9)
    fill(store, first, copied, copies=(copy,))
    view = read(store, TODAY + DAY)
    # Nothing is new in it: it is counted, and no story.
    assert (view.matters, view.stories, view.left) == (1, (), 1)


def test_weak_readings_make_no_story_and_are_counted(store: GraphStore) -> None:
    fill(store, tell("a", replace(RELEASED, score=0.15), replace(INVESTED, score=0.9)))
    view = read(store)
    assert [story.lead.matter.predicate for story in view.stories] == [Predicate.INVESTED_IN]
    assert (view.weak, view.matters) == (1, 1)


@pytest.mark.parametrize(("when", "past"), [("2023", True), ("2024-12", False), (str(TODAY), False), (None, False)])
def test_a_deed_of_long_before_stands_behind_what_is_new(when: str | None, past: bool, store: GraphStore) -> None:
    dated = replace(INVESTED, date=PartialDate(when) if when else None)
    fill(store, tell("quill", dated), tell("fjord", replace(RELEASED, date=None)))
    ranked = {one.predicate: one for one in gather(store, make_day(TODAY, UTC)).ranked}
    deed, other = ranked[Predicate.INVESTED_IN], ranked[Predicate.RELEASED]
    assert deed.reasons.past is past
    assert (deed.score < other.score) is past


def test_what_was_fetched_late_is_news_whenever_it_was_published(store: GraphStore) -> None:
    fill(store, tell("a", ACCUSED), tell("late", DENIED, days=-2, fetched=3))
    view = get_news(store, NOON + 2 * DAY, Desk())
    [story] = view.stories
    assert (view.day, view.until, view.articles) == (None, None, 1)
    assert story.lead.reasons.voices == 1
    assert get_news(store, NOON + 4 * DAY, Desk()).stories == ()


def test_days_are_those_of_the_zone(store: GraphStore) -> None:
    fill(store, tell("a", ACCUSED, days=0.4))  # 21:36 UTC, 06:36 of the next day in Tokyo
    tokyo = Desk(ZoneInfo("Asia/Tokyo"), "Asia/Tokyo")
    assert find_running_day(store, TODAY + 9 * DAY, tokyo.zone) == (TODAY + DAY, True)
    assert len(get_day(store, TODAY + DAY, tokyo, TODAY + DAY).stories) == 1
    assert get_day(store, TODAY, tokyo, TODAY + DAY).stories == ()


def test_accusations_that_nobody_answers_are_listed_until_somebody_does(store: GraphStore) -> None:
    fill(store, tell("a", ACCUSED), tell("b", INVESTED, days=3), tell("c", DENIED, days=5), tell("d", INVESTED, days=6))
    [silent] = read(store, TODAY + 3 * DAY).unanswered
    assert (silent.matter.type, silent.days) == (ClaimType.ALLEGATION, 3)
    assert read(store, TODAY + 6 * DAY).unanswered == ()
    # Where its story is told, it stands there.
    assert read(store).unanswered == ()


def test_only_the_best_are_put_together(store: GraphStore) -> None:
    fill(store, tell("a", ACCUSED), tell("b", INVESTED), tell("c", RELEASED))
    gathered = gather(store, make_day(TODAY, UTC), most=1)
    assert (len(gathered.ranked), gathered.matters) == (1, 3)
    assert gathered.ranked[0].type is ClaimType.ALLEGATION


def test_a_store_without_claims_has_no_day(store: GraphStore) -> None:
    assert find_running_day(store, TODAY, UTC) == (None, False)
    view = read(store)
    assert (view.stories, view.matters, view.articles, view.before, view.after) == ((), 0, 0, None, None)
