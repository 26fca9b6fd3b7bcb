"""Text without the spaces that many writers put between Latin and Japanese: 「OpenAI が 200 億ドルを調達」.

Sudachi takes a が behind a space for a conjunction, and no pattern of ours expects one there.
"""

import re

from ingest.nlp.document import Span

_JA = "ぁ-ゖァ-ヶー一-龠々、。「」（）"
_LATIN = "A-Za-z0-9.%$+)(&'’!-"
_SPACE = re.compile(rf"(?<=[{_LATIN}]) (?=[{_JA}])|(?<=[{_JA}]) (?=[{_LATIN}])")


def squeeze(text: str) -> tuple[str, list[int]]:
    """The text without those spaces, and where each of its characters stood (one more for the end)."""
    gaps = {match.start() for match in _SPACE.finditer(text)}
    kept = [index for index in range(len(text)) if index not in gaps]
    return "".join(text[index] for index in kept), [*kept, len(text)]


def restore(span: Span, places: list[int]) -> Span:
    """A span of the squeezed text as one of the text itself."""
    start, end = span
    return places[start], places[end - 1] + 1
