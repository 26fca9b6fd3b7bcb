"""How firmly a clause stands: its own endings, what it is embedded in, and who answers for it.

Of several cues the order of claims.md decides: predicted, questioned, alleged, speculated, reported. Hypothetical
clauses, wishes and orders give nothing at all.
"""

import re

from graph.records import CueKind, Modality
from ingest.nlp.ja.acts import ACTS, Act
from ingest.nlp.ja.attribution import Speaker, find_sources, find_speaker, is_document, make_speaker
from ingest.nlp.ja.coreference import Memory
from ingest.nlp.ja.endings import is_negated, read_adverbs, read_tail
from ingest.nlp.ja.lexicon import LEXICON
from ingest.nlp.ja.links import Link, Step, iter_steps
from ingest.nlp.ja.phrases import Clauses, Phrase
from ingest.nlp.ja.quotes import find_quoted_speaker
from ingest.nlp.ja.standing import Standing, Unusable

# Verbs whose object clause is their content, though no と marks it: …したことを認めた.
_CONTENT_CASES = ("を", "について", "が", "は", "に", "も")
_AGREEING = ("合意", "一致", "折り合う")
# A report that somebody comments on is not said by him.
_OF_OTHERS = (Act.REPORTED, Act.ACCUSES, Act.GUESSES)
_HALF_SAID = ("限る", "言う", "言える", "言い切れる", "いう", "いえる", "思える", "思う")
# Nouns whose absence leaves a clause open rather than denied (…した証拠はない).
_EVIDENCE = ("証拠", "根拠", "裏付け", "情報", "記録", "形跡", "確証", "報告", "データ")
_EMBEDS = frozenset({Link.QUOTE, Link.ASK, Link.NOMINAL, Link.CASE, Link.ADNOMINAL})
_GROUNDS = re.compile(r"(?:た|だ|る|い|ない|ん)として$")
# What is said against a report: …との指摘に|反論した.
_COUNTERS = ("反論", "反駁", "異議", "反発")
_MATTERS = ("件", "問題", "事案", "行為", "経緯", "事件", "事例")
# Whose content is foreseen: 市場予想では, 会社計画によると.
_FORECAST = re.compile(r"(?:予想|予測|見通し|業績計画|会社計画|工程表|ロードマップ)$")
_LEGAL = re.compile(
    r"(?:調べる|検証|提訴|起訴|訴追|告訴|告発|逮捕|調査|捜査|摘発|禁止|禁じる|遮断|制裁|処分|科す|課す|罰金|命じる|訴える|起こす|求める"
    r"|停止|勧告|警告|批判|非難|反発|抗議)$"
)
_REASON = re.compile(r"(?:おかげ|お陰|ため|から|理由|結果|効果|せい|賜物|影響)$")
# What joins a clause to the noun whose content it is.
_CONTENT_OF = ("との", "という", "といった", "とする")
_TOO_SOON = re.compile(r"早(?:い|かっ|す|過)|尚早")
# What was written and is put right: …とありましたが、正しくは….
_CORRECTS = re.compile(r"正しくは|訂正(?:いた)?します|訂正し(?:て)?お詫び|とあるのは.{0,12}の誤り")
_REASONING = ("考える", "見る", "みる", "踏まえる", "併せる")
# …する必要がある says what ought to be.
_NORMS = ("必要", "必要性", "義務")
_WEAK_NOUN_ENDINGS = ("低い", "ない", "乏しい", "薄い", "無い", "小さい", "排除", "少ない")


def read_standing(clauses: Clauses, clause: Phrase, memory: Memory) -> Standing:
    """How a clause stands in its sentence. Raises Unusable when it states nothing."""
    standing = Standing()
    _read_label(standing, clauses, clause)
    read_tail(standing, clause, clauses, own=True)
    read_adverbs(standing, clauses, clause)
    _read_forecast(standing, clauses, clause)
    _climb(standing, clauses, clause, memory)
    sources = find_sources(clauses, clause, memory)
    outer = [source for source in sources if source.phrase.case != "として"]
    inner = [source for source in sources if source.phrase.case == "として"]
    standing.speakers = outer + standing.speakers[::-1] + inner
    if not standing.speakers:
        speaker, charge = find_quoted_speaker(clauses, clause, memory)
        standing.speakers = [speaker] if speaker else []
        if charge:
            standing.weaken(Act.ACCUSES, clause)
    for speaker in standing.speakers:
        standing.note(CueKind.ATTRIBUTION, speaker.cue or speaker.phrase)
    if standing.hearsay and not standing.speakers:
        standing.speakers = list(_carry_over(clauses, memory))
        if not standing.speakers:
            standing.modalities.add(Modality.REPORTED)
    return standing


def _read_label(standing: Standing, clauses: Clauses, clause: Phrase) -> None:
    """【噂】, (未確認): what a line is called by its label."""
    text = clauses.sentence.text
    lied = any(_lies(child) for child in clauses.children(clause.number))
    if lied or ACTS.labels["belies"].search(text) or _CORRECTS.search(text):
        raise Unusable
    if ACTS.labels["reported"].search(text):
        standing.weaken(Act.REPORTED, clause)


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
        embeds = link in _EMBEDS or step.lower.tail.endswith(("とは", "なんて", "など"))
        if level and not relative and embeds and _is_refuted(clauses, step.upper):
            raise Unusable
        if step.lower.tail.endswith("と") and _lies(clauses.phrases[step.lower.number + 1]):
            raise Unusable
        if level and link is Link.NOMINAL and ACTS.is_speech(step.lower) and _TOO_SOON.match(step.upper.text):
            raise Unusable
        _read_idioms(standing, clauses, step)
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
            if step.upper.head == "よう" and step.upper.tail.startswith("にな"):
                act = Act.NEUTRAL  # …できるように|なった guesses nothing
            _enter_noun(standing, step, act)
            if step.upper.head in _MATTERS and _is_looked_into(clauses, step.upper):
                standing.weaken(Act.ACCUSES, step.upper)
            relative, content = act is None, act is not None
        elif link is Link.NOMINAL and level and _is_presupposed(step):
            return
        elif link is Link.NOMINAL and level:
            if step.upper.core in ("やめる", "止める", "取りやめる") and step.lower.tail.endswith("のを"):
                raise Unusable  # …するのを|やめた
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
            read_tail(standing, step.upper, clauses, own=False)


def _read_forecast(standing: Standing, clauses: Clauses, clause: Phrase) -> None:
    """市場予想では, 同社の計画によると: what follows is foreseen."""
    for phrase in clauses.phrases[: clause.number]:
        if phrase.case not in ("で", "によると") or phrase.verbal:
            continue
        below = (child.core for child in clauses.children(phrase.number) if child.case == "の")
        if any(_FORECAST.search(core) for core in (phrase.core, *below)):
            standing.weaken(Act.PREDICTS, phrase)


def _lies(following: Phrase) -> bool:
    """…と|嘘をついた."""
    return following.core in ("嘘", "うそ", "ウソ", "法螺", "ホラ") and following.case == "を"


def _read_idioms(standing: Standing, clauses: Clauses, step: Step) -> None:
    """…に|違いない is a guess, …のは時間の|問題 a forecast."""
    following = clauses.phrases[step.lower.number + 1]
    if (
        step.lower.verbal
        and step.lower.tail.endswith("に")
        and following.text.startswith(("違いな", "ちがいな", "相違な"))
    ):
        standing.weaken(Act.GUESSES, following)
    if step.link is Link.NOMINAL and step.upper.core == "問題" and following.core == "時間":
        standing.weaken(Act.PREDICTS, step.upper)


def _is_presupposed(step: Step) -> bool:
    """Whether a sentence only gives the reason for what its のは takes for granted (…したのは|検索のおかげだろう)."""
    told = step.lower.tail.endswith("たのは") and step.upper.kind == "名詞"
    return told and not step.upper.names and _REASON.search(step.upper.core) is not None


def _is_looked_into(clauses: Clauses, noun: Phrase) -> bool:
    """Whether somebody investigates the matter a clause describes: what is looked into is not yet found."""
    above = clauses.governor(noun)
    return above is not None and bool(_LEGAL.search(above.core))


def _is_refuted(clauses: Clauses, verb: Phrase) -> bool:
    """Whether what is said above takes the clause back: …は誤りだ, …と誤って報じられた."""
    beside = (child.text for child in clauses.children(verb.number) if child.kind in ("副詞", "動詞"))
    if any(text.startswith(("誤って", "誤り", "間違って")) for text in beside):
        return True
    return bool(ACTS.tails["refuted"].search(verb.text))


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
    if verb is None or (not upper.verbal and ACTS.is_noun_act(upper.head) and step.lower.tail.endswith(_CONTENT_OF)):
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
    if step.upper.tail == "と" and step.upper.core in _REASONING:  # …ことを考えると gives a reason
        return
    if _is_groundless(clauses, step.upper) or step.upper.core in ACTS.abandons:
        raise Unusable
    if step.lower.head in _EVIDENCE and (step.upper.core.endswith(_WEAK_NOUN_ENDINGS) or is_negated(step.upper)):
        raise Unusable
    if step.lower.core in ("こと", "事実") and is_negated(step.upper) and verb is None:
        standing.denied = not standing.denied
        standing.note(CueKind.POLARITY, step.upper)
        return
    if verb is Act.SAYS and step.lower.case == "について" and ACTS.find_noun(step.lower.head) in _OF_OTHERS:
        _read_comment(standing, clauses, step, memory)
        return
    if step.upper.core in _COUNTERS and step.lower.case == "に" and ACTS.find_noun(step.lower.head) in _OF_OTHERS:
        _apply_verb(standing, clauses, step.upper, step.lower, Act.DENIES, memory)
        return
    if step.upper.core == "呈する" and any(
        c.core in ("疑問", "疑念", "疑義") for c in clauses.children(step.upper.number)
    ):
        raise Unusable
    agreed = step.lower.core == "こと" and step.lower.case == "で" and step.upper.core.endswith(_AGREEING)
    if agreed:  # …することで|合意 is still to come
        standing.weaken(Act.PREDICTS, step.upper)
        return
    if verb is None or verb is Act.REPORTED or not _is_content_case(step.lower):
        if step.upper.core.endswith(_WEAK_NOUN_ENDINGS) and step.lower.case in ("が", "は", "も"):
            standing.denied = not standing.denied
            standing.note(CueKind.POLARITY, step.upper)
        return
    if step.upper.is_passive or step.lower.core == "よう" or step.lower.case == "を" or step.lower.case == "について":
        _apply_verb(standing, clauses, step.upper, step.lower, verb, memory)


def _read_comment(standing: Standing, clauses: Clauses, step: Step, memory: Memory) -> None:
    """…との報道について|「事実ではない」とコメントした denies it; any other comment leaves it hearsay."""
    said = (c for c in clauses.children(step.upper.number) if c.number > step.lower.number)
    if any(ACTS.tails["refuted"].search(child.text) for child in said):
        _apply_verb(standing, clauses, step.upper, step.lower, Act.DENIES, memory)


def _is_groundless(clauses: Clauses, verb: Phrase) -> bool:
    """…との主張には|根拠がない, …は|根拠に乏しい."""
    lacking = verb.core.endswith(_WEAK_NOUN_ENDINGS) or verb.core == "欠ける" or is_negated(verb)
    return lacking and any(child.head in ("根拠", "裏付け", "信憑性") for child in clauses.children(verb.number))


def _is_content_case(phrase: Phrase) -> bool:
    return phrase.case in _CONTENT_CASES or phrase.core == "よう"


def _apply_verb(standing: Standing, clauses: Clauses, verb: Phrase, clause: Phrase, act: Act, memory: Memory) -> None:
    negated = is_negated(verb)
    if act is Act.BELIES or (negated and act is not Act.DENIES):
        raise Unusable
    if act is Act.DENIES:
        if negated:
            raise Unusable
        standing.denied = not standing.denied
        standing.modalities -= {Modality.ALLEGED, Modality.SPECULATED, Modality.REPORTED}
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
    if verb.core == "示す" and verb.adnominal and clauses.governor(verb) is not None:
        return False
    if "なっ" in verb.tail or "なる" in verb.tail or "なり" in verb.tail:
        return False
    return not any(
        c.case in ("は", "が")
        and not c.names
        and not c.core.startswith("同")
        and not LEXICON.has("agent_nouns", c.core)
        for c in clauses.children(verb.number)
    )


def _enter_noun(standing: Standing, step: Step, act: Act | None) -> None:
    if act is Act.BELIES:
        raise Unusable
    if act is not None and act not in (Act.NEUTRAL, Act.DENIES):
        standing.weaken(act, step.upper)


def _carry_over(clauses: Clauses, memory: Memory) -> list[Speaker]:
    """The source of the sentence before, when this one goes on with という or とのことだ."""
    voice = memory.voice
    if voice is None or voice.sentence != len(memory.seen) - 1 or voice.paragraph != clauses.sentence.paragraph:
        return []
    return [Speaker(claimant, clauses.phrases[-1]) for claimant in voice.claimants]
