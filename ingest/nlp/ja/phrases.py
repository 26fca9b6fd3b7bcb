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

_VERB_CASES = frozenset({"が", "は", "を", "に", "から", "で"})
_OPEN = "（(「『【［[〈《“\"＜"
_CLOSE = "）)」』】］]〉》”\"＞"
_FUNCTION = ("助詞", "助動詞")
_NOUN_JOINERS = frozenset({"または", "又は", "および", "及び", "ならびに", "並びに", "もしくは", "あるいは", "かつ", "そして"})
# Verbs and nouns of a compound particle (に よっ て), by lemma; they belong to the tail.
_JOINED = {
    "に": {"よる", "対する", "関する", "つく", "つける", "おく", "おける", "比べる", "基づく", "於く", "かかわる", "関わる", "向ける", "むける"},
    "と": {"する", "いう", "比べる", "並ぶ", "比較", "ともに", "共", "言う"},
    "を": {"めぐる", "巡る", "通じる", "通ずる", "通す", "介する", "もと", "はじめ", "始め", "含む", "相手取る", "基", "ベース", "経由"},
}


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
        return self.comma and self.kind == "動詞" and not self.tail

    @cached_property
    def is_passive(self) -> bool:
        return bool(_PASSIVE.search(self.tail)) and not self.tail.startswith("てもら")


_PASSIVE = re.compile(r"^(?:さ|せら|わ|ら|か|が|さ|た|な|ば|ま|せ)?(?:れ(?!ば)|られ)")


@dataclass(frozen=True)
class Clauses:
    """The phrases of a sentence and the sentence itself; spans of phrases are offsets into the article."""

    sentence: Sentence
    phrases: tuple[Phrase, ...]

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
    if phrase.case not in _VERB_CASES or phrase.verbal or phrase.governor is None:
        return phrase
    number = phrase.governor
    upper = phrases[number]
    while upper.governor is not None and not _takes(upper, phrase.case):
        number, upper = upper.governor, phrases[upper.governor]
    return replace(phrase, governor=number)


def _takes(upper: Phrase, case: str) -> bool:
    if upper.core in ("ある", "いる", "有る") and case in ("から", "を"):
        return False
    return upper.verbal or upper.action or upper.kind in ("形状詞", "副詞")


def _group(tokens: Sequence[Token], sentence: Sentence) -> list[list[Token]]:
    groups: list[list[Token]] = []
    depth, ended = 0, True
    for token in tokens:
        function = _is_function(token)
        inside = depth > 0 or _inside_name(token, sentence)
        if not groups or (ended and not function and not inside and not token.text.isspace()):
            groups.append([])
        groups[-1].append(token)
        depth = _track(token, tokens, depth)
        ended = depth == 0 and (function or _parts(token) or _closes_clause(token))
    return groups


def _track(token: Token, tokens: Sequence[Token], depth: int) -> int:
    """How deep in short brackets the words behind this token stand; a quotation with a verb in it stays open text."""
    if token.text in _OPEN and _is_short(token, tokens):
        return depth + 1
    if token.text in _CLOSE and depth:
        return depth - 1
    return depth


def _is_short(token: Token, tokens: Sequence[Token]) -> bool:
    close = _CLOSE[_OPEN.index(token.text)]
    for other in tokens[token.i + 1 :]:
        if other.text == close:
            return True
        round_bracket = token.text in "（("
        if not round_bracket and (other.tag_.startswith(("助動詞", "補助記号-句点")) or other.i - token.i > 12):
            return False
    return False


def _parts(token: Token) -> bool:
    return token.tag_.startswith(("補助記号-読点", "補助記号-句点")) or token.text in "：:|→—–・／/" or token.tag_ == "副詞"


def _closes_clause(token: Token) -> bool:
    """Whether a verb or adjective has reached a form that a noun may follow (上回る|モデル, 新しい|版)."""
    if not token.tag_.startswith(("動詞", "形容詞")):
        return False
    return any("連体形" in form or "終止形" in form for form in token.morph.get("Inflection"))


def _is_function(token: Token) -> bool:
    if token.tag_.startswith(_FUNCTION):
        return True
    if token.tag_.startswith(("補助記号", "空白")):
        return token.text not in _OPEN
    if token.i == 0:
        return False
    before = token.nbor(-1)
    if token.text in _NOUN_JOINERS or (token.text == "また" and token.i + 1 < len(token.doc) and token.nbor(1).text == "は"):
        return before.tag_.startswith(("名詞", "接尾辞", "記号")) or before.text in _CLOSE
    if token.lemma_ in ("する", "なる") and before.text in ("に", "と") and before.tag_.startswith("助動詞"):
        return True
    return _follows_te(token, before) or _is_joined(token, before) or _is_negative(token, before)


def _follows_te(token: Token, before: Token) -> bool:
    return "非自立" in token.tag_ and before.tag_ == "助詞-接続助詞" and before.text in ("て", "で")


def _is_joined(token: Token, before: Token) -> bool:
    """Whether this is the verb of a compound particle: に よる, と し て, を めぐる."""
    if token.lemma_ in ("しれる", "知れる") and before.text == "も":
        return True
    if token.lemma_ in ("かかわる", "関わる") and before.text == "も" and token.text.startswith(("かかわら", "関わら")):
        return True
    if token.lemma_ not in _JOINED.get(before.text, ()) or not before.tag_.startswith("助詞"):
        return False
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if token.lemma_ in ("する",):
        return after is not None and after.text == "て" and _next_is_open(after)
    if token.lemma_ in ("いう", "言う"):
        return token.text == "いう" and (after is None or not after.tag_.startswith("助動詞"))
    if token.lemma_ in ("つける", "比較", "並ぶ", "つく"):
        return after is not None and after.text in ("て", "し", "で")
    return token.lemma_ != "つける"


def _next_is_open(te: Token) -> bool:
    """Whether として is a case (社長として) rather than the verb (…としている)."""
    after = te.nbor(1) if te.i + 1 < len(te.doc) else None
    return after is not None and "非自立" not in after.tag_


def _is_negative(token: Token, before: Token) -> bool:
    """Whether this is the ない or ある of ではない, である, くはない."""
    if token.lemma_ in ("ない", "無い") and before.text in ("は", "も", "で", "く") and token.i >= 2:
        two = token.nbor(-2)
        return before.text != "は" or two.text in ("で", "く", "て") or two.tag_.startswith(("形容詞", "助動詞"))
    if token.lemma_ in ("ある", "有る"):
        return before.text == "で" or (before.text in ("は", "も") and token.i >= 2 and token.nbor(-2).text == "で")
    return token.lemma_ == "ござる"


def _inside_name(token: Token, sentence: Sentence) -> bool:
    start = sentence.span[0] + token.idx
    return any(name.span[0] < start < name.span[1] for name in sentence.names)


def _make_phrase(number: int, group: list[Token], owner: dict[int, int], sentence: Sentence) -> Phrase:
    content, tail = _split_tail(group)
    offset = sentence.span[0]
    span = (offset + group[0].idx, offset + group[-1].idx + len(group[-1].text))
    plain = _drop_brackets(content)
    words = [token for token in plain if token.lemma_ != "する" and not token.tag_.startswith("補助記号")]
    suru = any(token.lemma_ == "する" and token.tag_.startswith("動詞") for token in plain) and bool(words)
    last = words[-1] if words else content[-1]
    tail_text = "".join(token.text for token in tail if not token.tag_.startswith(("補助記号", "空白")))
    if suru:
        done = [token.text for token in plain if token.lemma_ == "する" and token.tag_.startswith("動詞")]
        tail_text = done[-1] + tail_text
    kind = last.tag_.split("-")[0]
    verbal = suru or kind in ("動詞", "形容詞") or (_has_copula(tail) and tail_text != "に")
    if tail_text == "か" and not suru and _goes_on(group[-1]):
        verbal = False
    return Phrase(
        number=number,
        span=span,
        text=sentence.text[span[0] - offset : span[1] - offset],
        core="".join(_dictionary_form(token, words) for token in words),
        head=_lemma(last),
        tail=tail_text,
        case="" if kind in ("動詞", "形容詞") or suru else _find_case(tail_text),
        comma=any(token.text in "、，," for token in tail),
        governor=_find_governor(number, group, last, owner),
        kind=kind,
        action="サ変可能" in last.tag_,
        verbal=verbal,
        adnominal=_is_adnominal(content, tail),
        names=tuple(n for n in sentence.names if span[0] <= n.span[0] < span[1]),
    )


def _goes_on(token: Token) -> bool:
    """Whether a noun with か is followed by its alternative (同等か|それ以上)."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return token.text == "か" and after is not None and after.tag_.startswith(("名詞", "代名詞", "接頭辞"))


def _split_tail(group: list[Token]) -> tuple[list[Token], list[Token]]:
    end = len(group)
    while end > 1 and _is_function(group[end - 1]) and group[end - 1].text not in _CLOSE:
        end -= 1
    return group[:end], group[end:]


def _drop_brackets(content: list[Token]) -> list[Token]:
    """The content without glosses in round brackets; quotation marks themselves stay for their words."""
    kept, depth = [], 0
    for token in content:
        depth += token.text in "（("
        if depth == 0:
            kept.append(token)
        depth -= token.text in "）)" and depth > 0
    return kept or content


def _lemma(token: Token) -> str:
    return token.lemma_ if token.tag_.startswith(("動詞", "形容詞", "接尾辞-動詞")) else token.text


def _dictionary_form(token: Token, words: list[Token]) -> str:
    return _lemma(token) if token is words[-1] else token.text


def _has_copula(tail: list[Token]) -> bool:
    return any(token.tag_.startswith("助動詞") and token.lemma_ in ("だ", "です") for token in tail) or any(
        token.lemma_ in ("ある", "有る", "かも", "ない", "無い") or token.text in ("か", "かも") for token in tail
    )


def _find_case(tail: str) -> str:
    for length in range(min(8, len(tail)), 0, -1):
        case = LEXICON.particles.get(tail[-length:])
        if case is not None:
            return case
    return ""


def _is_adnominal(content: list[Token], tail: list[Token]) -> bool:
    """Whether the phrase ends in a form that stands before a noun (開発した, 強力な, 上回る)."""
    words = [token for token in (content + tail) if not token.tag_.startswith(("補助記号", "空白"))]
    if not words:
        return False
    inflection = words[-1].morph.get("Inflection")
    form = inflection[0] if inflection else ""
    return "連体形" in form or ("終止形" in form and not words[-1].tag_.startswith("助詞"))


def _find_governor(number: int, group: list[Token], last: Token, owner: dict[int, int]) -> int | None:
    for token in (last, *reversed(group)):
        target = owner[token.head.i]
        if target > number:
            return target
    following = number + 1
    return following if following in set(owner.values()) else None
