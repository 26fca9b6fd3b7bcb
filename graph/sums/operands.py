"""Which numbers a sum can take, and which of several sums is told."""

from collections.abc import Iterable, Iterator

from graph.sums.making import Check, Operand, Sum
from graph.sums.numerals import COUNT, PART, PERCENT, POINTS, RANK, RATIOS, TIMES, Numeral, is_alike
from graph.sums.passages import Passage, list_by_name, make_singular

# A text that errs is off by little; numbers that are far from what is said are rather not the ones it means.
_FAR_OFF = 4.0
# "More than half" is said of some sixty in a hundred, hardly of ninety.
_LOOSELY = 1.5


def pick_sole(numerals: Iterable[Numeral]) -> Numeral | None:
    """The number that all of them give; none where they differ."""
    found = tuple(numerals)
    return found[0] if found and all(one.value == found[0].value for one in found) else None


def is_amount(one: Numeral, priced: bool = False) -> bool:
    """No ratio, no rank, no small number in letters; no price of a piece, unless asked for."""
    plain = one.unit not in (*RATIOS, RANK, POINTS) and not one.spelled
    return plain and (priced or not one.noun or one.unit == COUNT)


def is_same_kind(one: Numeral, other: Numeral) -> bool:
    """Whether two numbers are of one kind: one currency, or of things that go by one noun or none."""
    if not is_alike(one, other):
        return False
    return one.unit != COUNT or not one.noun or not other.noun or make_singular(one.noun) == make_singular(other.noun)


def list_staff(passage: Passage, said: Numeral) -> tuple[Operand, ...]:
    """How many work somewhere, wherever the text counts them, for a share of them: "15 percent of its workforce"."""
    text, words = passage.text, passage.words
    beside = text[max(0, said.lead - 10) : said.lead] if words.base_first else text[said.end : said.end + 40]
    return tuple(_iter_staff(passage)) if words.staff.search(beside) else ()


def _iter_staff(passage: Passage) -> Iterator[Operand]:
    for sentence in passage.article:
        for one in sentence.numerals:
            around = sentence.text[max(0, one.lead - 10) : one.end + 24]
            part = passage.words.part.marks(sentence.text, one)
            if one.unit == COUNT and is_amount(one) and not part and passage.words.staff.search(around):
                yield Operand(one, "" if sentence is passage.sentence else sentence.text)


def list_named(passage: Passage, said: Numeral) -> tuple[Operand, ...]:
    """The amounts beside which the text has the name of what a share is of: an eighth of the project's cost, of "the
    $48 million project"; 事業費の8分の1, of 総事業費512億円."""
    text, words = passage.text, passage.words
    told = words.named.search(text[: said.lead]) if words.base_first else words.named.match(text, said.end)
    found = list_by_name(passage.named, told["name"]) if told else ()
    return tuple(
        Operand(one, sentence.text) for sentence, one in found if sentence is not passage.sentence and is_amount(one)
    )


def choose(said: Numeral, sums: Iterable[Sum | None], firm: bool = False) -> Sum | None:
    """The one sum that comes out as said, to the last digit if several do; where `firm`, also one that stands alone
    and does not."""
    found = list({one.formula: one for one in sums if one and is_near(said, one)}.values())
    fitting = [one for one in found if one.agrees and is_near(said, one, _LOOSELY)]
    if len(fitting) > 1:
        fitting = [one for one in fitting if abs(get_scaled(said, one) - said.value) <= said.step / 2]
    if len(fitting) == 1:
        return fitting[0]
    return found[0] if firm and len(found) == 1 else None


def get_scaled(said: Numeral, made: Sum) -> float:
    """The size of a result in the unit of what is said."""
    return abs(made.result) / (100 if said.unit == PART else 1)


def is_near(said: Numeral, made: Sum, most: float = _FAR_OFF) -> bool:
    """Whether a result is at most so many times what is said, or so small a part of it, as is what is left."""
    if not said.value:
        return False
    if made.check == Check.CHANGE and made.result < 0 and said.unit != TIMES:
        left, told = 100 + made.result, 100 - said.value * (1 if said.unit == PERCENT else 100)
        if left * _FAR_OFF < told:
            return False
    return 1 / most <= get_scaled(said, made) / said.value <= most
