"""An exported reader as weights again, so that a training can go on from what was shipped."""

from pathlib import Path

import numpy as np
import onnx
from google.protobuf.message import DecodeError
from onnx import numpy_helper

from graph.errors import ConfigError
from ingest.learning.graphs import IN_GRAPHS, TURNED
from ingest.nlp.network import AGAIN, ENCODER, HEADS
from ingest.nlp.proof import Array

_QUANTIZED, _SCALE, _ZERO = "_quantized", "_scale", "_zero_point"


def read_reader(folder: Path) -> dict[str, Array]:
    """All weights of a reader's folder by the names that `fit` has for them. Raises ConfigError when one is missing."""
    return read_graph(folder / ENCODER) | read_graph(folder / AGAIN) | read_heads(folder / HEADS)


def read_graph(path: Path) -> dict[str, Array]:
    """The weights of a graph; those at 8 bits to within half a step of what they were."""
    try:
        model = onnx.load(str(path))
    except (OSError, DecodeError) as error:
        raise ConfigError(f"{path}: not a graph of a reader ({error})", subject=str(path)) from error
    held = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    found: dict[str, Array] = {}
    for stored, value in held.items():
        name = stored.removesuffix(_QUANTIZED)
        if not name.startswith(IN_GRAPHS) or name.endswith((_SCALE, _ZERO)):
            continue
        if stored.endswith(_QUANTIZED):
            value = (value.astype(np.float32) - held[name + _ZERO].astype(np.float32)) * held[name + _SCALE]
        found[name] = np.ascontiguousarray(value.T if name.endswith(TURNED) else value, dtype=np.float32)
    return found


def read_heads(path: Path) -> dict[str, Array]:
    """The weights of everything that stands in no graph."""
    try:
        with np.load(path) as stored:
            return {name: stored[name].astype(np.float32) for name in stored.files}
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: not the heads of a reader ({error})", subject=str(path)) from error
