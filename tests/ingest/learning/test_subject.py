"""What tells articles about AI from others, fitted: to a few texts, and to what comes along."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.errors import ConfigError
from ingest.learning.__main__ import main
from ingest.learning.subject import LANGUAGES, Example, fit_subject, iter_examples, read_items
from ingest.nlp.names import Gazetteer
from ingest.nlp.subject import BIAS, SignFinder, read_weights, weigh
from ingest.nlp.tables import load_tables

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="module")
def finder() -> SignFinder:
    tables = load_tables(DATA / "entities")
    return SignFinder(DATA, tables, Gazetteer(tables))


def test_signs_of_what_is_about_ai_weigh(finder: SignFinder) -> None:
    about = [Example("", f"Lab {n} put the weights of its AI online.", "en", about=True) for n in range(20)]
    others = [Example("", f"Town {n} has a new swimming pool and two slides.", "en", about=False) for n in range(20)]
    fitted = fit_subject(finder, about + others)
    weights = fitted["weights"]
    assert isinstance(weights, dict)
    assert weights["ai"] > 0 > weights[BIAS]
    assert weigh(finder.find("", "An AI for the weights of scales.", "en"), weights) > 0.5
    assert weigh(finder.find("", "A pool for the town.", "en"), weights) < 0.5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_off_topic_items_are_many_and_none_twice(lang: str) -> None:
    items = list(read_items(DATA / "documents" / "off_topic" / f"{lang}.jsonl", lang))
    assert len({item.title for item in items}) == len({item.text for item in items}) == len(items) >= 100


def test_an_item_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "en.jsonl").write_text('{"title": "A", "text": "B", "day": "2025-01-01"}\n{"title": "A"}\n', "utf-8")
    with pytest.raises(ConfigError, match=r"en\.jsonl line 2: an item has day, title and text"):
        list(read_items(tmp_path / "en.jsonl", "en"))


def test_texts_read_as_of_another_subject_count_so() -> None:
    examples = {example.text[:40]: example.about for example in iter_examples(DATA, None)}
    malaria = (DATA / "documents" / "en" / "en_l46_malaria.txt").read_text("utf-8")
    assert examples[malaria[:40]] is False
    assert sum(examples.values()) > 500


def test_one_command_fits_it(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["subject", "--out", str(tmp_path / "subject.json")])
    assert result.exit_code == 0, result.output
    weights, least = read_weights(tmp_path / "subject.json")
    assert weights["ai"] > 0 > weights[BIAS]
    assert 0 < least < 1
