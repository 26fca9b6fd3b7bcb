"""A parsed sentence as phrases (文節): content, the particles behind it, and what each one leans on.

GiNZA gives the heads of words; here they become heads of phrases, each of which ends in its function words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Token

from ingest.nlp.document import Name, Sentence, Span
from ingest.nlp.ja.lexicon import LEXICON
from ingest.nlp.ja.tokens import (
    CLOSERS,
    OPENERS,
    closes_clause,
    drop_brackets,
    find_lemma,
    goes_on,
    has_copula,
    is_adnominal,
    is_function,
    is_short_bracket,
    parts_phrases,
)

# What goes on with an amount behind its gloss: 1,000億ドル (約15兆円)|以上.
_BOUNDS = frozenset(
    {"以上", "以下", "未満", "超", "前後", "程度", "規模", "相当", "近く", "余り", "あまり", "弱", "強"}
)
_VERB_CASES = frozenset({"が", "は", "を", "に", "から", "で"})


@dataclass(frozen=True)
class Phrase:
    """One phrase.

    core      its content words in dictionary form run together, brackets left out (新規公開, 上回る)
    head      the last content word in dictionary form
    tail      its function words as written, without commas (されていると)
    case      the case particle the tail amounts to (lexicon.toml); empty when none
    governor  number of the phrase it leans on; None for the last one
    kind      first part of the head's tag: 名詞 動詞 形容詞 形状詞 副詞 …
    """

    number: int
    span: Span
    text: str
    core: str
    head: str
    tail: str
    case: str
    comma: bool
    governor: int | None
    kind: str
    action: bool
    verbal: bool
    adnominal: bool
    names: tuple[Name, ...]

    @property
    def comma_after_te(self) -> bool:
        """Whether a comma parts the phrase from what follows, so that it cannot stand before a noun."""
        return self.comma and self.kind == "動詞" and not self.tail and not _PLAIN_FORM.search(self.text)

    @cached_property
    def is_passive(self) -> bool:
        return bool(_PASSIVE.search(self.tail)) and not self.tail.startswith("てもら")


# A verb in the form that may stand before a noun even behind a comma (処理できる、|多機能なモデル).
_PLAIN_FORM = re.compile(r"[うくぐすつぬぶむる]、\s*$")
# A phrase that only marks the line: 【速報】, ・, 1., [独自].
_LABEL = re.compile(r"^\s*(?:[#・◆■●*-]+|[0-9]+[.．、]|[【〈《\[［][^】〉》\]］]*[】〉》\]］])+\s*$")
_PASSIVE = re.compile(r"^(?:さ|せら|わ|ら|か|が|さ|た|な|ば|ま|せ)?(?:れ(?!ば)|られ)")


@dataclass(frozen=True)
class Clauses:
    """The phrases of a sentence and the sentence itself; spans of phrases are offsets into the article."""

    sentence: Sentence
    phrases: tuple[Phrase, ...]

    @cached_property
    def opener(self) -> Phrase:
        """The phrase that opens the line, behind marks and labels (【速報】, ・, [1])."""
        return next((phrase for phrase in self.phrases if not _LABEL.match(phrase.text)), self.phrases[0])

    @cached_property
    def is_headline(self) -> bool:
        """Whether the line names who it is about before a comma and has no subject besides: X、Yを買収へ."""
        first = self.opener
        if not first.names or first.tail or not first.comma or first.governor is None:
            return False
        after = self.phrases[first.number + 1]
        listed = after.comma and after.case == ""
        return not listed and not any(phrase.case in ("が", "は") for phrase in self.phrases[: self._first_verb + 1])

    @property
    def _first_verb(self) -> int:
        """Number of the first phrase behind the opener that acts, or of the last one."""
        later = self.phrases[self.opener.number + 1 :]
        return next((phrase.number for phrase in later if phrase.verbal or phrase.action), len(self.phrases) - 1)

    def children(self, number: int) -> Iterator[Phrase]:
        """The phrases that lean on this one, in order."""
        return (phrase for phrase in self.phrases[:number] if phrase.governor == number)

    def governor(self, phrase: Phrase) -> Phrase | None:
        return None if phrase.governor is None else self.phrases[phrase.governor]

    def ancestors(self, phrase: Phrase) -> Iterator[Phrase]:
        """What a phrase leans on, step by step to the end of the sentence."""
        upper = self.governor(phrase)
        while upper is not None:
            yield upper
            upper = self.governor(upper)


def make_clauses(sentence: Sentence) -> Clauses:
    """The phrases of a parsed sentence."""
    tokens = list(sentence.doc)
    groups = _group(tokens, sentence)
    owner = {token.i: number for number, group in enumerate(groups) for token in group}
    phrases = tuple(_make_phrase(number, group, owner, sentence) for number, group in enumerate(groups))
    return Clauses(sentence, tuple(_reattach(phrase, phrases) for phrase in phrases))


def _reattach(phrase: Phrase, phrases: Sequence[Phrase]) -> Phrase:
    """A phrase in a case of verbs that the parser hung on a plain noun, hung on the next verb up instead."""
    if phrase.governor is None:
        return phrase
    if phrase.verbal:
        return replace(phrase, governor=phrase.number + 1) if _stands_before_noun(phrase, phrases) else phrase
    if phrase.case not in _VERB_CASES and not _is_stray_company(phrase, phrases[phrase.governor]):
        return phrase
    number = phrase.governor
    upper = phrases[number]
    if phrase.case == "と" and upper.case == "についての" and upper.governor is not None:
        number, upper = upper.governor, phrases[upper.governor]
    while upper.governor is not None and not _takes(upper, phrase.case):
        number, upper = upper.governor, phrases[upper.governor]
    return replace(phrase, governor=number)


def _stands_before_noun(phrase: Phrase, phrases: Sequence[Phrase]) -> bool:
    """A clause right before a noun that the parser hung on a later verb (制裁金を科す|可能性がある)."""
    if (
        not phrase.adnominal
        or phrase.comma
        or phrase.governor is None
        or phrase.text.rstrip().endswith(("。", "」", "』"))
    ):
        return False
    noun, upper = phrases[phrase.number + 1], phrases[phrase.governor]
    if upper is noun or noun.kind not in ("名詞", "接尾辞", "形状詞", "代名詞") or noun.verbal:
        return False
    return upper.kind in ("動詞", "形容詞", "副詞") or (upper.action and upper.verbal)


def _is_stray_company(phrase: Phrase, upper: Phrase) -> bool:
    """A name with と that the parser joined to an amount (X と 200億ドル超の 契約 を 結ぶ)."""
    if phrase.case != "と" or not phrase.names or upper.names:
        return False
    return upper.case == "についての" or bool(re.match(r"約?[0-9０-９]", upper.core))


def _takes(upper: Phrase, case: str) -> bool:
    if upper.core in ("ある", "いる", "有る") and case in ("から", "を"):
        return False
    return upper.verbal or upper.action or upper.kind in ("形状詞", "副詞")


def _group(tokens: Sequence[Token], sentence: Sentence) -> list[list[Token]]:
    groups: list[list[Token]] = []
    depth, ended = 0, True
    for token in tokens:
        function = is_function(token)
        inside = depth > 0 or _inside_name(token, sentence)
        bounds = token.tag_.startswith("接尾辞-名詞的-副詞可能") or token.text in _BOUNDS
        joined = bool(groups) and bounds and groups[-1][-1].text in CLOSERS
        ended = ended or (depth == 0 and bool(groups) and _starts_anew(token, groups[-1][-1]))
        if not groups or (ended and not function and not inside and not joined and not token.text.isspace()):
            groups.append([])
        groups[-1].append(token)
        depth = _track(token, tokens, depth)
        ended = depth == 0 and (function or parts_phrases(token) or closes_clause(token))
    return groups


def _starts_anew(token: Token, before: Token) -> bool:
    """Whether a verb follows a name without a particle (ムラティ氏|率いる), or a space a noun of action (提携 |X)."""
    if before.whitespace_ and "サ変可能" in before.tag_ and not before.text.isascii():
        return True
    named = before.tag_.startswith(("名詞-固有名詞", "接尾辞-名詞的-一般")) or before.text in CLOSERS
    return token.tag_.startswith("動詞-一般") and named and token.text not in ("でき", "出来")


def _track(token: Token, tokens: Sequence[Token], depth: int) -> int:
    """How deep in short brackets the words behind this token stand; a quotation with a verb in it stays open text."""
    if token.text in OPENERS and is_short_bracket(token, tokens):
        return depth + 1
    if token.text in CLOSERS and depth:
        return depth - 1
    return depth


def _inside_name(token: Token, sentence: Sentence) -> bool:
    start = sentence.span[0] + token.idx
    return any(name.span[0] < start < name.span[1] for name in sentence.names)


def _make_phrase(number: int, group: list[Token], owner: dict[int, int], sentence: Sentence) -> Phrase:
    content, tail = _split_tail(group)
    offset = sentence.span[0]
    span = (offset + group[0].idx, offset + group[-1].idx + len(group[-1].text))
    plain = drop_brackets(content)
    words = [token for token in plain if token.lemma_ != "する" and not token.tag_.startswith("補助記号")]
    suru = any(token.lemma_ == "する" and token.tag_.startswith("動詞") for token in plain) and bool(words)
    last = words[-1] if words else content[-1]
    if tail and tail[0].lemma_ == "する" and content[-1].text in "」』":
        suru = bool(words)
    tail_text = "".join(token.text for token in tail if not token.tag_.startswith(("補助記号", "空白")))
    if suru:
        done = [token.text for token in plain if token.lemma_ == "する" and token.tag_.startswith("動詞")]
        tail_text = (done[-1] if done else "") + tail_text
    kind = last.tag_.split("-")[0]
    verbal = suru or kind in ("動詞", "形容詞") or (has_copula(tail) and tail_text != "に")
    if tail_text == "か" and not suru and goes_on(group[-1]):
        verbal = False
    return Phrase(
        number=number,
        span=span,
        text=sentence.text[span[0] - offset : span[1] - offset],
        core="".join(_dictionary_form(token, words) for token in words),
        head=find_lemma(last),
        tail=tail_text,
        case="" if kind in ("動詞", "形容詞") or suru else _find_case(tail_text),
        comma=any(token.text in "、，," for token in tail),
        governor=_find_governor(number, group, last, owner),
        kind=kind,
        action="サ変可能" in last.tag_,
        verbal=verbal,
        adnominal=is_adnominal(content, tail),
        names=tuple(n for n in sentence.names if span[0] <= n.span[0] < span[1]),
    )


def _split_tail(group: list[Token]) -> tuple[list[Token], list[Token]]:
    end = len(group)
    while end > 1 and is_function(group[end - 1]) and group[end - 1].text not in CLOSERS:
        end -= 1
    return group[:end], group[end:]


def _dictionary_form(token: Token, words: list[Token]) -> str:
    return find_lemma(token) if token is words[-1] else token.text


def _find_case(tail: str) -> str:
    for length in range(min(8, len(tail)), 0, -1):
        case = LEXICON.particles.get(tail[-length:])
        if case is not None:
            return case
    return ""


def _find_governor(number: int, group: list[Token], last: Token, owner: dict[int, int]) -> int | None:
    for token in (last, *reversed(group)):
        target = owner[token.head.i]
        if target > number:
            return target
    following = number + 1
    return following if following in set(owner.values()) else None
