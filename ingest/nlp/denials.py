"""What a sentence says to be untrue, given up or only supposed, and who in it does not say so."""

import re
from dataclasses import replace
from functools import lru_cache

from graph.records import Predicate
from ingest.nlp.document import Sentence, Span, lies_in, shift
from ingest.nlp.finder import Found
from ingest.nlp.lexicon import DENIED, Lexicon

# What people are is told beside what is untrue: "its chief, X, denied reports that …".
_STANDING = frozenset({Predicate.LEADS, Predicate.WORKS_FOR, Predicate.FOUNDED})
# So near before what says that a deed was given up stands that it was not.
_BEFORE = 30
# Between the words for a sale and of what: "its stake in the chipmaker Vela".
_UP_TO = re.compile(r"(?:(?!and\b)[\w’'-]+ ){0,3}")


def is_untrue(found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether the sentence says that a claim is untrue: "reports that X bought Y were wrong"."""
    if lexicon.asks.search(sentence.text):
        return False
    for match in _find_matches(lexicon.untrue, sentence.text):
        if found.amount and _holds(match, "figure", found.amount, sentence):
            return True
        if found.predicate in _STANDING or not _tells(match, found, sentence):
            continue
        if not lexicon.negated.search(match["said"]) and not _is_aside(match, found, sentence, lexicon):
            return True
    return False


def is_given_up(found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether the sentence says that nothing came of it: "shelved its plan to buy Y"."""
    return not lexicon.asks.search(sentence.text) and any(
        _holds(match, "said", found.trigger, sentence) and not _is_negated(match, lexicon)
        for match in _find_matches(lexicon.undone, sentence.text)
    )


def is_sold(found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether the sentence says that the subject parts with what it has of the object: "sold its stake in Y"."""
    if not (found.subject and found.object):
        return False
    start = sentence.span[0]
    return any(
        found.subject[0] - start < match.start()
        and _UP_TO.fullmatch(sentence.text, match.end(), max(match.end(), found.object[0] - start))
        and not _is_negated(match, lexicon)
        for match in _find_matches((lexicon.sold,), sentence.text)
    )


def _is_negated(match: re.Match[str], lexicon: Lexicon) -> bool:
    return bool(lexicon.weakens[DENIED].search(match.string[max(0, match.start() - _BEFORE) : match.start()]))


def is_cleared(side: Span, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether the sentence says that a court clears somebody: "found that Y did not copy it"."""
    return any(_holds(match, "said", side, sentence) for match in _find_matches(lexicon.cleared, sentence.text))


def is_supposed(found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether the sentence only supposes it: "had X bought Y, it would be larger"."""
    return any(
        _holds(match, "said", found.trigger, sentence) for match in _find_matches(lexicon.supposed, sentence.text)
    )


def find_undenied(trigger: Span, sentence: Sentence, lexicon: Lexicon) -> Span | None:
    """Where the sentence says that somebody does not deny what the words state: "did not deny that it had bought Y"."""
    start, end = sentence.locate(trigger)
    for match in _find_matches((lexicon.undenied,), sentence.text):
        if match.end() <= start if lexicon.leads else end <= match.start():
            return match.span()
    return None


def find_unsaid(trigger: Span, sentence: Sentence, lexicon: Lexicon) -> Span | None:
    """Where the sentence says that somebody does not say, or confirm, what the words state: "has not said whether it
    bought Y"."""
    return next(
        (
            match.span()
            for match in _find_matches((lexicon.unsaid,), sentence.text)
            if _holds(match, "said", trigger, sentence)
        ),
        None,
    )


def is_untold(found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether what the network takes for a denial says that somebody does not tell: "did not disclose the price"."""
    if not found.denied:
        return False
    start, end = sentence.locate(found.trigger)
    return any(match.start() < end and start < match.end() for match in lexicon.untold.finditer(sentence.text))


def drop_authors(found: Found, sentence: Sentence, lexicon: Lexicon) -> Found:
    """The claim without the speakers that only said what the sentence says to be untrue: whoever denies it stays, and
    is its speaker where it has none.

    Nor does it have those who only do not deny it, or do not say it.
    """
    untold = find_undenied(found.trigger, sentence, lexicon) or find_unsaid(found.trigger, sentence, lexicon)
    kept = [
        span
        for span in found.speakers
        if not _is_refuted(span, found, sentence, lexicon)
        and not (untold and sentence.span[0] <= span[0] and span[1] <= sentence.span[0] + untold[1])
    ]
    denier = None if kept else _find_denier(found, sentence, lexicon)
    return replace(found, speakers=(denier,) if denier else tuple(kept))


def drop_objectors(found: Found, sentence: Sentence, lexicon: Lexicon) -> Found:
    """The accusation without who, told behind it, only rejects it: "Y is accused of it; the firm calls it baseless"."""
    kept = tuple(
        span
        for span in found.speakers
        if not (sentence.has(span) and span[0] >= found.trigger[1])
        or not lexicon.objects.match(sentence.text, sentence.locate(span)[1])
    )
    return found if kept == found.speakers else replace(found, speakers=kept)


def _find_denier(found: Found, sentence: Sentence, lexicon: Lexicon) -> Span | None:
    """Who says that a claim is untrue: Vela of "Vela denied that …"."""
    for match in _find_matches(lexicon.untrue, sentence.text):
        if match["denier"] and found.predicate not in _STANDING and _tells(match, found, sentence):
            return shift(match.span("denier"), sentence.span[0])
    return None


def _is_refuted(speaker: Span, found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a speaker stands in what tells that it is untrue, not in the claim itself."""
    return any(
        lies_in(sentence.locate(speaker), match.span())
        and not any(_holds(match, group, speaker, sentence) for group in ("said", "denier"))
        for match in _find_matches(lexicon.untrue, sentence.text)
        if not match["said"] or _tells(match, found, sentence)
    )


def _tells(match: re.Match[str], found: Found, sentence: Sentence) -> bool:
    return any(_holds(match, group, found.trigger, sentence) for group in ("said", "verdict"))


def _is_aside(match: re.Match[str], found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether what is said to be untrue only mentions a claim: "reports that it overpaid when it bought Y"."""
    if not _holds(match, "said", found.trigger, sentence):
        return False
    start, end = sentence.locate(found.trigger)
    if lexicon.leads:
        return bool(lexicon.aside.search(sentence.text[match.start("said") : start]))
    return bool(lexicon.aside.search(sentence.text[end - 1 : match.end("said")]))


@lru_cache(maxsize=256)
def _find_matches(patterns: tuple[re.Pattern[str], ...], text: str) -> tuple[re.Match[str], ...]:
    """The places of a sentence; its claims ask one after the other, so that it is searched once."""
    return tuple(match for pattern in patterns for match in pattern.finditer(text))


def _holds(match: re.Match[str], group: str, span: Span, sentence: Sentence) -> bool:
    return match[group] is not None and lies_in(sentence.locate(span), match.span(group))
