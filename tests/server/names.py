"""Names that all end at the test server; a name, unlike 127.0.0.1, is treated as somebody else's host."""

import socket


def resolve(host: str, port: int, *_: object, **__: object) -> list[object]:
    """Stands in for socket.getaddrinfo."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
