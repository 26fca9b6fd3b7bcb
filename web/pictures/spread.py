"""Where a matter was reported, day by day: a row a source, own reports full, copies hollow."""

from collections.abc import Iterable, Iterator, Mapping

from graph.matters.origins import Voice
from graph.records import ArticleId, CopyKind
from graph.views import ArticleRef, ClaimView
from web.language.formatting import format_name, format_period
from web.language.wording import Words
from web.pictures.days import AXIS, DayAxis, draw_axis, make_day_axis
from web.pictures.lanes import Lane, draw_lanes
from web.pictures.marks import Cell, Dot, Picture
from web.pictures.timeline import say_left_out

_ROWS = 10
_LETTERS = 60
_COLUMNS = ("pictures.day", "pictures.source", "pictures.how", "pictures.article")


def find_copies(voices: Iterable[Voice]) -> dict[ArticleId, CopyKind]:
    """How each article repeats another, of those that do."""
    found: dict[ArticleId, CopyKind] = {}
    for voice in voices:
        if voice.article and voice.how in tuple(CopyKind):
            found[voice.article] = CopyKind(voice.how)
        found |= find_copies(voice.echoes)
    return found


def draw_spread(
    told: Iterable[ClaimView], copies: Mapping[ArticleId, CopyKind], words: Words, left_out: int = 0
) -> Picture | None:
    """The picture of the articles that hold these claims, of each page one; None where one source has them all.

    left_out  claims that are not among these
    """
    first: dict[str, ClaimView] = {}
    for claim in told:
        first.setdefault(claim.article.url or claim.article.id, claim)
    if len({claim.article.source.id for claim in first.values()}) < 2:
        return None
    axis = make_day_axis(claim.reported_at.date() for claim in first.values())
    lanes = draw_lanes(_make_lanes(first.values(), copies, axis, words), 0)
    line, labels = draw_axis(axis, lanes.bottom, words)
    return Picture(
        "spread",
        lanes.bottom + AXIS,
        _say(tuple(first.values()), copies, words) + say_left_out(left_out, words),
        lanes.dots,
        (*lanes.lines, *line),
        (),
        (*lanes.labels, *labels),
        tuple(str(words.find(key)) for key in _COLUMNS),
        tuple(_make_row(claim, copies, words) for claim in first.values()),
    )


def _make_lanes(
    claims: Iterable[ClaimView], copies: Mapping[ArticleId, CopyKind], axis: DayAxis, words: Words
) -> Iterator[Lane]:
    """Sources of one language stand together, that of the first report first; those with least share one row."""
    rows: dict[tuple[str, str], list[Dot]] = {}
    for claim in claims:
        rows.setdefault((claim.article.lang, _name_source(claim.article, words)), []).append(
            _make_dot(claim, copies, axis)
        )
    order = list(dict.fromkeys(lang for lang, _ in rows))
    most = _ROWS if len(rows) <= _ROWS else _ROWS - 1
    shown = sorted(rows, key=lambda row: -len(rows[row]))[:most]
    for lang, name in sorted(shown, key=lambda row: order.index(row[0])):
        yield Lane(f"{name} · {words.name('languages', lang)}", tuple(rows[lang, name]))
    rest = [dot for row, dots in rows.items() if row not in shown for dot in dots]
    if rest:
        yield Lane(str(words.say("pictures.others", n=len(rows) - len(shown))), tuple(rest))


def _make_dot(claim: ClaimView, copies: Mapping[ArticleId, CopyKind], axis: DayAxis) -> Dot:
    look = "hollow" if claim.article.id in copies else "solid"
    return Dot(axis.places[claim.reported_at.date()], 0, look, claim=claim.id, title=claim.article.title[:_LETTERS])


def _say(claims: tuple[ClaimView, ...], copies: Mapping[ArticleId, CopyKind], words: Words) -> str:
    copied = sum(claim.article.id in copies for claim in claims)
    sources = words.say("pictures.sources", n=len({claim.article.source.id for claim in claims}))
    articles = words.say("matter.articles", n=len(claims))
    days = words.say("pictures.days", n=len({claim.reported_at.date() for claim in claims}))
    text = str(words.find("pictures.spread")).format(articles=articles, sources=sources, days=days)
    return text + (str(words.say("pictures.copied", n=copied)) if copied else str(words.find("pictures.no_copy")))


def _make_row(claim: ClaimView, copies: Mapping[ArticleId, CopyKind], words: Words) -> tuple[Cell, ...]:
    kind = copies.get(claim.article.id)
    how = words.name("hows", kind.value) if kind else str(words.find("pictures.own"))
    day, source = str(format_period(claim.reported_at, "day", words)), _name_source(claim.article, words)
    return Cell(day), Cell(source), Cell(how), Cell(claim.article.title, claim.id, claim.lang)


def _name_source(article: ArticleRef, words: Words) -> str:
    return format_name(article.source.name[:_LETTERS], words)
