"""Annotated claims of a story in the place of a reader."""

from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import ParseError
from graph.records import ArticleId, ClaimType, Extraction, Failure, Party, Polarity
from ingest.nlp.names import Gazetteer
from ingest.nlp.tables import Tables
from ingest.stories.annotations import AnnotatedReader
from ingest.stories.articles import make_articles
from ingest.stories.parsing import read_story
from tests.tales import write_stories

_NO_NAMES = Gazetteer(Tables((), ()))


def read(folder: Path) -> list[Extraction]:
    story = read_story(folder)
    found = AnnotatedReader(folder, story, _NO_NAMES).extract(make_articles(story).values())
    return [one for one in found if isinstance(one, Extraction)]


def test_claims_stand_in_their_sentences(tmp_path: Path) -> None:
    first, second, _ = read(write_stories(tmp_path) / "01-tarn")
    (claim,) = first.claims
    assert claim.text == "Pellow said on Monday that training its model Tarn cost $3 million."
    assert first.article.text[slice(*claim.span)] == claim.text
    assert (claim.type, claim.measure) == (ClaimType.COST, "training_cost")
    assert [claimant.party.name for claimant in claim.claimants] == ["Pellow"]
    assert claim.reported_at == first.article.published_at
    assert second.claims[0].subject == claim.subject == Party("Tarn", first.entities[1].id)


def test_a_name_has_the_spellings_of_its_article(tmp_path: Path) -> None:
    _, japanese, _ = read(write_stories(tmp_path) / "01-tarn")
    pellow = japanese.entities[0]
    assert (pellow.name, pellow.name_ja, pellow.aliases) == ("Pellow", "ペロー社", ("ペロー社", "ペロー"))


def test_a_denial_is_one(tmp_path: Path) -> None:
    _, later = read(write_stories(tmp_path) / "02-quarry")
    assert later.claims[0].polarity is Polarity.DENIED


def test_words_that_name_nobody_are_a_description(tmp_path: Path) -> None:
    folder = write_stories(tmp_path) / "02-quarry"
    path = folder / "articles/01.en.ann"
    path.write_text(path.read_text("utf-8").replace("| - | Wexley |", "| - | a former clerk |"), "utf-8")
    assert read(folder)[0].claims[0].claimants[0].party == Party("a former clerk")


def test_nobody_may_be_the_subject(tmp_path: Path) -> None:
    folder = write_stories(tmp_path) / "02-quarry"
    path = folder / "articles/01.en.ann"
    path.write_text(path.read_text("utf-8").replace("from | Quarry |", "from | - |"), "utf-8")
    assert read(folder)[0].claims[0].subject == Party("unnamed")


def test_a_name_that_only_another_article_has_is_who_it_is_there(tmp_path: Path) -> None:
    folder = write_stories(tmp_path) / "02-quarry"
    path = folder / "articles/02.en.ann"
    path.write_text(path.read_text("utf-8").replace("E company | Wexley | Wexley\n", ""), "utf-8")
    first, later = read(folder)
    assert later.claims[0].object == first.claims[0].object
    assert later.claims[0].object in [Party(entity.name, entity.id) for entity in later.entities]


def test_what_a_claim_speaks_of_is_as_annotated(tmp_path: Path) -> None:
    folder = write_stories(tmp_path) / "01-tarn"
    story = read_story(folder)
    reader = AnnotatedReader(folder, story, _NO_NAMES)
    for article in make_articles(story).values():
        (extraction,) = reader.extract([article])
        assert isinstance(extraction, Extraction)
        told = reader.list_propositions(article)
        assert told.keys() == {claim.id for claim in extraction.claims}
        assert set(told.values()) <= {"cost-3m", "cost-90m"}


def test_an_article_of_another_story_is_a_failure(tmp_path: Path) -> None:
    folder = write_stories(tmp_path) / "01-tarn"
    story = read_story(folder)
    article = replace(make_articles(story)["01.en.txt"], id=ArticleId("another"))
    (failure,) = AnnotatedReader(folder, story, _NO_NAMES).extract([article])
    assert isinstance(failure, Failure)
    assert failure.reason == "not_annotated"


@pytest.mark.parametrize(
    ("annotation", "message"),
    [
        (None, r"03\.en\.ann: No such file or directory; the claims of 03\.en\.txt"),
        ("# 2025-02-03\nC 1 | sings | Tarn | - | - | - | asserted", r"03\.en\.ann:2: "),
        ("# 2025-02-03\nC 9 | costs | Tarn | - | - | - | asserted", r"03\.en\.ann: a claim of sentence 9"),
    ],
    ids=["missing", "bad line", "no such sentence"],
)
def test_an_annotation_that_will_not_do_is_named(annotation: str | None, message: str, tmp_path: Path) -> None:
    folder = write_stories(tmp_path) / "01-tarn"
    path = folder / "articles/03.en.ann"
    if annotation is None:
        path.unlink()
    else:
        path.write_text(annotation, "utf-8")
    with pytest.raises(ParseError, match=message):
        read(folder)
