"""What `serve` lets in: who may ask and write, and under which names."""

import getpass
import ipaddress
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from graph.errors import ConfigError
from web.requests.access import Access

_TOKEN = "CLAIMGRAPH_API_TOKEN"  # noqa: S105  # its name
_FILE = "CLAIMGRAPH_API_TOKEN_FILE"
# 16 random bytes as base64 have 22 characters; fewer than 16 characters are somebody's word.
_SHORTEST = 16
# Five a second: a person opens fewer, a program that reads all of a store needs no more.
_EXPOSED_A_MINUTE = 300
_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


def make_access(
    host: str,
    token: str,
    *,
    behind_proxy: bool = False,
    token_to_read: bool = False,
    names: Sequence[str] = (),
    a_minute: int | None = None,
) -> Access:
    """What is allowed to those who reach the host. ConfigError when that would be more than was asked for.

    names     under which the pages answer, beside those of a loopback address
    a_minute  None: no bound for this machine's own users, 300 for others
    """
    alone = is_loopback(host) and not behind_proxy
    if not is_loopback(host) and not token and not behind_proxy:
        raise ConfigError(
            f"--host {host} shows the pages to other machines. Give a token in {_FILE} (a file that holds it), "
            "with --require-token if reading needs it too; or say --behind-proxy when a proxy decides who comes in",
            subject=host,
        )
    if token_to_read and not token:
        raise ConfigError(f"--require-token: give the token in {_FILE}, a file that holds it", subject=_FILE)
    own = (*_LOOPBACK_NAMES, host.lower()) if alone or names else ()
    return Access(
        token=token,
        token_to_read=token_to_read,
        behind_proxy=behind_proxy,
        hosts=(*own, *(name.lower() for name in names)),
        a_minute=a_minute if a_minute is not None else 0 if alone else _EXPOSED_A_MINUTE,
        local=_name_account() if alone else "",
        # Made before the server forks, so that every worker knows the forms of the others.
        secret=secrets.token_bytes(32) if alone else b"",
    )


def read_token(environment: Mapping[str, str]) -> str:
    """The token of the API from the environment or the file it names; empty when there is none. ConfigError."""
    text, file = environment.get(_TOKEN, ""), environment.get(_FILE, "")
    if text and file:
        raise ConfigError(f"{_TOKEN} and {_FILE} are both set; leave one out", subject=_TOKEN)
    if not text and not file:
        return ""
    token = text or _read_file(file)
    if len(token) < _SHORTEST or not (token.isascii() and token.isprintable()) or " " in token:
        name = _TOKEN if text else f"{_FILE} {file}"
        raise ConfigError(
            f"{name}: a token has {_SHORTEST} or more letters, digits and signs; `openssl rand -hex 32` makes one",
            subject=_TOKEN,
        )
    return token


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _name_account() -> str:
    """Who judges on this machine; empty when the account has no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _read_file(path: str) -> str:
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{_FILE} {path}: cannot be read: {type(error).__name__}", subject=path) from error
