"""What the function words of a clause and its adverbs say: negation, guess, question, condition."""

import re
from collections.abc import Iterator

from graph.records import CueKind
from ingest.nlp.ja.acts import ACTS, Act
from ingest.nlp.ja.links import Link, is_alternative, iter_steps
from ingest.nlp.ja.phrases import Clauses, Phrase
from ingest.nlp.ja.standing import Standing, Unusable

_TAIL_ACTS = (Act.GUESSES, Act.PREDICTS, Act.ASKS)
# …するには, …するに(至る): not done yet.
_UNDONE = re.compile(r"[うくぐすつぬぶむる]に(?:は|も)?$")
# A question to the audience (…と思いますか) states nothing.
_TO_AUDIENCE = re.compile(r"(?:ます|ません|でしょう|です)か$")


def read_tail(standing: Standing, phrase: Phrase, clauses: Clauses, *, own: bool) -> None:
    """What the function words of a clause say; negation counts for the clause itself only."""
    tail = phrase.tail
    if ACTS.tails["drop"].search(tail) or ACTS.tails["blurred"].search(phrase.core + tail):
        raise Unusable
    if own and phrase.verbal and _UNDONE.search(phrase.text.rstrip("、。 ")):
        raise Unusable
    if phrase.core in ("思う", "考える", "感じる") and _TO_AUDIENCE.search(tail):
        raise Unusable
    hollow = ACTS.tails["hollow"].search(tail)
    if own and ACTS.tails["negative"].search(tail) and not hollow and not _only_little(phrase, clauses):
        standing.denied = True
        standing.note(CueKind.POLARITY, phrase)
    for act in _TAIL_ACTS:
        asks = act is Act.ASKS
        if asks and (_is_soft(tail) or is_alternative(phrase, clauses.governor(phrase))):
            continue
        if ACTS.tails[act].search(tail):
            standing.weaken(act, phrase)
    if tail.endswith("という") and clauses.governor(phrase) is None:
        standing.hearsay = True
        standing.note(CueKind.MODALITY, phrase)
    if clauses.sentence.text.rstrip("」』）) 　").endswith(("?", "？")) and clauses.governor(phrase) is None:
        standing.weaken(Act.ASKS, phrase)


def is_negated(phrase: Phrase) -> bool:
    return bool(ACTS.tails["negative"].search(phrase.tail)) and not ACTS.tails["hollow"].search(phrase.tail)


def _is_soft(tail: str) -> bool:
    return "ないか" in tail


def _only_little(phrase: Phrase, clauses: Clauses) -> bool:
    """しか…ない says "only", not "no"."""
    return any("しか" in child.tail for child in clauses.children(phrase.number))


def read_adverbs(standing: Standing, clauses: Clauses, clause: Phrase) -> None:
    opening = clauses.phrases[0]
    if ACTS.adverbs["belies"].search(clauses.sentence.text):
        raise Unusable
    if ACTS.adverbs[Act.GUESSES].match(opening.text):
        standing.weaken(Act.GUESSES, opening)
    for child in _iter_within(clauses, clause):
        owned = any(below.case == "の" for below in clauses.children(child.number))
        for act in (Act.GUESSES, Act.REPORTED, Act.ACCUSES):
            if act is Act.REPORTED and owned:
                continue
            if ACTS.adverbs[act].match(child.text):
                standing.weaken(act, child)
        if ACTS.adverbs["conditions"].match(child.text):
            standing.weaken(Act.GUESSES, child)
    for child in clauses.children(clause.number):
        if child.verbal and next(iter_steps(clauses, child)).link is Link.CONDITION and not _has_come(child, clause):
            standing.weaken(Act.GUESSES, child)


def _has_come(condition: Phrase, clause: Phrase) -> bool:
    """Whether a condition was met or only leads in (尋ねると、|拒んだ, 正直に言えば, …に限れば)."""
    if condition.core in ("言う", "いう", "限る", "比べる", "比較", "すると", "見る", "みる", "挙げる"):
        return True
    return condition.tail.endswith("と") and bool(re.search(r"(?:た|だ|ました)$", clause.tail))


def _iter_within(clauses: Clauses, clause: Phrase) -> Iterator[Phrase]:
    """The phrases of the clause itself, without those of clauses inside or before it."""
    yield clause
    for child in clauses.children(clause.number):
        if not child.verbal:
            yield from _iter_within(clauses, child)
