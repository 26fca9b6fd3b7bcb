"""Packed HTTP bodies, unpacked in bounded steps: 300 KB of gzip can be 300 MB."""

import zlib
from dataclasses import dataclass, field

# Brotli and zstandard are not asked for: their decoders are no part of the standard library.
ENCODINGS = frozenset({"identity", "gzip", "deflate"})


@dataclass(slots=True)
class Unpacker:
    """Bytes as they arrive, unpacked in bounded steps."""

    encoding: str
    limit: int
    body: bytearray = field(default_factory=bytearray)
    _inflater: "zlib._Decompress | None" = None

    def feed(self, data: bytes) -> None:
        """Takes a piece; raises OverflowError once the body is larger than the limit."""
        if self.encoding == "identity":
            self._keep(data)
            return
        while data:
            if self._inflater is None:
                self._inflater = zlib.decompressobj(_window_bits(self.encoding, data))
            self._keep(self._inflater.decompress(data, self.limit - len(self.body) + 1))
            if not self._inflater.eof:
                return
            # A gzip file may hold several members; anything else behind the end is padding.
            data = self._inflater.unused_data
            if data[:2] != b"\x1f\x8b":
                return
            self._inflater = None

    @property
    def complete(self) -> bool:
        """Whether the packed stream has reached its end."""
        return self._inflater is None or self._inflater.eof

    def _keep(self, data: bytes) -> None:
        self.body += data
        if len(self.body) > self.limit:
            raise OverflowError


def _window_bits(encoding: str, data: bytes) -> int:
    if encoding == "gzip":
        return 16 + zlib.MAX_WBITS
    # "deflate" is the zlib format by RFC 9110; some servers send the bare stream. 8 is zlib's method nibble.
    return zlib.MAX_WBITS if data[0] & 0x0F == 8 else -zlib.MAX_WBITS
