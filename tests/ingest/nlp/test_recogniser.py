"""Names by the trained model: learned from a few sentences, found in new ones, and nothing without a file."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from graph.errors import ConfigError
from graph.records import Entity, EntityId, EntityType
from ingest.nlp.document import Name, Sentence, Span, Zone
from ingest.nlp.recogniser import Recogniser, describe_words, iter_runs, mark_known
from ingest.nlp.train import Lesson, train_names

_VOCAB = spacy.blank("en").vocab
# (sentence, the company in it)
_TAUGHT = (
    ("Shares of Vantor rose .", "Vantor"),
    ("Shares of Orrery fell .", "Orrery"),
    ("Shares of Sablefish rose .", "Sablefish"),
    ("Shares of Quillon Labs fell .", "Quillon Labs"),
    ("Shares of Tidewater Labs rose .", "Tidewater Labs"),
    ("The price of bread rose .", ""),
    ("The price of fish fell .", ""),
    ("A share of the work was done .", ""),
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "names.crf"
    lessons = [
        Lesson(make_sentence(text), ((_place(text, name), EntityType.COMPANY),) if name else ())
        for text, name in _TAUGHT * 8
    ]
    train_names(lessons, path)
    return path


def make_sentence(text: str, names: Sequence[Name] = (), offset: int = 0) -> Sentence:
    words = text.split(" ")
    kinds = ["PROPN" if word[0].isupper() and place else "NOUN" for place, word in enumerate(words)]
    heads = [max(0, place - 1) for place in range(len(words))]
    spaces, deps = [True] * (len(words) - 1) + [False], ["dep"] * len(words)
    doc = Doc(_VOCAB, words=words, spaces=spaces, pos=kinds, heads=heads, deps=deps)
    return Sentence((offset, offset + len(text)), text, "en", Zone.BODY, 0, tuple(names), doc)


def _place(text: str, name: str) -> Span:
    return text.index(name), text.index(name) + len(name)


def test_name_never_seen_is_found_by_its_surroundings(model: Path) -> None:
    text = "Shares of Marlowe rose ."
    (found,) = Recogniser(model).find(make_sentence(text))
    assert (found.name, found.type, found.span) == ("Marlowe", EntityType.COMPANY, _place(text, "Marlowe"))


def test_name_of_two_words_is_one(model: Path) -> None:
    assert [name.name for name in Recogniser(model).find(make_sentence("Shares of Corvid Labs rose ."))] == [
        "Corvid Labs"
    ]


def test_span_counts_from_the_start_of_the_article(model: Path) -> None:
    (found,) = Recogniser(model).find(make_sentence("Shares of Marlowe fell .", offset=100))
    assert found.span == (110, 117)


def test_ordinary_words_are_no_names(model: Path) -> None:
    assert list(Recogniser(model).find(make_sentence("The price of milk rose ."))) == []


def test_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"names_xx\.crf.*python -m ingest\.nlp\.train"):
        list(Recogniser(tmp_path / "names_xx.crf").find(make_sentence("Shares rose .")))


@pytest.mark.parametrize(
    ("labels", "runs"),
    [
        ([], []),
        (["O", "O"], []),
        (["B-company", "O"], [(0, 0, "company")]),
        (["O", "B-model", "I-model"], [(1, 2, "model")]),
        (["B-company", "B-company"], [(0, 0, "company"), (1, 1, "company")]),
        (["B-company", "I-model", "O"], [(0, 0, "company")]),
        (["I-model", "O"], []),
    ],
    ids=["nothing", "outside", "one word", "at the end", "side by side", "type breaks off", "no beginning"],
)
def test_labels_become_runs(labels: list[str], runs: list[tuple[int, int, str]]) -> None:
    assert list(iter_runs(labels)) == runs


def test_words_of_known_names_are_marked_with_their_type() -> None:
    text = "Shares of Vantor Labs rose ."
    entity = Entity(EntityId("e1"), "Vantor Labs", EntityType.COMPANY)
    name = Name((60, 71), "Vantor Labs", entity)
    assert mark_known(make_sentence(text, [name], offset=50)) == ["-", "-", "company", "company", "-", "-"]


def test_words_are_described_with_their_neighbours() -> None:
    sentence = make_sentence("Vantor fell .")
    first, second, _ = describe_words(sentence.doc, ["company", "-", "-"])
    assert {"w=vantor", "sh=Xxx", "g=company", "-1=edge", "1w=fell"} <= set(first)
    assert {"w=fell", "-1g=company", "-1w=vantor"} <= set(second)
