"""The learned network, run on one window at a time: the encoder under onnxruntime, its heads in numpy.

The files of a folder belong together and are checked against `card.toml` before they are used. One window at a time
and one thread, because dynamic quantisation scales over all it is given: so a text gives the same in any company.
"""

import hashlib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from graph.errors import ConfigError
from graph.records import EntityType, Modality, Predicate
from ingest.nlp.document import Span
from ingest.nlp.pieces import Pieces
from ingest.nlp.windows import Unit, Window

Array = NDArray[np.float32]

FORMAT = 1
WORDS, ENCODER, HEADS, PIECES, SHAPE = "words.npz", "encoder.onnx", "heads.npz", "pieces.json", "shape.json"
SCORER = "scorer.json"
FILES = (WORDS, ENCODER, HEADS, PIECES, SHAPE, SCORER)
_SPAN, _LONGEST, _STEPS = 32, 24, 15
_ROLES = ("subject", "object", "amount", "speaker", "outer", "benchmark", "day")
_PAIRS = {("subject", "object"): 0, ("subject", "amount"): 1, ("object", "amount"): 2}
ARGUMENT, AMOUNT, NOTHING, DAY = range(4)
# 4-bit embeddings come in blocks of so many with one scale.
_BLOCK = 32


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may fill a role: pieces from `begin` to `end`, its kind, and the number of its unit."""

    begin: int
    end: int
    kind: int
    unit: int


class Network:
    """The network of a folder. Raises ConfigError naming the file that is missing, cut or of another version."""

    def __init__(self, folder: Path) -> None:
        self.version = _check(folder)
        self.pieces = Pieces(folder / PIECES)
        self._words = _Words(folder / WORDS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._encoder = onnxruntime.InferenceSession(folder / ENCODER, options, providers=["CPUExecutionProvider"])
        with np.load(folder / HEADS) as stored:
            self._heads = {name: stored[name].astype(np.float32) for name in stored.files}
        shape = json.loads((folder / SHAPE).read_text("utf-8"))
        self.predicates = tuple(map(Predicate, shape["predicates"]))
        self.kinds = tuple(map(EntityType, shape["kinds"]))
        self.measures = tuple(map(str, shape["measures"]))
        self.modalities = tuple(map(Modality, shape["modalities"]))

    def read(self, window: Window) -> "Reading":
        """What the network sees in a window."""
        words = self._words.find(window.ids)[None]
        marks = np.asarray(window.marks, dtype=np.int64)[None]
        (x,) = self._encoder.run(None, {"words": words, "marks": marks})
        return Reading(self._heads, window, x[0])


class Reading:
    """One window as the heads read it; what nobody asks for is not computed."""

    def __init__(self, heads: dict[str, Array], window: Window, x: Array) -> None:
        self._heads, self.window, self._x = heads, window, x

    @cached_property
    def spans(self) -> Array:
        """[1 + kinds, pieces, pieces]: logits of an argument, then of a name of each kind, by begin and end."""
        long = len(self._x)
        y = self._line("sp", self._x).reshape(long, -1, 2, _SPAN)
        z = np.einsum("icd,jcd->cij", y[:, :, 0], y[:, :, 1]) / _SPAN**0.5 + self._heads["spb"][:, None, None]
        far = np.arange(long)[None] - np.arange(long)[:, None]
        z = z + self._heads["lb"][:, far.clip(0, _LONGEST - 1)]
        blank = np.array([span[0] < 0 for span in self.window.spans])
        crossed = np.cumsum(blank)
        may = (far >= 0) & (far < _LONGEST) & (crossed[None] == crossed[:, None]) & ~blank[:, None]
        return np.where(may[None], z, np.float32(-99))

    def state(self, unit: Unit) -> tuple[Array, Array, Array, Array]:
        """What a unit states: logits by predicate, what each looks at [P, wide], how [P, pieces], and its sums."""
        t = self._x[unit.begin : unit.end + 1]
        sums = np.concatenate([t[-1], t.mean(0), t.max(0)])
        inner = _gelu(self._line("pp.0", sums))
        look = _softmax(self._heads["lq"] @ self._line("lk", t).T / self._heads["lq"].shape[1] ** 0.5)
        z = look @ t
        return self._line("pp.3", inner) + (z * self._heads["lv"]).sum(-1), z, look, sums

    def ask(self, sums: Array, z: Array, predicate: int) -> Array:
        """The query of a predicate in a unit."""
        h = self._line("q", np.concatenate([sums, self._heads["pe.weight"][predicate]]))
        return _gelu(h + self._heads["qz.weight"] @ z)

    def describe(self, candidates: Sequence[Candidate]) -> Array:
        """[candidates, part]."""
        begin, end, kind = (np.array([getattr(c, key) for c in candidates]) for key in ("begin", "end", "kind"))
        tail = self._x[end] @ self._heads["re.weight"].T
        return _gelu(self._line("rs", self._x[begin]) + tail + self._heads["kind.weight"][kind])

    def offer(self, r: Array) -> dict[str, Array]:
        """What described candidates offer to each role; the same whatever is asked."""
        return {role: self._line(f"rk.{n}", r) for n, role in enumerate(_ROLES)}

    def point(
        self, role: str, h: Array, offered: Array, candidates: Sequence[Candidate], unit: int, stated: int
    ) -> Array:
        """How well each candidate fills a role of what the piece `stated` of a unit states; last: nothing does."""
        n = _ROLES.index(role)
        asked = self._line(f"roles.{n}", h)
        far = np.array([min(max(c.unit - unit, -3), 1) + 3 for c in candidates])
        kind = np.array([c.kind for c in candidates])
        z = offered @ asked / len(asked) ** 0.5
        z = z + self._heads["rb"][n][far] + self._heads["rkind"][n][kind]
        z = z + self._line("rt", h)[n * _STEPS : (n + 1) * _STEPS][_count_steps(candidates, stated)]
        return np.append(z, asked @ self._heads["none"][n] / len(asked) ** 0.5).astype(np.float32)

    def pair(self, left: str, right: str, ls: Array, rs: Array) -> Array:
        """[left, right]: logits that two parties of a predicate belong together."""
        n = _PAIRS[left, right]
        z = self._line(f"pl.{n}", ls) @ self._line(f"pr.{n}", rs).T
        logits: Array = z / self._heads[f"pl.{n}.bias"].size ** 0.5 + self._heads["pb"][n]
        return logits

    def refer(self, words: Array, before: Array) -> Array:
        """Which of the candidates before some words stand for; last: none of them."""
        keys = np.concatenate([self._line("fk", before), self._heads["fn"][None]])
        logits: Array = self._line("fq", words) @ keys.T / keys.shape[1] ** 0.5
        return logits

    def firmness(self, h: Array) -> tuple[Array, float, float]:
        """Logits of the modalities, of a denial, and of what any careful reader would list."""
        return self._line("md", h), float(self._line("den", h)[0]), float(self._line("core", h)[0])

    def measure(self, h: Array, r: Array) -> Array:
        """Logits of what an amount measures."""
        return self._line("me", h) + self._heads["mr.weight"] @ r

    def _line(self, name: str, x: Array) -> Array:
        return x @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"]


class _Words:
    """The frozen embeddings at 4 bits: blocks of 32 values with one scale."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            self._scales, self._nibbles = stored["scales"], stored["nibbles"]

    def find(self, ids: Sequence[int]) -> Array:
        chosen = np.asarray(ids)
        return unpack(self._scales[chosen], self._nibbles[chosen])


def unpack(scales: NDArray[np.float16], nibbles: NDArray[np.uint8]) -> Array:
    """Rows of 4-bit blocks as floats: low halves of a block's bytes, then high ones, less 8, times its scale."""
    blocks = nibbles.reshape(*scales.shape, _BLOCK // 2)
    values = np.concatenate([blocks & 15, blocks >> 4], axis=-1).astype(np.float32) - 8
    return (values * scales.astype(np.float32)[..., None]).reshape(len(scales), -1)


def _check(folder: Path) -> str:
    """The version of a folder whose files are as its card says."""
    path = folder / "card.toml"
    try:
        card = tomllib.loads(path.read_text("utf-8"))
        wanted, version = {name: card["sha256"][name] for name in FILES}, str(card["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path}: not the card of a reader ({error}); install claimgraph again") from error
    if card.get("format") != FORMAT:
        raise ConfigError(f"{path}: a reader of format {card.get('format')}; this claimgraph reads format {FORMAT}")
    for name, known in wanted.items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise ConfigError(f"{folder / name}: {error.strerror}; install claimgraph again") from error
        if found != known:
            raise ConfigError(f"{folder / name}: cut, or of another version than {path.name} says; install again")
    return version


def _count_steps(candidates: Sequence[Candidate], stated: int) -> NDArray[np.int64]:
    """How far candidates stand from a piece, in doubling steps: 0 far before, 7 there, 14 far behind."""
    off = np.array([c.end - stated if c.end < stated else max(0, c.begin - stated) for c in candidates])
    steps = np.sign(off) * np.round(np.log2(np.abs(off).astype(np.float32) + 1))
    return np.asarray(np.clip(steps, -7, 7) + 7, dtype=np.int64)


def span_of(window: Window, begin: int, end: int) -> Span:
    """The place in the text of pieces from `begin` to `end`."""
    return window.spans[begin][0], window.spans[end][1]


def _gelu(x: Array) -> Array:
    return (x * 0.5 * (1 + _erf(x / np.float32(2**0.5)))).astype(np.float32)


def _erf(x: Array) -> Array:
    """Abramowitz and Stegun 7.1.26: within 1.5e-7."""
    t = 1 / (1 + 0.3275911 * np.abs(x))
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.asarray(np.sign(x) * (1 - poly * np.exp(-x * x)), dtype=np.float32)


def _softmax(x: Array) -> Array:
    e = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), dtype=np.float32)
