"""Paragraphs with their language and zone: what is furniture, a sponsor's segment or an appeal is set apart first.

The cue patterns are each language's `zones.toml`; a paragraph is one line of the text.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from graph.errors import ConfigError
from graph.sections import find_sections
from graph.spelling.kana import find_language
from ingest.nlp.document import Paragraph, Zone

# A sponsor's segment in a talk runs over a few paragraphs; one that never returns to the topic is cut here.
_SPONSOR_REACH = 8
# A paragraph of so many sentences is the story, though one of them speaks of terms of use or a paid plan.
_PROSE = 4
# A longer line that asks to subscribe tells something too. Of the shorter ones in data/ most end as sentences do.
_LONGEST_APPEAL = 200
_TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"^[\s|:+-]+$")
_MARKUP = re.compile(r"^\s*(?:#{1,6}\s|!\[|\[image|```|<!--|\{\{|---+\s*$|===+\s*$)")


@dataclass(frozen=True, slots=True)
class ZoneCues:
    """One language's patterns, as compiled from its zones.toml; each is searched anywhere in a paragraph."""

    boilerplate: re.Pattern[str]
    sponsor: re.Pattern[str]
    offer: re.Pattern[str]
    resume: re.Pattern[str]
    appeal: re.Pattern[str]


def load_zone_cues(path: Path) -> ZoneCues:
    """The cues of a zones.toml: five lists of regular expressions, case ignored. ConfigError when one is not there."""
    lists = tomllib.loads(path.read_text("utf-8"))
    names = [one.name for one in fields(ZoneCues)]
    if lacking := [name for name in names if name not in lists]:
        raise ConfigError(f"{path}: no {', '.join(lacking)}; a list without patterns is []", subject=str(path))
    return ZoneCues(*(_any_of(lists[name]) for name in names))


def split_paragraphs(text: str, default_lang: str, cues: Mapping[str, ZoneCues]) -> tuple[Paragraph, ...]:
    """The non-empty lines of a text with language and zone. Languages without cues keep their code and are body."""
    paragraphs = [_set_zone(paragraph, default_lang, cues) for paragraph in _iter_lines(text, default_lang)]
    return tuple(_mark_title(_mark_sponsors(_mark_headings(text, paragraphs), cues)))


def _iter_lines(text: str, default_lang: str) -> Iterator[Paragraph]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Paragraph((start, start + len(line)), line, find_language(line, default_lang), Zone.BODY)
        start += len(line) + 1


def _set_zone(paragraph: Paragraph, default_lang: str, cues: Mapping[str, ZoneCues]) -> Paragraph:
    """The paragraph with its zone. Furniture may be labelled in the language of the text: "元記事: Acme sues Foo"."""
    labels = cues.get(default_lang)
    if labels and _is_furniture(paragraph.text, labels):
        return replace(paragraph, zone=Zone.BOILERPLATE)
    return replace(paragraph, zone=_find_zone(paragraph, cues.get(paragraph.lang)))


def _find_zone(paragraph: Paragraph, cues: ZoneCues | None) -> Zone:
    line = paragraph.text
    if _TABLE_RULE.match(line) or (_MARKUP.match(line) and not line.lstrip().startswith("# ")):
        return Zone.HEADING if line.lstrip().startswith("#") else Zone.BOILERPLATE
    if cues and _is_furniture(line, cues):
        return Zone.BOILERPLATE
    if cues and len(line) < _LONGEST_APPEAL and cues.appeal.search(line):
        return Zone.APPEAL
    if _TABLE_ROW.match(line):
        return Zone.TABLE
    return Zone.BODY


def _is_furniture(line: str, cues: ZoneCues) -> bool:
    """Whether a line is page furniture; words of it within a paragraph of many sentences are the story's own."""
    found = cues.boilerplate.search(line)
    return found is not None and (found.start() == 0 or line.count("。") < _PROSE)


def _mark_headings(text: str, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Marks the lines that open a story of a text that tells several: what is carried over stops there."""
    heads = {section.span[0] for section in find_sections(text)}
    return [
        replace(one, zone=Zone.HEADING) if one.span[0] in heads and one.zone is Zone.BODY else one for one in paragraphs
    ]


def _mark_sponsors(paragraphs: list[Paragraph], cues: Mapping[str, ZoneCues]) -> list[Paragraph]:
    """Marks each sponsor's segment from the paragraph that announces it to the one before the topic resumes."""
    marked = list(paragraphs)
    for index, paragraph in enumerate(paragraphs):
        own = cues.get(paragraph.lang)
        if own and own.sponsor.search(paragraph.text) and marked[index].zone is not Zone.SPONSOR:
            for reached in range(index, _find_sponsor_end(paragraphs, index, own)):
                marked[reached] = replace(marked[reached], zone=Zone.SPONSOR)
    return marked


def _find_sponsor_end(paragraphs: list[Paragraph], start: int, cues: ZoneCues) -> int:
    reach = paragraphs[start + 1 : start + 1 + _SPONSOR_REACH]
    for offset, paragraph in enumerate(reach):
        if cues.resume.search(paragraph.text):
            return start + 1 + offset
    end = start + 1
    for offset, paragraph in enumerate(reach):
        if cues.offer.search(paragraph.text):
            end = start + 2 + offset
    return end


def _mark_title(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Marks the first short line as the title; it may carry a `# ` of Markdown."""
    for index, paragraph in enumerate(paragraphs[:3]):
        if paragraph.zone is Zone.BODY and not paragraph.text.rstrip().endswith((".", "。")):
            if len(paragraph.text) <= 200:
                paragraphs[index] = replace(paragraph, zone=Zone.TITLE)
            break
    return paragraphs


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)
