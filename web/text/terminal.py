"""Views as text for a terminal: the same words as the pages, without colour where there is none."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import click

from graph.answers.outages import Outage, find_outage
from graph.answers.proposition_views import ContradictionView, MatterView
from graph.records import Article, Failure, FeedState, Health, ModelUse, Polarity, RunSummary, Share, Status
from graph.store import Table
from graph.views import (
    ArticleDetail,
    ClaimDetail,
    ClaimView,
    CommunityView,
    EntityCountView,
    EntityDetail,
    JudgementView,
    PeriodView,
    RereadingView,
    SourceDetail,
    StatusView,
    StepView,
    SuggestionView,
    VersionView,
    to_json,
)
from web.language.acts import say_act_word
from web.language.formatting import format_cell, format_span, say_count
from web.language.headlines import say_headline
from web.language.reading import say_claim
from web.language.wording import get_words, say_copy, say_judgement
from web.text.styles import say_doubt
from web.text.telling import say_computation
from web.text.watches import format_counts

_STATUS_COLOURS = {
    Status.DENIED: "red",
    Status.DISPUTED: "yellow",
    Status.RETRACTED: "red",
    Status.CORROBORATED: "green",
    Status.CONFIRMED: "green",
}

Record = ClaimDetail | ArticleDetail | EntityDetail | SourceDetail


def format_claim(claim: ClaimView) -> str:
    """Three lines: what is claimed and how firmly; the sentence; who says it, where and when."""
    denied = claim.polarity is Polarity.DENIED
    act = click.style(say_act_word(claim.modality, claim.polarity, get_words()), fg="red" if denied else None)
    speakers = [claim.article.source.name, *(speaker.party.name for speaker in claim.claimants)]
    return (
        f"{click.style(say_claim(claim, get_words()), bold=True)}  [{act}{say_doubt(claim)}]\n"
        f"  “{claim.text}”\n"
        f"  {' ▸ '.join(speakers)}  {claim.reported_at:%Y-%m-%d}  {click.style(claim.id, dim=True)}"
    )


def format_suggestion(view: SuggestionView) -> str:
    """The name with type and number of articles; then each sentence over its article's address."""
    articles = "1 article" if view.articles == 1 else f"{view.articles} articles"
    examples = (f"  “{naming.sentence}”\n  {naming.article.url}" for naming in view.examples)
    return "\n".join([f"{click.style(view.entity.name, bold=True)}  {view.entity.type}, {articles}", *examples])


def format_path(path: Sequence[StepView]) -> str:
    """Each step as a line of its two ends, then the ties and claims that make it."""
    return "\n".join(line for step in path for line in _iter_step(step))


def format_community(view: CommunityView) -> str:
    """One line: how many, how often together, the most named."""
    more = f" and {view.size - len(view.entities)} more" if view.size > len(view.entities) else ""
    return f"{view.size} entities, {view.links} links: {_list_counts(view.entities)}{more}"


def format_period(view: PeriodView) -> str:
    """The period, then whom its claims are about and whom they come from."""
    head = click.style(f"{view.period}  {view.claims} claims", bold=True)
    return f"{head}\n  about: {_list_counts(view.about)}\n  by: {_list_counts(view.says)}"


def format_judgement(view: JudgementView) -> str:
    """What was judged, then who did, when and why; says when it was taken back."""
    state = "" if view.counts else click.style("  taken back", fg="yellow")
    return (
        f"{click.style(say_judgement(view, get_words()), bold=True)}{state}\n"
        f"  {view.who}, {view.when:%Y-%m-%d %H:%M}: {view.why}  {click.style(view.id, dim=True)}"
    )


def format_matter(view: MatterView, as_of: datetime | None = None) -> str:
    """A matter as known before a moment, what became of it, then who holds it and since when."""
    headline = say_headline(view.gist, as_of, get_words())
    steps = " → ".join(f"{step.status} {step.recorded_at:%Y-%m-%d}" for step in view.history)
    return (
        f"{click.style(headline, bold=True)}  {click.style(view.status, fg=_STATUS_COLOURS.get(view.status))}\n"
        f"  articles {view.articles}, origins {view.origins}; {steps}  "
        f"{click.style(view.id, dim=True)}"
    )


def format_contradiction(view: ContradictionView) -> str:
    """Both matters, and a claim of each by which they are judged."""
    state = "  dismissed" if view.dismissed else ""
    lines = (
        f"  {headline}  articles {one.articles}  {click.style(one.claims[0], dim=True)}"
        for one in (view.one, view.other)
        for headline in [say_headline(one.gist, None, get_words())]
    )
    return "\n".join([f"{click.style(view.kind, bold=True)}{state}", *lines])


def format_record(view: Record) -> str:
    """A claim in its paragraph, or an entity, article or source with its claims."""
    return "\n".join(_iter_lines(view))


_WIDEST = 1_000_000


def format_table(table: Table) -> str:
    """The rows under their columns; then how many there are and how long the query took."""
    from rich.console import Console
    from rich.table import Column
    from rich.table import Table as Grid
    from rich.text import Text

    console = Console(record=False)
    if not console.is_terminal:
        console.width = _WIDEST  # nothing is cut for who reads from a pipe
    grid = Grid(*(Column(Text(name)) for name in table.columns))
    for row in table.rows:
        grid.add_row(*(Text(format_cell(cell)) for cell in row))
    with console.capture() as text:
        console.print(grid)
    return text.get().rstrip("\n")


def format_status(view: StatusView, address: str) -> str:
    """What the store holds, which feeds fail and why, and the last run."""
    counts = view.counts
    outage = find_outage(view)
    lines = [
        *([_say_outage(outage)] if outage and outage.is_serious else ()),
        f"{address}: {say_count(counts.claims, 'claim')} in {say_count(counts.articles, 'article')} "
        f"of {say_count(counts.sources, 'source')}",
        f"{say_count(counts.entities, 'name')} known, {say_count(len(view.feeds), 'feed')}, "
        f"{say_count(view.pending, 'article')} waiting to be read",
        *(
            [f"{say_count(view.aside, 'article')} set aside: not about AI; `status --aside 20` lists the last"]
            if view.aside
            else ()
        ),
        *([f"{say_count(view.bare, 'article')} kept in the archive alone: without claims"] if view.bare else ()),
        *([f"{say_count(view.crashed, 'article')} left alone: {_CRASHED}"] if view.crashed else ()),
        *(
            f"{say_count(count, 'article')} in part only: {get_words().name('barriers', barrier)} ({barrier})"
            for barrier, count in view.barriers.items()
        ),
        *(failure.message for state in view.feeds if (failure := state.last_failure)),
        *(_iter_health(view.health) if view.health else ()),
        *(_iter_model(view.model) if view.model else ()),
        *([f"judged by people, by reader: {_list_shares(view.judged)}"] if view.judged else ()),
        *([format_counts(view.watches)] if view.watches and view.watches.watches else ()),
    ]
    return "\n".join(
        [*lines, *([f"last run {_when(view.last_run)}: {format_run(view.last_run)}"] if view.last_run else [])]
    )


def format_aside(article: Article) -> str:
    """An article that is not in the store: its title over its outlet, day and address."""
    title = click.style(article.title, bold=True)
    return f"{title}\n  {article.source.name}, {article.published_at:%Y-%m-%d}  {article.url}"


def _say_outage(outage: Outage) -> str:
    """The verdict on the last run: how many pages failed, and why."""
    words = get_words()
    said = words.say("outage.failed", n=outage.failed, tried=outage.tried, percent=outage.percent)
    return f"{said}: {', '.join(words.name('failure_reasons', reason) for reason, _ in outage.reasons[:3])}"


def _iter_health(health: Health) -> Iterator[str]:
    words = get_words()
    for silent in health.silent:
        used = f"where nine in ten entries came within {format_span(silent.usual, words)}"
        yield f"{silent.feed.url}: nothing new since {silent.since:%Y-%m-%d}, {used}"
    lag = ""
    if health.lag is not None and health.slow is not None:
        usual, slow = (format_span(seconds, words) for seconds in (health.lag, health.slow))
        lag = f"; from publication to the graph {usual}, nine in ten {slow}"
    yield f"in a week: {say_count(health.runs, 'run')}{lag}"
    if health.failures:
        yield "failed in a week: " + ", ".join(f"{reason} {number}" for reason, number in health.failures)


def _iter_model(use: ModelUse) -> Iterator[str]:
    """What language models were asked and what that cost; why they are not asked any more today."""
    if use.models or use.budget:
        yield _sum_up_model(use)
    if use.budget:
        # An article waits for the budget as soon as the next text might not fit in it.
        over = ", used up: it goes on tomorrow (UTC)" if "budget" in dict(use.waiting) else ""
        yield f"today {use.spent_today:,} of {use.budget:,} tokens{over}"
    for what, reasons in (
        ("articles that wait for it", use.waiting),
        ("claims refused", use.refused),
        ("questions without an answer", use.failed),
    ):
        if reasons:
            yield f"{what}: " + ", ".join(f"{reason} {number}" for reason, number in reasons)
    yield from _iter_shares(use)


def _sum_up_model(use: ModelUse) -> str:
    names = ", ".join(use.models) or "none asked yet"
    tokens = use.asked + use.answered
    each = f", {tokens // use.articles:,} tokens an article" if use.articles else ""
    return (
        f"language model {names}: {use.requests} requests paid, {use.reused} answered before; {use.asked:,} tokens "
        f"sent, {use.answered:,} received; {use.articles} articles read{each}"
    )


def _iter_shares(use: ModelUse) -> Iterator[str]:
    for kind, told in (("type", "by type"), ("lang", "by language"), ("reader", "by reader")):
        shares = [share for share in use.audited if share.kind == kind]
        if shares:
            yield f"stood a second look, {told}: {_list_shares(shares)}"


def _list_shares(shares: Iterable[Share]) -> str:
    return ", ".join(f"{one.name} {one.stood} of {one.asked} ({one.stood / one.asked:.0%})" for one in shares)


def format_run(run: RunSummary) -> str:
    """One line of what a run did; `nothing new` when it changed nothing."""
    feeds = (
        f"feeds: {run.feeds_due} due, {run.feeds_read} read, {run.feeds_unchanged} unchanged, {run.feeds_failed} failed"
    )
    articles = f"articles: {run.articles_new} new, {run.articles_changed} changed, {run.articles_failed} failed"
    if run.articles_aside:
        articles += f", {run.articles_aside} not about AI"
    if run.articles_bare:
        articles += f", {run.articles_bare} without claims"
    line = f"{feeds}; {articles}; claims: {run.claims_new} new; {run.seconds:.1f} s"
    kept_out = run.articles_aside or run.articles_bare
    quiet = not (run.articles_new or run.articles_changed or kept_out or run.claims_new or run.failures)
    return f"nothing new; {line}" if quiet else line


def summarize_run(run: RunSummary) -> dict[str, object]:
    """The summary of a run as programs read it."""
    return {
        "feeds": {
            "due": run.feeds_due,
            "read": run.feeds_read,
            "unchanged": run.feeds_unchanged,
            "failed": run.feeds_failed,
        },
        "articles": {
            "new": run.articles_new,
            "changed": run.articles_changed,
            "failed": run.articles_failed,
            "aside": run.articles_aside,
            "bare": run.articles_bare,
        },
        "claims": {"new": run.claims_new},
        "copies": {"new": run.copies_new},
        "failures": to_json(run.failures),
        "seconds": run.seconds,
    }


_CRASHED = "each ended three runs while it was read; `ingest --again` reads them once more, each by itself"
# Why a feed is not read any more, in words.
_GIVEN_UP = {
    "gone": "its server says that it is gone for good",
    "failing": "it has failed for too long",
    "moved": "its new address is a feed of its own",
}


def format_feed(state: FeedState) -> str:
    """One line: the address, its title, when it was read, what went wrong and what became of it."""
    read = f"read {state.last_read:%Y-%m-%d %H:%M}" if state.last_read else "not read yet"
    entries = "1 entry" if state.entries == 1 else f"{state.entries} entries"
    line = f"{state.feed.url}  {state.feed.title or '(no title yet)'}  {read}, {entries}"
    if state.last_failure:
        since = f" since {state.failing_since:%Y-%m-%d}" if state.failing_since else ""
        line += f", failing{since}: {state.last_failure.reason}"
    if state.unreadable:
        line += f", none of its {state.unreadable} pages could be read in the last run"
    if state.given_up:
        line += f"; not read any more: {_GIVEN_UP.get(state.given_up, state.given_up)}; `feeds add` tries again"
    return line


def format_failure(failure: Failure) -> str:
    """What failed and why, with the code that programs count."""
    return f"{failure.stage} failed: {failure.message} ({failure.reason})"


def _iter_step(step: StepView) -> Iterator[str]:
    yield click.style(f"{step.start.name} ─ {step.end.name}", bold=True)
    for tie in step.ties:
        told = get_words().find(f"relations.{tie.relation.value}")["out" if tie.outward else "in"]
        yield f"  {step.start.name} {told.format(other=step.end.name)} ({tie.source})"
    for claim in step.claims:
        yield "\n".join(f"  {line}" for line in format_claim(claim).splitlines())


def _list_counts(counts: Iterable[EntityCountView]) -> str:
    return ", ".join(f"{count.entity.name} ({count.claims})" for count in counts) or "nobody named"


def _when(run: RunSummary) -> str:
    return f"{run.started_at:%Y-%m-%d %H:%M}"


def _iter_lines(view: Record) -> Iterator[str]:
    if isinstance(view, ClaimDetail):
        yield from _iter_claim(view)
    elif isinstance(view, EntityDetail):
        yield f"{' · '.join(dict.fromkeys([view.name, *filter(None, [view.name_ja]), *view.aliases]))} ({view.type})"
        yield from _iter_claims("said about it", view.about)
        yield from _iter_claims("said by it", view.says)
        if view.judgements:
            yield "\nwhat was judged of it:"
            yield from map(format_judgement, view.judgements)
    elif isinstance(view, ArticleDetail):
        article = view.article
        yield f"{article.title}\n{article.source.name}, {article.published_at:%Y-%m-%d}\n{article.url}"
        if article.barrier:
            yield f"not the whole page: {get_words().name('barriers', article.barrier)}"
        yield from (f"  {number}. {section.title}" for number, section in enumerate(view.sections, 1))
        if view.change:
            yield from _iter_change(view.change)
        if view.rereading:
            yield from _iter_rereading(view.rereading)
        for copy in view.copies:
            other, told = copy.article, say_copy(copy, get_words())
            yield f"{told} {other.published_at:%Y-%m-%d}, {copy.score:.0%}, {other.id}"
        yield from _iter_claims("its claims", view.claims)
        if view.computations:
            yield "\nwhat its sentences can be computed with:"
        for item in view.computations:
            yield f"  “{' '.join(item.sentence.split())}”"
            yield f"    {say_computation(item)}"
    else:
        yield f"{view.source.name} ({view.source.kind})"
        yield from _iter_claims("what it printed", view.claims)


def _iter_change(view: VersionView) -> Iterator[str]:
    yield (
        f"since version {view.since.version} ({view.since.id}): {len(view.dropped)} dropped, {len(view.new)} new, "
        f"{len(view.changed)} put otherwise, {view.kept} as before"
    )
    yield from _iter_claims("no longer said", view.dropped)
    for change in view.changed:
        aspects = ", ".join(get_words().name("aspects", aspect) for aspect in change.aspects)
        yield from _iter_claims(f"put otherwise ({aspects})", (change.before, change.after))
    yield from _iter_claims("new", view.new)


def _iter_rereading(view: RereadingView) -> Iterator[str]:
    after, before = (", ".join(readers) or "nobody who found a claim" for readers in (view.after, view.before))
    yield (
        f"read again {view.at:%Y-%m-%d %H:%M} by {after}, before by {before}: {len(view.came)} came, "
        f"{len(view.went)} went, {len(view.heirs)} read otherwise, {len(view.stayed)} stayed"
    )
    yield from _iter_claims("came", view.came)
    yield from _iter_claims("went", view.went)
    for heir in view.heirs:
        yield from _iter_claims("read otherwise", (heir.before, heir.after))


def _iter_claim(view: ClaimDetail) -> Iterator[str]:
    claim = view.claim
    yield format_claim(claim)
    yield f"\n{view.before}{click.style(claim.text, bold=True)}{view.after}\n\n{claim.article.url}"
    for title, why in (("judged misread", claim.misread), ("what speaks against it", claim.refuted)):
        if why:
            yield f"\n{title}: {why}"
    for title, hand in (("read by hand, in its place", view.by_hand), ("read by hand, in place of", view.in_place_of)):
        if hand:
            yield from _iter_claims(title, (hand.claim,))
    yield from (f"\n{say_computation(item)}" for item in view.computations)
    yield from _iter_claims("says the same", view.same)
    yield from _iter_claims("only asks", view.asked)
    yield from _iter_claims("says the opposite", view.opposite)


def _iter_claims(title: str, claims: Iterable[ClaimView]) -> Iterator[str]:
    lines = [format_claim(claim) for claim in claims]
    if lines:
        yield f"\n{title}:"
        yield from lines
