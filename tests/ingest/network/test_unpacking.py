import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.network.unpacking import Unpacker

BODY = b"some text " * 100


def unpack(encoding: str, data: bytes, limit: int = 10_000, step: int = 7) -> Unpacker:
    unpacker = Unpacker(encoding, limit)
    for start in range(0, len(data), step):
        unpacker.feed(data[start : start + step])
    return unpacker


RAW = zlib.compressobj(wbits=-zlib.MAX_WBITS)


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("identity", BODY),
        ("gzip", gzip.compress(BODY)),
        ("gzip", gzip.compress(BODY[:500]) + gzip.compress(BODY[500:])),
        ("gzip", gzip.compress(BODY) + b"\0" * 20),
        ("deflate", zlib.compress(BODY)),
        ("deflate", RAW.compress(BODY) + RAW.flush()),
    ],
    ids=["identity", "gzip", "two members", "padded", "zlib", "raw"],
)
def test_the_body_comes_out_whole(encoding: str, data: bytes) -> None:
    unpacker = unpack(encoding, data, step=len(data))
    assert (bytes(unpacker.body), unpacker.complete) == (BODY, True)


def test_an_end_in_the_middle_is_seen() -> None:
    assert not unpack("gzip", gzip.compress(BODY)[:-10]).complete


def test_a_bomb_goes_off_small() -> None:
    unpacker = Unpacker("gzip", 1000)
    with pytest.raises(OverflowError):
        unpacker.feed(gzip.compress(b"\0" * 10_000_000))
    assert len(unpacker.body) == 1001


@given(st.binary(max_size=3000), st.integers(1, 64), st.sampled_from(["gzip", "deflate"]))
def test_pieces_make_no_difference(body: bytes, step: int, encoding: str) -> None:
    packed = gzip.compress(body) if encoding == "gzip" else zlib.compress(body)
    assert bytes(unpack(encoding, packed, step=step).body) == body
