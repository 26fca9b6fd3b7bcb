"""Who has it from whom, over time: each voice right of the one it has it from, by its day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.records import CopyKind
from graph.views import ClaimView, EntityRef
from web.branches import Branch
from web.language.formatting import format_name, format_period
from web.language.wording import Words
from web.pictures.days import make_day_axis
from web.pictures.marks import LEFT, NARROWEST, RIGHT, Dot, Label, Line, Picture, fit, measure

TREE_NODES = 24
"""As many voices as a picture can show."""

_ROW, _TOP, _BESIDE = 28, 18, 10
# In percent of the width: days take what is left by the steps from voice to voice, on the left, so that all names
# stand right of their dots, where no line goes down.
_STEP, _DEEPEST, _MIDDLE = 5.0, 4, 50.0
_LETTERS = 60
_COPIES = tuple(kind.value for kind in CopyKind)


@dataclass(frozen=True, slots=True)
class _Node:
    """A voice on its row; `parent` is the row of the one it has it from, -1 for an origin and for hearsay."""

    branch: Branch
    parent: int
    depth: int
    day: date
    is_hearsay: bool = False


def draw_tree(
    trunk: Branch, origins: int, claims: Mapping[str, ClaimView], entities: Mapping[str, EntityRef], words: Words
) -> Picture | None:
    """The picture, whose table is the tree as a list; None where one article holds it.

    trunk    stands for nobody; its branches are the origins and, beside them, hearsay
    origins  how many of them are that
    """
    days = _find_days(trunk, claims)
    heard = {id(one) for one in trunk.branches[origins:]}
    nodes = list(_list_nodes(trunk, days, -1, 0, [])) if days else []
    nodes = [replace(node, is_hearsay=id(node.branch) in heard) for node in nodes]
    articles = sum(node.branch.voice.article is not None for node in nodes)
    if articles < 2:
        return None
    places = _find_places(nodes)
    dots, lines, labels = [], [], []
    for number, node in enumerate(nodes):
        x, y = places[number], _TOP + number * _ROW
        dots.append(_make_dot(node, x, y))
        labels.append(_make_label(node, x, y, claims, entities, words))
        if node.parent >= 0:
            start, how = places[node.parent], node.branch.voice.how
            kind = how if how in _COPIES else "from"
            lines.append(Line(start, _TOP + node.parent * _ROW, start, y, kind))
            lines.append(Line(start, y, x, y, kind))
    bottom = _TOP + len(nodes) * _ROW
    summary, key = _say(trunk, origins, nodes, words), tuple(_make_key(nodes, words))
    return Picture("tree", bottom, summary, tuple(dots), tuple(lines), (), tuple(labels), key=key)


def _find_places(nodes: Sequence[_Node]) -> tuple[float, ...]:
    """Days share the width that the steps leave, so that of one day too each stands right of the one it has it from."""
    axis = make_day_axis(node.day for node in nodes)
    room = (_MIDDLE - LEFT - _STEP * max(node.depth for node in nodes)) / (RIGHT - LEFT)
    single = len(axis.places) == 1
    starts = [LEFT if single else LEFT + (axis.places[node.day] - LEFT) * room for node in nodes]
    return tuple(round(start + _STEP * node.depth, 2) for start, node in zip(starts, nodes, strict=True))


def _make_dot(node: _Node, x: float, y: int) -> Dot:
    """An article is small; who says it is not, and hollow where he only has it from hearsay."""
    voice = node.branch.voice
    look = "asked" if voice.article else "hollow" if node.is_hearsay else "solid"
    return Dot(x, y, look, claim=voice.claims[0] if voice.claims else None)


def _make_key(nodes: Iterable[_Node], words: Words) -> Iterator[tuple[Dot, str]]:
    if any(node.is_hearsay for node in nodes):
        yield Dot(50, 9, "hollow"), str(words.find("pictures.heard"))


def _make_label(
    node: _Node, x: float, y: int, claims: Mapping[str, ClaimView], entities: Mapping[str, EntityRef], words: Words
) -> Label:
    """The name, with its day and how many more there are where these find room: half a day would be a wrong one."""
    voice = node.branch.voice
    claim = claims.get(voice.claims[0]) if voice.claims else None
    name = entities[voice.entity].name if voice.entity and voice.entity in entities else voice.name
    if voice.article and claim:
        name = claim.article.source.name
    name, day = format_name(name[:_LETTERS], words), f" · {format_period(node.day, 'short', words)}"
    more = f" {words.say('matter.more', n=node.branch.more)}" if node.branch.more else ""
    kind, room = "" if voice.article or node.is_hearsay else "strong", (100 - x) * NARROWEST / 100 - _BESIDE
    text = next((text for text in (name + day + more, name + more) if measure(text) <= room), fit(name, room))
    return Label(x, y + 4, text, kind=kind, dx=_BESIDE)


def _say(trunk: Branch, origins: int, nodes: Sequence[_Node], words: Words) -> str:
    """How many articles have it from the origins, how many of them are copies, and how many others pass it on."""
    unsourced: set[int] = set()
    for row, node in enumerate(nodes):
        if node.is_hearsay or node.parent in unsourced:
            unsourced.add(row)
    told = [(row in unsourced, node.branch.voice) for row, node in enumerate(nodes) if node.branch.voice.article]
    sourced = {voice.article for is_unsourced, voice in told if not is_unsourced}
    others = len({voice.article for _, voice in told} - sourced)
    copies = sum(voice.how in _COPIES for is_unsourced, voice in told if not is_unsourced)
    shown = words.say("matter.articles", n=len(sourced))
    text = str(
        words.say("pictures.tree", n=len(sourced), articles=shown, origins=words.say("matter.origins", n=origins))
    )
    if copies:
        text += str(words.say("pictures.tree_copied", n=copies))
    else:
        is_copied = any(voice.how in _COPIES for _, voice in told)
        text += str(words.find("pictures.stop" if is_copied else "pictures.no_copy"))
    text += str(words.say("pictures.tree_heard", n=others)) if others else ""
    has_more = trunk.more or any(node.branch.more for node in nodes)
    return text + (str(words.find("pictures.in_list")) if has_more else "")


def _find_days(branch: Branch, claims: Mapping[str, ClaimView]) -> dict[int, date]:
    """The day of each voice by its branch: of its first sentence, or of the first below it."""
    found: dict[int, date] = {}
    days = [claims[id].reported_at.date() for id in branch.voice.claims if id in claims]
    for one in branch.branches:
        found |= _find_days(one, claims)
        days += [found[id(one)]] if id(one) in found else []
    if days:
        found[id(branch)] = min(days)
    return found


def _list_nodes(branch: Branch, days: Mapping[int, date], parent: int, depth: int, rows: list[_Node]) -> list[_Node]:
    """The voices below a branch, each before those that have it from there."""
    for one in branch.branches:
        if id(one) in days:
            row = len(rows)
            rows.append(_Node(one, parent, min(depth, _DEEPEST), days[id(one)]))
            _list_nodes(one, days, row, depth + 1, rows)
    return rows
