"""Comparisons that stand in a noun and not in a verb: GPT-4o 並みの 性能, GPT-4o の 2倍 速い."""

import re
from collections.abc import Iterator

from graph.records import EntityType
from ingest.nlp.document import Name
from ingest.nlp.ja.phrases import Clauses, Phrase

_COMPARED = frozenset({EntityType.MODEL, EntityType.PRODUCT, EntityType.HARDWARE})
# What makes a name a measure, and the verb that says the same.
_MEASURES = (
    (re.compile(r"^(?:並み?|級|クラス|レベル|相当|同等|と同等)(?:の|な|に|だ|で|と|$)"), "同等"),
    (re.compile(r"^(?:以上|超え|超)(?:の|だ|で|と|$)"), "凌駕"),
)
# Only where it is said of how well something does; GPT-4o級の料金 is no result.
_PERFORMANCE = re.compile(
    r"(?:性能|能力|精度|実力|スコア|品質|水準|知能|賢さ|推論|速度|成績|結果|出力|パフォーマンス|スループット|処理量|効率|正答率|回答)"
)
_TIMES = re.compile(r"(?:倍|[%％割])(?:以上|超|近く|ほど|程度|も)?(?:速い|高速|高い|高性能|強力|賢い|優れる|の|に|だ)?")
_LESS = re.compile(
    r"(?:価格|費用|コスト|料金|消費|売上|収益|株価|調達|時価|電力を|安い|遅い|低い|万人|利用者|人数|予算|レイテンシ|遅延|誤り|幻覚)"
)


def find_measures(phrase: Phrase, clauses: Clauses) -> Iterator[tuple[str, str]]:
    """The verb and the case under which a phrase compares with the name it holds (GPT-4o並みの: 同等, と)."""
    name = next((name for name in phrase.names[::-1] if name.entity.type in _COMPARED), None)
    if name is None or not _is_about_results(phrase, clauses) or _LESS.search(_before(phrase, clauses)):
        return
    rest = _after(name, phrase, clauses)
    for pattern, verb in _MEASURES:
        if pattern.match(rest):
            yield verb, "と" if verb == "同等" else "を"


def find_times(phrase: Phrase, clauses: Clauses) -> Phrase | None:
    """The name before の that a multiple is taken of (GPT-4oの|2倍速い), None for amounts of anything else."""
    if not re.search(r"[0-9０-９]", phrase.core) or not _TIMES.search(phrase.core) or "倍" not in phrase.core:
        return None
    if _LESS.search(clauses.sentence.text):
        return None
    before = clauses.phrases[phrase.number - 1] if phrase.number else None
    if before is None or before.case not in ("の", "より") or not before.names:
        return None
    return before if before.names[-1].entity.type in _COMPARED else None


def _is_about_results(phrase: Phrase, clauses: Clauses) -> bool:
    if phrase.verbal:
        return True
    upper = clauses.governor(phrase)
    return upper is not None and bool(_PERFORMANCE.search(upper.core)) and not _LESS.search(upper.core)


def _before(phrase: Phrase, clauses: Clauses) -> str:
    """What stands before a phrase since the last comma."""
    offset = clauses.sentence.span[0]
    return clauses.sentence.text[: phrase.span[0] - offset].rpartition("、")[2]


def _after(name: Name, phrase: Phrase, clauses: Clauses) -> str:
    offset = clauses.sentence.span[0]
    return clauses.sentence.text[name.span[1] - offset : phrase.span[1] - offset].lstrip("」』 ")
