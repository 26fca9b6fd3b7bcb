"""Names outside the running text that still say what an article is about or built on: headings, credits, bylines.

No claim comes from there; sponsors' segments, appeals and other furniture give no names either.
"""

import re
from collections.abc import Iterable, Iterator

from graph.ids import make_entity_id
from graph.records import Entity, EntityType
from ingest.nlp.document import Name, Paragraph, Zone, shift
from ingest.nlp.names import Context, Gazetteer

# What an article gives as its source; whatever stands behind is a name or a title.
_CREDIT = re.compile(
    r"^\W*(?:sources?|via|reporting by|editing by|hat tip|h/t|first published (?:in|by)|originally published (?:in|by)|"
    r"元記事|元ネタ|出典|引用元|情報源|ソース|参考(?:記事|文献|リンク|資料)?|公式リンク|引用|参照|出所)\W*[:：＝=|]"
    r"|^\W*this (?:item|article|story) (?:is part of|was originally|originally)\b",
    re.IGNORECASE,
)
_WORD = r"[A-ZÀ-Þ][\w.’'-]+"
_BYLINE = re.compile(
    rf"^\W*[Bb][Yy] (?P<names>{_WORD}(?: {_WORD}){{1,2}}(?:(?:,| and|, and) {_WORD}(?: {_WORD}){{1,2}})*)\W*$"
)


def find_asides(paragraphs: Iterable[Paragraph], gazetteer: Gazetteer, context: Context) -> tuple[Name, ...]:
    """The names of headings, credits and bylines in the order of the text."""
    return tuple(name for paragraph in paragraphs for name in _iter_names(paragraph, gazetteer, context))


def _iter_names(paragraph: Paragraph, gazetteer: Gazetteer, context: Context) -> Iterator[Name]:
    if paragraph.zone not in {Zone.HEADING, Zone.BOILERPLATE}:
        return
    offset = paragraph.span[0]
    if byline := _BYLINE.match(paragraph.text):
        yield from _iter_authors(byline, offset, gazetteer)
    elif paragraph.zone is Zone.HEADING or _CREDIT.search(paragraph.text):
        for name in gazetteer.find_names(paragraph.text, context):
            yield Name(shift(name.span, offset), name.text, name.entity)


def _iter_authors(byline: re.Match[str], offset: int, gazetteer: Gazetteer) -> Iterator[Name]:
    start = byline.start("names") + offset
    for author in re.finditer(rf"{_WORD}(?: {_WORD}){{1,2}}", byline["names"]):
        entity = gazetteer.get_entity(author.group())
        entity = entity or Entity(make_entity_id(author.group()), author.group(), EntityType.PERSON)
        yield Name((start + author.start(), start + author.end()), author.group(), entity)
