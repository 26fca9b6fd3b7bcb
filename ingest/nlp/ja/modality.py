"""How firmly a clause stands: its own endings, what it is embedded in, and who answers for it.

Of several cues the order of claims.md decides: predicted, questioned, alleged, speculated, reported. Hypothetical
clauses, wishes and orders give nothing at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.records import Claimant, Cue, CueKind, Modality, Polarity
from ingest.nlp.ja.acts import ACTS, Act
from ingest.nlp.ja.attribution import Speaker, find_sources, find_speaker, is_document, make_speaker
from ingest.nlp.ja.coreference import Memory
from ingest.nlp.ja.links import Link, Step, iter_steps
from ingest.nlp.ja.phrases import Clauses, Phrase

_STRENGTH = (Modality.PREDICTED, Modality.QUESTIONED, Modality.ALLEGED, Modality.SPECULATED, Modality.REPORTED)
_MODALITIES = {
    Act.REPORTED: Modality.REPORTED,
    Act.GUESSES: Modality.SPECULATED,
    Act.PREDICTS: Modality.PREDICTED,
    Act.ACCUSES: Modality.ALLEGED,
    Act.ASKS: Modality.QUESTIONED,
}
_TAIL_ACTS = (Act.GUESSES, Act.PREDICTS, Act.ASKS)
# Verbs whose object clause is their content, though no と marks it: …したことを認めた.
_CONTENT_CASES = ("を", "について", "が", "は", "に", "も")
_HALF_SAID = ("限る", "言う", "言える", "言い切れる", "いう", "いえる", "思える", "思う")
# Nouns whose absence leaves a clause open rather than denied (…した証拠はない).
_EVIDENCE = ("証拠", "根拠", "裏付け", "情報", "記録", "形跡", "確証", "報告", "データ")
# …するには, …するに(至る): not done yet.
_UNDONE = re.compile(r"[うくぐすつぬぶむる]に(?:は|も)?$")
_EMBEDS = frozenset({Link.QUOTE, Link.ASK, Link.NOMINAL, Link.CASE, Link.ADNOMINAL})
_GROUNDS = re.compile(r"(?:た|だ|る|い|ない|ん)として$")
_LEGAL = re.compile(
    r"(?:提訴|起訴|訴追|告訴|告発|逮捕|調査|捜査|摘発|禁止|禁じる|遮断|制裁|処分|科す|課す|罰金|命じる|訴える|起こす|求める"
    r"|停止|勧告|警告|批判|非難|反発|抗議)$"
)
# …する必要がある says what ought to be.
_NORMS = ("必要", "必要性", "義務")
# A question to the audience (…と思いますか) states nothing.
_TO_AUDIENCE = re.compile(r"(?:ます|ません|でしょう|です)か$")
_WEAK_NOUN_ENDINGS = ("低い", "ない", "乏しい", "薄い", "無い", "小さい", "排除", "少ない")


class Unusable(Exception):
    """The clause states nothing: a condition, a wish, an order, half a negation."""


@dataclass(slots=True)
class Standing:
    """What has been gathered about a clause; `speakers` innermost first while climbing."""

    speakers: list[Speaker] = field(default_factory=list)
    modalities: set[Modality] = field(default_factory=set)
    denied: bool = False
    cues: list[Cue] = field(default_factory=list)
    hearsay: bool = False

    @property
    def modality(self) -> Modality:
        return next((one for one in _STRENGTH if one in self.modalities), Modality.ASSERTED)

    @property
    def polarity(self) -> Polarity:
        return Polarity.DENIED if self.denied else Polarity.AFFIRMED

    @property
    def claimants(self) -> tuple[Claimant, ...]:
        """Outermost first, each once."""
        unique = {speaker.claimant.party.name: speaker.claimant for speaker in self.speakers}
        return tuple(unique.values())

    def note(self, kind: CueKind, phrase: Phrase) -> None:
        self.cues.append(Cue(kind, phrase.span, phrase.text))

    def weaken(self, act: Act, phrase: Phrase) -> None:
        if act in _MODALITIES:
            self.modalities.add(_MODALITIES[act])
            self.note(CueKind.MODALITY, phrase)


def read_standing(clauses: Clauses, clause: Phrase, memory: Memory) -> Standing:
    """How a clause stands in its sentence. Raises Unusable when it states nothing."""
    standing = Standing()
    _read_tail(standing, clause, clauses, own=True)
    _read_adverbs(standing, clauses, clause)
    _climb(standing, clauses, clause, memory)
    sources = find_sources(clauses, clause, memory)
    outer = [source for source in sources if source.phrase.case != "として"]
    inner = [source for source in sources if source.phrase.case == "として"]
    standing.speakers = outer + standing.speakers[::-1] + inner
    for speaker in standing.speakers:
        standing.note(CueKind.ATTRIBUTION, speaker.phrase)
    if standing.hearsay and not standing.speakers:
        standing.speakers = list(_carry_over(clauses, memory))
        if not standing.speakers:
            standing.modalities.add(Modality.REPORTED)
    return standing


def _climb(standing: Standing, clauses: Clauses, clause: Phrase, memory: Memory) -> None:
    """Goes from the clause up to the end of the sentence and takes in what it is embedded in."""
    level, content, relative = True, False, False
    for step in iter_steps(clauses, clause):
        link = step.link
        if link is Link.CONDITION and level:
            raise Unusable
        if link is Link.CASE and relative and step.lower.case == "は":
            return
        if step.upper.core in _HALF_SAID and is_negated(step.upper) and step.lower.tail.endswith("とは"):
            raise Unusable
        embeds = link in _EMBEDS or step.lower.tail.endswith("とは")
        if level and not relative and embeds and ACTS.tails["refuted"].search(step.upper.text):
            raise Unusable
        if link is Link.BREAK and level and _is_yet_to_come(step):
            standing.weaken(Act.PREDICTS, step.lower)
        if link is Link.SERIAL and level and _GROUNDS.search(step.lower.tail):
            _enter_grounds(standing, clauses, step, memory)
        elif link is Link.SERIAL and level and not relative and _shares_quote(clauses, step, clause):
            _apply_verb(standing, clauses, step.upper, step.lower, ACTS.find_verb(step.upper) or Act.SAYS, memory)
        elif link is Link.QUOTE or link is Link.ASK:
            _enter_quote(standing, clauses, step, memory)
            level, content, relative = True, not step.upper.verbal, False
        elif link is Link.ADNOMINAL and level and not relative:
            if step.upper.head in _NORMS:
                raise Unusable
            act = ACTS.find_noun(step.upper.head)
            _enter_noun(standing, step, act)
            relative, content = act is None, act is not None
        elif link is Link.NOMINAL and level:
            content = step.upper.case not in ("で", "によって", "から")
            act = ACTS.find_verb(step.upper) if step.upper.core != "こと" else None
            if act in (Act.GUESSES, Act.PREDICTS, Act.ASKS):
                standing.weaken(act, step.upper)
        elif link is Link.CASE and content and not relative:
            _enter_verb(standing, clauses, step, memory)
            content = False
        elif link is Link.BREAK:
            level = False
        if (
            level
            and not relative
            and step.upper.verbal
            and link in (Link.SERIAL, Link.QUOTE, Link.CASE, Link.ADNOMINAL, Link.NOMINAL, Link.ASK)
        ):
            _read_tail(standing, step.upper, clauses, own=False)


def _is_yet_to_come(step: Step) -> bool:
    """…する前に, …するために: not done by what the sentence says."""
    return step.upper.head in ("前", "ため", "目的") and not re.search(
        r"(?:た|だ|ている|である|ない)$", step.lower.tail
    )


def _enter_grounds(standing: Standing, clauses: Clauses, step: Step, memory: Memory) -> None:
    """…したとして: the grounds that whoever acts above gives; those of a suit or a penalty are an accusation."""
    if ACTS.find_verb(step.upper) is Act.ACCUSES or _LEGAL.search(step.upper.core):
        standing.weaken(Act.ACCUSES, step.lower)
    speaker = None if step.upper.is_passive else find_speaker(clauses, step.upper, step.lower, memory)
    if speaker:
        standing.speakers.append(speaker)
    else:
        standing.hearsay = True


def _shares_quote(clauses: Clauses, step: Step, clause: Phrase) -> bool:
    """Whether a chained clause belongs to what the verb above embeds (AはBがXで、CがYだと|述べた).

    So it is when it has a subject of its own, the speaker stands before it, and the quoted clause after it.
    """
    verb = step.upper
    if ACTS.find_verb(verb) is None or not any(c.case == "が" for c in clauses.children(clause.number)):
        return False
    own = (*clauses.children(verb.number), *clauses.children(clause.number))
    before = any(c.case == "は" and c.number < clause.number for c in own)
    return before and any(
        _is_content(c, clauses) for c in clauses.children(verb.number) if c.number > step.lower.number
    )


def _is_content(phrase: Phrase, clauses: Clauses) -> bool:
    link = next(iter_steps(clauses, phrase)).link
    return link in (Link.QUOTE, Link.NOMINAL) or (phrase.core in ("こと", "可能性", "点") and phrase.case == "を")


def _enter_quote(standing: Standing, clauses: Clauses, step: Step, memory: Memory) -> None:
    """…と述べた, …かと問う, …との見方: the verb says who speaks and how firmly."""
    if step.link is Link.ASK:
        standing.weaken(Act.ASKS, step.lower)
    upper = step.upper
    if upper.core == "" and step.lower.tail.endswith("うと"):
        standing.weaken(Act.PREDICTS, step.lower)
        return
    verb = ACTS.find_verb(upper) if upper.verbal or upper.action or not upper.tail else None
    if verb is None or (not upper.verbal and ACTS.is_noun_act(upper.head) and step.lower.case in ("との", "という")):
        _enter_noun(standing, step, ACTS.find_noun(upper.head))
        if is_document(upper):
            _enter_document(standing, clauses, upper, memory)
        if upper.core == "こと" and clauses.governor(upper) is None:
            standing.hearsay = True
        return
    _apply_verb(standing, clauses, upper, step.lower, verb, memory)


def _enter_document(standing: Standing, clauses: Clauses, noun: Phrase, memory: Memory) -> None:
    """…という発言, …との主張: its owner speaks; without one the clause is hearsay at best."""
    speaker = make_speaker(clauses, noun, noun, memory)
    if speaker and speaker.claimant.party.name != noun.core:
        standing.speakers.append(speaker)
    else:
        standing.hearsay = True


def _enter_verb(standing: Standing, clauses: Clauses, step: Step, memory: Memory) -> None:
    """…したことを認めた, …可能性を否定した, …との見方を示した."""
    verb = ACTS.find_verb(step.upper)
    if step.upper.tail == "と":  # …ことを考えると gives a reason
        return
    if step.lower.head in _EVIDENCE and (step.upper.core in _WEAK_NOUN_ENDINGS or is_negated(step.upper)):
        raise Unusable
    if step.lower.core in ("こと", "事実") and is_negated(step.upper) and verb is None:
        standing.denied = not standing.denied
        standing.note(CueKind.POLARITY, step.upper)
        return
    if verb is None or verb is Act.REPORTED or not _is_content_case(step.lower):
        if step.upper.core in _WEAK_NOUN_ENDINGS and step.lower.case in ("が", "は", "も"):
            standing.denied = not standing.denied
            standing.note(CueKind.POLARITY, step.upper)
        return
    if step.upper.is_passive or step.lower.core == "よう" or step.lower.case == "を" or step.lower.case == "について":
        _apply_verb(standing, clauses, step.upper, step.lower, verb, memory)


def _is_content_case(phrase: Phrase) -> bool:
    return phrase.case in _CONTENT_CASES or phrase.core == "よう"


def _apply_verb(standing: Standing, clauses: Clauses, verb: Phrase, clause: Phrase, act: Act, memory: Memory) -> None:
    negated = is_negated(verb)
    if negated and act is not Act.DENIES:
        raise Unusable
    if act is Act.DENIES:
        if negated:
            raise Unusable
        standing.denied = not standing.denied
        standing.modalities -= {Modality.ALLEGED}
        standing.note(CueKind.POLARITY, verb)
    if act is not Act.REPORTED:
        standing.weaken(act, verb)
    if verb.core in ("示す", "明らか", "確認", "実証", "証明") and not _has_voice(clauses, verb):
        return
    speaker = find_speaker(clauses, verb, clause, memory)
    if speaker:
        standing.speakers.append(speaker)
    elif act in (Act.SAYS, Act.REPORTED):
        standing.hearsay = True
        standing.note(CueKind.MODALITY, verb)


def _has_voice(clauses: Clauses, verb: Phrase) -> bool:
    """Whether a verb that results may have as well as people (示す, 明らかになる) has somebody for its subject."""
    if "なっ" in verb.tail or "なる" in verb.tail or "なり" in verb.tail:
        return False
    return not any(
        c.case in ("は", "が") and not c.names and not c.core.startswith("同") for c in clauses.children(verb.number)
    )


def _enter_noun(standing: Standing, step: Step, act: Act | None) -> None:
    if act is not None and act not in (Act.NEUTRAL, Act.DENIES):
        standing.weaken(act, step.upper)


def _read_tail(standing: Standing, phrase: Phrase, clauses: Clauses, *, own: bool) -> None:
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
        if ACTS.tails[act].search(tail) and not (act is Act.ASKS and _is_soft(tail)):
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


def _read_adverbs(standing: Standing, clauses: Clauses, clause: Phrase) -> None:
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
        if child.verbal and next(iter_steps(clauses, child)).link is Link.CONDITION:
            standing.weaken(Act.GUESSES, child)


def _iter_within(clauses: Clauses, clause: Phrase) -> Iterator[Phrase]:
    """The phrases of the clause itself, without those of clauses inside or before it."""
    yield clause
    for child in clauses.children(clause.number):
        if not child.verbal:
            yield from _iter_within(clauses, child)


def _carry_over(clauses: Clauses, memory: Memory) -> list[Speaker]:
    """The source of the sentence before, when this one goes on with という or とのことだ."""
    voice = memory.voice
    if voice is None or voice.sentence != len(memory.seen) - 1 or voice.paragraph != clauses.sentence.paragraph:
        return []
    return [Speaker(claimant, clauses.phrases[-1]) for claimant in voice.claimants]
