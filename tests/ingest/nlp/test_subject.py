"""What tells articles about AI from others: on own stories, on off-topic items, on texts that say next to nothing."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.errors import ConfigError
from graph.records import Article, ArticleId, Source, SourceId
from ingest.learning.subject import LANGUAGES, read_items, read_verdicts
from ingest.nlp.load import load_subject
from ingest.nlp.subject import WEIGHTS, WORDS, Subject, find_beginning

DATA = Path(__file__).parents[3] / "data"
OFF_TOPIC = DATA / "documents" / "off_topic"
DAY = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def subject() -> Subject:
    return load_subject(DATA)


def make_article(title: str, text: str, lang: str) -> Article:
    source = Source(SourceId("a.example"), "A", "a.example", lang=lang)
    return Article(ArticleId("a"), "https://a.example/1", source, title, text, lang, DAY, DAY)


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Quillmark opens its weights", "Quillmark, a lab in Oslo, put its language model Tern 2 online.", "en"),
        (
            "Vocatur sued by readers",
            "612 readers of audiobooks sue Vocatur, whose AI was trained on their voices.",
            "en",
        ),
        ("Tarn loses a third", "Investors fear that nobody needs the AI chips of Tarn Labs any more.", "en"),
        pytest.param(
            "Hush on the line",
            "The chatbot of Tarn Labs told nurses the wrong doses, says their union.",
            "en",
            marks=pytest.mark.xfail(strict=True, reason="one sign alone, in a text of one sentence"),
        ),
        ("ヒノキ研、小型モデルを公開", "ヒノキ研究所は、日本語の大規模言語モデル「ひのき2」の重みを公開した。", "ja"),
        ("声優団体がソラネを提訴", "声優の団体は、生成AIで声をまねられたとしてソラネを訴えた。", "ja"),
    ],
)
def test_a_story_of_invented_names_is_about_ai(subject: Subject, title: str, text: str, lang: str) -> None:
    assert subject.is_about_ai(make_article(title, text, lang))


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        (
            "Google closes a canteen",
            "Google has closed the canteen of its office in Ghent.",
            "en",
        ),
        (
            "Six models in the snow",
            "Six models walked through the snow for a maker of coats.",
            "en",
        ),
        ("Derby ends 1-1", "Norwick and Tolland drew 1-1 in the rain. The referee said sorry.", "en"),
        ("サムスン、洗濯機を値下げ", "サムスンは洗濯機の価格を1割下げた。店頭には行列ができている。", "ja"),
        ("市議会が予算案を可決", "市議会は新年度の予算案を可決した。図書館の開館時間が延びる。", "ja"),
    ],
)
def test_other_news_is_not(subject: Subject, title: str, text: str, lang: str) -> None:
    assert not subject.is_about_ai(make_article(title, text, lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_own_stories_pass_and_off_topic_items_do_not(subject: Subject, lang: str) -> None:
    """It has learned from these: a floor that says that file and words belong together, no figure."""
    told = read_verdicts(OFF_TOPIC / "read.tsv")
    stories = [path for path in (DATA / "documents" / lang).glob("*.txt") if path.stem not in told]
    about = [subject.is_about_ai(make_article("", path.read_text("utf-8"), lang)) for path in stories]
    items = list(read_items(OFF_TOPIC / f"{lang}.jsonl", lang))
    others = [subject.is_about_ai(make_article(item.title, item.text, lang)) for item in items]
    assert sum(about) / len(about) > 0.9
    assert sum(others) / len(others) < 0.1


@pytest.mark.parametrize("text", ["", " \n ", "Sold out.", "Ha!"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_too_short_to_tell_is_read(subject: Subject, text: str, lang: str) -> None:
    assert subject.is_about_ai(make_article("", text, lang))


def test_a_language_that_is_not_read_stays_as_it_is(subject: Subject) -> None:
    assert subject.is_about_ai(make_article("Ein Tor", "In der Nachspielzeit fiel in Bremen doch noch ein Tor.", "de"))


def test_only_the_beginning_counts(subject: Subject) -> None:
    town = "The council met in the town hall and spoke of the new road and its trees. " * 40
    assert not subject.is_about_ai(make_article("Road", town + "An AI lab trained a language model. " * 20, "en"))


def test_a_title_in_the_text_is_not_read_twice() -> None:
    assert find_beginning("A title", "A title\nA text", "en") == "A title\nA text"
    assert find_beginning("A title", "A text", "en") == "A title\nA text"


def test_wide_letters_are_letters(subject: Subject) -> None:
    assert subject.is_about_ai(make_article("", "市はＡＩの窓口を開いた。生成ＡＩの相談にも応じるという。", "ja"))


@pytest.mark.parametrize("name", [f"models/{WEIGHTS}", WORDS])
@pytest.mark.parametrize("content", [None, b"", b'{"weights": {', b'{"weights": {}, "least": 1}', b"\xff\xfe"])
def test_a_missing_or_cut_file_is_named(tmp_path: Path, name: str, content: bytes | None) -> None:
    (tmp_path / "models").mkdir()
    shutil.copytree(DATA / "entities", tmp_path / "entities")
    for one in (f"models/{WEIGHTS}", WORDS):
        shutil.copy(DATA / one, tmp_path / one)
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load_subject(tmp_path)
    assert str(tmp_path / name) in str(caught.value)


def test_every_weight_is_of_a_sign_that_there_is(subject: Subject) -> None:
    weights = json.loads((DATA / "models" / WEIGHTS).read_text("utf-8"))["weights"]
    words = [line.split("\t")[0] for line in (DATA / WORDS).read_text("utf-8").splitlines()[1:]]
    known = {"bias", *words, *(f"{word} in title" for word in words)}
    assert {sign for sign in weights if not sign.startswith("named ")} <= known
    assert set(words) <= set(weights)
