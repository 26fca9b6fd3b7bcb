"""What is new about what somebody watches, alike on every store."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from graph.deriving import derive
from graph.judging.making import make_judgement
from graph.records import (
    ClaimType,
    Copy,
    CopyKind,
    Extraction,
    JudgementKind,
    Modality,
    News,
    Notice,
    Predicate,
    PropositionId,
    Quantity,
    Relation,
    Status,
    Tie,
    Watched,
    WatchedKind,
)
from graph.rulings.renamed import find_renamed
from graph.store import GraphStore
from graph.watching.since import find_notices
from tests.contract.builders import ACCUSED, DEEPSEEK, DENIED, MICROSOFT, NOON, OPENAI, R1, Said, make_extraction

DAY = timedelta(days=1)
EVER = NOON + 999 * DAY
INVESTED = Said(
    "Microsoft invested in OpenAI.",
    subject="Microsoft",
    object="OpenAI",
    type=ClaimType.DEAL,
    predicate=Predicate.INVESTED_IN,
    modality=Modality.ASSERTED,
)
TIES = (Tie(DEEPSEEK.id, Relation.MAKES, R1.id, "table"),)


def cost(value: float, *speakers: str) -> Said:
    return Said(
        f"DeepSeek-R1 cost {value:.0f} dollars.",
        subject="DeepSeek-R1",
        speakers=speakers,
        type=ClaimType.COST,
        predicate=Predicate.COSTS,
        modality=Modality.ASSERTED,
        quantity=Quantity("training_cost", value, "USD", text=f"${value:.0f}"),
    )


def tell(name: str, *said: Said, days: float = 0, fetched: float | None = None, version: int = 1) -> Extraction:
    """An article of an outlet, so many days after NOON; fetched then, or after so many days."""
    domain = f"{name}.example"
    made = make_extraction(*said, url=f"https://{domain}/1", domain=domain, at=NOON + days * DAY, version=version)
    seen = NOON + (days if fetched is None else fetched) * DAY
    return replace(made, article=replace(made.article, fetched_at=seen))


def fill(store: GraphStore, *extractions: Extraction) -> None:
    store.add_entities([DEEPSEEK, OPENAI, MICROSOFT, R1], TIES)
    store.add(extractions)
    derive(store)


def watch(kind: WatchedKind, target: str, *news: News) -> Watched:
    return Watched(kind, target, news or tuple(News))


def find(store: GraphStore, watched: Watched, since: datetime = NOON, until: datetime = EVER) -> tuple[Notice, ...]:
    return find_notices(store, [watched], since, until, {})


def find_matter(store: GraphStore, extraction: Extraction) -> PropositionId:
    return store.find_propositions_of([extraction.claims[0].id])[extraction.claims[0].id]


def name_news(notices: Sequence[Notice]) -> list[tuple[str, ...]]:
    return [tuple(news.value for news in one.news) for one in notices]


def test_a_denial_of_a_watched_matter_is_one_notice_of_all_that_it_is(store: GraphStore) -> None:
    first, answer = tell("a", ACCUSED), tell("b", DENIED, days=1)
    fill(store, first, answer)
    matter = find_matter(store, first)
    watched = watch(WatchedKind.MATTER, matter)
    (notice,) = find(store, watched, NOON + DAY)
    assert notice == Notice(
        watched,
        (News.ORIGIN, News.STATUS, News.DENIAL, News.CLAIM),
        NOON + DAY,
        matter,
        answer.claims[0].id,
        Status.DENIED,
    )
    assert name_news(find(store, watch(WatchedKind.MATTER, matter, News.DENIAL), NOON + DAY)) == [("denial",)]
    assert find(store, watch(WatchedKind.MATTER, matter, News.FIGURE), NOON + DAY) == ()


def test_the_time_goes_by_when_articles_were_fetched(store: GraphStore) -> None:
    late = tell("late", DENIED, days=-9, fetched=2)
    fill(store, tell("a", ACCUSED), late)
    watched = watch(WatchedKind.ENTITY, DEEPSEEK.id)
    assert [one.claim for one in find(store, watched, NOON + DAY)] == [late.claims[0].id]
    assert find(store, watched, NOON + DAY, late.article.fetched_at) == ()
    assert len(find(store, watched, NOON + DAY, late.article.fetched_at + timedelta(microseconds=1))) == 1


def test_repeating_is_no_news_but_any_claim(store: GraphStore) -> None:
    fill(store, tell("a", ACCUSED), tell("b", DENIED), tell("c", ACCUSED, DENIED, days=1))
    watched = watch(WatchedKind.SEARCH, "about:deepseek")
    assert name_news(find(store, watched, NOON + DAY)) == [("claim",), ("claim",)]
    assert find(store, watch(WatchedKind.SEARCH, "about:deepseek", News.ORIGIN, News.DENIAL), NOON + DAY) == ()


def test_a_copy_brings_no_voice(store: GraphStore) -> None:
    first, copy = tell("a", cost(5e6)), tell("b", cost(5e6), days=1)
    fill(store, first, copy)
    watched = watch(WatchedKind.ENTITY, R1.id, News.ORIGIN)
    assert len(find(store, watched, NOON + DAY)) == 1
    store.add_copies([Copy(copy.article.id, first.article.id, CopyKind.SYNDICATED, 0.9)])
    derive(store)
    assert find(store, watched, NOON + DAY) == ()


def test_a_maker_is_watched_with_what_it_makes(store: GraphStore) -> None:
    fill(store, tell("a", cost(5e6)), tell("b", INVESTED))
    assert name_news(find(store, watch(WatchedKind.ENTITY, DEEPSEEK.id))) == [("origin", "figure", "claim")]
    assert len(find(store, watch(WatchedKind.ENTITY, OPENAI.id))) == 1
    assert find(store, watch(WatchedKind.ENTITY, "nobody")) == ()


def test_a_number_is_new_once_and_one_that_excludes_it_contradicts(store: GraphStore) -> None:
    first, other = tell("a", cost(5e6, "DeepSeek")), tell("b", cost(9e8, "OpenAI"), days=1)
    fill(store, first, other, tell("c", cost(9e8, "Microsoft"), days=2))
    matters = [find_matter(store, one) for one in (first, other)]
    (notice,) = find(store, watch(WatchedKind.MATTER, matters[0]), NOON + DAY)
    assert (notice.news, notice.matter, notice.against) == ((News.CONTRADICTION,), matters[1], (matters[0],))
    pair = watch(WatchedKind.CONTRADICTION, ".".join(sorted(matters)))
    assert name_news(find(store, pair, NOON + DAY)) == [
        ("origin", "figure", "contradiction", "claim"),
        ("origin", "status", "claim"),
    ]


def test_a_source_is_watched_by_its_articles(store: GraphStore) -> None:
    mine = tell("mine", DENIED, days=1)
    fill(store, tell("a", ACCUSED), mine, tell("b", INVESTED, days=1))
    found = find(store, watch(WatchedKind.SOURCE, mine.article.source.id))
    assert [one.claim for one in found] == [mine.claims[0].id]


def test_nothing_weak_or_misread_is_news(store: GraphStore) -> None:
    weak, misread = tell("weak", replace(DENIED, score=0.12), days=1), tell("misread", DENIED, days=1)
    fill(store, tell("a", ACCUSED), weak, misread)
    store.judge(make_judgement(JudgementKind.MISREAD, (), "ana", NOON, "none", claims=(misread.claims[0].id,)))
    derive(store)
    for watched in (watch(WatchedKind.SEARCH, "about:deepseek weak:all"), watch(WatchedKind.ENTITY, DEEPSEEK.id)):
        assert find(store, watched, NOON + DAY) == ()


def test_a_later_version_tells_only_what_it_adds_and_what_it_drops(store: GraphStore) -> None:
    first = tell("a", ACCUSED, INVESTED)
    second = tell("a", INVESTED, cost(5e6), fetched=1, version=2)
    fill(store, first, second)
    found = find(store, watch(WatchedKind.SEARCH, ""), NOON + DAY)
    assert {(one.claim, one.news) for one in found} == {
        (first.claims[0].id, (News.STATUS,)),
        (second.claims[1].id, (News.ORIGIN, News.FIGURE, News.CLAIM)),
    }
    assert {one.status for one in found} == {None, Status.RETRACTED}
    assert find(store, watch(WatchedKind.SEARCH, ""), NOON + DAY + timedelta(seconds=1)) == ()


def test_a_matter_is_watched_on_when_an_older_report_renames_it(store: GraphStore) -> None:
    first = tell("a", ACCUSED)
    fill(store, first)
    watched = watch(WatchedKind.MATTER, find_matter(store, first))
    older, answer = tell("old", ACCUSED, days=-2, fetched=1), tell("b", DENIED, days=2)
    fill(store, older, answer)
    assert find_matter(store, first) != watched.target
    assert [one.claim for one in find(store, watched, NOON + 2 * DAY)] == [answer.claims[0].id]


def test_the_id_that_a_matter_had_leads_to_the_matter_however_often_it_gets_another(store: GraphStore) -> None:
    extractions = [tell(name, ACCUSED, days=-days) for days, name in enumerate("abc")]
    ids = []
    for one in extractions:
        fill(store, one)
        ids.append(find_matter(store, one))
    assert len(set(ids)) == 3
    assert find_renamed(store, [*ids[:2], PropositionId("p0")]) == dict.fromkeys(ids[:2], ids[2])
    assert store.list_heirs() == {}
    # Read anew, its claim is another one, and so is the id that is made of it.
    oldest = extractions[2].article
    [claim] = make_extraction(replace(ACCUSED, text="DeepSeek distilled OpenAI.")).claims
    claim = replace(claim, article_id=oldest.id, span=(0, 5), reported_at=oldest.published_at)
    again = replace(extractions[2], claims=(claim,))
    store.replace(again)
    derive(store)
    last = find_matter(store, extractions[0])
    assert last not in ids
    assert find_renamed(store, ids) == dict.fromkeys(ids, last)


def test_what_a_version_repeats_is_told_once_however_long_one_looks_back(store: GraphStore) -> None:
    first, second = tell("a", ACCUSED, INVESTED), tell("a", INVESTED, fetched=1, version=2)
    fill(store, first, second)
    found = find(store, watch(WatchedKind.SEARCH, "", News.CLAIM))
    assert {one.claim for one in found} == {claim.id for claim in first.claims}


@pytest.mark.parametrize("since", [NOON, NOON + DAY])
def test_what_is_taken_back_is_one_step_at_one_time_however_long_one_looks_back(
    store: GraphStore, since: datetime
) -> None:
    first, second = tell("a", ACCUSED), tell("a", INVESTED, fetched=1, version=2)
    fill(store, first, second)
    found = find(store, watch(WatchedKind.SEARCH, "about:deepseek", News.STATUS), since)
    steps = [(one.claim, one.at) for one in found if one.status is Status.RETRACTED]
    assert steps == [(first.claims[0].id, second.article.fetched_at)]


def test_a_contradiction_is_told_when_its_later_fetched_side_comes(store: GraphStore) -> None:
    first, late = tell("a", cost(5e6, "DeepSeek")), tell("b", cost(9e8, "OpenAI"), days=-3, fetched=2)
    fill(store, first, late)
    watched = watch(WatchedKind.ENTITY, R1.id, News.CONTRADICTION)
    assert [one.claim for one in find(store, watched, NOON + DAY)] == [late.claims[0].id]


@pytest.mark.parametrize(
    "text", ["about:nobody", "type:alegation", "since:whenever", "-about:deepseek", "abuot:deepsek"]
)
def test_a_search_that_is_not_understood_asks_for_nothing_more(store: GraphStore, text: str) -> None:
    fill(store, tell("a", ACCUSED))
    assert find(store, watch(WatchedKind.SEARCH, text)) == ()


@pytest.mark.parametrize("text", ["DeepSeek", "type:allegation -nobody"])
def test_an_old_report_that_comes_late_is_found_however_many_newer_ones_a_search_has(
    store: GraphStore, text: str
) -> None:
    late = tell("late", ACCUSED, days=-9, fetched=20)
    fill(store, late, tell("new", INVESTED, days=20))
    # Reported between the two that come, fetched before.
    store.add(
        tell(f"crowd{n}", *(replace(ACCUSED, text=f"DeepSeek {n} {m}.") for m in range(700)), days=5, fetched=1)
        for n in range(15)
    )
    found = find(store, watch(WatchedKind.SEARCH, text, News.CLAIM), NOON + 4 * DAY)
    assert [one.claim for one in found] == [late.claims[0].id]


def test_an_empty_store_has_no_news(store: GraphStore) -> None:
    assert find(store, watch(WatchedKind.SEARCH, "")) == ()
