"""How firmly a sentence puts a claim: what the network reads, never firmer than the words around it allow."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from graph.policy import Bounds, find_type, weaker
from graph.records import Claim, ClaimType, CueKind, Modality, Polarity, Predicate
from ingest.nlp.denials import find_undenied, find_unsaid, is_given_up, is_sold, is_untrue
from ingest.nlp.document import Sentence, Span, shift
from ingest.nlp.finder import Found
from ingest.nlp.languages import Language
from ingest.nlp.lexicon import DENIED, Lexicon

# What weakens a claim stands in its clause, and not far from the words that state it.
_CLAUSE = re.compile(r"[;:—–。]|, (?:but|and|while|which|who)\b|\b(?:but|while|although|though)\b|が、")
# Another statement of who speaks begins.
_NEXT = re.compile(r"\band that (?:it|he|she|they|the \w+)\b")
_REACH = 60
_DIGIT = re.compile(r"\d")
# So near the words that state an agreement stands that it is over.
_NEAR = 12
# Of these it shows in the sentence that nothing came of it.
_PLANS = frozenset({ClaimType.RELEASE, ClaimType.DEAL, ClaimType.PEOPLE})
_DEEDS = frozenset({ClaimType.RELEASE, ClaimType.DEAL, ClaimType.PEOPLE, ClaimType.COMPUTE, ClaimType.LEGAL})
# What is allowed is not restricted.
_FORBIDDING = frozenset({Predicate.RESTRICTS, Predicate.BANNED})
# A figure of these may be what somebody expected, beside the one that came.
_FIGURES = frozenset({Predicate.EARNED, Predicate.COSTS, Predicate.VALUED_AT, Predicate.HAS_USERS})
# Deeds that are done once: whoever "releases" or "joins" will, where the form of the word is no past.
_ONCE = frozenset(
    {
        Predicate.RELEASED,
        Predicate.ANNOUNCED,
        Predicate.UPDATED,
        Predicate.OPEN_SOURCED,
        Predicate.WITHDREW,
        Predicate.ACQUIRED,
        Predicate.JOINED,
        Predicate.LEFT,
    }
)
# What does not beat another is no less told of than what was not done, nor who does not dispute.
_WEIGHED = frozenset(
    {Predicate.OUTPERFORMS, Predicate.MATCHES, Predicate.UNDERPERFORMS, Predicate.LEADS}
    | {Predicate.DISPUTES, Predicate.SUPPORTS}
)
# Put in so many words that a "not" beside one of them denies nothing.
_OPINIONS = frozenset({ClaimType.STANCE, ClaimType.ALLEGATION})


@dataclass(frozen=True, slots=True)
class Firmness:
    """Modality and polarity, with the words that show them."""

    modality: Modality
    polarity: Polarity
    cues: tuple[tuple[CueKind, Span], ...]


def read_firmness(found: Found, sentence: Sentence, lexicon: Lexicon) -> Firmness:
    """The network's reading, or what the words around the stating ones leave of it where that is less.

    Words of denial in the clause overrule it for accusations, and what the sentence says of a claim as a whole for any:
    "reports that … were wrong". Anything else but an opinion is denied by what stands right before (in Japanese, and
    there deeds alone, right behind) the words that state it or by its other side ("no chips"), an agreement or a
    release by what says that nothing came of it; of two sides or figures the one that is set apart: "sued A, not B".
    What somebody does not deny is not denied, and hearsay at most; what somebody does not say is left open; who does
    not tell the price of a deed has done it.
    """
    reach = find_reach(found.trigger, sentence.text, sentence.span[0], lexicon)
    modality = weaker(found.modality, find_firmest(reach, lexicon))
    if _is_foretold(found, sentence, lexicon) or _is_to_come(found, sentence, lexicon):
        modality = weaker(modality, Modality.PREDICTED)
    kind = find_type(found.predicate, None)
    undenied = find_undenied(found.trigger, sentence, lexicon)
    if undenied:
        modality = weaker(modality, Modality.ALLEGED if kind is ClaimType.ALLEGATION else Modality.REPORTED)
    unsaid = find_unsaid(found.trigger, sentence, lexicon)
    if unsaid:
        modality = Modality.QUESTIONED
    beyond = _is_beyond(found, sentence, lexicon)
    denied = not (undenied or unsaid) and (
        (
            found.denied
            and not beyond
            and not lexicon.undisclosed.match(sentence.text, found.trigger[1] - sentence.span[0])
            and not _is_apposed(found, sentence, lexicon)
            and not _is_of_the_next(found, sentence, lexicon)
        )
        or (kind is ClaimType.ALLEGATION and bool(lexicon.weakens[DENIED].search(reach)))
        or (not beyond and _may_be_undone(found.predicate, kind, lexicon) and _is_undone(found, sentence, lexicon))
        or (kind is ClaimType.DEAL and _is_over(found.trigger, sentence, lexicon))
        or (kind is not ClaimType.STANCE and is_untrue(found, sentence, lexicon))
        or (kind in _PLANS and is_given_up(found, sentence, lexicon))
        or (found.predicate is Predicate.OWNS and is_sold(found, sentence, lexicon))
        or _is_set_apart(found, sentence, lexicon)
    )
    cues = list(found.cues)
    named = {kind for kind, _ in cues}
    if modality is not Modality.ASSERTED and CueKind.MODALITY not in named:
        cues += _find_cue(CueKind.MODALITY, modality, found, sentence, lexicon)
    if denied and CueKind.POLARITY not in named:
        cues += _find_cue(CueKind.POLARITY, DENIED, found, sentence, lexicon)
    return Firmness(modality, Polarity.DENIED if denied else Polarity.AFFIRMED, tuple(cues))


def drop_estimators(found: Found, sentence: Sentence, lexicon: Lexicon) -> Found:
    """The claim without those who have only gathered what others expected, where its figure is the one that came."""
    if found.predicate not in _FIGURES or _is_foretold(found, sentence, lexicon):
        return found
    start = sentence.span[0]
    kept = [
        span
        for span in found.speakers
        if span[0] < start or not lexicon.estimated.search(sentence.text[: span[0] - start])
    ]
    return found if len(kept) == len(found.speakers) else replace(found, speakers=tuple(kept))


def _is_foretold(found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a figure is what somebody expected: "more than the $11 billion that analysts had forecast"."""
    if found.amount is None or found.predicate not in _FIGURES:
        return False
    start, end = sentence.locate(found.amount)
    before, behind = sentence.text[max(0, start - _REACH) : start], sentence.text[end : end + _REACH]
    return bool(lexicon.foretold_before.search(before) or lexicon.foretold_behind.search(behind))


def _is_to_come(found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether the words that state a deed say that it is yet to be done: 「12月に公表する。」"""
    behind = found.trigger[1] - sentence.span[0]
    return found.predicate in _ONCE and bool(lexicon.to_come.match(sentence.text, behind))


def _may_be_undone(predicate: Predicate, kind: ClaimType, lexicon: Lexicon) -> bool:
    """Whether negated words that state it deny it; "not impressed" is unkind still, and "cannot" is stated so."""
    if lexicon.leads and kind not in _OPINIONS and predicate is not Predicate.CANNOT:
        return True
    return kind in _DEEDS or predicate in _WEIGHED


def _is_undone(found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether the stating words are negated; what is not restricted is allowed, and the other way round."""
    start, end = sentence.locate(found.trigger)
    permits = lexicon.permits.finditer(sentence.text) if found.predicate in _FORBIDDING else ()
    allowed = next((words for words in permits if words.start() <= end and start <= words.end()), None)
    if allowed:
        negated = _is_negated(shift(allowed.span(), sentence.span[0]), sentence, lexicon)
        return not negated and not lexicon.until.search(sentence.text)
    if found.predicate is Predicate.UNDERPERFORMS and not (
        lexicon.leads or lexicon.below.search(sentence.text, start - 1, end + 1)
    ):
        return False  # "does not reach" says so itself
    # In Japanese another deed may be what was not done: 調査を終了していない.
    legal = find_type(found.predicate, None) is ClaimType.LEGAL
    return (lexicon.leads or not legal) and _is_negated(found.trigger, sentence, lexicon)


def _is_negated(trigger: Span, sentence: Sentence, lexicon: Lexicon) -> bool:
    start, end = sentence.locate(trigger)
    before, behind = _CLAUSE.split(sentence.text[:start])[-1], _CLAUSE.split(sentence.text[end:])[0]
    negated = (
        lexicon.negates.search(before)
        if lexicon.leads
        else lexicon.negates.match(sentence.text, end, end + len(behind))
    )
    return bool(negated) and not lexicon.until.search(sentence.text)


def _is_beyond(found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether its figure stands in a clause behind that of the negated deed, which has one of its own: "did not earn
    $1 billion; it earned $640 million"."""
    if not (lexicon.leads and found.amount and sentence.has(found.amount)):
        return False
    first, *others = _CLAUSE.split(sentence.text[sentence.locate(found.trigger)[1] : sentence.locate(found.amount)[0]])
    return bool(others and _DIGIT.search(first)) and _is_negated(found.trigger, sentence, lexicon)


def _is_apposed(found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether the claim is told in passing, between commas behind its subject, and what is denied comes after: "Vela,
    its largest investor, was not asked"."""
    if not (lexicon.leads and found.subject and sentence.has(found.subject)):
        return False
    behind, (start, end) = sentence.locate(found.subject)[1], sentence.locate(found.trigger)
    first, last = sentence.text.rfind(",", 0, start), sentence.text.find(",", end)
    return first == behind and last > 0 and not lexicon.firmness[DENIED].search(sentence.text, first, last)


def _is_of_the_next(found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether all that denies stands behind the deed, in a statement of its own: "the inquiry that it had opened
    goes on and that it could not say for how long"."""
    if not lexicon.leads:
        return False
    end = sentence.locate(found.trigger)[1]
    first = lexicon.firmness[DENIED].search(sentence.text)
    return first is not None and first.start() > end and bool(_NEXT.search(sentence.text, end, first.start()))


def _is_over(trigger: Span, sentence: Sentence, lexicon: Lexicon) -> bool:
    start, end = sentence.locate(trigger)
    return not lexicon.stands.search(sentence.text) and any(
        match.start() - _NEAR <= end and start <= match.end() + _NEAR for match in lexicon.ends.finditer(sentence.text)
    )


def _is_set_apart(found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a side or the amount is what it was not, 82 of 「82%ではなく38%」, or a figure taken back."""
    who = found.subject
    if who and lexicon.relative.match(sentence.text, who[1] - sentence.span[0]):
        who = None  # "neither A nor B, who left C, spoke": B left
    sides = (who, found.object, found.amount)
    if any(_is_between(span, lexicon.not_before, lexicon.not_behind, sentence) for span in sides):
        return True
    if (
        found.object
        and sentence.has(found.object)
        and lexicon.none.match(sentence.text, sentence.locate(found.object)[0])
    ):
        return True
    if found.predicate is Predicate.WITHDREW or find_type(found.predicate, None) is ClaimType.LEGAL:
        return False  # what is withdrawn, and a claim of damages that one sued for
    return _is_between(found.amount, lexicon.back_before, lexicon.back_behind, sentence)


def _is_between(span: Span | None, before: re.Pattern[str], behind: re.Pattern[str], sentence: Sentence) -> bool:
    """Whether such words stand right before a span of the sentence, or right behind it."""
    if span is None or not sentence.has(span):
        return False
    start, end = sentence.locate(span)
    return bool(before.search(sentence.text[:start]) or behind.match(sentence.text, end))


def find_bounds(claim: Claim, languages: Mapping[str, Language]) -> Bounds:
    """What its sentence leaves of a claim, by the words around those that state it; no bounds where none do."""
    trigger = next((cue.span for cue in claim.cues if cue.kind is CueKind.TRIGGER), None)
    if trigger is None or claim.lang not in languages:
        return Bounds()
    lexicon = languages[claim.lang].lexicon
    reach = find_reach(trigger, claim.text, claim.span[0], lexicon)
    denied = claim.type is ClaimType.ALLEGATION and bool(lexicon.weakens[DENIED].search(reach))
    return Bounds(find_firmest(reach, lexicon), denied)


def find_firmest(reach: str, lexicon: Lexicon) -> Modality:
    """The firmest that words around the stating ones leave of a claim."""
    near = (Modality(name) for name, words in lexicon.weakens.items() if name != DENIED and words.search(reach))
    return reduce(weaker, near, Modality.ASSERTED)


def find_reach(place: Span, sentence: str, offset: int, lexicon: Lexicon) -> str:
    """The words of the clause on that side of the stating words where what weakens them stands.

    offset  where the sentence begins in the text
    """
    start, end = place[0] - offset, place[1] - offset
    if lexicon.leads:
        before = _CLAUSE.split(sentence[:start])[-1]
        return f"{before}{sentence[start:end]}"[-_REACH:]
    return _CLAUSE.split(sentence[start:])[0][:_REACH]


def _find_cue(
    kind: CueKind, what: str, found: Found, sentence: Sentence, lexicon: Lexicon
) -> Iterator[tuple[CueKind, Span]]:
    """The cue of a kind that stands nearest to the words that state the claim."""
    spans = [shift(match.span(), sentence.span[0]) for match in lexicon.firmness[what].finditer(sentence.text)]
    if spans:
        yield kind, min(spans, key=lambda span: abs(span[0] - found.trigger[0]))
