"""Where our own words for denial, question and doubt overrule what a model made of a sentence, towards the weaker."""

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.records import ClaimType, Modality
from ingest.nlp.document import Span
from ingest.nlp.finder import Found
from ingest.nlp.firmness import find_reach
from ingest.nlp.lexicon import DENIED, Lexicon
from ingest.nlp.policy import find_type, weaker

# A question, or a part of a sentence that leaves open what it says.
_ASKS = re.compile(r"[?？]|か[。」』]?\s*$")
_OPEN = re.compile(r"\b(?:whether|unclear if|asked if|no word on)\b|かどうか|か否か", re.IGNORECASE)


def overrule(found: Found, text: str, sentence: Span, lexicon: Lexicon) -> Found | str:
    """The claim as its sentence allows it, or why it may not stand: `overruled`, `accuses_nobody`.

    An accusation that the sentence denies is that denial, told by nobody; any other claim that its own words deny goes.
    """
    words = text[slice(*sentence)]
    accuses = find_type(found.predicate, None) is ClaimType.ALLEGATION
    if accuses and not found.denied and not lexicon.accuses.search(words):
        return "accuses_nobody"
    reaches = [find_reach(place, words, sentence[0], lexicon) for place in _iter_places(found, sentence)]
    if not found.denied:
        denial = lexicon.weakens[DENIED]
        if any(denial.search(reach) for reach in reaches):
            if not accuses:
                return "overruled"
            found = replace(found, denied=True, speakers=())
        elif accuses and denial.search(words) and not _is_parted(found, words, sentence[0], lexicon):
            return "overruled"
    modality = found.modality
    for name, doubt in lexicon.weakens.items():
        if name != DENIED and any(doubt.search(reach) for reach in reaches):
            modality = weaker(modality, Modality(name))
    behind = text[found.trigger[1] : sentence[1]]
    # Before the stating words alone: an inquiry into whether somebody did it is an inquiry.
    if _ASKS.search(behind) or _OPEN.search(reaches[0]):
        modality = weaker(modality, Modality.QUESTIONED)
    return replace(found, modality=modality)


def _iter_places(found: Found, sentence: Span) -> Iterator[Span]:
    """Where parts of the claim stand: a model that names another word as the stating one gains nothing."""
    for place in (found.trigger, found.object, found.amount):
        if place and sentence[0] <= place[0] < sentence[1]:
            yield place


def _is_parted(found: Found, words: str, offset: int, lexicon: Lexicon) -> bool:
    """Whether the denial is another voice's: on the far side of the accusation, which has a speaker of its own."""
    at = found.trigger[0] - offset
    near = words[:at] if lexicon.leads else words[at:]
    other = [span for span in found.speakers if span != found.subject]
    return bool(other) and not lexicon.weakens[DENIED].search(near)
