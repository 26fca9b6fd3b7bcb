"""A text cut into the pieces that the reader's encoder knows, each with its place in the text."""

from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

from graph.errors import ConfigError
from ingest.nlp.document import Span

START, PAD, END, UNKNOWN = 0, 1, 2, 3


class Pieces:
    """The encoder's pieces. Raises ConfigError for a file that is missing or is none."""

    def __init__(self, path: Path) -> None:
        try:
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises nothing more exact
            raise ConfigError(f"{path}: no pieces to read with: {error}; install claimgraph again") from error

    def __len__(self) -> int:
        return int(self._tokenizer.get_vocab_size())

    def cut(self, text: str, spans: Sequence[Span]) -> list[list[tuple[int, Span]]]:
        """The pieces of each stretch of a text: number and span in the text, white space before it left out."""
        found = self._tokenizer.encode_batch([text[start:end] for start, end in spans], add_special_tokens=False)
        return [
            [(number, _trim(text, begin + a, begin + b)) for number, (a, b) in zip(row.ids, row.offsets, strict=True)]
            for (begin, _), row in zip(spans, found, strict=True)
        ]


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    return start, end
