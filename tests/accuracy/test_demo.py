"""The demo's articles beside every claim that a careful reader lists in them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.grades import FAIR_FROM
from ingest.accuracy.scoring import score_claims
from ingest.learning.annotated import iter_documents
from ingest.learning.weighing import iter_shown, take_documents
from ingest.nlp.load import load_extractor
from ingest.read import Given, read_file
from ingest.sandbox import Sandbox

_DATA = Path(__file__).parents[2] / "data"
_GOLD = _DATA / "gold" / "demo"
_PAGES = {
    f"{path.parent.name}-{path.stem}{'-earlier' if 'earlier' in path.parts else ''}": path
    for path in sorted((_DATA / "demo").rglob("*.html"))
}


def test_every_page_has_its_gold() -> None:
    assert {path.stem for path in _GOLD.glob("*.ann")} == set(_PAGES)


@pytest.mark.parametrize("name", _PAGES)
def test_the_gold_is_of_the_text_of_the_page(name: str) -> None:
    with Sandbox() as sandbox:
        (article,) = read_file(sandbox, _PAGES[name], datetime(2025, 1, 30, tzinfo=UTC), Given())
    assert article.text == (_GOLD / f"{name}.txt").read_text("utf-8")


def test_the_demo_is_read_no_worse_than_told() -> None:
    texts = take_documents(list(iter_documents(_GOLD)))
    score = score_claims(texts.gold, list(iter_shown(load_extractor(_DATA), texts, FAIR_FROM)), texts.names)
    assert (score.found.precision or 0) >= 0.54
    assert (score.found.recall or 0) >= 0.48
