"""Who may ask, how often, and who may write."""

import hashlib
import hmac
import ipaddress
import math
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import SecurityError, TooManyRequests, Unauthorized
from werkzeug.middleware.proxy_fix import ProxyFix

from graph.errors import QueryError
from web.requests.rates import Meter, Rate

# Asked by what watches the program, often and from anywhere.
_WATCHED = ("/healthz", "/readyz")
_UNCOUNTED = (*_WATCHED, "/metrics", "/static/")
_COSTLY = (
    "/cypher",
    "/api/v1/cypher",
    "/api/v1/judgements",
    "/judge/",
    "/sign-in",
    "/watched",
    "/reports",
    "/api/v1/reports",
)
# A query may take five seconds of a core, a page a hundredth of that.
_COSTLY_SHARE = 10
# With a space, so that werkzeug quotes it, as RFC 9110 asks.
_REALM = "claimgraph server"
_KEY = "claimgraph.access"
# What our server takes as one line (server.py), with room for the method; longer ones it refuses in its own words.
MAX_ADDRESS = 8150


@dataclass(frozen=True, slots=True)
class Access:
    """What the operator allows.

    token          needed for writing; empty: nothing is written
    token_to_read  reading needs it too
    behind_proxy   one proxy stands before: its X-Forwarded-For and X-Forwarded-Proto are believed
    hosts          names under which the pages answer; empty: under any
    a_minute       requests a minute from one address, a tenth of them to Cypher; 0: as many as come
    local          who judges on pages that this machine asks for; empty: nobody does without the token
    secret         what forms are signed with where there is no token
    """

    token: str = field(default="", repr=False)
    token_to_read: bool = False
    behind_proxy: bool = False
    hosts: tuple[str, ...] = ()
    a_minute: int = 0
    local: str = ""
    secret: bytes = field(default=b"", repr=False)

    @property
    def key(self) -> bytes:
        """What sessions and forms are signed with; another one with another token."""
        return hashlib.sha256(b"claimgraph pages\0" + self.token.encode()).digest() if self.token else self.secret

    def fits(self, token: str) -> bool:
        """Whether this is the token; never where there is none."""
        return bool(self.token) and hmac.compare_digest(token.encode(), self.token.encode())

    def check_writable(self) -> None:
        """QueryError where nothing can be written at all."""
        if not self.token:
            message = "nothing can be written here without a token: set CLAIMGRAPH_API_TOKEN and start the server again"
            raise QueryError(message, reason="read_only")

    def serves(self, host: str) -> bool:
        """Whether the pages answer under the name in a Host header, port or not."""
        return not self.hosts or _name_host(host) in self.hosts


@dataclass(frozen=True, slots=True)
class Gate:
    """What is allowed, and what each address has left of it; `meters` with the beginnings of paths, narrower first."""

    access: Access
    meters: tuple[tuple[tuple[str, ...], Meter], ...]

    def take(self, path: str, address: str, now: float) -> tuple[Rate, float] | None:
        """Counts a request of an address; the rate it goes beyond, and the seconds to wait, where it does."""
        client = name_client(address)
        for paths, meter in self.meters:
            if path.startswith(paths) and (wait := meter.take(client, now)):
                return meter.rate, wait
        return None


def make_gate(access: Access) -> Gate:
    """A gate at which nobody has asked yet."""
    return Gate(access, _make_meters(access.a_minute))


def say_rate(rate: Rate) -> str:
    """What somebody is told who asks too often."""
    return f"From one address {rate.a_minute} such requests a minute are answered; wait a little."


def keep_access(app: Flask, access: Access) -> None:
    """Holds every request of the application to what is allowed."""
    app.extensions[_KEY] = make_gate(access)
    if access.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=0)  # type: ignore[method-assign]
    app.before_request(_check_host)
    app.before_request(_check_length)
    app.before_request(_check_rate)
    app.before_request(_check_reading)


def get_access() -> Access:
    """What the application that answers the current request allows."""
    return _get_gate().access


def names_this_machine(host: str) -> bool:
    """Whether a Host header, or an address, names the loopback interface."""
    name = _name_host(host) or ""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def check_writing() -> None:
    """401 or 403 unless the request carries the token as `Authorization: Bearer`.

    A password is not enough: browsers send those along with whatever another site makes them ask.
    """
    _get_gate().access.check_writable()
    if not _has_token("bearer"):
        _refuse()


def _make_meters(a_minute: int) -> tuple[tuple[tuple[str, ...], Meter], ...]:
    """The meters with the beginnings of the paths they count; the narrower first."""
    if not a_minute:
        return ()
    costly = max(1, a_minute // _COSTLY_SHARE)
    # A burst is what a person opens in a few tabs; a program soon comes down to the rate.
    return (
        (_COSTLY, Meter(Rate(costly, max(1, costly // 3)))),
        (("/",), Meter(Rate(a_minute, max(1, a_minute // 5)))),
    )


def _check_host() -> None:
    """Keeps out sites that give their own name this machine's address, and so would read along (DNS rebinding)."""
    # Not by Flask's TRUSTED_HOSTS, which knows no IPv6 address.
    if not request.path.startswith(_WATCHED) and not _get_gate().access.serves(request.host):
        raise SecurityError("That host is not served here.")


def _name_host(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _check_length() -> None:
    if len(request.query_string) + len(request.path) > MAX_ADDRESS:
        abort(414, f"An address has at most {MAX_ADDRESS} characters; send a long query with POST.")


def _check_rate() -> None:
    if request.path.startswith(_UNCOUNTED):
        return
    if found := _get_gate().take(request.path, request.remote_addr or "", time.monotonic()):
        rate, wait = found
        raise TooManyRequests(say_rate(rate), retry_after=math.ceil(wait))


def name_client(address: str) -> str:
    """The address; of IPv6 the network of 64 bits, all of which one customer has, unless it is one of IPv4 within."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def _check_reading() -> None:
    if _get_gate().access.token_to_read and not request.path.startswith(_WATCHED) and not _has_token("bearer", "basic"):
        _refuse()


def _has_token(*kinds: str) -> bool:
    """Whether the request carries the token in one of these ways: as a bearer, or as the password of any name."""
    sent = request.authorization
    if not sent or sent.type not in kinds:
        return False
    text = sent.token if sent.type == "bearer" else sent.password
    return _get_gate().access.fits(text or "")


def _refuse() -> None:
    ways = [WWWAuthenticate(kind, {"realm": _REALM}) for kind in ("bearer", "basic")]
    raise Unauthorized("Send the server's token as Authorization: Bearer TOKEN.", www_authenticate=ways)


def _get_gate() -> Gate:
    gate: Gate = current_app.extensions[_KEY]
    return gate
