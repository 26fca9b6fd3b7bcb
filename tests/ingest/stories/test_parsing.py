"""Stories as records: what is read of a folder, and what is said of one that is not well formed."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.errors import ConfigError, ParseError
from graph.records import ContradictionKind, Relation, SourceKind, Status
from ingest.stories.parsing import find_stories, read_story
from ingest.stories.records import Opposed, StatedTie
from tests.tales import write_stories

Raw = dict[str, Any]


def test_stories_are_found_by_name(tmp_path: Path) -> None:
    folder = write_stories(tmp_path)
    assert [path.name for path in find_stories(folder)] == ["01-tarn", "02-quarry"]


def test_one_story_is_found_by_its_own_folder(tmp_path: Path) -> None:
    folder = write_stories(tmp_path) / "01-tarn"
    assert find_stories(folder) == (folder,)


def test_a_folder_without_stories_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no story; each is a folder with story\.json"):
        find_stories(tmp_path)


def test_a_story_is_read(tmp_path: Path) -> None:
    story = read_story(write_stories(tmp_path) / "01-tarn")
    first = story.articles[0]
    assert (story.name, first.source, first.source_kind) == ("01-tarn", "Marl Wire", SourceKind.WIRE)
    assert first.published_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert story.background == (StatedTie("Pellow", Relation.MAKES, "Tarn"),)
    matter = story.expect.propositions[0]
    assert matter.contradicts == (Opposed("cost-90m", ContradictionKind.VALUE),)
    assert [event.status for event in matter.status_events] == [Status.REPORTED]


def test_a_text_is_its_headline_and_a_paragraph_a_line(tmp_path: Path) -> None:
    story = read_story(write_stories(tmp_path) / "01-tarn")
    headline, paragraph = story.texts["01.en.txt"].split("\n")
    assert (headline, paragraph[:6]) == ("Pellow's model cost $3 million, company says", "Pellow")


def test_a_status_may_be_of_several_words(tmp_path: Path) -> None:
    def change(raw: Raw) -> None:
        raw["expect"]["propositions"][0] |= {"final_status": "under_investigation"}

    story = read_story(write_stories(tmp_path, change) / "01-tarn")
    assert story.expect.propositions[0].final_status is Status.UNDER_INVESTIGATION


def _set(*path: str | int, value: object) -> Callable[[Raw], None]:
    def change(raw: Raw) -> None:
        at: Any = raw
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda raw: raw.pop("expect"), "expect: Field required"),
        (_set("articles", 1, "source_kind", value="paper"), "articles.1.source_kind: "),
        (_set("articles", 1, "lang", value="eng"), "articles.1.lang: Value error, eng is none of en, ja"),
        (_set("articles", 1, "published_at", value="soon"), "articles.1.published_at: "),
        (_set("articles", 1, "published_at", value="2026-03-03T01:00:00"), "articles.1.published_at: "),
        (_set("articles", 1, "published_at", value="2026-03-01T01:00:00Z"), "articles: they must be in order of time"),
        (_set("articles", 1, "copy_of", value="09.en.txt"), "articles.1.copy_of: 09.en.txt is no earlier article"),
        (_set("articles", 1, "version_of", value="01.en.txt"), "articles.1.url: not that of 01.en.txt"),
        (_set("background", 0, "rel", value="LOVES"), "background.0.rel: "),
        (
            _set("expect", "propositions", 0, "anchors", value={"01.en.txt": "cost $4 million"}),
            "expect.propositions.0.anchors: 01.en.txt does not hold 'cost $4 million'",
        ),
        (
            _set("expect", "propositions", 0, "anchors", value={"09.en.txt": "cost"}),
            "expect.propositions.0.anchors: 09.en.txt is no article of the story",
        ),
        (_set("expect", "propositions", 0, "anchors", value={}), "expect.propositions.0.anchors: cost-3m has none"),
        (
            _set("expect", "propositions", 0, "not_contradicting", value=[{"id": "cost", "why": "-"}]),
            "expect.propositions.0.not_contradicting: cost is no other proposition",
        ),
        (_set("expect", "propositions", 1, "id", value="cost-3m"), "expect.propositions.1.id: cost-3m is used twice"),
        (
            _set("expect", "drift", value=[{"proposition": "cost", "who": "Pellow", "steps": []}]),
            "expect.drift.0.proposition: cost is no proposition of the story",
        ),
        (_set("expect", "computed", 0, "sentence", value="Tarn cost."), "expect.computed.0.sentence: 03.en.txt does"),
    ],
    ids=["no expect", "kind", "language", "no time", "no zone", "order", "copy of nothing", "version of another page",
         "relation", "anchor", "anchor's file", "no anchor", "look-alike", "id twice", "row of nothing", "sum"],
)  # fmt: skip
def test_what_is_wrong_is_named_by_folder_file_and_field(
    change: Callable[[Raw], object], place: str, tmp_path: Path
) -> None:
    folder = write_stories(tmp_path, change) / "01-tarn"
    with pytest.raises(ParseError) as caught:
        read_story(folder)
    assert str(caught.value).startswith(f"{folder}/story.json: {place}")


def test_a_story_may_be_in_any_language_that_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.stories.records.LANGUAGES", ("en", "ja", "de"))
    folder = write_stories(tmp_path, _set("articles", 1, "lang", value="de")) / "01-tarn"
    assert [article.lang for article in read_story(folder).articles][:2] == ["en", "de"]


def test_a_text_that_is_missing_is_named(tmp_path: Path) -> None:
    folder = write_stories(tmp_path) / "01-tarn"
    (folder / "articles/03.en.txt").unlink()
    with pytest.raises(ParseError, match=r"01-tarn/articles/03\.en\.txt: No such file or directory"):
        read_story(folder)


def test_a_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    folder = write_stories(tmp_path) / "01-tarn"
    (folder / "story.json").write_text("{", "utf-8")
    with pytest.raises(ParseError, match=r"01-tarn/story\.json: the file: Invalid JSON"):
        read_story(folder)
