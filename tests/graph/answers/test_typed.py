"""What is typed into the search box: names, measures and words out of plain words, and what is made of mistakes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.answers.finding import FoundView, Ranking, find
from graph.answers.typed import Fault, Typed, read_typed
from graph.deriving import derive
from graph.spelling.likeness import count_edits, find_nearest, rank_alike
from graph.stores.sqlite import SqliteStore
from graph.views import ClaimView
from tests.web.story import CURATED, DEEPSEEK, R1, STORY, TIES, V3

NOW = datetime(2025, 2, 1, tzinfo=UTC)
MEASURES = {"trainingcost": "training_cost", "学習費用": "training_cost"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    with SqliteStore(Path(tmp_path_factory.mktemp("typed")) / "graph.db") as store:
        store.add_entities(CURATED, TIES)
        store.add(STORY)
        derive(store)
        yield store


def look(store: SqliteStore, *asked: Any, **how: Any) -> FoundView:
    return find(store, *asked, **how)[0]


def read(store: SqliteStore, text: str) -> Typed:
    return read_typed(store, text, NOW, MEASURES)


@pytest.mark.parametrize(
    "text",
    ["deepseek training cost", "ディープシーク 学習費用", "ディープシークの学習費用", "DeepSeek, Training  Cost"],
)
def test_names_and_measures_are_read_out_of_words(store: SqliteStore, text: str) -> None:
    typed = read(store, text)
    assert [(chip.key, chip.value) for chip in typed.chips] == [("name", DEEPSEEK.id), ("measure", "training_cost")]
    assert typed.query.measures == ("training_cost",)
    assert typed.query.words == ()


def test_name_stands_for_what_it_makes(store: SqliteStore) -> None:
    assert read(store, "deepseek").query.named == ((DEEPSEEK.id, *sorted((R1.id, V3.id))),)


def test_longest_spelling_is_read(store: SqliteStore) -> None:
    assert [chip.value for chip in read(store, "deepseek v3").chips] == [V3.id]


def test_rest_stays_words_as_they_were_typed(store: SqliteStore) -> None:
    typed = read(store, "deepseek denied 否定した数")
    assert typed.query.words == ("denied", "否定した数")
    assert [chip.rest for chip in typed.chips] == ["denied 否定した数", "deepseek 否定した数", "deepseek denied"]


def test_quoted_words_are_not_read(store: SqliteStore) -> None:
    typed = read(store, '"deepseek" "training cost"')
    assert typed.query.phrases == ("deepseek", "training cost")
    assert not typed.literal
    assert read(store, "deepseek training cost").literal == typed.text


def test_everything_comes_off(store: SqliteStore) -> None:
    typed = read(store, 'deepseek type:cost "a b" -source:x.example since:7d')
    assert [chip.rest for chip in typed.chips] == [
        'type:cost "a b" -source:x.example since:7d',
        'deepseek "a b" -source:x.example since:7d',
        "deepseek type:cost -source:x.example since:7d",
        'deepseek type:cost "a b" since:7d',
        'deepseek type:cost "a b" -source:x.example',
    ]


@pytest.mark.parametrize(
    ("text", "fault", "nearest"),
    [
        ("typ:allegation", Fault.KEY, ("type",)),
        ("type:alegation", Fault.VALUE, "allegation"),
        ("firmness:aleged", Fault.VALUE, "alleged"),
        ("status:dispute", Fault.VALUE, "disputed"),
        ("about:nobodyatall", Fault.NAME, ()),
        ("since:whenever", Fault.TIME, ()),
        ("-type:cost", Fault.EXCLUDED, ()),
        ("foo:bar", Fault.KEY, ()),
    ],
)
def test_what_is_not_understood_is_said_with_its_place(
    store: SqliteStore, text: str, fault: Fault, nearest: tuple[str, ...] | str
) -> None:
    (trouble,) = read(store, f"deepseek {text} x").troubles
    assert (trouble.fault, trouble.text, trouble.place) == (fault, text, (9, 9 + len(text)))
    if isinstance(nearest, str):
        assert trouble.nearest[0] == nearest
    else:
        assert trouble.nearest == nearest


def test_values_of_a_closed_set_are_all_told(store: SqliteStore) -> None:
    (trouble,) = read(store, "type:alegation").troubles
    assert len(trouble.nearest) == 11
    assert trouble.instead == "type:allegation"


def test_address_is_no_wrong_key(store: SqliteStore) -> None:
    assert read(store, "https://news.example/1 10:30").troubles == ()


def test_wrong_key_finds_what_the_rest_finds(store: SqliteStore) -> None:
    found = look(store, "deepseek typ:zebra", NOW, MEASURES)
    assert found.left_out
    assert found.total == look(store, "deepseek", NOW, MEASURES).total > 0


def test_what_is_read_gives_way_to_words_that_are_there(store: SqliteStore) -> None:
    # No number measures a rank of it; the word stands in a sentence.
    found = look(store, "copied", NOW, {"copied": "rank"})
    assert found.as_words
    assert [chip.key for chip in found.chips] == ["word"]
    assert found.total > 0
    # Neither is there: what was read is told.
    assert [chip.key for chip in look(store, "zebra", NOW, {"zebra": "rank"}).chips] == ["measure"]


def test_words_are_ranked_and_names_are_not(store: SqliteStore) -> None:
    assert look(store, "deepseek", NOW, MEASURES).ranking is Ranking.NEWEST
    ranked = look(store, "deepseek copied", NOW, MEASURES)
    assert (ranked.ranking, ranked.can_rank) == (Ranking.RELEVANCE, True)
    newest = look(store, "deepseek copied", NOW, MEASURES, ranking=Ranking.NEWEST)
    assert newest.ranking is Ranking.NEWEST
    assert {claim.id for claim in newest.claims} == {claim.id for claim in ranked.claims}


def test_pages_of_what_is_ranked_neither_skip_nor_repeat(store: SqliteStore) -> None:
    whole = look(store, "the", NOW, MEASURES)
    assert len(whole.claims) >= 2
    shown: list[ClaimView] = []
    after: str | None = None
    while True:
        page = look(store, "the", NOW, MEASURES, limit=1, after=after)
        shown += page.claims
        after = page.next
        if after is None:
            break
    assert tuple(shown) == whole.claims


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("deepsek", "DeepSeek"),
        ("ディプシーク", "ディープシーク"),
        ("opneai", "OpenAI"),
        ("zebra", ""),
        ("superopneai opneai", "superopneai OpenAI"),
        ("-opneai opneai", "-opneai OpenAI"),
    ],
)
def test_mistyped_name_is_guessed(store: SqliteStore, typed: str, meant: str) -> None:
    assert look(store, typed, NOW, MEASURES).meant == meant


def test_signs_are_no_mistyped_name(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "graph.db") as store:
        store.add_entities([replace(DEEPSEEK, aliases=(*DEEPSEEK.aliases, "伊"))])
        store.add(STORY)
        assert look(store, "(( deepsek", NOW, MEASURES).meant == "(( DeepSeek"


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("deepseek", "deepsek", 1), ("openai", "opneai", 1), ("ディープ", "デイプ", 0), ("abc", "xyz", 3)],
)
def test_edits_are_counted(one: str, other: str, edits: int) -> None:
    assert count_edits(one, other, 9) == edits


def test_short_words_are_allowed_one_edit() -> None:
    assert find_nearest("metq", ["meta", "mistral"]) == "meta"
    assert find_nearest("mqtq", ["meta"]) == ""
    assert rank_alike("cst", ["type", "cost"]) == ("cost", "type")
