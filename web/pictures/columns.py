"""The explorer's picture: who says it on the left, matters as boxes, whom else they are about on the right.

Places are percents of the width and pixels of the height, as in every picture; words are broken into lines for the
narrowest width at which it is shown, so that none is cut.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.answers.columns import ColumnsView, Voice
from graph.answers.proposition_views import MatterView
from graph.records import PropositionId
from graph.views import EntityRef
from web.language.headlines import say_headline
from web.language.naming import name_people, name_publisher
from web.language.wording import Words
from web.pictures.marks import measure

# 48 rem less the margins of the page: below, the list stands alone.
NARROWEST = 700
LEFT_END, BOX_START, BOX_END, RIGHT_START = 20.0, 31.0, 69.0, 80.0
_LINE, _PAD, _GAP = 16, 8, 10
_BOX_WORDS = (BOX_END - BOX_START) * NARROWEST / 100 - 2 * _PAD
_NAME_WORDS = LEFT_END * NARROWEST / 100 - 6
# A target is at least so high.
_TARGET = 24
# A word with the space behind it, or one letter of a script that is written without spaces.
_PIECES = re.compile(r"[^\s\u2e80-\uffef]+\s*|[\u2e80-\uffef]|\s+")


@dataclass(frozen=True, slots=True)
class Item:
    """A name or a box: its lines of words, its upper edge and height, and what it stands for.

    key     by which lines name it
    notes   of a box: what stands below its headline, in lines
    status  of its matter
    """

    key: str
    lines: tuple[str, ...]
    y: float
    height: float
    name: str
    url_id: str = ""
    status: str = ""
    notes: tuple[str, ...] = ()

    @property
    def middle(self) -> float:
        return round(self.y + self.height / 2, 1)


@dataclass(frozen=True, slots=True)
class Strand:
    """A straight line between a name and a box; `kind` is says, denies or about."""

    kind: str
    one: str
    other: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Columns:
    """The drawing: items by column, lines between them, pixels high."""

    height: float
    voices: tuple[Item, ...]
    boxes: tuple[Item, ...]
    others: tuple[Item, ...]
    strands: tuple[Strand, ...]


def draw_columns(view: ColumnsView, words: Words) -> Columns:
    """The columns with every word in place."""
    boxes = _stack_boxes(view.matters, words)
    by_matter = {box.url_id: box for box in boxes}
    below = boxes[-1].y + boxes[-1].height if boxes else 0.0
    voices = _place_names(
        [(voice.key, say_voice(voice, words), voice.entity.id if voice.entity else "") for voice in view.voices],
        {
            voice.key: [by_matter[one.matter].middle for one in view.said if one.voice == voice.key]
            for voice in view.voices
        },
    )
    others = _place_names(
        [(f"other {ref.id}", say_name(ref, words), ref.id) for ref in view.others],
        {
            f"other {ref.id}": [by_matter[one.matter].middle for one in view.about if one.entity == ref.id]
            for ref in view.others
        },
    )
    lowest = max([below, *(one.y + one.height for one in (*voices, *others))])
    return Columns(lowest + 2, voices, boxes, others, _join(view, voices, by_matter, others))


def say_voice(voice: Voice, words: Words) -> str:
    """Who it is; whom only words describe, behind the outlet whose words these are."""
    if voice.entity:
        return say_name(voice.entity, words)
    outlet = name_publisher(voice.outlet, voice.domain, words)
    led = str(words.find("headline.led"))
    return led.format(who=outlet, act=name_people(voice.name, words)) if voice.name else outlet


def say_name(ref: EntityRef, words: Words) -> str:
    """Its name as readers of the language know it."""
    return (ref.name_ja or ref.name) if words.lang == "ja" else ref.name


def say_box(view: MatterView, words: Words) -> str:
    """What became of a matter and how much it was told: `denied · 8 articles, 2 origins`."""
    articles, origins = words.say("matter.articles", n=view.articles), words.say("matter.origins", n=view.origins)
    counts = words.say("matter.counts", articles=articles, origins=origins)
    return f"{words.name('statuses', view.status.value)} · {counts}"


def break_lines(text: str, width: float) -> tuple[str, ...]:
    """The words in lines no wider than so many pixels: broken at spaces, between wide letters, and, where one word is
    wider, inside it."""
    lines: list[str] = [""]
    for piece in _iter_pieces(text, width):
        if measure((lines[-1] + piece).rstrip()) > width and lines[-1]:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return tuple(line.rstrip() for line in lines if line.strip())


def _iter_pieces(text: str, width: float) -> Iterable[str]:
    for piece in _PIECES.findall(text):
        if measure(piece) <= width:
            yield piece
        else:
            yield from piece


def _stack_boxes(matters: Sequence[MatterView], words: Words) -> tuple[Item, ...]:
    boxes: list[Item] = []
    y = 1.0
    for view in matters:
        headline = say_headline(view.gist, None, words)
        lines = break_lines(headline, _BOX_WORDS)
        notes = break_lines(say_box(view, words), _BOX_WORDS)
        height = _LINE * (len(lines) + len(notes)) + 2 * _PAD
        boxes.append(Item(f"box {view.id}", lines, y, height, headline, view.id, view.status.value, notes))
        y += height + _GAP
    return tuple(boxes)


def _place_names(names: Sequence[tuple[str, str, str]], middles: Mapping[str, Sequence[float]]) -> tuple[Item, ...]:
    """Each as near to the mean of its boxes as those before it allow."""
    placed: list[Item] = []
    free = 1.0
    for key, name, id in names:
        lines = break_lines(name, _NAME_WORDS)
        height = max(_TARGET, _LINE * len(lines) + 4)
        wanted = sum(middles[key]) / len(middles[key]) - height / 2 if middles[key] else free
        y = round(max(free, wanted), 1)
        placed.append(Item(key, lines, y, height, name, id))
        free = y + height
    return tuple(placed)


def _join(
    view: ColumnsView, voices: Iterable[Item], boxes: Mapping[str, Item], others: Iterable[Item]
) -> tuple[Strand, ...]:
    named = {item.key: item for item in (*voices, *others)}

    def draw(kind: str, name: Item, matter: PropositionId) -> Strand:
        box = boxes[matter]
        ends = (BOX_END, RIGHT_START - 1) if kind == "about" else (BOX_START, LEFT_END + 1)
        return Strand(kind, box.key, name.key, ends[0], box.middle, ends[1], name.middle)

    said = [draw("denies" if one.denies else "says", named[one.voice], one.matter) for one in view.said]
    return (*said, *(draw("about", named[f"other {one.entity}"], one.matter) for one in view.about))
