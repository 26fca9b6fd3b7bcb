"""Who a sentence says gives a figure, or has told another what that one passes on, where the network did not see it."""

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.nlp.document import Sentence, Span, lies_in, shift
from ingest.nlp.finder import Found
from ingest.nlp.lexicon import Lexicon


def credit_tellers(found: Found, sentence: Sentence, lexicon: Lexicon) -> Found:
    """The claim with its origin: of "X said A, but Y puts it at B" Y alone for B, of "X said that Y had told it that …"
    Y behind X, of "A, said X." X where the network sees nobody, or only whom it is about."""
    if giver := _find_giver(found.amount, sentence, lexicon):
        return found if _is_told(giver, found) else replace(found, speakers=(giver,))
    if teller := _find_teller(found.trigger, lexicon.passed, sentence):
        return found if _is_told(teller, found) else replace(found, speakers=(*found.speakers, teller))
    closing = _find_teller(found.trigger, lexicon.closing, sentence)
    if closing is None or lexicon.pronouns.fullmatch(sentence.read(closing)):
        return found
    if not all(_says_nothing(span, found, sentence, lexicon) for span in found.speakers):
        return found
    own = found.subject is not None and closing[0] < found.subject[1] and found.subject[0] < closing[1]
    if own and not found.speakers:
        return found  # what somebody is said to do is not told by him
    return replace(found, speakers=(found.subject if own and found.subject else closing,))


def _says_nothing(speaker: Span, found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether it is whom the claim is about, or where somebody says it: a post, a statement."""
    return speaker == found.subject or bool(lexicon.medium.fullmatch(sentence.read(speaker)))


def _is_told(who: Span, found: Found) -> bool:
    """Whether words are among those of the speakers, or of the parties: nobody is told of himself so."""
    sides = (span for span in (*found.speakers, found.subject) if span)
    return any(who[0] < end and start < who[1] for start, end in sides)


def _find_giver(figure: Span | None, sentence: Sentence, lexicon: Lexicon) -> Span | None:
    """Who puts a figure at so much, in the clause of the figure."""
    if figure is None or not sentence.has(figure):
        return None
    start, end = sentence.locate(figure)
    ahead = lexicon.gives_before.search(sentence.text, 0, start)
    return _place(ahead, sentence) if ahead and lexicon.gives_behind.match(sentence.text, end) else None


def _find_teller(trigger: Span, patterns: Iterable[re.Pattern[str]], sentence: Sentence) -> Span | None:
    """Who says what the words state, by one of the patterns."""
    place = sentence.locate(trigger)
    matches = (match for pattern in patterns for match in pattern.finditer(sentence.text))
    return next((_place(match, sentence) for match in matches if lies_in(place, match.span("said"))), None)


def _place(match: re.Match[str], sentence: Sentence) -> Span:
    return shift(match.span("who"), sentence.span[0])
