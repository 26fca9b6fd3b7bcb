"""A reader made weights again: what eight bits and half precision lose."""

from pathlib import Path

import numpy as np
import pytest

from graph.errors import ConfigError
from ingest.learning.export import write_heads
from ingest.learning.graphs import IN_GRAPHS, TURNED, write_graphs
from ingest.learning.unpack import read_graph, read_heads, read_reader
from ingest.nlp.network import AGAIN, ENCODER
from tests.ingest.learning.small import Array, make_weights


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reader")
    write_graphs(make_weights(), folder)
    write_heads(make_weights(), folder / "heads.npz")
    return folder


def test_all_weights_come_back_in_their_shapes(folder: Path) -> None:
    found = read_reader(folder)
    assert {name: value.shape for name, value in found.items()} == {n: v.shape for n, v in make_weights().items()}


def test_matrices_lose_under_a_hundredth_of_their_rows(folder: Path) -> None:
    found, given = read_reader(folder), make_weights()
    for name in (name for name in given if name.endswith(TURNED)):
        largest: Array = np.abs(given[name]).max(axis=1, keepdims=True)
        assert (np.abs(found[name] - given[name]) <= 0.01 * largest).all(), name


def test_all_else_of_the_graphs_comes_back_exactly(folder: Path) -> None:
    found, given = read_reader(folder), make_weights()
    for name in (name for name in found if name.startswith(IN_GRAPHS) and not name.endswith(TURNED)):
        assert (found[name] == given[name]).all(), name


def test_heads_come_back_in_half_precision(folder: Path) -> None:
    assert np.abs(read_heads(folder / "heads.npz")["md.weight"] - make_weights()["md.weight"]).max() < 1e-3


def test_unpacked_reader_packs_to_what_it_was(folder: Path, tmp_path: Path) -> None:
    write_graphs(read_reader(folder), tmp_path)
    for graph in (ENCODER, AGAIN):
        once, again = read_graph(folder / graph), read_graph(tmp_path / graph)
        assert all(np.abs(once[name] - again[name]).max() < 1e-5 for name in once)


@pytest.mark.parametrize("name", [ENCODER, AGAIN, "heads.npz"])
@pytest.mark.parametrize("content", [None, b"none"], ids=["missing", "other"])
def test_file_that_is_none_is_named(name: str, content: bytes | None, tmp_path: Path) -> None:
    if content:
        (tmp_path / name).write_bytes(content)
    read = read_heads if name == "heads.npz" else read_graph
    with pytest.raises(ConfigError, match=name):
        read(tmp_path / name)
