"""The learned network, run on one window at a time: the encoder under onnxruntime, its heads in numpy.

The files of a folder belong together and are checked against `card.toml` before they are used. One window at a time
and one thread, because dynamic quantisation scales over all it is given: so a text gives the same in any company.
A sentence is read twice: once for what it states, then, by the last layers, once more for each predicate that it may
state and told so: who does it to whom is asked of what was read then. What is found so is proofread (proof.py).
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Sequence
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
from ingest.nlp.proof import PROOF, Array, Marked, Proof
from ingest.nlp.windows import Unit, Window

FORMAT = 3
WORDS, ENCODER, AGAIN, HEADS = "words.npz", "encoder.onnx", "again.onnx", "heads.npz"
PIECES, SHAPE, SCORER = "pieces.json", "shape.json", "scorer.json"
FILES = (WORDS, ENCODER, AGAIN, PROOF, HEADS, PIECES, SHAPE, SCORER)
# So many pieces before a sentence are read again with it.
_REACH = 64
_SPAN, _LONGEST, _STEPS = 32, 24, 15
ROLES = ("subject", "object", "amount", "speaker", "outer", "benchmark", "day")
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
        # It would keep a plan for every length and number of sentences read: 100 MB after 1,000 articles, no faster.
        options.enable_mem_pattern = False
        self._encoder, self._again = (
            onnxruntime.InferenceSession(folder / name, options, providers=["CPUExecutionProvider"])
            for name in (ENCODER, AGAIN)
        )
        self.proof = Proof(folder / PROOF, options)
        with np.load(folder / HEADS) as stored:
            self._heads = Heads({name: stored[name].astype(np.float32) for name in stored.files})
        shape = json.loads((folder / SHAPE).read_text("utf-8"))
        self.predicates = tuple(map(Predicate, shape["predicates"]))
        self.kinds = tuple(map(EntityType, shape["kinds"]))
        self.measures = tuple(map(str, shape["measures"]))
        self.modalities = tuple(map(Modality, shape["modalities"]))

    def read(self, window: Window) -> "Reading":
        """What the network sees in a window."""
        words = self._words.find(window.ids)[None]
        marks = np.asarray(window.marks, dtype=np.int64)[None]
        x, below = self._encoder.run(None, {"words": words, "marks": marks})
        return Reading(self._heads, window, x[0], below[0], self._read_again)

    def _read_again(self, below: Array) -> Array:
        (y,) = self._again.run(None, {"below": below})
        return np.asarray(y, dtype=np.float32)


class Heads(dict[str, Array]):
    """The weights of the heads by name."""

    def line(self, name: str, x: Array) -> Array:
        product: Array = x @ self[f"{name}.weight"].T
        return product + self[f"{name}.bias"]


class Reading:
    """One window as the heads read it; what nobody asks for is not computed.

    below  [pieces, wide]: what comes to the layers that read sentences again
    again  those layers: [sentences, pieces, wide] in, the same out
    """

    def __init__(self, heads: Heads, window: Window, x: Array, below: Array, again: Callable[[Array], Array]) -> None:
        self._heads, self.window, self._x, self._below, self._again = heads, window, x, below, again

    @cached_property
    def spans(self) -> Array:
        """[1 + kinds, pieces, pieces]: logits of an argument, then of a name of each kind, by begin and end."""
        long = len(self._x)
        y = self._heads.line("sp", self._x).reshape(long, -1, 2, _SPAN)
        z = np.einsum("icd,jcd->cij", y[:, :, 0], y[:, :, 1]) / _SPAN**0.5 + self._heads["spb"][:, None, None]
        far = np.arange(long)[None] - np.arange(long)[:, None]
        z = z + self._heads["lb"][:, far.clip(0, _LONGEST - 1)]
        blank = np.array([span[0] < 0 for span in self.window.spans])
        crossed = np.cumsum(blank)
        may = (far >= 0) & (far < _LONGEST) & (crossed[None] == crossed[:, None]) & ~blank[:, None]
        return np.where(may[None], z, np.float32(-99))

    def state(self, unit: Unit) -> tuple[Array, Array]:
        """What a unit states: logits by predicate, and how much each looks at which piece, [P, pieces]."""
        t = self._x[unit.begin : unit.end + 1]
        inner = _gelu(self._heads.line("pp.0", _sum_up(t)))
        look = _softmax(self._heads["lq"] @ self._heads.line("lk", t).T / self._heads["lq"].shape[1] ** 0.5)
        return self._heads.line("pp.3", inner) + (look @ t * self._heads["lv"]).sum(-1), look

    def hear(self, unit: Unit, predicates: NDArray[np.int64], look: Array) -> "list[Heard]":
        """The unit read again for each of some predicates; `look` as `state` gave it."""
        if not len(predicates):
            return []
        first = max(0, unit.begin - _REACH)
        below = self._below[first : unit.end + 1]
        given = np.repeat(below[None], len(predicates), axis=0)
        told = self._heads["told.weight"][predicates][:, None] + look[predicates][..., None] * self._heads["lit"]
        given[:, unit.begin - first :] += told
        y = self._again(given)
        return [
            Heard(self._heads, self._edges, below, unit, first, int(p), heard, look[p])
            for p, heard in zip(predicates, y, strict=True)
        ]

    def describe(self, candidates: Sequence[Candidate]) -> Array:
        """[candidates, part]."""
        return _describe(self._heads, self._edges, candidates)

    def refer(self, words: Array, before: Array) -> Array:
        """Which of the candidates before some words stand for; last: none of them."""
        keys = np.concatenate([self._heads.line("fk", before), self._heads["fn"][None]])
        logits: Array = self._heads.line("fq", words) @ keys.T / keys.shape[1] ** 0.5
        return logits

    @cached_property
    def _edges(self) -> tuple[Array, Array]:
        """Each piece as the first and as the last of a candidate."""
        return _make_edges(self._heads, self._x)


class Heard:
    """A unit as it was read again for one predicate.

    look  [pieces]: how much the predicate looks at which piece of the unit
    """

    def __init__(
        self,
        heads: Heads,
        edges: tuple[Array, Array],
        below: Array,
        unit: Unit,
        first: int,
        predicate: int,
        y: Array,
        look: Array,
    ) -> None:
        self._heads, self._unit, self.look = heads, unit, look
        self._below, self._first, self._predicate = below, first, predicate
        t = y[unit.begin - first :]
        asked = heads.line("q", np.concatenate([_sum_up(t), heads["pe.weight"][predicate]]))
        self._h = _gelu(asked + heads["qz.weight"] @ (look @ t))
        self._edges = tuple(edge.copy() for edge in edges)
        for edge, heard in zip(self._edges, _make_edges(heads, y), strict=True):
            edge[first : unit.end + 1] = heard

    @property
    def holds(self) -> float:
        """The logit that the unit states the predicate: what it was told, and may doubt."""
        return float(self._heads.line("holds", self._h)[0])

    def mark(self, places: Sequence[Span | None]) -> Marked:
        """A claim of this predicate, by the pieces of its parties in the window; those further before are left out.

        What goes on in the next part of a cut sentence is marked as far as it was read again.
        """
        first, last = self._first, self._unit.end
        inside = tuple(
            (max(place[0], first) - first, min(place[1], last) - first) if place and place[1] >= first else None
            for place in places
        )
        return Marked(self._below, self._unit.begin - first, self.look, self._predicate, inside)

    def describe(self, candidates: Sequence[Candidate]) -> Array:
        """[candidates, part], for this predicate."""
        return _describe(self._heads, self._edges, candidates)

    def point(self, role: str, r: Array, candidates: Sequence[Candidate], unit: int) -> Array:
        """How well each of the described candidates fills a role in the unit of that number; last: nothing does."""
        n = ROLES.index(role)
        asked = self._heads.line(f"roles.{n}", self._h)
        far = np.array([min(max(c.unit - unit, -3), 1) + 3 for c in candidates])
        kind = np.array([c.kind for c in candidates])
        z = self._heads.line(f"rk.{n}", r) @ asked / len(asked) ** 0.5
        z = z + self._heads["rb"][n][far] + self._heads["rkind"][n][kind]
        stated = self._unit.begin + int(np.argmax(self.look))
        z = z + self._heads.line("rt", self._h)[n * _STEPS : (n + 1) * _STEPS][_count_steps(candidates, stated)]
        return np.append(z, asked @ self._heads["none"][n] / len(asked) ** 0.5).astype(np.float32)

    def pair(self, left: str, right: str, ls: Array, rs: Array) -> Array:
        """[left, right]: logits that two parties of the predicate belong together."""
        n = _PAIRS[left, right]
        z = self._heads.line(f"pl.{n}", ls) @ self._heads.line(f"pr.{n}", rs).T
        logits: Array = z / self._heads[f"pl.{n}.bias"].size ** 0.5 + self._heads["pb"][n]
        return logits

    def firmness(self) -> tuple[Array, float, float]:
        """Logits of the modalities, of a denial, and of what any careful reader would list."""
        denied, core = (float(self._heads.line(name, self._h)[0]) for name in ("den", "core"))
        return self._heads.line("md", self._h), denied, core

    def measure(self, r: Array) -> Array:
        """Logits of what an amount measures."""
        logits: Array = self._heads["mr.weight"] @ r
        return self._heads.line("me", self._h) + logits


def _make_edges(heads: Heads, x: Array) -> tuple[Array, Array]:
    return heads.line("rs", x), x @ heads["re.weight"].T


def _describe(heads: Heads, edges: tuple[Array, ...], candidates: Sequence[Candidate]) -> Array:
    begin, end, kind = (np.array([getattr(c, key) for c in candidates]) for key in ("begin", "end", "kind"))
    return _gelu(edges[0][begin] + edges[1][end] + heads["kind.weight"][kind])


def _sum_up(t: Array) -> Array:
    return np.concatenate([t[-1], t.mean(0), t.max(0)])


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
        hashes, version = dict(card["sha256"]), str(card["version"])
        # A reader of another format may have other files.
        if card.get("format") != FORMAT:
            raise ConfigError(f"{path}: a reader of format {card.get('format')}; this claimgraph reads format {FORMAT}")
        wanted = {name: hashes[name] for name in FILES}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path}: not the card of a reader ({error}); install claimgraph again") from error
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
