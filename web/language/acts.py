"""What a speaker does with a claim: one word made of firmness and polarity, the same wherever the claim is shown."""

from enum import StrEnum

from markupsafe import Markup

from graph.records import Modality, Polarity
from graph.views import ClaimView
from web.language.naming import is_several
from web.language.reading import say_claim
from web.language.wording import Words


class Act(StrEnum):
    SAYS = "says"
    PASSES_ON = "passes_on"
    ACCUSES = "accuses"
    THINKS_POSSIBLE = "thinks_possible"
    EXPECTS = "expects"
    ASKS = "asks"
    DENIES = "denies"


_ACTS = {
    Modality.ASSERTED: Act.SAYS,
    Modality.REPORTED: Act.PASSES_ON,
    Modality.ALLEGED: Act.ACCUSES,
    Modality.SPECULATED: Act.THINKS_POSSIBLE,
    Modality.PREDICTED: Act.EXPECTS,
    Modality.QUESTIONED: Act.ASKS,
}


def find_act(modality: Modality, polarity: Polarity) -> Act:
    """What is done; who says that it is not so denies, however firmly."""
    return Act.DENIES if polarity is Polarity.DENIED else _ACTS[modality]


def say_act_word(modality: Modality, polarity: Polarity, words: Words) -> str:
    """The act in a word: `denies`."""
    return words.name("acts", find_act(modality, polarity).value)


def lead_claim(claim: ClaimView, words: Words) -> str:
    """Who says it, then what: `OpenAI accuses: DeepSeek distilled its model from OpenAI`. Plain text."""
    return f"{_find_lead(claim, words).format(who=claim.voice)}{say_claim(claim, words)}"


def lead_by(claim: ClaimView, who: Markup, words: Words) -> Markup:
    """The same words before what is claimed, around a speaker that is marked up already."""
    return Markup(_find_lead(claim, words)).format(who=who)  # noqa: S704 - our own words


def _find_lead(claim: ClaimView, words: Words) -> str:
    form = words.find(f"acts_led.{find_act(claim.modality, claim.polarity).value}")
    several = bool(claim.claimants) and is_several(claim.claimants[-1].party)
    led = form if isinstance(form, str) else form["other" if several else "one"]
    return f"{led}{words.find('acts_led.before')}"
