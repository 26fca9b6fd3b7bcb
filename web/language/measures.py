"""The measures as people write them, in every language of the pages: `training cost`, 学習費用, 訓練費."""

from collections.abc import Iterable, Mapping
from functools import cache

from graph.errors import QueryError
from graph.ids import fold_name
from web.language.wording import LANGUAGES, get_words

_BETWEEN = "、"


def check_measure(measure: str, told: Iterable[str]) -> None:
    """QueryError for a measure that there is not, neither among those of claims nor in the words of the pages."""
    known = {*told, *spell_measures().values()}
    if measure and measure not in known:
        message = f"measure {measure!r} is none of {', '.join(sorted(known))}"
        raise QueryError(message, subject=measure, reason="refused")


@cache
def spell_measures() -> Mapping[str, str]:
    """The measure of each folded spelling."""
    codes = {code for lang in LANGUAGES for code in get_words(lang).tables["measures"]}
    spelled = {fold_name(code.replace("_", " ")): code for code in sorted(codes)}
    for lang in LANGUAGES:
        words = get_words(lang).tables
        spelled |= {fold_name(name): code for code, name in words["measures"].items()}
        for code, names in words["measure_words"].items():
            spelled |= {fold_name(name): code for name in names.split(_BETWEEN)}
    return spelled
