"""Who may ask a host now: few requests at a time, with a pause after each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from graph.errors import FetchError
from ingest.network.addresses import Network, lies_in

# Reasons that cost no attempt, for nothing was asked.
NOT_ASKED = frozenset({"host_down", "host_busy"})

# A polite reader opens few connections; a host of the operator's own network needs no politeness.
_PER_HOST = 2
_PER_OWN_HOST = 16


class GivenUp(FetchError):
    """A request that was on its way when others got its host: that was asked, and is to be left alone for the pause."""


class Gate(Protocol):
    """Holds requests back for the sake of their host."""

    def passing(self, host: str, pause: float) -> AbstractAsyncContextManager[None]:
        """Waits until the host has a free slot, and keeps it for the block and so many seconds after.

        Raises FetchError `host_busy` when others have the host to themselves, `host_down` when it is at rest: nothing
        was asked, and no attempt made. `host_busy` ends the block, too, when others may have the host from now on; it
        is a GivenUp then, raised after the pause.
        """
        ...

    async def rest(self, host: str) -> None:
        """Notes that the host does not answer: whoever else would ask it should not for a while."""
        ...


class LocalGate:
    """The slots of one process: right where it alone asks."""

    def __init__(self, allowed: tuple[Network, ...] = ()) -> None:
        self._allowed = allowed
        self._slots: dict[str, asyncio.Semaphore] = {}

    @asynccontextmanager
    async def passing(self, host: str, pause: float) -> AsyncIterator[None]:
        own = self.is_own(host)
        pause = 0.0 if own else pause
        slots = self._slots.setdefault(host, asyncio.Semaphore(_PER_OWN_HOST if own else _PER_HOST))
        async with slots:
            try:
                yield
            except FetchError as error:
                if error.reason not in NOT_ASKED or isinstance(error, GivenUp):
                    await asyncio.sleep(pause)
                raise
            await asyncio.sleep(pause)

    async def rest(self, host: str) -> None:
        """Nobody else would ask it."""

    def is_own(self, host: str) -> bool:
        """Whether the host is of the operator's network, by its address."""
        return bool(self._allowed) and (host == "localhost" or lies_in(host, self._allowed))
