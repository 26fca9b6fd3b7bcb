"""Names that no table lists, found by the words that introduce them: X氏, Xというモデル, AI企業のX."""

from collections.abc import Iterable

from ingest.nlp.document import Sentence, Span


def find_new_names(sentence: Sentence) -> Iterable[tuple[Span, str, str]]:
    return ()
