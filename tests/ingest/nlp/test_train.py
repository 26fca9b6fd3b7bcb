"""Training: practice sentences become lessons, lessons a model that finds what they taught."""

from pathlib import Path

import pytest

from graph.records import EntityType
from ingest.nlp import en, train
from ingest.nlp.document import Language
from ingest.nlp.names import Gazetteer
from ingest.nlp.practice import Example
from ingest.nlp.recogniser import Recogniser
from ingest.nlp.tables import load_tables

_DATA = Path(__file__).parents[3] / "data"
_SENTENCES = (
    "{0} raised $40 million last week.",
    "Engineers at {0} declined to comment.",
    "{0} said on Monday that it would hire.",
    "The start-up {0} and Nvidia signed a deal.",
)
_FIRMS = ("Vantor", "Orrery", "Sablefish", "Tidewater", "Quillon Labs", "Marrow AI")


@pytest.fixture(scope="module")
def language() -> Language:
    return en.make_language()


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(load_tables(_DATA / "entities"))


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """A data folder with six small practice files of invented firms."""
    folder = tmp_path / "practice" / "en"
    folder.mkdir(parents=True)
    for number, firm in enumerate(_FIRMS):
        blocks = [f"{sentence.format(firm)}\n= company {firm}" for sentence in _SENTENCES] * 2
        blocks.append("Rain fell on Monday.\n=")
        (folder / f"{number}.txt").write_text("\n\n".join(blocks), "utf-8")
    return tmp_path


def test_lesson_has_curated_names_and_those_really_there(
    practice: Path, language: Language, gazetteer: Gazetteer
) -> None:
    lessons = list(train.make_lessons(language, gazetteer, [practice / "practice" / "en" / "0.txt"]))
    deal = next(lesson for lesson in lessons if "Nvidia" in lesson.sentence.text)
    assert [name.entity.name for name in deal.sentence.names] == ["Nvidia"]
    assert deal.names == (((13, 19), EntityType.COMPANY),)


def test_trained_model_finds_a_firm_it_never_saw(
    practice: Path, language: Language, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "DATA", practice)
    train.train_language(language, gazetteer, held_out=False)
    (practice / "new.txt").write_text("The start-up Corvid and Nvidia signed a deal.\n= company Corvid", "utf-8")
    (lesson,) = train.make_lessons(language, gazetteer, [practice / "new.txt"])
    found = Recogniser(practice / "models" / "names_en.crf").find(lesson.sentence)
    assert ("Corvid", EntityType.COMPANY) in {(name.name, name.type) for name in found}


def test_held_out_part_is_measured_and_nothing_written(
    practice: Path,
    language: Language,
    gazetteer: Gazetteer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(train, "DATA", practice)
    train.train_language(language, gazetteer, held_out=True)
    assert "en: names P " in capsys.readouterr().out
    assert not (practice / "models").exists()


@pytest.mark.parametrize(
    ("text", "names", "places"),
    [
        ("Vantor met Vantor.", ("Vantor",), [(0, 6), (11, 17)]),
        ("Vantor Labs is not Vantor.", ("Vantor", "Vantor Labs"), [(0, 11), (19, 25)]),
        ("Vantor2 is a model.", ("Vantor",), []),
        ("オラリーは新モデルを公開した。", ("オラリー",), [(0, 4)]),
    ],
    ids=["every place", "the longest first", "no part of a word", "Japanese"],
)
def test_names_are_placed_where_they_stand(text: str, names: tuple[str, ...], places: list[tuple[int, int]]) -> None:
    example = Example(text, tuple((name, EntityType.COMPANY) for name in names), ())
    assert [span for span, _ in train.place_names(example)] == places
