"""What is wrong about a claim, as a judgement may say it: reasons and fields that can be."""

import math
import re
from collections.abc import Callable, Mapping

from graph.errors import JudgementRefused
from graph.records import (
    NOTHING_SAID,
    PREDICATES,
    Comparator,
    Field,
    Judgement,
    JudgementKind,
    Modality,
    Polarity,
)

_LONGEST = 300
_DAY = re.compile(r"\d{4}(-Q[1-4]|-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def check_misreading(new: Judgement) -> None:
    """JudgementRefused where it gives a reason or fields that cannot be."""
    if not new.reason and not new.should:
        return
    if new.kind is not JudgementKind.MISREAD:
        raise JudgementRefused(
            f"{new.kind}: only a misread claim has a reason, and fields that should be", subject=new.id
        )
    if new.should and (new.reason in NOTHING_SAID or len(new.claims) != 1):
        message = "where no claim should be there are no fields" if new.reason in NOTHING_SAID else "name one claim"
        raise JudgementRefused(f"misread: {message}", subject=new.id)
    if len({fix.field for fix in new.should}) != len(new.should):
        raise JudgementRefused("misread: a field should be one thing", subject=new.id)
    for fix in new.should:
        if len(fix.value) > _LONGEST or not _CHECKS[fix.field](fix.value):
            may_be = f"; {_MAY_BE[fix.field]}" if fix.field in _MAY_BE else ""
            raise JudgementRefused(f"misread: {fix.field} cannot be {fix.value[:40]!r}{may_be}", subject=new.id)


def _is_number(text: str) -> bool:
    try:
        return not text or math.isfinite(float(text))
    except ValueError:
        return False


def _is_anything(text: str) -> bool:
    return True


_PREDICATES = tuple(dict.fromkeys(code.value for codes in PREDICATES.values() for code in codes))
_CHECKS: Mapping[Field, Callable[[str], bool]] = {
    Field.PREDICATE: lambda text: text in _PREDICATES,
    Field.SUBJECT: bool,
    Field.OBJECT: _is_anything,
    Field.BENCHMARK: _is_anything,
    Field.SPEAKERS: _is_anything,
    Field.MODALITY: lambda text: text in {code.value for code in Modality},
    Field.POLARITY: lambda text: text in {code.value for code in Polarity},
    Field.MEASURE: _is_anything,
    Field.COMPARATOR: lambda text: not text or text in {code.value for code in Comparator},
    Field.VALUE: _is_number,
    Field.HIGH: _is_number,
    Field.UNIT: _is_anything,
    Field.DATE: lambda text: not text or bool(_DAY.fullmatch(text)),
}
_NUMBER = "write a number such as 5.6e6, or nothing"
_MAY_BE: Mapping[Field, str] = {
    Field.PREDICATE: f"one of {', '.join(_PREDICATES)}",
    Field.SUBJECT: "write who or what it is about",
    Field.MODALITY: f"one of {', '.join(Modality)}",
    Field.POLARITY: f"one of {', '.join(Polarity)}",
    Field.COMPARATOR: f"one of {', '.join(Comparator)}, or nothing",
    Field.VALUE: _NUMBER,
    Field.HIGH: _NUMBER,
    Field.DATE: "write a day, month, quarter or year such as 2025-01-28, 2025-01, 2025-Q1 or 2025, or nothing",
}
