"""The story, ledger and figures that any store tells alike."""

from datetime import UTC, datetime, timedelta

from graph.answers.accounts import get_figures, get_ledger
from graph.answers.chapters import Clock
from graph.answers.stories import get_story
from graph.computed import NO_TABLES
from graph.deriving import derive
from graph.records import ClaimType, Copy, CopyKind, Modality, Polarity, Predicate, Quantity, Relation, Status, Tie
from graph.store import GraphStore
from tests.contract.builders import DEEPSEEK, NOON, OPENAI, R1, Said, make_extraction

_NOW, _TABLES = Clock(datetime(2026, 1, 1, tzinfo=UTC)), NO_TABLES
_ACCUSES = Said("OpenAI says DeepSeek distilled its models.", object="OpenAI", speakers=("OpenAI",))
_DENIES = Said(
    "DeepSeek denies it.",
    object="OpenAI",
    speakers=("DeepSeek",),
    modality=Modality.ASSERTED,
    polarity=Polarity.DENIED,
)


def _cost(value: float) -> Said:
    return Said(
        f"R1 cost {value:g} dollars.",
        subject="DeepSeek-R1",
        type=ClaimType.COST,
        predicate=Predicate.COSTS,
        modality=Modality.ASSERTED,
        quantity=Quantity("training_cost", value, "USD", text=f"{value:g} dollars"),
    )


def _fill(store: GraphStore) -> None:
    ties = [
        Tie(DEEPSEEK.id, Relation.MAKES, R1.id, "table"),
        Tie(OPENAI.id, Relation.COMPETES_WITH, DEEPSEEK.id, "table"),
    ]
    store.add_entities([DEEPSEEK, OPENAI, R1], ties)
    first = make_extraction(_ACCUSES, _cost(5.6e6))
    copy = make_extraction(_ACCUSES, url="https://copy.example/1", domain="copy.example", at=NOON + timedelta(hours=2))
    later = make_extraction(
        _DENIES, _cost(2e9), url="https://wire.example/1", domain="wire.example", at=NOON + timedelta(hours=53)
    )
    store.add([first, copy, later])
    store.add_copies([Copy(copy.article.id, first.article.id, CopyKind.SYNDICATED, 0.99)])
    derive(store)


def test_a_story_names_origins_replies_stakes_and_status(store: GraphStore) -> None:
    _fill(store)
    chapter = get_story(store, "deepseek openai", _NOW, _TABLES).chapters[0]
    assert (chapter.origins.articles, [voice.name for voice in chapter.origins.origins]) == (3, ["OpenAI"])
    assert [event.status for event in chapter.history] == [Status.ALLEGED, Status.DENIED]
    assert [(reply.answer, reply.hours) for reply in chapter.replies] == [("denied", 53)]
    assert [stake.speaker for stake in chapter.stakes] == [OPENAI.id]


def test_a_story_of_a_maker_holds_what_is_said_of_its_models(store: GraphStore) -> None:
    _fill(store)
    labels = {chapter.type for chapter in get_story(store, "deepseek", _NOW, _TABLES).chapters}
    assert labels == {ClaimType.ALLEGATION, ClaimType.COST}


def test_what_is_disputed_stands_before_what_more_articles_say(store: GraphStore) -> None:
    _fill(store)
    release = Said("DeepSeek released R1.", object="DeepSeek-R1", type=ClaimType.RELEASE, predicate=Predicate.RELEASED)
    named = [f"more{number}.example" for number in range(4)]
    store.add([make_extraction(release, url=f"https://{name}/1", domain=name) for name in named])
    derive(store)
    told = get_story(store, "deepseek", _NOW, _TABLES).chapters
    assert [(chapter.type, chapter.origins.articles) for chapter in told][:2] == [
        (ClaimType.ALLEGATION, 3),
        (ClaimType.RELEASE, 4),
    ]


def test_what_was_known_by_a_moment(store: GraphStore) -> None:
    _fill(store)
    view = get_story(store, "deepseek", Clock(NOON + timedelta(hours=1)), _TABLES)
    assert view.articles == 1
    assert {chapter.status.status for chapter in view.chapters if chapter.status} == {Status.ALLEGED, Status.REPORTED}
    assert view.contradictions == ()


def test_figures_and_what_cannot_both_hold(store: GraphStore) -> None:
    _fill(store)
    view = get_figures(store, "deepseek-r1", _NOW, _TABLES, "training_cost")
    assert [figure.value for figure in view.figures[0].figures] == [5.6e6, 2e9]
    assert len(view.contradictions) == 1
    assert all(id in view.claims for figure in view.figures[0].figures for id in figure.claims)


def test_an_empty_store_tells_nothing(store: GraphStore) -> None:
    assert get_story(store, "deepseek", _NOW, _TABLES).chapters == ()
    assert get_ledger(store, "", _NOW).entries == ()
