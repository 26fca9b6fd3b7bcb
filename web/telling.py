"""The story of a matter, ledger, figures and contradictions as text for a terminal or as Markdown."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from graph.computed import Check, Computation
from graph.figures import Figure, Figures
from graph.ledger import Entry, Measured
from graph.matters import (
    ContradictionsView,
    ContradictionView,
    FiguresView,
    LedgerView,
    MatterView,
    StoryView,
)
from graph.origins import Voice
from graph.records import CopyKind, Polarity, Quantity
from graph.reply import Answer, Reply
from graph.stake import Stake
from graph.views import ClaimView, EntityRef
from web.formatting import format_day, format_quantity
from web.wording import RELATIONS, say_predicate

Claims = Mapping[str, ClaimView]

_HOW = {
    "says": "says itself",
    "cites": "has it from there",
    CopyKind.SYNDICATED.value: "copies it",
    CopyKind.TRANSLATED.value: "translates it",
    CopyKind.REWRITTEN.value: "rewrites it",
}
_CHECKS = {
    Check.SHARE: "Computed from the two prices",
    Check.PRODUCT: "Computed from hours and price",
    Check.RECORD: "Beside the record listed before",
    Check.RANK: "On the loaded leaderboard",
    Check.ORDER: "On the loaded leaderboard",
}


@dataclass(frozen=True, slots=True)
class Style:
    """How headings, points and links are written."""

    title: Callable[[str], str]
    heading: Callable[[str], str]
    point: Callable[[int, str], str]
    quote: Callable[[ClaimView], str]


def _quote_text(claim: ClaimView) -> str:
    return f"“{_one_line(claim.text)}” — {_credit(claim)}\n  {claim.article.url} [{claim.id}]"


def _quote_markdown(claim: ClaimView) -> str:
    return f"“{_one_line(claim.text)}” — {_credit(claim)} ([article]({claim.article.url}), `{claim.id}`)"


TEXT = Style(
    title=lambda text: f"{text}\n{'=' * min(len(text), 78)}",
    heading=lambda text: f"\n{text}",
    point=lambda depth, text: "\n".join(f"{'  ' * (depth + 1)}{line}" for line in text.splitlines()),
    quote=_quote_text,
)
MARKDOWN = Style(
    title=lambda text: f"# {text}",
    heading=lambda text: f"\n## {text}\n",
    point=lambda depth, text: f"{'  ' * depth}- {text}",
    quote=_quote_markdown,
)
STYLES = {"text": TEXT, "markdown": MARKDOWN}


def format_story(view: StoryView, style: Style) -> str:
    """The story for a reader: what is said, who stands behind it, who denies it, what became of it."""
    return "\n".join(_iter_story(view, style))


def format_ledger(view: LedgerView, style: Style) -> str:
    """Each result with who claims and who measured it; then what each vendor owes."""
    return "\n".join(_iter_ledger(view, style))


def format_figures(view: FiguresView, style: Style) -> str:
    """The numbers of each measure of each thing, least first."""
    lines = [line for figures in view.figures for line in _iter_figures(figures, view.claims, style)]
    return "\n".join([*lines, *_iter_contradictions(view.contradictions, view.claims, style)])


def format_contradictions(view: ContradictionsView, style: Style) -> str:
    """Each pair with a sentence of either side."""
    return "\n".join(_iter_contradictions(view.contradictions, view.claims, style))


def _iter_story(view: StoryView, style: Style) -> Iterator[str]:
    names = ", ".join(entity.name for entity in view.about) or view.query
    yield style.title(f"{names}: what {_count(view.articles, 'article')} say")
    if view.first_at and view.last_at:
        yield f"Reported {format_day(view.first_at)} to {format_day(view.last_at)}; {_say_clock(view)}."
    yield "Nothing below says what is true: who says it, how firmly, and what became of it."
    for number, matter in enumerate(view.matters, 1):
        yield from _iter_matter(number, matter, view, style)
    yield from _iter_contradictions(view.contradictions, view.claims, style)
    for figures in view.figures:
        yield from _iter_figures(figures, view.claims, style)
    if view.more:
        yield f"\n{view.more} more with fewer articles are not shown."
    if not view.complete:
        yield "\nOnly the newest claims were looked at; a narrower question sees all."


def _say_clock(view: StoryView) -> str:
    known = view.clock.known_by - timedelta(seconds=1)
    valid = (
        f", as things stood on {format_day(view.clock.valid_by - timedelta(seconds=1))}" if view.clock.valid_by else ""
    )
    return f"as known by {format_day(known)}{valid}"


def _iter_matter(number: int, matter: MatterView, view: StoryView, style: Style) -> Iterator[str]:
    status = f"{matter.status.status} since {format_day(matter.status.valid_from)}" if matter.status else "not so yet"
    yield style.heading(f"{number}. {matter.label_en}: {status}")
    origins = "; ".join(voice.name for voice in matter.origins.origins)
    yield style.point(
        0, f"{_count(matter.origins.articles, 'article')}, {_count(matter.origins.count, 'origin')}: {origins}"
    )
    if len(matter.history) > 1:
        yield style.point(0, " → ".join(f"{e.status} ({format_day(e.recorded_at)})" for e in matter.history))
    claims = view.claims
    for voice in matter.origins.origins:
        if shown := next((claims[id] for id in voice.claims if id in matter.affirmed), None):
            yield style.point(0, style.quote(shown))
    for claim in _first_by_speaker(claims[id] for id in matter.denied):
        yield style.point(0, f"Denied: {style.quote(claim)}")
    yield from (
        style.point(0, _say_reply(reply, claims)) for reply in matter.replies if reply.answer is not Answer.DENIED
    )
    yield from (style.point(0, _say_denial(reply)) for reply in matter.replies if reply.answer is Answer.DENIED)
    yield from (style.point(0, _say_stake(stake, view.entities)) for stake in matter.stakes)
    for drift in matter.drifts:
        steps = " → ".join(f"{step.modality}{_no(step.polarity)}" for step in drift.steps)
        yield style.point(0, f"{drift.speaker}'s words, as reported: {steps} ({drift.change})")
        yield from (style.point(1, style.quote(claims[step.claim])) for step in drift.steps)
    for item in matter.inflations:
        yield style.point(0, f"Grew firmer on the way: {item.was} became {item.now} ({_HOW[item.how]})")
        yield from (style.point(1, style.quote(claims[id])) for id in (item.drawn_on, item.repeat))
    yield from (style.point(0, _say_computation(item, claims)) for item in matter.computations)
    if matter.origins.articles > 2:
        yield style.point(0, "Who has it from whom:")
        yield from (line for voice in matter.origins.origins for line in _iter_tree(voice, 1, claims, style))


def _iter_tree(voice: Voice, depth: int, claims: Claims, style: Style) -> Iterator[str]:
    how = f" ({_HOW[voice.how]})" if voice.how in _HOW and voice.how not in ("says", "cites") else ""
    yield style.point(depth, f"{_shorten_url(voice.name) if voice.article else voice.name}{how}")
    for echo in voice.echoes:
        yield from _iter_tree(echo, depth + 1, claims, style)


def _iter_contradictions(found: Sequence[ContradictionView], claims: Claims, style: Style) -> Iterator[str]:
    open_ones = [view for view in found if not view.contradiction.dismissed]
    if open_ones:
        yield style.heading("Contradictions")
    for view in open_ones:
        kind = view.contradiction.kind
        yield style.point(0, f"{view.one}  ⟷  {view.other} ({kind})")
        for ids in (view.one_claims, view.other_claims):
            yield from (style.point(1, style.quote(claims[id])) for id in ids[:1] if id in claims)


def _iter_figures(figures: Figures, claims: Claims, style: Style) -> Iterator[str]:
    of = f", {figures.of.name}" if figures.of else ""
    apart = f"; the largest is {figures.apart:.3g} times the smallest" if figures.apart > 1.05 else ""
    yield style.heading(
        f"{figures.measure.replace('_', ' ') or 'number'} of {figures.thing.name}{of}, in {figures.unit}{apart}"
    )
    yield from (style.point(0, _say_figure(figure, figures.unit, claims, style)) for figure in figures.figures)
    yield from (
        style.point(0, f"not converted: {_say_figure(figure, figure.quantity.unit, claims, style)}")
        for figure in figures.left
    )


def _say_figure(figure: Figure, unit: str, claims: Claims, style: Style) -> str:
    quantity = figure.quantity
    shown = Quantity(quantity.measure, figure.value, unit, quantity.comparator, figure.high)
    marks = [figure.modality.value, *figure.scope]
    marks += (
        [f"from {format_quantity(quantity)} at {figure.rate.per_usd:g} per USD, {figure.rate.source}"]
        if figure.rate
        else []
    )
    amount = f"{format_quantity(shown)}{_no(figure.polarity)} [{'; '.join(marks)}]"
    return f"{amount} {', '.join(figure.voices)}: {style.quote(claims[figure.claims[0]])}"


def _iter_ledger(view: LedgerView, style: Style) -> Iterator[str]:
    yield style.title(f"Benchmark ledger: {_count(len(view.entries), 'result')}")
    for entry in view.entries:
        yield style.heading(_say_result(entry))
        yield from (style.point(0, f"{words}: {_list(parties)}") for words, parties in _list_roles(entry) if parties)
        if entry.is_debt:
            yield style.point(0, "Nobody else is known to have measured it.")
        first = (*entry.claimed, *entry.told, *entry.replicated, *entry.opposed)[0]
        yield style.point(0, style.quote(view.claims[first.claims[0]]))
        ids = {id for measured in (*entry.claimed, *entry.told, *entry.replicated) for id in measured.claims}
        yield from (style.point(0, _say_computation(c, view.claims)) for c in view.computations if c.claim in ids)
    if view.debts:
        yield style.heading("Owed: self-reported results that nobody else measured")
    for debt in view.debts:
        name = view.entities[debt.vendor].name if debt.vendor in view.entities else debt.vendor
        unnamed = f"; {debt.unnamed} name no benchmark" if debt.unnamed else ""
        yield style.point(0, f"{name}: {debt.owed} of {debt.claimed}{unnamed}")


def _list_roles(entry: Entry) -> tuple[tuple[str, tuple[Measured, ...]], ...]:
    return (
        ("Self-reported", entry.claimed),
        ("Measured by others", entry.replicated),
        ("Told in an article's own voice", entry.told),
        ("Measured elsewhere", entry.elsewhere),
        ("Said otherwise", entry.opposed),
    )


def _say_result(entry: Entry) -> str:
    parts = [entry.subject.name, say_predicate(entry.predicate, entry.object is not None)]
    parts += [entry.object.name] if entry.object else []
    parts += [format_quantity(entry.quantity)] if entry.quantity else []
    is_named = entry.benchmark and not (entry.object and entry.object.name == entry.benchmark.name)
    parts += [f"on {entry.benchmark.name}"] if entry.benchmark and is_named else []
    return " ".join(parts) + ("" if entry.benchmark else " (benchmark not named)")


def _say_reply(reply: Reply, claims: Claims) -> str:
    if reply.answer is Answer.SILENT:
        return f"{reply.by}: no answer in what was read, {_say_hours(reply.hours)} after the first report"
    return (
        f"{reply.by} {reply.answer} ({_say_hours(reply.hours)} after the first report): “{_one_line(reply.sentence)}”"
    )


def _say_denial(reply: Reply) -> str:
    return f"{reply.by} denied it {_say_hours(reply.hours)} after the first report"


def _say_hours(hours: float) -> str:
    return f"{hours:.0f} h" if hours < 240 else f"{hours / 24:.0f} days"


def _say_stake(stake: Stake, entities: Mapping[str, EntityRef]) -> str:
    def name(id: str) -> str:
        return entities[id].name if id in entities else id

    steps = "; ".join(f"{name(t.subject)} {RELATIONS[t.relation][0]} {name(t.object)} ({t.source})" for t in stake.path)
    return f"Stake of {name(stake.speaker)}: {steps}"


def _say_computation(item: Computation, claims: Claims) -> str:
    fits = "as the claim says" if item.agrees else "not what the claim says"
    inputs = ", ".join(f"{i.label} {i.value:,g} {i.unit} ({i.source})" for i in item.inputs)
    return f"{_CHECKS[item.check]}: {item.formula} = {item.result:,.6g} {item.unit}, {fits}; from {inputs}"


def _first_by_speaker(claims: Iterable[ClaimView]) -> list[ClaimView]:
    first: dict[str, ClaimView] = {}
    for claim in claims:
        speaker = claim.claimants[-1].party.name if claim.claimants else claim.article.source.name
        first.setdefault(speaker, claim)
    return list(first.values())


def _credit(claim: ClaimView) -> str:
    chain = " ◂ ".join(speaker.party.name for speaker in reversed(claim.claimants))
    voice = f"{chain} ◂ " if chain else ""
    return f"{voice}{claim.article.source.name}, {format_day(claim.reported_at)}, {claim.modality}{_no(claim.polarity)}"


def _no(polarity: Polarity) -> str:
    return ", denied" if polarity is Polarity.DENIED else ""


def _list(parties: Sequence[Measured]) -> str:
    return ", ".join(party.by for party in parties)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shorten_url(url: str) -> str:
    return url.removeprefix("https://").removeprefix("http://")
