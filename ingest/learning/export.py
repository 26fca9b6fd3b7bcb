"""Fitted weights as what the reader runs: the encoder as int8 ONNX, the heads as fp16, the words at 4 bits, a card."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from ingest.nlp.network import ENCODER, FILES, FORMAT, HEADS

Array = NDArray[np.float32]
_WIDE, _EARS, _MARKED_AT, _LAYERS = 384, 12, 7, 12
_OPSET = 20


def write_encoder(weights: Mapping[str, Array], path: Path, *, exact: bool = False) -> None:
    """The encoder's graph with its weights; int8 by channel unless `exact`."""
    graph = helper.make_graph(
        list(_Graph(weights).iter_nodes()),
        "encoder",
        [
            helper.make_tensor_value_info("words", TensorProto.FLOAT, [1, "long", _WIDE]),
            helper.make_tensor_value_info("marks", TensorProto.INT64, [1, "long"]),
        ],
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, "long", _WIDE])],
        list(_iter_constants(weights)),
    )
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
    """Everything but the encoder, in half precision."""
    heads = {name: value.astype(np.float16) for name, value in weights.items() if not name.startswith("encoder.")}
    np.savez(path, **heads)  # type: ignore[arg-type]


def write_card(folder: Path, version: str, told: str) -> None:
    """card.toml: what the files are and their hashes. `told`: further TOML, of the training and its figures."""
    hashes = "".join(
        f'"{name}" = "{hashlib.sha256((folder / name).read_bytes()).hexdigest()}"\n' for name in FILES
    )
    text = f'format = {FORMAT}\nversion = {json.dumps(version)}\n\n{told.strip()}\n\n[sha256]\n{hashes}'
    (folder / "card.toml").write_text(text, "utf-8")


def write_reader(weights: Mapping[str, Array], folder: Path, version: str, told: str) -> None:
    """All that changes with a training: encoder, heads and card; the frozen files must lie in the folder."""
    write_encoder(weights, folder / ENCODER)
    write_heads(weights, folder / HEADS)
    write_card(folder, version, told)


class _Graph:
    """The nodes of the encoder, in order."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self._names = set(weights)
        self._count = 0

    def iter_nodes(self) -> Iterator[onnx.NodeProto]:
        yield from self._embed()
        now = "embedded"
        for number in range(_LAYERS):
            if number == _MARKED_AT:
                yield helper.make_node("Gather", ["encoder.mark.weight", "marks"], ["marked"])
                yield helper.make_node("Add", [now, "marked"], ["with_marks"])
                now = "with_marks"
            part = f"low.{number}" if number < _MARKED_AT else f"layers.{number - _MARKED_AT}"
            out = "x" if number == _LAYERS - 1 else f"out.{number}"
            yield from self._layer(f"encoder.{part}", now, out)
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
        yield helper.make_node("MatMul", [x, f"{name}.weight"], [f"{out}.product"])
        yield helper.make_node("Add", [f"{out}.product", f"{name}.bias"], [out])

    def _norm(self, name: str, x: str, out: str) -> onnx.NodeProto:
        inputs = [x, f"{name}.weight", f"{name}.bias"]
        return helper.make_node("LayerNormalization", inputs, [out], axis=-1, epsilon=1e-12)


def _iter_constants(weights: Mapping[str, Array]) -> Iterator[TensorProto]:
    for name, value in weights.items():
        if name.startswith("encoder."):
            # torch keeps the weight of a line as [out, in]
            turned = value.T if value.ndim == 2 and name.endswith(("qkv.weight", "ao.weight", "fi.weight", "fo.weight")) else value
            yield numpy_helper.from_array(np.ascontiguousarray(turned, dtype=np.float32), name)
    yield numpy_helper.from_array(np.array([0], dtype=np.int64), "zero")
    yield numpy_helper.from_array(np.array([0, 0, 3, _EARS, _WIDE // _EARS], dtype=np.int64), "ears")
    yield numpy_helper.from_array(np.array([0, 0, _WIDE], dtype=np.int64), "wide")
    yield numpy_helper.from_array(np.array((_WIDE // _EARS) ** -0.5, dtype=np.float32), "scale")
