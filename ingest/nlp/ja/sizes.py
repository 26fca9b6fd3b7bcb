"""Sizes that stand beside a model's name: X（300億パラメータ）, X は300億パラメータ, 300億パラメータの X."""

import re
from collections.abc import Iterator, Sequence

from graph.records import EntityType, Quantity
from ingest.nlp.document import Amount, Name
from ingest.nlp.ja.phrases import Clauses

_NOUN = r"パラメータ[ーァ]?(?:数|規模)?"
# Between a name and its size.
_AFTER = re.compile(
    rf"^[」』]?(?:は|が|の|、|も|[（(])\s?(?:総|合計|全体で|最大級の)?(?:{_NOUN}(?:は|が)?)?(?:総計|約|およそ|わずか|たった)?$"
)
# Between a size and the name it describes.
_BEFORE = re.compile(
    rf"^(?:{_NOUN})?(?:級|規模|サイズ)?の(?:[^、。はがをにでと]{{0,10}}(?:モデル|MoE|LLM|AI))?(?:である)?[、・]?[「『]?$"
)
_TOLD_OF = frozenset({EntityType.MODEL, EntityType.PRODUCT})


def find_sizes(clauses: Clauses, amounts: Sequence[Amount]) -> Iterator[tuple[Name, Quantity]]:
    """Each model with the number of parameters that is written beside its name."""
    for amount in amounts:
        model = _find_beside(amount, clauses) if amount.unit == "parameters" else None
        if model:
            yield (
                model,
                Quantity("parameters", amount.value, amount.unit, amount.comparator, amount.high, amount.text),
            )


def _find_beside(amount: Amount, clauses: Clauses) -> Name | None:
    text, offset = clauses.sentence.text, clauses.sentence.span[0]
    start, end = amount.span[0] - offset, amount.span[1] - offset
    for model in clauses.sentence.names:
        if model.entity.type not in _TOLD_OF:
            continue
        first, last = model.span[0] - offset, model.span[1] - offset
        if (last <= start and _AFTER.match(text[last:start])) or (end <= first and _BEFORE.match(text[end:first])):
            return model
    return None
