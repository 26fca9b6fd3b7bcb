"""One process at a time asks a host, however many there are: a lock on a session that all of them can see."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Protocol, Self, TypeVar

from graph.errors import ClaimGraphError, FetchError
from ingest.network.addresses import Network
from ingest.network.gates import GivenUp, LocalGate

T = TypeVar("T")

# Seconds between two looks whether the session is still there. When it is gone, so are the locks.
_BEAT = 2.0
# Seconds without an answer after which the session counts as gone: before its server frees what a lost machine had.
_SILENCE = 15.0
# Seconds a host is left alone when it comes from another process: that may have been killed right after asking.
_CHANGE = 0.2


class Session(Protocol):
    """What all processes see. ClaimGraphError and OSError mean that the locks are lost; calls come from one thread."""

    def take(self, host: str) -> str:
        """Empty when the host is ours now; otherwise why it may not be asked: `host_busy`, `host_down`."""
        ...

    def free(self, host: str) -> None: ...

    def rest(self, host: str) -> None: ...

    def check(self) -> None:
        """Raises when the session is gone."""
        ...

    def close(self) -> None: ...


class SharedGate:
    """The slots of one process of several. Use as an async context manager.

    open_session  called when the first host is asked, and again after a session was lost
    """

    def __init__(self, open_session: Callable[[], Session], allowed: tuple[Network, ...] = ()) -> None:
        self._local = LocalGate(allowed)
        self._line = _Line(open_session)
        self._open_session = open_session
        self._asking: Counter[str] = Counter()  # requests at the gate, those that wait and pause too
        self._held: set[str] = set()
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._inside: set[asyncio.Timeout] = set()
        self._settling: set[asyncio.Task[str]] = set()
        self._beating: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._beating = asyncio.ensure_future(self._beat())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._beating:
            self._beating.cancel()
        await asyncio.gather(*self._settling, return_exceptions=True)
        self._line.close()

    @asynccontextmanager
    async def passing(self, host: str, pause: float) -> AsyncIterator[None]:
        if self._local.is_own(host):
            async with self._local.passing(host, pause):
                yield
            return
        self._asking[host] += 1
        try:
            async with self._local.passing(host, pause):
                await self._take(host)
                async with self._until_lost(host):
                    yield
        finally:
            self._asking[host] -= 1
            if not self._asking[host]:
                with suppress(FetchError):
                    await self._settle(host)

    async def rest(self, host: str) -> None:
        if not self._local.is_own(host):
            with suppress(FetchError):
                await self._ask(lambda session: session.rest(host))

    async def _take(self, host: str) -> None:
        if host not in self._held:
            why = await self._settle(host)
            if why == "host_down":
                raise _refuse(host, why, "not asked: it did not answer requests before")
            if host not in self._held:
                raise _refuse(host, "host_busy", "not asked: another process is asking it; try again later")

    async def _settle(self, host: str) -> str:
        """Takes the host when requests for it are at the gate, frees it when none are; why it could not be had.

        A request that is dropped meanwhile leaves nothing half done: what was begun ends, and the next turn puts it
        right.
        """
        task = asyncio.ensure_future(self._settle_in_turn(host))
        self._settling.add(task)
        task.add_done_callback(self._settling.discard)
        return await asyncio.shield(task)

    async def _settle_in_turn(self, host: str) -> str:
        async with self._turns[host]:
            if self._asking[host] and host not in self._held:
                line = self._line
                why = await self._ask(lambda session: session.take(host))
                if why:
                    return why
                await asyncio.sleep(_CHANGE)
                if line is self._line:  # it was not lost meanwhile
                    self._held.add(host)
            elif not self._asking[host]:
                del self._asking[host]
                if host in self._held:
                    self._held.discard(host)
                    await self._ask(lambda session: session.free(host))
        return ""

    @asynccontextmanager
    async def _until_lost(self, host: str) -> AsyncIterator[None]:
        """Ends the block with `host_busy` as soon as the session is lost, and the host with it."""
        try:
            async with asyncio.timeout(None) as limit:
                self._inside.add(limit)
                try:
                    yield
                finally:
                    self._inside.discard(limit)
        except TimeoutError as error:
            if not limit.expired():
                raise
            why = f"{host}: given up: the archive cannot be reached, and others may ask it"
            raise GivenUp(why, subject=host, reason="host_busy") from error

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(_BEAT)
            if self._asking:
                with suppress(FetchError):
                    await self._ask(lambda session: session.check())

    async def _ask(self, question: Callable[[Session], T]) -> T:
        """What the session says. Raises FetchError `host_busy` when it is lost; no host is ours then."""
        line = self._line
        try:
            async with asyncio.timeout(_SILENCE):
                return await line.ask(question)
        except (ClaimGraphError, OSError) as error:  # TimeoutError is one of these
            if line is self._line:
                self._lose()
            why = str(error) or "the archive does not answer"
            raise FetchError(f"not asked: {why}", reason="host_busy") from error

    def _lose(self) -> None:
        self._line.close()
        self._line = _Line(self._open_session)
        self._held.clear()
        now = asyncio.get_running_loop().time()
        for limit in self._inside:
            limit.reschedule(now)
        self._inside.clear()


class _Line:
    """A session on a thread of its own, so that no wait for it holds up the requests."""

    def __init__(self, open_session: Callable[[], Session]) -> None:
        self._open_session = open_session
        self._thread = ThreadPoolExecutor(1)
        self._session: Session | None = None

    async def ask(self, question: Callable[[Session], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._ask, question)

    def close(self) -> None:
        """Ends the session once what is asked is answered; does not wait for that."""
        self._thread.submit(self._close)
        self._thread.shutdown(wait=False)

    def _ask(self, question: Callable[[Session], T]) -> T:
        if self._session is None:
            self._session = self._open_session()
        return question(self._session)

    def _close(self) -> None:
        if self._session:
            self._session.close()


def _refuse(host: str, reason: str, what: str) -> FetchError:
    return FetchError(f"{host}: {what}", subject=host, reason=reason)
