"""One of several processes that fetch what an archive wants, until nothing is left: `python -m tests.cluster.fetcher
NAME ADDRESS USER PASSWORD`. Every name ends at this machine; whoever is asked is told the name of this process."""

import asyncio
import ipaddress
import socket
import sys
from datetime import UTC, datetime

from ingest.archive import Archive, Server
from ingest.archive.hosts import HostSession
from ingest.network.fetch import FetchConfig, Fetcher
from ingest.network.shared_gate import SharedGate
from ingest.sandbox import Sandbox
from ingest.stages import fetch_hosts, plan_fetching
from tests.server.names import resolve

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
# Seconds until a host that others had is tried again.
_AGAIN = 0.2


async def fetch_all(name: str, place: Server) -> None:
    """Fetches until no page is wanted any more."""
    config = FetchConfig(contact=name, allowed=LOOPBACK)
    with Archive(place) as archive, Sandbox() as sandbox:
        async with SharedGate(lambda: HostSession(place), LOOPBACK) as gate, Fetcher(config, gate) as fetch:
            while archive.list_wanted():
                now = datetime.now(UTC)
                async for _ in fetch_hosts(archive, fetch, sandbox, plan_fetching(archive, now), now):
                    pass
                await asyncio.sleep(_AGAIN)


if __name__ == "__main__":
    socket.getaddrinfo = resolve  # type: ignore[assignment]
    asyncio.run(fetch_all(sys.argv[1], Server(*sys.argv[2:])))
