"""How each clause of a sentence hangs on the next: quoted, asked, before a noun, in a chain, or broken off."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingest.nlp.ja.acts import ACTS
from ingest.nlp.ja.phrases import Clauses, Phrase


class Link(StrEnum):
    """The way a phrase leans on the next.

    QUOTE      …と述べた, …との見方
    ASK        …か(どうか)
    ADNOMINAL  a clause before its noun: 開発した|モデル
    NOMINAL    a clause made a noun: …したことを, …するのを
    SERIAL     て, continuative form: what the end of the sentence says holds for it too
    BREAK      が, ので, ため, し: a clause of its own
    CONDITION  ば, なら, 場合
    CASE       no clause at all: a noun with its particle
    END        nothing follows
    """

    QUOTE = "quote"
    ASK = "ask"
    ADNOMINAL = "adnominal"
    NOMINAL = "nominal"
    SERIAL = "serial"
    BREAK = "break"
    CONDITION = "condition"
    CASE = "case"
    END = "end"


@dataclass(frozen=True, slots=True)
class Step:
    """One step up from a clause: the phrase below, how it leans, the phrase above."""

    lower: Phrase
    link: Link
    upper: Phrase


_ASK = re.compile(r"(?:か(?:どうか)?|かと|かという)(?:は|が|を|も|と|について)?$")
_PLAIN_ASK = re.compile(r"^(?:る|する|い|)か$")
_NO_ALTERNATIVES = frozenset({"する", "ある", "なる", "分かる", "わかる", ""})
_SUPPOSING = re.compile(r"(?:すれば|すると|したら|しても|仮定)")
_CONDITION = re.compile(
    r"(?:れば|えば|けば|せば|てば|めば|ねば|なら|ならば|たら|だら|とすれば|とすると|としたら|ない限り|ても|でも|としても)$"
)
_BREAK = re.compile(
    r"(?:(?:た|だ|る|う|く|い|す|ぬ|ん)(?:が|けど|けれど|けれども|ので|から|し|ものの|のに|ところ|一方|一方で)|ですが|ますが|ませんが|ためで?|にもかかわらず|ものの)$"
)
_QUOTE = re.compile(r"(?:と|とも|とは|との|という|っていう|って|などと|とまで|といった|などの)$")
_NOMINAL = re.compile(r"の(?:を|が|は|に|も|で)$")
# Nouns that turn the clause before them into one of time or cause.
_CLAUSE_NOUNS = re.compile(
    r"^(?:ため|際|後|前|直後|直前|結果|一方|一方で|中|時|とき|時点|ところ|以来|以降|たび|うち|うえ|上|反面|半面|代わり|翌日|当日|通り|とおり|ほか|他|間|最中|矢先|背景|途端)$"
)
_CONDITION_NOUNS = re.compile(r"^(?:場合|限り|仮定|前提)$")


def find_link(clauses: Clauses, phrase: Phrase) -> Link:
    """How a phrase leans on its governor."""
    upper = clauses.governor(phrase)
    if upper is None:
        return Link.END
    if not phrase.verbal:
        return (
            Link.QUOTE
            if phrase.case in ("との", "という") and ACTS.is_noun_act(upper.head)
            else _find_bare(phrase, upper)
        )
    following = clauses.phrases[phrase.number + 1]
    if phrase.tail.endswith("と") and following.core in ("同時", "共", "ともに"):
        return Link.BREAK
    if phrase.tail.endswith("と") and _SUPPOSING.match(following.text):
        return Link.CONDITION
    return _find_verbal(phrase, upper)


def _find_bare(phrase: Phrase, upper: Phrase) -> Link:
    """A noun of action may stand for its clause: 公開、, 買収と報じた."""
    if phrase.action and (phrase.case == "と" or phrase.tail in ("か", "かと")) and ACTS.is_speech(upper):
        return Link.ASK if phrase.tail.startswith("か") else Link.QUOTE
    if phrase.action and phrase.tail in ("", "へ", "か") and phrase.comma:
        return Link.ASK if phrase.tail == "か" else Link.SERIAL
    return Link.CASE


def _find_verbal(phrase: Phrase, upper: Phrase) -> Link:
    tail = phrase.tail or phrase.text.rstrip("、。")
    if _NOMINAL.search(tail):
        return Link.NOMINAL
    if _QUOTE.search(tail) and (
        ACTS.is_speech(upper) or ACTS.is_noun_act(upper.head) or tail.endswith(("との", "という", "といった"))
    ):
        return Link.ASK if _ASK.search(tail) and not _softens(tail) else Link.QUOTE
    if is_alternative(phrase, upper):
        return Link.SERIAL
    if _ASK.search(tail) and not _softens(tail):
        return Link.ASK
    if tail == "と" and phrase.core in ("考える", "見る", "みる", "踏まえる", "比べる", "比較"):
        return Link.BREAK
    if _CONDITION.search(phrase.text.rstrip("、。 ")) or (
        tail.endswith("と") and phrase.kind != "名詞" and not ACTS.is_speech(upper)
    ):
        return Link.CONDITION if not tail.endswith("と") or not tail.endswith("ると") else Link.BREAK
    if _BREAK.search(tail):
        return Link.BREAK
    if (
        phrase.adnominal
        and upper.kind in ("名詞", "代名詞", "接尾辞", "形状詞", "接頭辞", "記号")
        and not phrase.comma_after_te
    ):
        return _find_noun_link(upper)
    return Link.SERIAL


def is_alternative(phrase: Phrase, upper: Phrase | None) -> bool:
    """Whether か joins a clause to another that says more (並ぶか、|それを上回る) and asks nothing."""
    if upper is None or not phrase.comma or not _PLAIN_ASK.search(phrase.tail):
        return False
    return upper.verbal and not ACTS.is_speech(upper) and upper.core not in _NO_ALTERNATIVES


def _softens(tail: str) -> bool:
    return bool(re.search(r"(?:のでは|ん?じゃ|では)ない(?:だろう)?か", tail))


def _find_noun_link(upper: Phrase) -> Link:
    if _CONDITION_NOUNS.match(upper.head):
        return Link.CONDITION
    if _CLAUSE_NOUNS.match(upper.head):
        return Link.BREAK
    return Link.NOMINAL if upper.core in ("こと", "事", "もの", "点") else Link.ADNOMINAL


def iter_steps(clauses: Clauses, phrase: Phrase) -> Iterator[Step]:
    """The steps from a phrase up to the end of its sentence."""
    lower, upper = phrase, clauses.governor(phrase)
    while upper is not None:
        yield Step(lower, find_link(clauses, lower), upper)
        lower, upper = upper, clauses.governor(upper)
