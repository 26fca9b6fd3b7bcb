"""A text cut into the pieces that the reader's encoder knows, each with its place in the text."""

import json
import re
import struct
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from sentencepiece import SentencePieceProcessor

from graph.errors import ConfigError
from ingest.nlp.document import Span

START, PAD, END, UNKNOWN = 0, 1, 2, 3
_MARKS = ["<s>", "<pad>", "</s>", "<unk>"]
# Stands for a space, and before the first word.
_SPACE = "▁"
# Marks of no width, which sites strew into words.
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
# What the library calls usual, unknown and control pieces. A text that writes "</s>" ends no sentence by it.
_USUAL = 1
_KINDS = {START: 3, PAD: 3, END: 3, UNKNOWN: 2}
# Cut by the best sum of scores, and take a text as it comes: no space before it, none less in it, but "▁" for each.
_UNIGRAM = b"\x18\x01"
_AS_IT_COMES = b"\x18\x00\x20\x00\x28\x01"


class Pieces:
    """The encoder's pieces. Raises ConfigError for a file that is missing or is none."""

    def __init__(self, path: Path) -> None:
        try:
            listed = json.loads(path.read_bytes())["model"]["vocab"]
            vocabulary = [(str(piece), float(score)) for piece, score in listed]
            if [piece for piece, _ in vocabulary[: len(_MARKS)]] != _MARKS:
                raise ValueError(f"it does not begin with {' '.join(_MARKS)}")
            self._cutter = SentencePieceProcessor(model_proto=_make_model(vocabulary))
        except (OSError, ValueError, KeyError, TypeError, RuntimeError, OverflowError) as error:
            raise ConfigError(f"{path}: no pieces to read with: {error}; install claimgraph again") from error
        self._numbers = {piece: number for number, (piece, _) in enumerate(vocabulary)}

    def __len__(self) -> int:
        return len(self._numbers)

    def cut(self, text: str, spans: Sequence[Span]) -> list[list[tuple[int, Span]]]:
        """The pieces of each stretch of a text: number and span in the text, white space before it left out."""
        return [self._cut(text, *span) for span in spans]

    def _cut(self, text: str, start: int, end: int) -> list[tuple[int, Span]]:
        plain, places = _make_plain(text[start:end], start)
        if not plain:
            return []
        plain = plain.replace(" ", _SPACE)
        led = plain.startswith(_SPACE)
        row: list[tuple[int, Span]] = []
        at = 0 if led else -1
        for piece in self._cutter.encode(plain if led else _SPACE + plain, out_type=str):
            first, at = at, at + len(piece)
            # The space before the first word stands where that word begins.
            span = places[max(first, 0)], places[max(at, 1) - 1] + 1
            row.append((self._numbers.get(piece, UNKNOWN), _trim(text, *span)))
        return row


def _make_plain(part: str, start: int) -> tuple[str, Sequence[int]]:
    """A stretch without unseen marks and in NFKC, and where each of its characters comes from."""
    if part.isascii() or (unicodedata.is_normalized("NFKC", part) and not _UNSEEN.search(part)):
        return part, range(start, start + len(part))
    plain: list[str] = []
    places: list[int] = []
    held, held_at = "", [start]
    for at, char in enumerate(part, start):
        if _UNSEEN.match(char):
            continue
        if _joins(held, char):
            held += char
            held_at.append(at)
        else:
            _put(held, held_at, plain, places)
            held, held_at = char, [at]
    _put(held, held_at, plain, places)
    return "".join(plain), places


def _joins(held: str, char: str) -> bool:
    """Whether a character may change those before it: an accent, the second half of が."""
    if not held or char.isascii():
        return False
    alone = _compose(char)
    return bool(unicodedata.combining(alone[0])) or _compose(held + char) != _compose(held) + alone


def _put(held: str, held_at: Sequence[int], plain: list[str], places: list[int]) -> None:
    """What becomes one stands where it begins, what is left over where the last of it stood."""
    composed = _compose(held)
    plain.append(composed)
    spare = len(held_at) - len(composed)
    places.extend(held_at[max(0, spare + n) if n else 0] for n in range(len(composed)))


def _compose(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _make_model(vocabulary: Sequence[tuple[str, float]]) -> bytes:
    """The library's model of pieces with their scores, as a message of its protocol buffers.

    Written here, for the library's own classes want one version of `protobuf` and no older one.
    """
    pieces = (
        _make_field(1, piece.encode()) + struct.pack("<BfBB", 0x15, score, 0x18, _KINDS.get(number, _USUAL))
        for number, (piece, score) in enumerate(vocabulary)
    )
    spelling = _make_field(1, b"identity") + _AS_IT_COMES
    return b"".join([*(_make_field(1, piece) for piece in pieces), _make_field(2, _UNIGRAM), _make_field(3, spelling)])


def _make_field(number: int, body: bytes) -> bytes:
    size = len(body)
    if size >= 1 << 14:
        raise ValueError(f"a piece of {size} bytes")
    length = bytes((size,)) if size < 1 << 7 else bytes((size & 0x7F | 0x80, size >> 7))
    return bytes((number << 3 | 2,)) + length + body


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    return start, end
