"""The settings of an archive on a server: where it is, and as whom it is asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from graph.errors import ConfigError

_SERVER = re.compile(r"postgresql://[^/?#@\s]*/[^/?#@\s]+(\?(?P<options>[^#@\s]*))?")
# Options of libpq that would bring an account into process lists, pages and logs.
_SECRET = {"user", "password", "passfile", "service", "sslpassword"}


@dataclass(frozen=True, slots=True)
class ArchiveAccount:
    """Who asks a server; `password_file` holds the password. Without a user libpq finds who, as for a socket's peer."""

    user: str = ""
    password_file: Path | None = None


NO_ACCOUNT = ArchiveAccount()


@dataclass(frozen=True, slots=True)
class ArchiveServer:
    """A database of PostgreSQL that holds an archive (docs/operations.md): `postgresql://HOST/DB`."""

    address: str
    account: ArchiveAccount = NO_ACCOUNT


def read_account(environment: Mapping[str, str], file: Mapping[str, Any]) -> ArchiveAccount:
    """The settings `archive_user` and `archive_password_file`, those of the environment first."""
    user, password = (
        environment.get(f"CLAIMGRAPH_{name.upper()}") or file.get(name, "")
        for name in ("archive_user", "archive_password_file")
    )
    return ArchiveAccount(user, Path(password) if password else None)


def parse_server(text: str, account: ArchiveAccount, name: str = "archive") -> ArchiveServer:
    """The server at an address. ConfigError, which shows none of it, when it is none or has an account in it.

    name  of the setting or argument that gave it
    """
    found = _SERVER.fullmatch(text)
    if not found or _SECRET & {option for option, _ in parse_qsl(found["options"] or "", keep_blank_values=True)}:
        raise ConfigError(
            f"{name}: an address such as postgresql://HOST/DATABASE and no more; the account goes into "
            "CLAIMGRAPH_ARCHIVE_USER and CLAIMGRAPH_ARCHIVE_PASSWORD_FILE",
            subject=name,
        )
    return ArchiveServer(text, account)
