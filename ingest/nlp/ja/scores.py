"""Scores that stand beside a model's name in a sentence about a benchmark: X は89.4, 76.1 の X, X(85.5)."""

import re
from collections.abc import Iterator, Sequence

from graph.records import EntityType, Party, Quantity
from ingest.nlp.document import Amount, Name
from ingest.nlp.ja.phrases import Clauses

# Between a name and its score.
_AFTER = re.compile(r"^[」』]?(?:の(?:スコア(?:は|が)|正答率(?:は|が)|得点(?:は|が))?|は|が|[（(]|で)\s?約?$")
_BEFORE = re.compile(r"^の[「『]?$")
_UNITS = frozenset({"%", "points"})
# Numbers that say how far one is ahead are no score.
_DIFFERENCE = re.compile(r"^(?:の)?(?:差|上回|下回|高|低|向上|改善|増|減|上昇|ポイント差)")
_ABOUT = re.compile(r"スコア|正答率|正解率|得点|精度|点|上回|下回|差をつけ|勝")


def find_scores(clauses: Clauses, amounts: Sequence[Amount]) -> Iterator[tuple[Name, Party, Quantity]]:
    """Model, benchmark and score of each pair; nothing unless the sentence names exactly one benchmark."""
    names = clauses.sentence.names
    benchmarks = {name.entity.name: name for name in names if name.entity.type is EntityType.BENCHMARK}
    if len(benchmarks) != 1 or not _ABOUT.search(clauses.sentence.text):
        return
    benchmark = next(iter(benchmarks.values())).entity
    for amount in amounts:
        model = _find_beside(amount, clauses) if amount.unit in _UNITS else None
        if model:
            score = Quantity("score", amount.value, amount.unit, amount.comparator, amount.high, amount.text)
            yield model, Party(benchmark.name, benchmark.id), score


def _find_beside(amount: Amount, clauses: Clauses) -> Name | None:
    text, offset = clauses.sentence.text, clauses.sentence.span[0]
    start, end = amount.span[0] - offset, amount.span[1] - offset
    if _DIFFERENCE.match(text[end:]):
        return None
    models = [name for name in clauses.sentence.names if name.entity.type is EntityType.MODEL]
    for model in models:
        if 0 <= start - (model.span[1] - offset) < 12 and _AFTER.match(text[model.span[1] - offset : start]):
            return model
        if 0 <= (model.span[0] - offset) - end < 3 and _BEFORE.match(text[end : model.span[0] - offset]):
            return model
    return None
