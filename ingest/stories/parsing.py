"""Folders with stories → records, or what is wrong with them: folder, file and field."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from graph.errors import ConfigError, ParseError
from ingest.stories.records import Expected, Story

_FILE = "story.json"
_ARTICLES = "articles"
_STORY = TypeAdapter(Story)
Fault = tuple[str, str]
"""A field, and what is wrong with it."""


def find_stories(folder: Path) -> tuple[Path, ...]:
    """The folders of the stories in a folder, by name; the folder itself when it is one. ConfigError for none."""
    found = [folder] if (folder / _FILE).exists() else sorted(path.parent for path in folder.glob(f"*/{_FILE}"))
    if not found:
        raise ConfigError(f"{folder}: no story; each is a folder with {_FILE} and {_ARTICLES}", subject=str(folder))
    return tuple(found)


def read_story(folder: Path) -> Story:
    """One story with its texts. Raises ParseError naming file and field of what is not as docs/stories.md has it."""
    path = folder / _FILE
    try:
        shaped = _STORY.validate_json(path.read_bytes(), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        raise _make_error(path, ".".join(map(str, first["loc"])) or "the file", first["msg"]) from error
    texts = {article.file: _read_text(folder, article.file) for article in shaped.articles}
    story = replace(shaped, name=folder.name, texts=texts)
    for place, fault in _find_faults(story):
        raise _make_error(path, place, fault)
    return story


def find_text(folder: Path, file: str) -> Path:
    """Where an article of a story lies."""
    return folder / _ARTICLES / file


def _make_error(path: Path, place: str, fault: str) -> ParseError:
    return ParseError(f"{path}: {place}: {fault}", subject=str(path), reason="bad_story")


def _read_text(folder: Path, file: str) -> str:
    """The text as a page would give it: the headline, then a paragraph a line."""
    path = find_text(folder, file)
    try:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise ParseError(f"{path}: {why}; {_FILE} lists it", subject=str(path), reason="bad_story") from error
    if not any(lines):
        raise ParseError(f"{path}: the file is empty", subject=str(path), reason="bad_story")
    return "\n".join(line for line in lines if line)


def _find_faults(story: Story) -> Iterator[Fault]:
    """What fits its field and nothing else in the story."""
    yield from _check_articles(story)
    yield from _check_matters(story)
    yield from _check_rows(story.expect)
    for place, file, words in _iter_quoted(story.expect):
        if file not in story.texts:
            yield place, f"{file} is no article of the story"
        elif words not in story.texts[file]:
            yield place, f"{file} does not hold {words!r}"


def _check_articles(story: Story) -> Iterator[Fault]:
    before: dict[str, str] = {}
    moments = [article.published_at for article in story.articles]
    if moments != sorted(moments):
        yield "articles", "they must be in order of time"
    for number, article in enumerate(story.articles):
        place = f"articles.{number}"
        if article.file in before:
            yield f"{place}.file", f"{article.file} is listed twice"
        for key, named in (("copy_of", article.copy_of), ("version_of", article.version_of)):
            if named is not None and named not in before:
                yield f"{place}.{key}", f"{named} is no earlier article"
        if article.version_of is not None and before.get(article.version_of) != article.url:
            yield f"{place}.url", f"not that of {article.version_of}, of which it is a version"
        before[article.file] = article.url


def _check_matters(story: Story) -> Iterator[Fault]:
    ids = [matter.id for matter in story.expect.propositions]
    for number, id in enumerate(ids):
        if id in ids[:number]:
            yield f"expect.propositions.{number}.id", f"{id} is used twice"
    for number, matter in enumerate(story.expect.propositions):
        place = f"expect.propositions.{number}"
        if not matter.anchors:
            yield f"{place}.anchors", f"{matter.id} has none"
        others = [("contradicts", pair.id) for pair in matter.contradicts]
        others += [("not_contradicting", pair.id) for pair in matter.not_contradicting]
        for key, other in others:
            if other not in ids or other == matter.id:
                yield f"{place}.{key}", f"{other} is no other proposition"


def _check_rows(expect: Expected) -> Iterator[Fault]:
    known = {matter.id for matter in expect.propositions}
    rows: dict[str, Iterable[str]] = {
        "inflation": (row.proposition for row in expect.inflation),
        "drift": (row.proposition for row in expect.drift),
        "stake": (row.proposition for row in expect.stake),
        "reply": (row.proposition for row in expect.reply),
        "ledger": (row.proposition for row in expect.ledger),
    }
    for key, ids in rows.items():
        for number, id in enumerate(ids):
            if id not in known:
                yield f"expect.{key}.{number}.proposition", f"{id} is no proposition of the story"


def _iter_quoted(expect: Expected) -> Iterator[tuple[str, str, str]]:
    """Fields with words that must stand in an article: the field, the file, the words."""
    for number, matter in enumerate(expect.propositions):
        for file, anchor in matter.anchors.items():
            yield f"expect.propositions.{number}.anchors", file, anchor
    for number, grown in enumerate(expect.inflation):
        yield f"expect.inflation.{number}.from_sentence", grown.start, grown.from_sentence
        yield f"expect.inflation.{number}.to_sentence", grown.end, grown.to_sentence
    for number, drift in enumerate(expect.drift):
        for step in drift.steps:
            yield f"expect.drift.{number}.steps", step.file, step.sentence
    for number, row in enumerate(expect.computed):
        yield f"expect.computed.{number}.sentence", row.file, row.sentence
    for number, reply in enumerate(expect.reply):
        yield f"expect.reply.{number}.file", reply.file, ""
