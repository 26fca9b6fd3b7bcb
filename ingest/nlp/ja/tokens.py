"""What single words do: close a phrase, belong to its tail, end a clause. By Sudachi's tags and dictionary forms."""

import re
from collections.abc import Sequence

from spacy.tokens import Token

OPENERS = '（(「『【［[〈《“"＜'
CLOSERS = '）)」』】］]〉》”"＞'
_FUNCTION = ("助詞", "助動詞")
_NOUN_JOINERS = frozenset(
    {"または", "又は", "および", "及び", "ならびに", "並びに", "もしくは", "あるいは", "かつ", "そして"}
)
# Verbs and nouns of a compound particle (に よっ て), by lemma; they belong to the tail.
_JOINED = {
    "に": {
        "よる",
        "対する",
        "関する",
        "つく",
        "つける",
        "おく",
        "おける",
        "比べる",
        "基づく",
        "於く",
        "かかわる",
        "関わる",
        "向ける",
        "むける",
    },
    "と": {"する", "いう", "比べる", "並ぶ", "比較", "ともに", "共", "言う"},
    "を": {
        "めぐる",
        "巡る",
        "通じる",
        "通ずる",
        "通す",
        "介する",
        "もと",
        "はじめ",
        "始め",
        "含む",
        "相手取る",
        "基",
        "ベース",
        "経由",
    },
}


def is_function(token: Token) -> bool:
    if token.tag_.startswith(_FUNCTION):
        return True
    if token.tag_.startswith(("補助記号", "空白")):
        return token.text not in OPENERS
    if token.i == 0:
        return False
    before = token.nbor(-1)
    if token.text in _NOUN_JOINERS or (
        token.text == "また" and token.i + 1 < len(token.doc) and token.nbor(1).text == "は"
    ):
        return before.tag_.startswith(("名詞", "接尾辞", "記号")) or before.text in CLOSERS
    if token.lemma_ == "する" and before.text in "」』" and token.tag_.startswith("動詞"):
        return True
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
    if token.text in ("関わり", "かかわり", "関わっ", "かかわっ"):  # 創設に|関わり、 takes part
        return False
    if token.lemma_ not in _JOINED.get(before.text, ()) or not before.tag_.startswith("助詞"):
        return False
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if after is not None and after.text in ("て", "で") and not _next_is_open(after):
        return False
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
    if token.lemma_ in ("ない", "無い") and before.tag_.startswith("形容詞") and before.text.endswith("く"):
        return True
    if token.lemma_ in ("ない", "無い") and before.text in ("は", "も", "で", "く") and token.i >= 2:
        two = token.nbor(-2)
        return before.text != "は" or two.text in ("で", "く", "て") or two.tag_.startswith(("形容詞", "助動詞"))
    if token.lemma_ in ("ある", "有る"):
        return before.text == "で" or (before.text in ("は", "も") and token.i >= 2 and token.nbor(-2).text == "で")
    return token.lemma_ == "ござる"


def parts_phrases(token: Token) -> bool:
    return (
        token.tag_.startswith(("補助記号-読点", "補助記号-句点"))
        or token.text in "：:|→—–・／/"
        or token.tag_ == "副詞"
        or (token.tag_.startswith("形状詞-助動詞語幹") and token.text == "よう")
    )


def closes_clause(token: Token) -> bool:
    """Whether a verb or adjective has reached a form that a noun may follow (上回る|モデル, 新しい|版)."""
    if not token.tag_.startswith(("動詞", "形容詞")):
        return False
    return any("連体形" in form or "終止形" in form for form in token.morph.get("Inflection", []))


def is_short_bracket(token: Token, tokens: Sequence[Token]) -> bool:
    close = CLOSERS[OPENERS.index(token.text)]
    for other in tokens[token.i + 1 :]:
        if other.text == close:
            return True
        round_bracket = token.text in "（("
        spoken = other.tag_.startswith(("助動詞", "動詞", "補助記号-句点", "助詞-係助詞")) or other.text in ("が", "を")
        if not round_bracket and (spoken or other.i - token.i > 12):
            return False
    return False


def goes_on(token: Token) -> bool:
    """Whether a noun with か is followed by its alternative (同等か|それ以上)."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return token.text == "か" and after is not None and after.tag_.startswith(("名詞", "代名詞", "接頭辞"))


def drop_brackets(content: list[Token]) -> list[Token]:
    """The content without glosses in round brackets; quotation marks themselves stay for their words."""
    kept, depth = [], 0
    for token in content:
        depth += token.text in "（("
        if depth == 0:
            kept.append(token)
        depth -= token.text in "）)" and depth > 0
    return kept or content


def find_lemma(token: Token) -> str:
    """The dictionary form as the lexicons write it: 命じる for Sudachi's 命ずる, 科す for 科する."""
    if not token.tag_.startswith(("動詞", "形容詞", "接尾辞-動詞")):
        return token.text
    return re.sub(r"ずる$", "じる", re.sub(r"^([課科記称託])する$", r"\1す", token.lemma_))


def has_copula(tail: list[Token]) -> bool:
    return any(token.tag_.startswith("助動詞") and token.lemma_ in ("だ", "です") for token in tail) or any(
        token.lemma_ in ("ある", "有る", "かも", "ない", "無い") or token.text in ("か", "かも") for token in tail
    )


def is_adnominal(content: list[Token], tail: list[Token]) -> bool:
    """Whether the phrase ends in a form that stands before a noun (開発した, 強力な, 上回る)."""
    words = [token for token in (content + tail) if not token.tag_.startswith(("補助記号", "空白"))]
    if not words:
        return False
    inflection = words[-1].morph.get("Inflection", [])
    form = inflection[0] if inflection else ""
    return "連体形" in form or ("終止形" in form and not words[-1].tag_.startswith("助詞"))
