"""What a pronoun or a description takes up: the likeliest of what was named before that its head allows."""

import time

import pytest

from graph.ids import make_entity_id
from graph.records import Entity, EntityType, Party
from ingest.nlp.document import Name
from ingest.nlp.finder import Stood
from ingest.nlp.lexicon import Lexicon
from ingest.nlp.parties import Parties

_KINDS = {
    "Vantor": EntityType.COMPANY, "Sablefish": EntityType.COMPANY, "ヴァントル": EntityType.COMPANY,
    "Mara Lindqvist": EntityType.PERSON, "三宅": EntityType.PERSON,
    "Quillon-2": EntityType.MODEL, "Kite": EntityType.PRODUCT, "Orland": EntityType.PLACE,
    "Sable Institute": EntityType.INSTITUTION,
}  # fmt: skip
_BEHIND = ("は", "が", "の", "を", "も", "側", "側は", "CEO", "代表", "CEOは")


def party(name: str) -> Party:
    return Party(name, make_entity_id(name))


def make(words: str, leads: dict[str, float], lexicon: Lexicon) -> tuple[Parties, tuple[int, int]]:
    """The parties of a text that names what may be meant and then has the words; leads as the network gives them."""
    text = "、".join(leads) + f"。{words}"
    at = {name: (text.index(name), text.index(name) + len(name)) for name in leads}
    names = [
        Name(span, name, Entity(make_entity_id(name), name, _KINDS[name]))
        for name, span in at.items()
        if name in _KINDS
    ]
    names += [
        Name((found, found + len(name)), name, Entity(make_entity_id(name), name, kind))
        for name, kind in _KINDS.items()
        if (found := text.find(name, len(text) - len(words))) >= 0
    ]
    span = len(text) - len(words), len(text)
    stands = {span: tuple(Stood(at[name], lead) for name, lead in sorted(leads.items(), key=lambda one: -one[1]))}
    return Parties(text, names, stands, lexicon), span


@pytest.mark.parametrize(
    ("words", "leads", "name"),
    [
        ("the company", {"Mara Lindqvist": 3.0, "Vantor": 1.0}, "Vantor"),
        ("The startup", {"Quillon-2": 3.0, "Vantor": 1.0}, "Vantor"),
        ("he", {"Vantor": 3.0, "Mara Lindqvist": 1.0}, "Mara Lindqvist"),
        ("the chief executive", {"Vantor": 3.0, "Mara Lindqvist": 1.0}, "Mara Lindqvist"),
        ("the new model", {"Vantor": 3.0, "Quillon-2": 1.0}, "Quillon-2"),
        ("the app", {"Mara Lindqvist": 3.0, "Vantor": 1.0}, "Vantor"),
        ("it", {"Mara Lindqvist": 3.0, "Quillon-2": 1.0}, "Quillon-2"),
        ("the chipmaker", {"Vantor": 3.0, "Sablefish": 1.0}, "Vantor"),
        ("himself", {"Vantor": 3.0, "Mara Lindqvist": 1.0}, "Mara Lindqvist"),
        ("the team", {"Mara Lindqvist": 3.0, "Vantor": 1.0}, "Vantor"),
        ("the models", {"Mara Lindqvist": 3.0, "Quillon-2": 1.0}, "Quillon-2"),
        ("the government", {"Quillon-2": 3.0, "Orland": 1.0}, "Orland"),
        ("the court", {"Mara Lindqvist": 3.0, "Sable Institute": 1.0}, "Sable Institute"),
    ],
)
def test_of_another_kind_gives_way_to_the_next(
    words: str, leads: dict[str, float], name: str, english: Lexicon
) -> None:
    parties, span = make(words, leads, english)
    assert parties.resolve(span) == party(name)
    assert parties.is_guess(span) == (name != max(leads, key=lambda one: leads[one]))


@pytest.mark.parametrize(
    ("words", "leads", "name"),
    [
        ("同社", {"三宅": 3.0, "ヴァントル": 1.0}, "ヴァントル"),
        ("同氏", {"ヴァントル": 3.0, "三宅": 1.0}, "三宅"),
        ("同モデル", {"ヴァントル": 3.0, "Quillon-2": 1.0}, "Quillon-2"),
        ("この会社", {"Quillon-2": 3.0, "ヴァントル": 1.0}, "ヴァントル"),
        ("これは", {"三宅": 3.0, "Kite": 1.0}, "Kite"),
        *((f"同社{behind}", {"三宅": 3.0, "ヴァントル": 1.0}, "ヴァントル") for behind in _BEHIND),
        *((f"{who}は", {"ヴァントル": 3.0, "三宅": 1.0}, "三宅") for who in ("同氏", "同教授", "彼", "彼女")),
        ("それも", {"三宅": 3.0, "Kite": 1.0}, "Kite"),
    ],
)
def test_in_japanese_too(words: str, leads: dict[str, float], name: str, japanese: Lexicon) -> None:
    parties, span = make(words, leads, japanese)
    assert parties.resolve(span) == party(name)
    assert parties.is_guess(span)


@pytest.mark.parametrize(
    "words", ["the Kite maker", "the Orland company", "the Californian firm", "the Sablefish co-founder"]
)
def test_description_with_a_name_takes_up_another(words: str, english: Lexicon) -> None:
    meant = "Mara Lindqvist" if words.endswith("founder") else "Vantor"
    parties, span = make(words, {meant: 2.0}, english)
    assert parties.resolve(span) == party(meant)
    assert not parties.is_guess(span)


@pytest.mark.parametrize("words", ["the Quillon-2 lamp model", "a Kite maker", "Kite engineers"])
def test_other_words_with_a_name_stay_words(words: str, english: Lexicon) -> None:
    parties, span = make(words, {"Vantor": 2.0}, english)
    assert parties.resolve(span) == Party(words)


def test_whom_the_network_doubts_is_guessed_where_the_head_fits(english: Lexicon) -> None:
    parties, span = make("She", {"Mara Lindqvist": -0.7}, english)
    assert parties.resolve(span) == party("Mara Lindqvist")
    assert parties.is_guess(span)


@pytest.mark.parametrize(("words", "lead"), [("She", -1.5), ("They", -0.7)])
def test_what_it_doubts_more_is_nobody(words: str, lead: float, english: Lexicon) -> None:
    parties, span = make(words, {"Mara Lindqvist": lead}, english)
    assert parties.resolve(span) is None


@pytest.mark.parametrize("leads", [{"Mara Lindqvist": -0.7}, {"Vantor": 3.0, "Mara Lindqvist": 1.0}])
def test_no_guess_where_none_may_be(leads: dict[str, float], english: Lexicon) -> None:
    parties, span = make("She", leads, english)
    assert parties.resolve(span, guess=False) is None


@pytest.mark.parametrize("words", ["the agreement", "the industry", "these companies", "The Chinese labs"])
def test_what_is_no_one_firm_stays_words(words: str, english: Lexicon) -> None:
    parties, span = make(words, {"Vantor": 3.0, "Kite": 1.0}, english)
    assert parties.resolve(span) == Party(words)
    assert not parties.is_guess(span)


@pytest.mark.parametrize("words", ["the Vantor rival", "the company's rival", "the startup’s bank"])
def test_what_is_said_of_a_firm_is_not_that_firm(words: str, english: Lexicon) -> None:
    parties, span = make(words, {"Vantor": 3.0}, english)
    assert parties.resolve(span) == Party(words)


def test_the_largest_of_the_world_takes_up_a_name(english: Lexicon) -> None:
    parties, span = make("the world's largest chip-maker", {"Vantor": 3.0}, english)
    assert parties.resolve(span) == party("Vantor")


def test_noun_without_a_known_head_takes_up_a_product(english: Lexicon) -> None:
    parties, span = make("the lamp", {"Kite": 2.0}, english)
    assert parties.resolve(span) == party("Kite")


def test_the_other_side_is_not_meant(english: Lexicon) -> None:
    parties, span = make("the company", {"Vantor": 3.0, "Sablefish": 1.0}, english)
    assert parties.resolve(span, besides=party("Vantor")) == party("Sablefish")


def test_what_is_its_own_is_not_the_other_side(english: Lexicon) -> None:
    parties, span = make("its next plant", {"Vantor": 3.0}, english)
    assert parties.resolve(span) == party("Vantor")
    assert parties.resolve(span, besides=party("Vantor")) == Party("its next plant")


@pytest.mark.parametrize("lead", [3.0, -0.5])
@pytest.mark.parametrize(
    "words",
    ["the engineer", "The former researcher", "the judge", "this analyst", "the executive", "the whistle-blower man",
     "the developer", "the engineers", "another executive", "another company", "each start-up", "the other company",
     "its other lab", "its rival", "his rival company", "its parent", "their subsidiary", "its unit", "her lawyer",
     "his attorney", "its investors", "the former employee of the company", "the lawsuit against it",
     "the investors in the start-up", "the case with the company", "the chief executive of the company"],
)  # fmt: skip
def test_who_has_no_name_is_nobody_named(words: str, lead: float, english: Lexicon) -> None:
    parties, span = make(words, {"Mara Lindqvist": lead, "Vantor": lead}, english)
    assert parties.resolve(span) == Party(words)
    assert not parties.is_guess(span)


@pytest.mark.parametrize("words", ["its app", "another", "others", "its company", "its regulator", "their platform"])
def test_pronoun_for_another_is_nobody(words: str, english: Lexicon) -> None:
    parties, span = make(words, {"Vantor": 3.0}, english)
    assert parties.resolve(span) is None


@pytest.mark.parametrize("lead", [3.0, -0.5])
@pytest.mark.parametrize(
    "words",
    ["その関係者", "この記者", "その開発者", "その利用者", "その被害者", "同社の広報担当者", "この会社の社長",
     "その第三者", "その競合企業", "この企業の競合メーカー", "同社の親会社", "その子会社", "その他の企業",
     "同社のサービス"],
)  # fmt: skip
def test_who_has_no_name_in_japanese_is_nobody_named(words: str, lead: float, japanese: Lexicon) -> None:
    parties, span = make(words, {"三宅": lead, "ヴァントル": lead}, japanese)
    assert parties.resolve(span) == Party(words)


@pytest.mark.parametrize("words", ["同社は", "同社CEO", "同氏は", "同社が", "当社は"])
def test_japanese_pronoun_with_more_behind_is_nobody_alone(words: str, japanese: Lexicon) -> None:
    parties, span = make(words, {}, japanese)
    assert parties.resolve(span) is None


@pytest.mark.parametrize(("words", "name"), [("同社長は", "同社長"), ("本社は", "本社は")])
def test_no_party_is_only_what_points_at_one(words: str, name: str, japanese: Lexicon) -> None:
    parties, span = make(words, {}, japanese)
    assert parties.resolve(span) == Party(name)


def test_our_side_with_a_particle_is_whom_it_stands_for(japanese: Lexicon) -> None:
    parties, span = make("当社は", {"ヴァントル": 3.0}, japanese)
    assert parties.resolve(span) == party("ヴァントル")


@pytest.mark.parametrize(
    ("words", "name"),
    [("he", "Mara Lindqvist"), ("her", "Mara Lindqvist"), ("the company", "Vantor"), ("it", "Vantor")],
)
def test_pronoun_takes_up_a_name_where_no_description_may(words: str, name: str, english: Lexicon) -> None:
    parties, span = make(words, {name: 3.0}, english)
    assert parties.resolve(span, describe=False) == party(name)


@pytest.mark.parametrize(
    ("words", "name"),
    [("the CEO", "Mara Lindqvist"), ("the chief executive", "Mara Lindqvist"), ("the small chipmaker", "Vantor"),
     ("the Kite maker", "Vantor")],
)  # fmt: skip
def test_description_takes_up_nobody_where_none_may(words: str, name: str, english: Lexicon) -> None:
    parties, span = make(words, {name: 3.0}, english)
    assert parties.resolve(span) == party(name)
    assert parties.resolve(span, describe=False) in (None, Party(words))


@pytest.mark.parametrize(("words", "meant"), [("同社側は", "ヴァントル"), ("同社CEOは", None), ("同教授は", "同教授")])
def test_head_of_a_firm_is_not_the_firm_where_no_description_may(
    words: str, meant: str | None, japanese: Lexicon
) -> None:
    parties, span = make(words, {"ヴァントル": 3.0}, japanese)
    found = parties.resolve(span, describe=False)
    assert (found and found.name) == meant


@pytest.mark.parametrize(
    "words",
    [
        "the small " * 20_000 + "company",
        "the " + "-" * 100_000,
        "同" + "の" * 20_000 + "社",
        "同" + "の" * 20_000 + "x",
    ],
)
def test_a_long_phrase_takes_up_nothing_and_no_time(words: str, english: Lexicon, japanese: Lexicon) -> None:
    parties, span = make(words, {"Vantor": 3.0}, japanese if words[0] == "同" else english)
    began = time.process_time()
    found = parties.resolve(span)
    assert found is None or found.entity is None
    assert time.process_time() - began < 1
