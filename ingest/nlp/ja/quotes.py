"""Who speaks in a headline that puts words in brackets beside a name: 「…」 Xが非難, X「…」."""

import re

from ingest.nlp.ja.attribution import SPEAKERS, Speaker, make_speaker
from ingest.nlp.ja.coreference import Memory
from ingest.nlp.ja.phrases import Clauses, Phrase

_CHARGES = re.compile(r"非難|告発|批判|訴え|主張|疑惑|指摘")


def find_quoted_speaker(clauses: Clauses, clause: Phrase, memory: Memory) -> tuple[Speaker | None, bool]:
    """The speaker of a clause that ends its brackets without と, and whether what he says is a charge."""
    span = _find_brackets(clauses, clause)
    if span is None:
        return None, False
    text, offset = clauses.sentence.text, clauses.sentence.span[0]
    charge = bool(_CHARGES.search(text[: span[0]] + text[span[1] :]))
    before = [p for p in clauses.phrases if p.span[1] - offset <= span[0] + 1]
    after = [p for p in clauses.phrases if p.span[0] - offset >= span[1]]
    for phrase in (*before[-1:], *after[:3]):
        fits = phrase.case in ("", "が", "は") and any(name.entity.type in SPEAKERS for name in phrase.names)
        if fits:
            return make_speaker(clauses, phrase, phrase, memory), charge
    return None, charge


def _find_brackets(clauses: Clauses, clause: Phrase) -> tuple[int, int] | None:
    """The brackets around a clause, when they close right behind it and nothing but a space or the end follows."""
    text, offset = clauses.sentence.text, clauses.sentence.span[0]
    start, end = clause.span[0] - offset, clause.span[1] - offset
    opening = text.rfind("「", 0, start + 1)
    closing = text.find("」", start)
    if opening < 0 or closing < 0 or "」" in text[opening:start] or not end - 3 <= closing <= end + 1:
        return None
    rest = text[closing + 1 :]
    return (opening, closing + 1) if not rest.strip("。") or rest[0] in " 　―—…、" else None
