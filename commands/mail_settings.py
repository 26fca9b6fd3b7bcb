"""The settings of mails: whom they come from, who takes them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graph.errors import ConfigError

_MAIL_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_MAIL_SERVER = re.compile(r"smtps?://([\w.-]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?/?")
_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How mails are sent (docs/operations.md, what is sent).

    sender  the address that they come from; empty: none are sent
    server  `smtp://HOST:PORT` or `smtps://HOST:PORT`; empty for this machine's own sendmail
    password_file  holds the password of `user`
    """

    sender: str = ""
    server: str = ""
    user: str = ""
    password_file: Path | None = None


NO_MAIL = MailSettings()


def read_mail(environment: Mapping[str, str], file: Mapping[str, Any]) -> MailSettings:
    """The settings that begin with `mail_`, those of the environment first."""
    sender, server, user, password = (
        environment.get(f"CLAIMGRAPH_{name.upper()}") or file.get(name, "")
        for name in ("mail_from", "mail_server", "mail_user", "mail_password_file")
    )
    if sender:
        check_mail_address(sender, "mail_from")
    if server and not (_MAIL_SERVER.fullmatch(server) and _has_port(server)):
        message = f"mail_server {server}: an address such as smtp://127.0.0.1:25 or smtps://mail.example.org:465"
        raise ConfigError(message, subject="mail_server")
    return MailSettings(sender, server, user, Path(password) if password else None)


def check_mail_address(text: str, name: str) -> str:
    """The address, `somebody@example.org`. ConfigError for what is none, and for several."""
    if not _MAIL_ADDRESS.fullmatch(text):
        raise ConfigError(f"{name} {text[:80]!a}: one address such as somebody@example.org", subject=name)
    return text


def _has_port(server: str) -> bool:
    """Whether its port is one: 99999 is none."""
    try:
        return urlsplit(server).port != 0
    except ValueError:
        return False


def split_server(address: str) -> tuple[str, int, bool]:
    """Host, port, and whether the connection is encrypted from its first byte on."""
    parts = urlsplit(address)
    return parts.hostname or "", parts.port or _PORTS[parts.scheme], parts.scheme == "smtps"
