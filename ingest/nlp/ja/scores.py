"""Scores that stand beside a model's name in a sentence about a benchmark: X は89.4, 76.1 の X, X(85.5)."""

import re
from collections.abc import Iterator, Sequence

from graph.records import EntityType, Party, Quantity
from ingest.nlp.document import Amount, Name
from ingest.nlp.ja.phrases import Clauses

# Between a name and its score.
_AFTER = re.compile(r"^[」』]?(?:の(?:スコア(?:は|が)|正答率(?:は|が)|得点(?:は|が))?|は|が|[（(]|で)\s?約?$")
_BEFORE = re.compile(r"^の[「『]?$")
_BEHIND = re.compile(
    r"^[」』]?(?:では|でも|で|において|は|が|も|の(?:スコア|正答率|正解率|得点|精度)(?:は|が|で)?)?[:：(（ ]?約?$"
)
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


def find_listed(clauses: Clauses, amounts: Sequence[Amount]) -> Iterator[tuple[Name, Party, Quantity]]:
    """Scores right behind each of several benchmarks (MMLUで88.5%、GPQAで75%): those of the only model named."""
    names, text, offset = clauses.sentence.names, clauses.sentence.text, clauses.sentence.span[0]
    models = {name.entity.name: name for name in names if name.entity.type is EntityType.MODEL}
    benchmarks = [name for name in names if name.entity.type is EntityType.BENCHMARK]
    if len(models) != 1 or len({name.entity.name for name in benchmarks}) < 2:
        return
    model = next(iter(models.values()))
    for benchmark in benchmarks:
        for amount in amounts:
            between = text[benchmark.span[1] - offset : amount.span[0] - offset]
            follows = amount.span[0] >= benchmark.span[1] and _BEHIND.match(between)
            if follows and amount.unit in _UNITS and not _DIFFERENCE.match(text[amount.span[1] - offset :]):
                score = Quantity("score", amount.value, amount.unit, amount.comparator, amount.high, amount.text)
                yield model, Party(benchmark.entity.name, benchmark.entity.id), score


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
