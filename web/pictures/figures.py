"""The numbers of one measure on one scale, each in a row with who says it."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from graph.answers.figures import Figure, Figures
from graph.records import Comparator, Polarity, Quantity
from web.language.formatting import format_name, format_number, format_quantity
from web.language.saying import convert_amount
from web.language.wording import Words
from web.pictures.marks import (
    MARGINS,
    NARROWEST,
    Anchor,
    Bar,
    Dot,
    Label,
    Line,
    Picture,
    find_look,
    fit,
    measure,
    place,
)
from web.pictures.scales import Scale, can_hold, make_scale

_ROW, _TOP = 34, 4
_ROWS = 8
_VOICES, _LETTERS = 2, 60
_MOST_COMPARED = 100
# Numbers nearer than this are one number to a reader.
_APART_FROM = 1.05


def is_drawn(figures: Figures) -> bool:
    """Whether there is anything to compare: two different numbers that a scale can hold, and that do not stand in one
    sentence, where they may be of two things."""
    return any(
        (one.value, one.high) != (other.value, other.high) and other.value not in one.beside
        for one, other in combinations(_list_placed(figures)[:_MOST_COMPARED], 2)
    )


def draw_figures(figures: Figures, words: Words) -> Picture | None:
    """The picture, whose table the page has; None where all tell one number."""
    if not is_drawn(figures):
        return None
    placed = _list_placed(figures)
    shown = _choose(placed)
    scale = make_scale(value for one in shown for value in (one.value, one.high) if value is not None)
    dots: list[Dot] = []
    lines: list[Line] = []
    bars: list[Bar] = []
    labels: list[Label] = []
    for number, figure in enumerate(shown):
        y = _TOP + number * _ROW
        labels.append(Label(0, y + 11, _label(figure, figures.unit, words)))
        lines += _draw_reach(figure, scale, y + 22)
        bars += _draw_range(figure, scale, y + 22)
        dots.append(_draw_dot(figure, scale, y + 22, _say_amount(figure, figures.unit, words)))
    bottom = _TOP + len(shown) * _ROW
    ticks = [Line(scale.find_place(tick), _TOP, scale.find_place(tick), bottom, "tick") for tick in scale.ticks]
    labels += _label_ticks(scale, figures.unit, bottom + 13, words)
    summary = _say(figures, placed, len(figures.figures) - len(shown), scale, words)
    crossed = ((Dot(50, 9, "solid", crossed=True), words.name("picture_key", "crossed")),)
    key = crossed if any(dot.crossed for dot in dots) else ()
    return Picture("scale", bottom + 18, summary, tuple(dots), (*ticks, *lines), tuple(bars), tuple(labels), key=key)


def _list_placed(figures: Figures) -> tuple[Figure, ...]:
    return tuple(one for one in figures.figures if all(map(can_hold, (one.value, one.high or 0.0))))


def _choose(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """As many as are shown: those that most claims give, least first."""
    chosen = sorted(figures, key=lambda one: -len(one.claims))[:_ROWS]
    return tuple(one for one in figures if one in chosen)


def _draw_dot(figure: Figure, scale: Scale, y: int, title: str) -> Dot:
    is_denied, near = figure.polarity is Polarity.DENIED, figure.quantity.comparator is Comparator.ABOUT
    x = scale.find_place(figure.value)
    look = find_look(figure.modality, is_denied)
    return Dot(x, y, look, is_denied, figure.claims[0], title, crossed=figure.taken_back, near=near)


def _draw_reach(figure: Figure, scale: Scale, y: int) -> Iterator[Line]:
    """From zero to the number; open to where "over" and "under" leave it."""
    x = scale.find_place(figure.value)
    if not scale.is_log:
        yield Line(scale.find_place(0), y, x, y, "lane")
    if figure.quantity.comparator in (Comparator.OVER, Comparator.AT_LEAST):
        yield Line(x, y, 100, y, "open")
    if figure.quantity.comparator in (Comparator.UNDER, Comparator.AT_MOST):
        yield Line(0, y, x, y, "open")


def _draw_range(figure: Figure, scale: Scale, y: int) -> Iterator[Bar]:
    if figure.high is not None:
        low, high = sorted((scale.find_place(figure.value), scale.find_place(figure.high)))
        yield Bar(low, y - 3, round(high - low, 2), 6, "range")


def _label(figure: Figure, unit: str, words: Words) -> str:
    """`about US$5.6 million · SemiAnalysis +2`, all names where there is room; says what is converted or denied."""
    said = [_say_amount(figure, unit, words)]
    said += [str(words.find("pictures.converted"))] if figure.rate else []
    said += [str(words.find("pictures.several"))] if figure.beside else []
    said += [words.name("polarities", "denied")] if figure.polarity is Polarity.DENIED else []
    before = " · ".join([*said, ""])
    every = before + _say_voices(figure, words)
    if measure(every) <= NARROWEST:
        return every
    more = f" +{len(figure.voices) - 1}" if len(figure.voices) > 1 else ""
    first = fit(format_name(figure.voices[0][:_LETTERS], words), NARROWEST - measure(before + more))
    return before + first + more


def _say_amount(figure: Figure, unit: str, words: Words) -> str:
    return format_quantity(convert_amount(figure, unit), words)


def _say_voices(figure: Figure, words: Words) -> str:
    named = [format_name(name[:_LETTERS], words) for name in figure.voices[:_VOICES]]
    text = str(words.find("judgements.and")).join(named)
    more = len(figure.voices) - _VOICES
    return f"{text} {words.say('figures.more_voices', n=more)}" if more > 0 else text


def _label_ticks(scale: Scale, unit: str, y: float, words: Words) -> tuple[Label, ...]:
    """All, or where there is no room for all the ends; there is no rank but a whole one."""
    ticks = [tick for tick in scale.ticks if unit != "rank" or (tick and tick == int(tick))]
    anchors: dict[float, Anchor] = {scale.ticks[0]: "start", scale.ticks[-1]: "end"}

    def label(tick: float) -> Label:
        text = format_quantity(Quantity("", tick, unit), words)
        anchor = anchors.get(tick, "middle")
        return Label(scale.find_place(tick), y, text, anchor, "note", MARGINS[anchor])

    every = place(map(label, ticks))
    return every if len(every) == len(ticks) else place(label(tick) for tick in anchors if tick in ticks)


def _say(figures: Figures, placed: Sequence[Figure], left_out: int, scale: Scale, words: Words) -> str:
    """From what to what, who says so, how many times apart, and on what scale."""
    affirmed = [one for one in placed if one.polarity is Polarity.AFFIRMED] or placed
    low, high = affirmed[0], affirmed[-1]
    slots: dict[str, str] = {}
    for name, one in (("low", low), ("high", high)):
        slots[name] = _say_amount(one, figures.unit, words)
        who = _say_voices(one, words)
        slots[f"{name}_who"] = str(words.find("pictures.took_back")).format(who=who) if one.taken_back else who
    said = [str(words.find("pictures.figures" if low is not high else "pictures.figure").format(**slots))]
    if figures.apart > _APART_FROM:
        times = format_number(float(f"{figures.apart:.3g}"), words)
        said.append(str(words.find("pictures.apart")).format(times=times))
    said.append(str(words.find("pictures.log" if scale.is_log else "pictures.from_zero")))
    if left_out:
        said.append(str(words.say("pictures.left_out", n=left_out)))
    return str(words.find("pictures.between")).join(said)
