"""What a pronoun or a description takes up: the likeliest of what was named before that its head allows."""

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
}  # fmt: skip


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
    ],
)
def test_in_japanese_too(words: str, leads: dict[str, float], name: str, japanese: Lexicon) -> None:
    parties, span = make(words, leads, japanese)
    assert parties.resolve(span) == party(name)
    assert parties.is_guess(span)


@pytest.mark.parametrize("words", ["the Kite maker", "the Orland company", "the Sablefish co-founder"])
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
