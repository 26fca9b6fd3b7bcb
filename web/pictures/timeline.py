"""A matter over time: a lane for each who speaks, those who deny it below the axis, its status as it changed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from graph.answers.chapters import ChapterView
from graph.grades import Grade
from graph.records import ClaimId, Event, Polarity, Status
from graph.views import ClaimView
from web.language.acts import say_act_word
from web.language.formatting import format_day, format_name
from web.language.wording import Words
from web.pictures.days import AXIS, DayAxis, draw_axis, make_day_axis
from web.pictures.lanes import Lane, draw_lanes
from web.pictures.marks import Anchor, Cell, Dot, Label, Line, Picture, find_look, stack

_ABOVE, _BELOW = 6, 4
_STATUS_ROWS, _STATUS_ROW = 3, 15
_LETTERS = 60
_COLUMNS = ("pictures.day", "pictures.who", "pictures.how", "pictures.sentence")


def list_told(chapter: ChapterView, claims: Mapping[str, ClaimView]) -> tuple[ClaimView, ...]:
    """The claims of a chapter that pictures show, oldest first: those that are there and surely read."""
    found = (claims[id] for id in (*chapter.affirmed, *chapter.denied) if id in claims)
    read = (one for one in found if one.grade is not Grade.WEAK)
    return tuple(sorted(read, key=lambda one: (one.reported_at, one.id)))


def say_left_out(claims: int, words: Words) -> str:
    """That so many claims are not drawn: of long lists the newest, and weak readings. Nothing where all are."""
    return str(words.say("pictures.not_drawn", n=claims)) if claims else ""


def name_speaker(claim: ClaimView, words: Words) -> str:
    """Whom the claim comes from; in an article's own voice, its source."""
    return format_name(claim.voice[:_LETTERS], words)


def draw_timeline(chapter: ChapterView, claims: Mapping[str, ClaimView], words: Words) -> Picture | None:
    """The picture; None where all was said on one day and nothing became of it."""
    told, steps = list_told(chapter, claims), _list_steps(chapter.history)
    days = {one.reported_at.date() for one in told}
    if not told or (len(days) < 2 and len(steps) < 2):
        return None
    axis = make_day_axis(days | {step.recorded_at.date() for step in steps})
    withdrawn = frozenset(id for event in chapter.history if event.status is Status.RETRACTED for id in event.basis)

    def make_lanes(polarity: Polarity, most: int) -> tuple[Lane, ...]:
        return tuple(_make_lanes(_select(told, polarity), most, axis, withdrawn, words))

    named = stack((_label_status(step, axis, words) for step in steps), _STATUS_ROWS, _STATUS_ROW)
    above = draw_lanes(make_lanes(Polarity.AFFIRMED, _ABOVE), round(max((label.y for label in named), default=-3)) + 5)
    line, days_below = draw_axis(axis, above.bottom, words)
    below = draw_lanes(make_lanes(Polarity.DENIED, _BELOW), above.bottom + AXIS)
    return Picture(
        "timeline",
        below.bottom,
        _say(told, words) + say_left_out(len(chapter.affirmed) + len(chapter.denied) - len(told), words),
        (*above.dots, *below.dots),
        (*(_draw_step(label, below.bottom) for label in named), *above.lines, *line, *below.lines),
        (),
        (*named, *above.labels, *days_below, *below.labels),
        tuple(str(words.find(key)) for key in _COLUMNS),
        tuple(_list_rows(told, steps, words)),
        tuple(_make_key((*above.dots, *below.dots), words)),
    )


def _make_key(dots: Sequence[Dot], words: Words) -> Iterator[tuple[Dot, str]]:
    """What each kind of mark means, of those that are drawn."""
    for look in ("solid", "hollow", "dashed", "question"):
        if any(dot.look == look for dot in dots):
            yield Dot(50, 9, look), words.name("picture_key", look)
    if any(dot.denied for dot in dots):
        yield Dot(50, 9, "solid", denied=True), words.name("picture_key", "denied")
    if any(dot.crossed for dot in dots):
        yield Dot(50, 9, "solid", crossed=True), words.name("picture_key", "crossed")
    if any(dot.count > 1 for dot in dots):
        yield Dot(50, 9, "hollow", count=2), words.name("picture_key", "count")


def _label_status(step: Event, axis: DayAxis, words: Words) -> Label:
    x = axis.places[step.recorded_at.date()]
    kind = "status denied" if step.status in (Status.DISPUTED, Status.DENIED) else "status"
    anchor: Anchor = "start" if x < 50 else "end"
    return Label(x, 12, words.name("statuses", step.status.value), anchor, kind, 4 if x < 50 else -4)


def _draw_step(label: Label, bottom: int) -> Line:
    """From the word down through all lanes."""
    return Line(label.x, label.y - 10, label.x, bottom, "status")


def _select(told: Iterable[ClaimView], polarity: Polarity) -> tuple[ClaimView, ...]:
    return tuple(one for one in told if one.polarity is polarity)


def _make_lanes(
    told: Sequence[ClaimView], most: int, axis: DayAxis, withdrawn: Collection[ClaimId], words: Words
) -> Iterator[Lane]:
    """A lane for each who speaks, first the one who spoke first; those who say least share one where they are many."""
    by_speaker: dict[str, list[Dot]] = {}
    for one in told:
        by_speaker.setdefault(name_speaker(one, words), []).append(_make_dot(one, axis, withdrawn, words))
    names = list(by_speaker)
    shown = names if len(names) <= most else sorted(names, key=lambda name: -len(by_speaker[name]))[: most - 1]
    yield from (Lane(name, tuple(by_speaker[name])) for name in names if name in shown)
    rest = [name for name in names if name not in shown]
    if rest:
        yield Lane(
            str(words.say("pictures.others", n=len(rest))), tuple(dot for name in rest for dot in by_speaker[name])
        )


def _make_dot(claim: ClaimView, axis: DayAxis, withdrawn: Collection[ClaimId], words: Words) -> Dot:
    day, is_denied = claim.reported_at.date(), claim.polarity is Polarity.DENIED
    title = f"{format_day(day, words)}: {say_act_word(claim.modality, claim.polarity, words)}"
    return Dot(
        axis.places[day],
        0,
        find_look(claim.modality, is_denied),
        is_denied,
        claim.id,
        title,
        crossed=claim.id in withdrawn,
    )


def _list_steps(history: Sequence[Event]) -> tuple[Event, ...]:
    """The events in which the status became another."""
    before = (None, *(event.status for event in history))
    return tuple(event for event, status in zip(history, before, strict=False) if event.status != status)


def _say(told: Sequence[ClaimView], words: Words) -> str:
    speakers = {name_speaker(one, words) for one in told}
    claims = words.say("pictures.claims", n=len(told))
    voices = words.say("pictures.speakers", n=len(speakers))
    first, last = (format_day(one.reported_at, words) for one in (told[0], told[-1]))
    span = str(words.find("pictures.timeline" if first != last else "pictures.timeline_day"))
    denied = _select(told, Polarity.DENIED)
    text = span.format(claims=claims, speakers=voices, first=first, last=last)
    if not denied:
        return text + str(words.find("pictures.not_denied"))
    by, day = name_speaker(denied[0], words), format_day(denied[0].reported_at, words)
    return text + str(words.find("pictures.first_denied")).format(who=by, day=day)


def _list_rows(told: Iterable[ClaimView], steps: Iterable[Event], words: Words) -> Iterator[tuple[Cell, ...]]:
    """Claims and steps by the time at which they came."""
    status = str(words.find("pictures.status"))
    rows = [(one.reported_at, _make_row(one, words)) for one in told]
    for step in steps:
        word = words.name("statuses", step.status.value)
        rows.append((step.recorded_at, (Cell(format_day(step.recorded_at, words)), Cell(status), Cell(word), Cell(""))))
    return (row for _, row in sorted(rows, key=lambda entry: entry[0]))


def _make_row(claim: ClaimView, words: Words) -> tuple[Cell, ...]:
    day, who = format_day(claim.reported_at, words), name_speaker(claim, words)
    return (
        Cell(day),
        Cell(who),
        Cell(say_act_word(claim.modality, claim.polarity, words)),
        Cell(claim.text, claim.id, claim.lang),
    )
