"""New names in two scripts that mean one: merged by what is said of them, and apart again when somebody says so."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from graph.deriving import derive
from graph.ids import make_entity_id
from graph.judging.making import make_judgement
from graph.judging.namesakes import WHO
from graph.records import Claim, Entity, EntityType, Extraction, JudgementKind, Party, Predicate, Quantity
from graph.store import GraphStore
from tests.contract.builders import DEEPSEEK, NOON, OPENAI, Said, make_extraction

LATIN, KANA, OTHER = (
    Entity(make_entity_id(name), name, EntityType.COMPANY) for name in ("Notelink", "ノートリンク", "Nottlinc")
)


def tell(firm: Entity, partner: Entity = OPENAI, at: datetime = NOON, swap: bool = False) -> Extraction:
    """An article that says that a firm was bought by a partner, or, swapped, the other way round."""
    said = Said("X bought Y.", predicate=Predicate.ACQUIRED)
    found = make_extraction(said, url=f"https://{firm.id}.example/{partner.id}{at:%d}", at=at)
    buyer, bought = (firm, partner) if swap else (partner, firm)

    def name(claim: Claim) -> Claim:
        return replace(claim, subject=Party(buyer.name, buyer.id), object=Party(bought.name, bought.id))

    return replace(found, entities=(firm, partner), mentions=(), claims=tuple(map(name, found.claims)))


def derived(store: GraphStore, *told: Extraction) -> Sequence[Entity]:
    store.add(told)
    derive(store)
    return store.find_entities(KANA.name)


def test_the_same_is_said_of_a_name_that_sounds_alike(store: GraphStore) -> None:
    [entity] = derived(store, tell(LATIN), tell(KANA, at=NOON + timedelta(days=2)))
    assert (entity.id, entity.name) == (LATIN.id, "Notelink")
    assert len(list(store.iter_propositions())) == 1
    [judgement] = store.list_judgements()
    assert (judgement.kind, judgement.who, judgement.entities) == (JudgementKind.MERGE, WHO, (LATIN.id, KANA.id))
    assert "say the same" in judgement.why
    assert store.count_queued() == 0


def test_both_names_are_new(store: GraphStore) -> None:
    kana, latin = (Entity(make_entity_id(name), name, EntityType.COMPANY) for name in ("ブリンクウェル", "Brinkwell"))
    told = tell(KANA, kana, at=NOON + timedelta(days=2))
    in_english = tell(LATIN, latin)
    english = replace(in_english, claims=tuple(replace(claim, lang="en") for claim in in_english.claims))
    [entity] = derived(store, english, told)
    assert entity.id == LATIN.id
    assert [found.id for found in store.find_entities(kana.name)] == [latin.id]


def test_a_name_in_kanji_is_read(store: GraphStore) -> None:
    kanji, latin, other = (
        Entity(make_entity_id(name), name, EntityType.COMPANY)
        for name in ("白鷺化学", "Shirasagi Chemical", "白鷹化学")
    )
    told = [tell(kanji, at=NOON + timedelta(days=2)), tell(other, at=NOON + timedelta(days=3))]
    derived(store, tell(latin), *told)
    assert [found.id for found in store.find_entities("白鷺化学")] == [latin.id]
    assert [found.id for found in store.find_entities("白鷹化学")] == [other.id]


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        pytest.param(("ヴェリスク2", EntityType.MODEL), ("Velisk-2", EntityType.MODEL), id="of one version"),
        pytest.param(("ノートリンク", EntityType.PRODUCT), ("Notelink", EntityType.MODEL), id="a model for a product"),
    ],
)
def test_things_that_sound_alike(
    store: GraphStore, kana: tuple[str, EntityType], latin: tuple[str, EntityType]
) -> None:
    one, other = (Entity(make_entity_id(name), name, kind) for name, kind in (kana, latin))
    derived(store, tell(other), tell(one))
    assert [found.id for found in store.find_entities(one.name)] == [other.id]


def test_another_version_is_another_thing(store: GraphStore) -> None:
    one, other = (Entity(make_entity_id(name), name, EntityType.MODEL) for name in ("ヴェリスク3", "Velisk-2"))
    derived(store, tell(other), tell(one))
    assert [found.id for found in store.find_entities(one.name)] == [one.id]


@pytest.mark.parametrize(
    ("unit", "value", "is_one"), [("USD", 3.6e6, True), ("USD/year", 3.6e6, True), ("USD", 3.7e6, False)]
)
def test_the_same_number_is_told_of_them_and_others(store: GraphStore, unit: str, value: float, is_one: bool) -> None:
    def price(told: Extraction, quantity: Quantity) -> Extraction:
        return replace(told, claims=tuple(replace(claim, lang="en", quantity=quantity) for claim in told.claims))

    english = price(tell(LATIN), Quantity("price", 3.6e6, "USD"))
    japanese = price(tell(KANA, DEEPSEEK), Quantity("price", value, unit))
    assert [entity.id for entity in derived(store, english, japanese)] == [LATIN.id if is_one else KANA.id]


def write(name: Entity, sentence: str) -> Extraction:
    """An article that says of the name that it was bought, with this sentence before."""
    found = tell(name, DEEPSEEK, at=NOON + timedelta(days=30))
    return replace(found, article=replace(found.article, text=f"{found.article.text}\n{sentence}"))


@pytest.mark.parametrize("sentence", ["「ノートリンク（Notelink）」が発表した。", "Notelink(ノートリンク)が発表した。"])
def test_an_article_writes_the_name_in_both_scripts(store: GraphStore, sentence: str) -> None:
    [entity] = derived(store, tell(LATIN), write(KANA, sentence))
    assert (entity.id, entity.name) == (LATIN.id, "Notelink")
    assert "in brackets" in store.list_judgements()[0].why


@pytest.mark.parametrize("name", ["ノートリンクAI", "音結電機", "音結 春香"])
@pytest.mark.parametrize("first", [True, False], ids=["English first", "Japanese first"])
def test_an_article_writes_any_japanese_name_in_both_scripts(store: GraphStore, name: str, first: bool) -> None:
    written = write(replace(make_firms(name)[0]), f"{name}（Notelink）が発表した。")
    written = replace(written, claims=tuple(replace(claim, lang="ja") for claim in written.claims))
    for told in (tell(LATIN), written) if first else (written, tell(LATIN)):
        store.add([told])
        derive(store)
    assert [entity.id for entity in store.find_entities(name)] == [LATIN.id]


@pytest.mark.parametrize("words", ["新会社", "米政府高官", "同大学"])
def test_what_stands_before_brackets_may_be_no_name(store: GraphStore, words: str) -> None:
    derived(store, tell(LATIN), write(make_firms(words)[0], f"{words}（Notelink）が発表した。"))
    assert [entity.id for entity in store.find_entities("Notelink")] == [LATIN.id]
    assert store.list_judgements() == ()


def test_another_name_in_brackets_is_another_s(store: GraphStore) -> None:
    told = [tell(LATIN), tell(OTHER), write(KANA, "ノートリンク（Notelink）とノートリンク（Nottlinc）は別だ。")]
    assert [entity.id for entity in derived(store, *told)] == [KANA.id]


@pytest.mark.parametrize(
    "told",
    [
        pytest.param([tell(LATIN), tell(KANA, DEEPSEEK)], id="something else is said of them"),
        pytest.param([tell(LATIN), tell(KANA, at=NOON + timedelta(days=20))], id="at another time"),
        pytest.param([tell(LATIN), tell(OTHER), tell(KANA)], id="two fit"),
        pytest.param([tell(replace(LATIN, type=EntityType.PERSON)), tell(KANA)], id="a person and a firm"),
        pytest.param([tell(KANA)], id="alone"),
    ],
)
def test_else_they_stay_two(store: GraphStore, told: Sequence[Extraction]) -> None:
    assert [entity.id for entity in derived(store, *told)] == [KANA.id]
    assert store.list_judgements() == ()


def make_firms(*names: str) -> list[Entity]:
    return [Entity(make_entity_id(name), name, EntityType.COMPANY) for name in names]


BRINKWELL, IN_KANA, LISTED, SHORT, SHORT_IN_KANA, NEARLY = make_firms(
    "Brinkwell", "ブリンクウェル", "Larkspur", "Tomoshi", "トモシ", "Nottlins"
)


def tell_bought(lang: str, *bought: tuple[Entity, Entity], at: datetime = NOON) -> Extraction:
    """An article that says of each pair that the first bought the other."""
    said = [Said(f"{one.name} bought {other.name}.", predicate=Predicate.ACQUIRED) for one, other in bought]
    url = f"https://{'-'.join(one.id for pair in bought for one in pair)}.example/{at:%d}"
    found = make_extraction(*said, url=url, lang=lang, at=at)
    claims = [
        replace(claim, subject=Party(one.name, one.id), object=Party(other.name, other.id))
        for claim, (one, other) in zip(found.claims, bought, strict=True)
    ]
    return replace(found, entities=tuple(dict.fromkeys(one for pair in bought for one in pair)), claims=tuple(claims))


@pytest.mark.parametrize(
    "english",
    [
        pytest.param([(LISTED, LATIN)], id="a new name that both have"),
        pytest.param([(BRINKWELL, LATIN)], id="another two that sound alike"),
        pytest.param([(LISTED, replace(LATIN, type=EntityType.MODEL))], id="which was read as of another kind"),
        pytest.param([(LISTED, LATIN), (LISTED, NEARLY)], id="and not one that sounds only nearly the same"),
    ],
)
def test_they_appear_beside_the_same_others(store: GraphStore, english: Sequence[tuple[Entity, Entity]]) -> None:
    japanese = tell_bought("ja", (KANA, LISTED), (KANA, IN_KANA))
    [entity] = derived(store, tell_bought("en", *english), japanese)
    assert entity.id == LATIN.id
    assert any("name the same others" in one.why for one in store.list_judgements())


def test_one_place_of_a_long_name_may_sound_otherwise(store: GraphStore) -> None:
    latin, kana = make_firms("Odile Brandvik", "オディール・ブランヴィク")
    derived(store, tell_bought("en", (LISTED, latin)), tell_bought("ja", (kana, LISTED)))
    assert [entity.id for entity in store.find_entities(kana.name)] == [latin.id]


@pytest.mark.parametrize(
    "english",
    [
        pytest.param([tell_bought("en", (BRINKWELL, LATIN))], id="they appear beside others"),
        pytest.param([tell_bought("en", (LISTED, LATIN), at=NOON - timedelta(days=20))], id="at another time"),
        pytest.param([tell_bought("en", (LISTED, LATIN), (LISTED, OTHER))], id="two fit"),
        pytest.param([tell_bought("en", (LISTED, replace(LATIN, type=EntityType.PERSON)))], id="a person and a firm"),
    ],
)
def test_else_what_appears_beside_them_tells_nothing(store: GraphStore, english: Sequence[Extraction]) -> None:
    assert [entity.id for entity in derived(store, *english, tell_bought("ja", (KANA, LISTED)))] == [KANA.id]


def test_nor_does_a_name_of_the_tables(store: GraphStore) -> None:
    store.add_entities([replace(LISTED, curated=True)])
    told = [tell_bought("en", (LISTED, LATIN)), tell_bought("ja", (KANA, LISTED))]
    assert [entity.id for entity in derived(store, *told)] == [KANA.id]


def test_two_must_appear_beside_a_short_name(store: GraphStore) -> None:
    store.add([tell_bought("en", (LISTED, SHORT)), tell_bought("ja", (SHORT_IN_KANA, LISTED))])
    derive(store)
    assert [entity.id for entity in store.find_entities(SHORT_IN_KANA.name)] == [SHORT_IN_KANA.id]
    both = [
        tell_bought("en", (LISTED, SHORT), (LISTED, OPENAI)),
        tell_bought("ja", (SHORT_IN_KANA, LISTED), (OPENAI, LISTED)),
    ]
    store.add(both)
    derive(store)
    assert [entity.id for entity in store.find_entities(SHORT_IN_KANA.name)] == [SHORT.id]


@pytest.mark.parametrize("english", [tell_bought("en", (LISTED, LATIN)), tell_bought("en", (LATIN, LISTED))])
def test_the_name_in_latin_letters_is_told_in_a_later_run(store: GraphStore, english: Extraction) -> None:
    assert [entity.id for entity in derived(store, tell_bought("ja", (KANA, LISTED)))] == [KANA.id]
    assert [entity.id for entity in derived(store, english)] == [LATIN.id]


def test_what_a_table_has_is_not_guessed_at(store: GraphStore) -> None:
    store.add_entities([replace(KANA, curated=True)])
    assert [entity.id for entity in derived(store, tell(LATIN), tell(KANA))] == [KANA.id]


def test_what_people_hold_apart_stays_apart(store: GraphStore) -> None:
    store.add([tell(KANA, DEEPSEEK), tell(OTHER, DEEPSEEK), tell(LATIN)])
    store.judge(make_judgement(JudgementKind.MERGE, (KANA.id, OTHER.id), "ann", NOON, "one firm"))
    store.judge(make_judgement(JudgementKind.APART, (OTHER.id, LATIN.id), "ann", NOON, "two firms"))
    assert [entity.id for entity in derived(store, tell(KANA))] == [KANA.id]
    assert {one.who for one in store.list_judgements()} == {"ann"}
    assert store.count_queued() == 0


def test_what_was_taken_back_is_not_done_again(store: GraphStore) -> None:
    derived(store, tell(LATIN), tell(KANA))
    [judgement] = store.list_judgements()
    undo = make_judgement(JudgementKind.UNDO, (), "ann", NOON, "two firms", undoes=judgement.id)
    store.judge(undo)
    assert [entity.id for entity in derived(store, tell(KANA, at=NOON + timedelta(days=3)))] == [KANA.id]
    store.queue_claims()
    derive(store)
    assert len(store.list_judgements()) == 2
    assert len(list(store.iter_propositions())) == 2
