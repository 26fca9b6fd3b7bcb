"""What readers reported, as the command line tells it."""

import click

from graph.judging.review import Due
from graph.views import ClaimView
from web.language.acts import lead_claim
from web.language.wording import get_words


def format_due(due: Due, claim: ClaimView) -> str:
    """The claim with its sentence, then each report: what is wrong, in whose words, on which day."""
    words = get_words()
    reports = (
        f"  {one.at:%Y-%m-%d} {words.name('misreadings', one.reason.value)}{f': {one.why}' if one.why else ''}\n"
        for one in due.reports
    )
    return (
        f"{click.style(lead_claim(claim, words), bold=True)}  {click.style(claim.id, dim=True)}\n"
        f"  “{claim.text}”\n{''.join(reports)}"
    ).rstrip("\n")
