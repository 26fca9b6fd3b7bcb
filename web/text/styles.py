"""How a story's headings, points and quotations are written: as text for a terminal, or as Markdown."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from graph.grades import Grade
from graph.records import Quantity
from graph.utterances import name_outlet
from graph.views import ClaimView
from web.language.acts import say_act_word
from web.language.formatting import format_day, format_quantity
from web.language.wording import get_words


@dataclass(frozen=True, slots=True)
class Style:
    """Each part from its words; a point at a depth, 0 the outermost."""

    title: Callable[[str], str]
    heading: Callable[[str], str]
    point: Callable[[int, str], str]
    quote: Callable[[ClaimView], str]


def say_credit(claim: ClaimView) -> str:
    """Who says it through whom, when and how firmly: `OpenAI ◂ Meridian Wire, 29 Jan 2025, accuses`."""
    outlet = name_outlet(claim.article.source, claim.article.url)
    chain = " ◂ ".join([*(speaker.party.name for speaker in reversed(claim.claimants)), outlet])
    version = f" (version {claim.article.version})" if claim.article.version > 1 else ""
    act = say_act_word(claim.modality, claim.polarity, get_words()) + say_doubt(claim)
    return f"{chain}, {say_day(claim.reported_at)}{version}, {act}"


def say_doubt(claim: ClaimView) -> str:
    """`, misread` of what people judged so, `, weak` of what else is, or nothing."""
    if claim.misread:
        return ", misread"
    return ", weak" if claim.grade is Grade.WEAK else ""


def _quote_text(claim: ClaimView) -> str:
    return f"“{' '.join(claim.text.split())}” — {say_credit(claim)}\n  {claim.article.url} [{claim.id}]"


def _quote_markdown(claim: ClaimView) -> str:
    sentence = re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(claim.text.split()))
    return f"“{sentence}” — {say_credit(claim)} ([article](<{claim.article.url}>), `{claim.id}`)"


TEXT = Style(
    title=lambda text: f"{text}\n{'=' * min(len(text), 78)}",
    heading=lambda text: f"\n{text}",
    point=lambda depth, text: "\n".join(f"{'  ' * (depth + 1)}{line}" for line in text.splitlines()),
    quote=_quote_text,
)
MARKDOWN = Style(
    title=lambda text: f"# {text}\n",
    heading=lambda text: f"\n## {text}\n",
    point=lambda depth, text: f"{'  ' * depth}- {text}",
    quote=_quote_markdown,
)
STYLES = {"text": TEXT, "markdown": MARKDOWN}


def say_day(moment: datetime) -> str:
    """The day, in English."""
    return str(format_day(moment, get_words()))


def say_amount(quantity: Quantity) -> str:
    """The quantity, in English."""
    return str(format_quantity(quantity, get_words()))
