"""The story of a matter as text for a terminal or as Markdown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from graph.answers.accounts import FiguresView
from graph.answers.chapters import ChapterView, OpposedView
from graph.answers.figures import Figure, Figures
from graph.answers.stories import StoryView
from graph.computed import Computation
from graph.matters.drift import Drift
from graph.matters.inflation import Inflation
from graph.matters.origins import Voice
from graph.matters.reply import Answer, Reply
from graph.matters.stake import Stake
from graph.matters.within import SelfContradiction
from graph.records import ClaimId, CopyKind, Relation, Status
from graph.sums.making import Input
from graph.views import ClaimView, EntityRef, PropositionRef
from web.language.acts import say_act_word
from web.language.formatting import say_count, shorten_text
from web.language.headlines import say_headline
from web.language.quoting import pick_affirming, pick_first_of_each_speaker, pick_hearsay
from web.language.saying import convert_amount, list_turns, say_check, say_input, say_measured
from web.language.wording import get_words
from web.text.styles import Style, say_amount, say_credit, say_day

# What these rest on is none of the claims that affirm or deny it, or is more than they are.
_QUOTED = (Status.UNDER_INVESTIGATION, Status.CONFIRMED)
# A sentence that was quoted in full above is named by its beginning.
_AGAIN = 48


def format_story(view: StoryView, style: Style) -> str:
    """The story for a reader: what is said, who stands behind it, who denies it, what became of it."""
    return "\n".join(_Teller(style, view.claims, view.entities, view.clock.told_by).iter_story(view))


def format_figures(view: FiguresView, style: Style) -> str:
    """The numbers of each measure of each thing, least first; then those that contradict each other."""
    teller = _Teller(style, view.claims, view.entities)
    lines = [line for figures in view.figures for line in teller.iter_figures(figures)]
    return "\n".join([*lines, *teller.iter_contradictions(view.contradictions)]).lstrip("\n")


def say_computation(item: Computation) -> str:
    """What was computed, from which numbers, and whether the claim, or the sentence without one, says the same."""
    what = "claim" if item.claim else "sentence"
    fits = f"as the {what} says" if item.agrees else f"not what the {what} says"
    inputs = ", ".join(_say_input(one, item.claim) for one in item.inputs)
    result = f"{item.result:,.6g} {item.unit}".rstrip()
    return f"{say_check(item.check, get_words())}: {item.formula} = {result}, {fits}; from {inputs}"


def _say_input(item: Input, claim: ClaimId | None) -> str:
    """A number and where it is from: what a table has it from, another sentence, else the claim itself."""
    where = f"“{' '.join(item.quote.split())}”" if item.quote else item.source or claim or ""
    said = f"{say_input(item, get_words())} {item.value:,.10g} {item.unit}".rstrip()
    return f"{said} ({where})" if where else said


@dataclass(slots=True)
class _Teller:
    """Writes parts of a view in one style; remembers which sentences the reader has seen."""

    style: Style
    claims: Mapping[str, ClaimView]
    entities: Mapping[str, EntityRef]
    told_by: datetime | None = None
    seen: set[str] = field(default_factory=set)

    def iter_story(self, view: StoryView) -> Iterator[str]:
        names = ", ".join(entity.name for entity in view.about) or view.query
        say = "says" if view.articles == 1 else "say"
        yield self.style.title(f"{names}: what {say_count(view.articles, 'article')} {say}")
        if view.first_at and view.last_at:
            yield f"Reported {say_day(view.first_at)} to {say_day(view.last_at)}; {_say_clock(view)}."
        yield "What follows is who says it, how firmly, and what became of it; not whether it is true."
        yield "Dates are those of the reports that were read, which may be later than what they report."
        for number, chapter in enumerate(view.chapters, 1):
            yield from self._iter_chapter(number, chapter)
        yield from self.iter_contradictions(view.contradictions)
        yield from self._iter_within(view.within)
        for figures in view.figures:
            yield from self.iter_figures(figures)
        if view.more:
            yield f"\n{view.more} more, in fewer articles, are not shown; --limit shows more."
        if not view.complete:
            yield "\nOnly the newest claims were looked at; a narrower question sees all."

    def iter_contradictions(self, found: Sequence[OpposedView]) -> Iterator[str]:
        waiting = [view for view in found if not view.contradiction.dismissed]
        if waiting:
            yield self.style.heading("Cannot both hold, as far as the sentences say")
        for view in waiting:
            kind = get_words().name("contradiction_kinds", view.contradiction.kind)
            yield self.style.point(0, f"{self._name(view.one)} ⟷ {self._name(view.other)} ({kind})")
            for ids in (view.one_claims, view.other_claims):
                yield from (self._quote(1, id) for id in ids[:1] if id in self.claims)

    def _name(self, one: PropositionRef) -> str:
        return say_headline(one.gist, self.told_by, get_words())

    def _iter_within(self, found: Sequence[SelfContradiction]) -> Iterator[str]:
        if found:
            yield self.style.heading("One article says both")
        for pair in found:
            yield from (self._quote(0, id) for id in (pair.one, pair.other))

    def iter_figures(self, figures: Figures) -> Iterator[str]:
        apart = f": they are up to {figures.apart:.3g} times apart" if figures.apart > 1.05 else ""
        yield self.style.heading(f"{say_measured(figures, get_words())}, in {figures.unit}{apart}")
        for figure in figures.figures:
            yield self._quote(0, figure.claims[0], f"{_say_figure(figure, figures.unit)}: ")
        for figure in figures.left:
            yield self._quote(0, figure.claims[0], f"not converted: {_say_figure(figure, figure.quantity.unit)}: ")

    def _iter_chapter(self, number: int, chapter: ChapterView) -> Iterator[str]:
        status = (
            f"{chapter.status.status} since {say_day(chapter.status.valid_from)}" if chapter.status else "not so yet"
        )
        yield self.style.heading(f"{number}. {say_headline(chapter.gist, self.told_by, get_words())}: {status}")
        yield self.style.point(0, _say_origins(chapter))
        steps = [f"{event.status} ({say_day(event.recorded_at)})" for event in list_turns(chapter.history)]
        if len(steps) > 1:
            yield self.style.point(0, " → ".join(steps))
        yield from (self._quote(0, id) for id in pick_affirming(chapter))
        yield from (self._quote(0, id, "Passed on, naming nobody: ") for id in pick_hearsay(chapter))
        for id in pick_first_of_each_speaker(chapter.denied, self.claims):
            yield self._quote(0, id, "Denied: ")
        for event in chapter.history:
            if event.status in _QUOTED:
                yield self._quote(0, event.basis[0], f"{event.status.capitalize()}: ")
        yield from (self.style.point(0, _say_reply(reply)) for reply in chapter.replies)
        yield from (self.style.point(0, self._say_stake(stake)) for stake in chapter.stakes)
        yield from (line for drift in chapter.drifts for line in self._iter_drift(drift))
        yield from (line for item in chapter.inflations for line in self._iter_inflation(item))
        yield from (self.style.point(0, say_computation(item)) for item in chapter.computations)
        if chapter.origins.articles > 2 and chapter.affirmed:
            yield self.style.point(0, "Who has it from whom:")
            voices = (*chapter.origins.origins, *chapter.origins.hearsay)
            yield from (line for voice in voices for line in self._iter_tree(voice, 1))

    def _iter_drift(self, drift: Drift) -> Iterator[str]:
        steps = " → ".join(say_act_word(step.modality, step.polarity, get_words()) for step in drift.steps)
        yield self.style.point(0, f"{drift.speaker}'s words, as reported: {steps} ({drift.change})")
        yield from (self._quote(1, step.claim) for step in drift.steps)

    def _iter_inflation(self, item: Inflation) -> Iterator[str]:
        was, now = (get_words().name("modality_names", firmness) for firmness in (item.was, item.now))
        yield self.style.point(0, f"Firmer than what it draws on ({_say_how(item.how)}): {was} became {now}")
        yield from (self._quote(1, id) for id in (item.drawn_on, item.repeat))

    def _iter_tree(self, voice: Voice, depth: int) -> Iterator[str]:
        name = voice.name.removeprefix("https://").removeprefix("http://") if voice.article else voice.name
        how = f" ({_say_how(voice.how)})" if voice.article and voice.how in frozenset(CopyKind) else ""
        yield self.style.point(depth, f"{name}{how}")
        for echo in voice.echoes:
            yield from self._iter_tree(echo, depth + 1)

    def _quote(self, depth: int, id: ClaimId, before: str = "") -> str:
        claim = self.claims[id]
        if id in self.seen:
            again = shorten_text(" ".join(claim.text.split()), _AGAIN)
            return self.style.point(depth, f"{before}“{again}” — {say_credit(claim)} [{id}]")
        self.seen.add(id)
        return self.style.point(depth, before + self.style.quote(claim))

    def _say_stake(self, stake: Stake) -> str:
        def name(id: str) -> str:
            return self.entities[id].name if id in self.entities else id

        def say(relation: Relation) -> str:
            return str(get_words().find(f"relations.{relation.value}.out"))

        ties = (
            f"{name(tie.subject)} {say(tie.relation).format(other=name(tie.object))} ({self._say_source(tie.source)})"
            for tie in stake.path
        )
        return f"Stake of {name(stake.speaker)}: {'; '.join(ties)}"

    def _say_source(self, source: str) -> str:
        """The claim that says so; of a table, that it does not say since when."""
        return source if source in self.claims else f"{source}, undated"


def _say_clock(view: StoryView) -> str:
    known = say_day(view.clock.known_by - timedelta(seconds=1))
    if view.clock.valid_by is None:
        return f"as known by {known}"
    return f"as known by {known}, as things stood on {say_day(view.clock.valid_by - timedelta(seconds=1))}"


def _say_origins(chapter: ChapterView) -> str:
    articles = say_count(chapter.origins.articles, "article")
    names = "; ".join(voice.name for voice in chapter.origins.origins)
    if not chapter.affirmed:
        return f"{articles}; nobody affirms it in what was read, it is only denied: {names}"
    return f"{articles}, {say_count(chapter.origins.count, 'origin')}: {names}"


def _say_reply(reply: Reply) -> str:
    after = f"{reply.hours:.0f} h" if reply.hours < 240 else f"{reply.hours / 24:.0f} days"
    when = f"{after} after the first report" if reply.hours >= 0.5 else "in the first report"
    if reply.answer is Answer.SILENT:
        return f"{reply.by}: no answer in what was read, up to {after} after the first report"
    if reply.claims:
        return f"{reply.by} {reply.answer} it {when}"
    return f"{reply.by} {reply.answer}, {when}: “{' '.join(reply.sentence.split())}”"


def _say_figure(figure: Figure, unit: str) -> str:
    quantity = figure.quantity
    marks = [say_act_word(figure.modality, figure.polarity, get_words()), *figure.scope]
    marks += [str(get_words().find("figures.beside"))] if figure.beside else []
    marks += [str(get_words().find("figures.taken_back"))] if figure.taken_back else []
    if figure.rate:
        marks.append(f"from {say_amount(quantity)} at {figure.rate.per_usd:g} per USD, {figure.rate.source}")
    shown = say_amount(convert_amount(figure, unit))
    return f"{shown} [{'; '.join(marks)}] {', '.join(figure.voices)}"


def _say_how(how: str) -> str:
    return get_words().name("hows", how)
