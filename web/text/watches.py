"""What is watched and sent, as text for a terminal."""

import click

from graph.records import Watch, WatchCounts


def format_watch(watch: Watch, what: str) -> str:
    """The watch by its number; then where its news go, how many did, and why none can.

    what  is watched, in words
    """
    watched = watch.watched
    pace = "daily" if watch.daily else "at once"
    news = ", ".join(watched.news)
    failure = (
        click.style(f"\n  failed {_say_times(watch.failures)}: {watch.failure}", fg="red") if watch.failures else ""
    )
    return (
        f"{watch.number}. {click.style(what, bold=True)}  {watched.kind}\n"
        f"  {news} ▸ {watch.channel} {watch.to}, {pace}; {watch.sent} sent{failure}"
    )


def format_counts(counts: WatchCounts) -> str:
    """One line for all of them."""
    failing = f", {counts.failing} cannot be sent now: `claimgraph watch list` says why" if counts.failing else ""
    return f"watched and sent: {counts.watches}, {counts.sent} notices sent{failing}"


def _say_times(number: int) -> str:
    return "once" if number == 1 else f"{number} times in a row"
