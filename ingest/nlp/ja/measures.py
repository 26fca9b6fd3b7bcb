"""The amounts and benchmarks that belong to an event of a sentence."""

import re
from collections.abc import Iterator, Sequence

from graph.records import EntityType, Party, Quantity
from ingest.nlp.document import Amount
from ingest.nlp.frames import Amounts
from ingest.nlp.ja.events import Event
from ingest.nlp.ja.phrases import Clauses, Phrase

_BOUNDING = frozenset({"超える", "上回る", "上る", "のぼる", "達する", "及ぶ", "下回る"})
# Behind an amount: what it was before (120億ドルから|倍増).
_OLD = re.compile(
    r"^(?:前後|程度|余り|超)?から(?:は)?(?:、|[^、。]{0,24}(?:増|減|引き上げ|引き下げ|上昇|下落|成長|倍|伸び|拡大|縮小|値上げ|値下げ))"
)


def find_quantity(wanted: Amounts | None, event: Event, clauses: Clauses, amounts: Sequence[Amount]) -> Quantity | None:
    """The amount of a fitting unit in the event's clause, the nearest before the event first."""
    if wanted is None:
        return None
    end = event.phrase.span[1]
    mine = [amount for amount in amounts if _governs(event, clauses, amount)]
    for amount in sorted(mine, key=lambda amount: (amount.span[0] > end, abs(end - amount.span[1]))):
        if amount.unit.split("/")[0] in wanted.units:
            return _make_quantity(amount, wanted.measure)
    return None


def find_benchmarks(event: Event, clauses: Clauses) -> tuple[Party, ...]:
    """The benchmarks named in the event's clause, in the order of the text."""
    found: dict[Party, None] = {}
    for phrase in clauses.phrases:
        if _reaches(phrase, event, clauses):
            found.update(dict.fromkeys(_iter_benchmarks(phrase)))
    return tuple(found)


def _iter_benchmarks(phrase: Phrase) -> Iterator[Party]:
    for name in phrase.names:
        if name.entity.type is EntityType.BENCHMARK:
            yield Party(name.entity.name, name.entity.id)


def _governs(event: Event, clauses: Clauses, amount: Amount) -> bool:
    """Whether an amount hangs on the event without another verb between."""
    numbers = (event.number, event.noun.number if event.noun else event.number)
    if _OLD.match(clauses.sentence.text[amount.span[1] - clauses.sentence.span[0] :]):
        return False
    phrase = next((p for p in clauses.phrases if p.span[0] <= amount.span[0] < p.span[1]), None)
    while phrase is not None:
        if phrase.number in numbers:
            return True
        if (
            phrase.verbal
            and phrase.core != "よう"
            and not _contains(phrase, amount)
            and not _describes(phrase, clauses)
        ):
            return False
        phrase = clauses.governor(phrase)
    return False


def _describes(phrase: Phrase, clauses: Clauses) -> bool:
    """Whether a word before a noun only says how large or what it is (200億ドルを|超える|契約, 広大な|窓)."""
    upper = clauses.governor(phrase)
    if not phrase.adnominal or upper is None or upper.verbal:
        return False
    return phrase.core in _BOUNDING or phrase.tail == "な"


def _reaches(phrase: Phrase, event: Event, clauses: Clauses) -> bool:
    current: Phrase | None = phrase
    while current is not None and current.number <= event.number:
        if current.number == event.number:
            return True
        if current.verbal and current.number != phrase.number:
            return False
        current = clauses.governor(current)
    return False


def _contains(phrase: Phrase, amount: Amount) -> bool:
    return phrase.span[0] < amount.span[1] and amount.span[0] < phrase.span[1]


def _make_quantity(amount: Amount, measure: str) -> Quantity:
    sign = -1 if measure.startswith("-") and amount.value > 0 else 1
    name = measure.removeprefix("-")
    if amount.unit == "downloads":
        name = "downloads"
    if name == "parameters" and amount.unit == "tokens":
        name = "context"
    return Quantity(name, sign * amount.value, amount.unit, amount.comparator, amount.high, amount.text)
