"""Fitted weights as graphs that onnxruntime runs: the encoder, the layers that read again, and those that proofread.

The sizes are those of the weights, so that a test can have small ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from ingest.nlp.network import AGAIN, ENCODER
from ingest.nlp.proof import PARTIES, PARTS, ROLES, VIEWS, Array

_EAR = 32  # wide is each ear of the attention
_OPSET = 20
# What loses most at 8 bits is kept in half precision: what comes out of the inner layer has a few large values.
HALF = ("fo.weight",)
# torch keeps the weight of a line as [out, in], a graph as [in, out].
TURNED = ("qkv.weight", "ao.weight", "fi.weight", "fo.weight", "seen.weight")
IN_GRAPHS = ("encoder.", "again.", "proof.")


def write_graphs(weights: Mapping[str, Array], folder: Path, *, exact: bool = False) -> None:
    """The encoder, and the layers that read a sentence again, as graphs; int8 by channel unless `exact`."""
    nodes, wide = _Nodes(weights), len(weights["encoder.typ"])
    words, x, below, y = (_tell(name, ["many", "long", wide]) for name in ("words", "x", "below", "y"))
    marks = _tell("marks", ["many", "long"], TensorProto.INT64)
    _write_graph(weights, [words, marks], nodes.iter_encoder(), [x, below], folder / ENCODER, exact)
    _write_graph(weights, [below], nodes.iter_again(), [y], folder / AGAIN, exact)


def write_proof(weights: Mapping[str, Array], path: Path, *, exact: bool = False) -> None:
    """The layers that proofread claims, as one graph over what `lay_out` of ingest/nlp/proof.py gives."""
    wide = len(weights["proof.lit"])
    inputs = [
        _tell("below", ["many", "long", wide]),
        _tell("own", ["many", "long"]),
        _tell("look", ["many", "long"]),
        _tell("marks", ["many", PARTS * len(ROLES), "long"]),
        _tell("predicate", ["many"], TensorProto.INT64),
    ]
    outputs = [_tell("views", ["many", len(weights["proof.seen.bias"])])]
    _write_graph(weights, inputs, _Nodes(weights).iter_proof(), outputs, path, exact)


def make_blank_proof(weights: Mapping[str, Array]) -> dict[str, Array]:
    """Weights of a proof that sees nothing yet: where its fitting begins. It reads as reading again does."""
    wide = len(weights["lit"])
    kept = {name: value for name, value in weights.items() if name.startswith("again.")}
    blank = {name.replace("again.", "proof.layers.", 1): value for name, value in kept.items()}
    return blank | {
        "proof.told.weight": weights["told.weight"],
        "proof.lit": weights["lit"],
        "proof.role": np.zeros((PARTS * len(ROLES), wide), np.float32),
        "proof.none": np.zeros((PARTIES, wide), np.float32),
        "proof.seen.weight": np.zeros((VIEWS, (3 + PARTIES) * wide), np.float32),
        "proof.seen.bias": np.zeros(VIEWS, np.float32),
    }


def _tell(name: str, shape: Sequence[int | str], kind: int = TensorProto.FLOAT) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


def _write_graph(
    weights: Mapping[str, Array],
    inputs: Sequence[onnx.ValueInfoProto],
    made: Iterator[onnx.NodeProto],
    outputs: Sequence[onnx.ValueInfoProto],
    path: Path,
    exact: bool,
) -> None:
    nodes = list(made)
    used = {name for node in nodes for name in node.input}
    constants = [one for one in _iter_constants(weights) if one.name in used]
    graph = helper.make_graph(nodes, path.stem, inputs, outputs, constants)
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


class _Nodes:
    """The nodes of the graphs, in order."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self._low = _count_layers(weights, "encoder.low.")
        self._layers = self._low + _count_layers(weights, "encoder.layers.")
        self._again = _count_layers(weights, "again.")
        self._proof = _count_layers(weights, "proof.layers.")

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

    def iter_proof(self) -> Iterator[onnx.NodeProto]:
        """Marks what is asked, reads it, and looks at the end, the mean, the stating words and each party."""
        node = helper.make_node
        yield node("Gather", ["proof.told.weight", "predicate"], ["told"])
        yield node("Unsqueeze", ["told", "one"], ["told3"])
        for name in ("own", "look"):
            yield node("Unsqueeze", [name, "two"], [f"{name}3"])
        yield node("Mul", ["own3", "told3"], ["asked"])
        yield node("Mul", ["look3", "proof.lit"], ["stated"])
        yield node("Transpose", ["marks"], ["marks_by_piece"], perm=[0, 2, 1])
        yield node("MatMul", ["marks_by_piece", "proof.role"], ["marked"])
        yield node("Sum", ["below", "asked", "stated", "marked"], ["out.start"])
        now = "out.start"
        for number in range(self._proof):
            yield from self._layer(f"proof.layers.{number}", now, f"out.{number}")
            now = f"out.{number}"
        yield node("Gather", [now, "last"], ["end"], axis=1)
        yield node("Mul", ["own3", now], ["of_sentence"])
        yield node("ReduceSum", ["of_sentence", "one"], ["sum"], keepdims=0)
        yield node("ReduceSum", ["own", "one"], ["size"], keepdims=1)
        yield node("Div", ["sum", "size"], ["mean"])
        yield node("Unsqueeze", ["look", "one"], ["look_row"])
        yield node("MatMul", ["look_row", now], ["seen_row"])
        yield node("Squeeze", ["seen_row", "one"], ["seen"])
        yield node("Reshape", ["marks", "by_role"], ["roles_apart"])
        yield node("ReduceSum", ["roles_apart", "two"], ["roles"], keepdims=0)
        yield node("Slice", ["roles", "zero", "parties", "one"], ["party_marks"])
        yield node("MatMul", ["party_marks", now], ["party_sums"])
        yield node("ReduceSum", ["party_marks", "two"], ["party_sizes"], keepdims=1)
        yield node("Clip", ["party_sizes", "unit"], ["party_least"])
        yield node("Div", ["party_sums", "party_least"], ["party_means"])
        yield node("Less", ["party_sizes", "unit"], ["lacking"])
        yield node("Where", ["lacking", "proof.none", "party_means"], ["party_rows"])
        yield node("Flatten", ["party_rows"], ["parties_in_a_row"])
        yield node("Concat", ["end", "mean", "seen", "parties_in_a_row"], ["whole"], axis=1)
        yield from self._line("proof.seen", "whole", "seen_whole")
        yield node("Tanh", ["seen_whole"], ["views"])

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


def _iter_constants(weights: Mapping[str, Array]) -> Iterator[TensorProto]:
    for name, value in weights.items():
        if name.startswith(IN_GRAPHS):
            turned = value.T if name.endswith(TURNED) else value
            kept = np.float16 if name.endswith(HALF) else np.float32
            yield numpy_helper.from_array(np.ascontiguousarray(turned, dtype=kept), name)
    # The gain of a layer's norm is as long as a piece is wide.
    wide = len(next(value for name, value in weights.items() if name.endswith(".aln.weight")))
    whole = {
        "zero": [0],
        "one": [1],
        "two": [2],
        "ears": [0, 0, 3, wide // _EAR, _EAR],
        "wide": [0, 0, wide],
        "by_role": [0, len(ROLES), PARTS, -1],
        "parties": [PARTIES],
    }
    yield from (numpy_helper.from_array(np.array(value, dtype=np.int64), name) for name, value in whole.items())
    yield numpy_helper.from_array(np.array(-1, dtype=np.int64), "last")
    yield numpy_helper.from_array(np.array(1, dtype=np.float32), "unit")
    yield numpy_helper.from_array(np.array(_EAR**-0.5, dtype=np.float32), "scale")
