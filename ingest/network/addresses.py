"""Which addresses may be called: public ones, and the networks that the operator allows."""

from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)
from urllib.parse import urlsplit, urlunsplit

from yarl import URL

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# RFC 6052 translates these to the IPv4 address in the last 32 bits.
_NAT64 = IPv6Network("64:ff9b::/96")
# RFC 4291 section 2.5.5.1, deprecated and still understood: ::127.0.0.1.
_IPV4_COMPATIBLE = IPv6Network("::/96")
# 6to4 relays and Teredo servers are gone; what they name inside may be private, so neither is public.
_TUNNELS = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))

# RFC 1035 section 2.3.4.
_LONGEST_HOST = 253


def is_allowed(address: str, allowed: tuple[Network, ...] = ()) -> bool:
    """Whether a numeric address is public, or lies in one of the allowed networks.

    Not public: loopback, private, link-local (cloud metadata too), shared, multicast, reserved, and the
    IPv6 spellings of such an IPv4 address.
    """
    if lies_in(address, allowed):
        return True
    parsed = _parse(address)
    if parsed is None:
        return False
    inner = _unwrap(parsed)
    if isinstance(parsed, IPv6Address) and any(parsed in network for network in _TUNNELS):
        return False
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


def lies_in(address: str, networks: tuple[Network, ...]) -> bool:
    """Whether it is a numeric address of one of the networks, in whatever IPv6 spelling; a name never is."""
    parsed = _parse(address)
    if parsed is None:
        return False
    inner = _unwrap(parsed)
    return any(inner in network or parsed in network for network in networks)


def hide_password(url: str) -> str:
    """The address as it may be shown and logged: without user name and password."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if "@" not in parts.netloc:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def find_host(url: str) -> str:
    """The host as it is spelled, in lower case; empty when the address has none, or one longer than a name can be."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return host if len(host) <= _LONGEST_HOST else ""


def name_host(url: str) -> str:
    """The host by the one name that is asked, however the address spells it: 例え.jp is xn--r8jz45g.jp, and an IPv6
    address is written the shortest way. Empty where `find_host` is, and when no name server can know the name."""
    try:
        host = (URL(url).raw_host or "").rstrip(".")
    except ValueError:
        return ""
    return host if len(host) <= _LONGEST_HOST else ""


def is_web_address(url: str) -> bool:
    """Whether it is an http or https address with a host."""
    return url[:8].lower().startswith(("http://", "https://")) and bool(find_host(url))


def _parse(address: str) -> Address | None:
    try:
        return ip_address(address.partition("%")[0])
    except ValueError:
        return None


def _unwrap(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one; otherwise the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in _NAT64 or (address in _IPV4_COMPATIBLE and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
