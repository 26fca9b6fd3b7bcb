"""Deals told again without their parties: 本契約は…発表された供給契約である, 契約規模: 200億ドル超.

News digests name the two sides once and then speak of 本契約, この提携 or of a label's amount.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.records import ClaimType, Cue, CueKind, Modality, Predicate, Quantity
from ingest.nlp.document import Amount, Draft, Zone
from ingest.nlp.ja.coreference import Memory
from ingest.nlp.ja.modality import read_standing
from ingest.nlp.ja.phrases import Clauses, Phrase
from ingest.nlp.ja.standing import Standing, Unusable

# What a deal is called, and the predicates that it may be a word for.
_WORDS = (
    (r"(?:供給|購入|調達|納入)?契約", (Predicate.SUPPLIES, Predicate.PARTNERED_WITH)),
    (r"(?:業務|資本|戦略的?)?提携|パートナーシップ|協業|連携|合意", (Predicate.PARTNERED_WITH,)),
    (r"買収", (Predicate.ACQUIRED,)),
    (r"出資|投資", (Predicate.INVESTED_IN,)),
    (r"取引", (Predicate.SUPPLIES, Predicate.ACQUIRED, Predicate.INVESTED_IN, Predicate.PARTNERED_WITH)),
)
_POINTER = r"(?:この|本|同|今回の|当該)"
_TOPIC = tuple((re.compile(rf"^{_POINTER}(?:{word})$"), kinds) for word, kinds in _WORDS)
_LABEL = tuple((re.compile(rf"^\**(?:{word})(?:規模|金額|額|総額)\**\s*[:：]"), kinds) for word, kinds in _WORDS)
_NOUN = re.compile(r"(?:契約|提携|パートナーシップ|買収|出資|投資|取引|合意|協業)$")
_TOLD = re.compile(r"^(?:発表|公表|締結|合意|成立|報じる|公開|結ぶ|交わす)$")
_MONEY = frozenset({"USD", "JPY", "CNY", "EUR", "KRW", "GBP"})
_REACH = 12


def find_deal(drafts: Sequence[Draft]) -> Draft | None:
    """The deal between two named sides that a sentence tells; None when it tells none or several."""
    deals = [d for d in drafts if d.type is ClaimType.DEAL and d.object is not None and d.polarity.value == "affirmed"]
    return deals[0] if len(deals) == 1 else None


def iter_restated(
    clauses: Clauses, amounts: Sequence[Amount], memory: Memory, drafts: Sequence[Draft]
) -> Iterator[Draft]:
    """The deal told last, when this sentence tells it again with its amount or by its noun."""
    deal = memory.deal
    if deal is None or len(memory.seen) - memory.deal_at > _REACH or clauses.sentence.zone is not Zone.BODY:
        return
    if any(draft.type is ClaimType.DEAL and draft.predicate is deal.predicate for draft in drafts):
        return
    phrase = _find_statement(clauses, deal)
    quantity = next((_make_quantity(amount) for amount in amounts if amount.unit in _MONEY), None)
    if phrase is None:
        return
    standing = _read(clauses, phrase, memory)
    if standing is None or standing.denied:
        return
    yield replace(
        deal,
        span=clauses.sentence.span,
        quantity=quantity,
        claimants=standing.claimants,
        modality=_weaker(deal.modality, standing.modality),
        date=None,
        cues=(*standing.cues, Cue(CueKind.TRIGGER, phrase.span, phrase.text)),
        rule="restated deal",
    )


def _find_statement(clauses: Clauses, deal: Draft) -> Phrase | None:
    """The phrase that tells the deal again: its noun with だ, or the verb that says it was made public."""
    text = clauses.sentence.text
    if any(pattern.match(text) and deal.predicate in kinds for pattern, kinds in _LABEL):
        return clauses.phrases[-1]
    topic = next((p for p in clauses.phrases if p.case == "は"), None)
    if topic is None or not any(pattern.match(_words(topic, clauses)) and deal.predicate in k for pattern, k in _TOPIC):
        return None
    last = clauses.phrases[-1]
    if last.verbal and _NOUN.search(last.core):
        return last
    return next((p for p in clauses.phrases[topic.number :] if _TOLD.match(p.core) and p.is_passive), None)


def _words(phrase: Phrase, clauses: Clauses) -> str:
    before = [c.core + c.tail for c in clauses.children(phrase.number) if not c.verbal and c.core in ("この", "今回")]
    return "".join(before) + phrase.core


def _read(clauses: Clauses, phrase: Phrase, memory: Memory) -> Standing | None:
    try:
        return read_standing(clauses, phrase, memory)
    except Unusable:
        return None


def _weaker(one: Modality, other: Modality) -> Modality:
    """What was only planned or rumoured before stays so."""
    return other if one is Modality.ASSERTED else one


def _make_quantity(amount: Amount) -> Quantity:
    return Quantity("price", amount.value, amount.unit, amount.comparator, amount.high, amount.text)
