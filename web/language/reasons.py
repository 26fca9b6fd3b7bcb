"""Why a story stands where it stands, in words: the terms of its score."""

from graph.editions.ranking import Reasons
from graph.editions.views import RankedView
from graph.grades import Grade
from graph.records import Status
from web.language.formatting import format_number
from web.language.wording import Words


def list_reasons(ranked: RankedView, words: Words) -> list[str]:
    """Each term that counts, then what all are multiplied with: `2 new voices`. Plain text."""
    terms = [str(text) for text in _list_terms(ranked.reasons, words)]
    if ranked.weight != 1:
        kind = words.name("types", ranked.matter.type.value)
        terms.append(str(words.say("today.weight", kind=kind, n=format_number(ranked.weight, words))))
    if ranked.reasons.past:
        terms.append(str(words.find("today.past")))
    if ranked.reasons.grade is Grade.FAIR:
        terms.append(str(words.find("today.fair")))
    return terms


def _list_terms(reasons: Reasons, words: Words) -> list[object]:
    found: list[object] = []
    if reasons.step and reasons.step is not Status.REPORTED:
        found.append(words.say("today.step", status=words.name("statuses", reasons.step.value)))
    if reasons.first:
        found.append(words.find("today.first"))
    if reasons.voices:
        found.append(words.say("today.voices", n=reasons.voices))
    if reasons.contradiction:
        found.append(words.find("today.contradicts"))
    if reasons.stake:
        found.append(words.find("today.rival"))
    if reasons.sources > 1:
        found.append(words.say("today.told_by", n=reasons.sources))
    if len(reasons.languages) > 1:
        found.append(words.find("today.both"))
    return found
