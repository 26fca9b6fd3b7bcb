"""Nouns of action under a verb that only carries them: 買収 を 発表, 出資 の 検討 に 入る, 買収交渉 を 進める."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.nlp.ja.lexicon import LEXICON
from ingest.nlp.ja.phrases import Clauses, Phrase

# Announcing verbs under which only these kinds of action count as done (買収 を 発表); the rest is announced itself.
_ANNOUNCING = re.compile(r"^(?:正式)?(?:発表|公表|報告)$")
_DONE_BY_ANNOUNCING = re.compile(
    r"(?:買収|提携|出資|投資|調達|契約|協業|提訴|退任|辞任|就任|終了|停止|撤退|合併|連携|値下げ|値上げ|禁止|締結|開始|売却|取得|設立|協力|統合)$"
)
_ACTION_ENDS = ("契約", "訴訟", "提携", "声明", "パートナーシップ", "協定", "覚書")
_CASES = ("を", "に", "で", "に対して", "について")
# What these bring is aimed at or talked about: 買収に向けて, 出資について.
_AIMED = ("に対して", "について")


@dataclass(frozen=True, slots=True)
class Carried:
    """A noun of action, the word that says what is done, and whether that is only planned."""

    noun: Phrase
    core: str
    planned: bool


def find_carried(phrase: Phrase, clauses: Clauses) -> Carried | None:
    """What a verb carries; None for a verb that says something itself."""
    light = LEXICON.has("light_verbs", phrase.core)
    if not light and not _ANNOUNCING.match(phrase.core):
        return None
    for child in clauses.children(phrase.number):
        if not _stands_under(child, phrase):
            continue
        carried = _read_noun(child, clauses)
        if carried and (light or _DONE_BY_ANNOUNCING.search(carried.core)):
            aimed = child.case in _AIMED or any(
                LEXICON.is_one("plan_nouns", other.core) for other in clauses.children(phrase.number)
            )
            planned = carried.planned or aimed or LEXICON.has("future_light_verbs", phrase.core)
            return Carried(carried.noun, carried.core, planned)
    return None


# Beginnings that are a deed of their own: what is released stands before them (Xを提供開始).
_BEGUN = re.compile(r"(?:提供|販売|配信|出荷|発売|公開|量産|受注|運用|サービス)開始$")


def split_compound(core: str) -> tuple[str, bool]:
    """A compound as its action and whether it is only planned: 買収交渉 is 買収, planned; 提携発表 is 提携."""
    if _BEGUN.search(core):
        return core, False
    for name, planned in (("plan_nouns", True), ("done_nouns", False)):
        for end in LEXICON.words[name]:
            if core.endswith(end) and len(core) > len(end) + 1:
                return core.removesuffix(end), planned
    return core, False


def _stands_under(child: Phrase, phrase: Phrase) -> bool:
    fits = child.case in _CASES or (child.case in ("が", "は") and phrase.is_passive)
    return fits and not child.verbal


def _read_noun(child: Phrase, clauses: Clauses) -> Carried | None:
    """The action a noun names: its own, that of a compound, or for a noun of planning that of its owner."""
    if LEXICON.is_one("plan_nouns", child.core):
        below = next(_iter_owned(child, clauses), None)
        return Carried(below, split_compound(below.core)[0], planned=True) if below else None
    core, planned = split_compound(child.core)
    if child.action or core != child.core or child.core.endswith(_ACTION_ENDS):
        return Carried(child, core, planned)
    return None


def _iter_owned(noun: Phrase, clauses: Clauses) -> Iterator[Phrase]:
    """The nouns of action that a noun of planning is about: 買収 の 検討, 買収 に向けた 協議."""
    for below in clauses.children(noun.number):
        if below.case in ("の", "への", "についての", "に対して", "について") and not below.verbal and below.action:
            yield below
