"""The questions of graph.answers.queries, asked of every store."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from graph.answers.queries import get_article, get_claim, get_entity, get_home, search, suggest_entities
from graph.errors import NotFound, QueryError
from graph.grades import FAIR_FROM
from graph.records import (
    Barrier,
    ClaimId,
    ClaimType,
    Comparator,
    Modality,
    Polarity,
    Predicate,
    Quantity,
    Relation,
    Tie,
)
from graph.store import GraphStore
from graph.views import ClaimDetail, to_json
from tests.contract.builders import AIME, DEEPSEEK, NOON, OPENAI, R1, Said, make_extraction

ACCUSED = Said("Sacks says DeepSeek distilled OpenAI.", object="OpenAI", speakers=("Sacks",))
DENIED = Said("DeepSeek says it did not.", object="OpenAI", speakers=("DeepSeek",), polarity=Polarity.DENIED)


def _get(store: GraphStore, words: str) -> ClaimDetail:
    [claim] = search(store, f'"{words}"', NOON).claims
    return get_claim(store, claim.id)


def test_a_denial_stands_on_the_other_side(store: GraphStore) -> None:
    store.add([make_extraction(ACCUSED), make_extraction(DENIED, url="https://news.example/2")])
    detail = _get(store, ACCUSED.text)
    assert [view.text for view in detail.opposite] == [DENIED.text]
    assert detail.same == ()


def test_who_only_asks_stands_apart_and_a_sentence_once(store: GraphStore) -> None:
    asks = Said("Did DeepSeek take it?", object="OpenAI", modality=Modality.QUESTIONED)
    again = replace(asks, predicate=Predicate.TOOK_TECHNOLOGY_FROM)
    taken = replace(ACCUSED, predicate=Predicate.TOOK_TECHNOLOGY_FROM)
    store.add([make_extraction(ACCUSED, taken), make_extraction(asks, again, url="https://news.example/2")])
    found = search(store, f'"{ACCUSED.text}"', NOON).claims
    assert found
    for claim in found:
        detail = get_claim(store, claim.id)
        assert detail.same == ()
        assert [view.text for view in detail.asked] == [asks.text]


def test_a_related_predicate_says_the_same(store: GraphStore) -> None:
    taken = Said("DeepSeek took it.", object="OpenAI", predicate=Predicate.TOOK_TECHNOLOGY_FROM)
    store.add([make_extraction(ACCUSED), make_extraction(taken, url="https://news.example/2")])
    assert [view.text for view in _get(store, ACCUSED.text).same] == [taken.text]


def test_in_an_accusation_a_maker_and_its_product_are_one_victim(store: GraphStore) -> None:
    store.add([make_extraction(ACCUSED)])
    store.add_entities([OPENAI, R1], [Tie(OPENAI.id, Relation.MAKES, R1.id, "test")])
    product = Said("It did not copy that model.", object="DeepSeek-R1", polarity=Polarity.DENIED)
    store.add([make_extraction(product, url="https://news.example/2")])
    assert [view.text for view in _get(store, ACCUSED.text).opposite] == [product.text]
    assert [view.text for view in _get(store, product.text).opposite] == [ACCUSED.text]


def test_in_a_comparison_a_maker_and_its_product_stay_apart(store: GraphStore) -> None:
    store.add_entities([OPENAI, R1], [Tie(OPENAI.id, Relation.MAKES, R1.id, "test")])
    beats = partial(Said, type=ClaimType.BENCHMARK, predicate=Predicate.OUTPERFORMS)
    one, other = (
        beats("It beats the firm.", object="OpenAI"),
        beats("It beats that.", object="DeepSeek-R1"),
    )
    store.add([make_extraction(one, other)])
    assert _get(store, one.text).same == ()


def test_unnamed_parties_are_never_the_same_matter(store: GraphStore) -> None:
    one, other = Said("A group took it.", subject="a group"), Said("A group took that.", subject="a group")
    store.add([make_extraction(one, other)])
    assert _get(store, one.text).same == ()


def test_another_number_is_not_the_same(store: GraphStore) -> None:
    costs = partial(Said, subject="DeepSeek-R1", type=ClaimType.COST, predicate=Predicate.COSTS)
    one = costs("It cost 5.6 million.", quantity=Quantity("training_cost", 5.6e6, "USD"))
    near = costs("It cost about 5.5 million.", quantity=Quantity("training_cost", 5.5e6, "USD", Comparator.ABOUT))
    far = costs("It cost a billion.", quantity=Quantity("training_cost", 1e9, "USD"))
    store.add([make_extraction(said, url=f"https://news.example/{n}") for n, said in enumerate((one, near, far))])
    assert [view.text for view in _get(store, one.text).same] == [near.text]
    assert _get(store, far.text).same == ()


def test_who_denies_that_it_cannot_says_that_it_can(store: GraphStore) -> None:
    able = partial(Said, subject="DeepSeek-R1", type=ClaimType.CAPABILITY, modality=Modality.ASSERTED)
    can = able("It can plan.", predicate=Predicate.CAN)
    cannot = able("It cannot plan.", predicate=Predicate.CANNOT)
    denied = able("Nobody says it cannot.", predicate=Predicate.CANNOT, polarity=Polarity.DENIED)
    store.add([make_extraction(said, url=f"https://news.example/{n}") for n, said in enumerate((can, cannot, denied))])
    detail = _get(store, can.text)
    assert [view.text for view in detail.same] == [denied.text]
    assert [view.text for view in detail.opposite] == [cannot.text]


def test_a_claim_is_shown_in_its_paragraph(store: GraphStore) -> None:
    store.add([make_extraction(Said("Before it."), ACCUSED)])
    detail = _get(store, ACCUSED.text)
    assert (detail.before, detail.after) == ("", "")
    assert detail.claim.article.source.name == "News"


def test_an_entity_gathers_what_is_said_about_it_and_by_it(store: GraphStore) -> None:
    store.add([make_extraction(ACCUSED, DENIED)])
    view = get_entity(store, DEEPSEEK.id)
    assert [claim.text for claim in view.about] == [ACCUSED.text, DENIED.text]
    assert [claim.text for claim in view.says] == [DENIED.text]
    assert view.types == {"allegation": 2}


def test_an_article_lists_its_claims_in_the_order_of_its_text(store: GraphStore) -> None:
    extraction = make_extraction(ACCUSED, DENIED)
    store.add([extraction])
    view = get_article(store, extraction.article.id)
    assert [claim.text for claim in view.claims] == [ACCUSED.text, DENIED.text]
    assert [view.text[start:end] for start, end in (claim.span for claim in view.claims)] == [ACCUSED.text, DENIED.text]


def test_home_puts_denials_and_accusations_apart(store: GraphStore) -> None:
    calm = Said("R1 is out.", type=ClaimType.RELEASE, predicate=Predicate.RELEASED, modality=Modality.ASSERTED)
    store.add([make_extraction(ACCUSED, DENIED, calm)])
    view = get_home(store, NOON)
    assert {claim.text for claim in view.contested} == {ACCUSED.text, DENIED.text}
    assert view.counts.claims == 3


def test_home_puts_those_first_of_whom_most_is_told_weak_readings_aside(store: GraphStore) -> None:
    weak = replace(ACCUSED, object=None, speakers=(), score=FAIR_FROM / 2)
    sold = replace(ACCUSED, text="OpenAI sold R1.", subject="OpenAI", object=None)
    store.add([make_extraction(*(replace(weak, text=f"DeepSeek hints {n}.") for n in range(3)), sold)])
    assert [(row.entity.id, row.claims) for row in get_home(store, NOON).entities] == [
        (OPENAI.id, 1),
        (DEEPSEEK.id, 0),
    ]


def test_a_facet_value_narrows_and_widens_again(store: GraphStore) -> None:
    store.add([make_extraction(ACCUSED, DENIED)])
    [denied] = [value for value in search(store, "", NOON).facets["polarity"] if value.value == "denied"]
    narrowed = search(store, denied.query, NOON)
    assert [claim.text for claim in narrowed.claims] == [DENIED.text]
    values = {value.value: value for value in narrowed.facets["polarity"]}
    assert values.keys() == {"affirmed", "denied"}  # what could be chosen instead keeps its place
    assert (values["denied"].chosen, values["denied"].query, values["affirmed"].chosen) == (True, "", False)


def test_about_finds_an_entity_under_any_spelling(store: GraphStore) -> None:
    store.add([make_extraction(ACCUSED)])
    for spelling in ("DeepSeek", "ディープシーク", "深度求索", "deep-seek"):
        assert len(search(store, f"about:{spelling}", NOON).claims) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("about:nobody", "nothing of that name"),
        ("type:gossip", "choose one of"),
        ("since:yesterday", "is not a time"),
        ("since:9999y", "write a shorter period"),
        ("-about:deepseek", "only words and source"),
        ("x" * 2000, "longer than"),
    ],
)
def test_a_search_that_cannot_be_understood_says_why(store: GraphStore, text: str, words: str) -> None:
    store.add([make_extraction(ACCUSED)])
    with pytest.raises(QueryError, match=words):
        search(store, text, NOON)


def test_since_and_until_bound_the_report(store: GraphStore) -> None:
    store.add([make_extraction(ACCUSED), make_extraction(DENIED, url="https://news.example/2", at=NOON - timedelta(9))])
    assert [claim.text for claim in search(store, "since:7d", NOON + timedelta(1)).claims] == [ACCUSED.text]
    assert [claim.text for claim in search(store, "until:2025-01-25", NOON).claims] == [DENIED.text]


def test_since_and_until_take_in_their_days(store: GraphStore) -> None:
    store.add([make_extraction(ACCUSED), make_extraction(DENIED, url="https://news.example/2", at=NOON - timedelta(1))])
    assert [claim.text for claim in search(store, "since:2025-01-29 until:2025-01-29", NOON).claims] == [ACCUSED.text]
    assert [claim.text for claim in search(store, "until:2025-01-28", NOON).claims] == [DENIED.text]
    assert search(store, "until:2025-01-27", NOON).claims == ()
    assert [claim.text for claim in search(store, "until:1d", NOON + timedelta(hours=1)).claims] == [DENIED.text]
    assert len(search(store, "until:9999-12-31", NOON).claims) == 2


def test_what_is_not_there_is_said_to_be_missing(store: GraphStore) -> None:
    with pytest.raises(NotFound, match="no claim c0"):
        get_claim(store, ClaimId("c0"))
    with pytest.raises(NotFound):
        get_entity(store, AIME.id)


def test_views_become_plain_json(store: GraphStore) -> None:
    store.add([make_extraction(ACCUSED)])
    value = to_json(search(store, "", NOON))
    assert isinstance(value, dict)
    [claim] = value["claims"]
    assert (claim["type"], claim["reported_at"], claim["span"]) == ("allegation", "2025-01-29T12:00:00Z", [0, 37])


def test_suggestions_quote_the_sentence_that_names(store: GraphStore) -> None:
    other = Said("On Monday OpenAI met DeepSeek.", object="OpenAI")
    store.add([make_extraction(ACCUSED), make_extraction(ACCUSED, other, url="https://news.example/2")])
    views = suggest_entities(store, at_least=2, limit=10)
    assert [(view.entity.name, view.articles) for view in views] == [("DeepSeek", 2), ("OpenAI", 2)]
    assert {naming.sentence for naming in views[0].examples} == {ACCUSED.text}
    assert {naming.article.url for naming in views[0].examples} == {"https://news.example/1", "https://news.example/2"}
    assert suggest_entities(store, at_least=3, limit=10) == ()


def test_an_article_shows_its_versions_and_what_changed(store: GraphStore) -> None:
    firmer = replace(ACCUSED, text="DeepSeek distilled OpenAI.", modality=Modality.ASSERTED)
    first, second = make_extraction(ACCUSED, DENIED), make_extraction(firmer, version=2)
    store.add([first, make_extraction(DENIED, url="https://news.example/2"), second])
    detail = get_article(store, second.article.id)
    assert [(one.version, one.id) for one in detail.versions] == [(1, first.article.id), (2, second.article.id)]
    assert detail.change
    assert [view.text for view in detail.change.dropped] == [DENIED.text]
    assert [(one.before.text, one.after.text) for one in detail.change.changed] == [(ACCUSED.text, firmer.text)]
    assert get_article(store, first.article.id).change is None


def test_an_article_says_what_kept_us_from_its_page(store: GraphStore) -> None:
    for number, barrier in enumerate((None, *Barrier)):
        extraction = make_extraction(ACCUSED, url=f"https://news.example/{number}")
        store.add([replace(extraction, article=replace(extraction.article, excerpt=True, barrier=barrier))])
        [article] = store.get_articles([extraction.article.id])
        assert (article.excerpt, article.barrier) == (True, barrier)
    whole = make_extraction(ACCUSED, url="https://news.example/whole")
    store.add([whole])
    assert store.get_articles([whole.article.id]) == (whole.article,)


def test_an_article_of_several_stories_shows_its_sections(store: GraphStore) -> None:
    long = "It was said that this is so, and others who know the matter well said that it is not so at all."
    said = [Said("## Chips"), replace(ACCUSED, text=long), Said("## Money"), replace(DENIED, text=long + long)]
    extraction = make_extraction(Said("The week"), *said)
    store.add([extraction])
    detail = get_article(store, extraction.article.id)
    assert [section.title for section in detail.sections] == ["Chips", "Money"]
