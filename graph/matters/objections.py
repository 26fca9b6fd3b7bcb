"""What speaks against a matter, or asks into it, without being a claim of it: stances, and inquiries."""

import re
from collections.abc import Iterable, Iterator, Sequence

from graph.background import Background
from graph.matters.witnesses import find_accused
from graph.records import ArticleId, Claim, ClaimType, Modality, Party, Polarity, Predicate, Quantity, SourceKind
from graph.sums import english, japanese
from graph.sums.numerals import COUNT, PERCENT, PERIODS, POINTS, TIMES, Numeral, is_currency
from graph.utterances import Utterance, sort_utterances

STANCES = (Predicate.DISPUTES, Predicate.DOUBTS)
"""Stances that are held against what somebody says."""

# Characters between a sentence and one that answers it: a quotation mark, or a few words more.
_NEXT = 40
_NEAR_ENOUGH = 0.02
# What stands for a number that is told beside it: "the sum", この数字.
_SUM = re.compile(
    r"(?:the|this|that|these|those|its|his|her|their)(?: [\w'’-]+){0,3} "
    r"(?:sums?|figures?|numbers?|estimates?|amounts?|counts?|totals?)"
    r"|[^、。]{0,12}(?:数字|金額|件数|総額|推計|試算)",
    re.IGNORECASE,
)
# Characters back to the number that "that figure" takes up.
_REACH = 1_000
_RESULTS = (ClaimType.BENCHMARK, ClaimType.CAPABILITY)
# What others can doubt: not whom one sues, nor what one owns or earns oneself.
_DOUBTFUL = (*_RESULTS, ClaimType.ALLEGATION, ClaimType.COMPUTE, ClaimType.COST)
# Where the sentence ends that stands before another, and what may close it; characters within which it begins.
_STOP = re.compile(r"[.!?]\s|[。！？\n]")
_CLOSING = ' \n.!?。！？"”」』'
_SENTENCE = 300
_TAKING = (Predicate.TOOK_TECHNOLOGY_FROM, Predicate.DISTILLED_FROM, Predicate.EXFILTRATED_DATA_FROM)
# An inquiry of which the sentence does not say what it is into: "has opened an inquiry", 調査を始めた.
_BARE_INQUIRY = re.compile(
    r"\b(?:an|the|its|formal|official|preliminary) (?:inquiry|enquiry|investigation|probe)"
    r"(?: into (?:it|the (?:matter|case|affair|claims?|allegations?|accusations?)))?(?=[.,;\"”]|$)"
    r"|(?:^|[はがも、])(?:すでに|既に|正式[なに])?調査(?:を(?:始め|開始し)|に着手し|に乗り出し)",
    re.IGNORECASE,
)
_ELSE = re.compile(r"\b(?:separate(?:ly)?|another|unrelated|different)\b|別[のに]|ほかに|他の", re.IGNORECASE)
_DEED = re.compile(
    r"\b(?:distil|st(?:ole|eal)|theft|copied|copying|misappropriat|exfiltrat)|盗用|盗ん|窃取|蒸留|持ち出|不正(?:に)?取得",
    re.IGNORECASE,
)


def find_objections(told: Sequence[Utterance], stances: Iterable[Utterance]) -> Iterator[tuple[Utterance, Utterance]]:
    """Stances against what the utterances affirm, each with the first of them that it is held against.

    In one article it names their number, or "the sum" after the sentence in which somebody by name gives it last;
    before that sentence only where the one before gives none. Or it names the speaker of what can be doubted: right
    after it, on its benchmark, or where it takes up the last number of its kind. Nobody objects to what one says
    oneself.
    """
    affirmed: dict[ArticleId, list[Utterance]] = {}
    for one in told:
        if one.claim.polarity is Polarity.AFFIRMED and one.claim.predicate not in STANCES:
            affirmed.setdefault(one.article.id, []).append(one)
    for stance in sort_utterances(stances):
        if stance.claim.predicate not in STANCES or stance.claim.polarity is Polarity.DENIED:
            continue
        beside = affirmed.get(stance.article.id, ())
        against = next((one for one in beside if _is_against(stance, one.claim)), None)
        if against is not None:
            yield stance, against


def is_to_size(stance: Utterance, against: Utterance) -> bool:
    """Whether it objects to how much somebody is accused of, and not to the accusation."""
    thing = stance.claim.object
    if thing is None or against.claim.type is not ClaimType.ALLEGATION:
        return False
    return bool(_SUM.fullmatch(thing.name) or read_numbers(thing.name, stance.claim.lang))


def find_inquiry(
    told: Sequence[Utterance], inquiries: Iterable[Utterance], background: Background
) -> tuple[Utterance, Utterance] | None:
    """The first inquiry into the accused that is about the accusation, and the utterance that tells so."""
    accusing = [one for one in told if one.claim.type is ClaimType.ALLEGATION or one.claim.modality is Modality.ALLEGED]
    for inquiry in sort_utterances(inquiries) if accusing else ():
        if inquiry.claim.predicate is not Predicate.INVESTIGATES or inquiry.claim.polarity is Polarity.DENIED:
            continue
        if inquiry.claim.modality is Modality.PREDICTED:
            continue
        for one in accusing:
            if _is_target(inquiry.claim, one.claim, background) and _is_about(inquiry.claim, one, background):
                return inquiry, one
    return None


def read_numbers(words: str, lang: str) -> list[float]:
    """The numbers that words give."""
    if not any(char.isdigit() for char in words):
        return []
    reader = japanese if lang == "ja" else english
    return [numeral.value for numeral in reader.find_numerals(words)]


def is_among(amount: Quantity, numbers: Iterable[float]) -> bool:
    """Whether one of the numbers is the amount, as near as it is told."""
    return any(abs(number - amount.value) <= _NEAR_ENOUGH * abs(amount.value) for number in numbers)


def _is_against(one: Utterance, claim: Claim) -> bool:
    stance = one.claim
    if stance.object is None or _is_one(stance.subject, _speaker(claim)):
        return False
    numbers = read_numbers(stance.object.name, stance.lang)
    if numbers:
        return claim.quantity is not None and is_among(claim.quantity, numbers)
    speaker = _speaker(claim)
    follows = claim.span == stance.span or 0 <= stance.span[0] - claim.span[1] <= _NEXT
    if stance.predicate is Predicate.DISPUTES and claim.quantity and speaker and speaker.entity:
        precedes = 0 <= claim.span[0] - stance.span[1] <= _NEXT and not _follows_number(one)
        if _SUM.fullmatch(stance.object.name) and (precedes or (follows and _is_last(claim.quantity, claim))):
            return True
    if not _can_be_doubted(claim):
        return False
    benchmark = stance.benchmark is not None and stance.benchmark in (claim.benchmark, claim.object)
    if _is_one(stance.object, speaker):
        return follows or benchmark or _takes_up_number(one, claim)
    return claim.type in _RESULTS and _is_one(stance.object, claim.subject) and _takes_up_number(one, claim)


def _can_be_doubted(claim: Claim) -> bool:
    return claim.type in _DOUBTFUL or (claim.type is ClaimType.MARKET and not _is_one(claim.subject, _speaker(claim)))


def _takes_up_number(one: Utterance, claim: Claim) -> bool:
    """Whether the stance's sentence speaks of "that number", and the claim gives the last one before it."""
    amount, apart = claim.quantity, one.claim.span[0] - claim.span[1]
    if amount is None or not 0 <= apart <= _REACH or not _SUM.search(one.claim.text) or not _is_last(amount, claim):
        return False
    between = one.article.text[claim.span[1] : one.claim.span[0]]
    return all(_find_kind(other.unit) != _find_kind(amount.unit) for other in _find_counts(between, claim.lang))


def _find_kind(unit: str) -> str:
    """A share, a sum of money, so many times, or a count."""
    unit = unit.partition("/")[0]
    if unit in (PERCENT, POINTS, "pp"):
        return PERCENT
    if is_currency(unit):
        return "money"
    return TIMES if unit == TIMES else COUNT


def _follows_number(one: Utterance) -> bool:
    """Whether the sentence before it gives a number."""
    start = one.claim.span[0]
    before = one.article.text[max(0, start - _SENTENCE) : start].rstrip(_CLOSING)
    return any(char.isdigit() for char in _STOP.split(before)[-1])


def _is_last(amount: Quantity, claim: Claim) -> bool:
    """Whether no other number follows it in its sentence."""
    found = [one.value for one in _find_counts(claim.text, claim.lang)]
    return not is_among(amount, found) or is_among(amount, found[-1:])


def _find_counts(words: str, lang: str) -> list[Numeral]:
    """The numbers in figures that words give; so many months are none."""
    reader = japanese if lang == "ja" else english
    return [one for one in reader.find_numerals(words) if not one.spelled and one.unit not in PERIODS]


def _speaker(claim: Claim) -> Party | None:
    return claim.origin.party if claim.origin else None


def _is_one(one: Party, other: Party | None) -> bool:
    return other is not None and (one.entity or one.name) == (other.entity or other.name)


def _is_about(inquiry: Claim, told: Utterance, background: Background) -> bool:
    """Whether the inquiry's sentence holds the accusation, or names the deed and the one wronged, in one article; or
    the one who inquires passes the accusation on there, or an authority's page does; or the headline accuses, and
    the sentence of the inquiry names nothing else that it would be into."""
    accusation = told.claim
    if inquiry.article_id != accusation.article_id:
        return False
    if inquiry.span[0] < accusation.span[1] and accusation.span[0] < inquiry.span[1]:
        return True
    if any(_is_one(inquiry.subject, claimant.party) for claimant in accusation.claimants):
        return True
    if told.article.source.kind is SourceKind.GOVERNMENT:
        return True
    if accusation.span[0] == 0 and _BARE_INQUIRY.search(inquiry.text) and not _ELSE.search(inquiry.text):
        return True
    victim = accusation.object
    if accusation.predicate not in _TAKING or victim is None or not _DEED.search(inquiry.text):
        return False
    names = {victim.name, *(background.find_name(victim.entity, lang) for lang in ("en", "ja") if victim.entity)}
    return any(name in inquiry.text for name in names)


def _is_target(inquiry: Claim, accusation: Claim, background: Background) -> bool:
    target = inquiry.object
    if not target:
        return False
    return target.name == accusation.subject.name or target.entity in find_accused(accusation, background)
