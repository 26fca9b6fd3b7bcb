"""Where our own words for denial, question and doubt overrule what a model made of a sentence, towards the weaker."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from graph.policy import find_type, weaker
from graph.records import ClaimType, Modality, Predicate
from ingest.nlp.document import Span
from ingest.nlp.finder import Found
from ingest.nlp.firmness import find_firmest, find_reach
from ingest.nlp.lexicon import DENIED, Lexicon

# A question, or a part of a sentence that leaves open what it says.
_ASKS = re.compile(r"[?？]|か[。」』]?\s*$")
_OPEN = re.compile(r"\b(?:whether|unclear if|asked if|no word on)\b|かどうか|か否か", re.IGNORECASE)
# Acts that are done by such words, and what is not so by itself: they deny nothing where they state it.
_REFUSES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refut(?:es?|ed|ing)|false(?:ly)?|baseless|unfounded|not true|"
    r"no evidence)\b|否定|反論|否認|事実無根|事実では|根拠[はが]ない",
    re.IGNORECASE,
)
_LACKS = re.compile(".+", re.DOTALL)
_BY_DENYING = {
    **dict.fromkeys((Predicate.DISPUTES, Predicate.DOUBTS, Predicate.CRITICIZES), _REFUSES),
    **dict.fromkeys((Predicate.RULED_FOR, Predicate.RULED_AGAINST, Predicate.RESTRICTS, Predicate.BANNED), _REFUSES),
    **dict.fromkeys((Predicate.CANNOT, Predicate.CENSORS, Predicate.UNDERPERFORMS), _LACKS),
}
# What is said against somebody is not what is denied: 「2割に満たない」と反論した.
_COUNTERS = re.compile("と反論")


def overrule(found: Found, text: str, sentence: Span, lexicon: Lexicon) -> Found | str:
    """The claim as its sentence allows it, or why it may not stand: `overruled`, `accuses_nobody`.

    An accusation that the sentence denies is that denial, told by nobody; any other claim that its own words deny goes.
    """
    words = text[slice(*sentence)]
    accuses = find_type(found.predicate, None) is ClaimType.ALLEGATION
    if accuses and not found.denied and not lexicon.accuses.search(words):
        return "accuses_nobody"
    places = list(_iter_places(found, sentence))
    if not found.denied:
        denial, left = lexicon.weakens[DENIED], _leave_out(found, words, sentence[0], accuses=accuses)
        if any(denial.search(find_reach(place, left, sentence[0], lexicon)) for place in places):
            if not accuses:
                return "overruled"
            found = replace(found, denied=True, speakers=())
        elif accuses and denial.search(words) and not _is_parted(found, words, sentence[0], lexicon):
            return "overruled"
    reaches = [find_reach(place, words, sentence[0], lexicon) for place in places]
    modality = reduce(weaker, (find_firmest(reach, lexicon) for reach in reaches), found.modality)
    behind = text[found.trigger[1] : sentence[1]]
    # Before the stating words alone: an inquiry into whether somebody did it is an inquiry.
    if _ASKS.search(behind) or _OPEN.search(reaches[0]):
        modality = weaker(modality, Modality.QUESTIONED)
    return replace(found, modality=modality)


def _leave_out(found: Found, words: str, offset: int, *, accuses: bool) -> str:
    """The sentence with blanks for words of denial by which the claim itself is stated, and that deny nothing of it."""
    start, end = found.trigger[0] - offset, found.trigger[1] - offset
    if own := _BY_DENYING.get(found.predicate):
        words = words[:start] + own.sub(_blank, words[start:end]) + words[end:]
    return words if accuses else _COUNTERS.sub(_blank, words)


def _blank(match: re.Match[str]) -> str:
    return "　" * len(match[0])


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
