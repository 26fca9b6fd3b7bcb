"""The settings of the broker through which workers are told what to do: where it is, and as whom it is asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graph.errors import ConfigError

# What workers do, each waiting in a queue of its own, by the names that operators give.
QUEUES = ("plan", "fetch", "read", "ask", "derive")
# Texts that are no news any more wait in one behind: whoever reads takes from it as well.
LATER = "later"
# What nobody tries any more.
DEAD = "dead"
_BROKER = re.compile(r"amqps?://[^/?#@\s]+/[^/?#@\s]+")


@dataclass(frozen=True, slots=True)
class Broker:
    """A virtual host of RabbitMQ (docs/scale-out.md): `amqp://HOST/VHOST`; no address where there is none.

    password_file  holds the password of the user
    """

    address: str = ""
    user: str = ""
    password_file: Path | None = None


NO_BROKER = Broker()


def read_broker(environment: Mapping[str, str], file: Mapping[str, Any]) -> Broker:
    """The settings that begin with `broker`, those of the environment first.

    ConfigError, which shows none of it, when the address is none or has an account in it.
    """
    address, user, password = (
        environment.get(f"CLAIMGRAPH_{name.upper()}") or file.get(name, "")
        for name in ("broker", "broker_user", "broker_password_file")
    )
    if address and not _is_right(address):
        raise ConfigError(
            "broker: an address such as amqp://HOST/VHOST or amqps://HOST:PORT/VHOST and no more; the account goes "
            "into CLAIMGRAPH_BROKER_USER and CLAIMGRAPH_BROKER_PASSWORD_FILE",
            subject="broker",
        )
    return Broker(address, user, Path(password) if password else None)


def _is_right(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(_BROKER.fullmatch(address) and parts.hostname and (parts.port is None or parts.port > 0))
    except ValueError:
        return False
