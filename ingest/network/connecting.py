"""Connections to other machines: to public addresses only, and what their errors mean."""

import socket
from collections.abc import Callable

import aiohttp
from aiohttp.connector import AddrInfoType

from ingest.network.addresses import Network, is_allowed

_FORBIDDEN = "address is not public"

# First match wins, so the narrow classes stand first.
_REASONS: tuple[tuple[type[BaseException], str, str], ...] = (
    (aiohttp.ClientConnectorDNSError, "dns", "no such host, or its name server does not answer"),
    (aiohttp.ClientConnectorCertificateError, "tls", "its certificate is not valid"),
    (aiohttp.ClientSSLError, "tls", "no secure connection"),
    (aiohttp.ClientConnectorError, "connect", "no connection"),
    (aiohttp.ClientPayloadError, "truncated", "the body ends before its announced length"),
    (aiohttp.ServerDisconnectedError, "reset", "closed the connection"),
    (aiohttp.ClientOSError, "reset", "broke the connection"),
    (aiohttp.InvalidURL, "bad_url", "not an address"),
    (aiohttp.ClientResponseError, "bad_response", "the answer is not HTTP"),
    (ConnectionError, "reset", "broke the connection"),
    (UnicodeError, "bad_url", "not an address"),
)


def make_socket_factory(allowed: tuple[Network, ...]) -> Callable[[AddrInfoType], socket.socket]:
    """Makes sockets for addresses about to be connected to, and refuses what is neither public nor allowed: no name,
    spelling or rebinding gets around it."""

    def open_socket(info: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, address = info
        if not is_allowed(str(address[0]), allowed):
            raise OSError(_FORBIDDEN)
        return socket.socket(family, kind, protocol)

    return open_socket


def explain(host: str, error: Exception) -> tuple[str, str]:
    """The stable reason of an error of the library, and what it says to people."""
    if _FORBIDDEN in str(getattr(error, "os_error", "")):
        return "forbidden_address", f"{host} is not a public address; allow its network with --allow-address"
    for kind, reason, what in _REASONS:
        if isinstance(error, kind):
            return reason, what
    return "network", str(error)


def has_cause(error: BaseException | None, kind: type[BaseException]) -> bool:
    """Whether the error, or one that it comes from, is of a kind."""
    return error is not None and (isinstance(error, kind) or has_cause(error.__cause__, kind))
